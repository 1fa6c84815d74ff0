package cloudpay

import (
	"errors"
	"fmt"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

var errNoStep = errors.New("the account has nothing under this number")

// stepOf is a step of which nothing is known but what base says.
func stepOf(base payment.Outcome) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundUnknown, TradeNo: base.TradeNo, Reason: base.Reason, Code: base.Code, Detail: base.Detail}
}

// foldCapture reads the answer to deposit_consume.
func foldCapture(q payment.CaptureRequest, r reply) payment.StepOutcome {
	base, seen, about := begin(captured(q), r, callConsume, useStep)
	out := stepOf(base)
	switch {
	case !about:
		return out
	case r.saysNo():
		return payment.StepOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.verdict() != accepted:
		return out
	}
	return capturedAs(out, seen)
}

// foldCaptureQuery reads the answer to query_order about a capture. none reports
// that there is certainly none of this number.
func foldCaptureQuery(q payment.CaptureRequest, r reply) (out payment.StepOutcome, none bool) {
	base, seen, about := begin(captured(q), r, callQueryOrder, useQuery)
	out = stepOf(base)
	switch {
	case !about:
		return out, false
	case r.noSuchNumber():
		out.Reason, out.Detail = payment.ReasonNone, errNoStep
		return out, true
	case r.verdict() != accepted:
		return out, false
	}
	out = capturedAs(out, seen)
	return out, !out.Found && out.Detail == errNoStep
}

// capturedAs reads the state of a capture that was named.
func capturedAs(out payment.StepOutcome, seen order) payment.StepOutcome {
	if seen.no == "" {
		return out
	}
	out.Found = true
	s := captureState(seen)
	switch {
	case seen.working, s.result == payment.Waiting:
		out.Waiting = true
	case s.result == payment.Paid && seen.named:
		return payment.StepOutcome{State: payment.RefundDone, Found: true, TradeNo: out.TradeNo}
	case s.result == payment.Failed, s.result == payment.Closed:
		return payment.StepOutcome{State: payment.RefundRefused, Found: true, TradeNo: out.TradeNo, Reason: payment.ReasonOrderClosed,
			Code: fmt.Sprintf("%s.%d", seen.platform, seen.state)}
	case s.result == payment.NotFound:
		out.Found, out.Detail = false, errNoStep
	}
	return out
}

// foldRelease reads the answer to unfreeze.
func foldRelease(q payment.ReleaseRequest, r reply) payment.StepOutcome {
	out := beginRelease(r, callUnfreeze, useRefund)
	switch {
	case r.saysNo():
		return payment.StepOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.verdict() != accepted:
		return out
	}
	for _, content := range r.object(callUnfreeze).objects("unfreeze_order_content") {
		if found := readUnfreeze(content); found.no == q.ReleaseNo {
			return releasedAs(out, q, found)
		}
	}
	return out
}

func beginRelease(r reply, name string, use reasonUse) payment.StepOutcome {
	return payment.StepOutcome{State: payment.RefundUnknown, Code: r.codeForSupport(), Reason: reasonOf(r, use), Detail: detail(r, name)}
}

// foldReleaseQuery reads the answer to query_unfreeze_order, which may list other
// releases of the deposit too. none reports that there is certainly none of this
// number, or one that failed: either is mended by sending it again, so the
// query never refuses.
func foldReleaseQuery(q payment.ReleaseRequest, r reply) (out payment.StepOutcome, none bool) {
	out = beginRelease(r, callQueryUnfreeze, useQuery)
	switch {
	case r.noSuchNumber():
		out.Reason, out.Detail = payment.ReasonNone, errNoStep
		return out, true
	case r.verdict() != accepted, r.object(callQueryUnfreeze) == nil:
		return out, false
	}
	for _, content := range r.object(callQueryUnfreeze).objects("unfreeze_order_content") {
		found := readUnfreeze(content)
		if found.no != q.ReleaseNo {
			continue
		}
		if out = releasedAs(out, q, found); out.State == payment.RefundRefused {
			return payment.StepOutcome{State: payment.RefundUnknown, Code: out.Code, Detail: errNoStep}, true
		}
		return out, !out.Found && out.Detail == errNoStep
	}
	out.Detail = errNoStep
	return out, true
}

// releasedAs reads a release of the right number. A yes names the deposit and
// the amount.
func releasedAs(out payment.StepOutcome, q payment.ReleaseRequest, found unfreeze) payment.StepOutcome {
	out.Found, out.Reason = true, payment.ReasonNone
	switch {
	case found.freezeNo != "" && found.freezeNo != q.OutOrderNo:
		out.Detail = fmt.Errorf("the release is one of another deposit: %s", wire.Token(found.freezeNo))
		return out
	case found.amount != q.Release:
		out.Detail = fmt.Errorf("the release is known with another amount: %d", found.amount)
		return out
	case found.working:
		out.Waiting = true
		return out
	}
	switch unfreezeState(found) {
	case stepDone:
		if found.platform != "" && found.freezeNo != "" {
			return payment.StepOutcome{State: payment.RefundDone, Found: true}
		}
	case stepWorking:
		out.Waiting = true
	case stepFailed:
		return payment.StepOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonOther,
			Code: fmt.Sprintf("%s.%d", found.platform, found.state)}
	case stepMissing:
		out.Found, out.Detail = false, errNoStep
	}
	return out
}
