package wiretest

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Requests is what a gateway of a test got, in order. R is the channel's own
// form of a request.
type Requests[R any] struct {
	mu  sync.Mutex
	all []R
}

// Add notes one.
func (q *Requests[R]) Add(r R) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all = append(q.all, r)
}

// Sent is those so far.
func (q *Requests[R]) Sent() []R {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.all)
}

// Only is the one that was sent; any other number fails the test.
func (q *Requests[R]) Only(t testing.TB) R {
	t.Helper()
	all := q.Sent()
	if len(all) != 1 {
		t.Fatalf("%d requests were sent, want one: %+v", len(all), all)
	}
	return all[0]
}

// NoEmptyValue is as strict as the services about empty fields of a request,
// which they take for wrong ones, or for "clear this".
func NoEmptyValue(t testing.TB, where string, value any) {
	switch value := value.(type) {
	case map[string]any:
		if len(value) == 0 {
			t.Errorf("%s is empty", where)
		}
		for name, inner := range value {
			NoEmptyValue(t, where+"."+name, inner)
		}
	case string:
		if value == "" {
			t.Errorf("%s is sent empty", where)
		}
	case nil:
		t.Errorf("%s is sent as null", where)
	}
}

// Quiet is a server's log that nobody reads: refused handshakes are the point.
func Quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// Endless is an answer that does not end by itself within 100 MB. Written is how
// much of it went out.
type Endless struct{ Written atomic.Int64 }

func (e *Endless) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	chunk := []byte(strings.Repeat(" ", 64<<10))
	for range 100 << 20 / len(chunk) {
		n, err := w.Write(chunk)
		e.Written.Add(int64(n))
		if err != nil {
			return
		}
	}
}

// Canned answers every request with the same bytes and needs no network.
type Canned struct {
	status atomic.Int64
	body   atomic.Pointer[[]byte]
}

// Say is what it answers from now on.
func (c *Canned) Say(status int, body []byte) {
	c.status.Store(int64(status))
	c.body.Store(&body)
}

func (c *Canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: int(c.status.Load()), Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(*c.body.Load())), Request: r}, nil
}

// Broken is a way on which every request ends with this error.
type Broken struct{ Err error }

func (b Broken) RoundTrip(*http.Request) (*http.Response, error) { return nil, b.Err }

// What net/http says of a way that is no good. payment/wire tries each of them
// with a real server.
var (
	ErrStranger error = &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}
	ErrExpired  error = &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}
	ErrPlain    error = http.ErrSchemeMismatch // no TLS where it should be
	ErrOffline  error = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
)
