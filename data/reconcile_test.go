package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// A billStory is one business day with a few orders, and what the channels' bills
// say about them.
type billStory struct {
	*shop
	day   Day
	lines map[payment.ChannelName][]payment.BillLine
	times int // lines so far: each is a minute later
}

func (b *billStory) tender(states ...payment.State) Tender {
	b.tb.Helper()
	return b.tenderOf(b.scan(1000), states...)
}

func (b *billStory) tenderOf(n NewTender, states ...payment.State) Tender {
	b.tb.Helper()
	_, t := b.start(n)
	for _, state := range states {
		m := Move{To: state}
		if state == payment.StatePaid {
			m.PaidAt = b.clock.at
		}
		_, t = b.move(t.ID, m)
	}
	return t
}

func (b *billStory) refundOf(t Tender, amount payment.Amount, states ...payment.RefundState) Refund {
	b.tb.Helper()
	r := b.refund(t.ID, amount)
	for _, state := range states {
		r = b.moveRefund(r.ID, RefundMove{To: state, Why: payment.ReasonOther})
	}
	return r
}

// says adds a line to the bill of the day on which it is now.
func (b *billStory) says(channel payment.ChannelName, kind payment.BillKind, orderNo, refundNo string, amount payment.Amount) {
	b.times++
	b.lines[channel] = append(b.lines[channel], payment.BillLine{Kind: kind, OrderNo: orderNo, RefundNo: refundNo, Amount: amount,
		At: b.clock.at.Add(time.Duration(b.times) * time.Minute), Fee: 6, FeeKnown: true})
}

func (b *billStory) paidLine(orderNo string, amount payment.Amount) {
	b.says(payment.Alipay, payment.BilledPayment, orderNo, "", amount)
}

func (b *billStory) backLine(orderNo, refundNo string, amount payment.Amount) {
	b.says(payment.Alipay, payment.BilledRefund, orderNo, refundNo, amount)
}

func (b *billStory) reversedLine(orderNo string, amount payment.Amount) {
	b.says(payment.Alipay, payment.BilledReversal, orderNo, "", amount)
}

// bookedAt adds a payment of 1000 that the channel booked then.
func (b *billStory) bookedAt(orderNo string, at time.Time) {
	b.lines[payment.Alipay] = append(b.lines[payment.Alipay], payment.BillLine{Kind: payment.BilledPayment, OrderNo: orderNo, Amount: 1000, At: at})
}

// stay is a deposit of 5000 at a channel of which 3000 are captured.
func (b *billStory) stay(channel payment.ChannelName, states ...payment.StepState) (Deposit, Step) {
	b.tb.Helper()
	n := b.byCode(5000)
	n.Channel = channel
	d := b.take(n)
	b.moveHeld(d.ID, b.isHeldNow(d))
	s := b.begin(b.capture(d, 3000, true))
	for _, state := range states {
		_, s = b.moveStepTo(s.ID, StepMove{To: state, Why: payment.ReasonOther})
	}
	return d, s
}

// keep keeps the bills of the calendar days that are due, with the lines that
// belong there.
func (b *billStory) keep(days ...Day) {
	b.tb.Helper()
	for _, channel := range []payment.ChannelName{payment.Alipay, payment.WeChat} {
		for _, day := range days {
			mine := slices.DeleteFunc(slices.Clone(b.lines[channel]), func(line payment.BillLine) bool { return DayOf(line.At, 0) != day })
			if _, err := b.KeepBill(ctx, channel, day, mine, 0); err != nil {
				b.tb.Fatal(err)
			}
		}
	}
}

// summary is what a reconciliation says, in short: "2 same, 1 open, alipay
// payment only_till 10.00/0.00".
func (s *shop) summary(day Day) string {
	s.tb.Helper()
	r, err := s.Reconciliation(ctx, day)
	if err != nil {
		s.tb.Fatal(err)
	}
	var same, open, different int
	for _, c := range r.Channels {
		same, open, different = same+c.Same, open+c.Open, different+c.Different
	}
	if r.Day != day || same != r.Same || open != r.Open || different != len(r.Differences) {
		s.tb.Errorf("%s: the channels do not add up: %+v", day, r)
	}
	parts := []string{}
	if r.Same > 0 {
		parts = append(parts, fmt.Sprint(r.Same, " same"))
	}
	if r.Open > 0 {
		parts = append(parts, fmt.Sprint(r.Open, " open"))
	}
	for _, d := range r.Differences {
		parts = append(parts, fmt.Sprintf("%s %s %s %s/%s", d.Channel, d.Kind, d.State, d.Till, d.Billed))
	}
	return strings.Join(parts, ", ")
}

// What both sides may say about an order, case by case, each on a day of its own.
// Both days' bills are kept, unless the case says otherwise.
func TestWhatCountsAsTheSame(t *testing.T) {
	const (
		pending, unknown               = payment.StatePending, payment.StateUnknown
		paid, failed, closed, reversed = payment.StatePaid, payment.StateFailed, payment.StateClosed, payment.StateReversed
		refundUnknown, done, refuse    = payment.RefundUnknown, payment.RefundDone, payment.RefundRefused
	)
	notThere := payment.NewOrderNo("01999999", 1, noon)
	cases := []struct {
		name string
		want string
		do   func(b *billStory)
	}{
		{"paid", "1 same", func(b *billStory) { b.paidLine(b.tender(paid).OutTradeNo, 1000) }},
		{"paid after it was unknown", "1 same", func(b *billStory) { b.paidLine(b.tender(pending, unknown, paid).OutTradeNo, 1000) }},
		{"paid late", "1 same", func(b *billStory) { b.paidLine(b.tender(failed, paid).OutTradeNo, 1000) }},
		{"paid, not in the bill", "alipay payment only_till 10.00/0.00", func(b *billStory) { b.tender(paid) }},
		{"paid another amount", "alipay payment differs 10.00/9.00", func(b *billStory) { b.paidLine(b.tender(paid).OutTradeNo, 900) }},
		{"paid twice", "alipay payment differs 10.00/20.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.paidLine(order, 1000)
			b.paidLine(order, 1000)
		}},
		{"paid in two parts", "alipay payment differs 10.00/10.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.paidLine(order, 400)
			b.paidLine(order, 600)
		}},
		{"paid, and undone at the channel", "alipay payment differs 10.00/0.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.paidLine(order, 1000)
			b.reversedLine(order, 1000)
		}},
		{"paid, and the channel only says undone", "alipay payment differs 10.00/-10.00", func(b *billStory) { b.reversedLine(b.tender(paid).OutTradeNo, 1000) }},
		{"paid, and given back in the back office", "1 same, alipay refund only_channel 0.00/4.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.paidLine(order, 1000)
			b.backLine(order, "", 400)
		}},
		{"paid, and given back under a number of others", "1 same, alipay refund only_channel 0.00/4.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.paidLine(order, 1000)
			b.backLine(order, "X1", 400)
		}},
		{"created", "1 open", func(b *billStory) { b.tender() }},
		{"pending", "1 open", func(b *billStory) { b.paidLine(b.tender(pending).OutTradeNo, 1000) }},
		{"unknown", "1 open", func(b *billStory) { b.tender(unknown) }},
		{"unknown, in the bill", "1 open", func(b *billStory) { b.paidLine(b.tender(unknown).OutTradeNo, 1000) }},
		{"unknown, undone in the bill", "1 open", func(b *billStory) {
			order := b.tender(unknown).OutTradeNo
			b.paidLine(order, 1000)
			b.backLine(order, "", 1000)
		}},
		{"failed", "", func(b *billStory) { b.tender(failed) }},
		{"failed, and the channel has the money", "alipay payment differs 0.00/10.00", func(b *billStory) { b.paidLine(b.tender(failed).OutTradeNo, 1000) }},
		{"failed, paid and undone", "1 same", func(b *billStory) {
			order := b.tender(failed).OutTradeNo
			b.paidLine(order, 1000)
			b.reversedLine(order, 1000)
		}},
		{"failed, paid and half undone", "alipay payment differs 0.00/6.00", func(b *billStory) {
			order := b.tender(failed).OutTradeNo
			b.paidLine(order, 1000)
			b.reversedLine(order, 400)
		}},
		{"closed", "", func(b *billStory) { b.tender(pending, closed) }},
		{"closed, and the channel has the money", "alipay payment differs 0.00/10.00", func(b *billStory) { b.paidLine(b.tender(pending, closed).OutTradeNo, 1000) }},
		{"closed, paid and given back", "1 same", func(b *billStory) {
			order := b.tender(closed).OutTradeNo
			b.paidLine(order, 1000)
			b.backLine(order, "", 1000)
		}},
		{"reversed", "", func(b *billStory) { b.tender(unknown, reversed) }},
		{"reversed, as a pair", "1 same", func(b *billStory) {
			order := b.tender(unknown, reversed).OutTradeNo
			b.paidLine(order, 1000)
			b.reversedLine(order, 1000)
		}},
		{"reversed, the refund has a number of others", "1 same", func(b *billStory) {
			order := b.tender(reversed).OutTradeNo
			b.paidLine(order, 1000)
			b.backLine(order, "X1", 1000)
		}},
		{"reversed, and the channel kept it", "alipay payment differs 0.00/10.00", func(b *billStory) { b.paidLine(b.tender(reversed).OutTradeNo, 1000) }},
		{"reversed, and only that is in the bill", "alipay payment differs 0.00/-10.00", func(b *billStory) { b.reversedLine(b.tender(reversed).OutTradeNo, 1000) }},
		{"taken back", "1 same", func(b *billStory) {
			order := b.tender(paid, reversed).OutTradeNo
			b.paidLine(order, 1000)
			b.reversedLine(order, 1000)
		}},
		{"taken back, what a refund had left", "2 same", func(b *billStory) {
			t := b.tender(paid)
			r := b.refundOf(t, 300, done)
			b.move(t.ID, Move{To: reversed})
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, r.RequestNo, 300)
			b.reversedLine(t.OutTradeNo, 700)
		}},
		{"cash", "", func(b *billStory) { b.refundOf(b.tenderOf(b.notes(1000, 1000)), 100) }},

		{"refund", "2 same", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, b.refundOf(t, 300, done).RequestNo, 300)
		}},
		{"refund without a number", "2 same", func(b *billStory) {
			t := b.tender(paid)
			b.refundOf(t, 300, refundUnknown, done)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
		}},
		{"equal refunds without numbers, one each", "2 same, alipay refund only_till 3.00/0.00", func(b *billStory) {
			t := b.tender(paid)
			b.refundOf(t, 300, done)
			b.refundOf(t, 300, done)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
		}},
		{"a number goes before an amount", "3 same", func(b *billStory) {
			t := b.tender(paid)
			first := b.refundOf(t, 300, done)
			b.refundOf(t, 300, done)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
			b.backLine(t.OutTradeNo, first.RequestNo, 300)
		}},
		{"a line of before the refund was asked for", "1 same, alipay refund only_channel 0.00/3.00, alipay refund only_till 3.00/0.00", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
			b.clock.at = b.clock.at.Add(time.Hour)
			b.refundOf(t, 300, done)
		}},
		{"refund, not in the bill", "1 same, alipay refund only_till 3.00/0.00", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.refundOf(t, 300, done)
		}},
		{"refund of another amount", "1 same, alipay refund differs 3.00/2.00", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, b.refundOf(t, 300, done).RequestNo, 200)
		}},
		{"refund that went out twice", "1 same, alipay refund differs 3.00/6.00", func(b *billStory) {
			t := b.tender(paid)
			r := b.refundOf(t, 300, done)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, r.RequestNo, 300)
			b.backLine(t.OutTradeNo, r.RequestNo, 300)
		}},
		{"refund asked for", "1 same, 1 open", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.refundOf(t, 300)
		}},
		{"refund of unknown end", "1 same, 1 open", func(b *billStory) {
			t := b.tender(paid)
			b.refundOf(t, 300, refundUnknown)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
		}},
		{"refund refused", "1 same", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.refundOf(t, 300, refuse)
		}},
		{"refund refused, and carried out", "1 same, alipay refund differs 0.00/3.00", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, b.refundOf(t, 300, refuse).RequestNo, 300)
		}},
		{"refund refused, and done after all", "2 same", func(b *billStory) {
			t := b.tender(paid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, b.refundOf(t, 300, refuse, done).RequestNo, 300)
		}},

		{"hold alone", "", func(b *billStory) { b.held(5000) }},
		{"capture", "1 same", func(b *billStory) {
			_, s := b.stay(payment.Alipay, done)
			b.paidLine(s.Number, 3000)
		}},
		{"capture under the deposit's number", "1 same", func(b *billStory) {
			d, _ := b.stay(payment.WeChat, done)
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 3000)
		}},
		{"capture of another amount under the deposit's number", "wechat payment differs 30.00/20.00", func(b *billStory) {
			d, _ := b.stay(payment.WeChat, done)
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 2000)
		}},
		{"capture, not in the bill", "alipay payment only_till 30.00/0.00", func(b *billStory) { b.stay(payment.Alipay, done) }},
		{"capture refused", "", func(b *billStory) { b.stay(payment.Alipay, refuse) }},
		{"capture refused, and carried out", "alipay payment differs 0.00/30.00", func(b *billStory) {
			_, s := b.stay(payment.Alipay, refuse)
			b.paidLine(s.Number, 3000)
		}},
		{"capture of unknown end", "1 open", func(b *billStory) {
			d, _ := b.stay(payment.WeChat, refundUnknown)
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 3000)
		}},
		{"deposit charged by itself", "wechat payment only_channel 0.00/30.00", func(b *billStory) {
			n := b.byCode(5000)
			n.Channel = payment.WeChat
			d := b.take(n)
			b.moveHeld(d.ID, b.isHeldNow(d))
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 3000)
		}},
		{"refund of a capture", "2 same", func(b *billStory) {
			_, s := b.stay(payment.Alipay, done)
			_, back := b.done(b.giveBack(s, 500))
			b.paidLine(s.Number, 3000)
			b.backLine(s.Number, back.Number, 500)
		}},
		{"refund of a capture under the deposit's number", "2 same", func(b *billStory) {
			d, s := b.stay(payment.WeChat, done)
			b.done(b.giveBack(s, 500))
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 3000)
			b.says(payment.WeChat, payment.BilledRefund, d.OutOrderNo, "", 500)
		}},
		{"refund of a capture by itself", "1 same, alipay refund only_channel 0.00/5.00", func(b *billStory) {
			_, s := b.stay(payment.Alipay, done)
			b.paidLine(s.Number, 3000)
			b.backLine(s.Number, "", 500)
		}},

		{"others of the merchant", "", func(b *billStory) {
			b.paidLine(payment.NewOrderNo("02000001", 1, noon), 100)
			b.paidLine("SHOP-4711", 100)
			b.backLine(payment.NewOrderNo("52000001", 1, noon), "", 100)
		}},
		{"an order that this till forgot", "alipay payment only_channel 0.00/1.00", func(b *billStory) { b.paidLine(notThere, 100) }},
		{"a deposit that this till forgot", "alipay payment only_channel 0.00/1.00", func(b *billStory) { b.paidLine(payment.NewOrderNo("51999999", 2, noon), 100) }},
		{"an order with a prefix that this till forgot", "wechat payment only_channel 0.00/1.00", func(b *billStory) {
			b.says(payment.WeChat, payment.BilledPayment, payment.NewNumber("1234567890", "01999999", 1, noon), "", 100)
		}},
		{"an order at another channel", "wechat payment only_channel 0.00/10.00, alipay payment only_till 10.00/0.00", func(b *billStory) {
			order := b.tender(paid).OutTradeNo
			b.clock.at = b.clock.at.Add(-time.Hour)
			b.says(payment.WeChat, payment.BilledPayment, order, "", 1000)
			b.clock.at = b.clock.at.Add(time.Hour)
		}},
		{"before the cut-over", "alipay payment only_channel 0.00/1.00", func(b *billStory) {
			b.clock.at = b.clock.at.Add(15*time.Hour + 50*time.Minute)
			b.paidLine(notThere, 100)
		}},
		{"after the cut-over", "", func(b *billStory) {
			b.clock.at = b.clock.at.Add(16 * time.Hour)
			b.paidLine(notThere, 100)
		}},
	}
	s := newShop(t)
	for i, c := range cases {
		s.clock.at = noon.AddDate(0, 0, 2*i)
		b := &billStory{shop: s, day: s.Today(), lines: map[payment.ChannelName][]payment.BillLine{}}
		c.do(b)
		b.keep(b.day, b.day.Plus(1))
		if got := s.summary(b.day); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	s.mustVerify()
}

// What is settled after its bill was kept is matched, and has its fee, when it is
// settled; what is taken back has none any more.
func TestFeesOfWhatIsSettledLate(t *testing.T) {
	for _, c := range []struct {
		name   string
		do     func(b *billStory) (later func())
		before string // "fee, open fees: what the reconciliation says"
		after  string
	}{
		{"a payment", func(b *billStory) func() {
			t := b.tender(payment.StateUnknown)
			b.paidLine(t.OutTradeNo, 1000)
			return func() { b.move(t.ID, Move{To: payment.StatePaid}) }
		}, "0.00, 0 false: 1 open", "0.06, 0 true: 1 same"},
		{"a payment that had failed", func(b *billStory) func() {
			t := b.tender(payment.StateFailed)
			b.paidLine(t.OutTradeNo, 1000)
			return func() { b.move(t.ID, Move{To: payment.StatePaid}) }
		}, "0.00, 0 false: alipay payment differs 0.00/10.00", "0.06, 0 true: 1 same"},
		{"a payment that is taken back", func(b *billStory) func() {
			t := b.tender(payment.StatePaid)
			b.paidLine(t.OutTradeNo, 1000)
			b.reversedLine(t.OutTradeNo, 1000)
			return func() { b.move(t.ID, Move{To: payment.StateReversed}) }
		}, "0.12, 0 true: alipay payment differs 10.00/0.00", "0.00, 0 false: 1 same"},
		{"a refund", func(b *billStory) func() {
			t := b.tender(payment.StatePaid)
			b.paidLine(t.OutTradeNo, 1000)
			r := b.refundOf(t, 300, payment.RefundUnknown)
			b.backLine(t.OutTradeNo, r.RequestNo, 300)
			return func() { b.moveRefund(r.ID, RefundMove{To: payment.RefundDone}) }
		}, "0.06, 0 true: 1 same, 1 open", "0.12, 0 true: 2 same"},
		{"a refund without a number, of two", func(b *billStory) func() {
			t := b.tender(payment.StatePaid)
			b.paidLine(t.OutTradeNo, 1000)
			b.refundOf(t, 300, payment.RefundUnknown)
			second := b.refundOf(t, 300, payment.RefundUnknown)
			b.backLine(t.OutTradeNo, "", 300)
			return func() { b.moveRefund(second.ID, RefundMove{To: payment.RefundDone}) }
		}, "0.06, 0 true: 1 same, 2 open", "0.12, 0 true: 2 same, 1 open"},
		{"a refund that the bill knows first", func(b *billStory) func() {
			t := b.tender(payment.StatePaid)
			b.paidLine(t.OutTradeNo, 1000)
			b.backLine(t.OutTradeNo, "", 300)
			return func() { b.refundOf(t, 300) }
		}, "0.06, 0 true: 1 same, alipay refund only_channel 0.00/3.00", "0.06, 0 true: 1 same, 1 open"},
		{"a capture", func(b *billStory) func() {
			_, s := b.stay(payment.Alipay, payment.RefundUnknown)
			b.paidLine(s.Number, 3000)
			return func() { b.moveStepTo(s.ID, StepMove{To: payment.RefundDone}) }
		}, "0.00, 0 false: 1 open", "0.06, 0 true: 1 same"},
		{"a capture under the deposit's number", func(b *billStory) func() {
			d, s := b.stay(payment.WeChat, payment.RefundUnknown)
			b.says(payment.WeChat, payment.BilledPayment, d.OutOrderNo, "", 2500)
			return func() { b.moveStepTo(s.ID, StepMove{To: payment.RefundDone}) }
		}, "0.00, 0 false: 1 open, wechat payment only_channel 0.00/25.00", "0.06, 0 true: wechat payment differs 30.00/25.00"},
		{"a refund of a capture", func(b *billStory) func() {
			_, s := b.stay(payment.Alipay, payment.RefundDone)
			b.paidLine(s.Number, 3000)
			back := b.begin(b.giveBack(s, 500))
			b.backLine(s.Number, "", 500)
			return func() { b.moveStepTo(back.ID, StepMove{To: payment.RefundDone}) }
		}, "0.06, 0 true: 1 same, 1 open", "0.12, 0 true: 2 same"},
		{"a payment whose fee the bill does not tell", func(b *billStory) func() {
			t := b.tender(payment.StateUnknown)
			b.paidLine(t.OutTradeNo, 1000)
			b.lines[payment.Alipay][0].FeeKnown = false
			return func() { b.move(t.ID, Move{To: payment.StatePaid}) }
		}, "0.00, 0 false: 1 open", "0.00, 1 false: 1 same"},
	} {
		b := &billStory{shop: newShop(t), lines: map[payment.ChannelName][]payment.BillLine{}}
		later := c.do(b)
		b.keep("2026-11-21")
		now := func() string {
			r := b.reportOf(Cut{From: "2026-11-21", To: "2026-11-21"})
			return fmt.Sprintf("%s, %d %v: %s", r.Fee, r.FeeOpen, r.FeeKnown, b.summary("2026-11-21"))
		}
		if got := now(); got != c.before {
			t.Errorf("%s: %q, want %q", c.name, got, c.before)
		}
		b.mustVerify()
		later()
		if got := now(); got != c.after {
			t.Errorf("%s, settled: %q, want %q", c.name, got, c.after)
		}
		b.mustVerify()
	}
}

// A second try counts on its own day, and not on that of its sale.
func TestASecondTryTheNextDay(t *testing.T) {
	b := &billStory{shop: newShop(t), lines: map[payment.ChannelName][]payment.BillLine{}}
	first := b.tender(payment.StateFailed)
	b.clock.at = b.clock.at.AddDate(0, 0, 1)
	n := b.scan(1000)
	n.SaleID = first.SaleID
	second := b.tenderOf(n, payment.StatePaid)
	b.keep("2026-11-21", "2026-11-22")
	for day, want := range map[Day]string{"2026-11-21": "", "2026-11-22": "alipay payment only_till 10.00/0.00"} {
		if got := b.summary(day); got != want {
			t.Errorf("%s, not in the bill: %q, want %q", day, got, want)
		}
	}
	b.paidLine(second.OutTradeNo, 1000)
	b.keep("2026-11-22")
	for day, want := range map[Day]string{"2026-11-21": "", "2026-11-22": "1 same", "2026-11-23": ""} {
		if got := b.summary(day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	b.mustVerify()
}

// With cash alone the fee is known to be nothing; where nothing moved there is no
// fee to know; and no channel's fee is known before its bill.
func TestWhenTheFeeIsKnown(t *testing.T) {
	s := newShop(t)
	look := func(when string, want Report) {
		t.Helper()
		r := s.reportOf(Cut{From: "2026-11-21", To: "2026-11-21"})
		if r.Fee != want.Fee || r.FeeOpen != want.FeeOpen || r.FeeKnown != want.FeeKnown {
			t.Errorf("%s: fee %s, %d open, known %v", when, r.Fee, r.FeeOpen, r.FeeKnown)
		}
	}
	look("nothing", Report{})
	s.start(s.notes(1000, 1000))
	look("cash", Report{FeeKnown: true})
	_, first := s.paid(1000)
	_, second := s.paid(2000)
	s.done(s.capture(s.held(5000), 3000, true))
	look("no bill", Report{FeeOpen: 3})
	line := payment.BillLine{Kind: payment.BilledPayment, OrderNo: first.OutTradeNo, Amount: 1000, At: noon, Fee: 6, FeeKnown: true}
	if _, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", []payment.BillLine{line}, 0); err != nil {
		t.Fatal(err)
	}
	look("a bill with one of them", Report{Fee: 6, FeeOpen: 2})
	r := s.reportOf(Cut{From: "2026-11-01", To: "2026-11-30"})
	if r.Total.Fee != 6 || r.Total.FeeOpen != 1 || r.Days[20].Fee != 6 || r.Channels[0].Fee+r.Channels[1].Fee != 6 || r.Total.Net != 4000 {
		t.Errorf("%+v", r)
	}
	s.clock.at = s.clock.at.AddDate(0, 0, 1)
	z := s.endDay("2026-11-21")
	other := line
	other.OrderNo, other.Fee = second.OutTradeNo, 0 // some things are free
	if _, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", []payment.BillLine{line, other}, 0); err != nil {
		t.Fatal(err)
	}
	look("a bill with both", Report{Fee: 6, FeeOpen: 1})
	if again, ok, err := s.ZOfDay(ctx, "2026-11-21"); err != nil || !ok || again.Report.FeeOpen != 2 || z.Report.FeeOpen != 2 || again.Report.Fee != 6 {
		t.Errorf("the Z report: %+v %v %v", again, ok, err)
	}
	s.mustVerify()
}

// What is not in the bill is open as long as a bill may still come that has it.
func TestOpenUntilTheBillsAreThere(t *testing.T) {
	midnight := time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC)
	ask := func(b *billStory) { b.tender(payment.StatePaid) }
	for _, c := range []struct {
		name   string
		before time.Duration // midnight
		do     func(*billStory)
		wants  [3]string // with no bill, that of the first day, those of both
	}{
		{"well before midnight", time.Hour, ask, [3]string{"1 open", "alipay payment only_till 10.00/0.00", "alipay payment only_till 10.00/0.00"}},
		{"shortly before midnight", 9 * time.Minute, ask, [3]string{"1 open", "1 open", "alipay payment only_till 10.00/0.00"}},
		{"shortly after midnight", -9 * time.Minute, ask, [3]string{"1 open", "1 open", "alipay payment only_till 10.00/0.00"}},
		{"well after midnight", -time.Hour, ask, [3]string{"1 open", "1 open", "alipay payment only_till 10.00/0.00"}},
		{"nobody knows when", 30 * time.Minute, func(b *billStory) {
			_, t := b.start(b.scan(1000))
			b.clock.at = b.clock.at.Add(time.Hour)
			b.move(t.ID, Move{To: payment.StatePaid})
		}, [3]string{"1 open", "1 open", "alipay payment only_till 10.00/0.00"}},
		{"a refund over midnight", 30 * time.Minute, func(b *billStory) {
			t := b.tender(payment.StatePaid)
			r := b.refund(t.ID, 400)
			b.clock.at = b.clock.at.Add(time.Hour)
			b.moveRefund(r.ID, RefundMove{To: payment.RefundDone})
		}, [3]string{"2 open", "1 open, alipay payment only_till 10.00/0.00", "alipay payment only_till 10.00/0.00, alipay refund only_till 4.00/0.00"}},
		{"undone the next day", 30 * time.Minute, func(b *billStory) {
			t := b.tender(payment.StatePaid)
			b.clock.at = b.clock.at.Add(time.Hour)
			b.move(t.ID, Move{To: payment.StateReversed})
			b.bookedAt(t.OutTradeNo, t.PaidAt)
		}, [3]string{"", "1 open", "alipay payment differs 0.00/10.00"}},
		{"failed, and paid shortly before midnight", 5 * time.Minute, func(b *billStory) {
			t := b.tender(payment.StateFailed)
			b.bookedAt(t.OutTradeNo, t.CreatedAt)
		}, [3]string{"", "1 open", "alipay payment differs 0.00/10.00"}},
		{"failed long before midnight, and paid shortly before it", time.Hour, func(b *billStory) {
			t := b.tender(payment.StateFailed)
			b.bookedAt(t.OutTradeNo, midnight.Add(-time.Minute))
		}, [3]string{"", "1 open", "alipay payment differs 0.00/10.00"}},
		{"failed, and paid long before midnight", time.Hour, func(b *billStory) {
			t := b.tender(payment.StateFailed)
			b.bookedAt(t.OutTradeNo, t.CreatedAt)
		}, [3]string{"", "alipay payment differs 0.00/10.00", "alipay payment differs 0.00/10.00"}},
	} {
		b := &billStory{shop: newShop(t), lines: map[payment.ChannelName][]payment.BillLine{}}
		b.clock.at = midnight.Add(-c.before)
		c.do(b)
		for i, bills := range [][]Day{nil, {"2026-11-21"}, {"2026-11-22"}} {
			b.keep(bills...)
			if got := b.summary("2026-11-21"); got != c.wants[i] {
				t.Errorf("%s, %d bills: %q, want %q", c.name, i, got, c.wants[i])
			}
		}
		b.mustVerify()
	}
}
