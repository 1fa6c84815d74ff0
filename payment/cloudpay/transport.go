package cloudpay

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// maxAnswer caps what is read of an answer. Those that the till asks for have a
// few kB; only client_order_detail, which it does not ask for, is longer.
const maxAnswer = 1 << 20

// connectTimeout ends the attempt to reach one host, so that the next can be
// tried while the payer still waits.
const connectTimeout = 3 * time.Second

var errTooLong = errors.New("the answer is longer than 1 MiB")

// statusError is an answer that is not Cloud Pay's: that one answers 200 even to
// what it refuses. Others come from proxies and captive portals.
type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("HTTP status %d", e.status) }

// newTransport is the way to the network where the Config gives no other. Its
// own limits only end hopeless attempts early: each request has a deadline too.
func newTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: connectTimeout,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 4,
		// Long enough for the queries of one payment, and too short for the other
		// side, or a router between, to have ended it by the next one: a payment
		// that meets a dead connection may not be sent again.
		IdleConnTimeout: 20 * time.Second,
	}
}

// newHTTPClient follows no redirect: a payment must not wander off to another
// address.
func newHTTPClient(next http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     next,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// readBody reads a complete answer with status 200 and at most maxAnswer bytes.
func readBody(response *http.Response) ([]byte, error) {
	if response.StatusCode != http.StatusOK {
		return nil, &statusError{response.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxAnswer {
		return nil, errTooLong
	}
	return body, nil
}

// ownIPv4 is an address of this computer, the loopback one when it has no other.
func ownIPv4() string {
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		prefix, err := netip.ParsePrefix(a.String())
		if err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
			return prefix.Addr().String()
		}
	}
	return "127.0.0.1"
}
