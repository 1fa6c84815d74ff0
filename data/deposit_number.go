package data

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
)

// lastTill is the last number of a till. Its deposits are numbered like sales
// of a till depositTills higher, so that a receipt number tells at once what it
// belongs to.
const (
	lastTill     = 49
	depositTills = 50
)

// ReceiptKind is what a receipt number belongs to.
type ReceiptKind string

const (
	ReceiptNone    ReceiptKind = ""        // no receipt number
	ReceiptSale    ReceiptKind = "sale"    //
	ReceiptDeposit ReceiptKind = "deposit" //
)

// KindOfReceipt tells the receipt number of a deposit from that of a sale, by
// its form alone: there may be no such record.
func KindOfReceipt(receiptNo string) ReceiptKind {
	switch {
	case !payment.IsReceiptNo(receiptNo):
		return ReceiptNone
	case receiptNo[:2] > strconv.Itoa(depositTills):
		return ReceiptDeposit
	}
	return ReceiptSale
}

// orderNo makes a merchant order number, with the prefix that some channels
// want. Such a number says the time in seconds since 2020; a clock that is out
// of that is not the till's fault, and the receipt number keeps it unique.
func orderNo(prefix, receiptNo string, attempt int, at time.Time) string {
	if first := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC); prefix != "" && (at.Before(first) || at.Year() > 2080) {
		at = first
	}
	return payment.NewNumber(prefix, receiptNo, attempt, at)
}

// prefixOf is the prefix with which orderNo made a number: all that is before
// the time, the receipt number and the attempt.
func prefixOf(orderNo string) string {
	if !payment.IsOrderNo(orderNo) || strings.HasPrefix(orderNo, "FD") {
		return ""
	}
	return orderNo[:len(orderNo)-len("tttttt")-len("01000001")-len("001")]
}

// holdNo is the request number of an order's hold.
func holdNo(outOrderNo string) string { return outOrderNo + "H001" }

// releaseNo is the request number of the n-th release of an order.
func releaseNo(outOrderNo string, n int) string { return fmt.Sprintf("%sU%03d", outOrderNo, n) }

// stepNo makes the number of a deposit's next step, beside its steps so far. A
// capture is an order of its own, behind the hold, which was the receipt's first
// attempt. As with refunds of sales, each restore begins a new hundred.
func stepNo(x *tx, d Deposit, steps []Step, s Step) (string, error) {
	order, count := d.OutOrderNo, 0
	for _, other := range steps {
		if other.Kind == s.Kind && other.OfStep == s.OfStep {
			count++
		}
		if other.ID == s.OfStep {
			order = other.Number
		}
	}
	restores, err := restoreCount(x)
	if err != nil {
		return "", err
	}
	n := 100*restores + count + 1
	if s.Kind == StepCapture {
		n++
	}
	switch {
	case n > 999:
		return "", ErrNumbersUsedUp.because("%ss of deposit %s", s.Kind, d.ReceiptNo)
	case s.Kind == StepCapture:
		return orderNo(prefixOf(d.OutOrderNo), d.ReceiptNo, n, x.now), nil
	case s.Kind == StepRefund:
		return payment.NewRequestNo(order, n), nil
	}
	return releaseNo(order, n), nil
}
