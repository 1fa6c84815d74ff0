package sales

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
)

// filter is what the bar above the list says.
type filter struct {
	period    period
	state     data.SaleState // "" for any
	attention bool           // only what a person has to decide
	way       data.Way       // what is empty of it, does not count
	min, max  string         // as typed, yuan
	text      string         // as typed
	more      data.Filter    // what another tab asked for beside all this: a shift, a person, an hour; see ShowFilter
}

// stateChoices are the states that the bar offers; the empty one is all, and
// the word for attention comes after it.
var stateChoices = []data.SaleState{
	data.SalePaid, data.SaleUnknown, data.SalePending, data.SalePartPaid, data.SalePartRefunded, data.SaleRefunded,
	data.SaleFailed, data.SaleClosed, data.SaleReversed,
}

// query is the filter for the ledger. badMin and badMax say that an amount
// cannot be read; it does not count then.
//
// A whole number names one sale, so days, states and amounts do not narrow it:
// a receipt of last month is found while the bar says today.
func (f filter) query(today data.Day) (q data.Filter, badMin, badMax bool) {
	text := strings.TrimSpace(f.text)
	if wholeNumber(text) {
		return data.Filter{Text: text}, false, false
	}
	q = f.more
	q.State, q.Attention, q.Channel, q.Wallet, q.Text = f.state, f.attention, f.way.Channel, f.way.Wallet, text
	if p := f.period.on(today); q.ShiftID == 0 { // a shift may begin on one day and end on another
		q.From, q.To = p.from, p.to
	}
	q.Min, badMin = bound(f.min)
	q.Max, badMax = bound(f.max)
	if q.Max > 0 && q.Min > q.Max {
		badMax = true
	}
	return q, badMin, badMax
}

// bound reads one end of the amounts; empty is open.
func bound(text string) (a payment.Amount, bad bool) {
	if strings.TrimSpace(text) == "" {
		return 0, false
	}
	a, err := payment.ParseAmount(text)
	return a, err != nil
}

// wholeNumber reports a text that can only be one sale's: a receipt number, a
// merchant order number, or a channel's trade number.
func wholeNumber(text string) bool {
	if payment.IsReceiptNo(text) || payment.IsOrderNo(text) {
		return true
	}
	return len(text) >= tradeNoLength && strings.Trim(text, "0123456789") == ""
}

// tradeNoLength is that of the shortest trade number: Alipay has 28 digits,
// WeChat 28, UnionPay 20.
const tradeNoLength = 20

// severalDays reports whether rows need their day beside the time.
func (f filter) severalDays() bool {
	return wholeNumber(strings.TrimSpace(f.text)) || !f.period.single() || f.more != data.Filter{}
}

// narrowed reports whether anything but the days is chosen.
func (f filter) narrowed() bool {
	return f.more != data.Filter{} || f.state != "" || f.attention || f.way != data.Way{} || f.min != "" || f.max != "" || strings.TrimSpace(f.text) != ""
}

// cleared keeps only the days.
func (f filter) cleared() filter { return filter{period: f.period} }
