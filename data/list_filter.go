package data

import (
	"strings"

	"frontdesk/payment"
)

// choice is a filter in SQL: over sales s, and, where money is chosen, over
// tenders t and over refunds r with their tenders t.
type choice struct {
	f       Filter
	sales   terms
	tenders terms
	refunds terms
	more    bool // there are more hits of the text than were looked at
	few     bool // the sales are few: begin with them
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

func (t terms) String() string {
	if len(t.list) == 0 {
		return "1"
	}
	return strings.Join(t.list, " AND ")
}

// and is both, t first.
func (t terms) and(other terms) terms {
	var both terms
	both.add(t.String(), t.args...)
	both.add(other.String(), other.args...)
	return both
}

// choose puts the filter into SQL. A text is looked for here, once, however
// often its hits are then used.
func (f Filter) choose(v snapshot) (c choice, err error) {
	c = choice{f: f, few: f.fewDays() || f.ShiftID != 0}
	c.chooseMoney()
	c.chooseDays()
	c.chooseSales()
	if text := strings.TrimSpace(f.Text); text != "" {
		hits, err := f.search(v, text)
		if err != nil {
			return c, err
		}
		c.more, c.few = hits.more, true
		c.sales.add("s.id IN (SELECT value FROM json_each(?))", idList(hits.ids))
	}
	return c, nil
}

// chooseSales adds what a sale itself must be.
func (c *choice) chooseSales() {
	f, s := c.f, &c.sales
	if f.State != "" {
		s.add("s.state = ?", string(f.State))
	}
	if f.Attention {
		s.add("s.attention <> ''")
	}
	if f.Min > 0 {
		s.add("s.amount >= ?", int64(f.Min))
	}
	if f.Max > 0 {
		s.add("s.amount <= ?", int64(f.Max))
	}
	switch given := "EXISTS (SELECT 1 FROM refunds r CROSS JOIN tenders t ON t.id = r.tender_id WHERE r.sale_id = s.id AND r.state <> 'refused' AND " + c.refunds.String() + ")"; {
	case f.Refunds:
		s.add(given, c.refunds.args...)
	case !f.choosesMoney():
	case f.ShiftID == 0 && f.StaffID == 0 && f.Hour == nil && !f.ByMoney: // a refund that passes has a tender that does
		s.add("EXISTS ("+tendersOfSale+c.tenders.String()+")", c.tenders.args...)
	default:
		s.add("(EXISTS ("+tendersOfSale+c.tenders.String()+") OR "+given+")", append(append([]any{}, c.tenders.args...), c.refunds.args...)...)
	}
}

const tendersOfSale = "SELECT 1 FROM tenders t WHERE t.sale_id = s.id AND "

// choosesMoney reports that totals count a part of the money of their sales.
func (f Filter) choosesMoney() bool {
	return f.ByMoney || f.Refunds || f.Channel != "" || f.Method != "" || f.Wallet != "" || f.ShiftID != 0 || f.StaffID != 0 || f.Hour != nil
}

// chooseMoney adds what tenders and refunds must be. Old tenders know neither
// who took them nor their day: it is their sale's.
func (c *choice) chooseMoney() {
	f := c.f
	both := func(term string, args ...any) {
		c.tenders.add(strings.ReplaceAll(term, "$", "t"), args...)
		c.refunds.add(strings.ReplaceAll(term, "$", "r"), args...)
	}
	if f.Channel != "" {
		both("t.channel = ?", string(f.Channel))
	}
	if f.Method != "" {
		both("t.method = ?", string(f.Method))
	}
	switch f.Wallet {
	case "":
	case NoWallet:
		both("t.wallet = ?", string(payment.WalletNone))
	default:
		both("t.wallet = ?", string(f.Wallet))
	}
	if f.ShiftID != 0 {
		both("$.shift_id = ?", f.ShiftID)
	}
	if f.Hour != nil {
		both("($.created_at / 3600000 + 8) % 24 = ?", *f.Hour)
	}
	if f.StaffID != 0 {
		c.tenders.add("CASE t.staff_id WHEN 0 THEN s.staff_id ELSE t.staff_id END = ?", f.StaffID)
		c.refunds.add("r.staff_id = ?", f.StaffID)
	}
	if from, to := f.ends(); f.ByMoney {
		c.tenders.add("CASE t.day WHEN '' THEN s.day ELSE t.day END BETWEEN ? AND ?", from, to)
		c.refunds.add("r.day BETWEEN ? AND ?", from, to)
	}
}

// chooseDays adds where the sales lie: days and shift. Money of a day belongs to
// sales of that day, or it is a later tender, or a refund; both are few and in
// indexes of their own.
func (c *choice) chooseDays() {
	from, to := c.f.ends()
	switch {
	case c.f.From == "" && c.f.To == "":
	case !c.f.ByMoney:
		c.sales.add("s.day BETWEEN ? AND ?", from, to)
	case c.f.Refunds:
		c.sales.add("s.id IN (SELECT sale_id FROM refunds WHERE day BETWEEN ? AND ?)", from, to)
	case c.f.ShiftID == 0:
		c.sales.add(`(s.day BETWEEN ? AND ? OR s.id IN (SELECT sale_id FROM tenders INDEXED BY tenders_later WHERE attempt > 1 AND day BETWEEN ? AND ?
			UNION SELECT sale_id FROM refunds WHERE day BETWEEN ? AND ?))`, from, to, from, to, from, to)
	}
	if id := c.f.ShiftID; id != 0 {
		c.sales.add(`s.id IN (SELECT sale_id FROM tenders WHERE shift_id <> 0 AND shift_id = ? UNION SELECT sale_id FROM refunds WHERE shift_id <> 0 AND shift_id = ?)`, id, id)
	}
}

func (c choice) page(v snapshot) ([]SaleRow, error) {
	return salePage(v, c.sales.String(), c.sales.args, c.f.limit(), max(0, c.f.Offset))
}
