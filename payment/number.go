package payment

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Receipt numbers have a fixed length, so that no receipt bar code can be
// taken for a pay code: the shortest pay code has 16 digits.
const (
	receiptDigits = 8
	attemptDigits = 3 // of an order number, at its end
)

// MaxReceiptSeq is the last receipt of one till.
const MaxReceiptSeq = 999_999

// ReceiptNo is the number printed on a receipt: two digits of the till (1 to
// 99), six digits that count up without a gap. It panics outside of these
// ranges: both numbers come from the ledger, never from a person.
func ReceiptNo(till int, seq int64) string {
	if till < 1 || till > 99 || seq < 1 || seq > MaxReceiptSeq {
		panic(fmt.Sprintf("payment: receipt number out of range: till %d, sequence %d", till, seq))
	}
	return fmt.Sprintf("%02d%06d", till, seq)
}

var (
	receiptRule = regexp.MustCompile(`^\d{8}$`)
	orderRule   = regexp.MustCompile(`^FD\d{23}$`)
	numberRule  = regexp.MustCompile(`^[0-9a-z]{8,10}[0-9a-z]{6}\d{11}$`)
	prefixRule  = regexp.MustCompile(`^[0-9a-z]{8,10}$`)
)

// IsReceiptNo reports whether s has the form of a receipt number.
func IsReceiptNo(s string) bool { return len(s) == receiptDigits && receiptRule.MatchString(s) }

// IsOrderNo reports whether s has the form of a merchant order number made here.
func IsOrderNo(s string) bool { return orderRule.MatchString(s) || numberRule.MatchString(s) }

// NewOrderNo makes a merchant order number (out_trade_no) for the attempt-th
// tender of a receipt: "FD", the receipt number's till, the time in Beijing to
// the second (yyMMddHHmmss), the receipt number's sequence, and the attempt (1
// to 999). It is 25 characters of letters and digits, so every channel takes
// it (Alipay 64, WeChat 32). It is made once and never reused; the ledger
// holds it unique.
func NewOrderNo(receiptNo string, attempt int, at time.Time) string {
	if !IsReceiptNo(receiptNo) || attempt < 1 || attempt > 999 {
		panic(fmt.Sprintf("payment: order number out of range: receipt %q, attempt %d", receiptNo, attempt))
	}
	return "FD" + receiptNo[:2] + at.In(Beijing).Format("060102150405") + receiptNo[2:] + fmt.Sprintf("%03d", attempt)
}

// NewNumber is NewOrderNo for a channel whose numbers begin with a prefix: the
// prefix (see IsOrderPrefix), the seconds since 2020 in six characters of base
// 36, the receipt number, and the attempt. It has at most 27 characters, so that
// a request number made from it still fits into 32. An empty prefix is NewOrderNo.
func NewNumber(prefix, receiptNo string, attempt int, at time.Time) string {
	if prefix == "" {
		return NewOrderNo(receiptNo, attempt, at)
	}
	seconds := at.Unix() - numberEpoch
	if !IsOrderPrefix(prefix) || !IsReceiptNo(receiptNo) || attempt < 1 || attempt > 999 || seconds < 0 || seconds > numberLast {
		panic(fmt.Sprintf("payment: order number out of range: prefix %q, receipt %q, attempt %d, time %s", prefix, receiptNo, attempt, at))
	}
	short := strconv.FormatInt(seconds, 36)
	return prefix + strings.Repeat("0", 6-len(short)) + short + receiptNo + fmt.Sprintf("%03d", attempt)
}

const (
	numberEpoch int64 = 1577836800    // 2020-01-01 UTC
	numberLast  int64 = 2_176_782_335 // zzzzzz in base 36: the year 2088
)

// IsOrderPrefix reports whether a channel's numbers may begin with s: 8 to 10
// digits and small letters. With fewer a number could be taken for a pay code.
func IsOrderPrefix(s string) bool { return prefixRule.MatchString(s) }

// OrderTill is the till (1 to 99) that made a merchant order number, or false for
// a number that no till made. Several tills may share one merchant's account.
func OrderTill(orderNo string) (till int, ok bool) {
	var digits string
	switch n := len(orderNo); {
	case orderRule.MatchString(orderNo):
		digits = orderNo[2:4]
	case numberRule.MatchString(orderNo): // prefix, time, receipt number, attempt
		digits = orderNo[n-attemptDigits-receiptDigits:][:2]
	default:
		return 0, false
	}
	till, err := strconv.Atoi(digits)
	return till, err == nil && till > 0
}

// NewRequestNo makes the request number of the n-th refund (1 to 999) of an order.
func NewRequestNo(outTradeNo string, n int) string {
	return fmt.Sprintf("%sR%03d", outTradeNo, n)
}

// Beijing is the time of every channel's documents and bills. China has had
// one zone without daylight saving since 1991, so no zone file is needed.
var Beijing = time.FixedZone("CST", 8*60*60)

// Midnight is when the calendar day of at began in Beijing.
func Midnight(at time.Time) time.Time {
	y, m, d := at.In(Beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Beijing)
}
