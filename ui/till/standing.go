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

// due is what is to be taken now, fen.
func (s *standing) due() payment.Amount {
	if s.left > 0 {
		return s.left
	}
	return s.entry.Amount()
}

// partPaid reports whether a part of the sale is paid: its amount cannot be
// changed any more.
func (s *standing) partPaid() bool { return s.left > 0 }

// edit changes the entry with f. An amount that was tried before becomes a new
// sale by being changed; one that is paid in part cannot be changed.
func (s *standing) edit(f func(*app.Entry)) bool {
	if s.partPaid() {
		return false
	}
	before := s.entry.Amount()
	f(&s.entry)
	if s.entry.Amount() != before {
		s.sent = nil
		if s.tried {
			s.draft, s.tried = "", false
		}
	}
	return true
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

// refused takes a charge back that no payment came of, so that remark and
// amount may still change. The draft stays: nothing new has begun.
func (s *standing) refused() {
	if !s.tried {
		s.sent = nil
	}
}

// clear makes room for the next customer.
func (s *standing) clear() { *s = standing{} }
