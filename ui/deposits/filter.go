package deposits

import (
	"strings"
	"time"

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

// query is the filter in the ledger's terms. A day in the search field is the
// day on which deposits were taken; anything else is searched for.
func (f filter) query(today data.Day) data.DepositFilter {
	c := choices[f.choice]
	q := data.DepositFilter{Held: c.held, State: c.DepositState, OldestFirst: c.held}
	text := strings.TrimSpace(f.text)
	if day, ok := dayOf(text, today); ok {
		q.From, q.To = day, day
	} else {
		q.Text = text
	}
	return q
}

// oldestFirst reports in which order the list stands.
func (f filter) oldestFirst() bool { return choices[f.choice].held }

// dayOf reads a day as people type it: "2026-11-19", or "11-19" for the last
// one that has been.
func dayOf(text string, today data.Day) (data.Day, bool) {
	if _, err := time.Parse("2006-01-02", text); err == nil {
		return data.Day(text), true
	}
	if _, err := time.Parse("01-02", text); err != nil || len(today) != len("2006-01-02") {
		return "", false
	}
	if text > string(today[5:]) {
		last, err := time.Parse("2006", string(today[:4]))
		if err != nil {
			return "", false
		}
		return data.Day(last.AddDate(-1, 0, 0).Format("2006") + "-" + text), true
	}
	return today[:5] + data.Day(text), true
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
