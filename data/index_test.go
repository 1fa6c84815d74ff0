package data

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/payment"
)

// The lists that a start or a screen asks for again and again must come from
// their small indexes, not from the whole table.
func TestOpenThingsAreFoundByIndex(t *testing.T) {
	s := newShop(t)
	_, open := s.start(s.scan(100))
	_, paid := s.paid(100)
	s.refund(paid.ID, 50)
	if list, err := s.OpenTenders(ctx); err != nil || len(list) != 1 || list[0].ID != open.ID {
		t.Fatalf("%+v %v", list, err)
	}
	if list, err := s.OpenRefunds(ctx); err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	ofShift, _ := Cut{ShiftID: 1}.where("x")
	ofDays, _ := Cut{From: "a", To: "b"}.where("x")
	for query, index := range map[string]string{
		"SELECT * FROM figures x WHERE " + ofShift:                                                           "figures_shift",
		"SELECT * FROM figures x WHERE " + ofDays:                                                            "PRIMARY KEY (day>? AND day<?)",
		"SELECT * FROM figure_days x WHERE " + ofDays:                                                        "PRIMARY KEY (day>? AND day<?)",
		"SELECT * FROM sale_days x WHERE " + ofDays:                                                          "PRIMARY KEY (day>? AND day<?)",
		"SELECT * FROM deposit_figures x WHERE " + ofShift:                                                   "deposit_figures_shift",
		"SELECT * FROM cash_moves x WHERE " + ofShift:                                                        "cash_moves_shift",
		"SELECT * FROM cash_moves x WHERE " + ofDays:                                                         "cash_moves_day",
		"SELECT sale_id FROM tenders x WHERE attempt = 1 AND " + ofShift:                                     "tenders_shift",
		"SELECT sale_id FROM refunds x WHERE " + ofShift:                                                     "refunds_shift",
		"SELECT sale_id FROM refunds x WHERE " + ofDays:                                                      "refunds_day",
		"SELECT 1 FROM z_reports z WHERE +z.kind = 'shift' AND z.day BETWEEN 'a' AND 'b'":                    "z_reports_days",
		"SELECT * FROM tenders t " + openTenders + " ORDER BY t.id":                                          "tenders_open",
		"SELECT * FROM refunds r " + openRefunds + " ORDER BY r.id":                                          "refunds_open",
		"SELECT * FROM print_jobs p WHERE " + left + " AND state = 'queued' AND not_before <= 1 ORDER BY id": "print_jobs_left",
		"SELECT * FROM sales s WHERE attention <> '' ORDER BY s.id":                                          "sales_attention",
		"SELECT * FROM bill_lines b WHERE b.sale_id <> 0 AND b.sale_id = ? ORDER BY b.id":                    "bill_lines_sale",
		"SELECT * FROM bill_lines b WHERE b.deposit_id <> 0 AND b.deposit_id = ? ORDER BY b.id":              "bill_lines_deposit",
		"SELECT * FROM bill_lines b WHERE b.id BETWEEN ? AND ? ORDER BY b.id":                                "PRIMARY KEY (rowid>? AND rowid<?)",
		"SELECT * FROM bills k WHERE k.channel = ? AND k.day = ?":                                            "sqlite_autoindex_bills_1",
		"SELECT * FROM steps s WHERE s.day = ? AND s.kind <> 'release'":                                      "steps_day",
		"SELECT * FROM journal WHERE shift_id = 0 AND sale_id <> 0 AND sale_id = ?":                          "journal_old_sales",
		"SELECT * FROM journal WHERE shift_id = 0 AND deposit_id <> 0 AND deposit_id = ?":                    "journal_old_deposits",
		"SELECT sale_id FROM tenders WHERE trade_no = 'x' AND trade_no <> ''":                                "tenders_trade_no",
	} {
		plan, err := s.plan(strings.ReplaceAll(query, "?", "1"))
		if err != nil || !strings.Contains(plan, index) {
			t.Errorf("%s\nplan: %q, %v", query, plan, err)
		}
	}
}

// plan is how SQLite goes about a query, a line for each table.
func (s *shop) plan(query string, args ...any) (string, error) {
	var plan []string
	err := s.look(ctx, func(v snapshot) error {
		return each(v, func(row *values) error {
			row.at = 3
			plan = append(plan, row.text())
			return nil
		}, "EXPLAIN QUERY PLAN "+query, args...)
	})
	return strings.Join(plan, "\n"), err
}

// asked keeps what is asked of a snapshot.
type asked struct {
	snapshot
	queries []query
}

func (a *asked) query(sql string, args ...any) (cursor, error) {
	a.queries = append(a.queries, query{sql, args})
	return a.snapshot.query(sql, args...)
}

// listPlans are the plans of all that is asked for a list, and for a page of it
// that is not its first.
func (s *shop) listPlans(f Filter) (list, page string) {
	s.tb.Helper()
	var counting, paging asked
	err := s.look(ctx, func(v snapshot) error {
		c, err := f.choose(v)
		if err != nil {
			return err
		}
		counting.snapshot, paging.snapshot = v, v
		list, err := c.list(&counting)
		if err == nil {
			_, err = list.page(&paging, 1, 2)
		}
		return err
	})
	if err != nil {
		s.tb.Fatalf("%+v: %v", f, err)
	}
	all := func(queries []query) string {
		var plans []string
		for _, q := range queries {
			plan, err := s.plan(q.sql, q.args...)
			if err != nil {
				s.tb.Fatalf("%s: %v", q.sql, err)
			}
			plans = append(plans, plan)
		}
		return strings.Join(plans, "\n")
	}
	return all(counting.queries), all(paging.queries)
}

// The list behind a figure is counted from sums and from small indexes: nothing
// goes through the sales or the tenders of its days. A page goes through single
// days.
func TestListsOfFiguresAreNotCountedSaleBySale(t *testing.T) {
	s := newShop(t)
	for range 3 {
		s.paid(100)
	}
	_, failed := s.start(s.scan(100))
	s.move(failed.ID, Move{To: payment.StateFailed})
	_, paid := s.paid(100)
	s.refund(paid.ID, 50)
	month := Filter{From: "2026-11-01", To: "2026-11-30", ByMoney: true}
	with := func(set func(*Filter)) Filter {
		f := month
		set(&f)
		return f
	}
	sums := []string{"SEARCH x USING PRIMARY KEY (day>? AND day<?)", "USING INDEX tenders_later (day>? AND day<?)", "t USING INDEX tenders_ended (sale_id>? AND sale_id<?)",
		"USING INDEX tenders_open", "USING INDEX refunds_day (day>? AND day<?)"}
	of := []string{"s USING COVERING INDEX sales_day (day=?)", "INDEX sqlite_autoindex_tenders_3 (sale_id=? AND attempt=?)"}
	for name, c := range map[string]struct {
		f          Filter
		list, page []string
	}{
		"money":      {month, sums, of},
		"a channel":  {with(func(f *Filter) { f.Channel = payment.Alipay }), sums, of},
		"a wallet":   {with(func(f *Filter) { f.Channel, f.Wallet = payment.Alipay, payment.WalletAlipay }), sums, of},
		"a method":   {with(func(f *Filter) { f.Method = payment.MethodCode }), sums, of},
		"a person":   {with(func(f *Filter) { f.StaffID = OwnerID }), sums, of},
		"an hour":    {with(func(f *Filter) { f.Hour = new(12) }), sums, of},
		"refunds":    {with(func(f *Filter) { f.Refunds = true }), []string{"USING INDEX refunds_day (day>? AND day<?)"}, nil},
		"a shift":    {with(func(f *Filter) { f.From, f.To, f.ShiftID = "", "", 1 }), []string{"t USING INDEX tenders_shift (shift_id=?)", "r USING INDEX refunds_shift (shift_id=?)"}, of},
		"sales' way": {with(func(f *Filter) { f.ByMoney, f.Channel = false, payment.Alipay }), []string{sums[0], sums[2], "t USING INDEX tenders_again (sale_id>? AND sale_id<?)", "r USING INDEX refunds_sale (sale_id>? AND sale_id<?)"}, of},
		"attention":  {Filter{Attention: true}, []string{"s USING INDEX sales_attention"}, nil},
		"days":       {Filter{From: "2026-11-01"}, []string{"sale_days USING PRIMARY KEY (day>? AND day<?)"}, of[:1]},
	} {
		list, page := s.listPlans(c.f)
		for _, index := range c.list {
			if !strings.Contains(list, index) {
				t.Errorf("%s: the list is not found by %q:\n%s", name, index, list)
			}
		}
		for _, index := range c.page {
			if !strings.Contains(page, index) {
				t.Errorf("%s: the page is not found by %q:\n%s", name, index, page)
			}
		}
		for _, line := range strings.Split(list+"\n"+page, "\n") {
			whole := strings.HasPrefix(line, "SCAN ") && !strings.Contains(line, "VIRTUAL TABLE") && !strings.Contains(line, "tenders_open") && !strings.Contains(line, "sales_attention") &&
				!slices.Contains([]string{"SCAN x", "SCAN (subquery-1)", "SCAN CONSTANT ROW"}, line)
			if whole || strings.Contains(line, "sales_day (day>") {
				t.Errorf("%s goes through everything: %s", name, line)
			}
		}
	}
}
