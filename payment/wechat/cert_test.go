package wechat_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

// secure starts a gateway that speaks TLS and asks for certificates.
func secure(t *testing.T, a answer, ask tls.ClientAuthType) (*gateway, *http.Transport) {
	t.Helper()
	g := &gateway{t: t, answer: a}
	g.Server = httptest.NewUnstartedServer(http.HandlerFunc(g.serve))
	g.Config.ErrorLog = wiretest.Quiet()
	g.TLS = &tls.Config{ClientAuth: ask}
	g.StartTLS()
	t.Cleanup(g.Close)
	way := g.Client().Transport.(*http.Transport).Clone() // which trusts the server
	t.Cleanup(way.CloseIdleConnections)
	return g, way
}

// The merchant's certificate is shown to the calls of deposits that move money,
// and to no others.
func TestWhoIsShownTheCertificate(t *testing.T) {
	g, way := secure(t, sayYes, tls.RequestClientCert)
	c := partner(g.URL)
	c.Transport = way
	everything(t.Context(), newChannel(t, c))
	var shown []string
	for _, r := range g.sent() {
		switch {
		case r.Cert == nil:
		case !r.Cert.Equal(keys().merchant.cert):
			t.Errorf("%s was shown another certificate", r.Call)
		case !slices.Contains(shown, r.Call):
			shown = append(shown, r.Call)
		}
	}
	slices.Sort(shown)
	if want := []string{"/deposit/consume", "/deposit/refund", "/deposit/reverse"}; !slices.Equal(shown, want) {
		t.Errorf("shown to %q, want %q", shown, want)
	}
}

// Where the server insists, the calls go through; and a way that cannot show a
// certificate leaves the money unknown.
func TestAServerThatInsistsOnTheCertificate(t *testing.T) {
	g, way := secure(t, sayYes, tls.RequireAnyClientCert)
	c := partner(g.URL)
	c.Transport = way
	channel := newChannel(t, c)
	if out := channel.RefundCapture(t.Context(), captureRefund()); out.State != payment.RefundUnknown || !out.Waiting { // the query shows none
		t.Errorf("with it: %+v", out)
	}
	if out := channel.Hold(t.Context(), holdRequest()); out.Result != payment.Unknown {
		t.Errorf("a call that shows none: %+v", out)
	}
	c.Transport = struct{ http.RoundTripper }{way}
	if out := newChannel(t, c).RefundCapture(t.Context(), captureRefund()); out.State != payment.RefundUnknown || out.Waiting {
		t.Errorf("by a way that cannot show it: %+v", out)
	}
}
