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

// What the buttons of the panel ask for beside those of an open payment.
const (
	reprint panel.Intent = panel.Own + iota
	refund
	keepLate
	askReturnLate
	returnLate
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
	out := panel.Panel{Head: kit.ResultHead{Amount: p.Tender.Amount.Grouped()}}
	switch {
	case p.Phase.Final() && p.Sale.Attention != data.AttentionNone:
		v.attention(&out)
	case p.Phase == app.PhasePaid && p.Left > 0:
		v.partPaid(&out)
	case p.Phase == app.PhasePaid:
		v.paid(&out)
	case p.Phase == app.PhaseFailed:
		v.failed(&out)
	case p.Phase == app.PhaseClosed:
		v.closed(&out)
	case p.Phase == app.PhaseReversed:
		v.reversed(&out)
	default:
		out = v.open().Panel()
	}
	if p.Trouble != nil {
		out.Rules = append([]string{v.t("pay.trouble")}, out.Rules...)
		out.Text, out.Lead = "", ""
	}
	return out
}

// wayOf is through what a tender is paid.
func wayOf(t data.Tender) data.Way { return data.Way{Channel: t.Channel, Wallet: t.Wallet} }

// view holds what the words of one panel need.
type view struct {
	d       *screen.Desk
	s       shown
	channel string
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

// open is the payment while it has no end.
func (v view) open() panel.Open {
	p := v.s.payment
	o := panel.Open{
		Desk: v.d, Words: "pay", Way: wayOf(p.Tender), Amount: p.Tender.Amount, Method: p.Tender.Method, Phase: p.Phase,
		QRText: p.QRText, Since: p.Since, Deadline: p.Deadline, DueAt: p.DueAt, Overdue: p.Overdue, OrderNo: p.Tender.OutTradeNo,
		Now: v.s.now, Queries: p.Tender.Queries, QRs: v.s.qrs, Switch: v.s.toWallet,
		Cancel: p.Tender.CancelAsked, Offline: p.Offline, Asked: v.s.asked, Aside: v.s.aside, Timeline: v.timeline(),
	}
	if o.Queries > 0 {
		o.Timeline = append(o.Timeline, o.Asking(v.s.asking))
	}
	return o
}

// timeline are the steps of this tender.
func (v view) timeline() []kit.Event {
	p := v.s.payment
	var list []kit.Event
	for _, e := range v.s.detail.Events {
		if e.TenderID != p.Tender.ID {
			continue
		}
		icon, token := screen.EventIcon(e.Kind)
		list = append(list, kit.Event{
			Time: panel.ClockTime(e.At), Text: v.d.EventText(e, p.Tender), Icon: icon, Color: token,
			Quiet: e.Kind == data.EventCreated,
		})
	}
	return list
}
