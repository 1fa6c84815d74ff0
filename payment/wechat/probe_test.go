package wechat_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/wechat"
	"frontdesk/payment/wire/wiretest"
)

func TestWhatTheDoctorFinds(t *testing.T) {
	refusal := func(status int, code string) answer { return says(status, `{"code":"`+code+`","message":"no"}`) }
	bare := func(status int, code string) answer { return unsigned(status, `{"code":"`+code+`","message":"no"}`) }
	by := func(s signer) answer {
		return func(w http.ResponseWriter, _ request) {
			s.headers(w.Header(), notFound)
			w.WriteHeader(404)
			io.WriteString(w, notFound)
		}
	}
	late := func(code string) answer {
		return func(w http.ResponseWriter, r request) {
			w.Header().Set("Date", time.Now().Add(-7*time.Minute).UTC().Format(http.TimeFormat))
			bare(401, code)(w, r)
		}
	}
	tests := []struct {
		name   string
		answer answer
		kind   wechat.ProbeKind
		code   string
	}{
		{"all is well", says(404, notFound), wechat.ProbeGood, "ORDER_NOT_EXIST"},
		{"well, but not signed", unsigned(404, notFound), wechat.ProbeOther, "ORDER_NOT_EXIST"},
		{"an order that cannot exist", says(200, order("SUCCESS", "")), wechat.ProbeOther, ""},
		{"the private key is another one's", bare(401, "SIGN_ERROR"), wechat.ProbeSignatureRefused, "SIGN_ERROR"},
		{"the same, signed", refusal(401, "SIGN_ERROR"), wechat.ProbeSignatureRefused, "SIGN_ERROR"},
		{"no such merchant", refusal(400, "MCH_NOT_EXISTS"), wechat.ProbeMerchantUnknown, "MCH_NOT_EXISTS"},
		{"the app is another merchant's", refusal(400, "APPID_MCHID_NOT_MATCH"), wechat.ProbeAppMismatch, "APPID_MCHID_NOT_MATCH"},
		{"no contract", refusal(403, "NO_AUTH"), wechat.ProbePermission, "NO_AUTH"},
		{"too many calls", refusal(429, "FREQUENCY_LIMITED"), wechat.ProbeBusy, "FREQUENCY_LIMITED"},
		{"out of order", says(500, systemError), wechat.ProbeBusy, "SYSTEM_ERROR"},
		{"out of order, by a new word", refusal(503, "MOON"), wechat.ProbeBusy, "MOON"},
		{"something new", refusal(403, "MOON_IS_FULL"), wechat.ProbeOther, "MOON_IS_FULL"},
		{"WeChat's key here is another one", by(signer{key: keys().stranger.key, serial: keyID}), wechat.ProbeWrongWeChatKey, "ORDER_NOT_EXIST"},
		{"WeChat's key here has another name", by(signer{key: keys().platform.key, serial: "PUB_KEY_ID_0000000000000001"}), wechat.ProbeWrongWeChatKey, "ORDER_NOT_EXIST"},
		{"the clock is off, and the answer says so", by(signer{key: keys().platform.key, serial: keyID, off: -7 * time.Minute}), wechat.ProbeClock, "ORDER_NOT_EXIST"},
		{"the clock is off, and WeChat refuses", late("SIGN_ERROR"), wechat.ProbeClock, "SIGN_ERROR"},
		{"a hotel's log-in page", unsigned(200, "<html>Welcome</html>"), wechat.ProbeNotWeChat, ""},
		{"a proxy's 502", unsigned(502, ""), wechat.ProbeNotWeChat, ""},
		{"a redirect", unsigned(302, ""), wechat.ProbeNotWeChat, ""},
		{"somebody else's JSON", unsigned(200, `{"ok":true}`), wechat.ProbeNotWeChat, ""},
		{"somebody else's list", unsigned(200, `[]`), wechat.ProbeNotWeChat, ""},
		{"nothing", unsigned(200, ``), wechat.ProbeNotWeChat, ""},
		{"a broken connection", brokenOff, wechat.ProbeNetwork, ""},
	}
	seen := map[wechat.ProbeKind]bool{wechat.ProbeTLS: true, wechat.ProbeDepositKey: true, wechat.ProbeDepositRight: true} // below
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, tt.answer)
			got := newChannel(t, config(g.URL)).Probe(t.Context())
			seen[got.Kind] = true
			if got.Kind != tt.kind || got.Code != tt.code || (got.Detail == nil) != (tt.kind == wechat.ProbeGood) {
				t.Errorf("%+v; want %s, %q", got, tt.kind, tt.code)
			}
			sent := g.only()
			number := sent.Path[strings.LastIndex(sent.Path, "/")+1:]
			if sent.Call != "query" || !strings.HasPrefix(number, "FDP") || len(number) > 32 {
				t.Errorf("the doctor asked %s", sent.Path)
			}
		})
	}
	for _, kind := range wechat.ProbeKinds {
		if !seen[kind] {
			t.Errorf("no answer leads to %s", kind)
		}
	}
}

// Where deposits are set up, their key is asked about as well.
func TestTheDoctorLooksAfterDeposits(t *testing.T) {
	for name, tt := range map[string]struct {
		answer answer
		kind   wechat.ProbeKind
		code   string
	}{
		"all is well":           {refusesV2("ORDERNOTEXIST"), wechat.ProbeGood, "ORDER_NOT_EXIST"},
		"the key is refused":    {unsigned(200, `<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>`), wechat.ProbeDepositKey, "SIGNERROR"},
		"the key does not fit":  {unsigned(200, xmlOf(map[string]string{"return_code": "SUCCESS", "result_code": "FAIL", "err_code": "ORDERNOTEXIST", "sign": strings.Repeat("0", 64)})), wechat.ProbeDepositKey, "ORDERNOTEXIST"},
		"no right":              {refusesV2("NOAUTH"), wechat.ProbeDepositRight, "NOAUTH"},
		"trouble":               {refusesV2("SYSTEMERROR"), wechat.ProbeBusy, "SYSTEMERROR"},
		"something new":         {refusesV2("MOON"), wechat.ProbeOther, "MOON"},
		"somebody else answers": {unsigned(200, "<html>"), wechat.ProbeNotWeChat, ""},
		"nobody answers":        {brokenOff, wechat.ProbeNetwork, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGateway(t, script(t, map[string][]answer{"query": {says(404, notFound)}, "/deposit/orderquery": {tt.answer}}))
			got := newChannel(t, partner(g.URL)).Probe(t.Context())
			if got.Kind != tt.kind || got.Code != tt.code || (got.Detail == nil) != (tt.kind == wechat.ProbeGood) || !got.Dated {
				t.Errorf("%+v; want %s, %q", got, tt.kind, tt.code)
			}
			if g.calls() != "query, /deposit/orderquery" {
				t.Errorf("calls %s", g.calls())
			}
		})
	}
	g := newGateway(t, says(403, `{"code":"NO_AUTH"}`))
	if got := newChannel(t, partner(g.URL)).Probe(t.Context()); got.Kind != wechat.ProbePermission {
		t.Errorf("%+v", got)
	}
	g.only() // deposits are the second thing
}

func TestTheDoctorAsksForAnotherOrderEachTime(t *testing.T) {
	g := newGateway(t, says(404, notFound))
	channel := newChannel(t, config(g.URL))
	channel.Probe(t.Context())
	channel.Probe(t.Context())
	if sent := g.sent(); sent[0].Path == sent[1].Path {
		t.Errorf("twice %s", sent[0].Path)
	}
}

func TestTheDoctorComparesTheClocks(t *testing.T) {
	for ahead, wrong := range map[time.Duration]bool{0: false, 90 * time.Second: false, 10 * time.Minute: true, -3 * time.Hour: true} {
		g := newGateway(t, says(404, notFound))
		c := config(g.URL)
		c.Clock = func() time.Time { return time.Now().Add(ahead) }
		got := newChannel(t, c).Probe(t.Context())
		if !got.Dated || (got.Skew-ahead).Abs() > 2*time.Second || got.ClockWrong() != wrong || got.Kind != wechat.ProbeGood {
			t.Errorf("ahead by %v: %+v, wrong %v", ahead, got, got.ClockWrong())
		}
	}
}

func TestTheDoctorKnowsWhatKeepsTheAnswerAway(t *testing.T) {
	for kind, err := range map[wechat.ProbeKind]error{
		wechat.ProbeTLS: wiretest.ErrStranger, wechat.ProbeClock: wiretest.ErrExpired, wechat.ProbeNotWeChat: wiretest.ErrPlain, wechat.ProbeNetwork: wiretest.ErrOffline,
	} {
		c := config("https://gateway.example")
		c.Transport = wiretest.Broken{Err: err}
		if got := newChannel(t, c).Probe(t.Context()); got.Kind != kind || got.Dated || got.ClockWrong() {
			t.Errorf("%v: %+v", err, got)
		}
	}
}
