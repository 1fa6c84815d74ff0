package paysim

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	sdk "github.com/smartwalle/alipay/v3"
)

func sdkFreeze(c *sdk.Client, no, amount, code string) string {
	rsp, err := c.FundAuthOrderFreeze(context.Background(), sdk.FundAuthOrderFreeze{
		OutOrderNo: no, OutRequestNo: no, OrderTitle: "客房押金", Amount: amount, ProductCode: "PRE_AUTH", AuthCode: code, AuthCodeType: "bar_code",
	})
	if err != nil {
		return seen("", "", err)
	}
	return strings.TrimSpace(seen(rsp.Code, rsp.SubCode, nil) + " " + rsp.Status)
}

// sdkDetail asks by the merchant's numbers alone, for which the library's own
// struct is of no use: it sends the others empty.
func sdkDetail(c *sdk.Client, no, request string) string {
	p := sdk.NewPayload("alipay.fund.auth.operation.detail.query").AddBizField("out_order_no", no).AddBizField("out_request_no", request)
	var rsp sdk.FundAuthOperationDetailQueryRsp
	err := c.Request(context.Background(), p, &rsp)
	return strings.TrimSpace(seen(rsp.Code, rsp.SubCode, err) + " " + string(rsp.OrderStatus) + " " + rsp.Status)
}

func sdkCancelHold(c *sdk.Client, no string) string {
	rsp, err := c.FundAuthOperationCancel(context.Background(), sdk.FundAuthOperationCancel{OutOrderNo: no, OutRequestNo: no, Remark: "撤销"})
	if err != nil {
		return seen("", "", err)
	}
	return strings.TrimSpace(seen(rsp.Code, rsp.SubCode, nil) + " " + rsp.Action)
}

// Every test code on a hold, driven by the library that tills use.
func TestEveryTestCodeHoldsThroughTheLibrary(t *testing.T) {
	const notThere, ok, waits = "40004 AUTH_ORDER_NOT_EXIST", "10000 AUTHORIZED SUCCESS", "10000 INIT INIT"
	const gone, freed = "10000 CLOSED CLOSED", "10000 CLOSED SUCCESS"
	for _, c := range []struct {
		number  int
		freeze  string
		query   string
		cancels []string
		last    string // query after the cancels
		state   State
	}{
		{1, "10000 SUCCESS", ok, nil, ok, Held},
		{2, "10000 INIT", waits, nil, waits, Waiting},
		{3, "10003 INIT", waits, []string{"10000 close"}, gone, Closed},
		{4, "40004 MONEY_NOT_ENOUGH", notThere, nil, notThere, ""},
		{5, "40004 PAYMENT_AUTH_CODE_INVALID", notThere, nil, notThere, ""},
		{6, "no answer", ok, nil, ok, Held},
		{7, "20000 aop.unknow-error", ok, nil, ok, Held},
		{8, "40004 SYSTEM_ERROR", notThere, []string{"40004 AUTH_ORDER_NOT_EXIST"}, notThere, ""},
		{9, "no answer", ok, nil, ok, Held},
		{10, "not to be believed", ok, nil, ok, Held},
		{11, "10000 SUCCESS", ok, nil, ok, Held},
		{12, "10000 INIT", waits, []string{"10000 unfreeze"}, freed, Released},
		{13, "10003 INIT", waits, []string{"20000 aop.unknow-error", "40004 SYSTEM_ERROR", "10000 close"}, gone, Closed},
		{14, "10000 SUCCESS", ok, nil, ok, Held},
		{77, "10000 SUCCESS", ok, nil, ok, Held},
	} {
		t.Run(fmt.Sprintf("%02d", c.number), func(t *testing.T) {
			t.Parallel()
			s := startSim(t, Options{Slow: 20 * time.Millisecond, Password: time.Hour})
			till := client(t, s)
			const no = "FD01261121143000000001001"
			want(t, "freeze", sdkFreeze(till, no, "500.00", s.FreshCode(c.number)), c.freeze)
			want(t, "query", sdkDetail(till, no, no), c.query)
			for _, answer := range c.cancels {
				want(t, "cancel", sdkCancelHold(till, no), answer)
			}
			want(t, "last query", sdkDetail(till, no, no), c.last)
			h, kept := s.Truth().Holds[no], s.Truth().Rest() > 0
			want(t, "state", h.State, c.state)
			want(t, "charged", s.Truth().Charged, 0)
			if c.number <= len(Scenarios) && c.state != Waiting {
				want(t, "kept, as the table says", kept, Scenarios[c.number-1].Kept)
			}
		})
	}
}

func TestADepositFromQRToCheckOutThroughTheLibrary(t *testing.T) {
	s := startSim(t, Options{})
	till, ctx := client(t, s), context.Background()
	qr, err := till.FundAuthOrderVoucherCreate(ctx, sdk.FundAuthOrderVoucherCreate{
		OutOrderNo: "FD1", OutRequestNo: "Q1", OrderTitle: "客房押金", Amount: "500.00", ProductCode: "PRE_AUTH", PayeeUserId: s.SellerID, PayTimeout: "2m",
	})
	check(t, err)
	check(t, s.ScanQR(qr.CodeValue, 1))
	h := s.Truth().Holds["FD1"]
	freed, err := till.FundAuthOrderUnfreeze(ctx, sdk.FundAuthOrderUnfreeze{AuthNo: h.AuthNo, OutRequestNo: "U1", Amount: "100.00", Remark: "退还押金"})
	check(t, err)
	want(t, "release", freed.Status+" "+freed.Amount, "SUCCESS 100.00")

	pay := sdk.NewPayload("alipay.trade.pay").AddBizField("out_trade_no", "FD2").AddBizField("total_amount", "138.00").AddBizField("subject", "房费").
		AddBizField("product_code", "PRE_AUTH").AddBizField("auth_no", h.AuthNo).AddBizField("auth_confirm_mode", "COMPLETE").
		AddBizField("buyer_id", phone.UserID).AddBizField("seller_id", s.SellerID)
	var paid sdk.TradePayRsp
	check(t, till.Request(ctx, pay, &paid))
	want(t, "capture", string(paid.Code)+" "+paid.TotalAmount+" "+paid.BuyerUserId, "10000 138.00 "+phone.UserID)
	want(t, "trade", sdkQuery(till, "FD2"), "10000 TRADE_SUCCESS")

	// With Alipay's own numbers the library's struct is in order too.
	all, err := till.FundAuthOperationDetailQuery(ctx, sdk.FundAuthOperationDetailQuery{
		AuthNo: h.AuthNo, OutOrderNo: "FD1", OperationId: freed.OperationId, OutRequestNo: "U1",
	})
	check(t, err)
	want(t, "query", fmt.Sprint(all.OrderStatus, all.OperationType, all.TotalFreezeAmount, all.TotalPayAmount, all.RestAmount), "FINISHUNFREEZE500.00138.000.00")
	refund, err := till.TradeRefund(ctx, sdk.TradeRefund{OutTradeNo: "FD2", RefundAmount: "38.00", RefundReason: "退房费", OutRequestNo: "R1"})
	check(t, err)
	want(t, "refund", refund.FundChange, "Y")
	want(t, "net", s.Truth().Net(), 10000)
}

func TestTheLibrarysQueryOfAHoldSendsEmptyFields(t *testing.T) {
	s := startSim(t, Options{})
	rsp, err := client(t, s).FundAuthOperationDetailQuery(context.Background(), sdk.FundAuthOperationDetailQuery{OutOrderNo: "FD1", OutRequestNo: "FD1"})
	check(t, err)
	want(t, "answer", rsp.SubCode+" "+rsp.SubMsg, "ILLEGAL_ARGUMENT 参数有误：auth_no 为空")
}

// The fund interfaces' sub codes carry no prefix, and the library's errors for
// them are the same kind as ever.
func TestAnUnsignedRefusalOfAHold(t *testing.T) {
	s := startSim(t, Options{})
	s.SetFault(func(string, int) Fault { return Fault{Kind: Unsigned} })
	_, err := client(t, s).FundAuthOrderFreeze(context.Background(), sdk.FundAuthOrderFreeze{OutOrderNo: "FD1"})
	var e *sdk.Error
	if !errors.As(err, &e) || e.SubCode != "ILLEGAL_ARGUMENT" {
		t.Errorf("got %v", err)
	}
}
