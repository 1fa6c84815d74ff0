package paysim

import (
	"bytes"
	"encoding/pem"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestWeChatsKeysStayInTheFolder(t *testing.T) {
	dir := t.TempDir()
	accounts := func() [2]WeChatAccount {
		t.Helper()
		s, err := New(Options{Dir: dir})
		check(t, err)
		defer s.Close()
		return [2]WeChatAccount{s.WeChat(), s.WeChatPartner()}
	}
	first := accounts()
	want(t, "the same", accounts(), first)
	file := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(dir, "keys", "TEST-KEY-wechat-"+name+".pem"))
		check(t, err)
		return string(raw)
	}
	want(t, "private key in the file", file("merchant-private"), first[0].MerchantPrivateKey)
	want(t, "certificate in the file", file("partner-cert"), first[1].MerchantCert)
	want(t, "public key in the file", file("public-key"), first[0].PublicKey)
	want(t, "platform's certificate in the file", file("platform-cert"), first[0].PlatformCert)

	platform := filepath.Join(dir, "keys", "TEST-KEY-wechat-platform-private.pem")
	check(t, os.WriteFile(platform, []byte("garbage"), 0o600))
	if _, err := New(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "wechat-platform") {
		t.Errorf("a broken key: got %v", err)
	}
	check(t, os.Remove(platform))
	if _, err := New(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a missing key: got %v", err)
	}
}

func TestACertificateThatDoesNotFitItsKeyIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	merchant := func() string {
		t.Helper()
		s, err := New(Options{Dir: dir})
		check(t, err)
		defer s.Close()
		return s.WeChat().MerchantCert
	}
	right := merchant()
	file := filepath.Join(dir, "keys", "TEST-KEY-wechat-merchant-cert.pem")
	partner, err := os.ReadFile(filepath.Join(dir, "keys", "TEST-KEY-wechat-partner-cert.pem"))
	check(t, err)
	block, _ := pem.Decode([]byte(right))
	forged := bytes.Clone(block.Bytes)
	forged[len(forged)-1] ^= 1 // the last byte of the signature
	for name, content := range map[string]string{
		"its own":       right,
		"another key's": string(partner),
		"garbage":       "garbage",
		"empty":         "",
		"forged":        string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: forged})),
		"two":           right + right,
	} {
		check(t, os.WriteFile(file, []byte(content), 0o600))
		want(t, name, merchant(), right)
	}
	check(t, os.Remove(file))
	want(t, "none", merchant(), right)
	written, err := os.ReadFile(file)
	check(t, err)
	want(t, "written again", string(written), right)
}

func TestWeChatsTruthSurvivesARestart(t *testing.T) {
	c := newClock()
	o := Options{Dir: t.TempDir(), Clock: c.now, Password: time.Hour}
	numbers := 0
	wake := func() *v2Till {
		l := startDeposits(t, o)
		l.clock, l.n = c, numbers
		return l
	}
	l := wake()
	spent := l.code(13)
	paid, waiting, shown, settling := l.paid(5000), l.orderNo(), l.orderNo(), l.deposit(50000)
	l.codepay(waiting, 1000, spent)
	text := l.native(shown, 700).text("code_url")
	l.refund(paid, "R1", 1000, 5000)
	consumed := l.deposit(50000)
	l.consume(consumed, 20000, 50000)
	l.depositRefund(consumed, "R2", 1000, 50000)
	l.consume(settling, 10005, 50000)
	l.depositQuery(settling)
	c.pass(15 * time.Second)
	want(t, "first reverse", l.reverse(waiting).String(), "500 SYSTEM_ERROR")
	before := asJSON(t, l.Truth())
	refund := l.depositRefundQuery("R2").Fields["refund_id_0"]
	numbers = l.n
	check(t, l.Close())

	l = wake()
	want(t, "truth", asJSON(t, l.Truth()), before)
	want(t, "the refund again", l.refund(paid, "R1", 1000, 5000).String(), "200 SUCCESS")
	want(t, "its query", l.refundQuery("R1").String(), "200 SUCCESS")
	want(t, "its number elsewhere", l.refund(paid, "R2", 1000, 5000).String(), "400 INVALID_REQUEST")
	want(t, "a deposit's refund", l.tell("refundquery", map[string]string{"refund_id": refund}).Fields["out_refund_no_0"], "R2")
	want(t, "second reverse", l.reverse(waiting).String(), "202 USERPAYING")
	want(t, "a spent code", l.codepay(l.orderNo(), 1000, spent).String(), "400 AUTH_CODE_INVALID")
	want(t, "another merchant", (&wxTill{l.till, l.WeChat()}).query(paid).String(), "404 ORDER_NOT_EXIST")
	check(t, l.ScanQR(text, 1))
	want(t, "second query", l.depositQuery(settling).String(), "SUCCESS SETTLING")
	want(t, "third query", l.depositQuery(settling).String(), "SUCCESS CONSUMED")
	l.wantHold(settling, Finished, 50000, 10005, 39995)
	l.wantTruth(shown, Paid, 700, 0)
	l.wantTruth(paid, Paid, 5000, 1000)
}

func TestNoSecretOfWeChatIsWrittenDown(t *testing.T) {
	var out bytes.Buffer
	o := Options{Dir: t.TempDir(), Log: slog.New(slog.NewTextHandler(&out, nil))}
	l := startDeposits(t, o)
	payCode, holdCode := l.code(1), l.code(3)
	no := l.orderNo()
	l.codepay(no, 1250, payCode)
	l.refund(no, "REFUND1", 100, 1250)
	l.micropay(l.orderNo(), 50000, holdCode)
	a, _ := l.postV2("orderquery", "text/xml", v2XML(l.v2Params(map[string]string{"sign": "0", "out_trade_no": no})))
	want(t, "unsigned", a.String(), "FAIL 签名错误")
	check(t, l.Close())
	book, err := os.ReadFile(filepath.Join(o.Dir, "book.jsonl"))
	check(t, err)
	for _, secret := range []string{payCode, holdCode, l.account.APIv2Key, l.account.APIv3Key, "WECHATPAY2", "PRIVATE"} {
		for where, text := range map[string]string{"log": out.String(), "book": string(book)} {
			if strings.Contains(text, secret) {
				t.Errorf("the %s has %s", where, secret)
			}
		}
	}
	for _, part := range []string{"wechat.codepay", "wechat.refund", "REFUND1", no, payment.PayCode(payCode).String(), payment.PayCode(holdCode).String(), "code=USERPAYING", "status=200"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the log does not have %s:\n%s", part, out.String())
		}
	}
}
