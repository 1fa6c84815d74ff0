package data

import (
	"fmt"

	"frontdesk/payment"
)

// feeSum is what the channels kept for some money, and of how many payments,
// refunds and captures that is known.
type feeSum struct {
	fee    payment.Amount
	billed int64
}

func scanFeeSum(v *values) feeSum { return feeSum{payment.Amount(v.int()), v.int()} }

func (f *feeSum) add(g feeSum) {
	f.fee += g.fee
	f.billed += g.billed
}

func (f feeSum) minus(g feeSum) feeSum { return feeSum{f.fee - g.fee, f.billed - g.billed} }

// moneyRef is one record that moves money; only one of them is set.
type moneyRef struct{ tenderID, refundID, stepID int64 }

// record is which record b belongs to by itself; none for a refund that no
// refund of the ledger is.
func (b billLine) record() moneyRef {
	switch {
	case b.depositID != 0:
		return moneyRef{stepID: b.stepID}
	case b.Kind == payment.BilledRefund:
		return moneyRef{refundID: b.refundID}
	}
	return moneyRef{tenderID: b.tenderID}
}

// feesOf are the fees of the records that count, by their lines. A record's fee
// is known when the bill has its movement and tells the fee of each of its lines.
func feesOf(lines []billLine, counts map[moneyRef]bool) map[moneyRef]feeSum {
	sums, unknown, moved := map[moneyRef]feeSum{}, map[moneyRef]bool{}, map[moneyRef]bool{}
	for _, b := range lines {
		ref := b.record()
		if !counts[ref] {
			continue
		}
		sum := sums[ref]
		if sum.fee += b.Fee; !b.FeeKnown {
			unknown[ref] = true
		}
		if b.Kind != payment.BilledReversal {
			moved[ref] = true
		}
		sums[ref] = sum
	}
	for ref, sum := range sums {
		sum.billed = number(moved[ref] && !unknown[ref])
		sums[ref] = sum
	}
	return sums
}

// fees are those of a sale's payments and refunds that count: what was taken back
// has none.
func (g *saleBill) fees() map[moneyRef]feeSum {
	counts := map[moneyRef]bool{}
	for _, t := range g.tenders {
		counts[moneyRef{tenderID: t.ID}] = t.State == payment.StatePaid
	}
	for _, r := range g.refunds {
		counts[moneyRef{refundID: r.ID}] = r.State == payment.RefundDone
	}
	return feesOf(g.lines, counts)
}

// fees are those of a deposit's captures and their refunds.
func (g *depositBill) fees() map[moneyRef]feeSum {
	counts := map[moneyRef]bool{}
	for _, s := range g.steps {
		counts[moneyRef{stepID: s.ID}] = s.State == payment.RefundDone && s.Kind != StepRelease
	}
	return feesOf(g.lines, counts)
}

// feeChanges collects what changes in the figures, so that each of their rows is
// written once.
type feeChanges struct {
	sales    map[figureKey]feeSum
	deposits map[depositKey]feeSum
}

func newFeeChanges() feeChanges {
	return feeChanges{sales: map[figureKey]feeSum{}, deposits: map[depositKey]feeSum{}}
}

// saleFees adds what the fees of a sale changed by.
func (f feeChanges) saleFees(s source, g *saleBill, before, after map[moneyRef]feeSum) error {
	for ref, change := range changesOf(before, after) {
		key, err := g.figureKey(s, ref)
		if err != nil {
			return err
		}
		sum := f.sales[key]
		sum.add(change)
		f.sales[key] = sum
	}
	return nil
}

// depositFees adds what the fees of a deposit changed by.
func (f feeChanges) depositFees(s source, g *depositBill, before, after map[moneyRef]feeSum) error {
	for ref, change := range changesOf(before, after) {
		key, err := g.figureKey(s, ref)
		if err != nil {
			return err
		}
		sum := f.deposits[key]
		sum.add(change)
		f.deposits[key] = sum
	}
	return nil
}

func changesOf(before, after map[moneyRef]feeSum) map[moneyRef]feeSum {
	changes := map[moneyRef]feeSum{}
	for ref, sum := range after {
		changes[ref] = sum
	}
	for ref, sum := range before {
		changes[ref] = changes[ref].minus(sum)
	}
	for ref, sum := range changes {
		if sum == (feeSum{}) {
			delete(changes, ref)
		}
	}
	return changes
}

// write puts the changes into the figures. The rows are there, for the money that
// the fees are about made them.
func (f feeChanges) write(x *tx) error {
	for key, sum := range f.sales {
		_, err := x.exec(`UPDATE figures SET fee = fee + ?, billed = billed + ?
			WHERE day = ? AND hour = ? AND shift_id = ? AND staff_id = ? AND channel = ? AND method = ? AND wallet = ?`,
			int64(sum.fee), sum.billed, string(key.day), key.hour, key.shiftID, key.staffID, string(key.channel), string(key.method), string(key.wallet))
		if err != nil {
			return fmt.Errorf("add fees to figures: %w", err)
		}
	}
	for key, sum := range f.deposits {
		_, err := x.exec("UPDATE deposit_figures SET fee = fee + ?, billed = billed + ? WHERE day = ? AND shift_id = ? AND channel = ?",
			int64(sum.fee), sum.billed, string(key.day), key.shiftID, string(key.channel))
		if err != nil {
			return fmt.Errorf("add fees to figures of deposits: %w", err)
		}
	}
	return nil
}
