// Package kit is the set of parts that every screen is built from: colours,
// type, icons, keys, fields, panels, lists and dialogs. The parts know nothing
// of sales or payments. A screen hands them ready words and figures, and they
// tell by callbacks what a person wants.
//
// A program sets the theme once, Settings().SetTheme(kit.NewTheme(kit.Light)),
// and again when the person chooses another mode. Everything here must be
// called from Fyne's UI goroutine. Nothing moves by itself.
//
// Keys: every part that can have the focus uses only the keys it needs (Space,
// Enter, arrows) and hands all others on to the window's own handlers, those of
// Canvas.SetOnTypedKey, SetOnTypedRune and AddShortcut. So a screen sets these
// once, and F-keys, Esc, Enter and digits work whatever has the focus. Tapping
// a key or a button leaves the focus where it was.
//
// Look and type
//   - Token, Color: colours by what they are for; Theme, Mode: the theme for Fyne
//   - Caption … AmountXPx: sizes of text; Gap, GapKeys, PadPanel …: distances
//   - Text, NewBold: a line; Fit and Ellipsis say what happens where it is narrow
//   - Paragraph: text that breaks by Chinese rules; Parts: pieces on one baseline
//   - AmountText: ¥ and a figure that steps down to fit
//   - IconView, Icon: drawings in a token's colour; Hint, NewScanHint: icon and line
//
// Keys and buttons
//   - Keypad, KeyButton, Key: a block of keys, one call a tap
//   - QuickButton, QuickColumn: name and price; one column or two
//   - ActionKey: the large keys below the keypad; ActionKind: plain, default …
//   - Button: 44, 56 or 72 high, with icon and key name
//
// Forms
//   - Field, NewTextArea, NewPasswordField: text; Entry inside has OnChanged
//   - FigureField: NewMoneyField, NewLargeMoneyField, NewCountField, NewPinField
//   - KeyTarget: what a keypad can type into; ask the focused part
//   - Select, NewDrop: choose from a menu; Segment: choose from a row of words
//   - Choices, ChoiceRow: choose one of several boxes; Toggle: a switch
//
// Panels and lists
//   - AmountCard, AmountView: the amount that is being typed
//   - Panel, NewInset, NewBox, NewRule: areas and lines
//   - ResultPanel, ResultHead: how a payment stands; Facts, Timeline, Progress
//   - Badge, Look: a state; Banner: something waits for a person
//   - ListTable, Column, Cell: rows with columns, paged; ListTitle: the line above
//   - EmptyState: nothing, loading, a fault; QRView: a QR code
//
// Figures
//   - FigureCard: one figure of a summary; Card, CardRow: a title with rows and a foot
//   - Chart, Bar: bars over lines; ShareRow: one part of a whole over its bar
//
// Window
//   - Head, Lamp: tabs, counters, device lamps, the person; PracticeStrip
//   - Menu: rows over the window; Dialog: one question over the window
//   - Modal: whether one of these is open
//
// Layout
//   - Till, NewTill, LeftWidth: the two sides of a tab where amounts are typed
//   - Down, Across, Stretch, Spacer, Pad, Sized, Narrow, Grid: everything else
//   - Flowing, HeightFor: parts that are higher where they are narrower; a part of
//     a screen that is one implements Flowing, one that holds fields Holder
//
// Package screens below this one draws any of it into a PNG file.
package kit
