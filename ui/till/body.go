package till

import (
	"fyne.io/fyne/v2"
	"github.com/skip2/go-qrcode"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// body is the middle of a result panel: parts below each other, of which a
// state shows those it needs.
type body struct {
	root *fyne.Container

	qr     *kit.QRView
	qrText string

	label, value *kit.Text
	large        *kit.Text // the value where it is what to look at
	bar, warnBar *kit.Progress
	left, right  *kit.Text

	lead  *kit.Paragraph
	text  *kit.Paragraph
	rules []*kit.Hint
	facts *kit.Facts
	steps *kit.Timeline

	change     *changePart
	changeName string

	now panel
}

const maxRules = 4

func newBody(changeWord string) *body {
	b := &body{
		qr:    kit.NewQR(nil, 120),
		label: kit.NewText("", kit.Row, kit.Ink).Fit(kit.Body, kit.Caption), value: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		large: kit.NewBold("", kit.StatePx, kit.Ink).Trailing(),
		bar:   kit.NewProgress(kit.Accent), warnBar: kit.NewProgress(kit.WarnFill),
		left: kit.NewText("", kit.Caption, kit.Ink2).Fit(14), right: kit.NewText("", kit.Caption, kit.Ink3).Trailing().Fit(14),
		lead: kit.NewParagraph("", kit.ActionPx, kit.Ink).Bold(), text: kit.NewParagraph("", kit.Row, kit.Ink),
		facts: kit.NewFacts(), steps: kit.NewTimeline(),
		changeName: changeWord,
	}
	b.root = &fyne.Container{Objects: []fyne.CanvasObject{
		b.qr, b.label, b.value, b.large, b.bar, b.warnBar, b.left, b.right, b.lead, b.text, b.facts, b.steps,
	}}
	for range maxRules {
		h := kit.NewHint(kit.IconDot, kit.Ink2, "", kit.Row, kit.Ink)
		b.rules = append(b.rules, h)
		b.root.Objects = append(b.root.Objects, h)
	}
	b.change = newChangePart(changeWord)
	b.root.Objects = append(b.root.Objects, b.change.root)
	b.root.Layout = screen.Free{Min: fyne.NewSize(300, 120), Place: b.layout}
	return b
}

// changePart is a large figure with its name: change, or what is short.
type changePart struct {
	root   *kit.Panel
	inside *fyne.Container
	name   *kit.Text
	figure *kit.AmountText
}

func newChangePart(name string) *changePart {
	c := &changePart{name: kit.NewText(name, kit.ActionPx, kit.Ink), figure: kit.NewAmount("", kit.AmountPx, kit.Ink)}
	c.inside = &fyne.Container{Objects: []fyne.CanvasObject{c.name, c.figure}}
	c.inside.Layout = screen.Free{Min: fyne.NewSize(200, changeHeight-2), Place: c.layout}
	c.root = kit.NewInset(c.inside)
	return c
}

func (c *changePart) layout(size fyne.Size) {
	n := c.name.MinSize()
	screen.Place(c.name, 20, size.Height-n.Height-19, n.Width, n.Height)
	screen.Place(c.figure, 20+n.Width+12, 4, size.Width-n.Width-52, size.Height-8)
}

func (c *changePart) set(name, figure string, ink kit.Token) {
	c.name.SetText(name)
	c.name.SetColor(ink)
	c.figure.Set(figure, ink)
	c.layout(c.inside.Size())
}

// draw shows what a panel has for the body.
func (b *body) draw(p panel) {
	changed := structure(b.now) != structure(p) || len(b.now.text) != len(p.text) || b.now.lead != p.lead
	b.now = p
	if p.qr != b.qrText {
		b.qrText = p.qr
		b.qr.Set(modules(p.qr))
	}
	b.label.SetText(p.clock.label)
	b.value.SetText(p.clock.value)
	b.large.SetText(p.clock.value)
	b.bar.Set(float32(p.clock.done))
	b.warnBar.Set(float32(p.clock.done))
	b.left.SetText(p.clock.left)
	b.right.SetText(p.clock.right)
	b.lead.SetText(p.lead)
	b.text.SetText(p.text)
	for i, h := range b.rules {
		if i < len(p.rules) {
			b.rule(h, i, p.rules[i])
		}
	}
	b.change.set(b.changeName, p.change, kit.Ink)
	if changed {
		b.showParts()
	}
	b.layout(b.root.Size())
	if changed {
		b.root.Refresh()
	}
}

func (b *body) rule(h *kit.Hint, i int, text string) {
	if i == 0 {
		h.Bold()
		h.Set(kit.IconAlert, kit.Warn, text, kit.Ink)
		return
	}
	h.Set(kit.IconDot, kit.Ink2, text, kit.Ink)
}

// shape tells which parts a panel has, so that only a change of shape lays the
// body out anew.
type shape struct {
	qr, clock, large, warn, lead, text, facts, change bool
	rules, steps                                      int
}

func structure(p panel) shape {
	return shape{
		qr: p.qr != "", clock: p.clock.label != "", large: p.clock.large, warn: p.clock.bar == kit.WarnFill,
		lead: p.lead != "", text: p.text != "", facts: len(p.facts) > 0, change: p.change != "",
		rules: len(p.rules), steps: len(p.timeline),
	}
}

func (b *body) showParts() {
	s := structure(b.now)
	only(b.qr, s.qr)
	only(b.label, s.clock)
	only(b.value, s.clock && !s.large)
	only(b.large, s.clock && s.large)
	only(b.bar, s.clock && !s.warn)
	only(b.warnBar, s.clock && s.warn)
	only(b.left, s.clock)
	only(b.right, s.clock)
	only(b.lead, s.lead)
	only(b.text, s.text)
	only(b.facts, s.facts)
	only(b.change.root, s.change)
	for i, h := range b.rules {
		only(h, i < s.rules)
	}
}

// layout places the parts that are shown from the top; a QR takes what the
// others leave; where room is short, facts show their first rows and a timeline
// its last steps.
func (b *body) layout(size fyne.Size) {
	if size.IsZero() {
		return
	}
	s := structure(b.now)
	y := float32(16)
	if s.qr {
		below := float32(122)
		side := max(0, min(size.Height-below-24, size.Width))
		screen.Place(b.qr, 0, y, size.Width, side)
		y += side + 8
	}
	if s.clock {
		y = b.layoutClock(y, size.Width, s)
	}
	if s.change {
		screen.Place(b.change.root, 0, y, size.Width, changeHeight)
		y += changeHeight + 12
	}
	for _, p := range []*kit.Paragraph{b.lead, b.text} {
		if p.Visible() {
			h := p.HeightFor(size.Width)
			screen.Place(p, 0, y, size.Width, h)
			y += h + 4
		}
	}
	if s.lead || s.text {
		y += 12
	}
	for _, h := range b.rules {
		if h.Visible() {
			high := h.HeightFor(size.Width)
			screen.Place(h, 0, y, size.Width, high)
			y += high + 6
		}
	}
	if s.facts {
		fit := max(1, min(len(b.now.facts), int((size.Height-y)/factHeight)))
		b.facts.Set(b.now.facts[:fit]...)
		screen.Place(b.facts, 0, y, size.Width, float32(fit)*factHeight)
		y += float32(fit) * factHeight
	}
	b.layoutSteps(y, size)
}

const (
	changeHeight float32 = 126
	factHeight   float32 = 48
)

func (b *body) layoutClock(y, width float32, s shape) float32 {
	row, pad := float32(44), float32(4)
	if s.large {
		row, pad = 64, 12
	}
	half := width * 0.6
	screen.Place(b.label, 0, y+pad, half, row-pad)
	screen.Place(b.value, half, y, width-half, row)
	screen.Place(b.large, half-60, y, width-half+60, row)
	y += row + 2
	screen.Place(b.bar, 0, y, width, 12)
	screen.Place(b.warnBar, 0, y, width, 12)
	y += 16
	leftWidth := width
	if b.now.clock.left != "" && b.now.clock.right != "" {
		leftWidth = width / 2
	}
	if b.now.clock.left == "" {
		leftWidth = 0
	}
	screen.Place(b.left, 0, y, leftWidth, 24)
	screen.Place(b.right, leftWidth, y, width-leftWidth, 24)
	return y + 24 + 14
}

// layoutSteps shows as many of the last steps as fit.
func (b *body) layoutSteps(y float32, size fyne.Size) {
	steps := b.now.timeline
	for len(steps) > 0 {
		b.steps.Set(steps...)
		if y+b.steps.HeightFor(size.Width) <= size.Height {
			break
		}
		steps = steps[1:]
	}
	only(b.steps, len(steps) > 0)
	screen.Place(b.steps, 0, y, size.Width, max(0, size.Height-y))
}

// modules encodes what a QR holds; nil when there is nothing or too much.
func modules(text string) [][]bool {
	if text == "" {
		return nil
	}
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil
	}
	code.DisableBorder = true
	return code.Bitmap()
}
