package data

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"frontdesk/payment"
)

// DepositFilter chooses deposits. Its zero value means all of them.
type DepositFilter struct {
	State       DepositState // "" for any
	Held        bool         // only those of which something is still held
	Channel     payment.ChannelName
	From, To    Day    // business days on which they were taken, both included; "" for open ends
	Room        string // as it was written; "" for any
	Text        string // a part of the room, guest, phone or remark, the end of a receipt number, or a part of any longer number; a whole number finds only its deposit
	OldestFirst bool   // else newest first
	Limit       int    // rows on a page; 0: 100
	Offset      int    // rows before the page
}

// DepositSums sums a set of deposits, fen.
type DepositSums struct {
	Rows     int // all deposits of the set, held or not
	Open     int // those of which something is still held
	Unknown  int // those with an open question
	Held     payment.Amount
	Captured payment.Amount
	Released payment.Amount
	Refunded payment.Amount
	Left     payment.Amount // still held
}

// Deposits is one page of the deposits that pass the filter, and the sums of
// all of them.
func (l *Ledger) Deposits(ctx context.Context, f DepositFilter) (page []Deposit, sums DepositSums, err error) {
	err = l.look(ctx, func(v snapshot) error {
		where, args, err := f.where(v)
		if err != nil {
			return err
		}
		if sums, err = depositSums(v, f, where, args); err != nil {
			return err
		}
		page, err = depositPage(v, f, where, args)
		return err
	})
	if err != nil {
		return nil, DepositSums{}, fmt.Errorf("list deposits: %w", err)
	}
	return page, sums, nil
}

// where is the filter in SQL over deposits d.
func (f DepositFilter) where(v snapshot) (string, []any, error) {
	terms, args := []string{"1"}, []any{}
	add := func(term string, values ...any) {
		terms = append(terms, term)
		args = append(args, values...)
	}
	if f.Held {
		add(isHeld)
	}
	for _, t := range []struct{ term, value string }{
		{"d.state = ?", string(f.State)}, {"d.channel = ?", string(f.Channel)}, {"d.day >= ?", string(f.From)}, {"d.day <= ?", string(f.To)},
		{"d.room = ?", f.Room},
	} {
		if t.value != "" {
			add(t.term, t.value)
		}
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		ids, err := searchDeposits(v, text, f.Held)
		if err != nil {
			return "", nil, err
		}
		add("d.id IN (SELECT value FROM json_each(?))", idList(ids))
	}
	return strings.Join(terms, " AND "), args, nil
}

// tables are what the filter is read from. Held deposits are few, and in their
// own index.
func (f DepositFilter) tables() string {
	if f.Held {
		return heldDeposits
	}
	return depositTables
}

func depositSums(v snapshot, f DepositFilter, where string, args []any) (s DepositSums, err error) {
	from := "deposits d"
	if f.Held {
		from += " INDEXED BY deposits_held"
	}
	err = each(v, func(row *values) error {
		s.Rows, s.Open, s.Unknown = int(row.int()), int(row.int()), int(row.int())
		s.Held, s.Captured, s.Released, s.Refunded = payment.Amount(row.int()), payment.Amount(row.int()), payment.Amount(row.int()), payment.Amount(row.int())
		s.Left = s.Held - s.Captured - s.Released
		return nil
	}, `SELECT count(*), coalesce(sum(`+isHeld+`), 0), coalesce(sum(d.state = 'unknown'), 0), coalesce(sum(d.held), 0), coalesce(sum(d.captured), 0),
		coalesce(sum(d.released), 0), coalesce(sum(d.refunded), 0) FROM `+from+` WHERE `+where, args...)
	return s, err
}

func depositPage(v snapshot, f DepositFilter, where string, args []any) ([]Deposit, error) {
	limit, order := f.Limit, "d.day DESC, d.id DESC"
	if limit <= 0 {
		limit = 100
	}
	if f.OldestFirst {
		order = "d.day, d.id"
	}
	return all(v, scanDeposit, "SELECT "+depositColumns+" FROM "+f.tables()+" WHERE "+where+" ORDER BY "+order+" LIMIT ? OFFSET ?",
		append(append([]any{}, args...), limit, max(0, f.Offset))...)
}

// longNumber is from how many characters on a text is looked for in order,
// channel and trade numbers too. Less is in most of them by chance.
const longNumber = 6

// searchDeposits is the ids of the deposits that DepositFilter.Text finds. They
// are looked for once, however often the filter is then used.
func searchDeposits(v snapshot, text string, held bool) ([]int64, error) {
	id, err := findDeposit(v, text)
	switch {
	case err == nil:
		return []int64{id}, nil
	case KindOf(err) != KindNotFound:
		return nil, err
	}
	part := "%" + likeEscaper.Replace(text) + "%"
	query := searchAllDeposits
	if held {
		query = searchHeldDeposits
	}
	tail, end := receiptEnd(text)
	phone, isPhone := phoneDigits(text)
	long := len(text) >= longNumber && strings.Trim(strings.ToUpper(text), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
	return all(v, scanInt, query, part, tail, end, number(isPhone), "%"+phone+"%", number(long))
}

// receiptEnd is text as the end of a receipt number: id % tail = end. tail is 0
// when it is none.
func receiptEnd(text string) (tail, end int64) {
	end, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) > len("51000001") || text[0] < '0' || text[0] > '9' {
		return 0, 0
	}
	tail = 1
	for range text {
		tail *= 10
	}
	return tail, end
}

// phoneDigits is text as a part of a telephone number, without what people put
// between the digits.
func phoneDigits(text string) (digits string, ok bool) {
	digits = strings.NewReplacer(" ", "", "-", "").Replace(text)
	return digits, digits != "" && strings.Trim(digits, "+0123456789") == ""
}

// As with sales, each column is searched by itself in the whole ledger, where
// it can be in its index, and all of them together where deposits are few. ?1
// is the part of a text, ?2 and ?3 the end of a receipt number, ?5 the part of
// a telephone number if ?4 says that it is one; ?6 says that ?1 is enough for
// long numbers.
const (
	ofGuest = `d.room LIKE ?1 ESCAPE '\' OR d.guest LIKE ?1 ESCAPE '\' OR d.remark LIKE ?1 ESCAPE '\'
		OR (?4 AND replace(replace(d.phone, ' ', ''), '-', '') LIKE ?5)`
	searchAllDeposits = `SELECT id FROM deposits WHERE ?2 > 0 AND id % ?2 = ?3
		UNION SELECT d.id FROM deposits d WHERE ` + ofGuest + `
		UNION SELECT id FROM deposits WHERE ?6 AND out_order_no LIKE ?1 ESCAPE '\'
		UNION SELECT id FROM deposits WHERE ?6 AND auth_no <> '' AND auth_no LIKE ?1 ESCAPE '\'
		UNION SELECT deposit_id FROM steps WHERE id IN (SELECT id FROM steps WHERE ?6 AND number LIKE ?1 ESCAPE '\'
			UNION SELECT id FROM steps WHERE ?6 AND trade_no <> '' AND trade_no LIKE ?1 ESCAPE '\')`
	searchHeldDeposits = `SELECT d.id FROM deposits d INDEXED BY deposits_held WHERE ` + isHeld + ` AND ((?2 > 0 AND d.id % ?2 = ?3) OR ` + ofGuest + `
		OR (?6 AND (d.out_order_no LIKE ?1 ESCAPE '\' OR d.auth_no LIKE ?1 ESCAPE '\'
			OR EXISTS (SELECT 1 FROM steps s WHERE s.deposit_id = d.id AND (s.number LIKE ?1 ESCAPE '\' OR s.trade_no LIKE ?1 ESCAPE '\')))))`
)
