package paysim

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/payment"
)

// preAuth is the product of deposits that are taken face to face, for the hold
// and for what is captured out of it.
const preAuth = "PRE_AUTH"

var (
	authNo      = like(`[0-9]{16,64}`, "支付宝资金授权订单号")
	operationID = like(`[0-9]{16,64}`, "支付宝资金操作流水号")
)

// fundFields are what freeze and voucher.create have in common, as the
// official client's models have them.
var fundFields = []field{
	must("out_order_no", orderNo),
	must("out_request_no", orderNo),
	must("order_title", wide(100)),
	must("amount", amount),
	must("product_code", plain(64)),
	may("payee_user_id", accountNo),
	may("payee_logon_id", plain(100)),
	may("pay_timeout", confirmTime),
	may("timeout_express", confirmTime),
	may("extra_param", plain(1024)),
	may("business_params", plain(1024)),
	may("identity_params", plain(1024)),
	may("enable_pay_channels", plain(1024)),
	may("disable_pay_channels", plain(1024)),
	may("deposit_product_mode", oneOf("POSTPAY", "POSTPAY_UNCERTAIN", "DEPOSIT_ONLY")),
	may("post_payments", objects([]field{must("name", plain(64)), may("amount", amount), may("description", plain(256))})),
	may("trans_currency", oneOf("CNY")),
	may("settle_currency", oneOf("CNY")),
}

// whichOperation names an operation of a hold: Alipay's two numbers, or the
// merchant's two. Alipay's win.
var whichOperation = []field{
	may("auth_no", authNo), may("operation_id", operationID), may("out_order_no", orderNo), may("out_request_no", orderNo),
}

// wide is a text of at most max letters, where a Chinese character counts as two.
func wide(max int) func(any) string {
	return func(v any) string {
		s, _ := v.(string)
		if width := 2*utf8.RuneCountInString(s) - ascii(s); width > max {
			return fmt.Sprintf("超过 %d 个字母或 %d 个汉字", max, max/2)
		}
		return plain(max)(v)
	}
}

func ascii(s string) (n int) {
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			n++
		}
	}
	return n
}

// confirmTime is an express time without the midnight of 1c, which holds do
// not know.
func confirmTime(v any) string {
	if v == "1c" || express(v) != "" {
		return "应为 1m 到 15d"
	}
	return ""
}

// illegal is the answer to a request whose fields do not go together.
func illegal(why string) reply { return alipayMethod{wrong: wrongHold}.invalid(why) }

// checkHold is what the fields of a new hold have to be to each other and to
// the merchant; ok is false when it is refused.
func (a *alipay) checkHold(b content) (refused reply, ok bool) {
	id, logon := b.text("payee_user_id"), b.text("payee_logon_id")
	enabled := b.text("enable_pay_channels")
	short, long := b.text("pay_timeout"), b.text("timeout_express")
	switch {
	case b.text("product_code") != preAuth:
		return failed("ACCESS_FORBIDDEN", "授权失败，本商户没有权限使用该产品，建议顾客使用其他方式付款"), false
	case enabled != "" && b.text("disable_pay_channels") != "":
		return illegal("enable_pay_channels 与 disable_pay_channels 互斥"), false
	case short != "" && long != "" && short != long:
		return illegal("pay_timeout 与 timeout_express 不一致"), false
	case strings.Contains(enabled, "PCREDIT_PAY") && id == "" && logon == "":
		return illegal("使用花呗时 payee_user_id 与 payee_logon_id 不能同时为空"), false
	case id != "" && id != a.sim.SellerID, id == "" && logon != "" && logon != a.sim.SellerLogon: // the number wins
		return failed("PAYEE_NOT_EXIST", "授权失败，收款方账号不存在"), false
	}
	return reply{}, true
}

// newHold is the hold that a request asks for; the caller sets it off. It can
// be confirmed for a quarter of an hour if nothing else was asked for.
func newHold(p *page, b content, m payment.Method) hold {
	expires := p.now.Add(15 * time.Minute)
	for _, name := range []string{"pay_timeout", "timeout_express"} {
		if s := b.text(name); s != "" {
			expires, _ = expressEnd(s, p.now)
		}
	}
	return hold{
		No: b.text("out_order_no"), RequestNo: b.text("out_request_no"), Channel: payment.Alipay, Method: m, Wallet: payment.WalletAlipay, Product: b.text("product_code"),
		Amount: b.amount("amount"), Title: b.text("order_title"), State: Waiting, Created: p.now, Expires: expires,
	}
}

// heldBefore is the answer to a hold number that is used already and can take
// no new attempt. ok is true when the hold is the same one and may go on. As
// with orders, a difference is named before the state.
func heldBefore(h hold, b content, m payment.Method) (refused reply, ok bool) {
	same := h.Channel == payment.Alipay && h.Method == m && h.RequestNo == b.text("out_request_no") && h.Amount == b.amount("amount") && h.Title == b.text("order_title")
	switch {
	case !same:
		return violation(), false
	case h.State == Held:
		return failed("FREEZE_ALREADY_SUCCESS", "授权失败，授权订单已经冻结成功，请勿重复授权"), false
	case h.State == Finished || h.State == Closed || h.State == Released:
		return ended(h), false
	}
	return reply{}, true
}

// violation is the answer to a number that is used for something else.
func violation() reply {
	return failed("UNIQUE_VIOLATION", "授权失败，商户订单号重复，请收银员取消本笔订单并重新授权")
}

// ended is the answer about a hold of which nothing is left.
func ended(h hold) reply {
	if h.State == Finished {
		return failed("ORDER_ALREADY_FINISH", "授权订单已经完结，无法再进行资金操作")
	}
	return failed("ORDER_ALREADY_CLOSED", "授权订单已经关闭，无法再进行资金操作")
}

func noHold() reply { return failed("AUTH_ORDER_NOT_EXIST", "支付宝资金授权订单不存在") }

func noOperation() reply {
	return failed("AUTH_OPERATION_NOT_EXIST", "支付宝资金操作流水不存在")
}

// operationNo is how a request names an operation of a hold: with Alipay's
// number, or else with the merchant's.
type operationNo struct{ id, request string }

func (n operationNo) is(id, request string) bool {
	if n.id != "" {
		return n.id == id
	}
	return n.request == request
}

// onHold runs f on the hold and the operation that a request is about; there
// must be such a hold. Of the two pairs of numbers one must be whole.
func (a *alipay) onHold(b content, f func(p *page, h hold, n operationNo) reply) reply {
	auth, own := b.text("auth_no"), b.text("out_order_no")
	n := operationNo{b.text("operation_id"), b.text("out_request_no")}
	if (auth == "" || n.id == "") && (own == "" || n.request == "") {
		return illegal("auth_no 与 operation_id，或 out_order_no 与 out_request_no，必须成对传入")
	}
	return a.change(func(p *page) reply {
		h, found := p.findHoldOf(payment.Alipay, own)
		if auth != "" {
			h, found = p.findAuthOf(payment.Alipay, auth)
		}
		if !found {
			return noHold()
		}
		return f(p, h, n)
	})
}

// holdIDs are the numbers in every answer about one operation of a hold.
func holdIDs(h hold, operationID, requestNo string) map[string]any {
	ids := map[string]any{"auth_no": h.AuthNo, "out_order_no": h.No, "operation_id": operationID}
	if requestNo != "" {
		ids["out_request_no"] = requestNo
	}
	return ids
}

// orderStatus is the hold's state in Alipay's words.
func orderStatus(h hold) string {
	switch h.State {
	case Waiting:
		return "INIT"
	case Held:
		return "AUTHORIZED"
	case Finished:
		return "FINISH"
	}
	return "CLOSED"
}

// moved reports whether anything of the hold has gone out, or is about to.
func moved(p *page, h hold) bool {
	return slices.ContainsFunc(h.Steps, func(s step) bool { return s.Done }) || p.promised(h) > 0
}
