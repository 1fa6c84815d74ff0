package summary

import (
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// newFigures are the cards on top.
func newFigures(d *screen.Desk, r reading) (cards [figureCount]figure) {
	w, t := d.Words, r.report.Total
	all := salesOf(r.period.filter())

	net := "summary.net"
	if r.goingOn() {
		net = "summary.net.so_far"
	}
	if r.blind {
		net = "summary.net.blind"
	}
	cards[figureNet] = figure{kit.FigureView{Label: w.T(net), Figure: t.Net.Grouped(), Under: besideNet(d, r)}, all}
	cards[figureTrade] = figure{kit.FigureView{Label: w.T("summary.trade"), Figure: t.Trade.Grouped(), Under: []string{count(d, t.Payments)}}, all}
	if r.blind {
		cards[figureTrade].Under = []string{w.T("summary.trade.blind")}
	}
	cards[figureDiscount] = figure{FigureView: kit.FigureView{Label: w.T("summary.discount"), Figure: (-t.Discount).Grouped(),
		Under: []string{w.T("summary.settled", "amount", t.Settled.Grouped())}}}
	var refunds target
	if t.Refunds > 0 {
		f := r.period.filter()
		f.Refunds = true
		refunds = salesOf(f)
	}
	cards[figureRefund] = figure{kit.FigureView{Label: w.T("summary.refund"), Figure: (-t.Refunded).Grouped(), Under: refundWords(d, t)}, refunds}
	cards[figureFee] = figure{FigureView: feeView(d, r.report)}
	average := kit.FigureView{Label: w.T("summary.average"), Figure: w.T("summary.nothing"), Word: true, Under: []string{w.T("summary.sales", "n", grouped(t.Sales))}}
	if t.Sales > 0 && !r.blind { // a sale may have been paid in cash for a part
		average.Figure, average.Word = mean(t.Trade, t.Sales).Grouped(), false
	}
	cards[figureAverage] = figure{average, all}
	return cards
}

// feeView is what the channels kept, as far as their bills tell it.
func feeView(d *screen.Desk, r data.Report) kit.FigureView {
	w := d.Words
	f := kit.FigureView{Label: w.T("summary.fee"), Figure: r.Fee.Grouped(), Under: []string{w.T("summary.fee.billed")}}
	switch {
	case r.FeeKnown:
	case r.Fee != 0:
		f.Under = []string{w.T("summary.fee.part", "n", grouped(r.FeeOpen))}
	default:
		f.Figure, f.Word, f.Under = w.T("summary.fee.open"), true, []string{w.T("summary.fee.later")}
	}
	return f
}

// mean is the n-th part of a sum, rounded to the nearest fen; n is more than 0.
func mean(sum payment.Amount, n int) payment.Amount {
	half := payment.Amount(n / 2)
	if sum < 0 {
		half = -half
	}
	return (sum + half) / payment.Amount(n)
}

// refundWords say how many refunds there are, and how many have no result yet.
func refundWords(d *screen.Desk, t data.Figures) []string {
	w := d.Words
	switch open := t.Refunds - t.RefundsSettled; {
	case t.Refunds == 0:
		return []string{w.T("summary.refund.none")}
	case open > 0:
		return []string{w.T("summary.times", "n", grouped(t.Refunds)), w.T("summary.refund.open", "open", grouped(open))}
	}
	return []string{w.T("summary.refund.done", "n", grouped(t.Refunds))}
}

// besideNet is what the net amount is held against: of a day the day before and
// that of the week before, of several days what one of them brings.
func besideNet(d *screen.Desk, r reading) []string {
	w := d.Words
	switch r.period.unit {
	case unitDay:
		if !r.compared {
			return nil
		}
		weekday := screen.Weekday(w, r.period.from)
		return []string{
			against(d, r, "summary.compare.day", "", r.compare.DayBefore.Net, r.compare.HasDayBefore),
			against(d, r, "summary.compare.week", weekday, r.compare.WeekBefore.Net, r.compare.HasWeekBefore),
		}
	case unitShift:
		return shiftWords(d, r.report.Shift)
	}
	days := 0
	for _, s := range r.report.Days {
		if s.Payments > 0 {
			days++
		}
	}
	if days == 0 {
		return []string{w.T("summary.days.none")}
	}
	return []string{w.T("summary.days", "n", days), w.T("summary.days.mean", "amount", mean(r.report.Total.Net, days).Grouped())}
}

// against words a comparison with another day; a word says why there is none. A
// day that goes on is told as a part of the whole other one, which says more than
// how much is missing in the morning.
func against(d *screen.Desk, r reading, key, weekday string, then payment.Amount, has bool) string {
	w, now := d.Words, r.report.Total.Net
	switch {
	case !has:
		return w.T(key+".none", "weekday", weekday, "why", w.T("summary.compare.closed"))
	case then <= 0:
		return w.T(key+".none", "weekday", weekday, "why", w.T("summary.compare.useless"))
	case r.goingOn():
		return w.T(key+".so_far", "weekday", weekday, "part", reached(now, then))
	}
	return w.T(key, "weekday", weekday, "change", change(now, then))
}

// shiftWords say whose shift it is and when it was.
func shiftWords(d *screen.Desk, s *data.Shift) []string {
	if s == nil {
		return nil
	}
	return []string{s.Staff.Name, shiftTimes(d, *s)}
}

// shiftTimes is from when to when a shift went, in Beijing, with the day where it
// ended on another one.
func shiftTimes(d *screen.Desk, s data.Shift) string {
	from := s.OpenedAt.In(payment.Beijing)
	if s.State == data.ShiftOpen {
		return d.Words.T("summary.shift.since", "from", from.Format("15:04"))
	}
	to, layout := s.ClosedAt.In(payment.Beijing), "15:04"
	if to.YearDay() != from.YearDay() || to.Year() != from.Year() {
		layout = "01-02 15:04"
	}
	return d.Words.T("summary.shift.times", "from", from.Format("15:04"), "to", to.Format(layout))
}

// shiftName is what a shift is called: its name, or its number where it has none.
// What is older than shifts has neither.
func shiftName(d *screen.Desk, id int64, name string) string {
	switch {
	case id == 0:
		return d.Words.T("summary.shift.before")
	case name == "":
		return d.Words.T("summary.shift.number", "n", id)
	}
	return name
}
