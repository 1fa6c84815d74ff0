package paysim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Every test code on a deposit: what comes of the call, of a query after it, and
// of reverses.
func TestEveryTestCodeOnADeposit(t *testing.T) {
	const notThere, held, waits, back = "ORDERNOTEXIST", "SUCCESS SUCCESS", "SUCCESS USERPAYING", "SUCCESS REFUND"
	for _, c := range []struct {
		number   int
		pay      string
		query    string
		reverses []string
		last     string
		state    State
	}{
		{1, "SUCCESS", held, []string{"SUCCESS N", "SUCCESS N"}, back, Released},
		{2, "USERPAYING", waits, nil, waits, Waiting},
		{3, "USERPAYING", waits, []string{"SUCCESS N", "SUCCESS N"}, "SUCCESS REVOKED", Closed},
		{4, "NOTENOUGH", notThere, nil, notThere, ""},
		{5, "AUTHCODEEXPIRE", notThere, nil, notThere, ""},
		{6, "no answer", held, nil, held, Held},
		{7, "SYSTEMERROR", held, nil, held, Held},
		{8, "SYSTEMERROR", notThere, []string{"SUCCESS N"}, notThere, ""},
		{9, "no XML", held, nil, held, Held},
		{10, "not to be believed", held, nil, held, Held},
		{11, "SUCCESS", held, nil, held, Held},
		{12, "USERPAYING", waits, []string{"SUCCESS N"}, back, Released},
		{13, "USERPAYING", waits, []string{"SYSTEMERROR Y", "USERPAYING Y", "SUCCESS N"}, "SUCCESS REVOKED", Closed},
		{14, "SUCCESS", held, nil, held, Held},
	} {
		t.Run(fmt.Sprintf("%02d", c.number), func(t *testing.T) {
			t.Parallel()
			l := startDeposits(t, Options{Slow: 20 * time.Millisecond, Password: time.Hour})
			no := l.orderNo()
			v := l.v2Params(micropayOf(no, 50000, l.code(c.number)))
			v["sign"] = signV2(v, l.account.APIv2Key)
			a, broken := l.postV2("micropay", "text/xml", v2XML(v))
			if broken == "" {
				broken = a.String()
			}
			want(t, "micropay", broken, c.pay)
			want(t, "query", l.depositQuery(no).String(), c.query)
			l.clock.pass(15 * time.Second)
			for _, answer := range c.reverses {
				want(t, "reverse", l.depositReverse(no).String(), answer)
			}
			want(t, "last query", l.depositQuery(no).String(), c.last)
			want(t, "state", l.Truth().Holds[no].State, c.state)
		})
	}
}

func TestADepositSaysAllOfItself(t *testing.T) {
	l := startDeposits(t, Options{})
	no := l.orderNo()
	set := micropayOf(no, 50000, l.code(1))
	set["attach"] = "房间 1203"
	pay := l.tell("micropay", set)
	truth := l.Truth().Holds[no]
	for _, a := range []v2Said{pay, l.depositQuery(no), l.tell("orderquery", texts2{"transaction_id": truth.AuthNo})} {
		for name, expected := range map[string]string{
			"out_trade_no": no, "transaction_id": truth.AuthNo, "total_fee": "50000", "time_end": "20261121143000", "openid": wechatPhone.UserID,
			"attach": "房间 1203", "trade_type": "MICROPAY", "sub_mch_id": l.account.SubMchID, "consume_fee": "",
		} {
			want(t, name, a.Fields[name], expected)
		}
	}
	l.wantHold(no, Held, 50000, 0, 0)
}

// What is consumed is the shop's, the rest goes back by itself, and of the
// consumed money the shop can give back.
func TestAConsumeTakesItsPartAndTheRestGoesBack(t *testing.T) {
	l := startDeposits(t, Options{})
	no := l.deposit(50000)
	a := l.consume(no, 12300, 50000)
	want(t, "consume", a.String()+" "+a.Fields["consume_fee"], "SUCCESS 12300")
	l.wantHold(no, Finished, 50000, 12300, 37700)
	l.wantTruth(no, Paid, 12300, 0)
	q := l.depositQuery(no)
	want(t, "query", q.String()+" "+q.Fields["total_fee"]+" "+q.Fields["consume_fee"], "SUCCESS CONSUMED 50000 12300")
	want(t, "once", l.consume(no, 12300, 50000).String(), "INVALID_REQUEST")
	want(t, "no reverse", l.depositReverse(no).String(), "ORDERNOTEXIST N")

	want(t, "refund", l.depositRefund(no, "R1", 10000, 50000).String(), "SUCCESS")
	want(t, "again", l.depositRefund(no, "R1", 10000, 50000).String(), "SUCCESS")
	want(t, "another sum", l.depositRefund(no, "R1", 10010, 50000).String(), "INVALID_REQUEST")
	want(t, "more than is left", l.depositRefund(no, "R2", 2310, 50000).String(), "INVALID_REQUEST")
	want(t, "another total", l.depositRefund(no, "R2", 2300, 12300).String(), "INVALID_REQUEST")
	want(t, "the rest", l.depositRefund(no, "R2", 2300, 50000).String(), "SUCCESS")
	l.wantTruth(no, Paid, 12300, 12300)
	q = l.depositQuery(no)
	want(t, "query", q.String()+" "+q.Fields["consume_fee"], "SUCCESS REFUND 12300")

	r := l.depositRefundQuery("R1")
	want(t, "refund query", r.Fields["refund_count"]+" "+r.Fields["refund_fee_0"]+" "+r.Fields["refund_status_0"], "1 10000 SUCCESS")
	for _, which := range []map[string]string{{"refund_id": r.Fields["refund_id_0"]}, {"out_trade_no": no, "offset": "0"}, {"out_trade_no": no, "offset": "1"}} {
		a := l.tell("refundquery", which)
		want(t, "count", a.Fields["total_refund_count"]+a.Fields["out_refund_no_0"], map[string]string{"": "1R1", "0": "2R1", "1": "2R2"}[which["offset"]])
	}
	want(t, "unknown", l.depositRefundQuery("R3").String(), "REFUNDNOTEXIST")
	want(t, "not by APIv3", l.refundQuery("R1").String(), "404 RESOURCE_NOT_EXISTS")
	want(t, "no payment", l.query(no).String(), "404 ORDER_NOT_EXIST")
}

func TestForcedConsumesOfADeposit(t *testing.T) {
	for _, c := range CaptureCases {
		t.Run(c.Key, func(t *testing.T) {
			l := startDeposits(t, Options{Password: time.Hour})
			no, fen := l.deposit(50000), 10000+c.Digit
			first := map[int]string{1: "no answer", 2: "TRADE_ERROR", 3: "SYSTEMERROR", 4: "SYSTEMERROR", 5: "SETTLING"}[c.Digit]
			v := l.v2Params(consumeOf(no, fen, 50000))
			v["sign"] = signV2(v, l.account.APIv2Key)
			a, broken := l.postV2("consume", "text/xml", v2XML(v))
			if broken == "" {
				broken = a.String()
			}
			want(t, "first", broken, first)
			want(t, "done", l.Truth().Captured > 0, c.Done)
			states := map[int]string{1: "CONSUMED", 2: "SUCCESS", 3: "CONSUMED", 4: "SUCCESS", 5: "SETTLING SETTLING CONSUMED"}[c.Digit]
			for _, state := range strings.Fields(states) {
				if state == "SETTLING" {
					want(t, "meanwhile", l.consume(no, 20000, 50000).String(), "SETTLING")
					want(t, "meanwhile", l.depositReverse(no).String(), "TRADE_ERROR Y")
				}
				want(t, "query", l.depositQuery(no).Fields["trade_state"], state)
			}
			if c.Digit == 4 {
				want(t, "again", l.consume(no, fen, 50000).String(), "SUCCESS")
			}
			if c.Digit == 2 {
				want(t, "another sum", l.consume(no, 100, 50000).String(), "SUCCESS")
				fen = 100
			}
			l.wantHold(no, Finished, 50000, amountOf(fen), amountOf(50000-fen))
		})
	}
}

func TestAConsumeMayFailOnlyLater(t *testing.T) {
	l := startDeposits(t, Options{WeChat: WeChatOptions{SettlementFails: true}})
	no := l.deposit(50000)
	want(t, "consume", l.consume(no, 10002, 50000).String(), "SUCCESS")
	want(t, "query", l.depositQuery(no).String(), "SUCCESS SETTLEMENTFAIL")
	l.wantHold(no, Held, 50000, 0, 0)
	want(t, "another sum", l.consume(no, 10000, 50000).String(), "SUCCESS")
	want(t, "query", l.depositQuery(no).String(), "SUCCESS CONSUMED")
}

// The reverse is also how a deposit is given back, days later: the last digit of
// fen of the deposit chooses what else happens then.
func TestForcedReversesOfADeposit(t *testing.T) {
	for _, c := range ReleaseCases {
		t.Run(c.Key, func(t *testing.T) {
			l := startDeposits(t, Options{})
			no := l.deposit(50000 + c.Digit)
			l.clock.pass(10 * 24 * time.Hour)
			first := map[int]string{1: "no answer", 2: "TRADE_ERROR N", 3: "SYSTEMERROR Y", 4: "SYSTEMERROR Y"}[c.Digit]
			v := l.v2Params(texts2{"out_trade_no": no})
			v["sign"] = signV2(v, l.account.APIv2Key)
			a, broken := l.postV2("reverse", "text/xml", v2XML(v))
			if broken == "" {
				broken = a.String()
			}
			want(t, "first", broken, first)
			want(t, "done", l.Truth().Released > 0, c.Done)
			if c.Digit == 2 {
				want(t, "again", l.depositReverse(no).String(), "TRADE_ERROR N")
				l.wantHold(no, Held, 50002, 0, 0)
				return
			}
			want(t, "again", l.depositReverse(no).String(), "SUCCESS N")
			l.wantHold(no, Released, amountOf(50000+c.Digit), 0, amountOf(50000+c.Digit))
		})
	}
}

func TestForcedRefundsOfADeposit(t *testing.T) {
	for _, c := range RefundCases {
		t.Run(c.Key, func(t *testing.T) {
			l := startDeposits(t, Options{})
			no, fen := l.deposit(50000), 100+c.Digit
			l.consume(no, 40000, 50000)
			first := map[int]string{1: "no answer", 2: "NOTENOUGH", 3: "SYSTEMERROR", 4: "BIZERR_NEED_RETRY", 5: "SUCCESS"}[c.Digit]
			v := l.v2Params(depositRefundOf(no, "R1", fen, 50000))
			v["sign"] = signV2(v, l.account.APIv2Key)
			a, broken := l.postV2("refund", "text/xml", v2XML(v))
			if broken == "" {
				broken = a.String()
			}
			want(t, "first", broken, first)
			want(t, "done", l.Truth().Refunded > 0, c.Done)
			want(t, "known", l.depositRefundQuery("R1").String() == "SUCCESS", c.Done)
			again := l.depositRefund(no, "R1", fen, 50000).String()
			if c.Digit == 2 {
				want(t, "again", again, "NOTENOUGH")
				return
			}
			want(t, "again", again, "SUCCESS")
			want(t, "once", l.Truth().Refunded, amountOf(fen))
		})
	}
}

func TestAConsumeNeedsAPaidDepositAndItsAmounts(t *testing.T) {
	l := startDeposits(t, Options{Password: time.Hour})
	no, waiting := l.deposit(50000), l.orderNo()
	l.micropay(waiting, 50000, l.code(3))
	for _, c := range []struct {
		name       string
		no         string
		fen, total int
		answer     string
	}{
		{"another total", no, 100, 50001, "PARAM_ERROR"},
		{"more than all", no, 50001, 50000, "PARAM_ERROR"},
		{"nothing", no, 0, 50000, "PARAM_ERROR"},
		{"unknown", "FD0000000000", 100, 50000, "ORDERNOTEXIST"},
		{"not paid", waiting, 100, 50000, "INVALID_REQUEST"},
	} {
		want(t, c.name, l.consume(c.no, c.fen, c.total).String(), c.answer)
	}
	want(t, "refund before a consume", l.depositRefund(no, "R1", 100, 50000).String(), "TRADE_ERROR")
	want(t, "all of it", l.consume(no, 50000, 50000).String(), "SUCCESS")
	l.wantHold(no, Finished, 50000, 50000, 0)

	gone := l.deposit(50000)
	l.depositReverse(gone)
	want(t, "given back", l.consume(gone, 100, 50000).String(), "ORDERREVERSED")
}

func TestADepositGoesBackAfterThirtyDays(t *testing.T) {
	l := startDeposits(t, Options{})
	no := l.deposit(50000)
	l.clock.pass(30*24*time.Hour - 16*time.Second)
	want(t, "one second before", l.depositQuery(no).String(), "SUCCESS SUCCESS")
	l.clock.pass(time.Second)
	want(t, "then", l.depositQuery(no).String(), "SUCCESS REFUND")
	l.wantHold(no, Released, 50000, 0, 50000)
	want(t, "consume", l.consume(no, 100, 50000).String(), "ORDERREVERSED")
}

func TestAnEarlyReverseOfADepositChangesNothing(t *testing.T) {
	l := startDeposits(t, Options{})
	no := l.orderNo()
	l.micropay(no, 50000, l.code(1))
	l.clock.pass(15*time.Second - 1)
	want(t, "early", l.depositReverse(no).String(), "INVALID_REQUEST Y")
	l.wantHold(no, Held, 50000, 0, 0)
	l.clock.pass(1)
	want(t, "in time", l.depositReverse(no).String(), "SUCCESS N")
}

func TestADepositsNumberAndCodeAreGoodOnce(t *testing.T) {
	l := startDeposits(t, Options{Password: time.Hour})
	code, no := l.code(3), l.orderNo()
	l.micropay(no, 50000, code)
	want(t, "the same request", l.micropay(no, 50000, code).String(), "USERPAYING")
	want(t, "another code", l.micropay(no, 50000, l.code(1)).String(), "OUT_TRADE_NO_USED")
	want(t, "another sum", l.micropay(no, 50001, code).String(), "OUT_TRADE_NO_USED")
	want(t, "another deposit", l.micropay(l.orderNo(), 50000, code).String(), "AUTHCODEEXPIRE")
	want(t, "a payment", l.codepay(no, 100, l.code(1)).String(), "403 OUT_TRADE_NO_USED")
	want(t, "a QR", l.native(no, 100).String(), "403 OUT_TRADE_NO_USED")
	paid := l.paid(100)
	want(t, "a payment's", l.micropay(paid, 100, l.code(1)).String(), "OUT_TRADE_NO_USED")
	want(t, "not WeChat's code", l.micropay(l.orderNo(), 100, l.FreshCode(1)).String(), "AUTH_CODE_INVALID")
}
