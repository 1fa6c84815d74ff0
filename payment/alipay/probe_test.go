package alipay_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

func TestWhatTheDoctorFinds(t *testing.T) {
	unsignedRefusal := func(code, sub string) func(http.ResponseWriter, request) {
		return unsigned(`{"code":"` + code + `","sub_code":"` + sub + `"}`)
	}
	signedRefusal := func(code, sub string) func(http.ResponseWriter, request) {
		return signed(`{"code":"` + code + `","sub_code":"` + sub + `"}`)
	}
	tests := []struct {
		name   string
		answer func(http.ResponseWriter, request)
		kind   alipay.ProbeKind
		code   string
	}{
		{"all is well", signedRefusal("40004", "ACQ.TRADE_NOT_EXIST"), alipay.ProbeGood, "ACQ.TRADE_NOT_EXIST"},
		{"well, but not signed", unsignedRefusal("40004", "ACQ.TRADE_NOT_EXIST"), alipay.ProbeOther, "ACQ.TRADE_NOT_EXIST"},
		{"an order that cannot exist", signed(`{"code":"10000","trade_status":"TRADE_SUCCESS"}`), alipay.ProbeOther, ""},
		{"sandbox and production mixed", unsignedRefusal("40002", "isv.invalid-app-id"), alipay.ProbeAppUnknown, "isv.invalid-app-id"},
		{"the same, signed", signedRefusal("40002", "isv.invalid-app-id"), alipay.ProbeAppUnknown, "isv.invalid-app-id"},
		{"application not online", unsignedRefusal("40002", "not-online-app"), alipay.ProbeAppOffline, "not-online-app"},
		{"application in a wrong state", signedRefusal("40003", "isv.invalid-app-state"), alipay.ProbeAppOffline, "isv.invalid-app-state"},
		{"the private key is another one's", unsignedRefusal("40002", "isv.invalid-signature"), alipay.ProbeSignatureRefused, "isv.invalid-signature"},
		{"a signature of another type", signedRefusal("40002", "isv.invalid-signature-type"), alipay.ProbeOther, "isv.invalid-signature-type"},
		{"nothing uploaded", unsignedRefusal("40001", "isv.missing-signature-key"), alipay.ProbeNoAppKey, "isv.missing-signature-key"},
		{"nothing uploaded for RSA2", unsignedRefusal("40003", "isv.missing-signature-config"), alipay.ProbeNoAppKey, "isv.missing-signature-config"},
		{"certificate mode", unsignedRefusal("40002", "isv.missing-app-cert-sn"), alipay.ProbeCertMode, "isv.missing-app-cert-sn"},
		{"a wrong root", unsignedRefusal("40002", "isv.invalid-alipay-root-cert-sn"), alipay.ProbeCertMode, "isv.invalid-alipay-root-cert-sn"},
		{"a certificate that has expired", unsignedRefusal("40002", "isv.app-cert-expired"), alipay.ProbeCertMode, "isv.app-cert-expired"},
		{"a wrong time", signedRefusal("40002", "isv.invalid-timestamp"), alipay.ProbeClock, "isv.invalid-timestamp"},
		{"a token that has expired", signedRefusal("20001", "aop.app-auth-token-time-out"), alipay.ProbeToken, "aop.app-auth-token-time-out"},
		{"a token without rights", signedRefusal("20001", "aop.invalid-app-auth-token-no-api"), alipay.ProbeToken, "aop.invalid-app-auth-token-no-api"},
		{"a token, not said why", signed(`{"code":"20001"}`), alipay.ProbeToken, "20001"},
		{"the product is not added", signedRefusal("40006", "isv.insufficient-isv-permissions"), alipay.ProbePermission, "isv.insufficient-isv-permissions"},
		{"the merchant has not granted it", signedRefusal("40006", "isv.insufficient-user-permissions"), alipay.ProbePermission, "isv.insufficient-user-permissions"},
		{"no contract", signedRefusal("40004", "ACQ.ACCESS_FORBIDDEN"), alipay.ProbePermission, "ACQ.ACCESS_FORBIDDEN"},
		{"account frozen", signedRefusal("40004", "ACQ.SELLER_BEEN_BLOCKED"), alipay.ProbePermission, "ACQ.SELLER_BEEN_BLOCKED"},
		{"too many calls", signedRefusal("40005", "isv.app-call-limited"), alipay.ProbeBusy, "isv.app-call-limited"},
		{"out of order", signedRefusal("20000", "isp.unknow-error"), alipay.ProbeBusy, "isp.unknow-error"},
		{"a system error", signedRefusal("40004", "AQC.SYSTEM_ERROR"), alipay.ProbeBusy, "AQC.SYSTEM_ERROR"},
		{"something new", signedRefusal("40002", "isv.moon-is-full"), alipay.ProbeOther, "isv.moon-is-full"},
		{"the Alipay key here is another one", func(w http.ResponseWriter, r request) {
			node := `{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}`
			fmt.Fprint(w, envelope(r.Method, node, keys().stranger, node))
		}, alipay.ProbeWrongAlipayKey, ""},
		{"a hotel's log-in page", body("<html>Welcome</html>"), alipay.ProbeNotAlipay, ""},
		{"a proxy's 502", func(w http.ResponseWriter, _ request) { w.WriteHeader(http.StatusBadGateway) }, alipay.ProbeNotAlipay, ""},
		{"somebody else's JSON", body(`{"ok":true}`), alipay.ProbeNotAlipay, ""},
		{"somebody else's list", body(`[]`), alipay.ProbeNotAlipay, ""},
		{"nothing", body(""), alipay.ProbeNotAlipay, ""},
		{"a broken connection", func(http.ResponseWriter, request) { panic(http.ErrAbortHandler) }, alipay.ProbeNetwork, ""},
	}
	seen := map[alipay.ProbeKind]bool{alipay.ProbeTLS: true} // below
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.answer)
			got := newChannel(t, config(g.URL)).Probe(t.Context())
			seen[got.Kind] = true
			if got.Kind != tt.kind || got.Code != tt.code || (got.Detail == nil) != (tt.kind == alipay.ProbeGood) {
				t.Errorf("%+v; want %s, %q", got, tt.kind, tt.code)
			}
			sent := g.only()
			number, _ := sent.Biz["out_trade_no"].(string)
			if sent.Method != "alipay.trade.query" || !strings.HasPrefix(number, "FDPROBE") || len(number) > 64 || len(sent.Biz) != 1 {
				t.Errorf("the doctor asked %s %v", sent.Method, sent.Biz)
			}
		})
	}
	for _, kind := range alipay.ProbeKinds {
		if !seen[kind] {
			t.Errorf("no answer leads to %s", kind)
		}
	}
}

func TestTheDoctorAsksForAnotherOrderEachTime(t *testing.T) {
	g := answers(t, `{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}`)
	channel := newChannel(t, config(g.URL))
	channel.Probe(t.Context())
	channel.Probe(t.Context())
	if sent := g.sent(); sent[0].Biz["out_trade_no"] == sent[1].Biz["out_trade_no"] {
		t.Errorf("twice %v", sent[0].Biz)
	}
}

func TestTheDoctorComparesTheClocks(t *testing.T) {
	for ahead, wrong := range map[time.Duration]bool{0: false, 90 * time.Second: false, 10 * time.Minute: true, -3 * time.Hour: true} {
		g := answers(t, `{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}`)
		c := config(g.URL)
		c.Clock = func() time.Time { return time.Now().Add(ahead) }
		got := newChannel(t, c).Probe(t.Context())
		if !got.Dated || (got.Skew-ahead).Abs() > 2*time.Second || got.ClockWrong() != wrong || got.Kind != alipay.ProbeGood {
			t.Errorf("ahead by %v: %+v, wrong %v", ahead, got, got.ClockWrong())
		}
	}
}

func TestTheDoctorKnowsWhatKeepsTheAnswerAway(t *testing.T) {
	for kind, err := range map[alipay.ProbeKind]error{
		alipay.ProbeTLS: wiretest.ErrStranger, alipay.ProbeClock: wiretest.ErrExpired, alipay.ProbeNotAlipay: wiretest.ErrPlain, alipay.ProbeNetwork: wiretest.ErrOffline,
	} {
		c := config("https://gateway.example/")
		c.Transport = wiretest.Broken{Err: err}
		if got := newChannel(t, c).Probe(t.Context()); got.Kind != kind || got.Dated || got.ClockWrong() {
			t.Errorf("%v: %+v", err, got)
		}
	}
}
