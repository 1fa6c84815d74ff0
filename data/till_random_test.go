package data

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"frontdesk/payment"
)

// tillDays is a crew that is watched: after every single act the drawer and the
// figures are counted again.
type tillDays struct {
	*crew
	made map[int64]string // Z reports as they were made
}

// drawerOfRecords counts the drawer from the records of the newest shift alone:
// what it began with, cash that came and went, and cash that was moved.
const drawerOfRecords = `SELECT h.float
	+ (SELECT coalesce(sum(amount), 0) FROM tenders WHERE shift_id = h.id AND channel = 'cash' AND state = 'paid')
	- (SELECT coalesce(sum(r.amount), 0) FROM refunds r JOIN tenders t ON t.id = r.tender_id WHERE r.shift_id = h.id AND t.channel = 'cash' AND r.state = 'done')
	+ (SELECT coalesce(sum(held), 0) FROM deposits WHERE shift_id = h.id AND channel = 'cash')
	- (SELECT coalesce(sum(CASE s.kind WHEN 'capture' THEN s.rest ELSE s.amount END), 0) FROM steps s JOIN deposits d ON d.id = s.deposit_id
		WHERE s.shift_id = h.id AND d.channel = 'cash' AND s.state = 'done')
	+ (SELECT coalesce(sum(amount), 0) FROM cash_moves WHERE shift_id = h.id AND kind <> 'float')
	FROM shifts h ORDER BY h.id DESC LIMIT 1`

// figuresOfJournal are the figures, summed from the journal.
const figuresOfJournal = `SELECT CASE j.counts_on WHEN '' THEN j.day ELSE j.counts_on END, CASE j.counts_hour WHEN -1 THEN (j.at / 3600000 + 8) % 24 ELSE j.counts_hour END,
		j.shift_id, j.staff_id, j.channel, t.method, t.wallet,
		sum(CASE WHEN j.kind IN ('paid', 'late_paid') AND j.sale_paid = j.paid THEN 1 WHEN j.kind = 'taken' AND j.sale_paid = 0 THEN -1 ELSE 0 END),
		sum(CASE WHEN j.kind IN ('paid', 'late_paid') THEN 1 WHEN j.kind = 'taken' THEN -1 ELSE 0 END),
		sum(j.paid), sum(j.discount), sum(j.kind = 'refunded'), sum(j.refunded), sum(j.refund_discount)
	FROM journal j JOIN tenders t ON t.id = j.tender_id WHERE j.kind IN ('paid', 'late_paid', 'taken', 'refunded') GROUP BY 1, 2, 3, 4, 5, 6, 7`

// paidOfRecords are the payments, each where it was asked for.
const paidOfRecords = `SELECT day, (created_at / 3600000 + 8) % 24, shift_id, staff_id, channel, method, wallet, count(*), sum(amount), sum(discount)
	FROM tenders WHERE state = 'paid' GROUP BY 1, 2, 3, 4, 5, 6, 7`

// feesOfLines are the fees of payments that stand and of refunds that are done,
// each where the money was asked for.
const feesOfLines = `SELECT day, hour, shift_id, staff_id, channel, method, wallet, sum(fee) FROM (
		SELECT t.day, (t.created_at / 3600000 + 8) % 24 hour, t.shift_id, t.staff_id, t.channel, t.method, t.wallet, b.fee
			FROM bill_lines b JOIN bills k ON k.id = b.id / 1000000 JOIN tenders t ON t.out_trade_no = b.order_no AND t.channel = k.channel WHERE b.kind <> 'refund' AND t.state = 'paid'
		UNION ALL SELECT r.day, (r.created_at / 3600000 + 8) % 24, r.shift_id, r.staff_id, t.channel, t.method, t.wallet, b.fee
			FROM bill_lines b JOIN refunds r ON r.id = b.refund_id JOIN tenders t ON t.id = r.tender_id WHERE r.state = 'done')
	GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(fee) <> 0`

// watch counts everything again.
func (d *tillDays) watch() {
	d.tb.Helper()
	err := d.look(ctx, func(v snapshot) error {
		balance, err := drawerBalance(v)
		if err != nil {
			return err
		}
		records, err := all(v, scanInt, drawerOfRecords)
		if err != nil {
			return err
		}
		if len(records) == 1 && payment.Amount(records[0]) != balance || len(records) == 0 && balance != 0 {
			d.tb.Errorf("%s in the drawer; the records say %d", balance, records)
		}
		journalled := "SELECT " + strings.TrimSuffix(figureColumns, ", fee, billed") + " FROM figures"
		paid := "SELECT day, hour, shift_id, staff_id, channel, method, wallet, payments, paid, discount FROM figures WHERE payments <> 0"
		fees := "SELECT day, hour, shift_id, staff_id, channel, method, wallet, fee FROM figures WHERE fee <> 0"
		for what, query := range map[string]string{
			"figures that are not in the journal": journalled + " EXCEPT " + figuresOfJournal,
			"the journal is not in the figures":   figuresOfJournal + " EXCEPT " + journalled,
			"figures that nobody paid":            paid + " EXCEPT " + paidOfRecords,
			"payments that count elsewhere":       paidOfRecords + " EXCEPT " + paid,
			"fees that are in no bill":            fees + " EXCEPT " + feesOfLines,
			"fees that count elsewhere":           feesOfLines + " EXCEPT " + fees,
		} {
			n, err := one(v, scanInt, "SELECT count(*) FROM ("+query+")")
			if err != nil {
				return err
			}
			if n != 0 {
				d.tb.Errorf("%s: %d", what, n)
			}
		}
		return nil
	})
	if err != nil {
		d.tb.Fatal(err)
	}
	if open := d.current(); open.ID != 0 && d.report(Cut{ShiftID: open.ID}).Drawer.Expected != d.inDrawer() {
		d.tb.Errorf("the report expects %s, the drawer has %s", d.report(Cut{ShiftID: open.ID}).Drawer.Expected, d.inDrawer())
	}
	if d.tb.Failed() {
		d.tb.FailNow()
	}
}

// endDays makes the Z reports of all days that have ended, in their order.
func (d *tillDays) endDays() {
	d.tb.Helper()
	days, err := d.DaysWithoutZ(ctx)
	if err != nil {
		d.tb.Fatal(err)
	}
	for i, day := range days {
		if i > 0 { // not out of order
			if _, err := d.MakeDayZ(ctx, days[len(days)-1], 0, false); i < len(days)-1 && KindOf(err) != KindEarlierDay {
				d.tb.Fatalf("%s before %s: %v", days[len(days)-1], day, err)
			}
		}
		z, err := d.MakeDayZ(ctx, day, d.person(), d.chance(2))
		if err != nil {
			d.tb.Fatalf("Z report of %s: %v", day, err)
		}
		d.same("Z report of "+string(day), z.Report, d.recount(Cut{From: day, To: day}), z.Report.HeadSeq, z.Report.HeadHash)
	}
	if days, err = d.DaysWithoutZ(ctx); err != nil || len(days) > 0 {
		d.tb.Fatalf("%v are left, %v", days, err)
	}
}

// papers holds that no Z report has changed since it was made, and that each
// kind is numbered without a gap.
func (d *tillDays) papers() (shifts, days int64) {
	d.tb.Helper()
	list, err := d.Zs(ctx, "2000-01-01", "2999-12-31")
	if err != nil {
		d.tb.Fatal(err)
	}
	numbers := map[ReportKind]int64{}
	for _, z := range list {
		if z.Number != numbers[z.Kind]+1 || z.Kind == ReportShift && z.Number != z.Report.Shift.ID {
			d.tb.Fatalf("Z report %d has number %d", z.ID, z.Number)
		}
		numbers[z.Kind]++
		text, err := json.Marshal(z)
		if err != nil {
			d.tb.Fatal(err)
		}
		if old, ok := d.made[z.ID]; ok && old != string(text) {
			d.tb.Fatalf("Z report %d was\n%s\nand is\n%s", z.ID, old, text)
		}
		d.made[z.ID] = string(text)
	}
	return numbers[ReportShift], numbers[ReportDay]
}

// Whatever happens at a till, over shifts, days and restarts, with whatever the
// channels settle late: after every act the drawer holds what the records of
// the open shift say, money counts where it was asked for, the figures are what
// the journal adds up to, and no Z report ever changes.
func TestEveryActOfATillDay(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			d := &tillDays{crew: newCrew(newShop(t), 100+seed), made: map[int64]string{}}
			for i := range 300 {
				d.act()
				d.watch()
				if d.chance(60) {
					d.reopen()
				}
				if d.chance(30) {
					d.wait(60 * d.random.IntN(30))
					d.endDays()
				}
				if i%70 == 69 {
					d.papers()
				}
			}
			d.mustVerify()
			if shifts, days := d.papers(); shifts < 4 || days < 2 {
				t.Fatalf("only %d shifts and %d days were closed", shifts, days)
			}
		})
	}
}
