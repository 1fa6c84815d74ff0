package paysim

import (
	"cmp"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"frontdesk/payment"
)

// Deposits (押金) speak APIv2 and are for service providers only. What their
// documents leave open is decided here for the answer that is harder on a till,
// as told with each call.
//
// A deposit is a hold of the book. What is consumed of it, once, makes an order
// with the deposit's own number, and the rest goes back by itself.

// depositMethod is one interface of deposits.
type depositMethod struct {
	name   string // as SetFault gets it
	fields []field
	run    func(w *weChat, c depositCall) v2Reply
}

// depositMethods is the table by the last part of the path.
func depositMethods() map[string]depositMethod {
	return map[string]depositMethod{
		"micropay":    {"wechat.deposit.micropay", micropayFields, (*weChat).micropay},
		"orderquery":  {"wechat.deposit.query", v2WhichFields, (*weChat).depositQuery},
		"reverse":     {"wechat.deposit.reverse", v2WhichFields, (*weChat).depositReverse},
		"consume":     {"wechat.deposit.consume", consumeFields, (*weChat).consume},
		"refund":      {"wechat.deposit.refund", depositRefundFields, (*weChat).depositRefund},
		"refundquery": {"wechat.deposit.refund.query", depositRefundQueryFields, (*weChat).depositRefundQuery},
	}
}

// v2Common are the fields of every call. The application and the merchants are
// compared with the account later.
var v2Common = []field{
	must("appid", wxText(32)), must("mch_id", wxText(32)), may("sub_appid", wxText(32)), must("sub_mch_id", wxText(32)),
	must("nonce_str", wxText(32)), must("sign", wxText(64)), must("sign_type", oneOf("HMAC-SHA256")),
}

var v2WhichFields = []field{may("transaction_id", wxTradeNo), may("out_trade_no", wxOrderNo)}

// v2Fen is an amount in a text.
func v2Fen(v any) string {
	if a, ok := v2Amount(v); !ok || a < 1 {
		return "应为整数，单位分，1 到 10000000000"
	}
	return ""
}

func v2Amount(v any) (payment.Amount, bool) {
	s, _ := v.(string)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || s != strconv.FormatInt(n, 10) || n < 0 || n > int64(payment.MaxAmount) {
		return 0, false
	}
	return payment.Amount(n), true
}

var micropayFields = []field{
	must("deposit", oneOf("Y")),
	must("body", wxText(128)),
	must("out_trade_no", wxOrderNo),
	must("total_fee", v2Fen),
	must("fee_type", wxCurrency),
	must("spbill_create_ip", like(`[0-9a-fA-F.:]{7,64}`, " IP 地址")),
	must("auth_code", wxText(128)),
	may("device_info", wxText(32)),
	may("detail", wxText(6000)),
	may("attach", wxText(127)),
	may("limit_pay", oneOf("no_credit")),
	may("time_start", v2Moment),
	may("time_expire", v2Moment),
	may("scene_info", wxText(256)),
}

const v2MomentForm = "20060102150405"

func v2Moment(v any) string {
	s, _ := v.(string)
	if t, err := time.ParseInLocation(v2MomentForm, s, payment.Beijing); err != nil || t.Format(v2MomentForm) != s {
		return "应为 yyyyMMddHHmmss"
	}
	return ""
}

// depositCall is a request that passed every check of form.
type depositCall struct {
	merchant wxMerchant
	body     content
}

// serveV2 answers one request about a deposit.
func (w *weChat) serveV2(rw http.ResponseWriter, r *http.Request) {
	v, broken := readV2(rw, r)
	m := depositMethods()[r.PathValue("call")]
	var merchant wxMerchant
	var rep v2Reply
	w.sim.serve(rw, exchange{
		front:  "wechat",
		method: m.name,
		run: func() passage {
			merchant, rep = w.answerV2(m, v, broken)
			return rep.passage
		},
		refuse: func(f Fault) {
			merchant, _ = w.sim.wechatKeys().byNumber(wechatPartnerMchID)
			rep = v2No(cmp.Or(f.SubCode, "TRADE_ERROR"), "按测试要求拒绝")
		},
		said:   func() []slog.Attr { return rep.logAttrs(v) },
		encode: func(k FaultKind) (letter, error) { return w.encodeV2(merchant, rep, k), nil },
	})
}

// answerV2 checks a request in the service's order and carries it out.
func (w *weChat) answerV2(m depositMethod, v map[string]string, broken string) (wxMerchant, v2Reply) {
	if m.name == "" {
		return wxMerchant{}, v2Stranger("没有这个接口")
	}
	if broken != "" {
		return wxMerchant{}, v2Stranger(broken)
	}
	merchant, refused, ok := w.authenticateV2(v)
	if !ok {
		return merchant, refused
	}
	body := content{}
	for k, s := range v {
		body[k] = s
	}
	if wrong := checkFields(all(v2Common, m.fields), body); wrong != "" {
		return merchant, v2Wrong(wrong)
	}
	switch {
	case v["appid"] != merchant.appID:
		return merchant, v2No("APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")
	case v["sub_mch_id"] != merchant.sub:
		return merchant, v2No("NOAUTH", "子商户与服务商没有绑定关系")
	}
	return merchant, m.run(w, depositCall{merchant, body})
}

// changeV2 runs f on the book, as change does.
func (w *weChat) changeV2(f func(p *page) v2Reply) v2Reply {
	var rep v2Reply
	if err := w.sim.book.change(func(p *page) { rep = f(p) }); err != nil {
		w.sim.log.Error("wechat", "book", err)
		return v2SystemError()
	}
	return rep
}

// depositLife is when a deposit that nobody touched goes back by itself.
const depositLife = 30

// find is the merchant's own deposit that a call is about; WeChat's number wins
// over the merchant's, and only a paid one can be found by it. A deposit ends by
// age in the moment when somebody asks for it.
func (c depositCall) find(p *page) (hold, bool) {
	h, found := p.findHoldOf(payment.WeChat, c.body.text("out_trade_no"))
	if id := c.body.text("transaction_id"); id != "" {
		h, found = p.findAuthOf(payment.WeChat, id)
		found = found && h.Held > 0
	}
	if !found || h.Account != c.merchant.account() {
		return hold{}, false
	}
	if h.State == Held && !p.now.Before(h.HeldAt.AddDate(0, 0, depositLife)) && p.promised(h) == 0 {
		h = p.freed(h)
		p.saveHold(h)
	}
	return h, true
}

// onDeposit runs f on the deposit that a call names.
func (w *weChat) onDeposit(c depositCall, none v2Reply, f func(p *page, h hold) v2Reply) v2Reply {
	if c.body.text("transaction_id") == "" && c.body.text("out_trade_no") == "" {
		return v2No("LACK_PARAMS", "transaction_id 与 out_trade_no 不能同时为空")
	}
	return w.changeV2(func(p *page) v2Reply {
		h, found := c.find(p)
		if !found {
			return none
		}
		return f(p, h)
	})
}

func v2NotExist() v2Reply { return v2No("ORDERNOTEXIST", "订单不存在") }
