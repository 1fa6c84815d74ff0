package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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

	choice  *fyne.Container // holds the segment, which is made anew for other words
	segment *kit.Segment
	words   string
	chosen  func(int)

	label, value *kit.Text
	large        *kit.Text // the value where it is what to look at
	bar, warnBar *kit.Progress
	left, right  *kit.Text

	lead  *kit.Paragraph
	text  *kit.Paragraph
	rules []*kit.Hint
	facts *kit.Facts
	steps *kit.Timeline

	figure *figure

	now Panel
}

const maxRules = 4

func newBody(chosen func(int)) *body {
	b := &body{
		chosen: chosen, choice: container.NewStack(),
		qr:    kit.NewQR(nil, 120),
		label: kit.NewText("", kit.Row, kit.Ink).Fit(kit.Body, kit.Caption), value: kit.NewBold("", kit.Heading, kit.Ink).Trailing(),
		large: kit.NewBold("", kit.StatePx, kit.Ink).Trailing(),
		bar:   kit.NewProgress(kit.Accent), warnBar: kit.NewProgress(kit.WarnFill),
		left: kit.NewText("", kit.Caption, kit.Ink2).Fit(14), right: kit.NewText("", kit.Caption, kit.Ink3).Trailing().Fit(14),
		lead: kit.NewParagraph("", kit.ActionPx, kit.Ink).Bold(), text: kit.NewParagraph("", kit.Row, kit.Ink),
		facts: kit.NewFacts(), steps: kit.NewTimeline(),
	}
	b.root = &fyne.Container{Objects: []fyne.CanvasObject{
		b.choice, b.qr, b.label, b.value, b.large, b.bar, b.warnBar, b.left, b.right, b.lead, b.text, b.facts, b.steps,
	}}
	for range maxRules {
		h := kit.NewHint(kit.IconDot, kit.Ink2, "", kit.Row, kit.Ink)
		b.rules = append(b.rules, h)
		b.root.Objects = append(b.root.Objects, h)
	}
	b.figure = newFigure()
	b.root.Objects = append(b.root.Objects, b.figure.root)
	b.root.Layout = screen.Free{Min: fyne.NewSize(300, 120), Place: b.layout}
	return b
}

// draw shows what a panel has for the body.
func (b *body) draw(p Panel) {
	changed := structure(b.now) != structure(p) || len(b.now.Text) != len(p.Text) || b.now.Lead != p.Lead
	b.now = p
	if p.QR != b.qrText {
		b.qrText = p.QR
		b.qr.Set(modules(p.QR))
	}
	b.drawChoice(p.Choice)
	b.label.SetText(p.Clock.Label)
	b.value.SetText(p.Clock.Value)
	b.large.SetText(p.Clock.Value)
	b.bar.Set(float32(p.Clock.Done))
	b.warnBar.Set(float32(p.Clock.Done))
	b.left.SetText(p.Clock.Left)
	b.right.SetText(p.Clock.Right)
	b.lead.SetText(p.Lead)
	b.text.SetText(p.Text)
	for i, h := range b.rules {
		if i < len(p.Rules) {
			b.rule(h, i, p.Rules[i])
		}
	}
	b.figure.set(p.Figure.Name, p.Figure.Amount, kit.Ink)
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

// drawChoice shows the words above a QR.
func (b *body) drawChoice(c Choice) {
	if c.Words != b.words {
		b.words, b.segment = c.Words, nil
		b.choice.Objects = nil
		if c.Words != "" {
			b.segment = kit.NewSegment(strings.Split(c.Words, "\n"), c.Index, b.chosen)
			b.choice.Objects = []fyne.CanvasObject{b.segment}
		}
		b.choice.Refresh()
	}
	if b.segment != nil {
		b.segment.SetIndex(c.Index)
		b.segment.SetEnabled(!c.Off)
	}
}

// shape tells which parts a panel has, so that only a change of shape lays the
// body out anew.
type shape struct {
	qr, choice, clock, large, warn, lead, text, facts, figure bool
	rules, steps                                              int
}

func structure(p Panel) shape {
	return shape{
		qr: p.QR != "", choice: p.Choice.Words != "", clock: p.Clock.Label != "", large: p.Clock.Large, warn: p.Clock.Bar == kit.WarnFill,
		lead: p.Lead != "", text: p.Text != "", facts: len(p.Facts) > 0, figure: p.Figure.Amount != "",
		rules: len(p.Rules), steps: len(p.Timeline),
	}
}

func (b *body) showParts() {
	s := structure(b.now)
	screen.Only(b.qr, s.qr)
	screen.Only(b.choice, s.choice)
	screen.Only(b.label, s.clock)
	screen.Only(b.value, s.clock && !s.large)
	screen.Only(b.large, s.clock && s.large)
	screen.Only(b.bar, s.clock && !s.warn)
	screen.Only(b.warnBar, s.clock && s.warn)
	screen.Only(b.left, s.clock)
	screen.Only(b.right, s.clock)
	screen.Only(b.lead, s.lead)
	screen.Only(b.text, s.text)
	screen.Only(b.facts, s.facts)
	screen.Only(b.figure.root, s.figure)
	for i, h := range b.rules {
		screen.Only(h, i < s.rules)
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
	if s.choice {
		screen.Place(b.choice, 0, y, size.Width, choiceHeight)
		y += choiceHeight + 8
	}
	if s.qr {
		below := float32(122)
		side := max(0, min(size.Height-below-8-y, size.Width))
		screen.Place(b.qr, 0, y, size.Width, side)
		y += side + 8
	}
	if s.clock {
		y = b.layoutClock(y, size.Width, s)
	}
	if s.figure {
		screen.Place(b.figure.root, 0, y, size.Width, figureHeight)
		y += figureHeight + 12
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
		fit := max(1, min(len(b.now.Facts), int((size.Height-y)/factHeight)))
		b.facts.Set(b.now.Facts[:fit]...)
		screen.Place(b.facts, 0, y, size.Width, float32(fit)*factHeight)
		y += float32(fit) * factHeight
	}
	b.layoutSteps(y, size)
}

const (
	choiceHeight float32 = 46
	figureHeight float32 = 126
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
	if b.now.Clock.Left != "" && b.now.Clock.Right != "" {
		leftWidth = width / 2
	}
	if b.now.Clock.Left == "" {
		leftWidth = 0
	}
	screen.Place(b.left, 0, y, leftWidth, 24)
	screen.Place(b.right, leftWidth, y, width-leftWidth, 24)
	return y + 24 + 14
}

// layoutSteps shows as many of the last steps as fit.
func (b *body) layoutSteps(y float32, size fyne.Size) {
	steps := b.now.Timeline
	for len(steps) > 0 {
		b.steps.Set(steps...)
		if y+b.steps.HeightFor(size.Width) <= size.Height {
			break
		}
		steps = steps[1:]
	}
	screen.Only(b.steps, len(steps) > 0)
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
