package paysim

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/payment"
)

// Whatever Cloud Pay has said is still so after a restart.
func TestCloudPaySurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	wake := func() *cloudTill { return wakeCloud(t, Options{Dir: dir}) }
	l := wake()
	const w = payment.WalletWeChat
	paid, refused, waiting, shown := l.paid(w, 1250), l.number(), l.number(), l.number()
	l.pay(refused, w, 100, 4)
	l.pay(waiting, w, 100, 3)
	text := l.show(shown, w, 100)
	back, slowly := l.number(), l.number()
	l.refund(paid, w, 1250, 300, back)
	l.refund(paid, w, 1250, 305, slowly)
	l.queryRefund(paid, slowly)
	hold, taken := l.held(w, 1000), l.number()
	l.consume(hold, w, taken, 300, true)
	keys := l.CloudPayAccount
	said := func(l *cloudTill) string {
		h := l.queryRefund(paid, back)
		return fmt.Sprint(l.query(paid).state(), l.query(refused).state(), l.query(waiting).state(), l.query(shown).state(), l.query(taken).state(),
			h.refundState(), h.text("refund_order_content.refund_id"), h.text("refund_order_content.refund_reason"), h.text("order_client.machine_no"),
			l.queryHold(hold, w).holdState())
	}
	before := said(l)
	check(t, l.Close())

	l = wake()
	want(t, "what it says", said(l), before)
	want(t, "the same key", l.AuthKey, keys.AuthKey)
	want(t, "the same signing key", l.SigningKey, keys.SigningKey)
	want(t, "a refund on its way", l.queryRefund(paid, slowly).refundState(), 4)
	want(t, "has come", l.queryRefund(paid, slowly).refundState(), 2)
	want(t, "a number that was used", l.pay(refused, w, 100, 1).String(), "104/407")
	check(t, l.ScanQR(text, 1))
	check(t, l.Close())

	path := filepath.Join(dir, "keys", cloudAuthFile)
	check(t, os.WriteFile(path, []byte("short"), 0o600))
	if _, err := New(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), cloudAuthFile) {
		t.Errorf("a broken key: got %v", err)
	}
}

func wakeCloud(t *testing.T, o Options) *cloudTill {
	t.Helper()
	c := newClock()
	o.Clock = c.now
	s, err := New(o)
	check(t, err)
	t.Cleanup(func() { check(t, s.Close()) })
	check(t, s.Start("127.0.0.1:0"))
	return &cloudTill{Sim: s, CloudPayAccount: s.CloudPay(), t: t, clock: c}
}

func TestNoSecretOfCloudPayIsWrittenDown(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	keys, err := testKeys()
	check(t, err)
	l := wakeCloud(t, Options{Dir: dir, Keys: keys, Log: slog.New(slog.NewTextHandler(&out, nil))})
	const w = payment.WalletWeChat
	no, code := l.number(), l.FreshCodeOf(w, 1)
	h := l.ask("micro_pay", l.microPay(no, w, 1250, code))
	want(t, "the answer has the code", h.text("order_content.author_code"), code)
	l.freeze(l.number(), w, 1000, 1)
	wrong := l.envelope(l.microPay(l.number(), w, 1, l.FreshCodeOf(w, 1)))
	wrong["authen_info"] = fields{"a": fields{"authen_type": 1, "authen_code": strings.Repeat("0", 64)}}
	want(t, "a wrong code", l.post("micro_pay", wrong).String(), "101/7")
	check(t, l.Close())
	book, err := os.ReadFile(filepath.Join(dir, "book.jsonl"))
	check(t, err)
	for _, secret := range []string{code, l.AuthKey, authentic(l.AuthKey, "x")[:16]} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the log has %s", secret)
		}
		if strings.Contains(string(book), secret) {
			t.Errorf("the book has %s", secret)
		}
	}
	for _, part := range []string{"cloudpay.micro_pay", no, payment.PayCode(code).String(), "internal_status=7"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the log does not have %s:\n%s", part, out.String())
		}
	}
}
