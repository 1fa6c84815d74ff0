package data

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"frontdesk/payment"
)

// How the records lie in their tables. Each list of columns has its scan.

const saleColumns = `s.id, s.day, s.created_at, s.amount, s.undiscountable, s.paid, s.refunded, s.state, s.attention, s.remark, s.items,
	p.id, p.name, p.role`

// saleTables are what saleColumns are read from.
const saleTables = "sales s CROSS JOIN staff p ON p.id = s.staff_id"

func scanSale(rows *sql.Rows) (s Sale, err error) {
	into, finish := saleFields(&s)
	if err := rows.Scan(into...); err != nil {
		return s, err
	}
	return s, finish()
}

// saleFields are where the columns of a sale go; finish fills what is made
// from them.
func saleFields(s *Sale) (into []any, finish func() error) {
	var created int64
	var items string
	into = []any{&s.ID, &s.Day, &created, &s.Amount, &s.Undiscountable, &s.Paid, &s.Refunded, &s.State, &s.Attention, &s.Remark, &items,
		&s.Staff.ID, &s.Staff.Name, &s.Staff.Role}
	return into, func() (err error) {
		s.ReceiptNo = receiptOf(s.ID)
		s.CreatedAt = moment(created)
		if s.Items, err = parseItems(items); err != nil {
			return ErrDamaged.because("items of sale %s: %w", s.ReceiptNo, err)
		}
		return nil
	}
}

const tenderColumns = `t.id, t.sale_id, t.attempt, t.channel, t.method, t.wallet, t.out_trade_no, t.trade_no, t.amount, t.tendered, t.change, t.refunded,
	t.state, t.reason, t.code, t.payer, t.masked_code, t.cancel_asked, t.parked, t.created_at, t.ended_at, t.paid_at, t.late, t.queries, t.cancels`

func scanTender(rows *sql.Rows) (t Tender, err error) {
	into, finish := tenderFields(&t)
	if err := rows.Scan(into...); err != nil {
		return t, err
	}
	finish()
	return t, nil
}

func tenderFields(t *Tender) (into []any, finish func()) {
	var created, ended, paid int64
	into = []any{&t.ID, &t.SaleID, &t.Attempt, &t.Channel, &t.Method, &t.Wallet, &t.OutTradeNo, &t.TradeNo, &t.Amount, &t.Tendered, &t.Change, &t.Refunded,
		&t.State, &t.Reason, &t.Code, &t.Payer, &t.MaskedCode, &t.CancelAsked, &t.Parked, &created, &ended, &paid, &t.Late, &t.Queries, &t.Cancels}
	return into, func() {
		t.ReceiptNo = receiptOf(t.SaleID)
		t.CreatedAt, t.EndedAt, t.PaidAt = moment(created), moment(ended), moment(paid)
	}
}

const refundColumns = `r.id, r.tender_id, r.sale_id, r.request_no, r.amount, r.reason, r.state, r.why, r.code,
	p.id, p.name, p.role,
	r.day, r.created_at, r.ended_at, r.tries`

// refundTables are what refundColumns are read from.
const refundTables = "refunds r CROSS JOIN staff p ON p.id = r.staff_id"

func scanRefund(rows *sql.Rows) (r Refund, err error) {
	var created, ended int64
	err = rows.Scan(&r.ID, &r.TenderID, &r.SaleID, &r.RequestNo, &r.Amount, &r.Reason, &r.State, &r.Why, &r.Code,
		&r.Staff.ID, &r.Staff.Name, &r.Staff.Role, &r.Day, &created, &ended, &r.Tries)
	r.ReceiptNo = receiptOf(r.SaleID)
	r.CreatedAt, r.EndedAt = moment(created), moment(ended)
	return r, err
}

const eventColumns = "e.n, e.sale_id, e.tender_id, e.refund_id, e.at, e.kind, e.detail, e.amount"

func scanEvent(rows *sql.Rows) (e Event, err error) {
	var at int64
	err = rows.Scan(&e.ID, &e.SaleID, &e.TenderID, &e.RefundID, &at, &e.Kind, &e.Detail, &e.Amount)
	e.At = moment(at)
	return e, err
}

const printColumns = "p.id, p.kind, coalesce(p.sale_id, 0), coalesce(p.refund_id, 0), p.state, p.tries, p.drawer, p.created_at, p.not_before, p.ended_at, p.last_error"

func scanPrint(rows *sql.Rows) (p PrintJob, err error) {
	var created, notBefore, ended int64
	err = rows.Scan(&p.ID, &p.Kind, &p.SaleID, &p.RefundID, &p.State, &p.Tries, &p.Drawer, &created, &notBefore, &ended, &p.LastError)
	if p.SaleID != 0 {
		p.ReceiptNo = receiptOf(p.SaleID)
	}
	p.CreatedAt, p.NotBefore, p.EndedAt = moment(created), moment(notBefore), moment(ended)
	return p, err
}

// all reads every row of a query with scan.
func all[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// one reads the first row of a query; ErrNotFound, with what was looked for,
// when there is none.
func one[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error), what string, id any) (T, error) {
	list, err := all(rows, err, scan)
	if err != nil {
		var none T
		return none, err
	}
	if len(list) == 0 {
		var none T
		return none, ErrNotFound.because("%s %v", what, id)
	}
	return list[0], nil
}

// tillSize is how many sale ids belong to one till.
const tillSize = payment.MaxReceiptSeq + 1

// receiptOf is the receipt number of a sale's id.
func receiptOf(saleID int64) string { return fmt.Sprintf("%08d", saleID) }

// itemsText is how items are stored: JSON, "" for none.
func itemsText(items []Item) string {
	if len(items) == 0 {
		return ""
	}
	text, err := json.Marshal(items)
	if err != nil {
		panic(fmt.Sprintf("data: items: %v", err)) // strings and integers always have JSON
	}
	return string(text)
}

func parseItems(text string) (items []Item, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &items)
	return items, err
}
