package data

import (
	"strings"
	"testing"
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
		"SELECT * FROM sales s WHERE s.day >= 'a' AND s.day <= 'b' ORDER BY s.day DESC, s.id DESC":           "sales_day",
		"SELECT * FROM bill_lines b WHERE b.sale_id <> 0 AND b.sale_id = ? ORDER BY b.id":                    "bill_lines_sale",
		"SELECT * FROM bill_lines b WHERE b.deposit_id <> 0 AND b.deposit_id = ? ORDER BY b.id":              "bill_lines_deposit",
		"SELECT * FROM bill_lines b WHERE b.id BETWEEN ? AND ? ORDER BY b.id":                                "PRIMARY KEY (rowid>? AND rowid<?)",
		"SELECT * FROM bills k WHERE k.channel = ? AND k.day = ?":                                            "sqlite_autoindex_bills_1",
		"SELECT * FROM steps s WHERE s.day = ? AND s.kind <> 'release'":                                      "steps_day",
		"SELECT * FROM journal WHERE shift_id = 0 AND sale_id <> 0 AND sale_id = ?":                          "journal_old_sales",
		"SELECT * FROM journal WHERE shift_id = 0 AND deposit_id <> 0 AND deposit_id = ?":                    "journal_old_deposits",
		"SELECT sale_id FROM tenders WHERE trade_no = 'x' AND trade_no <> ''":                                "tenders_trade_no",
	} {
		var plan []string
		err := s.look(ctx, func(v snapshot) error {
			return each(v, func(row *values) error {
				row.at = 3
				plan = append(plan, row.text())
				return nil
			}, "EXPLAIN QUERY PLAN "+strings.ReplaceAll(query, "?", "1"))
		})
		if err != nil || !strings.Contains(strings.Join(plan, "\n"), index) {
			t.Errorf("%s\nplan: %q, %v", query, plan, err)
		}
	}
}
