package deposits

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
)

// filter is what the list shows.
type filter struct {
	choice int // index of choices
	text   string
}

// choices are what can be chosen: all that is held, everything, or one state.
var choices = []struct {
	word string // of its words
	held bool
	data.DepositState
}{
	{"deposit.filter.held", true, ""},
	{"deposit.filter.all", false, ""},
	{"badge.unknown", false, data.DepositUnknown},
	{"badge.captured", false, data.DepositCaptured},
	{"badge.released", false, data.DepositReleased},
	{"badge.failed", false, data.DepositFailed},
	{"badge.closed", false, data.DepositClosed},
}

const (
	showHeld = iota
	showAll
)

// query is the filter in the ledger's terms.
func (f filter) query() data.DepositFilter {
	c := choices[f.choice]
	return data.DepositFilter{Held: c.held, State: c.DepositState, Text: strings.TrimSpace(f.text), OldestFirst: c.held}
}

// figure is what the sums of the filter come to.
func (f filter) figure(s data.DepositSums) payment.Amount {
	switch choices[f.choice].DepositState {
	case data.DepositCaptured:
		return s.Captured
	case data.DepositReleased:
		return s.Released
	}
	return s.Left
}
