package paysim

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"

	sdk "github.com/smartwalle/alipay/v3"
)

// seen folds what the library hands out for one call into one word, the way a
// till has to.
func seen(code sdk.Code, subCode string, err error) string {
	var e *sdk.Error
	switch {
	case errors.As(err, &e):
		return "unsigned " + string(e.Code) + " " + e.SubCode
	case err != nil && strings.Contains(err.Error(), "verification error"):
		return "not to be believed"
	case err != nil:
		return "no answer"
	}
	return strings.TrimSpace(string(code) + " " + subCode)
}

func sdkPay(c *sdk.Client, no, amount, code string) string {
	p := sdk.NewPayload("alipay.trade.pay")
	for k, v := range payBiz(no, amount, code) {
		p.AddBizField(k, v)
	}
	var rsp sdk.TradePayRsp
	err := c.Request(context.Background(), p, &rsp)
	return seen(rsp.Code, rsp.SubCode, err)
}

func sdkQuery(c *sdk.Client, no string) string {
	rsp, err := c.TradeQuery(context.Background(), sdk.TradeQuery{OutTradeNo: no})
	if err != nil {
		return seen("", "", err)
	}
	return strings.TrimSpace(seen(rsp.Code, rsp.SubCode, nil) + " " + string(rsp.TradeStatus))
}

func sdkCancel(c *sdk.Client, no string) string {
	p := sdk.NewPayload("alipay.trade.cancel").AddBizField("out_trade_no", no)
	var rsp sdk.TradeCancelRsp
	err := c.Request(context.Background(), p, &rsp)
	return strings.TrimSpace(seen(rsp.Code, rsp.SubCode, err) + " " + rsp.Action + " " + rsp.RetryFlag)
}

// Every test code, driven by the library that tills use: what comes of the
// pay call, of a query after it, and of up to three cancels when it still waits.
func TestEveryTestCodeThroughTheLibrary(t *testing.T) {
	const notThere, ok, waits, gone = "40004 ACQ.TRADE_NOT_EXIST", "10000 TRADE_SUCCESS", "10000 WAIT_BUYER_PAY", "10000 TRADE_CLOSED"
	for _, c := range []struct {
		number  int
		pay     string
		query   string
		cancels []string
		last    string // query after the cancels
		state   State
	}{
		{1, "10000", ok, nil, ok, Paid},
		{2, "10003", waits, nil, waits, Waiting},
		{3, "10003", waits, []string{"10000 close N"}, gone, Closed},
		{4, "40004 ACQ.BUYER_BALANCE_NOT_ENOUGH", notThere, nil, notThere, ""},
		{5, "40004 ACQ.PAYMENT_AUTH_CODE_INVALID", notThere, nil, notThere, ""},
		{6, "no answer", ok, nil, ok, Paid},
		{7, "20000 aop.ACQ.SYSTEM_ERROR", ok, nil, ok, Paid},
		{8, "40004 ACQ.SYSTEM_ERROR", notThere, []string{"10000  N"}, notThere, ""},
		{9, "no answer", ok, nil, ok, Paid},
		{10, "not to be believed", ok, nil, ok, Paid},
		{11, "10000", ok, nil, ok, Paid},
		{12, "10003", waits, []string{"10000 refund N"}, gone, Reversed},
		{13, "10003", waits, []string{"20000 aop.ACQ.SYSTEM_ERROR  Y", "40004 AQC.SYSTEM_ERROR  Y", "10000 close N"}, gone, Closed},
		{14, "10000", ok, nil, ok, Paid},
		{15, "10000", ok, nil, ok, Paid},
		{77, "10000", ok, nil, ok, Paid},
	} {
		t.Run(string(rune('0'+c.number/10))+string(rune('0'+c.number%10)), func(t *testing.T) {
			t.Parallel()
			s := startSim(t, Options{Slow: 20 * time.Millisecond, Password: time.Hour})
			till := client(t, s)
			const no = "FD01261121143000000001001"
			want(t, "pay", sdkPay(till, no, "12.50", s.FreshCode(c.number)), c.pay)
			want(t, "query", sdkQuery(till, no), c.query)
			for _, answer := range c.cancels {
				want(t, "cancel", sdkCancel(till, no), answer)
			}
			want(t, "last query", sdkQuery(till, no), c.last)
			o, kept := s.Truth().Orders[no], s.Truth().Net() > 0
			want(t, "state", o.State, c.state)
			if c.number <= len(Scenarios) && c.state != Waiting {
				want(t, "kept, as the table says", kept, Scenarios[c.number-1].Kept)
			}
		})
	}
}

// The library's own structs send empty fields. A till that uses them for these
// calls is told so.
func TestTheLibrarysOwnStructsSendEmptyFields(t *testing.T) {
	s := startSim(t, Options{})
	till, ctx := client(t, s), context.Background()
	pay := sdk.TradePay{Scene: "bar_code", AuthCode: s.FreshCode(1)}
	pay.OutTradeNo, pay.TotalAmount, pay.Subject, pay.ProductCode = "FD1", "1.00", "咖啡", "FACE_TO_FACE_PAYMENT"
	rsp, err := till.TradePay(ctx, pay)
	check(t, err)
	want(t, "pay", rsp.SubCode+" "+rsp.SubMsg, "ACQ.INVALID_PARAMETER 参数无效：buyer_id 为空")
	cancel, err := till.TradeCancel(ctx, sdk.TradeCancel{OutTradeNo: "FD1"})
	check(t, err)
	want(t, "cancel", cancel.SubCode+" "+cancel.SubMsg, "ACQ.INVALID_PARAMETER 参数无效：trade_no 为空")
	want(t, "charged", s.Truth().Charged, 0)
}

func TestRefundsAndQRThroughTheLibrary(t *testing.T) {
	s := startSim(t, Options{})
	till, ctx := client(t, s), context.Background()
	p := sdk.NewPayload("alipay.trade.precreate").AddBizField("out_trade_no", "FD1").AddBizField("total_amount", "10.00").AddBizField("subject", "咖啡")
	var qr sdk.TradePreCreateRsp
	check(t, till.Request(ctx, p, &qr))
	check(t, s.ScanQR(qr.QRCode, 1))
	want(t, "query", sdkQuery(till, "FD1"), "10000 TRADE_SUCCESS")

	refund, err := till.TradeRefund(ctx, sdk.TradeRefund{OutTradeNo: "FD1", RefundAmount: "4.00", RefundReason: "退货", OutRequestNo: "R1"})
	check(t, err)
	want(t, "refund", refund.FundChange+" "+refund.RefundFee, "Y 4.00")
	found, err := till.TradeFastPayRefundQuery(ctx, sdk.TradeFastPayRefundQuery{OutTradeNo: "FD1", OutRequestNo: "R1"})
	check(t, err)
	want(t, "refund query", found.RefundStatus+" "+found.RefundAmount, "REFUND_SUCCESS 4.00")
	closed, err := till.TradeClose(ctx, sdk.TradeClose{OutTradeNo: "FD1"})
	check(t, err)
	want(t, "close", closed.SubCode, "ACQ.TRADE_STATUS_ERROR")
	want(t, "net", s.Truth().Net(), 600)
}

func TestALibraryWithTheWrongKeysFindsOut(t *testing.T) {
	s := startSim(t, Options{})
	other, err := NewKeys()
	check(t, err)
	ownPrivate, err := privatePEM(other.merchant)
	check(t, err)
	c, err := sdk.New(s.AppID, ownPrivate, false, sdk.WithSandboxGateway(s.URL()), sdk.WithTimeLocation(payment.Beijing))
	check(t, err)
	check(t, c.LoadAliPayPublicKey(s.AlipayPublicKey))
	want(t, "wrong private key", sdkQuery(c, "FD1"), "40002 isv.invalid-signature")

	c = client(t, s)
	public, err := publicPEM(s.keys.merchant)
	check(t, err)
	check(t, c.LoadAliPayPublicKey(public)) // the usual mistake: one's own public key
	want(t, "wrong public key", sdkQuery(c, "FD1"), "not to be believed")

	c, err = sdk.New("9021000100000002", s.MerchantPrivateKey, false, sdk.WithSandboxGateway(s.URL()))
	check(t, err)
	check(t, c.LoadAliPayPublicKey(s.AlipayPublicKey))
	want(t, "wrong application", sdkQuery(c, "FD1"), "unsigned 40002 isv.invalid-app-id")
}

// docs/test-codes.md says what the tables and their words say.
func TestTheDocumentOfTestCodesIsComplete(t *testing.T) {
	raw, err := os.ReadFile("../../docs/test-codes.md")
	check(t, err)
	doc := strings.ReplaceAll(string(raw), "\r\n", "\n")
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		w := lang.Load(l)
		for _, s := range Scenarios {
			row := fmt.Sprintf("\n| %02d | %s | %s |\n", s.Number, w.T(s.Key), w.T(s.Key+".expect"))
			if !strings.Contains(doc, row) {
				t.Errorf("no row %s", strings.TrimSpace(row))
			}
			row = fmt.Sprintf("\n| %02d | %s | %s |\n", s.Number, w.T(s.Hold), w.T(s.Hold+".expect"))
			if !strings.Contains(doc, row) {
				t.Errorf("no row %s", strings.TrimSpace(row))
			}
		}
		for _, r := range RefundCases {
			if row := fmt.Sprintf("\n| %d | %s |\n", r.Digit, w.T(r.Key)); !strings.Contains(doc, row) {
				t.Errorf("no row %s", strings.TrimSpace(row))
			}
		}
		for _, c := range append(CaptureCases, ReleaseCases...) {
			if row := fmt.Sprintf("\n| %d | %s |\n", c.Digit, w.T(c.Key)); !strings.Contains(doc, row) {
				t.Errorf("no row %s", strings.TrimSpace(row))
			}
		}
	}
}

func TestTheTablesAreInOrderAndHaveWords(t *testing.T) {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		w := lang.Load(l)
		keys := []string{
			"sim.scenario.other", "sim.scenario.other.expect", "sim.refund.other",
			"sim.hold.other", "sim.hold.other.expect", "sim.step.capture.other", "sim.step.release.other",
		}
		for i, s := range Scenarios {
			want(t, "number", s.Number, i+1)
			want(t, "the same number for holds", s.Hold, fmt.Sprintf("sim.hold.%02d", s.Number))
			keys = append(keys, s.Key, s.Key+".expect", s.Hold, s.Hold+".expect")
		}
		for i, r := range RefundCases {
			want(t, "digit", r.Digit, i+1)
			keys = append(keys, r.Key)
		}
		for _, cases := range [][]StepCase{CaptureCases, ReleaseCases} {
			for i, c := range cases {
				want(t, "digit", c.Digit, i+1)
				keys = append(keys, c.Key)
			}
		}
		for _, k := range keys {
			if !w.Has(k) {
				t.Errorf("%s has no word for %s", l, k)
			}
		}
	}
}
