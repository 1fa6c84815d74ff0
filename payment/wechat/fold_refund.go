package wechat

import (
	"errors"
	"fmt"

	"frontdesk/payment"
)

// The states of a refund.
const (
	refundSuccess    = "SUCCESS"
	refundProcessing = "PROCESSING"
	refundAbnormal   = "ABNORMAL"
	refundChange     = "CHANGE" // v2: abnormal
)

// refundClosed knows the word of v3, that of v2, and what some copies of the
// documents have.
func refundClosed(status text) bool {
	return status == "CLOSED" || status == "REFUNDCLOSE" || status == "CLOSE"
}

// beginRefund is begin for answers about a refund.
func (c *Channel) beginRefund(q payment.RefundRequest, r reply) (out payment.RefundOutcome, about bool) {
	base, about := c.begin(q.Order, r, useRefund)
	out = payment.RefundOutcome{State: payment.RefundUnknown, Reason: base.Reason, Code: base.Code, Detail: base.Detail}
	if about && r.answer.OutRefundNo != "" && string(r.answer.OutRefundNo) != q.RequestNo {
		out.Detail, out.Reason = fmt.Errorf("the answer is about another refund: %s", token(r.answer.OutRefundNo)), payment.ReasonNone
		return out, false
	}
	return out, about
}

// foldRefund reads the answer to a refund. A refusal is not believed yet: see
// Channel.Refund.
func (c *Channel) foldRefund(q payment.RefundRequest, r reply) payment.RefundOutcome {
	out, about := c.beginRefund(q, r)
	switch {
	case !about:
		return out
	case r.verdict() == refused:
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.final():
		return foldStatus(out, q, r.answer)
	}
	return out
}

// foldRefundQuery reads what became of a refund. A refusal to answer says
// nothing of it, and "no such refund" is mended by sending it again.
func (c *Channel) foldRefundQuery(q payment.RefundRequest, r reply) payment.RefundOutcome {
	out, about := c.beginRefund(q, r)
	switch {
	case !about:
		return out
	case r.noSuchRefund():
		out.Reason = payment.ReasonNone
		return out
	case r.final():
		return foldStatus(out, q, r.answer)
	}
	return out
}

// foldStatus reads the state of a refund, in either call. A yes and a no name
// the refund; a yes its amount too.
func foldStatus(out payment.RefundOutcome, q payment.RefundRequest, a answer) payment.RefundOutcome {
	if a.OutRefundNo == "" || a.Status == "" {
		return out
	}
	out.Found = true
	if a.Amount.Refund.said && !a.Amount.Refund.is(q.Refund) {
		out.Detail = fmt.Errorf("the refund is known with another amount: %s", a.Amount.Refund)
		return out
	}
	switch {
	case a.Status == refundSuccess && a.Amount.Refund.said:
		return payment.RefundOutcome{State: payment.RefundDone, Found: true, Discount: a.refundDiscount(q.Refund)}
	case refundClosed(a.Status):
		return closedRefund()
	case a.Status == refundProcessing:
		out.Waiting = true
	case a.Status == refundAbnormal, a.Status == refundChange:
		return abnormal(out)
	}
	return out
}

// closedRefund is a refund that WeChat took and gave up: no money moved. A new
// one gets a new number.
func closedRefund() payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonNoRefund, Code: "REFUND_CLOSED"}
}

// abnormal is a refund that left the merchant and cannot arrive: the payer's
// card is cancelled or frozen. It is neither done nor refused. The manager has to
// say in WeChat's back office (交易中心) where the money goes; after that the same
// query says SUCCESS. Until then it is asked for and never sent again.
func abnormal(out payment.RefundOutcome) payment.RefundOutcome {
	out.Waiting, out.Reason, out.Code, out.Detail = true, payment.ReasonRefundStuck, "REFUND_ABNORMAL", errAbnormal
	return out
}

var errAbnormal = errors.New("the payer's account cannot take the refund: the merchant has to handle it in WeChat Pay's back office")
