package paysim

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAHeldAnswerLooksLikeAlipays(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	a := l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(no, "500.00", l.FreshCode(1)), fields{"out_request_no": "Q1"}))
	want(t, "answer", a.String(), "10000")
	want(t, "node", a.Node, "alipay_fund_auth_order_freeze_response")
	want(t, "signed", a.Signed, true)
	for k, v := range map[string]string{
		"out_order_no": no, "out_request_no": "Q1", "amount": "500.00", "status": "SUCCESS", "gmt_trans": "2026-11-21 14:30:00",
		"payer_logon_id": "138****6021", "payer_user_id": "2088102000006021", "fund_amount": "500.00", "credit_amount": "0.00", "pre_auth_type": "",
	} {
		want(t, k, a.text(k), v)
	}
	if n := a.text("auth_no"); len(n) != 28 || !strings.HasPrefix(n, "2026112110002001") {
		t.Errorf("auth_no %q", n)
	}
	if n := a.text("operation_id"); len(n) != 20 || !strings.HasPrefix(n, "20261121") {
		t.Errorf("operation_id %q", n)
	}
	l.wantHold(no, Held, 50000, 0, 0)
	truth := l.Truth()
	want(t, "held", truth.Held, 50000)
	want(t, "rest", truth.Rest(), 50000)
	want(t, "nothing is charged", truth.Charged, 0)
	want(t, "no trade", l.queryNo(no).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "channel", truth.Holds[no].Channel, "alipay")
	want(t, "method", truth.Holds[no].Method, "code")
	want(t, "auth number", truth.Holds[no].AuthNo, a.text("auth_no"))
}

func TestFieldsOfAHoldAreChecked(t *testing.T) {
	l := startTill(t, Options{})
	face := "fp" + strings.Repeat("aB1", 11)
	for _, c := range []struct {
		name   string
		set    fields // nil values take a field away
		answer string // "" is held
		says   string // part of sub_msg
	}{
		{"as it should be", fields{}, "", ""},
		{"every field a till may send", fields{
			"payee_user_id": l.SellerID, "pay_timeout": "2m", "timeout_express": "2m", "extra_param": `{"merchantExt":"room=1"}`, "business_params": `{"a":"b"}`,
			"disable_pay_channels": `[{"payChannelType":"OPTIMIZED_MOTO"}]`, "terminal_params": "x",
		}, "", ""},
		{"payee by login name", fields{"payee_logon_id": l.SellerLogon}, "", ""},
		{"both names of the payee: the number wins", fields{"payee_user_id": l.SellerID, "payee_logon_id": "other@example.com"}, "", ""},
		{"a face", fields{"auth_code": face, "auth_code_type": "security_code", "scene_code": "HOTEL"}, "", ""},
		{"another form of face", fields{"auth_code": strings.Repeat("a1B2", 100), "auth_code_type": "security_code"}, "", ""},
		{"credit for a named payee", fields{"enable_pay_channels": `[{"payChannelType":"PCREDIT_PAY"}]`, "payee_user_id": l.SellerID}, "", ""},
		{"title of fifty characters", fields{"order_title": strings.Repeat("押", 50)}, "", ""},

		{"no order number", fields{"out_order_no": nil}, "40004 ILLEGAL_ARGUMENT", "out_order_no"},
		{"order number with a dash", fields{"out_order_no": "FD-1"}, "40004 ILLEGAL_ARGUMENT", "out_order_no"},
		{"no request number", fields{"out_request_no": nil}, "40004 ILLEGAL_ARGUMENT", "out_request_no"},
		{"no title", fields{"order_title": nil}, "40004 ILLEGAL_ARGUMENT", "order_title"},
		{"title of fifty-one characters", fields{"order_title": strings.Repeat("押", 51)}, "40004 ILLEGAL_ARGUMENT", "order_title"},
		{"title of a hundred and one letters", fields{"order_title": strings.Repeat("d", 101)}, "40004 ILLEGAL_ARGUMENT", "order_title"},
		{"one decimal", fields{"amount": "500.0"}, "40004 ILLEGAL_ARGUMENT", "amount"},
		{"zero", fields{"amount": "0.00"}, "40004 ILLEGAL_ARGUMENT", "amount"},
		{"too much", fields{"amount": "100000000.01"}, "40004 ILLEGAL_ARGUMENT", "amount"},
		{"amount as a number", fields{"amount": 500.0}, "40004 ILLEGAL_ARGUMENT", "amount"},
		{"the other amount field", fields{"amount": nil, "total_amount": "500.00"}, "40004 ILLEGAL_ARGUMENT", "amount"},
		{"no code", fields{"auth_code": nil}, "40004 ILLEGAL_ARGUMENT", "auth_code"},
		{"WeChat's code", fields{"auth_code": "134567890123456789"}, "40004 ILLEGAL_ARGUMENT", "auth_code"},
		{"no code type", fields{"auth_code_type": nil}, "40004 ILLEGAL_ARGUMENT", "auth_code_type"},
		{"unknown code type", fields{"auth_code_type": "wave_code"}, "40004 ILLEGAL_ARGUMENT", "auth_code_type"},
		{"a face as a bar code", fields{"auth_code": face}, "40004 ILLEGAL_ARGUMENT", "auth_code_type"},
		{"a bar code as a face", fields{"auth_code_type": "security_code"}, "40004 ILLEGAL_ARGUMENT", "auth_code_type"},
		{"scene of a face for a bar code", fields{"scene_code": "HOTEL"}, "40004 ILLEGAL_ARGUMENT", "scene_code"},
		{"empty payee", fields{"payee_user_id": ""}, "40004 ILLEGAL_ARGUMENT", "payee_user_id 为空"},
		{"empty time-out", fields{"pay_timeout": ""}, "40004 ILLEGAL_ARGUMENT", "pay_timeout 为空"},
		{"blank remark-like field", fields{"extra_param": " "}, "40004 ILLEGAL_ARGUMENT", "extra_param 为空"},
		{"typing mistake", fields{"payee_id": l.SellerID}, "40004 ILLEGAL_ARGUMENT", "payee_id"},
		{"scene of a payment", fields{"scene": "bar_code"}, "40004 ILLEGAL_ARGUMENT", "scene"},
		{"time-out with a fraction", fields{"pay_timeout": "1.5h"}, "40004 ILLEGAL_ARGUMENT", "pay_timeout"},
		{"time-out too long", fields{"pay_timeout": "16d"}, "40004 ILLEGAL_ARGUMENT", "pay_timeout"},
		{"until midnight", fields{"timeout_express": "1c"}, "40004 ILLEGAL_ARGUMENT", "timeout_express"},
		{"two time-outs", fields{"pay_timeout": "2m", "timeout_express": "3m"}, "40004 ILLEGAL_ARGUMENT", "timeout_express"},
		{"two lists of channels", fields{"enable_pay_channels": "[]", "disable_pay_channels": "[]"}, "40004 ILLEGAL_ARGUMENT", "互斥"},
		{"credit without a payee", fields{"enable_pay_channels": `[{"payChannelType":"PCREDIT_PAY"}]`}, "40004 ILLEGAL_ARGUMENT", "payee_user_id"},
		{"foreign money", fields{"trans_currency": "USD"}, "40004 ILLEGAL_ARGUMENT", "trans_currency"},
		{"no product", fields{"product_code": nil}, "40004 ILLEGAL_ARGUMENT", "product_code"},
		{"product of apps", fields{"product_code": "PRE_AUTH_ONLINE"}, "40004 ACCESS_FORBIDDEN", "权限"},
		{"product of payments", fields{"product_code": "FACE_TO_FACE_PAYMENT"}, "40004 ACCESS_FORBIDDEN", "权限"},
		{"another payee", fields{"payee_user_id": "2088000000000099"}, "40004 PAYEE_NOT_EXIST", "收款方"},
		{"another payee by login name", fields{"payee_logon_id": "other@example.com"}, "40004 PAYEE_NOT_EXIST", "收款方"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := l.Truth().Held
			a := l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(l.orderNo(), "500.00", l.FreshCode(1)), c.set))
			if c.answer == "" {
				want(t, "answer", a.String()+" "+a.text("status"), "10000 SUCCESS")
				return
			}
			want(t, "answer", a.String(), c.answer)
			want(t, "signed", a.Signed, true)
			want(t, "held", l.Truth().Held, before)
			if !strings.Contains(a.SubMsg, c.says) {
				t.Errorf("sub_msg %q does not name %s", a.SubMsg, c.says)
			}
		})
	}
	want(t, "no content", l.ask("alipay.fund.auth.order.freeze", nil).String(), "40004 ILLEGAL_ARGUMENT")
	want(t, "a field twice", l.ask("alipay.fund.auth.order.freeze", `{"amount":"1.00","amount":"2.00"}`).String(), "40004 ILLEGAL_ARGUMENT")
}

func TestAHoldNumberIsUsedOnce(t *testing.T) {
	l := startTill(t, Options{})
	held, heldAuth := l.heldOrder("5.00")
	used, usedAuth := l.heldOrder("5.00")
	freed, freedAuth := l.heldOrder("5.00")
	waiting, closed, shown := l.orderNo(), l.orderNo(), l.orderNo()
	firstCode := l.FreshCode(3)
	want(t, "waiting", l.freezeWith(waiting, "5.00", firstCode).String(), "10003")
	want(t, "to be closed", l.freezeWith(closed, "5.00", l.FreshCode(3)).String(), "10003")
	want(t, "closed", l.cancelHoldNo(closed).text("action"), "close")
	want(t, "used", l.captureAndRelease(usedAuth, l.orderNo(), "2.00").String(), "10000")
	want(t, "freed", l.unfreeze(freedAuth, "5.00", "U1").String(), "10000")
	want(t, "part", l.unfreeze(heldAuth, "1.00", "U2").String(), "10000")
	want(t, "shown", l.showHoldQR(shown, "5.00").String(), "10000")

	for _, c := range []struct {
		name   string
		biz    fields
		answer string
	}{
		{"held", freezeBiz(held, "5.00", l.FreshCode(1)), "FREEZE_ALREADY_SUCCESS"},
		{"held, another payer", freezeBiz(held, "5.00", "271234567890123401"), "FREEZE_ALREADY_SUCCESS"},
		{"held, another amount", freezeBiz(held, "5.01", l.FreshCode(1)), "UNIQUE_VIOLATION"},
		{"held, another title", but(freezeBiz(held, "5.00", l.FreshCode(1)), fields{"order_title": "押金"}), "UNIQUE_VIOLATION"},
		{"held, another request", but(freezeBiz(held, "5.00", l.FreshCode(1)), fields{"out_request_no": "Q2"}), "UNIQUE_VIOLATION"},
		{"used up", freezeBiz(used, "5.00", l.FreshCode(1)), "ORDER_ALREADY_FINISH"},
		{"freed", freezeBiz(freed, "5.00", l.FreshCode(1)), "ORDER_ALREADY_CLOSED"},
		{"closed", freezeBiz(closed, "5.00", l.FreshCode(1)), "ORDER_ALREADY_CLOSED"},
		{"waiting, another payer", freezeBiz(waiting, "5.00", "271234567890123401"), "UNIQUE_VIOLATION"},
		{"a QR's", freezeBiz(shown, "5.00", l.FreshCode(1)), "UNIQUE_VIOLATION"},
		{"request of another hold", but(freezeBiz(l.orderNo(), "5.00", l.FreshCode(1)), fields{"out_request_no": held}), "UNIQUE_VIOLATION"},
		{"request of a release", but(freezeBiz(l.orderNo(), "5.00", l.FreshCode(1)), fields{"out_request_no": "U1"}), "UNIQUE_VIOLATION"},
	} {
		before := l.Truth().Held
		want(t, c.name, l.ask("alipay.fund.auth.order.freeze", c.biz).String(), "40004 "+c.answer)
		want(t, c.name+": held", l.Truth().Held, before)
	}
	want(t, "the same request again", l.freezeWith(waiting, "5.00", firstCode).String(), "10003")
	want(t, "the payer's next code", l.freezeWith(waiting, "5.00", l.FreshCode(1)).text("status"), "SUCCESS")
	l.wantHold(waiting, Held, 500, 0, 0)
	want(t, "a trade's number is another thing", l.payWith(held, "5.00", l.FreshCode(1)).String(), "10000")
}

func TestACodeIsSpentOnceOnAHoldOrAPayment(t *testing.T) {
	l := startTill(t, Options{})
	first, second := l.FreshCode(0), l.FreshCode(0)
	want(t, "hold", l.freezeWith(l.orderNo(), "1.00", first).String(), "10000")
	want(t, "pay with it", l.payWith(l.orderNo(), "1.00", first).String(), "40004 ACQ.PAYMENT_AUTH_CODE_INVALID")
	want(t, "pay", l.payWith(l.orderNo(), "1.00", second).String(), "10000")
	want(t, "hold with it", l.freezeWith(l.orderNo(), "1.00", second).String(), "40004 PAYMENT_AUTH_CODE_INVALID")
	want(t, "held", l.Truth().Held, 100)
	want(t, "charged", l.Truth().Charged, 100)
}

func TestAHoldIsConfirmedAfterTwoQueriesOrInTime(t *testing.T) {
	l := startTill(t, Options{Password: 8 * time.Second})
	no := l.orderNo()
	a := l.freezeWith(no, "9.00", l.FreshCode(2))
	want(t, "a success that is none", a.String()+" "+a.text("status")+a.text("gmt_trans"), "10000 INIT")
	for _, status := range []string{"INIT INIT 0.00", "INIT INIT 0.00", "AUTHORIZED SUCCESS 9.00", "AUTHORIZED SUCCESS 9.00"} {
		want(t, "status", l.holdStatus(no), status)
	}
	l.wantHold(no, Held, 900, 0, 0)

	timed := l.orderNo()
	l.freezeWith(timed, "9.00", l.FreshCode(2))
	l.clock.pass(7 * time.Second)
	l.wantHold(timed, Waiting, 0, 0, 0)
	l.clock.pass(time.Second)
	l.wantHold(timed, Held, 900, 0, 0)
	want(t, "status", l.holdStatus(timed), "AUTHORIZED SUCCESS 9.00")
	want(t, "since", l.detailNo(timed, timed).text("gmt_trans"), "2026-11-21 14:30:08")
}

// The other form of the same answer.
func TestAHoldThatWaitsMayAlsoBeAnsweredAsInProgress(t *testing.T) {
	l := startTill(t, Options{})
	a := l.freezeWith(l.orderNo(), "9.00", l.FreshCode(3))
	want(t, "answer", a.String()+" "+a.text("status"), "10003 INIT")
}

func TestAHoldExpiresUnconfirmed(t *testing.T) {
	type row struct {
		name string
		set  fields
		life time.Duration
	}
	each(t, []row{
		{"a quarter of an hour by itself", fields{}, 15 * time.Minute},
		{"minutes", fields{"pay_timeout": "90m"}, 90 * time.Minute},
		{"the other name of the field", fields{"timeout_express": "2d"}, 48 * time.Hour},
		{"at the most", fields{"pay_timeout": "15d"}, 15 * 24 * time.Hour},
	}, func(r row) string { return r.name }, func(t *testing.T, l *till, r row) {
		no, shown := l.orderNo(), l.orderNo()
		want(t, "freeze", l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(no, "1.00", l.FreshCode(3)), r.set)).String(), "10003")
		qr := l.ask("alipay.fund.auth.order.voucher.create", but(voucherBiz(shown, "1.00"), r.set)).text("code_value")
		l.clock.pass(r.life - time.Second)
		want(t, "shortly before", l.holdStatus(no), "INIT INIT 0.00")
		l.wantHold(shown, Offered, 0, 0, 0)
		l.clock.pass(time.Second)
		want(t, "then", l.holdStatus(no), "CLOSED CLOSED 0.00")
		want(t, "a cancel after that", l.cancelHoldNo(no).text("action"), "close")
		want(t, "a code after that", l.freezeWith(no, "1.00", l.FreshCode(1)).String(), "40004 ORDER_ALREADY_CLOSED")
		l.wantHold(no, Closed, 0, 0, 0)
		wantErr(t, "its QR", l.ScanQR(qr, 1), ErrQRExpired)
		want(t, "never a hold", l.holdStatus(shown), "40004 AUTH_ORDER_NOT_EXIST")
	})
}

func TestAHoldThatExpiresBeforeThePasswordHoldsNothing(t *testing.T) {
	l := startTill(t, Options{Password: 2 * time.Minute})
	no := l.orderNo()
	l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(no, "1.00", l.FreshCode(2)), fields{"pay_timeout": "1m"}))
	l.clock.pass(time.Hour)
	l.wantHold(no, Closed, 0, 0, 0)
}

func TestASlowHoldObeysACancelThatOvertakesIt(t *testing.T) {
	l := startTill(t, Options{Slow: 300 * time.Millisecond})
	no := l.orderNo()
	answers := make(chan said)
	go func() { answers <- l.freezeWith(no, "3.00", l.FreshCode(11)) }()
	for l.Truth().Holds[no].State != Waiting {
		time.Sleep(time.Millisecond)
	}
	want(t, "cancel", l.cancelHoldNo(no).text("action"), "close")
	want(t, "the late answer", (<-answers).String(), "40004 ORDER_ALREADY_CLOSED")
	l.wantHold(no, Closed, 0, 0, 0)
}

func TestConcurrentHoldsHoldOnce(t *testing.T) {
	l := startTill(t, Options{})
	no := l.orderNo()
	v := l.sign(l.params("alipay.fund.auth.order.freeze", freezeBiz(no, "3.00", l.FreshCode(1))))
	var wg sync.WaitGroup
	answers := make(chan said, 8)
	for range cap(answers) {
		wg.Go(func() { answers <- l.post(v) })
	}
	wg.Wait()
	close(answers)
	held := 0
	for a := range answers {
		if a.Code == "10000" {
			held++
		} else {
			want(t, "the others", a.String(), "40004 FREEZE_ALREADY_SUCCESS")
		}
	}
	want(t, "held", held, 1)
	l.wantHold(no, Held, 300, 0, 0)
}
