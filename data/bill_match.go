package data

import (
	"cmp"
	"slices"
	"time"

	"frontdesk/payment"
)

// billGrace is how far the clocks of a channel and of the till may be apart.
const billGrace = 10 * time.Minute

// A bill's line is matched in two steps. Whose order it is follows from its order
// number alone and never changes. Which refund of a sale, or which capture or
// refund of a deposit it is, is said here, from the lines and the records as they
// are now; so it is said again whenever one of them changes, and Verify can say
// it a third time. A payment's own lines need no second step.

// matchSale says of each refund in the lines about a sale which refund it is.
//
// A line with a request number is the refund with that number. One without is a
// refund of the same order and amount that was asked for before, each for one
// line: those that are done first, then those under way.
func matchSale(lines []billLine, refunds []Refund) {
	taken := map[int64]bool{}
	var unnamed []*billLine
	for _, b := range inTime(lines) {
		if b.refundID = 0; b.Kind != payment.BilledRefund {
			continue
		}
		i := slices.IndexFunc(refunds, func(r Refund) bool { return r.TenderID == b.tenderID && r.RequestNo == b.RefundNo })
		switch {
		case b.RefundNo == "":
			unnamed = append(unnamed, b)
		case i >= 0:
			b.refundID = refunds[i].ID
			taken[b.refundID] = true
		}
	}
	for _, state := range matchOrder {
		for _, b := range unnamed {
			for _, r := range refunds {
				if b.refundID == 0 && !taken[r.ID] && state(r.State) && r.TenderID == b.tenderID && r.Amount == b.Amount && b.isAfter(r.CreatedAt) {
					b.refundID = r.ID
					taken[r.ID] = true
				}
			}
		}
	}
}

// matchDeposit says of each line about a deposit which of its steps it is.
//
// A capture is known by its order number. Where the line has the deposit's (at
// WeChat, which knows no other), it is a capture of the same amount, or else the
// only one that is done and has no line. Refunds are as in matchSale.
func matchDeposit(orderNo string, lines []billLine, steps []Step) {
	taken := map[int64]bool{}
	var unnamed []*billLine
	for _, b := range inTime(lines) {
		b.stepID = 0
		i := slices.IndexFunc(steps, func(s Step) bool { return b.names(s) })
		switch {
		case i >= 0:
			b.stepID = steps[i].ID
			taken[b.stepID] = true
		case b.Kind == payment.BilledPayment && b.OrderNo == orderNo, b.Kind == payment.BilledRefund && b.RefundNo == "":
			unnamed = append(unnamed, b)
		}
	}
	for _, state := range matchOrder {
		for _, b := range unnamed {
			for _, s := range steps {
				if b.stepID == 0 && !taken[s.ID] && state(s.State) && b.fits(s, orderNo, steps) && s.Amount == b.Amount && b.isAfter(s.CreatedAt) {
					b.stepID = s.ID
					taken[s.ID] = true
				}
			}
		}
	}
	for _, b := range unnamed {
		var left []Step
		for _, s := range steps {
			if s.Kind == StepCapture && s.State == payment.RefundDone && !taken[s.ID] {
				left = append(left, s)
			}
		}
		if b.stepID == 0 && b.Kind == payment.BilledPayment && len(left) == 1 {
			b.stepID = left[0].ID
			taken[b.stepID] = true
		}
	}
}

// matchOrder is in which order refunds and steps are tried that a line does not
// name.
var matchOrder = []func(payment.RefundState) bool{
	func(s payment.RefundState) bool { return s == payment.RefundDone },
	func(s payment.RefundState) bool { return !s.Final() },
}

// names reports whether b says itself that it is s.
func (b *billLine) names(s Step) bool {
	switch s.Kind {
	case StepCapture:
		return b.Kind != payment.BilledRefund && b.OrderNo == s.Number
	case StepRefund:
		return b.Kind == payment.BilledRefund && b.RefundNo == s.Number
	}
	return false
}

// fits reports whether b may be s, which it does not name.
func (b *billLine) fits(s Step, orderNo string, steps []Step) bool {
	switch s.Kind {
	case StepCapture:
		return b.Kind == payment.BilledPayment
	case StepRefund:
		i := stepAt(steps, s.OfStep)
		return b.Kind == payment.BilledRefund && (b.OrderNo == orderNo || i >= 0 && steps[i].Number == b.OrderNo)
	}
	return false
}

// isAfter reports whether b was booked after something was asked for.
func (b *billLine) isAfter(asked time.Time) bool { return !b.At.Add(billGrace).Before(asked) }

// inTime are the lines in the order in which they were booked.
func inTime(lines []billLine) []*billLine {
	list := make([]*billLine, len(lines))
	for i := range lines {
		list[i] = &lines[i]
	}
	slices.SortFunc(list, func(a, b *billLine) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.id, b.id)) })
	return list
}
