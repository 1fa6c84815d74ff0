package main

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// billsJSON is a business day beside the channels' bills. Amounts are fen.
type billsJSON struct {
	BusinessDay data.Day             `json:"business_day"`
	Same        int                  `json:"same"`
	Open        int                  `json:"open"` // no result yet, or the bill is not there yet
	Differences []billDifferenceJSON `json:"differences"`
	Channels    []billChannelJSON    `json:"channels"`
}

type billChannelJSON struct {
	Channel   payment.ChannelName `json:"channel"`
	Same      int                 `json:"same"`
	Open      int                 `json:"open"`
	Different int                 `json:"different"`
	ReadAt    *time.Time          `json:"read_at"` // of the newest bill that counts here; null for none
}

type billDifferenceJSON struct {
	State     data.MatchState     `json:"state"` // only_till, only_channel or differs
	Channel   payment.ChannelName `json:"channel"`
	Kind      payment.BillKind    `json:"kind"`
	ReceiptNo string              `json:"receipt_no"` // empty where the till has none
	OrderNo   string              `json:"order_no"`
	RefundNo  string              `json:"refund_no"`
	TradeNo   string              `json:"trade_no"`
	Till      payment.Amount      `json:"till"`
	Billed    payment.Amount      `json:"billed"`
	At        time.Time           `json:"at"`
}

func billsOf(r data.Reconciliation) billsJSON {
	j := billsJSON{BusinessDay: r.Day, Same: r.Same, Open: r.Open, Differences: []billDifferenceJSON{}, Channels: []billChannelJSON{}}
	for _, d := range r.Differences {
		j.Differences = append(j.Differences, billDifferenceJSON{
			State: d.State, Channel: d.Channel, Kind: d.Kind, ReceiptNo: d.ReceiptNo, OrderNo: d.OrderNo, RefundNo: d.RefundNo, TradeNo: d.TradeNo,
			Till: d.Till, Billed: d.Billed, At: d.At,
		})
	}
	for _, c := range r.Channels {
		line := billChannelJSON{Channel: c.Channel, Same: c.Same, Open: c.Open, Different: c.Different}
		if !c.ReadAt.IsZero() {
			line.ReadAt = &c.ReadAt
		}
		j.Channels = append(j.Channels, line)
	}
	return j
}

// billsShow compares a business day with the bills that are kept.
func (c *call) billsShow() error {
	day, _ := c.period()
	r, err := c.shop.Books.Reconciliation(c.ctx, day)
	if err != nil {
		return err
	}
	return c.tell(billsOf(r), func() { c.printBills(r) })
}

// billsRead reads the bills of a business day from the channels, and without a
// day all that are missing, and then compares.
func (c *call) billsRead() error {
	day, _ := c.period()
	if _, err := c.shop.Books.Reconciliation(c.ctx, day); err != nil { // nobody reads what they may not see
		return err
	}
	var read app.BillsRead
	var err error
	if c.flags["day"] != "" {
		read, err = c.shop.Bills.ReadDay(c.ctx, day)
	} else {
		read, err = c.shop.Bills.CatchUp(c.ctx)
	}
	if err != nil {
		return err
	}
	result := struct {
		Kept   []billDayJSON `json:"kept"`
		Later  []billDayJSON `json:"later"`  // the channel has not made it yet
		Failed []billDayJSON `json:"failed"` // why is in the log
	}{billDays(read.Kept), billDays(read.Later), []billDayJSON{}}
	for _, f := range read.Failed {
		result.Failed = append(result.Failed, billDayJSON(f.BillDay))
	}
	err = c.tell(result, func() {
		for _, d := range result.Kept {
			c.println(c.t("ctl.bills.kept", "channel", c.t("channel."+string(d.Channel)), "day", d.Day))
		}
		for _, d := range result.Later {
			c.println(c.t("bills.later", "channel", c.t("channel."+string(d.Channel)), "day", d.Day))
		}
		switch {
		case !read.Empty():
		case c.flags["day"] == "":
			c.println(c.t("ctl.bills.none"))
		default:
			c.println(c.t("bills.nobody"))
		}
	})
	if err == nil && len(read.Failed) > 0 {
		f := read.Failed[0]
		err = &failure{code: exitOther, kind: "bill_failed", key: "bills.failed",
			pairs: []any{"channel", c.t("channel." + string(f.Channel)), "day", f.Day}, cause: f.Err}
	}
	return err
}

// billDayJSON names a channel's bill of a calendar day in Beijing.
type billDayJSON struct {
	Channel payment.ChannelName `json:"channel"`
	Day     data.Day            `json:"day"`
}

func billDays(days []data.BillDay) []billDayJSON {
	list := []billDayJSON{}
	for _, d := range days {
		list = append(list, billDayJSON(d))
	}
	return list
}

// printBills shows a comparison to a person.
func (c *call) printBills(r data.Reconciliation) {
	if len(r.Channels) == 0 {
		c.println(c.t("summary.closing.bill.none"))
		return
	}
	rows := [][]string{{c.t("ctl.col.channel"), c.t("ctl.bills.same"), c.t("ctl.bills.different"), c.t("ctl.bills.open")}}
	for _, ch := range r.Channels {
		rows = append(rows, []string{c.t("channel." + string(ch.Channel)), number(ch.Same), number(ch.Different), number(ch.Open)})
	}
	c.table(rows, 1, 2, 3)
	if len(r.Differences) == 0 {
		return
	}
	c.println("")
	rows = [][]string{{c.t("ctl.bills.order"), c.t("ctl.bills.what"), c.t("ctl.bills.till"), c.t("ctl.bills.billed")}}
	for _, d := range r.Differences {
		no := d.ReceiptNo
		if no == "" {
			no = d.OrderNo
		}
		rows = append(rows, []string{no, c.t("bills.kind." + string(d.Kind)), d.Till.Grouped(), d.Billed.Grouped()})
	}
	c.table(rows, 2, 3)
}
