package wechat

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"

	"frontdesk/payment/wire"
)

// Over HTTP/2 Go may send a payment twice by itself. So the channel's own way does
// not speak it, also where WeChat offers it.
func TestAPaymentIsNeverSentOverHTTP2(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Seen", r.Proto) }))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	for name, c := range map[string]struct {
		way  *http.Transport
		want string
	}{
		"the channel's":       {newWay(), "HTTP/1.1"},
		"with a certificate":  {withCertificate(newWay(), nil).(*http.Transport), "HTTP/1.1"},
		"what it is made out": {wire.NewTransport(0, 0), "HTTP/2.0"}, // else the others prove nothing
	} {
		if c.way.TLSClientConfig == nil {
			c.way.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		c.way.TLSClientConfig.RootCAs = trusted
		answer, err := (&http.Client{Transport: c.way}).Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		c.way.CloseIdleConnections()
		if got := answer.Header.Get("Seen"); got != c.want {
			t.Errorf("%s speaks %s, want %s", name, got, c.want)
		}
	}
}
