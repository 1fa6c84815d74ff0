package payment_test

import (
	"testing"

	"frontdesk/payment"
)

// The results of holds live beside those of payments in one type: a ledger
// that stores one must not read the other.
func TestEveryResultHasAWordOfItsOwn(t *testing.T) {
	seen := map[payment.Result]bool{}
	for _, r := range []payment.Result{payment.Paid, payment.Waiting, payment.Failed, payment.Closed, payment.Reversed,
		payment.NotFound, payment.Unknown, payment.Held, payment.Released} {
		if r == "" || seen[r] {
			t.Errorf("%q is empty or stands for two results", r)
		}
		seen[r] = true
	}
}

// Whoever keeps a step keeps it as a refund: its moves are the refund's.
func TestAStepLivesTheLifeOfARefund(t *testing.T) {
	for _, tt := range []struct {
		from, to payment.StepState
		may      bool
	}{
		{payment.RefundCreated, payment.RefundUnknown, true},
		{payment.RefundUnknown, payment.RefundDone, true},
		{payment.RefundUnknown, payment.RefundRefused, true},
		{payment.RefundRefused, payment.RefundDone, true}, // the refusal was about a repeat
		{payment.RefundDone, payment.RefundRefused, false},
		{payment.RefundDone, payment.RefundUnknown, false},
	} {
		if tt.from.CanBecome(tt.to) != tt.may {
			t.Errorf("%s to %s: %v", tt.from, tt.to, !tt.may)
		}
	}
}
