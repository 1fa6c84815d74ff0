package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/wire"
	"frontdesk/payment/wire/wiretest"
)

// watch sends one request and returns what was seen of it.
func watch(t *testing.T, way http.RoundTripper, url string) (*wire.Seen, error) {
	t.Helper()
	ctx, seen := wire.Watch(t.Context())
	response, err := wire.NewStrictClient(way).Do(wiretest.Must(http.NewRequestWithContext(ctx, http.MethodGet, url, nil)))
	if err == nil {
		response.Body.Close()
	}
	return seen, err
}

func TestTheClocksAreCompared(t *testing.T) {
	date := time.Date(2026, 11, 21, 6, 33, 26, 0, time.UTC)
	for _, status := range []int{200, 502} { // a proxy's clock is as good as any
		seen, _ := watch(t, transport(t), serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			w.WriteHeader(status)
		}))
		for began, want := range map[time.Time]time.Duration{
			date.Add(-time.Second):                        0, // half of two seconds on the way
			date.Add(-time.Second + 900*time.Millisecond): 0, // the header has no fractions
			date.Add(10*time.Minute - time.Second):        10 * time.Minute,
			date.Add(-3*time.Hour - time.Second):          -3 * time.Hour,
			date.AddDate(-20, 0, 0).Add(-time.Second):     -date.Sub(date.AddDate(-20, 0, 0)), // the battery of the board is empty
		} {
			if skew, dated := seen.Skew(began, 2*time.Second); skew != want || !dated {
				t.Errorf("began %s: %s, %v; want %s", began, skew, dated, want)
			}
		}
	}
}

func TestWithoutADateThereIsNoSkew(t *testing.T) {
	for name, date := range map[string][]string{"none": nil, "words": {"yesterday"}} {
		seen, err := watch(t, transport(t), serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header()["Date"] = date }))
		if skew, dated := seen.Skew(time.Now(), time.Second); skew != 0 || dated || err != nil {
			t.Errorf("%s: %s, %v, %v", name, skew, dated, err)
		}
	}
	seen, _ := watch(t, wiretest.Broken{Err: wiretest.ErrOffline}, "https://gateway.example")
	if _, dated := seen.Skew(time.Now(), time.Second); dated {
		t.Error("offline: it is dated")
	}
}

// What net/http says of real servers, and what the tests of the channels take for
// the same.
func TestWhatKeepsAnAnswerAway(t *testing.T) {
	stranger := httptest.NewUnstartedServer(http.NotFoundHandler())
	stranger.Config.ErrorLog = wiretest.Quiet()
	stranger.StartTLS() // with a certificate that nobody trusts
	t.Cleanup(stranger.Close)
	later := stranger.Client().Transport.(*http.Transport).Clone() // who trusts it, long after it ended
	later.TLSClientConfig.Time = func() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }
	t.Cleanup(later.CloseIdleConnections)
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	page := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	hangsUp := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	own := errors.New("the channel's own")

	for _, tt := range []struct {
		name string
		way  http.RoundTripper
		url  string
		want wire.Trouble
	}{
		{"a stranger's certificate", transport(t), stranger.URL, wire.BadTLS},
		{"the same in the tests of channels", wiretest.Broken{Err: wiretest.ErrStranger}, page, wire.BadTLS},
		{"a certificate out of its time", later, stranger.URL, wire.BadClock},
		{"the same in the tests of channels", wiretest.Broken{Err: wiretest.ErrExpired}, page, wire.BadClock},
		{"no TLS", transport(t), strings.Replace(plain, "http:", "https:", 1), wire.Foreign},
		{"the same in the tests of channels", wiretest.Broken{Err: wiretest.ErrPlain}, page, wire.Foreign},
		{"a proxy's page", transport(t), page, wire.Foreign},
		{"too long", wiretest.Broken{Err: wire.ErrTooLong}, page, wire.Foreign},
		{"the channel's own error", wiretest.Broken{Err: fmt.Errorf("%w: %w", own, errors.New("why"))}, page, wire.Foreign},
		{"nobody there", transport(t), "http://127.0.0.1:1", wire.NoAnswer},
		{"the same in the tests of channels", wiretest.Broken{Err: wiretest.ErrOffline}, page, wire.NoAnswer},
		{"a broken connection", transport(t), hangsUp, wire.NoAnswer},
	} {
		_, err := watch(t, tt.way, tt.url)
		if got := wire.TroubleOf(err, own); err == nil || got != tt.want {
			t.Errorf("%s: %d, want %d: %v", tt.name, got, tt.want, err)
		}
	}
	for _, text := range []string{"<html>", `"1"`} {
		var number int
		if err := json.Unmarshal([]byte(text), &number); wire.TroubleOf(err) != wire.Foreign {
			t.Errorf("%s: %v", text, err)
		}
	}
}
