package main

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// depositShow shows one deposit, found by its receipt number, one of our order
// and request numbers, or the number in the guest's bill.
func (c *call) depositShow() error {
	d, err := c.shop.Books.FindDeposit(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	return c.tell(depositOf(d), func() {
		c.printDeposit(d)
		c.println("")
		for _, e := range d.Events {
			c.println(moment(e.At) + "  " + c.depositEvent(e, d.Deposit))
		}
	})
}

// tellDeposit prints what a command has done to a deposit.
func (c *call) tellDeposit(id int64) error {
	d, err := c.shop.Books.Deposit(c.ctx, id)
	if err != nil {
		return err
	}
	return c.tell(depositOf(d), func() { c.printDeposit(d) })
}

// depositList lists deposits, newest first, or those with something held, the
// oldest first: it is them that somebody has to think of.
func (c *call) depositList() error {
	held := c.flags["held"] != ""
	sums, details, err := c.depositsOf(data.DepositFilter{Held: held, OldestFirst: held, Room: c.flags["room"], Limit: pageSize})
	if err != nil {
		return err
	}
	list := []depositJSON{}
	for _, d := range details {
		list = append(list, depositOf(d))
	}
	return c.tell(list, func() {
		if len(list) == 0 {
			c.println(c.t("ctl.no_deposits"))
			return
		}
		rows := [][]string{{c.t("ctl.col.receipt"), c.t("ctl.col.day"), c.t("ctl.col.state"), c.t("ctl.col.channel"), c.t("slip.room"),
			c.t("slip.guest"), c.t("slip.held"), c.t("slip.captured"), c.t("ctl.col.released"), c.t("slip.left")}}
		for _, d := range details {
			rows = append(rows, c.depositRow(d))
		}
		c.table(rows, depositAmounts...)
		c.println(c.t("ctl.deposits_sum", "count", sums.Rows, "open", sums.Open, "left", sums.Left.Grouped()))
	})
}

func (c *call) depositsOf(filter data.DepositFilter) (sums data.DepositSums, details []data.DepositDetail, err error) {
	seen := map[int64]bool{}
	for {
		page, all, err := c.shop.Books.Deposits(c.ctx, filter)
		if err != nil {
			return sums, nil, err
		}
		if filter.Offset == 0 {
			sums = all
		}
		for _, row := range page {
			if seen[row.ID] { // the window has worked since the last page: the same deposits come again
				continue
			}
			seen[row.ID] = true
			d, err := c.shop.Books.Deposit(c.ctx, row.ID)
			if err != nil {
				return sums, nil, err
			}
			details = append(details, d)
		}
		if len(page) < filter.Limit {
			return sums, details, nil
		}
		filter.Offset += filter.Limit
	}
}

// depositAmounts are the columns of depositRow that hold amounts.
var depositAmounts = []int{6, 7, 8, 9}

func (c *call) depositRow(d data.DepositDetail) []string {
	return []string{d.ReceiptNo, d.CreatedAt.In(payment.Beijing).Format(time.DateOnly), c.depositState(d.State), c.t("channel." + string(d.Channel)),
		d.Room, d.Guest, d.Amount.Grouped(), d.Captured.Grouped(), d.Released.Grouped(), d.Left().Grouped()}
}

func (c *call) depositState(s data.DepositState) string {
	if s == data.DepositPending {
		return c.t("ctl.holding")
	}
	return c.t("badge." + string(s))
}

func (c *call) printDeposit(d data.DepositDetail) {
	c.println(c.depositState(d.State) + "  " + d.Amount.Grouped())
	channel := c.t("channel." + string(d.Channel))
	lines := [][2]string{{c.t("receipt.no"), d.ReceiptNo}, {c.t("receipt.time"), moment(d.CreatedAt)}}
	for _, sum := range []struct {
		key    string
		amount payment.Amount
	}{
		{"slip.captured", d.Captured}, {"receipt.refunded", d.Refunded}, {"ctl.col.released", d.Released}, {"slip.left", d.Left()},
	} {
		if sum.amount != 0 {
			lines = append(lines, [2]string{c.t(sum.key), sum.amount.Grouped()})
		}
	}
	nights := ""
	if d.Nights > 0 {
		nights = c.t("ctl.nights", "count", d.Nights)
	}
	lines = append(lines, [2]string{c.t("slip.room"), d.Room}, [2]string{c.t("slip.guest"), d.Guest}, [2]string{c.t("ctl.phone"), app.MaskPhone(d.Phone)},
		[2]string{c.t("slip.arrival"), nights}, [2]string{c.t("receipt.remark"), d.Remark}, [2]string{c.t("receipt.method"), channel})
	if d.Channel == payment.Cash {
		lines = append(lines, [2]string{c.t("receipt.tendered"), d.Tendered.Grouped()}, [2]string{c.t("receipt.change"), d.Change.Grouped()})
	} else {
		lines = append(lines, [2]string{c.t("receipt.payer"), d.Payer}, [2]string{c.t("receipt.order_no"), d.OutOrderNo}, [2]string{c.t("slip.auth_no"), d.AuthNo})
	}
	for _, s := range d.Steps {
		lines = append(lines, [2]string{c.t("ctl.step_no." + string(s.Kind)), s.Number}, [2]string{c.t("ctl.step_name." + string(s.Kind)), c.stepText(s)})
	}
	c.pairs(lines)
}

// stepText is a step's amount and how it stands.
func (c *call) stepText(s data.Step) string {
	text := s.Amount.Grouped() + "  " + c.t("ctl.step_state."+string(s.State))
	if s.State == payment.RefundDone && s.Rest > 0 {
		text += "  " + c.t("ctl.step_rest", "amount", s.Rest.Grouped())
	}
	return text
}

// depositEvent words one line of a deposit's timeline. Cash has words of its own
// for some kinds.
func (c *call) depositEvent(e data.Event, d data.Deposit) string {
	channel := c.t("channel." + string(d.Channel))
	key := "event." + string(e.Kind)
	switch {
	case d.Channel == payment.Cash && c.words.Has(key+".cash"):
		key += ".cash"
	case e.Kind == data.EventCreated && d.Method == payment.MethodCode:
		key = "event.hold_asked"
	default:
		return c.event(e, data.Tender{Channel: d.Channel, Method: d.Method})
	}
	return c.t(key, "channel", channel, "amount", e.Amount.Grouped(), "detail", e.Detail)
}
