package till

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// send is a call to the till that takes the standing amount.
type send func(ctx context.Context, t *app.Till, c app.Charge) (app.Payment, error)

// pay takes the standing amount in the way of call. It returns at once; the
// answer comes to sent.
func (s *Screen) pay(call send) {
	if s.busy || s.desk.Till == nil {
		return
	}
	charge := s.now.charge(s.left.undiscountable(), s.left.remarkText())
	s.busy, s.early = true, map[int64]app.Payment{}
	s.refused, s.hint, s.paidAt = nil, panel.Hint{}, time.Time{}
	s.unfocus()
	s.refresh()
	s.desk.Background(func(ctx context.Context) func() {
		p, err := call(ctx, s.desk.Till, charge)
		return func() { s.sent(p, err) }
	})
}

// payByCode charges the payer whose code was scanned.
func (s *Screen) payByCode(code string) {
	s.last = screen.KeepCode(code, s.desk.Now())
	s.pay(func(ctx context.Context, t *app.Till, c app.Charge) (app.Payment, error) {
		return t.PayByCode(ctx, c, code)
	})
}

// showQR asks for a QR of the standing amount that a wallet can scan; with
// WalletNone, the wallet of the last one.
func (s *Screen) showQR(wallet payment.Wallet) {
	if s.now.due() <= 0 {
		s.warn("till.hint.amount_missing")
		return
	}
	if wallet == payment.WalletNone {
		wallet = s.qrs.First(s.qrWallets())
	}
	s.pay(func(ctx context.Context, t *app.Till, c app.Charge) (app.Payment, error) {
		return t.ShowQR(ctx, c, wallet)
	})
}

// switchQR shows the QR of another wallet: the one that stands is cancelled
// first, and only once the channel has confirmed that nobody paid it, the other
// one is asked for. So no amount has two QRs that can be paid.
func (s *Screen) switchQR(wallet payment.Wallet) {
	if !s.qrStands() || wallet == s.current.payment.Tender.Wallet {
		return
	}
	s.next = nextStep{qr: true, wallet: wallet}
	s.do(panel.Cancel)
}

// choseQR is the choice above the QR.
func (s *Screen) choseQR(i int) {
	if list := s.qrWallets(); i < len(list) {
		s.switchQR(list[i])
	}
	s.refresh()
}

// qrWallets are those that a QR can be shown for.
func (s *Screen) qrWallets() []payment.Wallet {
	if s.desk.Till == nil {
		return nil
	}
	return s.desk.Till.QRWallets()
}

// turnQR switches to the wallet that is step places away.
func (s *Screen) turnQR(step int) bool {
	if !s.qrStands() {
		return false
	}
	if next, ok := panel.NextQR(s.qrWallets(), s.current.payment.Tender.Wallet, step); ok {
		s.switchQR(next)
	}
	return true
}

// qrStands reports whether a QR is on the right that nobody has scanned yet and
// the left side waits for.
func (s *Screen) qrStands() bool {
	return s.mode() == modeLocked && !s.busy && s.current.payment.Phase == app.PhaseQR
}

// readyToScan tells the cashier to scan. It charges nothing: only a pay code
// does.
func (s *Screen) readyToScan() {
	if s.now.due() <= 0 {
		s.warn("till.hint.amount_missing")
		return
	}
	s.unfocus()
	s.hint = panel.Hint{Text: s.desk.Words.T("till.hint.scan_now"), Ready: true}
	s.refresh()
}

// goOn does what the cashier had asked for before the last payment ended.
func (s *Screen) goOn(next nextStep) {
	switch {
	case next.code != "":
		s.payByCode(next.code)
	case next.qr:
		s.showQR(next.wallet)
	case next.scan:
		s.readyToScan()
	}
}

// sent gets the answer to pay: the payment as it began, or why nothing did.
func (s *Screen) sent(p app.Payment, err error) {
	early := s.early
	s.busy, s.early = false, nil
	if err != nil {
		s.now.refused()
		s.next = nextStep{}
		s.problem(err)
	} else {
		s.now.tried = true
		if newer, ok := early[p.Tender.ID]; ok {
			p = newer
		}
		s.follow(p)
		s.reload()
	}
	for id, other := range early {
		if err != nil || id != p.Tender.ID {
			s.heard(other)
		}
	}
	s.refresh()
}

// heard gets every change of every payment.
func (s *Screen) heard(p app.Payment) {
	id := p.Tender.ID
	current := s.current != nil && s.current.payment.Tender.ID == id
	if s.busy && !current { // it may be the answer that is on its way
		s.early[id] = p
		return
	}
	changed := s.seen[id] != p.Tender.State
	s.seen[id] = p.Tender.State
	switch {
	case current:
		s.follow(p)
	case p.Phase.Final() && changed && (p.Tender.Parked || p.Resumed):
		s.results = append(s.results, p)
	}
	if changed {
		s.reload()
	}
	s.refresh()
}

// heardRefund gets every change of every refund.
func (s *Screen) heardRefund(app.Refund) { s.reload() }

// follow shows the newest view of a payment on the right.
func (s *Screen) follow(p app.Payment) {
	same := s.current != nil && s.current.payment.Tender.ID == p.Tender.ID
	if !same {
		s.current = &shown{asking: panel.ClockTime(s.desk.Now())}
		s.refused, s.cash = nil, nil
	}
	before := s.current.payment
	if same && before.Phase.Final() && !p.Phase.Final() {
		return // an older view that came late
	}
	s.current.payment = p
	if p.Phase == app.PhaseQR {
		s.qrs.Last = p.Tender.Wallet
	}
	if p.Phase != app.PhasePaid {
		s.paidAt = time.Time{} // what was taken back must be seen by somebody
	}
	if p.Tender.Queries != before.Tender.Queries {
		s.current.asking = panel.ClockTime(s.desk.Now())
	}
	if !same || p.Tender.State != before.Tender.State || p.Phase != before.Phase {
		s.current.asked, s.hint = false, panel.Hint{} // what was said was about the step before
		s.readDetail()
	}
	if p.Phase.Final() && (!same || !before.Phase.Final()) && !s.current.aside {
		s.ended(p)
	}
}

// ended makes the left side free again the moment a result is final.
func (s *Screen) ended(p app.Payment) {
	next := s.next
	s.next = nextStep{}
	switch {
	case p.Phase == app.PhasePaid && p.Left == 0:
		s.now.clear()
		s.part = nil
		s.left.clearFields()
		s.paidAt = s.desk.Now()
	case p.Phase == app.PhasePaid:
		s.now.left, s.part = p.Left, &p
		s.goOn(next)
	case p.Phase == app.PhaseClosed && next != nextStep{}:
		s.back()
		s.goOn(next)
	}
}

// back takes a finished panel away: to the list, or to the sale that still
// lacks a part.
func (s *Screen) back() {
	s.current, s.refused, s.paidAt = nil, nil, time.Time{}
	if s.now.partPaid() && s.part != nil {
		s.current = &shown{payment: *s.part}
		s.readDetail()
	}
}

// dismiss is the cashier's "I have seen it".
func (s *Screen) dismiss() {
	s.back()
	s.refresh()
}

// dropPanel takes a finished panel away because something new begins; one that
// is not finished, or that says what is left to pay, stays.
func (s *Screen) dropPanel() {
	if s.current == nil || s.current.aside || s.current.payment.Phase.Final() {
		s.back()
	}
}

// leavePart gives up taking the rest: the sale stays in the list, paid in part.
func (s *Screen) leavePart() {
	s.now.clear()
	s.part, s.next = nil, nextStep{}
	s.left.clearFields()
	s.dismiss()
}

// problem tells why nothing was sent: in a few words on the amount card where
// the hand that types can repair it, else on the right until it was seen.
func (s *Screen) problem(err error) {
	if p, ok := app.ProblemOf(err); ok {
		if key := "till.hint." + string(p.Kind); s.desk.Words.Has(key) {
			s.warn(key, p.Pairs...)
			return
		}
	}
	s.current, s.paidAt = nil, time.Time{}
	r := refusal(s.desk, err, s.now.due())
	s.refused = &r
	s.refresh()
}

// compare looks from time to time whether the till knows better than the
// screen: a change that was missed must not leave a customer waiting.
func (s *Screen) compare(now time.Time) {
	if s.current == nil || s.current.payment.Phase.Final() || now.Sub(s.checked) < compareEvery {
		return
	}
	s.checked = now
	id := s.current.payment.Tender.ID
	for _, p := range s.desk.Till.OpenPayments() {
		if p.Tender.ID == id {
			s.follow(p)
			return
		}
	}
	s.desk.Background(func(ctx context.Context) func() {
		p, err := s.desk.Till.Payment(ctx, id)
		if err != nil {
			return nil
		}
		return func() { s.heard(p) }
	})
}

const compareEvery = 5 * time.Second

// detailOf reads what the panel shows beside the payment: steps and papers.
func (s *Screen) readDetail() {
	id := s.current.payment.Sale.ID
	s.desk.Background(func(ctx context.Context) func() {
		detail, err := s.desk.Books.Sale(ctx, id)
		if err != nil {
			s.desk.Log.Warn("sale cannot be read", "sale", id, "err", err)
			return nil
		}
		return func() { s.gotDetail(detail) }
	})
}

func (s *Screen) gotDetail(d data.SaleDetail) {
	if s.current != nil && s.current.payment.Sale.ID == d.ID {
		s.current.detail = d
		s.refresh()
	}
}
