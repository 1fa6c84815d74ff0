package data

import (
	"context"
	"fmt"

	"frontdesk/payment"
)

// NewSale is what a caller knows about a sale before it exists.
type NewSale struct {
	Amount         payment.Amount // owed, fen; more than 0
	Undiscountable payment.Amount // part of Amount that no discount may touch; 0 for none
	Remark         string         // may be empty
	Items          []Item         // may be empty
	StaffID        int64          // 0: the owner
}

// NewTender is what a caller knows about a tender before it exists.
type NewTender struct {
	IntentID   string  // made once per press of a button: the same intent never makes a second tender
	SaleID     int64   // 0: make Sale in the same transaction
	Sale       NewSale // read only when SaleID is 0
	Channel    payment.ChannelName
	Method     payment.Method
	Wallet     payment.Wallet // whose code; WalletNone when not known
	Amount     payment.Amount // fen; more than 0, at most what is owed
	MaskedCode string         // payment.PayCode.String(), never the code itself
	Tendered   payment.Amount // cash handed over; 0 for other channels
	Change     payment.Amount // cash given back; Tendered - Change = Amount
	StaffID    int64          // who takes it; 0: who made the sale

	OrderPrefix string // what the channel's merchant order numbers begin with (payment.Numbered); "" for most channels
}

// StartTender commits one attempt to pay, in StateCreated, before anything is
// sent. Cash is paid at once: with its journal row, the sale's sums, and a
// print job that opens the drawer.
//
// An intent that is there already returns its sale and tender as they now are,
// with existing true; nothing is written then.
//
// Errors: ErrInvalid (amounts, cash that does not add up), ErrIntentMismatch,
// ErrNotFound (no such sale), *OpenTenderError, *TooMuchError,
// ErrNumbersUsedUp, and those of any write.
func (l *Ledger) StartTender(ctx context.Context, n NewTender) (s Sale, t Tender, existing bool, err error) {
	if err := n.check(); err != nil {
		return Sale{}, Tender{}, false, err
	}
	err = l.change(ctx, func(x *tx) error {
		begin, err := l.beginTender(x, n)
		if err != nil {
			return err
		}
		if existing = begin.tenderID != 0; existing {
			s, t, err = sameTender(x, begin.tenderID, n)
			return err
		}
		s, t, err = l.startTender(x, n, begin)
		return err
	})
	if err != nil {
		return Sale{}, Tender{}, false, fmt.Errorf("start tender: %w", err)
	}
	return s, t, existing, nil
}

func (n NewTender) check() error {
	cash := n.Method == payment.MethodCash
	switch {
	case n.IntentID == "":
		return ErrInvalid.because("no intent")
	case n.Amount.Check(0) != nil:
		return ErrInvalid.because("amount of tender: %w", n.Amount.Check(0))
	case n.OrderPrefix != "" && !payment.IsOrderPrefix(n.OrderPrefix):
		return ErrInvalid.because("order prefix %q", n.OrderPrefix)
	case n.Channel == "" || cash != (n.Channel == payment.Cash):
		return ErrInvalid.because("method %q does not belong to channel %q", n.Method, n.Channel)
	case cash && (n.Tendered < n.Amount || n.Change < 0 || n.Tendered-n.Change != n.Amount):
		return ErrInvalid.because("cash does not add up: %s tendered, %s change, %s to pay", n.Tendered, n.Change, n.Amount)
	case !cash && (n.Tendered != 0 || n.Change != 0):
		return ErrInvalid.because("tendered and change belong to cash")
	case n.SaleID != 0:
		return nil
	case n.Sale.Amount.Check(0) != nil:
		return ErrInvalid.because("amount of sale: %w", n.Sale.Amount.Check(0))
	case n.Sale.Undiscountable < 0 || n.Sale.Undiscountable > n.Sale.Amount:
		return ErrInvalid.because("undiscountable amount %s of %s", n.Sale.Undiscountable, n.Sale.Amount)
	case n.Amount > n.Sale.Amount:
		return &TooMuchError{Left: n.Sale.Amount}
	}
	return nil
}

// tenderBegin is what the ledger must know before it makes a tender.
type tenderBegin struct {
	tenderID int64 // the tender that the intent has already made; 0 for none
	saleID   int64 // the next sale of the till
	staff    Staff // who makes it
	takers   int64 // how many people have the tender's StaffID
}

// beginTender reads all of it with one statement, because this is the path
// that a queue of customers waits for.
func (l *Ledger) beginTender(x *tx, n NewTender) (b tenderBegin, err error) {
	first := int64(l.till)*tillSize + 1
	staffID := n.Sale.StaffID
	if n.SaleID != 0 || staffID == 0 {
		staffID = OwnerID
	}
	scan := func(v *values) tenderBegin {
		return tenderBegin{tenderID: v.int(), saleID: v.int(), takers: v.int(), staff: scanStaff(v)}
	}
	return one(x, scan, `SELECT coalesce((SELECT id FROM tenders WHERE intent = ?1), 0),
			coalesce((SELECT max(id) FROM sales WHERE id BETWEEN ?2 AND ?3), ?2 - 1) + 1, (SELECT count(*) FROM staff WHERE id = ?5), id, name, role
		FROM staff WHERE id = ?4`, n.IntentID, first, first+payment.MaxReceiptSeq-1, staffID, n.StaffID)
}

// sameTender is the tender that the intent has made before. The same intent
// with other contents is a fault of the caller, and refused.
func sameTender(x *tx, id int64, n NewTender) (Sale, Tender, error) {
	s, tenders, i, err := saleOfTender(x, id)
	if err != nil {
		return Sale{}, Tender{}, err
	}
	t := tenders[i]
	if t.Amount != n.Amount || t.Channel != n.Channel || t.Method != n.Method || (n.SaleID != 0 && t.SaleID != n.SaleID) {
		return Sale{}, Tender{}, ErrIntentMismatch.because("tender %d", t.ID)
	}
	return s, t, nil
}

func (l *Ledger) startTender(x *tx, n NewTender, begin tenderBegin) (s Sale, t Tender, err error) {
	if n.StaffID != 0 && begin.takers == 0 {
		return s, t, ErrNotFound.because("person %d", n.StaffID)
	}
	var tenders []Tender
	isNew := n.SaleID == 0
	if isNew {
		s, err = l.newSale(x, n.Sale, begin)
	} else if s, err = saleByID(x, n.SaleID); err == nil {
		tenders, err = tendersOf(x, s.ID)
	}
	if err != nil {
		return s, t, err
	}
	if t, err = l.newTender(x, n, s, tenders); err != nil {
		return s, t, err
	}
	if t.ShiftID, err = l.shiftOf(x, Staff{ID: t.StaffID}); err != nil {
		return s, t, err
	}
	before := s
	s.sum(append(tenders, t))
	if isNew {
		if err = insertSale(x, s); err == nil {
			err = indexRemark(x, s.ID, s.Remark)
		}
	} else {
		err = updateSale(x, before, s)
	}
	if err != nil {
		return s, t, err
	}
	if t.ID, err = insertTender(x, t, n.IntentID); err != nil {
		return s, t, err
	}
	events := []Event{{TenderID: t.ID, Kind: EventCreated, Detail: t.MaskedCode, Amount: t.Amount}}
	if t.State == payment.StatePaid { // cash
		events = append(events, Event{TenderID: t.ID, Kind: EventPaid, Amount: t.Amount})
		if err := l.journalTender(x, journalPaid, before, s, Tender{}, t); err != nil {
			return s, t, err
		}
		if err := queueCashPrint(x, s, t); err != nil {
			return s, t, err
		}
	}
	return s, t, addEvents(x, s.ID, events)
}

// newTender is the next tender of s, beside its tenders so far.
func (l *Ledger) newTender(x *tx, n NewTender, s Sale, tenders []Tender) (t Tender, err error) {
	for _, other := range tenders {
		if other.State.Open() {
			return t, &OpenTenderError{Tender: other}
		}
	}
	if s.Paid+n.Amount > s.Amount {
		return t, &TooMuchError{Left: max(0, s.Amount-s.Paid)}
	}
	attempt := len(tenders) + 1
	if attempt > 999 {
		return t, ErrNumbersUsedUp.because("attempts of sale %s", s.ReceiptNo)
	}
	t = Tender{
		SaleID: s.ID, ReceiptNo: s.ReceiptNo, Attempt: attempt,
		Channel: n.Channel, Method: n.Method, Wallet: n.Wallet,
		OutTradeNo: orderNo(n.OrderPrefix, s.ReceiptNo, attempt, x.now),
		Amount:     n.Amount, Tendered: n.Tendered, Change: n.Change,
		State: payment.StateCreated, MaskedCode: n.MaskedCode, CreatedAt: x.stamp(),
		Day: DayOf(x.now, l.Cutover()), StaffID: n.StaffID,
	}
	if t.StaffID == 0 {
		t.StaffID = s.Staff.ID
	}
	if n.Method == payment.MethodCash {
		t.State, t.EndedAt, t.PaidAt = payment.StatePaid, t.CreatedAt, t.CreatedAt
	}
	return t, nil
}

// newSale is the next sale of the till. Its number is taken and its row written
// in one transaction, so the numbers have no gaps.
func (l *Ledger) newSale(x *tx, n NewSale, begin tenderBegin) (Sale, error) {
	seq := begin.saleID % tillSize
	if begin.saleID/tillSize != int64(l.till) { // one behind the till's last
		return Sale{}, ErrNumbersUsedUp.because("receipts of till %d", l.till)
	}
	return Sale{
		ID: begin.saleID, ReceiptNo: payment.ReceiptNo(l.till, seq), Day: DayOf(x.now, l.Cutover()), CreatedAt: x.stamp(),
		Amount: n.Amount, Undiscountable: n.Undiscountable, State: SaleOpen, Remark: n.Remark, Items: n.Items, Staff: begin.staff,
	}, nil
}

func insertSale(x *tx, s Sale) error {
	_, err := x.exec(`INSERT INTO sales (id, day, created_at, staff_id, amount, undiscountable, paid, refunded, state, attention, remark, items)
		VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, '', ?, ?)`,
		s.ID, string(s.Day), milli(s.CreatedAt), s.Staff.ID, int64(s.Amount), int64(s.Undiscountable), int64(s.Paid), string(s.State), s.Remark, itemsText(s.Items))
	if err != nil {
		return fmt.Errorf("insert sale: %w", err)
	}
	return nil
}

func insertTender(x *tx, t Tender, intent string) (int64, error) {
	id, err := x.insert(`INSERT INTO tenders (sale_id, attempt, intent, channel, method, wallet, out_trade_no, trade_no, amount, tendered, change, refunded,
			state, reason, code, payer, masked_code, cancel_asked, parked, created_at, ended_at, paid_at, late, queries, cancels,
			discount, day, staff_id, shift_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, 0, ?, '', '', '', ?, 0, 0, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?)`,
		t.SaleID, t.Attempt, intent, string(t.Channel), string(t.Method), string(t.Wallet), t.OutTradeNo, int64(t.Amount), int64(t.Tendered), int64(t.Change),
		string(t.State), t.MaskedCode, milli(t.CreatedAt), milli(t.EndedAt), milli(t.PaidAt),
		string(t.Day), t.StaffID, t.ShiftID)
	if err != nil {
		return 0, fmt.Errorf("insert tender: %w", err)
	}
	return id, nil
}

// sum makes the sale's sums and state from its tenders, oldest first.
func (s *Sale) sum(tenders []Tender) {
	s.Paid, s.Refunded = 0, 0
	for _, t := range tenders {
		if t.State == payment.StatePaid {
			s.Paid += t.Amount
			s.Refunded += t.Refunded
		}
	}
	s.State = DeriveSaleState(s.Amount, tenders)
}

// updateSale stores what changed of a sale: sums, state, attention.
func updateSale(x *tx, before, s Sale) error {
	if before.Paid == s.Paid && before.Refunded == s.Refunded && before.State == s.State && before.Attention == s.Attention {
		return nil
	}
	_, err := x.exec("UPDATE sales SET paid = ?, refunded = ?, state = ?, attention = ? WHERE id = ?",
		int64(s.Paid), int64(s.Refunded), string(s.State), string(s.Attention), s.ID)
	if err != nil {
		return fmt.Errorf("update sale: %w", err)
	}
	return nil
}

// addEvents appends to a sale's timeline, all of this transaction's moment.
func addEvents(x *tx, saleID int64, events []Event) error {
	for _, e := range events {
		_, err := x.exec(`INSERT INTO events (sale_id, n, tender_id, refund_id, at, kind, detail, amount)
			VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM events WHERE sale_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)`,
			saleID, e.TenderID, e.RefundID, milli(x.now), string(e.Kind), e.Detail, int64(e.Amount))
		if err != nil {
			return fmt.Errorf("add event: %w", err)
		}
	}
	return nil
}
