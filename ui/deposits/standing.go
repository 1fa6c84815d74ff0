package deposits

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// standing is the amount that stands on the screen and the deposit that it has
// become once something was done with it. One amount has one draft, so a double
// click or a repeated scan is the same deposit.
type standing struct {
	entry app.Entry
	draft string
	sent  *app.HoldOrder // what was asked for; nil while nothing was
	tried bool           // a deposit came of it: another amount is another deposit
}

// guest is what the fields say about the guest.
type guest struct {
	room, name, phone, remark string
	nights                    int
}

// Due is what is to be taken, fen.
func (s *standing) Due() payment.Amount { return s.entry.Amount() }

// Empty reports that nothing was typed, and Sum is how it was typed.
func (s *standing) Empty() bool { return s.entry.Empty() }
func (s *standing) Sum() string { return s.entry.Sum() }

// Edit changes the entry with f. An amount that was tried before becomes a new
// deposit by being changed.
func (s *standing) Edit(f func(*app.Entry)) {
	before := s.entry.Amount()
	f(&s.entry)
	if s.entry.Amount() == before {
		return
	}
	s.sent = nil
	if s.tried {
		s.draft, s.tried = "", false
	}
}

// order is what to send. Repeated calls give the same order until the amount
// changes.
func (s *standing) order(g guest) app.HoldOrder {
	if s.sent == nil {
		if s.draft == "" {
			s.draft = screen.NewDraft("h")
		}
		s.sent = &app.HoldOrder{
			Draft: s.draft, Amount: s.entry.Amount(), Room: g.room, Guest: g.name, Phone: g.phone, Nights: g.nights, Remark: g.remark,
		}
	}
	return *s.sent
}

// Begun says that a deposit came of the order. With an error none did: the order
// is taken back, so that guest and amount may still change.
func (s *standing) Begun(err error) {
	switch {
	case err == nil:
		s.tried = true
	case !s.tried:
		s.sent = nil
	}
}

// again takes an order back whose hold ended without money: the next try says
// who the guest is as the fields say then.
func (s *standing) again() { s.sent = nil }

// clear makes room for the next guest.
func (s *standing) clear() { *s = standing{} }
