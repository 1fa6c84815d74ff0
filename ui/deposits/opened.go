package deposits

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// opened is the deposit that is looked at, and what the guest owes.
type opened struct {
	id      int64
	detail  data.DepositDetail // as it was read last; its ID is 0 until then
	room    []data.Deposit     // others of the room with something held
	reading bool
	again   bool
	then    screen.Action // what to do once it was read

	found time.Time // when its number was scanned or typed; zero when it was chosen in the list
	entry app.Entry
	keep  bool              // keep the rest held
	sent  *app.CaptureOrder // what was asked for; nil while nothing was
	busy  bool              // something is being written that starts a step
	step  *app.DepositStep  // the step that is followed; nil for none
	early map[int64]app.DepositStep
	asked bool // a refusal was acknowledged once
}

// due is what the guest owes, fen.
func (o *opened) due() payment.Amount { return o.entry.Amount() }

// rest is what goes back to the guest, or stays held, after what is due.
func (o *opened) rest() payment.Amount { return max(0, o.detail.Left()-o.due()) }

// fits reports whether what is due can be taken out of the deposit.
func (o *opened) fits() bool { return o.due() > 0 && o.due() <= o.detail.Left() }

// read reports whether the deposit is there.
func (o *opened) read() bool { return o.detail.ID != 0 }

// held reports whether there is something to charge or give back.
func (o *opened) held() bool { return o.detail.State == data.DepositHeld && o.detail.Left() > 0 }

// openStep is a step without a result.
func (o *opened) openStep() (data.Step, bool) {
	for _, s := range o.detail.Steps {
		if !s.State.Final() {
			return s, true
		}
	}
	return data.Step{}, false
}

// order is the capture to ask for. Repeated calls give the same one until
// something changes.
func (o *opened) order() app.CaptureOrder {
	if o.sent == nil {
		o.sent = &app.CaptureOrder{Draft: screen.NewDraft("c"), DepositID: o.id, Amount: o.due(), KeepRest: o.keep}
	}
	return *o.sent
}

// edit changes what is due.
func (o *opened) edit(f func(*app.Entry)) {
	before := o.due()
	f(&o.entry)
	if o.due() != before {
		o.sent = nil
	}
}

// Open shows a deposit. then is ActRefund when the dialog to give captured money
// back is to open once the deposit was read.
func (s *Screen) Open(id int64, then screen.Action) { s.openAs(id, then, false) }

// openAs is Open; found says that the deposit's number was scanned or typed. A hold that is
// being taken keeps its place until it has an end.
func (s *Screen) openAs(id int64, then screen.Action, found bool) {
	switch {
	case s.mode() == modeLocked:
		s.taking.Warn("till.hint.payment_open")
		return
	case s.open != nil && (s.open.busy || s.following()):
		s.taking.Warn("deposit.hint.step_open")
		return
	}
	s.taking.Unfocus()
	s.taking.Cash, s.taking.Hint = nil, panel.Hint{}
	s.taking.Back()
	s.open = &opened{id: id, then: then, early: map[int64]app.DepositStep{}}
	if found {
		s.open.found = s.desk.Now()
	}
	s.reload()
	s.refresh()
}

// openNumber shows the deposit of a number: of its slip, of the guest's bill, of
// an order. otherwise follows when there is none.
func (s *Screen) openNumber(text string, otherwise func()) {
	s.desk.Background(func(ctx context.Context) func() {
		d, err := s.desk.Books.FindDeposit(ctx, text)
		return func() {
			switch {
			case err == nil:
				s.openAs(d.ID, "", true)
			case notFound(err):
				otherwise()
			default:
				s.tell(err)
			}
		}
	})
}

func notFound(err error) bool {
	p, ok := app.ProblemOf(err)
	return ok && p.Kind == app.ProblemNotFound
}

// leave goes back to the list.
func (s *Screen) leave() {
	s.open, s.taking.Hint = nil, panel.Hint{}
	s.list.reload()
	s.refresh()
}

// reload reads the opened deposit anew.
func (s *Screen) reload() {
	o := s.open
	if o == nil {
		return
	}
	if o.reading {
		o.again = true
		return
	}
	o.reading, o.again = true, false
	s.desk.Background(func(ctx context.Context) func() {
		detail, room, err := readDeposit(ctx, s.desk, o.id)
		return func() { s.gotOpened(o, detail, room, err) }
	})
}

// reopen reads the opened deposit anew after something about it changed.
func (s *Screen) reopen(id int64) {
	if s.open != nil && (s.open.id == id || s.open.read()) {
		s.reload()
	}
}

func (s *Screen) gotOpened(o *opened, detail data.DepositDetail, room []data.Deposit, err error) {
	o.reading = false
	if o != s.open {
		return
	}
	if o.again {
		s.reload()
		return
	}
	if err != nil {
		if !o.read() {
			s.open = nil
		}
		s.tell(err)
		return
	}
	o.detail, o.room = detail, room
	s.shownOpened(o)
	s.refresh()
}

// shownOpened does what follows once a deposit was read: one about which a
// person has to decide, or whose hold is open, has a panel of its own.
func (s *Screen) shownOpened(o *opened) {
	d := o.detail
	switch {
	case d.Attention != data.AttentionNone && o.step == nil:
		s.open = nil
		s.about = about{o.id, d, o.room}
		s.taking.Show(shown{Deposit: app.Deposit{Deposit: d.Deposit, Phase: phaseOf(d.Deposit)}}, true)
	case d.Hold.Open() && s.desk.Till != nil:
		s.open = nil
		s.ShowHold(o.id)
	case o.then == screen.ActRefund:
		o.then = ""
		s.askRefund()
	}
	s.caughtUp(o)
}

// phaseOf is the phase of a hold that is over.
func phaseOf(d data.Deposit) app.Phase {
	switch d.Hold {
	case payment.StateFailed:
		return app.PhaseFailed
	case payment.StateClosed:
		return app.PhaseClosed
	case payment.StateReversed:
		return app.PhaseReversed
	}
	return app.PhasePaid
}

// caughtUp takes over the end of the followed step, should it have been missed.
func (s *Screen) caughtUp(o *opened) {
	if o.step == nil || o.step.State.Final() {
		return
	}
	for _, step := range o.detail.Steps {
		if step.ID == o.step.ID && step.State.Final() {
			s.heardStep(app.DepositStep{Step: step, Channel: o.detail.Channel, Deposit: o.detail.Deposit})
		}
	}
}
