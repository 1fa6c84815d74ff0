package cloudpay

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// The statuses of an answer and the two internal ones that decide something.
const (
	statusOK       = 0
	statusCaller   = 101 // the request is wrong. Live answers with it are not authenticated
	statusNewOrder = 102 // it failed; another try needs another number
	statusFailed   = 104 // it failed

	internalAuthen    = 7   // the authentication of the request does not fit
	internalNoOrder   = 400 // no such number
	internalDuplicate = 407 // the number was sent before with another content
	internalNoRefund  = 426 // no such refund
)

// verdict is what the status of an answer says, before it is known what the
// answer says about an order.
type verdict int

const (
	open        verdict = iota // may have happened or not
	accepted                   // 0
	refused                    // a definite no
	newNumber                  // a definite no to this number
	unexplained                // a no that may be about a number that was sent before: whoever sent it once cannot know
	duplicate                  // the number was sent before
)

func (r reply) verdict() verdict {
	if r.err != nil {
		return open
	}
	internal, said := r.internal()
	if internal == internalDuplicate {
		return duplicate
	}
	switch status, _ := r.content.number("status"); status {
	case statusOK:
		return accepted
	case statusFailed:
		if !said {
			return unexplained
		}
		return refused
	case statusCaller:
		return refused
	case statusNewOrder:
		return newNumber
	}
	return open // 3, 103, and whatever is new
}

// internal is the internal_status. Some pages of the documents write it with a
// capital, and no payment may be made a second time because of that. said is false
// where it cannot be read.
func (r reply) internal() (n int64, said bool) {
	for _, name := range []string{"internal_status", "Internal_status"} {
		if found, ok := r.content.number(name); ok && (!said || found == internalDuplicate) {
			n, said = found, true
		}
	}
	return n, said
}

// saysNo reports a no of any kind.
func (r reply) saysNo() bool {
	v := r.verdict()
	return v == refused || v == newNumber || v == unexplained
}

// noSuchNumber reports that Cloud Pay itself knows nothing under the number.
func (r reply) noSuchNumber() bool {
	n, _ := r.internal()
	return r.saysNo() && (n == internalNoOrder || n == internalNoRefund)
}

// codeForSupport is what a person tells the platform's support: "104/407".
func (r reply) codeForSupport() string {
	status, ok := r.content.number("status")
	if !ok || status == statusOK {
		return ""
	}
	internal, _ := r.internal()
	return fmt.Sprintf("%d/%d", status, internal)
}

// object is the part of the answer that is named after the interface. The
// samples of two interfaces name theirs after another one.
func (r reply) object(name string) object {
	names := []string{name}
	switch name {
	case callScanFreeze:
		names = []string{"scan_code_freeze", name}
	case callRefund:
		names = append(names, callQueryRefund)
	}
	for _, n := range names {
		if o := r.content.object(n); o != nil {
			return o
		}
	}
	return nil
}

// order is order_content as far as the till reads it. Its zero value says
// nothing, and so does that of the next three.
type order struct {
	no, tradeNo string
	named       bool           // it says for how much it is
	amount      payment.Amount // fen
	settled     payment.Amount // what the merchant gets of it; 0 where it was not said
	endedAt     time.Time      // when it was paid; zero while it was not
	kind        int64          // trade_type
	working     bool           // the platform is not through with it
	platform    string
	state       int64
	buyer       string
	refunded    bool // it shows that money went back
}

func readOrder(content object) order {
	platform, ext := content.ext("order")
	o := order{
		no: content.text("out_trade_no"), tradeNo: wire.Token(content.text("transaction_id")), named: content.has("total_fee"),
		endedAt: content.moment("time_end"), working: content.yes("is_transforming"), platform: platform, buyer: wire.Token(ext.text("buyer_logon_id")),
	}
	o.amount = content.exactly("total_fee")
	o.settled, _ = content.fen("settlement_total_fee")
	o.kind, _ = content.number("trade_type")
	o.state, _ = ext.number("current_trade_state")
	fee, _ := ext.fen("refund_fee")
	o.refunded = fee > 0 || !ext.moment("gmt_refund").IsZero()
	return o
}

// wasPaid reports whether an order that ended shows signs of having been paid.
func (o order) wasPaid() bool { return !o.endedAt.IsZero() || o.refunded }

// discount is what the merchant gave away itself.
func (o order) discount() payment.Amount {
	if o.settled <= 0 || o.settled > o.amount {
		return 0 // 0 is what the platform writes where it does not know
	}
	return o.amount - o.settled
}

// payerOf is the payer as the wallet names one to the merchant.
func payerOf(detail object) string {
	key := detail.object("pay_mch_key")
	const longestOpenID = 128
	for _, id := range []string{
		key.object("wxpay_pay_mch_key_ext").text("open_id"), key.object("wxpay_pay_mch_key_ext").text("sub_open_id"),
		key.object("alipay_pay_mch_key_ext").text("user_id"),
	} {
		if id != "" {
			return wire.Clip(id, longestOpenID)
		}
	}
	return ""
}

// refund is refund_order_content.
type refund struct {
	no, orderNo string
	amount      payment.Amount
	settled     payment.Amount
	working     bool
	platform    string
	state       int64
}

func readRefund(content object) refund {
	platform, ext := content.ext("refund_order")
	r := refund{
		no: content.text("out_refund_no"), orderNo: content.text("out_trade_no"), amount: content.exactly("refund_fee"),
		working: content.yes("is_transforming"), platform: platform,
	}
	r.settled, _ = content.fen("settlement_refund_fee")
	name := "state"
	if platform == alipay {
		name = "refund_status"
	}
	r.state, _ = ext.number(name)
	return r
}

// discount is the part of a refund that the merchant did not have to give back.
func (r refund) discount() payment.Amount {
	if r.settled <= 0 || r.settled > r.amount {
		return 0
	}
	return r.amount - r.settled
}

// freeze is freeze_order_content.
type freeze struct {
	no, id   string // id is the wallet's; empty until it gave one
	named    bool
	amount   payment.Amount
	endedAt  time.Time // when it was held
	expires  time.Time // until when the payer may confirm it
	working  bool
	platform string
	state    int64
	payer    string
	credit   bool

	summed             bool // it says what became of it since
	captured, released payment.Amount
}

func readFreeze(content object) freeze {
	platform, ext := content.ext("freeze_order")
	f := freeze{
		no: content.text("out_freeze_no"), id: wire.Token(content.text("freeze_id")), named: content.has("freeze_fee"), amount: content.exactly("freeze_fee"),
		endedAt: content.moment("time_end"), expires: content.moment("time_expire"), working: content.yes("is_transforming"), platform: platform,
		payer: wire.Token(ext.text("buyer_logon_id")), credit: ext.text("pre_auth_type") == "CREDIT_AUTH",
	}
	f.state, _ = ext.number("current_trade_state")
	captured, ok1 := content.fen("total_consume_fee")
	manual, ok2 := content.fen("total_manual_unfreeze_fee")
	auto, ok3 := content.fen("total_auto_unfreeze_fee")
	if ok1 && ok2 && (ok3 || !content.has("total_auto_unfreeze_fee")) && captured+manual+auto <= f.amount {
		f.summed, f.captured, f.released = true, captured, manual+auto
	}
	return f
}

// unfreeze is unfreeze_order_content.
type unfreeze struct {
	no, freezeNo string
	amount       payment.Amount
	working      bool
	platform     string
	state        int64
}

func readUnfreeze(content object) unfreeze {
	platform, ext := content.ext("unfreeze_order")
	u := unfreeze{
		no: content.text("out_unfreeze_no"), freezeNo: content.text("out_freeze_no"), amount: content.exactly("unfreeze_fee"),
		working: content.yes("is_transforming"), platform: platform,
	}
	u.state, _ = ext.number("current_trade_state")
	return u
}

// exactly is an amount to compare with: one that is missing or cannot be read is
// no amount that anybody asked for.
func (o object) exactly(name string) payment.Amount {
	a, ok := o.fen(name)
	if !ok {
		return -1
	}
	return a
}

// moment reads unix seconds; zero where it says none.
func (o object) moment(name string) time.Time {
	const last = 1 << 33 // the year 2242: what is above is no time of a payment
	n, ok := o.number(name)
	if !ok || n <= 0 || n > last {
		return time.Time{}
	}
	return time.Unix(n, 0).In(payment.Beijing)
}

// states is everything that the object of an answer calls a state, for the log.
func states(detail object) string {
	var said []string
	for _, kind := range []string{"order", "refund_order", "freeze_order", "unfreeze_order"} {
		for _, content := range detail.objects(kind + "_content") {
			platform, ext := content.ext(kind)
			for _, name := range []string{"current_trade_state", "state", "refund_status"} {
				if ext.has(name) {
					said = append(said, fmt.Sprintf("%s %s %s", platform, name, wire.Token(ext.text(name))))
				}
			}
			if content.yes("is_transforming") {
				said = append(said, "is_transforming")
			}
		}
	}
	if said == nil {
		return "it names no state"
	}
	return wire.Clip(strings.Join(said, ", "), 300)
}
