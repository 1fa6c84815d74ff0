package paysim

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"frontdesk/payment"
)

// cloudMost is the largest Number(32) of the documents, whose samples hold
// numbers above the signed range.
const cloudMost = 1<<32 - 1

// cloudPlatform is how Cloud Pay calls a wallet.
type cloudPlatform struct {
	platform, sub int
	ext           string // what the objects of this wallet begin with
}

// cloudPlatforms are the wallets of an account. The numbers of UnionPay are not
// public; here they follow the pattern of the others.
var cloudPlatforms = map[payment.Wallet]cloudPlatform{
	payment.WalletWeChat:   {1, 100, "wxpay"},
	payment.WalletAlipay:   {2, 200, "alipay"},
	payment.WalletUnionPay: {5, 500, "unionpay"},
}

// The kinds of a payment (trade_type) that a till has.
const (
	cloudMicro = 1
	cloudScan  = 2
)

// cloudNonce is in every request.
var cloudNonce = must("nonce_str", like(`[0-9A-Za-z]{1,32}`, "32 位以内的随机字符串"))

// cloudNo is a number of the merchant's making; whether it begins as it must is
// checked with the other fields of the account.
var cloudNo = like(`[0-9A-Za-z_\-]{1,32}`, "32 位以内的单号")

// mchKey is pay_mch_key, with or without a platform that must be named.
func mchKey(platform func(string, func(any) string) field, more ...field) field {
	id := like(`[0-9A-Za-z]{1,32}`, "云支付帐号")
	return must("pay_mch_key", object(all([]field{
		platform("pay_platform", wholeOf(1, 2, 5)), may("sub_pay_platform", wholeOf(100, 200, 500)),
		must("out_mch_id", id), must("out_sub_mch_id", id), must("out_shop_id", id),
		may("wxpay_pay_mch_key_ext", object([]field{may("app_id", octets(32)), may("sub_app_id", octets(32)), may("open_id", octets(128))})),
		may("alipay_pay_mch_key_ext", object([]field{may("user_id", octets(32))})),
	}, more)))
}

// rightFields say who asks for money to go back.
var rightFields = []field{
	may("is_sub_admin", oneTruth), may("authorization_staff_id", octets(64)), may("authorization_name", octets(32)),
}

// clientField is order_client; device and machine say whether they must be named.
func clientField(device, machine func(string, func(any) string) field) field {
	return must("order_client", object([]field{
		device("device_id", octets(64)), machine("machine_no", octets(32)),
		may("staff_id", octets(64)), may("shop_id", octets(64)), may("sn_code", octets(127)),
		must("terminal_type", wholeOf(1, 2, 3, 4, 100)), may("sub_terminal_type", whole(0, cloudMost)),
		must("sdk_version", octets(10)), must("spbill_create_ip", ipAddress),
	}))
}

// cloudDetail is the detail of an order: a JSON object as a text.
var cloudDetailFields = []field{
	may("cost_price", whole(1, cloudMost)), may("receipt_id", octets(32)),
	must("goods_detail", objects([]field{
		may("goods_id", octets(32)), may("goods_name", octets(256)), must("quantity", whole(1, cloudMost)), must("price", whole(0, cloudMost)),
	})),
}

func cloudDetail(v any) string {
	if wrong := octets(6000)(v); wrong != "" {
		return wrong
	}
	o, err := cloudObject(v.(string))
	if err != nil {
		return err.Error()
	}
	return checkFields(cloudDetailFields, o)
}

// checkParties is what pay_mch_key has to be to the account, and every number to
// the order prefix; ok is false when the request is refused.
func (c *cloudPay) checkParties(b content) (refused cloudReply, ok bool) {
	key := b.object("pay_mch_key")
	_, wx := key["wxpay_pay_mch_key_ext"]
	_, ali := key["alipay_pay_mch_key_ext"]
	wrong := ""
	switch {
	case key == nil:
	case key.text("out_mch_id") != c.account.OutMchID:
		wrong = "out_mch_id"
	case key.text("out_shop_id") != c.account.OutShopID:
		wrong = "out_shop_id"
	case key.whole("pay_platform") == 0 && key.whole("sub_pay_platform") != 0:
		wrong = "pay_platform"
	case key.whole("pay_platform") != 0 && cloudWallet(key) == payment.WalletNone:
		wrong = "sub_pay_platform"
	case wx && ali, wx && cloudWallet(key) == payment.WalletAlipay, ali && cloudWallet(key) == payment.WalletWeChat:
		wrong = "pay_mch_key_ext"
	}
	if wrong != "" {
		return callerError(cloudBadField, "参数"+wrong+"错误."), false
	}
	if cloudWallet(key) == payment.WalletUnionPay && !c.account.UnionPay {
		return saysNo(cloudSaid, cloudNotAllowed, "商户未开通该支付方式。"), false
	}
	for _, part := range []content{b, b.object("pay_content"), b.object("refund_content"), b.object("freeze_content"), b.object("unfreeze_content")} {
		for _, name := range []string{"out_trade_no", "out_refund_no", "out_freeze_no", "out_unfreeze_no"} {
			if no := part.text(name); no != "" && !strings.HasPrefix(no, c.account.OrderPrefix) {
				return callerError(cloudBadField, "参数"+name+"错误：前缀必须是云支付订单前缀."), false
			}
		}
	}
	return cloudReply{}, true
}

// cloudWallet is the wallet that pay_mch_key names, WalletNone where it names
// none or two that differ.
func cloudWallet(key content) payment.Wallet {
	for w, p := range cloudPlatforms {
		sub := key.whole("sub_pay_platform")
		if key.whole("pay_platform") == int64(p.platform) && (sub == 0 || sub == int64(p.sub)) {
			return w
		}
	}
	return payment.WalletNone
}

// object is a field that was checked to be an object, or nil.
func (c content) object(name string) content {
	o, _ := c[name].(map[string]any)
	return o
}

// whole is a field that was checked to be a whole number, or 0.
func (c content) whole(name string) int64 {
	n, _ := c[name].(json.Number)
	i, _ := strconv.ParseInt(n.String(), 10, 64)
	return i
}

// truth is a field that was checked to be a truth value, or false.
func (c content) truth(name string) bool {
	t, _ := c[name].(bool)
	return t
}

func (c content) fen(name string) payment.Amount { return payment.Amount(c.whole(name)) }

// whole is a number without fraction or exponent.
func whole(least, most int64) func(any) string {
	return func(v any) string {
		n, ok := v.(json.Number)
		i, err := strconv.ParseInt(n.String(), 10, 64)
		if !ok || err != nil || n.String() != strconv.FormatInt(i, 10) || i < least || i > most {
			return fmt.Sprintf("应为 %d 到 %d 的整数", least, most)
		}
		return ""
	}
}

// cloudFee is an amount of money: whole fen, never none.
func cloudFee(v any) string { return whole(1, cloudMost)(v) }

// wholeOf is a number out of a few.
func wholeOf(values ...int64) func(any) string {
	return func(v any) string {
		n, ok := v.(json.Number)
		i, err := strconv.ParseInt(n.String(), 10, 64)
		if !ok || err != nil || n.String() != strconv.FormatInt(i, 10) || !slices.Contains(values, i) {
			return fmt.Sprintf("应为 %d 之一", values)
		}
		return ""
	}
}

// octets is a text of at most max bytes without control characters. The
// documents do not say whether String(128) counts bytes or characters, so a
// Chinese character counts as the three bytes that it has.
func octets(max int) func(any) string {
	return func(v any) string {
		s, ok := v.(string)
		switch {
		case !ok:
			return "应为字符串"
		case len(s) > max:
			return fmt.Sprintf("超过 %d 字节", max)
		case strings.ContainsFunc(s, unicode.IsControl):
			return "含控制字符"
		}
		return ""
	}
}

func anyText(v any) string {
	if _, ok := v.(string); !ok {
		return "应为字符串"
	}
	return ""
}

// ipAddress is an IPv4 address, the only one for which sixteen characters are room.
func ipAddress(v any) string {
	s, _ := v.(string)
	if a, err := netip.ParseAddr(s); err != nil || !a.Is4() {
		return "应为 IPv4 地址"
	}
	return ""
}

// written is a number as it came, or "".
func (c content) written(name string) string {
	n, _ := c[name].(json.Number)
	return n.String()
}
