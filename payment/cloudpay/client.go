package cloudpay

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// path stands between a host and the name of an interface.
const path = "/cpay/"

// The interfaces that the till uses.
const (
	callMicroPay      = "micro_pay"
	callScanCodePay   = "scan_code_pay"
	callQueryOrder    = "query_order"
	callCloseOrder    = "close_order"
	callRefund        = "refund"
	callQueryRefund   = "query_refund_order"
	callMicroFreeze   = "micro_freeze"
	callScanFreeze    = "scancode_freeze" // its answer's object is called scan_code_freeze
	callQueryFreeze   = "query_freeze_order"
	callUnfreeze      = "unfreeze"
	callQueryUnfreeze = "query_unfreeze_order"
	callConsume       = "deposit_consume"
	callQueryList     = "query_order_list"
)

// asksOnly are the interfaces that change nothing, so that a request may be sent
// to the next host when nobody knows whether it arrived.
var asksOnly = map[string]bool{callQueryOrder: true, callQueryRefund: true, callQueryFreeze: true, callQueryUnfreeze: true, callQueryList: true}

// Channel is one account at Cloud Pay. All methods may be called at the same
// time.
type Channel struct {
	http  *http.Client
	set   settings
	hosts hosts
	log   *slog.Logger
	now   func() time.Time
}

var (
	_ payment.Channel  = (*Channel)(nil)
	_ payment.Holder   = (*Channel)(nil)
	_ payment.Biller   = (*Channel)(nil)
	_ payment.Numbered = (*Channel)(nil)
)

// New makes a Channel. The error is the first of Config.Problems, a
// *ConfigError. Nothing is sent.
func New(c Config) (*Channel, error) {
	set, problems := c.resolve()
	if len(problems) > 0 {
		return nil, problems[0]
	}
	ch := &Channel{set: set, hosts: hosts{urls: set.hosts}, log: cmp.Or(c.Log, slog.New(slog.DiscardHandler)), now: c.Clock}
	if ch.now == nil {
		ch.now = time.Now
	}
	way := c.Transport
	if way == nil {
		way = newTransport(set.roots)
	}
	ch.http = wire.NewStrictClient(way)
	return ch, nil
}

// connectTimeout ends the attempt to reach one host, so that the next can be
// tried while the payer still waits.
const connectTimeout = 3 * time.Second

// newTransport is the way to the network where the Config gives no other. It
// keeps connections long enough for the queries of one payment, and too short for
// the other side, or a router between, to have ended one by the next payment: a
// payment that meets a dead connection may not be sent again.
func newTransport(roots *x509.CertPool) *http.Transport {
	way := wire.NewTransport(connectTimeout, 20*time.Second)
	way.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return way
}

// Name is payment.CloudPay.
func (c *Channel) Name() payment.ChannelName { return payment.CloudPay }

// Policy is the rhythm of the documents, or what the Config says instead.
func (c *Channel) Policy() payment.Policy { return c.set.policy() }

// OrderPrefix is what all numbers begin with: orders, refunds, deposits,
// captures and releases. A number that does not is refused here, and nothing is
// sent.
func (c *Channel) OrderPrefix() string { return c.set.prefix }

// Close lets go of idle connections. Requests that are under way go on.
func (c *Channel) Close() { c.http.CloseIdleConnections() }

// Format prints the account and nothing of its keys, for every verb, also when
// what it points to is printed.
func (c *Channel) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "cloud pay merchant %s, shop %s", c.set.outSubMchID, c.set.outShopID)
}

// reply is what came back. err is nil only when the answer's authentication
// fits; then content can be believed. With errUnsigned it is there for its codes
// alone.
type reply struct {
	content object
	err     error

	host string        // for the log
	took time.Duration // for the log
}

// call sends one request and waits for its answer. Which host gets it, and when
// it may go to another, is said in hosts.go.
func (c *Channel) call(ctx context.Context, name string, q any) reply {
	var signer *rsa.PrivateKey
	if name == callRefund {
		signer = c.set.signKey
	}
	body, err := seal(q, c.set.authKey, signer)
	if err != nil {
		return reply{err: err}
	}
	if !asksOnly[name] && c.hosts.doubtful() {
		c.findHost(ctx)
	}
	var r reply
	began := time.Now()
	for _, i := range c.hosts.order() {
		var sent bool
		r, sent = c.exchange(ctx, c.hosts.urls[i]+path+name, body)
		r.host = c.hosts.urls[i]
		if r.err == nil || errors.Is(r.err, errUnsigned) {
			c.hosts.works(i)
			break
		}
		c.hosts.fails(i)
		if ctx.Err() != nil || sent && (!asksOnly[name] || isTimeout(r.err)) {
			break
		}
	}
	r.took = time.Since(began)
	return r
}

// exchange is one request to one host, in this order: send, check the status,
// cap the body, verify, read. sent is false only when it is certain that nothing
// of the request left this computer.
func (c *Channel) exchange(ctx context.Context, url string, body []byte) (r reply, sent bool) {
	ctx, cancel := context.WithTimeout(ctx, c.set.requestTimeout)
	defer cancel()

	// The transport of net/http first asks for a connection, and then says that
	// it got one. Only who asked and got none has sent nothing. A transport that
	// says neither may have sent everything.
	var asked, got atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return reply{err: err}, false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return reply{err: err}, got.Load() || !asked.Load()
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		r.err = err
		return r, true
	}
	r.content, r.err = unseal(answer, c.set.authKey)
	return r, true
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// note writes one line for each call. Unknown is a warning: somebody may have
// to look into it. No field can hold a secret: see wire.Token and wire.Scrub.
func (c *Channel) note(ctx context.Context, name, number string, r reply, result string, detail error) {
	internal := ""
	if n, said := r.internal(); said {
		internal = strconv.FormatInt(n, 10)
	}
	level := slog.LevelDebug
	if result == string(payment.Unknown) { // which is payment.RefundUnknown's word too
		level = slog.LevelWarn
	}
	c.log.LogAttrs(ctx, level, name, slog.String("number", number), slog.String("result", result),
		slog.String("status", wire.Token(r.content.text("status"))), slog.String("internal_status", internal),
		slog.String("log_id", wire.Token(r.content.text("log_id"))), slog.String("says", wire.Scrub(r.content.text("description"))),
		slog.String("host", r.host), slog.Duration("took", r.took), slog.Any("detail", detail))
}
