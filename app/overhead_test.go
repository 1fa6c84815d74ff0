package app_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// BenchmarkChannelOverhead measures what each channel adds to a payment above the
// wire: the time of Pay, less that of a bare HTTP round trip of the very same bytes
// to the same server, both ways. The server says at once what the simulator once
// said. The two, and one RSA signature for comparison, take turns in one run, so
// look at the ratios rather than at the times.
func BenchmarkChannelOverhead(b *testing.B) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(b, err)
	sum := sha256.Sum256([]byte("a request"))
	for _, on := range []way{alipayDirect, wechatDirect, cloudWeChat} {
		b.Run(on.name, func(b *testing.B) {
			tape := newTape(b)
			sim := newSim(b)
			channel, err := on.open(sim, wiring{pace: pace{ask: time.Second, pay: time.Minute, qr: time.Minute}, transport: tape})
			check(b, err)
			b.Cleanup(channel.(interface{ Close() }).Close)
			request := payment.PayRequest{
				Order: payment.Order{OutTradeNo: numberOf(channel), Amount: 12850, Wallet: on.wallet}, Code: payment.PayCode(sim.FreshCodeOf(on.wallet, 1)),
				Subject: "早餐 & 咖啡", ReceiptNo: "01000001", Operator: "小王",
			}
			pay := func() {
				if out := channel.Pay(context.Background(), request); out.Result != payment.Paid {
					b.Fatalf("%+v", out)
				}
			}
			pay() // at the simulator
			pay() // and once of the tape, which opens the connection
			var paid, bare, signed stopwatch
			for b.Loop() {
				paid.time(pay)
				bare.time(func() { tape.repeat(b) })
				signed.time(func() {
					_, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
					check(b, err)
				})
			}
			added := paid.median() - bare.median()
			b.ReportMetric(micros(bare.median()), "µs-bare")
			b.ReportMetric(micros(added), "µs-added")
			b.ReportMetric(float64(paid.median())/float64(bare.median()), "ratio-to-bare")
			b.ReportMetric(float64(added)/float64(signed.median()), "ratio-to-one-signature")
			b.ReportMetric(0, "ns/op") // of the three together, which says nothing
		})
	}
}

func newSim(b *testing.B) *paysim.Sim {
	b.Helper()
	keys, err := simKeys()
	check(b, err)
	sim, err := paysim.New(paysim.Options{Keys: keys})
	check(b, err)
	b.Cleanup(func() { check(b, sim.Close()) })
	check(b, sim.Start("127.0.0.1:0"))
	return sim
}

// numberOf is a merchant order number as the channel wants it.
func numberOf(channel payment.Channel) string {
	prefix := ""
	if n, ok := channel.(payment.Numbered); ok {
		prefix = n.OrderPrefix()
	}
	return payment.NewNumber(prefix, "01000001", 1, time.Now())
}

// tape is a channel's way to the network: what the simulator answers to the first
// request is the answer of a server of its own to all that follow.
type tape struct {
	next   *http.Transport
	server *httptest.Server

	mu       sync.Mutex
	recorded bool
	status   int
	header   http.Header
	answer   []byte

	last     *http.Request // as it was sent; guarded by mu, as its body
	lastBody []byte
}

func newTape(b *testing.B) *tape {
	t := &tape{next: http.DefaultTransport.(*http.Transport).Clone()}
	t.next.Proxy = nil
	t.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		for name, values := range t.header {
			w.Header()[name] = values
		}
		w.WriteHeader(t.status)
		_, _ = w.Write(t.answer)
	}))
	b.Cleanup(func() { t.next.CloseIdleConnections(); t.server.Close() })
	return t
}

func (t *tape) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.recorded {
		t.last, t.lastBody = r, body
		return t.send()
	}
	t.recorded = true
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	answer, err := t.next.RoundTrip(again)
	if err != nil {
		return nil, err
	}
	said, err := io.ReadAll(answer.Body)
	err = errors.Join(err, answer.Body.Close())
	t.status, t.header, t.answer = answer.StatusCode, answer.Header.Clone(), said
	t.header.Del("Content-Length")
	answer.Body = io.NopCloser(bytes.NewReader(said))
	return answer, err
}

// send sends the last request to the tape's server.
func (t *tape) send() (*http.Response, error) {
	to, err := url.Parse(t.server.URL)
	if err != nil {
		return nil, err
	}
	r := t.last.Clone(context.WithoutCancel(t.last.Context()))
	r.URL.Scheme, r.URL.Host, r.Host = to.Scheme, to.Host, to.Host
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(t.lastBody)), int64(len(t.lastBody))
	return t.next.RoundTrip(r)
}

// repeat sends the same bytes once more and reads the answer, and nothing else.
func (t *tape) repeat(b *testing.B) {
	t.mu.Lock()
	defer t.mu.Unlock()
	answer, err := t.send()
	check(b, err)
	said, err := io.ReadAll(answer.Body)
	check(b, errors.Join(err, answer.Body.Close()))
	if !bytes.Equal(said, t.answer) {
		b.Fatalf("another answer: %s", said)
	}
}

// stopwatch keeps how long each turn took.
type stopwatch []time.Duration

func (s *stopwatch) time(f func()) {
	start := time.Now()
	f()
	*s = append(*s, time.Since(start))
}

func (s stopwatch) median() time.Duration {
	return slices.Sorted(slices.Values(s))[len(s)/2]
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
