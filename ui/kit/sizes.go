package kit

import "fyne.io/fyne/v2"

// Sizes of text in px at scale 1. A line of text is 1.448 times its size high.
const (
	Caption   float32 = 16  // hints, column heads, key names. Nothing is smaller
	Body      float32 = 18  // labels, fields, settings, badges
	Row       float32 = 20  // tabs, list rows, sentences, buttons of 56
	ActionPx  float32 = 24  // reason of a failure, action keys, dialog buttons
	Heading   float32 = 30  // keypad digits, default action, figures, panel titles
	StatePx   float32 = 40  // state word, large figures, seconds
	ResultPx  float32 = 56  // amount in a panel
	AmountPx  float32 = 80  // the amount; change
	AmountXPx float32 = 112 // the amount on large windows
)

// Names under which the theme serves the sizes that Fyne has no name for.
const (
	SizeNameAction fyne.ThemeSizeName = "frontdesk.action"
	SizeNameState  fyne.ThemeSizeName = "frontdesk.state"
	SizeNameResult fyne.ThemeSizeName = "frontdesk.result"
	SizeNameAmount fyne.ThemeSizeName = "frontdesk.amount"
)

// Corners and lines.
const (
	radiusBadge  float32 = 6
	radiusKey    float32 = 10 // key, button, field
	radiusPanel  float32 = 14 // panel, dialog, amount card
	lineThin     float32 = 1
	lineActive   float32 = 2
	ringWidth    float32 = 3
	ringDistance float32 = 5 // from the object to the outer edge of its focus ring
)

// Gaps between things.
const (
	Gap      float32 = 16 // between blocks and at the window's edge
	GapKeys  float32 = 8  // between keys
	GapDense float32 = 12 // in dense forms
	PadPanel float32 = 24 // inside panels
	PadList  float32 = 20 // inside lists
)
