package data

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/payment"
)

// cashier is somebody who does everything that can be done, in any order, and
// remembers what the money must come to.
type cashier struct {
	*shop
	random  *rand.Rand
	sales   []int64
	tenders []int64
	refunds []int64
	in, out payment.Amount         // what came in for good, what went back
	days    map[Day]payment.Amount // by the day on which it was asked for
}

func newCashier(s *shop, seed uint64) *cashier {
	return &cashier{shop: s, random: rand.New(rand.NewPCG(seed, 7)), days: map[Day]payment.Amount{}}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// act does one thing. The ledger may refuse it; it may not get it wrong.
func (c *cashier) act() {
	c.tb.Helper()
	switch n := c.random.IntN(20); {
	case n < 6 || len(c.tenders) == 0:
		c.sell()
	case n < 14:
		c.answer()
	case n < 16:
		c.askRefund()
	case n < 18:
		c.answerRefund()
	case n == 18:
		if err := c.DecideLate(ctx, pick(c.random, c.sales), c.random.IntN(2) == 0, 0); err != nil {
			c.tb.Fatal(err)
		}
	default:
		c.clock.at = c.clock.at.Add(time.Duration(c.random.Int64N(int64(30*time.Hour))) - 3*time.Hour)
	}
}

func (c *cashier) sell() {
	amount := payment.Amount(1 + c.random.IntN(5000))
	n := c.scan(amount)
	if c.random.IntN(3) == 0 {
		n = c.notes(amount, amount+payment.Amount(c.random.IntN(100)))
	}
	if c.random.IntN(3) == 0 { // a part only
		n.Sale.Amount += payment.Amount(c.random.IntN(3000))
	}
	if c.random.IntN(3) == 0 && len(c.sales) > 0 {
		n.SaleID = pick(c.random, c.sales)
	}
	if c.random.IntN(4) == 0 {
		n.Sale.Remark = pick(c.random, []string{"三号桌", "100% 甜", "a_b", `c\d`, "Room 12"})
	}
	_, t, existing, err := c.StartTender(ctx, n)
	if errors.Is(err, ErrOpenTender) || errors.Is(err, ErrTooMuch) {
		return
	}
	if err != nil || existing {
		c.tb.Fatalf("start: %v, existing %v", err, existing)
	}
	c.tenders = append(c.tenders, t.ID)
	if n.SaleID == 0 {
		c.sales = append(c.sales, t.SaleID)
	}
	if t.State == payment.StatePaid {
		c.book(t.Day, t.Amount)
	}
}

func (c *cashier) book(day Day, amount payment.Amount) {
	if amount > 0 {
		c.in += amount
	} else {
		c.out -= amount
	}
	c.days[day] += amount
}

func (c *cashier) answer() {
	id := pick(c.random, c.tenders)
	before, err := c.Tender(ctx, id)
	if err != nil {
		c.tb.Fatal(err)
	}
	yes := c.random.IntN(2) == 0
	m := Move{To: pick(c.random, payment.States), Code: pick(c.random, []string{"", "ACQ.X"}), Reason: payment.ReasonOther, AddQueries: c.random.IntN(3),
		AddCancels: c.random.IntN(2), Parked: &yes, Print: c.random.IntN(2) == 0, PrintSkipped: c.random.IntN(4) == 0, PaidAt: c.clock.at,
		TradeNo: pick(c.random, []string{"", fmt.Sprintf("T%08d", id)}), Payer: "159****1234"}
	if c.random.IntN(4) == 0 {
		m.To = ""
	}
	if before.Method == payment.MethodCash {
		m.TradeNo = ""
	}
	_, after, changed, err := c.MoveTender(ctx, id, m)
	if errors.Is(err, ErrTransition) {
		return
	}
	if err != nil {
		c.tb.Fatalf("tender %d from %s to %s: %v", id, before.State, m.To, err)
	}
	if !changed {
		return
	}
	switch {
	case after.State == payment.StatePaid:
		c.book(after.Day, after.Amount)
	case before.State == payment.StatePaid: // taken: all of it, what was refunded already included
		c.book(after.Day, -(after.Amount - after.Refunded))
	}
}

func (c *cashier) askRefund() {
	r, _, err := c.StartRefund(ctx, NewRefund{IntentID: c.intent(), TenderID: pick(c.random, c.tenders), Amount: payment.Amount(1 + c.random.IntN(3000)), Reason: "x"})
	if errors.Is(err, ErrNotPaid) || errors.Is(err, ErrRefundTooMuch) {
		return
	}
	if err != nil {
		c.tb.Fatal(err)
	}
	c.refunds = append(c.refunds, r.ID)
	if r.State == payment.RefundDone {
		c.book(r.Day, -r.Amount)
	}
}

func (c *cashier) answerRefund() {
	if len(c.refunds) == 0 {
		return
	}
	id := pick(c.random, c.refunds)
	r, changed, err := c.MoveRefund(ctx, id, RefundMove{To: pick(c.random, []payment.RefundState{payment.RefundUnknown, payment.RefundDone, payment.RefundRefused}),
		Why: payment.ReasonOther, Print: true, AddTries: 1})
	if errors.Is(err, ErrTransition) || errors.Is(err, ErrRefundTooMuch) {
		return
	}
	if err != nil {
		c.tb.Fatal(err)
	}
	t, err := c.Tender(ctx, r.TenderID)
	if err != nil {
		c.tb.Fatal(err)
	}
	// What was on its way when the channel took the whole payment back is part
	// of what it took.
	if changed && r.State == payment.RefundDone && t.State == payment.StatePaid {
		c.book(r.Day, -r.Amount)
	}
}

// check compares the ledger with what the cashier remembers.
func (c *cashier) check() {
	c.tb.Helper()
	c.mustVerify()
	_, totals, err := c.Sales(ctx, Filter{})
	if err != nil || totals.Rows != len(c.sales) || totals.Paid-totals.Refunded != c.in-c.out {
		c.tb.Fatalf("all sales: %+v, remembered %s in and %s out of %d sales; %v", totals, c.in, c.out, len(c.sales), err)
	}
	sum, err := c.Summary(ctx, "", "9999-99-99")
	if err != nil || sum.Totals.Paid != totals.Paid || sum.Totals.Refunded != totals.Refunded || sum.Totals.Sales != totals.Sales ||
		sum.Totals.Unknown != totals.Unknown || sum.Totals.UnknownSum != totals.UnknownSum {
		c.tb.Fatalf("all days: %+v\nall sales: %+v\n%v", sum.Totals, totals, err)
	}
	for day, net := range c.days {
		got, err := c.DayTotals(ctx, day)
		if err != nil || got.Paid-got.Refunded != net {
			c.tb.Fatalf("day %s: %+v, remembered %s; %v", day, got, net, err)
		}
	}
}

// Whatever a counter does, in whatever order, with whatever clock: sums,
// states, days and the journal agree, and the money is what came and went.
func TestRandomDays(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			c := newCashier(newShop(t), seed)
			for i := range 300 {
				c.act()
				if i%75 == 74 {
					c.reopen()
					c.check()
				}
			}
		})
	}
}
