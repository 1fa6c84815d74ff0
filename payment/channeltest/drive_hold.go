package channeltest

import (
	"context"
	"slices"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// holder is a stage whose channel takes deposits.
type holder struct {
	*stage
	payment.Holder
	wallet payment.Wallet
	rules  payment.HoldRules
}

// The calls of a deposit, each held to what payment.Holder promises of it.

func (s *holder) hold(ctx context.Context, r payment.HoldRequest) payment.HoldOutcome {
	o := s.Hold(ctx, r)
	s.checkHold("Hold", r.Hold, o, payment.Held, payment.Waiting, payment.Failed, payment.Closed, payment.Released)
	return o
}

func (s *holder) holdQR(ctx context.Context, r payment.HoldRequest) (string, payment.HoldOutcome) {
	text, o := s.HoldQR(ctx, r)
	s.checkHold("HoldQR", r.Hold, o, payment.Waiting, payment.Failed)
	if (text != "") != (o.Result == payment.Waiting) {
		s.Errorf("HoldQR: %s with the text %q", o.Result, text)
	}
	return text, o
}

func (s *holder) queryHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	o := s.QueryHold(ctx, h)
	s.checkHold("QueryHold", h, o, payment.Held, payment.Waiting, payment.Closed, payment.Released, payment.NotFound)
	return o
}

func (s *holder) cancelHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	o := s.CancelHold(ctx, h)
	s.checkHold("CancelHold", h, o, payment.Closed, payment.Released, payment.NotFound, payment.Failed)
	return o
}

func (s *holder) checkHold(what string, h payment.Hold, o payment.HoldOutcome, allowed ...payment.Result) {
	s.Helper()
	s.kept.heard(o)
	switch {
	case o.Result != payment.Unknown && !slices.Contains(allowed, o.Result):
		s.Errorf("%s: %q is no result of it", what, o.Result)
	case o.Result == payment.Failed && o.Reason == payment.ReasonNone:
		s.Errorf("%s: failed without a reason: %+v", what, o)
	case o.Result == payment.Held && o.AuthNo == "":
		s.Errorf("%s: held without a number of the channel's", what)
	case !s.happened(o.HeldAt):
		s.Errorf("%s: held at %s, which is not now", what, o.HeldAt)
	case o.Known && o.Result != payment.Held && o.Result != payment.Released:
		s.Errorf("%s: %s, and the sums are known", what, o.Result)
	case o.Known && (o.Rest < 0 || o.Captured < 0 || o.Rest+o.Captured > h.Amount):
		s.Errorf("%s: of %s %s are left and %s taken", what, h.Amount, o.Rest, o.Captured)
	}
}

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

// What a till makes for a deposit.

func (s *holder) askHold(a payment.Amount, scenario int) payment.HoldRequest {
	r := s.askHoldQR(a)
	r.Code, r.Expires = s.code(s.wallet, scenario), 0
	return r
}

func (s *holder) askHoldQR(a payment.Amount) payment.HoldRequest {
	no := s.number()
	return payment.HoldRequest{
		Hold:    payment.Hold{OutOrderNo: no, RequestNo: no + "H001", Amount: a, Wallet: s.wallet},
		Subject: "1203 房押金 " + subject, ReceiptNo: receipt, Operator: operator, Expires: s.HoldPolicy().QRTimeout,
	}
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

// keep writes down what the channel told, as a ledger does.
func keep(h payment.Hold, o payment.HoldOutcome) payment.Hold {
	if o.AuthNo != "" {
		h.AuthNo = o.AuthNo
	}
	if o.HoldID != "" {
		h.HoldID = o.HoldID
	}
	if o.PayerID != "" {
		h.PayerID = o.PayerID
	}
	return h
}

// deposited is where a deposit ended, and how it got there.
type deposited struct {
	hold    payment.Hold   // with the numbers that the channel gave
	state   payment.Result // Held, Failed, Closed or Released
	last    payment.HoldOutcome
	first   payment.HoldOutcome
	waited  bool
	unknown bool
}

func (d *deposited) heard(o payment.HoldOutcome) {
	d.last, d.hold = o, keep(d.hold, o)
	d.waited = d.waited || o.Result == payment.Waiting
	d.unknown = d.unknown || o.Result == payment.Unknown
}

// settleHold is settle for a deposit.
func (s *holder) settleHold(h payment.Hold, m payment.Method, first payment.HoldOutcome) deposited {
	s.Helper()
	policy := s.HoldPolicy()
	limit, patient := policy.PayTimeout, policy.NoCancel
	if m == payment.MethodQR {
		limit, patient = policy.QRTimeout/2, false
	}
	d := deposited{hold: h, first: first}
	d.heard(first)
	every := max(policy.QueryEvery, time.Second)
	for spent := time.Duration(0); ; {
		switch d.last.Result {
		case payment.Held, payment.Failed, payment.Closed, payment.Released:
			d.state = d.last.Result
		case payment.NotFound:
			if patient && spent > far {
				d.state = payment.Closed
			}
		}
		switch {
		case d.state != "":
			return d
		case spent >= limit && !patient:
			return s.cancelHoldUntilSettled(d)
		case spent >= limit:
			every = time.Hour
		}
		if spent > 2*far {
			s.Errorf("deposit %s never ends: %+v", h.OutOrderNo, d.last)
			return d
		}
		s.pass(every)
		spent += every
		d.heard(s.queryHold(s.Context(), d.hold))
	}
}

func (s *holder) cancelHoldUntilSettled(d deposited) deposited {
	s.Helper()
	policy := s.HoldPolicy()
	s.pass(policy.CancelAfter)
	cancelled := payment.Unknown
	for range 200 {
		if !definite(cancelled) {
			d.heard(s.cancelHold(s.Context(), d.hold))
			cancelled = d.last.Result
		}
		d.heard(s.queryHold(s.Context(), d.hold))
		if d.state = holdVerdict(cancelled, d.last.Result); d.state != "" {
			return d
		}
		if d.last.Result != payment.Unknown {
			cancelled = payment.Unknown
		}
		s.pass(max(policy.CancelEvery, time.Second))
	}
	s.Errorf("deposit %s is never settled: %+v", d.hold.OutOrderNo, d.last)
	return d
}

// holdVerdict is verdict for a deposit.
func holdVerdict(cancelled, truth payment.Result) payment.Result {
	if !definite(cancelled) {
		return ""
	}
	switch truth {
	case payment.Released:
		return payment.Released
	case payment.Closed, payment.NotFound:
		if cancelled == payment.Released {
			if truth == payment.Closed {
				return payment.Released
			}
			return ""
		}
		return payment.Closed
	case payment.Held:
		if cancelled == payment.Failed {
			return payment.Held
		}
	}
	return ""
}

func (s *holder) holdTruth(h payment.Hold) paysim.HoldTruth { return s.sim.Truth().Holds[h.OutOrderNo] }

// settledHold settles a deposit and compares its end with the truth.
func (s *holder) settledHold(h payment.Hold, m payment.Method, first payment.HoldOutcome) deposited {
	s.Helper()
	d := s.settleHold(h, m, first)
	if d.state != payment.Held {
		s.pass(far)
	}
	truth := s.holdTruth(h)
	wrong := ""
	switch {
	case d.state == payment.Held && truth.Rest != h.Amount:
		wrong = "the money is not set aside"
	case d.state == payment.Held && d.hold.AuthNo != truth.AuthNo:
		wrong = "the channel's number is another"
	case d.state == payment.Released && (truth.Held != h.Amount || truth.Released != h.Amount):
		wrong = "it was not set aside and released"
	case (d.state == payment.Failed || d.state == payment.Closed) && truth.Held != 0:
		wrong = "money was set aside"
	case truth.Captured != 0:
		wrong = "money was taken"
	}
	if wrong != "" {
		s.Errorf("deposit %s ended %s: %s: %+v; in truth %+v", h.OutOrderNo, d.state, wrong, d.last, truth)
	}
	return d
}

// held is a deposit that stands.
func (s *holder) held(a payment.Amount) payment.Hold {
	s.Helper()
	r := s.askHold(a, 1)
	d := s.settledHold(r.Hold, payment.MethodCode, s.hold(s.Context(), r))
	if d.state != payment.Held {
		s.Fatalf("a deposit ended %s: %+v", d.state, d.last)
	}
	s.pass(24 * time.Hour) // the guest stays
	return d.hold
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
