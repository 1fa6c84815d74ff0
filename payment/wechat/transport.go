package wechat

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// maxAnswer caps what is read of an answer. The longest real one, an order with
// all its coupons, has some 20 kB.
const maxAnswer = 1 << 20

var errTooLong = errors.New("the answer is longer than 1 MiB")

// statusError is an answer with a status that says nothing of the order: a
// redirect, a proxy's page, or trouble at WeChat.
type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("HTTP status %d", e.status) }

// guard stands between the library, which reads without end, and the network.
// What it hands on is a complete answer of at most maxAnswer bytes.
type guard struct{ next http.RoundTripper }

func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := g.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := readAnswer(response.Body)
	if err != nil {
		return nil, err
	}
	if seen, ok := request.Context().Value(exchangeKey{}).(*exchange); ok {
		seen.date, _ = http.ParseTime(response.Header.Get("Date"))
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	response.ContentLength = int64(len(body))
	return response, nil
}

func readAnswer(from io.ReadCloser) ([]byte, error) {
	defer from.Close()
	body, err := io.ReadAll(io.LimitReader(from, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = errTooLong
	}
	return body, err
}

// exchange is what Probe wants to know of the HTTP layer. It travels in the
// request's context.
type exchange struct {
	date time.Time // the Date header; zero when there was no answer or no such header
}

type exchangeKey struct{}

func withExchange(ctx context.Context, seen *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, seen)
}

// newTransport is the way to the network where the Config gives no other. Its
// own limits only end hopeless attempts early: each request has a deadline too.
func newTransport() *http.Transport {
	const reach = 5 * time.Second
	dialer := net.Dialer{Timeout: reach, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: reach, MaxIdleConnsPerHost: 4, IdleConnTimeout: 50 * time.Second, // below what home routers keep open
	}
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

// newHTTPClient follows no redirect: a payment must not wander off to another
// address.
func newHTTPClient(way http.RoundTripper) *http.Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: guard{way}, CheckRedirect: stay}
}
