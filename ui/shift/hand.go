package shift

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// handStep is the last step: who takes over, and the sums of the shift. Nobody is
// chosen at first, so no Enter that was pressed twice hands anything over.
type handStep struct {
	s    *Screen
	root *fyne.Container

	who      []data.Person // the first one, ID 0, is nobody
	rows     *kit.Choices
	at       int // of who; -1 while none is chosen
	name     *kit.Field
	usual    *kit.Select
	pin      *people.PINBox
	left     *kit.Panel
	sums     *kit.Panel
	approval *people.Approval
	fault    *kit.Hint
	back     *kit.ActionKey
	act      *kit.ActionKey
	cancel   *kit.ActionKey
}

func newHandStep(s *Screen) *handStep {
	w := s.desk.Words
	h := &handStep{s: s, at: -1}
	h.who = append([]data.Person{{}}, s.facts.people...)
	h.pin = people.NewPINBox(s.desk, h.changed)
	h.approval = people.NewApproval(s.desk, s.facts.need, h.changed)
	h.fault = kit.NewHint(kit.IconFailed, kit.Bad, "", kit.Body, kit.Bad)
	h.fault.Hide()
	h.back = kit.NewActionKey(w.T("shift.back"), "", kit.Plain, h.goBack)
	h.act = kit.NewActionKey(w.T("shift.close"), "Enter", kit.Default, s.goOn)
	h.cancel = kit.NewActionKey(w.T("shift.cancel"), "Esc", kit.Plain, func() { s.Leave(s.o.Close) })
	h.left = kit.NewPanel(h.successor())
	h.sums = kit.NewPanel(kit.Pad(14, 20, 10, 20, h.figures()))
	h.root = &fyne.Container{Layout: screen.Free{Min: fyne.NewSize(1000, 400), Place: h.place},
		Objects: []fyne.CanvasObject{h.left, h.sums, h.approval.Object(), h.fault, h.back, h.act, h.cancel}}
	h.changed()
	return h
}

// successor is the list of those who can take over, and beside it the name of
// their shift and their PIN.
func (h *handStep) successor() fyne.CanvasObject {
	w, f := h.s.desk.Words, h.s.facts
	list := make([]kit.Choice, len(h.who))
	for i, p := range h.who {
		switch {
		case p.ID == 0:
			list[i] = kit.Choice{Word: w.T("shift.nobody"), Second: w.T("shift.nobody.text")}
		case p.ID == f.now.ID:
			list[i] = kit.Choice{Word: h.s.desk.PersonName(p.Staff), Second: w.T("shift.self")}
		default:
			list[i] = kit.Choice{Word: h.s.desk.PersonName(p.Staff), Second: h.s.desk.Role(p.Role)}
		}
	}
	h.rows = kit.NewChoices(list, kit.ChoiceTall, -1, h.choose)
	next := nameAfter(f.names, f.shift.Name)
	h.name = kit.NewField(w.T("shift.name")).Placeholder(w.T("shift.name.hint"))
	var name fyne.CanvasObject = h.name
	if len(f.names) > 0 {
		h.usual = kit.NewSelect(w.T("shift.name"), append(append([]string{}, f.names...), w.T("shift.name.none")), 0, nil)
		for i, n := range f.names {
			if n == next {
				h.usual.SetIndex(i)
			}
		}
		name = h.usual
	}
	pad := kit.NewKeypad(kit.NumberKeypad, f.phoneOrder, h.typeKey)
	column := kit.Down(kit.GapKeys, append([]fyne.CanvasObject{kit.NewBold(w.T("shift.who"), kit.Row, kit.Ink)}, kit.Stretch(screen.NewScroll(kit.Pad(6, 14, 6, 6, kit.Down(8, h.rows.Objects()...)))))...)
	beside := kit.Down(kit.GapKeys, name)
	if f.anyPIN { // else nobody types one
		beside = kit.Down(kit.GapKeys, name, kit.Sized(0, 27, h.pin.Line), h.pin.Field, kit.Stretch(&fyne.Container{Layout: atMost(padMost), Objects: []fyne.CanvasObject{pad}}))
	}
	return kit.Pad(16, 20, 16, 20, kit.Across(24, kit.Stretch(column), kit.Sized(handPad, 0, beside)))
}

const (
	handPad float32 = 312
	padMost float32 = 480 // higher keys look lost in a large window
)

// atMost gives its one object its place, up to a height.
type atMost float32

func (atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (h atMost) Layout(o []fyne.CanvasObject, size fyne.Size) {
	screen.Place(o[0], 0, 0, size.Width, min(size.Height, float32(h)))
}

// figures are the sums of the shift.
func (h *handStep) figures() fyne.CanvasObject {
	s, w := h.s, h.s.desk.Words
	c := s.counted()
	t := c.Report.Total
	n := func(key string, count int) string { return w.T(key) + "  " + w.T("report.count", "n", count) }
	rows := []kit.Fact{
		{Label: n("report.trade", t.Payments), Value: t.Trade.Grouped()},
		{Label: n("report.refunds", t.Refunds), Value: (-t.Refunded).Grouped()},
		{Label: w.T("report.net"), Value: t.Net.Grouped(), Bold: true},
	}
	switch {
	case !s.uncount:
		taken, _ := s.check.takenOut()
		rows = append(rows,
			kit.Fact{Label: w.T("report.counted"), Value: c.Counted.Grouped()},
			differenceFact(s.desk, c),
			kit.Fact{Label: w.T("shift.taken.fact"), Value: (-taken).Grouped()},
			kit.Fact{Label: w.T("shift.keep"), Value: (c.Counted - taken).Grouped(), Bold: true})
	default:
		rows = append(rows, kit.Fact{Label: w.T("report.counted"), Value: w.T("report.not_counted")})
	}
	if line := openLine(s.desk, c.Report.Open); line != "" {
		rows = append(rows, kit.Fact{Label: w.T("shift.open"), Value: line, Color: kit.Warn, Icon: kit.IconUnknown})
	}
	return kit.Down(4, kit.NewBold(w.T("shift.sums"), kit.Row, kit.Ink), kit.Stretch(aboutAmounts(rows)))
}

// differenceFact is the difference with its sign, its colour and its icon.
func differenceFact(d *screen.Desk, c app.Counting) kit.Fact {
	f := kit.Fact{Label: d.Words.T("report.difference"), Value: signed(c.Difference), Bold: true, Icon: kit.IconPaid, Color: kit.Ok}
	switch {
	case c.Difference > 0:
		f.Icon, f.Color = kit.IconAlert, kit.Warn
	case c.Difference < 0:
		f.Icon, f.Color = kit.IconFailed, kit.Bad
	}
	return f
}

func (h *handStep) place(size fyne.Size) {
	left := size.Width - kit.Gap - sideWidth
	screen.Place(h.left, 0, 0, left, size.Height)
	x, bottom := left+kit.Gap, size.Height
	submit := submitHeight
	if size.Height < 560 {
		submit = submitLow
	}
	bottom -= submit
	screen.Place(h.act, x, bottom, sideWidth-cancelWidth-kit.GapKeys, submit)
	screen.Place(h.cancel, x+sideWidth-cancelWidth, bottom, cancelWidth, submit)
	bottom -= moveLow + kit.GapDense
	screen.Place(h.back, x, bottom, sideWidth, moveLow)
	for _, part := range []fyne.CanvasObject{h.fault, h.approval.Object()} {
		if part.Visible() {
			high := kit.HeightFor(part, sideWidth)
			bottom -= high + kit.GapDense
			screen.Place(part, x, bottom, sideWidth, high)
		}
	}
	screen.Place(h.sums, x, 0, sideWidth, bottom-kit.GapDense)
}

// chosen is who takes over; ok is false while nobody was chosen.
func (h *handStep) chosen() (p data.Person, ok bool) {
	if h.at < 0 {
		return data.Person{}, false
	}
	return h.who[h.at], true
}

// proves reports that the chosen one has to type a PIN. Whoever goes on with a
// shift of their own has proved it already.
func (h *handStep) proves() bool {
	p, ok := h.chosen()
	return ok && p.ID != h.s.facts.now.ID && h.s.facts.hasPIN[p.ID]
}

// move chooses the next one, or the one before, with an arrow key.
func (h *handStep) move(step int) {
	i := max(0, min(h.at+step, len(h.who)-1))
	h.rows.SetIndex(i)
	h.choose(i)
}

func (h *handStep) choose(i int) {
	h.at = i
	w := h.s.desk.Words
	p, _ := h.chosen()
	name := h.s.desk.PersonName(p.Staff)
	switch {
	case p.ID == 0:
		h.pin.For("")
	case h.proves():
		h.pin.For(w.T("signin.pin", "name", name))
		h.pin.Field.Focus()
	case p.ID == h.s.facts.now.ID:
		h.pin.For("")
	default:
		h.pin.For(w.T("signin.none", "name", name))
	}
	h.changed()
}

// changed switches what is of no use off.
func (h *handStep) changed() {
	if h.act == nil {
		return
	}
	p, ok := h.chosen()
	next := ok && p.ID != 0
	h.name.SetEnabled(next)
	if h.usual != nil {
		h.usual.SetEnabled(next)
	}
	h.pin.Field.SetEnabled(h.proves())
	h.act.SetEnabled(h.ready())
}

func (h *handStep) ready() bool {
	_, ok := h.chosen()
	return ok && !h.s.busy && (!h.proves() || h.pin.Ready()) && h.approval.Ready()
}

// typeKey types a key of the keypad into the PIN with the focus.
func (h *handStep) typeKey(k kit.Key) {
	if f, ok := h.s.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		f.TypeKey(k)
		return
	}
	if h.proves() {
		h.pin.Field.Focus()
		h.pin.Field.TypeKey(k)
	}
}

func (h *handStep) typeRune(r rune) {
	if h.proves() {
		h.pin.Field.Focus()
		h.pin.Field.TypedRune(r)
	}
}

// nextName is what the next shift is called; empty for nothing.
func (h *handStep) nextName() string {
	if h.usual == nil {
		return h.name.Text()
	}
	if i := h.usual.Index(); i < len(h.s.facts.names) {
		return h.s.facts.names[i]
	}
	return ""
}

// goBack goes to the step before.
func (h *handStep) goBack() {
	if h.s.busy {
		return
	}
	h.close()
	if h.s.uncount {
		h.s.uncount = false
		h.s.show(stageCount)
		return
	}
	h.s.show(stageCheck)
}

// send closes the shift, once.
func (h *handStep) send() {
	s := h.s
	if s.busy || !h.ready() {
		return
	}
	s.busy = true
	h.say("")
	successor, _ := h.chosen()
	order := app.CloseOrder{ShiftID: s.facts.shift.ID, Counts: s.counts(), Uncount: s.uncount, HandTo: successor.ID}
	if successor.ID != 0 {
		order.NextName = h.nextName()
	}
	if h.proves() {
		order.PIN = h.pin.Field.Text()
	}
	if !s.uncount {
		order.Taken, _ = s.check.takenOut()
		order.Reason = s.check.reason.text()
	}
	word := h.approval.Word()
	h.changed()
	s.desk.Background(func(ctx context.Context) func() {
		approval, err := word.Prove(ctx)
		if err != nil {
			return func() { h.refused(err, true) }
		}
		order.Approval = approval
		closed, err := s.desk.Shifts.Close(ctx, order)
		return func() {
			if err != nil && closed.Z.ID == 0 {
				h.refused(err, false)
				return
			}
			h.closed(closed)
		}
	})
}

// refused says what stood in the way: the PIN of the approver, that of the
// successor, or something else.
func (h *handStep) refused(err error, approver bool) {
	h.s.busy = false
	switch {
	case approver && h.approval.Refused(err):
	case !approver && h.pin.Refused(err):
		h.pin.Field.Focus()
	default:
		h.say(h.s.desk.Sentence(err))
	}
	h.changed()
}

func (h *handStep) say(sentence string) {
	h.fault.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
	screen.Only(h.fault, sentence != "")
	h.root.Refresh()
}

func (h *handStep) closed(c app.Closed) {
	s := h.s
	s.busy = false
	h.close()
	s.desk.WakePrinter()
	s.done = newDoneStep(s, c)
	s.show(stageDone)
	s.done.readPaper()
	s.o.Changed()
}

// close forgets the PINs.
func (h *handStep) close() {
	h.pin.Close()
	h.approval.Close()
}
