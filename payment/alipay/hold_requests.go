package alipay

import (
	"cmp"
	"regexp"
	"time"

	"frontdesk/payment"
)

const (
	// maxTitle and maxRemark are 50 Chinese characters. The documents allow 100
	// of others.
	maxTitle  = 50
	maxRemark = 50

	// maxHoldLife is how long a payer may take to confirm at most.
	maxHoldLife = 15 * 24 * time.Hour
)

// The kinds of operations that the query of a deposit tells apart. Without one
// it prefers the freeze, whatever number was asked for.
const (
	operationFreeze   = "FREEZE"
	operationUnfreeze = "UNFREEZE"
)

// freezeFields builds alipay.fund.auth.order.freeze. An error means that
// nothing may be sent. The method has no fields for receipt, shop and operator.
func (c *Channel) freezeFields(r payment.HoldRequest) (fields, payment.Reason, error) {
	code := r.Code.Raw()
	if code == "" {
		return nil, payment.ReasonCodeInvalid, errNoCode
	}
	biz, err := c.holdFields(r)
	if err != nil {
		return nil, payment.ReasonRequest, err
	}
	biz["auth_code"] = code
	biz["auth_code_type"] = "bar_code"
	if r.Code.IsFace() {
		biz["auth_code_type"] = "security_code"
		biz["scene_code"] = "HOTEL" // the documents' word for every face
	}
	// The till cancels long before. Should it have died by then, the deposit
	// that nobody confirmed closes by itself, and never before that cancel.
	biz["pay_timeout"] = express(max(minutes(c.set.holdTimeout), minutes(c.HoldPolicy().PayTimeout)+1))
	return biz, "", nil
}

// voucherFields builds alipay.fund.auth.order.voucher.create.
func (c *Channel) voucherFields(r payment.HoldRequest) (fields, error) {
	biz, err := c.holdFields(r)
	if err != nil {
		return nil, err
	}
	expires := r.Expires
	if expires <= 0 {
		expires = c.set.qrTimeout
	}
	// A cancel cannot reach a QR that nobody has scanned. So it must end when
	// the till stops to show it. The newest documents of this method have no
	// pay_timeout any more, only this name for the same.
	biz["timeout_express"] = express(minutes(min(expires, maxHoldLife)))
	return biz, nil
}

// holdFields are what freeze and voucher.create have in common.
func (c *Channel) holdFields(r payment.HoldRequest) (fields, error) {
	if err := checkHold(r.Hold); err != nil {
		return nil, err
	}
	biz := fields{
		"out_order_no":   r.OutOrderNo,
		"out_request_no": r.RequestNo,
		"order_title":    cmp.Or(cleanText(r.Subject, maxTitle), r.OutOrderNo), // may not be empty
		"amount":         r.Amount.String(),
		"product_code":   c.set.holdProduct,
	}
	biz.set("payee_user_id", c.set.sellerID)
	return biz, nil
}

// operationFields name one operation of a deposit by the numbers made here.
// Alipay's own numbers would win over them, and may not be known yet.
func operationFields(h payment.Hold, requestNo, operation string) fields {
	biz := fields{"out_order_no": h.OutOrderNo, "out_request_no": requestNo}
	biz.set("operation_type", operation)
	return biz
}

// userIDRule is an account number; anything else that names a payer is the
// open id that newer applications get instead.
var userIDRule = regexp.MustCompile(`^\d+$`)

// captureFields builds the alipay.trade.pay that takes a part of a deposit: it
// has the deposit's number and no pay code.
func (c *Channel) captureFields(r payment.CaptureRequest) (fields, error) {
	if err := checkCapture(r); err != nil {
		return nil, err
	}
	biz, err := c.orderFields(captured(r), r.Subject, r.ReceiptNo, r.Operator, 0)
	if err != nil {
		return nil, err
	}
	biz["auth_no"] = r.AuthNo
	biz["product_code"] = c.set.holdProduct // the same as the freeze had
	biz["auth_confirm_mode"] = "NOT_COMPLETE"
	if r.ReleaseRest {
		biz["auth_confirm_mode"] = "COMPLETE"
	}
	payer := "buyer_open_id"
	if userIDRule.MatchString(r.PayerID) {
		payer = "buyer_id"
	}
	biz.set(payer, r.PayerID)
	return biz, nil
}

// captured is the trade that a capture makes.
func captured(r payment.CaptureRequest) payment.Order {
	return payment.Order{OutTradeNo: r.OutTradeNo, Amount: r.Capture}
}

// releaseFields builds alipay.fund.auth.order.unfreeze.
func releaseFields(r payment.ReleaseRequest) (fields, error) {
	if err := checkRelease(r); err != nil {
		return nil, err
	}
	return fields{
		"auth_no":        r.AuthNo,
		"out_request_no": r.ReleaseNo,
		"amount":         r.Release.String(),
		"remark":         cmp.Or(cleanText(r.Reason, maxRemark), r.OutOrderNo), // may not be empty
	}, nil
}
