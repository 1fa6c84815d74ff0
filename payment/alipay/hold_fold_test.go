package alipay_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

func TestWhatAnAnswerToAHoldMeans(t *testing.T) {
	frozen := func(status, more string) string {
		return `{"code":"10000","msg":"Success",` + heldAnswer + `,"status":"` + status + `"` + more + `}`
	}
	used := func(sub string) string { return fundRefusal("40004", sub) }
	runHolds(t, methodFreeze, func(ctx context.Context, c *alipay.Channel) payment.HoldOutcome { return c.Hold(ctx, holdRequest()) }, []holdTest{
		{"held", frozen("SUCCESS", `,"gmt_trans":"2026-11-18 22:15:43"`), "", payment.Held, "", ""},
		{"held, amount as a number", `{"code":"10000",` + heldIDs + `,"amount":500,"status":"SUCCESS"}`, "", payment.Held, "", ""},
		{"the payer has to confirm, says the status", frozen("INIT", ""), "", payment.Waiting, "", ""},
		{"the payer has to confirm, says the code", `{"code":"10003","msg":"order success pay inprocess",` + heldAnswer + `}`, "", payment.Waiting, "", ""},
		{"the code says wait and the status done", `{"code":"10003",` + heldAnswer + `,"status":"SUCCESS"}`, "", payment.Waiting, "", ""},
		{"to be confirmed for another amount", `{"code":"10003",` + heldIDs + `,"amount":"5.00"}`, "", payment.Unknown, "", ""},
		{"closed", frozen("CLOSED", ""), "", payment.Closed, "", ""},
		{"closed, and it had been held", frozen("CLOSED", `,"gmt_trans":"2026-11-18 22:15:43"`), "", payment.Released, "", ""},
		{"closed, for no deposit", `{"code":"10000","status":"CLOSED"}`, "", payment.Unknown, "", ""},
		{"no status", frozen("", ""), "", payment.Unknown, "", ""},
		{"a status of the future", frozen("THAWING", ""), "", payment.Unknown, "", ""},
		{"held without a number", `{"code":"10000","out_order_no":"` + depositNo + `","out_request_no":"` + holdNo + `","amount":"500.00","status":"SUCCESS"}`, "", payment.Unknown, "", ""},
		{"held without the amount", `{"code":"10000",` + heldIDs + `,"status":"SUCCESS"}`, "", payment.Unknown, "", ""},

		{"code expired", used("PAYMENT_AUTH_CODE_INVALID"), "", payment.Failed, payment.ReasonCodeInvalid, "PAYMENT_AUTH_CODE_INVALID"},
		{"no funds", used("MONEY_NOT_ENOUGH"), "", payment.Failed, payment.ReasonBalance, "MONEY_NOT_ENOUGH"},
		{"the product is not signed", used("ACCESS_FORBIDDEN"), "", payment.Failed, payment.ReasonMerchantSetup, "ACCESS_FORBIDDEN"},
		{"an old app", used("CLIENT_VERSION_NOT_MATCH"), "", payment.Failed, payment.ReasonPayerApp, "CLIENT_VERSION_NOT_MATCH"},
		{"a no that is new", used("MOON_IS_FULL"), "", payment.Failed, payment.ReasonOther, "MOON_IS_FULL"},

		// The numbers are known: an earlier request arrived after all.
		{"frozen already, and it stands", used("FREEZE_ALREADY_SUCCESS"), detailHeld, payment.Held, "", ""},
		{"frozen already, for another amount", used("FREEZE_ALREADY_SUCCESS"), `{"code":"10000",` + heldIDs + `,"amount":"5.00","status":"SUCCESS","order_status":"AUTHORIZED"}`, payment.Unknown, "", "FREEZE_ALREADY_SUCCESS"},
		{"number used, and it stands", used("UNIQUE_VIOLATION"), detailHeld, payment.Held, "", ""},
		{"number used, and the payer has to confirm", used("UNIQUE_VIOLATION"), detailWaiting, payment.Waiting, "", ""},
		{"number used, and nothing is known", used("UNIQUE_VIOLATION"), noDeposit, payment.Unknown, "", "UNIQUE_VIOLATION"},
		{"number used, and the query fails", used("UNIQUE_VIOLATION"), unavailable, payment.Unknown, "", "UNIQUE_VIOLATION"},
		{"closed already", used("ORDER_ALREADY_CLOSED"), detailClosed, payment.Closed, "", ""},
		{"closed already, after it was given back", used("ORDER_ALREADY_CLOSED"), detailReleased, payment.Released, "", ""},
		{"finished already", used("ORDER_ALREADY_FINISH"), detailUsed, payment.Held, "", ""},
	}, openHolds, turnedAwayHolds(payment.Failed))
}

func TestWhatAnAnswerToAHoldQRMeans(t *testing.T) {
	runHolds(t, methodVoucher, func(ctx context.Context, c *alipay.Channel) payment.HoldOutcome {
		text, out := c.HoldQR(ctx, holdRequest())
		if (text != "") != (out.Result == payment.Waiting) || text != "" && text != "https://qr.alipay.com/fpa000000001" {
			t.Errorf("%s with the QR %q", out.Result, text)
		}
		return out
	}, []holdTest{
		{"made", `{"code":"10000","out_order_no":"` + depositNo + `","out_request_no":"` + holdNo + `","code_type":"qrCode","code_value":"https://qr.alipay.com/fpa000000001","code_url":"http://mobilecodec.alipay.com/show.htm?code=fpa"}`, "", payment.Waiting, "", ""},
		{"made without a QR", `{"code":"10000","out_order_no":"` + depositNo + `","out_request_no":"` + holdNo + `","code_url":"http://mobilecodec.alipay.com/show.htm?code=fpa"}`, "", payment.Unknown, "", ""},
		{"in progress", `{"code":"10003","out_order_no":"` + depositNo + `","out_request_no":"` + holdNo + `","code_value":"https://qr.alipay.com/fpa000000001"}`, "", payment.Unknown, "", ""},
		{"number used", fundRefusal("40004", "UNIQUE_VIOLATION"), "", payment.Unknown, "", "UNIQUE_VIOLATION"},
		{"frozen already", fundRefusal("40004", "FREEZE_ALREADY_SUCCESS"), "", payment.Unknown, "", "FREEZE_ALREADY_SUCCESS"},
		{"the product is not signed", fundRefusal("40004", "ACCESS_FORBIDDEN"), "", payment.Failed, payment.ReasonMerchantSetup, "ACCESS_FORBIDDEN"},
		{"the receiver is not known", fundRefusal("40004", "PAYEE_NOT_EXIST"), "", payment.Failed, payment.ReasonMerchantSetup, "PAYEE_NOT_EXIST"},
	}, openHolds, turnedAwayHolds(payment.Failed))
}

func TestWhatAnAnswerToAHoldQueryMeans(t *testing.T) {
	const at = `,"gmt_trans":"2026-11-18 22:15:43"`
	all, nothing := sums("500.00", "0.00"), sums("0.00", "0.00")
	runHolds(t, methodDetail, func(ctx context.Context, c *alipay.Channel) payment.HoldOutcome { return c.QueryHold(ctx, heldHold) }, []holdTest{
		{"held", detailHeld, "", payment.Held, "", ""},
		{"held, the sums are missing", detail("SUCCESS", "AUTHORIZED", ""), "", payment.Held, "", ""},
		{"held, and a part was captured", detail("SUCCESS", "AUTHORIZED", sums("371.50", "128.50")), "", payment.Held, "", ""},
		{"used up", detail("SUCCESS", "FINISH", sums("0.00", "500.00")), "", payment.Held, "", ""},
		{"a part captured, the rest given back", detailUsed, "", payment.Held, "", ""},
		{"the same, called closed", detail("SUCCESS", "CLOSED", sums("0.00", "128.50")), "", payment.Held, "", ""},
		{"given back", detailReleased, "", payment.Released, "", ""},
		{"given back, for no deposit", `{"code":"10000","out_request_no":"` + holdNo + `","amount":"500.00","status":"SUCCESS","order_status":"CLOSED"` + nothing + `}`, "", payment.Unknown, "", ""},
		{"to be confirmed, for no request", `{"code":"10000","out_order_no":"` + depositNo + `","amount":"500.00","status":"INIT","order_status":"INIT"}`, "", payment.Unknown, "", ""},
		{"used up, and nobody took anything", detail("SUCCESS", "FINISH", nothing), "", payment.Unknown, "", ""},
		{"used up, and something is left", detail("SUCCESS", "FINISH", sums("1.00", "499.00")), "", payment.Unknown, "", ""},
		{"used up, without sums", detail("SUCCESS", "FINISH", ""), "", payment.Unknown, "", ""},
		{"given back, and something is left", detail("SUCCESS", "CLOSED", all), "", payment.Unknown, "", ""},
		{"given back, without sums", detail("SUCCESS", "CLOSED", ""), "", payment.Unknown, "", ""},
		{"carried out, and not begun", detail("SUCCESS", "INIT", all), "", payment.Unknown, "", ""},
		{"carried out, no state of the deposit", `{"code":"10000",` + heldAnswer + `,"status":"SUCCESS"` + all + `}`, "", payment.Unknown, "", ""},
		{"the payer has to confirm", detailWaiting, "", payment.Waiting, "", ""},
		{"to be confirmed, and used up", detail("INIT", "FINISH", nothing), "", payment.Unknown, "", ""},
		{"closed, never held", detailClosed, "", payment.Closed, "", ""},
		{"closed, and it had been held", detail("CLOSED", "CLOSED", nothing+at), "", payment.Released, "", ""},
		{"closed, and something was captured", detail("CLOSED", "CLOSED", sums("0.00", "1.00")), "", payment.Unknown, "", ""},
		{"closed, and it stands", detail("CLOSED", "AUTHORIZED", all), "", payment.Unknown, "", ""},
		{"no status", detail("", "AUTHORIZED", all), "", payment.Unknown, "", ""},
		{"in progress is no status", `{"code":"10003",` + heldAnswer + `,"status":"SUCCESS","order_status":"AUTHORIZED"}`, "", payment.Unknown, "", ""},
		{"a release with the same number", `{"code":"10000",` + heldAnswer + `,"operation_type":"UNFREEZE","status":"SUCCESS","order_status":"AUTHORIZED"` + all + `}`, "", payment.Unknown, "", ""},
		{"another number of Alipay's", `{"code":"10000","auth_no":"2026111810002001650500000002","out_order_no":"` + depositNo + `","out_request_no":"` + holdNo + `","amount":"500.00","status":"SUCCESS","order_status":"AUTHORIZED"}`, "", payment.Unknown, "", ""},
		{"no such deposit", noDeposit, "", payment.NotFound, "", "AUTH_ORDER_NOT_EXIST"},
		{"no such request", noOperation, "", payment.NotFound, "", "AUTH_OPERATION_NOT_EXIST"},
		{"any other no is about the question", fundRefusal("40004", "ACCESS_FORBIDDEN"), "", payment.Unknown, payment.ReasonMerchantSetup, "ACCESS_FORBIDDEN"},
		{"somebody else's deposit", fundRefusal("40004", "HAS_NO_PRIVILEGE"), "", payment.Unknown, payment.ReasonMerchantSetup, "HAS_NO_PRIVILEGE"},
	}, openHolds, turnedAwayHolds(payment.Unknown))
}

func TestWhatAnAnswerToTheCancelOfAHoldMeans(t *testing.T) {
	cancelled := func(more string) string { return `{"code":"10000","msg":"Success",` + heldIDs + more + `}` }
	late := fundRefusal("40004", "CANCEL_OPERATION_TIME_OUT")
	closed := fundRefusal("40004", "ORDER_ALREADY_CLOSED")
	ask := func(ctx context.Context, c *alipay.Channel) payment.HoldOutcome { return c.CancelHold(ctx, theHold) }
	runHolds(t, methodHoldUndo, ask, []holdTest{
		{"closed", cancelled(`,"action":"close"`), "", payment.Closed, "", ""},
		{"given back", cancelled(`,"action":"unfreeze"`), "", payment.Released, "", ""},
		{"an action of the future", cancelled(`,"action":"melt"`), "", payment.Unknown, "", ""},
		{"no action, and there is nothing", cancelled(""), noDeposit, payment.NotFound, "", "AUTH_ORDER_NOT_EXIST"},
		{"no action, and it is closed", cancelled(""), detailClosed, payment.Closed, "", ""},
		{"no action, and it stands", cancelled(""), detailHeld, payment.Unknown, "", ""},
		{"no action, and the query fails", cancelled(""), unavailable, payment.Unknown, "", ""},
		{"no such deposit", noDeposit, "", payment.NotFound, "", "AUTH_ORDER_NOT_EXIST"},
		{"no such request", noOperation, "", payment.NotFound, "", "AUTH_OPERATION_NOT_EXIST"},
		{"too late, and it stands", late, detailHeld, payment.Failed, payment.ReasonTooOld, "CANCEL_OPERATION_TIME_OUT"},
		{"too late, and the query fails", late, unavailable, payment.Unknown, payment.ReasonTooOld, "CANCEL_OPERATION_TIME_OUT"},
		{"refused, because an earlier cancel closed it", closed, detailClosed, payment.Closed, "", ""},
		{"refused, because an earlier cancel gave it back", closed, detailReleased, payment.Released, "", ""},
		{"refused, because it is used up", fundRefusal("40004", "ORDER_ALREADY_FINISH"), detailUsed, payment.Failed, payment.ReasonOrderClosed, "ORDER_ALREADY_FINISH"},
		{"refused, because a part went back", fundRefusal("40004", "REQUEST_AMOUNT_EXCEED"), detailHeld, payment.Failed, payment.ReasonHoldTooMuch, "REQUEST_AMOUNT_EXCEED"},
		{"refused while the payer confirms", fundRefusal("40004", "ILLEGAL_ARGUMENT"), detailWaiting, payment.Failed, payment.ReasonRequest, "ILLEGAL_ARGUMENT"},
		{"refused, and there is nothing", fundRefusal("40004", "ILLEGAL_ARGUMENT"), noDeposit, payment.NotFound, "", "AUTH_ORDER_NOT_EXIST"},
	}, turnedAwayHolds(payment.Unknown))

	// A success that does not name what it is about is asked after as well.
	for _, tt := range openHolds {
		g := newGateway(t, func(w http.ResponseWriter, r request) {
			if r.Method == methodDetail {
				signed(unavailable)(w, r)
				return
			}
			signed(tt.node)(w, r)
		})
		out := ask(t.Context(), newChannel(t, config(g.URL)))
		if tt.name == "refusal of another deposit" {
			tt.code = "MONEY_NOT_ENOUGH"
		}
		if out.Result != payment.Unknown || out.Detail == nil || out.Code != tt.code {
			t.Errorf("%s: %+v", tt.name, out)
		}
	}
}

func TestWhatAHeldAnswerTells(t *testing.T) {
	at := time.Date(2026, 11, 18, 22, 15, 43, 0, payment.Beijing)
	held := newChannel(t, config(answers(t, `{"code":"10000",`+heldAnswer+`,"status":"SUCCESS","gmt_trans":"2026-11-18 22:15:43"}`).URL)).Hold(t.Context(), holdRequest())
	queried := newChannel(t, config(answers(t, detailHeld).URL)).QueryHold(t.Context(), theHold)
	for how, out := range map[string]payment.HoldOutcome{"hold": held, "query": queried} {
		if out.AuthNo != authNo || out.HoldID != holdID || out.PayerID != payerID || out.Payer != "159****5620" || !out.HeldAt.Equal(at) || out.Credit {
			t.Errorf("%s: %+v", how, out)
		}
	}
	if held.Known || !queried.Known || queried.Rest != deposit || queried.Captured != 0 {
		t.Errorf("sums: %+v, %+v", held, queried)
	}

	// The numbers of a deposit that waits are kept as well, its time is not one.
	waiting := newChannel(t, config(answers(t, detailWaiting).URL)).QueryHold(t.Context(), theHold)
	if waiting.AuthNo != authNo || waiting.PayerID != payerID || !waiting.HeldAt.IsZero() {
		t.Errorf("waiting: %+v", waiting)
	}
	credit := newChannel(t, config(answers(t, `{"code":"10000",`+heldAnswer+`,"status":"SUCCESS","pre_auth_type":"CREDIT_AUTH"}`).URL)).Hold(t.Context(), holdRequest())
	if credit.Result != payment.Held || !credit.Credit {
		t.Errorf("credit: %+v", credit)
	}
	const openID = "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5_which_may_have_up_to_128_characters_in_all_where_a_log_line_has_64"
	open := newChannel(t, config(answers(t, `{"code":"10000",`+heldIDs+`,"amount":"500.00","status":"SUCCESS","payer_open_id":"`+openID+`"}`).URL)).Hold(t.Context(), holdRequest())
	if open.Result != payment.Held || open.PayerID != openID {
		t.Errorf("open id: %+v", open)
	}
}

func TestTheSumsOfADeposit(t *testing.T) {
	tests := []struct {
		more           string
		known          bool
		rest, captured payment.Amount
	}{
		{sums("371.50", "128.50"), true, 371_50, 128_50},
		{sums("100.00", "128.50"), true, 100_00, 128_50}, // the difference was released
		{sums("0.00", "128.50"), false, 0, 0},            // it stands, so something must be left
		{sums("371.50", "128.51"), false, 0, 0},          // more than there was
		{sums("-1.00", "0.00"), false, 0, 0},
		{sums("500.00", ""), false, 0, 0},
		{`,"rest_amount":"500.00"`, false, 0, 0},
		{`,"total_pay_amount":"0.00"`, false, 0, 0},
	}
	for _, tt := range tests {
		out := newChannel(t, config(answers(t, detail("SUCCESS", "AUTHORIZED", tt.more)).URL)).QueryHold(t.Context(), theHold)
		if out.Result != payment.Held || out.Known != tt.known || out.Rest != tt.rest || out.Captured != tt.captured {
			t.Errorf("%s: %+v", tt.more, out)
		}
	}
	gone := newChannel(t, config(answers(t, detailUsed).URL)).QueryHold(t.Context(), theHold)
	if !gone.Known || gone.Rest != 0 || gone.Captured != 128_50 {
		t.Errorf("used up: %+v", gone)
	}
	back := newChannel(t, config(answers(t, detailReleased).URL)).QueryHold(t.Context(), theHold)
	if back.Result != payment.Released || !back.Known || back.Rest != 0 || back.Captured != 0 {
		t.Errorf("given back: %+v", back)
	}
}
