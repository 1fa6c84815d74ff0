package channeltest

import (
	"context"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// acts are all calls about deposits.
func (s *holder) acts() []act {
	all := []act{
		{"Hold", string(payment.Held), s.tryHold, once},
		{"QueryHold", string(payment.Held), func() try { return s.tryQueryHold(1) }, asks},
		{"QueryHold of one that waits", string(payment.Waiting), func() try { return s.tryQueryHold(2) }, once},
		{"Capture", string(payment.RefundDone), s.tryCapture, repeats},
		{"QueryCapture", string(payment.RefundDone), s.tryQueryCapture, asks},
		{"Release", string(payment.RefundDone), s.tryRelease, repeats},
		{"QueryRelease", string(payment.RefundDone), s.tryQueryRelease, asks},
		{"RefundCapture", string(payment.RefundDone), s.tryRefundCapture, repeats},
		{"QueryCaptureRefund", string(payment.RefundDone), s.tryQueryCaptureRefund, asks},
	}
	if s.rules.QR {
		all = append(all, act{"HoldQR", string(payment.Waiting), s.tryHoldQR, once})
	}
	if !s.HoldPolicy().NoCancel {
		all = append(all,
			act{"CancelHold", string(payment.Closed), func() try { return s.tryCancelHold(3) }, repeats},
			act{"CancelHold in the moment of the hold", string(payment.Released), func() try { return s.tryCancelHold(12) }, repeats})
	}
	return all
}

func (s *holder) tryHold() try {
	r := s.askHold(deposit, 1)
	var first payment.HoldOutcome
	return try{
		call: func(ctx context.Context) string { first = s.hold(ctx, r); return string(first.Result) },
		end:  func() { s.settledHold(r.Hold, payment.MethodCode, first) },
	}
}

func (s *holder) tryHoldQR() try {
	r := s.askHoldQR(deposit)
	var first payment.HoldOutcome
	var text string
	return try{
		call: func(ctx context.Context) string { text, first = s.holdQR(ctx, r); return string(first.Result) },
		own:  func() bool { return s.sim.ScanQR(text, 3) == nil && s.holdTruth(r.Hold).State == paysim.Waiting },
		end: func() {
			if first.Result == payment.Failed {
				return
			}
			if d := s.cancelHoldUntilSettled(deposited{hold: r.Hold}); d.state != payment.Closed {
				s.Errorf("a QR that nobody scanned ended %s: %+v", d.state, d.last)
			}
		},
	}
}

func (s *holder) tryQueryHold(scenario int) try {
	r := s.askHold(deposit, scenario)
	first := s.hold(s.Context(), r)
	h := keep(r.Hold, first)
	return try{
		call: func(ctx context.Context) string { first = s.queryHold(ctx, h); return string(first.Result) },
		end: func() {
			if d := s.settledHold(h, payment.MethodCode, first); d.state != payment.Held {
				s.Errorf("ended %s: %+v", d.state, d.last)
			}
		},
	}
}

func (s *holder) tryCancelHold(scenario int) try {
	r := s.askHold(deposit, scenario)
	h := keep(r.Hold, s.hold(s.Context(), r))
	s.pass(s.HoldPolicy().CancelAfter)
	return try{
		call: func(ctx context.Context) string { return string(s.cancelHold(ctx, h).Result) },
		end: func() {
			d := s.cancelHoldUntilSettled(deposited{hold: h})
			if rest := s.holdTruth(h).Rest; rest != 0 || d.state == payment.Held {
				s.Errorf("ended %s with %s set aside: %+v", d.state, rest, d.last)
			}
		},
	}
}

func (s *holder) tryCapture() try {
	r := s.askCapture(s.held(deposit), 120_00, true)
	var first payment.StepOutcome
	return try{
		call: func(ctx context.Context) string {
			first = s.capture(ctx, r)
			return stateWord(first.State, first.Waiting)
		},
		end: func() { s.captured(&account{}, r, first) },
	}
}

func (s *holder) tryQueryCapture() try {
	r := s.askCapture(s.held(deposit), 120_00, true)
	s.captured(&account{}, r, s.capture(s.Context(), r))
	var out payment.StepOutcome
	return try{
		call: func(ctx context.Context) string {
			out = s.queryCapture(ctx, r)
			return stateWord(out.State, out.Waiting)
		},
		end: func() {
			if out = s.captured(&account{}, r, out); out.State != payment.RefundDone {
				s.Errorf("ended %s: %+v", out.State, out)
			}
		},
	}
}

func (s *holder) tryRelease() try {
	r := askRelease(s.held(deposit), 1, deposit)
	var first payment.StepOutcome
	return try{
		call: func(ctx context.Context) string {
			first = s.release(ctx, r)
			return stateWord(first.State, first.Waiting)
		},
		end: func() { s.released(&account{}, r, first) },
	}
}

func (s *holder) tryQueryRelease() try {
	r := askRelease(s.held(deposit), 1, deposit)
	s.released(&account{}, r, s.release(s.Context(), r))
	var out payment.StepOutcome
	return try{
		call: func(ctx context.Context) string {
			out = s.queryRelease(ctx, r)
			return stateWord(out.State, out.Waiting)
		},
		end: func() {
			if out = s.released(&account{}, r, out); out.State != payment.RefundDone {
				s.Errorf("ended %s: %+v", out.State, out)
			}
		},
	}
}

// taken is a capture that was carried out, ready to be refunded.
func (s *holder) taken() (payment.CaptureRequest, payment.CaptureRefundRequest) {
	c := s.askCapture(s.held(deposit), 120_00, true)
	o := s.captured(&account{}, c, s.capture(s.Context(), c))
	return c, giveBackOf(c, o.TradeNo, 1, 20_00)
}

func (s *holder) tryRefundCapture() try {
	c, r := s.taken()
	var first payment.RefundOutcome
	return try{
		call: func(ctx context.Context) string {
			first = s.refundCapture(ctx, r)
			return stateWord(first.State, first.Waiting)
		},
		end: func() { s.refundedCapture(c, r, first) },
	}
}

func (s *holder) tryQueryCaptureRefund() try {
	c, r := s.taken()
	s.refundedCapture(c, r, s.refundCapture(s.Context(), r))
	var out payment.RefundOutcome
	return try{
		call: func(ctx context.Context) string {
			out = s.queryCaptureRefund(ctx, r)
			return stateWord(out.State, out.Waiting)
		},
		end: func() {
			if out = s.refundedCapture(c, r, out); out.State != payment.RefundDone {
				s.Errorf("ended %s: %+v", out.State, out)
			}
		},
	}
}
