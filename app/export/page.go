package export

import (
	"fmt"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// scales are how much smaller a very full day or shift is set, to be one page.
var scales = []float64{0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5}

// compose sets the report on pages.
func compose(j Job) []*sheet {
	full := composeAt(j, 1)
	if len(full) == 1 || j.Report.Kind == data.ReportRange {
		return full
	}
	for _, scale := range scales {
		if pages := composeAt(j, scale); len(pages) == 1 {
			for i, part := range pages[0].items {
				pages[0].items[i] = part.scaled(scale)
			}
			return pages
		}
	}
	return full // nobody could read it on one
}

func composeAt(j Job, scale float64) []*sheet {
	c := composer{j: j, r: j.Report}
	c.sheets = newSheets(scale, func(s *sheets) { c.head(s) })
	c.figures()
	c.chart()
	for i, part := range j.slices() {
		c.table(part.key, part.rows, i == 0)
	}
	if c.r.Kind != data.ReportRange {
		c.drawer()
	}
	c.deposits()
	c.rest()
	return c.pages
}

type composer struct {
	*sheets
	j Job
	r data.Report
}

func (c *composer) t(key string, pairs ...any) string { return c.j.Words.T(key, pairs...) }

// title is what kind of report it is.
func (j Job) title() string {
	if j.Z != nil {
		return j.Words.T("report.z." + string(j.Z.Kind))
	}
	return j.Words.T("report.x." + string(j.Report.Kind))
}

// period is what the report is about.
func (j Job) period() string {
	r := j.Report
	switch {
	case r.Kind == data.ReportShift && r.Shift.Name != "":
		return string(r.Shift.Day) + " " + r.Shift.Name + " " + r.Shift.Staff.Name
	case r.Kind == data.ReportShift:
		return string(r.Shift.Day) + " " + r.Shift.Staff.Name
	case r.From == r.To:
		return string(r.From)
	}
	return string(r.From) + " " + j.Words.T("report.to") + " " + string(r.To)
}

func clock(t time.Time) string { return t.In(payment.Beijing).Format("2006-01-02 15:04") }

// How wide the right side of the head is.
const (
	titleWidth = 150.0
	spanWidth  = 230.0
)

// head stands at the top of every page.
func (c *composer) head(s *sheets) {
	s.write(margin, width-titleWidth-8, c.j.shop(), 18, true, ink)
	s.writeTo(right, titleWidth, c.j.title()+" "+c.number(), headSize, true, ink)
	s.y += 26
	s.write(margin, width-spanWidth-8, c.j.period(), headSize, false, ink)
	s.writeTo(right, spanWidth, c.t("report.span")+" "+clock(c.r.Begin)+" "+c.t("report.to")+" "+clock(c.r.End), smallSize, false, faint)
	s.y += 18
	if c.j.Practice {
		s.write(margin, width, c.t("receipt.practice"), headSize, true, ink)
		s.y += 18
	}
	s.rule()
}

// number is that of the Z report; empty for an X.
func (c *composer) number() string {
	if c.j.Z == nil {
		return ""
	}
	return fmt.Sprintf("Z %04d", c.j.Z.Number)
}

// How wide a label and its value are, in one of two columns.
const (
	labelWidth = 128.0
	valueWidth = width/2 - 16 - labelWidth - 4
)

// figures are the sums, in two columns.
func (c *composer) figures() {
	t := c.r.Total
	left := [][2]string{
		{c.counted("report.trade", t.Payments), t.Trade.Grouped()},
		{c.t("report.discount"), (-t.Discount).Grouped()},
		{c.t("report.settled"), t.Settled.Grouped()},
	}
	second := [][2]string{
		{c.counted("report.refunds", t.Refunds), (-t.Refunded).Grouped()},
		{c.counted("report.refunds_settled", t.RefundsSettled), (-t.RefundSettled).Grouped()},
		{c.t("report.fee"), FeeWords(c.j.Words, c.r)},
	}
	c.y += 4
	c.write(margin, labelWidth, c.t("report.net"), headSize, true, ink)
	c.writeTo(right, width-labelWidth, "¥"+t.Net.Grouped(), 20, true, ink)
	c.y += 30
	middle := margin + width/2
	for i := range left {
		c.write(margin, labelWidth, left[i][0], bodySize, false, ink)
		c.writeTo(middle-16, valueWidth, left[i][1], bodySize, true, ink)
		c.write(middle+16, labelWidth, second[i][0], bodySize, false, ink)
		c.writeTo(right, valueWidth, second[i][1], bodySize, true, ink)
		c.y += rowHeight
	}
	c.y += 8
}

func (c *composer) counted(key string, n int) string {
	return c.t(key) + "  " + c.t("report.count", "n", n)
}

// heading begins a part that keeps its first lines with it.
func (c *composer) heading(key string, lines int) {
	c.room(30 + float64(lines)*rowHeight)
	c.y += 6
	c.write(margin, width, c.t(key), headSize, true, ink)
	c.y += 18
}

// columnsOf a table of figures: name, number, trade, discount, settled, refunds,
// net.
func figureColumns() []column {
	edges := []float64{0.36, 0.49, 0.60, 0.74, 0.87, 1}
	const gap, count = 6.0, 40.0
	list := []column{{x: margin, most: width*edges[0] - count - gap}}
	for i, e := range edges {
		most := count
		if i > 0 {
			most = width*(e-edges[i-1]) - gap
		}
		list = append(list, column{x: margin + width*e, most: most, toLeft: true})
	}
	return list
}

func (c *composer) figureHeads(columns []column) {
	c.row(columns, []string{"", c.t("report.col.count"), c.t("report.trade"), c.t("report.discount"), c.t("report.settled"), c.t("report.refunds"), c.t("report.net")}, false)
}

// table is a part of the report by what it is cut by; one of them ends with the
// total, which is that of all.
func (c *composer) table(key string, rows []slice, total bool) {
	if len(rows) == 0 {
		return
	}
	c.heading(key, min(len(rows), 3)+1)
	columns := figureColumns()
	if total || c.r.Kind == data.ReportRange { // of a day, the tables stand below each other with one head
		c.figureHeads(columns)
	}
	for _, r := range rows {
		c.row(columns, []string{r.name, fmt.Sprint(r.Payments), r.Trade.Grouped(), (-r.Discount).Grouped(), r.Settled.Grouped(),
			(-r.RefundSettled).Grouped(), r.Net.Grouped()}, false)
	}
	if !total {
		return
	}
	t := c.r.Total
	c.rule()
	c.row(columns, []string{c.t("report.total"), fmt.Sprint(t.Payments), t.Trade.Grouped(), (-t.Discount).Grouped(), t.Settled.Grouped(),
		(-t.RefundSettled).Grouped(), t.Net.Grouped()}, true)
}

// pairs is a part of labels and values, in two columns.
func (c *composer) pairs(key string, list [][2]string) {
	half := (len(list) + 1) / 2
	c.heading(key, half)
	middle := margin + width/2
	for i := range half {
		c.room(rowHeight)
		c.write(margin, labelWidth, list[i][0], bodySize, false, ink)
		c.writeTo(middle-16, valueWidth, list[i][1], bodySize, true, ink)
		if k := i + half; k < len(list) {
			c.write(middle+16, labelWidth, list[k][0], bodySize, false, ink)
			c.writeTo(right, valueWidth, list[k][1], bodySize, true, ink)
		}
		c.y += rowHeight
	}
}

func (c *composer) drawer() {
	d := c.r.Drawer
	list := [][2]string{
		{c.t("report.float"), d.Float.Grouped()},
		{c.t("report.cash_in_sales"), d.Paid.Grouped()},
		{c.t("report.cash_refunds"), (-d.Refunded).Grouped()},
		{c.t("report.cash_deposits"), d.Deposits.Grouped()},
		{c.t("report.cash_in"), d.In.Grouped()},
		{c.t("report.cash_out"), (-d.Out).Grouped()},
		{c.t("report.expected"), d.Expected.Grouped()},
	}
	if d.IsCounted {
		list = append(list, [2]string{c.t("report.counted"), d.Counted.Grouped()}, [2]string{c.t("report.difference"), d.Difference.Signed()})
	} else {
		list = append(list, [2]string{c.t("report.counted"), c.t("report.not_counted")})
	}
	if s := c.r.Shift; s != nil && s.Reason != "" {
		list = append(list, [2]string{c.t("report.reason"), s.Reason})
	}
	c.pairs("report.drawer", list)
}

func (c *composer) deposits() {
	d := c.r.Deposits
	if d.OpeningHeld == 0 && d.ClosingHeld == 0 && d.Takes+d.Captures+d.Releases+d.Refunds == 0 {
		return
	}
	c.pairs("report.deposits", [][2]string{
		{c.t("report.held_before"), d.OpeningHeld.Grouped()},
		{c.counted("report.taken", d.Takes), d.Taken.Grouped()},
		{c.counted("report.captured", d.Captures), (-d.Captured).Grouped()},
		{c.counted("report.released", d.Releases), (-d.Released).Grouped()},
		{c.t("report.held_after"), d.ClosingHeld.Grouped()},
		{c.counted("report.given_back", d.Refunds), (-d.Refunded).Grouped()},
	})
}

// rest is what is open, the receipts, and where the journal stood.
func (c *composer) rest() {
	o := c.r.Open
	receipts := c.t("report.none")
	if n := c.r.Receipts; n.Count > 0 {
		receipts = n.First + " " + c.t("report.to") + " " + n.Last + "  " + c.t("report.gapless.count", "n", n.Count)
	}
	c.pairs("report.close", [][2]string{
		{c.counted("report.open", o.Payments), o.Paid.Grouped()},
		{c.counted("report.open_refunds", o.Refunds), o.Refunded.Grouped()},
		{c.counted("report.open_holds", o.Holds), o.Held.Grouped()},
		{c.counted("report.open_steps", o.Steps), o.Stepped.Grouped()},
	})
	c.line(c.t("report.receipts"), receipts)
	c.line(c.t("report.journal"), fmt.Sprint(c.r.HeadSeq)+"  "+c.r.HeadHash)
	if c.j.Z == nil {
		c.line(c.t("report.x.note"), "")
		return
	}
	c.room(48)
	c.y += 20
	c.write(margin, 88, c.t("report.signature"), bodySize, false, ink)
	c.put(item{x: margin + 90, y: c.y + bodySize + 4, w: 180, h: 0.6, tone: faint})
	c.y += rowHeight
}

func (c *composer) line(label, value string) {
	c.room(rowHeight)
	c.write(margin, width/2, label, smallSize, false, faint)
	c.writeTo(right, width, value, smallSize, false, faint)
	c.y += rowHeight
}

// foot stands at the bottom of every page.
func foot(j Job, page, pages int) []item {
	y := pageHeight - margin
	made := j.Words.T("report.made") + " " + clock(j.Report.At)
	return []item{
		{x: margin, y: y, text: made, size: smallSize, tone: faint},
		{x: right, y: y, text: j.Words.T("report.page", "page", page, "pages", pages), size: smallSize, toLeft: true, tone: faint},
	}
}
