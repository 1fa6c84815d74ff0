package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// MaxAnswer is how many bytes are read of an answer. The longest real one, an
// order with all its coupons, has some 20 kB.
const MaxAnswer = 1 << 20

// MaxFile is how many bytes are read of a file that a channel gives out, such as
// a bill. A line of a bill has some 300 bytes.
const MaxFile = 64 << 20

// ErrTooLong is an answer that goes on after MaxAnswer, or MaxFile.
var ErrTooLong = errors.New("the answer is too long")

// StatusError is an answer with a status that says nothing of an order: a
// redirect, the page of a proxy or a captive portal, or trouble at the service.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return fmt.Sprintf("HTTP status %d", e.Status) }

// NewTransport is the way to the network where a Config gives no other. connect
// ends a hopeless attempt to connect early, and idle is how long a connection is
// kept for the next request; each request has a deadline of its own too.
//
// It speaks HTTP/1.1, with which Go sends a POST again only when nothing of it was
// written. Over HTTP/2 it does so up to six times where the other side resets the
// stream with PROTOCOL_ERROR, and a payment that was charged by the first could be
// refused by the second.
func NewTransport(connect, idle time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: connect,
		MaxIdleConnsPerHost: 4,
		IdleConnTimeout:     idle,
	}
}

// NewClient sends by this way. It hands on complete answers of at most MaxAnswer
// bytes, with any status, and follows no redirect: a payment must not wander off
// to another address. Its CloseIdleConnections reaches the way.
func NewClient(way http.RoundTripper) *http.Client { return newClient(guard{way, false, MaxAnswer}) }

// NewStrictClient is NewClient for services that answer 200 even to what they
// refuse. Any other status is a StatusError.
func NewStrictClient(way http.RoundTripper) *http.Client {
	return newClient(guard{way, true, MaxAnswer})
}

// NewFileClient is NewStrictClient for files: it reads up to MaxFile bytes.
func NewFileClient(way http.RoundTripper) *http.Client { return newClient(guard{way, true, MaxFile}) }

func newClient(g guard) *http.Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: g, CheckRedirect: stay}
}

// guard stands between the network and those who read without end or look at no
// status, as libraries do.
type guard struct {
	way    http.RoundTripper
	strict bool
	most   int64 // bytes of an answer
}

func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := g.way.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	noteDate(request.Context(), response.Header)
	if g.strict && response.StatusCode != http.StatusOK {
		return nil, &StatusError{response.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, g.most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > g.most {
		return nil, ErrTooLong
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	response.ContentLength = int64(len(body))
	return response, nil
}

// CloseIdleConnections is what http.Client looks for in its transport.
func (g guard) CloseIdleConnections() {
	if way, ok := g.way.(interface{ CloseIdleConnections() }); ok {
		way.CloseIdleConnections()
	}
}
