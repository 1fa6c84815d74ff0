package paysim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Each request is right but for one thing.
func TestPublicParametersAreCheckedLikeAlipayDoes(t *testing.T) {
	l := startTill(t, Options{Skew: 10 * time.Minute})
	biz := fields{"out_trade_no": "FD1"}
	set := func(k, value string) func(url.Values) { return func(v url.Values) { v.Set(k, value) } }
	drop := func(k string) func(url.Values) { return func(v url.Values) { v.Del(k) } }
	at := func(d time.Duration) string { return moment(l.now().Add(d)) }
	const unsigned, signed = false, true
	const query = "alipay_trade_query_response"
	for _, c := range []struct {
		name   string
		change func(url.Values) // before signing
		spoil  func(url.Values) // after signing
		answer string
		node   string
		signed bool
	}{
		{"nothing wrong", nil, nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"no format", drop("format"), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"small json", set("format", "json"), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"capital charset", set("charset", "UTF-8"), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"name of an official client", set("alipay_sdk", "alipay-sdk-java-4.40"), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"provider mode", set("app_auth_token", l.AppAuthToken), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"notify address", set("notify_url", "https://shop.example/notify"), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},

		{"no method", drop("method"), nil, "40001 isv.missing-method", "error_response", unsigned},
		{"unknown method", set("method", "alipay.trade.gift"), nil, "40002 isv.invalid-method", "error_response", unsigned},
		{"no app id", drop("app_id"), nil, "40001 isv.missing-app-id", query, unsigned},
		{"app id before signature", set("app_id", "9021000100000002"), set("sign", "bm8="), "40002 isv.invalid-app-id", query, unsigned},
		{"no charset", drop("charset"), nil, "40002 isv.invalid-charset", query, signed},
		{"wrong charset", set("charset", "gbk"), nil, "40002 isv.invalid-charset", query, signed},
		{"bytes that are no utf-8", set("biz_content", "{\"out_trade_no\":\"\xb0\xa1\"}"), nil, "40002 isv.invalid-charset", query, signed},
		{"no signature", nil, drop("sign"), "40001 isv.missing-signature", query, signed},
		{"no signature type", drop("sign_type"), nil, "40001 isv.missing-signature-type", query, signed},
		{"old signature type", set("sign_type", "RSA"), nil, "40002 isv.invalid-signature-type", query, signed},
		{"no version", drop("version"), nil, "40001 isv.missing-version", query, signed},
		{"wrong version", set("version", "2.0"), nil, "40002 isv.invalid-parameter", query, signed},
		{"no timestamp", drop("timestamp"), nil, "40001 isv.missing-timestamp", query, signed},
		{"timestamp of another form", set("timestamp", "2026-11-21T14:30:00"), nil, "40002 isv.invalid-timestamp", query, signed},
		{"timestamp with one digit", set("timestamp", "2026-11-21 4:30:00"), nil, "40002 isv.invalid-timestamp", query, signed},
		{"clock a little off", set("timestamp", at(-9*time.Minute)), nil, "40004 ACQ.TRADE_NOT_EXIST", query, signed},
		{"clock behind", set("timestamp", at(-11*time.Minute)), nil, "40002 isv.invalid-timestamp", query, signed},
		{"clock ahead", set("timestamp", at(11*time.Minute)), nil, "40002 isv.invalid-timestamp", query, signed},
		{"clock in another zone", set("timestamp", at(-8*time.Hour)), nil, "40002 isv.invalid-timestamp", query, signed},
		{"wrong format", set("format", "xml"), nil, "40002 isv.invalid-format", query, signed},
		{"encrypted", set("encrypt_type", "AES"), nil, "40002 isv.invalid-encrypt-type", query, signed},
		{"certificate mode", set("app_cert_sn", "0123456789abcdef0123456789abcdef"), nil, "40002 isv.invalid-parameter", query, signed},
		{"unknown parameter", set("notifyurl", "https://shop.example"), nil, "40002 isv.invalid-parameter", query, signed},
		{"empty parameter", set("app_auth_token", ""), nil, "40002 isv.invalid-parameter", query, signed},
		{"parameter twice", nil, func(v url.Values) { v.Add("version", "1.0") }, "40002 isv.invalid-parameter", query, signed},
		{"address without host", set("notify_url", "notify"), nil, "40002 isv.invalid-parameter", query, signed},
		{"wrong token", set("app_auth_token", "201901BB0"), nil, "20001 aop.invalid-app-auth-token", query, signed},
		{"changed after signing", nil, set("biz_content", `{"out_trade_no":"FD2"}`), "40002 isv.invalid-signature", query, signed},
		{"added after signing", nil, set("notify_url", "https://shop.example"), "40002 isv.invalid-signature", query, signed},
		{"signature is no base64", nil, set("sign", "???"), "40002 isv.invalid-signature", query, signed},
		{"no biz_content", drop("biz_content"), nil, "40004 ACQ.INVALID_PARAMETER", query, signed},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := l.params("alipay.trade.query", biz)
			if c.change != nil {
				c.change(v)
			}
			l.sign(v)
			if c.spoil != nil {
				c.spoil(v)
			}
			a := l.post(v)
			want(t, "answer", a.String(), c.answer)
			want(t, "node", a.Node, c.node)
			want(t, "signed", a.Signed, c.signed)
		})
	}
}

func TestAStrangersSignatureIsRefusedAndTheGatewaysTextShown(t *testing.T) {
	l := startTill(t, Options{})
	v := l.params("alipay.trade.query", fields{"out_trade_no": "FD1"})
	stranger, err := l.keys.stranger()
	check(t, err)
	v.Set("sign", signature(t, stranger, plainText(v)))
	a := l.post(v)
	want(t, "answer", a.String(), "40002 isv.invalid-signature")
	if !strings.Contains(a.SubMsg, "&amp;biz_content={&#34;out_trade_no&#34;:&#34;FD1&#34;}&amp;charset=utf-8&amp;") {
		t.Errorf("sub_msg does not quote what had to be signed: %s", a.SubMsg)
	}
}

// Official clients send the public parameters in the address and biz_content
// in the form, others send all in one of them. The signature covers all.
func TestParametersMayComeInTheAddressTheFormOrBoth(t *testing.T) {
	l := startTill(t, Options{})
	all := l.sign(l.params("alipay.trade.query", fields{"out_trade_no": "FD1"}))
	public, form := url.Values{}, url.Values{}
	for k, v := range all {
		if k == "biz_content" {
			form[k] = v
		} else {
			public[k] = v
		}
	}
	const kind = "application/x-www-form-urlencoded"
	want(t, "split", l.read(http.Post(l.URL()+"?"+public.Encode(), kind, strings.NewReader(form.Encode()))).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "form", l.read(http.Post(l.URL(), kind, strings.NewReader(all.Encode()))).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "address", l.read(http.Get(l.URL()+"?"+all.Encode())).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "twice", l.read(http.Post(l.URL()+"?"+public.Encode(), kind, strings.NewReader(all.Encode()))).String(), "40002 isv.invalid-parameter")

	body := func(kind string) string {
		return l.read(http.Post(l.URL()+"?"+public.Encode(), kind, strings.NewReader(form.Encode()))).String()
	}
	want(t, "form of another kind", body("application/json"), "40002 isv.invalid-format")
	want(t, "form of another charset", body(kind+";charset=gbk"), "40002 isv.invalid-format")
	want(t, "too large", l.read(http.Post(l.URL()+"?"+public.Encode(), kind, strings.NewReader("biz_content="+strings.Repeat("x", maxBody)))).String(), "40002 isv.invalid-format")
}

func TestFieldsOfAPaymentAreChecked(t *testing.T) {
	l := startTill(t, Options{})
	for _, c := range []struct {
		name string
		set  fields // nil values take a field away
		says string // part of sub_msg; "" is accepted
	}{
		{"as it should be", fields{}, ""},
		{"every field a till sends", fields{
			"seller_id": l.SellerID, "store_id": "S1", "operator_id": "01", "terminal_id": "T1", "undiscountable_amount": "2.50",
			"timeout_express": "2m", "product_code": "FACE_TO_FACE_PAYMENT", "body": "小票 01000001", "merchant_order_no": "01000001",
			"extend_params": fields{"sys_service_provider_id": "2088000000000026"}, "query_options": []string{"fund_bill_list"},
			"goods_detail": []fields{{"goods_id": "1", "goods_name": "水", "quantity": 1, "price": "12.50"}},
		}, ""},
		{"both parts make the whole", fields{"discountable_amount": "10.00", "undiscountable_amount": "2.50"}, ""},

		{"no order number", fields{"out_trade_no": nil}, "out_trade_no"},
		{"order number with a dash", fields{"out_trade_no": "FD-1"}, "out_trade_no"},
		{"order number of 65", fields{"out_trade_no": strings.Repeat("1", 65)}, "out_trade_no"},
		{"order number as a number", fields{"out_trade_no": 12345}, "out_trade_no"},
		{"one decimal", fields{"total_amount": "12.5"}, "total_amount"},
		{"no decimals", fields{"total_amount": "12"}, "total_amount"},
		{"three decimals", fields{"total_amount": "12.500"}, "total_amount"},
		{"leading zero", fields{"total_amount": "012.50"}, "total_amount"},
		{"grouped", fields{"total_amount": "1,234.50"}, "total_amount"},
		{"zero", fields{"total_amount": "0.00"}, "total_amount"},
		{"negative", fields{"total_amount": "-1.00"}, "total_amount"},
		{"too much", fields{"total_amount": "100000000.01"}, "total_amount"},
		{"amount as a number", fields{"total_amount": 12.5}, "total_amount"},
		{"no subject", fields{"subject": nil}, "subject"},
		{"slash in the subject", fields{"subject": "1/2 杯"}, "subject"},
		{"ampersand in the subject", fields{"subject": "A&B"}, "subject"},
		{"line end in the subject", fields{"subject": "咖啡\n茶"}, "subject"},
		{"long subject", fields{"subject": strings.Repeat("咖", 257)}, "subject"},
		{"no code", fields{"auth_code": nil}, "auth_code"},
		{"WeChat's code", fields{"auth_code": "134567890123456789"}, "auth_code"},
		{"short code", fields{"auth_code": "281234567890123"}, "auth_code"},
		{"unknown scene", fields{"scene": "wave_code"}, "scene"},
		{"face code in the bar code scene", fields{"auth_code": "fp" + strings.Repeat("0", 33)}, "scene"},
		{"bar code in the face scene", fields{"scene": "security_code"}, "scene"},
		{"product of another contract", fields{"product_code": "FAST_INSTANT_TRADE_PAY"}, "product_code"},
		{"empty field", fields{"buyer_id": ""}, "buyer_id 为空"},
		{"blank field", fields{"operator_id": "  "}, "operator_id 为空"},
		{"null", fields{"store_id": []any{nil}[0:1]}, "store_id 为空"},
		{"empty within an object", fields{"extend_params": fields{"sys_service_provider_id": ""}}, "extend_params 为空"},
		{"typing mistake", fields{"opertor_id": "01"}, "opertor_id"},
		{"typing mistake within an object", fields{"extend_params": fields{"sys_service_provider": "2088000000000026"}}, "sys_service_provider"},
		{"goods without a price", fields{"goods_detail": []fields{{"goods_id": "1", "goods_name": "水", "quantity": 1}}}, "price"},
		{"provider that is no account", fields{"extend_params": fields{"sys_service_provider_id": "1"}}, "sys_service_provider_id"},
		{"long store", fields{"store_id": strings.Repeat("1", 33)}, "store_id"},
		{"zero that cannot be discounted", fields{"undiscountable_amount": "0.00"}, "undiscountable_amount"},
		{"more undiscountable than all", fields{"undiscountable_amount": "12.51"}, "total_amount"},
		{"parts that do not make the whole", fields{"discountable_amount": "10.00", "undiscountable_amount": "2.49"}, "total_amount"},
		{"time-out with a fraction", fields{"timeout_express": "1.5h"}, "timeout_express"},
		{"time-out too short", fields{"timeout_express": "0m"}, "timeout_express"},
		{"time-out too long", fields{"timeout_express": "16d"}, "timeout_express"},
		{"expiry of another form", fields{"time_expire": "2026-11-21 15:00"}, "time_expire"},
		{"expiry in the past", fields{"time_expire": "2026-11-21 14:00:00"}, "time_expire"},
	} {
		t.Run(c.name, func(t *testing.T) {
			biz := payBiz(l.orderNo(), "12.50", l.FreshCode(1))
			for k, v := range c.set {
				if v == nil {
					delete(biz, k)
				} else {
					biz[k] = v
				}
			}
			before := l.Truth().Charged
			a := l.ask("alipay.trade.pay", biz)
			if c.says == "" {
				want(t, "answer", a.String(), "10000")
				return
			}
			want(t, "answer", a.String(), "40004 ACQ.INVALID_PARAMETER")
			want(t, "signed", a.Signed, true)
			want(t, "charged", l.Truth().Charged, before)
			if !strings.Contains(a.SubMsg, c.says) {
				t.Errorf("sub_msg %q does not name %s", a.SubMsg, c.says)
			}
		})
	}
}

func TestContentThatIsNotOneCleanObject(t *testing.T) {
	l := startTill(t, Options{})
	for _, biz := range []string{
		`[]`, `"x"`, `{`, `{"out_trade_no":"FD1"`, `{"out_trade_no":"FD1"}}`, `{"out_trade_no":"FD1"} {}`,
		`{"out_trade_no":"FD1","out_trade_no":"FD2"}`, `{"out_trade_no":nil}`, strings.Repeat("[", 100_000),
		`{"query_options":"fund_bill_list","out_trade_no":"FD1"}`, `{"trade_no":"x","out_trade_no":"FD1"}`, `{"query_options":["a"]}`,
	} {
		a := l.ask("alipay.trade.query", biz)
		want(t, biz[:min(len(biz), 60)], a.String(), "40004 ACQ.INVALID_PARAMETER")
	}
}

func TestAnotherMerchantsAccountIsRefused(t *testing.T) {
	l := startTill(t, Options{})
	biz := payBiz(l.orderNo(), "1.00", l.FreshCode(1))
	biz["seller_id"] = "2088000000000099"
	want(t, "answer", l.ask("alipay.trade.pay", biz).String(), "40004 ACQ.INVALID_RECEIVE_ACCOUNT")
}
