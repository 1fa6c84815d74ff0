package shift

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// counter is a table of notes and coins: how many there are of each, and at the
// bottom what they come to. The row with the focus is where a keypad types.
type counter struct {
	widget.BaseWidget
	OnChanged func()

	heads [3]*kit.Text
	rows  []*countRow
	label *kit.Text
	total *kit.AmountText
	extra *kit.Button // in the line of the total; nil for none
	at    int         // the row that was typed into last
}

var _ kit.Holder = (*counter)(nil)

// countRow is one note or coin.
type countRow struct {
	value      payment.Amount
	name, sum  *kit.Text
	field      *kit.FigureField
	less, more *kit.KeyButton
}

// mostNotes is how many digits a count has: more notes of one kind no drawer holds.
const mostNotes = 5

func newCounter(d *screen.Desk, extra *kit.Button, changed func()) *counter {
	w := d.Words
	c := &counter{OnChanged: changed, extra: extra}
	c.label, c.total = kit.NewText(w.T("shift.count.total"), kit.ActionPx, kit.Ink), kit.NewAmount("", kit.StatePx, kit.Ink)
	c.heads = [3]*kit.Text{
		kit.NewText(w.T("shift.count.value"), kit.Caption, kit.Ink3),
		kit.NewText(w.T("shift.count.number"), kit.Caption, kit.Ink3).Centered(),
		kit.NewText(w.T("shift.count.sum"), kit.Caption, kit.Ink3).Trailing(),
	}
	for i, value := range data.Denominations() {
		r := &countRow{value: value, name: kit.NewBold(denomination(value), kit.ActionPx, kit.Ink), sum: kit.NewText("", kit.ActionPx, kit.Ink).Trailing().Fit(kit.Row, kit.Body)}
		r.field = kit.NewCountField("", mostNotes).Tall()
		r.field.OnChanged = func(string) { c.changed() }
		r.field.OnFocus = func(focused bool) {
			if focused {
				c.at = i
			}
			c.Refresh()
		}
		r.less = kit.NewIconKey(kit.IconMinus, func() { c.step(i, -1) })
		r.more = kit.NewIconKey(kit.IconPlus, func() { c.step(i, 1) })
		c.rows = append(c.rows, r)
	}
	c.ExtendBaseWidget(c)
	c.changed()
	return c
}

// denomination is a note or coin as people say it: "100", "0.5".
func denomination(value payment.Amount) string {
	return strings.TrimSuffix(strings.TrimRight(value.String(), "0"), ".")
}

// number is how many there are of a row.
func (r *countRow) number() int64 {
	n, _ := strconv.ParseInt(r.field.Text(), 10, 64) // the field takes digits only
	return n
}

// counts are the notes and coins that there are.
func (c *counter) counts() []data.Count {
	list := []data.Count{}
	for _, r := range c.rows {
		if n := r.number(); n > 0 {
			list = append(list, data.Count{Value: r.value, Number: n})
		}
	}
	return list
}

// sum is what they come to, fen.
func (c *counter) sum() payment.Amount {
	var sum payment.Amount
	for _, r := range c.rows {
		sum += r.value * payment.Amount(r.number())
	}
	return sum
}

// touched reports whether anything was typed.
func (c *counter) touched() bool {
	for _, r := range c.rows {
		if r.field.Text() != "" {
			return true
		}
	}
	return false
}

func (c *counter) changed() {
	for _, r := range c.rows {
		part := r.value * payment.Amount(r.number())
		r.sum.SetText(part.Grouped())
		if part == 0 {
			r.sum.SetColor(kit.Ink3)
		} else {
			r.sum.SetColor(kit.Ink)
		}
	}
	c.total.Set(c.sum().Grouped(), kit.Ink)
	if c.OnChanged != nil {
		c.OnChanged()
	}
}

// step counts one note more or less.
func (c *counter) step(i int, by int64) {
	r := c.rows[i]
	n := r.number() + by
	text := strconv.FormatInt(n, 10)
	if n < 0 || len(text) > mostNotes {
		return
	}
	if n == 0 {
		text = ""
	}
	r.field.SetText(text)
	r.field.Focus()
	c.changed()
}

// typeKey types a key of the keypad into the row with the focus.
func (c *counter) typeKey(k kit.Key) {
	c.rows[c.at].field.TypeKey(k)
	c.rows[c.at].field.Focus()
}

// typeRune types a character there.
func (c *counter) typeRune(r rune) {
	c.rows[c.at].field.Focus()
	c.rows[c.at].field.TypedRune(r)
}

// move goes to the row above or below; it is false at the end.
func (c *counter) move(by int) bool {
	to := c.at + by
	if to < 0 || to >= len(c.rows) {
		return false
	}
	c.at = to
	c.rows[to].field.Focus()
	c.Refresh()
	return true
}

// focus goes to the row that was typed into last.
func (c *counter) focus() { c.rows[c.at].field.Focus() }

// Held are the fields, for a dialog that looks for the first empty one.
func (c *counter) Held() []fyne.CanvasObject {
	list := make([]fyne.CanvasObject, len(c.rows))
	for i, r := range c.rows {
		list[i] = r.field
	}
	return list
}

func (c *counter) CreateRenderer() fyne.WidgetRenderer {
	r := &counterRenderer{c: c}
	for _, part := range []**canvas.Rectangle{&r.head, &r.foot, &r.footLine, &r.ground, &r.bar} {
		*part = canvas.NewRectangle(nil)
		r.objects = append(r.objects, *part)
	}
	r.head.TopLeftCornerRadius, r.head.TopRightCornerRadius = panelInside, panelInside
	r.foot.BottomLeftCornerRadius, r.foot.BottomRightCornerRadius = panelInside, panelInside
	for _, h := range c.heads {
		r.objects = append(r.objects, h)
	}
	for _, row := range c.rows {
		line := canvas.NewRectangle(nil)
		r.lines = append(r.lines, line)
		r.objects = append(r.objects, line, row.name, row.less, row.field, row.more, row.sum)
	}
	r.objects = append(r.objects, c.label, c.total)
	if c.extra != nil {
		r.objects = append(r.objects, c.extra)
	}
	r.paint()
	return r
}

// Sizes of the table. Rows are as high as there is room, up to countRowBest.
const (
	panelInside   float32 = 13 // the corner of a panel, inside of its line
	countHead     float32 = 36
	countFoot     float32 = 75
	countRowBest  float32 = 62
	countRowLeast float32 = 46
	countPad      float32 = 24
	countField    float32 = 52
)

type counterRenderer struct {
	c                                 *counter
	head, foot, footLine, ground, bar *canvas.Rectangle
	lines                             []*canvas.Rectangle
	objects                           []fyne.CanvasObject
}

func (r *counterRenderer) Destroy()                     {}
func (r *counterRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *counterRenderer) MinSize() fyne.Size {
	return fyne.NewSize(400, countHead+float32(len(r.c.rows))*countRowLeast+countFoot)
}

func (r *counterRenderer) Layout(size fyne.Size) {
	c := r.c
	pitch := whole(max(countRowLeast, min(countRowBest, (size.Height-countHead-countFoot)/float32(len(c.rows)))))
	screen.Place(r.head, 0, 0, size.Width, countHead)
	// The wide table keeps its columns where the hand knows them; a narrow one
	// moves them together.
	keys, key := float32(134), min(countField, pitch-6)
	if size.Width < 640 {
		keys = 84
	}
	field := min(180, max(88, (size.Width-keys-countPad)*0.35))
	mid := keys + key + 8
	place := func(t *kit.Text, x, y, w, h float32) {
		high := t.MinSize().Height
		screen.Place(t, x, y+whole((h-high)/2), w, high)
	}
	place(c.heads[0], countPad, 0, mid-countPad-8, countHead)
	place(c.heads[1], mid, 0, field, countHead)
	place(c.heads[2], size.Width-countPad-200, 0, 200, countHead)
	for i, row := range c.rows {
		y := countHead + float32(i)*pitch
		top := y + whole((pitch-key)/2)
		screen.Place(r.lines[i], 0, y+pitch-1, size.Width, 1)
		place(row.name, countPad, y, keys-countPad, pitch)
		screen.Place(row.less, keys, top, key, key)
		screen.Place(row.field, mid, top, field, key)
		screen.Place(row.more, mid+field+8, top, key, key)
		left := mid + field + 8 + key + 12
		place(row.sum, left, y, size.Width-countPad-left, pitch)
	}
	y := countHead + float32(c.at)*pitch
	screen.Place(r.ground, 0, y, size.Width, pitch-1)
	screen.Place(r.bar, 0, y, 4, pitch-1)
	r.layoutFoot(size)
}

// layoutFoot puts the total at the bottom.
func (r *counterRenderer) layoutFoot(size fyne.Size) {
	c, top := r.c, size.Height-countFoot
	screen.Place(r.footLine, 0, top, size.Width, 1)
	screen.Place(r.foot, 0, top+1, size.Width, countFoot-1)
	label := c.label.MinSize()
	screen.Place(c.label, countPad, top+whole((countFoot-label.Height)/2), label.Width, label.Height)
	left := countPad + label.Width + kit.Gap
	if c.extra != nil {
		w := c.extra.MinSize().Width
		screen.Place(c.extra, left, top+whole((countFoot-kit.ButtonSmall)/2), w, kit.ButtonSmall)
		left += w + kit.Gap
	}
	high := kit.LineHeight(kit.StatePx)
	screen.Place(c.total, left, top+whole((countFoot-high)/2)-2, size.Width-countPad-left, high)
}

func (r *counterRenderer) paint() {
	r.head.FillColor, r.ground.FillColor, r.bar.FillColor = kit.Color(kit.SurfaceAlt), kit.Color(kit.AccentSoft), kit.Color(kit.AccentInk)
	r.foot.FillColor, r.footLine.FillColor = kit.Color(kit.SurfaceAlt), kit.Color(kit.Line)
	for _, l := range r.lines {
		l.FillColor = kit.Color(kit.Line)
	}
}

func (r *counterRenderer) Refresh() {
	r.paint()
	if size := r.c.Size(); !size.IsZero() {
		r.Layout(size)
	}
	canvas.Refresh(r.c)
}
