package till

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
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

// shown is everything that a panel is made from.
type shown struct {
	payment app.Payment
	detail  data.SaleDetail // empty until it was read
	today   string          // "129 笔，12,989.00"; empty until known
	now     time.Time
	asked   bool // the first of two steps was taken
	aside   bool // it was put aside or is of an earlier run: the left side is free
	asking  string

	qrs      []payment.Wallet // that a QR can be shown for
	toWallet payment.Wallet   // whose QR follows this one; WalletNone for none
}

// panelOf words a payment for the screen.
func panelOf(d *screen.Desk, s shown) panel.Panel {
	p := s.payment
	v := view{d: d, s: s, channel: d.Wallet(p.Tender.Channel, p.Tender.Wallet)}
	tell := panel.Telling{
		Line: lineOf(p), Desk: d, Words: "pay", Now: s.now, Asked: s.asked, Aside: s.aside,
		Timeline: v.timeline(), AskedAt: s.asking, QRs: s.qrs, Switch: s.toWallet,
	}
	return tell.WithTrouble(v.panel(tell))
}

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
	s       shown
	channel string
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

func (v view) panel(tell panel.Telling) panel.Panel {
	p := v.s.payment
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
	p := v.s.payment
	var list []kit.Event
	for _, e := range v.s.detail.Events {
		if e.TenderID == p.Tender.ID {
			list = append(list, panel.Step(e, v.d.EventText(e, p.Tender)))
		}
	}
	return list
}
