package app

import (
	"context"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

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
	return e.call(ctx, stepCalls{payment.Holder.Capture, payment.Holder.Release, payment.Holder.RefundCapture})
}

func (e *stepErrand) ask(ctx context.Context) (payment.StepOutcome, bool) {
	return e.call(ctx, stepCalls{payment.Holder.QueryCapture, payment.Holder.QueryRelease, payment.Holder.QueryCaptureRefund})
}

// stepCalls are what to call for each kind of step.
type stepCalls struct {
	capture func(payment.Holder, context.Context, payment.CaptureRequest) payment.StepOutcome
	release func(payment.Holder, context.Context, payment.ReleaseRequest) payment.StepOutcome
	refund  func(payment.Holder, context.Context, payment.CaptureRefundRequest) payment.RefundOutcome
}

func (e *stepErrand) call(ctx context.Context, c stepCalls) (payment.StepOutcome, bool) {
	v := e.view()
	ch, ok := e.till.channel(v.Channel)
	holder, holds := ch.(payment.Holder)
	switch {
	case !ok || !holds:
		return payment.StepOutcome{}, false
	case v.Kind == data.StepCapture:
		return c.capture(holder, ctx, e.captureRequest(v)), true
	case v.Kind == data.StepRelease:
		return c.release(holder, ctx, releaseRequest(v)), true
	}
	return stepOf(c.refund(holder, ctx, e.refundRequest(v))), true
}

func (e *stepErrand) whose() payment.ChannelName { return e.view().Channel }

func (e *stepErrand) pauses() []time.Duration {
	if e.view().Kind == data.StepRefund {
		return refundPauses
	}
	return stepPauses
}

func (e *stepErrand) captureRequest(v DepositStep) payment.CaptureRequest {
	return payment.CaptureRequest{Hold: holdOf(v.Deposit), OutTradeNo: v.Number, Capture: v.Amount, ReleaseRest: v.ReleaseRest,
		Subject: e.till.depositSubject(), ReceiptNo: v.ReceiptNo, Operator: v.Staff.Name}
}

func releaseRequest(v DepositStep) payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: holdOf(v.Deposit), ReleaseNo: v.Number, Release: v.Amount, Reason: v.Reason}
}

func (e *stepErrand) refundRequest(v DepositStep) payment.CaptureRefundRequest {
	return payment.CaptureRefundRequest{Hold: holdOf(v.Deposit), OutTradeNo: e.capture.Number, TradeNo: e.capture.TradeNo, Capture: e.capture.Amount,
		RequestNo: v.Number, Refund: v.Amount, Reason: v.Reason}
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
