package wiretest

import (
	"testing"

	"frontdesk/payment"
)

// RefusesOrders asks for orders that cannot be: without a number, with one of
// these numbers, and for sums that nobody can pay. pay is a request that is right.
// A payment and a QR have failed, because nothing was sent; a query and a cancel
// have learned nothing. The channel's test sees to it that nothing is sent.
func RefusesOrders(t testing.TB, c payment.Channel, pay payment.PayRequest, numbers ...string) {
	t.Helper()
	var orders []payment.Order
	for _, number := range append(numbers, "") {
		o := pay.Order
		o.OutTradeNo = number
		orders = append(orders, o)
	}
	for _, sum := range []payment.Amount{0, -1, payment.MaxAmount + 1} {
		o := pay.Order
		o.Amount = sum
		orders = append(orders, o)
	}
	for _, o := range orders {
		qr, shown := c.ShowQR(t.Context(), payment.QRRequest{Order: o, Subject: pay.Subject})
		for how, out := range map[string]payment.Outcome{"pay": c.Pay(t.Context(), payment.PayRequest{Order: o, Code: pay.Code, Subject: pay.Subject}), "QR": shown} {
			if out.Result != payment.Failed || out.Reason != payment.ReasonRequest || out.Detail == nil || qr != "" {
				t.Errorf("%s, %+v: %q %+v", how, o, qr, out)
			}
		}
		for how, out := range map[string]payment.Outcome{"query": c.Query(t.Context(), o), "cancel": c.Cancel(t.Context(), o)} {
			if out.Result != payment.Unknown || out.Detail == nil {
				t.Errorf("%s, %+v: %+v", how, o, out)
			}
		}
	}
	pay.Code = ""
	if out := c.Pay(t.Context(), pay); out.Result != payment.Failed || out.Reason != payment.ReasonCodeInvalid {
		t.Errorf("no code: %+v", out)
	}
}

// RefusesRefunds is RefusesOrders for refunds: good is one that is right.
func RefusesRefunds(t testing.TB, c payment.Channel, good payment.RefundRequest, numbers ...string) {
	t.Helper()
	unknown := good
	unknown.OutTradeNo = ""
	refunds := []payment.RefundRequest{unknown}
	for _, number := range append(numbers, "") {
		r := good
		r.RequestNo = number
		refunds = append(refunds, r)
	}
	for _, sum := range []payment.Amount{0, -1, good.Amount + 1} {
		r := good
		r.Refund = sum
		refunds = append(refunds, r)
	}
	for _, r := range refunds {
		if out := c.Refund(t.Context(), r); out.State != payment.RefundRefused || out.Reason != payment.ReasonRequest || out.Detail == nil {
			t.Errorf("refund %+v: %+v", r, out)
		}
		if out := c.QueryRefund(t.Context(), r); out.State != payment.RefundUnknown || out.Found || out.Detail == nil {
			t.Errorf("query of the refund %+v: %+v", r, out)
		}
	}
}

// RefusesCapture and RefusesRelease are for steps that cannot be: they are
// refused, because nothing was sent, and their query has learned nothing.
func RefusesCapture(t testing.TB, name string, h payment.Holder, r payment.CaptureRequest) {
	t.Helper()
	refusesStep(t, "capture, "+name, h.Capture(t.Context(), r), h.QueryCapture(t.Context(), r))
}

// RefusesRelease is RefusesCapture for a release.
func RefusesRelease(t testing.TB, name string, h payment.Holder, r payment.ReleaseRequest) {
	t.Helper()
	refusesStep(t, "release, "+name, h.Release(t.Context(), r), h.QueryRelease(t.Context(), r))
}

func refusesStep(t testing.TB, name string, out, query payment.StepOutcome) {
	t.Helper()
	if out.State != payment.RefundRefused || out.Reason != payment.ReasonRequest || out.Detail == nil {
		t.Errorf("%s: %+v", name, out)
	}
	if query.State != payment.RefundUnknown || query.Found || query.Detail == nil {
		t.Errorf("query of the %s: %+v", name, query)
	}
}
