package app_test

import (
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// everyWayWithoutCancel runs f for each way on which a scanned code is never
// cancelled.
func everyWayWithoutCancel(t *testing.T, f func(t *testing.T, on way)) {
	waysThat(t, func(on way) bool { return on.noCancel }, f)
}

// The payer leaves. The till may not cancel: it says when its time is over, sends
// the cashier to the back office, and goes on asking, also in its next run, until
// the wallet gives the payer up.
func TestAPayerWhoLeavesIsWaitedForUntilTheWalletEndsIt(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		p := w.scan(9900, 3)
		waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
		now, err := w.till.Payment(t.Context(), p.Tender.ID)
		check(t, err)
		if now.Overdue || !now.Deadline.IsZero() || now.DueAt.Sub(now.Since).Round(time.Second) != w.channel.Policy().PayTimeout {
			t.Errorf("while there is time: overdue %v, cancelled by itself at %s, due at %s since %s", now.Overdue, now.Deadline, now.DueAt, now.Since)
		}
		w.cannotCancel(p)

		w.hasten() // as if the two minutes were over
		late := w.overdueNow(p)
		if late.Phase != app.PhaseUnknown || late.Tender.State != payment.StatePending || !late.Deadline.IsZero() {
			t.Errorf("overdue it is shown as %s, %s, cancelled by itself at %s", late.Phase, late.Tender.State, late.Deadline)
		}
		w.cannotCancel(p)
		check(t, w.till.Park(t.Context(), p.Tender.ID)) // the next customer is served

		w.restart()
		if again := w.overdueNow(p); !again.Resumed || !again.Tender.Parked {
			t.Errorf("after a restart: resumed %v, parked %v", again.Resumed, again.Tender.Parked)
		}
		w.cannotCancel(p)
		w.outlast()
		ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}.check(w, w.finish(p))
		w.audit()
	})
}

// The same payer comes back and pays after all, long after the cashier stopped to
// wait.
func TestAPayerWhoComesBackIsFound(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{Password: 30 * time.Second})
		p := w.scan(9900, 12)
		waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
		w.hasten()
		w.overdueNow(p)
		w.restart()
		w.overdueNow(p)
		w.ahead.Add(int64(31 * time.Second))
		ending{state: payment.StatePaid, seen: app.PhaseUnknown}.check(w, w.finish(p))
		w.audit()
	})
}

// The same of a deposit.
func TestAGuestWhoLeavesIsWaitedForUntilTheWalletEndsIt(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		d := w.hold(50000, 3)
		waitFor(t, func() bool { return w.sawHold(d, app.PhaseWaiting) })
		w.hasten()
		overdue := func() (now app.Deposit) {
			t.Helper()
			waitFor(t, func() bool {
				var err error
				now, err = w.till.Deposit(t.Context(), d.ID)
				check(t, err)
				return now.Overdue
			})
			return now
		}
		if now := overdue(); now.Phase != app.PhaseUnknown || !now.Deadline.IsZero() || now.DueAt.IsZero() {
			t.Errorf("overdue it is shown as %s, cancelled by itself at %s, due at %s", now.Phase, now.Deadline, now.DueAt)
		}
		_, err := w.till.CancelHold(t.Context(), d.ID)
		w.problem(err, app.ProblemNoCancel)
		w.restart()
		overdue()
		w.outlast()
		ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}.checkHold(w, w.finishHold(d))
		if d := w.depositDetail(d.ID); d.CancelAsked || d.Cancels != 0 {
			t.Errorf("cancelled %d times", d.Cancels)
		}
		w.audit()
	})
}

// No host could be reached when the code was scanned. The request never arrived,
// so nobody will ever know of it; a pay code is dead by then.
func TestARequestThatNeverArrivedEndsAfterAWhile(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		const lostAfter = 400 * time.Millisecond
		w := newWorld(t, on, pace{ask: 3 * time.Millisecond, pay: 30 * time.Millisecond, qr: time.Second, lost: lostAfter}, paysim.Options{})
		check(t, w.sim.Offline(true))
		p, d := w.scan(9900, 1), w.hold(50000, 1)
		waitFor(t, func() bool { return w.sawOverdue(p) && w.sawHold(d, app.PhaseUnknown) })
		check(t, w.sim.Offline(false))
		waitFor(t, func() bool { return w.till.Network() == app.NetworkGood })
		if now, err := w.till.Payment(t.Context(), p.Tender.ID); err != nil || (now.Phase.Final() && time.Since(now.Since) < lostAfter) {
			t.Errorf("given up after %s: %s, %v", time.Since(now.Since), now.Phase, err)
		}
		w.restart() // the time counts from the scan, whoever asks
		end, hold := w.finish(p), w.finishHold(d)
		lost.check(w, end)
		lost.checkHold(w, hold)
		for _, took := range []time.Duration{end.Tender.EndedAt.Sub(end.Tender.CreatedAt), hold.EndedAt.Sub(hold.CreatedAt)} {
			if took < lostAfter-50*time.Millisecond || took > lostAfter+time.Minute { // the ledger keeps whole milliseconds, and the till began a little later
				t.Errorf("given up after %s, want %s", took, lostAfter)
			}
		}
		if end.Tender.Cancels != 0 || end.Tender.CancelAsked {
			t.Errorf("cancelled %d times", end.Tender.Cancels)
		}
		w.audit()
	})
}

// As long as there is no answer at all, the time proves nothing: the payment stays
// open, and the next run goes on asking.
func TestWithoutAnAnswerNothingIsGivenUp(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		w := newWorld(t, on, haste, paysim.Options{})
		w.sim.SetFault(func(string, int) paysim.Fault { return paysim.Fault{Kind: paysim.ErrorAfter} })
		p := w.scan(9900, 1)
		w.overdueNow(p)
		time.Sleep(3 * haste.lost) // nothing to wait for: nothing happens
		w.restart()
		if now := w.overdueNow(p); now.Tender.State != payment.StateUnknown {
			t.Errorf("without an answer it is %s", now.Tender.State)
		}
		w.sim.SetFault(nil)
		ending{state: payment.StatePaid, seen: app.PhaseUnknown}.check(w, w.finish(p))
		w.audit()
	})
}

// A channel that takes cancels closes what never arrived by a cancel, however old
// it is, and never by its age.
func TestWhereACancelIsTakenNothingIsGivenUpByItsAge(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query, ch.cancel = outcomes(payment.Unknown), outcomes(payment.NotFound), outcomes(payment.NotFound)
	l := openLedger(t)
	till := app.NewTill(app.Options{Ledger: l, Channels: []payment.Channel{ch}, LostAfter: time.Nanosecond})
	t.Cleanup(till.Close)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 4200}, alipayCode(1))
	check(t, err)
	waitFor(t, func() bool { return ch.count("query") > 5 })
	if now, err := till.Payment(t.Context(), p.Tender.ID); err != nil || now.Phase.Final() || now.Overdue || !now.DueAt.IsZero() {
		t.Errorf("%s, overdue %v, due at %s, %v", now.Phase, now.Overdue, now.DueAt, err)
	}
	_, err = till.Cancel(t.Context(), p.Tender.ID)
	check(t, err)
	if end := finish(t, till, p); end.Tender.State != payment.StateClosed || end.Tender.Reason != payment.ReasonCancelled || ch.count("cancel") == 0 {
		t.Errorf("ended %s because of %q after %d cancels", end.Tender.State, end.Tender.Reason, ch.count("cancel"))
	}
}

// A QR is cancelled on these ways as on all others.
func TestAQRIsCancelledAlsoWhereCodesAreNot(t *testing.T) {
	everyWayWithoutCancel(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		p := w.show(3500)
		if p.Overdue || p.Deadline.IsZero() || !p.DueAt.IsZero() {
			t.Errorf("overdue %v, cancelled by itself at %s, due at %s", p.Overdue, p.Deadline, p.DueAt)
		}
		_, err := w.till.Cancel(t.Context(), p.Tender.ID)
		check(t, err)
		ending{state: payment.StateClosed, reason: payment.ReasonCancelled}.check(w, w.finish(p))
		if err := w.sim.ScanQR(p.QRText, 1); err == nil {
			t.Error("the QR can still be paid")
		}
		w.audit()
	})
}

// cannotCancel wants the cashier's wish to be refused, with nothing written.
func (w *world) cannotCancel(p app.Payment) {
	w.Helper()
	_, err := w.till.Cancel(w.Context(), p.Tender.ID)
	w.problem(err, app.ProblemNoCancel)
	tender, err := w.ledger.Tender(w.Context(), p.Tender.ID)
	check(w, err)
	if tender.CancelAsked || tender.Cancels != 0 || tender.State.Final() {
		w.Errorf("after the wish the tender is %s, cancelled %d times", tender.State, tender.Cancels)
	}
	detail, err := w.ledger.SaleByID(w.Context(), p.Sale.ID)
	check(w, err)
	for _, e := range detail.Events {
		if e.Kind == data.EventCancelAsked {
			w.Error("the timeline says that a cancel was asked for")
		}
	}
}

// overdueNow waits until a payment that was sent is overdue.
func (w *world) overdueNow(p app.Payment) (now app.Payment) {
	w.Helper()
	waitFor(w.T, func() bool {
		var err error
		now, err = w.till.Payment(w.Context(), p.Tender.ID)
		check(w, err)
		return now.Overdue && now.Tender.State != payment.StateCreated
	})
	return now
}

// hasten gives the till a channel that waits no longer: what is open is overdue.
func (w *world) hasten() {
	w.Helper()
	quick := w.pace
	quick.pay = time.Millisecond
	var err error
	if w.channel, err = w.way.open(w.sim, wiring{pace: quick, now: w.now, log: w.log}); err != nil {
		w.Fatal(err)
	}
	w.whole.Cleanup(w.channel.(interface{ Close() }).Close)
	w.till.Configure(w.options())
}
