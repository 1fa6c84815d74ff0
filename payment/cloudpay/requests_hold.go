package cloudpay

import (
	"cmp"
	"errors"
	"fmt"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

var (
	errKeepsRest = errors.New("with WeChat the rest of a deposit always goes back with a capture")
	errPart      = errors.New("with WeChat a deposit is released as a whole")
	errHoldQR    = errors.New("a deposit by QR is for Alipay only")

	errNoDeposits = errors.New("the account takes no deposits of this wallet")
)

func (c *Channel) checkHold(h payment.Hold) error {
	if err := c.checkNumber(h.OutOrderNo); err != nil {
		return err
	}
	return h.Amount.Check(payment.MaxAmount)
}

// checkStep is for what is done to a deposit that stands.
func (c *Channel) checkStep(h payment.Hold, number string, part payment.Amount) error {
	if err := c.checkHold(h); err != nil {
		return err
	}
	if err := c.checkNumber(number); err != nil {
		return err
	}
	if c.platformOf(h.Wallet).pay == 0 {
		return errNoWallet
	}
	if err := part.Check(h.Amount); err != nil {
		return fmt.Errorf("%s of a deposit of %s: %w", part, h.Amount, err)
	}
	return nil
}

// checkCapture asks the rules of the wallet too: keeping the rest is refused
// here for WeChat, and nothing is sent.
func (c *Channel) checkCapture(r payment.CaptureRequest) error {
	if err := c.checkStep(r.Hold, r.OutTradeNo, r.Capture); err != nil {
		return err
	}
	if !r.ReleaseRest && !rulesOf(r.Wallet).KeepRest {
		return errKeepsRest
	}
	return nil
}

func (c *Channel) checkRelease(r payment.ReleaseRequest) error {
	if err := c.checkStep(r.Hold, r.ReleaseNo, r.Release); err != nil {
		return err
	}
	if r.ReleaseNo == r.OutOrderNo || r.ReleaseNo == r.RequestNo {
		return errReleaseNo
	}
	if r.Release != r.Amount && !rulesOf(r.Wallet).ReleasePart {
		return errPart
	}
	return nil
}

// rulesOf are the same for every account; whether it takes the wallet is not
// asked here.
func rulesOf(w payment.Wallet) payment.HoldRules {
	switch w {
	case payment.WalletWeChat:
		return payment.HoldRules{Holds: true}
	case payment.WalletAlipay:
		return payment.HoldRules{Holds: true, QR: true, KeepRest: true, ReleasePart: true}
	}
	return payment.HoldRules{}
}

// freezeContentOf builds micro_freeze, and with qr scancode_freeze. An error
// means that nothing may be sent.
func (c *Channel) freezeContentOf(r payment.HoldRequest, qr bool) (content, payment.Reason, error) {
	rules := c.HoldRules(r.Wallet)
	switch {
	case !rules.Holds:
		return content{}, payment.ReasonRequest, errNoDeposits
	case qr && !rules.QR:
		return content{}, payment.ReasonRequest, errHoldQR
	case !qr && r.Code.Raw() == "":
		return content{}, payment.ReasonCodeInvalid, errNoCode
	}
	if err := c.checkHold(r.Hold); err != nil {
		return content{}, payment.ReasonRequest, err
	}
	q := c.about(r.Wallet, r.Operator)
	q.FreezeContent = &freezeContent{
		OutFreezeNo: r.OutOrderNo, FreezeFee: r.Amount, FeeType: currency,
		Body:   cmp.Or(wire.ClipBytes(r.Subject, maxBodyText), r.OutOrderNo), // may not be empty
		Remark: wire.ClipBytes(r.ReceiptNo, maxRemark),
	}
	if qr {
		q.FreezeContent.TimeExpire = c.expiry(r.Expires)
	} else {
		q.FreezeContent.AuthorCode = r.Code.Raw()
	}
	return q, "", nil
}

// captureContentOf builds deposit_consume.
func (c *Channel) captureContentOf(r payment.CaptureRequest) content {
	q := c.about(r.Wallet, r.Operator)
	q.PayContent = orderContent(captured(r), r.Subject, r.ReceiptNo)
	q.PayContent.OutFreezeNo = r.OutOrderNo
	release := r.ReleaseRest
	q.PayContent.IsConfirmUnfreeze = &release
	return q
}

// captured is the order that a capture makes.
func captured(r payment.CaptureRequest) payment.Order {
	return payment.Order{OutTradeNo: r.OutTradeNo, Amount: r.Capture, Wallet: r.Wallet}
}

// releaseContentOf builds unfreeze.
func (c *Channel) releaseContentOf(r payment.ReleaseRequest) content {
	q := c.withRight(c.about(r.Wallet, ""))
	q.UnfreezeContent = &unfreezeContent{
		OutFreezeNo: r.OutOrderNo, OutUnfreezeNo: r.ReleaseNo, UnfreezeFee: r.Release, Remark: wire.ClipBytes(r.Reason, maxRemark),
	}
	return q
}

// freezeQueryOf builds query_freeze_order, and with a number
// query_unfreeze_order.
func (c *Channel) freezeQueryOf(h payment.Hold, unfreezeNo string) content {
	q := c.about(h.Wallet, "")
	q.OutFreezeNo, q.OutUnfreezeNo = h.OutOrderNo, unfreezeNo
	return q
}
