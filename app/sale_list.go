package app

import (
	"context"

	"frontdesk/data"
)

// SaleList is the sales that pass a filter, as they were counted at one moment,
// as far as the person who looks may see them.
type SaleList struct {
	Totals data.Totals

	asked data.Filter
	seen  data.Filter // asked, narrowed to what the person may see
	list  *data.SaleList
}

// SaleList counts the sales that pass a filter; its Limit and Offset are not
// read. Rows reads pages of it.
func (b *Books) SaleList(ctx context.Context, f data.Filter) (*SaleList, error) {
	s, err := b.sight(ctx)
	if err != nil {
		return nil, err
	}
	l := &SaleList{asked: f, seen: s.narrow(f)}
	if l.list, err = b.ledger.SaleList(ctx, l.seen); err != nil {
		return nil, ledgerProblem(err)
	}
	if l.Totals, err = b.withoutCash(ctx, s, l.seen, l.list.Totals); err != nil {
		return nil, err
	}
	return l, nil
}

// SaleRows are at most limit rows of a list from a place on, newest first. Who
// looks now may be somebody else than when it was counted, and sees no more than
// they may.
func (b *Books) SaleRows(ctx context.Context, l *SaleList, from, limit int) ([]data.SaleRow, error) {
	s, err := b.sight(ctx)
	if err != nil {
		return nil, err
	}
	list := l.list
	if now := s.narrow(l.asked); now != l.seen {
		if list, err = b.ledger.SaleList(ctx, now); err != nil {
			return nil, ledgerProblem(err)
		}
	}
	rows, err := b.ledger.SaleRows(ctx, list, from, limit)
	return rows, ledgerProblem(err)
}
