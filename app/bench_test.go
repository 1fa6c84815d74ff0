package app_test

import (
	"context"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// BenchmarkScanToSocket measures what the till itself takes: from the scan's
// last character inside the program to the first byte of the payment on the
// socket, with the intent committed to the ledger in between.
func BenchmarkScanToSocket(b *testing.B) {
	sim, err := paysim.New(paysim.Options{})
	check(b, err)
	check(b, sim.Start("127.0.0.1:0"))
	defer sim.Close()
	var first atomic.Int64 // when the first byte since the last reset was written
	ch, err := alipay.New(alipay.Config{
		AppID: sim.AppID, PrivateKey: sim.MerchantPrivateKey, PublicKey: sim.AlipayPublicKey,
		Gateway: sim.URL(), Sandbox: true, Transport: watchedTransport(&first),
	})
	check(b, err)
	ledger := openLedger(b)
	till := app.NewTill(app.Options{Ledger: ledger, Channels: []payment.Channel{ch}})
	defer till.Close()

	var taken []time.Duration
	for b.Loop() {
		code := sim.FreshCode(1)
		first.Store(0)
		start := time.Now()
		p, err := till.PayByCode(context.Background(), app.Charge{Draft: newDraft(), Amount: 100}, code)
		check(b, err)
		if _, err := till.Wait(context.Background(), p.Tender.ID); err != nil {
			b.Fatal(err)
		}
		taken = append(taken, time.Unix(0, first.Load()).Sub(start))
	}
	slices.Sort(taken)
	b.ReportMetric(float64(taken[len(taken)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(taken[len(taken)*99/100].Microseconds())/1000, "ms-p99")
}

// watchedTransport notes when the first byte after a reset of at to 0 is
// written to a connection.
func watchedTransport(at *atomic.Int64) http.RoundTripper {
	dialer := &net.Dialer{}
	return &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, address)
		return watchedConn{c, at}, err
	}}
}

type watchedConn struct {
	net.Conn
	at *atomic.Int64
}

func (c watchedConn) Write(p []byte) (int, error) {
	c.at.CompareAndSwap(0, time.Now().UnixNano())
	return c.Conn.Write(p)
}
