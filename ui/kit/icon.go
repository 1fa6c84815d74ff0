package kit

import (
	"bytes"
	"fmt"
	"image/color"
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"frontdesk/assets/icons"
)

// Icon names a drawing: one of ours (assets/icons) or one of Fyne's.
type Icon string

const (
	NoIcon Icon = ""

	IconPaid        Icon = "paid"
	IconFailed      Icon = "failed"
	IconUnknown     Icon = "unknown"
	IconWaiting     Icon = "waiting"
	IconClosed      Icon = "closed"
	IconRefunded    Icon = "refunded"
	IconAlert       Icon = "alert"
	IconInfo        Icon = "info"
	IconHeld        Icon = "held" // also: locked
	IconLamp        Icon = "lamp"
	IconBackspace   Icon = "backspace"
	IconScan        Icon = "scan"
	IconPhone       Icon = "phone"
	IconChevron     Icon = "chevron"
	IconChevronLeft Icon = "chevronLeft"
	IconCash        Icon = "cash"
	IconQR          Icon = "qr"
	IconDot         Icon = "dot"
	IconSortDown    Icon = "sortDown"

	IconPerson   Icon = "person"
	IconSearch   Icon = "search"
	IconPrint    Icon = "print"
	IconAgain    Icon = "again" // query again
	IconCalendar Icon = "calendar"
	IconCross    Icon = "close"
	IconTick     Icon = "tick"
	IconDrop     Icon = "drop"
	IconHandOver Icon = "handOver"
	IconFile     Icon = "file"
	IconLoading  Icon = "loading"
	IconHelp     Icon = "help"
	IconMore     Icon = "more"
	IconPlus     Icon = "plus"
	IconMinus    Icon = "minus"
	IconRadio    Icon = "radio"
	IconRadioOn  Icon = "radioOn"
	IconCheck    Icon = "check"
	IconCheckOn  Icon = "checkOn"
	IconSettings Icon = "settings"
	IconFolder   Icon = "folder"
)

// fyneIcons are the drawings that come with Fyne.
var fyneIcons = map[Icon]fyne.ThemeIconName{
	IconPerson:   theme.IconNameAccount,
	IconSearch:   theme.IconNameSearch,
	IconPrint:    theme.IconNameDocumentPrint,
	IconAgain:    theme.IconNameViewRefresh,
	IconCalendar: theme.IconNameCalendar,
	IconCross:    theme.IconNameCancel,
	IconTick:     theme.IconNameConfirm,
	IconDrop:     theme.IconNameArrowDropDown,
	IconHandOver: theme.IconNameNavigateNext,
	IconFile:     theme.IconNameDocument,
	IconLoading:  theme.IconNameHistory,
	IconHelp:     theme.IconNameHelp,
	IconMore:     theme.IconNameMoreHorizontal,
	IconPlus:     theme.IconNameContentAdd,
	IconMinus:    theme.IconNameContentRemove,
	IconRadio:    theme.IconNameRadioButton,
	IconRadioOn:  theme.IconNameRadioButtonChecked,
	IconCheck:    theme.IconNameCheckButton,
	IconCheckOn:  theme.IconNameCheckButtonChecked,
	IconSettings: theme.IconNameSettings,
	IconFolder:   theme.IconNameFolder,
}

// IconView draws an icon in a token's colour, square.
type IconView struct {
	widget.BaseWidget
	icon  Icon
	size  float32
	token Token
}

// NewIcon makes an icon of a size in px.
func NewIcon(icon Icon, size float32, token Token) *IconView {
	v := &IconView{icon: icon, size: size, token: token}
	v.ExtendBaseWidget(v)
	return v
}

// Set changes the drawing and its colour.
func (v *IconView) Set(icon Icon, token Token) {
	if v.icon != icon || v.token != token {
		v.icon, v.token = icon, token
		v.Refresh()
	}
}

func (v *IconView) CreateRenderer() fyne.WidgetRenderer {
	img := newGlyph()
	return newRender(v,
		func() { drawGlyph(img, v.icon, v.token) },
		func() fyne.Size { return fyne.NewSquareSize(v.size) },
		func(s fyne.Size) {
			put(img, (s.Width-v.size)/2, (s.Height-v.size)/2, v.size, v.size)
		},
		img)
}

// newGlyph is the canvas image of an icon, for use inside parts.
func newGlyph() *canvas.Image {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	img.Hide()
	return img
}

// drawGlyph puts icon in a token's colour into img, and hides img for NoIcon.
func drawGlyph(img *canvas.Image, icon Icon, token Token) {
	if icon == NoIcon {
		show(img, false)
		return
	}
	c := Color(token)
	name := fmt.Sprintf("%s-%02x%02x%02x.svg", icon, c.R, c.G, c.B)
	show(img, true)
	if img.Resource != nil && img.Resource.Name() == name {
		return
	}
	img.Resource = &coloredIcon{name: name, icon: icon, color: c}
	img.Image = nil
	img.Refresh()
}

// coloredIcon is an icon in one colour. The name holds the colour, because
// Fyne caches drawings by name, across changes of the theme.
type coloredIcon struct {
	name  string
	icon  Icon
	color color.NRGBA
}

func (r *coloredIcon) Name() string { return r.name }

func (r *coloredIcon) Content() []byte {
	if svg, ok := icons.SVG(string(r.icon)); ok {
		fill := fmt.Sprintf(`<path fill="#%02x%02x%02x" `, r.color.R, r.color.G, r.color.B)
		return bytes.Replace(svg, []byte("<path "), []byte(fill), 1)
	}
	name, ok := fyneIcons[r.icon]
	if !ok {
		return nil
	}
	// Fyne serves its icons filled with the theme's foreground.
	svg := theme.DefaultTheme().Icon(name).Content()
	fill := fmt.Appendf(nil, `fill="#%02x%02x%02x"`, r.color.R, r.color.G, r.color.B)
	return filled.ReplaceAll(svg, fill)
}

// filled finds the fill of a shape that is painted at all.
var filled = regexp.MustCompile(`fill="#[0-9A-Fa-f]{6}"`)
