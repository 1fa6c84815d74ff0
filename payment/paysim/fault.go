package paysim

import (
	"sync"
	"time"
)

// FaultKind is what goes wrong on the way to or from the simulator.
type FaultKind string

const (
	NoFault     FaultKind = ""
	ResetBefore FaultKind = "reset_before" // connection reset, the request was never seen
	ResetAfter  FaultKind = "reset_after"  // carried out, then connection reset
	Garbage     FaultKind = "garbage"      // carried out, answered with bytes that are no JSON
	Truncated   FaultKind = "truncated"    // carried out, half of the answer sent
	ErrorBefore FaultKind = "error_before" // HTTP 500 with a page, not carried out
	ErrorAfter  FaultKind = "error_after"  // HTTP 500 with a page, carried out
	BadGateway  FaultKind = "bad_gateway"  // HTTP 502 with a page, carried out
	WrongKey    FaultKind = "wrong_key"    // carried out, the answer signed with a stranger's key
	Unsigned    FaultKind = "unsigned"     // carried out, the answer without a signature
	OtherOrder  FaultKind = "other_order"  // carried out, answered in order, but about another order number
	Refused     FaultKind = "refused"      // answered in order with Fault.Code and Fault.SubCode, not carried out
)

// FaultKinds lists every fault.
var FaultKinds = []FaultKind{
	ResetBefore, ResetAfter, Garbage, Truncated, ErrorBefore, ErrorAfter, BadGateway, WrongKey, Unsigned, OtherOrder, Refused,
}

// Fault is what happens to one call. The zero value lets it pass.
type Fault struct {
	Kind    FaultKind
	Code    string // for Refused: the gateway's code, such as "40005"; "" is 40004
	SubCode string // for Refused: the reason, such as "ACQ.PAYMENT_REQUEST_HAS_RISK"

	Delay time.Duration // real time from arriving until it is carried out: a request that is late
	Hold  time.Duration // real time from being carried out until the answer: an answer that is late
}

// SetFault lets f decide about every further call: method is the channel's
// name for it, such as "alipay.trade.pay" (empty when the request names none),
// n counts the calls of that method from 1 on. f must be safe for concurrent
// use. nil ends all faults.
func (s *Sim) SetFault(f func(method string, n int) Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.decide, s.faults.count = f, map[string]int{}
}

type faults struct {
	mu     sync.Mutex
	decide func(method string, n int) Fault
	count  map[string]int
}

func (f *faults) next(method string) Fault {
	f.mu.Lock()
	decide := f.decide
	n := 0
	if decide != nil {
		f.count[method]++
		n = f.count[method]
	}
	f.mu.Unlock()
	if decide == nil {
		return Fault{}
	}
	return decide(method, n) // not under the lock: it may set faults itself
}
