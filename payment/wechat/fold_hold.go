package wechat

import (
	"cmp"
	"fmt"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// The states of a deposit beside those of an order, as public clients copied them
// from the documents of the query. SUCCESS says that it stands.
const (
	stateSettling  = "SETTLING"       // a capture was taken and is not carried out yet
	stateConsumed  = "CONSUMED"       // captured; the rest went back
	stateUnsettled = "SETTLEMENTFAIL" // a capture failed, nothing was taken
)

// holdMismatch says why an answer that was taken is not about the deposit h; nil
// when it is, or when it names none, as refusals do. total_fee is missing while
// nobody paid.
func (c *Channel) holdMismatch(h payment.Hold, f params) error {
	for name, ours := range map[string]string{"mch_id": c.set.mchID, "sub_mch_id": c.set.subMchID} {
		if f[name] != "" && f[name] != ours {
			return fmt.Errorf("the answer is about another merchant: %s %s", name, token(text(f[name])))
		}
	}
	switch {
	case f["out_trade_no"] != "" && f["out_trade_no"] != h.OutOrderNo:
		return fmt.Errorf("the answer is about another deposit: %s", token(text(f["out_trade_no"])))
	case f["transaction_id"] != "" && h.AuthNo != "" && f["transaction_id"] != h.AuthNo:
		return fmt.Errorf("the answer is about another deposit of WeChat's: %s", token(text(f["transaction_id"])))
	case f["total_fee"] != "" && !readFen(f["total_fee"]).is(h.Amount):
		return fmt.Errorf("the answer is about another amount: %s", token(text(f["total_fee"])))
	}
	return nil
}

// unclear is what every reading of v2 begins with: nothing is known but what the
// log and the manager can use.
type unclear struct {
	code   string
	reason payment.Reason
	detail error
}

// beginV2 is begin for answers of v2. what are the fields to compare with the
// deposit. about says whether the reply may be read on.
func (c *Channel) beginV2(h payment.Hold, r v2reply, what params, use reasonUse) (u unclear, about bool) {
	u = unclear{token(r.code()), r.reason(use), r.detail()}
	if r.err != nil {
		return u, false
	}
	if err := c.holdMismatch(h, what); err != nil {
		return unclear{u.code, payment.ReasonNone, err}, false
	}
	return u, true
}

func (c *Channel) beginHold(h payment.Hold, r v2reply) (out payment.HoldOutcome, about bool) {
	u, about := c.beginV2(h, r, r.fields, usePay)
	return payment.HoldOutcome{Result: payment.Unknown, Code: u.code, Reason: u.reason, Detail: u.detail}, about
}

// isHold closes the reading, as is does for payments.
func isHold(out payment.HoldOutcome, result payment.Result) payment.HoldOutcome {
	out.Result, out.Detail = result, nil
	if result != payment.Failed {
		out.Reason = payment.ReasonNone
	}
	return out
}

// foldHold reads the answer to /deposit/micropay, which names no state: taken is
// paid, and the payer who has to type a password is a refusal by its form.
func (c *Channel) foldHold(h payment.Hold, r v2reply) payment.HoldOutcome {
	out, about := c.beginHold(h, r)
	switch {
	case !about:
		return out
	case r.is(statePaying):
		return isHold(out, payment.Waiting)
	case r.verdict() == refused && r.known():
		return isHold(out, payment.Failed)
	case r.verdict() == accepted:
		return held(out, r.fields)
	}
	return withoutReason(out)
}

// withoutReason keeps of what is left open only what concerns the manager.
func withoutReason(out payment.HoldOutcome) payment.HoldOutcome {
	switch out.Reason {
	case payment.ReasonMerchantSetup, payment.ReasonBusy, payment.ReasonWrongKeys:
	default:
		out.Reason = payment.ReasonNone
	}
	return out
}

// held is the yes: it must name the deposit, its amount, and the number under
// which the money can be got at. That number is told only of a deposit that
// stood, so whoever knows it knows that it did.
func held(out payment.HoldOutcome, f params) payment.HoldOutcome {
	if f["out_trade_no"] == "" || f["total_fee"] == "" || f["transaction_id"] == "" {
		return out
	}
	out.AuthNo = token(text(f["transaction_id"]))
	out.PayerID = wire.Clip(cmp.Or(f["sub_openid"], f["openid"]), 128)
	out.HeldAt = digits14(f["time_end"])
	return isHold(out, payment.Held)
}

// foldHoldQuery reads what became of a deposit, and what is left of it. A
// refusal to answer says nothing of it.
func (c *Channel) foldHoldQuery(h payment.Hold, r v2reply) payment.HoldOutcome {
	out, about := c.beginHold(h, r)
	switch {
	case !about:
		return out
	case r.noSuchDeposit():
		return isHold(out, payment.NotFound)
	case r.verdict() != accepted || r.fields["out_trade_no"] == "":
		return withoutReason(out)
	}
	switch r.fields["trade_state"] {
	case stateNotPay, statePaying, stateAccept:
		return isHold(out, payment.Waiting)
	case stateError: // see broken
		out.Code, out.Detail, out.Broken = stateError, errBroken, true
		return out
	case stateSuccess:
		return withSums(held(out, r.fields), h.Amount, 0, consumed(r.fields) == fen{})
	case stateSettling, stateUnsettled:
		return held(out, r.fields) // what is left of it is not settled yet
	case stateConsumed:
		took := consumed(r.fields)
		return withSums(held(out, r.fields), 0, took.amount, took.said && took.amount > 0 && took.amount <= h.Amount)
	case stateRefund, stateRevoked, stateClosed:
		return gone(out, h, r.fields)
	}
	return out
}

// gone reads a deposit of which nothing is held any more: it was captured and
// that was given back, or it was released, or it never stood. The number that
// only a standing deposit gets, or the time it was paid, makes it the second
// story.
func gone(out payment.HoldOutcome, h payment.Hold, f params) payment.HoldOutcome {
	took := consumed(f)
	switch {
	case took.amount > 0:
		return withSums(held(out, f), 0, took.amount, took.amount <= h.Amount)
	case h.AuthNo != "" || f["time_end"] != "" || f["trade_state"] == stateRefund:
		out.AuthNo = token(text(f["transaction_id"]))
		return withSums(isHold(out, payment.Released), 0, 0, true)
	}
	return isHold(out, payment.Closed)
}

// consumed is what was captured; none said where it is nothing.
func consumed(f params) fen {
	took := readFen(cmp.Or(f["consume_fee"], "-"))
	if took.amount == 0 {
		return fen{}
	}
	return took
}

func withSums(out payment.HoldOutcome, rest, captured payment.Amount, known bool) payment.HoldOutcome {
	if known && (out.Result == payment.Held || out.Result == payment.Released) {
		out.Rest, out.Captured, out.Known = rest, captured, true
	}
	return out
}

// noSuchDeposit reports the one refusal that answers a query.
func (r v2reply) noSuchDeposit() bool {
	return r.verdict() == refused && r.is("ORDERNOTEXIST", "ORDERNOTEXISTS")
}

// digits14 reads a time of v2, yyyyMMddHHmmss in Beijing; zero when it says none.
func digits14(s string) time.Time {
	at, err := time.ParseInLocation("20060102150405", s, payment.Beijing)
	if err != nil {
		return time.Time{}
	}
	return at
}
