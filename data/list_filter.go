package data

import (
	"strings"

	"frontdesk/payment"
)

// choice is a filter in SQL, over sales s, their tenders t and refunds r. What it
// says of days is added by the queries, for they begin with them.
//
// The first tender of a sale is made with it, on its day. So a sale passes by its
// first tender, or apart: by a later one or by a refund, which are few and in
// indexes of their own.
type choice struct {
	f        Filter
	from, to string
	sales    terms // what a sale must be
	hasHits  bool  // a text was looked for
	hits     string
	more     bool // there are more hits than were looked at
}

// terms are conditions that all have to hold.
type terms struct {
	list []string
	args []any
}

func (t *terms) add(term string, args ...any) {
	t.list = append(t.list, term)
	t.args = append(t.args, args...)
}

func (t *terms) and(other terms) { t.add(other.String(), other.args...) }

func (t terms) String() string {
	if len(t.list) == 0 {
		return "1"
	}
	return strings.Join(t.list, " AND ")
}

// choose puts the filter into SQL. A text is looked for here, once.
func (f Filter) choose(v snapshot) (c choice, err error) {
	c = choice{f: f}
	c.from, c.to = f.ends()
	if f.State != "" {
		c.sales.add("s.state = ?", string(f.State))
	}
	if f.Attention {
		c.sales.add("s.attention <> ''")
	}
	if f.Min > 0 {
		c.sales.add("s.amount >= ?", int64(f.Min))
	}
	if f.Max > 0 {
		c.sales.add("s.amount <= ?", int64(f.Max))
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		found, err := f.search(v, text)
		if err != nil {
			return c, err
		}
		c.hasHits, c.hits, c.more = true, idList(found.ids), found.more
	}
	return c, nil
}

// ofDays adds that a sale is of the chosen days.
func (c choice) ofDays(t *terms) {
	if !c.f.allDays() {
		t.add("s.day BETWEEN ? AND ?", c.from, c.to)
	}
}

// through adds the way that money must have come, to what has the columns of
// tenders for it.
func (c choice) through(t *terms, alias string) {
	if c.f.Channel != "" {
		t.add(alias+".channel = ?", string(c.f.Channel))
	}
	if c.f.Method != "" {
		t.add(alias+".method = ?", string(c.f.Method))
	}
	switch c.f.Wallet {
	case "":
	case NoWallet:
		t.add(alias+".wallet = ?", string(payment.WalletNone))
	default:
		t.add(alias+".wallet = ?", string(c.f.Wallet))
	}
}

// asked adds when money must have been asked for, to tenders or refunds. Its
// words are those of the partial indexes over shifts.
func (c choice) asked(t *terms, alias string) {
	if c.f.ShiftID != 0 {
		t.add(alias+".shift_id <> 0 AND "+alias+".shift_id = ?", c.f.ShiftID)
	}
	if c.f.Hour != nil {
		t.add("("+alias+".created_at / 3600000 + 8) % 24 = ?", *c.f.Hour)
	}
}

// tender adds what a tender must be, but for its day.
func (c choice) tender(t *terms, alias string) {
	c.through(t, alias)
	c.asked(t, alias)
	if c.f.StaffID != 0 {
		t.add(takerOf(alias)+" = ?", c.f.StaffID)
	}
}

// Old tenders know neither who took them nor their day: it is their sale's. That
// is read only where it must be.
func takerOf(alias string) string { return ofTender(alias, "staff_id", "0") }
func dayOf(alias string) string   { return ofTender(alias, "day", "''") }

func ofTender(alias, column, none string) string {
	return "CASE " + alias + "." + column + " WHEN " + none + " THEN (SELECT " + column + " FROM sales WHERE id = " + alias + ".sale_id) ELSE " + alias + "." + column + " END"
}
