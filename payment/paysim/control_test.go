package paysim

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// control makes a control call and returns its status and its answer.
func (l *till) control(method, path string, v url.Values, into any) int {
	l.t.Helper()
	r, err := http.NewRequest(method, l.ControlURL()+path+"?"+v.Encode(), nil)
	check(l.t, err)
	answer, err := http.DefaultClient.Do(r)
	check(l.t, err)
	defer answer.Body.Close()
	if into != nil {
		check(l.t, json.NewDecoder(answer.Body).Decode(into))
	}
	return answer.StatusCode
}

func TestControlCalls(t *testing.T) {
	l := startTill(t, Options{})
	first, second := l.orderNo(), l.orderNo()
	text := l.showQR(first, "8.00").text("qr_code")
	l.showQR(second, "8.00")

	want(t, "scan by text", l.control("POST", "/scan", url.Values{"qr": {text}}, nil), 200)
	l.wantTruth(first, Paid, 800, 0)
	want(t, "scan again", l.control("POST", "/scan", url.Values{"qr": {text}}, nil), 409)
	want(t, "scan by number", l.control("POST", "/scan", url.Values{"out_trade_no": {second}, "outcome": {"3"}}, nil), 200)
	l.wantTruth(second, Waiting, 0, 0)
	want(t, "scan nothing", l.control("POST", "/scan", nil, nil), 404)
	want(t, "scan with an outcome that is none", l.control("POST", "/scan", url.Values{"qr": {text}, "outcome": {"6"}}, nil), 400)
	want(t, "scan with no number", l.control("POST", "/scan", url.Values{"qr": {text}, "outcome": {"x"}}, nil), 400)

	var code struct{ Code string }
	want(t, "code", l.control("GET", "/code", url.Values{"scenario": {"4"}}, &code), 200)
	want(t, "its scenario", scenarioOf(payment.PayCode(code.Code)), balanceTooLow)
	want(t, "code of a wallet", l.control("GET", "/code", url.Values{"scenario": {"14"}, "wallet": {"wechat"}}, &code), 200)
	want(t, "its wallet and scenario", code.Code[:2]+"…"+code.Code[16:], "13…14")
	want(t, "no such wallet", l.control("GET", "/code", url.Values{"wallet": {"cash"}}, nil), 400)
	want(t, "no such code", l.control("GET", "/code", url.Values{"scenario": {"100"}}, nil), 400)

	var truth Truth
	want(t, "truth", l.control("GET", "/truth", nil, &truth), 200)
	want(t, "the same", asJSON(t, truth), asJSON(t, l.Truth()))
	want(t, "charged", truth.Charged, 800)
	want(t, "truth is not posted", l.control("POST", "/truth", nil, nil), 405)
}

func TestFaultsByControl(t *testing.T) {
	l := startTill(t, Options{})
	no := l.paidOrder("1.00")
	query := func() string { return l.try("alipay.trade.query", fields{"out_trade_no": no}) }
	order := url.Values{"kind": {"bad_gateway"}, "method": {"alipay.trade.query"}, "times": {"2"}}
	want(t, "fault", l.control("POST", "/fault", order, nil), 200)
	want(t, "cancel", l.cancelNo("FD404").String(), "10000")
	want(t, "first", query(), "502 Bad Gateway")
	want(t, "second", query(), "502 Bad Gateway")
	want(t, "third", l.queryNo(no).String(), "10000")
	want(t, "for good", l.control("POST", "/fault", url.Values{"kind": {"reset_after"}, "times": {"1000"}}, nil), 200)
	want(t, "broken", query(), "reset")
	want(t, "no more", l.control("POST", "/fault", url.Values{"kind": {"none"}}, nil), 200)
	want(t, "in order", l.queryNo(no).String(), "10000")
	want(t, "no such fault", l.control("POST", "/fault", url.Values{"kind": {"earthquake"}}, nil), 400)
}

func TestOfflineByControlEndsByItself(t *testing.T) {
	l := startTill(t, Options{})
	no := l.paidOrder("1.00")
	want(t, "no time", l.control("POST", "/offline", nil, nil), 400)
	want(t, "offline", l.control("POST", "/offline", url.Values{"seconds": {"1"}}, nil), 200)
	gone := func() bool {
		http.DefaultClient.CloseIdleConnections()
		return l.try("alipay.trade.query", fields{"out_trade_no": no}) == "refused"
	}
	for _, expected := range []bool{true, false} {
		for deadline := time.Now().Add(time.Minute); gone() != expected; {
			if time.Now().After(deadline) {
				t.Fatalf("offline is not %v", expected)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	want(t, "back", l.queryNo(no).String(), "10000")
}

func TestABrowserCannotControl(t *testing.T) {
	l := startTill(t, Options{})
	for name, set := range map[string]func(*http.Request){
		"page of another site": func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"name that points here": func(r *http.Request) {
			r.Host = "evil.example:" + strings.Split(r.Host, ":")[1]
		},
	} {
		r, err := http.NewRequest("GET", l.ControlURL()+"/truth", nil)
		check(t, err)
		set(r)
		answer, err := http.DefaultClient.Do(r)
		check(t, err)
		answer.Body.Close()
		want(t, name, answer.StatusCode, http.StatusForbidden)
	}
}
