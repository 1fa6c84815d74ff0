package till

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// What is taken on this screen: payments of sales.

// words are those that a deposit has others of.
var words = taking.Words{
	Panels: "pay", Lists: "till", Hints: []string{"till.hint."},
	Amount: "till.due", Locked: "till.locked.paying",
	Empty: "till.hint.empty", Next: "till.hint.next", ScanNow: "till.hint.scan_now",
	CashDue: "cash.due", CashTitle: "cash.title", CashLine: "cash.line", CashHints: []string{"cash.hint1", "cash.hint2"},
	RefusedTitle: "till.refused.title", RefusedLine: "till.refused.line", RefusedText: "pay.kept.cash",
}

// payments are what the app's till knows of payments.
type payments struct{ desk *screen.Desk }

func (l payments) Open() []app.Payment         { return l.desk.Till.OpenPayments() }
func (l payments) Ask(id int64)                { l.desk.Till.QueryNow(id) }
func (l payments) QRWallets() []payment.Wallet { return l.desk.Till.QRWallets() }
func (payments) Line(p app.Payment) panel.Line { return lineOf(p) }
func (l payments) Park(ctx context.Context, id int64) error {
	return l.desk.Till.Park(ctx, id)
}
func (l payments) Cancel(ctx context.Context, id int64) error {
	_, err := l.desk.Till.Cancel(ctx, id)
	return err
}
func (l payments) Newest(ctx context.Context, id int64) (app.Payment, error) {
	return l.desk.Till.Payment(ctx, id)
}

// sale is the screen as the taking of a payment sees it.
type sale struct{ *Screen }

// Begin charges the standing amount.
func (s sale) Begin(way taking.Way) func(context.Context) (app.Payment, error) {
	till, charge := s.desk.Till, s.now.charge(s.left.undiscountable(), s.left.remarkText())
	charge.Part = way.Part
	return func(ctx context.Context) (app.Payment, error) {
		switch {
		case way.Code != "":
			return till.PayByCode(ctx, charge, way.Code)
		case way.Cash > 0:
			return till.TakeCash(ctx, charge, way.Cash)
		}
		return till.ShowQR(ctx, charge, way.Wallet)
	}
}

// InsteadOfCash takes what was handed over as a part.
func (s sale) InsteadOfCash(next taking.Next) { s.taking.SplitCash(next) }

// Ended makes room once all is paid, and else keeps the part that is.
func (s sale) Ended(p app.Payment) (all bool) {
	switch {
	case p.Phase != app.PhasePaid:
		return false
	case p.Left > 0:
		s.now.left, s.taking.Behind = p.Left, &p
		return false
	}
	s.taking.Behind = nil
	s.NextCustomer()
	return true
}

func (s sale) Unawaited(p app.Payment) { s.results = append(s.results, p) }

func (s sale) NextCustomer() {
	s.now.clear()
	s.left.clearFields()
}

func (s sale) Changed(app.Payment) { s.reload() }

// about is what was read beside the payment on the right: steps and papers.
type about struct {
	tender int64
	detail data.SaleDetail
}

// of is it for one tender; empty until it was read.
func (a about) of(tender int64) data.SaleDetail {
	if a.tender != tender {
		return data.SaleDetail{}
	}
	return a.detail
}

func (s sale) ReadMore(p app.Payment) {
	s.desk.Background(func(ctx context.Context) func() {
		detail, err := s.desk.Books.Sale(ctx, p.Sale.ID)
		if err != nil {
			s.desk.Log.Warn("sale cannot be read", "sale", p.Sale.ID, "err", err)
			return nil
		}
		return func() {
			if now := s.taking.Current; now != nil && now.Of.Tender.ID == p.Tender.ID {
				s.about = about{p.Tender.ID, detail}
				s.refresh()
			}
		}
	})
}

// Explain says what the customer can do instead of a wallet that is not taken.
func (s sale) Explain(p *panel.Panel, err error) {
	problem, ok := app.ProblemOf(err)
	if !ok || problem.Kind != app.ProblemWalletRefused || len(problem.Pairs) != 2 {
		return
	}
	w := s.desk.Words
	wallet, _ := problem.Pairs[1].(string)
	p.Head.Word = w.T("till.refused.wallet.title")
	p.Lead = w.T("till.refused.wallet.what", "wallet", w.T("wallet."+wallet))
	p.Text = w.T("till.refused.wallet.cash")
	if taken := s.desk.Till.Wallets(); len(taken) > 0 {
		p.Text = w.T("till.refused.wallet.do", "wallets", s.desk.WalletList(taken))
	}
}

// Type edits the amount or, while cash is counted, what was handed over. Where a
// part is paid, the rest is taken first.
func (s sale) Type(edit func(*app.Entry)) bool {
	if s.mode() == modeRest {
		s.taking.Warn("till.hint.part_paid")
		return true
	}
	return s.taking.Type(edit)
}

func (s sale) Redraw() { s.refresh() }
