package channeltest

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// teller is a channel whose bills are what somebody tells.
type teller struct {
	payment.Channel
	tell func(ctx context.Context, at time.Time) ([]payment.BillLine, error)
}

func (b *teller) Bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	return b.tell(ctx, at)
}

// bookkeeper tells the bills as the simulator booked them, from nine o'clock of
// the next day on. It sends nothing.
type bookkeeper struct {
	sim   *paysim.Sim
	clock func() time.Time
}

func (k bookkeeper) bill(at time.Time) ([]payment.BillLine, error) {
	y, m, d := at.In(payment.Beijing).Date()
	if k.clock().Before(time.Date(y, m, d+1, 9, 0, 0, 0, payment.Beijing)) {
		return nil, payment.ErrBillLater
	}
	return k.sim.Booked(payment.Alipay, at), nil
}

// tellers are what a bookkeeper can get wrong, and what the suite says then.
var tellers = []struct {
	name string
	says string // "" for one who tells the truth
	tell func(k bookkeeper, at time.Time) ([]payment.BillLine, error)
}{
	{"the truth", "", bookkeeper.bill},
	{"a line is dropped", "a line is missing", changed(func(lines []payment.BillLine) []payment.BillLine { return lines[1:] })},
	{"a line is doubled", "a line is there twice", changed(func(lines []payment.BillLine) []payment.BillLine { return append(lines, lines[0]) })},
	{"half a bill", "a line is missing", changed(func(lines []payment.BillLine) []payment.BillLine { return lines[:len(lines)/2] })},
	{"no refunds", "a line is missing: refund", changed(func(lines []payment.BillLine) []payment.BillLine {
		return slices.DeleteFunc(lines, func(l payment.BillLine) bool { return l.Kind == payment.BilledRefund })
	})},
	{"another amount", "the amount is another", eachLine(func(l *payment.BillLine) { l.Amount++ })},
	{"a refund is a payment", "a line is missing: refund", eachLine(func(l *payment.BillLine) {
		if l.Kind == payment.BilledRefund {
			l.Kind, l.RefundNo = payment.BilledPayment, ""
		}
	})},
	{"a discount is kept quiet", "the discount is another", eachLine(func(l *payment.BillLine) { l.Discount = 0 })},
	{"another fee", "the fee is another", eachLine(func(l *payment.BillLine) { l.Fee = -l.Fee })},
	{"the fee is kept quiet", "the fee is not told", eachLine(func(l *payment.BillLine) { l.FeeKnown = false })},
	{"another time", "it was booked at", eachLine(func(l *payment.BillLine) { l.At = l.At.Add(-2 * time.Minute) })},
	{"today is final", "it could still grow", func(k bookkeeper, at time.Time) ([]payment.BillLine, error) {
		return k.sim.Booked(payment.Alipay, at), nil
	}},
	{"the caller's day", "a line is missing", func(k bookkeeper, at time.Time) ([]payment.BillLine, error) {
		y, m, d := at.Date()
		return k.bill(time.Date(y, m, d, 12, 0, 0, 0, payment.Beijing))
	}},
	{"two days", "is in the bill of", func(k bookkeeper, at time.Time) ([]payment.BillLine, error) {
		lines, err := k.bill(at)
		more, _ := k.bill(at.Add(-dayLong))
		return append(more, lines...), err
	}},
	{"later for ever", "is not told", func(bookkeeper, time.Time) ([]payment.BillLine, error) { return nil, payment.ErrBillLater }},
	{"an error with lines", "an error comes with", func(k bookkeeper, at time.Time) ([]payment.BillLine, error) {
		return k.sim.Booked(payment.Alipay, at), payment.ErrBillLater
	}},
}

// changed is the truth, but for a change of the lines where there are enough.
func changed(change func(lines []payment.BillLine) []payment.BillLine) func(bookkeeper, time.Time) ([]payment.BillLine, error) {
	return func(k bookkeeper, at time.Time) ([]payment.BillLine, error) {
		lines, err := k.bill(at)
		if err == nil && len(lines) > 1 {
			lines = change(lines)
		}
		return lines, err
	}
}

func eachLine(change func(l *payment.BillLine)) func(bookkeeper, time.Time) ([]payment.BillLine, error) {
	return changed(func(lines []payment.BillLine) []payment.BillLine {
		for i := range lines {
			change(&lines[i])
		}
		return lines
	})
}

// TestTellers is run by TestTheSuiteFindsEveryTeller, and fails there.
func TestTellers(t *testing.T) {
	underTestOnly(t)
	for _, liar := range tellers {
		t.Run(liar.name, func(t *testing.T) {
			t.Parallel()
			b := bench(0, func(*liarOfAlipay, *paysim.Sim, *slog.Logger) {})
			alipay := b.New
			b.New = func(t testing.TB, sim *paysim.Sim, with With) payment.Channel {
				k := bookkeeper{sim, with.Clock}
				return &teller{alipay(t, sim, with), func(_ context.Context, at time.Time) ([]payment.BillLine, error) { return liar.tell(k, at) }}
			}
			b.BillDiscounts, b.BillFees = true, true
			newBiller(t, b).twoDays()
		})
	}
}

func TestTheSuiteFindsEveryTeller(t *testing.T) {
	verdicts := verdictsOf(t, "TestTellers")
	for _, liar := range tellers {
		verdicts.mustSay(t, liar.name, liar.says)
	}
}
