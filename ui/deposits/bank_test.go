package deposits

import (
	"context"
	"sync"
	"time"

	"frontdesk/payment"
)

// bank is a channel that can hold money and does what the test says at that
// moment.
type bank struct {
	name    payment.ChannelName
	mu      sync.Mutex
	policy  payment.Policy
	rules   payment.HoldRules
	hold    func(payment.HoldRequest) payment.HoldOutcome
	query   func(n int) payment.HoldOutcome
	cancel  func(n int) payment.HoldOutcome
	step    func(n int) payment.StepOutcome // of captures, releases and refunds, and questions about them
	queries int
	cancels int
	steps   int
	stop    chan struct{}

	holds    []payment.HoldRequest
	qrs      []payment.HoldRequest
	captures map[string]payment.CaptureRequest // by number: what was taken
	releases map[string]payment.Amount
	refunds  map[string]payment.Amount
}

func newBank(name payment.ChannelName) *bank {
	b := &bank{name: name, stop: make(chan struct{}), captures: map[string]payment.CaptureRequest{}, releases: map[string]payment.Amount{}, refunds: map[string]payment.Amount{}}
	b.ordinary()
	return b
}

const authNo = "2026112110002001580512345678"

// held is the answer to a hold that is there.
var held = payment.HoldOutcome{Result: payment.Held, AuthNo: authNo, HoldID: "20261121000012", PayerID: "2088102146225135", Payer: "139****0066"}

// done is the answer to a step that is carried out.
var done = payment.StepOutcome{State: payment.RefundDone, Found: true, TradeNo: "2026112122001458860512345678"}

// ordinary is a bank on a good day.
func (b *bank) ordinary() {
	b.policy = payment.Policy{QueryEvery: time.Millisecond, PayTimeout: time.Minute, QRTimeout: 2 * time.Minute, CancelEvery: time.Millisecond}
	b.rules = payment.HoldRules{Holds: true, QR: true, KeepRest: true, ReleasePart: true}
	switch b.name {
	case payment.WeChat:
		b.policy.PayTimeout, b.rules = 45*time.Second, payment.HoldRules{Holds: true}
	case payment.CloudPay:
		b.policy.PayTimeout, b.policy.NoCancel = 2*time.Minute, true
	}
	b.hold = answering(held)
	b.query = func(int) payment.HoldOutcome { return held }
	b.cancel = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.Closed} }
	b.step = func(int) payment.StepOutcome { return done }
}

func answering(o payment.HoldOutcome) func(payment.HoldRequest) payment.HoldOutcome {
	return func(payment.HoldRequest) payment.HoldOutcome { return o }
}

// thenHang answers n times, and then not before the test is over.
func thenHang(n int, o payment.HoldOutcome) func(int) payment.HoldOutcome {
	return func(i int) payment.HoldOutcome {
		if i > n {
			return payment.HoldOutcome{Result: "hang"}
		}
		return o
	}
}

// stepHang is a step that is unknown n times, and then has no answer before the
// test is over.
func stepHang(n int) func(int) payment.StepOutcome {
	return func(i int) payment.StepOutcome {
		if i > n {
			return payment.StepOutcome{State: "hang"}
		}
		return payment.StepOutcome{State: payment.RefundUnknown}
	}
}

// set changes the bank's answers.
func (b *bank) set(change func(*bank)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queries, b.cancels, b.steps = 0, 0, 0
	change(b)
}

func (b *bank) Name() payment.ChannelName { return b.name }
func (b *bank) Policy() payment.Policy    { return b.HoldPolicy() }

func (b *bank) HoldPolicy() payment.Policy {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.policy
}

func (b *bank) Hold(_ context.Context, r payment.HoldRequest) payment.HoldOutcome {
	b.mu.Lock()
	b.holds = append(b.holds, r)
	hold := b.hold
	b.mu.Unlock()
	return hold(r)
}

func (b *bank) HoldQR(_ context.Context, r payment.HoldRequest) (string, payment.HoldOutcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.qrs = append(b.qrs, r)
	return "https://qr.alipay.com/hold" + r.OutOrderNo, payment.HoldOutcome{Result: payment.Waiting}
}

func (b *bank) QueryHold(ctx context.Context, _ payment.Hold) payment.HoldOutcome {
	b.mu.Lock()
	b.queries++
	n, query := b.queries, b.query
	b.mu.Unlock()
	return b.answer(ctx, query(n))
}

func (b *bank) CancelHold(ctx context.Context, _ payment.Hold) payment.HoldOutcome {
	b.mu.Lock()
	b.cancels++
	n, cancel := b.cancels, b.cancel
	b.mu.Unlock()
	return b.answer(ctx, cancel(n))
}

func (b *bank) answer(ctx context.Context, o payment.HoldOutcome) payment.HoldOutcome {
	if o.Result == "hang" {
		b.wait(ctx)
		return payment.HoldOutcome{Result: payment.Unknown}
	}
	return o
}

// wait is an answer that does not come before the test lets it.
func (b *bank) wait(ctx context.Context) {
	b.mu.Lock()
	stop := b.stop
	b.mu.Unlock()
	select {
	case <-ctx.Done():
	case <-stop:
	}
}

// answerNow ends what hangs, and lets the bank answer as change says.
func (b *bank) answerNow(change func(*bank)) {
	b.set(func(b *bank) {
		close(b.stop)
		b.stop = make(chan struct{})
		change(b)
	})
}

// next is the answer to a step; it is carried out by keep when it is done.
func (b *bank) next(ctx context.Context, keep func()) payment.StepOutcome {
	b.mu.Lock()
	b.steps++
	n, step := b.steps, b.step
	b.mu.Unlock()
	o := step(n)
	if o.State == "hang" {
		b.wait(ctx)
		return payment.StepOutcome{State: payment.RefundUnknown}
	}
	if o.State == payment.RefundDone {
		b.mu.Lock()
		keep()
		b.mu.Unlock()
	}
	return o
}

func (b *bank) Capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	return b.next(ctx, func() { b.captures[r.OutTradeNo] = r })
}

func (b *bank) QueryCapture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	return b.Capture(ctx, r)
}

func (b *bank) Release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	return b.next(ctx, func() { b.releases[r.ReleaseNo] = r.Release })
}

func (b *bank) QueryRelease(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	return b.Release(ctx, r)
}

func (b *bank) RefundCapture(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	o := b.next(ctx, func() { b.refunds[r.RequestNo] = r.Refund })
	return payment.RefundOutcome{State: o.State, Found: o.Found, Reason: o.Reason, Code: o.Code}
}

func (b *bank) QueryCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	return b.RefundCapture(ctx, r)
}

// Sales are none of this bank's business.

func (b *bank) Pay(context.Context, payment.PayRequest) payment.Outcome {
	return payment.Outcome{Result: payment.Failed, Reason: payment.ReasonRequest}
}

func (b *bank) ShowQR(context.Context, payment.QRRequest) (string, payment.Outcome) {
	return "", payment.Outcome{Result: payment.Failed, Reason: payment.ReasonRequest}
}

func (b *bank) Query(context.Context, payment.Order) payment.Outcome {
	return payment.Outcome{Result: payment.NotFound}
}

func (b *bank) Cancel(context.Context, payment.Order) payment.Outcome {
	return payment.Outcome{Result: payment.NotFound}
}

func (b *bank) HoldRules(payment.Wallet) payment.HoldRules {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rules
}

func (b *bank) Refund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonOther}
}

func (b *bank) QueryRefund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundUnknown}
}
