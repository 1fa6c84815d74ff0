package alipay

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// maxQRLife is how long a QR can be scanned at most, whatever is asked for.
const maxQRLife = 2 * time.Hour

var numberRule = regexp.MustCompile(`^[0-9A-Za-z_]{1,64}$`)

// payFields builds alipay.trade.pay. An error means that nothing may be sent.
func (c *Channel) payFields(r payment.PayRequest) (fields, payment.Reason, error) {
	code := r.Code.Raw()
	if code == "" {
		return nil, payment.ReasonCodeInvalid, errNoCode
	}
	biz, err := c.orderFields(r.Order, r.Subject, r.ReceiptNo, r.Operator, r.Undiscountable)
	if err != nil {
		return nil, payment.ReasonRequest, err
	}
	biz["auth_code"] = code
	biz["scene"] = "bar_code"
	if r.Code.IsFace() {
		biz["scene"] = "security_code"
	}
	biz["product_code"] = c.set.product
	// The till cancels at payTimeout. Should it have died by then, the unpaid
	// order closes by itself a minute later instead of after three hours.
	biz["timeout_express"] = express(minutes(c.set.payTimeout) + 1)
	return biz, "", nil
}

// qrFields builds alipay.trade.precreate.
func (c *Channel) qrFields(r payment.QRRequest) (fields, error) {
	biz, err := c.orderFields(r.Order, r.Subject, r.ReceiptNo, r.Operator, r.Undiscountable)
	if err != nil {
		return nil, err
	}
	expires := r.Expires
	if expires <= 0 {
		expires = c.set.qrTimeout
	}
	life := minutes(min(expires, maxQRLife))
	biz["product_code"] = c.set.qrProduct
	// A cancel cannot reach a QR that nobody has scanned, because there is no
	// trade yet. So the QR itself must end when the till stops to show it.
	biz["qr_code_timeout_express"] = express(life)
	biz["timeout_express"] = express(max(life+1, minTradeLife))
	return biz, nil
}

// minTradeLife, in minutes, is the shortest life of a shown trade that the
// documents advise.
const minTradeLife = 5

// express is a span as the gateway writes it, in full minutes.
func express(minutes int64) string { return fmt.Sprintf("%dm", minutes) }

// orderFields are what pay and precreate have in common.
func (c *Channel) orderFields(o payment.Order, subject, receiptNo, operator string, undiscountable payment.Amount) (fields, error) {
	if err := checkOrder(o); err != nil {
		return nil, err
	}
	if undiscountable < 0 || undiscountable > o.Amount {
		return nil, fmt.Errorf("undiscountable %s of %s: %w", undiscountable, o.Amount, payment.ErrTooLarge)
	}
	biz := fields{"out_trade_no": o.OutTradeNo, "total_amount": o.Amount.String()}
	biz["subject"] = cmp.Or(cleanText(subject, 128), o.OutTradeNo) // may not be empty
	if undiscountable > 0 {
		biz["undiscountable_amount"] = undiscountable.String()
	}
	biz.set("body", cleanText(receiptNo, 128))
	biz.set("seller_id", c.set.sellerID)
	biz.set("store_id", oneCell(c.set.storeID))
	biz.set("terminal_id", oneCell(c.set.terminalID))
	biz.set("operator_id", oneCell(wire.Clip(cmp.Or(operator, c.set.operatorID), 28)))
	if c.set.providerID != "" {
		biz["extend_params"] = fields{"sys_service_provider_id": c.set.providerID}
	}
	return biz, nil
}

// wide replaces what a subject may not hold by characters that look the same to
// the payer.
var wide = strings.NewReplacer("/", "／", "=", "＝", "&", "＆")

func cleanText(s string, most int) string { return oneCell(wide.Replace(wire.Clip(s, most))) }

// oneCell keeps a text in one cell of the bill, which parts its columns by commas,
// its rows by line ends and quotes nothing: one row that is broken makes all of it
// unreadable.
func oneCell(s string) string { return strings.ReplaceAll(wire.OneLine(s), ",", "，") }
