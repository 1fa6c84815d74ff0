package channeltest

import (
	"context"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// The calls about a deposit that stands, each held to what is promised of it.

func (s *holder) capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	return s.checkStep("Capture", s.Capture(ctx, r))
}

func (s *holder) queryCapture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	return s.checkStep("QueryCapture", s.QueryCapture(ctx, r))
}

func (s *holder) release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	return s.checkStep("Release", s.Release(ctx, r))
}

func (s *holder) queryRelease(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	o := s.checkStep("QueryRelease", s.QueryRelease(ctx, r))
	if o.State == payment.RefundRefused {
		s.Errorf("QueryRelease is never refused: %+v", o)
	}
	return o
}

func (s *holder) checkStep(what string, o payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	s.kept.heard(o)
	switch {
	case !o.State.Final() && o.State != payment.RefundUnknown:
		s.Errorf("%s: %q is no state of it", what, o.State)
	case o.State == payment.RefundDone && !o.Found:
		s.Errorf("%s: done, and not known to the channel", what)
	case o.State == payment.RefundRefused && o.Reason == payment.ReasonNone:
		s.Errorf("%s: refused without a reason: %+v", what, o)
	case o.Waiting && o.State != payment.RefundUnknown:
		s.Errorf("%s: %s, and waits", what, o.State)
	}
	return o
}

func (s *holder) refundCapture(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	o := s.RefundCapture(ctx, r)
	s.checkRefund("RefundCapture", r.Refund, o)
	return o
}

func (s *holder) queryCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	o := s.QueryCaptureRefund(ctx, r)
	s.checkRefund("QueryCaptureRefund", r.Refund, o)
	return o
}

func (s *holder) askCapture(h payment.Hold, a payment.Amount, releaseRest bool) payment.CaptureRequest {
	return payment.CaptureRequest{
		Hold: h, OutTradeNo: s.number(), Capture: a, ReleaseRest: releaseRest, Subject: subject, ReceiptNo: receipt, Operator: operator,
	}
}

func askRelease(h payment.Hold, n int, a payment.Amount) payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: h, ReleaseNo: h.OutOrderNo + "U00" + string(rune('0'+n)), Release: a, Reason: "退房"}
}

func giveBackOf(c payment.CaptureRequest, tradeNo string, n int, a payment.Amount) payment.CaptureRefundRequest {
	return payment.CaptureRefundRequest{
		Hold: c.Hold, OutTradeNo: c.OutTradeNo, TradeNo: tradeNo, Capture: c.Capture,
		RequestNo: payment.NewRequestNo(c.OutTradeNo, n), Refund: a, Reason: "早餐没有吃",
	}
}

// finishStep repeats a step until the channel says what became of it.
func (s *holder) finishStep(no string, o payment.StepOutcome, query, again func() payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	for range 200 {
		if o.State.Final() {
			return o
		}
		s.pass(5 * time.Second)
		if o = query(); !o.State.Final() && !o.Found && !o.Waiting {
			o = again()
		}
	}
	s.Errorf("step %s is never settled: %+v", no, o)
	return o
}

func (s *holder) finishCapture(r payment.CaptureRequest, first payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	return s.finishStep(r.OutTradeNo, first,
		func() payment.StepOutcome { return s.queryCapture(s.Context(), r) },
		func() payment.StepOutcome { return s.capture(s.Context(), r) })
}

func (s *holder) finishRelease(r payment.ReleaseRequest, first payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	return s.finishStep(r.ReleaseNo, first,
		func() payment.StepOutcome { return s.queryRelease(s.Context(), r) },
		func() payment.StepOutcome { return s.release(s.Context(), r) })
}

// account is what the till believes of a deposit.
type account struct{ captured, released payment.Amount }

// captured drives a capture to its end and compares the deposit with the truth.
func (s *holder) captured(a *account, r payment.CaptureRequest, first payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	o := s.finishCapture(r, first)
	if o.State == payment.RefundDone {
		a.captured += r.Capture
		if r.ReleaseRest {
			a.released = r.Amount - a.captured
		}
	}
	s.agree(r.Hold, *a)
	return o
}

// released is captured for a release.
func (s *holder) released(a *account, r payment.ReleaseRequest, first payment.StepOutcome) payment.StepOutcome {
	s.Helper()
	o := s.finishRelease(r, first)
	if o.State == payment.RefundDone {
		a.released += r.Release
	}
	s.agree(r.Hold, *a)
	return o
}

// agree holds what the till believes of a deposit against the truth.
func (s *holder) agree(h payment.Hold, a account) {
	s.Helper()
	if truth := s.holdTruth(h); truth.Captured != a.captured || truth.Released != a.released {
		s.Errorf("deposit %s: the till believes %s taken and %s released; in truth %+v", h.OutOrderNo, a.captured, a.released, truth)
	}
}

// standing asks what is left of a deposit and holds it against the truth.
func (s *holder) standing(h payment.Hold) {
	s.Helper()
	truth := s.holdTruth(h)
	o := s.queryHold(s.Context(), h)
	for range 50 {
		if o.Result != payment.Unknown {
			break
		}
		s.pass(5 * time.Second)
		o = s.queryHold(s.Context(), h)
	}
	want := payment.Held
	if truth.Released == h.Amount {
		want = payment.Released
	}
	if o.Result != want || o.Known && (o.Rest != truth.Rest || o.Captured != truth.Captured) {
		s.Errorf("deposit %s: %+v; in truth %+v", h.OutOrderNo, o, truth)
	}
}

// captureTruth is the order that a capture of this deposit made. Where a wire
// gives captures no number, it has that of the deposit.
func (s *holder) captureTruth(r payment.CaptureRequest) paysim.OrderTruth {
	orders := s.sim.Truth().Orders
	if o, ok := orders[r.OutTradeNo]; ok && o.Hold == r.OutOrderNo {
		return o
	}
	if o := orders[r.OutOrderNo]; o.Hold == r.OutOrderNo {
		return o
	}
	return paysim.OrderTruth{}
}

// refundedCapture drives the refund of a capture to its end and compares it
// with the truth.
func (s *holder) refundedCapture(c payment.CaptureRequest, r payment.CaptureRefundRequest, first payment.RefundOutcome) payment.RefundOutcome {
	s.Helper()
	o := s.finish(r.RequestNo, first,
		func() payment.RefundOutcome { return s.queryCaptureRefund(s.Context(), r) },
		func() payment.RefundOutcome { return s.refundCapture(s.Context(), r) })
	s.compareRefund(s.captureTruth(c), r.RequestNo, r.Refund, o)
	s.pass(pause)
	return o
}
