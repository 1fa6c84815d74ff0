package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// NewDeposit is what a caller knows about a deposit before it exists.
type NewDeposit struct {
	IntentID   string // made once per press of a button: the same intent never makes a second deposit
	Channel    payment.ChannelName
	Method     payment.Method
	Wallet     payment.Wallet // whose code; WalletNone when not known
	Amount     payment.Amount // fen; more than 0
	MaskedCode string         // payment.PayCode.String(), never the code itself
	Tendered   payment.Amount // cash handed over; 0 for other channels
	Change     payment.Amount // cash given back at once; Tendered - Change = Amount

	Room, Guest, Phone, Remark string // may be empty
	Nights                     int    // 0 for not said
	StaffID                    int64  // 0: the owner

	OrderPrefix string // what the channel's merchant order numbers begin with (payment.Numbered); "" for most channels
}

// StartDeposit commits one deposit, its hold in StateCreated, before anything
// is sent. Cash is held at once: with its journal row, and a slip that opens
// the drawer.
//
// An intent that is there already returns its deposit as it now is, with
// existing true; nothing is written then.
//
// Errors: ErrInvalid (amounts, cash that does not add up), ErrIntentMismatch,
// ErrNotFound (no such staff), ErrNumbersUsedUp, and those of any write.
func (l *Ledger) StartDeposit(ctx context.Context, n NewDeposit) (d Deposit, existing bool, err error) {
	if err := n.check(); err != nil {
		return Deposit{}, false, fmt.Errorf("start deposit: %w", err)
	}
	err = l.change(ctx, func(x *tx) error {
		if d, existing, err = depositOfIntent(x, n); err != nil || existing {
			return err
		}
		d, err = l.startDeposit(x, n)
		return err
	})
	if err != nil {
		return Deposit{}, false, fmt.Errorf("start deposit: %w", err)
	}
	return d, existing, nil
}

func (n NewDeposit) check() error {
	cash := n.Method == payment.MethodCash
	switch {
	case n.IntentID == "":
		return ErrInvalid.because("no intent")
	case n.Amount.Check(0) != nil:
		return ErrInvalid.because("amount: %w", n.Amount.Check(0))
	case n.OrderPrefix != "" && !payment.IsOrderPrefix(n.OrderPrefix):
		return ErrInvalid.because("order prefix %q", n.OrderPrefix)
	case n.Channel == "" || cash != (n.Channel == payment.Cash):
		return ErrInvalid.because("method %q does not belong to channel %q", n.Method, n.Channel)
	case cash && (n.Tendered < n.Amount || n.Change < 0 || n.Tendered-n.Change != n.Amount):
		return ErrInvalid.because("cash does not add up: %s tendered, %s change, %s to hold", n.Tendered, n.Change, n.Amount)
	case !cash && (n.Tendered != 0 || n.Change != 0):
		return ErrInvalid.because("tendered and change belong to cash")
	case n.Nights < 0:
		return ErrInvalid.because("%d nights", n.Nights)
	}
	return nil
}

// depositOfIntent is the deposit that the intent has made before. The same
// intent with other contents is a fault of the caller, and refused.
func depositOfIntent(x *tx, n NewDeposit) (d Deposit, found bool, err error) {
	list, err := all(x, scanDeposit, "SELECT "+depositColumns+" FROM "+depositTables+" WHERE d.intent = ?", n.IntentID)
	if err != nil || len(list) == 0 {
		return Deposit{}, false, err
	}
	d = list[0]
	if d.Amount != n.Amount || d.Channel != n.Channel || d.Method != n.Method {
		return Deposit{}, false, ErrIntentMismatch.because("deposit %s", d.ReceiptNo)
	}
	return d, true, nil
}

func (l *Ledger) startDeposit(x *tx, n NewDeposit) (d Deposit, err error) {
	staff, err := staffOrOwner(x, n.StaffID)
	if err != nil {
		return d, err
	}
	id, err := l.nextDeposit(x)
	if err != nil {
		return d, err
	}
	d = Deposit{
		ID: id, ReceiptNo: receiptOf(id), Day: DayOf(x.now, l.Cutover()), CreatedAt: x.stamp(), Channel: n.Channel, Method: n.Method, Wallet: n.Wallet,
		OutOrderNo: orderNo(n.OrderPrefix, receiptOf(id), 1, x.now), MaskedCode: n.MaskedCode, Amount: n.Amount, Tendered: n.Tendered, Change: n.Change,
		Hold: payment.StateCreated, Room: n.Room, Guest: n.Guest, Phone: n.Phone, Nights: n.Nights, Remark: n.Remark, Staff: staff,
	}
	d.RequestNo = holdNo(d.OutOrderNo)
	if d.ShiftID, err = l.shiftOf(x, staff); err != nil {
		return d, err
	}
	cash := d.Method == payment.MethodCash
	if cash {
		d.Hold, d.EndedAt, d.HeldAt = payment.StatePaid, d.CreatedAt, d.CreatedAt
	}
	before := d
	d.sum(nil)
	if err := insertDeposit(x, d, n.IntentID); err != nil {
		return d, err
	}
	events := []Event{{Kind: EventCreated, Detail: d.MaskedCode, Amount: d.Amount}}
	if cash {
		events = append(events, Event{Kind: EventHeld, Amount: d.Amount})
		if err := l.journalHold(x, journalHold, before, d); err != nil {
			return d, err
		}
		if err := queueDepositPrint(x, PrintJob{Kind: PrintDeposit, DepositID: d.ID, State: PrintQueued, Drawer: true}, 0); err != nil {
			return d, err
		}
	}
	return d, addDepositEvents(x, d.ID, events)
}

// nextDeposit is the next number of the till's deposits. It is taken and its
// row written in one transaction, so the numbers have no gaps.
func (l *Ledger) nextDeposit(x *tx) (int64, error) {
	series := int64(l.till + depositTills)
	first := series*tillSize + 1
	id, err := one(x, scanInt, "SELECT coalesce((SELECT max(id) FROM deposits WHERE id BETWEEN ?1 AND ?2), ?1 - 1) + 1", first, first+payment.MaxReceiptSeq-1)
	if err == nil && id/tillSize != series { // one behind the till's last
		err = ErrNumbersUsedUp.because("deposits of till %d", l.till)
	}
	return id, err
}

func insertDeposit(x *tx, d Deposit, intent string) error {
	_, err := x.exec(`INSERT INTO deposits (id, day, created_at, staff_id, intent, channel, method, wallet, out_order_no, request_no, auth_no, hold_id, payer_id,
			payer, masked_code, amount, tendered, change, held, captured, released, refunded, hold, state, attention, reason, code,
			room, guest, phone, nights, remark, cancel_asked, parked, held_at, ended_at, late, queries, cancels, shift_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, '', '', '', ?, ?, ?, ?, ?, 0, 0, ?, ?, 0, 0, 0, ?)`,
		d.ID, string(d.Day), milli(d.CreatedAt), d.Staff.ID, intent, string(d.Channel), string(d.Method), string(d.Wallet), d.OutOrderNo, d.RequestNo,
		d.MaskedCode, int64(d.Amount), int64(d.Tendered), int64(d.Change), int64(d.Held), string(d.Hold), string(d.State),
		d.Room, d.Guest, d.Phone, d.Nights, d.Remark, milli(d.HeldAt), milli(d.EndedAt), d.ShiftID)
	if err != nil {
		return fmt.Errorf("insert deposit: %w", err)
	}
	return nil
}

// updateDeposit stores what changed of a deposit.
func updateDeposit(x *tx, before, d Deposit) error {
	if before == d {
		return nil
	}
	_, err := x.exec(`UPDATE deposits SET auth_no = ?, hold_id = ?, payer_id = ?, payer = ?, held = ?, captured = ?, released = ?, refunded = ?,
			hold = ?, state = ?, attention = ?, reason = ?, code = ?, cancel_asked = ?, parked = ?, held_at = ?, ended_at = ?, late = ?, queries = ?, cancels = ?
		WHERE id = ?`,
		d.AuthNo, d.HoldID, d.PayerID, d.Payer, int64(d.Held), int64(d.Captured), int64(d.Released), int64(d.Refunded),
		string(d.Hold), string(d.State), string(d.Attention), string(d.Reason), d.Code, number(d.CancelAsked), number(d.Parked),
		milli(d.HeldAt), milli(d.EndedAt), number(d.Late), d.Queries, d.Cancels, d.ID)
	if err != nil {
		return fmt.Errorf("update deposit: %w", err)
	}
	return nil
}
