package data

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/payment"
)

// largeDay makes the business of a large ledger, sale after sale: two shifts a
// day that are handed over and counted, seven people, several channels and
// wallets, discounts, second attempts, refunds up to weeks later, remarks,
// deposits and cash moves.
type largeDay struct {
	l      *Ledger
	clock  *clock
	random *rand.Rand
	people []Person
	pause  time.Duration // between two sales
	total  int
	done   int
	n      int // for intents and numbers
	guests []Deposit
	later  []largeRefund                              // by the number of the sale after which it is asked for
	booked map[payment.ChannelName][]payment.BillLine // today
}

type largeRefund struct {
	after    int
	tenderID int64
	amount   payment.Amount
}

const (
	largeHours = 14 // open, from 8 to 22 o'clock
	largeYears = 3
)

func newLargeDay(tb testing.TB, l *Ledger, c *clock, total int) *largeDay {
	tb.Helper()
	d := &largeDay{l: l, clock: c, random: rand.New(rand.NewPCG(1, 2)), total: total, booked: map[payment.ChannelName][]payment.BillLine{}}
	d.pause = time.Duration(largeYears*365*largeHours) * time.Hour / time.Duration(total)
	for i, name := range []string{"王芳", "李强", "赵敏", "孙丽", "周涛", "吴静"} {
		p, err := l.AddPerson(ctx, NewPerson{Name: name, Role: []Role{RoleManager, RoleClerk}[min(i, 1)], MayRefund: i < 3}, OwnerID)
		if err != nil {
			tb.Fatal(err)
		}
		d.people = append(d.people, p)
	}
	return d
}

// pass makes a few thousand sales.
func (d *largeDay) pass(x *tx) error {
	for range min(5000, d.total-d.done) {
		if d.done == payment.MaxReceiptSeq {
			d.l.till = 2 // the million-and-first receipt needs another till
		}
		if err := d.tick(x); err != nil {
			return err
		}
		if err := d.sale(x); err != nil {
			return err
		}
		d.done++
		for len(d.later) > 0 && d.later[0].after <= d.done {
			if err := d.refund(x, d.later[0]); err != nil {
				return err
			}
			d.later = d.later[1:]
		}
	}
	_, err := x.exec("UPDATE print_jobs SET state = 'done' WHERE " + left)
	return err
}

// tick moves the clock to the next sale, and does what is due by then: the
// hand-over at three o'clock, the end of the day and the beginning of the next.
func (d *largeDay) tick(x *tx) error {
	before := d.clock.at
	d.clock.at = d.clock.at.Add(d.pause)
	x.now = d.clock.at
	noon := before.In(payment.Beijing).Hour() < 15 && d.clock.at.In(payment.Beijing).Hour() >= 15
	evening := d.clock.at.In(payment.Beijing).Hour() >= 8+largeHours
	if d.done == 0 {
		_, err := d.l.openShift(x, Shift{Name: "早班", Staff: d.people[0].Staff, Float: 500_00}, "")
		return err
	}
	if noon {
		if err := d.guest(x); err != nil {
			return err
		}
		return d.change(x, "晚班")
	}
	if !evening {
		return nil
	}
	day := DayOf(x.now, d.l.Cutover())
	d.clock.at = d.clock.at.Add((24 - largeHours) * time.Hour)
	if err := d.change(x, "早班"); err != nil {
		return err
	}
	x.now = d.clock.at
	if err := d.bills(x, day); err != nil {
		return err
	}
	_, err := d.l.makeZ(x, Cut{From: day, To: day}, day, Staff{}, false)
	return err
}

// change hands the shift over to somebody else.
func (d *largeDay) change(x *tx, name string) error {
	id, err := x.openShift()
	if err != nil {
		return err
	}
	s, err := shiftByID(x, id)
	if err != nil {
		return err
	}
	balance, err := drawerBalance(x)
	if err != nil {
		return err
	}
	counted := max(0, balance+payment.Amount(10*(d.random.IntN(5)-2)))
	_, _, _, err = d.l.closeShift(x, s, CloseShift{ShiftID: id, StaffID: s.Staff.ID, HandTo: pick(d.random, d.people).ID, NextName: name,
		IsCounted: true, Counted: counted, Counts: []Count{{Value: 10, Number: int64(counted / 10)}}, Taken: max(0, counted-500_00), Reason: "差额"})
	if err != nil {
		return err
	}
	d.n++
	_, err = d.l.moveCash(x, NewCashMove{IntentID: fmt.Sprintf("cash-%d", d.n), Kind: CashIn, Amount: 100_00, Reason: "换零"})
	return err
}

// bills keeps what the channels booked on the day that has ended, with some lines
// of another till.
func (d *largeDay) bills(x *tx, day Day) error {
	for _, channel := range sortedKeys(d.booked) {
		lines := d.booked[channel]
		for i := range len(lines) / 10 {
			lines = append(lines, payment.BillLine{Kind: payment.BilledPayment, OrderNo: payment.NewOrderNo(payment.ReceiptNo(9, int64(i+1)), 1, x.now), Amount: 500, At: x.now})
		}
		content, err := canonicalBill(channel, day, lines)
		if err != nil {
			return err
		}
		if _, err := d.l.keepBill(x, content, 0); err != nil {
			return err
		}
		d.booked[channel] = nil
	}
	return nil
}

// book is what a channel writes down about an order.
func (d *largeDay) book(channel payment.ChannelName, line payment.BillLine) {
	line.At, line.FeeKnown, line.Fee = d.clock.at, true, line.Amount*6/1000
	if line.Kind == payment.BilledRefund {
		line.Fee = -line.Fee
	}
	d.booked[channel] = append(d.booked[channel], line)
}

// guest takes a few deposits, and gives those of three days ago back.
func (d *largeDay) guest(x *tx) error {
	for range 4 {
		deposit, err := generateDeposit(d.l, x, d.random, d.n)
		if err != nil {
			return err
		}
		d.guests = append(d.guests, deposit)
		d.n++
	}
	for ; len(d.guests) > 12; d.guests = d.guests[1:] {
		d.n++
		if err := generateCheckOut(d.l, x, d.random, d.guests[0], d.n); err != nil {
			return err
		}
		steps, err := stepsOf(x, d.guests[0].ID)
		if err != nil {
			return err
		}
		for _, s := range steps {
			if s.Kind == StepCapture && d.guests[0].Channel != payment.Cash {
				d.book(d.guests[0].Channel, payment.BillLine{Kind: payment.BilledPayment, OrderNo: s.Number, TradeNo: s.TradeNo, Amount: s.Amount})
			}
		}
	}
	return nil
}

// largeWays are how money comes in, each as often as it stands here.
var largeWays = []struct {
	times   int
	channel payment.ChannelName
	method  payment.Method
	wallet  payment.Wallet
}{
	{30, payment.Alipay, payment.MethodCode, payment.WalletAlipay}, {4, payment.Alipay, payment.MethodQR, payment.WalletAlipay},
	{32, payment.WeChat, payment.MethodCode, payment.WalletWeChat}, {4, payment.WeChat, payment.MethodQR, payment.WalletWeChat},
	{6, "cloudpay", payment.MethodCode, payment.WalletAlipay}, {6, "cloudpay", payment.MethodCode, payment.WalletWeChat},
	{4, "cloudpay", payment.MethodCode, payment.WalletUnionPay}, {14, payment.Cash, payment.MethodCash, payment.WalletNone},
}

func (d *largeDay) sale(x *tx) error {
	d.n++
	amount := payment.Amount(100 + d.random.IntN(20000))
	tender := NewTender{IntentID: fmt.Sprintf("intent-%d", d.n), Sale: NewSale{Amount: amount, Remark: d.remark()}, Amount: amount}
	if d.random.IntN(4) == 0 {
		tender.Sale.StaffID = pick(d.random, d.people).ID
	} else {
		tender.Sale.StaffID = d.people[int(x.shift)%len(d.people)].ID
	}
	dice := d.random.IntN(100)
	for _, way := range largeWays {
		if tender.Channel, tender.Method, tender.Wallet = way.channel, way.method, way.wallet; dice < way.times {
			break
		}
		dice -= way.times
	}
	switch tender.Method {
	case payment.MethodCash:
		tender.Tendered, tender.Change = amount+50, 50
	case payment.MethodCode:
		tender.MaskedCode = fmt.Sprintf("28…%04d", d.n%10000)
	}
	begin, err := d.l.beginTender(x, tender)
	if err != nil {
		return err
	}
	s, t, err := d.l.startTender(x, tender, begin)
	if err != nil {
		return err
	}
	if t.State != payment.StatePaid && d.random.IntN(33) == 0 {
		_, _, _, err := d.l.moveTender(x, t.ID, Move{To: payment.StateFailed, Reason: payment.ReasonBalance, Code: "ACQ.BUYER_BALANCE_NOT_ENOUGH"})
		if err != nil || d.random.IntN(2) == 0 {
			return err
		}
		d.n++
		tender.IntentID, tender.SaleID = fmt.Sprintf("intent-%d", d.n), s.ID
		if begin, err = d.l.beginTender(x, tender); err != nil {
			return err
		}
		if _, t, err = d.l.startTender(x, tender, begin); err != nil {
			return err
		}
	}
	if t.State != payment.StatePaid {
		move := Move{To: payment.StatePaid, TradeNo: fmt.Sprintf("%s220012%014d", x.now.Format("20060102"), d.n), Payer: "159****1234", PaidAt: x.now, Print: true}
		if d.random.IntN(30) == 0 {
			move.Discount = amount / 10
		}
		if _, _, _, err := d.l.moveTender(x, t.ID, move); err != nil {
			return err
		}
		d.book(t.Channel, payment.BillLine{Kind: payment.BilledPayment, OrderNo: t.OutTradeNo, TradeNo: move.TradeNo, Wallet: t.Wallet, Amount: t.Amount, Discount: move.Discount})
	}
	if d.random.IntN(70) == 0 { // the last one first, so that they stay in their order
		r := largeRefund{after: d.done + 1 + d.random.IntN(3), tenderID: t.ID, amount: amount / payment.Amount(1+d.random.IntN(2))}
		if d.random.IntN(3) == 0 {
			r.after = d.done + 10_000 // ten days later
		}
		d.put(r)
	}
	return nil
}

// put keeps what is due first at the front.
func (d *largeDay) put(r largeRefund) {
	i := len(d.later)
	for i > 0 && d.later[i-1].after > r.after {
		i--
	}
	d.later = append(d.later[:i], append([]largeRefund{r}, d.later[i:]...)...)
}

func (d *largeDay) refund(x *tx, due largeRefund) error {
	d.n++
	r, err := d.l.startRefund(x, NewRefund{IntentID: fmt.Sprintf("refund-%d", d.n), TenderID: due.tenderID, Amount: due.amount, Reason: "退货",
		StaffID: pick(d.random, d.people[:3]).ID})
	if err != nil || r.State == payment.RefundDone {
		return err
	}
	if _, _, err = d.l.moveRefund(x, r.ID, RefundMove{To: payment.RefundDone, Print: true}); err != nil {
		return err
	}
	t, err := tenderByID(x, due.tenderID)
	d.book(t.Channel, payment.BillLine{Kind: payment.BilledRefund, OrderNo: t.OutTradeNo, RefundNo: r.RequestNo, Amount: r.Amount})
	return err
}

// remark is that of one sale in five.
func (d *largeDay) remark() string {
	switch n := d.random.IntN(100); {
	case n < 7:
		return fmt.Sprintf("房间 %d", 101+d.random.IntN(1500))
	case n < 11:
		return fmt.Sprintf("外卖 %d号 %s", 1+d.random.IntN(300), pick(d.random, []string{"加急", "不要香菜", "少糖，去冰"}))
	case n < 15:
		return fmt.Sprintf("%s先生 %s", pick(d.random, []string{"张", "王", "李", "欧阳"}), largePhone(d.random.IntN(20000)))
	case n < 18:
		return fmt.Sprintf("%d号桌，%s", 1+d.random.IntN(40), pick(d.random, []string{"靠窗", "大厅", "包间 VIP"}))
	case n < 20:
		return fmt.Sprintf("Order-%c%d 🎂", 'A'+rune(d.random.IntN(26)), d.random.IntN(100000))
	}
	return ""
}

// largePhone is the telephone number of a customer.
func largePhone(n int) string { return fmt.Sprintf("139%08d", n*7919%100_000_000) }
