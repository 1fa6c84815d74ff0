package cloudpay

import (
	"cmp"
	"fmt"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// beginHold is begin for answers about a deposit.
func beginHold(h payment.Hold, r reply, name string, use reasonUse) (out payment.HoldOutcome, seen freeze, about bool) {
	out = payment.HoldOutcome{Result: payment.Unknown, Code: r.codeForSupport(), Reason: reasonOf(r, use), Detail: detail(r, name)}
	if r.err != nil {
		return out, freeze{}, false
	}
	content := r.object(name).object("freeze_order_content")
	if content == nil {
		return out, freeze{}, true
	}
	seen = readFreeze(content)
	var wrong error
	switch {
	case seen.no != "" && seen.no != h.OutOrderNo:
		wrong = fmt.Errorf("the answer is about another deposit: %s", wire.Token(seen.no))
	case seen.named && seen.amount != h.Amount && r.verdict() == accepted:
		wrong = otherAmount(content.text("freeze_fee"))
	}
	if wrong != nil {
		out.Detail, out.Reason = wrong, payment.ReasonNone
		return out, freeze{}, false
	}
	out.HoldID, out.Payer, out.Credit = seen.id, seen.payer, seen.credit
	out.PayerID = payerOf(r.object(name))
	return out, seen, true
}

// isHold closes the reading, as is does for payments.
func isHold(out payment.HoldOutcome, result payment.Result, reason payment.Reason) payment.HoldOutcome {
	out.Result, out.Reason, out.Detail = result, reason, nil
	return out
}

// foldHold reads the answer to micro_freeze.
func foldHold(h payment.Hold, r reply) payment.HoldOutcome {
	out, seen, about := beginHold(h, r, callMicroFreeze, usePay)
	if !about {
		return out
	}
	if r.verdict() != accepted {
		return foldHoldRefusal(out, r, seen)
	}
	result, spent := freezeState(seen)
	switch {
	case seen.no == "" || spent:
		return out
	case seen.working:
		return isHold(out, payment.Waiting, payment.ReasonNone)
	case result == payment.Waiting:
		return isHold(out, payment.Waiting, payment.ReasonNone)
	case result == payment.Held:
		return held(out, seen)
	case result == payment.Closed && seen.platform == wxpay:
		out.Code = fmt.Sprintf("%s.%d", seen.platform, seen.state)
		return isHold(out, payment.Failed, payment.ReasonPhone)
	}
	return out
}

// foldHoldQR reads the answer to scancode_freeze, which names neither deposit
// nor amount.
func foldHoldQR(h payment.Hold, r reply) (qr string, out payment.HoldOutcome) {
	out, seen, about := beginHold(h, r, callScanFreeze, usePay)
	if !about {
		return "", out
	}
	if r.verdict() != accepted {
		return "", foldHoldRefusal(out, r, seen)
	}
	if qr = r.object(callScanFreeze).text("code_url"); !showable(qr) {
		return "", out
	}
	return qr, isHold(out, payment.Waiting, payment.ReasonNone)
}

// foldHoldRefusal is foldRefusal for deposits.
func foldHoldRefusal(out payment.HoldOutcome, r reply, seen freeze) payment.HoldOutcome {
	if !r.saysNo() || r.verdict() == unexplained {
		return out
	}
	if result, _ := freezeState(seen); result == payment.Held || result == payment.Waiting {
		return out
	}
	return isHold(out, payment.Failed, out.Reason)
}

// foldHoldQuery reads the answer to query_freeze_order. A refusal to answer says
// nothing of the deposit. expires is until when the payer may confirm it; zero
// where that is not said.
func foldHoldQuery(h payment.Hold, r reply) (out payment.HoldOutcome, expires time.Time) {
	out, seen, about := beginHold(h, r, callQueryFreeze, useQuery)
	switch {
	case !about:
		return out, time.Time{}
	case r.noSuchNumber():
		return isHold(out, payment.NotFound, payment.ReasonNone), time.Time{}
	case r.verdict() != accepted || seen.no == "":
		return out, time.Time{}
	}
	return foldFreezeState(out, seen), seen.expires
}

func foldFreezeState(out payment.HoldOutcome, seen freeze) payment.HoldOutcome {
	result, spent := freezeState(seen)
	switch {
	case result == "":
		return out
	case seen.working && result != payment.Held:
		return isHold(out, payment.Waiting, payment.ReasonNone)
	case result != payment.Held:
		return isHold(out, result, payment.ReasonNone)
	case seen.working: // something is being captured or released: nobody knows the sums yet
		return held(out, seen)
	}
	return foldStanding(out, seen, spent)
}

// foldStanding reads what became of a deposit that was held. The state says
// whether anything is left; only the sums can say what the rest became.
func foldStanding(out payment.HoldOutcome, seen freeze, spent bool) payment.HoldOutcome {
	switch {
	case !spent && !seen.summed: // a platform that says no sums has begun none, or does not tell
		return held(out, seen)
	case !spent:
		out.Known, out.Captured, out.Rest = true, seen.captured, seen.amount-seen.captured-seen.released
		if out.Rest == 0 { // then the state is wrong, or the sums are
			out = withoutSums(out)
		}
		return held(out, seen)
	case !seen.summed:
		return out
	case seen.captured == 0:
		out.Known = true
		return isHold(out, payment.Released, payment.ReasonNone)
	}
	out.Known, out.Captured, out.Rest = true, seen.captured, 0
	return held(out, seen)
}

func withoutSums(out payment.HoldOutcome) payment.HoldOutcome {
	out.Rest, out.Captured, out.Known = 0, 0, false
	return out
}

// held is the yes: it must name the deposit and its amount. Captures and releases
// name the merchant's own number, so a deposit whose number at the wallet is not
// said has that one.
func held(out payment.HoldOutcome, seen freeze) payment.HoldOutcome {
	if seen.no == "" || !seen.named {
		return withoutSums(out)
	}
	out.AuthNo, out.HeldAt = cmp.Or(seen.id, seen.no), seen.endedAt
	return isHold(out, payment.Held, payment.ReasonNone)
}
