package data

import (
	"encoding/json"
	"fmt"

	"frontdesk/payment"
)

// How the records lie in their tables. Each list of columns has its scan.

const saleColumns = `s.id, s.day, s.created_at, s.amount, s.undiscountable, s.paid, s.refunded, s.state, s.attention, s.remark, s.items,
	p.id, p.name, p.role`

// saleTables are what saleColumns are read from.
const saleTables = "sales s CROSS JOIN staff p ON p.id = s.staff_id"

func scanSale(v *values) Sale {
	s := Sale{
		ID: v.int(), Day: Day(v.text()), CreatedAt: moment(v.int()), Amount: payment.Amount(v.int()), Undiscountable: payment.Amount(v.int()),
		Paid: payment.Amount(v.int()), Refunded: payment.Amount(v.int()), State: SaleState(v.text()), Attention: Attention(v.text()),
		Remark: v.text(),
	}
	s.ReceiptNo = receiptOf(s.ID)
	if items := v.text(); items != "" {
		if err := json.Unmarshal([]byte(items), &s.Items); err != nil {
			v.fail("items of sale %s: %w", s.ReceiptNo, err)
		}
	}
	s.Staff = scanStaff(v)
	return s
}

func scanStaff(v *values) Staff { return Staff{ID: v.int(), Name: v.text(), Role: Role(v.text())} }

const tenderColumns = `t.id, t.sale_id, t.attempt, t.channel, t.method, t.wallet, t.out_trade_no, t.trade_no, t.amount, t.tendered, t.change, t.refunded,
	t.state, t.reason, t.code, t.payer, t.masked_code, t.cancel_asked, t.parked, t.created_at, t.ended_at, t.paid_at, t.late, t.queries, t.cancels,
	t.discount, t.day, t.staff_id, t.shift_id`

func scanTender(v *values) Tender {
	t := Tender{
		ID: v.int(), SaleID: v.int(), Attempt: int(v.int()), Channel: payment.ChannelName(v.text()), Method: payment.Method(v.text()),
		Wallet: payment.Wallet(v.text()), OutTradeNo: v.text(), TradeNo: v.text(), Amount: payment.Amount(v.int()), Tendered: payment.Amount(v.int()),
		Change: payment.Amount(v.int()), Refunded: payment.Amount(v.int()), State: payment.State(v.text()), Reason: payment.Reason(v.text()),
		Code: v.text(), Payer: v.text(), MaskedCode: v.text(), CancelAsked: v.bool(), Parked: v.bool(), CreatedAt: moment(v.int()),
		EndedAt: moment(v.int()), PaidAt: moment(v.int()), Late: v.bool(), Queries: int(v.int()), Cancels: int(v.int()),
		Discount: payment.Amount(v.int()), Day: Day(v.text()), StaffID: v.int(), ShiftID: v.int(),
	}
	t.ReceiptNo = receiptOf(t.SaleID)
	return t
}

const refundColumns = `r.id, r.tender_id, r.sale_id, r.request_no, r.amount, r.reason, r.state, r.why, r.code, r.day, r.created_at, r.ended_at, r.tries,
	r.discount, r.shift_id, p.id, p.name, p.role`

// refundTables are what refundColumns are read from.
const refundTables = "refunds r CROSS JOIN staff p ON p.id = r.staff_id"

func scanRefund(v *values) Refund {
	r := Refund{
		ID: v.int(), TenderID: v.int(), SaleID: v.int(), RequestNo: v.text(), Amount: payment.Amount(v.int()), Reason: v.text(),
		State: payment.RefundState(v.text()), Why: payment.Reason(v.text()), Code: v.text(), Day: Day(v.text()), CreatedAt: moment(v.int()),
		EndedAt: moment(v.int()), Tries: int(v.int()), Discount: payment.Amount(v.int()), ShiftID: v.int(), Staff: scanStaff(v),
	}
	r.ReceiptNo = receiptOf(r.SaleID)
	return r
}

const eventColumns = "e.n, e.sale_id, e.tender_id, e.refund_id, e.at, e.kind, e.detail, e.amount"

func scanEvent(v *values) Event {
	return Event{ID: v.int(), SaleID: v.int(), TenderID: v.int(), RefundID: v.int(), At: moment(v.int()), Kind: EventKind(v.text()),
		Detail: v.text(), Amount: payment.Amount(v.int())}
}

const printColumns = `p.id, p.kind, coalesce(p.sale_id, 0), coalesce(p.refund_id, 0), p.state, p.tries, p.drawer, p.created_at, p.not_before, p.ended_at, p.last_error,
	coalesce(p.deposit_id, 0), coalesce(p.step_id, 0), coalesce(p.z_id, 0), p.copy, p.content`

func scanPrint(v *values) PrintJob {
	p := PrintJob{ID: v.int(), Kind: PrintKind(v.text()), SaleID: v.int(), RefundID: v.int(), State: PrintState(v.text()), Tries: int(v.int()),
		Drawer: v.bool(), CreatedAt: moment(v.int()), NotBefore: moment(v.int()), EndedAt: moment(v.int()), LastError: v.text(),
		DepositID: v.int(), StepID: v.int(), ZID: v.int()}
	if copy := v.int(); p.Kind == PrintZ {
		p.Copy = copy > 0
	}
	if content := v.text(); content != "" {
		p.Report = new(Report)
		if err := json.Unmarshal([]byte(content), p.Report); err != nil {
			v.fail("report of print job %d: %w", p.ID, err)
		}
	}
	if id := p.SaleID + p.DepositID; id != 0 { // one of them is
		p.ReceiptNo = receiptOf(id)
	}
	return p
}

// tillSize is how many sale ids belong to one till.
const tillSize = payment.MaxReceiptSeq + 1

// receiptOf is the receipt number of a sale's id.
func receiptOf(saleID int64) string { return fmt.Sprintf("%08d", saleID) }

// itemsText is how items are stored: JSON, "" for none.
func itemsText(items []Item) string {
	if len(items) == 0 {
		return ""
	}
	text, err := json.Marshal(items)
	if err != nil {
		panic(fmt.Sprintf("data: items: %v", err)) // strings and integers always have JSON
	}
	return string(text)
}
