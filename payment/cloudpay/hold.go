package cloudpay

import (
	"context"
	"errors"
	"time"

	"frontdesk/payment"
)

// HoldPolicy is Policy: a deposit of a scanned code is never cancelled either.
func (c *Channel) HoldPolicy() payment.Policy { return c.set.policy() }

// HoldRules say what WeChat and Alipay let a merchant do, of the wallets that the
// account takes: by WeChat's code only, its rest always goes back with the
// capture, and it is released as a whole.
func (c *Channel) HoldRules(w payment.Wallet) payment.HoldRules {
	if !c.set.wallets[w] {
		return payment.HoldRules{}
	}
	return rulesOf(w)
}

// Hold sets the amount aside in the account whose code was scanned. As with Pay, a
// no that asks for a new number is believed only after the query.
func (c *Channel) Hold(ctx context.Context, r payment.HoldRequest) payment.HoldOutcome {
	q, reason, err := c.freezeContentOf(r, false)
	if err != nil {
		return payment.HoldOutcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, callMicroFreeze, q)
	out := foldHold(r.Hold, reply)
	c.note(ctx, callMicroFreeze, r.OutOrderNo, reply, string(out.Result), out.Detail)
	switch {
	case out.Result == payment.Failed && reply.verdict() == newNumber:
		return c.confirmNoHold(ctx, r.Hold, out)
	case out.Result == payment.Held && out.HoldID == "":
		return c.withNumber(ctx, r.Hold, out)
	}
	return out
}

// withNumber asks for the wallet's number of a deposit that was just held: the
// answer to the freeze does not have it, and the guest's slip should. Where it
// cannot be asked, the outcome is left to the next query, so that a deposit has
// the same number from the beginning.
func (c *Channel) withNumber(ctx context.Context, h payment.Hold, out payment.HoldOutcome) payment.HoldOutcome {
	known, _ := c.askAboutHold(ctx, h)
	if known.Result != payment.Held {
		out.Result, out.AuthNo, out.Detail = payment.Unknown, "", errors.Join(errNoNumber, known.Detail)
		return out
	}
	return known
}

func (c *Channel) confirmNoHold(ctx context.Context, h payment.Hold, refusal payment.HoldOutcome) payment.HoldOutcome {
	known, _ := c.askAboutHold(ctx, h)
	switch known.Result {
	case payment.NotFound, payment.Closed:
		return refusal
	case payment.Unknown:
		refusal.Result, refusal.Reason, refusal.Detail = payment.Unknown, payment.ReasonNone, errors.Join(errContradiction, known.Detail)
		return refusal
	}
	return known
}

// HoldQR makes a QR with which the payer sets the amount aside: of Alipay only.
// It can be used until r.Expires has passed, and nobody can close it before.
func (c *Channel) HoldQR(ctx context.Context, r payment.HoldRequest) (string, payment.HoldOutcome) {
	q, reason, err := c.freezeContentOf(r, true)
	if err != nil {
		return "", payment.HoldOutcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, callScanFreeze, q)
	qr, out := foldHoldQR(r.Hold, reply)
	c.note(ctx, callScanFreeze, r.OutOrderNo, reply, string(out.Result), out.Detail)
	if out.Result == payment.Failed && reply.verdict() == newNumber {
		if known := c.confirmNoHold(ctx, r.Hold, out); known.Result != payment.Failed {
			out = payment.HoldOutcome{Result: payment.Unknown, Code: out.Code, Detail: errContradiction}
		}
	}
	return qr, out
}

// QueryHold asks what became of a deposit and, where Cloud Pay says it, what is
// left of it.
func (c *Channel) QueryHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if err := c.checkHold(h); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutHold(ctx, h)
	return out
}

func (c *Channel) askAboutHold(ctx context.Context, h payment.Hold) (out payment.HoldOutcome, expires time.Time) {
	reply := c.call(ctx, callQueryFreeze, c.freezeQueryOf(h, ""))
	out, expires = foldHoldQuery(h, reply)
	c.note(ctx, callQueryFreeze, h.OutOrderNo, reply, string(out.Result), out.Detail)
	return out, expires
}

// CancelHold changes nothing: Cloud Pay has no interface that closes a deposit
// before it is held, and one that the payer confirmed is released by Release
// under a number of its own. So it asks, and says what there is. It is Failed
// when the deposit stands, and Unknown as long as a QR can still be used: then
// it ends by its own time, and until then it has to be asked about.
func (c *Channel) CancelHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if err := c.checkHold(h); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, expires := c.askAboutHold(ctx, h)
	switch out.Result {
	case payment.Held:
		out = withoutSums(out)
		out.Result, out.Reason, out.Code = payment.Failed, payment.ReasonOther, codeNoCancel
	case payment.Waiting, payment.NotFound:
		if out.Result == payment.Waiting || c.now().Before(expires) {
			out.Result, out.Code, out.Detail = payment.Unknown, codeNoCancel, errStillOpen
		}
	}
	return out
}

var errNoNumber = errors.New("the deposit is held, and its number at the wallet is not known yet")

var errStillOpen = errors.New("the payer can still confirm the deposit, and nobody can close it")
