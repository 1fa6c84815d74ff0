package sales

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// world is a till on a real ledger with a channel that answers what the test
// says, and the screen in a window of Fyne's test driver.
type world struct {
	tb      testing.TB
	ledger  *data.Ledger
	till    *app.Till
	channel *channel
	clock   *clock
	posts   *screentest.Queue
	desk    *screen.Desk
	win     fyne.Window
	s       *Screen
	drafts  int
	people  *app.People
	crew    *screentest.Crew // nil until staff was called
	vault   *screentest.Vault
}

// noon of the test's day, a Saturday, in Beijing.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, payment.Beijing)

func newWorld(tb testing.TB, language lang.Language, mode kit.Mode) *world {
	tb.Helper()
	w := &world{tb: tb, clock: &clock{at: noon}, channel: newChannel(), posts: &screentest.Queue{}}
	var err error
	w.ledger, err = data.Open(filepath.Join(tb.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Now: w.clock.now, Till: 1})
	check(tb, err)
	w.vault = &screentest.Vault{}
	w.people = app.NewPeople(w.ledger, w.vault, w.clock.now)
	w.till = app.NewTill(app.Options{Ledger: w.ledger, People: w.people, Channels: []payment.Channel{w.channel}, RefundPauses: []time.Duration{time.Millisecond}})
	tb.Cleanup(func() {
		w.till.Close()
		w.ledger.Close()
	})
	w.win = screentest.NewWindow(tb, mode)
	w.desk = &screen.Desk{
		Words: lang.Load(language), Keys: screen.DefaultKeys(), Till: w.till, Books: app.NewBooks(w.ledger),
		Settings: app.NewSettings(w.ledger, noSecrets{}), Log: slog.New(slog.DiscardHandler), Now: w.clock.now,
		Post: w.posts.Post, Window: w.win,
		Go: func(screen.Tab, int64) {}, Refund: func(int64) {}, WakePrinter: func() {},
		SettingsChanged: func(context.Context) error { return nil },
	}
	return w
}

// open shows the screen in a window of that size, with the head's room on top.
func (w *world) open(width, height float32) *world {
	w.tb.Helper()
	w.s = New(w.desk)
	w.tb.Cleanup(w.s.Close)
	screentest.Show(w.win, 1, w.s.Object(), width, height)
	w.s.Show()
	w.settle()
	return w
}

// until runs what was posted until cond holds.
func (w *world) until(what string, cond func() bool) {
	w.tb.Helper()
	w.posts.Until(w.tb, what, cond)
}

// settle runs what was posted until list and detail are read.
func (w *world) settle() {
	w.tb.Helper()
	w.until("list and detail are read", func() bool {
		return w.posts.Empty() && !w.s.list.reading && !w.s.detail.reading && w.s.find == 0
	})
}

// A clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// at moves the clock to a time of the test's day: "14:32:10".
func (w *world) at(text string) *world {
	w.tb.Helper()
	if len(text) == 5 {
		text += ":00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04:05", "2026-11-21 "+text, payment.Beijing)
	check(w.tb, err)
	w.clock.set(t)
	return w
}

func (w *world) charge(amount string) app.Charge {
	w.tb.Helper()
	a, err := payment.ParseAmount(amount)
	check(w.tb, err)
	w.drafts++
	return app.Charge{Draft: fmt.Sprintf("draft-%d", w.drafts), Amount: a}
}

// A pay code whose last two digits say what the channel answers.
func code(outcome string) string { return "2876543210987654" + outcome }

const (
	pays     = "01" // paid at once
	expired  = "05" // failed: the code has expired
	lost     = "06" // no answer; the channel knows nothing until the test says
	balance  = "04" // failed: too little money
	deadline = "03" // waits for the payer until the test says
)

// scan charges a sale by code and waits until it has the state that the code
// leads to. It returns the sale's id.
func (w *world) scan(amount, outcome string) int64 {
	w.tb.Helper()
	return w.again(w.charge(amount), outcome)
}

// again scans another code for the same charge.
func (w *world) again(c app.Charge, outcome string) int64 {
	w.tb.Helper()
	p, err := w.till.PayByCode(context.Background(), c, code(outcome))
	check(w.tb, err)
	if outcome == lost || outcome == deadline {
		want := map[string]app.Phase{lost: app.PhaseUnknown, deadline: app.PhaseWaiting}[outcome]
		w.until("the payment is "+string(want), func() bool {
			now, err := w.till.Payment(context.Background(), p.Tender.ID)
			check(w.tb, err)
			return now.Phase == want
		})
		return p.Sale.ID
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p, err = w.till.Wait(ctx, p.Tender.ID)
	check(w.tb, err)
	return p.Sale.ID
}

// cash takes cash, exactly.
func (w *world) cash(amount string) int64 {
	w.tb.Helper()
	c := w.charge(amount)
	p, err := w.till.TakeCash(context.Background(), c, c.Amount)
	check(w.tb, err)
	return p.Sale.ID
}

// giveBack refunds a part of a sale and waits for the result.
func (w *world) giveBack(saleID int64, amount string) {
	w.tb.Helper()
	a, err := payment.ParseAmount(amount)
	check(w.tb, err)
	w.drafts++
	refunds, err := w.till.GiveBack(context.Background(), app.RefundOrder{Draft: fmt.Sprintf("refund-%d", w.drafts), SaleID: saleID, Amount: a, Reason: "商品退回"})
	check(w.tb, err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, r := range refunds {
		_, err := w.till.WaitRefund(ctx, r.ID)
		check(w.tb, err)
	}
}

func (w *world) sale(id int64) data.SaleDetail {
	w.tb.Helper()
	d, err := w.desk.Books.Sale(context.Background(), id)
	check(w.tb, err)
	return d
}

// rows are the receipt numbers in the list, from the top.
func (w *world) rows() []string {
	var list []string
	for i := range w.s.list.book.Length() {
		r, ok := w.s.list.book.At(i)
		if !ok {
			list = append(list, "…")
			continue
		}
		list = append(list, r.receipt)
	}
	return list
}

func check(tb testing.TB, err error) {
	tb.Helper()
	screentest.Check(tb, err)
}

// channel answers by the last two digits of the pay code.
type channel struct {
	mu      sync.Mutex
	orders  map[string]payment.Outcome // what a query answers
	refund  payment.RefundOutcome      // what every refund answers
	refunds map[string]payment.Amount  // by request number: what went back
	fast    time.Duration
}

func newChannel() *channel {
	return &channel{orders: map[string]payment.Outcome{}, refunds: map[string]payment.Amount{},
		refund: payment.RefundOutcome{State: payment.RefundDone, Found: true}, fast: 5 * time.Millisecond}
}

func (c *channel) Name() payment.ChannelName { return payment.Alipay }

func (c *channel) Policy() payment.Policy {
	return payment.Policy{QueryEvery: c.fast, PayTimeout: time.Hour, QRTimeout: time.Hour, CancelEvery: c.fast}
}

func (c *channel) Pay(_ context.Context, r payment.PayRequest) payment.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	raw := r.Code.Raw()
	paid := payment.Outcome{Result: payment.Paid, TradeNo: "2026112122001458860" + r.OutTradeNo[len(r.OutTradeNo)-9:], Payer: "138****6021"}
	o := paid
	switch raw[len(raw)-2:] {
	case expired:
		o = payment.Outcome{Result: payment.Failed, Reason: payment.ReasonCodeInvalid, Code: "ACQ.PAYMENT_AUTH_CODE_INVALID"}
	case balance:
		o = payment.Outcome{Result: payment.Failed, Reason: payment.ReasonBalance, Code: "ACQ.BUYER_BALANCE_NOT_ENOUGH"}
	case lost:
		o = payment.Outcome{Result: payment.Unknown}
	case deadline:
		o = payment.Outcome{Result: payment.Waiting, Password: true}
	}
	c.orders[r.OutTradeNo] = o
	return o
}

func (c *channel) ShowQR(_ context.Context, r payment.QRRequest) (string, payment.Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := payment.Outcome{Result: payment.Waiting}
	c.orders[r.OutTradeNo] = o
	return "https://qr.alipay.com/" + r.OutTradeNo, o
}

// tell changes what a query of an order answers from now on.
func (c *channel) tell(order string, o payment.Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders[order] = o
}

func (c *channel) Query(_ context.Context, o payment.Order) payment.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.orders[o.OutTradeNo]
}

func (c *channel) Cancel(_ context.Context, o payment.Order) payment.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders[o.OutTradeNo] = payment.Outcome{Result: payment.Closed}
	return c.orders[o.OutTradeNo]
}

// answerRefunds changes what every refund and its query answer.
func (c *channel) answerRefunds(o payment.RefundOutcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refund = o
}

func (c *channel) Refund(_ context.Context, r payment.RefundRequest) payment.RefundOutcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refund.State == payment.RefundDone {
		c.refunds[r.RequestNo] = r.Refund
	}
	return c.refund
}

func (c *channel) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	return c.Refund(ctx, r)
}

// given is how often and how much the channel gave back.
func (c *channel) given() (times int, sum payment.Amount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.refunds {
		sum += a
	}
	return len(c.refunds), sum
}

// noSecrets is a vault with nothing in it.
type noSecrets struct{}

func (noSecrets) Get(string) (string, bool, error) { return "", false, nil }
func (noSecrets) Set(string, string) error         { return nil }
func (noSecrets) Delete(string) error              { return nil }

// texts is every word that is on the window.
func (w *world) texts() string { return screentest.Texts(w.win) }
