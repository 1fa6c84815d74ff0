package channeltest

import (
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// expected is how one scenario of the simulator has to end.
type expected struct {
	state   payment.State
	reason  payment.Reason // of Failed, where the channel can tell; else it is ReasonOther
	unknown bool           // Pay itself has to be Unknown
	waits   bool           // the payer has to be waited for on the way
}

// byCode is what a scanned code ends in at a channel.
func byCode(c payment.ChannelName, n int) expected { return ends(n, paysim.KeptAt(c, n, false)) }

// byQR is what a QR ends in.
func byQR(c payment.ChannelName, n int) expected { return ends(n, paysim.KeptAt(c, n, true)) }

// ends is what a scenario ends in; kept is what the simulator says of it. It is
// asked only for money that lands in the moment of a cancel, which some channels
// give back with it and others keep.
func ends(n int, kept bool) expected {
	moment := payment.StateReversed
	if kept {
		moment = payment.StatePaid
	}
	return map[int]expected{
		1:  {state: payment.StatePaid},
		2:  {state: payment.StatePaid, waits: true},
		3:  {state: payment.StateClosed, waits: true},
		4:  {state: payment.StateFailed, reason: payment.ReasonBalance},
		5:  {state: payment.StateFailed, reason: payment.ReasonCodeInvalid},
		6:  {state: payment.StatePaid, unknown: true},
		7:  {state: payment.StatePaid, unknown: true},
		8:  {state: payment.StateClosed, unknown: true},
		9:  {state: payment.StatePaid, unknown: true},
		10: {state: payment.StatePaid, unknown: true},
		11: {state: payment.StatePaid},
		12: {state: moment, waits: true},
		13: {state: payment.StateClosed, waits: true},
		14: {state: payment.StatePaid},
	}[n]
}

func (s *stage) expect(what string, want expected, e ending) {
	s.Helper()
	if e.state != want.state {
		s.Errorf("%s ended %s, want %s: %+v", what, e.state, want.state, e.last)
	}
	if want.unknown && e.first.Result != payment.Unknown {
		s.Errorf("%s began %s, though nobody can know: %+v", what, e.first.Result, e.first)
	}
	if want.waits && !e.waited {
		s.Errorf("%s never waited for the payer", what)
	}
	if e.state == payment.StateFailed && want.reason != "" && e.last.Reason != want.reason && e.last.Reason != payment.ReasonOther {
		s.Errorf("%s failed for %q, want %q", what, e.last.Reason, want.reason)
	}
}

// Every code that forces something, for every wallet.
func testCodes(t *testing.T, b Bench) {
	for _, w := range b.Wallets {
		for _, scenario := range paysim.Scenarios {
			t.Run(string(w)+" "+scenario.Key, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, b)
				want := byCode(s.ch.Name(), scenario.Number)
				if want.state == "" {
					t.Fatalf("scenario %d is not in this suite's table", scenario.Number)
				}
				r := s.ask(w, price, scenario.Number)
				e := s.settled(r.Order, payment.MethodCode, s.pay(s.Context(), r))
				s.expect(scenario.Key, want, e)
				if want.waits && !e.asked { // of a QR not every wire tells that
					s.Errorf("%s never said that the payer is asked for a password", scenario.Key)
				}
				if kept := paysim.KeptAt(s.ch.Name(), scenario.Number, false); (e.state == payment.StatePaid) != kept {
					s.Errorf("ended %s, the table says kept: %v", e.state, kept)
				}
				s.once(r, e)
			})
		}
	}
}

// once pays an order that has ended once more, with another code of the same
// payer: no money may move.
func (s *stage) once(r payment.PayRequest, e ending) {
	s.Helper()
	before := s.sim.Truth()
	r.Code = s.code(r.Wallet, 1)
	o := s.pay(s.Context(), r)
	if o.Result == payment.Waiting || (o.Result == payment.Paid) && e.state != payment.StatePaid {
		if before.Orders[r.OutTradeNo].State == "" {
			return // the channel never had it, so to the channel it is new
		}
		s.Errorf("%s, again: %+v", e.state, o)
	}
	if after := s.sim.Truth(); before.Orders[r.OutTradeNo].State != "" && after.Charged != before.Charged {
		s.Errorf("paid a second time: %s after %s", after.Charged, before.Charged)
	}
}

// Every outcome that a phone can have with a QR, and a QR that nobody scans.
func testQRs(t *testing.T, b Bench) {
	if len(b.QRs) == 0 {
		t.Skip("the channel shows no QRs")
	}
	for _, w := range b.QRs {
		for _, scenario := range paysim.Scenarios {
			if !scenario.QR {
				continue
			}
			t.Run(string(w)+" "+scenario.Key, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, b)
				r := s.askQR(w, price)
				text := s.shown(r)
				if err := s.sim.ScanQR(text, scenario.Number); err != nil {
					t.Fatal(err)
				}
				e := s.settled(r.Order, payment.MethodQR, s.query(s.Context(), r.Order))
				s.expect(scenario.Key, byQR(s.ch.Name(), scenario.Number), e)
			})
		}
		t.Run(string(w)+" cancelled unscanned", func(t *testing.T) { t.Parallel(); unscanned(newStage(t, b), w) })
		t.Run(string(w)+" outlived", func(t *testing.T) { t.Parallel(); outlived(newStage(t, b), w) })
	}
}

// shown makes a QR and asks for it once, as nobody has scanned it yet.
func (s *stage) shown(r payment.QRRequest) (text string) {
	s.Helper()
	text, o := s.showQR(s.Context(), r)
	if o.Result != payment.Waiting {
		s.Fatalf("no QR: %+v", o)
	}
	if o := s.query(s.Context(), r.Order); o.Result != payment.NotFound && o.Result != payment.Waiting {
		s.Errorf("a QR that nobody has scanned: %+v", o)
	} else if o.Password {
		s.Error("nobody is asked for a password before a scan")
	}
	return text
}

// A QR that nobody scans is cancelled when its time is over, and cannot be paid
// after that.
func unscanned(s *stage, w payment.Wallet) {
	r := s.askQR(w, price)
	text := s.shown(r)
	e := s.cancelUntilSettled(r.Order, ending{})
	if e.state != payment.StateClosed {
		s.Errorf("ended %s: %+v", e.state, e.last)
	}
	if err := s.sim.ScanQR(text, 1); err == nil {
		s.Error("the QR can still be paid")
	}
	s.compare(r.Order, e)
}

// A till that died cannot cancel: the QR ends by itself.
func outlived(s *stage, w payment.Wallet) {
	r := s.askQR(w, price)
	text := s.shown(r)
	s.pass(r.Expires + time.Minute)
	if err := s.sim.ScanQR(text, 1); err == nil {
		s.Errorf("the QR can still be paid %s after its time", time.Minute)
	}
	if o := s.query(s.Context(), r.Order); o.Result == payment.Paid || o.Result == payment.Reversed {
		s.Errorf("%+v", o)
	}
	if charged := s.sim.Truth().Charged; charged != 0 {
		s.Errorf("charged %s", charged)
	}
}

// An answer about another amount is no answer to the question.
func testOtherOrders(t *testing.T, b Bench) {
	for _, w := range b.Wallets {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, b)
			o := s.paid(w, price, 1)
			for _, other := range []payment.Amount{price + 1, price - 1, price * 100, price / 10} {
				q := o
				q.Amount = other
				if out := s.query(s.Context(), q); out.Result != payment.Unknown {
					s.Errorf("%s were paid, asked for %s: %+v", price, other, out)
				}
			}
			if out := s.query(s.Context(), o); out.Result != payment.Paid {
				s.Errorf("asked rightly: %+v", out)
			}
			nobody := s.order(w, price)
			if out := s.query(s.Context(), nobody); out.Result != payment.NotFound {
				s.Errorf("an order that nobody made: %+v", out)
			}
		})
	}
}
