package wechat_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/payment"
)

// endless writes for ever and counts.
type endless struct{ written atomic.Int64 }

func (e *endless) answer(w http.ResponseWriter, _ request) {
	chunk := []byte(strings.Repeat(" ", 64<<10))
	for range 100 << 20 / len(chunk) {
		n, err := w.Write(chunk)
		e.written.Add(int64(n))
		if err != nil {
			return
		}
	}
}

func TestAHugeAnswerIsNotRead(t *testing.T) {
	var e endless
	g := newGateway(t, e.answer)
	channel := newChannel(t, partner(g.URL))
	if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Unknown {
		t.Errorf("%+v", out)
	}
	if out := channel.Hold(t.Context(), holdRequest()); out.Result != payment.Unknown {
		t.Errorf("%+v", out)
	}
	g.Close() // waits until the handler has given up
	if got := e.written.Load(); got > 32<<20 {
		t.Errorf("%d MB went through", got>>20)
	}
}

func TestAnAnswerOfTheFullLengthIsRead(t *testing.T) {
	const limit = 1 << 20
	for _, tt := range []struct {
		length int
		want   payment.Result
	}{{limit, payment.Paid}, {limit + 1, payment.Unknown}} {
		body := paidOrder("SUCCESS", "MICROPAY")
		g := newGateway(t, says(200, body+strings.Repeat(" ", tt.length-len(body))))
		if out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest()); out.Result != tt.want {
			t.Errorf("%d bytes: %+v", tt.length, out)
		}
	}
}

// Every request ends by its own deadline, and sooner when the caller's is.
func TestNobodyWaitsForEver(t *testing.T) {
	hang := make(chan struct{})
	g := newGateway(t, func(http.ResponseWriter, request) { <-hang })
	defer close(hang)
	c := partner(g.URL)
	c.RequestTimeout = 50 * time.Millisecond
	channel := newChannel(t, c)
	began := time.Now()
	for how, got := range everything(t.Context(), channel) {
		if got != "unknown" {
			t.Errorf("%s: %s", how, got)
		}
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("all took %v", took)
	}
	c.RequestTimeout = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if out := newChannel(t, c).Pay(ctx, payRequest()); out.Result != payment.Unknown {
		t.Errorf("%+v", out)
	}
}

// A channel is shared by a whole till.
func TestManyMayAskAtTheSameTime(t *testing.T) {
	g := newGateway(t, sayYes)
	channel := newChannel(t, partner(g.URL))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := everything(t.Context(), channel); got["pay"] != "paid" || got["hold"] != "held" {
				t.Errorf("%v", got)
			}
		})
	}
	all.Wait()
}
