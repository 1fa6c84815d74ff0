package paysim

import (
	"fmt"
	"strings"

	"frontdesk/payment"
)

// wxBillColumns and wxBillSums are the names of a bill's columns and of its sums.
const (
	wxBillColumns = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额," +
		"微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
	wxBillSums = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)

// wxBillText is the bill of all that was booked: as WeChat writes it, with the
// mark of UTF-8 in front, and a back-tick before each value.
func wxBillText(m wxMerchant, lines []booked) string {
	var b strings.Builder
	b.WriteString("\uFEFF" + wxBillColumns + "\r\n")
	var settled, returned, fee, whole, asked payment.Amount
	for _, l := range lines {
		b.WriteString(wxBillRow(wxBillLine(m, l)))
		fee += l.fee
		if l.kind == payment.BilledPayment {
			settled, whole = settled+l.amount-l.discount, whole+l.amount
		} else {
			returned, asked = returned+l.amount-l.discount, asked+l.amount
		}
	}
	b.WriteString(wxBillSums + "\r\n")
	b.WriteString(wxBillRow([]string{fmt.Sprint(len(lines)), settled.String(), returned.String(), "0.00", wxFee(fee), whole.String(), asked.String()}))
	return b.String()
}

func wxBillRow(values []string) string { return "`" + strings.Join(values, ",`") + "\r\n" }

// wxFee is a fee: five decimals, of which the last three are always 0.
func wxFee(fee payment.Amount) string { return fee.String() + "000" }

// wxBillLine are the values of one line. A line of money that went back says 0.00
// for the order; a reversal has no numbers of a refund. What a bill shows of a
// consumed deposit no document says: here it is a payment under the deposit's
// number.
func wxBillLine(m wxMerchant, l booked) []string {
	o, zero := l.order, payment.Amount(0).String()
	sub, state, kind := m.sub, "SUCCESS", wxTradeType(o)
	if sub == "" {
		sub = "0"
	}
	if o.Hold != "" {
		kind = "MICROPAY"
	}
	settled, whole, coupon := (l.amount - l.discount).String(), l.amount.String(), l.discount.String()
	id, no, returned, asked, channel, status := "0", "0", zero, zero, "", ""
	if l.kind != payment.BilledPayment {
		returned, asked, settled, whole, coupon = settled, whole, zero, zero, zero
		state, channel = "REVOKED", "ORIGINAL"
	}
	if l.kind == payment.BilledRefund {
		state, id, no, status = "REFUND", wxRefundID(o, l.refund), l.refund.RequestNo, "SUCCESS"
		if l.amount%10 == refundSilent {
			status = "PROCESSING" // what it was answered, and so it stays in the bill
		}
	}
	return []string{
		moment(l.at), m.appID, m.mchID, sub, "", o.TradeNo, o.No, o.Payer.UserID, kind, state, "OTHERS", "CNY", settled, coupon,
		id, no, returned, zero, channel, status, o.Subject, o.Attach, wxFee(l.fee), "0.60%", whole, asked, "",
	}
}
