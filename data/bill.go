package data

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"frontdesk/payment"
)

// maxBillLines bounds a bill: its lines are numbered within it.
const maxBillLines = 999_999

// KeepBill keeps what a channel says it booked on a calendar day in Beijing, for
// the whole merchant, and finds the lines that are about this ledger's money.
// Their fees are in the figures when it returns. staffID is 0 where the program
// read the bill by itself.
//
// Keeping a day again puts the new bill in the place of the old one, as a whole.
// The same lines again, in whatever order, write nothing: the Bill is then the
// one that was kept before.
//
// Errors: ErrInvalid (no day, no channel with bills, a line that cannot be),
// ErrNotFound (no such person), and those of any write.
func (l *Ledger) KeepBill(ctx context.Context, channel payment.ChannelName, day Day, lines []payment.BillLine, staffID int64) (b Bill, err error) {
	content, err := canonicalBill(channel, day, lines)
	if err != nil {
		return Bill{}, fmt.Errorf("keep bill: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		b, err = l.keepBill(x, content, staffID)
		return err
	})
	if err != nil {
		return Bill{}, fmt.Errorf("keep bill of %s on %s: %w", channel, day, err)
	}
	return b, nil
}

// billContent is a bill in canonical form.
type billContent struct {
	channel payment.ChannelName
	day     Day
	lines   []payment.BillLine
	hash    string
}

// canonicalBill checks a bill and puts it into the order and the form in which it
// is kept and hashed.
func canonicalBill(channel payment.ChannelName, day Day, lines []payment.BillLine) (billContent, error) {
	c := billContent{channel: channel, day: day, lines: slices.Clone(lines)}
	if _, err := day.begin(0); err != nil {
		return c, err
	}
	switch {
	case channel == "" || channel == payment.Cash:
		return c, ErrInvalid.because("channel %q has no bills", string(channel))
	case len(lines) > maxBillLines:
		return c, ErrInvalid.because("a bill of %d lines, at most %d", len(lines), maxBillLines)
	}
	for i := range c.lines {
		line := &c.lines[i]
		line.At = moment(milli(line.At))
		if !line.FeeKnown {
			line.Fee = 0
		}
		if err := checkLine(*line); err != nil {
			return c, ErrInvalid.because("line %d, order %q: %w", i+1, line.OrderNo, err)
		}
	}
	slices.SortFunc(c.lines, orderOfLines)
	c.hash = hashBill(c.lines)
	return c, nil
}

// checkLine refuses what no channel can have booked.
func checkLine(line payment.BillLine) error {
	switch {
	case line.OrderNo == "":
		return fmt.Errorf("there is no order number")
	case line.Amount <= 0:
		return fmt.Errorf("an amount of %s", line.Amount)
	case line.Amount > payment.MaxAmount || line.Fee > payment.MaxAmount || line.Fee < -payment.MaxAmount:
		return fmt.Errorf("an amount of %s with a fee of %s", line.Amount, line.Fee)
	case line.Kind != payment.BilledPayment && line.Kind != payment.BilledRefund && line.Kind != payment.BilledReversal:
		return fmt.Errorf("kind %q", string(line.Kind))
	case line.RefundNo != "" && line.Kind != payment.BilledRefund:
		return fmt.Errorf("a %s with a refund number", line.Kind)
	case line.At.IsZero():
		return fmt.Errorf("there is no time")
	}
	return nil
}

// hashBill is SHA-256 over the lines in canonical form (see canon), hex.
func hashBill(lines []payment.BillLine) string {
	h := canon{sha256.New()}
	h.texts("frontdesk bill 1")
	h.ints(int64(len(lines)))
	for _, line := range lines {
		h.texts(string(line.Kind), line.OrderNo, line.RefundNo, line.TradeNo, string(line.Wallet))
		h.ints(int64(line.Amount), int64(line.Discount), int64(line.Fee), number(line.FeeKnown), milli(line.At))
	}
	return hexHash(h.Sum(nil))
}

// orderOfLines is the order of the lines of a bill, so that it does not matter in
// which the channel gave them. It compares all that they say, the time first:
// only equal lines are equal.
func orderOfLines(a, b payment.BillLine) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.OrderNo, b.OrderNo), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.RefundNo, b.RefundNo),
		cmp.Compare(a.TradeNo, b.TradeNo), cmp.Compare(a.Wallet, b.Wallet), cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.Discount, b.Discount),
		cmp.Compare(a.Fee, b.Fee), cmp.Compare(number(a.FeeKnown), number(b.FeeKnown)))
}

// keepBill puts a bill in the place of the one that is there.
func (l *Ledger) keepBill(x *tx, c billContent, staffID int64) (Bill, error) {
	old, err := billOf(x, c.channel, c.day)
	if err != nil || old.id != 0 && old.Hash == c.hash {
		return old.Bill, err
	}
	if staffID != 0 {
		if _, err := staffByID(x, staffID); err != nil {
			return Bill{}, err
		}
	}
	touched := newBillGroups(x)
	if old.id, err = openBill(x, old.id, c); err != nil {
		return Bill{}, err
	}
	before, err := linesOfBill(x, old.id)
	if err != nil {
		return Bill{}, err
	}
	if err := touched.note(before); err != nil { // with the old lines, and the fees they told
		return Bill{}, err
	}
	lines, err := ownersOf(x, c)
	if err != nil {
		return Bill{}, err
	}
	if err := touched.note(lines); err != nil {
		return Bill{}, err
	}
	if err := replaceLines(x, old.id, lines); err != nil {
		return Bill{}, err
	}
	if err := touched.settle(); err != nil {
		return Bill{}, err
	}
	kept := billRow{id: old.id, staffID: staffID, Bill: Bill{Channel: c.channel, Day: c.day, ReadAt: x.stamp(), Lines: len(lines), Hash: c.hash}}
	if err := closeBill(x, kept); err != nil {
		return Bill{}, err
	}
	return kept.Bill, l.journal(x, journalRow{kind: journalBill, staffID: staffID, channel: c.channel, detail: kept.detail(), proof: proofOfBill(kept)})
}
