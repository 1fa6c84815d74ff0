package sales

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// fact is a line of the detail: a label and its value.
type fact struct {
	label, value string
	mono         bool      // numbers that are compared digit by digit
	copies       bool      // the value can be taken to the clipboard
	head         bool      // begins a new block, in bold
	rule         bool      // begins a new block
	token        kit.Token // of the value; NoColor means plain ink
	refundID     int64     // this block is a refund that has a slip to print again; 0 otherwise
	note         string    // a sentence below; usually empty
}

// summary is the line below the receipt number: what went back, what is left.
func summary(d *screen.Desk, s data.SaleDetail) string {
	w := d.Words
	left := app.Refundable(s)
	var open payment.Amount
	for _, r := range s.Refunds {
		if !r.State.Final() {
			open += r.Amount
		}
	}
	switch {
	case open > 0:
		return w.T("sales.detail.under_way", "amount", open.Grouped())
	case s.Refunded > 0:
		return w.T("sales.detail.refunded", "refunded", s.Refunded.Grouped(), "left", left.Grouped())
	case s.Paid > 0 && s.Paid < s.Amount:
		return w.T("sales.detail.part", "paid", s.Paid.Grouped(), "left", (s.Amount - s.Paid).Grouped())
	case s.Paid > 0:
		return w.T("sales.detail.refundable", "left", left.Grouped())
	case settledWithout(s.State):
		return w.T("sales.detail.nothing")
	}
	return ""
}

// leadTender is the attempt that stands for the sale: the open one, else the
// last paid one, else the last.
func leadTender(s data.SaleDetail) (lead data.Tender, ok bool) {
	for _, t := range s.Tenders {
		if t.State.Open() {
			return t, true
		}
		if t.State == payment.StatePaid || lead.State != payment.StatePaid {
			lead, ok = t, true
		}
	}
	return lead, ok
}

// leadFacts are the lines that stand above the story.
func leadFacts(d *screen.Desk, s data.SaleDetail) []fact {
	t, ok := leadTender(s)
	if !ok {
		return nil
	}
	return tenderFacts(d, t)
}

// allFacts are the lines of everything that belongs to the sale: itself, each
// attempt, each refund, each paper.
func allFacts(d *screen.Desk, s data.SaleDetail) []fact {
	w := d.Words
	facts := []fact{
		{label: w.T("sales.fact.time"), value: stamp(s.CreatedAt)},
		{label: w.T("sales.fact.day"), value: string(s.Day)},
		{label: w.T("sales.fact.cashier"), value: s.Staff.Name},
	}
	for _, item := range s.Items {
		total, ok := item.Price.Times(item.Quantity)
		if !ok {
			continue
		}
		facts = append(facts, fact{
			label: w.T("sales.fact.item", "name", item.Name, "price", item.Price.String(), "quantity", item.Quantity),
			value: total.Grouped(),
		})
	}
	if s.Remark != "" {
		facts = append(facts, fact{label: w.T("sales.fact.remark"), value: s.Remark, copies: true})
	}
	tenders := map[int64]data.Tender{}
	for _, t := range s.Tenders {
		tenders[t.ID] = t
		_, token := stateLook(t.State)
		facts = append(facts, fact{
			label: w.T("sales.fact.attempt", "n", t.Attempt), head: true, token: token,
			value: t.Amount.Grouped() + "  " + w.T("state."+string(t.State)),
		})
		facts = append(facts, tenderFacts(d, t)...)
		if t.Reason != payment.ReasonNone && !t.State.Open() && t.State != payment.StatePaid {
			facts = append(facts, fact{label: w.T("sales.fact.reason"), value: reasonText(d, t.Reason, t)})
		}
		if t.Code != "" {
			facts = append(facts, fact{label: w.T("sales.fact.code"), value: t.Code, mono: true, copies: true})
		}
	}
	for _, r := range s.Refunds {
		facts = append(facts, refundFacts(d, r, tenders[r.TenderID])...)
	}
	for i, p := range s.Prints {
		facts = append(facts, printFact(d, p, i == 0))
	}
	return facts
}

func tenderFacts(d *screen.Desk, t data.Tender) []fact {
	w := d.Words
	how := d.Through(t.Channel, t.Wallet)
	switch {
	case t.Payer != "":
		how = w.T("sales.fact.method_payer", "method", how, "payer", t.Payer)
	case t.Method == payment.MethodQR:
		how = w.T("sales.fact.method_payer", "method", how, "payer", w.T("sales.method.qr"))
	case t.MaskedCode != "":
		how = w.T("sales.fact.method_payer", "method", how, "payer", t.MaskedCode)
	}
	facts := []fact{{label: w.T("sales.fact.method"), value: how}}
	if t.Method == payment.MethodCash {
		facts = append(facts, fact{label: w.T("channel.cash"),
			value: w.T("sales.fact.cash", "tendered", t.Tendered.Grouped(), "change", t.Change.Grouped())})
	}
	if t.Discount > 0 {
		facts = append(facts, fact{label: w.T("receipt.discount"), value: "-" + t.Discount.Grouped()},
			fact{label: w.T("receipt.settled"), value: (t.Amount - t.Discount).Grouped()})
	}
	facts = append(facts, fact{label: w.T("sales.fact.order_no"), value: t.OutTradeNo, mono: true, copies: true})
	if t.TradeNo != "" {
		facts = append(facts, fact{label: w.T("sales.fact.trade_no"), value: t.TradeNo, mono: true, copies: true})
	}
	return facts
}

func refundFacts(d *screen.Desk, r data.Refund, of data.Tender) []fact {
	w := d.Words
	text, token := refundState(d, r)
	head := fact{label: w.T("sales.fact.refund"), value: text, head: true, token: token}
	switch {
	case r.State == payment.RefundDone:
		head.refundID = r.ID
	case r.State == payment.RefundRefused && r.Why != payment.ReasonNone, r.Why == payment.ReasonRefundStuck:
		what, do := d.Why(r.Why, of.Channel, of.Wallet)
		head.note = what + sentenceGap(do)
	}
	facts := []fact{head,
		{label: w.T("sales.fact.reason"), value: r.Reason},
		{label: w.T("sales.fact.time"), value: stamp(r.CreatedAt)},
		{label: w.T("sales.fact.request_no"), value: r.RequestNo, mono: true, copies: true},
	}
	if r.Code != "" {
		facts = append(facts, fact{label: w.T("sales.fact.code"), value: r.Code, mono: true, copies: true})
	}
	return facts
}

// refundState is a refund's state in words.
func refundState(d *screen.Desk, r data.Refund) (string, kit.Token) {
	switch r.State {
	case payment.RefundDone:
		return d.Words.T("refund.done", "amount", r.Amount.Grouped()), kit.Mute
	case payment.RefundRefused:
		return d.Words.T("refund.refused") + " " + r.Amount.Grouped(), kit.Bad
	}
	return d.Words.T("refund.under_way") + " " + r.Amount.Grouped(), kit.Warn
}

func printFact(d *screen.Desk, p data.PrintJob, first bool) fact {
	w := d.Words
	f := fact{label: w.T("sales.print." + string(p.Kind)), value: w.T("sales.print.state." + string(p.State)), rule: first}
	if p.State == data.PrintStuck {
		f.token, f.note = kit.Warn, w.T("printer.error."+p.LastError)
	}
	return f
}

func stateLook(s payment.State) (kit.Icon, kit.Token) {
	switch s {
	case payment.StatePaid:
		return kit.IconPaid, kit.Ok
	case payment.StateFailed:
		return kit.IconFailed, kit.Bad
	case payment.StateUnknown:
		return kit.IconUnknown, kit.Warn
	case payment.StateClosed:
		return kit.IconClosed, kit.Mute
	case payment.StateReversed:
		return kit.IconRefunded, kit.Mute
	}
	return kit.IconWaiting, kit.AccentInk
}

func stamp(t time.Time) string { return t.In(payment.Beijing).Format("2006-01-02 15:04:05") }
