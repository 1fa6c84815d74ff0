package alipay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

// Whatever comes from the address, half a bill is none, and nobody learns the
// address from an error or a log.
func TestADownloadThatFails(t *testing.T) {
	file := billFile(t, 0)
	ended := make(chan struct{})
	for name, answer := range map[string]http.HandlerFunc{
		"a page of a dead address": gives([]byte("<html><body>下载链接已失效</body></html>")),
		"nothing":                  gives(nil),
		"half a file":              gives(file[:len(file)/2]),
		"a line that breaks": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(file)))
			w.Write(file[:len(file)/2])
		},
		"nobody there": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"not found":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound); w.Write(file) },
		"a part":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent); w.Write(file) },
		"another address": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other"+billQuery, http.StatusFound)
		},
		"an address elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1"+billQuery, http.StatusMovedPermanently)
		},
		"nothing, for too long": func(http.ResponseWriter, *http.Request) { <-ended },
		"an endless file":       new(wiretest.Endless).ServeHTTP,
	} {
		t.Run(name, func(t *testing.T) {
			files := newFileServer(t, answer)
			g := answers(t, billAt(files.URL+billQuery))
			var log bytes.Buffer
			c := clockAt(config(g.URL), nextNoon)
			c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			if name == "nothing, for too long" {
				c.RequestTimeout = 300 * time.Millisecond
				t.Cleanup(func() { close(ended) }) // before the server is closed, which waits for its handlers
			}
			lines, err := newChannel(t, c).Bill(t.Context(), billDay)
			if err == nil || errors.Is(err, payment.ErrBillLater) || len(lines) > 0 {
				t.Fatalf("%d lines, %v", len(lines), err)
			}
			for _, r := range files.got.Sent() {
				if r.RequestURI != billQuery {
					t.Errorf("%s was asked for", r.RequestURI)
				}
			}
			if log.Len() == 0 {
				t.Error("nothing is logged")
			}
			wiretest.KeepsSecrets(t, map[string]string{"the log": log.String(), "the error": err.Error()}, map[string]any{"the error": err}, map[string]string{"token": billToken})
		})
	}
}

// The address goes no further where a bill is told, either.
func TestTheAddressOfABillIsNotLogged(t *testing.T) {
	files := newFileServer(t, gives(billFile(t, 0)))
	g := answers(t, billAt(files.URL+billQuery))
	var log bytes.Buffer
	c := clockAt(config(g.URL), nextNoon)
	c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	channel := newChannel(t, c)
	if _, err := channel.Bill(t.Context(), billDay); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "lines=13") {
		t.Errorf("the log does not tell of the bill: %s", &log)
	}
	wiretest.KeepsSecrets(t, map[string]string{"the log": log.String()}, map[string]any{"the channel": channel}, map[string]string{"token": billToken})
}

// Alipay still names http in many answers. A bill that comes over it anybody
// could have written.
func TestABillOfAnotherComputerComesByHTTPS(t *testing.T) {
	for said, want := range map[string][]string{
		"http://dwbillcenter.alipay.com":       {"dwbillcenter.alipay.com:443"},
		"https://dwbillcenter.alipay.com":      {"dwbillcenter.alipay.com:443"},
		"https://dwbillcenter.alipay.com:8443": {"dwbillcenter.alipay.com:8443"},
		"ftp://dwbillcenter.alipay.com":        nil,
		"https://me@dwbillcenter.alipay.com":   nil,
		"dwbillcenter.alipay.com":              nil,
	} {
		g := answers(t, billAt(said+billQuery))
		outside.Take()
		lines, err := newChannel(t, clockAt(config(g.URL), nextNoon)).Bill(t.Context(), billDay)
		if err == nil || lines != nil || strings.Contains(err.Error(), billToken) {
			t.Errorf("%s: %v", said, err)
		}
		if got := outside.Take(); !slices.Equal(got, want) {
			t.Errorf("%s: the download wanted to go to %q, want %q", said, got, want)
		}
	}
}

// Who has no more time gets no bill, and no lines of it.
func TestABillEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	files := newFileServer(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	g := answers(t, billAt(files.URL+billQuery))
	lines, err := newChannel(t, clockAt(config(g.URL), nextNoon)).Bill(ctx, billDay)
	if !errors.Is(err, context.Canceled) || lines != nil {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}
