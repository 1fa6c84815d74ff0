package app

import (
	"context"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// holdLine is the hold of a deposit as an attempt sees it. To an attempt, held
// is paid, and held and given free again is reversed.
type holdLine struct {
	till *Till

	mu      sync.Mutex
	deposit data.Deposit
	found   numbers // what the channel named since the last write
}

// numbers are the channel's own names for a hold, which later steps need.
type numbers struct{ authNo, holdID, payerID string }

// liveHold is a hold that is open, with what drives it.
type liveHold struct {
	*attempt
	line *holdLine
}

func newLiveHold(t *Till, d data.Deposit) *liveHold {
	l := &holdLine{till: t, deposit: d}
	return &liveHold{attempt: newAttempt(t, l), line: l}
}

// view is the deposit as a screen shows it.
func (h *liveHold) view() Deposit { return h.line.view(h.glance()) }

// byCode sends the scanned code and settles what follows.
func (h *liveHold) byCode(code payment.PayCode) {
	defer h.end()
	h.first(func(ctx context.Context) (payment.Outcome, bool) {
		holder, ok := h.line.holder()
		if !ok {
			return payment.Outcome{}, false
		}
		r := h.line.request()
		r.Code = code
		return h.line.heard(holder.Hold(ctx, r)), true
	})
}

// byQR asks for the QR and settles what follows.
func (h *liveHold) byQR() {
	defer h.end()
	h.first(func(ctx context.Context) (payment.Outcome, bool) {
		holder, ok := h.line.holder()
		if !ok {
			return payment.Outcome{}, false
		}
		r := h.line.request()
		r.Expires = holder.HoldPolicy().QRTimeout
		text, o := holder.HoldQR(ctx, r)
		h.setQR(text)
		return h.line.heard(o), true
	})
}

// end takes the hold off the list of open ones once it is final.
func (h *liveHold) end() {
	d := h.line.now()
	if !d.Hold.Final() {
		return
	}
	if h.line.learned() { // the last query named what the first answer did not
		if err := h.move(context.WithoutCancel(h.till.ctx), data.Move{}); err != nil {
			h.till.log.Error("numbers of a deposit cannot be written", "order", d.OutOrderNo, "err", err)
		}
	}
	h.till.mu.Lock()
	delete(h.till.holds, d.ID)
	h.till.mu.Unlock()
}

func (l *holdLine) now() data.Deposit {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.deposit
}

// learned reports whether the channel has named something that the ledger's held
// deposit lacks.
func (l *holdLine) learned() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	d, f := l.deposit, l.found
	return d.Hold == payment.StatePaid &&
		(d.AuthNo == "" && f.authNo != "" || d.HoldID == "" && f.holdID != "" || d.PayerID == "" && f.payerID != "")
}

func (l *holdLine) row() row {
	d := l.now()
	return row{channel: d.Channel, method: d.Method, state: d.Hold, cancelAsked: d.CancelAsked, cancels: d.Cancels,
		createdAt: d.CreatedAt, order: payment.Order{OutTradeNo: d.OutOrderNo, TradeNo: d.AuthNo, Amount: d.Amount}}
}

func (l *holdLine) holder() (payment.Holder, bool) { return l.till.holder(l.now().Channel) }

func (l *holdLine) asker() (asker, bool) {
	holder, ok := l.holder()
	return holdAsker{holder, l}, ok
}

func (l *holdLine) move(ctx context.Context, m data.Move) error {
	l.mu.Lock()
	found := l.found
	l.mu.Unlock()
	d, _, err := l.till.ledger.MoveHold(ctx, l.now().ID, data.HoldMove{
		To: m.To, AuthNo: found.authNo, HoldID: found.holdID, PayerID: found.payerID, Payer: m.Payer, Code: m.Code,
		Reason: m.Reason, HeldAt: m.PaidAt, Events: holdEvents(m.Events), CancelAsked: m.CancelAsked, Parked: m.Parked,
		AddQueries: m.AddQueries, AddCancels: m.AddCancels, Print: m.Print, PrintSkipped: m.PrintSkipped,
	})
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.deposit = d
	l.mu.Unlock()
	return nil
}

// holdEvents are an attempt's events in the words of deposits.
func holdEvents(events []data.NewEvent) []data.NewEvent {
	words := map[data.EventKind]data.EventKind{
		data.EventPaid: data.EventHeld, data.EventFailed: data.EventHoldFailed, data.EventClosed: data.EventHoldClosed,
		data.EventReversed: data.EventHoldReversed, data.EventLatePaid: data.EventLateHeld,
	}
	out := make([]data.NewEvent, len(events))
	for i, e := range events {
		if kind, ok := words[e.Kind]; ok {
			e.Kind = kind
		}
		out[i] = e
	}
	return out
}

func (l *holdLine) show(g glance) { l.till.notifyDeposit(l.view(g)) }

// givenBackHere: a deposit that the till has begun to settle may read as free.
func (l *holdLine) givenBackHere(ctx context.Context) bool {
	detail, err := l.till.ledger.DepositByID(ctx, l.now().ID)
	return err != nil || len(detail.Steps) > 0
}

// heard keeps the channel's numbers and turns an outcome into an attempt's terms.
func (l *holdLine) heard(o payment.HoldOutcome) payment.Outcome {
	l.mu.Lock()
	if o.AuthNo != "" {
		l.found.authNo = o.AuthNo
	}
	if o.HoldID != "" {
		l.found.holdID = o.HoldID
	}
	if o.PayerID != "" {
		l.found.payerID = o.PayerID
	}
	l.mu.Unlock()
	out := payment.Outcome{Result: o.Result, TradeNo: o.AuthNo, Payer: o.Payer, PaidAt: o.HeldAt,
		Reason: o.Reason, Code: o.Code, Detail: o.Detail, Password: o.Result == payment.Waiting, Broken: o.Broken}
	switch o.Result {
	case payment.Held:
		out.Result = payment.Paid
	case payment.Released:
		out.Result = payment.Reversed
	}
	return out
}

// hold is how the channel knows this deposit.
func (l *holdLine) hold() payment.Hold {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := holdOf(l.deposit)
	if l.found.authNo != "" {
		h.AuthNo = l.found.authNo
	}
	if l.found.holdID != "" {
		h.HoldID = l.found.holdID
	}
	return h
}

func (l *holdLine) request() payment.HoldRequest {
	d := l.now()
	return payment.HoldRequest{Hold: holdOf(d), Subject: l.till.depositSubject(), ReceiptNo: d.ReceiptNo, Operator: d.Staff.Name}
}

func (l *holdLine) view(g glance) Deposit {
	d := l.now()
	r := l.row()
	v := Deposit{Deposit: d, Phase: g.phase(r), Offline: g.offline, Resumed: g.resumed, Trouble: g.trouble}
	v.Queries += g.uncounted
	if v.Phase == PhaseQR || v.Phase == PhaseQRScanned {
		v.QRText = g.qrText
	}
	if g.wanted && !v.Phase.Final() {
		v.CancelAsked = true
	}
	if holder, ok := l.holder(); ok {
		v.Deadline = g.deadline(r, holder.HoldPolicy())
		v.DueAt = g.dueAt(r, holder.HoldPolicy())
		if v.Overdue = g.overdue(r, holder.HoldPolicy()); v.Overdue {
			v.Phase = PhaseUnknown
		}
	}
	return v
}

// holdOf is how a channel knows a deposit.
func holdOf(d data.Deposit) payment.Hold {
	return payment.Hold{OutOrderNo: d.OutOrderNo, RequestNo: d.RequestNo, AuthNo: d.AuthNo, HoldID: d.HoldID, PayerID: d.PayerID, Amount: d.Amount,
		Wallet: d.Wallet}
}

// holdAsker lets an attempt ask a channel about a hold as about a payment.
type holdAsker struct {
	holder payment.Holder
	line   *holdLine
}

func (a holdAsker) Policy() payment.Policy { return a.holder.HoldPolicy() }

func (a holdAsker) Query(ctx context.Context, _ payment.Order) payment.Outcome {
	return a.line.heard(a.holder.QueryHold(ctx, a.line.hold()))
}

func (a holdAsker) Cancel(ctx context.Context, _ payment.Order) payment.Outcome {
	return a.line.heard(a.holder.CancelHold(ctx, a.line.hold()))
}

// Deposit is one deposit as a screen shows it: a copy, never changed later.
type Deposit struct {
	data.Deposit
	Phase    Phase     // of the hold: PhasePaid stands for held
	QRText   string    // what the QR holds; empty unless PhaseQR or PhaseQRScanned
	Deadline time.Time // when the hold is cancelled by itself; zero when final or being cancelled
	DueAt    time.Time // as in Payment
	Overdue  bool      //
	Offline  bool
	Resumed  bool
	Trouble  *Problem
}
