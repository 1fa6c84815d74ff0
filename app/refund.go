package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// RefundOrder asks for money of one sale to be given back.
type RefundOrder struct {
	Draft    string // names the dialog; the same draft is the same refund
	SaleID   int64
	TenderID int64          // which tender; 0 takes the sale's paid tenders, the latest first
	Amount   payment.Amount // fen
	Reason   string         // required; shown to the payer by some channels
	Approval *Approval      // of RightRefund, where the person at the till lacks it
}

// Refund is one refund as a screen shows it: a copy, never changed later.
type Refund struct {
	data.Refund
	Channel payment.ChannelName
	Wallet  payment.Wallet
	Offline bool
}

// refundErrand is one refund on its way.
type refundErrand struct {
	till   *Till
	tender data.Tender

	mu      sync.Mutex
	refund  data.Refund
	offline bool
}

// GiveBack starts a refund. It returns when the intent is durable; cash is
// given back at once, a channel's refund goes on in the background. An amount
// larger than one tender is split over the sale's tenders, the latest first,
// each with its own request number.
func (t *Till) GiveBack(ctx context.Context, o RefundOrder) ([]Refund, error) {
	if o.Reason == "" {
		return nil, problem(ProblemRefundReason)
	}
	t.starting.Lock()
	defer t.starting.Unlock()
	if begun, ok := t.begun[o.Draft]; ok {
		return t.sameRefunds(ctx, begun)
	}
	shares, err := t.shares(ctx, o)
	if err != nil {
		return nil, err
	}
	staff, approver, err := t.permit(ctx, RightRefund, o.Approval)
	if err != nil {
		return nil, err
	}
	var all []Refund
	for i, s := range shares {
		refund, existing, err := t.ledger.StartRefund(ctx, data.NewRefund{
			IntentID: refundIntent(o.Draft, i), TenderID: s.tender.ID, Amount: s.amount,
			Reason: o.Reason, StaffID: staff, ApproverID: approver,
		})
		if err != nil {
			return all, refundProblem(err)
		}
		a := &refundErrand{till: t, refund: refund, tender: s.tender}
		all = append(all, a.view())
		if o.Draft != "" {
			t.begun[o.Draft] = append(t.begun[o.Draft], refund.ID)
		}
		if refund.State.Final() {
			t.notifyRefund(a.view())
		} else if !existing {
			t.atStep(StepRefundCommitted)
			t.run(a, false)
		}
	}
	return all, nil
}

// sameRefunds answers a repeated act with what it led to the first time.
func (t *Till) sameRefunds(ctx context.Context, ids []int64) ([]Refund, error) {
	var all []Refund
	for _, id := range ids {
		r, err := t.ledger.Refund(ctx, id)
		if err != nil {
			return nil, ledgerProblem(err)
		}
		tender, err := t.ledger.Tender(ctx, r.TenderID)
		if err != nil {
			return nil, ledgerProblem(err)
		}
		all = append(all, Refund{Refund: r, Channel: tender.Channel, Wallet: tender.Wallet})
	}
	return all, nil
}

func refundIntent(draft string, i int) string {
	if draft == "" {
		return ""
	}
	return fmt.Sprintf("%s/r%d", draft, i)
}

// share is the part of a refund that one tender gives back.
type share struct {
	tender data.Tender
	amount payment.Amount
}

// shares splits a refund over the tenders that can still give something back.
func (t *Till) shares(ctx context.Context, o RefundOrder) ([]share, error) {
	detail, err := t.ledger.SaleByID(ctx, o.SaleID)
	if err != nil {
		return nil, ledgerProblem(err)
	}
	if err := o.Amount.Check(payment.MaxAmount); err != nil {
		return nil, amountProblem(err, payment.MaxAmount)
	}
	open := openRefunds(detail)
	var list []share
	var total payment.Amount
	rest := o.Amount
	for i := len(detail.Tenders) - 1; i >= 0; i-- {
		tender := detail.Tenders[i]
		if tender.State != payment.StatePaid || (o.TenderID != 0 && o.TenderID != tender.ID) {
			continue
		}
		available := tender.Amount - tender.Refunded - open[tender.ID]
		total += available
		if take := min(rest, available); take > 0 {
			list = append(list, share{tender, take})
			rest -= take
		}
	}
	switch {
	case total == 0 && len(open) > 0:
		return nil, problem(ProblemRefundOpen)
	case total == 0:
		return nil, problem(ProblemNotPaid)
	case rest > 0:
		return nil, problem(ProblemRefundTooMuch, "left", total.Grouped())
	}
	for _, s := range list {
		if _, ok := t.channel(s.tender.Channel); !ok && s.tender.Channel != payment.Cash {
			return nil, problem(ProblemChannelMissing, "channel", string(s.tender.Channel))
		}
	}
	return list, nil
}

// Refundable is what can still be given back of a sale, beside what is under way.
func Refundable(d data.SaleDetail) payment.Amount {
	open := openRefunds(d)
	var sum payment.Amount
	for _, tender := range d.Tenders {
		if tender.State == payment.StatePaid {
			sum += tender.Amount - tender.Refunded - open[tender.ID]
		}
	}
	return sum
}

func openRefunds(d data.SaleDetail) map[int64]payment.Amount {
	open := map[int64]payment.Amount{}
	for _, r := range d.Refunds {
		if !r.State.Final() {
			open[r.TenderID] += r.Amount
		}
	}
	return open
}

func refundProblem(err error) error {
	if errors.Is(err, data.ErrRefundTooMuch) {
		return &Problem{Kind: ProblemRefundTooMuch, Pairs: []any{"left", "0.00"}, Cause: err}
	}
	return ledgerProblem(err)
}

// run drives a refund in the background. A resumed one is asked about before
// it is sent again.
func (t *Till) run(e *refundErrand, resumed bool) {
	t.mu.Lock()
	t.giving[e.refund.ID] = e
	t.mu.Unlock()
	t.spawn(func() {
		doubtful := t.pursue(e, resumed)
		if e.view().State.Final() {
			t.mu.Lock()
			delete(t.giving, e.refund.ID)
			t.mu.Unlock()
		}
		if doubtful {
			t.doubt(e)
		}
	})
}

func (t *Till) resumeRefund(ctx context.Context, r data.Refund) error {
	tender, err := t.ledger.Tender(ctx, r.TenderID)
	if err != nil {
		return ledgerProblem(err)
	}
	a := &refundErrand{till: t, refund: r, tender: tender}
	t.run(a, true)
	return nil
}

func (e *refundErrand) channel() (payment.Channel, bool) { return e.till.channel(e.tender.Channel) }

func (e *refundErrand) send(ctx context.Context) (payment.StepOutcome, bool) {
	ch, ok := e.channel()
	if !ok {
		return payment.StepOutcome{}, false
	}
	return stepOf(ch.Refund(ctx, e.request())), true
}

func (e *refundErrand) ask(ctx context.Context) (payment.StepOutcome, bool) {
	ch, ok := e.channel()
	if !ok {
		return payment.StepOutcome{}, false
	}
	return stepOf(ch.QueryRefund(ctx, e.request())), true
}

func (e *refundErrand) whose() payment.ChannelName { return e.tender.Channel }

func (e *refundErrand) pauses() []time.Duration { return refundPauses }

func (e *refundErrand) request() payment.RefundRequest {
	r := e.view()
	return payment.RefundRequest{Order: orderOf(e.tender), RequestNo: r.RequestNo, Refund: r.Amount, Reason: r.Reason}
}

// record writes what the channel said down.
func (e *refundErrand) record(out payment.StepOutcome, offline bool) error {
	m := data.RefundMove{Discount: out.Discount, To: out.State, Why: out.Reason, Code: out.Code, AddTries: 1}
	kind := data.EventRefundUnknown
	switch out.State {
	case payment.RefundDone:
		kind, m.Print = data.EventRefunded, true
	case payment.RefundRefused:
		kind = data.EventRefundRefused
	default:
		m.To = payment.RefundUnknown
	}
	before := e.view()
	if m.To != before.State {
		m.Events = []data.NewEvent{{Kind: kind, Detail: out.Code, Amount: before.Amount}}
	}
	refund, _, err := e.till.ledger.MoveRefund(context.WithoutCancel(e.till.ctx), before.ID, m)
	if err != nil {
		return err
	}
	e.mu.Lock()
	e.refund, e.offline = refund, offline
	e.mu.Unlock()
	e.till.notifyRefund(e.view())
	return nil
}

func (e *refundErrand) view() Refund {
	e.mu.Lock()
	defer e.mu.Unlock()
	return Refund{Refund: e.refund, Channel: e.tender.Channel, Wallet: e.tender.Wallet, Offline: e.offline}
}

// OpenRefunds are all refunds without a result.
func (t *Till) OpenRefunds() []Refund {
	t.mu.Lock()
	defer t.mu.Unlock()
	var open []Refund
	for _, a := range t.giving {
		if v := a.view(); !v.State.Final() {
			open = append(open, v)
		}
	}
	return open
}

// WaitRefund blocks until the refund is final or ctx ends.
func (t *Till) WaitRefund(ctx context.Context, id int64) (Refund, error) {
	return t.refunds.await(ctx, func(r Refund) bool { return r.ID == id }, func() (Refund, bool, error) {
		r, err := t.ledger.Refund(ctx, id)
		return Refund{Refund: r}, r.State.Final(), ledgerProblem(err)
	})
}

// KeepLate closes the question about a late payment: it is kept.
func (t *Till) KeepLate(ctx context.Context, saleID int64) error {
	staff, err := t.staff()
	if err != nil {
		return err
	}
	return ledgerProblem(t.ledger.DecideLate(ctx, saleID, true, staff))
}

// ReturnLate closes the question about a late payment: the late money goes
// back as a refund, which needs RightRefund or an approval.
func (t *Till) ReturnLate(ctx context.Context, saleID int64, reason string, approval *Approval) ([]Refund, error) {
	detail, err := t.ledger.SaleByID(ctx, saleID)
	if err != nil {
		return nil, ledgerProblem(err)
	}
	for i := len(detail.Tenders) - 1; i >= 0; i-- {
		tender := detail.Tenders[i]
		if !tender.Late || tender.State != payment.StatePaid || tender.Refunded == tender.Amount {
			continue
		}
		refunds, err := t.GiveBack(ctx, RefundOrder{
			Draft: fmt.Sprintf("late/%d", tender.ID), SaleID: saleID, TenderID: tender.ID,
			Amount: tender.Amount - tender.Refunded, Reason: reason, Approval: approval,
		})
		if err != nil {
			return nil, err
		}
		return refunds, ledgerProblem(t.ledger.DecideLate(ctx, saleID, false, t.Person().ID))
	}
	return nil, problem(ProblemNotPaid)
}
