package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// DefaultLimit is the largest single sale unless the shop sets another one. It
// catches a scan that was typed as an amount.
const DefaultLimit payment.Amount = 50_000_00

// DefaultPrintAge is how late a result may come and still print by itself when
// nobody at the till is waiting for it any more.
const DefaultPrintAge = 60 * time.Second

// Options is what a Till is made of. Only Ledger must be set.
type Options struct {
	Ledger   *data.Ledger
	Channels []payment.Channel // at most one of each name
	Wallets  map[payment.Wallet]payment.ChannelName
	Subject  string // what the payer sees as the goods; the shop's name
	Limit    payment.Amount
	PrintAge time.Duration
	Log      *slog.Logger
	People   *People // who may stand at the till; nil makes one without PINs

	// RefundPauses are the waits between two questions about a refund, or a step
	// of a deposit, without a result; the last one repeats. Empty takes the
	// channels' usual ones.
	RefundPauses []time.Duration

	// LostAfter is how long after it was sent a request that the channel does not
	// know counts as lost, where a channel takes no cancel; 0 is ten minutes.
	LostAfter time.Duration

	// AtStep is called at the numbered points of a payment, after one thing is
	// durable and before the next begins. Tests kill the process there; the
	// program leaves it nil.
	AtStep func(Step)
}

// Step is a numbered point of a payment or refund. A hold goes through those of
// a payment, a capture or release through those of a refund.
type Step int

const (
	StepCommitted       Step = 1 + iota // the tender is in the ledger; nothing was sent
	StepAnswered                        // the channel answered the pay or QR call; nothing is written yet
	StepRecorded                        // the answer is in the ledger
	StepQueried                         // a query was answered; nothing is written yet
	StepCancelAsked                     // the wish to cancel is in the ledger; nothing was sent
	StepCancelled                       // the cancel was answered; nothing is written yet
	StepConfirmed                       // the query after the cancel was answered; nothing is written yet
	StepSettled                         // the final state is in the ledger
	StepRefundCommitted                 // the refund is in the ledger; nothing was sent
	StepRefundAnswered                  // the channel answered; nothing is written yet
	StepRefundSettled                   // the refund's end is in the ledger
	steps
)

// Steps is how many numbered points there are; they run from 1 to Steps.
const Steps = int(steps) - 1

// Till takes payments and deposits and gives money back. It is safe for concurrent use; its
// methods return as soon as the intent is durable, and the rest happens in the
// background.
type Till struct {
	ledger *data.Ledger
	people *People
	log    *slog.Logger
	atStep func(Step)

	starting sync.Mutex         // one charge or refund at a time decides what is already open
	begun    map[string][]int64 // refunds by draft; guarded by starting
	// begunSteps are steps of deposits by draft; guarded by starting.
	begunSteps map[string]int64

	mu         sync.Mutex
	settings   tillSettings
	presence   presence
	drafts     map[string]*draft
	live       map[int64]*livePayment  // by tender, while open
	giving     map[int64]*refundErrand // by refund, while open
	holdDrafts map[string]*holdDraft
	holds      map[int64]*liveHold   // by deposit, while open
	stepping   map[int64]*stepErrand // by step, while open

	payments watchers[Payment]
	refunds  watchers[Refund]
	deposits watchers[Deposit]
	steps    watchers[DepositStep]
	persons  watchers[data.Person]
	network  network

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

// tillSettings can change while the till runs.
type tillSettings struct {
	channels map[payment.ChannelName]payment.Channel
	wallets  map[payment.Wallet]payment.ChannelName
	subject  string
	limit    payment.Amount
	printAge time.Duration
	pauses   []time.Duration // empty: those of each errand

	lostAfter time.Duration
}

// draft joins what one standing amount led to, so that the same key pressed
// twice is the same payment.
type draft struct {
	saleID   int64
	attempts int
	last     int64 // tender
}

// NewTill makes a till on an open ledger. It does nothing until Start.
func NewTill(o Options) *Till {
	ctx, cancel := context.WithCancel(context.Background())
	t := &Till{
		ledger: o.Ledger, people: o.People, log: o.Log, atStep: o.AtStep,
		drafts: map[string]*draft{}, begun: map[string][]int64{}, live: map[int64]*livePayment{}, giving: map[int64]*refundErrand{},
		begunSteps: map[string]int64{}, holdDrafts: map[string]*holdDraft{}, holds: map[int64]*liveHold{}, stepping: map[int64]*stepErrand{},
		ctx: ctx, cancel: cancel,
	}
	if t.people == nil {
		t.people = NewPeople(o.Ledger, noPINs{}, nil)
	}
	if t.log == nil {
		t.log = slog.New(slog.DiscardHandler)
	}
	if t.atStep == nil {
		t.atStep = func(Step) {}
	}
	t.Configure(o)
	return t
}

// Configure takes over channels, wallets, subject, limit and print age from o;
// the rest of o is ignored. Payments under way use the new channels
// from their next step on.
func (t *Till) Configure(o Options) {
	s := tillSettings{
		channels: map[payment.ChannelName]payment.Channel{}, wallets: o.Wallets, subject: o.Subject,
		limit: o.Limit, printAge: o.PrintAge, pauses: o.RefundPauses,
	}
	for _, c := range o.Channels {
		s.channels[c.Name()] = c
	}
	if s.wallets == nil {
		s.wallets = map[payment.Wallet]payment.ChannelName{payment.WalletAlipay: payment.Alipay}
	}
	if s.lostAfter = o.LostAfter; s.lostAfter <= 0 {
		s.lostAfter = lostAfter
	}
	if s.limit <= 0 {
		s.limit = DefaultLimit
	}
	if s.printAge <= 0 {
		s.printAge = DefaultPrintAge
	}
	if s.subject == "" {
		s.subject = "收款"
	}
	t.mu.Lock()
	t.settings = s
	t.mu.Unlock()
}

// Close stops the background work and waits for it. What is open stays open in
// the ledger and is taken up by the next Start.
func (t *Till) Close() {
	t.cancel()
	t.wg.Wait()
}

// Watch calls f with each change of a payment, from other goroutines, until
// stop is called. f must not block.
func (t *Till) Watch(f func(Payment)) (stop func()) { return t.payments.add(f) }

// WatchRefunds is Watch for refunds.
func (t *Till) WatchRefunds(f func(Refund)) (stop func()) { return t.refunds.add(f) }

// WatchDeposits is Watch for the holds of deposits.
func (t *Till) WatchDeposits(f func(Deposit)) (stop func()) { return t.deposits.add(f) }

// WatchSteps is Watch for captures, releases and refunds of deposits.
func (t *Till) WatchSteps(f func(DepositStep)) (stop func()) { return t.steps.add(f) }

func (t *Till) notify(p Payment)         { t.payments.tell(p) }
func (t *Till) notifyRefund(r Refund)    { t.refunds.tell(r) }
func (t *Till) notifyDeposit(d Deposit)  { t.deposits.tell(d) }
func (t *Till) notifyStep(s DepositStep) { t.steps.tell(s) }

func (t *Till) current() tillSettings {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.settings
}

// channel finds a channel by the name that a tender carries. It is looked up
// anew for each step, so that a repaired key helps a payment that is open.
func (t *Till) channel(name payment.ChannelName) (payment.Channel, bool) {
	c, ok := t.current().channels[name]
	return c, ok
}

// spawn runs f in the background until it returns by itself; Close waits for it.
func (t *Till) spawn(f func()) {
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		f()
	}()
}

// sleep waits for d, for a wake-up, or for the end of the till; it reports
// whether the till goes on.
func (t *Till) sleep(d time.Duration, wake <-chan struct{}) bool {
	timer := time.NewTimer(max(d, 0))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-wake:
	case <-t.ctx.Done():
	}
	return t.ctx.Err() == nil
}

// ledgerProblem turns an error of the ledger into one with a sentence.
func ledgerProblem(err error) error {
	var p *Problem
	switch {
	case err == nil, errors.As(err, &p):
		return err
	case errors.Is(err, data.ErrDiskFull):
		return &Problem{Kind: ProblemDiskFull, Cause: err}
	case errors.Is(err, data.ErrReadOnly):
		return &Problem{Kind: ProblemReadOnly, Cause: err}
	case errors.Is(err, data.ErrNotFound):
		return &Problem{Kind: ProblemNotFound, Cause: err}
	case errors.Is(err, data.ErrShiftOpen):
		return &Problem{Kind: ProblemShiftOpen, Cause: err}
	case errors.Is(err, data.ErrOpenTender):
		return &Problem{Kind: ProblemPaymentOpen, Cause: err}
	}
	return &Problem{Kind: ProblemLedger, Cause: err}
}
