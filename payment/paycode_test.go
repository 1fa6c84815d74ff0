package payment_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"frontdesk/payment"
)

func TestRecognise(t *testing.T) {
	face := "fp" + strings.Repeat("a1B", 11)
	tests := []struct {
		scanned string
		code    string
		wallet  payment.Wallet
	}{
		{"281234567890124471", "281234567890124471", payment.WalletAlipay},
		{"2512345678901234", "2512345678901234", payment.WalletAlipay},                 // 16 digits, the shortest
		{"301234567890123456789012", "301234567890123456789012", payment.WalletAlipay}, // 24 digits, the longest
		{face, face, payment.WalletAlipay},
		{"101234567890123456", "101234567890123456", payment.WalletWeChat},
		{"151234567890123456", "151234567890123456", payment.WalletWeChat},
		{"6212345678901234567", "6212345678901234567", payment.WalletUnionPay},
		{"0112345678901234567", "0112345678901234567", payment.WalletECNY},
		// an input method in full-width mode, and a scanner's line end
		{"２８１２３４５６７８９０１２４４７１", "281234567890124471", payment.WalletAlipay},
		{"281234567890124471\r\n", "281234567890124471", payment.WalletAlipay},
		{"　281234567890124471 ", "281234567890124471", payment.WalletAlipay},
		// one too short, one too long, the neighbours of each prefix
		{"281234567890123", "281234567890123", payment.WalletNone},
		{"2812345678901234567890123", "2812345678901234567890123", payment.WalletNone},
		{"241234567890123456", "241234567890123456", payment.WalletNone},
		{"311234567890123456", "311234567890123456", payment.WalletNone},
		{"161234567890123456", "161234567890123456", payment.WalletNone},
		{"091234567890123456", "091234567890123456", payment.WalletNone},
		{"10123456789012345", "10123456789012345", payment.WalletNone},
		{"1012345678901234567", "1012345678901234567", payment.WalletNone},
		{"621234567890123456", "621234567890123456", payment.WalletNone},
		{face[:34], face[:34], payment.WalletNone},
		{face + "x", face + "x", payment.WalletNone},
		// other things that a scanner reads
		{"01006128", "01006128", payment.WalletNone},                                                         // a receipt
		{"6921168509256", "6921168509256", payment.WalletNone},                                               // goods, EAN-13
		{"2100000012345", "2100000012345", payment.WalletNone},                                               // goods weighed in the shop
		{"FD01261121143326006128001", "FD01261121143326006128001", payment.WalletNone},                       // an order number
		{"2026112122001434021425786415", "2026112122001434021425786415", payment.WalletNone},                 // a trade number
		{"https://qr.alipay.com/bax000000000", "https://qr.alipay.com/bax000000000", payment.WalletNone},     // a shown QR
		{"28123456789012\n4471", "28123456789012\n4471", payment.WalletNone},                                 // two reads in one
		{"281234567890124471281234567890124471", "281234567890124471281234567890124471", payment.WalletNone}, // read twice
		{"28123456789012447١", "28123456789012447١", payment.WalletNone},                                     // a digit, but not ours
		{"", "", payment.WalletNone},
	}
	for _, tt := range tests {
		code, wallet := payment.Recognise(tt.scanned)
		if code.Raw() != tt.code || wallet != tt.wallet {
			t.Errorf("Recognise(%q) = %q, %q; want %q, %q", tt.scanned, code.Raw(), wallet, tt.code, tt.wallet)
		}
		if code.IsFace() != (tt.scanned == face) {
			t.Errorf("%q: IsFace() = %v", tt.scanned, code.IsFace())
		}
	}
}

func TestAPayCodeIsNeverPrintedWhole(t *testing.T) {
	const raw, masked = "281234567890124471", "28…4471"
	code := payment.PayCode(raw)
	request := payment.PayRequest{Order: payment.Order{OutTradeNo: "FD01261121143326006128001"}, Code: code}

	printed := map[string]string{
		"error": fmt.Errorf("pay %v: %w", code, fmt.Errorf("code %s", code)).Error(),
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%o", "%30v", "%-30s"} {
		printed[verb] = fmt.Sprintf(verb, code)
		printed[verb+" in a request"] = fmt.Sprintf(verb, request)
		printed[verb+" of a pointer"] = fmt.Sprintf(verb, &request)
	}
	asJSON, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	printed["json"] = string(asJSON)
	for name, handler := range map[string]func(*strings.Builder) slog.Handler{
		"text log": func(b *strings.Builder) slog.Handler { return slog.NewTextHandler(b, nil) },
		"json log": func(b *strings.Builder) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b strings.Builder
		slog.New(handler(&b)).Info("pay", "code", code, "request", request)
		printed[name] = b.String()
	}
	for how, text := range printed {
		if strings.Contains(text, raw) || strings.Contains(text, raw[2:14]) || strings.Contains(text, fmt.Sprintf("%x", raw)) {
			t.Errorf("%s shows the pay code: %s", how, text)
		}
		if !strings.Contains(text, masked) {
			t.Errorf("%s does not show the masked code %s: %s", how, masked, text)
		}
	}
	if got, want := fmt.Sprintf("%#v", code), `payment.PayCode("28…4471")`; got != want {
		t.Errorf("%%#v = %s, want %s", got, want)
	}
}

func TestShortAndForeignCodesAreMaskedToo(t *testing.T) {
	tests := []struct {
		code payment.PayCode
		want string
	}{
		{"", "…"},
		{"281234567", "…"}, // two and four of nine would be most of it
		{"2812345678", "28…5678"},
		{"你好世界你好世界你好世界", "你好…你好世界"},
		{"中文中文", "…"},
	}
	for _, tt := range tests {
		if got := tt.code.String(); got != tt.want {
			t.Errorf("%q is masked as %q, want %q", tt.code.Raw(), got, tt.want)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"281234567890124471", "２８１２３４５６７８９０１２４４７１", "fp" + strings.Repeat("x", 33), "01006128", "6921168509256", "\xff\xfe", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, wallet := payment.Recognise(s)
		again, sameWallet := payment.Recognise(code.Raw())
		if again != code || sameWallet != wallet {
			t.Fatalf("Recognise(%q) gives %q, %q; once more %q, %q", s, code.Raw(), wallet, again.Raw(), sameWallet)
		}
		if masked := code.String(); utf8.ValidString(code.Raw()) && !utf8.ValidString(masked) {
			t.Fatalf("the masked form of %q is not text: %q", code.Raw(), masked)
		}
		if wallet == payment.WalletNone {
			return
		}
		if n := len(code); n < 16 || n > 35 {
			t.Fatalf("%q with %d characters taken for a pay code of %s", code.Raw(), n, wallet)
		}
		if strings.Contains(code.String(), code.Raw()[2:len(code)-4]) {
			t.Fatalf("%q is printed as %q", code.Raw(), code)
		}
		if payment.IsReceiptNo(code.Raw()) || payment.IsOrderNo(code.Raw()) {
			t.Fatalf("%q is a pay code and a number of ours", code.Raw())
		}
	})
}
