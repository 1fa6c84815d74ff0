package data

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"frontdesk/payment"
)

// Deposit is the deposit with this receipt number, with everything that belongs
// to it. ErrNotFound when there is none, or when it is no receipt number.
func (l *Ledger) Deposit(ctx context.Context, receiptNo string) (DepositDetail, error) {
	if !payment.IsReceiptNo(receiptNo) {
		return DepositDetail{}, ErrNotFound.because("%q is no receipt number", receiptNo)
	}
	id, err := strconv.ParseInt(receiptNo, 10, 64)
	if err != nil {
		return DepositDetail{}, ErrNotFound.because("receipt number: %w", err)
	}
	return l.DepositByID(ctx, id)
}

// DepositByID is like Deposit, by Deposit.ID.
func (l *Ledger) DepositByID(ctx context.Context, id int64) (d DepositDetail, err error) {
	err = l.look(ctx, func(v snapshot) error {
		d, err = depositDetail(v, id)
		return err
	})
	if err != nil {
		return DepositDetail{}, fmt.Errorf("read deposit: %w", err)
	}
	return d, nil
}

func depositDetail(v snapshot, id int64) (d DepositDetail, err error) {
	if d.Deposit, d.Steps, err = depositWithSteps(v, id); err != nil {
		return d, err
	}
	d.Events, err = all(v, scanDepositEvent, "SELECT "+depositEventColumns+" FROM deposit_events e WHERE e.deposit_id = ? ORDER BY e.n", id)
	if err != nil {
		return d, err
	}
	d.Prints, err = all(v, scanPrint, "SELECT "+printColumns+" FROM print_jobs p WHERE p.deposit_id = ? ORDER BY p.id", id)
	return d, err
}

// FindDeposit finds a deposit by a whole number: its receipt number, its order
// number, the request number of its hold, the number of one of its steps, or
// one of the channel's own: of the deposit, of the hold, of a capture's trade.
// ErrNotFound when there is none.
func (l *Ledger) FindDeposit(ctx context.Context, text string) (d DepositDetail, err error) {
	err = l.look(ctx, func(v snapshot) error {
		id, err := findDeposit(v, text)
		if err != nil {
			return err
		}
		d, err = depositDetail(v, id)
		return err
	})
	if err != nil {
		return DepositDetail{}, fmt.Errorf("find deposit: %w", err)
	}
	return d, nil
}

func findDeposit(v snapshot, text string) (int64, error) {
	if KindOfReceipt(text) == ReceiptDeposit {
		id, _ := strconv.ParseInt(text, 10, 64)
		if list, err := all(v, scanInt, "SELECT id FROM deposits WHERE id = ?", id); err != nil || len(list) > 0 {
			return id, err
		}
	}
	return one(v, scanInt, `SELECT id FROM deposits WHERE out_order_no = ?1 UNION ALL SELECT id FROM deposits WHERE request_no = ?1
		UNION ALL SELECT id FROM deposits WHERE auth_no = ?1 AND auth_no <> '' UNION ALL SELECT id FROM deposits WHERE hold_id = ?1 AND hold_id <> ''
		UNION ALL SELECT deposit_id FROM steps WHERE number = ?1 UNION ALL SELECT deposit_id FROM steps WHERE trade_no = ?1 AND trade_no <> '' LIMIT 1`, text)
}

// Step is one step by its id.
func (l *Ledger) Step(ctx context.Context, id int64) (s Step, err error) {
	err = l.look(ctx, func(v snapshot) error {
		s, err = stepByID(v, id)
		return err
	})
	if err != nil {
		return Step{}, fmt.Errorf("read step: %w", err)
	}
	return s, nil
}

// DepositsOfRoom are the deposits of a room of which something is still held,
// oldest first. The room has to be written as it was.
func (l *Ledger) DepositsOfRoom(ctx context.Context, room string) ([]Deposit, error) {
	return l.depositList(ctx, heldDeposits+" WHERE "+isHeld+" AND d.room = ? ORDER BY d.id", room)
}

// OpenHolds are the deposits whose hold is not settled, oldest first.
func (l *Ledger) OpenHolds(ctx context.Context) ([]Deposit, error) {
	return l.depositList(ctx, openDeposits+" ORDER BY d.id")
}

// AttentionDeposits are the deposits about which a person has to decide, oldest
// first.
func (l *Ledger) AttentionDeposits(ctx context.Context) ([]Deposit, error) {
	return l.depositList(ctx, doubtfulDeposits+" ORDER BY d.id")
}

// EndedHolds are the channels' deposits among the newest ones whose hold ended
// failed or closed between after and before, oldest first: those that may still
// become held late. See EndedWithoutMoney.
func (l *Ledger) EndedHolds(ctx context.Context, after, before time.Time) ([]Deposit, error) {
	return l.depositList(ctx, depositTables+` WHERE d.id > (SELECT coalesce(max(id), 0) FROM deposits) - ?
		AND d.hold IN (?, ?) AND d.method <> ? AND d.ended_at BETWEEN ? AND ? ORDER BY d.id`,
		lateReach, string(payment.StateFailed), string(payment.StateClosed), string(payment.MethodCash), after.UnixMilli(), before.UnixMilli())
}

func (l *Ledger) depositList(ctx context.Context, from string, args ...any) (list []Deposit, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanDeposit, "SELECT "+depositColumns+" FROM "+from, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read deposits: %w", err)
	}
	return list, nil
}

// OpenSteps are the captures, releases and refunds out of captures whose
// outcome is not known, oldest first.
func (l *Ledger) OpenSteps(ctx context.Context) (list []Step, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanStep, "SELECT "+stepColumns+" FROM "+openSteps+" ORDER BY s.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read open steps: %w", err)
	}
	return list, nil
}

// doubtDeposits makes what is on its way unknown, in a ledger that was restored
// from a backup: it may have been carried out since.
func (l *Ledger) doubtDeposits(x *tx) error {
	holds, err := all(x, scanDeposit, "SELECT "+depositColumns+" FROM "+openDeposits)
	if err != nil {
		return err
	}
	for _, d := range holds {
		if d.Hold == payment.StateUnknown {
			continue
		}
		if _, _, err := l.moveHold(x, d.ID, HoldMove{To: payment.StateUnknown, Events: []NewEvent{{Kind: EventUnknown, Detail: journalRestored}}}); err != nil {
			return err
		}
	}
	steps, err := all(x, scanStep, "SELECT "+stepColumns+" FROM "+openSteps)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if s.State == payment.RefundUnknown {
			continue
		}
		events := []NewEvent{{Kind: stepWords[s.Kind][payment.RefundUnknown], Detail: journalRestored}}
		if _, _, _, err := l.moveStep(x, s.ID, StepMove{To: payment.RefundUnknown, Events: events}); err != nil {
			return err
		}
	}
	return nil
}
