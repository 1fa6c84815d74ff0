package alipay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// answer holds every field that fold.go reads, of all methods alike. Which of
// them are set depends on the method.
type answer struct {
	Code    text `json:"code"`
	SubCode text `json:"sub_code"`
	SubMsg  text `json:"sub_msg"` // scrubbed: it may quote the whole request

	OutTradeNo   text `json:"out_trade_no"`
	TradeNo      text `json:"trade_no"`
	TotalAmount  text `json:"total_amount"`
	BuyerLogonID text `json:"buyer_logon_id"` // masked by Alipay

	GmtPayment text `json:"gmt_payment"` // pay: when it was paid
	QRCode     text `json:"qr_code"`     // precreate: what the QR holds

	TradeStatus    text            `json:"trade_status"`   // query
	SendPayDate    text            `json:"send_pay_date"`  // query: when it was paid; absent while it was not
	ReceiptAmount  text            `json:"receipt_amount"` // pay, query: what came into the merchant's account
	BuyerPayAmount text            `json:"buyer_pay_amount"`
	FundBillList   json.RawMessage `json:"fund_bill_list"`

	Action    text `json:"action"`     // cancel: close, refund, or absent
	RetryFlag text `json:"retry_flag"` // cancel: Y asks for the same again

	FundChange   text `json:"fund_change"` // refund: Y when money moved now
	RefundFee    text `json:"refund_fee"`  // refund: all that was refunded of the trade, not this refund
	OutRequestNo text `json:"out_request_no"`
	RefundStatus text `json:"refund_status"` // refund query
	RefundAmount text `json:"refund_amount"` // refund query: this refund

	SendBackFee  text            `json:"send_back_fee"`           // refund, refund query: what this refund took from the merchant; see queryDetails
	RefundDetail json.RawMessage `json:"refund_detail_item_list"` // what it is made of: the sign that SendBackFee was filled

	AsyncPaymentMode text `json:"async_payment_mode"` // pay, captures only: whether the money comes later

	BillDownloadURL text `json:"bill_download_url"` // bill: where it is for the next 30 s; a secret
	BillFileCode    text `json:"bill_file_code"`    // bill: that there is nothing in it; absent for many merchants

	// Deposits. OutRequestNo, Action and the codes above are theirs too.
	OutOrderNo     text `json:"out_order_no"`
	AuthNo         text `json:"auth_no"`        // Alipay's number of the deposit
	OperationID    text `json:"operation_id"`   // Alipay's number of the operation: freeze, unfreeze
	OperationType  text `json:"operation_type"` // query: FREEZE, UNFREEZE or PAY
	Status         text `json:"status"`         // of the operation
	OrderStatus    text `json:"order_status"`   // query: of the deposit
	Amount         text `json:"amount"`         // of the operation
	RestAmount     text `json:"rest_amount"`
	TotalPayAmount text `json:"total_pay_amount"`
	PayerUserID    text `json:"payer_user_id"`
	PayerOpenID    text `json:"payer_open_id"`
	PayerLogonID   text `json:"payer_logon_id"` // masked by Alipay
	PreAuthType    text `json:"pre_auth_type"`
	GmtTrans       text `json:"gmt_trans"`  // when the operation was carried out
	CodeValue      text `json:"code_value"` // voucher.create: what the QR holds
}

// text is a JSON string, or a number: the documents' own examples hold amounts
// in both forms. Anything else reads as empty, which is never taken for a yes.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	*t = ""
	if len(raw) == 0 {
		return nil
	}
	if raw[0] == '"' {
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		*t = text(s)
		return nil
	}
	if raw[0] >= '0' && raw[0] <= '9' {
		*t = text(raw)
	}
	return nil
}

// orderMismatch says why the answer is not about o; nil when it is, or when it
// names no order, as refusals do. The amount counts where the request was
// taken: a refusal may fill its fields with zeros.
func (a answer) orderMismatch(o payment.Order) error {
	if a.OutTradeNo != "" && string(a.OutTradeNo) != o.OutTradeNo {
		return fmt.Errorf("the answer is about another order: %s", token(a.OutTradeNo))
	}
	if a.TotalAmount == "" || !a.taken() {
		return nil
	}
	if amount, err := payment.ParseAmount(string(a.TotalAmount)); err != nil || amount != o.Amount {
		return fmt.Errorf("the answer is about another amount: %s", token(a.TotalAmount))
	}
	return nil
}

// taken reports whether the gateway took the request.
func (a answer) taken() bool { return a.Code == codeSuccess || a.Code == codeInProgress }

// namesOrder reports whether the answer says which order it is about. A yes
// must; orderMismatch has compared it.
func (a answer) namesOrder() bool { return a.OutTradeNo != "" }

// namesAmount reports whether the answer says how much the order is about.
func (a answer) namesAmount() bool { return a.TotalAmount != "" }

// paysLater reports a capture whose money Alipay fetches later, as it may do
// when the deposit was a credit and nothing was frozen.
func (a answer) paysLater() bool {
	return a.AsyncPaymentMode != "" && a.AsyncPaymentMode != "SYNC_DIRECT_PAY"
}

// wasPaid reports whether a closed trade shows signs of having been paid before:
// the time when the money went to the seller, or the money itself.
func (a answer) wasPaid() bool {
	if a.SendPayDate != "" || moreThanZero(a.ReceiptAmount) || moreThanZero(a.BuyerPayAmount) {
		return true
	}
	return filled(a.FundBillList)
}

// filled reports a list that holds something.
func filled(list json.RawMessage) bool {
	var items []json.RawMessage
	return json.Unmarshal(list, &items) == nil && len(items) > 0
}

var errReceipt = errors.New("what the merchant received cannot be")

// discount is what the merchant gave away of an order that was paid; 0 where the
// answer does not say. One that says what cannot be is an error for the log and
// no discount: the payment is paid all the same.
func (a answer) discount(total payment.Amount) (payment.Amount, error) {
	if a.ReceiptAmount == "" {
		return 0, nil
	}
	received, err := payment.ParseAmount(string(a.ReceiptAmount))
	if err != nil || received < 0 || received > total {
		return 0, fmt.Errorf("%w: %s of %s", errReceipt, token(a.ReceiptAmount), total)
	}
	return total - received, nil
}

// refundDiscount is the part of a refund that the merchant did not have to give
// back. The gateway says 0.00 where it was not asked or does not know, so a zero
// counts only with the details beside it.
func (a answer) refundDiscount(refund payment.Amount) payment.Amount {
	sent, err := payment.ParseAmount(string(a.SendBackFee))
	if err != nil || sent < 0 || sent > refund || sent == 0 && !filled(a.RefundDetail) {
		return 0
	}
	return refund - sent
}

// statuses is everything that the answer calls a state, for the log.
func (a answer) statuses() string {
	var said []string
	for _, s := range []struct {
		name  string
		value text
	}{
		{"trade_status", a.TradeStatus}, {"action", a.Action}, {"retry_flag", a.RetryFlag}, {"fund_change", a.FundChange},
		{"refund_status", a.RefundStatus}, {"async_payment_mode", a.AsyncPaymentMode}, {"status", a.Status},
		{"order_status", a.OrderStatus}, {"operation_type", a.OperationType},
	} {
		if s.value != "" {
			said = append(said, fmt.Sprintf("%s %q", s.name, s.value))
		}
	}
	if said == nil {
		return "it names no state"
	}
	return wire.Clip(strings.Join(said, ", "), 300)
}

func moreThanZero(t text) bool {
	amount, err := payment.ParseAmount(string(t))
	return err == nil && amount > 0
}

// beijing reads a time of the gateway; zero when it says none.
func beijing(t text) time.Time {
	at, err := time.ParseInLocation(time.DateTime, string(t), payment.Beijing)
	if err != nil {
		return time.Time{}
	}
	return at
}

func token(t text) string { return wire.Token(string(t)) }

var authTokenInText = regexp.MustCompile(`(app_auth_token(?:=|"\s*:\s*"))[^&"\s]+`)

// scrub masks pay codes and the provider's token in a message of the gateway.
// A refused signature is explained with the whole text that was to be signed.
func (c *Channel) scrub(message string) string {
	if c.set.appAuthToken != "" {
		message = strings.ReplaceAll(message, c.set.appAuthToken, "…")
	}
	return wire.Scrub(authTokenInText.ReplaceAllString(message, "$1…"))
}
