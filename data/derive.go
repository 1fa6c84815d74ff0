package data

import "frontdesk/payment"

// DeriveSaleState is the one rule that makes a sale's state from its amount
// and its tenders, oldest first. The ledger stores the result with every
// change, and Verify compares.
func DeriveSaleState(amount payment.Amount, tenders []Tender) SaleState {
	var paid, refunded payment.Amount
	state := SaleOpen
	pending, unknown := false, false
	for _, t := range tenders {
		switch t.State {
		case payment.StateCreated, payment.StatePending:
			pending = true
		case payment.StateUnknown:
			unknown = true
		case payment.StatePaid:
			paid += t.Amount
			refunded += t.Refunded
		case payment.StateFailed:
			state = SaleFailed
		case payment.StateClosed:
			state = SaleClosed
		case payment.StateReversed:
			state = SaleReversed
		}
	}
	switch {
	case unknown:
		return SaleUnknown
	case pending:
		return SalePending
	case paid == 0:
		return state
	case refunded == paid:
		return SaleRefunded
	case refunded > 0:
		return SalePartRefunded
	case paid < amount:
		return SalePartPaid
	}
	return SalePaid
}
