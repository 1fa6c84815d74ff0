package paysim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// cloudCall is one interface with a request that changes the book, if it does.
type cloudCall struct {
	name    string
	changes bool
	numbers bool // the answer names numbers, so that it can be about others
	body    func(l *cloudTill) fields
}

var cloudCalls = []cloudCall{
	{"micro_pay", true, true, func(l *cloudTill) fields {
		return l.microPay(l.number(), payment.WalletWeChat, 1250, l.FreshCodeOf(payment.WalletWeChat, 1))
	}},
	{"scan_code_pay", true, false, func(l *cloudTill) fields {
		return l.request(payment.WalletWeChat, fields{"pay_content": fields{"out_trade_no": l.number(), "total_fee": 1, "fee_type": "CNY", "body": "x"}})
	}},
	{"query_order", false, true, func(l *cloudTill) fields {
		return l.request("", fields{"out_trade_no": l.paid(payment.WalletWeChat, 100)})
	}},
	{"close_order", true, false, func(l *cloudTill) fields {
		no := l.number()
		l.show(no, payment.WalletWeChat, 100)
		return l.request(payment.WalletWeChat, fields{"out_trade_no": no, "trade_type": 2})
	}},
	{"refund", true, true, func(l *cloudTill) fields {
		return l.refundBody(l.paid(payment.WalletAlipay, 100), payment.WalletAlipay, 100, 10, l.number())
	}},
	{"query_refund_order", false, true, func(l *cloudTill) fields {
		no, r := l.paid(payment.WalletAlipay, 100), l.number()
		l.refund(no, payment.WalletAlipay, 100, 10, r)
		return l.request("", fields{"out_trade_no": no, "out_refund_no": r})
	}},
	{"micro_freeze", true, true, func(l *cloudTill) fields {
		return l.freezeBody(l.number(), payment.WalletAlipay, 1000, l.FreshCode(1))
	}},
	{"scancode_freeze", true, false, func(l *cloudTill) fields {
		return l.request(payment.WalletAlipay, fields{"freeze_content": fields{"out_freeze_no": l.number(), "freeze_fee": 1, "fee_type": "CNY", "body": "x"}})
	}},
	{"query_freeze_order", false, true, func(l *cloudTill) fields {
		return l.request(payment.WalletWeChat, fields{"out_freeze_no": l.held(payment.WalletWeChat, 1000)})
	}},
	{"deposit_consume", true, true, func(l *cloudTill) fields {
		return l.consumeBody(l.held(payment.WalletWeChat, 1000), payment.WalletWeChat, l.number(), 300, true)
	}},
	{"unfreeze", true, true, func(l *cloudTill) fields {
		return l.unfreezeBody(l.held(payment.WalletWeChat, 1000), payment.WalletWeChat, l.number(), 1000)
	}},
	{"query_unfreeze_order", false, true, func(l *cloudTill) fields {
		hold := l.held(payment.WalletAlipay, 1000)
		l.unfreeze(hold, payment.WalletAlipay, l.number(), 100)
		return l.request(payment.WalletAlipay, fields{"out_freeze_no": hold})
	}},
	{"query_order_list", false, true, func(l *cloudTill) fields {
		l.paid(payment.WalletAlipay, 100)
		return l.listBody(3, nil)
	}},
}

func TestEveryInterfaceIsInTheTableOfFaults(t *testing.T) {
	l := startCloud(t, Options{})
	tried := map[string]bool{}
	for _, c := range cloudCalls {
		tried[c.name] = true
	}
	for name := range l.cloud.methods {
		if !tried[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

// Each fault at each interface breaks what it says, and what was carried out was
// carried out.
func TestEachFaultAtEachCloudPayInterface(t *testing.T) {
	for _, c := range []struct {
		fault Fault
		seen  string
		done  bool
	}{
		{Fault{}, "0/0", true},
		{Fault{Kind: ResetBefore}, "reset", false},
		{Fault{Kind: ResetAfter}, "reset", true},
		{Fault{Kind: Garbage}, "garbage", true},
		{Fault{Kind: Truncated}, "cut off", true},
		{Fault{Kind: ErrorBefore}, "500 Internal Server Error", false},
		{Fault{Kind: ErrorAfter}, "500 Internal Server Error", true},
		{Fault{Kind: BadGateway}, "502 Bad Gateway", true},
		{Fault{Kind: WrongKey}, "wrong key", true},
		{Fault{Kind: Unsigned}, "unsigned", true},
		{Fault{Kind: OtherOrder}, "other order", true},
		{Fault{Kind: Refused}, "104/21", false},
		{Fault{Kind: Refused, Code: "104", SubCode: "407"}, "104/407", false},
		{Fault{Kind: Refused, Code: "103", SubCode: "系统繁忙"}, "103/21", false},
		{Fault{Kind: Refused, Code: "3"}, "3/21", false},
		{Fault{Kind: Refused, Code: "101", SubCode: "7"}, "101/7", false},
	} {
		l := startCloud(t, Options{})
		for _, call := range cloudCalls {
			t.Run(fmt.Sprint(c.fault.Kind, c.fault.Code, " ", call.name), func(t *testing.T) {
				body := call.body(l)
				l.SetFault(func(method string, n int) Fault {
					want(t, "method", method, "cloudpay."+call.name)
					return c.fault
				})
				before := fmt.Sprint(l.Truth())
				h := l.ask(call.name, body)
				changed := fmt.Sprint(l.Truth()) != before
				l.SetFault(nil)
				seen := c.seen
				if c.fault.Kind == OtherOrder && !call.numbers {
					seen = "0/0" // it names no number, so there is no other
				}
				want(t, "seen", h.String(), seen)
				want(t, "carried out", changed, c.done && call.changes)
			})
		}
	}
}

func TestThePingCanFailToo(t *testing.T) {
	l := startCloud(t, Options{})
	ping := func() string {
		r, err := http.Get(l.BaseURL + "/ping")
		if err != nil {
			return "no answer"
		}
		r.Body.Close()
		return r.Status
	}
	l.SetFault(func(method string, n int) Fault {
		if method == "cloudpay.ping" && n == 1 {
			return Fault{Kind: ResetBefore}
		}
		return Fault{}
	})
	want(t, "first", ping(), "no answer")
	want(t, "second", ping(), "200 OK")
	check(t, l.Offline(true))
	http.DefaultClient.CloseIdleConnections()
	want(t, "offline", ping(), "no answer")
	check(t, l.Offline(false))
	want(t, "back", ping(), "200 OK")
}

func TestALateCloudPayRequestIsCarriedOut(t *testing.T) {
	l := startCloud(t, Options{})
	l.SetFault(func(string, int) Fault { return Fault{Delay: 50 * time.Millisecond} })
	no := l.number()
	body := compact(t, l.envelope(l.microPay(no, payment.WalletWeChat, 100, l.FreshCodeOf(payment.WalletWeChat, 1))))
	impatient := http.Client{Timeout: 10 * time.Millisecond}
	if r, err := impatient.Post(l.BaseURL+"/micro_pay", "application/json", strings.NewReader(body)); err == nil {
		r.Body.Close()
		t.Fatal("an answer came in time")
	}
	for deadline := time.Now().Add(time.Minute); l.Truth().Orders[no].State != Paid; {
		if time.Now().After(deadline) {
			t.Fatal("the late request was not carried out")
		}
		time.Sleep(time.Millisecond)
	}
}
