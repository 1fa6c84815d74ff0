package till

import "frontdesk/app"

// What the window around the screen asks it.

// OpenCount is how many payments wait for a person or for a result that nobody
// knows.
func (s *Screen) OpenCount() int { return len(s.Waiting()) + len(s.books.urgent) }

// Waiting are the payments whose outcome nobody knows, and those that were put
// aside, oldest first.
func (s *Screen) Waiting() []app.Payment {
	if s.desk.Till == nil {
		return nil
	}
	var list []app.Payment
	for _, p := range s.desk.Till.OpenPayments() {
		if p.Phase == app.PhaseUnknown || p.Tender.Parked || p.Resumed {
			list = append(list, p)
		}
	}
	return list
}

// Idle reports whether the right side shows the list.
func (s *Screen) Idle() bool { return s.taking.Idle() }

// QR is what the code on the screen holds; empty when there is none.
func (s *Screen) QR() string { return s.taking.QR() }

// DayLine is today in a line: "129 笔，12,989.00"; empty until it was read.
func (s *Screen) DayLine() string {
	if s.books.day == "" {
		return ""
	}
	return s.desk.Words.T("till.today") + " " + s.books.sum(s.desk.Words)
}

// CheckFirst asks the cashier to look at the amount: a pay code was scanned
// while it was out of sight.
func (s *Screen) CheckFirst() { s.taking.CheckFirst() }
