package data

import "frontdesk/payment"

// How deposits and their steps lie in their tables.

const depositColumns = `d.id, d.day, d.created_at, d.channel, d.method, d.wallet, d.out_order_no, d.request_no, d.auth_no, d.hold_id, d.payer_id, d.payer,
	d.masked_code, d.amount, d.tendered, d.change, d.held, d.captured, d.released, d.refunded, d.hold, d.state, d.attention, d.reason, d.code,
	d.room, d.guest, d.phone, d.nights, d.remark, d.cancel_asked, d.parked, d.held_at, d.ended_at, d.late, d.queries, d.cancels,
	d.shift_id, p.id, p.name, p.role`

// Behind depositColumns: all deposits, and those with something held, with a
// hold on its way, and with a question. The indexes are named, for SQLite would
// rather go through the whole table; and the words must be those of the partial
// indexes.
const (
	depositTables    = "deposits d CROSS JOIN staff p ON p.id = d.staff_id"
	heldDeposits     = "deposits d INDEXED BY deposits_held CROSS JOIN staff p ON p.id = d.staff_id"
	isHeld           = "d.held > d.captured + d.released"
	openDeposits     = "deposits d INDEXED BY deposits_open CROSS JOIN staff p ON p.id = d.staff_id WHERE d.hold IN ('created', 'pending', 'unknown')"
	doubtfulDeposits = "deposits d INDEXED BY deposits_attention CROSS JOIN staff p ON p.id = d.staff_id WHERE d.attention <> ''"
)

func scanDeposit(v *values) Deposit {
	d := Deposit{
		ID: v.int(), Day: Day(v.text()), CreatedAt: moment(v.int()), Channel: payment.ChannelName(v.text()), Method: payment.Method(v.text()),
		Wallet: payment.Wallet(v.text()), OutOrderNo: v.text(), RequestNo: v.text(), AuthNo: v.text(), HoldID: v.text(), PayerID: v.text(),
		Payer: v.text(), MaskedCode: v.text(), Amount: payment.Amount(v.int()), Tendered: payment.Amount(v.int()), Change: payment.Amount(v.int()),
		Held: payment.Amount(v.int()), Captured: payment.Amount(v.int()), Released: payment.Amount(v.int()), Refunded: payment.Amount(v.int()),
		Hold: payment.State(v.text()), State: DepositState(v.text()), Attention: Attention(v.text()), Reason: payment.Reason(v.text()), Code: v.text(),
		Room: v.text(), Guest: v.text(), Phone: v.text(), Nights: int(v.int()), Remark: v.text(), CancelAsked: v.bool(), Parked: v.bool(),
		HeldAt: moment(v.int()), EndedAt: moment(v.int()), Late: v.bool(), Queries: int(v.int()), Cancels: int(v.int()), ShiftID: v.int(),
		Staff: scanStaff(v),
	}
	d.ReceiptNo = receiptOf(d.ID)
	return d
}

const stepColumns = `s.id, s.deposit_id, s.kind, s.number, s.trade_no, s.amount, s.release_rest, s.rest, coalesce(s.of_step, 0), s.refunded, s.state, s.why,
	s.code, s.reason, s.day, s.created_at, s.ended_at, s.tries, s.shift_id, p.id, p.name, p.role`

// Behind stepColumns: all steps, and those whose outcome is not known.
const (
	stepTables = "steps s CROSS JOIN staff p ON p.id = s.staff_id"
	openSteps  = "steps s INDEXED BY steps_open CROSS JOIN staff p ON p.id = s.staff_id WHERE s.state IN ('created', 'unknown')"
)

func scanStep(v *values) Step {
	s := Step{
		ID: v.int(), DepositID: v.int(), Kind: StepKind(v.text()), Number: v.text(), TradeNo: v.text(), Amount: payment.Amount(v.int()),
		ReleaseRest: v.bool(), Rest: payment.Amount(v.int()), OfStep: v.int(), Refunded: payment.Amount(v.int()), State: payment.StepState(v.text()),
		Why: payment.Reason(v.text()), Code: v.text(), Reason: v.text(), Day: Day(v.text()), CreatedAt: moment(v.int()), EndedAt: moment(v.int()),
		Tries: int(v.int()), ShiftID: v.int(), Staff: scanStaff(v),
	}
	s.ReceiptNo = receiptOf(s.DepositID)
	return s
}

func depositByID(s source, id int64) (Deposit, error) {
	return one(s, scanDeposit, "SELECT "+depositColumns+" FROM "+depositTables+" WHERE d.id = ?", id)
}

func stepByID(s source, id int64) (Step, error) {
	return one(s, scanStep, "SELECT "+stepColumns+" FROM "+stepTables+" WHERE s.id = ?", id)
}

// stepsOf are the steps of a deposit, oldest first.
func stepsOf(s source, depositID int64) ([]Step, error) {
	return all(s, scanStep, "SELECT "+stepColumns+" FROM "+stepTables+" WHERE s.deposit_id = ? ORDER BY s.id", depositID)
}

// depositWithSteps is a deposit with all its steps.
func depositWithSteps(s source, id int64) (d Deposit, steps []Step, err error) {
	if d, err = depositByID(s, id); err != nil {
		return d, nil, err
	}
	steps, err = stepsOf(s, id)
	return d, steps, err
}

// depositOfStep is a step's deposit with all its steps; the step is steps[i].
func depositOfStep(s source, stepID int64) (d Deposit, steps []Step, i int, err error) {
	step, err := stepByID(s, stepID)
	if err != nil {
		return d, nil, 0, err
	}
	if d, steps, err = depositWithSteps(s, step.DepositID); err != nil {
		return d, nil, 0, err
	}
	return d, steps, stepAt(steps, stepID), nil
}

// stepAt is the place of the step with this id; -1 when it is not there.
func stepAt(steps []Step, id int64) int {
	for i := range steps {
		if steps[i].ID == id {
			return i
		}
	}
	return -1
}
