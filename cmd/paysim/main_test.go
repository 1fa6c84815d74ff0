package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wechat"

	sdk "github.com/smartwalle/alipay/v3"
)

// A test of the real process runs this very binary once more.
func TestMain(m *testing.M) {
	if os.Getenv("PAYSIM_IS_THE_PROGRAM") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The program is started, configured as it says itself, sells, takes a deposit,
// and is stopped by a signal; started again it still knows both.
func TestAPersonCanUseItByWhatItPrints(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM there")
	}
	dir := filepath.Join(t.TempDir(), "a folder")
	for _, stop := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		p := exec.Command(os.Args[0], "--listen", "127.0.0.1:0", "--dir", dir, "--lang", "en")
		p.Env = append(os.Environ(), "PAYSIM_IS_THE_PROGRAM=1")
		var log bytes.Buffer
		p.Stderr = &log
		out, err := p.StdoutPipe()
		check(t, err)
		check(t, p.Start())
		t.Cleanup(func() { p.Process.Kill() })
		lines := bufio.NewReader(out)
		text := ""
		for !strings.Contains(text, "Ctrl+C") {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("it ended early: %v\n%s%s", err, text, &log)
			}
			text += line
		}
		sellOnce(t, text)
		holdOnce(t, text)
		sellThrough(t, text, wechatTill(t, text), payment.WalletWeChat, `13\d{16}`)
		sellThrough(t, text, cloudTill(t, text), payment.WalletUnionPay, `62\d{17}`)
		check(t, p.Process.Signal(stop))
		rest, err := io.ReadAll(lines)
		check(t, err)
		if err := p.Wait(); err != nil || !strings.Contains(string(rest), "Stopped.") {
			t.Errorf("after %v: %v, %q", stop, err, rest)
		}
		if strings.Contains(log.String(), codeIn(t, text, "06")) || !strings.Contains(log.String(), "method=alipay.trade.pay") {
			t.Errorf("the log: %s", &log)
		}
	}
}

// printed is a value of the printed configuration; a file is read.
func printed(t *testing.T, text, key string) string {
	t.Helper()
	m := regexp.MustCompile(`frontdeskctl config set ` + regexp.QuoteMeta(key) + ` '?([^'\n]+)'?\n`).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no line for %s in:\n%s", key, text)
	}
	if path, isFile := strings.CutPrefix(m[1], "@"); isFile {
		raw, err := os.ReadFile(path)
		check(t, err)
		return string(raw)
	}
	return m[1]
}

func codeIn(t *testing.T, text, number string) string {
	t.Helper()
	m := regexp.MustCompile(`\n  ` + number + `  (28\d{16})  `).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no code %s in:\n%s", number, text)
	}
	return m[1]
}

// client is the till that the printed configuration makes.
func client(t *testing.T, text string) *sdk.Client {
	t.Helper()
	c, err := sdk.New(printed(t, text, "alipay.app_id"), printed(t, text, "alipay.private_key"), printed(t, text, "alipay.sandbox") != "true",
		sdk.WithSandboxGateway(printed(t, text, "alipay.gateway")), sdk.WithTimeLocation(payment.Beijing))
	check(t, err)
	check(t, c.LoadAliPayPublicKey(printed(t, text, "alipay.public_key")))
	return c
}

// sellOnce pays with code 06, whose reply is lost, and finds it paid in the
// truth; every run adds one sale of 1.00.
func sellOnce(t *testing.T, text string) {
	t.Helper()
	c := client(t, text)
	before := truth(t, text)
	no := "FD" + strconv.FormatInt(time.Now().UnixNano(), 10)
	p := sdk.NewPayload("alipay.trade.pay").AddBizField("out_trade_no", no).AddBizField("total_amount", "1.00").
		AddBizField("subject", "咖啡").AddBizField("auth_code", codeIn(t, text, "06")).AddBizField("seller_id", printed(t, text, "alipay.seller_id"))
	var rsp sdk.TradePayRsp
	if err := c.Request(context.Background(), p, &rsp); err == nil {
		t.Errorf("code 06 was answered: %v", rsp.Code)
	}
	q, err := c.TradeQuery(context.Background(), sdk.TradeQuery{OutTradeNo: no})
	check(t, err)
	if q.TradeStatus != "TRADE_SUCCESS" {
		t.Errorf("query: %+v", q)
	}
	if after := truth(t, text); after.Charged != before.Charged+100 || len(after.Orders) != len(before.Orders)+1 {
		t.Errorf("truth: %+v after %+v", after, before)
	}
}

// holdOnce holds 5.00 with the code 06 of the table of deposits, whose reply is
// lost, and finds it held in the truth.
func holdOnce(t *testing.T, text string) {
	t.Helper()
	_, deposits, found := strings.Cut(text, "\nDeposits (holds)")
	if !found || strings.Count(deposits, "The last digit (fen) of a ") != 2 {
		t.Fatalf("no deposits in:\n%s", text)
	}
	before := truth(t, text)
	no := "FD" + strconv.FormatInt(time.Now().UnixNano(), 10)
	_, err := client(t, text).FundAuthOrderFreeze(context.Background(), sdk.FundAuthOrderFreeze{
		AuthCode: codeIn(t, deposits, "06"), AuthCodeType: "bar_code", OutOrderNo: no, OutRequestNo: no, OrderTitle: "押金", Amount: "5.00",
		ProductCode: "PRE_AUTH", PayeeUserId: printed(t, text, "alipay.seller_id"),
	})
	if err == nil {
		t.Error("code 06 was answered")
	}
	if after := truth(t, text); after.Held != before.Held+500 || after.Holds[no].Rest != 500 {
		t.Errorf("truth: %+v after %+v", after, before)
	}
}

// The tills that the printed configuration makes of the other channels.

func wechatTill(t *testing.T, text string) payment.Channel {
	t.Helper()
	p := func(key string) string { return printed(t, text, "wechat."+key) }
	c, err := wechat.New(wechat.Config{
		AppID: p("app_id"), MchID: p("mch_id"), SubMchID: p("sub_mch_id"), PrivateKey: p("private_key"), MerchantCert: p("merchant_cert"),
		MerchantSerial: p("merchant_serial"), PublicKeyID: p("public_key_id"), PublicKey: p("public_key"), APIv3Key: p("apiv3_key"),
		APIv2Key: p("apiv2_key"), NotifyURL: p("notify_url"), Gateway: p("gateway"),
	})
	check(t, err)
	return c
}

func cloudTill(t *testing.T, text string) payment.Channel {
	t.Helper()
	p := func(key string) string { return printed(t, text, "cloudpay."+key) }
	platform, err := strconv.Atoi(p("unionpay_platform"))
	check(t, err)
	sub, err := strconv.Atoi(p("unionpay_sub_platform"))
	check(t, err)
	c, err := cloudpay.New(cloudpay.Config{
		OutMchID: p("out_mch_id"), OutSubMchID: p("out_sub_mch_id"), OutShopID: p("out_shop_id"), AuthKey: p("auth_key"), OrderPrefix: p("order_prefix"),
		MachineNo: p("machine_no"), DeviceID: p("device_id"), Hosts: []string{p("hosts")},
		Wallets: []payment.Wallet{payment.WalletUnionPay}, UnionPayPlatform: platform, UnionPaySubPlatform: sub,
	})
	check(t, err)
	return c
}

// sellThrough pays with the code 01 of a wallet that form describes.
func sellThrough(t *testing.T, text string, till payment.Channel, w payment.Wallet, form string) {
	t.Helper()
	code := regexp.MustCompile(`\n  01 .*(` + form + `)`).FindStringSubmatch(text)
	if code == nil {
		t.Fatalf("no code of %s in:\n%s", w, text)
	}
	prefix := ""
	if n, ok := till.(payment.Numbered); ok {
		prefix = n.OrderPrefix()
	}
	order := payment.Order{OutTradeNo: payment.NewNumber(prefix, payment.ReceiptNo(1, 1+time.Now().UnixMicro()%payment.MaxReceiptSeq), 1, time.Now()), Amount: 100, Wallet: w}
	out := till.Pay(t.Context(), payment.PayRequest{Order: order, Code: payment.PayCode(code[1]), Subject: "咖啡"})
	if out.Result != payment.Paid || truth(t, text).Orders[order.OutTradeNo].Charged != 100 {
		t.Errorf("%s: %+v", w, out)
	}
}

func truth(t *testing.T, text string) (tr paysim.Truth) {
	t.Helper()
	m := regexp.MustCompile(`curl '(\S+/control/truth)'`).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no truth in:\n%s", text)
	}
	r, err := http.Get(m[1])
	check(t, err)
	defer r.Body.Close()
	check(t, json.NewDecoder(r.Body).Decode(&tr))
	return tr
}

// What the till keeps secret goes through a file, and nothing is missing.
func TestTheConfigurationIsTheTills(t *testing.T) {
	sim, err := paysim.New(paysim.Options{CloudUnionPay: true})
	check(t, err)
	defer sim.Close()
	check(t, sim.Start("127.0.0.1:0"))
	for _, channel := range settings(sim) {
		for _, s := range channel {
			if s.secret != app.IsSecret(s.key) || s.value == "" {
				t.Errorf("%s: secret %v, empty %v", s.key, s.secret, s.value == "")
			}
		}
	}
}

func TestWrongFlagsExit2WithOneSentence(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ says, args string }{
		{"--dir", "--lang en"},
		{"--dir", ""},
		{"loopback", "--lang=en --listen :8900 --dir " + dir},
		{"loopback", "--lang=en --listen 0.0.0.0:0 --dir " + dir},
		{"127.0.0.1", "--listen 192.168.1.9:0 --dir " + dir},
		{"127.0.0.1", "--listen 127.0.0.1 --dir " + dir},
		{"-colour", "--colour --dir " + dir},
		{"slow", "--slow never --dir " + dir},
		{"slow", "--slow 0s --dir " + dir},
		{"lang", "--lang fr --dir " + dir},
		{"extra", "--dir " + dir + " extra"},
	} {
		var out, log bytes.Buffer
		code := run(context.Background(), strings.Fields(c.args), &out, &log)
		if code != exitUsage || out.Len() > 0 || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), c.says) {
			t.Errorf("%s: exit %d, printed %q, said %q", c.args, code, &out, &log)
		}
	}
}

func TestItSaysWhyItCannotStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	check(t, os.WriteFile(file, nil, 0o600))
	var out, log bytes.Buffer
	code := run(context.Background(), []string{"--dir", file, "--lang", "en"}, &out, &log)
	if code != exitStart || !strings.HasPrefix(log.String(), "Cannot start: ") {
		t.Errorf("exit %d, said %q", code, &log)
	}
}

func TestHelpIsNoMistake(t *testing.T) {
	var out, log bytes.Buffer
	if code := run(context.Background(), []string{"--help"}, &out, &log); code != exitOK || !strings.Contains(out.String(), "--dir") {
		t.Errorf("exit %d: %q %q", code, &out, &log)
	}
}

func TestEveryWordOfTheGuideIsThere(t *testing.T) {
	for _, l := range []string{"zh", "en"} {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var out, log bytes.Buffer
		if code := run(ctx, []string{"--listen", "127.0.0.1:0", "--dir", t.TempDir(), "--lang", l}, &out, &log); code != exitOK {
			t.Errorf("%s: exit %d: %s", l, code, &log)
		}
		if strings.ContainsAny(out.String()+log.String(), "⟨⟩{}") {
			t.Errorf("%s: %s%s", l, &out, &log)
		}
	}
}
