package data

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/payment"
)

// addFigures adds the journal rows of a sale to the figures; they count under
// the method and wallet of their tenders.
func (v *verifier) addFigures(c *saleCheck) {
	for _, r := range c.journal {
		for _, t := range c.tenders {
			if t.ID == r.tenderID {
				r.method, r.wallet = t.Method, t.Wallet
			}
		}
		if key, f, moved := r.figure(); moved {
			sum := v.figures[key]
			sum.add(f)
			v.figures[key] = sum
		}
	}
}

// saleDay is a row of sale_days: the sales of a day, whenever their money came.
type saleDay struct {
	sales     int64
	withMoney int64
	paid      payment.Amount
	refunds   int64
	refunded  payment.Amount
}

// addSale adds a sale to the sums of its day.
func (v *verifier) addSale(c *saleCheck) {
	d := v.saleDays[c.sale.Day]
	d.sales++
	d.withMoney += number(c.sale.Paid > 0)
	d.paid += c.sale.Paid
	d.refunded += c.sale.Refunded
	for _, r := range c.refunds {
		d.refunds += number(r.State == payment.RefundDone)
	}
	v.saleDays[c.sale.Day] = d
}

func (v *verifier) checkSaleDays() error {
	scan := func(row *values) (Day, saleDay) {
		return Day(row.text()), saleDay{row.int(), row.int(), payment.Amount(row.int()), row.int(), payment.Amount(row.int())}
	}
	return compareFigures(v, "sale_days", "SELECT day, sales, with_money, paid, refunds, refunded FROM sale_days", scan, v.saleDays)
}

func (v *verifier) checkFigures() error {
	days := map[figureKey]figure{}
	for key, f := range v.figures {
		key.hour = 0
		sum := days[key]
		sum.add(f)
		days[key] = sum
	}
	if err := compareFigures(v, "figures", "SELECT "+figureColumns+" FROM figures", scanFigure, v.figures); err != nil {
		return err
	}
	return compareFigures(v, "figure_days", "SELECT "+strings.Replace(figureColumns, "hour", "0", 1)+" FROM figure_days", scanFigure, days)
}

func (v *verifier) checkDepositFigures() error {
	return compareFigures(v, "deposit_figures", "SELECT "+depositFigureColumns+" FROM deposit_figures", scanDepositFigure, v.depositFigures)
}

// compareFigures compares the rows of a table of sums with what the journal
// says.
func compareFigures[K, F comparable](v *verifier, table, query string, scan func(*values) (K, F), want map[K]F) error {
	seen := map[K]bool{}
	err := each(v.s, func(row *values) error {
		key, f := scan(row)
		seen[key] = true
		if w, ok := want[key]; !ok {
			v.report.found(ProblemDay, table, 0, "%+v: is %+v, the journal says nothing", key, f)
		} else if f != w {
			v.report.found(ProblemDay, table, 0, "%+v: is %+v, the journal says %+v", key, f, w)
		}
		return nil
	}, query)
	var rest []string
	for key, f := range want {
		if !seen[key] {
			rest = append(rest, fmt.Sprintf("%+v: is not there, the journal says %+v", key, f))
		}
	}
	slices.Sort(rest)
	for _, line := range rest {
		v.report.found(ProblemDay, table, 0, "%s", line)
	}
	return err
}

// checkDrawer compares the drawer at the end of each day with all that the
// journal says about it until then.
func (v *verifier) checkDrawer() error {
	var days []Day
	for day := range v.drawer {
		days = append(days, day)
	}
	slices.Sort(days)
	balances, balance := map[Day]payment.Amount{}, payment.Amount(0)
	for _, day := range days {
		balance += v.drawer[day]
		balances[day] = balance
	}
	scan := func(row *values) (Day, payment.Amount) { return Day(row.text()), payment.Amount(row.int()) }
	return compareFigures(v, "drawer_days", "SELECT day, balance FROM drawer_days", scan, balances)
}
