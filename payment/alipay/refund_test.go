package alipay_test

import (
	"fmt"
	"net/http"
	"testing"

	"frontdesk/payment"
)

const (
	methodRefund      = "alipay.trade.refund"
	methodRefundQuery = "alipay.trade.fastpay.refund.query"
)

func refunded(more string) string {
	return `{"code":"10000","msg":"Success","out_trade_no":"` + orderNo + `","buyer_logon_id":"159****5620"` + more + `}`
}

// The refund query's answers, as a refused refund meets them.
var (
	knownDone = refunded(`,"out_request_no":"` + refundNo + `","refund_amount":"28.50","refund_status":"REFUND_SUCCESS"`)
	knownNot  = `{"code":"10000","msg":"Success"}`
)

func TestWhatAnAnswerToARefundMeans(t *testing.T) {
	tests := []struct {
		name   string
		node   string // the refund's answer
		query  string // the refund query's, empty where none may be sent
		state  payment.RefundState
		reason payment.Reason
		code   string
	}{
		{"money moved", refunded(`,"fund_change":"Y","refund_fee":"28.50"`), "", payment.RefundDone, "", ""},
		{"money moved, with earlier refunds", refunded(`,"fund_change":"Y","refund_fee":"100.00"`), "", payment.RefundDone, "", ""},
		{"money moved, less than asked", refunded(`,"fund_change":"Y","refund_fee":"2.85"`), "", payment.RefundUnknown, "", ""},
		{"money moved, a sum that is none", refunded(`,"fund_change":"Y","refund_fee":"-"`), "", payment.RefundUnknown, "", ""},
		{"no money moved now", refunded(`,"fund_change":"N","refund_fee":"28.50"`), "", payment.RefundUnknown, "", ""},
		{"not said whether money moved", refunded(`,"refund_fee":"28.50"`), "", payment.RefundUnknown, "", ""},
		{"money moved, for no order", `{"code":"10000","fund_change":"Y","refund_fee":"28.50"}`, "", payment.RefundUnknown, "", ""},
		{"money moved, for another order", `{"code":"10000","out_trade_no":"FD01261121143326006128002","fund_change":"Y","refund_fee":"28.50"}`, "", payment.RefundUnknown, "", ""},
		{"in progress", `{"code":"10003","out_trade_no":"` + orderNo + `","fund_change":"Y","refund_fee":"28.50"}`, "", payment.RefundUnknown, "", ""},
		{"system error", refusal("40004", "ACQ.SYSTEM_ERROR"), "", payment.RefundUnknown, "", "ACQ.SYSTEM_ERROR"},
		{"unavailable", `{"code":"20000","sub_code":"isp.unknow-error"}`, "", payment.RefundUnknown, "", "isp.unknow-error"},

		{"no funds", refusal("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH"), knownNot, payment.RefundRefused, payment.ReasonMerchantFunds, "ACQ.SELLER_BALANCE_NOT_ENOUGH"},
		{"too old", refusal("40004", "ACQ.TRADE_HAS_FINISHED"), knownNot, payment.RefundRefused, payment.ReasonTooOld, "ACQ.TRADE_HAS_FINISHED"},
		{"more than is left", refusal("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"), knownNot, payment.RefundRefused, payment.ReasonRefundTooMuch, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"},
		{"no such trade, says the query too", refusal("40004", "ACQ.TRADE_NOT_EXIST"), refusal("40004", "ACQ.TRADE_NOT_EXIST"), payment.RefundRefused, payment.ReasonNoRefund, "ACQ.TRADE_NOT_EXIST"},
		{"no right to refund", refusal("40006", "isv.insufficient-isv-permissions"), knownNot, payment.RefundRefused, payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
		{"too many calls", refusal("40005", "isv.app-call-limited"), knownNot, payment.RefundRefused, payment.ReasonBusy, "isv.app-call-limited"},

		{"closed, by this very refund", refusal("40004", "ACQ.TRADE_HAS_CLOSE"), knownDone, payment.RefundDone, "", ""},
		{"nothing left, after this very refund", refusal("40004", "ACQ.REASON_TRADE_REFUND_FEE_ERR"), knownDone, payment.RefundDone, "", ""},
		{"refused, and the query is refused too", refusal("40006", "isv.insufficient-isv-permissions"), refusal("40006", "isv.insufficient-isv-permissions"), payment.RefundUnknown, payment.ReasonMerchantSetup, "isv.insufficient-isv-permissions"},
		{"refused, and the query is refused for a reason of its own", refusal("40004", "ACQ.TRADE_HAS_CLOSE"), refusal("40004", "ACQ.INVALID_PARAMETER"), payment.RefundUnknown, payment.ReasonNoRefund, "ACQ.TRADE_HAS_CLOSE"},
		{"refused, and the query fails", refusal("40004", "ACQ.TRADE_HAS_CLOSE"), refusal("40004", "ACQ.SYSTEM_ERROR"), payment.RefundUnknown, payment.ReasonNoRefund, "ACQ.TRADE_HAS_CLOSE"},
		{"refused, and another amount is known", refusal("40004", "ACQ.DISCORDANT_REPEAT_REQUEST"),
			refunded(`,"out_request_no":"` + refundNo + `","refund_amount":"1.00","refund_status":"REFUND_SUCCESS"`), payment.RefundUnknown, payment.ReasonRequest, "ACQ.DISCORDANT_REPEAT_REQUEST"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, func(w http.ResponseWriter, r request) {
				node := map[string]string{methodRefund: tt.node, methodRefundQuery: tt.query}[r.Method]
				fmt.Fprint(w, envelope(r.Method, node, keys().alipay, node))
			})
			out := newChannel(t, config(g.URL)).Refund(t.Context(), refundRequest())
			if out.State != tt.state || out.Reason != tt.reason || out.Code != tt.code {
				t.Errorf("got %+v", out)
			}
			want := 1
			if tt.query != "" {
				want = 2
			}
			if got := len(g.sent()); got != want {
				t.Errorf("%d requests were sent, want %d", got, want)
			}
		})
	}
}

// An answer that nobody signed is no refusal, so nothing more is asked either.
func TestAnUnsignedRefusalLeavesARefundOpen(t *testing.T) {
	g := newGateway(t, unsigned(refusal("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH")))
	out := newChannel(t, config(g.URL)).Refund(t.Context(), refundRequest())
	if out.State != payment.RefundUnknown || out.Reason != payment.ReasonNone {
		t.Errorf("got %+v", out)
	}
	g.only()
}

func TestARefundNamesOrderNumberAndAmount(t *testing.T) {
	g := answers(t, refunded(`,"fund_change":"Y","refund_fee":"28.50"`))
	channel := newChannel(t, config(g.URL))
	channel.Refund(t.Context(), refundRequest())
	channel.QueryRefund(t.Context(), refundRequest())
	sent := g.sent()
	details := []any{"refund_detail_item_list"}
	want := []map[string]any{
		{"out_trade_no": orderNo, "out_request_no": refundNo, "refund_amount": "28.50", "refund_reason": "cold", "query_options": details},
		{"out_trade_no": orderNo, "out_request_no": refundNo, "query_options": details},
	}
	for i, biz := range want {
		sameFields(t, sent[i], biz)
	}
}
