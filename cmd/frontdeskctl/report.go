package main

// report sums a day, a month or a year by channel, and the deposits apart.
func (c *call) report() error {
	from, to := c.period()
	sum, err := c.shop.Books.Summary(c.ctx, from, to)
	if err != nil {
		return err
	}
	t := sum.Totals
	result := reportJSON{From: from, To: to, Channels: []channelJSON{}, Totals: totalsJSON{
		Sales: t.Sales, Paid: t.Paid, Refunds: t.Refunds, Refunded: t.Refunded, Net: t.Paid - t.Refunded,
		Unknown: t.Unknown, UnknownAmount: t.UnknownSum,
	}}
	for _, ch := range sum.Channels {
		result.Channels = append(result.Channels, channelJSON{
			Channel: ch.Channel, Payments: ch.Payments, Paid: ch.Paid, Refunds: ch.Refunds, Refunded: ch.Refunded, Net: ch.Net(),
		})
	}
	d, err := c.shop.Books.DepositTotals(c.ctx, from, to)
	if err != nil {
		return err
	}
	result.Deposits = depositsJSON(d)
	return c.tell(result, func() {
		c.printReport(result)
		c.printDeposits(result.Deposits)
	})
}

func (c *call) printReport(r reportJSON) {
	if r.From == r.To {
		c.println(string(r.From))
	} else {
		c.println(c.t("ctl.period", "from", r.From, "to", r.To))
	}
	rows := [][]string{{c.t("ctl.col.channel"), c.t("ctl.col.payments"), c.t("ctl.col.paid"), c.t("ctl.col.refunds"),
		c.t("ctl.col.refunded"), c.t("ctl.col.net")}}
	payments := 0
	for _, ch := range r.Channels {
		payments += ch.Payments
		rows = append(rows, []string{c.t("channel." + string(ch.Channel)), number(ch.Payments), ch.Paid.Grouped(),
			number(ch.Refunds), ch.Refunded.Grouped(), ch.Net.Grouped()})
	}
	rows = append(rows, []string{c.t("ctl.total"), number(payments), r.Totals.Paid.Grouped(),
		number(r.Totals.Refunds), r.Totals.Refunded.Grouped(), r.Totals.Net.Grouped()})
	c.table(rows, 1, 2, 3, 4, 5)
	if r.Totals.Unknown > 0 {
		c.println(c.t("ctl.report_unknown", "count", r.Totals.Unknown, "amount", r.Totals.UnknownAmount.Grouped()))
	}
}

// printDeposits shows how what is held came to be, where there is anything.
func (c *call) printDeposits(d depositsJSON) {
	if d.OpeningHeld == 0 && d.Takes+d.Captures+d.Releases+d.Refunds+d.Unknown == 0 {
		return
	}
	c.println("")
	rows := [][]string{{c.t("ctl.deposits"), c.t("ctl.col.count"), c.t("receipt.amount")},
		{c.t("ctl.held.opening"), "", d.OpeningHeld.Grouped()}, {c.t("ctl.held.taken"), number(d.Takes), d.Taken.Grouped()},
		{c.t("slip.captured"), number(d.Captures), d.Captured.Grouped()}, {c.t("ctl.col.released"), number(d.Releases), d.Released.Grouped()},
		{c.t("ctl.held.closing"), "", d.ClosingHeld.Grouped()}}
	if d.Refunds > 0 {
		rows = append(rows, []string{c.t("ctl.held.refunded"), number(d.Refunds), d.Refunded.Grouped()})
	}
	c.table(rows, 1, 2)
	if d.Unknown > 0 {
		c.println(c.t("ctl.deposits_unknown", "count", d.Unknown))
	}
}
