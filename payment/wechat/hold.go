package wechat

import (
	"cmp"
	"context"
	"errors"

	"frontdesk/payment"
)

// The calls of v2 for deposits.
const (
	pathHold        = "/deposit/micropay"
	pathHoldQuery   = "/deposit/orderquery"
	pathHoldReverse = "/deposit/reverse"
	pathConsume     = "/deposit/consume"
	pathRefund      = "/deposit/refund"
	pathRefundQuery = "/deposit/refundquery"
)

var _ payment.Holder = (*Channel)(nil)

// HoldPolicy is Policy: a deposit is paid with a code like any order.
func (c *Channel) HoldPolicy() payment.Policy { return c.set.policy() }

// HoldRules say that only a service provider takes deposits, of WeChat's payers,
// with their code, as a whole.
func (c *Channel) HoldRules(w payment.Wallet) payment.HoldRules {
	return payment.HoldRules{Holds: w == payment.WalletWeChat && c.set.deposits()}
}

// The codes of what this Channel itself refuses.
const (
	codeNotPartner = "DEPOSIT_PARTNER_ONLY" // a merchant who signs for itself has no deposits at WeChat
	codeNoKey      = "DEPOSIT_KEY_MISSING"  // no API v2 key is set
)

var (
	errNotPartner = errors.New("WeChat takes deposits only through a service provider with a sub-merchant")
	errNoKey      = errors.New("deposits are signed with the API v2 key, and none is set")
	errNoQR       = errors.New("WeChat's deposits are paid with the payer's code")
	errHoldNo     = errors.New("the deposit has no number of WeChat's yet")
)

// noDeposits says why none can be taken; code is empty where they can.
func (c *Channel) noDeposits() (code string, err error) {
	switch {
	case !c.set.partner():
		return codeNotPartner, errNotPartner
	case c.set.apiV2Key == "":
		return codeNoKey, errNoKey
	}
	return "", nil
}

func checkHold(h payment.Hold) error {
	return checkOrder(payment.Order{OutTradeNo: h.OutOrderNo, Amount: h.Amount})
}

// Hold takes the deposit from the account whose code was scanned. It carries no
// goods tag: coupons do not apply to deposits.
func (c *Channel) Hold(ctx context.Context, r payment.HoldRequest) payment.HoldOutcome {
	if code, err := c.noDeposits(); err != nil {
		return payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonMerchantSetup, Code: code, Detail: err}
	}
	if err := checkHold(r.Hold); err != nil {
		return payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonRequest, Detail: err}
	}
	if r.Code.Raw() == "" {
		return payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonCodeInvalid, Detail: errNoCode}
	}
	reply := c.callV2(ctx, pathHold, params{
		"deposit":          "Y",
		"body":             cmp.Or(inBills(r.Subject, maxDescription), r.OutOrderNo), // may not be empty
		"attach":           inBills(r.ReceiptNo, maxAttach),
		"out_trade_no":     r.OutOrderNo,
		"total_fee":        inFen(r.Amount),
		"fee_type":         "CNY",
		"spbill_create_ip": c.set.deviceIP,
		"device_info":      c.set.deviceID,
		"auth_code":        r.Code.Raw(),
	}, plainCall)
	out := c.foldHold(r.Hold, reply)
	c.noteV2(ctx, "deposit", r.OutOrderNo, reply, string(out.Result), out.Detail)
	return out
}

// HoldQR is refused: WeChat's deposits know no QR.
func (c *Channel) HoldQR(context.Context, payment.HoldRequest) (string, payment.HoldOutcome) {
	return "", payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonRequest, Detail: errNoQR}
}

// QueryHold asks by the number that was made here.
func (c *Channel) QueryHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if out, fine := c.mayAsk(h); !fine {
		return out
	}
	out, _ := c.askAboutHold(ctx, h)
	return out
}

// mayAsk says why nothing can be asked about a deposit.
func (c *Channel) mayAsk(h payment.Hold) (out payment.HoldOutcome, fine bool) {
	if code, err := c.noDeposits(); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Reason: payment.ReasonMerchantSetup, Code: code, Detail: err}, false
	}
	if err := checkHold(h); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Detail: err}, false
	}
	return payment.HoldOutcome{}, true
}

func (c *Channel) askAboutHold(ctx context.Context, h payment.Hold) (payment.HoldOutcome, v2reply) {
	reply := c.callV2(ctx, pathHoldQuery, params{"out_trade_no": h.OutOrderNo}, plainCall)
	out := c.foldHoldQuery(h, reply)
	c.noteV2(ctx, "deposit query", h.OutOrderNo, reply, string(out.Result), out.Detail)
	return out, reply
}

// CancelHold ends a deposit that nobody needs any more because its outcome was
// unknown or the payer did not confirm it. Like Cancel it asks, reverses, and
// asks again, and believes the second query. A deposit of which something was
// captured is Failed.
func (c *Channel) CancelHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if out, fine := c.mayAsk(h); !fine {
		return out
	}
	before, asked := c.askAboutHold(ctx, h)
	switch {
	case before.Result == payment.Closed, before.Result == payment.Released:
		return before
	case before.Result == payment.Unknown && !c.seesHold(h, asked) && !asked.inTrouble():
		return before
	case beyondCancel(asked):
		return notCancelled(before, payment.ReasonHoldClosed, asked.fields["trade_state"])
	}
	act := c.reverseHold(ctx, h)
	if before.AuthNo != "" {
		h.AuthNo = before.AuthNo // it stood: what is gone now was released
	}
	after, asked := c.askAboutHold(ctx, h)
	return afterHoldCancel(before, act, after, asked)
}

// beyondCancel reports a deposit that is captured, or about to be.
func beyondCancel(asked v2reply) bool {
	switch asked.fields["trade_state"] {
	case stateSettling, stateConsumed:
		return asked.verdict() == accepted
	}
	return false
}

func notCancelled(h payment.HoldOutcome, reason payment.Reason, code string) payment.HoldOutcome {
	return payment.HoldOutcome{Result: payment.Failed, AuthNo: h.AuthNo, PayerID: h.PayerID, Reason: reason, Code: code}
}

// seesHold reports whether an answer is authenticated and about this deposit,
// even if it could not be read.
func (c *Channel) seesHold(h payment.Hold, r v2reply) bool {
	return r.verdict() == accepted && r.fields["out_trade_no"] != "" && c.holdMismatch(h, r.fields) == nil
}

// reverseHold gives a whole deposit back. WeChat may ask to be called again
// (recall Y): then nothing is known, and the caller of the caller repeats.
func (c *Channel) reverseHold(ctx context.Context, h payment.Hold) v2reply {
	reply := c.callV2(ctx, pathHoldReverse, params{"out_trade_no": h.OutOrderNo}, certCall)
	c.noteV2(ctx, "deposit reverse", h.OutOrderNo, reply, "", reply.err)
	return reply
}

// refusedForGood reports a reverse that WeChat does not want to see again.
func (r v2reply) refusedForGood() bool { return r.verdict() == refused && r.fields["recall"] != "Y" }

// afterHoldCancel joins the answers as afterCancel does.
func afterHoldCancel(before payment.HoldOutcome, act v2reply, after payment.HoldOutcome, asked v2reply) payment.HoldOutcome {
	again := after
	again.Result, again.Detail = payment.Unknown, asked.detail()
	again.Rest, again.Captured, again.Known = 0, 0, false
	switch after.Result {
	case payment.Closed, payment.Released:
		return after
	case payment.NotFound:
		if before.Result == payment.NotFound && act.verdict() != open && act.fields["recall"] != "Y" {
			return after
		}
	case payment.Held:
		switch {
		case beyondCancel(asked):
			return notCancelled(after, payment.ReasonHoldClosed, asked.fields["trade_state"])
		case act.refusedForGood():
			return notCancelled(after, act.reason(useStep), token(act.code()))
		}
	case payment.Unknown:
		return after
	}
	return again
}
