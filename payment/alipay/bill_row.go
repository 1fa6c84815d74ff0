package alipay

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
)

var (
	errColumns  = errors.New("a comma in a text, or a part is missing")
	errType     = errors.New("this kind of business is not known")
	errNumber   = errors.New("this is no number of an order")
	errBillTime = errors.New("this is no time")
	errSum      = errors.New("this is no sum")
)

// The two kinds of business that a bill of trades knows.
const (
	typePayment = "交易"
	typeRefund  = "退款"
)

// rowSlack is how far a row's time may be outside of its day: a second before
// midnight is on either of two days, as the clocks of two machines go.
const rowSlack = time.Hour

// readRow reads one movement of money. What it is about is said by its kind
// alone: whether sums of refunds are below zero differs from bill to bill.
func (b *billReader) readRow(line string) error {
	cells := strings.Split(line, ",")
	if len(cells) != b.width {
		return fmt.Errorf("%w: %d columns, the header has %d", errColumns, len(cells), b.width)
	}
	cell := func(name string) string {
		at, ok := b.columns[name]
		if !ok {
			return ""
		}
		return strings.TrimSpace(cells[at])
	}
	l := payment.BillLine{Wallet: payment.WalletAlipay}
	t := &b.in
	switch cell(colType) {
	case typePayment:
		l.Kind = payment.BilledPayment
	case typeRefund:
		l.Kind, t = payment.BilledRefund, &b.out
	default:
		return fmt.Errorf("%w: %s", errType, token(text(cell(colType))))
	}
	var err error
	if l.At, err = b.timeOf(cell(colDone)); err != nil {
		return err
	}
	if err = readNumbers(&l, cell); err != nil {
		return err
	}
	if err = readSums(&l, t, cell); err != nil {
		return err
	}
	b.lines = append(b.lines, l)
	return nil
}

// timeOf reads when the money moved.
func (b *billReader) timeOf(s string) (time.Time, error) {
	at := beijing(text(s))
	switch {
	case at.IsZero():
		return at, fmt.Errorf("%w: %s", errBillTime, token(text(s)))
	case at.Before(b.day.Add(-rowSlack)), !at.Before(b.day.AddDate(0, 0, 1).Add(rowSlack)):
		return at, fmt.Errorf("%w: %s", errOtherDay, s)
	}
	return at, nil
}

// readNumbers reads what a row is about. Another program's numbers may have any
// form, but an order has one.
func readNumbers(l *payment.BillLine, cell func(string) string) error {
	for _, n := range []struct {
		name string
		into *string
	}{{colTradeNo, &l.TradeNo}, {colOrderNo, &l.OrderNo}, {colRequest, &l.RefundNo}} {
		if *n.into = cell(n.name); token(text(*n.into)) != *n.into {
			return fmt.Errorf("%w: %s %s", errNumber, n.name, token(text(*n.into)))
		}
	}
	if l.OrderNo == "" {
		return fmt.Errorf("%w: %s is empty", errNumber, colOrderNo)
	}
	if l.Kind == payment.BilledPayment {
		l.RefundNo = ""
	}
	return nil
}

// readSums reads what moved, and counts it. The discount is read as everywhere
// else: it is what the merchant did not receive, or did not have to give back.
// The columns that say what it is made of only go into the check of the sums.
func readSums(l *payment.BillLine, t *tally, cell func(string) string) error {
	sums := map[string]payment.Amount{}
	for _, name := range []string{colAmount, colReceived, colDiscount, colRedPaper} {
		s := cell(name)
		if s == "" && name == colRedPaper {
			continue
		}
		sum, ok := fen(s)
		if !ok {
			return fmt.Errorf("%w: %s %s", errSum, name, token(text(s)))
		}
		sums[name] = sum
	}
	l.Amount, l.Discount = sums[colAmount], sums[colAmount]-sums[colReceived]
	if err := l.Amount.Check(payment.MaxAmount); err != nil || l.Discount < 0 {
		return fmt.Errorf("%w: %s of %s", errReceipt, sums[colReceived], l.Amount)
	}
	var fine bool
	if l.Fee, l.FeeKnown, fine = feeOf(cell(colFee)); !fine {
		return fmt.Errorf("%w: %s %s", errSum, colFee, token(text(cell(colFee))))
	}
	if l.Kind == payment.BilledRefund {
		l.Fee = -l.Fee
	}
	t.add(sums)
	return nil
}

// feeOf reads a fee without its sign: bills differ in whether one that was kept
// is below zero. Of a payment it was kept, and with a refund it came back. It is
// not known where the bill has none, or counts in parts of a fen.
func feeOf(s string) (fee payment.Amount, known, fine bool) {
	if s == "" {
		return 0, false, true
	}
	if whole, fraction, ok := strings.Cut(s, "."); ok && len(fraction) > 2 {
		if !partsRule.MatchString(s) {
			return 0, false, false
		}
		if strings.Trim(fraction[2:], "0") != "" {
			return 0, false, true
		}
		s = whole + "." + fraction[:2]
	}
	fee, fine = fen(s)
	return fee, fine, fine
}

var (
	partsRule = regexp.MustCompile(`^[+-]?\d{1,12}\.\d{1,8}$`)
	fenRule   = regexp.MustCompile(`^[+-]?(\d{1,12})(?:\.(\d{1,2}))?$`)
)

// fen reads a sum in yuan without its sign, also the sum of a whole day.
func fen(s string) (payment.Amount, bool) {
	parts := fenRule.FindStringSubmatch(s)
	if parts == nil {
		return 0, false
	}
	sum, err := strconv.ParseInt(parts[1]+parts[2]+"00"[len(parts[2]):], 10, 64)
	return payment.Amount(sum), err == nil
}
