package wechat

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

const (
	// maxQRLife is how long WeChat keeps a QR. WeChat refuses one that ends within
	// a minute of its arrival; minQRLife leaves time for the way there, and for the
	// fraction of a second that the request does not say.
	maxQRLife = 2 * time.Hour
	minQRLife = 90 * time.Second

	maxDescription = 127 // bytes, as the next two
	maxAttach      = 127
	maxReason      = 80
)

var (
	orderRule  = regexp.MustCompile(`^[0-9A-Za-z_-]{6,32}$`)
	refundRule = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

	errOrderNo  = errors.New("an order number is 6 to 32 letters, digits, _ and -")
	errRefundNo = errors.New("a refund number is 1 to 64 letters, digits, _ and -")
	errNoCode   = errors.New("there is no pay code")
	errNoNotify = errors.New("WeChat wants a notify_url with each QR, and none is set")
)

func checkOrder(o payment.Order) error {
	if !orderRule.MatchString(o.OutTradeNo) {
		return errOrderNo
	}
	return o.Amount.Check(payment.MaxAmount)
}

func checkRefund(r payment.RefundRequest) error {
	if err := checkOrder(r.Order); err != nil {
		return err
	}
	if !refundRule.MatchString(r.RequestNo) {
		return errRefundNo
	}
	if err := r.Refund.Check(r.Amount); err != nil {
		return fmt.Errorf("refund %s of %s: %w", r.Refund, r.Amount, err)
	}
	return nil
}

// orders is the path below which all orders of this kind of merchant are.
func (c *Channel) orders(rest string) string {
	if c.set.partner() {
		return "/v3/pay/partner/transactions/" + rest
	}
	return "/v3/pay/transactions/" + rest
}

// merchant are the fields that say who sells.
func (c *Channel) merchant() fields {
	if !c.set.partner() {
		return fields{"appid": c.set.appID, "mchid": c.set.mchID}
	}
	f := fields{"sp_appid": c.set.appID, "sp_mchid": c.set.mchID, "sub_mchid": c.set.subMchID}
	f.set("sub_appid", c.set.subAppID)
	return f
}

// payRequest builds the payment of a scanned code. An error means that nothing
// may be sent.
func (c *Channel) payRequest(r payment.PayRequest) (request, payment.Reason, error) {
	code := r.Code.Raw()
	if code == "" {
		return request{}, payment.ReasonCodeInvalid, errNoCode
	}
	body, err := c.orderFields(r.Order, r.Subject, r.ReceiptNo, r.Undiscountable)
	if err != nil {
		return request{}, payment.ReasonRequest, err
	}
	body["payer"] = fields{"auth_code": code}
	scene := fields{"device_ip": c.set.deviceIP, "store_info": c.storeInfo()}
	scene.set("device_id", c.set.deviceID)
	body["scene_info"] = scene
	return request{method: http.MethodPost, path: c.orders("codepay"), body: body}, "", nil
}

// storeInfo is required and wants one of two numbers: the shop's own at WeChat,
// or any of the merchant's. The merchant number serves as the latter.
func (c *Channel) storeInfo() fields {
	if c.set.storeID != "" {
		return fields{"id": c.set.storeID}
	}
	own := c.set.mchID
	if c.set.partner() {
		own = c.set.subMchID
	}
	return fields{"out_id": own}
}

// qrRequest builds a native order. WeChat closes it by itself when the till
// stops to show its QR, should the till be unable to.
func (c *Channel) qrRequest(r payment.QRRequest) (request, payment.Reason, error) {
	body, err := c.orderFields(r.Order, r.Subject, r.ReceiptNo, r.Undiscountable)
	if err != nil {
		return request{}, payment.ReasonRequest, err
	}
	if c.set.notifyURL == "" {
		return request{}, payment.ReasonMerchantSetup, errNoNotify
	}
	expires := r.Expires
	if expires <= 0 {
		expires = c.set.qrTimeout
	}
	end := c.now().Add(min(max(expires, minQRLife), maxQRLife))
	body["time_expire"] = end.In(payment.Beijing).Format(time.RFC3339)
	body["notify_url"] = c.set.notifyURL
	if c.set.storeID != "" || c.set.deviceID != "" {
		scene := fields{"payer_client_ip": c.set.deviceIP} // required beside the others
		scene.set("device_id", c.set.deviceID)
		if c.set.storeID != "" {
			scene["store_info"] = c.storeInfo()
		}
		body["scene_info"] = scene
	}
	return request{method: http.MethodPost, path: c.orders("native"), body: body}, "", nil
}

// orderFields are what both kinds of order have in common. WeChat decides by
// the goods tag what coupons apply; it knows no part that none may touch, so
// such a part is checked and not sent.
func (c *Channel) orderFields(o payment.Order, subject, receiptNo string, undiscountable payment.Amount) (fields, error) {
	if err := checkOrder(o); err != nil {
		return nil, err
	}
	if undiscountable < 0 || undiscountable > o.Amount {
		return nil, fmt.Errorf("undiscountable %s of %s: %w", undiscountable, o.Amount, payment.ErrTooLarge)
	}
	body := c.merchant()
	body["out_trade_no"] = o.OutTradeNo
	body["description"] = cmp.Or(inBills(subject, maxDescription), o.OutTradeNo) // may not be empty
	body["amount"] = fields{"total": int64(o.Amount), "currency": "CNY"}
	body.set("attach", inBills(receiptNo, maxAttach))
	body.set("goods_tag", c.set.goodsTag)
	return body, nil
}

// inBills is a text that WeChat repeats in its bills, where a back-tick behind a
// comma parts two fields: one such order would make the bill of its day
// unreadable.
func inBills(s string, most int) string {
	return wire.ClipBytes(strings.ReplaceAll(s, "`", "'"), most)
}

// queryRequest asks for an order by the number that was made here.
func (c *Channel) queryRequest(outTradeNo string) request {
	return request{method: http.MethodGet, path: c.orders("out-trade-no/" + outTradeNo), query: c.owner()}
}

// owner are the parameters that say whose order is asked for.
func (c *Channel) owner() url.Values {
	if !c.set.partner() {
		return url.Values{"mchid": {c.set.mchID}}
	}
	return url.Values{"sp_mchid": {c.set.mchID}, "sub_mchid": {c.set.subMchID}}
}

// endRequest closes an unpaid order ("close") or takes back what a pay code paid
// ("reverse"). A close names no application.
func (c *Channel) endRequest(outTradeNo, how string) request {
	body := c.merchant()
	if how == actClose {
		for _, app := range []string{"appid", "sp_appid", "sub_appid"} {
			delete(body, app)
		}
	}
	return request{method: http.MethodPost, path: c.orders("out-trade-no/" + outTradeNo + "/" + how), body: body}
}

const refunds = "/v3/refund/domestic/refunds"

func (c *Channel) refundRequest(r payment.RefundRequest) request {
	body := fields{
		"out_trade_no":  r.OutTradeNo,
		"out_refund_no": r.RequestNo,
		"amount":        fields{"refund": int64(r.Refund), "total": int64(r.Amount), "currency": "CNY"},
	}
	body.set("reason", wire.ClipBytes(r.Reason, maxReason))
	body.set("sub_mchid", c.set.subMchID)
	return request{method: http.MethodPost, path: refunds, body: body}
}

func (c *Channel) refundQueryRequest(requestNo string) request {
	q := request{method: http.MethodGet, path: refunds + "/" + requestNo}
	if c.set.partner() {
		q.query = url.Values{"sub_mchid": {c.set.subMchID}}
	}
	return q
}
