package paysim

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// wxMoved is all the money that ever moved.
func wxMoved(t Truth) payment.Amount {
	return t.Charged + t.Refunded + t.Held + t.Captured + t.Released
}

// Every fault on every call: a request that was not carried out moved nothing,
// one that was moved what it does, and an answer that is broken, or cannot be
// believed, is known to be.
func TestEachFaultBreaksEachCallOfWeChat(t *testing.T) {
	l := startDeposits(t, Options{Password: time.Hour})
	v3 := func(verb, uri string, body any) func() (string, string) {
		return func() (string, string) {
			a, broken := l.send(l.request(verb, uri, body))
			return a.String(), broken
		}
	}
	v2 := func(call string, set map[string]string) func() (string, string) {
		return func() (string, string) {
			v := l.v2Params(set)
			v["sign"] = signV2(v, l.account.APIv2Key)
			a, broken := l.postV2(call, "text/xml", v2XML(v))
			return a.String(), broken
		}
	}
	waiting := func() string {
		no := l.orderNo()
		l.codepay(no, 1000, l.code(12))
		l.clock.pass(15 * time.Second)
		return no
	}
	refunded := func() (no string) {
		no = l.paid(1000)
		l.refund(no, "R"+no, 100, 1000)
		return no
	}
	consumed := func() (no string) {
		no = l.deposit(5000)
		l.consume(no, 1000, 5000)
		return no
	}
	for _, c := range []struct {
		method  string
		prepare func() func() (string, string)
		moves   bool
		silent  bool // the answer names no order
	}{
		{"wechat.codepay", func() func() (string, string) {
			return v3("POST", l.path("codepay"), l.codepayBody(l.orderNo(), 1000, l.code(1)))
		}, true, false},
		{"wechat.query", func() func() (string, string) {
			return v3("GET", l.path("out-trade-no/"+l.paid(1000))+l.inQuery(), nil)
		}, false, false},
		{"wechat.reverse", func() func() (string, string) {
			return v3("POST", l.path("out-trade-no/"+waiting()+"/reverse"), l.names())
		}, true, false},
		{"wechat.native", func() func() (string, string) {
			return v3("POST", l.path("native"), l.nativeBody(l.orderNo(), 1000))
		}, false, true},
		{"wechat.close", func() func() (string, string) {
			no := l.orderNo()
			l.native(no, 1000)
			return v3("POST", l.path("out-trade-no/"+no+"/close"), l.numbers())
		}, false, true},
		{"wechat.refund", func() func() (string, string) {
			no := l.paid(1000)
			return v3("POST", "/v3/refund/domestic/refunds", l.refundBody(no, "R"+no, 100, 1000))
		}, true, false},
		{"wechat.refund.query", func() func() (string, string) {
			return v3("GET", "/v3/refund/domestic/refunds/R"+refunded()+"?sub_mchid="+l.account.SubMchID, nil)
		}, false, false},
		{"wechat.bill", func() func() (string, string) {
			return v3("GET", "/v3/bill/tradebill?bill_date=2026-11-20&sub_mchid="+l.account.SubMchID, nil)
		}, false, true},
		{"wechat.deposit.micropay", func() func() (string, string) {
			return v2("micropay", micropayOf(l.orderNo(), 5000, l.code(1)))
		}, true, false},
		{"wechat.deposit.query", func() func() (string, string) {
			return v2("orderquery", map[string]string{"out_trade_no": l.deposit(5000)})
		}, false, false},
		{"wechat.deposit.reverse", func() func() (string, string) {
			return v2("reverse", map[string]string{"out_trade_no": l.deposit(5000)})
		}, true, true},
		{"wechat.deposit.consume", func() func() (string, string) {
			return v2("consume", consumeOf(l.deposit(5000), 1000, 5000))
		}, true, false},
		{"wechat.deposit.refund", func() func() (string, string) {
			no := consumed()
			return v2("refund", depositRefundOf(no, "R"+no, 100, 5000))
		}, true, false},
		{"wechat.deposit.refund.query", func() func() (string, string) {
			no := consumed()
			l.depositRefund(no, "R"+no, 100, 5000)
			return v2("refundquery", map[string]string{"out_refund_no": "R" + no})
		}, false, false},
	} {
		for _, kind := range append(slices.Clone(FaultKinds), NoFault) {
			t.Run(fmt.Sprint(c.method, " ", kind), func(t *testing.T) {
				call := c.prepare()
				had := wxMoved(l.Truth())
				l.SetFault(func(method string, _ int) Fault {
					if method != c.method {
						return Fault{}
					}
					return Fault{Kind: kind, Code: "403", SubCode: "RULE_LIMIT"}
				})
				said, broken := call()
				l.SetFault(nil)
				before := kind == ResetBefore || kind == ErrorBefore || kind == Refused
				want(t, "moved", wxMoved(l.Truth()) != had, c.moves && !before)
				want(t, "believed", broken == "", kind == NoFault || kind == Refused || (kind == OtherOrder && c.silent))
				if kind == Refused {
					want(t, "refused", said == "403 RULE_LIMIT" || said == "RULE_LIMIT", true)
				}
			})
		}
	}
}

func TestAnAnswerOfWeChatThatIsLate(t *testing.T) {
	l := startWeChat(t, Options{})
	l.SetFault(func(string, int) Fault { return Fault{Delay: 10 * time.Millisecond, Hold: 10 * time.Millisecond} })
	began := time.Now()
	want(t, "answer", l.codepay(l.orderNo(), 100, l.code(1)).String(), "200 SUCCESS")
	want(t, "late", time.Since(began) >= 20*time.Millisecond, true)
}
