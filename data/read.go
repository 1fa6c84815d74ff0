package data

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"frontdesk/payment"
)

// change runs f in one write transaction.
func (l *Ledger) change(ctx context.Context, f func(*tx) error) error {
	if l.write == nil {
		return ErrReadOnly
	}
	var seq int64
	var hash []byte
	err := l.write.do(ctx, func(x *tx) error {
		err := f(x)
		if x.journaled {
			seq, hash = x.headSeq, x.headHash
		}
		return err
	})
	if err == nil && l.keep != nil {
		l.keep.committed(seq, hash)
	}
	return explain(err, filepath.Dir(l.path))
}

// look runs f in one read transaction: all it sees is of one moment, and the
// writer does not wait for it.
func (l *Ledger) look(ctx context.Context, f func(snapshot) error) error {
	t, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err, filepath.Dir(l.path))
	}
	defer t.Rollback()
	return explain(f(snapshot{ctx: ctx, tx: t}), filepath.Dir(l.path))
}

// stamp is the transaction's moment as the ledger keeps it.
func (t *tx) stamp() time.Time { return moment(milli(t.now)) }

func saleByID(s source, id int64) (Sale, error) {
	return one(s, scanSale, "SELECT "+saleColumns+" FROM "+saleTables+" WHERE s.id = ?", id)
}

// tendersOf are the tenders of a sale, oldest first.
func tendersOf(s source, saleID int64) ([]Tender, error) {
	return all(s, scanTender, "SELECT "+tenderColumns+" FROM tenders t WHERE t.sale_id = ? ORDER BY t.attempt", saleID)
}

func refundsOf(s source, saleID int64) ([]Refund, error) {
	return all(s, scanRefund, "SELECT "+refundColumns+" FROM "+refundTables+" WHERE r.sale_id = ? ORDER BY r.id", saleID)
}

func tenderByID(s source, id int64) (Tender, error) {
	return one(s, scanTender, "SELECT "+tenderColumns+" FROM tenders t WHERE t.id = ?", id)
}

func refundByID(s source, id int64) (Refund, error) {
	return one(s, scanRefund, "SELECT "+refundColumns+" FROM "+refundTables+" WHERE r.id = ?", id)
}

// saleOfTender is a tender's sale with all its tenders; the tender is
// tenders[i].
func saleOfTender(s source, tenderID int64) (sale Sale, tenders []Tender, i int, err error) {
	scan := func(v *values) Tender {
		sale = scanSale(v)
		return scanTender(v)
	}
	tenders, err = all(s, scan, "SELECT "+saleColumns+", "+tenderColumns+" FROM "+saleTables+` CROSS JOIN tenders t ON t.sale_id = s.id
		WHERE s.id = (SELECT sale_id FROM tenders WHERE id = ?) ORDER BY t.attempt`, tenderID)
	if err != nil {
		return sale, nil, 0, err
	}
	for i := range tenders {
		if tenders[i].ID == tenderID {
			return sale, tenders, i, nil
		}
	}
	return sale, nil, 0, ErrNotFound.because("tender %d", tenderID)
}

// Sale is the sale with this receipt number, with everything that belongs to
// it. ErrNotFound when there is none, or when it is no receipt number.
func (l *Ledger) Sale(ctx context.Context, receiptNo string) (SaleDetail, error) {
	if !payment.IsReceiptNo(receiptNo) {
		return SaleDetail{}, ErrNotFound.because("%q is no receipt number", receiptNo)
	}
	id, err := strconv.ParseInt(receiptNo, 10, 64)
	if err != nil {
		return SaleDetail{}, ErrNotFound.because("receipt number: %w", err)
	}
	return l.SaleByID(ctx, id)
}

// SaleByID is like Sale, by Sale.ID.
func (l *Ledger) SaleByID(ctx context.Context, id int64) (d SaleDetail, err error) {
	err = l.look(ctx, func(v snapshot) error {
		d, err = saleDetail(v, id)
		return err
	})
	if err != nil {
		return SaleDetail{}, fmt.Errorf("read sale: %w", err)
	}
	return d, nil
}

func saleDetail(v snapshot, id int64) (d SaleDetail, err error) {
	if d.Sale, err = saleByID(v, id); err != nil {
		return d, err
	}
	if d.Tenders, err = tendersOf(v, id); err != nil {
		return d, err
	}
	if d.Refunds, err = refundsOf(v, id); err != nil {
		return d, err
	}
	d.Events, err = all(v, scanEvent, "SELECT "+eventColumns+" FROM events e WHERE e.sale_id = ? ORDER BY e.n", id)
	if err != nil {
		return d, err
	}
	d.Prints, err = all(v, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.sale_id = ? ORDER BY p.id", id)
	return d, err
}

// FindSale finds a sale by a whole number: its receipt number, a merchant order
// number of one of its tenders, or the channel's own trade number. ErrNotFound
// when there is none.
func (l *Ledger) FindSale(ctx context.Context, text string) (d SaleDetail, err error) {
	err = l.look(ctx, func(v snapshot) error {
		id, err := findSale(v, text)
		if err != nil {
			return err
		}
		d, err = saleDetail(v, id)
		return err
	})
	if err != nil {
		return SaleDetail{}, fmt.Errorf("find sale: %w", err)
	}
	return d, nil
}

func findSale(v snapshot, text string) (int64, error) {
	if payment.IsReceiptNo(text) {
		id, _ := strconv.ParseInt(text, 10, 64)
		if list, err := all(v, scanInt, "SELECT id FROM sales WHERE id = ?", id); err != nil || len(list) > 0 {
			return id, err
		}
	}
	return one(v, scanInt, "SELECT sale_id FROM tenders WHERE out_trade_no = ?1 UNION ALL SELECT sale_id FROM tenders WHERE trade_no = ?1 AND trade_no <> '' LIMIT 1", text)
}

// Tender is one tender by its id.
func (l *Ledger) Tender(ctx context.Context, id int64) (t Tender, err error) {
	err = l.look(ctx, func(v snapshot) error {
		t, err = tenderByID(v, id)
		return err
	})
	if err != nil {
		return Tender{}, fmt.Errorf("read tender: %w", err)
	}
	return t, nil
}

// Refund is one refund by its id.
func (l *Ledger) Refund(ctx context.Context, id int64) (r Refund, err error) {
	err = l.look(ctx, func(v snapshot) error {
		r, err = refundByID(v, id)
		return err
	})
	if err != nil {
		return Refund{}, fmt.Errorf("read refund: %w", err)
	}
	return r, nil
}

// OpenTenders are the tenders whose money is not settled, oldest first.
func (l *Ledger) OpenTenders(ctx context.Context) (list []Tender, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanTender, "SELECT "+tenderColumns+" FROM tenders t "+openTenders+" ORDER BY t.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read open tenders: %w", err)
	}
	return list, nil
}

// Behind "tenders t" and "refunds r": the open ones. The index is named, for
// SQLite would rather go through the whole table in the order that is asked
// for; and its words must be those of the partial index.
const (
	openTenders = "INDEXED BY tenders_open WHERE t.state IN ('created', 'pending', 'unknown')"
	openRefunds = "INDEXED BY refunds_open CROSS JOIN staff p ON p.id = r.staff_id WHERE r.state IN ('created', 'unknown')"
)

// OpenRefunds are the refunds whose outcome is not known, oldest first.
func (l *Ledger) OpenRefunds(ctx context.Context) (list []Refund, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanRefund, "SELECT "+refundColumns+" FROM refunds r "+openRefunds+" ORDER BY r.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read open refunds: %w", err)
	}
	return list, nil
}

// AttentionSales are the sales about which a person has to decide, oldest first.
func (l *Ledger) AttentionSales(ctx context.Context) (list []Sale, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanSale, "SELECT "+saleColumns+" FROM "+saleTables+" WHERE attention <> '' ORDER BY s.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read sales that ask for attention: %w", err)
	}
	return list, nil
}
