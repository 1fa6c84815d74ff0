package data

import (
	"cmp"
	"math"
	"slices"
	"time"

	"frontdesk/payment"
)

// recount makes a report the slow way: from every row of the journal and every
// record.
func (c *crew) recount(cut Cut) Report {
	c.tb.Helper()
	return c.books().recount(cut)
}

// everything is all rows of the journal and all records, each read by itself.
type everything struct {
	*crew
	rows     []journalRow
	details  []SaleDetail
	tenders  map[int64]Tender
	deposits []DepositDetail
	shifts   []Shift
	moves    []CashMove
	names    map[int64]Staff
	lines    []billLine
}

func (c *crew) books() everything {
	c.tb.Helper()
	e := everything{crew: c, rows: c.journalRows(), tenders: map[int64]Tender{}, names: map[int64]Staff{}}
	for _, id := range c.sales {
		d := c.detail(id)
		e.details = append(e.details, d)
		for _, t := range d.Tenders {
			e.tenders[t.ID] = t
		}
	}
	for _, id := range c.deposits {
		e.deposits = append(e.deposits, c.depositDetail(id))
	}
	people, err := c.People(ctx)
	if err != nil {
		c.tb.Fatal(err)
	}
	for _, p := range people {
		e.names[p.ID] = p.Staff
	}
	if e.shifts, err = c.Shifts(ctx, "2000-01-01", "2999-12-31"); err != nil {
		c.tb.Fatal(err)
	}
	err = c.look(ctx, func(v snapshot) error {
		if e.moves, err = all(v, scanCash, "SELECT "+cashColumns+" FROM "+cashTables+" ORDER BY m.id"); err != nil {
			return err
		}
		e.lines, err = all(v, scanLine, "SELECT "+lineColumns+" FROM "+lineTables)
		return err
	})
	if err != nil {
		c.tb.Fatal(err)
	}
	return e
}

func (e everything) recount(cut Cut) Report {
	e.tb.Helper()
	n := &recounting{everything: e, cut: cut, by: map[string]map[Slice]Figures{}}
	n.begin()
	n.money()
	n.open()
	n.fees()
	n.lists()
	n.drawer()
	return n.r
}

// recounting is one recount.
type recounting struct {
	everything
	cut Cut
	r   Report
	by  map[string]map[Slice]Figures // each way of cutting
}

func (n *recounting) begin() {
	n.r = Report{Kind: ReportRange, From: n.cut.From, To: n.cut.To, At: n.clock.at}
	if n.cut.ShiftID != 0 {
		s := n.shifts[n.cut.ShiftID-1]
		n.r.Kind, n.r.Shift, n.r.From, n.r.Begin, n.r.End = ReportShift, &s, s.Day, s.OpenedAt, n.clock.at
		if s.State == ShiftClosed {
			n.r.End = s.ClosedAt
		}
		n.r.To = max(s.Day, DayOf(n.r.End, DefaultCutover))
		return
	}
	if n.cut.From == n.cut.To {
		n.r.Kind = ReportDay
	}
	at := func(d Day, days int) time.Time {
		t, err := time.Parse("2006-01-02 15:04 -0700", string(d)+" 04:00 +0800")
		if err != nil {
			n.tb.Fatal(err)
		}
		return t.AddDate(0, 0, days).UTC()
	}
	n.r.Begin, n.r.End = at(n.cut.From, 0), at(n.cut.To, 1)
	if n.clock.at.Before(n.r.End) {
		n.r.End = n.clock.at
	}
}

// has reports whether something of a shift and a day is in the cut.
func (n *recounting) has(shiftID int64, day Day) bool {
	if n.cut.ShiftID != 0 {
		return shiftID == n.cut.ShiftID
	}
	return day >= n.cut.From && day <= n.cut.To
}

// add counts figures under everything that they are cut by.
func (n *recounting) add(t Tender, staffID, shiftID int64, day Day, hour int, f Figures) {
	f.Settled, f.Net = f.Trade-f.Discount, f.Trade-f.Discount-f.RefundSettled
	for way, key := range map[string]Slice{
		"total": {}, "channel": {Channel: t.Channel, Wallet: t.Wallet, Hour: -1}, "method": {Method: t.Method, Hour: -1},
		"person": {Staff: n.names[staffID], Hour: -1}, "shift": {Shift: ShiftName{ID: shiftID}, Hour: -1}, "day": {Day: day, Hour: -1}, "hour": {Hour: hour},
	} {
		if n.by[way] == nil {
			n.by[way] = map[Slice]Figures{}
		}
		sum := n.by[way][key]
		sum.Sales, sum.Payments, sum.Trade, sum.Discount, sum.Settled = sum.Sales+f.Sales, sum.Payments+f.Payments, sum.Trade+f.Trade, sum.Discount+f.Discount, sum.Settled+f.Settled
		sum.Refunds, sum.Refunded, sum.RefundsSettled, sum.RefundSettled, sum.Net =
			sum.Refunds+f.Refunds, sum.Refunded+f.Refunded, sum.RefundsSettled+f.RefundsSettled, sum.RefundSettled+f.RefundSettled, sum.Net+f.Net
		sum.Fee, sum.FeeOpen = sum.Fee+f.Fee, sum.FeeOpen+f.FeeOpen
		n.by[way][key] = sum
	}
}

// money goes through the journal.
func (n *recounting) money() {
	var before, cash payment.Amount // held, and in the drawer, before the cut
	d := &n.r.Deposits
	for _, row := range n.rows {
		day, hour := row.day, time.UnixMilli(row.at).In(payment.Beijing).Hour()
		if row.counts.on != "" {
			day = row.counts.on
		}
		if row.counts.hour > 0 {
			hour = int(row.counts.hour) - 1
		}
		part := row.deposit
		if n.cut.ShiftID == 0 && day < n.cut.From || n.cut.ShiftID != 0 && row.counts.shiftID < n.cut.ShiftID {
			before += part.held - part.captured - part.released
			cash += row.counts.drawer
		}
		if !n.has(row.counts.shiftID, day) {
			continue
		}
		switch row.kind {
		case journalPaid, journalLatePaid, journalTaken, journalRefunded:
			f := Figures{Trade: row.paid, Discount: row.counts.discount, Refunded: row.refunded, RefundSettled: row.refunded - row.counts.refundDiscount}
			switch {
			case row.kind == journalRefunded:
				f.Refunds, f.RefundsSettled = 1, 1
			case row.kind == journalTaken:
				f.Payments, f.Sales = -1, -int(number(row.salePaid == 0))
			default:
				f.Payments, f.Sales = 1, int(number(row.salePaid == row.paid))
			}
			n.add(n.tenders[row.tenderID], row.staffID, row.counts.shiftID, day, hour, f)
			if row.channel == payment.Cash {
				n.r.Drawer.Paid += row.paid
				n.r.Drawer.Refunded += row.refunded
			}
		case journalHold, journalLateHold, journalHoldTaken, journalCapture, journalRelease, journalDepositRefund:
			if row.channel == payment.Cash {
				n.r.Drawer.Deposits += row.counts.drawer
			}
		}
		d.Takes += int(number(part.held > 0))
		d.Captures += int(number(part.captured > 0))
		d.Releases += int(number(part.released > 0))
		d.Refunds += int(number(part.givenBack > 0))
		d.Taken, d.Captured, d.Released, d.Refunded = d.Taken+part.held, d.Captured+part.captured, d.Released+part.released, d.Refunded+part.givenBack
	}
	d.OpeningHeld, d.ClosingHeld = before, before+d.Taken-d.Captured-d.Released
	n.r.Drawer.Float = cash
}

// open goes through the records for what has no end.
func (n *recounting) open() {
	o := &n.r.Open
	for _, d := range n.details {
		for _, t := range d.Tenders {
			if t.State.Open() && n.has(t.ShiftID, t.Day) {
				o.Payments++
				o.Paid += t.Amount
			}
		}
		for _, r := range d.Refunds {
			if !r.State.Final() && n.has(r.ShiftID, r.Day) {
				o.Refunds++
				o.Refunded += r.Amount
				n.add(n.tenders[r.TenderID], r.Staff.ID, r.ShiftID, r.Day, r.CreatedAt.In(payment.Beijing).Hour(), Figures{Refunds: 1, Refunded: r.Amount})
			}
		}
	}
	for _, d := range n.deposits {
		n.r.Deposits.Held += int(number(d.Left() > 0))
		n.r.Deposits.Unknown += int(number(d.State == DepositUnknown))
		if d.Hold.Open() && n.has(d.ShiftID, d.Day) {
			o.Holds++
			o.Held += d.Amount
		}
		for _, s := range d.Steps {
			if !s.State.Final() && n.has(s.ShiftID, s.Day) {
				o.Steps++
				o.Stepped += s.Amount
			}
		}
	}
}

// fees goes through the records that moved money at a channel, and looks through
// all lines for each of them.
func (n *recounting) fees() {
	moved := n.r.Deposits.Captures + n.r.Deposits.Refunds
	sum := func(mine func(billLine) bool, main payment.BillKind) (f Figures) {
		f.FeeOpen = 1
		known := true
		for _, b := range n.lines {
			if mine(b) {
				f.Fee += b.Fee
				known = known && b.FeeKnown
				if b.Kind == main {
					f.FeeOpen = 0
				}
			}
		}
		if !known {
			f.FeeOpen = 1
		}
		return f
	}
	for _, d := range n.details {
		for _, t := range d.Tenders {
			if t.State == payment.StatePaid && t.Channel != payment.Cash && n.has(t.ShiftID, t.Day) {
				f := sum(func(b billLine) bool {
					return b.OrderNo == t.OutTradeNo && b.channel == t.Channel && b.Kind != payment.BilledRefund
				}, payment.BilledPayment)
				n.add(t, t.StaffID, t.ShiftID, t.Day, t.CreatedAt.In(payment.Beijing).Hour(), f)
			}
		}
		for _, r := range d.Refunds {
			if t := n.tenders[r.TenderID]; r.State == payment.RefundDone && t.Channel != payment.Cash && n.has(r.ShiftID, r.Day) {
				f := sum(func(b billLine) bool { return b.refundID == r.ID }, payment.BilledRefund)
				n.add(t, r.Staff.ID, r.ShiftID, r.Day, r.CreatedAt.In(payment.Beijing).Hour(), f)
			}
		}
	}
	for _, d := range n.deposits {
		for _, s := range d.Steps {
			if s.Kind != StepRelease && s.State == payment.RefundDone && d.Channel != payment.Cash && n.has(s.ShiftID, s.Day) {
				main := payment.BilledPayment
				if s.Kind == StepRefund {
					main = payment.BilledRefund
				}
				f := sum(func(b billLine) bool { return b.stepID == s.ID }, main)
				n.r.Fee, n.r.FeeOpen = n.r.Fee+f.Fee, n.r.FeeOpen+f.FeeOpen
			}
		}
	}
	total := n.by["total"][Slice{}]
	n.r.Fee, n.r.FeeOpen = n.r.Fee+total.Fee, n.r.FeeOpen+total.FeeOpen
	n.r.FeeKnown = n.r.FeeOpen == 0 && (total.Payments > 0 || total.RefundsSettled > 0 || moved > 0)
}

// lists lays out what was added up.
func (n *recounting) lists() {
	n.r.Total = n.by["total"][Slice{}]
	n.r.Channels = n.slices("channel", func(a, b Slice) int {
		return cmp.Or(cmp.Compare(b.Trade, a.Trade), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Wallet, b.Wallet))
	})
	n.r.Methods = n.slices("method", func(a, b Slice) int { return cmp.Compare(a.Method, b.Method) })
	n.r.People = n.slices("person", func(a, b Slice) int { return cmp.Compare(a.Staff.ID, b.Staff.ID) })
	n.r.Shifts = []Slice{}
	for _, s := range n.shifts {
		f, ok := n.by["shift"][Slice{Shift: ShiftName{ID: s.ID}, Hour: -1}]
		if ok || n.has(s.ID, s.Day) {
			n.r.Shifts = append(n.r.Shifts, Slice{Shift: ShiftName{ID: s.ID, Name: s.Name, Staff: s.Staff, Open: s.State == ShiftOpen}, Hour: -1, Figures: f})
		}
	}
	if n.r.Kind == ReportRange {
		n.r.Days = []Slice{}
		for d := n.r.From; d <= n.r.To; d = d.Plus(1) {
			n.r.Days = append(n.r.Days, Slice{Day: d, Hour: -1, Figures: n.by["day"][Slice{Day: d, Hour: -1}]})
		}
	} else {
		for i := range 24 {
			n.r.Hours = append(n.r.Hours, Slice{Hour: (i + 4) % 24, Figures: n.by["hour"][Slice{Hour: (i + 4) % 24}]})
		}
		n.r.Moves = []CashMove{}
	}
	first, last := int64(math.MaxInt64), int64(0)
	for _, d := range n.details {
		if n.has(d.Tenders[0].ShiftID, d.Day) {
			n.r.Receipts.Count++
			first, last = min(first, d.ID), max(last, d.ID)
			n.r.Receipts.First, n.r.Receipts.Last = receiptOf(first), receiptOf(last)
		}
	}
}

func (n *recounting) slices(way string, order func(a, b Slice) int) []Slice {
	list := []Slice{}
	for s, f := range n.by[way] {
		s.Figures = f
		list = append(list, s)
	}
	slices.SortFunc(list, order)
	return list
}

// drawer goes through shifts and cash moves.
func (n *recounting) drawer() {
	d := &n.r.Drawer
	var difference payment.Amount
	for _, m := range n.moves {
		if !n.has(m.ShiftID, m.Day) {
			continue
		}
		switch {
		case m.Kind == CashIn:
			d.In += m.Amount
		case m.Kind == CashOut && (n.cut.ShiftID == 0 || m.Reason != ReasonTaken):
			d.Out -= m.Amount
		case m.Kind == CashFloat:
			d.Float += m.Amount
		case m.Kind == CashDifference:
			difference += m.Amount
		}
		if n.r.Kind != ReportRange {
			n.r.Moves = append(n.r.Moves, m)
		}
	}
	for _, s := range n.shifts {
		counted := s.State == ShiftClosed && s.Counts != nil
		if counted && (s.ID == n.cut.ShiftID || n.cut.ShiftID == 0 && n.has(0, DayOf(s.ClosedAt, DefaultCutover))) {
			d.IsCounted = true
		}
	}
	d.Expected = d.Float + d.Paid - d.Refunded + d.Deposits + d.In - d.Out
	if d.Difference = difference; d.IsCounted {
		d.Counted = d.Expected + difference
	}
}

// drawerAfter is what the journal says is in the drawer when a day has ended.
func (e everything) drawerAfter(d Day) (balance payment.Amount) {
	for _, row := range e.rows {
		if row.countsOn() <= d {
			balance += row.counts.drawer
		}
	}
	return balance
}
