package cloudpay

import (
	"context"

	"frontdesk/payment"
)

// Capture takes a part of the deposit, as an order under its own number.
//
// A refusal of a repeated capture may be about money that the first one already
// took. So it is believed only after the query says that there is no such order,
// or that it ended unpaid. Where that cannot be asked, the capture stays
// RefundUnknown.
func (c *Channel) Capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if err := c.checkCapture(r); err != nil {
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, callConsume, c.captureContentOf(r))
	out := foldCapture(r, reply)
	c.note(ctx, callConsume, r.OutTradeNo, reply, string(out.State), out.Detail)
	if out.State != payment.RefundRefused || !reply.saysNo() {
		return out
	}
	known, none := c.askAboutCapture(ctx, r)
	return c.explained(ctx, r.Hold, r.Capture, confirmed(out, known, none || known.State == payment.RefundRefused))
}

// QueryCapture asks what became of a capture. One that was given back since is
// done. RefundRefused says that its order ended untaken. Found is false when
// there is none of this number: it may be sent again.
func (c *Channel) QueryCapture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if err := c.checkStep(r.Hold, r.OutTradeNo, r.Capture); err != nil {
		return payment.StepOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutCapture(ctx, r)
	return out
}

func (c *Channel) askAboutCapture(ctx context.Context, r payment.CaptureRequest) (out payment.StepOutcome, none bool) {
	reply := c.call(ctx, callQueryOrder, c.queryContentOf(r.Wallet, r.OutTradeNo))
	out, none = foldCaptureQuery(r, reply)
	c.note(ctx, callQueryOrder, r.OutTradeNo, reply, string(out.State), out.Detail)
	return out, none
}

// Release sets a part of the deposit free, with WeChat always all of it. As with
// Capture, a refusal is believed only after the query.
func (c *Channel) Release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if err := c.checkRelease(r); err != nil {
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, callUnfreeze, c.releaseContentOf(r))
	out := foldRelease(r, reply)
	c.note(ctx, callUnfreeze, r.ReleaseNo, reply, string(out.State), out.Detail)
	if out.State != payment.RefundRefused || !reply.saysNo() {
		return out
	}
	known, none := c.askAboutRelease(ctx, r)
	return c.explained(ctx, r.Hold, r.Release, confirmed(out, known, none))
}

// QueryRelease asks what became of a release. Found is false when there is none
// of this number, or one that failed: it may be sent again.
func (c *Channel) QueryRelease(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if err := c.checkStep(r.Hold, r.ReleaseNo, r.Release); err != nil {
		return payment.StepOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutRelease(ctx, r)
	return out
}

func (c *Channel) askAboutRelease(ctx context.Context, r payment.ReleaseRequest) (out payment.StepOutcome, none bool) {
	reply := c.call(ctx, callQueryUnfreeze, c.freezeQueryOf(r.Hold, r.ReleaseNo))
	out, none = foldReleaseQuery(r, reply)
	c.note(ctx, callQueryUnfreeze, r.ReleaseNo, reply, string(out.State), out.Detail)
	return out, none
}

// confirmed is what a refusal is worth once the query was asked: none says that
// nothing was done under the request's number.
func confirmed(refusal, known payment.StepOutcome, none bool) payment.StepOutcome {
	switch {
	case known.State == payment.RefundDone:
		return known
	case none:
		return refusal
	}
	refusal.State, refusal.Found, refusal.Waiting = payment.RefundUnknown, known.Found, known.Waiting
	refusal.TradeNo, refusal.Detail = known.TradeNo, known.Detail
	if refusal.Detail == nil {
		refusal.Detail = errContradiction
	}
	return refusal
}

// explained finds out why a step was refused for good: the answers do not say it
// in a way that is documented, but the deposit does.
func (c *Channel) explained(ctx context.Context, h payment.Hold, part payment.Amount, out payment.StepOutcome) payment.StepOutcome {
	if out.State != payment.RefundRefused || out.Reason != payment.ReasonOther {
		return out
	}
	deposit, _ := c.askAboutHold(ctx, h)
	switch {
	case deposit.Result == payment.Released, deposit.Result == payment.Held && deposit.Known && deposit.Rest == 0:
		out.Reason = payment.ReasonHoldClosed
	case deposit.Result == payment.Held && deposit.Known && deposit.Rest < part:
		out.Reason = payment.ReasonHoldTooMuch
	case deposit.Result == payment.Waiting, deposit.Result == payment.Closed:
		out.Reason = payment.ReasonHoldNotHeld
	case deposit.Result == payment.NotFound:
		out.Reason = payment.ReasonHoldMissing
	}
	return out
}

// RefundCapture gives back of what a capture took. A refund of a capture names
// its deposit too.
func (c *Channel) RefundCapture(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	if err := c.checkHold(r.Hold); err != nil {
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	return c.refund(ctx, refundOfCapture(r), r.OutOrderNo)
}

// QueryCaptureRefund asks what became of it.
func (c *Channel) QueryCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	return c.QueryRefund(ctx, refundOfCapture(r))
}

func refundOfCapture(r payment.CaptureRefundRequest) payment.RefundRequest {
	order := payment.Order{OutTradeNo: r.OutTradeNo, TradeNo: r.TradeNo, Amount: r.Capture, Wallet: r.Wallet}
	return payment.RefundRequest{Order: order, RequestNo: r.RequestNo, Refund: r.Refund, Reason: r.Reason}
}
