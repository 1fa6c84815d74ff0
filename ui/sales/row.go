package sales

import (
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// row is a line of the list: ready strings, and the sale that it stands for.
type row struct {
	id       int64
	time     string // "14:32"; with the day before it where the list shows several days
	receipt  string
	method   string
	methods  int // how many that are
	amount   string
	refunded string // "-30.00"; empty when nothing went back
	look     kit.Look
	state    string
	money    bool // the amount counts: paid, or it may still be
	cashier  string
	remark   string
}

// rowID names a row in a book.
func rowID(r row) int64 { return r.id }

// newRow makes the strings of a sale.
func newRow(d *screen.Desk, s data.Sale, ways []data.Way, withDay bool) row {
	r := row{
		id:      s.ID,
		time:    clockOf(s, withDay),
		receipt: s.ReceiptNo,
		method:  d.Wallets(ways, "+"),
		methods: len(ways),
		amount:  s.Amount.Grouped(),
		money:   s.Paid > 0 || !settledWithout(s.State),
		cashier: s.Staff.Name,
		remark:  s.Remark,
	}
	r.look, r.state = badge(d, s)
	if s.Refunded > 0 {
		r.refunded = "-" + s.Refunded.Grouped()
	}
	return r
}

// badge is a sale's state. What a person has to decide comes before it.
func badge(d *screen.Desk, s data.Sale) (kit.Look, string) {
	if s.Attention != data.AttentionNone {
		return kit.LookUnknown, d.Words.T("sales.badge." + string(s.Attention))
	}
	return screen.SaleLook(s.State), d.Words.T("badge." + string(s.State))
}

// settledWithout reports a sale that is over and brought no money.
func settledWithout(s data.SaleState) bool {
	switch s {
	case data.SaleFailed, data.SaleClosed, data.SaleReversed:
		return true
	}
	return false
}

// clockOf is the time of a sale in Beijing. Among several days the calendar's
// day stands before it, not the business day: 00:30 is 00:30 of that night.
func clockOf(s data.Sale, withDay bool) string {
	layout := "15:04"
	if withDay {
		layout = "01-02 15:04"
	}
	return s.CreatedAt.In(payment.Beijing).Format(layout)
}
