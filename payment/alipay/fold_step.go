package alipay

import (
	"errors"

	"frontdesk/payment"
)

// foldCapture reads the answer to the alipay.trade.pay of a capture.
func foldCapture(q payment.CaptureRequest, r reply) payment.StepOutcome {
	base, about := begin(captured(q), r, useStep)
	out := stepOf(base)
	if !about {
		return out
	}
	switch r.verdict() {
	case accepted:
		if !r.answer.namesOrder() || !r.answer.namesAmount() {
			return out
		}
		if r.answer.paysLater() {
			out.Found, out.Waiting = true, true
			return out
		}
		return payment.StepOutcome{State: payment.RefundDone, Found: true, TradeNo: out.TradeNo}
	case inProgress:
		out.Found, out.Waiting = true, true
	case refused, turnedAway:
		return payment.StepOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	}
	return out
}

// foldCaptureQuery reads the answer to alipay.trade.query about a capture.
func foldCaptureQuery(q payment.CaptureRequest, r reply) payment.StepOutcome {
	base := foldQuery(captured(q), r)
	out := stepOf(base)
	switch base.Result {
	case payment.Paid, payment.Reversed: // reversed: taken, and given back in full since
		if r.answer.namesAmount() {
			return payment.StepOutcome{State: payment.RefundDone, Found: true, TradeNo: out.TradeNo}
		}
		out.Found, out.Detail = true, detail(r)
	case payment.Waiting:
		out.Found, out.Waiting, out.Detail = true, true, detail(r)
	case payment.Closed:
		return payment.StepOutcome{State: payment.RefundRefused, Found: true, TradeNo: out.TradeNo, Reason: payment.ReasonOrderClosed}
	case payment.NotFound:
		out.Detail = errNoStep
	}
	return out
}

var errNoStep = errors.New("the channel has nothing under this number")

// stepOf is a step of which nothing is known but what base says.
func stepOf(base payment.Outcome) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundUnknown, TradeNo: base.TradeNo, Reason: base.Reason, Code: base.Code, Detail: base.Detail}
}

// beginRelease is begin for answers about a release.
func beginRelease(q payment.ReleaseRequest, r reply) (out payment.StepOutcome, about bool) {
	out = payment.StepOutcome{State: payment.RefundUnknown, Code: r.answer.codeForSupport(), Reason: reasonOf(r, useStep), Detail: detail(r)}
	if r.err != nil {
		return out, false
	}
	if err := r.answer.holdMismatch(q.Hold, q.ReleaseNo); err != nil {
		out.Detail, out.Reason = err, payment.ReasonNone
		return out, false
	}
	return out, true
}

// foldRelease reads the answer to alipay.fund.auth.order.unfreeze.
func foldRelease(q payment.ReleaseRequest, r reply) payment.StepOutcome {
	out, about := beginRelease(q, r)
	if !about {
		return out
	}
	switch r.verdict() {
	case accepted:
		return foldReleased(out, q, r.answer)
	case refused, turnedAway:
		return payment.StepOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	}
	return out
}

// foldReleaseQuery reads the answer to alipay.fund.auth.operation.detail.query
// about a release. It is never RefundRefused: a release that Alipay does not
// know is sent again.
func foldReleaseQuery(q payment.ReleaseRequest, r reply) payment.StepOutcome {
	out, about := beginRelease(q, r)
	switch {
	case !about:
		return out
	case r.verdict() == refused && r.answer.noSuchOperation():
		out.Reason, out.Detail = payment.ReasonNone, errNoStep
		return out
	case r.verdict() != accepted || !r.answer.isOperation(operationUnfreeze):
		return out
	}
	return foldReleased(out, q, r.answer)
}

// foldReleased reads what an answer that was taken says of the release. A yes
// names the deposit, the release and its amount.
func foldReleased(out payment.StepOutcome, q payment.ReleaseRequest, a answer) payment.StepOutcome {
	if a.OutRequestNo == "" || a.OutOrderNo == "" && a.AuthNo == "" {
		return out
	}
	out.Found = true
	if err := otherAmount(a.Amount, q.Release); err != nil {
		out.Detail = err
		return out
	}
	switch a.Status {
	case statusSuccess:
		return payment.StepOutcome{State: payment.RefundDone, Found: true}
	case statusInit:
		out.Waiting = true
	}
	return out
}
