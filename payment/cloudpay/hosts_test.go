package cloudpay_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wire/wiretest"
)

// nobody is an address where nobody listens.
func nobody(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// hangsUp takes every request and ends the connection without an answer. It
// counts them.
func hangsUp(t *testing.T) (url string, got *atomic.Int64) {
	t.Helper()
	got = new(atomic.Int64)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/cpay/ping" {
			got.Add(1)
		}
		panic(http.ErrAbortHandler)
	}))
	s.Config.ErrorLog = wiretest.Quiet()
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, got
}

// live answers every interface that a payment needs.
func live(t *testing.T) *gateway {
	return says(t, map[string]string{
		"micro_pay": done("micro_pay", orderIs("wxpay", 2)), "query_order": done("query_order", orderIs("wxpay", 2)),
		"refund": done("refund", `{"nonce_str":"x"}`), "scan_code_pay": done("scan_code_pay", `{"code_url":"weixin://x"}`),
	})
}

// A host to which no connection comes about has got nothing: the same request
// goes to the next one.
func TestAHostThatIsNotThereIsPassedOver(t *testing.T) {
	g := live(t)
	stranger := httptest.NewTLSServer(http.NotFoundHandler()) // with a certificate that nobody trusts
	stranger.Config.ErrorLog = wiretest.Quiet()
	t.Cleanup(stranger.Close)
	for name, dead := range map[string]string{
		"nobody listens":       nobody(t),
		"no such name":         "https://nowhere.invalid",
		"another's certicate":  stranger.URL,
		"no TLS at this place": strings.Replace(g.URL, "http://", "https://", 1),
	} {
		before := len(g.sent())
		channel := newChannel(t, config(dead, nobody(t), g.URL))
		if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Errorf("%s: %+v", name, out)
		}
		if n := len(g.sent()) - before; n != 1 {
			t.Errorf("%s: %d requests arrived", name, n)
		}
	}
}

// From then on the host that works is asked first.
func TestTheHostThatWorksIsRemembered(t *testing.T) {
	first, second := live(t), live(t)
	url := first.URL
	first.Close() // for lunch
	channel := newChannel(t, config(url, second.URL))
	for range 3 {
		if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Fatalf("%+v", out)
		}
	}
	listener, err := net.Listen("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Skip("somebody else took the port")
	}
	back := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the first host was asked again") }))
	back.Listener.Close()
	back.Listener = listener
	back.Start()
	t.Cleanup(back.Close)
	channel.Query(t.Context(), theOrder)
	if n := len(second.sent()); n != 4 {
		t.Errorf("the second host got %d requests", n)
	}
}

// Once a connection stood, a request that moves money is over: nobody else gets
// it, and its outcome is unknown.
func TestARequestForMoneyIsSentToOneHostOnly(t *testing.T) {
	for _, call := range []struct {
		name string
		do   func(c *cloudpay.Channel) string
	}{
		{"pay", func(c *cloudpay.Channel) string { return string(c.Pay(t.Context(), payRequest()).Result) }},
		{"QR", func(c *cloudpay.Channel) string {
			_, out := c.ShowQR(t.Context(), qrRequest())
			return string(out.Result)
		}},
		{"refund", func(c *cloudpay.Channel) string { return string(c.Refund(t.Context(), refundRequest()).State) }},
		{"hold", func(c *cloudpay.Channel) string {
			return string(c.Hold(t.Context(), holdRequest(payment.WalletAlipay)).Result)
		}},
		{"capture", func(c *cloudpay.Channel) string {
			return string(c.Capture(t.Context(), captureRequest(payment.WalletAlipay)).State)
		}},
		{"release", func(c *cloudpay.Channel) string {
			return string(c.Release(t.Context(), releaseRequest(payment.WalletAlipay)).State)
		}},
	} {
		bad, got := hangsUp(t)
		other := newGateway(t, func(w http.ResponseWriter, r request) { t.Errorf("%s was sent a second time", r.Name) })
		if said := call.do(newChannel(t, config(bad, other.URL))); said != "unknown" {
			t.Errorf("%s: %s", call.name, said)
		}
		if got.Load() != 1 {
			t.Errorf("%s: %d requests at the first host", call.name, got.Load())
		}
	}
}

// A question may be asked twice.
func TestAQueryGoesOnToTheNextHost(t *testing.T) {
	broken := newGateway(t, func(w http.ResponseWriter, _ request) { w.WriteHeader(http.StatusBadGateway) })
	page := newGateway(t, func(w http.ResponseWriter, _ request) { fmt.Fprint(w, "<html>Welcome</html>") })
	bad, got := hangsUp(t)
	g := live(t)
	channel := newChannel(t, config(bad, broken.URL, page.URL, g.URL))
	if out := channel.Query(t.Context(), theOrder); out.Result != payment.Paid {
		t.Errorf("%+v", out)
	}
	if got.Load() != 1 || len(broken.sent()) != 1 || len(page.sent()) != 1 || len(g.sent()) != 1 {
		t.Errorf("asked %d, %d, %d and %d times", got.Load(), len(broken.sent()), len(page.sent()), len(g.sent()))
	}
}

// After a request got lost the way is doubtful. The next one that moves money
// cannot be sent twice, so it goes where somebody answers.
func TestADoubtfulWayIsTriedWithAPing(t *testing.T) {
	bad, got := hangsUp(t)
	g := live(t)
	channel := newChannel(t, config(bad, nobody(t), g.URL))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Unknown {
		t.Fatalf("%+v", out)
	}
	if g.pings.Load() != 0 {
		t.Error("a ping before anything was wrong")
	}
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Paid {
		t.Errorf("the next payment: %+v", out)
	}
	if got.Load() != 1 || g.pings.Load() != 1 {
		t.Errorf("%d requests at the host that hangs up, %d pings at the one that works", got.Load(), g.pings.Load())
	}
	channel.Pay(t.Context(), payRequest())
	if g.pings.Load() != 1 {
		t.Errorf("%d pings, though all is well", g.pings.Load())
	}
}

// The ping chooses among all of them: the next of the list may be as bad.
func TestThePingFindsTheHostThatAnswers(t *testing.T) {
	bad, _ := hangsUp(t)
	worse, got := hangsUp(t)
	g := live(t)
	channel := newChannel(t, config(bad, worse, g.URL))
	channel.Pay(t.Context(), payRequest())
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Paid || got.Load() != 0 {
		t.Errorf("%+v after %d requests at another host that hangs up", out, got.Load())
	}
}

// Who answers is there, also with a no that nobody has to believe: it is not
// asked for at another host.
func TestAnAnswerWithoutAnAuthenticationIsTheHostsOwn(t *testing.T) {
	g := newGateway(t, unsigned(refusal(101, 7, "参数authen_code错误.")))
	other := newGateway(t, func(w http.ResponseWriter, r request) { t.Errorf("%s went to the next host", r.Name) })
	channel := newChannel(t, config(g.URL, other.URL))
	for range 2 {
		if out := channel.Query(t.Context(), theOrder); out.Result != payment.Unknown || out.Reason != payment.ReasonMerchantSetup {
			t.Errorf("%+v", out)
		}
	}
	channel.Pay(t.Context(), payRequest())
	if len(g.sent()) != 3 || g.pings.Load() != 0 || other.pings.Load() != 0 {
		t.Errorf("%d requests, %d and %d pings", len(g.sent()), g.pings.Load(), other.pings.Load())
	}
}

// way is a transport that says nothing of its connections.
type way func(r *http.Request) (*http.Response, error)

func (w way) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// Of a transport that does not tell whether it had a connection, everything may
// have arrived.
func TestATransportThatSaysNothingMayHaveSentEverything(t *testing.T) {
	var asked []string
	c := config("http://127.0.0.1:1", "http://127.0.0.1:2")
	c.Transport = way(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Host)
		return nil, errors.New("the wire is cut")
	})
	if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Unknown || len(asked) != 1 {
		t.Errorf("%+v, asked %q", out, asked)
	}
}

// Old TLS is no way for money, whoever offers it.
func TestOldTLSIsNotSpoken(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request came over TLS 1.1") }))
	s.Config.ErrorLog = wiretest.Quiet()
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	s.StartTLS()
	t.Cleanup(s.Close)
	c := config(s.URL)
	c.ExtraCA = wiretest.PEM("CERTIFICATE", s.Certificate().Raw)
	if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Unknown {
		t.Errorf("%+v", out)
	}
}

// Offline is said with the error that the till knows it by, and every host was
// tried.
func TestOfflineIsAnErrorOfTheNetwork(t *testing.T) {
	channel := newChannel(t, config(nobody(t), nobody(t), nobody(t)))
	for range 2 {
		out := channel.Pay(t.Context(), payRequest())
		if out.Result != payment.Unknown || out.Reason != payment.ReasonNone || !dialed(out.Detail) {
			t.Errorf("%+v", out)
		}
	}
	if kind := channel.Probe(t.Context()).Kind; kind != cloudpay.ProbeNetwork {
		t.Errorf("probe: %s", kind)
	}
}

// A query does not wait for each host as long as for one.
func TestAHostThatNeverAnswersIsWaitedForOnce(t *testing.T) {
	done := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	t.Cleanup(func() { close(done); silent.Close() })
	g := live(t)
	c := config(silent.URL, g.URL)
	c.RequestTimeout = 50 * time.Millisecond
	channel := newChannel(t, c)
	if out := channel.Query(t.Context(), theOrder); out.Result != payment.Unknown || len(g.sent()) != 0 {
		t.Errorf("%+v after %d requests", out, len(g.sent()))
	}
	if out := channel.Query(t.Context(), theOrder); out.Result != payment.Paid { // the other host has its turn
		t.Errorf("the next query: %+v", out)
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	done := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	t.Cleanup(func() { close(done); silent.Close() })
	other := newGateway(t, func(w http.ResponseWriter, r request) { t.Errorf("%s went to the next host", r.Name) })
	channel := newChannel(t, config(silent.URL, other.URL))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if out := channel.Query(ctx, theOrder); out.Result != payment.Unknown || time.Since(began) > 20*time.Second {
		t.Errorf("%+v after %s", out, time.Since(began))
	}
	cancel()
	if out := channel.Pay(ctx, payRequest()); out.Result != payment.Unknown {
		t.Errorf("after its end: %+v", out)
	}
}

func TestAddressesAreTakenAsTheyAreWritten(t *testing.T) {
	g := live(t)
	for _, url := range []string{g.URL, g.URL + "/", "  " + g.URL + "/cpay \n", g.URL + "/cpay/"} {
		if out := newChannel(t, config(url)).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Errorf("%q: %+v", url, out)
		}
	}
}
