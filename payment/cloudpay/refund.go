package cloudpay

import (
	"context"

	"frontdesk/payment"
)

// Refund gives money back. Cloud Pay carries one refund number out once, so it
// may be repeated. An accepted refund is RefundUnknown with Waiting: whether it is
// done its own state says, at once for a balance, after hours for a bank card.
//
// A refusal of a repeated request may be about money that the first one already
// gave back. So it is believed only after the query says that there is no such
// refund, or that it failed. Where that cannot be asked, the refund stays
// RefundUnknown.
func (c *Channel) Refund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	return c.refund(ctx, r, "")
}

// QueryRefund asks what became of a refund. Found is false when there is none of
// this number, neither here nor at the wallet: it may be sent again.
func (c *Channel) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if err := c.checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutRefund(ctx, r)
	return out
}

// refund gives back of a payment, or of what was captured from the deposit
// freezeNo.
func (c *Channel) refund(ctx context.Context, r payment.RefundRequest, freezeNo string) payment.RefundOutcome {
	if err := c.checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, callRefund, c.refundContentOf(r, freezeNo))
	out := foldRefund(r, reply)
	c.note(ctx, callRefund, r.RequestNo, reply, string(out.State), out.Detail)
	if out.State == payment.RefundRefused && reply.saysNo() {
		return c.confirmRefusal(ctx, r, out)
	}
	return out
}

func (c *Channel) confirmRefusal(ctx context.Context, r payment.RefundRequest, refusal payment.RefundOutcome) payment.RefundOutcome {
	known, none := c.askAboutRefund(ctx, r)
	switch {
	case known.State == payment.RefundDone, known.Reason == payment.ReasonRefundStuck:
		return known
	case none, known.State == payment.RefundRefused:
		return refusal
	}
	refusal.State, refusal.Found, refusal.Waiting, refusal.Detail = payment.RefundUnknown, known.Found, known.Waiting, known.Detail
	return refusal
}

func (c *Channel) askAboutRefund(ctx context.Context, r payment.RefundRequest) (out payment.RefundOutcome, none bool) {
	q := c.queryContentOf(r.Wallet, r.OutTradeNo)
	q.OutRefundNo = r.RequestNo
	reply := c.call(ctx, callQueryRefund, q)
	out, none = foldRefundQuery(r, reply)
	c.note(ctx, callQueryRefund, r.RequestNo, reply, string(out.State), out.Detail)
	return out, none
}
