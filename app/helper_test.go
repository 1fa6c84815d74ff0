package app_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// emptyLedger is the file of a new ledger. Making its tables is the slow part of
// opening one, so it is made once and copied.
var emptyLedger = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "ledger.db")
	l, err := data.Open(path, data.Options{Key: make([]byte, 32), Till: 1})
	if err != nil {
		return nil, err
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// newLedgerFile is a new ledger in a folder of the test.
func newLedgerFile(tb testing.TB) (path string) {
	tb.Helper()
	file, err := emptyLedger()
	check(tb, err)
	path = filepath.Join(tb.TempDir(), "ledger.db")
	check(tb, os.WriteFile(path, file, 0o600))
	return path
}

// openLedger makes a real ledger in a folder of the test.
func openLedger(tb testing.TB) *data.Ledger {
	tb.Helper()
	return reopenLedger(tb, newLedgerFile(tb))
}

func reopenLedger(tb testing.TB, path string) *data.Ledger {
	tb.Helper()
	l, err := data.Open(path, data.Options{Key: make([]byte, 32), Till: 1})
	check(tb, err)
	tb.Cleanup(func() { l.Close() })
	return l
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// scripted is a channel that answers what the test says, in order; the last
// answer of a kind repeats.
type scripted struct {
	mu      sync.Mutex
	policy  payment.Policy
	pay     []payment.Outcome
	qr      []payment.Outcome
	query   []payment.Outcome
	cancel  []payment.Outcome
	refund  []payment.RefundOutcome
	asked   []payment.RefundOutcome
	calls   []string
	numbers map[string]int // order and request numbers seen by Pay and Refund
}

func newScripted() *scripted {
	return &scripted{
		policy: payment.Policy{
			QueryEvery: 2 * time.Millisecond, PayTimeout: time.Hour,
			QRTimeout: time.Hour, CancelEvery: 2 * time.Millisecond,
		},
		numbers: map[string]int{},
	}
}

func (s *scripted) Name() payment.ChannelName { return payment.Alipay }
func (s *scripted) Policy() payment.Policy    { return s.policy }

func take[T any](s *scripted, call string, list *[]T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, call)
	if len(*list) == 0 {
		panic("no answer scripted for " + call)
	}
	answer := (*list)[0]
	if len(*list) > 1 {
		*list = (*list)[1:]
	}
	return answer
}

func (s *scripted) saw(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.numbers[number]++
}

func (s *scripted) count(call string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if c == call {
			n++
		}
	}
	return n
}

func (s *scripted) Pay(_ context.Context, r payment.PayRequest) payment.Outcome {
	s.saw(r.OutTradeNo)
	return take(s, "pay", &s.pay)
}

func (s *scripted) ShowQR(_ context.Context, r payment.QRRequest) (string, payment.Outcome) {
	s.saw(r.OutTradeNo)
	o := take(s, "qr", &s.qr)
	if o.Result != payment.Waiting {
		return "", o
	}
	return "https://qr.alipay.com/bax" + r.OutTradeNo, o
}

func (s *scripted) Query(context.Context, payment.Order) payment.Outcome {
	return take(s, "query", &s.query)
}

func (s *scripted) Cancel(context.Context, payment.Order) payment.Outcome {
	return take(s, "cancel", &s.cancel)
}

func (s *scripted) Refund(_ context.Context, r payment.RefundRequest) payment.RefundOutcome {
	s.saw(r.RequestNo)
	return take(s, "refund", &s.refund)
}

func (s *scripted) QueryRefund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return take(s, "query refund", &s.asked)
}

func outcomes(results ...payment.Result) []payment.Outcome {
	var list []payment.Outcome
	for _, r := range results {
		list = append(list, payment.Outcome{Result: r})
	}
	return list
}

// open makes a till on a new ledger with one channel.
func open(t *testing.T, ch payment.Channel) (*app.Till, *data.Ledger) {
	t.Helper()
	l := openLedger(t)
	return openTill(t, l, ch), l
}

func openTill(t *testing.T, l *data.Ledger, ch payment.Channel) *app.Till {
	t.Helper()
	o := app.Options{Ledger: l, RefundPauses: []time.Duration{2 * time.Millisecond}}
	if ch != nil {
		o.Channels = []payment.Channel{ch}
	}
	till := app.NewTill(o)
	t.Cleanup(till.Close)
	return till
}

// alipayCode is a pay code that Recognise takes, ending in the two digits given.
func alipayCode(ending int) string { return fmt.Sprintf("2876130925184644%02d", ending) }

// finish waits for the end of a payment.
func finish(t *testing.T, till *app.Till, p app.Payment) app.Payment {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	end, err := till.Wait(ctx, p.Tender.ID)
	check(t, err)
	if !end.Phase.Final() {
		t.Fatalf("payment did not end: phase %s, state %s", end.Phase, end.Tender.State)
	}
	return end
}

// verify fails the test when the ledger's own proof finds a problem.
func verify(t *testing.T, l *data.Ledger) {
	t.Helper()
	report, err := l.Verify(t.Context(), nil)
	check(t, err)
	if len(report.Problems) > 0 {
		t.Fatalf("the ledger does not verify: %v", report.Problems)
	}
}

func newDraft() string { return rand.Text() }
