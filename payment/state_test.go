package payment_test

import (
	"testing"

	"frontdesk/payment"
)

// The whole life of a tender as a matrix: a mark where the row may become the column.
func TestEveryMoveOfATender(t *testing.T) {
	const columns = "CPUpfcr" // created Pending Unknown paid failed closed reversed, in the order of payment.States
	allowed := map[payment.State]string{
		payment.StateCreated:  ".PUpfcr",
		payment.StatePending:  "..Upfcr",
		payment.StateUnknown:  ".P.pfcr",
		payment.StatePaid:     "......r",
		payment.StateFailed:   "...p..r", // money that arrives after a no, and its way back
		payment.StateClosed:   "...p..r",
		payment.StateReversed: ".......",
	}
	if len(allowed) != len(payment.States) || len(payment.States) != len(columns) {
		t.Fatalf("the matrix has %d rows for %d states", len(allowed), len(payment.States))
	}
	for _, from := range payment.States {
		for i, to := range payment.States {
			if got, want := from.CanBecome(to), allowed[from][i] != '.'; got != want {
				t.Errorf("%s to %s: %v, want %v", from, to, got, want)
			}
		}
	}
}

func TestStatesOutsideTheListGoNowhere(t *testing.T) {
	for _, stranger := range []payment.State{"", "refunded", "PAID"} {
		if stranger.Final() || stranger.Open() {
			t.Errorf("%q must be neither final nor open", stranger)
		}
		for _, s := range payment.States {
			if s.CanBecome(stranger) || stranger.CanBecome(s) {
				t.Errorf("%q and %s must not reach each other", stranger, s)
			}
		}
	}
	for _, stranger := range []payment.RefundState{"", "paid"} {
		for _, s := range []payment.RefundState{payment.RefundCreated, payment.RefundUnknown, payment.RefundDone, payment.RefundRefused} {
			if s.CanBecome(stranger) || stranger.CanBecome(s) {
				t.Errorf("refund: %q and %s must not reach each other", stranger, s)
			}
		}
	}
}

func TestAStateIsEitherOpenOrFinal(t *testing.T) {
	for _, s := range payment.States {
		if s.Open() == s.Final() {
			t.Errorf("%s: open %v, final %v", s, s.Open(), s.Final())
		}
		if s.CanBecome(s) {
			t.Errorf("%s becomes itself: a move that is none would be written twice", s)
		}
	}
}

// From every open state each final state can be reached: no tender can be stuck.
func TestNoTenderCanBeStuck(t *testing.T) {
	for _, s := range payment.States {
		if !s.Open() {
			continue
		}
		for _, end := range payment.States {
			if end.Final() && !s.CanBecome(end) {
				t.Errorf("%s cannot end as %s", s, end)
			}
		}
	}
}

func TestEveryMoveOfARefund(t *testing.T) {
	states := []payment.RefundState{payment.RefundCreated, payment.RefundUnknown, payment.RefundDone, payment.RefundRefused}
	allowed := map[payment.RefundState]string{
		payment.RefundCreated: ".UDR",
		payment.RefundUnknown: "..DR",
		payment.RefundDone:    "....",
		payment.RefundRefused: "..D.",
	}
	for _, from := range states {
		for i, to := range states {
			if got, want := from.CanBecome(to), allowed[from][i] != '.'; got != want {
				t.Errorf("%s to %s: %v, want %v", from, to, got, want)
			}
		}
	}
}
