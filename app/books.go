package app

import (
	"context"
	"strings"
	"sync"

	"frontdesk/assets/lang"
	"frontdesk/data"
)

// Books is what screens and the command line read: sales, sums and what needs
// a person. It changes nothing but the print queue.
type Books struct {
	ledger *data.Ledger

	mu     sync.Mutex
	style  ReceiptStyle // what the shop puts on its reports
	viewer *data.Person // see ViewAs; nil for whoever is at the till
}

// NewBooks reads from an open ledger.
func NewBooks(ledger *data.Ledger) *Books {
	return &Books{ledger: ledger, style: ReceiptStyle{Words: lang.Load(lang.Chinese)}}
}

// Today is the current business day.
func (b *Books) Today() data.Day { return b.ledger.Today() }

// Page is one page of sales, newest first, with the sums of the whole filter, as
// far as the person who looks may see them. Who wants several pages asks for a
// SaleList.
func (b *Books) Page(ctx context.Context, f data.Filter) ([]data.SaleRow, data.Totals, error) {
	s, err := b.sight(ctx)
	if err != nil {
		return nil, data.Totals{}, err
	}
	f = s.narrow(f)
	rows, totals, err := b.ledger.Sales(ctx, f)
	if err != nil {
		return nil, data.Totals{}, ledgerProblem(err)
	}
	totals, err = b.withoutCash(ctx, s, f, totals)
	return rows, totals, err
}

// DayTotals are the sums of one business day, as far as the person who looks may
// see them.
func (b *Books) DayTotals(ctx context.Context, day data.Day) (data.Totals, error) {
	s, err := b.sight(ctx)
	if err != nil {
		return data.Totals{}, err
	}
	if !s.all {
		_, totals, err := b.Page(ctx, data.Filter{From: day, To: day, Limit: 1})
		return totals, err
	}
	totals, err := b.ledger.DayTotals(ctx, day)
	if err != nil {
		return data.Totals{}, ledgerProblem(err)
	}
	return b.withoutCash(ctx, s, data.Filter{From: day, To: day, ByMoney: true}, totals)
}

// Sale is one sale with everything that belongs to it.
func (b *Books) Sale(ctx context.Context, id int64) (data.SaleDetail, error) {
	d, err := b.ledger.SaleByID(ctx, id)
	return d, ledgerProblem(err)
}

// Find is the sale of a receipt number, a merchant order number or a channel's
// trade number, typed or scanned.
func (b *Books) Find(ctx context.Context, text string) (data.SaleDetail, error) {
	d, err := b.ledger.FindSale(ctx, strings.TrimSpace(text))
	return d, ledgerProblem(err)
}

// Attention are the sales that a person has to decide about.
func (b *Books) Attention(ctx context.Context) ([]data.Sale, error) {
	sales, err := b.ledger.AttentionSales(ctx)
	return sales, ledgerProblem(err)
}

// StuckPrints are the papers that need a person.
func (b *Books) StuckPrints(ctx context.Context) ([]data.PrintJob, error) {
	jobs, err := b.ledger.StuckPrints(ctx)
	return jobs, ledgerProblem(err)
}

// RetryPrint puts a stuck paper back into the queue.
func (b *Books) RetryPrint(ctx context.Context, id int64) error {
	return ledgerProblem(b.ledger.RetryPrint(ctx, id))
}

// DropPrint gives a stuck paper up.
func (b *Books) DropPrint(ctx context.Context, id int64) error {
	return ledgerProblem(b.ledger.DropPrint(ctx, id))
}
