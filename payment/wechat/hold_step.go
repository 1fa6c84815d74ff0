package wechat

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/payment"
)

var (
	errKeepRest = errors.New("WeChat gives the rest of a deposit back with the capture")
	errPart     = errors.New("WeChat releases a deposit only as a whole")
)

// Capture takes a part of the deposit and gives the rest back. What was taken
// with this call is done only when the query says CONSUMED, so the query is asked
// at once; most captures are done by then.
//
// A refusal may come because an earlier call did its work. So it is believed only
// after the query says that the deposit stands, or what else became of it.
func (c *Channel) Capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if out, fine := c.mayCapture(r, payment.RefundRefused); !fine {
		return out
	}
	reply := c.callV2(ctx, pathConsume, params{
		"transaction_id": r.AuthNo,
		"out_trade_no":   r.OutOrderNo,
		"total_fee":      inFen(r.Amount),
		"consume_fee":    inFen(r.Capture),
		"fee_type":       "CNY",
	}, certCall)
	out := c.foldCapture(r, reply)
	c.noteV2(ctx, "deposit consume", r.OutTradeNo, reply, string(out.State), out.Detail)
	if !out.Waiting && out.State != payment.RefundRefused {
		return out
	}
	known, asked := c.askAboutCapture(ctx, r)
	return capturedAfter(out, known, c.stands(r.Hold, asked))
}

// capturedAfter joins a capture that was taken or refused with the query after
// it. One that was taken can still fail, but not be undone by an older state.
func capturedAfter(out, known payment.StepOutcome, untouched bool) payment.StepOutcome {
	switch {
	case known.State == payment.RefundDone, out.Waiting && known.Waiting:
		return known
	case out.Waiting:
		return out
	case known.State == payment.RefundRefused:
		known.Code = out.Code
		return known
	case known.Reason == payment.ReasonHoldNotHeld, known.Reason == payment.ReasonHoldMissing:
		out.Reason = known.Reason
		return out
	case untouched && !known.Found:
		return out
	}
	known.Reason, known.Code = out.Reason, out.Code
	return known
}

// stands reports a deposit that is held, as far as the answer to a query says.
func (c *Channel) stands(h payment.Hold, asked v2reply) bool {
	return c.seesHold(h, asked) && asked.fields["trade_state"] == stateSuccess
}

// QueryCapture asks what became of a capture. WeChat knows no number of it, only
// what was taken of the deposit: one that was captured with another amount, was
// given back, or whose capture failed, is RefundRefused. Found is false while the
// deposit stands untouched: the capture may be sent again.
func (c *Channel) QueryCapture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if out, fine := c.mayCapture(r, payment.RefundUnknown); !fine {
		return out
	}
	out, _ := c.askAboutCapture(ctx, r)
	return out
}

func (c *Channel) askAboutCapture(ctx context.Context, r payment.CaptureRequest) (payment.StepOutcome, v2reply) {
	reply := c.callV2(ctx, pathHoldQuery, params{"out_trade_no": r.OutOrderNo}, plainCall)
	out := c.foldCaptureQuery(r, reply)
	c.noteV2(ctx, "deposit query", r.OutTradeNo, reply, string(out.State), out.Detail)
	return out, reply
}

// Release gives the whole deposit back, before anything was captured of it. It is
// a reverse, and as with CancelHold only the query after it is believed.
func (c *Channel) Release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if out, fine := c.mayRelease(r, payment.RefundRefused); !fine {
		return out
	}
	act := c.reverseHold(ctx, r.Hold)
	known, asked := c.askAboutRelease(ctx, r)
	switch {
	case known.State == payment.RefundDone:
		return known
	case beyondCancel(asked) && c.seesHold(r.Hold, asked):
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonHoldClosed, Code: asked.fields["trade_state"]}
	case act.refusedForGood() && asked.noSuchDeposit():
		return payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonHoldMissing, Code: token(act.code())}
	case act.refusedForGood() && c.seesHold(r.Hold, asked):
		return payment.StepOutcome{State: payment.RefundRefused, Reason: act.reason(useStep), Code: token(act.code())}
	}
	known.Reason, known.Code = act.reason(useStep), token(act.code())
	if act.err != nil {
		known.Detail = errors.Join(act.detail(), known.Detail)
	}
	return known
}

// QueryRelease asks whether the deposit went back. Found is false while it did
// not: the release may be sent again.
func (c *Channel) QueryRelease(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if out, fine := c.mayRelease(r, payment.RefundUnknown); !fine {
		return out
	}
	out, _ := c.askAboutRelease(ctx, r)
	return out
}

func (c *Channel) askAboutRelease(ctx context.Context, r payment.ReleaseRequest) (payment.StepOutcome, v2reply) {
	reply := c.callV2(ctx, pathHoldQuery, params{"out_trade_no": r.OutOrderNo}, plainCall)
	out := c.foldReleaseQuery(r, reply)
	c.noteV2(ctx, "deposit query", r.ReleaseNo, reply, string(out.State), out.Detail)
	return out, reply
}

// mayCapture says why a capture cannot be sent: unsent is the state of one whose
// form is wrong.
func (c *Channel) mayCapture(r payment.CaptureRequest, unsent payment.StepState) (out payment.StepOutcome, fine bool) {
	err := checkStep(r.Hold, r.Capture)
	if err == nil && !r.ReleaseRest {
		err = errKeepRest
	}
	if err == nil && !orderRule.MatchString(r.OutTradeNo) {
		err = errOrderNo
	}
	return c.mayStep(err, unsent)
}

func (c *Channel) mayRelease(r payment.ReleaseRequest, unsent payment.StepState) (out payment.StepOutcome, fine bool) {
	err := checkStep(r.Hold, r.Release)
	if err == nil && r.Release != r.Amount {
		err = errPart
	}
	if err == nil && !refundRule.MatchString(r.ReleaseNo) {
		err = errRefundNo
	}
	return c.mayStep(err, unsent)
}

// mayStep says why nothing can be sent. Without deposits nobody knows what became
// of one, so nothing is refused for good.
func (c *Channel) mayStep(form error, unsent payment.StepState) (out payment.StepOutcome, fine bool) {
	if form != nil {
		return payment.StepOutcome{State: unsent, Reason: payment.ReasonRequest, Detail: form}, false
	}
	if code, err := c.noDeposits(); err != nil {
		return payment.StepOutcome{State: payment.RefundUnknown, Reason: payment.ReasonMerchantSetup, Code: code, Detail: err}, false
	}
	return payment.StepOutcome{}, true
}

// checkStep is for what is done to a deposit that stands.
func checkStep(h payment.Hold, part payment.Amount) error {
	if err := checkHold(h); err != nil {
		return err
	}
	if h.AuthNo == "" {
		return errHoldNo
	}
	if err := part.Check(h.Amount); err != nil {
		return fmt.Errorf("%s of a deposit of %s: %w", part, h.Amount, err)
	}
	return nil
}
