package wechat

import (
	"errors"
	"fmt"

	"frontdesk/payment"
)

var errNoStep = errors.New("the deposit stands, and nothing of it was captured or given back")

func (c *Channel) beginStep(h payment.Hold, r v2reply) (out payment.StepOutcome, about bool) {
	u, about := c.beginV2(h, r, r.fields, useStep)
	return payment.StepOutcome{State: payment.RefundUnknown, Code: u.code, Reason: u.reason, Detail: u.detail}, about
}

// beginStepQuery is beginStep for what a query of the deposit says of a step:
// state is what became of the deposit, empty where that is not told.
func (c *Channel) beginStepQuery(h payment.Hold, r v2reply) (out payment.StepOutcome, state string) {
	out, about := c.beginStep(h, r)
	switch {
	case !about:
	case r.noSuchDeposit():
		out.Reason, out.Detail = payment.ReasonHoldMissing, errNoStep
	case r.verdict() == accepted && r.fields["out_trade_no"] != "":
		state = r.fields["trade_state"]
	}
	return out, state
}

// foldCapture reads the answer to /deposit/consume. It is Waiting where WeChat
// took the capture, by either of its two ways to say so; a refusal is not
// believed yet.
func (c *Channel) foldCapture(q payment.CaptureRequest, r v2reply) payment.StepOutcome {
	out, about := c.beginStep(q.Hold, r)
	switch {
	case !about:
		return out
	case r.verdict() == refused:
		return payment.StepOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.is(stateSettling):
		return onItsWay(out)
	case r.verdict() != accepted:
		return out
	case r.fields["consume_fee"] != "" && !readFen(r.fields["consume_fee"]).is(q.Capture):
		out.Detail = fmt.Errorf("the answer is about another capture: %s", token(text(r.fields["consume_fee"])))
		return out
	}
	return onItsWay(out)
}

// onItsWay is a step that WeChat took and has not carried out yet.
func onItsWay(out payment.StepOutcome) payment.StepOutcome {
	out.Found, out.Waiting, out.Reason = true, true, payment.ReasonNone
	return out
}

// foldCaptureQuery reads what became of a capture from the deposit's state.
func (c *Channel) foldCaptureQuery(q payment.CaptureRequest, r v2reply) payment.StepOutcome {
	out, state := c.beginStepQuery(q.Hold, r)
	took := consumed(r.fields)
	switch state {
	case stateNotPay, statePaying, stateAccept, stateError:
		out.Reason = payment.ReasonHoldNotHeld
	case stateSuccess:
		if took.said { // nobody says what this means
			return onItsWay(out)
		}
		out.Detail = errNoStep
	case stateSettling:
		return onItsWay(out)
	case stateConsumed, stateRefund, stateRevoked, stateClosed:
		return foldTaken(out, q, took, state)
	case stateUnsettled:
		return untaken(payment.ReasonOther, state)
	}
	return out
}

// foldTaken reads a deposit of which nothing is held any more. The amount says
// whose capture it was.
func foldTaken(out payment.StepOutcome, q payment.CaptureRequest, took fen, state string) payment.StepOutcome {
	switch {
	case took.is(q.Capture):
		return payment.StepOutcome{State: payment.RefundDone, Found: true}
	case !took.said && state == stateConsumed:
		return onItsWay(out) // it does not say how much
	}
	return untaken(payment.ReasonHoldClosed, state)
}

// untaken is a capture that was not and will not be carried out.
func untaken(reason payment.Reason, state string) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundRefused, Found: true, Reason: reason, Code: state}
}

// foldReleaseQuery reads whether the deposit went back. It is never
// RefundRefused: what did not go back is sent again.
func (c *Channel) foldReleaseQuery(q payment.ReleaseRequest, r v2reply) payment.StepOutcome {
	out, state := c.beginStepQuery(q.Hold, r)
	switch state {
	case stateRefund, stateRevoked, stateClosed:
		if !consumed(r.fields).said {
			return payment.StepOutcome{State: payment.RefundDone, Found: true}
		}
	case stateSuccess:
		out.Detail = errNoStep
	}
	return out
}
