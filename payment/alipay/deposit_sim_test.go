package alipay_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// Each pay code that forces something ends as the simulator's table says, and
// what the till believes is what happened.
func TestEveryForcedHoldIsSettled(t *testing.T) {
	r := newReception(t)
	for _, s := range paysim.Scenarios {
		q := r.request(500_00, s.Number)
		first := r.Hold(t.Context(), q)
		out := r.settle(keep(q.Hold, first), first)
		truth := r.truth(q.Hold)
		set := truth.Rest > 0
		if set != s.Kept || set != (out.Result == payment.Held) {
			t.Errorf("code %02d: %s, then %+v; in truth %+v", s.Number, first.Result, out, truth)
		}
		if set && (out.AuthNo != truth.AuthNo || out.PayerID == "" || truth.Rest != 500_00) {
			t.Errorf("code %02d: %+v; in truth %+v", s.Number, out, truth)
		}
		if first.Result == payment.Failed && first.Reason.MayRetry() == false {
			t.Errorf("code %02d cannot be tried again: %s", s.Number, first.Reason)
		}
	}
}

func TestADepositByQR(t *testing.T) {
	for _, s := range paysim.Scenarios {
		if !s.QR {
			continue
		}
		r := newReception(t)
		q := r.request(500_00, 0)
		qr, shown := r.HoldQR(t.Context(), q)
		if shown.Result != payment.Waiting || qr == "" {
			t.Fatalf("%+v", shown)
		}
		if out := r.QueryHold(t.Context(), q.Hold); out.Result != payment.NotFound {
			t.Errorf("before the scan: %+v", out)
		}
		if err := r.sim.ScanQR(qr, s.Number); err != nil {
			t.Fatal(err)
		}
		first := r.QueryHold(t.Context(), q.Hold)
		out := r.settle(keep(q.Hold, first), first)
		if truth := r.truth(q.Hold); (truth.Rest > 0) != s.Kept || s.Kept != (out.Result == payment.Held) {
			t.Errorf("scenario %d: %+v; in truth %+v", s.Number, out, truth)
		}
	}

	// Nobody scans: the cancel has nothing to end, and the QR ends by itself.
	r := newReception(t)
	q := r.request(500_00, 0)
	qr, _ := r.HoldQR(t.Context(), q)
	if out := r.CancelHold(t.Context(), q.Hold); out.Result != payment.NotFound {
		t.Errorf("cancel of a QR that nobody scanned: %+v", out)
	}
	if err := r.sim.ScanQR(qr, 1); err == nil {
		t.Error("the QR can still be used")
	}
}

// From the arrival to the next guest: hold, look it up days later, charge, give
// the rest back, and refund a part of what was charged.
func TestAGuestsStay(t *testing.T) {
	r := newReception(t)
	h := r.held(500_00)

	minibar := payment.CaptureRequest{Hold: h, OutTradeNo: r.number(), Capture: 38_00, Subject: "minibar"}
	if out := r.capture(minibar); out.State != payment.RefundDone || out.TradeNo == "" {
		t.Fatalf("the first capture: %+v", out)
	}
	found := r.QueryHold(t.Context(), h)
	if found.Result != payment.Held || !found.Known || found.Rest != 462_00 || found.Captured != 38_00 {
		t.Errorf("between: %+v", found)
	}
	part := payment.ReleaseRequest{Hold: h, ReleaseNo: r.number() + "R001", Release: 62_00, Reason: "one night less"}
	if out := r.release(part); out.State != payment.RefundDone {
		t.Errorf("a part: %+v", out)
	}
	room := payment.CaptureRequest{Hold: h, OutTradeNo: r.number(), Capture: 300_00, ReleaseRest: true, Subject: "room"}
	if out := r.capture(room); out.State != payment.RefundDone {
		t.Errorf("the second capture: %+v", out)
	}
	gone := r.QueryHold(t.Context(), h)
	if gone.Result != payment.Held || gone.Rest != 0 || gone.Captured != 338_00 {
		t.Errorf("after: %+v", gone)
	}

	refund := payment.RefundRequest{Order: payment.Order{OutTradeNo: room.OutTradeNo, Amount: room.Capture}, RequestNo: payment.NewRequestNo(room.OutTradeNo, 1), Refund: 20_00}
	if out := r.Refund(t.Context(), refund); out.State != payment.RefundDone {
		t.Errorf("refund: %+v", out)
	}
	truth := r.truth(h)
	if truth.Captured != 338_00 || truth.Released != 162_00 || truth.Rest != 0 || r.sim.Truth().Refunded != 20_00 {
		t.Errorf("in truth %+v", truth)
	}

	// All of it once more: nothing moves, and nothing is refused.
	if out := r.Capture(t.Context(), room); out.State != payment.RefundDone {
		t.Errorf("the capture again: %+v", out)
	}
	if out := r.Release(t.Context(), part); out.State != payment.RefundDone {
		t.Errorf("the release again: %+v", out)
	}
	if again := r.truth(h); again.Captured != truth.Captured || again.Released != truth.Released {
		t.Errorf("in truth %+v, before %+v", again, truth)
	}
	// And what cannot be is refused, with a sentence.
	late := payment.CaptureRequest{Hold: h, OutTradeNo: r.number(), Capture: 1_00}
	if out := r.Capture(t.Context(), late); out.State != payment.RefundRefused || out.Reason != payment.ReasonHoldClosed {
		t.Errorf("a late capture: %+v", out)
	}
	other := r.held(100_00)
	much := payment.ReleaseRequest{Hold: other, ReleaseNo: r.number() + "R001", Release: 100_00}
	r.capture(payment.CaptureRequest{Hold: other, OutTradeNo: r.number(), Capture: 10_00})
	if out := r.Release(t.Context(), much); out.State != payment.RefundRefused || out.Reason != payment.ReasonHoldTooMuch {
		t.Errorf("too much: %+v", out)
	}
	if out := r.CancelHold(t.Context(), other); out.Result != payment.Failed || out.Reason != payment.ReasonHoldTooMuch {
		t.Errorf("cancel after a capture: %+v", out)
	}
}

func TestEveryForcedStepIsSettled(t *testing.T) {
	r := newReception(t)
	for _, s := range paysim.CaptureCases {
		h := r.held(500_00)
		q := payment.CaptureRequest{Hold: h, OutTradeNo: r.number(), Capture: 100_00 + payment.Amount(s.Digit), ReleaseRest: s.Digit%2 == 1}
		out := r.capture(q)
		truth := r.truth(h)
		if (out.State == payment.RefundDone) != (truth.Captures[q.OutTradeNo] == q.Capture) || (s.Done && out.State != payment.RefundDone) {
			t.Errorf("capture %d: %+v; in truth %+v", s.Digit, out, truth)
		}
	}
	for _, s := range paysim.ReleaseCases {
		for _, amount := range []payment.Amount{100_00, 500_00 - 10} { // a part, and as good as all
			h := r.held(amount + 10)
			q := payment.ReleaseRequest{Hold: h, ReleaseNo: r.number() + "R001", Release: amount + payment.Amount(s.Digit)}
			out := r.release(q)
			truth := r.truth(h)
			if (out.State == payment.RefundDone) != (truth.Releases[q.ReleaseNo] == q.Release) || (s.Done && out.State != payment.RefundDone) {
				t.Errorf("release %d: %+v; in truth %+v", s.Digit, out, truth)
			}
		}
	}
}

// A hundred guests over a bad line: every call may break on its way there or
// back, or be answered by somebody else. In the end what the till believes of
// each deposit is the truth, to the fen.
func TestABadLineNeverMakesALie(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := newReception(t)
			var mu sync.Mutex
			dice := rand.New(rand.NewPCG(seed, 20261121))
			roll := func(n int) int { mu.Lock(); defer mu.Unlock(); return dice.IntN(n) }
			r.sim.SetFault(func(method string, _ int) paysim.Fault {
				if roll(3) > 0 {
					return paysim.Fault{}
				}
				kind := paysim.FaultKinds[roll(len(paysim.FaultKinds))]
				sub := "MOON_IS_FULL"
				if method == methodTradePay || method == methodTradeFind {
					sub = "ACQ.MOON_IS_FULL"
				}
				return paysim.Fault{Kind: kind, SubCode: sub}
			})
			for range 25 {
				r.guest(roll)
			}
		})
	}
}

// guest takes one deposit and does what comes to mind with it.
func (r *reception) guest(roll func(int) int) {
	r.Helper()
	q := r.request(payment.Amount(100_00+roll(400_00)), []int{1, 1, 1, 2, 6, 7, 9, 12}[roll(8)])
	first := r.Hold(r.Context(), q)
	out := r.settle(keep(q.Hold, first), first)
	h, truth := keep(q.Hold, out), r.truth(q.Hold)
	if (out.Result == payment.Held) != (truth.Rest > 0) {
		r.Errorf("%s: %+v; in truth %+v", h.OutOrderNo, out, truth)
	}
	if out.Result != payment.Held {
		return
	}
	var captured, released payment.Amount
	for rest := h.Amount; rest > 0 && roll(5) > 0; rest = h.Amount - captured - released {
		part := payment.Amount(1 + roll(int(rest)))
		if roll(2) == 0 {
			c := payment.CaptureRequest{Hold: h, OutTradeNo: r.number(), Capture: part, ReleaseRest: roll(3) == 0}
			if r.capture(c).State == payment.RefundDone {
				captured += part
				if c.ReleaseRest {
					released = h.Amount - captured
				}
			}
			continue
		}
		if r.release(payment.ReleaseRequest{Hold: h, ReleaseNo: r.number() + "R001", Release: part}).State == payment.RefundDone {
			released += part
		}
	}
	truth = r.truth(h)
	if truth.Captured != captured || truth.Released != released {
		r.Errorf("%s: the till believes %s captured and %s released; in truth %+v", h.OutOrderNo, captured, released, truth)
	}
	for range 60 {
		if out = r.QueryHold(r.Context(), h); out.Result != payment.Unknown {
			break
		}
	}
	wasReleased := captured == 0 && released == h.Amount
	if (out.Result == payment.Released) != wasReleased || !out.Known || out.Captured != captured || out.Rest != h.Amount-captured-released {
		r.Errorf("%s: %+v; in truth %+v", h.OutOrderNo, out, truth)
	}
}
