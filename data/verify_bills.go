package data

import (
	"bytes"
	"slices"
	"strings"

	"frontdesk/payment"
)

// linesBy reads all lines about sales or about deposits, in the order of these.
func (v *verifier) linesBy(column string, id func(billLine) int64) (*group[billLine], error) {
	return openGroup(v.s, "SELECT "+lineColumns+" FROM "+lineTables+" WHERE b."+column+" <> 0 ORDER BY b."+column+", b.id", scanLine, id)
}

// bills compares the lines about a sale with its records: each is about the order
// of the tender that it names, and is the refund that it has to be.
func (c *saleCheck) bills() {
	for _, b := range c.lines {
		i := slices.IndexFunc(c.tenders, func(t Tender) bool { return t.ID == b.tenderID })
		if i < 0 || c.tenders[i].OutTradeNo != b.OrderNo || c.tenders[i].Channel != b.channel {
			c.report.found(ProblemRecord, "bill_lines", b.id, "order %s at %s is not tender %d", b.OrderNo, b.channel, b.tenderID)
		}
	}
	again := slices.Clone(c.lines)
	matchSale(again, c.refunds)
	sameMatches(c.report, c.lines, again)
}

// bills compares the lines about a deposit with its records.
func (c *depositCheck) bills() {
	for _, b := range c.lines {
		order := b.OrderNo == c.deposit.OutOrderNo || slices.ContainsFunc(c.steps, func(s Step) bool { return s.Kind == StepCapture && s.Number == b.OrderNo })
		if !order || c.deposit.Channel != b.channel || b.saleID != 0 {
			c.report.found(ProblemRecord, "bill_lines", b.id, "order %s at %s is not of deposit %s", b.OrderNo, b.channel, c.deposit.ReceiptNo)
		}
	}
	again := slices.Clone(c.lines)
	matchDeposit(c.deposit.OutOrderNo, again, c.steps)
	sameMatches(c.report, c.lines, again)
}

func sameMatches(report *VerifyReport, lines, again []billLine) {
	for i, b := range lines {
		if b.refundID != again[i].refundID || b.stepID != again[i].stepID {
			report.found(ProblemRecord, "bill_lines", b.id, "is matched with refund %d and step %d; the records say %d and %d", b.refundID, b.stepID, again[i].refundID, again[i].stepID)
		}
	}
}

// addFees adds the fees of a sale to the figures, where its journal rows count.
func (v *verifier) addFees(c *saleCheck) {
	g := saleBill{sale: c.sale, tenders: c.tenders, refunds: c.refunds, lines: c.lines}
	for ref, sum := range g.fees() {
		for i := len(c.journal) - 1; i >= 0; i-- {
			r := c.journal[i]
			paid := (r.kind == journalPaid || r.kind == journalLatePaid) && r.tenderID == ref.tenderID
			if !paid && (r.kind != journalRefunded || r.refundID != ref.refundID) {
				continue
			}
			for _, t := range c.tenders {
				if t.ID == r.tenderID {
					r.method, r.wallet = t.Method, t.Wallet
				}
			}
			key, _, _ := r.figure()
			f := v.figures[key]
			f.feeSum.add(sum)
			v.figures[key] = f
			break
		}
	}
}

// addDepositFees adds the fees of a deposit to the figures of deposits.
func (v *verifier) addDepositFees(c *depositCheck) {
	g := depositBill{deposit: c.deposit, steps: c.steps, lines: c.lines}
	for ref, sum := range g.fees() {
		for i := len(c.journal) - 1; i >= 0; i-- {
			r := c.journal[i]
			if r.deposit.stepID == ref.stepID && (r.kind == journalCapture || r.kind == journalDepositRefund) {
				key, _, _ := r.depositFigure()
				f := v.depositFigures[key]
				f.feeSum.add(sum)
				v.depositFigures[key] = f
				break
			}
		}
	}
}

// saleMoneyDays notes the days on whose bills money of a sale may be.
func (v *verifier) saleMoneyDays(c *saleCheck) {
	channels := map[int64]payment.ChannelName{}
	for _, t := range c.tenders {
		channels[t.ID] = t.Channel
		span, moved := t.span()
		v.moneyMoved(t.Channel, span, moved)
	}
	for _, r := range c.refunds {
		span, moved := r.span()
		v.moneyMoved(channels[r.TenderID], span, moved)
	}
}

// depositMoneyDays notes those of a deposit.
func (v *verifier) depositMoneyDays(c *depositCheck) {
	for _, s := range c.steps {
		span, moved := s.span()
		v.moneyMoved(c.deposit.Channel, span, moved)
	}
}

func (v *verifier) moneyMoved(channel payment.ChannelName, span moneySpan, moved bool) {
	if !moved || !billed(channel) {
		return
	}
	first, last := span.days()
	for d := first; d <= last; d++ {
		v.moneyDays[moneyDay{channel, d}] = true
	}
}

// checkMoneyDays finds days whose bills would never be asked for. A day too many
// does no harm: it may come of a clock that was put back.
func (v *verifier) checkMoneyDays() error {
	have := map[BillDay]bool{}
	err := each(v.s, func(row *values) error {
		have[BillDay{payment.ChannelName(row.text()), Day(row.text())}] = true
		return nil
	}, "SELECT channel, day FROM money_days")
	var lost []string
	for key := range v.moneyDays {
		if d := key.day.day(); !have[BillDay{key.channel, d}] {
			lost = append(lost, string(key.channel)+" on "+string(d))
		}
	}
	slices.Sort(lost)
	for _, what := range lost {
		v.report.found(ProblemDay, "money_days", 0, "money moved: %s", what)
	}
	return err
}

// bills compares every bill with its lines and with the newest journal row about
// it.
func (v *verifier) bills() error {
	bills := map[int64]billRow{}
	err := each(v.s, func(row *values) error {
		b := scanBill(row)
		if state := row.text(); state != "kept" {
			v.report.found(ProblemState, "bills", b.id, "is %s", state)
		}
		bills[b.id] = b
		return nil
	}, "SELECT "+billColumns+", k.state FROM bills k")
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	end := func(id int64, lines []payment.BillLine) {
		b, ok := bills[id]
		switch n := len(lines); {
		case !ok:
			v.report.found(ProblemGone, "bills", id, "%d lines speak of it", n)
		case n != b.Lines || hashBill(lines) != b.Hash:
			v.report.found(ProblemRecord, "bills", id, "its %d lines are not those that were kept", n)
		}
		seen[id] = true
	}
	if err := v.billLines(end); err != nil {
		return err
	}
	for _, id := range sortedKeys(bills) {
		b := bills[id]
		if !seen[id] {
			end(id, nil)
		}
		name := string(b.Channel) + " " + string(b.Day)
		r, ok := v.acts.bills[name]
		delete(v.acts.bills, name)
		switch {
		case !ok:
			v.report.found(ProblemUnbooked, "bills", id, "is there, and the journal knows nothing of it")
		case r.channel != b.Channel || r.staffID != b.staffID || r.detail != b.detail() || !bytes.Equal(r.proof, proofOfBill(b)):
			v.report.found(ProblemRecord, "bills", id, "is not as journal row %d proved it", r.seq)
		}
		v.report.Bills++
	}
	for _, name := range sortedKeys(v.acts.bills) {
		v.report.found(ProblemGone, "bills", 0, "journal row %d speaks of it: %s", v.acts.bills[name].seq, name)
	}
	return v.strangers()
}

// billLines hands over the lines of one bill after the other.
func (v *verifier) billLines(end func(id int64, lines []payment.BillLine)) error {
	var bill int64
	var lines []payment.BillLine
	scan := func(row *values) error {
		id := row.int()
		b := scanLine(row)
		if till, _ := payment.OrderTill(b.OrderNo); till != b.till {
			v.report.found(ProblemRecord, "bill_lines", b.id, "order %s is of till %d, not %d", b.OrderNo, till, b.till)
		}
		if id != bill && len(lines) > 0 {
			end(bill, lines)
			lines = lines[:0]
		}
		if b.id != id*billSize+int64(len(lines))+1 {
			v.report.found(ProblemNumber, "bill_lines", b.id, "is line %d of its bill", len(lines)+1)
		}
		if !b.sound() {
			v.report.found(ProblemRecord, "bill_lines", b.id, "names records that do not go together")
		}
		bill, lines = id, append(lines, b.BillLine)
		v.step(1)
		return nil
	}
	err := each(v.s, scan, "SELECT b.id / 1000000, "+strings.Replace(lineColumns, "k.channel", "''", 1)+" FROM bill_lines b ORDER BY b.id")
	if err == nil && len(lines) > 0 {
		end(bill, lines)
	}
	return err
}

// sound reports whether what b names can go together: records of one sale, or of
// one deposit, or nobody's.
func (b billLine) sound() bool {
	switch {
	case b.saleID != 0:
		return b.tenderID != 0 && b.depositID == 0 && b.stepID == 0
	case b.depositID != 0:
		return b.tenderID == 0 && b.refundID == 0
	}
	return b.tenderID == 0 && b.refundID == 0 && b.stepID == 0
}

// strangers finds lines that are nobody's, and whose order is in the ledger.
func (v *verifier) strangers() error {
	return each(v.s, func(row *values) error {
		v.report.found(ProblemRecord, "bill_lines", row.int(), "its order is in the ledger, and it is nobody's")
		return nil
	}, `SELECT b.id FROM bill_lines b CROSS JOIN bills k ON k.id = b.id / 1000000 WHERE b.sale_id = 0 AND b.deposit_id = 0
		AND (EXISTS (SELECT 1 FROM tenders t WHERE t.out_trade_no = b.order_no AND t.channel = k.channel)
			OR EXISTS (SELECT 1 FROM deposits d WHERE d.out_order_no = b.order_no AND d.channel = k.channel)
			OR EXISTS (SELECT 1 FROM steps s CROSS JOIN deposits d ON d.id = s.deposit_id WHERE s.number = b.order_no AND s.kind = 'capture' AND d.channel = k.channel))`)
}
