package payment

// State is where a tender, one attempt to pay through one channel, stands.
// A refund is a sum beside it, not a state.
type State string

const (
	StateCreated  State = "created"  // committed to the ledger, not sent yet; after a restart it counts as unknown
	StatePending  State = "pending"  // sent; the channel knows of it or the payer is being asked
	StateUnknown  State = "unknown"  // sent, and nobody here knows what became of it
	StatePaid     State = "paid"     // the channel confirmed the money
	StateFailed   State = "failed"   // the channel said no; no money moved
	StateClosed   State = "closed"   // cancelled or expired; the channel confirmed that no money moved
	StateReversed State = "reversed" // had been paid, and the cancel gave it back
)

// States lists every state in the order of a tender's life.
var States = []State{StateCreated, StatePending, StateUnknown, StatePaid, StateFailed, StateClosed, StateReversed}

// Final reports whether the tender needs no more asking.
func (s State) Final() bool {
	switch s {
	case StatePaid, StateFailed, StateClosed, StateReversed:
		return true
	}
	return false
}

// Open reports whether the tender's money is not settled yet.
func (s State) Open() bool { return s == StateCreated || s == StatePending || s == StateUnknown }

// CanBecome reports whether a tender in s may move to next.
//
// Two moves leave a final state, and both are shown to the cashier: money that
// arrives after the channel had said no (failed or closed to paid), and money
// that the channel took back after it had said yes (paid to reversed). A
// reversed tender never moves again.
func (s State) CanBecome(next State) bool {
	switch s {
	case StateCreated:
		return next == StatePending || next == StateUnknown || next.Final()
	case StatePending:
		return next == StateUnknown || next.Final()
	case StateUnknown:
		return next == StatePending || next.Final()
	case StateFailed, StateClosed:
		return next == StatePaid || next == StateReversed
	case StatePaid:
		return next == StateReversed
	}
	return false
}

// RefundState is where one refund stands.
type RefundState string

const (
	RefundCreated RefundState = "created" // committed, not sent yet; after a restart it counts as unknown
	RefundUnknown RefundState = "unknown" // sent; asked again with the same request number until known
	RefundDone    RefundState = "done"    // the channel confirmed that the money went back
	RefundRefused RefundState = "refused" // the channel said no; no money moved
)

// Final reports whether the refund needs no more asking.
func (s RefundState) Final() bool { return s == RefundDone || s == RefundRefused }

// CanBecome reports whether a refund in s may move to next. A refund that the
// channel refused may still turn out to be done: the first answer may have
// been about a request that an earlier one had already carried out.
func (s RefundState) CanBecome(next RefundState) bool {
	switch s {
	case RefundCreated:
		return next == RefundUnknown || next.Final()
	case RefundUnknown:
		return next.Final()
	case RefundRefused:
		return next == RefundDone
	}
	return false
}
