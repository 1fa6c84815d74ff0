package data

import (
	"fmt"
	"slices"
	"time"

	"frontdesk/payment"
)

// readBill reads a bill in which everything may stand: lines about all that was
// ever asked for, with right and wrong amounts, twice or not at all, with and
// without request numbers, and lines of others. Half of them are read again.
func (c *crew) readBill() {
	c.tb.Helper()
	acts := c.random
	defer func() { c.random = acts }()
	c.random = c.bills // so that bills change nothing of what else happens
	channel := pick(c.random, []payment.ChannelName{payment.Alipay, payment.WeChat, "cloudpay"})
	day := DayOf(c.clock.at.AddDate(0, 0, -c.random.IntN(3)), 0)
	var lines []payment.BillLine
	for i := range c.random.IntN(4) {
		lines = append(lines, payment.BillLine{Kind: payment.BilledPayment, Amount: c.amount(900), At: c.clock.at,
			OrderNo: payment.NewOrderNo(payment.ReceiptNo(1+c.random.IntN(3), int64(900_000+i)), 1, c.clock.at)})
	}
	for _, id := range c.tenders {
		t, err := c.Tender(ctx, id)
		if err != nil {
			c.tb.Fatal(err)
		}
		if t.Channel == channel && c.chance(2) {
			lines = append(lines, c.line(pick(c.random, []payment.BillKind{payment.BilledPayment, payment.BilledPayment, payment.BilledPayment, payment.BilledReversal}), t.OutTradeNo, "", t.Amount))
		}
	}
	for _, id := range c.refunds {
		r, err := c.Refund(ctx, id)
		if err != nil {
			c.tb.Fatal(err)
		}
		if t, err := c.Tender(ctx, r.TenderID); err != nil || t.Channel == channel && c.chance(2) {
			lines = append(lines, c.line(payment.BilledRefund, t.OutTradeNo, r.RequestNo, r.Amount))
		}
	}
	for _, id := range c.deposits {
		d := c.depositDetail(id)
		for _, s := range d.Steps {
			switch order := pick(c.random, []string{s.Number, d.OutOrderNo}); {
			case d.Channel != channel || c.chance(2):
			case s.Kind == StepCapture:
				lines = append(lines, c.line(payment.BilledPayment, order, "", s.Amount))
			case s.Kind == StepRefund:
				lines = append(lines, c.line(payment.BilledRefund, pick(c.random, []string{d.Steps[stepAt(d.Steps, s.OfStep)].Number, d.OutOrderNo}), s.Number, s.Amount))
			}
		}
	}
	b, err := c.KeepBill(ctx, channel, day, lines, pick(c.random, []int64{0, OwnerID}))
	if err != nil {
		c.tb.Fatal(err)
	}
	slices.Reverse(lines)
	if again, err := c.KeepBill(ctx, channel, day, lines, 0); err != nil || again != b || b.Lines != len(lines) {
		c.tb.Fatalf("kept again: %+v, was %+v, %v", again, b, err)
	}
}

// line is what a channel may say about an order.
func (c *crew) line(kind payment.BillKind, orderNo, refundNo string, amount payment.Amount) payment.BillLine {
	line := payment.BillLine{Kind: kind, OrderNo: orderNo, TradeNo: fmt.Sprint("C", c.random.IntN(1000)), Amount: amount, FeeKnown: !c.chance(5),
		At: c.clock.at.Add(time.Duration(c.random.IntN(600)-300) * time.Minute)}
	if kind == payment.BilledRefund && !c.chance(3) {
		line.RefundNo = refundNo
	}
	if c.chance(6) {
		line.Amount = c.amount(5000)
	}
	if line.Fee = c.amount(40); kind != payment.BilledPayment {
		line.Fee = -line.Fee
	}
	return line
}
