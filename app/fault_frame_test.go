package app_test

import (
	"strings"
	"testing"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// everyFault runs f for each kind of fault on every way that has this call. f
// brings the till to the call, and calls broken before it: the next one of that
// kind then breaks. All faults of a way happen to one till, one after the other.
func everyFault(t *testing.T, of call, p pace, f func(w *world, kind paysim.FaultKind, broken func())) {
	waysThat(t, func(on way) bool { return on.has(of) }, func(t *testing.T, on way) {
		w := newWorld(t, on, p, paysim.Options{})
		for _, kind := range paysim.FaultKinds {
			w.part(string(kind), func() {
				f(w, kind, func() {
					fault := on.noes[of].fault
					fault.Kind = kind
					w.faultOnce(of, fault)
				})
				w.sim.SetFault(nil)
			})
		}
		w.audit()
	})
}

// has reports whether the till can come to this call.
func (on way) has(of call) bool {
	_, there := on.calls[of]
	switch {
	case !there:
		return false
	case of == callHoldQR:
		return on.holds.QR
	case strings.HasPrefix(string(of), "hold"), strings.HasPrefix(string(of), "capture"), strings.HasPrefix(string(of), "release"), of == callGiveBack, of == callGivenBack:
		return on.holds.Holds
	}
	return true
}

// noTo is a definite no to what the simulator calls so.
func (on way) noTo(method string) paysim.Fault {
	for of, name := range on.calls {
		if name == method {
			return on.noes[of].fault
		}
	}
	return paysim.Fault{}
}

// arrives reports whether a call with this fault was carried out.
func arrives(kind paysim.FaultKind) bool {
	switch kind {
	case paysim.ResetBefore, paysim.ErrorBefore, paysim.Refused:
		return false
	}
	return true
}

// afterSending is how a request for money ends that was broken in that way: a no
// is a no, what arrived is paid, and what did not is lost.
func (on way) afterSending(of call, kind paysim.FaultKind) ending {
	switch {
	case kind == paysim.Refused:
		return on.refused(of)
	case !arrives(kind):
		return lost
	}
	return ending{state: payment.StatePaid, seen: app.PhaseUnknown}
}

// afterAskingForQR is how a QR ends that nobody scans, and whether it is shown,
// after the request for it broke. Only Alipay's answer names the order, so that of
// another one is told from ours.
func (on way) afterAskingForQR(of call, kind paysim.FaultKind) (e ending, shown bool) {
	switch {
	case kind == paysim.Refused:
		return on.refused(of), false
	case kind == paysim.OtherOrder && on.channel != payment.Alipay:
		return ending{state: payment.StateClosed, reason: payment.ReasonTimeout}, true
	}
	return lost, false
}

// afterAsking is how a payment ends that the payer confirms, although a question
// about it broke. What only reads is asked again by the HTTP client itself when a
// connection breaks, so the till may not even know.
func (on way) afterAsking(kind paysim.FaultKind) ending {
	e := ending{state: payment.StatePaid, seen: app.PhaseUnknown}
	if on.channel == payment.WeChat && (kind == paysim.ResetBefore || kind == paysim.ResetAfter) {
		e.seen = ""
	}
	return e
}
