package app_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

var _ payment.Holder = (*scriptedHolder)(nil)

// scriptedHolder is a channel for deposits that answers what the test says.
type scriptedHolder struct {
	*scripted
	hold, queryHold, cancelHold []payment.HoldOutcome
	capture, queryCapture       []payment.StepOutcome
	release, queryRelease       []payment.StepOutcome

	beforeQuery func()                   // called before a query of a hold is answered; may be nil
	captured    []payment.CaptureRequest // as they came; guarded by scripted.mu
}

var heldInOrder = payment.HoldOutcome{Result: payment.Held, AuthNo: "2026112110002001000000000001", HoldID: "20261121000000000001", PayerID: "2088102000006021"}

func newScriptedHolder() *scriptedHolder {
	done := []payment.StepOutcome{{State: payment.RefundDone, Found: true, TradeNo: "2026112122001000000000000001"}}
	return &scriptedHolder{
		scripted: newScripted(), hold: []payment.HoldOutcome{heldInOrder}, queryHold: []payment.HoldOutcome{heldInOrder},
		capture: done, queryCapture: done, release: done, queryRelease: done,
	}
}

func (s *scriptedHolder) HoldPolicy() payment.Policy { return s.policy }

func (s *scriptedHolder) Hold(_ context.Context, r payment.HoldRequest) payment.HoldOutcome {
	s.saw(r.OutOrderNo)
	return take(s.scripted, "hold", &s.hold)
}

func (s *scriptedHolder) HoldQR(context.Context, payment.HoldRequest) (string, payment.HoldOutcome) {
	return "", payment.HoldOutcome{Result: payment.Failed}
}

func (s *scriptedHolder) QueryHold(context.Context, payment.Hold) payment.HoldOutcome {
	if s.beforeQuery != nil {
		s.beforeQuery()
	}
	return take(s.scripted, "query hold", &s.queryHold)
}

func (s *scriptedHolder) CancelHold(context.Context, payment.Hold) payment.HoldOutcome {
	return take(s.scripted, "cancel hold", &s.cancelHold)
}

func (s *scriptedHolder) Capture(_ context.Context, r payment.CaptureRequest) payment.StepOutcome {
	s.saw(r.OutTradeNo)
	s.mu.Lock()
	s.captured = append(s.captured, r)
	s.mu.Unlock()
	return take(s.scripted, "capture", &s.capture)
}

func (s *scriptedHolder) QueryCapture(context.Context, payment.CaptureRequest) payment.StepOutcome {
	return take(s.scripted, "query capture", &s.queryCapture)
}

func (s *scriptedHolder) Release(_ context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	s.saw(r.ReleaseNo)
	return take(s.scripted, "release", &s.release)
}

func (s *scriptedHolder) QueryRelease(context.Context, payment.ReleaseRequest) payment.StepOutcome {
	return take(s.scripted, "query release", &s.queryRelease)
}

// desk is a till with a scripted channel for deposits.
type desk struct {
	*world
	ch *scriptedHolder
}

func newDesk(t *testing.T, ch *scriptedHolder) *desk {
	till, ledger := open(t, ch)
	return &desk{&world{T: t, ledger: ledger, till: till}, ch}
}

func (d *desk) scanHold() app.Deposit {
	d.Helper()
	hold, err := d.till.HoldByCode(d.Context(), holdOrder(50000), alipayCode(1))
	check(d, err)
	return d.finishHold(hold)
}

// The first answer lacked what a capture has to name; the query after it had it.
func TestNumbersThatOnlyTheQueryToldAreKept(t *testing.T) {
	ch := newScriptedHolder()
	ch.hold = []payment.HoldOutcome{{Result: payment.Held, AuthNo: heldInOrder.AuthNo}}
	d := newDesk(t, ch)
	hold := d.scanHold()
	d.till.RestHold(t.Context(), hold.ID)
	if got := d.depositDetail(hold.ID); got.PayerID != heldInOrder.PayerID || got.HoldID != heldInOrder.HoldID || got.State != data.DepositHeld {
		t.Errorf("the ledger has %q and %q, the deposit is %s", got.PayerID, got.HoldID, got.State)
	}
	d.capture(hold, 13800, true)
	if len(ch.captured) != 1 || ch.captured[0].PayerID != heldInOrder.PayerID || ch.captured[0].AuthNo != heldInOrder.AuthNo {
		t.Errorf("the capture named %+v", ch.captured)
	}
	verify(t, d.ledger)
}

// A yes that the channel takes back is booked as such, and somebody is told.
func TestAHoldThatTheChannelTakesBackAtOnce(t *testing.T) {
	ch := newScriptedHolder()
	ch.queryHold = []payment.HoldOutcome{{Result: payment.Closed, Code: "X"}}
	d := newDesk(t, ch)
	hold := d.scanHold()
	d.till.RestHold(t.Context(), hold.ID)
	if got := d.depositDetail(hold.ID); got.Hold != payment.StateReversed || got.Attention != data.AttentionTaken || got.Left() != 0 {
		t.Errorf("the hold is %s with %s left and attention %q", got.Hold, got.Left(), got.Attention)
	}
	verify(t, d.ledger)
}

// While the channel is asked once more about a hold, the guest changes their
// mind. What the query then says of the release is no news, and the screen shows
// the release all the while.
func TestAReleaseWhileTheHoldIsConfirmed(t *testing.T) {
	ch := newScriptedHolder()
	asked, answer := make(chan struct{}), make(chan struct{})
	ch.beforeQuery = func() { close(asked); <-answer }
	ch.queryHold = []payment.HoldOutcome{{Result: payment.Released}}
	d := newDesk(t, ch)
	hold := d.scanHold()
	<-asked
	d.release(hold, 0)
	if now, err := d.till.Deposit(t.Context(), hold.ID); err != nil || now.State != data.DepositReleased || now.Released != 50000 {
		t.Errorf("the screen shows %s with %s released, %v", now.State, now.Released, err)
	}
	close(answer)
	d.till.RestHold(t.Context(), hold.ID)
	if got := d.depositDetail(hold.ID); got.Hold != payment.StatePaid || got.State != data.DepositReleased || got.Attention != data.AttentionNone {
		t.Errorf("the hold is %s, the deposit %s with attention %q", got.Hold, got.State, got.Attention)
	}
	verify(t, d.ledger)
}

// What the channel took and has not carried out yet is asked about and never
// sent twice.
func TestACaptureThatWaitsIsNotSentAgain(t *testing.T) {
	waits := payment.StepOutcome{State: payment.RefundUnknown, Found: true, Waiting: true}
	ch := newScriptedHolder()
	ch.capture = []payment.StepOutcome{waits}
	ch.queryCapture = append([]payment.StepOutcome{waits, waits}, ch.queryCapture...)
	d := newDesk(t, ch)
	s := d.capture(d.scanHold(), 13800, false)
	if s.State != payment.RefundDone || ch.count("capture") != 1 || ch.count("query capture") != 3 || s.Tries != 4 {
		t.Errorf("%s after %d captures, %d queries, %d tries", s.State, ch.count("capture"), ch.count("query capture"), s.Tries)
	}
	d.stands(s.DepositID, data.DepositCaptured, 13800, 36200, 0)
	verify(t, d.ledger)
}

// What the channel does not know is sent again, under the same number.
func TestAStepThatNeverArrivedIsSentAgain(t *testing.T) {
	lost := payment.StepOutcome{State: payment.RefundUnknown}
	ch := newScriptedHolder()
	ch.release = append([]payment.StepOutcome{lost, lost}, ch.release...)
	ch.queryRelease = []payment.StepOutcome{lost}
	d := newDesk(t, ch)
	s := d.release(d.scanHold(), 100)
	if s.State != payment.RefundDone || ch.numbers[s.Number] != 3 {
		t.Errorf("%s, sent %d times under %s", s.State, ch.numbers[s.Number], s.Number)
	}
	verify(t, d.ledger)
}

// A channel that is switched off holds a step up, and takes none that is new.
func TestAStepWaitsForItsChannel(t *testing.T) {
	lost := payment.StepOutcome{State: payment.RefundUnknown}
	ch := newScriptedHolder()
	ch.capture, ch.queryCapture = []payment.StepOutcome{lost}, []payment.StepOutcome{lost}
	d := newDesk(t, ch)
	first, second := d.scanHold(), d.scanHold()
	s, err := d.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: first.ID, Amount: 13800})
	check(t, err)
	waitFor(t, func() bool { return d.depositDetail(first.ID).State == data.DepositUnknown })
	pauses := []time.Duration{2 * time.Millisecond}
	d.till.Configure(app.Options{RefundPauses: pauses})
	_, err = d.till.Release(t.Context(), app.ReleaseOrder{Draft: newDraft(), DepositID: second.ID})
	d.problem(err, app.ProblemChannelMissing)
	ch.mu.Lock()
	ch.queryCapture = []payment.StepOutcome{{State: payment.RefundDone, Found: true}}
	ch.mu.Unlock()
	d.till.Configure(app.Options{Channels: []payment.Channel{ch}, RefundPauses: pauses})
	if end := d.finishStep(s); end.State != payment.RefundDone {
		t.Errorf("the capture ended %s", end.State)
	}
	verify(t, d.ledger)
}

// An earlier try was still on its way when the next one was refused, and is
// carried out after all: the ledger learns of it.
func TestARefusedStepThatWasDoneAfterAll(t *testing.T) {
	lost := payment.StepOutcome{State: payment.RefundUnknown}
	refused := payment.StepOutcome{State: payment.RefundRefused, Reason: payment.ReasonRisk}
	done := payment.StepOutcome{State: payment.RefundDone, Found: true, TradeNo: "2026112122001000000000000001"}
	for name, c := range map[string]struct {
		answers []payment.StepOutcome // of the request
		late    bool                  // the ledger has it as done in the end
	}{
		"after a lost answer":  {[]payment.StepOutcome{lost, refused}, true},
		"at the first request": {[]payment.StepOutcome{refused}, false}, // nothing was on its way, so nothing is asked
	} {
		t.Run(name, func(t *testing.T) {
			ch := newScriptedHolder()
			ch.capture, ch.queryCapture = c.answers, []payment.StepOutcome{lost, lost, done}
			d := newDesk(t, ch)
			hold := d.scanHold()
			s, err := d.till.Capture(t.Context(), app.CaptureOrder{Draft: newDraft(), DepositID: hold.ID, Amount: 13800, KeepRest: true})
			check(t, err)
			if !c.late {
				if s = d.finishStep(s); s.State != payment.RefundRefused || ch.count("query capture") != 0 {
					t.Errorf("%s after %d queries", s.State, ch.count("query capture"))
				}
				return
			}
			waitFor(t, func() bool { return d.depositDetail(hold.ID).Captured == 13800 })
			d.stands(hold.ID, data.DepositHeld, 13800, 0, 0)
			verify(t, d.ledger)
		})
	}
}

// The ledger had committed an act, and the till heard of an error instead. When
// the button is pressed again, the act goes on; it is not made twice, and it is
// not left lying.
func TestAnActWhoseCommitWasNotHeardOfGoesOn(t *testing.T) {
	ch := newScriptedHolder()
	d := newDesk(t, ch)
	ctx, order := t.Context(), holdOrder(50000)
	lying, _, err := d.ledger.StartDeposit(ctx, data.NewDeposit{IntentID: order.Draft + "/1", Channel: payment.Alipay, Method: payment.MethodCode,
		Wallet: payment.WalletAlipay, MaskedCode: "28…4401", Amount: order.Amount})
	check(t, err)
	hold, err := d.till.HoldByCode(ctx, order, alipayCode(1))
	check(t, err)
	if end := d.finishHold(hold); end.ID != lying.ID || end.State != data.DepositHeld || ch.count("hold") != 0 || ch.count("query hold") == 0 {
		t.Errorf("deposit %d ended %s after %d holds and %d queries", end.ID, end.State, ch.count("hold"), ch.count("query hold"))
	}
	draft := newDraft()
	_, step, _, err := d.ledger.StartStep(ctx, data.NewStep{IntentID: draft + "/1", DepositID: lying.ID, Kind: data.StepRelease, Amount: 50000})
	check(t, err)
	_, err = d.till.Release(ctx, app.ReleaseOrder{Draft: draft, DepositID: lying.ID})
	d.problem(err, app.ProblemStepOpen)
	if end := d.finishStep(app.DepositStep{Step: step}); end.State != payment.RefundDone || ch.count("release") != 0 {
		t.Errorf("step %d ended %s after %d releases", end.ID, end.State, ch.count("release"))
	}
	d.stands(lying.ID, data.DepositReleased, 0, 50000, 0)
	verify(t, d.ledger)
}

func (s *scriptedHolder) HoldRules(payment.Wallet) payment.HoldRules {
	return payment.HoldRules{Holds: true, QR: true, KeepRest: true, ReleasePart: true}
}

func (s *scriptedHolder) RefundCapture(context.Context, payment.CaptureRefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundDone, Found: true}
}

func (s *scriptedHolder) QueryCaptureRefund(context.Context, payment.CaptureRefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundUnknown}
}
