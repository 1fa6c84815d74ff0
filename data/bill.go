package data

import (
	"context"

	"frontdesk/payment"
)

// KeepBill keeps what a channel says it booked on a calendar day in Beijing.
func (l *Ledger) KeepBill(ctx context.Context, channel payment.ChannelName, day Day, lines []payment.BillLine, staffID int64) (Bill, error) {
	return Bill{}, ErrInvalid.because("bills are not kept yet")
}

// BillsWanted are the calendar days in Beijing on which money of the channels moved by this ledger and whose bill is not kept.
func (l *Ledger) BillsWanted(ctx context.Context, channels []payment.ChannelName, from, to Day) ([]BillDay, error) {
	return nil, nil
}

// Reconciliation compares a business day with the bills.
func (l *Ledger) Reconciliation(ctx context.Context, day Day) (Reconciliation, error) {
	return Reconciliation{Day: day}, nil
}
