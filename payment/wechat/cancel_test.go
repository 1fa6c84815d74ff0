package wechat_test

import (
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// Short names for the answers of the stories below.
var (
	asCode             = says(200, paidOrder("SUCCESS", "MICROPAY"))
	asQR               = says(200, paidOrder("SUCCESS", "NATIVE"))
	asPaid             = says(200, order("SUCCESS", `,"transaction_id":"`+transactionID+`"`)) // it does not say how it was paid
	typing             = says(200, order("USERPAYING", ""))
	notPaid            = says(200, order("NOTPAY", ""))
	accept             = says(200, order("ACCEPT", ""))
	revoked            = says(200, order("REVOKED", ""))
	closed             = says(200, order("CLOSED", ""))
	refunded           = says(200, paidOrder("REFUND", "MICROPAY"))
	broken             = says(200, order("PAYERROR", ""))
	newState           = says(200, order("MOON_IS_FULL", ""))
	nobody             = says(404, notFound)
	trouble            = says(500, systemError)
	done               = says(200, `{"appid":"`+appID+`","mchid":"`+mchID+`","out_trade_no":"`+orderNo+`"}`)
	noBody             = says(204, ``)
	later              = says(202, `{"code":"USERPAYING"}`)
	tooEarly           = says(400, `{"code":"INVALID_REQUEST","message":"too early"}`)
	tooOld             = says(403, `{"code":"TRADE_OVERDUE"}`)
	orderIsPaid        = says(400, `{"code":"ORDERPAID"}`)
	brokenOff   answer = func(http.ResponseWriter, request) { panic(http.ErrAbortHandler) }
	another            = says(200, `{"out_trade_no":"`+orderNo+`","trade_state":"USERPAYING","amount":{"total":1}}`)
	forged             = unsigned(200, order("REVOKED", ""))
)

// Each story is the first query, the cancels, and the query after them.
func TestACancelEndsWithWhatTheSecondQuerySays(t *testing.T) {
	tests := []struct {
		name            string
		query           []answer
		reverse, closes answer
		want            payment.Result
		calls           string
	}{
		{"the payer types", []answer{typing, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"paid in between, and given back", []answer{typing, refunded}, done, nil, payment.Reversed, "query, reverse, query"},
		{"paid before, and given back", []answer{asCode, refunded}, done, nil, payment.Reversed, "query, reverse, query"},
		{"paid before, and called revoked", []answer{asCode, revoked}, done, nil, payment.Reversed, "query, reverse, query"},
		{"paid before, not said how", []answer{asPaid, refunded}, done, nil, payment.Reversed, "query, reverse, query"},
		{"the money follows", []answer{accept, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"in a state that is new", []answer{newState, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"broke off under the cancel", []answer{typing, broken}, done, nil, payment.Unknown, "query, reverse, query"},

		{"ended already", []answer{revoked}, nil, nil, payment.Closed, "query"},
		{"given back already", []answer{refunded}, nil, nil, payment.Reversed, "query"},
		{"broke off already", []answer{broken, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"broke off already, and was charged all the same", []answer{broken, refunded}, done, nil, payment.Reversed, "query, reverse, query"},
		{"broke off, and the reverse says yes and does nothing", []answer{broken}, done, nil, payment.Unknown, "query, reverse, query"},

		{"an unpaid QR", []answer{notPaid, closed}, nil, noBody, payment.Closed, "query, close, query"},
		{"an unpaid QR, with a body", []answer{notPaid, closed}, nil, says(200, `{}`), payment.Closed, "query, close, query"},
		{"a QR that is paid in between", []answer{notPaid, asQR}, nil, orderIsPaid, payment.Failed, "query, close, query"},
		{"a QR that is paid in between, all the same closed", []answer{notPaid, asQR}, nil, noBody, payment.Failed, "query, close, query"},
		{"a QR that was paid", []answer{asQR}, nil, nil, payment.Failed, "query"},
		{"a QR that does not close", []answer{notPaid}, nil, noBody, payment.Unknown, "query, close, query"},
		{"a pay code in its first moment", []answer{notPaid, revoked}, done, tooEarly, payment.Closed, "query, close, reverse, query"},
		{"a close without an answer, that came through", []answer{notPaid, closed}, nil, brokenOff, payment.Closed, "query, close, query"},

		// what merchants complain of: a reverse says yes to everything
		{"nobody knows it", []answer{nobody}, done, nil, payment.NotFound, "query, reverse, query"},
		{"it arrives late", []answer{nobody, asCode}, done, nil, payment.Unknown, "query, reverse, query"},
		{"it arrives late and is reversed", []answer{nobody, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"a yes, and it stands", []answer{typing}, done, nil, payment.Unknown, "query, reverse, query"},
		{"a yes, and it is paid", []answer{typing, asCode}, done, nil, payment.Unknown, "query, reverse, query"},
		{"it is gone", []answer{typing, nobody}, done, nil, payment.Unknown, "query, reverse, query"},

		{"reverse again", []answer{typing}, later, nil, payment.Unknown, "query, reverse, query"},
		{"trouble", []answer{typing}, trouble, nil, payment.Unknown, "query, reverse, query"},
		{"trouble, and it came through", []answer{typing, revoked}, trouble, nil, payment.Closed, "query, reverse, query"},
		{"no answer, and it came through", []answer{asCode, refunded}, brokenOff, nil, payment.Reversed, "query, reverse, query"},
		{"no answer, and nobody knows the order", []answer{nobody}, brokenOff, nil, payment.Unknown, "query, reverse, query"},
		{"refused while the payer types", []answer{typing}, tooEarly, nil, payment.Unknown, "query, reverse, query"},
		{"refused after it was paid", []answer{asCode}, tooOld, nil, payment.Failed, "query, reverse, query"},
		{"refused by a word that is new", []answer{asCode}, says(403, `{"code":"MOON_IS_FULL"}`), nil, payment.Failed, "query, reverse, query"},
		{"refused without a signature", []answer{asCode}, unsigned(403, `{"code":"TRADE_OVERDUE"}`), nil, payment.Unknown, "query, reverse, query"},

		// a query that WeChat cannot answer is no reason to leave the money there
		{"trouble at the first query", []answer{trouble}, done, nil, payment.Unknown, "query, reverse, query"},
		{"trouble at the first query, and it came through", []answer{trouble, revoked}, done, nil, payment.Closed, "query, reverse, query"},
		{"trouble at the first query, and it was paid", []answer{trouble, refunded}, done, nil, payment.Reversed, "query, reverse, query"},
		{"trouble at the first query, of a paid QR", []answer{trouble, asQR}, tooEarly, nil, payment.Failed, "query, reverse, query"},
		{"trouble at the first query, of a QR that nobody paid", []answer{trouble, notPaid}, tooEarly, nil, payment.Unknown, "query, reverse, query"},
		{"trouble at the first query, and then nobody knows it", []answer{trouble, nobody}, done, nil, payment.Unknown, "query, reverse, query"},

		// what cannot be seen is not ended
		{"the first query has no answer", []answer{brokenOff}, nil, nil, payment.Unknown, "query"},
		{"too many calls at the first query", []answer{says(429, systemError)}, nil, nil, payment.Unknown, "query"},
		{"unsigned trouble at the first query", []answer{unsigned(500, systemError)}, nil, nil, payment.Unknown, "query"},
		{"a forged first query", []answer{forged}, nil, nil, payment.Unknown, "query"},
		{"an order of another amount", []answer{another}, nil, nil, payment.Unknown, "query"},
		{"the second query has no answer", []answer{typing, brokenOff}, done, nil, payment.Unknown, "query, reverse, query"},
		{"a forged second query", []answer{typing, forged}, done, nil, payment.Unknown, "query, reverse, query"},
		{"another amount at the second query", []answer{typing, another}, done, nil, payment.Unknown, "query, reverse, query"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lists := map[string][]answer{"query": tt.query}
			if tt.reverse != nil {
				lists["reverse"] = []answer{tt.reverse}
			}
			if tt.closes != nil {
				lists["close"] = []answer{tt.closes}
			}
			g := newGateway(t, script(t, lists))
			out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder)
			if out.Result != tt.want || (out.Detail != nil) != (tt.want == payment.Unknown) {
				t.Errorf("got %+v", out)
			}
			if (out.Reason != "") != (tt.want == payment.Failed) && !strings.Contains(tt.name, "forged") {
				t.Errorf("reason %q", out.Reason)
			}
			if g.calls() != tt.calls {
				t.Errorf("calls: %s; want %s", g.calls(), tt.calls)
			}
		})
	}
}

func TestWhyACancelIsRefused(t *testing.T) {
	for _, tt := range []struct {
		query, reverse answer
		reason         payment.Reason
		code           string
	}{
		{asCode, tooOld, payment.ReasonTooOld, "TRADE_OVERDUE"},
		{asCode, says(403, `{"code":"NOT_ENOUGH"}`), payment.ReasonMerchantFunds, "NOT_ENOUGH"},
		{asCode, says(403, `{"code":"NO_AUTH"}`), payment.ReasonMerchantSetup, "NO_AUTH"},
		{asCode, says(403, `{"code":"MOON_IS_FULL"}`), payment.ReasonOther, "MOON_IS_FULL"},
		{asQR, nil, payment.ReasonNoRefund, "ORDERPAID"},
	} {
		g := newGateway(t, script(t, map[string][]answer{"query": {tt.query}, "reverse": {tt.reverse}}))
		out := newChannel(t, config(g.URL)).Cancel(t.Context(), theOrder)
		if out.Result != payment.Failed || out.Reason != tt.reason || out.Code != tt.code || out.TradeNo != transactionID {
			t.Errorf("%s: %+v", tt.code, out)
		}
	}
}
