package app_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

func TestAPaymentEndsAsTheChannelSays(t *testing.T) {
	const (
		paid, waiting, failed, closed = payment.Paid, payment.Waiting, payment.Failed, payment.Closed
		reversed, notFound, unknown   = payment.Reversed, payment.NotFound, payment.Unknown
	)
	for _, c := range []struct {
		name               string
		pay, query, cancel []payment.Result
		want               payment.State
	}{
		{"paid at once", []payment.Result{paid}, []payment.Result{paid}, nil, payment.StatePaid},
		{"refused", []payment.Result{failed}, nil, nil, payment.StateFailed},
		{"password, then paid", []payment.Result{waiting}, []payment.Result{waiting, waiting, paid}, nil, payment.StatePaid},
		{"reply lost, but paid", []payment.Result{unknown}, []payment.Result{unknown, paid}, nil, payment.StatePaid},
		{"never confirmed", []payment.Result{waiting}, []payment.Result{waiting, waiting, waiting, waiting, waiting, closed}, []payment.Result{closed}, payment.StateClosed},
		{"request never arrived", []payment.Result{unknown}, []payment.Result{notFound}, []payment.Result{notFound}, payment.StateClosed},
		{"cancel gave the money back", []payment.Result{unknown}, []payment.Result{unknown}, []payment.Result{reversed}, ""},
		{"taken back right after it was paid", []payment.Result{paid}, []payment.Result{closed}, nil, payment.StateReversed},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch := newScripted()
			ch.pay, ch.query, ch.cancel = outcomes(c.pay...), outcomes(c.query...), outcomes(c.cancel...)
			if c.cancel != nil {
				ch.policy.PayTimeout = 10 * time.Millisecond
			}
			if c.name == "never confirmed" { // closed only once it was cancelled
				ch.query = outcomes(waiting)
			}
			till, ledger := open(t, ch)
			p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 12850}, alipayCode(1))
			check(t, err)
			switch c.name {
			case "never confirmed":
				waitFor(t, func() bool { return ch.count("cancel") > 0 })
				ch.mu.Lock()
				ch.query = outcomes(closed)
				ch.mu.Unlock()
			case "cancel gave the money back":
				// The query has no answer: the tender must stay unknown.
				waitFor(t, func() bool { return ch.count("cancel") > 0 && ch.count("query") > 8 })
				if got, _ := till.Payment(t.Context(), p.Tender.ID); got.Tender.State != payment.StateUnknown {
					t.Fatalf("state %s before the query confirmed the cancel", got.Tender.State)
				}
				ch.mu.Lock()
				ch.query = outcomes(closed)
				ch.mu.Unlock()
				c.want = payment.StateReversed
			}
			end := finish(t, till, p)
			if c.want == payment.StateReversed && end.Tender.State == payment.StatePaid {
				waitFor(t, func() bool {
					p, _ := till.Payment(t.Context(), p.Tender.ID)
					end = p
					return p.Tender.State == c.want
				})
			}
			if end.Tender.State != c.want {
				t.Fatalf("ended %s, want %s", end.Tender.State, c.want)
			}
			till.Close()
			verify(t, ledger)
			if n := ch.numbers[end.Tender.OutTradeNo]; n != 1 {
				t.Errorf("the order was sent %d times", n)
			}
		})
	}
}

// waitFor polls for something that happens in the background.
func waitFor(t *testing.T, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if happened() {
			return
		}
	}
	t.Fatal("it did not happen")
}

func TestACancelWithoutAnAnswerIsRepeatedAndNeverGuessed(t *testing.T) {
	ch := newScripted()
	ch.pay = outcomes(payment.Unknown)
	ch.query = outcomes(payment.Paid) // even a paid order may still be on its way back
	ch.cancel = outcomes(payment.Unknown, payment.Unknown, payment.Unknown, payment.Reversed)
	till, ledger := open(t, ch)
	ch.policy.PayTimeout = 0
	ch.mu.Lock()
	ch.query = outcomes(payment.Unknown, payment.Paid, payment.Paid, payment.Paid, payment.Closed)
	ch.mu.Unlock()
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 9900}, alipayCode(13))
	check(t, err)
	end := finish(t, till, p)
	if end.Tender.State != payment.StateReversed || ch.count("cancel") != 4 {
		t.Fatalf("ended %s after %d cancels", end.Tender.State, ch.count("cancel"))
	}
	verify(t, ledger)
}

func TestTheSameActTwiceIsOnePayment(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Waiting), outcomes(payment.Waiting, payment.Waiting, payment.Waiting, payment.Paid)
	till, ledger := open(t, ch)
	charge := app.Charge{Draft: newDraft(), Amount: 3500}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := till.PayByCode(t.Context(), charge, alipayCode(1)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	p, err := till.PayByCode(t.Context(), charge, alipayCode(1))
	check(t, err)
	finish(t, till, p)
	if again, err := till.PayByCode(t.Context(), charge, alipayCode(1)); err != nil || again.Tender.ID != p.Tender.ID {
		t.Fatalf("after the end the same scan gave tender %d, %v", again.Tender.ID, err)
	}
	if _, totals, err := ledger.Sales(t.Context(), data.Filter{}); err != nil || totals.Sales != 1 || totals.Paid != 3500 {
		t.Fatalf("totals %+v, %v", totals, err)
	}
	if ch.count("pay") != 1 {
		t.Fatalf("%d pay calls", ch.count("pay"))
	}
}

func TestAnotherCodeWaitsForTheOpenPayment(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Waiting), outcomes(payment.Waiting)
	till, _ := open(t, ch)
	charge := app.Charge{Draft: newDraft(), Amount: 3500}
	_, err := till.PayByCode(t.Context(), charge, alipayCode(1))
	check(t, err)
	_, err = till.PayByCode(t.Context(), charge, alipayCode(2))
	if p, ok := app.ProblemOf(err); !ok || p.Kind != app.ProblemPaymentOpen {
		t.Fatalf("err %v", err)
	}
	if _, err = till.TakeCash(t.Context(), charge, 3500); err == nil {
		t.Fatal("cash was taken beside an open payment")
	}
}

func TestARefusedAmountOrCodeLeavesNothingBehind(t *testing.T) {
	ch := newScripted()
	till, ledger := open(t, ch)
	for _, c := range []struct {
		amount payment.Amount
		code   string
		want   app.ProblemKind
	}{
		{0, alipayCode(1), app.ProblemAmountMissing},
		{-5, alipayCode(1), app.ProblemAmountMissing},
		{app.DefaultLimit + 1, alipayCode(1), app.ProblemAmountLimit},
		{100, "6901234567892", app.ProblemCodeUnknown},
		{100, "134567890123456789", app.ProblemWalletRefused},
	} {
		_, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: c.amount}, c.code)
		if p, ok := app.ProblemOf(err); !ok || p.Kind != c.want {
			t.Errorf("%d fen with %s: %v, want %s", c.amount, c.code, err, c.want)
		}
	}
	if rows, _, err := ledger.Sales(t.Context(), data.Filter{}); err != nil || len(rows) != 0 {
		t.Fatalf("%d sales, %v", len(rows), err)
	}
}

func TestSplitTenderCashThenCode(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Failed, payment.Paid), outcomes(payment.Paid)
	till, ledger := open(t, ch)
	charge := app.Charge{Draft: newDraft(), Amount: 12850, Part: 10000}
	p, err := till.TakeCash(t.Context(), charge, 10000)
	check(t, err)
	if p.Left != 2850 || p.Sale.State != data.SalePartPaid {
		t.Fatalf("left %s, state %s", p.Left, p.Sale.State)
	}
	charge.Part = 0
	p, err = till.PayByCode(t.Context(), charge, alipayCode(4))
	check(t, err)
	if end := finish(t, till, p); end.Tender.State != payment.StateFailed || end.Left != 2850 {
		t.Fatalf("state %s, left %s", end.Tender.State, end.Left)
	}
	p, err = till.PayByCode(t.Context(), charge, alipayCode(1))
	check(t, err)
	end := finish(t, till, p)
	if end.Tender.Amount != 2850 || end.Left != 0 || end.Sale.State != data.SalePaid || end.Tender.Attempt != 3 {
		t.Fatalf("amount %s, left %s, state %s, attempt %d", end.Tender.Amount, end.Left, end.Sale.State, end.Tender.Attempt)
	}
	if _, err := till.TakeCash(t.Context(), charge, 5000); err != nil { // nothing left: the same payment again
		t.Fatal(err)
	}
	verify(t, ledger)
}

func TestCashGivesChangeAndNeverTakesTooLittle(t *testing.T) {
	till, ledger := open(t, nil)
	charge := app.Charge{Draft: newDraft(), Amount: 12850}
	if _, err := till.TakeCash(t.Context(), charge, 12849); err == nil {
		t.Fatal("too little cash was accepted")
	}
	p, err := till.TakeCash(t.Context(), charge, 20000)
	check(t, err)
	if p.Phase != app.PhasePaid || p.Tender.Change != 7150 {
		t.Fatalf("phase %s, change %s", p.Phase, p.Tender.Change)
	}
	verify(t, ledger)
}

func TestAParkedPaymentGoesOnWhileTheNextIsServed(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Unknown, payment.Paid), outcomes(payment.Unknown)
	till, ledger := open(t, ch)
	first, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 9900}, alipayCode(6))
	check(t, err)
	waitFor(t, func() bool { p, _ := till.Payment(t.Context(), first.Tender.ID); return p.Phase == app.PhaseUnknown })
	check(t, till.Park(t.Context(), first.Tender.ID))
	second, err := till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: 100}, 100)
	check(t, err)
	if second.Phase != app.PhasePaid || len(till.OpenPayments()) != 1 {
		t.Fatalf("phase %s, %d open", second.Phase, len(till.OpenPayments()))
	}
	ch.mu.Lock()
	ch.query = outcomes(payment.Paid)
	ch.mu.Unlock()
	till.QueryNow(first.Tender.ID)
	if end := finish(t, till, first); end.Phase != app.PhasePaid || !end.Tender.Parked {
		t.Fatalf("phase %s, parked %v", end.Phase, end.Tender.Parked)
	}
	verify(t, ledger)
}

func TestTheCashierCancels(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query, ch.cancel = outcomes(payment.Waiting), outcomes(payment.Waiting), outcomes(payment.Closed)
	till, ledger := open(t, ch)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 9900}, alipayCode(3))
	check(t, err)
	waitFor(t, func() bool { p, _ := till.Payment(t.Context(), p.Tender.ID); return p.Phase == app.PhaseWaiting })
	p, err = till.Cancel(t.Context(), p.Tender.ID)
	check(t, err)
	if p.Phase != app.PhaseCancelling {
		t.Fatalf("phase %s right after the wish", p.Phase)
	}
	waitFor(t, func() bool { return ch.count("cancel") > 0 })
	ch.mu.Lock()
	ch.query = outcomes(payment.Closed)
	ch.mu.Unlock()
	if end := finish(t, till, p); end.Tender.State != payment.StateClosed || end.Tender.Reason != payment.ReasonCancelled {
		t.Fatalf("ended %s because of %s", end.Tender.State, end.Tender.Reason)
	}
	verify(t, ledger)
}

// The channel says that the payment broke off: nobody has to wait for the payer any
// more, and what the cancel finds counts. A payer who tries again in time is
// waited for.
func TestAPaymentThatBrokeOffIsCancelledAtOnce(t *testing.T) {
	broke := payment.Outcome{Result: payment.Unknown, Code: "PAYERROR", Broken: true}
	ch := newScripted()
	ch.policy.CancelAfter = 40 * time.Millisecond
	ch.pay, ch.cancel = outcomes(payment.Waiting), outcomes(payment.Closed)
	ch.query = []payment.Outcome{broke, {Result: payment.Waiting}, broke}
	till, ledger := open(t, ch)
	begun := time.Now()
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 9900}, alipayCode(3))
	check(t, err)
	waitFor(t, func() bool { return ch.count("cancel") > 0 })
	if took := time.Since(begun); took < ch.policy.CancelAfter || ch.count("query") < 3 {
		t.Errorf("cancelled after %s and %d queries", took, ch.count("query"))
	}
	ch.mu.Lock()
	ch.query = outcomes(payment.Closed)
	ch.mu.Unlock()
	if end := finish(t, till, p); end.Tender.State != payment.StateClosed || end.Tender.Reason != payment.ReasonTimeout {
		t.Fatalf("ended %s because of %s", end.Tender.State, end.Tender.Reason)
	}
	verify(t, ledger)
}

func TestAQRNobodyScansIsClosed(t *testing.T) {
	ch := newScripted()
	ch.policy.QRTimeout = 15 * time.Millisecond
	ch.qr, ch.query, ch.cancel = outcomes(payment.Waiting), outcomes(payment.NotFound), outcomes(payment.NotFound)
	till, ledger := open(t, ch)
	var shown sync.Map
	stop := till.Watch(func(p app.Payment) {
		if p.Phase == app.PhaseQR && p.QRText != "" {
			shown.Store("qr", p.QRText)
		}
	})
	defer stop()
	p, err := till.ShowQR(t.Context(), app.Charge{Draft: newDraft(), Amount: 500}, "")
	check(t, err)
	end := finish(t, till, p)
	if _, ok := shown.Load("qr"); !ok {
		t.Error("the QR was never shown")
	}
	if end.Tender.State != payment.StateClosed || end.Tender.Reason != payment.ReasonTimeout {
		t.Fatalf("ended %s because of %s", end.Tender.State, end.Tender.Reason)
	}
	verify(t, ledger)
}

// Nobody cancelled here: the payer's time at the wallet was over. The cashier reads
// why.
func TestAPaymentThatTheChannelClosesHasAReason(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Waiting), outcomes(payment.Waiting, payment.Closed)
	till, ledger := open(t, ch)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 4200}, alipayCode(3))
	check(t, err)
	if end := finish(t, till, p); end.Tender.State != payment.StateClosed || end.Tender.Reason != payment.ReasonTimeout || end.Tender.CancelAsked {
		t.Fatalf("ended %s because of %q", end.Tender.State, end.Tender.Reason)
	}
	verify(t, ledger)
}

func TestTheNextRunSettlesWhatTheLastLeftOpen(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Unknown), outcomes(payment.Unknown)
	till, ledger := open(t, ch)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 4200}, alipayCode(6))
	check(t, err)
	waitFor(t, func() bool { return ch.count("query") > 1 })
	till.Close()

	ch.mu.Lock()
	ch.query = outcomes(payment.Unknown, payment.Paid)
	ch.mu.Unlock()
	next := openTill(t, ledger, ch)
	open, err := next.Start(t.Context())
	check(t, err)
	if open != 1 {
		t.Fatalf("%d left open", open)
	}
	if end := finish(t, next, p); end.Tender.State != payment.StatePaid {
		t.Fatalf("ended %s", end.Tender.State)
	}
	if ch.count("pay") != 1 {
		t.Fatal("the payment was sent again")
	}
	verify(t, ledger)
}

func TestRefundsKeepTheirNumberUntilTheChannelAnswers(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Paid), outcomes(payment.Paid)
	ch.refund = []payment.RefundOutcome{
		{State: payment.RefundUnknown, Detail: errors.New("connection reset")}, {State: payment.RefundUnknown}, {State: payment.RefundDone},
	}
	ch.asked = []payment.RefundOutcome{{State: payment.RefundUnknown}}
	till, ledger := open(t, ch)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 8600}, alipayCode(1))
	check(t, err)
	p = finish(t, till, p)

	order := app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 3000, Reason: "returned"}
	refunds, err := till.GiveBack(t.Context(), order)
	check(t, err)
	again, err := till.GiveBack(t.Context(), order) // a double click
	check(t, err)
	if len(refunds) != 1 || len(again) != 1 || again[0].ID != refunds[0].ID {
		t.Fatalf("refunds %v, again %v", refunds, again)
	}
	end, err := till.WaitRefund(t.Context(), refunds[0].ID)
	check(t, err)
	if end.State != payment.RefundDone || ch.numbers[end.RequestNo] != 3 {
		t.Fatalf("state %s, sent %d times under its number", end.State, ch.numbers[end.RequestNo])
	}
	for _, c := range []struct {
		amount payment.Amount
		want   app.ProblemKind
	}{{5601, app.ProblemRefundTooMuch}, {0, app.ProblemAmountMissing}} {
		_, err := till.GiveBack(t.Context(), app.RefundOrder{SaleID: p.Sale.ID, Amount: c.amount, Reason: "x"})
		if pr, ok := app.ProblemOf(err); !ok || pr.Kind != c.want {
			t.Errorf("refund of %s: %v, want %s", c.amount, err, c.want)
		}
	}
	detail, err := ledger.SaleByID(t.Context(), p.Sale.ID)
	check(t, err)
	if detail.Refunded != 3000 || detail.State != data.SalePartRefunded || app.Refundable(detail) != 5600 {
		t.Fatalf("refunded %s, state %s, left %s", detail.Refunded, detail.State, app.Refundable(detail))
	}
	verify(t, ledger)
}

func TestARefundOfASplitSaleGoesBackTheWayItCame(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Paid), outcomes(payment.Paid)
	ch.refund = []payment.RefundOutcome{{State: payment.RefundDone}}
	till, ledger := open(t, ch)
	charge := app.Charge{Draft: newDraft(), Amount: 5000, Part: 2000}
	_, err := till.TakeCash(t.Context(), charge, 2000)
	check(t, err)
	charge.Part = 0
	p, err := till.PayByCode(t.Context(), charge, alipayCode(1))
	check(t, err)
	p = finish(t, till, p)
	refunds, err := till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 4000, Reason: "x"})
	check(t, err)
	if len(refunds) != 2 || refunds[0].Amount != 3000 || refunds[0].Channel != payment.Alipay || refunds[1].Amount != 1000 || refunds[1].Channel != payment.Cash {
		t.Fatalf("refunds %+v", refunds)
	}
	for _, r := range refunds {
		if end, err := till.WaitRefund(t.Context(), r.ID); err != nil || end.State != payment.RefundDone {
			t.Fatalf("refund %s: %s, %v", r.RequestNo, end.State, err)
		}
	}
	verify(t, ledger)
}
