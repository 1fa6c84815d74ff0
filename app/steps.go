package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

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
	Reason    string    // required
	Approval  *Approval // of RightRefund, where the person at the till lacks it
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
		ReleaseRest: !o.KeepRest, Reason: o.Reason}, nil)
}

// Release gives a deposit free, or a part of it.
func (t *Till) Release(ctx context.Context, o ReleaseOrder) (DepositStep, error) {
	return t.beginStep(ctx, o.Draft, data.NewStep{DepositID: o.DepositID, Kind: data.StepRelease, Amount: o.Amount, Reason: o.Reason}, nil)
}

// RefundCapture gives back of what a capture took, the way a sale is refunded.
func (t *Till) RefundCapture(ctx context.Context, o CaptureRefund) (DepositStep, error) {
	if o.Reason == "" {
		return DepositStep{}, problem(ProblemRefundReason)
	}
	return t.beginStep(ctx, o.Draft, data.NewStep{DepositID: o.DepositID, Kind: data.StepRefund, Amount: o.Amount, OfStep: o.StepID, Reason: o.Reason}, o.Approval)
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

// beginStep makes a step durable and sets it going. One capture or release of a
// deposit is under way at a time: the channel decides in the order in which it
// hears. So is one refund.
func (t *Till) beginStep(ctx context.Context, draft string, n data.NewStep, approval *Approval) (DepositStep, error) {
	t.starting.Lock()
	defer t.starting.Unlock()
	if id, ok := t.begunSteps[draft]; ok {
		return t.DepositStep(ctx, id)
	}
	detail, err := t.ledger.DepositByID(ctx, n.DepositID)
	if err != nil {
		return DepositStep{}, ledgerProblem(err)
	}
	t.takeUp(detail)
	if n.Kind == data.StepRelease && n.Amount == 0 {
		n.Amount = detail.Left()
	}
	if err := t.mayStep(detail, n); err != nil {
		return DepositStep{}, err
	}
	if n.Kind == data.StepRefund {
		n.StaffID, n.ApproverID, err = t.permit(ctx, RightRefund, approval)
	} else {
		n.StaffID, err = t.staff()
	}
	if err != nil {
		return DepositStep{}, err
	}
	if draft != "" { // the ledger refuses an act without a name
		n.IntentID = draftIntent(draft, 1)
	}
	deposit, step, existing, err := t.ledger.StartStep(ctx, n)
	if err != nil {
		return DepositStep{}, stepProblem(err)
	}
	t.begunSteps[draft] = step.ID
	e := newStepErrand(t, deposit, step, detail)
	if step.State.Final() {
		t.notifyStep(e.view())
	} else if !existing {
		t.atStep(StepRefundCommitted)
		t.runStep(e, false)
	}
	return e.view(), nil
}

// takeUp goes on with steps that nobody drives: the ledger had committed them,
// and whoever began them heard of an error instead.
func (t *Till) takeUp(d data.DepositDetail) {
	for _, s := range d.Steps {
		t.mu.Lock()
		_, driven := t.stepping[s.ID]
		t.mu.Unlock()
		if !driven && !s.State.Final() {
			t.runStep(newStepErrand(t, d.Deposit, s, d), true)
		}
	}
}

// mayStep says in a sentence why a step cannot be, before the ledger does.
func (t *Till) mayStep(d data.DepositDetail, n data.NewStep) error {
	refund := n.Kind == data.StepRefund
	for _, s := range d.Steps {
		if !s.State.Final() && (s.Kind == data.StepRefund) == refund {
			return problem(ProblemStepOpen)
		}
	}
	if !refund && (d.Hold != payment.StatePaid || d.Left() == 0) {
		return problem(ProblemNotHeld)
	}
	if err := n.Amount.Check(payment.MaxAmount); err != nil {
		return amountProblem(err, payment.MaxAmount)
	}
	if !refund && n.Amount > d.Left() {
		return problem(ProblemHoldTooMuch, "left", d.Left().Grouped())
	}
	if d.Channel == payment.Cash {
		return nil
	}
	holder, ok := t.holder(d.Channel)
	if !ok {
		return problem(ProblemChannelMissing, "channel", string(d.Channel))
	}
	rules := holder.HoldRules(d.Wallet)
	switch {
	case n.Kind == data.StepCapture && !n.ReleaseRest && n.Amount < d.Left() && !rules.KeepRest:
		return problem(ProblemKeepRest)
	case n.Kind == data.StepRelease && (n.Amount < d.Left() || d.Captured > 0) && !rules.ReleasePart:
		return problem(ProblemReleasePart)
	}
	return nil
}

// stepProblem words what the ledger has against a step.
func stepProblem(err error) error {
	for _, known := range []struct {
		err  error
		kind ProblemKind
	}{
		{data.ErrRefundTooMuch, ProblemRefundTooMuch},
		{data.ErrHoldTooMuch, ProblemHoldTooMuch},
		{data.ErrOpenStep, ProblemStepOpen},
		{data.ErrNotHeld, ProblemNotHeld},
		{data.ErrNotPaid, ProblemNotPaid},
	} {
		if errors.Is(err, known.err) {
			return &Problem{Kind: known.kind, Pairs: data.Values(err), Cause: err}
		}
	}
	return ledgerProblem(err)
}

// DepositStep is the present view of one step, open or final.
func (t *Till) DepositStep(ctx context.Context, id int64) (DepositStep, error) {
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
	return t.steps.await(ctx, func(s DepositStep) bool { return s.ID == id }, func() (DepositStep, bool, error) {
		s, err := t.DepositStep(ctx, id)
		return s, s.State.Final(), err
	})
}

// runStep drives a step in the background.
func (t *Till) runStep(e *stepErrand, resumed bool) {
	id := e.view().ID
	t.mu.Lock()
	t.stepping[id] = e
	t.mu.Unlock()
	t.spawn(func() {
		doubtful := t.pursue(e, resumed)
		v := e.view()
		if !v.State.Final() {
			return
		}
		t.mu.Lock()
		delete(t.stepping, id)
		t.mu.Unlock()
		if v.State == payment.RefundRefused && v.Kind != data.StepRefund {
			t.whyRefused(v)
		}
		if doubtful {
			t.doubt(e)
		}
	})
}

// OpenSteps are all captures, releases and refunds of deposits without a
// result, oldest first.
func (t *Till) OpenSteps() []DepositStep {
	t.mu.Lock()
	defer t.mu.Unlock()
	var open []DepositStep
	for _, e := range t.stepping {
		if v := e.view(); !v.State.Final() {
			open = append(open, v)
		}
	}
	slices.SortFunc(open, func(a, b DepositStep) int { return cmp.Compare(a.ID, b.ID) })
	return open
}
