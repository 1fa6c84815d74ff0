package data

import (
	"slices"

	"frontdesk/payment"
)

// saleBill is a sale with the lines about its orders.
type saleBill struct {
	sale    Sale
	tenders []Tender
	refunds []Refund
	lines   []billLine
}

// depositBill is a deposit with the lines about its orders.
type depositBill struct {
	deposit Deposit
	steps   []Step
	lines   []billLine
}

func saleBillOf(s source, id int64, lines []billLine) (g *saleBill, err error) {
	g = &saleBill{lines: lines}
	if g.sale, err = saleByID(s, id); err != nil {
		return nil, err
	}
	if g.tenders, err = tendersOf(s, id); err != nil {
		return nil, err
	}
	g.refunds, err = refundsOf(s, id)
	return g, err
}

func depositBillOf(s source, id int64, lines []billLine) (g *depositBill, err error) {
	g = &depositBill{lines: lines}
	g.deposit, g.steps, err = depositWithSteps(s, id)
	return g, err
}

// figureKey is where a payment or refund counts: where it was asked for. What is
// older than shifts counts where the journal wrote it down.
func (g *saleBill) figureKey(s source, ref moneyRef) (figureKey, error) {
	r := journalRow{kind: journalPaid, saleID: g.sale.ID, tenderID: ref.tenderID, refundID: ref.refundID}
	if i := slices.IndexFunc(g.refunds, func(r Refund) bool { return r.ID == ref.refundID }); i >= 0 {
		back := g.refunds[i]
		r.kind, r.tenderID, r.staffID, r.counts = journalRefunded, back.TenderID, back.Staff.ID, askedAt(back.ShiftID, back.Day, back.CreatedAt)
	}
	i := slices.IndexFunc(g.tenders, func(t Tender) bool { return t.ID == r.tenderID })
	if i < 0 {
		return figureKey{}, ErrNotFound.because("tender %d of sale %d", r.tenderID, g.sale.ID)
	}
	t := g.tenders[i]
	if r.kind == journalPaid {
		r.staffID, r.counts = t.takenBy(g.sale), askedAt(t.ShiftID, t.dayOf(g.sale), t.CreatedAt)
	}
	if r.counts.shiftID == 0 {
		old, err := one(s, scanJournal, "SELECT "+journalColumns+` FROM journal WHERE shift_id = 0 AND sale_id <> 0 AND sale_id = ? AND tender_id = ? AND refund_id = ?
			AND kind IN ('paid', 'late_paid', 'refunded') ORDER BY seq DESC LIMIT 1`, r.saleID, r.tenderID, r.refundID)
		if err != nil {
			return figureKey{}, err
		}
		r = old
	}
	r.channel, r.method, r.wallet = t.Channel, t.Method, t.Wallet
	key, _, _ := r.figure()
	return key, nil
}

// figureKey is where a capture or refund counts; see that of a sale.
func (g *depositBill) figureKey(s source, ref moneyRef) (depositKey, error) {
	i := stepAt(g.steps, ref.stepID)
	if i < 0 {
		return depositKey{}, ErrNotFound.because("step %d of deposit %s", ref.stepID, g.deposit.ReceiptNo)
	}
	r := journalRow{counts: askedAt(g.steps[i].ShiftID, g.steps[i].Day, g.steps[i].CreatedAt)}
	if r.counts.shiftID == 0 {
		var err error
		r, err = one(s, scanJournal, "SELECT "+journalColumns+` FROM journal WHERE shift_id = 0 AND deposit_id <> 0 AND deposit_id = ? AND step_id = ?
			AND kind IN ('capture', 'deposit_refund') ORDER BY seq DESC LIMIT 1`, g.deposit.ID, ref.stepID)
		if err != nil {
			return depositKey{}, err
		}
	}
	return depositKey{r.countsOn(), r.counts.shiftID, g.deposit.Channel}, nil
}

// storeMatches stores which refunds and steps the lines are, where that changed.
func storeMatches(x *tx, before, lines []billLine) error {
	for i, b := range lines {
		if b.refundID == before[i].refundID && b.stepID == before[i].stepID {
			continue
		}
		if _, err := x.exec("UPDATE bill_lines SET refund_id = ?, step_id = ? WHERE id = ?", b.refundID, b.stepID, b.id); err != nil {
			return err
		}
	}
	return nil
}

// billGroups are the sales and deposits that a bill says something about, and
// what their fees were before it changes.
type billGroups struct {
	x        *tx
	sales    map[int64]map[moneyRef]feeSum
	deposits map[int64]map[moneyRef]feeSum
}

func newBillGroups(x *tx) *billGroups {
	return &billGroups{x: x, sales: map[int64]map[moneyRef]feeSum{}, deposits: map[int64]map[moneyRef]feeSum{}}
}

// note remembers whom the lines are about, before any line changes.
func (g *billGroups) note(lines []billLine) error {
	for _, b := range lines {
		if _, seen := g.sales[b.saleID]; b.saleID != 0 && !seen {
			before, err := linesOfSale(g.x, b.saleID)
			if err != nil {
				return err
			}
			if g.sales[b.saleID] = nil; len(before) > 0 {
				sale, err := saleBillOf(g.x, b.saleID, before)
				if err != nil {
					return err
				}
				g.sales[b.saleID] = sale.fees()
			}
		}
		if _, seen := g.deposits[b.depositID]; b.depositID != 0 && !seen {
			before, err := linesOfDeposit(g.x, b.depositID)
			if err != nil {
				return err
			}
			if g.deposits[b.depositID] = nil; len(before) > 0 {
				deposit, err := depositBillOf(g.x, b.depositID, before)
				if err != nil {
					return err
				}
				g.deposits[b.depositID] = deposit.fees()
			}
		}
	}
	return nil
}

// settle matches all of them again, after the lines have changed, and puts what
// their fees changed by into the figures.
func (g *billGroups) settle() error {
	changes := newFeeChanges()
	for _, id := range sortedKeys(g.sales) {
		lines, err := linesOfSale(g.x, id)
		if err != nil {
			return err
		}
		sale, err := saleBillOf(g.x, id, lines)
		if err != nil {
			return err
		}
		if err := sale.settle(g.x, g.sales[id], changes); err != nil {
			return err
		}
	}
	for _, id := range sortedKeys(g.deposits) {
		lines, err := linesOfDeposit(g.x, id)
		if err != nil {
			return err
		}
		deposit, err := depositBillOf(g.x, id, lines)
		if err != nil {
			return err
		}
		if err := deposit.settle(g.x, g.deposits[id], changes); err != nil {
			return err
		}
	}
	return changes.write(g.x)
}

// settle matches a sale again and says what its fees changed by.
func (g *saleBill) settle(x *tx, before map[moneyRef]feeSum, changes feeChanges) error {
	old := slices.Clone(g.lines)
	matchSale(g.lines, g.refunds)
	if err := storeMatches(x, old, g.lines); err != nil {
		return err
	}
	return changes.saleFees(x, g, before, g.fees())
}

// settle matches a deposit again and says what its fees changed by.
func (g *depositBill) settle(x *tx, before map[moneyRef]feeSum, changes feeChanges) error {
	old := slices.Clone(g.lines)
	matchDeposit(g.deposit.OutOrderNo, g.lines, g.steps)
	if err := storeMatches(x, old, g.lines); err != nil {
		return err
	}
	return changes.depositFees(x, g, before, g.fees())
}

// billSale matches the lines about a sale again after a tender or refund of it
// has moved, if there are any. asItWas puts the record that moved back, for what
// its fee was before.
func billSale(x *tx, id int64, asItWas func(*saleBill)) error {
	lines, err := linesOfSale(x, id)
	if err != nil || len(lines) == 0 {
		return err
	}
	g, err := saleBillOf(x, id, lines)
	if err != nil {
		return err
	}
	was := &saleBill{tenders: slices.Clone(g.tenders), refunds: slices.Clone(g.refunds), lines: slices.Clone(lines)}
	asItWas(was)
	changes := newFeeChanges()
	if err := g.settle(x, was.fees(), changes); err != nil {
		return err
	}
	return changes.write(x)
}

// billDeposit is billSale for a deposit and its steps.
func billDeposit(x *tx, id int64, asItWas func(*depositBill)) error {
	lines, err := linesOfDeposit(x, id)
	if err != nil || len(lines) == 0 {
		return err
	}
	g, err := depositBillOf(x, id, lines)
	if err != nil {
		return err
	}
	was := &depositBill{steps: slices.Clone(g.steps), lines: slices.Clone(lines)}
	asItWas(was)
	changes := newFeeChanges()
	if err := g.settle(x, was.fees(), changes); err != nil {
		return err
	}
	return changes.write(x)
}

// tenderBilled is what is to do about bills after a tender has moved.
func tenderBilled(x *tx, before, t Tender) error {
	if !billed(t.Channel) {
		return nil
	}
	span, moved := t.span()
	if err := x.moneyMoved(t.Channel, span, moved); err != nil {
		return err
	}
	return billSale(x, t.SaleID, tenderWas(before))
}

// stepBilled is the same after a step has moved.
func stepBilled(x *tx, d Deposit, before, s Step) error {
	if !billed(d.Channel) {
		return nil
	}
	span, moved := s.span()
	if err := x.moneyMoved(d.Channel, span, moved); err != nil {
		return err
	}
	return billDeposit(x, d.ID, stepWas(before))
}

// tenderWas is an asItWas for billSale.
func tenderWas(before Tender) func(*saleBill) {
	return func(g *saleBill) {
		for i := range g.tenders {
			if g.tenders[i].ID == before.ID {
				g.tenders[i] = before
			}
		}
	}
}

func refundWas(before Refund) func(*saleBill) {
	return func(g *saleBill) {
		for i := range g.refunds {
			if g.refunds[i].ID == before.ID {
				g.refunds[i] = before
			}
		}
	}
}

func stepWas(before Step) func(*depositBill) {
	return func(g *depositBill) {
		if i := stepAt(g.steps, before.ID); i >= 0 {
			g.steps[i] = before
		}
	}
}

// billed reports whether a channel has bills: all that is not cash.
func billed(channel payment.ChannelName) bool { return channel != payment.Cash }
