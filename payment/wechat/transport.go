package wechat

import (
	"crypto/tls"
	"net/http"
	"time"

	"frontdesk/payment/wire"
)

// newWay is the way to the network where a Config gives no other. Connections end
// before home routers forget them.
//
// It speaks HTTP/1.1, with which Go sends a POST again only when nothing of it was
// written. Over HTTP/2 it does so up to six times where the other side resets the
// stream with PROTOCOL_ERROR, and a payment that was charged by the first could be
// refused by the second.
func newWay() *http.Transport {
	way := wire.NewTransport(5*time.Second, 50*time.Second)
	way.ForceAttemptHTTP2 = false
	return way
}

// withCertificate is the same way for calls that show the merchant's
// certificate. A way that is not Go's own cannot show one, and is returned as
// it is.
func withCertificate(way http.RoundTripper, certs []tls.Certificate) http.RoundTripper {
	plain, ok := way.(*http.Transport)
	if !ok {
		return way
	}
	shown := plain.Clone()
	if shown.TLSClientConfig == nil {
		shown.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	shown.TLSClientConfig.Certificates = certs
	return shown
}
