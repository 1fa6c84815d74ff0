package data

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
)

// SearchMax is how many hits of a text are looked at, the newest first. More
// help nobody, and summing them would keep a person waiting.
const SearchMax = 10_000

// hits are the sales that a text finds.
type hits struct {
	ids  []int64 // newest first, at most SearchMax
	more bool
}

// span is a range of sale ids, both included; last is less than first for none.
type span struct{ first, last int64 }

var everySale = span{1, 1 << 62}

// search finds sales by a text, as Filter says.
func (f Filter) search(v snapshot, text string) (hits, error) {
	text = halfWidth(text)
	switch id, err := findSale(v, text); {
	case err == nil:
		return hits{ids: []int64{id}}, nil
	case KindOf(err) != KindNotFound:
		return hits{}, err
	}
	in, err := f.span(v)
	if err != nil {
		return hits{}, err
	}
	var ids []int64
	for _, by := range []func(snapshot, string, span) ([]int64, error){searchRemarks, searchRemarksLeft, searchReceipts} {
		found, err := by(v, text, in)
		if err != nil {
			return hits{}, err
		}
		ids = append(ids, found...)
	}
	if isLong := len(text) >= longNumber && len(ids) == 0; f.fewDays() || isLong {
		found, err := f.searchNumbers(v, text)
		if err != nil {
			return hits{}, err
		}
		ids = append(ids, found...)
	}
	return newest(ids), nil
}

// newest are the newest SearchMax of ids, each once.
func newest(ids []int64) hits {
	slices.SortFunc(ids, func(a, b int64) int { return int(b - a) })
	ids = slices.Compact(ids)
	if len(ids) > SearchMax {
		return hits{ids: ids[:SearchMax], more: true}
	}
	return hits{ids: ids}
}

// span has all sales that may pass the filter by their days.
func (f Filter) span(v snapshot) (in span, err error) {
	if f.ByMoney || (f.From == "" && f.To == "") {
		return everySale, nil
	}
	from, to := f.ends()
	in, _, err = saleSpan(v, from, to)
	return in, err
}

// searchReceipts finds the end of a receipt number, in each series of numbers.
func searchReceipts(v snapshot, text string, in span) (ids []int64, err error) {
	tail, end := receiptEnd(text)
	if tail == 0 {
		return nil, nil
	}
	for till := int64(lastTill); till > 0 && len(ids) <= SearchMax; till-- {
		first, last := max(in.first, till*tillSize+1), min(in.last, till*tillSize+payment.MaxReceiptSeq)
		last, err := one(v, scanInt, "SELECT coalesce(max(id), 0) FROM sales WHERE id BETWEEN ? AND ?", first, last)
		if err != nil {
			return nil, err
		}
		for id := last - (last%tail-end+tail)%tail; id >= first && len(ids) <= SearchMax; id -= tail {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// searchNumbers finds a part of a merchant order or trade number: sale by sale
// in a few days, and otherwise column by column, where each can be in its index,
// which is far smaller than the table.
func (f Filter) searchNumbers(v snapshot, text string) ([]int64, error) {
	letters := strings.Trim(text, "0123456789") != ""
	if letters && strings.Trim(strings.ToUpper(text), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_-") != "" {
		return nil, nil // no number has such characters
	}
	has := func(column string) string { return "instr(" + column + ", ?1)" }
	if letters { // slower, and takes them in either case
		text, has = "%"+likeEscaper.Replace(text)+"%", func(column string) string { return column + ` LIKE ?1 ESCAPE '\'` }
	}
	if f.fewDays() {
		days := "s.day BETWEEN ?2 AND ?3"
		if f.ByMoney { // money of these days may belong to a sale of another one
			days = "(" + days + ` OR s.id IN (SELECT sale_id FROM tenders INDEXED BY tenders_later WHERE attempt > 1 AND day BETWEEN ?2 AND ?3
				UNION SELECT sale_id FROM refunds WHERE day BETWEEN ?2 AND ?3))`
		}
		return all(v, scanInt, "SELECT s.id FROM sales s WHERE "+days+`
			AND EXISTS (SELECT 1 FROM tenders t WHERE t.sale_id = s.id AND (`+has("t.out_trade_no")+" OR "+has("t.trade_no")+"))", text, string(f.From), string(f.To))
	}
	// UNION would put the ids in order, for which SQLite goes through the table.
	return all(v, scanInt, "SELECT sale_id FROM tenders WHERE id IN (SELECT id FROM tenders WHERE "+has("out_trade_no")+`
		UNION ALL SELECT id FROM tenders WHERE trade_no <> '' AND `+has("trade_no")+")", text)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// fewDays reports a range of at most a month.
func (f Filter) fewDays() bool {
	from, err1 := time.Parse(time.DateOnly, string(f.From))
	to, err2 := time.Parse(time.DateOnly, string(f.To))
	return err1 == nil && err2 == nil && to.Sub(from) <= 31*24*time.Hour
}

// idList is ids for json_each, which takes a list as one argument.
func idList(ids []int64) string {
	text := []byte{'['}
	for i, id := range ids {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, id, 10)
	}
	return string(append(text, ']'))
}
