package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// doctor is the panel that says what is wrong with a channel's settings, and
// looks again when it is asked to.
type doctor struct {
	c       *channelPage
	panel   fyne.CanvasObject
	head    *fyne.Container
	when    *kit.Text
	place   *fyne.Container
	button  *kit.Button
	try     *kit.Button
	trial   *trial
	tried   finding // how the trial stands; its title is empty before one
	looking bool
	again   bool
	list    []finding // of the last look; nil before the first
}

func newDoctor(c *channelPage) *doctor {
	w := c.s.desk.Words
	d := &doctor{c: c, when: kit.NewText("", kit.Caption, kit.Ink2), place: holder()}
	d.button = kit.NewButton(w.T("doctor.start"), kit.ButtonNormal, d.look).Icon(kit.IconAgain)
	d.head = kit.Across(kit.GapDense, kit.Stretch(kit.NewBold(w.T("doctor.title"), kit.ActionPx, kit.Ink)), d.when)
	parts := []fyne.CanvasObject{
		kit.Pad(12, kit.PadList, 0, kit.PadList, kit.Sized(0, 48, d.head)),
		kit.Pad(0, kit.PadList, 0, kit.PadList, kit.NewRule()),
		kit.Stretch(d.place),
	}
	d.trial = &trial{d: d}
	d.try = kit.NewButton(w.T("doctor.try"), kit.ButtonNormal, d.trial.press)
	acts := kit.Down(8, d.try)
	if c.s.opts.Doctors[c.channel] != nil {
		acts.Add(d.button)
	}
	parts = append(parts, newFoot(kit.Pad(12, kit.PadList, 13, kit.PadList, acts)))
	d.panel = kit.NewPanel(kit.Down(0, parts...))
	d.drawList()
	return d
}

// look asks the channel with the settings as they stand on the left.
func (d *doctor) look() {
	s := d.c.s
	channel := s.opts.Doctors[d.c.channel]
	if channel == nil || s.vals == nil {
		return
	}
	if d.looking {
		d.again = true
		return
	}
	d.looking, d.again = true, false
	w := s.desk.Words
	hold(d.place, kit.NewEmpty(kit.IconWaiting, kit.AccentInk, w.T("doctor.running"), w.T("doctor.running.do", "channel", d.c.name())))
	changes := s.vals.changes(d.c.keys())
	began := s.desk.Now()
	s.desk.Background(func(ctx context.Context) func() {
		faults, err := channel.CheckConfig(ctx, changes)
		if err != nil || len(faults) > 0 {
			return func() { d.incomplete(faults, err) }
		}
		probe, err := channel.Check(ctx, changes)
		if err != nil {
			return func() { d.incomplete(nil, err) }
		}
		return func() { d.found(probe, began) }
	})
}

// lookIfOn looks when the account is in use.
func (d *doctor) lookIfOn() {
	if d.c.on() {
		d.look()
	}
}

// incomplete says that there is nothing to ask with yet.
func (d *doctor) incomplete(faults []ConfigFault, err error) {
	w := d.c.s.desk.Words
	if err != nil {
		d.show([]finding{{kit.IconFailed, kit.Bad, w.T("doctor.failed"), d.c.s.desk.Sentence(err), ""}}, "")
		return
	}
	d.c.complain(d.c.sentences(faults), false)
	d.show([]finding{{kit.IconFailed, kit.Bad, w.T("doctor.incomplete"), w.T("doctor.incomplete.do"), ""}}, "")
}

func (d *doctor) found(p Probe, began time.Time) {
	w := d.c.s.desk.Words
	d.show(findings(w, d.c.channel, p), w.T("doctor.at", "time", began.In(payment.Beijing).Format("15:04"), "seconds", took(p.Took)))
}

// show draws findings, and marks the page in the list on the left while one of
// them needs a person.
func (d *doctor) show(list []finding, when string) {
	d.looking = false
	d.list = list
	d.when.SetText(when)
	d.button.SetWord(d.c.s.desk.Words.T("doctor.again"))
	d.drawList()
	d.head.Refresh()
	if d.again {
		d.look()
	}
}

// addTrial shows how the trial stands, before everything else.
func (d *doctor) addTrial(f finding) {
	d.tried = f
	d.drawList()
}

// trialChanged words the button.
func (d *doctor) trialChanged() {
	word := "doctor.try"
	if d.trial.phase == trialArmed {
		word = "doctor.try.stop"
	}
	d.try.SetWord(d.c.s.desk.Words.T(word))
	d.try.SetEnabled(d.trial.phase == trialIdle || d.trial.phase == trialArmed)
	if d.trial.phase == trialIdle && d.tried.token == kit.AccentInk {
		d.tried = finding{} // it had not come to anything
	}
}

func (d *doctor) drawList() {
	w := d.c.s.desk.Words
	list := d.list
	if d.tried.title != "" {
		list = append([]finding{d.tried}, list...)
	}
	if len(list) == 0 {
		hold(d.place, kit.NewEmpty(kit.IconHelp, kit.Ink3, w.T("doctor.never"), w.T("doctor.never.do")))
		return
	}
	var rows []fyne.CanvasObject
	icon := kit.NoIcon
	for _, f := range list {
		rows = append(rows, newFindingRow(f), kit.NewRule())
		if f.token == kit.Bad || f.token == kit.Warn {
			icon = kit.IconAlert
		}
	}
	hold(d.place, screen.NewScroll(kit.Pad(0, kit.PadList, 8, kit.PadList, kit.Down(0, rows...))))
	d.c.s.mark(d.c.page, icon)
}

// newFindingRow is one finding: icon, bold words, what to do, and the code.
func newFindingRow(f finding) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewParagraph(f.title, kit.Body, kit.Ink).Bold()}
	if f.text != "" {
		parts = append(parts, kit.NewParagraph(f.text, kit.Caption, kit.Ink2))
	}
	if f.code != "" {
		parts = append(parts, kit.NewParagraph(f.code, kit.Caption, kit.Ink2).Mono())
	}
	icon := &fyne.Container{Layout: top{22, 26}, Objects: []fyne.CanvasObject{kit.NewIcon(f.icon, 22, f.token)}}
	return kit.Pad(9, 0, 9, 0, kit.Across(14, icon, kit.Stretch(kit.Down(1, parts...))))
}

// top keeps a small thing at the upper end of its place.
type top struct{ size, line float32 }

func (l top) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.size, l.line) }

func (l top) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	screen.Place(o[0], 0, (l.line-l.size)/2, l.size, l.size)
}

// mark puts an icon beside a page in the list.
func (s *Screen) mark(p *page, icon kit.Icon) {
	for i, other := range s.pages {
		if other == p {
			s.rows[i].set(i == s.at, icon)
		}
	}
}
