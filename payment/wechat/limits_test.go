package wechat_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
)

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
