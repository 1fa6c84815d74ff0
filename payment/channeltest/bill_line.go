package channeltest

import (
	"slices"
	"time"

	"frontdesk/payment"
)

// movement is what a line of a bill is about.
type movement struct {
	kind     payment.BillKind
	order    string
	refundNo string
}

// sums are what moved, and the merchant's own part of it.
type sums struct{ amount, discount payment.Amount }

// bill is what a bill has to hold.
type bill map[movement]expectedLine

type expectedLine struct {
	sums
	line payment.BillLine // as the simulator booked it
}

// checkLine holds a line to what is promised of every one.
func (s *biller) checkLine(day time.Time, l payment.BillLine) {
	s.Helper()
	y, m, d := day.In(payment.Beijing).Date()
	ly, lm, ld := l.At.In(payment.Beijing).Date()
	switch {
	case !slices.Contains([]payment.BillKind{payment.BilledPayment, payment.BilledRefund, payment.BilledReversal}, l.Kind):
		s.Errorf("%q is no kind of a line: %+v", l.Kind, l)
	case l.OrderNo == "":
		s.Errorf("a line names no order: %+v", l)
	case l.RefundNo != "" && l.Kind != payment.BilledRefund:
		s.Errorf("a %s has a refund's number: %+v", l.Kind, l)
	case l.Amount <= 0:
		s.Errorf("a line of %s: %+v", l.Amount, l)
	case l.Discount < 0 || l.Discount > l.Amount:
		s.Errorf("a line of %s with a discount of %s: %+v", l.Amount, l.Discount, l)
	case y != ly || m != lm || d != ld:
		s.Errorf("a line of %s is in the bill of %s: %+v", l.At, day.In(payment.Beijing).Format(time.DateOnly), l)
	}
}

// same holds a bill against the truth, line by line.
func (s *biller) same(what string, lines []payment.BillLine, want bill) {
	s.Helper()
	for _, wrong := range s.differences(lines, want) {
		s.Errorf("the bill %s: %s", what, wrong)
	}
}

// differences are the lines that are missing, that are there twice, and that are
// not true.
func (s *biller) differences(lines []payment.BillLine, want bill) (wrong []string) {
	left := make(map[movement]expectedLine, len(want))
	for m, w := range want {
		left[m] = w
	}
	for _, l := range lines {
		m, ok := findLine(left, l)
		switch {
		case ok:
			if found := s.wrongLine(l, left[m]); found != "" {
				wrong = append(wrong, found+": "+describe(l))
			}
			delete(left, m)
		case inBill(want, l):
			wrong = append(wrong, "a line is there twice: "+describe(l))
		default:
			wrong = append(wrong, "a line of nothing that happened on this day: "+describe(l))
		}
	}
	for _, w := range left {
		wrong = append(wrong, "a line is missing: "+describe(w.line))
	}
	return wrong
}

// findLine is what a line is about, of what has no line yet. A channel that does
// not tell the numbers of refunds is believed by order and amount.
func findLine(left bill, l payment.BillLine) (movement, bool) {
	m := movement{l.Kind, l.OrderNo, l.RefundNo}
	if _, ok := left[m]; ok || l.Kind != payment.BilledRefund || l.RefundNo != "" {
		return m, ok
	}
	for m, w := range left {
		if m.kind == l.Kind && m.order == l.OrderNo && w.amount == l.Amount {
			return m, true
		}
	}
	return movement{}, false
}

func inBill(want bill, l payment.BillLine) bool { _, ok := findLine(want, l); return ok }

// wrongLine is what is not true of a line; "" for nothing.
func (s *biller) wrongLine(l payment.BillLine, want expectedLine) string {
	const slack = time.Minute // a bill has seconds, and a channel may book a moment later
	truth := want.line
	switch {
	case l.Amount != want.amount:
		return "the amount is another than " + want.amount.String()
	case l.Discount != want.discount && (s.bench.BillDiscounts || l.Discount != 0):
		return "the discount is another than " + want.discount.String()
	case l.FeeKnown && l.Fee != truth.Fee:
		return "the fee is another than " + truth.Fee.String()
	case s.bench.BillFees && !l.FeeKnown:
		return "the fee is not told"
	case l.TradeNo != "" && l.TradeNo != truth.TradeNo:
		return "the trade number is another than " + truth.TradeNo
	case l.Wallet != payment.WalletNone && l.Wallet != truth.Wallet:
		return "the wallet is another than " + string(truth.Wallet)
	case l.At.Sub(truth.At).Abs() > slack:
		return "it was booked at " + truth.At.In(payment.Beijing).Format(time.DateTime)
	}
	return ""
}

func describe(l payment.BillLine) string {
	return string(l.Kind) + " of " + l.OrderNo + " " + l.RefundNo + " " + l.Amount.String() + " at " + l.At.In(payment.Beijing).Format(time.DateTime)
}
