package wechat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// answer holds every field of v3 that is read, of all calls alike. Which of them
// are set depends on the call.
type answer struct {
	Code    text `json:"code"` // of a refusal
	Message text `json:"message"`

	MchID    text `json:"mchid"` // direct
	SpMchID  text `json:"sp_mchid"`
	SubMchID text `json:"sub_mchid"`

	OutTradeNo     text        `json:"out_trade_no"`
	TransactionID  text        `json:"transaction_id"`
	TradeType      text        `json:"trade_type"` // told once it is paid
	TradeState     text        `json:"trade_state"`
	TradeStateDesc text        `json:"trade_state_desc"`
	SuccessTime    text        `json:"success_time"`
	BankType       text        `json:"bank_type"`
	Amount         amounts     `json:"amount"`
	Promotions     []promotion `json:"promotion_detail"`

	CodeURL text `json:"code_url"` // native: what the QR holds

	OutRefundNo text `json:"out_refund_no"`
	Status      text `json:"status"` // of a refund

	HashType    text `json:"hash_type"` // of a bill, as the next two
	HashValue   text `json:"hash_value"`
	DownloadURL text `json:"download_url"` // with a token, which nobody may log
}

// amounts are the sums of an order or of a refund, fen.
type amounts struct {
	Total            fen `json:"total"`
	SettlementTotal  fen `json:"settlement_total"`
	Refund           fen `json:"refund"`
	SettlementRefund fen `json:"settlement_refund"`
}

// promotion is one coupon that was used, or given back with a refund.
type promotion struct {
	Type               text `json:"type"`
	Amount             fen  `json:"amount"`
	MerchantContribute fen  `json:"merchant_contribute"`
	RefundAmount       fen  `json:"refund_amount"`
}

// text is a JSON string. Anything else reads as empty, which is never taken for
// a yes.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	*t = ""
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '"' {
		return nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return err
	}
	*t = text(s)
	return nil
}

// fen is a whole number of fen that may be missing. Anything that is not one,
// 1.0 and "1" included, reads as missing.
type fen struct {
	said   bool
	amount payment.Amount
}

func (f *fen) UnmarshalJSON(raw []byte) error {
	*f = readFen(string(bytes.TrimSpace(raw)))
	return nil
}

// readFen reads digits; v2 writes its sums as text.
func readFen(s string) fen {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || s[0] == '+' || payment.Amount(n) > payment.MaxAmount {
		return fen{}
	}
	return fen{true, payment.Amount(n)}
}

func (f fen) is(a payment.Amount) bool { return f.said && f.amount == a }

func (f fen) String() string {
	if !f.said {
		return "none"
	}
	return f.amount.String()
}

// notOurs says why an answer that names a merchant or an order is about another
// one; nil when it names none, as refusals do.
func (a answer) notOurs(set settings, outTradeNo string) error {
	mch := a.MchID
	if set.partner() {
		mch = a.SpMchID
	}
	switch {
	case mch != "" && string(mch) != set.mchID, set.partner() && a.SubMchID != "" && string(a.SubMchID) != set.subMchID:
		return fmt.Errorf("the answer is about another merchant: %s %s", token(mch), token(a.SubMchID))
	case a.OutTradeNo != "" && string(a.OutTradeNo) != outTradeNo:
		return fmt.Errorf("the answer is about another order: %s", token(a.OutTradeNo))
	}
	return nil
}

// otherAmount says why the answer is about another amount than o's; nil where it
// says none, as for orders that nobody paid.
func (a answer) otherAmount(o payment.Order) error {
	if !a.Amount.Total.said || a.Amount.Total.is(o.Amount) {
		return nil
	}
	return fmt.Errorf("the answer is about another amount: %s", a.Amount.Total)
}

// namesOrder reports whether the answer says which order it is about. A yes
// must; notOurs has compared it.
func (a answer) namesOrder() bool { return a.OutTradeNo != "" }

// wasPaid reports whether a closed order shows signs of having been paid before.
// A transaction number is none: an order may have one while the payer types.
func (a answer) wasPaid() bool { return a.SuccessTime != "" || a.BankType != "" }

// said is what the answer calls a state, for the log.
func (a answer) said() string {
	switch {
	case a.Code != "":
		return fmt.Sprintf("%s: %s", token(a.Code), a.Message)
	case a.TradeState != "":
		return fmt.Sprintf("trade_state %s: %s", token(a.TradeState), a.TradeStateDesc)
	case a.Status != "":
		return "status " + token(a.Status)
	}
	return "it names no state"
}

// rfc3339 reads a time of v3; zero when it says none.
func rfc3339(t text) time.Time {
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at
}

func token(t text) string { return wire.Token(string(t)) }
