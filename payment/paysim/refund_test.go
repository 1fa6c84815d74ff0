package paysim

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRefundsAddUp(t *testing.T) {
	l := startTill(t, Options{})
	no := l.paidOrder("10.00")
	first := l.refundNo(no, "2.50", "R1")
	want(t, "first", first.String(), "10000")
	want(t, "money moved", first.text("fund_change"), "Y")
	want(t, "so far", first.text("refund_fee"), "2.50")
	want(t, "payer", first.text("buyer_logon_id"), "138****6021")
	want(t, "when", first.text("gmt_refund_pay"), "2026-11-21 14:30:00")
	second := l.refundNo(no, "3.00", "R2")
	want(t, "the sum, not this one", second.text("refund_fee"), "5.50")
	want(t, "still a success", l.queryNo(no).text("trade_status"), "TRADE_SUCCESS")

	again := l.refundNo(no, "2.50", "R1")
	want(t, "the same again", again.text("fund_change"), "N")
	want(t, "its sum", again.text("refund_fee"), "5.50")
	want(t, "the same number, another amount", l.refundNo(no, "2.60", "R1").String(), "40004 ACQ.DISCORDANT_REPEAT_REQUEST")
	want(t, "part without a number", l.refundNo(no, "1.00", "").String(), "40004 ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
	want(t, "too much", l.refundNo(no, "4.60", "R3").String(), "40004 ACQ.REASON_TRADE_REFUND_FEE_ERR")
	l.wantTruth(no, Paid, 1000, 550)

	want(t, "the rest", l.refundNo(no, "4.50", "R4").text("refund_fee"), "10.00")
	want(t, "all gone", l.queryNo(no).text("trade_status"), "TRADE_CLOSED")
	want(t, "an old one again", l.refundNo(no, "3.00", "R2").text("fund_change"), "N")
	want(t, "nothing left", l.refundNo(no, "0.10", "R5").String(), "40004 ACQ.REASON_TRADE_REFUND_FEE_ERR")
	l.wantTruth(no, Paid, 1000, 1000)
}

func TestAWholeRefundNeedsNoNumber(t *testing.T) {
	l := startTill(t, Options{})
	no := l.paidOrder("10.00")
	want(t, "refund", l.refundNo(no, "10.00", "").text("fund_change"), "Y")
	want(t, "again", l.refundNo(no, "10.00", "").text("fund_change"), "N")
	q := l.refundQueryNo(no, no)
	want(t, "query by the order number", q.text("refund_status"), "REFUND_SUCCESS")
	l.wantTruth(no, Paid, 1000, 1000)
}

func TestWhatCannotBeRefunded(t *testing.T) {
	l := startTill(t, Options{})
	waiting, closed, old := l.orderNo(), l.orderNo(), l.paidOrder("10.00")
	l.payWith(waiting, "10.00", l.FreshCode(3))
	l.payWith(closed, "10.00", l.FreshCode(3))
	l.cancelNo(closed)
	want(t, "unknown", l.refundNo("FD404", "10.00", "R1").String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "waiting", l.refundNo(waiting, "10.00", "R1").String(), "40004 ACQ.TRADE_STATUS_ERROR")
	want(t, "closed", l.refundNo(closed, "10.00", "R1").String(), "40004 ACQ.TRADE_HAS_CLOSE")
	want(t, "no order", l.ask("alipay.trade.refund", fields{"refund_amount": "1.00"}).String(), "40004 ACQ.INVALID_PARAMETER")
	want(t, "no amount", l.ask("alipay.trade.refund", fields{"out_trade_no": old}).String(), "40004 ACQ.INVALID_PARAMETER")
	want(t, "empty reason", l.ask("alipay.trade.refund", fields{"out_trade_no": old, "refund_amount": "1.00", "refund_reason": ""}).String(), "40004 ACQ.INVALID_PARAMETER")

	l.clock.pass(364 * 24 * time.Hour)
	want(t, "after 364 days", l.queryNo(old).text("trade_status"), "TRADE_SUCCESS")
	l.clock.pass(24 * time.Hour)
	want(t, "after a year", l.queryNo(old).text("trade_status"), "TRADE_FINISHED")
	want(t, "refund", l.refundNo(old, "10.00", "R1").String(), "40004 ACQ.TRADE_HAS_FINISHED")
	want(t, "cancel", l.cancelNo(old).String(), "40004 ACQ.TRADE_HAS_FINISHED")
}

func TestTheRefundQueryKnowsWhatWasDone(t *testing.T) {
	l := startTill(t, Options{})
	no := l.paidOrder("10.00")
	l.refundNo(no, "2.50", "R1")
	q := l.ask("alipay.trade.fastpay.refund.query", fields{"out_trade_no": no, "out_request_no": "R1", "query_options": []string{"gmt_refund_pay"}})
	want(t, "status", q.text("refund_status"), "REFUND_SUCCESS")
	want(t, "this one", q.text("refund_amount"), "2.50")
	want(t, "the order", q.text("total_amount"), "10.00")
	want(t, "when", q.text("gmt_refund_pay"), "2026-11-21 14:30:00")
	want(t, "unasked", l.refundQueryNo(no, "R1").text("gmt_refund_pay"), "")
	other := l.refundQueryNo(no, "R2")
	want(t, "another number", other.String(), "10000")
	want(t, "says nothing", other.text("refund_status"), "")
	want(t, "unknown order", l.refundQueryNo("FD404", "R1").String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "no number", l.ask("alipay.trade.fastpay.refund.query", fields{"out_trade_no": no}).String(), "40004 ACQ.INVALID_PARAMETER")
}

// The last digit of fen forces what happens; a correct client repeats with the
// same number and always ends with the money back once, or refused.
func TestForcedRefunds(t *testing.T) {
	const lost = "lost"
	for _, c := range []struct {
		amount        string
		first, change string // the first answer and its fund_change
		afterFirst    int64
		query         string
		again         string
		change2       string
		afterAgain    int64
	}{
		{"3.01", lost, "", 301, "REFUND_SUCCESS", "10000", "N", 301},
		{"3.02", "40004 ACQ.SELLER_BALANCE_NOT_ENOUGH", "", 0, "", "40004 ACQ.SELLER_BALANCE_NOT_ENOUGH", "", 0},
		{"3.03", "20000 aop.ACQ.SYSTEM_ERROR", "", 303, "REFUND_SUCCESS", "10000", "N", 303},
		{"3.04", "40004 ACQ.SYSTEM_ERROR", "", 0, "", "10000", "Y", 304},
		{"3.05", "10000", "", 305, "REFUND_SUCCESS", "10000", "N", 305},
		{"3.06", "10000", "Y", 306, "REFUND_SUCCESS", "10000", "N", 306},
		{"3.10", "10000", "Y", 310, "REFUND_SUCCESS", "10000", "N", 310},
	} {
		t.Run(c.amount, func(t *testing.T) {
			l := startTill(t, Options{})
			no := l.paidOrder("10.00")
			v := l.sign(l.params("alipay.trade.refund", fields{"out_trade_no": no, "refund_amount": c.amount, "out_request_no": "R1"}))
			if c.first == lost {
				r, err := http.Post(l.URL(), "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
				if err == nil {
					io.Copy(io.Discard, r.Body)
					r.Body.Close()
					t.Fatal("an answer came")
				}
			} else {
				a := l.post(v)
				want(t, "first", a.String(), c.first)
				want(t, "fund_change", a.text("fund_change"), c.change)
			}
			want(t, "back after the first", int64(l.Truth().Refunded), c.afterFirst)
			want(t, "query", l.refundQueryNo(no, "R1").text("refund_status"), c.query)
			a := l.post(v)
			want(t, "again", a.String(), c.again)
			want(t, "its fund_change", a.text("fund_change"), c.change2)
			want(t, "back after the second", int64(l.Truth().Refunded), c.afterAgain)
			for _, r := range RefundCases {
				if strings.HasSuffix(c.amount, string(rune('0'+r.Digit))) {
					want(t, "as the table says", c.afterFirst > 0, r.Done)
				}
			}
		})
	}
}
