package app

import (
	"strings"
	"time"

	"frontdesk/app/export"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// XReport is the paper of how a shift, a day or a range stands: nothing is
// closed by it.
func XReport(r data.Report, style ReceiptStyle) paper.Document {
	p := reportPaper{Document: header(style, false), w: style.Words, r: r}
	p.title(p.w.T("report.x."+string(r.Kind)), "X")
	p.pair("report.made", clock(r.At))
	p.body()
	p.add(paper.Rule(), paper.Text(p.w.T("report.x.note")), paper.Cut())
	return p.Document
}

// ZReport is the paper of a Z report. A copy carries the reprint mark and says
// the same as the first one, whatever was settled since.
func ZReport(z data.Z, style ReceiptStyle, reprint bool) paper.Document {
	p := reportPaper{Document: header(style, reprint), w: style.Words, r: z.Report}
	p.title(p.w.T("report.z."+string(z.Kind)), zNumber(z))
	made := p.w.T("report.automatic")
	if z.Staff.ID != 0 {
		made = z.Staff.Name
	}
	p.pair("report.made", made+" "+clock(z.MadeAt))
	p.body()
	p.proof()
	p.add(paper.Rule(), paper.Feed(1), paper.Pair(p.w.T("report.signature"), signature), paper.Feed(1), paper.Cut())
	return p.Document
}

// zNumber is the number of a Z report as people read it: "Z 0142".
func zNumber(z data.Z) string {
	digits := itoa(z.Number)
	return "Z " + strings.Repeat("0", max(0, 4-len(digits))) + digits
}

// reportPaper is a report while it is being set.
type reportPaper struct {
	paper.Document
	w *lang.Words
	r data.Report
}

func (p *reportPaper) add(e ...paper.Element) { p.Elements = append(p.Elements, e...) }

func (p *reportPaper) pair(key, value string) { p.add(paper.Pair(p.w.T(key), value)) }

// counted is a pair with a number of pieces behind its label.
func (p *reportPaper) counted(key string, n int, value string) {
	p.add(paper.Pair(p.w.T(key)+"  "+p.w.T("report.count", "n", n), value))
}

// title names the report and says what it is about.
func (p *reportPaper) title(name, number string) {
	heading := paper.Text(name + "  " + number)
	heading.Bold = true
	p.add(heading, paper.Rule())
	switch r := p.r; r.Kind {
	case data.ReportShift:
		p.pair("report.shift", shiftName(p.w, r.Shift.Name, r.Shift.Staff))
		p.pair("report.day", dayText(p.w, r.Shift.Day))
	case data.ReportDay:
		p.pair("report.day", dayText(p.w, r.From))
	default:
		p.pair("report.days", string(r.From)+" "+p.w.T("report.to")+" "+string(r.To))
	}
	p.pair("report.span", span(p.r.Begin, p.r.End, p.w))
}

func (p *reportPaper) body() {
	p.sums()
	p.methods()
	p.shares()
	p.drawer()
	p.rest()
}

// sums are the figures of all money.
func (p *reportPaper) sums() {
	t := p.r.Total
	p.add(paper.Rule())
	p.counted("report.trade", t.Payments, t.Trade.Grouped())
	p.pair("report.discount", (-t.Discount).Grouped())
	p.pair("report.settled", t.Settled.Grouped())
	p.counted("report.refunds", t.Refunds, (-t.Refunded).Grouped())
	p.counted("report.refunds_settled", t.RefundsSettled, (-t.RefundSettled).Grouped())
	p.add(paper.Total(p.w.T("report.net"), "¥"+t.Net.Grouped()))
	p.pair("report.fee", export.FeeWords(p.w, p.r))
}

// methods is the table by channel and wallet.
func (p *reportPaper) methods() {
	if len(p.r.Channels) == 0 {
		return
	}
	w := p.w
	p.add(paper.Rule(), paper.Row(w.T("report.col.method"), w.T("report.col.count"), w.T("report.col.settled"), w.T("report.col.refunds"), w.T("report.col.net")))
	row := func(name string, f data.Figures) {
		p.add(paper.Row(name, itoa(int64(f.Payments)), f.Settled.Grouped(), (-f.RefundSettled).Grouped(), f.Net.Grouped()))
	}
	for _, s := range p.r.Channels {
		row(w.Method(string(s.Channel), string(s.Wallet)), s.Figures)
	}
	row(w.T("report.total"), p.r.Total)
}

// shares are the people of a shift, and the shifts of a day.
func (p *reportPaper) shares() {
	var lines []paper.Element
	line := func(name string, f data.Figures) {
		lines = append(lines, paper.Pair(name+"  "+p.w.T("report.count", "n", f.Payments), f.Trade.Grouped()))
	}
	if p.r.Kind == data.ReportDay {
		for _, s := range p.r.Shifts {
			line(shiftName(p.w, s.Shift.Name, s.Shift.Staff), s.Figures)
		}
	} else if len(p.r.People) > 1 {
		for _, s := range p.r.People {
			line(s.Staff.Name, s.Figures)
		}
	}
	if len(lines) > 0 {
		p.add(paper.Rule())
		p.add(lines...)
	}
}

// drawer is the cash, from the float to the count.
func (p *reportPaper) drawer() {
	d := p.r.Drawer
	if p.r.Kind == data.ReportRange {
		return
	}
	p.add(paper.Rule())
	p.pair("report.float", d.Float.Grouped())
	p.pair("report.cash_in_sales", d.Paid.Grouped())
	p.unlessNone("report.cash_refunds", -d.Refunded)
	p.unlessNone("report.cash_deposits", d.Deposits)
	p.unlessNone("report.cash_in", d.In)
	p.unlessNone("report.cash_out", -d.Out)
	p.moves()
	p.pair("report.expected", d.Expected.Grouped())
	if !d.IsCounted {
		p.pair("report.counted", p.w.T("report.not_counted"))
		return
	}
	p.pair("report.counted", d.Counted.Grouped())
	difference := paper.Pair(p.w.T("report.difference"), d.Difference.Signed())
	difference.Bold = true
	p.add(difference)
	s := p.r.Shift
	if s != nil && s.Reason != "" {
		p.pair("report.reason", s.Reason)
	}
	if s != nil && s.Taken != 0 {
		p.pair(data.ReasonTaken, (-s.Taken).Grouped())
		p.pair("report.left_in", (s.Counted - s.Taken).Grouped())
	}
}

// moves are the single movements behind what was put in and taken out: when,
// why, and by whom.
func (p *reportPaper) moves() {
	for _, m := range p.r.Moves {
		closing := p.r.Kind == data.ReportShift && m.Reason == data.ReasonTaken // after the count, and below it
		if !closing && (m.Kind == data.CashIn || m.Kind == data.CashOut) {
			p.add(paper.Pair(m.At.In(payment.Beijing).Format("15:04")+" "+CashReason(p.w, m)+" "+m.Staff.Name, m.Amount.Signed()))
		}
	}
}

// CashReason is why cash moved, in words.
func CashReason(w *lang.Words, m data.CashMove) string {
	if m.Reason == data.ReasonTaken {
		return w.T(m.Reason)
	}
	return m.Reason
}

func (p *reportPaper) unlessNone(key string, a payment.Amount) {
	if a != 0 {
		p.pair(key, a.Grouped())
	}
}

// rest are deposits, what is open, and the receipts' numbers.
func (p *reportPaper) rest() {
	d, open := p.r.Deposits, p.r.Open
	p.add(paper.Rule())
	if p.r.Kind != data.ReportShift {
		p.pair("report.held_before", d.OpeningHeld.Grouped())
	}
	p.countedUnlessNone("report.taken", d.Takes, d.Taken)
	p.countedUnlessNone("report.captured", d.Captures, -d.Captured)
	p.countedUnlessNone("report.released", d.Releases, -d.Released)
	p.countedUnlessNone("report.given_back", d.Refunds, -d.Refunded)
	if p.r.Kind != data.ReportShift {
		p.pair("report.held_after", d.ClosingHeld.Grouped())
	}
	p.counted("report.open", open.Payments, open.Paid.Grouped())
	p.countedUnlessNone("report.open_refunds", open.Refunds, open.Refunded)
	p.countedUnlessNone("report.open_holds", open.Holds, open.Held)
	p.countedUnlessNone("report.open_steps", open.Steps, open.Stepped)
	p.add(paper.Rule())
	if n := p.r.Receipts; n.Count > 0 {
		p.pair("report.receipts", n.First+" "+p.w.T("report.to")+" "+n.Last)
		p.pair("report.gapless", p.w.T("report.gapless.count", "n", n.Count))
	} else {
		p.pair("report.receipts", p.w.T("report.none"))
	}
}

func (p *reportPaper) countedUnlessNone(key string, n int, a payment.Amount) {
	if n != 0 || a != 0 {
		p.counted(key, n, a.Grouped())
	}
}

// proof is where the journal stood: with it on paper nothing before it can be
// changed unseen.
func (p *reportPaper) proof() {
	p.pair("report.journal", itoa(p.r.HeadSeq))
	hash := p.r.HeadHash
	for len(hash) > 0 {
		n := min(32, len(hash))
		p.add(paper.Pair("", hash[:n]))
		hash = hash[n:]
	}
}

// shiftName is "早班 王敏", or the name alone.
func shiftName(w *lang.Words, name string, staff data.Staff) string {
	switch {
	case staff.ID == 0:
		return w.T("report.before_shifts")
	case name == "":
		return staff.Name
	}
	return name + " " + staff.Name
}

// dayText is a business day with its weekday: "2026-11-20 周五".
func dayText(w *lang.Words, d data.Day) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return string(d) + " " + w.T("sales.weekday."+itoa(int64(at.Weekday())))
}

// span is from when to when, without the year.
func span(begin, end time.Time, w *lang.Words) string {
	form := "01-02 15:04"
	return begin.In(payment.Beijing).Format(form) + " " + w.T("report.to") + " " + end.In(payment.Beijing).Format(form)
}
