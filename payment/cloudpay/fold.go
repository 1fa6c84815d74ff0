package cloudpay

import (
	"cmp"
	"errors"
	"fmt"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// detail is what the log says of a reply that leaves something open: what went
// wrong, and what the platform said.
func detail(r reply, name string) error {
	code, says := r.codeForSupport(), wire.Scrub(r.content.text("description"))
	switch {
	case r.err != nil && code == "":
		return r.err
	case r.err != nil:
		return fmt.Errorf("%w: %s: %s", r.err, code, says)
	case code == "":
		return fmt.Errorf("the answer leaves it open: %s", states(r.object(name)))
	}
	return fmt.Errorf("the answer leaves it open: %s: %s", code, says)
}

// begin is the outcome of every reply about an order until something better is
// known: Unknown, with what the log and the manager can use. about says whether
// the reply may be read on: it is authenticated, and what it names is this order.
func begin(o payment.Order, r reply, name string, use reasonUse) (out payment.Outcome, seen order, about bool) {
	out = payment.Outcome{Result: payment.Unknown, Code: r.codeForSupport(), Reason: reasonOf(r, use), Detail: detail(r, name)}
	if r.err != nil {
		return out, order{}, false
	}
	content := r.object(name).object("order_content")
	if content == nil {
		return out, order{}, true
	}
	seen = readOrder(content)
	var wrong error
	switch {
	case seen.no != "" && seen.no != o.OutTradeNo:
		wrong = fmt.Errorf("the answer is about another order: %s", wire.Token(seen.no))
	case seen.named && seen.amount != o.Amount && r.verdict() == accepted: // a refusal may fill its fields with zeros
		wrong = otherAmount(content.text("total_fee"))
	}
	if wrong != nil {
		out.Detail, out.Reason = wrong, payment.ReasonNone
		return out, order{}, false
	}
	out.TradeNo, out.Payer = seen.tradeNo, seen.buyer
	return out, seen, true
}

func otherAmount(said string) error {
	return fmt.Errorf("the answer is about another amount: %s", wire.Token(said))
}

// is closes the reading: the reply was in order and means result.
func is(out payment.Outcome, result payment.Result, reason payment.Reason) payment.Outcome {
	out.Result, out.Reason, out.Detail = result, reason, nil
	return out
}

// standsAs reads the state of an order that was named. Paid must say for how
// much; what the platform still works on is never an end.
func standsAs(out payment.Outcome, seen order, s standing) payment.Outcome {
	switch {
	case seen.no == "" || s.result == "":
		return out
	case seen.working:
		out.Password = s.password
		return is(out, payment.Waiting, payment.ReasonNone)
	case s.result == payment.Paid:
		if !seen.named {
			return out
		}
		out.PaidAt, out.Discount = seen.endedAt, seen.discount()
	case s.result == payment.Failed:
		out.Code = cmp.Or(out.Code, fmt.Sprintf("%s.%d", seen.platform, seen.state))
	case s.result == payment.Waiting:
		out.Password = s.password
	}
	return is(out, s.result, s.reason)
}

// foldPay reads the answer to micro_pay. Closed, given back and not found are no
// answers to a payment: they are left to the query.
func foldPay(o payment.Order, r reply) payment.Outcome {
	out, seen, about := begin(o, r, callMicroPay, usePay)
	if !about {
		return out
	}
	if r.verdict() != accepted {
		return foldRefusal(out, r, seen, o.Wallet)
	}
	switch stands := standsAs(out, seen, orderState(seen, o.Wallet)); stands.Result {
	case payment.Paid, payment.Waiting, payment.Failed:
		return stands
	}
	return out
}

// foldQR reads the answer to scan_code_pay, which names neither order nor
// amount: it is the answer to this request, or it would not have come over this
// connection.
func foldQR(o payment.Order, r reply) (qr string, out payment.Outcome) {
	out, seen, about := begin(o, r, callScanCodePay, usePay)
	if !about {
		return "", out
	}
	if r.verdict() != accepted {
		return "", foldRefusal(out, r, seen, o.Wallet)
	}
	if qr = r.object(callScanCodePay).text("code_url"); !showable(qr) {
		return "", out
	}
	return qr, is(out, payment.Waiting, payment.ReasonNone)
}

// showable reports whether a text can be what a QR holds.
func showable(qr string) bool { return qr != "" && len(qr) <= 512 && printable(qr) }

// foldRefusal is for requests that are sent once for each number, so that a
// definite no is one, unless the answer tells of the order something else.
func foldRefusal(out payment.Outcome, r reply, seen order, w payment.Wallet) payment.Outcome {
	if !r.saysNo() || r.verdict() == unexplained {
		return out
	}
	switch orderState(seen, w).result {
	case payment.Paid, payment.Waiting, payment.Reversed:
		return out
	}
	return is(out, payment.Failed, out.Reason)
}

// foldQuery reads the answer to query_order. A refusal to answer says nothing of
// the order: it is Unknown and never Failed. kind is how the order is paid
// (trade_type), 0 where that is not said.
func foldQuery(o payment.Order, r reply) (out payment.Outcome, kind int64) {
	out, seen, about := begin(o, r, callQueryOrder, useQuery)
	switch {
	case !about:
		return out, 0
	case r.noSuchNumber():
		return is(out, payment.NotFound, payment.ReasonNone), 0
	case r.verdict() != accepted:
		return out, 0
	}
	return standsAs(out, seen, orderState(seen, o.Wallet)), seen.kind
}

// foldClose reads the answer to close_order, which says nothing but whether it
// was accepted: the query says the rest.
func foldClose(r reply) (closed bool) { return r.verdict() == accepted }

var errContradiction = errors.New("the refusal and the query do not agree")
