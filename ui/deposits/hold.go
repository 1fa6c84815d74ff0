package deposits

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// What is taken on this screen: holds of deposits.

// words are those that a sale has others of.
var words = taking.Words{
	Panels: "hold", Lists: "deposit", Hints: []string{"deposit.hint.", "till.hint."},
	Amount: "deposit.amount", Locked: "deposit.locked.holding",
	Empty: "deposit.hint.empty", Next: "deposit.hint.next", ScanNow: "deposit.hint.scan_now",
	CashDue: "deposit.cash.due", CashTitle: "deposit.cash.title", CashLine: "deposit.cash.line", CashHints: []string{"deposit.cash.hint"},
	RefusedTitle: "hold.refused.title", RefusedLine: "hold.refused.line", RefusedText: "hold.refused.kept",
}

// shown is what the panel on the right tells of: a hold, or the end of a step.
type shown struct {
	app.Deposit
	step *app.DepositStep // nil for a hold
}

// holds are what the app's till knows of holds.
type holds struct{ desk *screen.Desk }

func (l holds) Open() []shown {
	var list []shown
	for _, d := range l.desk.Till.OpenHolds() {
		list = append(list, shown{Deposit: d})
	}
	return list
}

// Line is that of a hold. Nothing more will be heard of a step that has ended.
func (holds) Line(a shown) panel.Line {
	if a.step != nil {
		return panel.Line{Phase: app.PhasePaid}
	}
	return lineOf(a.Deposit)
}

func (l holds) Ask(id int64)                             { l.desk.Till.QueryHoldNow(id) }
func (l holds) QRWallets() []payment.Wallet              { return l.desk.Till.HoldQRWallets() }
func (l holds) Park(ctx context.Context, id int64) error { return l.desk.Till.ParkHold(ctx, id) }
func (l holds) Cancel(ctx context.Context, id int64) error {
	_, err := l.desk.Till.CancelHold(ctx, id)
	return err
}

func (l holds) Newest(ctx context.Context, id int64) (shown, error) {
	d, err := l.desk.Till.Deposit(ctx, id)
	return shown{Deposit: d}, err
}

// hold is the screen as the taking of a deposit sees it.
type hold struct{ *Screen }

// Begin sets the standing amount aside.
func (s hold) Begin(way taking.Way) func(context.Context) (shown, error) {
	till, order := s.desk.Till, s.now.order(s.take.guest())
	return func(ctx context.Context) (a shown, err error) {
		switch {
		case way.Code != "":
			a.Deposit, err = till.HoldByCode(ctx, order, way.Code)
		case way.Cash > 0:
			a.Deposit, err = till.HoldCash(ctx, order, way.Cash)
		default:
			a.Deposit, err = till.HoldQR(ctx, order, way.Wallet)
		}
		return a, err
	}
}

// InsteadOfCash takes all of it in the other way: a deposit has no parts.
func (s hold) InsteadOfCash(next taking.Next) {
	s.taking.Cash = nil
	s.taking.GoOn(next)
}

// Ended makes room once the money is held.
func (s hold) Ended(a shown) (all bool) {
	if a.Phase != app.PhasePaid {
		s.now.again()
		return false
	}
	s.NextCustomer()
	return true
}

func (s hold) Unawaited(a shown) { s.results = append(s.results, holdResult(s.desk, a.Deposit)) }

func (s hold) NextCustomer() {
	s.now.clear()
	s.take.clearFields()
}

func (s hold) Changed(a shown) {
	s.list.reload()
	s.reopen(a.ID)
}

// Explain says what the guest can do instead, where a wallet is not taken here or
// takes no deposits.
func (s hold) Explain(p *panel.Panel, err error) {
	problem, ok := app.ProblemOf(err)
	if !ok || problem.Kind != app.ProblemNoHold || len(problem.Pairs) != 2 {
		return
	}
	wallet, _ := problem.Pairs[1].(string)
	if wallet == "" {
		return
	}
	w, key := s.desk.Words, "hold.refused.wallet.off"
	if s.desk.Till.TakenBy(payment.Wallet(wallet)) != "" { // it pays, and holds nothing
		key = "hold.refused.wallet"
	}
	p.Head.Word, p.Lead = w.T("till.refused.wallet.title"), w.T(key, "wallet", w.T("wallet."+wallet))
	p.Text = w.T("hold.refused.wallet.cash")
	if holds := s.desk.Till.HoldWallets(); len(holds) > 0 {
		p.Text = w.T("hold.refused.wallet.do", "wallets", s.desk.WalletList(holds))
	}
}

// Type edits the amount, what was handed over, or what the guest of the open
// deposit owes.
func (s hold) Type(edit func(*app.Entry)) bool {
	switch s.mode() {
	case modeStep, modeSettled:
		return false
	case modeDue:
		s.open.edit(edit)
		s.taking.Hint = panel.Hint{}
		s.refresh()
		return true
	}
	return s.taking.Type(edit)
}

func (s hold) Redraw() { s.refresh() }

// about is what was read beside the deposit on the right: steps and papers, and
// what else the room has.
type about struct {
	deposit int64
	detail  data.DepositDetail
	room    []data.Deposit // others with something held
}

// of is it for one deposit; empty until it was read.
func (a about) of(deposit int64) about {
	if a.deposit != deposit {
		return about{}
	}
	return a
}

// aboutShown is it for the deposit on the right.
func (s *Screen) aboutShown() about {
	if s.taking.Current == nil {
		return about{}
	}
	return s.about.of(s.taking.Current.Of.ID)
}

func (s hold) ReadMore(a shown) {
	s.desk.Background(func(ctx context.Context) func() {
		detail, room, err := readDeposit(ctx, s.desk, a.ID)
		if err != nil {
			s.desk.Log.Warn("deposit cannot be read", "deposit", a.ID, "err", err)
			return nil
		}
		return func() {
			if now := s.taking.Current; now != nil && now.Of.ID == a.ID {
				s.about = about{a.ID, detail, room}
				s.refresh()
			}
		}
	})
}

// readDeposit reads a deposit, and what else its room has held.
func readDeposit(ctx context.Context, d *screen.Desk, id int64) (detail data.DepositDetail, room []data.Deposit, err error) {
	detail, err = d.Books.Deposit(ctx, id)
	if err != nil || detail.Room == "" {
		return detail, nil, err
	}
	all, err := d.Books.DepositsOfRoom(ctx, detail.Room)
	for _, other := range all {
		if other.ID != id {
			room = append(room, other)
		}
	}
	return detail, room, err
}

// sumLeft is what is still held of some deposits.
func sumLeft(list []data.Deposit) (sum payment.Amount) {
	for _, d := range list {
		sum += d.Left()
	}
	return sum
}
