package data

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// billDays are days at a till whose channels book what really happened, and whose
// bills are then changed here and there.
type billDays struct {
	*shop
	random *rand.Rand
	truth  map[payment.ChannelName][]payment.BillLine
	first  Day // the first business day
	late   []func()
	settle map[string]bool // orders and refunds that are open until then
}

func (d *billDays) chance(oneIn int) bool { return d.random.IntN(oneIn) == 0 }

// book writes a movement down at the channel, whose clock is a little off.
func (d *billDays) book(channel payment.ChannelName, kind payment.BillKind, orderNo, refundNo string, amount payment.Amount) payment.BillLine {
	line := payment.BillLine{Kind: kind, OrderNo: orderNo, RefundNo: refundNo, TradeNo: fmt.Sprint("C", len(d.truth[channel])), Amount: amount,
		At: d.clock.at.Add(time.Duration(d.random.IntN(240)-120) * time.Second).Truncate(time.Second), Fee: 1 + amount*6/1000, FeeKnown: true}
	if kind != payment.BilledPayment {
		line.Fee = -line.Fee
	}
	d.truth[channel] = append(d.truth[channel], line)
	return line
}

// day is a business day with everything that may happen in one.
func (d *billDays) day() {
	d.tb.Helper()
	for range 45 {
		d.clock.at = d.clock.at.Add(time.Duration(1+d.random.IntN(45)) * time.Minute)
		channel, wallet := payment.Alipay, payment.WalletAlipay
		if d.chance(2) {
			channel, wallet = payment.WeChat, payment.WalletWeChat
		}
		if d.chance(8) {
			d.stay(channel)
			continue
		}
		n := d.scan(payment.Amount(100 + d.random.IntN(9000)))
		n.Channel, n.Wallet = channel, wallet
		_, t := d.start(n)
		switch d.random.IntN(10) {
		case 0:
			d.move(t.ID, Move{To: payment.StateFailed})
		case 1: // what really happened the till hears at the very end
			line := d.book(channel, payment.BilledPayment, t.OutTradeNo, "", t.Amount)
			d.move(t.ID, Move{To: payment.StateUnknown})
			d.later(t.OutTradeNo, func() { d.move(t.ID, Move{To: payment.StatePaid, PaidAt: line.At}) })
		case 2:
			d.move(t.ID, Move{To: payment.StateUnknown})
			d.later(t.OutTradeNo, func() { d.move(t.ID, Move{To: payment.StateClosed}) })
		case 3: // undone, said in one way or the other
			line := d.book(channel, payment.BilledPayment, t.OutTradeNo, "", t.Amount)
			if d.chance(2) {
				d.move(t.ID, Move{To: payment.StatePaid, PaidAt: line.At})
			}
			d.move(t.ID, Move{To: payment.StateReversed})
			d.book(channel, pick(d.random, []payment.BillKind{payment.BilledRefund, payment.BilledReversal}), t.OutTradeNo, "", t.Amount)
		default:
			line := d.book(channel, payment.BilledPayment, t.OutTradeNo, "", t.Amount)
			d.move(t.ID, Move{To: payment.StatePaid, PaidAt: line.At})
			for i := range payment.Amount(d.random.IntN(3)) {
				d.giveBack(t, 10+i)
			}
		}
	}
}

func (d *billDays) giveBack(t Tender, amount payment.Amount) {
	r := d.refund(t.ID, amount)
	number := r.RequestNo
	if t.Channel == payment.WeChat && d.chance(2) {
		number = ""
	}
	switch d.random.IntN(6) {
	case 0:
		d.moveRefund(r.ID, RefundMove{To: payment.RefundRefused, Why: payment.ReasonOther})
	case 1:
		d.book(t.Channel, payment.BilledRefund, t.OutTradeNo, number, amount)
		d.moveRefund(r.ID, RefundMove{To: payment.RefundUnknown})
		d.later(r.RequestNo, func() { d.moveRefund(r.ID, RefundMove{To: payment.RefundDone}) })
	default:
		d.book(t.Channel, payment.BilledRefund, t.OutTradeNo, number, amount)
		d.moveRefund(r.ID, RefundMove{To: payment.RefundDone})
	}
}

// stay is a deposit; WeChat's captures have its number.
func (d *billDays) stay(channel payment.ChannelName) {
	n := d.byCode(50000)
	n.Channel = channel
	deposit := d.take(n)
	d.moveHeld(deposit.ID, d.isHeldNow(deposit))
	s := d.begin(d.capture(deposit, payment.Amount(1000+d.random.IntN(30000)), true))
	order := s.Number
	if channel == payment.WeChat {
		order = deposit.OutOrderNo
	}
	d.book(channel, payment.BilledPayment, order, "", s.Amount)
	if d.chance(3) {
		d.moveStepTo(s.ID, StepMove{To: payment.RefundUnknown})
		d.later(order, func() { d.moveStepTo(s.ID, StepMove{To: payment.RefundDone}) })
		return
	}
	_, s = d.moveStepTo(s.ID, StepMove{To: payment.RefundDone})
	if d.chance(2) {
		_, back := d.done(d.shop.giveBack(s, 70))
		d.book(channel, payment.BilledRefund, order, back.Number, back.Amount)
	}
}

func (d *billDays) later(number string, f func()) {
	d.settle[number] = true
	d.late = append(d.late, f)
}

// bill is what a channel says about a calendar day: the truth, shuffled, with
// what other tills of the merchant sold.
func (d *billDays) bill(channel payment.ChannelName, day Day) []payment.BillLine {
	lines := slices.DeleteFunc(slices.Clone(d.truth[channel]), func(line payment.BillLine) bool { return DayOf(line.At, 0) != day })
	at, err := day.begin(0)
	if err != nil {
		d.tb.Fatal(err)
	}
	for i := range d.random.IntN(5) {
		lines = append(lines, payment.BillLine{Kind: payment.BilledPayment, OrderNo: payment.NewOrderNo(payment.ReceiptNo(2+i, 77), 1, at), Amount: 777, At: at.Add(time.Hour)},
			payment.BillLine{Kind: payment.BilledRefund, OrderNo: fmt.Sprint("WEB-", i), Amount: 77, At: at.Add(time.Hour)})
	}
	d.random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return lines
}

// keepAll keeps all bills of the days, each changed as change says.
func (d *billDays) keepAll(change func(payment.ChannelName, []payment.BillLine) []payment.BillLine) {
	d.tb.Helper()
	for _, channel := range sortedKeys(d.truth) {
		for day := d.first; day <= DayOf(d.clock.at, 0); day = day.Plus(1) {
			lines := change(channel, d.bill(channel, day))
			for range 2 { // the second time nothing is written
				if _, err := d.KeepBill(ctx, channel, day, lines, 0); err != nil {
					d.tb.Fatal(err)
				}
			}
		}
	}
}

// found is all that is different on all business days, in short.
func (d *billDays) found() (list []string, open int) {
	d.tb.Helper()
	for day := d.first.Plus(-1); day <= d.Today(); day = day.Plus(1) {
		r, err := d.Reconciliation(ctx, day)
		if err != nil {
			d.tb.Fatal(err)
		}
		open += r.Open
		for _, x := range r.Differences {
			list = append(list, says(x))
			if of := x.OrderNo; x.SaleID+x.DepositID != 0 && x.ReceiptNo == "" {
				d.tb.Errorf("%s has no receipt", of)
			}
		}
	}
	slices.Sort(list)
	return list, open
}

func says(x Difference) string {
	return fmt.Sprintf("%s %s %s %s %s %s/%s", x.Channel, x.Kind, x.OrderNo, x.RefundNo, x.State, x.Till, x.Billed)
}

// changes makes mistakes in bills and says what they look like.
type changes struct {
	*billDays
	want  []string
	fee   payment.Amount // of all lines that are left, but for what was undone
	open  int            // payments, refunds and captures without a line
	times int            // lines of each order
}

func (c *changes) make(channel payment.ChannelName, lines []payment.BillLine) []payment.BillLine {
	undone := map[string]bool{}
	for _, line := range c.truth[channel] {
		if line.Kind == payment.BilledReversal || line.Kind == payment.BilledRefund && c.isUndone(channel, line) {
			undone[line.OrderNo] = true
		}
	}
	var out []payment.BillLine
	for _, line := range lines {
		till, ok := payment.OrderTill(line.OrderNo)
		mine := ok && (till == 1 || till == 51)
		if !mine || undone[line.OrderNo] {
			out = append(out, line)
			continue
		}
		x := Difference{Channel: channel, Kind: line.Kind, OrderNo: line.OrderNo, RefundNo: c.requestNo(line), Till: line.Amount, Billed: line.Amount}
		unnamed := line.Kind == payment.BilledRefund && line.RefundNo == ""
		switch dice := c.random.IntN(30); {
		case dice < 2:
			x.State, x.Billed = MatchOnlyTill, 0
			x.OrderNo = c.orderAtTill(line) // the till knows captures by their own number
			c.want = append(c.want, says(x))
			c.open++
			continue
		case dice == 2 && !unnamed:
			line.Amount++
			x.State, x.Billed = MatchDiffers, line.Amount
			x.OrderNo = c.orderAtTill(line)
			c.want = append(c.want, says(x))
		case dice == 3 && line.RefundNo == "" && !unnamed && line.OrderNo[2:4] == "01":
			x.State, x.Billed = MatchDiffers, 2*line.Amount
			c.want = append(c.want, says(x))
			out = append(out, line)
			c.fee += line.Fee
		case dice == 4:
			c.times++
			more := payment.BillLine{Kind: payment.BilledPayment, OrderNo: payment.NewOrderNo(payment.ReceiptNo(1, int64(900_000+c.times)), 1, line.At), Amount: 5, At: line.At, Fee: 1, FeeKnown: true}
			c.want = append(c.want, says(Difference{Channel: channel, Kind: more.Kind, OrderNo: more.OrderNo, State: MatchOnlyChannel, Billed: 5}))
			out = append(out, more)
		}
		c.fee += line.Fee
		out = append(out, line)
	}
	return out
}

// isUndone reports whether a refund is not one of the till's.
func (d *billDays) isUndone(channel payment.ChannelName, line payment.BillLine) bool {
	n, err := one(d.write.source(), scanInt, "SELECT count(*) FROM tenders WHERE out_trade_no = ? AND state = 'reversed'", line.OrderNo)
	if err != nil {
		d.tb.Fatal(err)
	}
	return n > 0
}

// requestNo is the request number of the refund that a line is about, as the till
// knows it.
func (d *billDays) requestNo(line payment.BillLine) string {
	if line.Kind != payment.BilledRefund || line.RefundNo != "" {
		return line.RefundNo
	}
	numbers, err := all(d.write.source(), scanText, "SELECT r.request_no FROM refunds r JOIN tenders t ON t.id = r.tender_id WHERE t.out_trade_no = ? AND r.amount = ?", line.OrderNo, int64(line.Amount))
	if err != nil || len(numbers) != 1 {
		d.tb.Fatal(numbers, err)
	}
	return numbers[0]
}

// orderAtTill is the order number under which the till knows a line's money.
func (d *billDays) orderAtTill(line payment.BillLine) string {
	numbers, err := all(d.write.source(), scanText, "SELECT s.number FROM steps s JOIN deposits d ON d.id = s.deposit_id WHERE d.out_order_no = ? AND s.kind = 'capture'", line.OrderNo)
	if err != nil {
		d.tb.Fatal(err)
	}
	return cmp.Or(append(numbers, line.OrderNo)...)
}

// Whatever the bills of some days leave out, add and change, the reconciliation
// finds that and nothing else; and the fees in the reports are those of the lines
// that are there. It makes no difference in which order bills come and things are
// settled.
func TestReconciliationFindsWhatWasChanged(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			d := &billDays{shop: newShop(t), random: rand.New(rand.NewPCG(seed, 5)), truth: map[payment.ChannelName][]payment.BillLine{}, settle: map[string]bool{}}
			d.first = d.Today()
			for range 4 {
				d.day()
			}
			d.wantsItsDays()
			if list, open := d.found(); len(list) > 0 || open == 0 {
				t.Fatalf("without bills: %q, %d open", list, open)
			}

			// What is true is found to be true, with half of the bills first empty.
			d.keepAll(func(_ payment.ChannelName, lines []payment.BillLine) []payment.BillLine { return lines[:len(lines)/2] })
			d.mustVerify()
			d.keepAll(func(_ payment.ChannelName, lines []payment.BillLine) []payment.BillLine { return lines })
			if list, open := d.found(); len(list) > 0 || open != len(d.late) {
				t.Fatalf("%q, %d open, want %d", list, open, len(d.late))
			}
			d.mustVerify()

			// Some is settled before the bills change, the rest after.
			for _, f := range d.late[:len(d.late)/2] {
				f()
			}
			d.mustVerify()
			c := &changes{billDays: d}
			d.keepAll(c.make)
			for _, f := range d.late[len(d.late)/2:] {
				f()
			}
			d.mustVerify()
			slices.Sort(c.want)
			list, open := d.found()
			if !slices.Equal(list, c.want) || open != 0 || len(list) < 10 {
				t.Fatalf("%d open, found\n%q\nwant\n%q", open, list, c.want)
			}
			if r := d.reportOf(Cut{From: "2026-01-01", To: "2026-12-31"}); r.Fee != c.fee || r.FeeOpen != c.open || r.FeeKnown {
				t.Fatalf("fee %s, %d open; want %s, %d open", r.Fee, r.FeeOpen, c.fee, c.open)
			}

			// And all is well again.
			d.reopen()
			d.keepAll(func(_ payment.ChannelName, lines []payment.BillLine) []payment.BillLine { return lines })
			if list, open := d.found(); len(list) > 0 || open != 0 {
				t.Fatalf("in the end: %q, %d open", list, open)
			}
			if r := d.reportOf(Cut{From: "2026-01-01", To: "2026-12-31"}); !r.FeeKnown || r.FeeOpen != 0 || r.Total.FeeOpen != 0 {
				t.Fatalf("%+v", r)
			}
			if list, err := d.BillsWanted(ctx, sortedKeys(d.truth), "2026-01-01", "2027-12-31"); err != nil || len(list) > 0 {
				t.Fatalf("%v %v", list, err)
			}
			d.mustVerify()
		})
	}
}

// wantsItsDays holds that every day is wanted on which something was booked of
// which the till knows, oldest first.
func (d *billDays) wantsItsDays() {
	d.tb.Helper()
	list, err := d.BillsWanted(ctx, sortedKeys(d.truth), "2026-01-01", "2027-12-31")
	if err != nil || !slices.IsSortedFunc(list, func(a, b BillDay) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Channel, b.Channel)) }) {
		d.tb.Fatal(list, err)
	}
	for channel, lines := range d.truth {
		for _, line := range lines {
			if !d.settle[line.OrderNo] && !d.settle[line.RefundNo] && !slices.Contains(list, BillDay{channel, DayOf(line.At, 0)}) {
				d.tb.Fatalf("%s of %s is not among %v", channel, DayOf(line.At, 0), list)
			}
		}
	}
}
