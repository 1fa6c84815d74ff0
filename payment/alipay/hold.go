package alipay

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/payment"
)

// The gateway's methods for deposits. What is captured of one is a trade:
// methodPay and methodQuery.
const (
	methodFreeze     = "alipay.fund.auth.order.freeze"
	methodVoucher    = "alipay.fund.auth.order.voucher.create"
	methodHoldQuery  = "alipay.fund.auth.operation.detail.query"
	methodHoldCancel = "alipay.fund.auth.operation.cancel"
	methodUnfreeze   = "alipay.fund.auth.order.unfreeze"
)

var _ payment.Holder = (*Channel)(nil)

// HoldPolicy is Policy, except that a deposit that was scanned waits as long as
// a QR does: the payer always has to confirm it on the phone.
func (c *Channel) HoldPolicy() payment.Policy {
	p := c.set.policy()
	p.PayTimeout = max(p.PayTimeout, p.QRTimeout)
	return p
}

// Hold freezes the amount in the account whose code was scanned. The gateway's
// success says only that it took the request: Held needs the status SUCCESS.
//
// A refusal for the numbers (used, frozen or closed already) may be about an
// earlier request of this very deposit. Then the outcome is what the query says
// of it, and Unknown where the query knows nothing.
func (c *Channel) Hold(ctx context.Context, r payment.HoldRequest) payment.HoldOutcome {
	biz, reason, err := c.freezeFields(r)
	if err != nil {
		return payment.HoldOutcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, methodFreeze, biz)
	out := foldHold(r.Hold, reply)
	c.note(ctx, methodFreeze, r.OutOrderNo, reply, string(out.Result), out.Detail)
	if reply.verdict() == refused && reply.answer.holdExists() {
		return c.earlierHold(ctx, r.Hold, out)
	}
	return out
}

func (c *Channel) earlierHold(ctx context.Context, h payment.Hold, refusal payment.HoldOutcome) payment.HoldOutcome {
	known := c.askAboutHold(ctx, h)
	switch known.Result {
	case payment.Unknown, payment.NotFound:
		refusal.Detail = errors.Join(refusal.Detail, known.Detail)
		return refusal // which is Unknown
	}
	return known
}

// HoldQR makes a QR with which the payer freezes the amount. Until it is
// scanned, QueryHold and CancelHold answer NotFound. The gateway refuses
// payers once r.Expires, in full minutes, has passed.
func (c *Channel) HoldQR(ctx context.Context, r payment.HoldRequest) (string, payment.HoldOutcome) {
	biz, err := c.voucherFields(r)
	if err != nil {
		return "", payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, methodVoucher, biz)
	qr, out := foldHoldQR(r.Hold, reply)
	c.note(ctx, methodVoucher, r.OutOrderNo, reply, string(out.Result), out.Detail)
	return qr, out
}

// QueryHold asks for the freeze itself, by the numbers that were made here, and
// gets the sums of the whole deposit with it.
func (c *Channel) QueryHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if err := checkHold(h); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Detail: err}
	}
	return c.askAboutHold(ctx, h)
}

func (c *Channel) askAboutHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	reply := c.call(ctx, methodHoldQuery, operationFields(h, h.RequestNo, operationFreeze))
	out := foldHoldQuery(h, reply)
	c.note(ctx, methodHoldQuery, h.OutOrderNo, reply, string(out.Result), out.Detail)
	return out
}

// CancelHold ends a deposit that nobody needs any more because its outcome was
// unknown or the payer did not confirm it. Alipay allows it for 24 hours and
// before the first release; later Release does the same.
//
// A refusal may come because an earlier cancel did its work. So it is believed
// only after the query says that the deposit stands. The query also decides
// after a success that does not say what was done, as there may be for a QR
// that nobody scanned.
func (c *Channel) CancelHold(ctx context.Context, h payment.Hold) payment.HoldOutcome {
	if err := checkHold(h); err != nil {
		return payment.HoldOutcome{Result: payment.Unknown, Detail: err}
	}
	biz := operationFields(h, h.RequestNo, "")
	biz["remark"] = h.OutOrderNo // may not be empty, and the payer may read it
	reply := c.call(ctx, methodHoldCancel, biz)
	out := foldHoldCancel(h, reply)
	c.note(ctx, methodHoldCancel, h.OutOrderNo, reply, string(out.Result), out.Detail)
	if out.Result == payment.Failed || reply.verdict() == accepted && reply.answer.Action == "" {
		return c.afterCancel(ctx, h, out)
	}
	return out
}

func (c *Channel) afterCancel(ctx context.Context, h payment.Hold, out payment.HoldOutcome) payment.HoldOutcome {
	known := c.askAboutHold(ctx, h)
	switch known.Result {
	case payment.Closed, payment.Released, payment.NotFound:
		return known
	case payment.Unknown:
		out.Result, out.Detail = payment.Unknown, known.Detail
	}
	return out // the deposit stands: Failed, or Unknown where the cancel was taken
}

var (
	errHoldNo    = errors.New("a deposit number is 1 to 64 letters, digits and _")
	errAuthNo    = errors.New("the deposit has no number of Alipay's yet")
	errReleaseNo = errors.New("a release has a number of its own: 1 to 64 letters, digits and _")
)

func checkHold(h payment.Hold) error {
	if !numberRule.MatchString(h.OutOrderNo) || !numberRule.MatchString(h.RequestNo) {
		return errHoldNo
	}
	return h.Amount.Check(payment.MaxAmount)
}

// checkStep is for what is done to a deposit that stands.
func checkStep(h payment.Hold, part payment.Amount) error {
	if err := checkHold(h); err != nil {
		return err
	}
	if !numberRule.MatchString(h.AuthNo) {
		return errAuthNo
	}
	if err := part.Check(h.Amount); err != nil {
		return fmt.Errorf("%s of a deposit of %s: %w", part, h.Amount, err)
	}
	return nil
}

// HoldRules say that Alipay's deposits know every act, of Alipay's payers.
func (c *Channel) HoldRules(w payment.Wallet) payment.HoldRules {
	holds := w == payment.WalletAlipay
	return payment.HoldRules{Holds: holds, QR: holds, KeepRest: holds, ReleasePart: holds}
}
