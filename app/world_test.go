package app_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// simKeys are made once: making keys is the slow part of a simulator.
var simKeys = sync.OnceValues(paysim.NewKeys)

// world is a till with everything real around it: the ledger in a file, the
// client of Alipay's gateway, the loopback network, and a simulator that keeps
// its own truth.
type world struct {
	*testing.T
	sim     *paysim.Sim
	channel *alipay.Channel
	ledger  *data.Ledger
	till    *app.Till

	mu         sync.Mutex
	phases     map[int64][]app.Phase // by tender, as the watchers saw them
	holdPhases map[int64][]app.Phase // the same by deposit
}

// patience is what a world does when nothing is forced: it asks often, and
// waits long for those who pay in the end.
var patience = alipay.Config{QueryInterval: 3 * time.Millisecond, PayTimeout: 20 * time.Second, QRTimeout: 20 * time.Second}

// haste is for those who never pay: the till cancels soon.
var haste = alipay.Config{QueryInterval: 3 * time.Millisecond, PayTimeout: 30 * time.Millisecond, QRTimeout: 30 * time.Millisecond}

func newWorld(t *testing.T, config alipay.Config, o paysim.Options) *world {
	t.Helper()
	keys, err := simKeys()
	check(t, err)
	o.Keys = keys
	if o.Slow == 0 {
		o.Slow = 40 * time.Millisecond
	}
	sim, err := paysim.New(o)
	check(t, err)
	t.Cleanup(func() { check(t, sim.Close()) })
	check(t, sim.Start("127.0.0.1:0"))

	config.AppID, config.SellerID, config.Gateway, config.Sandbox = sim.AppID, sim.SellerID, sim.URL(), true
	config.PrivateKey, config.PublicKey = sim.MerchantPrivateKey, sim.AlipayPublicKey
	if testing.Verbose() {
		config.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	channel, err := alipay.New(config)
	check(t, err)
	t.Cleanup(channel.Close)

	w := &world{T: t, sim: sim, channel: channel, ledger: openLedger(t), phases: map[int64][]app.Phase{}, holdPhases: map[int64][]app.Phase{}}
	w.start()
	return w
}

// start makes a till on the ledger and lets it settle what is open.
func (w *world) start() {
	w.Helper()
	w.till = app.NewTill(app.Options{
		Ledger: w.ledger, Channels: []payment.Channel{w.channel}, Subject: "早餐 & 咖啡 = 好",
		RefundPauses: []time.Duration{3 * time.Millisecond},
	})
	w.Cleanup(w.till.Close)
	w.till.Watch(func(p app.Payment) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.phases[p.Tender.ID] = append(w.phases[p.Tender.ID], p.Phase)
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

func (w *world) saw(p app.Payment, phase app.Phase) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.phases[p.Tender.ID], phase)
}

// scan charges a fresh code of the scenario, and does not wait.
func (w *world) scan(amount payment.Amount, scenario int) app.Payment {
	w.Helper()
	p, err := w.till.PayByCode(w.Context(), app.Charge{Draft: newDraft(), Amount: amount}, w.sim.FreshCode(scenario))
	check(w, err)
	return p
}

// show asks for a QR and waits until it stands on the screen, or until there is
// none to come.
func (w *world) show(amount payment.Amount) app.Payment {
	w.Helper()
	p, err := w.till.ShowQR(w.Context(), app.Charge{Draft: newDraft(), Amount: amount}, "")
	check(w, err)
	waitFor(w.T, func() bool {
		p, err = w.till.Payment(w.Context(), p.Tender.ID)
		check(w, err)
		return p.QRText != "" || p.Phase.Final()
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

// audit ends the till and compares the ledger with the simulator's truth, order
// by order and in sum, to the fen.
func (w *world) audit() {
	w.Helper()
	w.till.Close()
	verify(w.T, w.ledger)
	open, err := w.ledger.OpenTenders(w.Context())
	check(w, err)
	refunding, err := w.ledger.OpenRefunds(w.Context())
	check(w, err)
	if len(open)+len(refunding) > 0 {
		w.Errorf("left open: tenders %+v, refunds %+v", open, refunding)
	}
	truth := w.sim.Truth()
	rows, totals, err := w.ledger.Sales(w.Context(), data.Filter{Limit: 1_000_000, Channel: payment.Alipay})
	check(w, err)
	if net := totals.Paid - totals.Refunded + w.auditDeposits(truth); net != truth.Net() {
		w.Errorf("the ledger has %s, the simulator %s", net, truth.Net())
	}
	for _, row := range rows {
		detail, err := w.ledger.SaleByID(w.Context(), row.ID)
		check(w, err)
		for _, t := range detail.Tenders {
			if t.Channel == payment.Alipay {
				w.auditTender(t, detail.Refunds, truth.Orders[t.OutTradeNo])
				delete(truth.Orders, t.OutTradeNo)
			}
		}
	}
	for no, order := range truth.Orders {
		w.Errorf("order %s (%s, charged %s) is not in the ledger", no, order.State, order.Charged)
	}
}

func (w *world) auditTender(t data.Tender, refunds []data.Refund, truth paysim.OrderTruth) {
	w.Helper()
	var charged, refunded payment.Amount
	switch t.State {
	case payment.StatePaid:
		charged, refunded = t.Amount, t.Refunded
	case payment.StateReversed:
		charged, refunded = t.Amount, t.Amount
	}
	if truth.Charged != charged || truth.Refunded != refunded {
		w.Errorf("tender %s is %s with %s charged and %s refunded; the truth is %s, %s and %s",
			t.OutTradeNo, t.State, charged, refunded, truth.State, truth.Charged, truth.Refunded)
	}
	for _, r := range refunds {
		if r.TenderID != t.ID {
			continue
		}
		want := payment.Amount(0)
		if r.State == payment.RefundDone {
			want = r.Amount
		}
		if truth.Refunds[r.RequestNo] != want {
			w.Errorf("refund %s is %s with %s; the truth is %s", r.RequestNo, r.State, r.Amount, truth.Refunds[r.RequestNo])
		}
	}
}

// faultOnce breaks the first calls of one method and lets all others pass.
func (w *world) faultOnce(method string, f paysim.Fault) {
	w.sim.SetFault(func(called string, n int) paysim.Fault {
		if called == method && n == 1 {
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
