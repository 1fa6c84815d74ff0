package paysim

import (
	"maps"
	"strings"
	"testing"

	"frontdesk/payment"
)

// set changes a copy of a request at a path like "pay_content.total_fee"; nil
// takes the field away.
func set(body fields, path string, v any) fields {
	body = maps.Clone(body)
	name, rest, deeper := strings.Cut(path, ".")
	switch {
	case deeper:
		inner, _ := body[name].(fields)
		body[name] = set(inner, rest, v)
	case v == nil:
		delete(body, name)
	default:
		body[name] = v
	}
	return body
}

type changed struct {
	path   string
	v      any
	answer string
}

// each field of a payment, with what it may and may not hold.
func TestFieldsOfACloudPayPaymentAreChecked(t *testing.T) {
	l := startCloud(t, Options{})
	const ok, no = "0/0", "101/6"
	for _, c := range []changed{
		{"nonce_str", nil, no}, {"nonce_str", "", no}, {"nonce_str", strings.Repeat("x", 33), no}, {"nonce_str", 5, no}, {"nonce_str", "x", ok},
		{"extra", "x", no}, {"pay_content.extra", "x", no}, {"order_client.extra", "x", no}, {"pay_mch_key.extra", "x", no},
		{"pay_content", nil, no}, {"pay_content", "x", no}, {"pay_content", []any{}, no},

		{"pay_content.out_trade_no", nil, no}, {"pay_content.out_trade_no", "1" + l.OrderPrefix, no}, {"pay_content.out_trade_no", strings.ToUpper(l.OrderPrefix) + "9", no},
		{"pay_content.out_trade_no", l.OrderPrefix + strings.Repeat("9", 22), ok}, {"pay_content.out_trade_no", l.OrderPrefix + strings.Repeat("9", 23), no},
		{"pay_content.out_trade_no", l.OrderPrefix + "单", no}, {"pay_content.out_trade_no", 7, no},

		{"pay_content.total_fee", nil, no}, {"pay_content.total_fee", 0, no}, {"pay_content.total_fee", -1, no}, {"pay_content.total_fee", 0.5, no},
		{"pay_content.total_fee", "1", no}, {"pay_content.total_fee", 4294967295, ok}, {"pay_content.total_fee", 4294967296, no}, {"pay_content.total_fee", true, no},
		{"pay_content.fee_type", nil, no}, {"pay_content.fee_type", "USD", no}, {"pay_content.fee_type", "", no},
		{"pay_content.body", nil, no}, {"pay_content.body", " ", no}, {"pay_content.body", strings.Repeat("x", 128), ok}, {"pay_content.body", strings.Repeat("x", 129), no},
		{"pay_content.body", strings.Repeat("咖", 42), ok}, {"pay_content.body", strings.Repeat("咖", 43), no}, {"pay_content.body", "a\nb", no},

		{"pay_content.client_flow_id", "12", ok}, {"pay_content.client_flow_id", "", no}, {"pay_content.remark", "小票 01000001", ok}, {"pay_content.remark", nil, ok}, {"pay_content.remark", "", no},
		{"pay_content.remark", strings.Repeat("x", 128), no}, {"pay_content.caller_notify_url", "https://shop.example/n", ok}, {"pay_content.caller_notify_url", "shop", no},
		{"pay_content.detail", `{"goods_detail":[{"goods_id":"1","quantity":1,"price":1250}]}`, ok}, {"pay_content.detail", `{"goods_detail":[{"quantity":1}]}`, no},
		{"pay_content.detail", `[]`, no}, {"pay_content.detail", fields{"goods_detail": []any{}}, no}, {"pay_content.detail", "", no},
		{"pay_content.wxpay_pay_content_ext", fields{"attach": "a", "goods_tag": "g", "limit_pay": "no_credit"}, ok},
		{"pay_content.wxpay_pay_content_ext", fields{"limit_pay": "all"}, no}, {"pay_content.wxpay_pay_content_ext", fields{}, no}, {"pay_content.wxpay_pay_content_ext", fields{"product_id": "p"}, no},
		{"pay_content.time_expire", 1763706600, no},

		{"pay_content.author_code", nil, no}, {"pay_content.author_code", "123", no}, {"pay_content.author_code", "281234567890123401", no},
		{"pay_content.author_code", "6212345678901234501", no}, {"pay_content.author_code", 134567890123456701, no},

		{"order_client", nil, no}, {"order_client.machine_no", nil, no}, {"order_client.machine_no", "", no}, {"order_client.machine_no", strings.Repeat("x", 33), no},
		{"order_client.device_id", nil, no}, {"order_client.device_id", strings.Repeat("x", 65), no}, {"order_client.device_id", 1, no}, {"order_client.staff_id", nil, ok}, {"order_client.staff_id", "", no},
		{"order_client.terminal_type", nil, no}, {"order_client.terminal_type", 5, no}, {"order_client.terminal_type", "1", no}, {"order_client.terminal_type", 100, ok},
		{"order_client.sub_terminal_type", 900, ok}, {"order_client.sub_terminal_type", -1, no}, {"order_client.sdk_version", nil, no}, {"order_client.sdk_version", "12345678901", no},
		{"order_client.spbill_create_ip", nil, no}, {"order_client.spbill_create_ip", "::1", no}, {"order_client.spbill_create_ip", "192.168.1", no}, {"order_client.spbill_create_ip", "90.0.00.0", no},
		{"order_client.sn_code", strings.Repeat("x", 127), ok}, {"order_client.sn_code", strings.Repeat("x", 128), no}, {"order_client.shop_id", "432", ok},

		{"pay_mch_key", nil, "101/9"}, {"pay_mch_key.pay_platform", nil, no}, {"pay_mch_key.pay_platform", 4, no}, {"pay_mch_key.pay_platform", 2, no}, {"pay_mch_key.pay_platform", "1", no},
		{"pay_mch_key.sub_pay_platform", nil, ok}, {"pay_mch_key.sub_pay_platform", 200, no}, {"pay_mch_key.sub_pay_platform", 101, no},
		{"pay_mch_key.out_mch_id", nil, no}, {"pay_mch_key.out_mch_id", "sz01PaySimProvider02", no}, {"pay_mch_key.out_sub_mch_id", "sz01PaySimMerchant02", "101/9"},
		{"pay_mch_key.out_shop_id", nil, no}, {"pay_mch_key.out_shop_id", "sz01PaySimShop000002", no}, {"pay_mch_key.is_sub_admin", true, no},
		{"pay_mch_key.wxpay_pay_mch_key_ext", fields{"app_id": "wx1"}, ok}, {"pay_mch_key.alipay_pay_mch_key_ext", fields{"user_id": "2088"}, no},
	} {
		body := l.microPay(l.number(), payment.WalletWeChat, 1250, l.FreshCodeOf(payment.WalletWeChat, 1))
		h := l.ask("micro_pay", set(body, c.path, c.v))
		if h.String() != c.answer {
			t.Errorf("%s = %v: got %s (%s), want %s", c.path, c.v, h, h.Description, c.answer)
		}
	}
	body := l.microPay(l.number(), payment.WalletAlipay, 1250, l.FreshCodeOf(payment.WalletAlipay, 1))
	want(t, "WeChat's part with Alipay", l.ask("micro_pay", set(body, "pay_content.wxpay_pay_content_ext", fields{"attach": "a"})).String(), no)
	face := "fp0123456789abcdef0123456789abcdef0"
	want(t, "a face", l.ask("micro_pay", set(body, "pay_content.author_code", face)).String(), ok)
}

// What is special about the fields of the other interfaces.
func TestFieldsOfOtherCloudPayInterfacesAreChecked(t *testing.T) {
	l := startCloud(t, Options{})
	const ok, no = "0/0", "101/6"
	const wx, ali = payment.WalletWeChat, payment.WalletAlipay
	order := l.paid(wx, 1250)
	now := l.clock.now().Unix()
	qr := func() fields {
		return l.request(wx, fields{"pay_content": fields{"out_trade_no": l.number(), "total_fee": 1, "fee_type": "CNY", "body": "x"}})
	}
	query := func() fields { return l.request(wx, fields{"out_trade_no": order}) }
	shut := func() fields { return l.request(wx, fields{"out_trade_no": order, "trade_type": 2}) }
	refund := func() fields { return l.refundBody(order, wx, 1250, 10, l.number()) }
	freeze := func() fields { return l.freezeBody(l.number(), ali, 1000, l.FreshCodeOf(ali, 1)) }
	for _, c := range []struct {
		call string
		body func() fields
		changed
	}{
		{"scan_code_pay", qr, changed{"pay_content.time_expire", now + 90, ok}},
		{"scan_code_pay", qr, changed{"pay_content.time_expire", "1763706600", no}},
		{"scan_code_pay", qr, changed{"pay_content.author_code", "134567890123456701", no}},
		{"scan_code_pay", qr, changed{"pay_content.wxpay_pay_content_ext", fields{"product_id": "p"}, ok}},
		{"scan_code_pay", qr, changed{"order_client.machine_no", nil, no}},
		{"query_order", query, changed{"order_client.machine_no", nil, ok}},
		{"query_order", query, changed{"order_client.device_id", nil, ok}},
		{"query_order", query, changed{"pay_mch_key.sub_pay_platform", nil, ok}},
		{"query_order", query, changed{"out_trade_no", "FD01", no}},
		{"query_order", query, changed{"out_trade_no", nil, no}},
		{"query_order", query, changed{"trade_type", 7, no}},
		{"query_order", query, changed{"trade_type", 1, ok}},
		{"query_order", query, changed{"trade_type", 2, "104/400"}},
		{"query_order", query, changed{"pay_mch_key", l.key(ali), "104/400"}},
		{"query_order", func() fields { return set(query(), "pay_mch_key.pay_platform", nil) }, changed{"nonce_str", "1", no}},
		{"close_order", shut, changed{"trade_type", nil, no}},
		{"close_order", shut, changed{"pay_mch_key.pay_platform", nil, no}},
		{"refund", refund, changed{"refund_content.out_refund_no", "R1", no}},
		{"refund", refund, changed{"refund_content.refund_fee", 0, no}},
		{"refund", refund, changed{"refund_content.refund_fee_type", nil, no}},
		{"refund", refund, changed{"refund_content.refund_reason", nil, ok}},
		{"refund", refund, changed{"refund_content.refund_reason", "", no}},
		{"refund", refund, changed{"refund_content.refund_reason", strings.Repeat("退", 22), no}},
		{"refund", refund, changed{"refund_content.client_refund_flow_id", 7, ok}},
		{"refund", refund, changed{"refund_content.client_refund_flow_id", "7", no}},
		{"refund", refund, changed{"refund_content.wx_pay_refund_content_ext", fields{"refund_account": "REFUND_SOURCE_RECHARGE_FUNDS"}, ok}},
		{"refund", refund, changed{"refund_content.out_freeze_no", order, "104/6"}},
		{"refund", refund, changed{"refund_content.total_fee", 1251, "104/6"}},
		{"refund", refund, changed{"pay_mch_key", l.key(ali), "104/400"}},
		{"refund", refund, changed{"api_version", 3, no}},
		{"refund", refund, changed{"api_version", 2, no}},
		{"micro_freeze", freeze, changed{"order_client.machine_no", nil, no}},
		{"micro_freeze", freeze, changed{"freeze_content.freeze_fee", 0, no}},
		{"micro_freeze", freeze, changed{"freeze_content.out_freeze_no", "1", no}},
		{"micro_freeze", freeze, changed{"freeze_content.time_expire", now + 90, no}},
		{"micro_freeze", freeze, changed{"freeze_content.alipay_freeze_content_ext", fields{"enable_pay_channels": `[{"payChannelType":"MONEY_FUND"}]`}, ok}},
		{"micro_freeze", freeze, changed{"freeze_content.wxpay_freeze_content_ext", fields{"attach": "a"}, no}},
	} {
		h := l.ask(c.call, set(c.body(), c.path, c.v))
		if h.String() != c.answer {
			t.Errorf("%s with %s = %v: got %s (%s), want %s", c.call, c.path, c.v, h, h.Description, c.answer)
		}
	}
}

func TestAQRMayNotExpireAtOnceNorMuchLater(t *testing.T) {
	for _, c := range []struct {
		seconds int64
		strict  string // with a clock that is known to be the client's
	}{{30, "101/6"}, {90, "0/0"}, {-90, "101/6"}, {16 * 86400, "101/6"}} {
		for _, strict := range []bool{true, false} {
			o := Options{}
			if strict {
				o.Skew = 1
			}
			l := startCloud(t, o)
			h := l.ask("scan_code_pay", l.request(payment.WalletWeChat, fields{"pay_content": fields{
				"out_trade_no": l.number(), "total_fee": 1, "fee_type": "CNY", "body": "x", "time_expire": l.clock.now().Unix() + c.seconds,
			}}))
			expected := c.strict
			if !strict {
				expected = "0/0"
			}
			want(t, "time_expire", h.String(), expected)
		}
	}
}
