package app_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// simKeys are made once: making keys is the slow part of a simulator.
var simKeys = sync.OnceValues(paysim.NewKeys)

// world is a till with everything real around it: the ledger in a file, the
// client of a channel, the loopback network, and a simulator that keeps its own
// truth. Without a channel there is only cash.
type world struct {
	*testing.T
	whole   *testing.T // T, also while a part of the test runs
	way     way
	pace    pace
	sim     *paysim.Sim
	log     *slog.Logger
	channel payment.Channel
	ledger  *data.Ledger
	till    *app.Till
	ahead   atomic.Int64 // of the simulator's time before the machine's, ns

	mu         sync.Mutex
	phases     map[int64][]app.Phase // by tender, as the watchers saw them
	overdue    map[int64]bool
	holdPhases map[int64][]app.Phase // the same by deposit
}

func newWorld(t *testing.T, on way, p pace, o paysim.Options) *world {
	t.Helper()
	keys, err := simKeys()
	check(t, err)
	w := emptyWorld(t, on, p)
	o.Keys, o.Clock = keys, w.now
	if o.Skew == 0 {
		o.Skew = 10 * time.Minute
	}
	if o.Slow == 0 {
		o.Slow = 40 * time.Millisecond
	}
	if o.Password == 0 {
		o.Password = 300 * time.Millisecond
	}
	if o.WeChat.ReverseAfter == 0 {
		o.WeChat.ReverseAfter = -1
	}
	w.sim, err = paysim.New(o)
	check(t, err)
	t.Cleanup(func() { check(t, w.sim.Close()) })
	check(t, w.sim.Start("127.0.0.1:0"))
	w.channel, err = on.open(w.sim, wiring{pace: p, now: w.now, log: w.log})
	check(t, err)
	t.Cleanup(w.channel.(interface{ Close() }).Close)
	w.start()
	return w
}

// emptyWorld is a ledger with nothing around it.
func emptyWorld(t *testing.T, on way, p pace) *world {
	t.Helper()
	level := slog.LevelError // which nothing here should ever come to
	if testing.Verbose() {
		level = slog.LevelDebug
	}
	return &world{T: t, whole: t, way: on, pace: p, ledger: openLedger(t),
		log:    slog.New(complaints{slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: level}), t}),
		phases: map[int64][]app.Phase{}, overdue: map[int64]bool{}, holdPhases: map[int64][]app.Phase{}}
}

// complaints are a log that fails the test with each error: the till writes one
// where something cannot be, or cannot be kept.
type complaints struct {
	slog.Handler
	t *testing.T
}

func (c complaints) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		c.t.Errorf("the log complains: %s", r.Message)
	}
	return c.Handler.Handle(ctx, r)
}

func (c complaints) WithAttrs(attrs []slog.Attr) slog.Handler {
	return complaints{c.Handler.WithAttrs(attrs), c.t}
}

// now is the time of the channel and its client: the machine's, and what was
// passed by hand.
func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }

// outlast lets more time go by at the channel than any wallet gives a payer.
func (w *world) outlast() { w.ahead.Add(int64(3 * time.Minute)) }

// outlastPayments waits until payments have ended or are overdue, and lets the
// wallet's time run out.
func (w *world) outlastPayments(payments ...app.Payment) {
	w.Helper()
	if !w.way.noCancel {
		return
	}
	for _, p := range payments {
		waitFor(w.T, func() bool { return w.sawOverdue(p) || w.ended(p) })
	}
	w.outlast()
}

// ended reports whether nothing more will happen to a payment by itself.
func (w *world) ended(p app.Payment) bool {
	w.Helper()
	now, err := w.till.Payment(w.Context(), p.Tender.ID)
	check(w, err)
	return now.Phase.Final()
}

// options are what the till is made of.
func (w *world) options() app.Options {
	o := app.Options{Ledger: w.ledger, Subject: "早餐 & 咖啡 = 好", RefundPauses: []time.Duration{3 * time.Millisecond}, LostAfter: w.pace.lost, Log: w.log}
	if w.channel != nil {
		o.Channels, o.Wallets = []payment.Channel{w.channel}, map[payment.Wallet]payment.ChannelName{w.way.wallet: w.way.channel}
	}
	return o
}

// start makes a till on the ledger and lets it settle what is open.
func (w *world) start() {
	w.Helper()
	w.till = app.NewTill(w.options())
	w.whole.Cleanup(w.till.Close)
	w.till.Watch(func(p app.Payment) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.phases[p.Tender.ID] = append(w.phases[p.Tender.ID], p.Phase)
		w.overdue[p.Tender.ID] = w.overdue[p.Tender.ID] || p.Overdue
	})
	w.till.WatchDeposits(func(d app.Deposit) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.holdPhases[d.ID] = append(w.holdPhases[d.ID], d.Phase)
	})
	_, err := w.till.Start(w.Context())
	check(w, err)
}

// restart ends the till as the end of the program does, and starts another one.
func (w *world) restart() {
	w.Helper()
	w.till.Close()
	w.start()
}

// part runs f as a subtest in the same world.
func (w *world) part(name string, f func()) {
	before := w.T
	before.Run(name, func(t *testing.T) {
		w.T = t
		defer func() { w.T = before }()
		f()
	})
}

func (w *world) saw(p app.Payment, phase app.Phase) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.phases[p.Tender.ID], phase)
}

func (w *world) sawOverdue(p app.Payment) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.overdue[p.Tender.ID]
}

// code is a fresh pay code of the way's wallet that forces the scenario; empty for
// cash.
func (w *world) code(scenario int) string {
	if w.sim == nil {
		return ""
	}
	return w.sim.FreshCodeOf(w.way.wallet, scenario)
}

// scan charges a fresh code of the scenario, and does not wait.
func (w *world) scan(amount payment.Amount, scenario int) app.Payment {
	w.Helper()
	p, err := w.till.PayByCode(w.Context(), app.Charge{Draft: newDraft(), Amount: amount}, w.code(scenario))
	check(w, err)
	return p
}

// paid is a payment that stands and about which nothing more is asked.
func (w *world) paid(amount payment.Amount) app.Payment {
	w.Helper()
	p := w.finish(w.scan(amount, 1))
	if p.Phase != app.PhasePaid {
		w.Fatalf("the payment is %s", p.Tender.State)
	}
	w.till.Rest(w.Context(), p.Tender.ID)
	return p
}

// show asks for a QR and waits until it stands on the screen, or until the till has
// given it up.
func (w *world) show(amount payment.Amount) app.Payment {
	w.Helper()
	p, err := w.till.ShowQR(w.Context(), app.Charge{Draft: newDraft(), Amount: amount}, "")
	check(w, err)
	waitFor(w.T, func() bool {
		p, err = w.till.Payment(w.Context(), p.Tender.ID)
		check(w, err)
		return p.QRText != "" || p.Tender.CancelAsked || p.Phase.Final()
	})
	return p
}

func (w *world) finish(p app.Payment) app.Payment {
	w.Helper()
	return finish(w.T, w.till, p)
}

// refund gives a part of a sale back and waits for the end.
func (w *world) refund(p app.Payment, amount payment.Amount) app.Refund {
	w.Helper()
	refunds, err := w.till.GiveBack(w.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: amount, Reason: "顾客退货"})
	check(w, err)
	if len(refunds) != 1 {
		w.Fatalf("%d refunds for one tender", len(refunds))
	}
	return w.finishRefund(refunds[0].ID)
}

func (w *world) finishRefund(id int64) app.Refund {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	defer cancel()
	r, err := w.till.WaitRefund(ctx, id)
	check(w, err)
	if !r.State.Final() {
		w.Fatalf("the refund did not end: %s", r.State)
	}
	return r
}

// faultOnce breaks the next call of that kind and lets all others pass.
func (w *world) faultOnce(of call, f paysim.Fault) {
	w.sim.SetFault(func(called string, n int) paysim.Fault {
		if called == w.way.calls[of] && n == 1 {
			return f
		}
		return paysim.Fault{}
	})
}

// problem fails the test unless err is the problem of that kind.
func (w *world) problem(err error, kind app.ProblemKind) {
	w.Helper()
	var p *app.Problem
	if !errors.As(err, &p) || p.Kind != kind {
		w.Fatalf("err %v, want %s", err, kind)
	}
}
