package paysim

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// try sends a request and tells in one word how it went on the wire.
func (l *till) try(method string, biz any) string {
	l.t.Helper()
	v := l.sign(l.params(method, biz))
	r, err := http.Post(l.URL(), "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
	if err != nil {
		switch {
		case errors.Is(err, syscall.ECONNREFUSED):
			return "refused"
		case errors.Is(err, syscall.ECONNRESET):
			return "reset"
		case errors.Is(err, io.EOF):
			return "closed"
		}
		return err.Error()
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	switch {
	case r.StatusCode != 200:
		return r.Status
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "cut off"
	case err != nil:
		return err.Error()
	case !strings.HasPrefix(string(raw), `{"alipay_`):
		return "garbage"
	case !strings.Contains(string(raw), `"sign":"`):
		return "unsigned"
	}
	node, sign, _ := strings.Cut(strings.TrimPrefix(string(raw), `{"alipay_trade_pay_response":`), `,"sign":"`)
	switch {
	case !verify(&l.keys.alipay.PublicKey, node, strings.TrimSuffix(sign, `"}`)):
		return "wrong key"
	case strings.Contains(node, "ANOTHER_ORDER"):
		return "other order"
	case strings.Contains(node, `"code":"40005"`):
		return "slow down"
	}
	return "in order"
}

func TestEachFaultBreaksWhatItSays(t *testing.T) {
	l := startTill(t, Options{})
	for _, c := range []struct {
		fault   Fault
		seen    string
		charged bool
	}{
		{Fault{}, "in order", true},
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
		{Fault{Kind: Refused, Code: "40005", SubCode: "isv.app-call-limited"}, "slow down", false},
	} {
		t.Run(string(c.fault.Kind), func(t *testing.T) {
			l.SetFault(func(string, int) Fault { return c.fault })
			defer l.SetFault(nil)
			no := l.orderNo()
			want(t, "seen", l.try("alipay.trade.pay", payBiz(no, "1.00", l.FreshCode(1))), c.seen)
			want(t, "charged", l.Truth().Orders[no].Charged > 0, c.charged)
		})
	}
	want(t, "code 06", l.try("alipay.trade.pay", payBiz(l.orderNo(), "1.00", l.FreshCode(6))), "closed")
}

func TestFaultsAreChosenByMethodAndCount(t *testing.T) {
	l := startTill(t, Options{})
	l.SetFault(func(method string, n int) Fault {
		if method == "alipay.trade.query" && n == 2 {
			return Fault{Kind: Refused, SubCode: "ACQ.SYSTEM_ERROR"}
		}
		return Fault{}
	})
	no := l.paidOrder("1.00")
	want(t, "first", l.queryNo(no).String(), "10000")
	want(t, "cancel of another", l.cancelNo("FD404").String(), "10000")
	want(t, "second", l.queryNo(no).String(), "40004 ACQ.SYSTEM_ERROR")
	want(t, "third", l.queryNo(no).String(), "10000")
}

func TestALateRequestIsCarriedOutThoughTheTillHasGivenUp(t *testing.T) {
	l := startTill(t, Options{})
	l.SetFault(func(method string, n int) Fault {
		if method == "alipay.trade.pay" {
			return Fault{Delay: 200 * time.Millisecond}
		}
		return Fault{}
	})
	no := l.orderNo()
	v := l.sign(l.params("alipay.trade.pay", payBiz(no, "1.00", l.FreshCode(1))))
	impatient := http.Client{Timeout: 20 * time.Millisecond}
	if r, err := impatient.Post(l.URL(), "application/x-www-form-urlencoded", strings.NewReader(v.Encode())); err == nil {
		r.Body.Close()
		t.Fatal("an answer came in time")
	}
	want(t, "cancel finds nothing", l.cancelNo(no).text("action"), "")
	for deadline := time.Now().Add(time.Minute); l.Truth().Orders[no].State != Paid; {
		if time.Now().After(deadline) {
			t.Fatal("the late request was not carried out")
		}
		time.Sleep(5 * time.Millisecond)
	}
	want(t, "the next cancel gives back", l.cancelNo(no).text("action"), "refund")
	l.wantTruth(no, Reversed, 100, 100)
}

func TestALateAnswerIsHeldBack(t *testing.T) {
	l := startTill(t, Options{})
	l.SetFault(func(string, int) Fault { return Fault{Hold: time.Hour} })
	no := l.orderNo()
	answered := make(chan string)
	go func() { answered <- l.try("alipay.trade.pay", payBiz(no, "1.00", l.FreshCode(1))) }()
	for deadline := time.Now().Add(time.Minute); l.Truth().Orders[no].State != Paid; {
		if time.Now().After(deadline) {
			t.Fatal("not carried out")
		}
		time.Sleep(time.Millisecond)
	}
	check(t, l.Close()) // ends the wait
	if got := <-answered; got == "in order" {
		t.Errorf("the held answer: got %q", got)
	}
}

func TestOfflineRefusesConnectionsAndComesBackOnTheSamePort(t *testing.T) {
	l := startTill(t, Options{})
	no, address := l.paidOrder("1.00"), l.URL()
	check(t, l.Offline(true))
	http.DefaultClient.CloseIdleConnections() // else the broken one is tried first
	want(t, "offline", l.try("alipay.trade.query", fields{"out_trade_no": no}), "refused")
	want(t, "address", l.URL(), address)
	check(t, l.Offline(true))
	check(t, l.Offline(false))
	want(t, "back", l.queryNo(no).String(), "10000")
	check(t, l.Offline(false))
}
