package alipay

import (
	"context"
	"errors"

	"frontdesk/payment"
)

// Capture takes a part of the deposit, as a trade under its own order number.
//
// A refusal of a repeated capture may be about money that the first one already
// took: the deposit is finished, too little is left. So a refusal is believed
// only after the query says that there is no such trade, or that it was closed
// unpaid. Where that cannot be asked, the capture stays RefundUnknown.
func (c *Channel) Capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	biz, err := c.captureFields(r)
	if err != nil {
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, methodPay, biz)
	out := foldCapture(r, reply)
	c.note(ctx, methodPay, r.OutTradeNo, reply, string(out.State), out.Detail)
	if out.State != payment.RefundRefused {
		return out
	}

	known, asked := c.askAboutCapture(ctx, r)
	none := known.State == payment.RefundRefused || asked.verdict() == refused && asked.answer.has("TRADE_NOT_EXIST")
	if none && reply.answer.has("TRADE_HAS_SUCCESS") {
		none = false // one of the two answers is wrong
	}
	return confirmed(out, known, none)
}

// QueryCapture asks what became of a capture. One that was given back in full
// since is done: the refund is another story. RefundRefused says that its trade
// was closed without a payment. Found is false when Alipay has no such trade: it
// may be sent again.
func (c *Channel) QueryCapture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if err := checkCapture(r); err != nil {
		return payment.StepOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutCapture(ctx, r)
	return out
}

func (c *Channel) askAboutCapture(ctx context.Context, r payment.CaptureRequest) (payment.StepOutcome, reply) {
	reply := c.call(ctx, methodQuery, fields{"out_trade_no": r.OutTradeNo})
	out := foldCaptureQuery(r, reply)
	c.note(ctx, methodQuery, r.OutTradeNo, reply, string(out.State), out.Detail)
	return out, reply
}

// Release unfreezes a part of the deposit. A repeat is told apart from another
// release by its number. As with Capture, a refusal is believed only after the
// query says that there is no such release.
func (c *Channel) Release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	biz, err := releaseFields(r)
	if err != nil {
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, methodUnfreeze, biz)
	out := foldRelease(r, reply)
	c.note(ctx, methodUnfreeze, r.ReleaseNo, reply, string(out.State), out.Detail)
	if out.State != payment.RefundRefused {
		return out
	}

	known, asked := c.askAboutRelease(ctx, r)
	none := asked.verdict() == refused && asked.answer.noSuchOperation()
	if none && reply.answer.has("UNIQUE_VIOLATION") {
		none = false // the number is used, and there is nothing under it
	}
	return confirmed(out, known, none)
}

// QueryRelease asks what became of a release. Found is false when Alipay has no
// release of this number: it may be sent again.
func (c *Channel) QueryRelease(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if err := checkRelease(r); err != nil {
		return payment.StepOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutRelease(ctx, r)
	return out
}

func (c *Channel) askAboutRelease(ctx context.Context, r payment.ReleaseRequest) (payment.StepOutcome, reply) {
	reply := c.call(ctx, methodHoldQuery, operationFields(r.Hold, r.ReleaseNo, operationUnfreeze))
	out := foldReleaseQuery(r, reply)
	c.note(ctx, methodHoldQuery, r.ReleaseNo, reply, string(out.State), out.Detail)
	return out, reply
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

var errContradiction = errors.New("the refusal says that it was done before, and the query that it was not")

func checkCapture(r payment.CaptureRequest) error {
	if !numberRule.MatchString(r.OutTradeNo) {
		return errOrderNo
	}
	return checkStep(r.Hold, r.Capture)
}

func checkRelease(r payment.ReleaseRequest) error {
	if !numberRule.MatchString(r.ReleaseNo) || r.ReleaseNo == r.RequestNo {
		return errReleaseNo
	}
	return checkStep(r.Hold, r.Release)
}

// RefundCapture gives back of what a capture took: at Alipay a capture is a
// trade like any other.
func (c *Channel) RefundCapture(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	return c.Refund(ctx, refundOfCapture(r))
}

// QueryCaptureRefund asks what became of it.
func (c *Channel) QueryCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	return c.QueryRefund(ctx, refundOfCapture(r))
}

func refundOfCapture(r payment.CaptureRefundRequest) payment.RefundRequest {
	order := payment.Order{OutTradeNo: r.OutTradeNo, TradeNo: r.TradeNo, Amount: r.Capture, Wallet: r.Wallet}
	return payment.RefundRequest{Order: order, RequestNo: r.RequestNo, Refund: r.Refund, Reason: r.Reason}
}
