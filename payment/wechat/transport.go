package wechat

import (
	"crypto/tls"
	"net/http"
)

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
