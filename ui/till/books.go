package till

import (
	"context"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// books is today's list as it was last read.
type books struct {
	reading bool // a reading is under way
	again   bool // and something has changed since it began
	err     error
	at      time.Time // when it was read
	day     data.Day  // empty while nothing was read yet
	rows    []row
	totals  data.Totals
	blind   bool        // the cash of the open shift is not in totals: the person counts it first
	urgent  []data.Sale // about which a person has to decide
	paidID  int64       // the last sale with money; 0 for none
}

// row is a line of today's list in ready strings.
type row struct {
	id      int64
	time    string // 14:32
	method  string
	amount  string
	state   data.SaleState
	word    string // the state in a word
	receipt string // the last four digits
	cashier string
	remark  string
	money   bool // something was paid, or still may be
}

// maxRows is more than the largest window shows.
const maxRows = 40

// lastPaid is the sale whose receipt Ctrl+P prints.
func (b *books) lastPaid() (id int64, ok bool) { return b.paidID, b.paidID != 0 }

// reload reads today's list, totals and open questions. What happens while it
// reads is read once more afterwards.
func (s *Screen) reload() {
	if s.books.reading {
		s.books.again = true
		return
	}
	s.books.reading, s.books.again = true, false
	s.desk.Background(func(ctx context.Context) func() {
		b := readBooks(ctx, s.desk)
		if s.desk.Practice {
			b.practice = practised(ctx, s.desk, b.sales)
		}
		return func() { s.gotBooks(b) }
	})
}

// reading is what one reload brought.
type reading struct {
	books
	sales    []data.SaleRow
	practice checklist
}

func readBooks(ctx context.Context, d *screen.Desk) (b reading) {
	b.day, b.at = d.Books.Today(), d.Now()
	only, err := d.OnlyShift(ctx)
	if err != nil {
		b.err = err
		return b
	}
	var own data.Totals
	b.sales, own, b.err = d.Books.Page(ctx, data.Filter{From: b.day, To: b.day, ShiftID: only, Limit: maxRows})
	switch {
	case b.err != nil:
	case only != 0:
		b.totals = own
	default:
		b.totals, b.err = d.Books.DayTotals(ctx, b.day)
	}
	if b.err == nil {
		b.blind, b.err = d.Books.HidesCash(ctx)
	}
	if b.err == nil {
		b.urgent, b.err = d.Books.Attention(ctx)
	}
	for _, sale := range b.sales {
		b.rows = append(b.rows, newRow(d, sale))
		if b.paidID == 0 && sale.Paid > 0 {
			b.paidID = sale.ID
		}
	}
	return b
}

// sum is today in a line: "129 笔，12,989.00". Who counts the drawer first sees the
// number alone.
func (b *books) sum(w *lang.Words) string {
	if b.blind {
		return w.T("pay.today.count", "n", b.totals.Sales)
	}
	return w.T("pay.today.sum", "n", b.totals.Sales, "sum", b.totals.Paid.Grouped())
}

func (s *Screen) gotBooks(b reading) {
	again := s.books.again
	if b.err != nil {
		s.desk.Log.Error("today's list cannot be read", "err", b.err)
	}
	s.books = b.books
	s.practice.merge(b.practice)
	if again {
		s.reload()
	}
	s.refresh()
}

// newRow words a sale.
func newRow(d *screen.Desk, s data.SaleRow) row {
	return row{
		id: s.ID, time: s.CreatedAt.In(payment.Beijing).Format("15:04"), method: method(d, s),
		amount: s.Amount.Grouped(), state: s.State, word: d.Words.T("badge." + string(s.State)),
		receipt: lastDigits(s.ReceiptNo), cashier: s.Staff.Name, remark: s.Remark,
		money: s.Paid > 0 || s.State == data.SalePending || s.State == data.SaleUnknown,
	}
}

// method is how a sale was paid, or is to be.
func method(d *screen.Desk, s data.SaleRow) string {
	if s.Paid > s.LastTender.Amount || (s.Paid > 0 && s.LastTender.State != payment.StatePaid) {
		return d.Words.T("till.method.parts")
	}
	return d.Wallet(s.LastTender.Channel, s.LastTender.Wallet)
}

// lastDigits is the part of a receipt number that changes within a day.
func lastDigits(receiptNo string) string {
	const n = 4
	return receiptNo[max(0, len(receiptNo)-n):]
}
