package paysim

import (
	"strings"
	"testing"
	"time"
)

func TestFieldsOfAWeChatPaymentAreChecked(t *testing.T) {
	l := startWeChat(t, Options{})
	amount := func(total any, currency any) fields {
		return fields{"amount": but(fields{}, fields{"total": total, "currency": currency})}
	}
	scene := func(store fields) fields { return fields{"scene_info": fields{"store_info": store}} }
	for _, c := range []struct {
		name   string
		set    fields // nil values take a field away
		answer string
		says   string // part of the message
	}{
		{"as it should be", fields{}, "200 SUCCESS", ""},
		{"every field a till sends", fields{
			"attach": "小票 01000001", "goods_tag": "WXG", "support_fapiao": false, "settle_info": fields{"profit_sharing": false},
			"scene_info": fields{"device_id": "T1", "device_ip": "127.0.0.1", "store_info": fields{"id": "0001", "out_id": "S1"}},
			"detail":     fields{"cost_price": 1250, "invoice_id": "1", "goods_detail": []fields{{"merchant_goods_id": "1", "goods_name": "水", "quantity": 1, "unit_price": 1250}}},
		}, "200 SUCCESS", ""},
		{"no currency", amount(1250, nil), "200 SUCCESS", ""},

		{"no application", fields{"appid": nil}, "400 PARAM_ERROR", "appid"},
		{"another application", fields{"appid": "wx0000000000000000"}, "400 APPID_MCHID_NOT_MATCH", "appid"},
		{"no merchant", fields{"mchid": nil}, "400 PARAM_ERROR", "mchid"},
		{"another merchant", fields{"mchid": "1900090026"}, "400 MCH_NOT_EXISTS", "mchid"},
		{"a sub-merchant", fields{"sub_mchid": "1900090034"}, "400 PARAM_ERROR", "sub_mchid"},
		{"no order number", fields{"out_trade_no": nil}, "400 PARAM_ERROR", "out_trade_no"},
		{"short order number", fields{"out_trade_no": "FD001"}, "400 PARAM_ERROR", "out_trade_no"},
		{"order number of 33", fields{"out_trade_no": strings.Repeat("1", 33)}, "400 PARAM_ERROR", "out_trade_no"},
		{"order number with a slash", fields{"out_trade_no": "FD/000001"}, "400 PARAM_ERROR", "out_trade_no"},
		{"no description", fields{"description": nil}, "400 PARAM_ERROR", "description"},
		{"empty description", fields{"description": ""}, "400 PARAM_ERROR", "description"},
		{"description of 127 bytes", fields{"description": strings.Repeat("咖", 42) + "x"}, "200 SUCCESS", ""},
		{"description of 128 bytes", fields{"description": strings.Repeat("咖", 42) + "xx"}, "400 PARAM_ERROR", "description"},
		{"line end in the description", fields{"description": "咖啡\n茶"}, "400 PARAM_ERROR", "description"},
		{"long attach", fields{"attach": strings.Repeat("x", 129)}, "400 PARAM_ERROR", "attach"},
		{"no amount", fields{"amount": nil}, "400 PARAM_ERROR", "amount"},
		{"amount as a text", amount("1250", "CNY"), "400 PARAM_ERROR", "total"},
		{"amount in yuan", amount(12.5, "CNY"), "400 PARAM_ERROR", "total"},
		{"zero", amount(0, "CNY"), "400 PARAM_ERROR", "total"},
		{"negative", amount(-1, "CNY"), "400 PARAM_ERROR", "total"},
		{"too much", amount(10_000_000_001, "CNY"), "400 PARAM_ERROR", "total"},
		{"another currency", amount(1250, "USD"), "400 PARAM_ERROR", "currency"},
		{"typing mistake", fields{"atach": "x"}, "400 PARAM_ERROR", "atach"},
		{"typing mistake in the amount", fields{"amount": fields{"total": 1250, "curency": "CNY"}}, "400 PARAM_ERROR", "curency"},
		{"no scene", fields{"scene_info": nil}, "400 PARAM_ERROR", "scene_info"},
		{"no store", fields{"scene_info": fields{"device_id": "T1"}}, "400 PARAM_ERROR", "store_info"},
		{"no number of the store", scene(fields{"name": "店"}), "400 PARAM_ERROR", "name"},
		{"empty store", scene(fields{}), "400 PARAM_ERROR", "scene_info"},
		{"store without a number", scene(fields{"id": nil}), "400 PARAM_ERROR", "scene_info"},
		{"no payer", fields{"payer": nil}, "400 PARAM_ERROR", "payer"},
		{"code beside the payer", fields{"auth_code": "130000000000000001"}, "400 PARAM_ERROR", "auth_code"},
		{"Alipay's code", fields{"payer": fields{"auth_code": "280000000000000001"}}, "400 AUTH_CODE_INVALID", ""},
		{"short code", fields{"payer": fields{"auth_code": "13000000000000001"}}, "400 AUTH_CODE_INVALID", ""},
		{"no address to notify", fields{"notify_url": "https://shop.example.com"}, "400 PARAM_ERROR", "notify_url"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := l.Truth().Charged
			a := l.ask("POST", l.path("codepay"), but(l.codepayBody(l.orderNo(), 1250, l.code(1)), c.set))
			want(t, "answer", a.String(), c.answer)
			want(t, "charged", l.Truth().Charged > before, c.answer == "200 SUCCESS")
			if !strings.Contains(a.text("message"), c.says) {
				t.Errorf("message %q does not name %s", a.text("message"), c.says)
			}
		})
	}
}

func TestFieldsOfAWeChatQRAreChecked(t *testing.T) {
	l := startWeChat(t, Options{Skew: time.Hour})
	at := func(d time.Duration) fields { return fields{"time_expire": rfc3339(l.now().Add(d))} }
	for _, c := range []struct {
		name   string
		set    fields
		answer string
	}{
		{"as it should be", fields{}, "200"},
		{"all of it", fields{"time_expire": rfc3339(l.now().Add(5 * time.Minute)), "scene_info": fields{"payer_client_ip": "127.0.0.1"}, "limit_pay": []string{"no_credit"}}, "200"},
		{"no address to notify", fields{"notify_url": nil}, "400 PARAM_ERROR"},
		{"address without TLS", fields{"notify_url": "http://shop.example.com"}, "400 PARAM_ERROR"},
		{"address with parameters", fields{"notify_url": "https://shop.example.com/n?a=1"}, "400 PARAM_ERROR"},
		{"address without a host", fields{"notify_url": "https:///n"}, "400 PARAM_ERROR"},
		{"a payer", fields{"payer": fields{"auth_code": "1"}}, "400 PARAM_ERROR"},
		{"scene without the payer's address", fields{"scene_info": fields{"device_id": "1"}}, "400 PARAM_ERROR"},
		{"expiry of another form", fields{"time_expire": "2026-11-21 15:00:00"}, "400 PARAM_ERROR"},
		{"expiry in the past", at(-time.Minute), "400 PARAM_ERROR"},
		{"expiry too soon", at(30 * time.Second), "400 PARAM_ERROR"},
		{"expiry too late", at(8 * 24 * time.Hour), "400 PARAM_ERROR"},
	} {
		no := l.orderNo()
		want(t, c.name, l.ask("POST", l.path("native"), but(l.nativeBody(no, 100), c.set)).String(), c.answer)
		want(t, c.name+": in the book", l.Truth().Orders[no].State == Offered, c.answer == "200")
	}
}

func TestCallsOfTheOtherSideAreRefused(t *testing.T) {
	l := startWeChat(t, Options{})
	p := l.asPartner()
	no := l.orderNo()
	want(t, "direct at the partner's", l.ask("POST", p.path("codepay"), p.codepayBody(no, 100, l.code(1))).String(), "403 NO_AUTH")
	want(t, "partner at the direct one's", p.ask("POST", l.path("codepay"), l.codepayBody(no, 100, l.code(1))).String(), "403 NO_AUTH")
	want(t, "another sub-merchant", p.ask("POST", p.path("codepay"), but(p.codepayBody(no, 100, l.code(1)), fields{"sub_mchid": "1900090035"})).String(), "403 NO_AUTH")
	want(t, "no sub-merchant", p.ask("POST", p.path("codepay"), but(p.codepayBody(no, 100, l.code(1)), fields{"sub_mchid": nil})).String(), "400 PARAM_ERROR")
	want(t, "its application", p.ask("POST", p.path("codepay"), but(p.codepayBody(no, 100, l.code(1)), fields{"sub_appid": "wx1"})).String(), "200 SUCCESS")
	want(t, "query without it", p.ask("GET", p.path("out-trade-no/"+no)+"?sp_mchid="+p.account.MchID, nil).String(), "400 PARAM_ERROR")
	want(t, "query twice", p.ask("GET", p.path("out-trade-no/"+no)+p.inQuery()+"&sub_mchid=1", nil).String(), "400 PARAM_ERROR")
	want(t, "query of more", p.ask("GET", p.path("out-trade-no/"+no)+p.inQuery()+"&x=1", nil).String(), "400 PARAM_ERROR")
	want(t, "refund without it", p.ask("POST", "/v3/refund/domestic/refunds", but(p.refundBody(no, "R1", 60, 100), fields{"sub_mchid": nil})).String(), "400 PARAM_ERROR")
	want(t, "refund of a direct one with it", l.ask("POST", "/v3/refund/domestic/refunds", p.refundBody(no, "R1", 60, 100)).String(), "403 NO_AUTH")
	want(t, "close with the application", l.ask("POST", l.path("out-trade-no/"+no+"/close"), l.names()).String(), "400 PARAM_ERROR")
	want(t, "reverse without it", l.ask("POST", l.path("out-trade-no/"+no+"/reverse"), l.numbers()).String(), "400 PARAM_ERROR")
	want(t, "a number that cannot be one", l.ask("GET", l.path("out-trade-no/%E5%95%8A")+l.inQuery(), nil).String(), "400 PARAM_ERROR")
	want(t, "in the query", l.ask("POST", l.path("native")+l.inQuery(), l.nativeBody(no, 100)).String(), "400 PARAM_ERROR")
}
