package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"frontdesk/data"
	"frontdesk/payment"
)

// HoldOrder asks for a deposit. Who the guest is may be left out, all of it.
type HoldOrder struct {
	Draft              string         // names the standing amount; the same draft is the same deposit
	Amount             payment.Amount // fen
	Room, Guest, Phone string
	Nights             int
	Remark             string
}

// holdDraft joins what one standing amount led to.
type holdDraft struct {
	last     int64 // deposit
	attempts int
}

// HoldByCode sets money of the guest whose pay code was scanned aside. The
// errors are Problems; a hold that fails is not an error but a Deposit. The
// same act twice is one deposit, as with PayByCode.
func (t *Till) HoldByCode(ctx context.Context, o HoldOrder, scanned string) (Deposit, error) {
	code, wallet := payment.Recognise(scanned)
	if wallet == payment.WalletNone {
		return Deposit{}, problem(ProblemCodeUnknown)
	}
	ch, rules := t.holdRules(wallet)
	if !rules.Holds {
		return Deposit{}, problem(ProblemNoHold, "wallet", string(wallet))
	}
	n := data.NewDeposit{Channel: ch.Name(), Method: payment.MethodCode, Wallet: wallet, MaskedCode: code.String(), OrderPrefix: prefixOf(ch)}
	return t.beginHold(ctx, o, n, func(h *liveHold) { h.byCode(code) })
}

// HoldQR asks for a QR with which a guest of this wallet sets money aside. With
// an empty wallet the first of HoldQRWallets takes it.
func (t *Till) HoldQR(ctx context.Context, o HoldOrder, wallet payment.Wallet) (Deposit, error) {
	if wallet == payment.WalletNone {
		for _, wallet = range t.HoldQRWallets() {
			break
		}
	}
	ch, rules := t.holdRules(wallet)
	if !rules.QR {
		return Deposit{}, problem(ProblemNoHold, "wallet", string(wallet))
	}
	n := data.NewDeposit{Channel: ch.Name(), Method: payment.MethodQR, Wallet: wallet, OrderPrefix: prefixOf(ch)}
	return t.beginHold(ctx, o, n, (*liveHold).byQR)
}

// HoldQRWallets are the wallets whose guests can set money aside by a QR.
func (t *Till) HoldQRWallets() []payment.Wallet {
	var list []payment.Wallet
	for _, w := range []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat} {
		if _, rules := t.holdRules(w); rules.QR {
			list = append(list, w)
		}
	}
	return list
}

// holdRules are what the channel that takes a wallet can do with its deposits;
// all of them false where none can.
func (t *Till) holdRules(w payment.Wallet) (payment.Channel, payment.HoldRules) {
	settings := t.current()
	ch, ok := settings.channels[settings.wallets[w]]
	holder, holds := ch.(payment.Holder)
	if !ok || !holds {
		return nil, payment.HoldRules{}
	}
	return ch, holder.HoldRules(w)
}

// RulesOf are what can be done with a deposit: cash knows every act.
func (t *Till) RulesOf(d data.Deposit) payment.HoldRules {
	if d.Channel == payment.Cash {
		return payment.HoldRules{Holds: true, KeepRest: true, ReleasePart: true}
	}
	holder, ok := t.holder(d.Channel)
	if !ok {
		return payment.HoldRules{}
	}
	return holder.HoldRules(d.Wallet)
}

// HoldCash takes a deposit in notes and coins. It is held at once.
func (t *Till) HoldCash(ctx context.Context, o HoldOrder, tendered payment.Amount) (Deposit, error) {
	if tendered < o.Amount {
		return Deposit{}, problem(ProblemCashShort, "left", o.Amount.Grouped())
	}
	n := data.NewDeposit{Channel: payment.Cash, Method: payment.MethodCash, Tendered: tendered, Change: tendered - o.Amount}
	return t.beginHold(ctx, o, n, nil)
}

// beginHold makes the deposit durable and sets it going.
func (t *Till) beginHold(ctx context.Context, o HoldOrder, n data.NewDeposit, run func(*liveHold)) (Deposit, error) {
	limit := t.current().limit
	if err := o.Amount.Check(limit); err != nil {
		return Deposit{}, amountProblem(err, limit)
	}
	t.starting.Lock()
	defer t.starting.Unlock()

	d := t.holdDraft(o.Draft)
	again, ok, err := t.holdAgain(ctx, d, n)
	if ok || err != nil {
		return again, err
	}
	n.IntentID = draftIntent(o.Draft, d.attempts+1)
	n.Amount, n.Room, n.Guest, n.Phone, n.Nights, n.Remark = o.Amount, o.Room, o.Guest, o.Phone, o.Nights, o.Remark
	if n.StaffID, err = t.staff(); err != nil {
		return Deposit{}, err
	}
	deposit, existing, err := t.ledger.StartDeposit(ctx, n)
	if err != nil {
		return Deposit{}, ledgerProblem(err)
	}
	d.last = deposit.ID
	d.attempts++
	live := newLiveHold(t, deposit)
	if deposit.Hold.Final() {
		v := live.view()
		t.notifyDeposit(v)
		return v, nil
	}
	if open, ok := t.openHold(deposit.ID); ok { // of an earlier run, under the same draft
		return open.view(), nil
	}
	t.mu.Lock()
	t.holds[deposit.ID] = live
	t.mu.Unlock()
	if existing { // the ledger had it, and whoever began it never heard so
		live.resume(live.end)
		return live.view(), nil
	}
	t.atStep(StepCommitted)
	t.spawn(func() {
		defer close(live.rest)
		run(live)
	})
	return live.view(), nil
}

// holdAgain answers a repeated act: the open hold, or the one that succeeded.
func (t *Till) holdAgain(ctx context.Context, d *holdDraft, n data.NewDeposit) (Deposit, bool, error) {
	if d.last == 0 {
		return Deposit{}, false, nil
	}
	v, err := t.Deposit(ctx, d.last)
	if err != nil {
		return Deposit{}, false, err
	}
	same := v.Channel == n.Channel && v.Method == n.Method && v.Wallet == n.Wallet && v.MaskedCode == n.MaskedCode
	switch {
	case v.Hold == payment.StatePaid, !v.Phase.Final() && same:
		return v, true, nil
	case !v.Phase.Final():
		return Deposit{}, false, problem(ProblemPaymentOpen)
	}
	return Deposit{}, false, nil
}

func (t *Till) holdDraft(id string) *holdDraft {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, ok := t.holdDrafts[id]
	if !ok {
		d = &holdDraft{}
		t.holdDrafts[id] = d
	}
	return d
}

// holder is a channel that can hold money.
func (t *Till) holder(name payment.ChannelName) (payment.Holder, bool) {
	ch, ok := t.channel(name)
	if !ok {
		return nil, false
	}
	h, ok := ch.(payment.Holder)
	return h, ok
}

// Holders are the channels that can hold money, sorted.
func (t *Till) Holders() []payment.ChannelName {
	return slices.DeleteFunc(t.Channels(), func(name payment.ChannelName) bool {
		_, ok := t.holder(name)
		return !ok
	})
}

// depositSubject is what the guest sees as the purpose.
func (t *Till) depositSubject() string { return t.current().subject }

// Deposit is the present view of one deposit.
func (t *Till) Deposit(ctx context.Context, id int64) (Deposit, error) {
	// A hold that is final is as the ledger has it: captures and releases may
	// have followed while the channel is asked once more.
	if h, ok := t.openHold(id); ok && !h.final() {
		return h.view(), nil
	}
	detail, err := t.ledger.DepositByID(ctx, id)
	if err != nil {
		return Deposit{}, ledgerProblem(err)
	}
	d := detail.Deposit
	return Deposit{Deposit: d, Phase: phaseOf(d.Hold, d.CancelAsked)}, nil
}

// CancelHold ends an open hold: the channel is asked to cancel and the result
// confirmed, in the background.
func (t *Till) CancelHold(ctx context.Context, id int64) (Deposit, error) {
	h, ok := t.openHold(id)
	if !ok {
		return t.Deposit(ctx, id)
	}
	if holder, ok := t.holder(h.line.row().channel); ok && neverCancelled(h.line.row(), holder.HoldPolicy()) {
		return h.view(), problem(ProblemNoCancel)
	}
	h.want()
	return h.view(), nil
}

// QueryHoldNow asks the channel at once instead of at the next turn.
func (t *Till) QueryHoldNow(id int64) {
	if h, ok := t.openHold(id); ok {
		h.poke()
	}
}

// ParkHold puts an open hold aside; it goes on in the background.
func (t *Till) ParkHold(ctx context.Context, id int64) error {
	h, ok := t.openHold(id)
	if !ok {
		return nil
	}
	h.unwatch()
	if h.line.now().Parked {
		return nil
	}
	yes := true
	return ledgerProblem(h.move(ctx, data.Move{Parked: &yes, Events: []data.NewEvent{{Kind: data.EventParked}}}))
}

// OpenHolds are all holds without a result, oldest first.
func (t *Till) OpenHolds() []Deposit {
	t.mu.Lock()
	live := slices.Collect(maps.Values(t.holds))
	t.mu.Unlock()
	var open []Deposit
	for _, h := range live {
		if v := h.view(); !v.Phase.Final() {
			open = append(open, v)
		}
	}
	slices.SortFunc(open, func(a, b Deposit) int { return cmp.Compare(a.ID, b.ID) })
	return open
}

// WaitDeposit blocks until the hold is final or ctx ends.
func (t *Till) WaitDeposit(ctx context.Context, id int64) (Deposit, error) {
	return t.deposits.await(ctx, func(d Deposit) bool { return d.ID == id }, func() (Deposit, bool, error) {
		d, err := t.Deposit(ctx, id)
		return d, d.Phase.Final(), err
	})
}

// RestHold blocks until nothing is going on for the hold any more, or until ctx
// ends; see Rest.
func (t *Till) RestHold(ctx context.Context, id int64) {
	if h, ok := t.openHold(id); ok {
		h.waitRest(ctx)
	}
}

func (t *Till) openHold(id int64) (*liveHold, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h, ok := t.holds[id]
	return h, ok
}
