package wechat

import (
	"errors"
	"fmt"
	"net/http"

	"frontdesk/payment"
)

// The states of an order.
const (
	stateSuccess = "SUCCESS"
	stateRefund  = "REFUND"     // refunded, in part or in full
	stateNotPay  = "NOTPAY"     // a QR that nobody paid yet; also the first moment of a scanned code
	statePaying  = "USERPAYING" // the payer is asked for a password
	stateAccept  = "ACCEPT"     // taken, the money follows
	stateClosed  = "CLOSED"
	stateRevoked = "REVOKED"  // reversed
	stateError   = "PAYERROR" // the payment broke off, and the order is to be reversed
)

// verdict is what an answer says before it is known what it says about an order.
type verdict int

const (
	open     verdict = iota // may have happened or not
	accepted                // taken; the state tells
	refused                 // a definite no to the request
)

// inTrouble reports that WeChat itself said that it cannot answer.
func (r reply) inTrouble() bool { return r.err == nil && r.status >= http.StatusInternalServerError }

// verdict of a reply. A signed refusal with a code that is new is refused, too:
// who sends a request only once asks known as well. A success with a code is
// none: WeChat says so that the payer is still typing.
func (r reply) verdict() verdict {
	taken := r.status == http.StatusOK || r.status == http.StatusAccepted || r.status == http.StatusNoContent
	later := r.status == http.StatusTooManyRequests || r.status == http.StatusRequestTimeout
	switch {
	case r.err != nil:
		return open
	case taken && r.answer.Code == "":
		return accepted
	case r.status < 400 || r.status >= 500 || later || r.answer.Code == "":
		return open
	}
	if _, unclear, _ := reasonOfCode(r.answer.Code, usePay); unclear {
		return open
	}
	return refused
}

// paying reports that the payer is asked for the password, said as a code.
func (r reply) paying() bool {
	return r.err == nil && r.status < 500 && normalCode(r.answer.Code) == statePaying
}

// known reports a refusal with a code that is in the table.
func (r reply) known() bool {
	_, _, known := reasonOfCode(r.answer.Code, usePay)
	return known
}

// noSuchOrder and noSuchRefund report the one refusal that answers a query.
func (r reply) noSuchOrder() bool {
	code := normalCode(r.answer.Code)
	return r.verdict() == refused && r.status == http.StatusNotFound &&
		(code == "ORDERNOTEXIST" || code == "ORDERNOTEXISTS" || code == "RESOURCENOTEXISTS")
}

func (r reply) noSuchRefund() bool {
	return r.verdict() == refused && r.status == http.StatusNotFound && normalCode(r.answer.Code) == "RESOURCENOTEXISTS"
}

// detail is what the log says of a reply that leaves something open.
func (r reply) detail() error {
	switch {
	case r.err != nil && r.answer.Code == "":
		return r.err
	case r.err != nil:
		return fmt.Errorf("%w: HTTP status %d, %s", r.err, r.status, r.answer.said())
	}
	return fmt.Errorf("the answer leaves it open: HTTP status %d, %s", r.status, r.answer.said())
}

// begin is the outcome of every reply until something better is known: Unknown,
// with what the log and the manager can use. about says whether the reply may
// be read on: it is authenticated and about this order.
func (c *Channel) begin(o payment.Order, r reply, use reasonUse) (out payment.Outcome, about bool) {
	out = payment.Outcome{Result: payment.Unknown, Code: token(r.answer.Code), Reason: reasonOf(r, use), Detail: r.detail()}
	if r.err != nil {
		return out, false
	}
	err := r.answer.notOurs(c.set, o.OutTradeNo)
	if err == nil && r.verdict() == accepted {
		err = r.answer.otherAmount(o)
	}
	if err != nil {
		out.Detail, out.Reason = err, payment.ReasonNone
		return out, false
	}
	out.TradeNo = token(r.answer.TransactionID)
	return out, true
}

// is closes the reading: the reply was in order and means result.
func is(out payment.Outcome, result payment.Result) payment.Outcome {
	out.Result, out.Detail = result, nil
	if result != payment.Failed {
		out.Reason = payment.ReasonNone
	}
	return out
}

// broken is an order whose payment broke off. That is no no: WeChat wants such an
// order to be reversed ("支付失败，请撤销订单"), and merchants have seen ones whose
// payer was charged all the same. So it stays Unknown until it was reversed.
func broken(out payment.Outcome) payment.Outcome {
	out.Code, out.Detail, out.Broken = stateError, errBroken, true
	return out
}

var errBroken = errors.New("the payment broke off, and the order is not reversed yet")

// final reports an answer that may say how an order or a refund ended. WeChat
// answers 202 where something is still going on.
func (r reply) final() bool { return r.verdict() == accepted && r.status == http.StatusOK }

// foldPay reads the answer to codepay. A state that a fresh order cannot have is
// left to the query.
func (c *Channel) foldPay(o payment.Order, r reply) payment.Outcome {
	out, about := c.begin(o, r, usePay)
	if !about {
		return out
	}
	switch {
	case r.paying():
		out.Password = true
		return is(out, payment.Waiting)
	case r.verdict() == refused:
		return foldRefusal(out, r)
	case r.verdict() != accepted || !r.answer.namesOrder():
		return out
	}
	switch r.answer.TradeState {
	case stateSuccess:
		if r.final() {
			return paid(out, o, r.answer)
		}
	case stateNotPay, statePaying, stateAccept:
		return waiting(out, r.answer)
	case stateError:
		return broken(out)
	}
	return out
}

// paid is the yes: it must say how much.
func paid(out payment.Outcome, o payment.Order, a answer) payment.Outcome {
	if !a.Amount.Total.is(o.Amount) {
		return out
	}
	out.PaidAt, out.Discount = rfc3339(a.SuccessTime), a.discount(o.Amount)
	return is(out, payment.Paid)
}

func waiting(out payment.Outcome, a answer) payment.Outcome {
	out.Password = a.TradeState == statePaying
	return is(out, payment.Waiting)
}

// foldRefusal is for requests that are sent once for each order number. A code
// that is new is no definite no.
func foldRefusal(out payment.Outcome, r reply) payment.Outcome {
	if !r.known() {
		out.Reason = payment.ReasonNone
		return out
	}
	return is(out, payment.Failed)
}

// foldQR reads the answer to native, which names neither order nor amount.
func (c *Channel) foldQR(o payment.Order, r reply) (qr string, out payment.Outcome) {
	out, about := c.begin(o, r, usePay)
	switch {
	case !about:
		return "", out
	case r.verdict() == refused:
		return "", foldRefusal(out, r)
	case r.status == http.StatusOK && r.answer.CodeURL != "":
		return string(r.answer.CodeURL), is(out, payment.Waiting)
	}
	return "", out
}

// foldQuery reads what became of an order. A refusal to answer says nothing of
// it: Unknown and never Failed.
func (c *Channel) foldQuery(o payment.Order, r reply) payment.Outcome {
	out, about := c.begin(o, r, usePay)
	switch {
	case !about:
		return out
	case r.noSuchOrder():
		return is(out, payment.NotFound)
	case r.verdict() != accepted || !r.answer.namesOrder():
		return out
	}
	switch r.answer.TradeState {
	case stateNotPay, statePaying, stateAccept:
		return waiting(out, r.answer)
	case stateError:
		return broken(out)
	}
	if !r.final() {
		return out
	}
	return foldEnd(out, o, r.answer)
}

// foldEnd reads the states that an order ends in.
func foldEnd(out payment.Outcome, o payment.Order, a answer) payment.Outcome {
	switch a.TradeState {
	case stateSuccess:
		return paid(out, o, a)
	case stateRefund:
		return is(out, payment.Reversed)
	case stateClosed, stateRevoked:
		// Two stories: never paid, or paid and taken back. In both nothing of it is
		// with the merchant and nothing more can come.
		if a.wasPaid() {
			return is(out, payment.Reversed)
		}
		return is(out, payment.Closed)
	}
	return out
}
