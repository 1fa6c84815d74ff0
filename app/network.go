package app

import (
	"slices"
	"sync"

	"frontdesk/payment"
)

// Network is what the last calls tell about the line to the channels.
type Network string

const (
	NetworkUntried  Network = "untried"  // nothing was sent yet
	NetworkGood     Network = "good"     //
	NetworkUnstable Network = "unstable" // the last call had no usable answer
	NetworkDown     Network = "down"     // no connection, several times in a row
)

// downAfter is how many calls in a row must fail before the line counts as down.
const downAfter = 2

type network struct {
	mu      sync.Mutex
	tried   bool
	failed  int
	offline int
}

// heard keeps the result of one call.
func (t *Till) heard(answered, offline bool) {
	t.network.mu.Lock()
	defer t.network.mu.Unlock()
	t.network.tried = true
	switch {
	case answered:
		t.network.failed, t.network.offline = 0, 0
	case offline:
		t.network.failed++
		t.network.offline++
	default:
		t.network.failed++
		t.network.offline = 0
	}
}

// Network is the state of the line as the last calls showed it.
func (t *Till) Network() Network {
	t.network.mu.Lock()
	defer t.network.mu.Unlock()
	switch {
	case !t.network.tried:
		return NetworkUntried
	case t.network.offline >= downAfter:
		return NetworkDown
	case t.network.failed > 0:
		return NetworkUnstable
	}
	return NetworkGood
}

// Channels are the names of the channels that are set up, sorted.
func (t *Till) Channels() []payment.ChannelName {
	var names []payment.ChannelName
	for name := range t.current().channels {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func sortPayments(p []Payment) {
	slices.SortFunc(p, func(a, b Payment) int { return int(a.Tender.ID - b.Tender.ID) })
}
