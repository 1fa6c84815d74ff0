package app

import (
	"context"
	"strings"

	"frontdesk/data"
)

// Deposits is one page of deposits, with the sums of the whole filter.
func (b *Books) Deposits(ctx context.Context, f data.DepositFilter) ([]data.Deposit, data.DepositSums, error) {
	page, sums, err := b.ledger.Deposits(ctx, f)
	return page, sums, ledgerProblem(err)
}

// Deposit is one deposit with everything that belongs to it.
func (b *Books) Deposit(ctx context.Context, id int64) (data.DepositDetail, error) {
	d, err := b.ledger.DepositByID(ctx, id)
	return d, ledgerProblem(err)
}

// FindDeposit is the deposit of a receipt number, of one of our order and
// request numbers, or of the number in the guest's bill, typed or scanned.
func (b *Books) FindDeposit(ctx context.Context, text string) (data.DepositDetail, error) {
	d, err := b.ledger.FindDeposit(ctx, strings.TrimSpace(text))
	return d, ledgerProblem(err)
}

// DepositsOfRoom are the deposits of a room of which something is still held,
// oldest first.
func (b *Books) DepositsOfRoom(ctx context.Context, room string) ([]data.Deposit, error) {
	list, err := b.ledger.DepositsOfRoom(ctx, room)
	return list, ledgerProblem(err)
}

// DepositTotals are the sums of a range of business days: what was held before,
// what came and went, and what was held after.
func (b *Books) DepositTotals(ctx context.Context, from, to data.Day) (data.DepositTotals, error) {
	t, err := b.ledger.DepositTotals(ctx, from, to)
	return t, ledgerProblem(err)
}

// AttentionDeposits are the deposits that a person has to decide about.
func (b *Books) AttentionDeposits(ctx context.Context) ([]data.Deposit, error) {
	list, err := b.ledger.AttentionDeposits(ctx)
	return list, ledgerProblem(err)
}

// OpenSteps are the captures, releases and refunds without a result, oldest
// first.
func (b *Books) OpenSteps(ctx context.Context) ([]data.Step, error) {
	list, err := b.ledger.OpenSteps(ctx)
	return list, ledgerProblem(err)
}
