package alipay

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"frontdesk/payment"
)

// tally is what rows of one kind add up to, without signs.
type tally struct {
	count                                 int
	amount, received, discount, redPapers payment.Amount
}

func (t *tally) add(sums map[string]payment.Amount) {
	t.count++
	t.amount += sums[colAmount]
	t.received += sums[colReceived]
	t.discount += sums[colDiscount]
	t.redPapers += sums[colRedPaper]
}

// total is what the end of a bill says of the rows of one kind.
type total struct {
	count          int
	of             string // what sum is the sum of
	sum, discounts payment.Amount
}

var (
	errTotal     = errors.New("this line of sums cannot be read")
	errIncorrect = errors.New("the sums at the end are not those of the rows")

	totalRule = regexp.MustCompile(`^合计[：:]\s*(\d{1,9})笔[，,]([^，,]*)共([-+.\d]+)元[，,][^，,]*共([-+.\d]+)元$`)
)

// readTotal reads the sums at the end, such as 交易合计：6笔，商家实收共0.06元，商家优惠共0.00元
// and the same of 退款; any other remark is nothing to it.
func (b *billReader) readTotal(remark string) error {
	for _, kind := range []string{typePayment, typeRefund} {
		rest, ok := strings.CutPrefix(remark, kind)
		if !ok || !strings.HasPrefix(rest, "合计") {
			continue
		}
		parts := totalRule.FindStringSubmatch(rest)
		_, again := b.end[kind]
		if parts == nil || again {
			return errTotal
		}
		t := total{of: parts[2]}
		var err error
		t.count, err = strconv.Atoi(parts[1])
		sum, fine := fen(parts[3])
		discounts, fineToo := fen(parts[4])
		if err != nil || !fine || !fineToo {
			return errTotal
		}
		t.sum, t.discounts = sum, discounts
		b.end[kind] = t
	}
	return nil
}

// checkTotals compares the end with the rows. A bill without an end was cut; one
// without refunds may leave their line out.
func (b *billReader) checkTotals() error {
	in, paid := b.end[typePayment]
	out, refunded := b.end[typeRefund]
	if !paid || !refunded && b.out.count > 0 {
		return errCut
	}
	for _, c := range []struct {
		kind string
		rows tally
		said total
	}{{typePayment, b.in, in}, {typeRefund, b.out, out}} {
		if !c.said.fits(c.rows) {
			return fmt.Errorf("%w: %s of %d rows, %s and %s of discounts; the rows are %d, %s received of %s, %s of discounts", errIncorrect, c.kind,
				c.said.count, c.said.sum, c.said.discounts, c.rows.count, c.rows.received, c.rows.amount, c.rows.discount+c.rows.redPapers)
		}
	}
	return nil
}

// fits compares without signs. Older bills sum up what was ordered instead of
// what was received. What they count as discounts is not told: the merchant's own
// ones, with or without its red envelopes, or all that it did not receive.
func (t total) fits(rows tally) bool {
	sum := rows.received
	if t.of != "" && !strings.Contains(t.of, "实收") {
		sum = rows.amount
	}
	discounts := t.discounts == rows.discount || t.discounts == rows.discount+rows.redPapers || t.discounts == rows.amount-rows.received
	return t.count == rows.count && t.sum == sum && discounts
}
