package wire_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

func TestAPastedValueIsCleaned(t *testing.T) {
	for pasted, want := range map[string]string{
		"":                             "",
		" 1900 0001\t09\r\n":           "1900000109",
		"\uFEFFwx88\u200B88\u3000":     "wx8888",
		`-----BEGIN-----\nAB\nCD\n`:    "-----BEGIN-----ABCD",
		"https://gateway.example/a?b ": "https://gateway.example/a?b",
	} {
		if got := wire.Compact(pasted); got != want {
			t.Errorf("Compact(%q) = %q, want %q", pasted, got, want)
		}
	}
}

func TestATextFitsWhereItIsWritten(t *testing.T) {
	for _, tt := range []struct {
		text       string
		most       int
		clip, byte string
	}{
		{"tea", 3, "tea", "tea"},
		{"tea and cake", 4, "tea ", "tea"},
		{" \x00two\nlines\x7f ", 20, "two lines", "two lines"},
		{"很长的名字", 4, "很长的名", "很"},
		{"很长", 2, "很长", ""},
		{"a\xffb", 5, "a\uFFFDb", "a\uFFFDb"},
		{"", 1, "", ""},
	} {
		if got := wire.Clip(tt.text, tt.most); got != tt.clip {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.text, tt.most, got, tt.clip)
		}
		if got := wire.ClipBytes(tt.text, tt.most); got != tt.byte {
			t.Errorf("ClipBytes(%q, %d) = %q, want %q", tt.text, tt.most, got, tt.byte)
		}
	}
	if got := wire.Token("ORDER_NOT_EXIST\r\n" + strings.Repeat("x", 100)); len(got) != 64 || strings.ContainsAny(got, "\r\n") {
		t.Errorf("a token is %q", got)
	}
}

// A service may quote what it was sent. Whatever the till takes for a pay code is
// masked; the numbers of orders are not.
func TestPayCodesAreMasked(t *testing.T) {
	met := map[payment.Wallet]bool{}
	for _, code := range []string{"281234567890124471", "3012345678901234", "fp" + strings.Repeat("a1B", 11), "131234567890124471", "6212345678901234567", "0112345678901234567"} {
		_, wallet := payment.Recognise(code)
		met[wallet] = true
		got := wire.Scrub(`{"auth_code":"` + code + `"} 付款码` + code + `。`)
		if strings.Contains(got, code) || strings.Count(got, payment.PayCode(code).String()) != 2 {
			t.Errorf("%s: %s", code, got)
		}
	}
	for _, wallet := range []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat, payment.WalletUnionPay, payment.WalletECNY} {
		if !met[wallet] {
			t.Errorf("no code here is one of %s", wallet)
		}
	}
	const plain = "订单 FD01261121143326006128001 / 010000520q1w2e01006128001, 2026112122001434021425786415, app 2021000000000001"
	if got := wire.Scrub(plain); got != plain {
		t.Errorf("%q became %q", plain, got)
	}
	if got := wire.Scrub(strings.Repeat("长", 400)); utf8.RuneCountInString(got) != 300 {
		t.Errorf("a message of %d characters", utf8.RuneCountInString(got))
	}
}
