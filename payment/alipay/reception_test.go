package alipay_test

import (
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// reception is the channel in front of the simulator: the real protocol with
// real signatures, and a truth to compare with.
type reception struct {
	*testing.T
	*alipay.Channel
	sim  *paysim.Sim
	next int64
}

var simKeys = sync.OnceValues(paysim.NewKeys)

func newReception(t *testing.T) *reception {
	t.Helper()
	keys, err := simKeys()
	if err != nil {
		t.Fatal(err)
	}
	sim, err := paysim.New(paysim.Options{Keys: keys, Slow: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	if err := sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	channel, err := alipay.New(alipay.Config{
		AppID: sim.AppID, SellerID: sim.SellerID, Gateway: sim.URL(), Sandbox: true,
		PrivateKey: sim.MerchantPrivateKey, PublicKey: sim.AlipayPublicKey,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.Close)
	return &reception{T: t, Channel: channel, sim: sim}
}

func (r *reception) number() string {
	r.next++
	return payment.NewOrderNo(payment.ReceiptNo(1, r.next), 1, time.Now())
}

// request asks for a deposit of a fresh code that forces the scenario.
func (r *reception) request(amount payment.Amount, scenario int) payment.HoldRequest {
	no := r.number()
	return payment.HoldRequest{
		Hold:    payment.Hold{OutOrderNo: no, RequestNo: no + "H001", Amount: amount},
		Code:    payment.PayCode(r.sim.FreshCode(scenario)),
		Subject: "1203 房押金", ReceiptNo: "01006100", Operator: "小王",
	}
}

// held is a deposit that stands.
func (r *reception) held(amount payment.Amount) payment.Hold {
	r.Helper()
	q := r.request(amount, 1)
	out := r.Hold(r.Context(), q)
	if out.Result != payment.Held {
		r.Fatalf("%+v", out)
	}
	return keep(q.Hold, out)
}

// keep writes down what the channel told, as a ledger does.
func keep(h payment.Hold, out payment.HoldOutcome) payment.Hold {
	if out.AuthNo != "" {
		h.AuthNo = out.AuthNo
	}
	if out.HoldID != "" {
		h.HoldID = out.HoldID
	}
	if out.PayerID != "" {
		h.PayerID = out.PayerID
	}
	return h
}

// settle asks until nothing is open: a few queries, then cancels.
func (r *reception) settle(h payment.Hold, out payment.HoldOutcome) payment.HoldOutcome {
	r.Helper()
	for n := 0; out.Result == payment.Waiting || out.Result == payment.Unknown; n++ {
		switch {
		case n > 60:
			r.Fatalf("never settled: %+v", out)
		case n < 4:
			out = r.QueryHold(r.Context(), h)
		default:
			out = r.CancelHold(r.Context(), h)
		}
		if out.Result == payment.NotFound { // it may not have arrived yet; here nothing is late
			if again := r.QueryHold(r.Context(), h); again.Result != payment.Unknown {
				out = again
			}
		}
		if out.Result == payment.Failed { // it will not be cancelled, so it stands or is gone
			out = r.QueryHold(r.Context(), h)
		}
	}
	return out
}

// finish repeats a step until the channel says what became of it, as a till
// does that was started again and again.
func (r *reception) finish(ask, query func() payment.StepOutcome) payment.StepOutcome {
	r.Helper()
	out := ask()
	for n := 0; !out.State.Final(); n++ {
		if n > 60 {
			r.Fatalf("never settled: %+v", out)
		}
		if out = query(); !out.State.Final() && !out.Found {
			out = ask()
		}
	}
	return out
}

func (r *reception) capture(q payment.CaptureRequest) payment.StepOutcome {
	return r.finish(func() payment.StepOutcome { return r.Capture(r.Context(), q) }, func() payment.StepOutcome { return r.QueryCapture(r.Context(), q) })
}

func (r *reception) release(q payment.ReleaseRequest) payment.StepOutcome {
	return r.finish(func() payment.StepOutcome { return r.Release(r.Context(), q) }, func() payment.StepOutcome { return r.QueryRelease(r.Context(), q) })
}

func (r *reception) truth(h payment.Hold) paysim.HoldTruth { return r.sim.Truth().Holds[h.OutOrderNo] }
