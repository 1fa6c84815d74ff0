package data

import (
	"crypto/sha256"
	"fmt"

	"frontdesk/payment"
)

// billRow is a bill as it lies in its table.
type billRow struct {
	id int64 // 0: not there
	Bill
	staffID int64 // 0: read by itself
}

// billLine is a line as it lies in its table: what the channel said, and whose
// money it is.
type billLine struct {
	id      int64
	channel payment.ChannelName
	payment.BillLine
	till      int   // that made the order number; 0 for none
	saleID    int64 // whose order it is; 0 for none, as all of these
	tenderID  int64
	refundID  int64
	depositID int64
	stepID    int64
}

// detail is what the journal says about a bill.
func (b billRow) detail() string {
	return fmt.Sprintf("%s %s %d %s", b.Channel, b.Day, b.Lines, b.Hash)
}

// proofOfBill covers all of a bill, its lines by their hash.
func proofOfBill(b billRow) []byte {
	c := canon{sha256.New()}
	c.texts("frontdesk bill proof 1", string(b.Channel), string(b.Day), b.Hash)
	c.ints(b.id, milli(b.ReadAt), b.staffID, int64(b.Lines))
	return c.Sum(nil)
}

const billColumns = "k.id, k.channel, k.day, k.read_at, k.lines, k.hash, k.staff_id"

func scanBill(v *values) billRow {
	b := billRow{id: v.int(), Bill: Bill{Channel: payment.ChannelName(v.text()), Day: Day(v.text()), ReadAt: moment(v.int()), Lines: int(v.int()), Hash: v.text()}}
	b.staffID = v.int()
	return b
}

// billOf is the bill of a channel and a day; its id is 0 where none is kept.
func billOf(s source, channel payment.ChannelName, day Day) (billRow, error) {
	list, err := all(s, scanBill, "SELECT "+billColumns+" FROM bills k WHERE k.channel = ? AND k.day = ?", string(channel), string(day))
	if err != nil || len(list) == 0 {
		return billRow{}, err
	}
	return list[0], nil
}

const lineColumns = `b.id, k.channel, b.kind, b.order_no, b.refund_no, b.trade_no, b.wallet, b.amount, b.discount, b.fee, b.fee_known, b.at, b.till,
	b.sale_id, b.tender_id, b.refund_id, b.deposit_id, b.step_id`

// lineTables are what lineColumns are read from.
const lineTables = "bill_lines b CROSS JOIN bills k ON k.id = b.id / 1000000"

func scanLine(v *values) billLine {
	return billLine{id: v.int(), channel: payment.ChannelName(v.text()),
		BillLine: payment.BillLine{Kind: payment.BillKind(v.text()), OrderNo: v.text(), RefundNo: v.text(), TradeNo: v.text(), Wallet: payment.Wallet(v.text()),
			Amount: payment.Amount(v.int()), Discount: payment.Amount(v.int()), Fee: payment.Amount(v.int()), FeeKnown: v.bool(), At: moment(v.int())},
		till: int(v.int()), saleID: v.int(), tenderID: v.int(), refundID: v.int(), depositID: v.int(), stepID: v.int()}
}

func linesOfBill(s source, id int64) ([]billLine, error) {
	return all(s, scanLine, "SELECT "+lineColumns+" FROM "+lineTables+" WHERE b.id BETWEEN ? AND ? ORDER BY b.id", id*billSize, id*billSize+maxBillLines)
}

// billSize is how many ids of lines belong to one bill.
const billSize = maxBillLines + 1

// linesOfSale are the lines about the orders of a sale; linesOfDeposit those of a
// deposit and its captures. The words are those of the partial indexes.
func linesOfSale(s source, id int64) ([]billLine, error) {
	return all(s, scanLine, "SELECT "+lineColumns+" FROM "+lineTables+" WHERE b.sale_id <> 0 AND b.sale_id = ? ORDER BY b.id", id)
}

func linesOfDeposit(s source, id int64) ([]billLine, error) {
	return all(s, scanLine, "SELECT "+lineColumns+" FROM "+lineTables+" WHERE b.deposit_id <> 0 AND b.deposit_id = ? ORDER BY b.id", id)
}

// openBill makes the lines of a bill changeable, and a bill that is not there
// yet (id 0) at all.
func openBill(x *tx, id int64, c billContent) (_ int64, err error) {
	if id != 0 {
		_, err = x.exec("UPDATE bills SET state = 'changing' WHERE id = ?", id)
	} else {
		id, err = x.insert(`INSERT INTO bills (id, channel, day, read_at, staff_id, lines, hash, state)
			VALUES ((SELECT coalesce(max(id), 0) + 1 FROM bills), ?, ?, 0, 0, 0, '', 'changing')`, string(c.channel), string(c.day))
	}
	if err != nil {
		return 0, fmt.Errorf("open bill: %w", err)
	}
	return id, nil
}

// closeBill keeps a bill whose lines are written.
func closeBill(x *tx, b billRow) error {
	_, err := x.exec("UPDATE bills SET read_at = ?, staff_id = ?, lines = ?, hash = ?, state = 'kept' WHERE id = ?", milli(b.ReadAt), b.staffID, b.Lines, b.Hash, b.id)
	if err != nil {
		return fmt.Errorf("close bill: %w", err)
	}
	return nil
}

// replaceLines writes the lines of a bill in the place of those it had, and
// numbers them.
func replaceLines(x *tx, id int64, lines []billLine) error {
	if _, err := x.exec("DELETE FROM bill_lines WHERE id BETWEEN ? AND ?", id*billSize, id*billSize+maxBillLines); err != nil {
		return fmt.Errorf("delete lines of bill: %w", err)
	}
	for i := range lines {
		b := &lines[i]
		b.id = id*billSize + int64(i) + 1
		_, err := x.exec(`INSERT INTO bill_lines (id, kind, order_no, refund_no, trade_no, wallet, amount, discount, fee, fee_known, at, till,
				sale_id, tender_id, refund_id, deposit_id, step_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)`,
			b.id, string(b.Kind), b.OrderNo, b.RefundNo, b.TradeNo, string(b.Wallet), int64(b.Amount), int64(b.Discount), int64(b.Fee), number(b.FeeKnown),
			milli(b.At), b.till, b.saleID, b.tenderID, b.depositID)
		if err != nil {
			return fmt.Errorf("insert line of bill: %w", err)
		}
	}
	return nil
}
