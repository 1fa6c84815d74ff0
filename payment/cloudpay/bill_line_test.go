package cloudpay

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

var (
	testDay = beijingDay(time.Date(2019, 8, 29, 12, 0, 0, 0, payment.Beijing))
	atNoon  = testDay.begin.Add(12 * time.Hour)
)

// fieldsOf is a line with other fields; a null takes one out.
func fieldsOf(tb testing.TB, base, more string) object {
	tb.Helper()
	o := parseObject([]byte(base))
	for name, v := range parseObject([]byte("{" + more + "}")) {
		if o[name] = v; string(v) == "null" {
			delete(o, name)
		}
	}
	return o
}

func listedOrder(tb testing.TB, more string) object {
	return fieldsOf(tb, fmt.Sprintf(`{"sub_pay_platform":100,"out_trade_no":"%s","transaction_id":"42","total_fee":12850,"fee_type":"CNY","settlement_total_fee":12850,"time_end":%d,"create_time":1,"refunded_fee":0,"wxpay_current_trade_state":2}`,
		testNo, atNoon.Unix()), more)
}

func listedRefund(tb testing.TB, more string) object {
	return fieldsOf(tb, fmt.Sprintf(`{"sub_pay_platform":100,"out_trade_no":"%s","out_refund_no":"%sR001","total_fee":12850,"refund_fee":2850,"refund_fee_type":"CNY","settlement_refund_fee":2850,"create_time":%d,"refund_start_processing_time":%d,"wxpay_refund_state":2}`,
		testNo, testNo, atNoon.Unix()-5, atNoon.Unix()), more)
}

// kinds are those of the lines, or what is wrong.
func kinds(lines []payment.BillLine, err error) string {
	switch {
	case errors.Is(err, errStillOpenLine):
		return "open"
	case err != nil:
		return "error"
	}
	var all []string
	for _, l := range lines {
		all = append(all, string(l.Kind))
	}
	return strings.Join(all, " ")
}

// knowsUnionPay is a channel that knows UnionPay by a number, or without one.
func knowsUnionPay(t *testing.T, sub int) *Channel {
	c := offline(t, new(wiretest.Canned))
	c.set.union = platform{5, sub}
	return c
}

func TestWhatAnOrderInAListMoved(t *testing.T) {
	const ali = `"sub_pay_platform":200,"wxpay_current_trade_state":null,"alipay_current_trade_state":`
	const never = `,"time_end":null,"refunded_fee":null`
	states := map[string]string{
		// WeChat
		`"wxpay_current_trade_state":1` + never:  "open",
		`"wxpay_current_trade_state":2`:          "payment",
		`"wxpay_current_trade_state":3`:          "payment",
		`"wxpay_current_trade_state":"3"`:        "payment",
		`"wxpay_current_trade_state":5` + never:  "",
		`"wxpay_current_trade_state":6` + never:  "open",
		`"wxpay_current_trade_state":7` + never:  "",
		`"wxpay_current_trade_state":8` + never:  "",
		`"wxpay_current_trade_state":9` + never:  "open",
		`"wxpay_current_trade_state":10` + never: "",
		`"wxpay_current_trade_state":11` + never: "",
		`"wxpay_current_trade_state":12` + never: "open",
		`"wxpay_current_trade_state":13`:         "", // a deposit that was released
		`"wxpay_current_trade_state":14`:         "payment",
		`"wxpay_current_trade_state":15`:         "error",
		`"wxpay_current_trade_state":0`:          "error",
		`"wxpay_current_trade_state":null`:       "error",
		// refunded, in part or in full: the refunds have lines of their own
		`"wxpay_current_trade_state":4,"refunded_fee":100`:   "payment",
		`"wxpay_current_trade_state":4,"refunded_fee":12850`: "payment",
		`"wxpay_current_trade_state":4,"refunded_fee":null`:  "payment",
		// paid, and taken back by a cancel
		`"wxpay_current_trade_state":8`:                      "payment reversal",
		`"wxpay_current_trade_state":8,"refunded_fee":null`:  "payment reversal",
		`"wxpay_current_trade_state":7`:                      "payment reversal",
		`"wxpay_current_trade_state":7,"refunded_fee":12850`: "payment",
		`"wxpay_current_trade_state":7,"refunded_fee":null`:  "error",
		// Alipay
		ali + `1` + never:              "open",
		ali + `2`:                      "payment",
		ali + `3`:                      "error",
		ali + `4` + never:              "open",
		ali + `5` + never:              "",
		ali + `5,"refunded_fee":12850`: "payment",
		ali + `5,"refunded_fee":0`:     "payment reversal",
		ali + `5,"refunded_fee":null`:  "error",
		ali + `6`:                      "payment",
		ali + `7` + never:              "",
		ali + `8`:                      "error",
		// UnionPay
		`"sub_pay_platform":500,"wxpay_current_trade_state":null,"unionpay_current_trade_state":2`:                             "payment",
		`"sub_pay_platform":500,"wxpay_current_trade_state":null,"unionpay_current_trade_state":4,"refunded_fee":1`:            "payment",
		`"sub_pay_platform":500,"wxpay_current_trade_state":null,"unionpay_current_trade_state":1` + never:                     "open",
		`"sub_pay_platform":500,"wxpay_current_trade_state":null,"unionpay_current_trade_state":10` + never:                    "",
		`"sub_pay_platform":500,"wxpay_current_trade_state":null,"unionpay_current_trade_state":4`:                             "error",
		`"sub_pay_platform":500,"unionpay_current_trade_state":2,"cup_current_trade_state":2,"wxpay_current_trade_state":null`: "error",
		// money that was noted down, which nobody asked for
		`"sub_pay_platform":402,"record_current_trade_state":2`: "error",
		`"sub_pay_platform":600`:                                "error",
		`"sub_pay_platform":null`:                               "error",
		// of somebody else
		`"out_sub_mch_id":"sz01ELTR281OFpmdAp6X"`:                                      "error",
		`"out_shop_id":"sz01ELTR281OFpmdAp6X"`:                                         "error",
		`"out_sub_mch_id":"sz01ELTR281OFpmdAp6J","out_shop_id":"sz01qyoPJmd3j1hWmul4"`: "payment",
		`"out_sub_mch_id":""`:                                                          "payment",
		// what a payment has to say
		`"total_fee":null`:          "error",
		`"total_fee":0`:             "error",
		`"total_fee":-1`:            "error",
		`"total_fee":"12850"`:       "payment",
		`"total_fee":1e4`:           "error",
		`"total_fee":1000000000000`: "error",
		`"fee_type":"USD"`:          "error",
		`"fee_type":null`:           "payment",
		`"time_end":null`:           "error",
		`"time_end":0`:              "error",
		fmt.Sprintf(`"time_end":%d`, testDay.begin.Unix()):   "payment",
		fmt.Sprintf(`"time_end":%d`, testDay.begin.Unix()-1): "error",
		fmt.Sprintf(`"time_end":%d`, testDay.end().Unix()-1): "payment",
		fmt.Sprintf(`"time_end":%d`, testDay.end().Unix()):   "error",
	}
	c := knowsUnionPay(t, 500)
	for more, want := range states {
		if got := kinds(c.foldListedOrder(testDay, listedOrder(t, more))); got != want {
			t.Errorf("%s: %q, want %q", more, got, want)
		}
	}
}

// Where UnionPay has no number, the list holds everything, and what somebody noted
// down is passed over.
func TestAListOfAllWallets(t *testing.T) {
	c := knowsUnionPay(t, 0)
	for more, want := range map[string]string{
		`"sub_pay_platform":300`: "", `"sub_pay_platform":401`: "", `"sub_pay_platform":402`: "", `"sub_pay_platform":100`: "payment",
		`"sub_pay_platform":0,"wxpay_current_trade_state":null,"unionpay_current_trade_state":2`: "payment", `"sub_pay_platform":700`: "error",
	} {
		if got := kinds(c.foldListedOrder(testDay, listedOrder(t, more))); got != want {
			t.Errorf("%s: %q, want %q", more, got, want)
		}
	}
	if got := kinds(c.foldListedRefund(testDay, listedRefund(t, `"sub_pay_platform":402`))); got != "" {
		t.Errorf("a refund that was noted down: %q", got)
	}
}

func TestWhatARefundInAListMoved(t *testing.T) {
	const ali = `"sub_pay_platform":200,"wxpay_refund_state":null,"alipay_refund_state":`
	c := knowsUnionPay(t, 500)
	for more, want := range map[string]string{
		`"wxpay_refund_state":1`: "open", `"wxpay_refund_state":2`: "refund", `"wxpay_refund_state":3`: "",
		`"wxpay_refund_state":4`: "refund", // it has left the account, and may take days to arrive
		`"wxpay_refund_state":5`: "", `"wxpay_refund_state":6`: "", `"wxpay_refund_state":7`: "error", `"wxpay_refund_state":null`: "error",
		ali + `1`: "open", ali + `2`: "refund", ali + `3`: "", ali + `4`: "refund", ali + `5`: "", ali + `6`: "error",
		`"sub_pay_platform":500,"wxpay_refund_state":null,"unionpay_refund_state":2`: "refund",
		`"out_sub_mch_id":"sz01ELTR281OFpmdAp6X"`:                                    "error",
		`"out_trade_no":null`: "error", `"refund_fee":0`: "error", `"refund_fee":null`: "error", `"refund_fee_type":"USD"`: "error",
		`"refund_start_processing_time":null`: "refund", `"refund_start_processing_time":0`: "refund",
		`"refund_start_processing_time":null,"create_time":null`:                                 "error",
		fmt.Sprintf(`"refund_start_processing_time":%d`, testDay.end().Unix()):                   "error",
		fmt.Sprintf(`"refund_start_processing_time":%d`, testDay.begin.Unix()-1):                 "error",
		fmt.Sprintf(`"create_time":%d`, testDay.begin.Unix()-1):                                  "refund", // asked for before midnight, begun after it
		fmt.Sprintf(`"refund_start_processing_time":0,"create_time":%d`, testDay.begin.Unix()-1): "error",
	} {
		if got := kinds(c.foldListedRefund(testDay, listedRefund(t, more))); got != want {
			t.Errorf("%s: %q, want %q", more, got, want)
		}
	}
}

func TestWhatALineSays(t *testing.T) {
	c := knowsUnionPay(t, 500)
	got, err := c.foldListedOrder(testDay, listedOrder(t, `"settlement_total_fee":11565,"poundage":69,"income_fee":11496`))
	want := payment.BillLine{
		Kind: payment.BilledPayment, OrderNo: testNo, TradeNo: "42", Wallet: payment.WalletWeChat, Amount: 128_50, Discount: 12_85, Fee: 69, FeeKnown: true, At: atNoon,
	}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = c.foldListedRefund(testDay, listedRefund(t, `"settlement_refund_fee":2565,"poundage":15,"income_fee":2550`))
	want = payment.BillLine{
		Kind: payment.BilledRefund, OrderNo: testNo, RefundNo: testNo + "R001", Wallet: payment.WalletWeChat, Amount: 28_50, Discount: 2_85, Fee: -15, FeeKnown: true, At: atNoon,
	}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%+v, %v", got, err)
	}
	later := atNoon.Add(time.Minute)
	for more, at := range map[string]time.Time{
		fmt.Sprintf(`"refund_time":%d`, later.Unix()):                                        later,
		fmt.Sprintf(`"refund_time":0,"last_update_time":%d`, later.Unix()):                   later,
		fmt.Sprintf(`"last_update_time":%d`, testDay.end().Unix()):                           atNoon, // of the next day, whose list does not have it
		fmt.Sprintf(`"refund_time":%d,"last_update_time":%d`, atNoon.Unix()-1, later.Unix()): later,
		`"body":"x"`: atNoon,
	} {
		got, err := c.foldListedOrder(testDay, listedOrder(t, `"wxpay_current_trade_state":8,`+more))
		if err != nil || len(got) != 2 || got[1].Kind != payment.BilledReversal || !got[1].At.Equal(at) || got[1].Amount != 128_50 || got[1].FeeKnown || got[1].OrderNo != testNo || got[1].RefundNo != "" {
			t.Errorf("%s: %+v, %v", more, got, err)
		}
	}
}

// A fee is known when it adds up with what is left of the amount. A 0 may stand
// for a fee that nobody knows yet.
func TestAFeeIsKnownWhenItAddsUp(t *testing.T) {
	for more, want := range map[string]int{
		`"poundage":77,"income_fee":12773`: 77, `"poundage":"77","income_fee":"12773"`: 77, `"poundage":0,"income_fee":12850`: 0,
		`"poundage":-77,"income_fee":12773`: 77, `"poundage":-77,"income_fee":-12773`: 77, // the documents say no sign
		`"poundage":77`: -1, `"income_fee":12773`: -1, `"poundage":77,"income_fee":12772`: -1, `"poundage":77,"income_fee":0`: -1, `"poundage":0,"income_fee":0`: -1,
		`"poundage":12850,"income_fee":0`: -1, `"poundage":12851,"income_fee":-1`: -1, `"poundage":0.5,"income_fee":12850`: -1, `"poundage":null`: -1,
		`"poundage":77,"income_fee":12773,"settlement_total_fee":0`: -1, `"poundage":77,"income_fee":12773,"settlement_total_fee":null`: -1,
		`"poundage":-9223372036854775808,"income_fee":12773`: -1,
	} {
		line := listedOrder(t, more)
		settled, _ := line.fen("settlement_total_fee")
		fee, known := feeOf(line, settled)
		if known != (want >= 0) || known && fee != payment.Amount(want) {
			t.Errorf("%s: %d, %v", more, fee, known)
		}
	}
}

// Whatever Cloud Pay authenticates as its lists: a bill has what is in them, once
// each, on the right day, and every line of it is one that can be.
func FuzzLists(f *testing.F) {
	seed := func(kind string, lines ...object) string {
		var details []map[string]object
		for _, l := range lines {
			details = append(details, map[string]object{kind: l})
		}
		raw, err := json.Marshal(map[string]any{"status": 0, "query_order_list": map[string]any{"total_count": len(lines), "order_details": details}})
		if err != nil {
			f.Fatal(err)
		}
		return string(raw)
	}
	paid, back := listedOrder(f, ""), listedRefund(f, `"poundage":17,"income_fee":2833`)
	f.Add(seed("order", paid), seed("refund_order", back))
	f.Add(seed("order", paid, paid), seed("refund_order"))
	f.Add(seed("order", listedOrder(f, `"wxpay_current_trade_state":8`)), seed("refund_order", listedRefund(f, `"wxpay_refund_state":4`)))
	f.Add(seed("order", listedOrder(f, `"sub_pay_platform":200,"alipay_current_trade_state":5`)), `{"status":0}`)
	f.Add(`{"status":104,"internal_status":400}`, `null`)
	f.Add(`{"status":0,"query_order_list":{}}`, `{"status":0,"query_order_list":{"total_count":"0","order_details":[]}}`)
	f.Add(`{"status":0,"query_order_list":{"total_count":1,"order_details":[{"order":{},"refund_order":{}}]}}`, ``)
	var way listsOf
	c := offline(f, nil)
	c.http.Transport = &way
	c.now = func() time.Time { return testDay.begin.AddDate(0, 0, 3) }
	f.Fuzz(func(t *testing.T, orders, refunds string) {
		way = listsOf{orders, refunds}
		lines, err := c.Bill(t.Context(), atNoon)
		if err != nil && lines != nil {
			t.Fatalf("%d lines with %v", len(lines), err)
		}
		seen := map[string]bool{}
		for _, l := range lines {
			key := string(l.Kind) + " " + l.OrderNo
			if l.Kind == payment.BilledRefund {
				key = "refund " + l.RefundNo
			}
			switch {
			case seen[key]:
				t.Fatalf("%s is there twice", key)
			case l.OrderNo == "", l.Amount <= 0, l.Amount > payment.MaxAmount, l.Discount < 0, l.Discount > l.Amount, !testDay.has(l.At), l.Fee.String() == "",
				(l.Kind == payment.BilledRefund) != (l.RefundNo != ""), !l.FeeKnown && l.Fee != 0, max(l.Fee, -l.Fee) > l.Amount,
				!strings.Contains(orders+refunds, `"status"`):
				t.Fatalf("%+v", l)
			}
			seen[key] = true
		}
	})
}

// listsOf answers with these contents, authenticated: of orders, and of refunds.
type listsOf struct{ orders, refunds string }

func (l *listsOf) RoundTrip(r *http.Request) (*http.Response, error) {
	content := l.orders
	body := make([]byte, r.ContentLength)
	if n, _ := r.Body.Read(body); strings.Contains(string(body[:n]), `\"order_type\":2`) {
		content = l.refunds
	}
	var canned wiretest.Canned
	canned.Say(http.StatusOK, answerOf(content, codeOf(testKey, content)))
	return canned.RoundTrip(r)
}
