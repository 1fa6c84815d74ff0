package cloudpay

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

var (
	errNumber    = errors.New("a number is 32 letters and digits at most and begins with the order prefix")
	errNoCode    = errors.New("there is no pay code")
	errWallet    = errors.New("the account does not take this wallet")
	errNoWallet  = errors.New("the request does not say which wallet it is about")
	errReleaseNo = errors.New("a release has a number of its own")
)

var numberRule = regexp.MustCompile(`^[0-9A-Za-z_]{1,32}$`)

// checkNumber is for everything that is sent as a number: Cloud Pay keeps the
// merchants apart by what their numbers begin with.
func (c *Channel) checkNumber(number string) error {
	if !numberRule.MatchString(number) || !strings.HasPrefix(number, c.set.prefix) || len(number) == len(c.set.prefix) {
		return errNumber
	}
	return nil
}

func (c *Channel) checkOrder(o payment.Order) error {
	if err := c.checkNumber(o.OutTradeNo); err != nil {
		return err
	}
	return o.Amount.Check(payment.MaxAmount)
}

// checkCharge is checkOrder for a new payment or deposit: the account must have
// been signed for the wallet.
func (c *Channel) checkCharge(w payment.Wallet, number string, a payment.Amount) (payment.Reason, error) {
	if !c.set.wallets[w] {
		return payment.ReasonNotAccepted, errWallet
	}
	if err := c.checkNumber(number); err != nil {
		return payment.ReasonRequest, err
	}
	if err := a.Check(payment.MaxAmount); err != nil {
		return payment.ReasonRequest, err
	}
	return "", nil
}

func (c *Channel) checkRefund(r payment.RefundRequest) error {
	if err := c.checkOrder(r.Order); err != nil {
		return err
	}
	if err := c.checkNumber(r.RequestNo); err != nil {
		return err
	}
	if c.platformOf(r.Wallet).pay == 0 {
		return errNoWallet
	}
	if err := r.Refund.Check(r.Amount); err != nil {
		return fmt.Errorf("refund %s of %s: %w", r.Refund, r.Amount, err)
	}
	return nil
}

// payContentOf builds micro_pay. An error means that nothing may be sent.
func (c *Channel) payContentOf(r payment.PayRequest) (content, payment.Reason, error) {
	code := r.Code.Raw()
	if code == "" {
		return content{}, payment.ReasonCodeInvalid, errNoCode
	}
	if reason, err := c.checkCharge(r.Wallet, r.OutTradeNo, r.Amount); err != nil {
		return content{}, reason, err
	}
	q := c.about(r.Wallet, r.Operator)
	q.PayContent = orderContent(r.Order, r.Subject, r.ReceiptNo)
	q.PayContent.AuthorCode = code
	return q, "", nil
}

// qrContentOf builds scan_code_pay.
func (c *Channel) qrContentOf(r payment.QRRequest) (content, payment.Reason, error) {
	if r.Wallet == payment.WalletUnionPay { // a QR of theirs is in no document
		return content{}, payment.ReasonNotAccepted, errWallet
	}
	if reason, err := c.checkCharge(r.Wallet, r.OutTradeNo, r.Amount); err != nil {
		return content{}, reason, err
	}
	q := c.about(r.Wallet, r.Operator)
	q.PayContent = orderContent(r.Order, r.Subject, r.ReceiptNo)
	q.PayContent.TimeExpire = c.expiry(r.Expires)
	return q, "", nil
}

// expiry is when a QR ends by itself, should the till have died before it could
// close it. WeChat wants more than a minute. It is a time of day, so a clock
// that is wrong here makes QRs that are too short or too long; Probe finds that.
func (c *Channel) expiry(after time.Duration) int64 {
	if after <= 0 {
		after = c.set.qrTimeout
	}
	return c.now().Add(min(max(after, minQRLife), maxQRLife)).Unix()
}

const minQRLife = 90 * time.Second

// orderContent is what a payment, a QR and a capture have in common.
func orderContent(o payment.Order, subject, receiptNo string) *payContent {
	return &payContent{
		OutTradeNo: o.OutTradeNo, TotalFee: o.Amount, FeeType: currency,
		Body:   cmp.Or(wire.ClipBytes(subject, maxBodyText), o.OutTradeNo), // may not be empty
		Remark: wire.ClipBytes(receiptNo, maxRemark),
	}
}

// refundContentOf builds refund. api_version is left out: it then is 1, and the
// platform does not ask for the right of the staff a second time.
func (c *Channel) refundContentOf(r payment.RefundRequest, freezeNo string) content {
	q := c.withRight(c.about(r.Wallet, ""))
	q.RefundContent = &refundContent{
		OutTradeNo: r.OutTradeNo, OutRefundNo: r.RequestNo, TotalFee: r.Amount, RefundFee: r.Refund, RefundFeeType: currency,
		RefundReason: wire.ClipBytes(r.Reason, maxReason), OutFreezeNo: freezeNo,
	}
	return q
}

// queryContentOf builds query_order.
func (c *Channel) queryContentOf(w payment.Wallet, outTradeNo string) content {
	q := c.about(w, "")
	q.OutTradeNo = outTradeNo
	return q
}
