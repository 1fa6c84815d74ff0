package channeltest

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"frontdesk/payment/paysim"
)

// testFaults breaks each request of every call in every way that the wire knows.
// What the call says then is not a yes that nobody could know, and whatever was
// begun ends as it is in truth.
func testFaults(t *testing.T, b Bench) {
	eachAct(t, b, func(s *stage, a act) {
		requests := s.undisturbed(a)
		if a.kind == asks {
			a = a.kept()
		}
		for _, kind := range b.Faults {
			for n := range requests {
				s.sub(fmt.Sprintf("%s %d", kind, n+1), func() { s.broken(a, kind, n) })
			}
		}
	})
}

// sub is a subtest on the same stage.
func (s *stage) sub(name string, f func()) {
	whole := s.T
	whole.Run(name, func(t *testing.T) {
		s.T = t
		defer func() { s.T = whole }()
		f()
	})
}

// undisturbed makes the call with nothing in its way and says how many requests
// it took.
func (s *stage) undisturbed(a act) (requests int) {
	s.Helper()
	t := a.make()
	var said string
	requests = s.wire.count(func() { said = t.call(s.Context()) })
	if said != a.yes && said != waitingWord {
		s.Errorf("%s said %s, want %s", a.name, said, a.yes)
	}
	if requests == 0 {
		s.Errorf("%s sent nothing", a.name)
	}
	t.end()
	return requests
}

// broken makes the call with its n-th request broken.
func (s *stage) broken(a act, kind paysim.FaultKind, n int) {
	s.Helper()
	t := a.make()
	asked := s.breakRequest(kind, n)
	var said string
	s.wire.count(func() { said = t.call(s.Context()) })
	seen := asked()
	switch {
	case len(seen) <= n:
		s.Errorf("%s did not come to its request %d", a.name, n+1)
	case kind == paysim.ResetAfter && s.wire.verb(n) != http.MethodGet && slices.Contains(seen[n+1:], seen[n]):
		// The moment at which HTTP clients send again by themselves: what only
		// reads may be, and nothing else.
		s.Errorf("%s sent %s again by itself: %q", a.name, seen[n], seen)
	case len(seen) > n+1: // it asked once more, so it may know
	case kind == paysim.Refused:
		if said == a.yes {
			s.Errorf("%s said %s, though it was refused", a.name, said)
		}
	case kind == paysim.OtherOrder && said == a.yes && t.own != nil && t.own():
		// The wire names no order here, so the answer was in order.
	case n > 0 && said == waitingWord: // the answer before it said so
	case said != "unknown":
		s.Errorf("%s said %s after %s", a.name, said, kind)
	}
	t.end()
}

// breakRequest breaks the n-th request from here on. asked ends that, and is the
// methods of the wire that were asked meanwhile.
func (s *stage) breakRequest(kind paysim.FaultKind, n int) (asked func() []string) {
	var mu sync.Mutex
	var seen []string
	s.sim.SetFault(func(method string, _ int) paysim.Fault {
		mu.Lock()
		defer mu.Unlock()
		switch seen = append(seen, method); {
		case len(seen) != n+1:
			return paysim.Fault{}
		case kind != paysim.Refused:
			return paysim.Fault{Kind: kind}
		}
		f := s.bench.Refusal(method)
		f.Kind = kind
		return f
	})
	return func() []string {
		s.sim.SetFault(nil)
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(seen)
	}
}
