package alipay_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

const (
	methodFreeze    = "alipay.fund.auth.order.freeze"
	methodVoucher   = "alipay.fund.auth.order.voucher.create"
	methodDetail    = "alipay.fund.auth.operation.detail.query"
	methodHoldUndo  = "alipay.fund.auth.operation.cancel"
	methodUnfreeze  = "alipay.fund.auth.order.unfreeze"
	methodTradePay  = "alipay.trade.pay"
	methodTradeFind = "alipay.trade.query"
)

// What every test holds, captures (the order and the price of the other tests)
// and gives free.
const (
	depositNo = "FD01261118221543006100001"
	holdNo    = depositNo + "H001"
	releaseNo = depositNo + "R001"
	authNo    = "2026111810002001650500000001"
	holdID    = "20261118000000650500000001"
	payerID   = "2088000000000009"

	deposit = payment.Amount(500_00)
	free    = payment.Amount(371_50)
)

var (
	theHold  = payment.Hold{OutOrderNo: depositNo, RequestNo: holdNo, Amount: deposit}
	heldHold = payment.Hold{OutOrderNo: depositNo, RequestNo: holdNo, AuthNo: authNo, HoldID: holdID, PayerID: payerID, Amount: deposit}
)

func holdRequest() payment.HoldRequest {
	return payment.HoldRequest{Hold: theHold, Code: payCode, Subject: "Room 1203", ReceiptNo: "01006100", Expires: 2 * time.Minute}
}

func captureRequest() payment.CaptureRequest {
	return payment.CaptureRequest{Hold: heldHold, OutTradeNo: orderNo, Capture: price, ReleaseRest: true, Subject: "Room 1203", ReceiptNo: "01006128"}
}

func releaseRequest() payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: heldHold, ReleaseNo: releaseNo, Release: free, Reason: "checked out"}
}

// The beginning of every answer about the deposit, and of one of its requests.
const (
	heldIDs     = `"auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","operation_id":"` + holdID + `","out_request_no":"` + holdNo + `"`
	heldPayer   = `"payer_user_id":"` + payerID + `","payer_logon_id":"159****5620"`
	heldAnswer  = heldIDs + `,` + heldPayer + `,"amount":"500.00"`
	releasedIDs = `"auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","operation_id":"20261121000000650500000002","out_request_no":"` + releaseNo + `"`
)

// detail is an answer of the query about the freeze.
func detail(status, order, more string) string {
	return `{"code":"10000","msg":"Success",` + heldAnswer + `,"operation_type":"FREEZE","status":"` + status + `","order_status":"` + order + `"` + more + `}`
}

func sums(rest, captured string) string {
	return `,"total_freeze_amount":"500.00","rest_amount":"` + rest + `","total_pay_amount":"` + captured + `"`
}

// The query's answers, as the refusals of other methods meet them.
var (
	detailHeld     = detail("SUCCESS", "AUTHORIZED", sums("500.00", "0.00")+`,"gmt_trans":"2026-11-18 22:15:43"`)
	detailWaiting  = detail("INIT", "INIT", sums("0.00", "0.00"))
	detailClosed   = detail("CLOSED", "CLOSED", sums("0.00", "0.00"))
	detailReleased = detail("SUCCESS", "CLOSED", sums("0.00", "0.00")+`,"gmt_trans":"2026-11-18 22:15:43"`)
	detailUsed     = detail("SUCCESS", "FINISH", sums("0.00", "128.50"))
	noDeposit      = `{"code":"40004","msg":"Business Failed","sub_code":"AUTH_ORDER_NOT_EXIST","sub_msg":"…"}`
	noOperation    = `{"code":"40004","msg":"Business Failed","sub_code":"AUTH_OPERATION_NOT_EXIST","sub_msg":"…"}`
	unavailable    = `{"code":"20000","msg":"Service Currently Unavailable","sub_code":"isp.unknow-error"}`
)

// yesToHold is a yes to this request about a deposit.
func yesToHold(r request) string {
	number, _ := r.Biz["out_request_no"].(string)
	amount := "500.00"
	if number == releaseNo {
		amount = "371.50"
	}
	return `{"code":"10000","msg":"Success","auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","out_request_no":"` + number + `","operation_id":"` + holdID + `",` +
		heldPayer + `,"amount":"` + amount + `","status":"SUCCESS","order_status":"AUTHORIZED"` + sums("500.00", "0.00") +
		`,"action":"unfreeze","code_value":"https://qr.alipay.com/fpa000000001","gmt_trans":"2026-11-18 22:15:43"}`
}

// fundRefusal is a signed refusal of a fund method, without a prefix.
func fundRefusal(code, sub string) string {
	return `{"code":"` + code + `","msg":"Business Failed","sub_code":"` + sub + `","sub_msg":"…","out_order_no":"` + depositNo + `","amount":"0.00"}`
}

// script makes a gateway that answers each method with the nodes that stand
// there, one after the other, signed. The test fails when another is asked.
func script(t *testing.T, nodes map[string][]string) *gateway {
	t.Helper()
	var mu sync.Mutex
	next := map[string]int{}
	return newGateway(t, func(w http.ResponseWriter, r request) {
		mu.Lock()
		i := next[r.Method]
		next[r.Method]++
		mu.Unlock()
		if i >= len(nodes[r.Method]) {
			t.Errorf("%s was asked %d times", r.Method, i+1)
			return
		}
		node := nodes[r.Method][i]
		fmt.Fprint(w, envelope(r.Method, node, keys().alipay, node))
	})
}

// methods are what was asked, in order.
func (g *gateway) methods() []string {
	var all []string
	for _, r := range g.sent() {
		all = append(all, r.Method)
	}
	return all
}

// holdTest is one signed answer about a deposit and what it means. query is
// what the detail query answers where it is asked in the same call.
type holdTest struct {
	name   string
	node   string
	query  string // empty where the query must not be asked
	result payment.Result
	reason payment.Reason
	code   string
}

// openHolds leave open what happened, whatever was asked.
var openHolds = []holdTest{
	{"service unavailable", unavailable, "", payment.Unknown, "", "isp.unknow-error"},
	{"system error", fundRefusal("40004", "SYSTEM_ERROR"), "", payment.Unknown, "", "SYSTEM_ERROR"},
	{"system error with a prefix", fundRefusal("40004", "AQC.SYSTEM_ERROR"), "", payment.Unknown, "", "AQC.SYSTEM_ERROR"},
	{"the same again, please", fundRefusal("40004", "ENTERPRISE_PAY_BIZ_ERROR"), "", payment.Unknown, "", "ENTERPRISE_PAY_BIZ_ERROR"},
	{"a refusal without a reason", `{"code":"40004","out_order_no":"` + depositNo + `"}`, "", payment.Unknown, "", "40004"},
	{"a code of the future", `{"code":"50000",` + heldAnswer + `,"status":"SUCCESS","order_status":"AUTHORIZED","action":"close"}`, "", payment.Unknown, "", "50000"},
	{"no code", `{` + heldAnswer + `,"status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"an empty answer", `{}`, "", payment.Unknown, "", ""},
	{"null", `null`, "", payment.Unknown, "", ""},
	{"success for another deposit", `{"code":"10000","auth_no":"` + authNo + `","out_order_no":"FD01261118221543006100002","out_request_no":"` + holdNo +
		`","amount":"500.00","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"success for another request", `{"code":"10000","auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","out_request_no":"` + releaseNo +
		`","amount":"500.00","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"success for another amount", `{"code":"10000",` + heldIDs + `,"amount":"50.00","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"success for no amount at all", `{"code":"10000",` + heldIDs + `,"amount":"much","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"success for no deposit", `{"code":"10000","auth_no":"` + authNo + `","out_request_no":"` + holdNo + `","amount":"500.00","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"success for no request", `{"code":"10000","auth_no":"` + authNo + `","out_order_no":"` + depositNo + `","amount":"500.00","status":"SUCCESS","order_status":"AUTHORIZED","action":"close","code_value":"x"}`, "", payment.Unknown, "", ""},
	{"refusal of another deposit", `{"code":"40004","sub_code":"MONEY_NOT_ENOUGH","out_order_no":"FD01261118221543006100002"}`, "", payment.Unknown, "", "MONEY_NOT_ENOUGH"},
}

// turnedAwayHolds are refusals of the gateway itself: nothing was processed.
func turnedAwayHolds(result payment.Result) (all []holdTest) {
	for _, tt := range turnedAway {
		all = append(all, holdTest{tt.name, tt.node, "", result, tt.reason, tt.code})
	}
	return all
}

// runHolds tells each answer to a fresh gateway, asks, and compares.
func runHolds(t *testing.T, method string, ask func(context.Context, *alipay.Channel) payment.HoldOutcome, tables ...[]holdTest) {
	t.Helper()
	for _, table := range tables {
		for _, tt := range table {
			t.Run(tt.name, func(t *testing.T) {
				nodes := map[string][]string{method: {tt.node}}
				want := 1
				if tt.query != "" {
					nodes[methodDetail] = append(nodes[methodDetail], tt.query)
					want = 2
				}
				g := script(t, nodes)
				out := ask(t.Context(), newChannel(t, config(g.URL)))
				if out.Result != tt.result || out.Reason != tt.reason || out.Code != tt.code {
					t.Errorf("%s\ngot  %s, reason %q, code %q (%v)\nwant %s, reason %q, code %q",
						tt.node, out.Result, out.Reason, out.Code, out.Detail, tt.result, tt.reason, tt.code)
				}
				if (out.Detail != nil) != (out.Result == payment.Unknown) {
					t.Errorf("%s with the detail %v", out.Result, out.Detail)
				}
				if out.Result == payment.Held && out.AuthNo == "" {
					t.Error("held, and nobody knows under which number")
				}
				if out.Known && out.Result != payment.Held && out.Result != payment.Released {
					t.Errorf("%s with sums", out.Result)
				}
				if got := g.methods(); len(got) != want {
					t.Errorf("asked %q, want %d", got, want)
				}
			})
		}
	}
}
