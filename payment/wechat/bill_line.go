package wechat

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
)

// line reads one trade. booked is false for a line that moved no money: a refund
// that WeChat had given up when it made the bill.
//
// The state says what the line is about, not what became of the order: SUCCESS
// stays, and what went back has a line of its own, a reversal (REVOKED) under the
// numbers of its payment.
//
// WeChat books a refund when it takes it, and not when the payer gets it, which
// may be days later: from then on the money is gone from the merchant's account,
// and the bill of that day shows it with the state that it had, mostly
// PROCESSING, for ever. So one that is on its way is booked, and so is one that
// cannot arrive (CHANGE, or ABNORMAL), until the merchant has handled it.
func (r billRow) line(set settings, day time.Time) (l payment.BillLine, booked bool, err error) {
	if err := r.belongs(set, day); err != nil {
		return l, false, err
	}
	l.Wallet, l.OrderNo, l.TradeNo = payment.WalletWeChat, token(text(r.text(colOrderNo))), noZero(r.text(colTradeNo))
	l.At, _ = r.time()
	if l.OrderNo == "" {
		return l, false, about(colOrderNo, errBillValue)
	}
	whole, settled := colAsked, colReturned
	switch r.text(colState) {
	case stateSuccess:
		l.Kind, whole, settled = payment.BilledPayment, colOrder, colSettled
	case stateRefund:
		l.Kind, l.RefundNo = payment.BilledRefund, noZero(r.text(colRefundNo))
	case stateRevoked:
		l.Kind = payment.BilledReversal
	default:
		return l, false, about(colState, errBillValue)
	}
	if l.Amount, l.Discount, err = r.amounts(whole, settled); err != nil {
		return l, false, err
	}
	l.Fee, l.FeeKnown = r.fee()
	if l.Kind == payment.BilledPayment {
		return l, true, nil
	}
	booked, err = r.left()
	return l, booked, err
}

// belongs says why a line is none of this bill.
func (r billRow) belongs(set settings, day time.Time) error {
	at, err := r.time()
	sub := noZero(r.text(colSubMch))
	switch {
	case err != nil:
		return about(colTime, errBillValue)
	case at.Before(day) || !at.Before(day.AddDate(0, 0, 1)):
		return about(colTime, errBillDay)
	case r.text(colMch) != set.mchID:
		return about(colMch, errBillOther)
	case sub != set.subMchID:
		return about(colSubMch, errBillOther)
	case r.text(colCurrency) != "CNY":
		return about(colCurrency, errBillValue)
	}
	return nil
}

func (r billRow) time() (time.Time, error) {
	return time.ParseInLocation(time.DateTime, r.text(colTime), payment.Beijing)
}

// left reports whether a refund's money left the merchant's account. Lines of
// reversals may say nothing: they are only there when it did.
func (r billRow) left() (bool, error) {
	state := r.text(colRefund)
	switch {
	case state == refundSuccess, state == refundProcessing, state == refundChange, state == refundAbnormal:
		return true, nil
	case noZero(state) == "" && r.text(colState) == stateRevoked:
		return true, nil
	case refundClosed(text(state)), state == "FAIL":
		return false, nil
	}
	return false, about(colRefund, errBillValue)
}

// amounts reads an amount and the part of it that is not settled, or was not.
func (r billRow) amounts(whole, settled string) (amount, discount payment.Amount, err error) {
	a, errA := r.mil(whole)
	s, errS := r.mil(settled)
	switch {
	case cmp.Or(errA, errS) != nil:
		return 0, 0, cmp.Or(errA, errS)
	case a <= 0 || !a.whole():
		return 0, 0, about(whole, errBillValue)
	case s < 0 || s > a || !s.whole():
		return 0, 0, about(settled, errBillValue)
	}
	return a.fen(), (a - s).fen(), nil
}

// fee is what WeChat kept. It writes five decimals; a fee that is no whole number
// of fen is not known.
func (r billRow) fee() (fee payment.Amount, known bool) {
	m, err := r.mil(colFee)
	if err != nil || r.text(colFee) == "" || !m.whole() {
		return 0, false
	}
	return m.fen(), true
}

// mil is an amount in thousandths of a fen, the fifth decimal of a yuan. The
// amounts of all lines of a file of wire.MaxFile bytes fit into one.
type mil int64

func (m mil) whole() bool { return m%1000 == 0 }

func (m mil) fen() payment.Amount { return payment.Amount(m / 1000) }

// mil reads an amount of a line. A fee that is not said is 0.
func (r billRow) mil(column string) (mil, error) {
	value := r.text(column)
	if value == "" && column == colFee {
		return 0, nil
	}
	m, err := readMil(value)
	if err != nil || m > mil(payment.MaxAmount)*1000 || m < -mil(payment.MaxAmount)*1000 {
		return 0, about(column, errBillValue)
	}
	return m, nil
}

var yuanRule = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,5})?$`)

// readMil reads an amount in yuan: "12.50", "-0.07000", "0".
func readMil(s string) (mil, error) {
	if !yuanRule.MatchString(s) {
		return 0, errBillValue
	}
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+fraction+"00000"[len(fraction):], 10, 64)
	return mil(n), err
}

// noZero is a number, or nothing for the 0 that a bill has where there is none.
func noZero(s string) string {
	if s == "0" {
		return ""
	}
	return token(text(s))
}
