package app

import (
	"context"
	"errors"
	"sync"

	"frontdesk/data"
	"frontdesk/payment"
)

// CaptureOrder asks to take a part of a deposit: what the guest owes.
type CaptureOrder struct {
	Draft     string // names the dialog; the same draft is the same capture
	DepositID int64
	Amount    payment.Amount // fen
	KeepRest  bool           // keep the rest held; else it goes back to the guest in the same act
	Reason    string         // may be empty
}

// ReleaseOrder asks to give a deposit free.
type ReleaseOrder struct {
	Draft     string
	DepositID int64
	Amount    payment.Amount // fen; 0 releases all that is left
	Reason    string         // may be empty
}

// CaptureRefund asks to give back of what a capture took.
type CaptureRefund struct {
	Draft     string
	DepositID int64
	StepID    int64 // the capture
	Amount    payment.Amount
	Reason    string // required
}

// DepositStep is one capture, release or refund as a screen shows it.
type DepositStep struct {
	data.Step
	Channel payment.ChannelName
	Deposit data.Deposit // after this step's last change
	Offline bool
}

// Capture takes a part of a deposit. It returns when the intent is durable; the
// channel is asked in the background until it says done or no.
func (t *Till) Capture(ctx context.Context, o CaptureOrder) (DepositStep, error) {
	return t.beginStep(ctx, o.Draft, data.NewStep{DepositID: o.DepositID, Kind: data.StepCapture, Amount: o.Amount,
		ReleaseRest: !o.KeepRest, Reason: o.Reason})
}

// Release gives a deposit free, or a part of it.
func (t *Till) Release(ctx context.Context, o ReleaseOrder) (DepositStep, error) {
	n := data.NewStep{DepositID: o.DepositID, Kind: data.StepRelease, Amount: o.Amount, Reason: o.Reason}
	if n.Amount == 0 {
		detail, err := t.ledger.DepositByID(ctx, o.DepositID)
		if err != nil {
			return DepositStep{}, ledgerProblem(err)
		}
		n.Amount = Releasable(detail)
	}
	return t.beginStep(ctx, o.Draft, n)
}

// RefundCapture gives back of what a capture took, the way a sale is refunded.
func (t *Till) RefundCapture(ctx context.Context, o CaptureRefund) (DepositStep, error) {
	if o.Reason == "" {
		return DepositStep{}, problem(ProblemRefundReason)
	}
	return t.beginStep(ctx, o.Draft, data.NewStep{DepositID: o.DepositID, Kind: data.StepRefund, Amount: o.Amount, OfStep: o.StepID, Reason: o.Reason})
}

// Releasable is what is still held and not spoken for by a step under way.
func Releasable(d data.DepositDetail) payment.Amount {
	free := d.Left()
	for _, s := range d.Steps {
		if !s.State.Final() && s.Kind != data.StepRefund {
			free -= s.Amount + s.Rest
		}
	}
	return max(0, free)
}

// beginStep makes a step durable and sets it going. One step of a deposit is
// under way at a time: the channel decides in the order in which it hears.
func (t *Till) beginStep(ctx context.Context, draft string, n data.NewStep) (DepositStep, error) {
	t.starting.Lock()
	defer t.starting.Unlock()
	if ids, ok := t.begun[draft]; ok && draft != "" {
		return t.step(ctx, ids[0])
	}
	detail, err := t.ledger.DepositByID(ctx, n.DepositID)
	if err != nil {
		return DepositStep{}, ledgerProblem(err)
	}
	if err := t.mayStep(detail, n); err != nil {
		return DepositStep{}, err
	}
	n.StaffID = t.current().staffID
	if draft != "" {
		n.IntentID = draftIntent(draft, 1)
	}
	deposit, step, existing, err := t.ledger.StartStep(ctx, n)
	if err != nil {
		return DepositStep{}, stepProblem(err, detail)
	}
	if draft != "" {
		t.begun[draft] = []int64{step.ID}
	}
	e := newStepErrand(t, deposit, step, detail)
	if step.State.Final() {
		t.notifyStep(e.view())
	} else if !existing {
		t.atStep(StepRefundCommitted)
		t.runStep(e, false)
	}
	return e.view(), nil
}

// mayStep says in a sentence why a step cannot be, before the ledger does.
func (t *Till) mayStep(d data.DepositDetail, n data.NewStep) error {
	if err := n.Amount.Check(payment.MaxAmount); err != nil {
		return amountProblem(err, payment.MaxAmount)
	}
	for _, s := range d.Steps {
		if !s.State.Final() {
			return problem(ProblemStepOpen)
		}
	}
	if n.Kind != data.StepRefund && n.Amount > d.Left() {
		return problem(ProblemHoldTooMuch, "left", d.Left().Grouped())
	}
	if d.Channel == payment.Cash {
		return nil
	}
	if _, ok := t.holder(d.Channel); !ok {
		return problem(ProblemChannelMissing, "channel", string(d.Channel))
	}
	return nil
}

func stepProblem(err error, d data.DepositDetail) error {
	switch {
	case errors.Is(err, data.ErrRefundTooMuch):
		return &Problem{Kind: ProblemRefundTooMuch, Pairs: []any{"left", "0.00"}, Cause: err}
	case errors.Is(err, data.ErrTooMuch):
		return &Problem{Kind: ProblemHoldTooMuch, Pairs: []any{"left", d.Left().Grouped()}, Cause: err}
	}
	return ledgerProblem(err)
}

func (t *Till) step(ctx context.Context, id int64) (DepositStep, error) {
	t.mu.Lock()
	e, ok := t.stepping[id]
	t.mu.Unlock()
	if ok {
		return e.view(), nil
	}
	s, err := t.ledger.Step(ctx, id)
	if err != nil {
		return DepositStep{}, ledgerProblem(err)
	}
	detail, err := t.ledger.DepositByID(ctx, s.DepositID)
	if err != nil {
		return DepositStep{}, ledgerProblem(err)
	}
	return DepositStep{Step: s, Channel: detail.Channel, Deposit: detail.Deposit}, nil
}

// WaitStep blocks until the step is final or ctx ends.
func (t *Till) WaitStep(ctx context.Context, id int64) (DepositStep, error) {
	changed := make(chan struct{}, 1)
	stop := t.WatchSteps(func(s DepositStep) {
		if s.ID == id {
			poke(changed)
		}
	})
	defer stop()
	for {
		s, err := t.step(ctx, id)
		if err != nil || s.State.Final() {
			return s, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return s, nil
		}
	}
}

// runStep drives a step in the background.
func (t *Till) runStep(e *stepErrand, resumed bool) {
	id := e.view().ID
	t.mu.Lock()
	t.stepping[id] = e
	t.mu.Unlock()
	t.spawn(func() {
		t.pursue(e, resumed)
		if e.view().State.Final() {
			t.mu.Lock()
			delete(t.stepping, id)
			t.mu.Unlock()
		}
	})
}

// stepErrand is one capture, release or refund of a deposit on its way.
type stepErrand struct {
	till    *Till
	capture data.Step // refund: what it gives back from

	mu      sync.Mutex
	deposit data.Deposit
	step    data.Step
	offline bool
}

func newStepErrand(t *Till, d data.Deposit, s data.Step, detail data.DepositDetail) *stepErrand {
	e := &stepErrand{till: t, deposit: d, step: s}
	for _, other := range detail.Steps {
		if other.ID == s.OfStep {
			e.capture = other
		}
	}
	return e
}

func (e *stepErrand) view() DepositStep {
	e.mu.Lock()
	defer e.mu.Unlock()
	return DepositStep{Step: e.step, Channel: e.deposit.Channel, Deposit: e.deposit, Offline: e.offline}
}

func (e *stepErrand) send(ctx context.Context) (payment.StepOutcome, bool) {
	v := e.view()
	holder, ok := e.till.holder(v.Channel)
	if !ok {
		return payment.StepOutcome{}, false
	}
	switch v.Kind {
	case data.StepCapture:
		return holder.Capture(ctx, e.captureRequest(v)), true
	case data.StepRelease:
		return holder.Release(ctx, releaseRequest(v)), true
	}
	ch, ok := e.till.channel(v.Channel)
	if !ok {
		return payment.StepOutcome{}, false
	}
	return stepOf(ch.Refund(ctx, e.refundRequest(v))), true
}

func (e *stepErrand) ask(ctx context.Context) (payment.StepOutcome, bool) {
	v := e.view()
	holder, ok := e.till.holder(v.Channel)
	if !ok {
		return payment.StepOutcome{}, false
	}
	switch v.Kind {
	case data.StepCapture:
		return holder.QueryCapture(ctx, e.captureRequest(v)), true
	case data.StepRelease:
		return holder.QueryRelease(ctx, releaseRequest(v)), true
	}
	ch, ok := e.till.channel(v.Channel)
	if !ok {
		return payment.StepOutcome{}, false
	}
	return stepOf(ch.QueryRefund(ctx, e.refundRequest(v))), true
}

func (e *stepErrand) captureRequest(v DepositStep) payment.CaptureRequest {
	return payment.CaptureRequest{Hold: holdOf(v.Deposit), OutTradeNo: v.Number, Capture: v.Amount, ReleaseRest: v.ReleaseRest,
		Subject: e.till.depositSubject(), ReceiptNo: v.ReceiptNo, Operator: v.Staff.Name}
}

func releaseRequest(v DepositStep) payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: holdOf(v.Deposit), ReleaseNo: v.Number, Release: v.Amount, Reason: v.Reason}
}

func (e *stepErrand) refundRequest(v DepositStep) payment.RefundRequest {
	order := payment.Order{OutTradeNo: e.capture.Number, TradeNo: e.capture.TradeNo, Amount: e.capture.Amount}
	return payment.RefundRequest{Order: order, RequestNo: v.Number, Refund: v.Amount, Reason: v.Reason}
}

// record writes what the channel said down.
func (e *stepErrand) record(out payment.StepOutcome, offline bool) error {
	before := e.view()
	m := data.StepMove{To: out.State, TradeNo: out.TradeNo, Code: out.Code, Why: out.Reason, AddTries: 1}
	switch out.State {
	case payment.RefundDone:
		m.Print = true
	case payment.RefundRefused:
	default:
		m.To = payment.RefundUnknown
	}
	deposit, step, _, err := e.till.ledger.MoveStep(context.WithoutCancel(e.till.ctx), before.ID, m)
	if err != nil {
		return err
	}
	e.mu.Lock()
	e.deposit, e.step, e.offline = deposit, step, offline
	e.mu.Unlock()
	e.till.notifyStep(e.view())
	return nil
}
