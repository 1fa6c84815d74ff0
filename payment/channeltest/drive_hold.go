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
