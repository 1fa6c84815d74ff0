package app_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// bills read what the world's channel tells, by the channel's clock.
func (w *world) bills() *app.Bills {
	return app.NewBills(app.BillOptions{
		Ledger: w.ledger, Channels: func() []payment.Channel { return w.options().Channels }, Automatic: func() bool { return true }, Log: w.log, Now: w.now,
	})
}

// reconciled is the comparison of today's business day.
func (w *world) reconciled() data.Reconciliation {
	w.Helper()
	r, err := app.NewBooks(w.ledger).Reconciliation(w.Context(), w.ledger.Today())
	check(w, err)
	return r
}

// Two days later the channel's bill says of each payment, refund, cancel and
// captured deposit what the ledger says, and what the channel kept for it.
func TestTheLedgerAgreesWithTheBill(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{Skew: -1, WeChat: paysim.WeChatOptions{RefundEvery: time.Nanosecond}})
		want := 1
		w.paid(128_50)
		back := w.paid(50_00)
		w.finishRefund(w.refund(back, 20_00).ID)
		want += 2
		whole := w.paid(9_90)
		w.finishRefund(w.refund(whole, 9_90).ID)
		want += 2
		w.finish(w.scan(66_00, 4)) // refused: nothing moves
		if on.holds.Holds {
			w.finishStep(w.capture(w.held(300_00), 120_00, false))
			want++
		}
		w.audit()

		bills := w.bills()
		early, err := bills.ReadDay(t.Context(), w.ledger.Today())
		check(t, err)
		if len(early.Kept)+len(early.Failed) > 0 {
			t.Errorf("before the day is over: kept %v, failed %v", early.Kept, early.Failed)
		}
		if r := w.reconciled(); r.Same != 0 || r.Open != want || len(r.Differences) != 0 {
			t.Errorf("before the day is over: %d the same, %d open of %d, differences %+v", r.Same, r.Open, want, r.Differences)
		}

		w.ahead.Add(int64(58 * time.Hour)) // the morning after the next, whenever it is now
		read, err := bills.CatchUp(t.Context())
		check(t, err)
		if len(read.Kept) == 0 || len(read.Later)+len(read.Failed) > 0 {
			t.Fatalf("kept %v, later %v, failed %v", read.Kept, read.Later, read.Failed)
		}
		if _, err := bills.ReadDay(t.Context(), w.ledger.Today()); err != nil { // the day after, of a payment near midnight
			t.Error(err)
		}
		r := w.reconciled()
		if r.Same != want || r.Open != 0 || len(r.Differences) != 0 {
			t.Errorf("%d the same and %d open of %d, differences %+v", r.Same, r.Open, want, r.Differences)
		}
		if again, err := bills.CatchUp(t.Context()); err != nil || !again.Empty() {
			t.Errorf("read again: %+v, %v", again, err)
		}
		w.auditFees()
	})
}

// auditFees holds the day's fees against what the bills of the way say: all of
// them, or, where the channel tells none, that none is known.
func (w *world) auditFees() {
	w.Helper()
	report, err := w.ledger.Report(w.Context(), data.Cut{From: w.ledger.Today(), To: w.ledger.Today()})
	check(w, err)
	var told payment.Amount
	var known, unknown int
	for _, at := range []time.Time{w.now().Add(-58 * time.Hour), w.now().Add(-34 * time.Hour)} { // today, and after midnight
		lines, err := w.channel.(payment.Biller).Bill(w.Context(), at)
		if errors.Is(err, payment.ErrBillLater) {
			continue
		}
		check(w, err)
		for _, l := range lines {
			if l.FeeKnown {
				told += l.Fee
				known++
			} else {
				unknown++
			}
		}
	}
	if report.Fee != told || report.FeeOpen != unknown || report.FeeKnown != (unknown == 0) || known+unknown == 0 {
		w.Errorf("fee %s, known %v, open %d; the bills say %s in %d lines, and nothing of %d", report.Fee, report.FeeKnown, report.FeeOpen, told, known, unknown)
	}
}

// What the channel booked and the till never heard of is found, and so is what
// the channel does not know.
func TestWhatIsMissingOnOneSideIsFound(t *testing.T) {
	w := emptyWorld(t, way{}, patience)
	bank := newBank(payment.Alipay)
	w.channel, w.way.channel, w.way.wallet = bank, payment.Alipay, payment.WalletAlipay
	w.start()
	var orders []data.Tender
	for range 3 {
		p, err := w.till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 42_00}, alipayCode(len(orders)+1))
		check(t, err)
		orders = append(orders, w.finish(p).Tender)
	}
	at := orders[0].EndedAt
	unheard := payment.NewOrderNo("01000999", 1, at)
	other := payment.NewOrderNo("02000999", 1, at) // of another till
	line := func(no string, amount payment.Amount) payment.BillLine {
		return payment.BillLine{Kind: payment.BilledPayment, OrderNo: no, Wallet: payment.WalletAlipay, Amount: amount, Fee: 25, FeeKnown: true, At: at}
	}
	bank.bill = []payment.BillLine{line(orders[0].OutTradeNo, 42_00), line(orders[1].OutTradeNo, 24_00), line(unheard, 7_00), line(other, 8_00)}
	w.ahead.Add(int64(58 * time.Hour))
	bills := w.bills()
	_, err := bills.CatchUp(t.Context())
	check(t, err)
	_, err = bills.ReadDay(t.Context(), w.ledger.Today())
	check(t, err)

	r := w.reconciled()
	got := map[string]data.Difference{}
	for _, d := range r.Differences {
		got[d.OrderNo] = d
	}
	if r.Same != 1 || r.Open != 0 || len(got) != 3 {
		t.Fatalf("%d the same, %d open, differences %+v", r.Same, r.Open, r.Differences)
	}
	for no, want := range map[string]data.Difference{
		orders[1].OutTradeNo: {State: data.MatchDiffers, Till: 42_00, Billed: 24_00},
		orders[2].OutTradeNo: {State: data.MatchOnlyTill, Till: 42_00},
		unheard:              {State: data.MatchOnlyChannel, Billed: 7_00},
	} {
		if d := got[no]; d.State != want.State || d.Till != want.Till || d.Billed != want.Billed {
			t.Errorf("%s: %+v, want %+v", no, d, want)
		}
	}
}

// bank is a scripted channel that tells a bill.
type bank struct {
	*scripted
	name payment.ChannelName

	asked sync.Mutex
	days  []string // that it was asked for, in Beijing
	bill  []payment.BillLine
	err   error
}

// newBank is a bank at which everybody pays.
func newBank(name payment.ChannelName) *bank {
	b := &bank{scripted: newScripted(), name: name}
	b.pay, b.query = outcomes(payment.Paid), outcomes(payment.Paid)
	return b
}

func (b *bank) Name() payment.ChannelName { return b.name }
func (b *bank) Close()                    {}

// Bill has all its lines on the day of the first of them.
func (b *bank) Bill(_ context.Context, at time.Time) ([]payment.BillLine, error) {
	b.asked.Lock()
	defer b.asked.Unlock()
	day := at.In(payment.Beijing).Format(time.DateOnly)
	b.days = append(b.days, day)
	if b.err != nil || len(b.bill) == 0 || b.bill[0].At.In(payment.Beijing).Format(time.DateOnly) != day {
		return nil, b.err
	}
	return b.bill, nil
}

// One channel out of order does not keep the bills of the others back, and is
// asked again the next time.
func TestABillThatCannotBeReadKeepsNoOtherBack(t *testing.T) {
	ledger := openLedger(t)
	broken, later, fine := newBank(payment.Alipay), newBank(payment.CloudPay), newBank(payment.WeChat)
	banks := []payment.Channel{broken, later, fine}
	broken.err, later.err = errors.New("no way to the host"), payment.ErrBillLater
	for i, b := range []*bank{broken, later, fine} {
		till := app.NewTill(app.Options{Ledger: ledger, Channels: []payment.Channel{b}, Wallets: map[payment.Wallet]payment.ChannelName{payment.WalletAlipay: b.name}})
		t.Cleanup(till.Close)
		p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 42_00}, alipayCode(i+1))
		check(t, err)
		finish(t, till, p)
	}
	inTwoDays := func() time.Time { return time.Now().Add(58 * time.Hour) }
	bills := app.NewBills(app.BillOptions{Ledger: ledger, Channels: func() []payment.Channel { return banks }, Automatic: func() bool { return true }, Now: inTwoDays})
	var told []app.BillsRead
	t.Cleanup(bills.Watch(func(r app.BillsRead) { told = append(told, r) }))
	read, err := bills.CatchUp(t.Context())
	check(t, err)
	if len(read.Failed) != 1 || read.Failed[0].Channel != payment.Alipay || len(read.Later) != 1 || read.Later[0].Channel != payment.CloudPay ||
		len(read.Kept) != 1 || read.Kept[0].Channel != payment.WeChat || len(told) != 1 {
		t.Errorf("read %+v, told %d times", read, len(told))
	}
	broken.err, later.err = nil, nil
	read, err = bills.CatchUp(t.Context())
	check(t, err)
	if len(read.Kept) != 2 || len(read.Later)+len(read.Failed) > 0 || len(fine.days) != 1 {
		t.Errorf("read %+v, the one that is kept was asked for %v", read, fine.days)
	}
}

// No channel is asked for a bill that it cannot have made yet.
func TestBillsAreAskedForInTheMorning(t *testing.T) {
	ledger := openLedger(t)
	b := newBank(payment.Alipay)
	till := app.NewTill(app.Options{Ledger: ledger, Channels: []payment.Channel{b}})
	t.Cleanup(till.Close)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 42_00}, alipayCode(1))
	check(t, err)
	day := finish(t, till, p).Tender.EndedAt.In(payment.Beijing)
	midnight := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, payment.Beijing)
	for _, c := range []struct {
		after time.Duration // midnight
		asked bool
	}{{-time.Hour, false}, {0, false}, {9*time.Hour - time.Second, false}, {9 * time.Hour, true}} {
		bills := app.NewBills(app.BillOptions{Ledger: ledger, Channels: func() []payment.Channel { return []payment.Channel{b} },
			Automatic: func() bool { return true }, Now: func() time.Time { return midnight.Add(c.after) }})
		b.days = nil
		_, err := bills.CatchUp(t.Context())
		check(t, err)
		if want := day.Format(time.DateOnly); slices.Contains(b.days, want) != c.asked {
			t.Errorf("%s after midnight the bill of %s is asked for: %v", c.after, want, b.days)
		}
	}
}
