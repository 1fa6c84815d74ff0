package alipay

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/payment"
)

// The gateway's codes.
const (
	codeSuccess    = "10000"
	codeInProgress = "10003" // accepted, and the payer is asked for a password
	codeRefused    = "40004" // the business said no; the sub code says why
)

// verdict is what the codes of an answer say, before it is known what they say
// about an order.
type verdict int

const (
	open       verdict = iota // may have happened or not
	accepted                  // 10000
	inProgress                // 10003
	refused                   // 40004: the business said no
	turnedAway                // the gateway did not process the request
)

func (r reply) verdict() verdict {
	if r.err != nil || systemError(r.answer) {
		return open
	}
	switch r.answer.Code {
	case codeSuccess:
		return accepted
	case codeInProgress:
		return inProgress
	case codeRefused:
		if r.answer.SubCode == "" { // a no without a reason is no answer
			return open
		}
		return refused
	case "20001", "40001", "40002", "40003", "40005", "40006":
		return turnedAway
	}
	return open // 20000, and whatever is new
}

// systemError reports the sub codes that leave open what happened, whatever
// code they come with: ACQ.SYSTEM_ERROR, AQC.SYSTEM_ERROR (so in the official
// list), aop.ACQ.SYSTEM_ERROR, isp.unknow-error, aop.unknow-error. The documents of
// deposits ask for the same request again after ENTERPRISE_PAY_BIZ_ERROR too.
func systemError(a answer) bool {
	return slices.ContainsFunc(openParts, a.has)
}

// openParts are written with a dash by the gateway, and with a line where codes are listed.
var openParts = []string{"SYSTEM_ERROR", "UNKNOW-ERROR", "UNKNOWN-ERROR", "UNKNOW_ERROR", "UNKNOWN_ERROR", "ENTERPRISE_PAY_BIZ_ERROR"}

// has reports whether the sub code contains part, which is in capitals. Prefixes
// differ from method to method and from one version of the documents to the next.
func (a answer) has(part string) bool {
	return strings.Contains(strings.ToUpper(string(a.SubCode)), part)
}

// codeForSupport is what a person tells Alipay's support.
func (a answer) codeForSupport() string {
	if a.SubCode != "" {
		return token(a.SubCode)
	}
	if a.taken() {
		return ""
	}
	return token(a.Code)
}

// begin is the outcome of every reply until something better is known: Unknown,
// with what the log and the manager can use. about says whether the reply may
// be read on: it is authenticated and about this order.
func begin(o payment.Order, r reply, use reasonUse) (out payment.Outcome, about bool) {
	out = payment.Outcome{Result: payment.Unknown, Code: r.answer.codeForSupport(), Reason: reasonOf(r, use), Detail: detail(r)}
	if r.err != nil {
		return out, false
	}
	if err := r.answer.orderMismatch(o); err != nil {
		out.Detail, out.Reason = err, payment.ReasonNone
		return out, false
	}
	out.TradeNo, out.Payer = token(r.answer.TradeNo), token(r.answer.BuyerLogonID)
	return out, true
}

// detail is what the log says of a reply that leaves something open: what went
// wrong, and what the gateway said.
func detail(r reply) error {
	a := r.answer
	said := a.SubMsg
	if a.taken() { // then one of these is missing, or says something new
		said = text(a.statuses())
	}
	switch {
	case r.err != nil && a.Code == "":
		return r.err
	case r.err != nil:
		return fmt.Errorf("%w: %s %s: %s", r.err, token(a.Code), token(a.SubCode), said)
	}
	return fmt.Errorf("the answer leaves it open: %s %s: %s", token(a.Code), token(a.SubCode), said)
}

// is closes the reading: the reply was in order and means result.
func is(out payment.Outcome, result payment.Result) payment.Outcome {
	out.Result, out.Detail = result, nil
	if result != payment.Failed {
		out.Reason = payment.ReasonNone
	}
	return out
}

// paid closes the reading of a yes. A Detail that it leaves is about the
// discount alone.
func paid(out payment.Outcome, o payment.Order, a answer, at text) payment.Outcome {
	out = is(out, payment.Paid)
	out.PaidAt = beijing(at)
	out.Discount, out.Detail = a.discount(o.Amount)
	return out
}

// foldPay reads the answer to alipay.trade.pay.
func foldPay(o payment.Order, r reply) payment.Outcome {
	out, about := begin(o, r, usePay)
	if !about {
		return out
	}
	switch r.verdict() {
	case accepted:
		if !r.answer.namesOrder() || !r.answer.namesAmount() {
			return out
		}
		return paid(out, o, r.answer, r.answer.GmtPayment)
	case inProgress:
		out.Password = true
		return is(out, payment.Waiting)
	}
	return foldRefusal(out, r)
}

// foldQR reads the answer to alipay.trade.precreate, which names no amount.
func foldQR(o payment.Order, r reply) (qr string, out payment.Outcome) {
	out, about := begin(o, r, usePay)
	if !about {
		return "", out
	}
	if r.verdict() == accepted && r.answer.namesOrder() && r.answer.QRCode != "" {
		return string(r.answer.QRCode), is(out, payment.Waiting)
	}
	return "", foldRefusal(out, r)
}

// foldRefusal is for requests that are sent once for each order number, so that
// a request that was not processed is a definite no.
func foldRefusal(out payment.Outcome, r reply) payment.Outcome {
	switch r.verdict() {
	case refused:
		if r.answer.has("TRADE_HAS_SUCCESS") { // paid already, by an earlier request that got lost
			out.Reason = payment.ReasonNone
			return out
		}
		return is(out, payment.Failed)
	case turnedAway:
		return is(out, payment.Failed)
	}
	return out
}

// foldQuery reads the answer to alipay.trade.query. A refusal to answer says
// nothing of the order: it is Unknown and never Failed.
func foldQuery(o payment.Order, r reply) payment.Outcome {
	out, about := begin(o, r, usePay)
	if !about {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case refused:
		if a.has("TRADE_NOT_EXIST") {
			return is(out, payment.NotFound)
		}
		return out
	case accepted:
	default:
		return out
	}
	if !a.namesOrder() {
		return out
	}
	switch a.TradeStatus {
	case "TRADE_SUCCESS", "TRADE_FINISHED": // finished: paid, and too old to be refunded
		if !a.namesAmount() {
			return out
		}
		return paid(out, o, a, a.SendPayDate)
	case "WAIT_BUYER_PAY":
		out.Password = true
		return is(out, payment.Waiting)
	case "TRADE_CLOSED":
		// One status for two stories: never paid, or paid and refunded in full.
		// In both nothing of it is with the merchant and nothing more can come,
		// so both are final and neither loses money. Signs of a payment make it
		// the second story. Only what the customer is told hangs on them: an
		// unpaid trade has no time of payment.
		if a.wasPaid() {
			return is(out, payment.Reversed)
		}
		return is(out, payment.Closed)
	}
	return out
}

// foldCancel reads the answer to alipay.trade.cancel.
func foldCancel(o payment.Order, r reply) payment.Outcome {
	out, about := begin(o, r, useRefund)
	if !about || r.answer.RetryFlag == "Y" {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case refused:
		if a.has("TRADE_NOT_EXIST") {
			return is(out, payment.NotFound)
		}
		return is(out, payment.Failed)
	case accepted:
	default:
		return out // turned away: nothing was cancelled, so it is asked again
	}
	if !a.namesOrder() {
		return out
	}
	switch a.Action {
	case "close":
		return is(out, payment.Closed)
	case "refund":
		return is(out, payment.Reversed)
	case "":
		return is(out, payment.NotFound)
	}
	return out
}

// foldRefund reads the answer to alipay.trade.refund. It names the order but
// neither this refund nor its amount, so it is done only by fund_change: Y says
// that this very request moved money.
func foldRefund(q payment.RefundRequest, r reply) payment.RefundOutcome {
	base, about := begin(payment.Order{OutTradeNo: q.OutTradeNo, Amount: q.Amount}, r, useRefund)
	out := payment.RefundOutcome{State: payment.RefundUnknown, Reason: base.Reason, Code: base.Code, Detail: base.Detail}
	if !about {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case accepted:
		// refund_fee is the sum of all refunds of the trade: at least this one.
		sum, err := payment.ParseAmount(string(a.RefundFee))
		if a.RefundFee != "" && (err != nil || sum < q.Refund) {
			out.Detail = fmt.Errorf("refunded in all %s, which is less than this refund of %s", token(a.RefundFee), q.Refund)
			return out
		}
		if a.FundChange == "Y" && a.namesOrder() {
			return refundDone(q, a)
		}
	case refused, turnedAway:
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	}
	return out
}

// foldRefundQuery reads the answer to alipay.trade.fastpay.refund.query. It is
// never RefundRefused: no status means that the refund did not arrive or did
// not succeed, and both are mended by sending it again.
func foldRefundQuery(q payment.RefundRequest, r reply) payment.RefundOutcome {
	base, about := begin(payment.Order{OutTradeNo: q.OutTradeNo, Amount: q.Amount}, r, useRefund)
	out := payment.RefundOutcome{State: payment.RefundUnknown, Reason: base.Reason, Code: base.Code, Detail: base.Detail}
	if !about || r.verdict() != accepted {
		return out
	}
	a := r.answer
	if a.OutRequestNo != "" && string(a.OutRequestNo) != q.RequestNo {
		out.Detail = fmt.Errorf("the answer is about another refund: %s", token(a.OutRequestNo))
		return out
	}
	if a.RefundStatus == "" {
		return out
	}
	out.Found = true
	amount, err := payment.ParseAmount(string(a.RefundAmount))
	switch {
	case a.RefundStatus != "REFUND_SUCCESS" || a.OutRequestNo == "":
		return out
	case err != nil || amount != q.Refund:
		out.Detail = fmt.Errorf("the refund is known with another amount: %s", token(a.RefundAmount))
		return out
	}
	return refundDone(q, a)
}

func refundDone(q payment.RefundRequest, a answer) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundDone, Found: true, Discount: a.refundDiscount(q.Refund)}
}
