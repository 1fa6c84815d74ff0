package alipay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// maxAnswer caps what is read of an answer. The longest real one, a query with
// all its vouchers, has some 20 kB.
const maxAnswer = 1 << 20

var errTooLong = errors.New("the answer is longer than 1 MiB")

// statusError is an answer that is not the gateway's: that one answers 200 even
// to what it refuses. Others come from proxies and captive portals.
type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("HTTP status %d", e.status) }

// guard stands between the library, which ignores the status and reads without
// end, and the network. What it hands on is a complete answer with status 200
// and at most maxAnswer bytes.
type guard struct{ next http.RoundTripper }

func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := g.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if seen, ok := request.Context().Value(exchangeKey{}).(*exchange); ok {
		seen.date, _ = http.ParseTime(response.Header.Get("Date"))
	}
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
	response.Body = io.NopCloser(bytes.NewReader(body))
	response.ContentLength = int64(len(body))
	return response, nil
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
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 4,
		IdleConnTimeout:     50 * time.Second, // below what home routers keep open
	}
}

// newHTTPClient follows no redirect: a payment must not wander off to another
// address.
func newHTTPClient(next http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     guard{next},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
