package channeltest

import (
	"context"
	"errors"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// testBills trades for two days around a midnight in Beijing and reads the bills
// of them: each has what moved on its day, to the fen, and nothing else. Then it
// puts a bill in the way of every fault and of answers that no service gives.
func testBills(t *testing.T, b Bench) {
	if _, ok := newStage(t, b).ch.(payment.Biller); !ok {
		t.Skip("the channel tells no bills")
	}
	t.Run("two days", func(t *testing.T) { t.Parallel(); newBiller(t, b).twoDays() })
	t.Run("faults", func(t *testing.T) { t.Parallel(); newBiller(t, b).billFaults() })
	t.Run("answers", func(t *testing.T) { t.Parallel(); newBiller(t, b).billAnswers() })
	t.Run("bad line", func(t *testing.T) { t.Parallel(); newBiller(t, b).billOverABadLine() })
}

// biller is a stage whose channel tells its bills.
type biller struct {
	*stage
	payment.Biller
	took map[payment.Wallet]deposits // set aside days before, where the channel takes deposits
}

// deposits are two of one wallet, each to be captured on a day of its own.
type deposits struct {
	*holder
	first, second payment.Hold
}

func newBiller(t *testing.T, b Bench) *biller {
	t.Helper()
	s := newStage(t, b)
	return &biller{stage: s, Biller: s.ch.(payment.Biller), took: map[payment.Wallet]deposits{}}
}

// dayLong is a day in Beijing, which has no daylight saving.
const dayLong = 24 * time.Hour

// When the shop is open, and when a bill of the day before has to be there.
const (
	opening = 10 * time.Hour
	evening = 23*time.Hour + 40*time.Minute
	night   = 10 * time.Minute // after midnight
	noon    = 12 * time.Hour
)

// nextDay is the next midnight in Beijing.
func (s *stage) nextDay() time.Time {
	y, m, d := s.now().In(payment.Beijing).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, payment.Beijing)
}

// passTo lets time go by until a moment.
func (s *stage) passTo(at time.Time) {
	s.Helper()
	d := at.Sub(s.now())
	if d < 0 {
		s.Fatalf("it is %s after %s already", -d, at)
	}
	s.pass(d)
}

// twoDays is the story: deposits are left, and then two days of trade, with
// customers who are there when the day ends.
func (s *biller) twoDays() {
	s.leaveDeposits()
	first := s.nextDay()
	second, third, fourth := first.Add(dayLong), first.Add(2*dayLong), first.Add(3*dayLong)

	s.passTo(first.Add(opening))
	before := s.moved()
	var late []lateCustomer
	begun := map[payment.Wallet]begun{}
	for _, w := range s.bench.Wallets {
		begun[w] = s.dayOf(w)
	}
	s.passTo(first.Add(evening))
	for _, w := range s.bench.Wallets {
		late = append(late, s.lateCustomers(w)...)
	}
	s.later("of a day that has not ended", first)
	s.later("of a day that has not begun", third)

	s.passTo(second.Add(night))
	firstDay := s.expect(before, first)
	if lines, err := s.bill(s.Context(), first); err == nil {
		s.same("of a day that has just ended", lines, firstDay)
	} else if !errors.Is(err, payment.ErrBillLater) {
		s.Errorf("the bill of a day that has just ended: %v", err)
	}
	before = s.moved()
	for _, c := range late {
		c.comesBack(s.stage)
	}
	for _, w := range s.bench.Wallets {
		s.nextDayOf(w, begun[w])
	}

	s.passTo(second.Add(noon))
	for _, at := range []time.Time{first, first.Add(noon), second.Add(-time.Millisecond)} {
		s.told(at.UTC(), firstDay) // the day is Beijing's, whatever the zone of the caller
	}
	s.later("of today", second)

	s.passTo(third.Add(noon))
	secondDay := s.expect(before, second)
	s.told(second, secondDay)
	s.told(first, firstDay)
	s.told(first.Add(-dayLong), bill{}) // deposits only: nothing was booked
	s.passTo(fourth.Add(noon))
	s.told(third, bill{})
	s.told(second, secondDay)
}

// leaveDeposits sets aside what will be captured. Each takes a day.
func (s *biller) leaveDeposits() {
	h, ok := s.ch.(payment.Holder)
	if !ok {
		return
	}
	for _, w := range s.bench.Wallets {
		if rules := h.HoldRules(w); rules.Holds {
			guest := &holder{stage: s.stage, Holder: h, wallet: w, rules: rules}
			s.took[w] = deposits{guest, guest.held(deposit), guest.held(deposit)}
		}
	}
}

// begun is what the first day left for the second.
type begun struct {
	part     payment.Order // 28.50 of it were refunded
	discount payment.Order
	capture  payment.CaptureRequest // the zero value where the wallet holds nothing
	tradeNo  string                 // of the capture
}

// dayOf is a day of trade with one wallet: what is paid, what is not, what goes
// back and what does not.
func (s *biller) dayOf(w payment.Wallet) (left begun) {
	s.Helper()
	left.part = s.paid(w, price, 1)
	for n, sum := range []payment.Amount{28_50, 30_02, 10_05} { // the second is refused, the third takes its time
		r := giveBack(left.part, n+1, sum)
		s.refunded(r, s.refund(s.Context(), r))
	}
	whole := s.paid(w, 64_00, 1)
	r := giveBack(whole, 1, 64_00)
	s.refunded(r, s.refund(s.Context(), r))
	left.discount = s.paid(w, price, 14)
	r = giveBack(left.discount, 1, 28_50)
	s.refunded(r, s.refund(s.Context(), r))
	s.paid(w, 12_80, 2) // after a password
	s.paid(w, 12_81, 6) // the answer is lost
	s.pay(s.Context(), s.ask(w, price, 4))
	s.neverPaid(w)
	s.paidInTheMomentOfACancel(w)
	if s.bench.showsQR(w) {
		r := s.askQR(w, 9_90)
		if err := s.sim.ScanQR(s.shown(r), 1); err != nil {
			s.Fatal(err)
		}
		s.query(s.Context(), r.Order)
		gone := s.askQR(w, 9_91)
		s.shown(gone)
		s.cancelUntilSettled(gone.Order, ending{})
	}
	if d, ok := s.took[w]; ok {
		left.capture = d.askCapture(d.first, 120_00, true)
		left.tradeNo = d.captured(&account{}, left.capture, d.capture(s.Context(), left.capture)).TradeNo
	}
	return left
}

// neverPaid is a payer who does not type the password. Where nobody can cancel
// it, the order ends by itself.
func (s *biller) neverPaid(w payment.Wallet) {
	r := s.ask(w, price, 3)
	s.pay(s.Context(), r)
	if !s.ch.Policy().NoCancel {
		s.cancelUntilSettled(r.Order, ending{})
	}
}

// paidInTheMomentOfACancel is given back by it, or stays paid where there is no
// cancel.
func (s *biller) paidInTheMomentOfACancel(w payment.Wallet) {
	r := s.ask(w, 33_30, 12)
	first := s.pay(s.Context(), r)
	if s.ch.Policy().NoCancel {
		s.settle(r.Order, payment.MethodCode, first)
		return
	}
	s.cancelUntilSettled(r.Order, ending{})
}

// lateCustomer is one whom the till hears of after midnight.
type lateCustomer struct {
	order payment.Order
	scans string // the QR, where it is paid after midnight only
}

func (c lateCustomer) comesBack(s *stage) {
	s.Helper()
	if c.scans != "" {
		if err := s.sim.ScanQR(c.scans, 1); err != nil {
			s.Fatal(err)
		}
	}
	if o := s.query(s.Context(), c.order); o.Result != payment.Paid {
		s.Errorf("a late customer: %+v", o)
	}
}

// lateCustomers pay shortly before midnight, and the till hears of it on the next
// day; one sees a QR and pays it after midnight. One more gets money back that
// takes its time, and nobody asks about it.
func (s *biller) lateCustomers(w payment.Wallet) (all []lateCustomer) {
	s.Helper()
	for _, scenario := range []int{2, 6} {
		r := s.ask(w, 51_20, scenario)
		s.pay(s.Context(), r)
		all = append(all, lateCustomer{order: r.Order})
	}
	back := s.paid(w, 51_22, 1)
	s.refund(s.Context(), giveBack(back, 1, 10_05))
	if s.bench.showsQR(w) {
		r := s.askQR(w, 51_21)
		r.Expires = time.Hour
		all = append(all, lateCustomer{r.Order, s.shown(r)})
	}
	return all
}

// nextDayOf goes on with what was begun on the day before.
func (s *biller) nextDayOf(w payment.Wallet, left begun) {
	s.Helper()
	for _, r := range []payment.RefundRequest{giveBack(left.part, 5, 50_00), giveBack(left.discount, 2, 100_00)} {
		s.refunded(r, s.refund(s.Context(), r))
	}
	s.paid(w, price, 1)
	s.paid(w, price, 14)
	if d, ok := s.took[w]; ok {
		r := giveBackOf(left.capture, left.tradeNo, 1, 20_00)
		d.refundedCapture(left.capture, r, d.refundCapture(s.Context(), r))
		c := d.askCapture(d.second, deposit, true)
		d.captured(&account{}, c, d.capture(s.Context(), c))
	}
}

// bill reads one bill and holds it to what is promised of every one.
func (s *biller) bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	s.Helper()
	lines, err := s.Bill(ctx, at)
	s.kept.heard(lines)
	s.kept.heard(err)
	if err != nil && len(lines) > 0 {
		s.Errorf("an error comes with %d lines: %v", len(lines), err)
	}
	for _, l := range lines {
		s.checkLine(at, l)
	}
	return lines, err
}

// later is a bill that cannot be told: it could still grow.
func (s *biller) later(what string, at time.Time) {
	s.Helper()
	if lines, err := s.bill(s.Context(), at); !errors.Is(err, payment.ErrBillLater) {
		s.Errorf("a bill %s has %d lines and the error %v: it could still grow", what, len(lines), err)
	}
}

// told is a bill that has to be there.
func (s *biller) told(at time.Time, want bill) {
	s.Helper()
	lines, err := s.bill(s.Context(), at)
	if err != nil {
		s.Errorf("the bill of %s is not told: %v", at.In(payment.Beijing).Format(time.DateOnly), err)
		return
	}
	s.same("of "+at.In(payment.Beijing).Format(time.DateOnly), lines, want)
}

// moved is everything that has moved money up to now.
func (s *biller) moved() map[movement]sums { return movementsOf(s.sim.Truth()) }

// expect is what moved since before, which was on that day alone.
func (s *biller) expect(before map[movement]sums, day time.Time) bill {
	s.Helper()
	want := bill{}
	for m, sum := range s.moved() {
		if _, old := before[m]; !old {
			want[m] = expectedLine{sums: sum}
		}
	}
	// When it was, and what the channel kept of it, only the simulator knows. That
	// it has the same lines was found out without it.
	booked := s.sim.Booked(s.ch.Name(), day)
	for _, l := range booked {
		m := movement{l.Kind, l.OrderNo, l.RefundNo}
		w, ok := want[m]
		if !ok || w.amount != l.Amount || w.discount != l.Discount {
			s.Errorf("the simulator booked %+v on %s, where %+v moved", l, day.Format(time.DateOnly), w)
		}
		w.line = l
		want[m] = w
	}
	if len(want) == 0 || len(want) != len(booked) {
		s.Errorf("%d movements on %s, and the simulator booked %d", len(want), day.Format(time.DateOnly), len(booked))
	}
	return want
}

// movementsOf are the movements of money of a truth.
func movementsOf(t paysim.Truth) map[movement]sums {
	all := map[movement]sums{}
	for no, o := range t.Orders {
		if o.Charged == 0 {
			continue
		}
		all[movement{payment.BilledPayment, no, ""}] = sums{o.Charged, o.Discount}
		for refundNo, sum := range o.Refunds {
			kind := payment.BilledRefund
			if refundNo == "" {
				kind = payment.BilledReversal
			}
			all[movement{kind, no, refundNo}] = sums{sum, o.RefundDiscounts[refundNo]}
		}
	}
	return all
}
