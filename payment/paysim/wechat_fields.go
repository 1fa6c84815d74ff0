package paysim

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"frontdesk/payment"
)

// wxText is a text of at most max bytes without control characters. The
// documents do not say whether they count bytes or characters; a till that
// counts bytes is right in both cases.
func wxText(max int) func(any) string {
	return func(v any) string {
		s, ok := v.(string)
		switch {
		case !ok:
			return "应为字符串"
		case len(s) > max:
			return fmt.Sprintf("字节数 %d，大于最大值 %d", len(s), max)
		case strings.ContainsFunc(s, unicode.IsControl):
			return "含控制字符"
		}
		return ""
	}
}

var (
	wxOrderNo  = like(`[0-9A-Za-z_\-|*]{6,32}`, " 6 到 32 位的数字、大小写字母或 _-|*")
	wxRefundNo = like(`[0-9A-Za-z_\-|*@]{1,64}`, "不超过 64 位的数字、大小写字母或 _-|*@")
	wxTradeNo  = like(`[0-9]{1,32}`, "微信支付订单号")
	wxCurrency = oneOf("CNY")

	wxCodeRule = rule(`^1[0-5][0-9]{16}$`)
)

// Amounts are whole numbers of fen, never a text, never a fraction.
var (
	wxFen   = whole(1, int64(payment.MaxAmount))
	wxCount = whole(0, int64(payment.MaxAmount))
)

var codepayFields = all(wxOrderFields, []field{
	must("payer", object([]field{must("auth_code", wxText(128))})),
	must("scene_info", object([]field{
		may("device_id", wxText(32)), may("device_ip", wxText(45)),
		must("store_info", object([]field{may("id", wxText(32)), may("out_id", wxText(32))})),
	})),
})

var nativeFields = all(wxOrderFields, []field{
	must("notify_url", wxNotify),
	may("time_expire", wxMoment),
	may("limit_pay", texts),
	may("scene_info", object([]field{
		must("payer_client_ip", wxText(45)), may("device_id", wxText(32)),
		may("store_info", object([]field{must("id", wxText(32)), may("name", wxText(256)), may("area_code", wxText(32)), may("address", wxText(512))})),
	})),
})

// wxOrderFields are what a scanned code and a QR have in common.
var wxOrderFields = []field{
	must("description", wxText(127)),
	must("out_trade_no", wxOrderNo),
	must("amount", object([]field{must("total", wxFen), may("currency", wxCurrency)})),
	may("attach", wxText(128)),
	may("goods_tag", wxText(32)),
	may("support_fapiao", oneTruth),
	may("settle_info", object([]field{may("profit_sharing", oneTruth)})),
	may("detail", object([]field{
		may("cost_price", wxCount), may("invoice_id", wxText(32)),
		may("goods_detail", objects([]field{
			must("merchant_goods_id", wxText(32)), may("wechatpay_goods_id", wxText(32)), may("goods_name", wxText(256)),
			must("quantity", wxCount), must("unit_price", wxCount),
		})),
	})),
}

var wxRefundFields = []field{
	may("transaction_id", wxTradeNo),
	may("out_trade_no", wxOrderNo),
	must("out_refund_no", wxRefundNo),
	may("reason", wxText(80)),
	may("notify_url", wxNotify),
	may("funds_account", oneOf("AVAILABLE")),
	must("amount", object([]field{
		must("refund", wxFen), must("total", wxFen), must("currency", wxCurrency),
		may("from", objects([]field{must("account", oneOf("AVAILABLE", "UNAVAILABLE")), must("amount", wxFen)})),
	})),
	may("goods_detail", objects([]field{
		must("merchant_goods_id", wxText(32)), may("wechatpay_goods_id", wxText(32)), may("goods_name", wxText(256)),
		must("unit_price", wxCount), must("refund_amount", wxCount), must("refund_quantity", wxCount),
	})),
}

// wxNotify is an address that WeChat could tell of a payment: https, and
// without parameters. The simulator tells nobody.
func wxNotify(v any) string {
	s, _ := v.(string)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || len(s) > 255 {
		return "应为不带参数的 https 地址，最长 255"
	}
	return ""
}

func wxMoment(v any) string {
	s, _ := v.(string)
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		return "应为 RFC 3339 格式的时间"
	}
	return ""
}

// rfc3339 is a moment as APIv3 writes it: in Beijing, to the second.
func rfc3339(t time.Time) string { return t.In(payment.Beijing).Format(time.RFC3339) }
