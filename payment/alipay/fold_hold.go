package alipay

import (
	"fmt"

	"frontdesk/payment"
)

// What the statuses of an operation and of a deposit are called.
const (
	statusInit       = "INIT"    // the payer has not confirmed yet
	statusSuccess    = "SUCCESS" // an operation was carried out
	statusClosed     = "CLOSED"  // an operation: never carried out; a deposit: timed out, or released in full
	statusAuthorized = "AUTHORIZED"
	statusFinish     = "FINISH" // a deposit of which everything was captured or released
)

// beginHold is begin for answers about a deposit.
func beginHold(h payment.Hold, r reply) (out payment.HoldOutcome, about bool) {
	a := r.answer
	out = payment.HoldOutcome{Result: payment.Unknown, Code: a.codeForSupport(), Reason: reasonOf(r, useHold), Detail: detail(r)}
	if r.err != nil {
		return out, false
	}
	err := a.holdMismatch(h, h.RequestNo)
	if err == nil && a.taken() && a.Amount != "" {
		err = otherAmount(a.Amount, h.Amount)
	}
	if err != nil {
		out.Detail, out.Reason = err, payment.ReasonNone
		return out, false
	}
	out.AuthNo, out.HoldID = token(a.AuthNo), token(a.OperationID)
	out.PayerID, out.Payer = a.payerID(), token(a.PayerLogonID)
	out.Credit = a.PreAuthType == "CREDIT_AUTH"
	return out, true
}

// isHold closes the reading, as is does for payments.
func isHold(out payment.HoldOutcome, result payment.Result) payment.HoldOutcome {
	out.Result, out.Detail = result, nil
	if result != payment.Failed {
		out.Reason = payment.ReasonNone
	}
	return out
}

// foldHold reads the answer to alipay.fund.auth.order.freeze. The documents do
// not say whether a payer who has to confirm is 10003 or 10000 with the status
// INIT, so both are Waiting, and what is neither is asked for.
func foldHold(h payment.Hold, r reply) payment.HoldOutcome {
	out, about := beginHold(h, r)
	if !about {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case inProgress:
		return isHold(out, payment.Waiting)
	case accepted:
		switch a.Status {
		case statusInit:
			return isHold(out, payment.Waiting)
		case statusSuccess:
			return held(out, a)
		case statusClosed:
			return closedHold(out, a)
		}
		return out
	}
	return foldHoldRefusal(out, r)
}

// foldHoldQR reads the answer to alipay.fund.auth.order.voucher.create, which
// names no amount.
func foldHoldQR(h payment.Hold, r reply) (qr string, out payment.HoldOutcome) {
	out, about := beginHold(h, r)
	if !about {
		return "", out
	}
	if r.verdict() == accepted && r.answer.namesHold() && r.answer.CodeValue != "" {
		return string(r.answer.CodeValue), isHold(out, payment.Waiting)
	}
	return "", foldHoldRefusal(out, r)
}

// foldHoldRefusal is for requests that are sent once for each deposit. A
// refusal for its numbers says that an earlier one arrived nevertheless.
func foldHoldRefusal(out payment.HoldOutcome, r reply) payment.HoldOutcome {
	switch r.verdict() {
	case refused:
		if r.answer.holdExists() {
			out.Reason = payment.ReasonNone
			return out
		}
		return isHold(out, payment.Failed)
	case turnedAway:
		return isHold(out, payment.Failed)
	}
	return out
}

// foldHoldQuery reads the answer to alipay.fund.auth.operation.detail.query
// about the freeze. A refusal to answer says nothing of the deposit.
func foldHoldQuery(h payment.Hold, r reply) payment.HoldOutcome {
	out, about := beginHold(h, r)
	if !about {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case refused:
		if a.noSuchOperation() {
			return isHold(out, payment.NotFound)
		}
		return out
	case accepted:
	default:
		return out
	}
	if !a.namesHold() || !a.isOperation(operationFreeze) {
		return out
	}
	switch a.Status {
	case statusInit:
		if a.OrderStatus == statusInit || a.OrderStatus == "" {
			return isHold(out, payment.Waiting)
		}
	case statusSuccess:
		return foldStanding(out, h, a)
	case statusClosed:
		return closedHold(out, a)
	}
	return out
}

// foldStanding reads what became of a deposit that was held. Alipay calls one
// finished when something was captured, and closed when all was given back; the
// sums decide, because only they can be added up.
func foldStanding(out payment.HoldOutcome, h payment.Hold, a answer) payment.HoldOutcome {
	out.Rest, out.Captured, out.Known = a.sums(h.Amount)
	gone := out.Known && out.Rest == 0
	switch a.OrderStatus {
	case statusAuthorized: // so something is left
		if gone {
			out = withoutSums(out)
		}
		return held(out, a)
	case statusFinish, statusClosed:
		switch {
		case gone && out.Captured > 0:
			return held(out, a)
		case gone && a.OrderStatus == statusClosed:
			return isHold(out, payment.Released)
		}
	}
	return withoutSums(out)
}

func withoutSums(out payment.HoldOutcome) payment.HoldOutcome {
	out.Rest, out.Captured, out.Known = 0, 0, false
	return out
}

// held is the yes: it must name the deposit, its amount, and the number under
// which the money can be got at.
func held(out payment.HoldOutcome, a answer) payment.HoldOutcome {
	if !a.namesHold() || a.Amount == "" || a.AuthNo == "" {
		return withoutSums(out)
	}
	out.HeldAt = beijing(a.GmtTrans)
	return isHold(out, payment.Held)
}

// closedHold reads a freeze that is closed. As with a closed trade there are
// two stories, never held or held and released, and in both nothing of it is
// set aside. The time when the money was frozen makes it the second story.
func closedHold(out payment.HoldOutcome, a answer) payment.HoldOutcome {
	stands := a.OrderStatus == statusAuthorized || a.OrderStatus == statusFinish
	if !a.namesHold() || stands || a.TotalPayAmount != "" && otherAmount(a.TotalPayAmount, 0) != nil {
		return out
	}
	if a.GmtTrans != "" {
		return isHold(out, payment.Released)
	}
	return isHold(out, payment.Closed)
}

// foldHoldCancel reads the answer to alipay.fund.auth.operation.cancel.
func foldHoldCancel(h payment.Hold, r reply) payment.HoldOutcome {
	out, about := beginHold(h, r)
	if !about {
		return out
	}
	a := r.answer
	switch r.verdict() {
	case refused:
		if a.noSuchOperation() {
			return isHold(out, payment.NotFound)
		}
		return isHold(out, payment.Failed)
	case accepted:
	default:
		return out // turned away: nothing was cancelled, so it is asked again
	}
	if !a.namesHold() {
		return out
	}
	switch a.Action {
	case "close":
		return isHold(out, payment.Closed)
	case "unfreeze":
		return isHold(out, payment.Released)
	}
	return out
}

// otherAmount says why said is not want.
func otherAmount(said text, want payment.Amount) error {
	if amount, err := payment.ParseAmount(string(said)); err != nil || amount != want {
		return fmt.Errorf("the answer is about another amount: %s", token(said))
	}
	return nil
}
