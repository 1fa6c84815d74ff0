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

// network keeps the line to each channel, and to all of them together.
type network struct {
	mu   sync.Mutex
	all  calls
	each map[payment.ChannelName]calls
}

// calls is what the last ones told.
type calls struct {
	tried   bool
	failed  int // in a row
	offline int // in a row
}

func (c calls) after(answered, offline bool) calls {
	c.tried = true
	switch {
	case answered:
		c.failed, c.offline = 0, 0
	case offline:
		c.failed++
		c.offline++
	default:
		c.failed++
		c.offline = 0
	}
	return c
}

func (c calls) state() Network {
	switch {
	case !c.tried:
		return NetworkUntried
	case c.offline >= downAfter:
		return NetworkDown
	case c.failed > 0:
		return NetworkUnstable
	}
	return NetworkGood
}

// heard keeps the result of one call.
func (t *Till) heard(channel payment.ChannelName, answered, offline bool) {
	n := &t.network
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.each == nil {
		n.each = map[payment.ChannelName]calls{}
	}
	n.all = n.all.after(answered, offline)
	n.each[channel] = n.each[channel].after(answered, offline)
}

// Network is the state of the line as the last calls showed it.
func (t *Till) Network() Network {
	t.network.mu.Lock()
	defer t.network.mu.Unlock()
	return t.network.all.state()
}

// NetworkOf is the state of the line to one channel.
func (t *Till) NetworkOf(channel payment.ChannelName) Network {
	t.network.mu.Lock()
	defer t.network.mu.Unlock()
	return t.network.each[channel].state()
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
