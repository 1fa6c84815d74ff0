package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"frontdesk/app"
	"frontdesk/app/export"
	"frontdesk/data"
	"frontdesk/payment"
)

// report shows every figure of a day, a month, a year, a range of days or a
// shift, and writes it to files.
func (c *call) report() error {
	cut := c.cut()
	r, err := c.reportOf(cut)
	if err != nil {
		return err
	}
	if err := c.exports(cut); err != nil {
		return err
	}
	return c.tell(r, func() { c.printReport(r.Report, r.CashHidden) })
}

// reportJSON is a report with all its figures.
type reportJSON struct {
	data.Report
	CashHidden bool `json:"cash_hidden"` // the person counts the drawer first: cash of the open shift is in no sum, and there is no drawer
}

// cut is what the flags name.
func (c *call) cut() data.Cut {
	from, to := c.period()
	return data.Cut{From: from, To: to}
}

// reportOf is a report as it stands, as far as the person may see it; of a closed
// shift the same as its Z report unless something was settled since.
func (c *call) reportOf(cut data.Cut) (reportJSON, error) {
	report, err := c.shop.Books.Report(c.ctx, cut)
	if err != nil {
		return reportJSON{}, err
	}
	hidden, err := c.shop.Books.HidesCash(c.ctx)
	closed := report.Shift != nil && report.Shift.State == data.ShiftClosed
	return reportJSON{report, hidden && !closed}, err
}

// exports writes the files that were asked for. None is overwritten.
func (c *call) exports(cut data.Cut) error {
	for _, format := range []app.ExportFormat{app.ExportPDF, app.ExportXLSX, app.ExportCSV} {
		file := c.flags[string(format)]
		if file == "" {
			continue
		}
		file, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		switch err := c.shop.Books.Export(c.ctx, cut, format, file, nil); {
		case errors.Is(err, fs.ErrExist):
			return &failure{code: exitOther, kind: "exists", key: "ctl.exists", pairs: []any{"file", file}, cause: err}
		case err != nil:
			return err
		}
		c.note("ctl.exported", "file", file)
	}
	return nil
}

// printReport shows a report to a person.
func (c *call) printReport(r data.Report, cashHidden bool) {
	if r.From == r.To {
		c.println(string(r.From))
	} else {
		c.println(c.t("ctl.period", "from", r.From, "to", r.To))
	}
	rows := [][]string{{c.t("report.col.method"), c.t("report.col.count"), c.t("report.trade"), c.t("report.discount"), c.t("report.settled"),
		c.t("report.refunds"), c.t("report.col.count"), c.t("report.refunds_settled"), c.t("report.net")}}
	line := func(name string, f data.Figures) {
		rows = append(rows, []string{name, number(f.Payments), f.Trade.Grouped(), f.Discount.Grouped(), f.Settled.Grouped(),
			f.Refunded.Grouped(), number(f.Refunds), f.RefundSettled.Grouped(), f.Net.Grouped()})
	}
	for _, s := range r.Channels {
		line(c.words.Method(string(s.Channel), string(s.Wallet)), s.Figures)
	}
	line(c.t("report.total"), r.Total)
	c.table(rows, 1, 2, 3, 4, 5, 6, 7, 8)
	if r.Fee != 0 || r.FeeOpen > 0 {
		c.println(c.t("report.fee") + "  " + export.FeeWords(c.words, r))
	}
	if r.Open.Payments > 0 {
		c.println(c.t("ctl.report_unknown", "count", r.Open.Payments, "amount", r.Open.Paid.Grouped()))
	}
	if cashHidden {
		c.println(c.t("ctl.cash_hidden"))
	} else {
		c.printDrawer(r)
	}
	c.printDeposits(r.Deposits)
}

// printDrawer shows what cash did; ranges have no drawer.
func (c *call) printDrawer(r data.Report) {
	d := r.Drawer
	if r.Kind == data.ReportRange || d == (data.Drawer{}) {
		return
	}
	c.println("")
	rows := [][]string{{c.t("report.drawer"), ""}}
	line := func(key string, a payment.Amount) { rows = append(rows, []string{c.t(key), a.Grouped()}) }
	line("report.float", d.Float)
	line("report.cash_in_sales", d.Paid)
	line("report.cash_refunds", -d.Refunded)
	line("report.cash_deposits", d.Deposits)
	line("report.cash_in", d.In)
	line("report.cash_out", -d.Out)
	line("report.expected", d.Expected)
	if d.IsCounted {
		line("report.counted", d.Counted)
		rows = append(rows, []string{c.t("report.difference"), d.Difference.Signed()})
	}
	c.table(rows, 1)
}

// printDeposits shows how what is held came to be, where there is anything.
func (c *call) printDeposits(d data.DepositTotals) {
	if d.OpeningHeld == 0 && d.Takes+d.Captures+d.Releases+d.Refunds+d.Unknown == 0 {
		return
	}
	c.println("")
	rows := [][]string{{c.t("ctl.deposits"), c.t("ctl.col.count"), c.t("receipt.amount")},
		{c.t("ctl.held.opening"), "", d.OpeningHeld.Grouped()}, {c.t("ctl.held.taken"), number(d.Takes), d.Taken.Grouped()},
		{c.t("slip.captured"), number(d.Captures), d.Captured.Grouped()}, {c.t("ctl.col.released"), number(d.Releases), d.Released.Grouped()},
		{c.t("ctl.held.closing"), "", d.ClosingHeld.Grouped()}}
	if d.Refunds > 0 {
		rows = append(rows, []string{c.t("ctl.held.refunded"), number(d.Refunds), d.Refunded.Grouped()})
	}
	c.table(rows, 1, 2)
	if d.Unknown > 0 {
		c.println(c.t("ctl.deposits_unknown", "count", d.Unknown))
	}
}
