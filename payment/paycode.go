package payment

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// PayCode is what a payer shows and a scanner reads. It can be spent once by
// anyone who knows it, so it prints itself masked.
type PayCode string

// String shows the first two and the last four characters: "28…4471".
func (c PayCode) String() string {
	r := []rune(string(c)) // what was scanned may be no pay code at all, so not only ASCII
	if len(r) < 10 {
		return "…"
	}
	return string(r[:2]) + "…" + string(r[len(r)-4:])
}

// Format prints the masked code for every verb. Without it %d, the classic slip
// of a log line, would print the whole code.
func (c PayCode) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		_, _ = io.WriteString(f, `payment.PayCode("`+c.String()+`")`)
		return
	}
	_, _ = io.WriteString(f, c.String())
}

// MarshalText masks the code in JSON and in structured logs. The wire uses Raw.
func (c PayCode) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

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
// micropay 5_1, UnionPay. Lengths may grow, so Alipay's is a range. Scrub in
// payment/wire finds the same codes inside of a text: a new rule belongs there too.
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
// Full-width digits, as an input method types them, are folded first, and white
// space around the code is dropped.
// WalletNone means that s is something else: a receipt, a goods bar code, noise.
func Recognise(s string) (PayCode, Wallet) {
	s = strings.TrimSpace(foldWidth(s))
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
