package cloudpay_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wire/wiretest"
)

func TestWhatTheDoctorFinds(t *testing.T) {
	met := map[cloudpay.ProbeKind]bool{cloudpay.ProbeNetwork: true, cloudpay.ProbeTLS: true, cloudpay.ProbeClock: true} // below
	raw := func(body string) func(http.ResponseWriter, request) {
		return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, body) }
	}
	none := refusal(104, 400, "订单不存在")
	tests := []struct {
		name   string
		answer func(http.ResponseWriter, request)
		kind   cloudpay.ProbeKind
		code   string
	}{
		{"all is well", authentic(none), cloudpay.ProbeGood, "104/400"},
		{"well, and said without a code", unsigned(refusal(101, 400, "订单不存在")), cloudpay.ProbeGood, "101/400"},
		{"well, in other words", authentic(refusal(104, 512, "没有这样的订单")), cloudpay.ProbeGood, "104/512"},
		{"well, in still others", authentic(refusal(102, 0, "")), cloudpay.ProbeGood, "102/0"},
		{"an order that cannot exist", authentic(done("query_order", orderIs("wxpay", 2))), cloudpay.ProbeGood, ""},
		{"the key is another one", unsigned(refusal(101, 7, "参数authen_code错误.")), cloudpay.ProbeKeyRefused, "101/7"},
		{"an id is wrong", unsigned(refusal(101, 9, "参数out_sub_mch_id错误.")), cloudpay.ProbeAccount, "101/9"},
		{"the answer has another key", raw(envelope(none, code("another key, of 32 characters...", none))), cloudpay.ProbeWrongKey, ""},
		{"busy", unsigned(refusal(3, 21, "系统繁忙")), cloudpay.ProbeBusy, "3/21"},
		{"busy and authentic", authentic(refusal(103, 21, "系统繁忙")), cloudpay.ProbeBusy, "103/21"},
		{"something new", authentic(refusal(77, 1, "")), cloudpay.ProbeOther, "77/1"},
		{"not authentic", unsigned(refusal(104, 512, "")), cloudpay.ProbeOther, "104/512"},
		{"a hotel's log-in page", raw("<html>Welcome</html>"), cloudpay.ProbeNotCloudPay, ""},
		{"somebody's JSON", raw(`{"ok":true}`), cloudpay.ProbeNotCloudPay, ""},
		{"a proxy's 502", func(w http.ResponseWriter, _ request) { w.WriteHeader(http.StatusBadGateway) }, cloudpay.ProbeNotCloudPay, ""},
	}
	for _, tt := range tests {
		g := newGateway(t, tt.answer)
		p := newChannel(t, config(g.URL)).Probe(t.Context())
		if p.Kind != tt.kind || p.Code != tt.code || (p.Kind == cloudpay.ProbeGood) != (p.Detail == nil) {
			t.Errorf("%s: %+v, want %s %s", tt.name, p, tt.kind, tt.code)
		}
		if len(p.Hosts) != 1 || !p.Hosts[0].Up || p.Hosts[0].URL != g.URL || g.pings.Load() == 0 {
			t.Errorf("%s: hosts %+v", tt.name, p.Hosts)
		}
		r := g.sent()[0]
		no, _ := r.Content["out_trade_no"].(string)
		if r.Name != "query_order" || !strings.HasPrefix(no, prefix) || len(no) > 32 || r.part("pay_mch_key")["pay_platform"] != nil {
			t.Errorf("%s: asked %s for %q of %v", tt.name, r.Name, no, r.part("pay_mch_key"))
		}
		met[tt.kind] = true
	}
	for _, kind := range cloudpay.ProbeKinds {
		if !met[kind] {
			t.Errorf("nothing here is %q", kind)
		}
	}
}

func TestTheDoctorLooksAtEveryHost(t *testing.T) {
	g, bad := answers(t, refusal(104, 400, "")), httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(bad.Close)
	dead := nobody(t)
	p := newChannel(t, config(dead, g.URL, bad.URL)).Probe(t.Context())
	if p.Kind != cloudpay.ProbeGood || len(p.Hosts) != 3 || p.Hosts[0].Up || !p.Hosts[1].Up || p.Hosts[2].Up {
		t.Errorf("%s, hosts %+v", p.Kind, p.Hosts)
	}
}

func TestTheDoctorComparesTheClocks(t *testing.T) {
	for ahead, wrong := range map[time.Duration]bool{0: false, time.Minute: false, -3 * time.Minute: true, time.Hour: true} {
		g := answers(t, refusal(104, 400, ""))
		c := config(g.URL)
		c.Clock = func() time.Time { return time.Now().Add(ahead) }
		p := newChannel(t, c).Probe(t.Context())
		if !p.Dated || (p.Skew-ahead).Abs() > 5*time.Second || p.ClockWrong() != wrong {
			t.Errorf("%s ahead: skew %s, wrong %v", ahead, p.Skew, p.ClockWrong())
		}
	}
}

func TestTheDoctorKnowsWhatKeepsTheAnswerAway(t *testing.T) {
	for kind, err := range map[cloudpay.ProbeKind]error{
		cloudpay.ProbeTLS: wiretest.ErrStranger, cloudpay.ProbeClock: wiretest.ErrExpired, cloudpay.ProbeNotCloudPay: wiretest.ErrPlain, cloudpay.ProbeNetwork: wiretest.ErrOffline,
	} {
		c := config("https://gateway.example")
		c.Transport = wiretest.Broken{Err: err}
		if p := newChannel(t, c).Probe(t.Context()); p.Kind != kind || p.Dated || p.ClockWrong() {
			t.Errorf("%v: %+v", err, p)
		}
	}
}
