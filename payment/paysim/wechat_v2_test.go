package paysim

import (
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
)

// The example of the documents, in the form that many clients test with.
func TestTheOfficialExampleOfAV2Signature(t *testing.T) {
	v := map[string]string{
		"appid": "wxd930ea5d5a258f4f", "body": "test", "device_info": "1000", "mch_id": "10000100", "nonce_str": "ibuaiVcKdpRxkhJA",
		"sign": "is not signed", "attach": "",
	}
	want(t, "signature", signV2(v, "192006250b4c09247ec02edce69f6a2d"), "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6")
}

func TestXMLIsReadStrictly(t *testing.T) {
	for text, fields := range map[string]int{
		"<xml><a>1</a><b><![CDATA[2]]></b></xml>":                                      2,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml>\n <a>&lt;1&gt;</a>\n</xml>": 1,
		"<xml><a>1</a><!-- a remark --></xml>":                                         1,
		"":                                                                             0,
		"<xml></xml>":                                                                  0,
		"<a>1</a>":                                                                     0,
		"<xml><a>1</a>":                                                                0,
		"<xml><a>1</a></xml><xml><b>1</b></xml>":                                       0,
		"<xml><a>1</a><a>1</a></xml>":                                                  0,
		"<xml><a><b>1</b></a></xml>":                                                   0,
		"<xml><a x=\"1\">1</a></xml>":                                                  0,
		"<xml>text<a>1</a></xml>":                                                      0,
		"<xml><a>1</a></xml>text":                                                      0,
		"<xml><a>&x;</a></xml>":                                                        0,
		"<!DOCTYPE xml [<!ENTITY x \"y\">]><xml><a>1</a></xml>":                        0,
		"<xml><a>\xff</a></xml>":                                                       0,
		"<xml xmlns=\"urn:x\"><a>1</a></xml>":                                          0,
	} {
		v, err := parseV2([]byte(text))
		want(t, text, len(v), fields)
		want(t, text+": refused", err != nil, fields == 0)
	}
}

// Each request is right but for one thing. What nobody signed is answered
// without a signature.
func TestRequestsAboutDepositsAreChecked(t *testing.T) {
	l := startDeposits(t, Options{})
	direct := l.WeChat()
	for _, c := range []struct {
		name   string
		set    map[string]string // before signing; "-" takes a field away
		spoil  map[string]string // after signing
		answer string
	}{
		{"nothing wrong", nil, nil, "SUCCESS"},
		{"every field a till sends", map[string]string{
			"sub_appid": "wx1", "device_info": "T1", "detail": "客房押金", "attach": "1203", "limit_pay": "no_credit", "time_start": "20261121143000",
			"time_expire": "20261121144000", "scene_info": `{"id":"S1"}`,
		}, nil, "SUCCESS"},

		{"changed after signing", nil, map[string]string{"total_fee": "1"}, "FAIL 签名错误"},
		{"added after signing", nil, map[string]string{"attach": "1203"}, "FAIL 签名错误"},
		{"no signature", nil, map[string]string{"sign": ""}, "FAIL 签名错误"},
		{"small signature", nil, map[string]string{"sign": "lower"}, "FAIL 签名错误"},
		{"MD5", map[string]string{"sign_type": "MD5"}, nil, "FAIL 签名类型仅支持HMAC-SHA256"},
		{"no signature type", map[string]string{"sign_type": "-"}, nil, "FAIL 签名类型仅支持HMAC-SHA256"},
		{"unknown merchant", map[string]string{"mch_id": "1900000000"}, nil, "FAIL 商户号不存在或未开通押金"},
		{"a direct merchant", map[string]string{"mch_id": direct.MchID, "appid": direct.AppID}, nil, "FAIL 商户号不存在或未开通押金"},

		{"another application", map[string]string{"appid": direct.AppID}, nil, "APPID_MCHID_NOT_MATCH"},
		{"no sub-merchant", map[string]string{"sub_mch_id": "-"}, nil, "PARAM_ERROR"},
		{"another sub-merchant", map[string]string{"sub_mch_id": "1900000000"}, nil, "NOAUTH"},
		{"no nonce", map[string]string{"nonce_str": "-"}, nil, "PARAM_ERROR"},
		{"long nonce", map[string]string{"nonce_str": strings.Repeat("x", 33)}, nil, "PARAM_ERROR"},
		{"no deposit", map[string]string{"deposit": "-"}, nil, "PARAM_ERROR"},
		{"deposit N", map[string]string{"deposit": "N"}, nil, "PARAM_ERROR"},
		{"no currency", map[string]string{"fee_type": "-"}, nil, "PARAM_ERROR"},
		{"another currency", map[string]string{"fee_type": "USD"}, nil, "PARAM_ERROR"},
		{"amount in yuan", map[string]string{"total_fee": "500.00"}, nil, "PARAM_ERROR"},
		{"zero", map[string]string{"total_fee": "0"}, nil, "PARAM_ERROR"},
		{"leading zero", map[string]string{"total_fee": "0500"}, nil, "PARAM_ERROR"},
		{"too much", map[string]string{"total_fee": "10000000001"}, nil, "PARAM_ERROR"},
		{"no address", map[string]string{"spbill_create_ip": "-"}, nil, "PARAM_ERROR"},
		{"a name for an address", map[string]string{"spbill_create_ip": "localhost"}, nil, "PARAM_ERROR"},
		{"long body", map[string]string{"body": strings.Repeat("押", 43)}, nil, "PARAM_ERROR"},
		{"empty field", map[string]string{"attach": ""}, nil, "PARAM_ERROR"},
		{"coupons", map[string]string{"goods_tag": "WXG"}, nil, "PARAM_ERROR"},
		{"a date with one digit", map[string]string{"time_expire": "2026112114300"}, nil, "PARAM_ERROR"},
		{"typing mistake", map[string]string{"atach": "x"}, nil, "PARAM_ERROR"},
		{"no code", map[string]string{"auth_code": "-"}, nil, "PARAM_ERROR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := l.Truth().Held
			set := micropayOf(l.orderNo(), 50000, l.code(1))
			maps.Copy(set, c.set)
			v := l.v2Params(set)
			v["sign"] = signV2(v, l.account.APIv2Key)
			if c.spoil["sign"] == "lower" {
				c.spoil["sign"] = strings.ToLower(v["sign"])
			}
			maps.Copy(v, c.spoil)
			a, _ := l.postV2("micropay", "text/xml", v2XML(v))
			want(t, "answer", a.String(), c.answer)
			want(t, "signed", a.Signed, !strings.HasPrefix(c.answer, "FAIL"))
			want(t, "held", l.Truth().Held > before, c.answer == "SUCCESS")
		})
	}
	v := l.v2Params(map[string]string{"out_trade_no": "FD0000000001"})
	v["sign"] = signV2(v, l.account.APIv2Key)
	for _, c := range []struct{ call, kind, body, answer string }{
		{"orderquery", "application/xml; charset=utf-8", v2XML(v), "ORDERNOTEXIST"},
		{"orderquery", "application/json", v2XML(v), "FAIL Content-Type应为text/xml"},
		{"orderquery", "text/xml", "<xml>", "FAIL XML格式错误"},
		{"unifiedorder", "text/xml", v2XML(v), "FAIL 没有这个接口"},
	} {
		a, _ := l.postV2(c.call, c.kind, c.body)
		want(t, c.call+" "+c.kind, a.String(), c.answer)
	}
	for _, call := range []string{"orderquery", "reverse", "consume", "refund"} {
		set := map[string]map[string]string{
			"orderquery": {}, "reverse": {}, "consume": {"total_fee": "1", "consume_fee": "1", "fee_type": "CNY"},
			"refund": {"out_refund_no": "R1", "total_fee": "1", "refund_fee": "1"},
		}
		want(t, call+" of nothing", l.tell(call, set[call]).String(), "LACK_PARAMS")
	}
	want(t, "refundquery of nothing", l.tell("refundquery", nil).String(), "REFUNDNOTEXIST")
	r, err := http.Get(l.account.BaseURL + "/deposit/orderquery")
	check(t, err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	check(t, err)
	want(t, "not posted", strings.Contains(string(raw), "请使用post方法"), true)
}
