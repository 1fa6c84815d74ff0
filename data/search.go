package data

import (
	"strconv"
	"strings"
	"time"
)

// search is the ids of the sales that Filter.Text finds. They are looked for
// once, however often the filter is then used.
func (f Filter) search(v snapshot, text string) ([]int64, error) {
	id, err := findSale(v, text)
	switch {
	case err == nil:
		return []int64{id}, nil
	case KindOf(err) != KindNotFound:
		return nil, err
	}
	part := "%" + likeEscaper.Replace(text) + "%"
	if f.fewDays() {
		return all(v, scanInt, searchDays, part, string(f.From), string(f.To))
	}
	return all(v, scanInt, searchAll, part)
}

// In the whole ledger each column is searched by itself, where it can be in its
// index, which is far smaller than the table. In a few days, their sales are
// looked at one by one.
const (
	searchAll = `SELECT id FROM sales WHERE printf('%08d', id) LIKE ?1 ESCAPE '\'
		UNION SELECT id FROM sales WHERE remark <> '' AND remark LIKE ?1 ESCAPE '\'
		UNION SELECT sale_id FROM tenders WHERE id IN (SELECT id FROM tenders WHERE out_trade_no LIKE ?1 ESCAPE '\'
			UNION SELECT id FROM tenders WHERE trade_no <> '' AND trade_no LIKE ?1 ESCAPE '\')`
	searchDays = `SELECT s.id FROM sales s WHERE s.day BETWEEN ?2 AND ?3 AND (printf('%08d', s.id) LIKE ?1 ESCAPE '\' OR s.remark LIKE ?1 ESCAPE '\'
		OR EXISTS (SELECT 1 FROM tenders t WHERE t.sale_id = s.id AND (t.out_trade_no LIKE ?1 ESCAPE '\' OR t.trade_no LIKE ?1 ESCAPE '\')))`
)

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
