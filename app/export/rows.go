package export

import (
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// cell is one value of a line: a text, or an amount of money.
type cell struct {
	text   string
	amount payment.Amount
	money  bool
}

func text(s string) cell           { return cell{text: s} }
func amount(a payment.Amount) cell { return cell{amount: a, money: true} }
func (c cell) plain() string {
	if c.money {
		return c.amount.String()
	}
	return c.text
}

// saleColumns are the heads of the lines of sales, as keys of words.
var saleColumns = []string{
	"report.col.receipt", "report.day", "report.col.time", "report.col.person", "report.col.owed", "report.col.paid", "report.col.refunds", "report.col.net",
	"report.col.state", "report.col.method", "report.col.order_no", "report.col.trade_no", "report.col.remark",
}

// saleCells is a sale in the order of saleColumns. A sale with several tenders
// names all its ways to pay, and the numbers of the last one.
func (j Job) saleCells(s data.SaleRow) []cell {
	var ways []string
	for _, way := range s.Ways {
		ways = append(ways, j.Words.Method(string(way.Channel), string(way.Wallet)))
	}
	return []cell{
		text(s.ReceiptNo), text(string(s.Day)), text(s.CreatedAt.In(payment.Beijing).Format(time.DateTime)), text(s.Staff.Name),
		amount(s.Amount), amount(s.Paid), amount(s.Refunded), amount(s.Paid - s.Refunded),
		text(j.Words.T("badge." + string(s.State))), text(strings.Join(ways, " + ")), text(s.LastTender.OutTradeNo), text(s.LastTender.TradeNo), text(s.Remark),
	}
}

// figureCells are the sums of a report, one line each: what it is, how many, how
// much.
func (j Job) figureCells() [][]cell {
	r, t := j.Report, j.Report.Total
	var lines [][]cell
	add := func(key, count string, value cell) {
		lines = append(lines, []cell{text(j.Words.T(key)), text(count), value})
	}
	add("report.net", "", amount(t.Net))
	add("report.trade", number(t.Payments), amount(t.Trade))
	add("report.discount", "", amount(t.Discount))
	add("report.settled", "", amount(t.Settled))
	add("report.refunds", number(t.Refunds), amount(t.Refunded))
	add("report.refunds_settled", number(t.RefundsSettled), amount(t.RefundSettled))
	if r.FeeKnown {
		add("report.fee", "", amount(r.Fee))
	} else {
		add("report.fee", "", text(FeeWords(j.Words, r)))
	}
	add("report.open", number(r.Open.Payments), amount(r.Open.Paid))
	add("report.held_before", "", amount(r.Deposits.OpeningHeld))
	add("report.taken", number(r.Deposits.Takes), amount(r.Deposits.Taken))
	add("report.captured", number(r.Deposits.Captures), amount(r.Deposits.Captured))
	add("report.released", number(r.Deposits.Releases), amount(r.Deposits.Released))
	add("report.given_back", number(r.Deposits.Refunds), amount(r.Deposits.Refunded))
	add("report.held_after", "", amount(r.Deposits.ClosingHeld))
	return lines
}

// slice is a named part of a report.
type slice struct {
	name string
	data.Figures
}

// slices are the report's parts by method, person, shift and day.
func (j Job) slices() []struct {
	key  string
	rows []slice
} {
	var methods, people, shifts, days []slice
	for _, s := range j.Report.Channels {
		methods = append(methods, slice{j.Words.Method(string(s.Channel), string(s.Wallet)), s.Figures})
	}
	for _, s := range j.Report.People {
		people = append(people, slice{s.Staff.Name, s.Figures})
	}
	for _, s := range j.Report.Shifts {
		shifts = append(shifts, slice{j.shiftName(s.Shift), s.Figures})
	}
	for _, s := range j.Report.Days {
		days = append(days, slice{string(s.Day), s.Figures})
	}
	if j.Report.Kind == data.ReportShift {
		shifts = nil
	}
	return []struct {
		key  string
		rows []slice
	}{{"report.by_method", methods}, {"report.by_person", people}, {"report.by_shift", shifts}, {"report.by_day", days}}
}

func (j Job) shiftName(s data.ShiftName) string {
	if s.ID == 0 {
		return j.Words.T("report.before_shifts")
	}
	return strings.TrimSpace(s.Name + " " + s.Staff.Name)
}
