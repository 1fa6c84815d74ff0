package paysim

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestKeysStayInTheFolderForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "sim")
	s, err := New(Options{Dir: dir})
	check(t, err)
	check(t, s.Close())
	private, err := os.ReadFile(filepath.Join(dir, "keys", merchantPrivateFile))
	check(t, err)
	public, err := os.ReadFile(filepath.Join(dir, "keys", alipayPublicFile))
	check(t, err)
	want(t, "private key in the file", string(private), s.MerchantPrivateKey)
	want(t, "public key in the file", string(public), s.AlipayPublicKey)

	names := 0
	check(t, filepath.WalkDir(filepath.Join(dir, "keys"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		names++
		if !strings.HasPrefix(d.Name(), "TEST-KEY-") || filepath.Ext(path) != ".pem" {
			t.Errorf("file %s does not say that it holds a test key", d.Name())
		}
		info, err := d.Info()
		if runtime.GOOS != "windows" && err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", d.Name(), info.Mode())
		}
		return err
	}))
	if names < 4 {
		t.Errorf("only %d files", names)
	}

	again, err := New(Options{Dir: dir})
	check(t, err)
	check(t, again.Close())
	want(t, "the same key", again.MerchantPrivateKey, s.MerchantPrivateKey)
	want(t, "the same public key", again.AlipayPublicKey, s.AlipayPublicKey)

	check(t, os.WriteFile(filepath.Join(dir, "keys", alipayPrivateFile), []byte("garbage"), 0o600))
	if _, err := New(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), alipayPrivateFile) {
		t.Errorf("a broken key: got %v", err)
	}
	check(t, os.Remove(filepath.Join(dir, "keys", alipayPrivateFile)))
	if _, err := New(Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a missing key: got %v", err)
	}
}

// asJSON makes two truths comparable.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	check(t, err)
	return string(raw)
}

func TestTheTruthSurvivesARestart(t *testing.T) {
	c := newClock()
	o := Options{Dir: t.TempDir(), Clock: c.now, Password: 8 * time.Second}
	l := startTill(t, o)
	paid, waiting, shown := l.paidOrder("10.00"), l.orderNo(), l.orderNo()
	spent := l.FreshCode(13)
	want(t, "waiting", l.payWith(waiting, "5.00", spent).String(), "10003")
	want(t, "first cancel", l.cancelNo(waiting).String(), "20000 aop.ACQ.SYSTEM_ERROR")
	text := l.showQR(shown, "7.00").text("qr_code")
	l.refundNo(paid, "2.50", "R1")
	password := l.orderNo()
	l.payWith(password, "6.00", l.FreshCode(2))
	l.queryNo(password)
	before := asJSON(t, l.Truth())
	check(t, l.Close())

	n := l.n
	l = startTill(t, o)
	l.n = n
	want(t, "truth", asJSON(t, l.Truth()), before)
	want(t, "paid", l.queryNo(paid).text("trade_status"), "TRADE_SUCCESS")
	want(t, "the refund again", l.refundNo(paid, "2.50", "R1").text("fund_change"), "N")
	want(t, "second cancel", l.cancelNo(waiting).String(), "40004 AQC.SYSTEM_ERROR")
	want(t, "third cancel", l.cancelNo(waiting).text("action"), "close")
	want(t, "a spent code", l.payWith(l.orderNo(), "5.00", spent).String(), "40004 ACQ.PAYMENT_AUTH_CODE_INVALID")
	want(t, "an order number", l.payWith(paid, "10.00", l.FreshCode(1)).String(), "40004 ACQ.TRADE_HAS_SUCCESS")
	check(t, l.ScanQR(text, 1))
	want(t, "second query", l.queryNo(password).text("trade_status"), "WAIT_BUYER_PAY")
	check(t, l.Close())
	c.pass(8 * time.Second) // while it is down

	l = startTill(t, o)
	l.wantTruth(password, Paid, 600, 0)
	l.wantTruth(shown, Paid, 700, 0)
	l.wantTruth(paid, Paid, 1000, 250)
	l.wantTruth(waiting, Closed, 0, 0)
	raw, err := os.ReadFile(filepath.Join(o.Dir, "book.jsonl"))
	check(t, err)
	if bytes.Contains(raw, []byte(spent)) {
		t.Error("a pay code is written down")
	}
}

func openTestBook(t *testing.T, path string) (*book, error) {
	t.Helper()
	return openBook(path, time.Now, zeros{})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func someOrder(no string) order {
	return order{No: no, Channel: payment.Alipay, Method: payment.MethodCode, Amount: 100, State: Waiting, Expires: time.Now().Add(time.Hour)}
}

func TestABookThatWasCutOffLosesOnlyTheLineThatNobodyWasToldOf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.jsonl")
	b, err := openTestBook(t, path)
	check(t, err)
	for _, no := range []string{"A", "B"} {
		check(t, b.change(func(p *page) { p.save(someOrder(no)) }))
	}
	check(t, b.close())
	whole, err := os.ReadFile(path)
	check(t, err)
	second := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	for cut := second; cut < len(whole); cut += 7 {
		check(t, os.WriteFile(path, whole[:cut], 0o600))
		b, err := openTestBook(t, path)
		check(t, err)
		want(t, "orders", len(b.orders), 1)
		check(t, b.change(func(p *page) { p.save(someOrder("C")) }))
		check(t, b.close())
		b, err = openTestBook(t, path)
		check(t, err)
		want(t, "orders after writing on", len(b.orders), 2)
		check(t, b.close())
	}

	for name, broken := range map[string]string{
		"damage in the middle": strings.Replace(string(whole), `"amount":100`, `"amount":1x0`, 1),
		"impossible order":     strings.Replace(string(whole), `"charged":0`, `"charged":1`, 1),
		"another file":         "hello\n",
	} {
		check(t, os.WriteFile(path, []byte(broken), 0o600))
		if _, err := openTestBook(t, path); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestABookOfMostlyHistoryIsWrittenAfresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.jsonl")
	var raw bytes.Buffer
	raw.WriteString(journalHeading)
	o := someOrder("A")
	for o.Queries = range 1500 {
		check(t, writeLines(&raw, []order{o}))
	}
	check(t, os.WriteFile(path, raw.Bytes(), 0o600))
	b, err := openTestBook(t, path)
	check(t, err)
	want(t, "the last one counts", b.orders["A"].Queries, 1499)
	check(t, b.close())
	after, err := os.ReadFile(path)
	check(t, err)
	want(t, "lines", bytes.Count(after, []byte("\n")), 2)
}

func TestAWriteThatFailedHalfwayIsCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.jsonl")
	b, err := openTestBook(t, path)
	check(t, err)
	check(t, b.change(func(p *page) { p.save(someOrder("A")) }))
	_, err = b.file.f.WriteAt(bytes.Repeat([]byte("x"), 5000), b.file.size) // what a full disk leaves
	check(t, err)
	b.file.torn = true
	check(t, b.change(func(p *page) { p.save(someOrder("B")) }))
	check(t, b.close())
	b, err = openTestBook(t, path)
	check(t, err)
	want(t, "orders", len(b.orders), 2)
	check(t, b.close())
}

func TestWhatCannotBeWrittenDidNotHappen(t *testing.T) {
	l := startTill(t, Options{Dir: t.TempDir()})
	first := l.paidOrder("1.00")
	check(t, l.book.file.f.Close()) // the disk is gone
	no := l.orderNo()
	want(t, "pay", l.payWith(no, "1.00", l.FreshCode(1)).String(), "20000 isp.unknow-error")
	l.wantTruth(no, "", 0, 0)
	l.wantTruth(first, Paid, 100, 0)
	want(t, "sum", l.Truth().Charged, 100)
}
