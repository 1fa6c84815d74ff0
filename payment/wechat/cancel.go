package wechat

import (
	"context"

	"frontdesk/payment"
)

// The two ways to end an order.
const (
	actReverse = "reverse" // what a pay code paid; takes paid money back
	actClose   = "close"   // a QR that nobody paid
)

// Cancel ends the order: an unpaid one is closed, one that was paid with a pay
// code is given back. It takes up to four requests, each with its own deadline:
// it asks what the order is, ends it in the way that fits, and asks again,
// because only the state proves anything.
//
// A QR that was paid is Failed: it cannot be taken back, only refunded. An order
// that WeChat does not know is reversed nevertheless, in case its payment arrives
// just now, and is NotFound only if it is still not known.
func (c *Channel) Cancel(ctx context.Context, o payment.Order) payment.Outcome {
	if err := checkOrder(o); err != nil {
		return payment.Outcome{Result: payment.Unknown, Detail: err}
	}
	before, asked := c.askAbout(ctx, o)
	if end, done := c.ended(o, before, asked); done {
		return end
	}
	act := c.end(ctx, o, wayToEnd(before, asked.answer))
	after, asked := c.askAbout(ctx, o)
	return afterCancel(before, act, after, asked)
}

// ended reads the query before the cancel: done says that nothing is to be
// ended, or nothing that can be seen.
func (c *Channel) ended(o payment.Order, before payment.Outcome, asked reply) (out payment.Outcome, done bool) {
	switch before.Result {
	case payment.Closed, payment.Reversed:
		return before, true
	case payment.Paid:
		if asked.answer.stays() {
			return staysPaid(before), true
		}
	case payment.Unknown:
		// An order of ours in a state that is new, or whose payment broke off, can
		// be ended, too, and so can one that WeChat cannot look up just now: the
		// documents want a reverse wherever a query leaves it open.
		return before, !c.sees(o, asked) && !asked.inTrouble()
	}
	return payment.Outcome{}, false
}

// sees reports whether an answer is authenticated and about this order, even if
// it could not be read.
func (c *Channel) sees(o payment.Order, r reply) bool {
	return r.verdict() == accepted && r.answer.namesOrder() && r.answer.notOurs(c.set, o.OutTradeNo) == nil && r.answer.otherAmount(o) == nil
}

// stays reports a paid order of a kind that is not reversed.
func (a answer) stays() bool { return a.TradeType != "" && a.TradeType != "MICROPAY" }

func staysPaid(paid payment.Outcome) payment.Outcome {
	return payment.Outcome{Result: payment.Failed, TradeNo: paid.TradeNo, PaidAt: paid.PaidAt, Reason: payment.ReasonNoRefund, Code: "ORDERPAID"}
}

// wayToEnd is how an order is ended. Only a QR is NOTPAY for long, but a pay code
// can be for a moment.
func wayToEnd(before payment.Outcome, a answer) string {
	if before.Result == payment.Waiting && a.TradeState == stateNotPay && a.TradeType != "MICROPAY" {
		return actClose
	}
	return actReverse
}

// end sends the cancel and gives the last answer. An order that cannot be closed
// was no QR after all.
func (c *Channel) end(ctx context.Context, o payment.Order, how string) reply {
	reply := c.call(ctx, c.endRequest(o.OutTradeNo, how))
	c.note(ctx, how, o.OutTradeNo, reply, "", reply.err)
	if how == actClose && reply.verdict() == refused {
		return c.end(ctx, o, actReverse)
	}
	return reply
}

// afterCancel joins the three answers. The query after the cancel decides; what
// it leaves open is Unknown, and the caller repeats the whole.
func afterCancel(before payment.Outcome, act reply, after payment.Outcome, asked reply) payment.Outcome {
	again := after
	again.Result, again.Detail = payment.Unknown, asked.detail()
	switch after.Result {
	case payment.Closed:
		if before.Result == payment.Paid {
			return is(after, payment.Reversed)
		}
		return after
	case payment.Reversed:
		return after
	case payment.NotFound:
		if before.Result == payment.NotFound && act.verdict() != open {
			return after
		}
	case payment.Paid:
		if asked.answer.stays() {
			return staysPaid(after)
		}
		if act.verdict() == refused {
			return payment.Outcome{Result: payment.Failed, TradeNo: after.TradeNo, PaidAt: after.PaidAt,
				Reason: reasonOf(act, useRefund), Code: token(act.answer.Code)}
		}
	case payment.Unknown:
		return after
	}
	return again
}
