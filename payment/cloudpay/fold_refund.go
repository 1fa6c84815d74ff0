package cloudpay

import (
	"errors"
	"fmt"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

var errNoRefund = errors.New("the account has no refund of this number")

// foldRefund reads the answer to refund. Accepted is not done: only the refund's
// own state says that the money went back.
func foldRefund(q payment.RefundRequest, r reply) payment.RefundOutcome {
	out := beginRefund(r, callRefund, useRefund)
	switch {
	case r.saysNo():
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.verdict() != accepted:
		return out
	}
	out.Found, out.Waiting = true, true
	for _, content := range r.object(callRefund).objects("refund_order_content") {
		if found := readRefund(content); found.no == q.RequestNo {
			return foldFound(out, q, found)
		} else if found.no != "" {
			out.Found, out.Waiting = false, false
			out.Detail = fmt.Errorf("the answer is about another refund: %s", wire.Token(found.no))
		}
	}
	return out
}

func beginRefund(r reply, name string, use reasonUse) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundUnknown, Code: r.codeForSupport(), Reason: reasonOf(r, use), Detail: detail(r, name)}
}

// foldRefundQuery reads the answer to query_refund_order, which may list other
// refunds of the order too. none reports that there is certainly none of this
// number: then it may be sent, or sent again.
func foldRefundQuery(q payment.RefundRequest, r reply) (out payment.RefundOutcome, none bool) {
	out = beginRefund(r, callQueryRefund, useQuery)
	list := r.object(callQueryRefund).objects("refund_order_content")
	switch {
	case r.noSuchNumber():
		out.Reason, out.Detail = payment.ReasonNone, errNoRefund
		return out, true
	case r.verdict() != accepted:
		return out, false
	case r.object(callQueryRefund) == nil:
		return out, false
	}
	for _, content := range list {
		found := readRefund(content)
		if found.no != q.RequestNo {
			continue
		}
		if out = foldFound(out, q, found); !out.Found {
			return out, out.Detail == errNoRefund
		}
		return out, false
	}
	out.Detail = errNoRefund
	return out, true
}

// foldFound reads a refund of the right number. It is done only for the order
// and the amount that were asked.
func foldFound(out payment.RefundOutcome, q payment.RefundRequest, found refund) payment.RefundOutcome {
	out.Found, out.Waiting, out.Reason = true, false, payment.ReasonNone
	switch {
	case found.orderNo != "" && found.orderNo != q.OutTradeNo:
		out.Detail = fmt.Errorf("the refund is one of another order: %s", wire.Token(found.orderNo))
		return out
	case found.amount != q.Refund:
		out.Detail = fmt.Errorf("the refund is known with another amount: %d", found.amount)
		return out
	case found.working:
		out.Waiting = true
		return out
	}
	code := fmt.Sprintf("%s.%d", found.platform, found.state)
	switch refundState(found) {
	case stepDone:
		if found.platform == "" || found.orderNo == "" {
			return out
		}
		return payment.RefundOutcome{State: payment.RefundDone, Found: true, Discount: found.discount()}
	case stepWorking:
		out.Waiting = true
	case stepFailed:
		return payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonOther, Code: code}
	case stepReturned:
		// 转入代发: the payer's card is no more, and the money is in the merchant's
		// own account. Somebody has to give it back by hand.
		return payment.RefundOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonRefundStuck, Code: code}
	case stepMissing:
		out.Found, out.Detail = false, errNoRefund
	}
	return out
}
