package summary

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// reading is what was read for a period, at one moment.
type reading struct {
	period   period
	today    data.Day
	now      time.Time
	report   data.Report
	compared bool // compare was read: days only
	compare  app.Comparison
	z        data.Z
	hasZ     bool
	match    data.Reconciliation
	matched  bool // match was read: days only
	backup   time.Time
	hasBack  bool   // backup was made
	noBackup string // why the one that is due is not there: a kind of data's errors; empty for nothing
	deposits bool   // the shop takes deposits
	blind    bool   // the person counts the drawer before its sum is seen: cash was left out of the report
}

// goingOn reports whether the period has not ended: its sums still grow.
func (r reading) goingOn() bool {
	if s := r.report.Shift; s != nil {
		return s.State == data.ShiftOpen
	}
	return r.period.has(r.today)
}

// view is a period as the screen shows it: ready strings, and what a tap on each
// figure shows.
type view struct {
	cards   [figureCount]figure
	chart   chartView
	shares  []share
	drawer  box
	middle  box // shifts, or people
	deposit box // without a title where the shop takes none
	closing box
}

// The figures on top, in their order. The last one is shown where there is room.
const (
	figureNet = iota
	figureTrade
	figureDiscount
	figureRefund
	figureFee
	figureAverage
	figureCount
)

// figure is one of the cards on top.
type figure struct {
	kit.FigureView
	to target
}

// chartView is the chart, and what is behind each bar.
type chartView struct {
	kit.ChartView
	hint  string
	to    []target // one for each bar
	empty string   // what there is to say where no bar has a height
	do    string   // and what to do then
}

// share is one way of payment.
type share struct {
	kit.Share
	to target
}

// box is one of the cards below: rows, and a foot where it has one.
type box struct {
	title, hint string
	rows        []row
	foot        *row
}

// row is a line of a box.
type row struct {
	kit.CardLine
	to target
}

// targetKind is what a tap shows.
type targetKind int

const (
	toNothing  targetKind = iota
	toSales               // the sales that pass a filter
	toPeriod              // another period on this screen
	toDeposits            // the tab of deposits
	toPaper               // the Z report, printed again
	toBills               // where the till and the channels' bills disagree
)

// target is what a tap on a figure shows.
type target struct {
	kind   targetKind
	filter data.Filter // toSales
	period period      // toPeriod
}

func salesOf(f data.Filter) target { return target{kind: toSales, filter: f} }
func periodOf(p period) target     { return target{kind: toPeriod, period: p} }

// newView makes the strings of what was read.
func newView(d *screen.Desk, r reading) view {
	v := view{cards: newFigures(d, r), chart: newChart(d, r), shares: newShares(d, r), middle: newPeople(d, r), closing: newClosing(d, r)}
	v.drawer = newDrawer(d, r)
	if r.period.unit == unitDay {
		v.middle = newShifts(d, r)
	}
	if r.deposits || r.report.Deposits != (data.DepositTotals{}) {
		v.deposit = newDeposits(d, r)
	}
	return v
}

// newFrame is what stands while the first reading is on its way: names, and no
// figure that could be wrong.
func newFrame(d *screen.Desk, p period) view {
	v := newView(d, reading{period: p, deposits: d.Mode.Deposits()})
	for i := range v.cards {
		v.cards[i].Figure, v.cards[i].Under, v.cards[i].Word, v.cards[i].to = d.Words.T("summary.reading"), nil, false, target{}
	}
	v.chart.empty, v.chart.hint = "", ""
	for _, b := range []*box{&v.drawer, &v.middle, &v.deposit, &v.closing} {
		b.rows, b.foot = nil, nil
	}
	return v
}

// count is a number of payments in words.
func count(d *screen.Desk, n int) string { return d.Words.T("summary.count", "n", grouped(n)) }

// grouped is a number with commas: "12,345".
func grouped(n int) string {
	amount := (payment.Amount(n) * 100).Grouped()
	return amount[:len(amount)-len(".00")]
}
