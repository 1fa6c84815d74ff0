package deposits

import (
	"context"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// hold takes the standing amount in the way of call. It returns at once; the
// answer comes to sent.
func (s *Screen) hold(call func(ctx context.Context, t *app.Till, o app.HoldOrder) (app.Deposit, error)) {
	if s.busy || s.desk.Till == nil {
		return
	}
	order := s.now.order(s.take.guest())
	s.busy, s.early = true, map[int64]app.Deposit{}
	s.refused, s.hint, s.endedAt = nil, panel.Hint{}, time.Time{}
	s.unfocus()
	s.refresh()
	s.desk.Background(func(ctx context.Context) func() {
		d, err := call(ctx, s.desk.Till, order)
		return func() { s.sent(d, err) }
	})
}

// holdByCode sets money of the guest whose code was scanned aside.
func (s *Screen) holdByCode(code string) {
	s.last = screen.KeepCode(code, s.desk.Now())
	s.hold(func(ctx context.Context, t *app.Till, o app.HoldOrder) (app.Deposit, error) {
		return t.HoldByCode(ctx, o, code)
	})
}

// askQR asks for a QR of the standing amount with which the wallet of the last one
// sets money aside.
func (s *Screen) askQR() {
	switch wallet := s.qrs.First(s.qrWallets()); {
	case s.now.amount() <= 0:
		s.warn("till.hint.amount_missing")
	case wallet == payment.WalletNone:
		s.warn("deposit.hint.no_qr")
	default:
		s.holdQR(wallet)
	}
}

func (s *Screen) holdQR(wallet payment.Wallet) {
	s.hold(func(ctx context.Context, t *app.Till, o app.HoldOrder) (app.Deposit, error) {
		return t.HoldQR(ctx, o, wallet)
	})
}

// qrWallets are those that a QR can be shown for.
func (s *Screen) qrWallets() []payment.Wallet {
	if s.desk.Till == nil {
		return nil
	}
	return s.desk.Till.HoldQRWallets()
}

// switchQR shows the QR of another wallet, once the one that stands is cancelled
// and the channel has confirmed that nobody used it.
func (s *Screen) switchQR(wallet payment.Wallet) {
	if !s.qrStands() || wallet == s.current.deposit.Wallet {
		return
	}
	s.next = nextStep{qr: wallet}
	s.do(panel.Cancel)
}

// choseQR is the choice above the QR.
func (s *Screen) choseQR(i int) {
	if list := s.qrWallets(); i < len(list) {
		s.switchQR(list[i])
	}
	s.refresh()
}

// turnQR switches to the wallet that is step places away.
func (s *Screen) turnQR(step int) bool {
	if !s.qrStands() {
		return false
	}
	if next, ok := panel.NextQR(s.qrWallets(), s.current.deposit.Wallet, step); ok {
		s.switchQR(next)
	}
	return true
}

// qrStands reports whether a QR is on the right that nobody has scanned yet and
// the left side waits for.
func (s *Screen) qrStands() bool {
	return s.mode() == modeLocked && !s.busy && s.current.deposit.Phase == app.PhaseQR
}

// readyToScan tells the receptionist to scan. It holds nothing: only a pay code
// does.
func (s *Screen) readyToScan() {
	if s.now.amount() <= 0 {
		s.warn("till.hint.amount_missing")
		return
	}
	s.unfocus()
	s.hint = panel.Hint{Text: s.desk.Words.T("deposit.hint.scan_now"), Ready: true}
	s.refresh()
}

// sent gets the answer to hold: the deposit as it began, or why nothing did.
func (s *Screen) sent(d app.Deposit, err error) {
	early := s.early
	s.busy, s.early = false, nil
	if err != nil {
		s.now.refused()
		s.next = nextStep{}
		s.problem(err)
	} else {
		s.now.tried = true
		if newer, ok := early[d.ID]; ok {
			d = newer
		}
		s.follow(d)
		s.list.reload()
	}
	for id, other := range early {
		if err != nil || id != d.ID {
			s.heard(other)
		}
	}
	s.refresh()
}

// heard gets every change of every hold.
func (s *Screen) heard(d app.Deposit) {
	current := s.current != nil && s.current.step == nil && s.current.deposit.ID == d.ID
	if s.busy && !current { // it may be the answer that is on its way
		s.early[d.ID] = d
		return
	}
	changed := s.seen[d.ID] != d.Hold
	s.seen[d.ID] = d.Hold
	switch {
	case current:
		s.follow(d)
	case d.Phase.Final() && changed && (d.Parked || d.Resumed):
		s.results = append(s.results, holdResult(s.desk, d))
	}
	if changed {
		s.list.reload()
		s.reopen(d.ID)
	}
	s.refresh()
}

// follow shows the newest view of a hold on the right.
func (s *Screen) follow(d app.Deposit) {
	same := s.current != nil && s.current.step == nil && s.current.deposit.ID == d.ID
	if !same {
		s.current = &shown{asking: panel.ClockTime(s.desk.Now())}
		s.refused, s.cash = nil, nil
	}
	before := s.current.deposit
	if same && before.Phase.Final() && !d.Phase.Final() {
		return // an older view that came late
	}
	s.current.deposit = d
	if d.Phase == app.PhaseQR {
		s.qrs.Last = d.Wallet
	}
	if d.Queries != before.Queries {
		s.current.asking = panel.ClockTime(s.desk.Now())
	}
	if !same || d.Hold != before.Hold || d.Phase != before.Phase {
		s.current.asked, s.hint = false, panel.Hint{} // what was said was about the step before
		s.readCurrent()
	}
	if d.Phase.Final() && (!same || !before.Phase.Final()) && !s.current.aside {
		s.ended(d)
	}
}

// ended makes the left side free again the moment a result is final.
func (s *Screen) ended(d app.Deposit) {
	next := s.next
	s.next = nextStep{}
	switch {
	case d.Phase == app.PhasePaid:
		s.now.clear()
		s.take.clearFields()
		s.endedAt = s.desk.Now()
	case d.Phase == app.PhaseClosed && next.code != "":
		s.back()
		s.now.again()
		s.holdByCode(next.code)
	case d.Phase == app.PhaseClosed && next.qr != payment.WalletNone:
		s.back()
		s.now.again()
		s.holdQR(next.qr)
	case d.Phase == app.PhaseClosed && next.scan:
		s.back()
		s.now.again()
		s.readyToScan()
	default:
		s.now.again()
	}
}

// back takes what stands on the right away: to the list.
func (s *Screen) back() {
	s.current, s.refused, s.endedAt = nil, nil, time.Time{}
}

// dismiss is the receptionist's "I have seen it".
func (s *Screen) dismiss() {
	s.back()
	s.refresh()
}

// problem tells why nothing was sent: in a few words on the amount card where
// the hand that types can repair it, else on the right until it was seen.
func (s *Screen) problem(err error) {
	if p, ok := app.ProblemOf(err); ok {
		for _, key := range []string{"deposit.hint." + string(p.Kind), "till.hint." + string(p.Kind)} {
			if s.desk.Words.Has(key) {
				s.warn(key, p.Pairs...)
				return
			}
		}
	}
	s.current, s.endedAt = nil, time.Time{}
	s.refused = refusal(s.desk, err, s.now.amount())
	s.refresh()
}

// ShowHold shows a hold that was put aside on the right, while the left side
// stays free. It does nothing while another one has no end yet.
func (s *Screen) ShowHold(id int64) {
	if s.desk.Till == nil || s.mode() != modeAmount {
		return
	}
	for _, d := range s.desk.Till.OpenHolds() {
		if d.ID == id {
			s.cash, s.refused = nil, nil
			s.current = &shown{deposit: d, aside: true, asking: panel.ClockTime(s.desk.Now())}
			s.readCurrent()
			s.refresh()
			return
		}
	}
}

// compare looks from time to time whether the ledger knows better than the
// screen: a change that was missed must not leave a guest waiting.
func (s *Screen) compare(now time.Time) {
	if now.Sub(s.checked) < compareEvery || s.desk.Till == nil {
		return
	}
	s.checked = now
	if s.current != nil && s.current.step == nil && !s.current.deposit.Phase.Final() {
		id := s.current.deposit.ID
		s.desk.Background(func(ctx context.Context) func() {
			d, err := s.desk.Till.Deposit(ctx, id)
			if err != nil {
				return nil
			}
			return func() { s.heard(d) }
		})
	}
	if s.open != nil && s.open.step != nil && !s.open.step.State.Final() {
		s.reload()
	}
}

const compareEvery = 5 * time.Second

// readCurrent reads what the panel shows beside the hold: steps and papers.
func (s *Screen) readCurrent() {
	id := s.current.deposit.ID
	s.desk.Background(func(ctx context.Context) func() {
		detail, err := s.desk.Books.Deposit(ctx, id)
		var room []data.Deposit
		if err == nil && detail.Room != "" {
			room, err = s.desk.Books.DepositsOfRoom(ctx, detail.Room)
		}
		if err != nil {
			s.desk.Log.Warn("deposit cannot be read", "deposit", id, "err", err)
			return nil
		}
		return func() {
			if s.current != nil && s.current.deposit.ID == id {
				s.current.detail, s.current.room = detail, others(room, id)
				s.refresh()
			}
		}
	})
}

// others leaves one deposit out of a list.
func others(list []data.Deposit, id int64) []data.Deposit {
	var out []data.Deposit
	for _, d := range list {
		if d.ID != id {
			out = append(out, d)
		}
	}
	return out
}

// sumLeft is what is still held of some deposits.
func sumLeft(list []data.Deposit) (sum payment.Amount) {
	for _, d := range list {
		sum += d.Left()
	}
	return sum
}
