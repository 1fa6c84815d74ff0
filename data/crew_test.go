package data

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"frontdesk/payment"
)

// crew is the people of a shop who do everything that can be done in it, in any
// order, with a clock that is sometimes put back: sales and deposits through
// several channels, refunds, shifts, cash moves. What they ask for is often
// settled much later.
type crew struct {
	*shop
	random   *rand.Rand
	bills    *rand.Rand
	people   []int64
	sales    []int64
	tenders  []int64
	refunds  []int64
	deposits []int64
	steps    []int64
	closed   int // shifts
}

func newCrew(s *shop, seed uint64) *crew {
	c := &crew{shop: s, random: rand.New(rand.NewPCG(seed, 17)), bills: rand.New(rand.NewPCG(seed, 71)), people: []int64{OwnerID}}
	for _, p := range []struct {
		name string
		role Role
	}{{"小王", RoleClerk}, {"小李", RoleClerk}, {"张经理", RoleManager}} {
		c.people = append(c.people, s.hire(p.name, p.role).ID)
	}
	return c
}

// refusals are what the ledger may answer to somebody who tries everything.
var refusals = []error{ErrOpenTender, ErrTooMuch, ErrTransition, ErrNotPaid, ErrRefundTooMuch, ErrNotHeld, ErrHoldTooMuch, ErrOpenStep, ErrNumbersUsedUp,
	ErrShiftOpen, ErrDrawerShort}

// may fails the test unless err is nil or a refusal.
func (c *crew) may(err error) bool {
	c.tb.Helper()
	if err != nil && !slices.ContainsFunc(refusals, func(r error) bool { return errors.Is(err, r) }) {
		c.tb.Fatal(err)
	}
	return err == nil
}

func (c *crew) person() int64 { return pick(c.random, c.people) }

func (c *crew) chance(oneIn int) bool { return c.random.IntN(oneIn) == 0 }

func (c *crew) amount(upTo int) payment.Amount { return payment.Amount(1 + c.random.IntN(upTo)) }

// act does one thing.
func (c *crew) act() {
	c.tb.Helper()
	switch n := c.random.IntN(40); {
	case n < 12 || len(c.tenders) == 0:
		c.sell()
	case n < 22:
		c.answer()
	case n < 25:
		c.giveBack()
	case n < 27:
		c.answerRefund()
	case n < 29 || len(c.deposits) == 0:
		c.hold()
	case n < 31:
		c.answerHold()
	case n < 33:
		c.step()
	case n < 35:
		c.answerStep()
	case n < 36:
		c.moveCash()
	case n < 38:
		c.changeShift()
	case n < 39:
		c.wait(c.random.IntN(26*60) - 120)
		c.readBill()
	default:
		c.wait(c.random.IntN(120))
	}
}

// wait moves the clock, also back.
func (c *crew) wait(minutes int) { c.clock.at = c.clock.at.Add(time.Duration(minutes) * time.Minute) }

// ways are how money comes in.
var ways = []struct {
	channel payment.ChannelName
	method  payment.Method
	wallet  payment.Wallet
}{
	{payment.Alipay, payment.MethodCode, payment.WalletAlipay}, {payment.Alipay, payment.MethodQR, payment.WalletAlipay},
	{payment.WeChat, payment.MethodCode, payment.WalletWeChat}, {"cloudpay", payment.MethodCode, payment.WalletUnionPay},
	{"cloudpay", payment.MethodQR, payment.WalletNone}, {payment.Cash, payment.MethodCash, payment.WalletNone}, {payment.Cash, payment.MethodCash, payment.WalletNone},
}

func (c *crew) sell() {
	way, amount := pick(c.random, ways), c.amount(5000)
	n := NewTender{IntentID: c.intent(), Sale: NewSale{Amount: amount, StaffID: c.person()}, Channel: way.channel, Method: way.method, Wallet: way.wallet, Amount: amount}
	if way.method == payment.MethodCash {
		n.Tendered, n.Change = amount+100, 100
	}
	if c.chance(3) {
		n.Sale.Amount += c.amount(3000) // a part only
	}
	if c.chance(4) && len(c.sales) > 0 {
		n.SaleID = pick(c.random, c.sales)
	}
	if c.chance(3) {
		n.StaffID = c.person()
	}
	if c.chance(4) {
		n.Sale.Remark = pick(c.random, []string{"三号桌", "100% 甜", "a_b", `c\d`, "Room 12", "ＡＢ１２", "靠窗"})
	}
	_, t, _, err := c.StartTender(ctx, n)
	if !c.may(err) {
		return
	}
	c.tenders = append(c.tenders, t.ID)
	if n.SaleID == 0 {
		c.sales = append(c.sales, t.SaleID)
	}
}

func (c *crew) answer() {
	id := pick(c.random, c.tenders)
	if c.chance(2) {
		id = c.tenders[max(0, len(c.tenders)-1-c.random.IntN(3))]
	}
	t, err := c.Tender(ctx, id)
	if err != nil {
		c.tb.Fatal(err)
	}
	m := Move{To: payment.StatePaid, PaidAt: c.clock.at, TradeNo: fmt.Sprintf("T%08d", id)}
	if c.chance(2) {
		m.To = pick(c.random, payment.States)
	}
	if m.To == payment.StatePaid && c.chance(2) {
		m.Discount = payment.Amount(c.random.Int64N(int64(t.Amount) + 1))
	}
	_, _, _, err = c.MoveTender(ctx, id, m)
	c.may(err)
}

func (c *crew) giveBack() {
	r, _, err := c.StartRefund(ctx, NewRefund{IntentID: c.intent(), TenderID: pick(c.random, c.tenders), Amount: c.amount(2500), Reason: "退货", StaffID: c.person()})
	if c.may(err) {
		c.refunds = append(c.refunds, r.ID)
	}
}

func (c *crew) answerRefund() {
	if len(c.refunds) == 0 {
		return
	}
	id := pick(c.random, c.refunds)
	r, err := c.Refund(ctx, id)
	if err != nil {
		c.tb.Fatal(err)
	}
	m := RefundMove{To: pick(c.random, []payment.RefundState{payment.RefundUnknown, payment.RefundDone, payment.RefundDone, payment.RefundRefused}), Why: payment.ReasonOther}
	if m.To == payment.RefundDone && c.chance(2) {
		m.Discount = payment.Amount(c.random.Int64N(int64(r.Amount) + 1))
	}
	_, _, err = c.MoveRefund(ctx, id, m)
	c.may(err)
}

func (c *crew) hold() {
	n := c.byCode(c.amount(20000))
	if c.chance(2) {
		n = c.inNotes(n.Amount, n.Amount+50)
	}
	n.StaffID = c.person()
	d, _, err := c.StartDeposit(ctx, n)
	if c.may(err) {
		c.deposits = append(c.deposits, d.ID)
	}
}

func (c *crew) answerHold() {
	m := HoldMove{To: payment.StatePaid, HeldAt: c.clock.at}
	if c.chance(3) {
		m.To = pick(c.random, payment.States)
	}
	_, _, err := c.MoveHold(ctx, pick(c.random, c.deposits), m)
	c.may(err)
}

func (c *crew) step() {
	d := c.depositDetail(pick(c.random, c.deposits))
	n := NewStep{IntentID: c.intent(), DepositID: d.ID, Kind: pick(c.random, []StepKind{StepCapture, StepRelease}), Amount: c.amount(9000), StaffID: c.person()}
	n.ReleaseRest = n.Kind == StepCapture && c.chance(2)
	for _, s := range d.Steps {
		if s.Kind == StepCapture && s.State == payment.RefundDone && c.chance(2) {
			n.Kind, n.ReleaseRest, n.OfStep, n.Amount = StepRefund, false, s.ID, 1+n.Amount/9
		}
	}
	_, s, _, err := c.StartStep(ctx, n)
	if c.may(err) {
		c.steps = append(c.steps, s.ID)
	}
}

func (c *crew) answerStep() {
	if len(c.steps) == 0 {
		return
	}
	m := StepMove{To: pick(c.random, []payment.StepState{payment.RefundUnknown, payment.RefundDone, payment.RefundDone, payment.RefundRefused}), Why: payment.ReasonOther}
	_, _, _, err := c.MoveStep(ctx, pick(c.random, c.steps), m)
	c.may(err)
}

func (c *crew) moveCash() {
	_, _, err := c.MoveCash(ctx, NewCashMove{IntentID: c.intent(), Kind: pick(c.random, []CashMoveKind{CashIn, CashOut}), Amount: c.amount(3000), Reason: "零钱",
		StaffID: c.person()})
	c.may(err)
}

// changeShift opens a shift where none is open, and closes or hands over the
// open one.
func (c *crew) changeShift() {
	open, ok, err := c.CurrentShift(ctx)
	if err != nil {
		c.tb.Fatal(err)
	}
	if !ok {
		_, err := c.OpenShift(ctx, NewShift{IntentID: c.intent(), StaffID: c.person(), Name: "早班", Float: c.amount(30000)})
		c.may(err)
		return
	}
	r := c.reportOf(Cut{ShiftID: open.ID})
	n := CloseShift{ShiftID: open.ID, StaffID: c.person()}
	if c.chance(2) {
		n.HandTo, n.NextName = c.person(), "晚班"
	}
	if c.chance(2) {
		tens := (max(0, r.Drawer.Expected)+payment.Amount(c.random.IntN(200)))/10 + 1 // some jiao more or less than there should be
		n.IsCounted, n.Counted, n.Reason = true, 10*tens, "找错"
		if c.chance(2) {
			n.Counts = []Count{{Value: 10, Number: int64(tens)}}
		}
	}
	if c.chance(2) {
		n.Taken = payment.Amount(c.random.Int64N(int64(max(0, r.Drawer.Expected)) + 1))
	}
	s, z, _, err := c.CloseShift(ctx, n)
	if !c.may(err) {
		return
	}
	c.closed++
	if s.Expected != r.Drawer.Expected {
		c.tb.Fatalf("shift %d closed with %s expected, its report said %s", s.ID, s.Expected, r.Drawer.Expected)
	}
	c.same(fmt.Sprintf("Z report of shift %d", s.ID), z.Report, c.recount(Cut{ShiftID: s.ID}), z.Report.HeadSeq, z.Report.HeadHash)
}
