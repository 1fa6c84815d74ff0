package till

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// standing is the amount that stands on the screen, and the sale that it has
// become once something was done with it.
//
// One amount has one draft id, so a double click or a repeated scan is the same
// payment. The id is new when a new amount begins: after a sale is over, and
// when an amount is changed that had already been tried.
type standing struct {
	entry app.Entry
	draft string
	sent  *app.Charge    // what was asked for; nil while nothing was
	tried bool           // a sale came of it: the amount belongs to that sale
	left  payment.Amount // what the sale still lacks after a part was paid; 0 while nothing was paid
}

// Due is what is to be taken now, fen.
func (s *standing) Due() payment.Amount {
	if s.left > 0 {
		return s.left
	}
	return s.entry.Amount()
}

// Empty reports that nothing was typed, and Sum is how it was typed.
func (s *standing) Empty() bool { return s.entry.Empty() }
func (s *standing) Sum() string { return s.entry.Sum() }

// partPaid reports whether a part of the sale is paid: its amount cannot be
// changed any more.
func (s *standing) partPaid() bool { return s.left > 0 }

// Edit changes the entry with f. An amount that was tried before becomes a new
// sale by being changed; one that is paid in part cannot be changed.
func (s *standing) Edit(f func(*app.Entry)) {
	if s.partPaid() {
		return
	}
	before := s.entry.Amount()
	f(&s.entry)
	if s.entry.Amount() != before {
		s.sent = nil
		if s.tried {
			s.draft, s.tried = "", false
		}
	}
}

// charge is what to send for the standing amount. Repeated calls give the same
// charge until the amount changes.
func (s *standing) charge(undiscountable payment.Amount, remark string) app.Charge {
	if s.sent == nil {
		if s.draft == "" {
			s.draft = screen.NewDraft("w")
		}
		s.sent = &app.Charge{
			Draft: s.draft, Amount: s.entry.Amount(), Undiscountable: undiscountable,
			Remark: remark, Items: s.entry.Items(),
		}
	}
	return *s.sent
}

// Begun says that a payment came of the charge. With an error none did: the
// charge is taken back, so that remark and amount may still change. The draft
// stays: nothing new has begun.
func (s *standing) Begun(err error) {
	switch {
	case err == nil:
		s.tried = true
	case !s.tried:
		s.sent = nil
	}
}

// clear makes room for the next customer.
func (s *standing) clear() { *s = standing{} }
