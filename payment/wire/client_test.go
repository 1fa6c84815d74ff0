package wire_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/wire"
	"frontdesk/payment/wire/wiretest"
)

// get is what the client makes of an answer.
func get(t *testing.T, client *http.Client, url string) (status int, body string, err error) {
	t.Helper()
	request := wiretest.Must(http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil))
	response, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err == nil && response.ContentLength != int64(len(raw)) {
		t.Errorf("the length is said to be %d, and is %d", response.ContentLength, len(raw))
	}
	return response.StatusCode, string(raw), err
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func transport(t *testing.T) *http.Transport {
	way := wire.NewTransport(5*time.Second, time.Minute)
	t.Cleanup(way.CloseIdleConnections)
	return way
}

func TestAnAnswerIsReadUpToItsLimit(t *testing.T) {
	for length, want := range map[int]error{0: nil, wire.MaxAnswer: nil, wire.MaxAnswer + 1: wire.ErrTooLong} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", length)) })
		for name, client := range map[string]*http.Client{"client": wire.NewClient(transport(t)), "strict client": wire.NewStrictClient(transport(t))} {
			_, body, err := get(t, client, url)
			if !errors.Is(err, want) || want == nil && (err != nil || len(body) != length) {
				t.Errorf("%s: %d of %d bytes, %v", name, len(body), length, err)
			}
		}
	}
}

// A bill of a busy day is larger than any answer.
func TestAFileIsReadUpToItsOwnLimit(t *testing.T) {
	for length, want := range map[int]error{wire.MaxAnswer + 1: nil, wire.MaxFile + 1: wire.ErrTooLong} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", length)) })
		if _, body, err := get(t, wire.NewFileClient(transport(t)), url); !errors.Is(err, want) || want == nil && (err != nil || len(body) != length) {
			t.Errorf("%d of %d bytes, %v", len(body), length, err)
		}
	}
}

func TestAnEndlessAnswerIsNotRead(t *testing.T) {
	var endless wiretest.Endless
	server := httptest.NewServer(&endless)
	if _, _, err := get(t, wire.NewClient(transport(t)), server.URL); !errors.Is(err, wire.ErrTooLong) {
		t.Error(err)
	}
	server.Close() // waits until the handler has given up
	if got := endless.Written.Load(); got > 32<<20 {
		t.Errorf("%d MB went through", got>>20)
	}
}

// Half an answer is none: nobody reads on, and nobody takes it for a whole one.
func TestAnAnswerThatBreaksOffIsAnError(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "half")
	})
	if _, body, err := get(t, wire.NewClient(transport(t)), url); err == nil {
		t.Errorf("it was read as %q", body)
	}
}

func TestOnlyTheStrictClientMindsTheStatus(t *testing.T) {
	for _, status := range []int{http.StatusCreated, http.StatusTemporaryRedirect, http.StatusNotFound, http.StatusBadGateway} {
		url := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				t.Errorf("%d was followed to %s", status, r.URL)
			}
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
			io.WriteString(w, "why")
		})
		if got, body, err := get(t, wire.NewClient(transport(t)), url); got != status || body != "why" || err != nil {
			t.Errorf("%d: %d %q, %v", status, got, body, err)
		}
		var refused *wire.StatusError
		if _, _, err := get(t, wire.NewStrictClient(transport(t)), url); !errors.As(err, &refused) || refused.Status != status {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// The deadline of a request ends the reading of its answer too, and is still
// known for one.
func TestADeadlineIsKnownForOne(t *testing.T) {
	release := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		<-release
	})
	defer close(release) // before the server is closed, which waits for its handler
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	_, err := wire.NewClient(transport(t)).Do(wiretest.Must(http.NewRequestWithContext(ctx, http.MethodGet, url, nil)))
	var timeout interface{ Timeout() bool }
	if !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("%v", err)
	}
}

// idle counts how often it is asked to let go.
type idle struct {
	wiretest.Canned
	asked int
}

func (i *idle) CloseIdleConnections() { i.asked++ }

func TestClosingReachesTheWay(t *testing.T) {
	var way idle
	wire.NewStrictClient(&way).CloseIdleConnections()
	wire.NewClient(&way).CloseIdleConnections()
	wire.NewClient(&way.Canned).CloseIdleConnections() // a way that keeps none
	if way.asked != 2 {
		t.Errorf("asked %d times", way.asked)
	}
}

// Over HTTP/2 Go may send a payment twice by itself. So no channel's way speaks
// it, also where the service offers it.
func TestAPaymentIsNeverSentOverHTTP2(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	both := transport(t)
	both.ForceAttemptHTTP2 = true
	for name, c := range map[string]struct {
		way  *http.Transport
		want string
	}{
		"the channels'":             {transport(t), "HTTP/1.1"},
		"a copy, for a certificate": {transport(t).Clone(), "HTTP/1.1"},
		"one that may":              {both, "HTTP/2.0"}, // else the others prove nothing
	} {
		c.way.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: trusted}
		_, got, err := get(t, &http.Client{Transport: c.way}, server.URL)
		c.way.CloseIdleConnections()
		if err != nil || got != c.want {
			t.Errorf("%s speaks %s, want %s, %v", name, got, c.want, err)
		}
	}
}
