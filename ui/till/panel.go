package till

import (
	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// What the buttons of the panel ask for beside those of any payment.
const (
	reprint panel.Intent = panel.Own + iota
	refund
	leavePart
)

// lineOf is the payment as the panel has it.
func lineOf(p app.Payment) panel.Line {
	t := p.Tender
	return panel.Line{
		ID: t.ID, ReceiptNo: p.Sale.ReceiptNo, OrderNo: t.OutTradeNo, Way: data.Way{Channel: t.Channel, Wallet: t.Wallet},
		Method: t.Method, Amount: t.Amount, State: t.State, Phase: p.Phase,
		QRText: p.QRText, Since: p.Since, Deadline: p.Deadline, DueAt: p.DueAt, Overdue: p.Overdue, Queries: t.Queries,
		Cancel: t.CancelAsked, Offline: p.Offline, Parked: t.Parked, Resumed: p.Resumed, Trouble: p.Trouble != nil,
		EndedAt: t.EndedAt, Reason: t.Reason, Code: t.Code,
	}
}

// view holds what the words of one panel need.
type view struct {
	d       *screen.Desk
	payment app.Payment
	detail  data.SaleDetail // empty until it was read
	channel string
	today   string // "129 笔，12,989.00"; empty until known
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

// Panel words a payment.
func (s sale) Panel(p app.Payment, tell panel.Telling) panel.Panel {
	v := view{d: s.desk, payment: p, detail: s.about.of(p.Tender.ID), channel: s.desk.Wallet(p.Tender.Channel, p.Tender.Wallet)}
	if s.books.day != "" {
		v.today = s.books.sum(s.desk.Words)
	}
	tell.Timeline = v.timeline()
	switch {
	case p.Phase.Final() && p.Sale.Attention != data.AttentionNone:
		return v.attention(tell)
	case p.Phase == app.PhasePaid && p.Left > 0:
		return v.partPaid()
	case p.Phase == app.PhasePaid:
		return v.paid()
	case p.Phase == app.PhaseFailed:
		return v.failed(tell)
	case p.Phase == app.PhaseClosed:
		return v.closed(tell)
	case p.Phase == app.PhaseReversed:
		return tell.Reversed()
	}
	return tell.Open()
}

// timeline are the steps of this tender.
func (v view) timeline() []kit.Event {
	p := v.payment
	var list []kit.Event
	for _, e := range v.detail.Events {
		if e.TenderID == p.Tender.ID {
			list = append(list, panel.Step(e, v.d.EventText(e, p.Tender)))
		}
	}
	return list
}
