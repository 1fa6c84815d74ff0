package payment

import "regexp"

// PayCode is what a payer shows and a scanner reads. It can be spent once by
// anyone who knows it, so it prints itself masked.
type PayCode string

// String shows the first two and the last four characters: "28…4471".
func (c PayCode) String() string {
	if len(c) < 10 {
		return "…"
	}
	return string(c[:2]) + "…" + string(c[len(c)-4:])
}

// GoString keeps %#v from printing the whole code.
func (c PayCode) GoString() string { return `payment.PayCode("` + c.String() + `")` }

// Raw is the whole code, for the wire only.
func (c PayCode) Raw() string { return string(c) }

// Wallet is whose pay code it is.
type Wallet string

const (
	WalletNone     Wallet = ""         // not a pay code that we know
	WalletAlipay   Wallet = "alipay"   //
	WalletWeChat   Wallet = "wechat"   //
	WalletUnionPay Wallet = "unionpay" // also the codes of bank apps that ride on it
	WalletECNY     Wallet = "ecny"     // digital yuan; the rule rests on one source, so it is a hint
)

// The rules are those of the channels' documents, collected in the protocol
// notes on pay-code prefixes: Alipay AlipayTradePayModel.auth_code, WeChat
// micropay 5_1, UnionPay. Lengths may grow, so Alipay's is a range.
var payCodeRules = []struct {
	wallet Wallet
	rule   *regexp.Regexp
}{
	{WalletAlipay, regexp.MustCompile(`^(?:2[5-9]|30)\d{14,22}$`)},
	{WalletAlipay, regexp.MustCompile(`^fp[0-9A-Za-z]{33}$`)}, // face payment: scene security_code
	{WalletWeChat, regexp.MustCompile(`^1[0-5]\d{16}$`)},
	{WalletUnionPay, regexp.MustCompile(`^62\d{17}$`)},
	{WalletECNY, regexp.MustCompile(`^01\d{17}$`)},
}

// Recognise says whose pay code s is, and returns it ready to be sent.
// Full-width digits, as an input method types them, are folded first.
// WalletNone means that s is something else: a receipt, a goods bar code, noise.
func Recognise(s string) (PayCode, Wallet) {
	s = foldWidth(s)
	for _, r := range payCodeRules {
		if r.rule.MatchString(s) {
			return PayCode(s), r.wallet
		}
	}
	return PayCode(s), WalletNone
}

// IsFace reports an Alipay face-payment code, which is sent with scene
// "security_code".
func (c PayCode) IsFace() bool { return len(c) == 35 && c[:2] == "fp" }
