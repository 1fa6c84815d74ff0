package till

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// What the buttons of the panel ask for.
const (
	cancelPayment panel.Intent = iota + 1
	askCancel                  // the first of the two steps to cancel an unknown payment
	keepIt                     // back from the first step
	park
	queryNow
	switchToScan
	dismiss
	reprint
	refund
	keepLate
	askReturnLate
	returnLate
	leavePart
	backToList
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
}

// panelOf words a payment for the screen.
func panelOf(d *screen.Desk, s shown) panel.Panel {
	p := s.payment
	v := view{d: d, s: s, channel: d.Channel(p.Tender.Channel)}
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
	case p.Phase == app.PhaseQR, p.Phase == app.PhaseQRScanned:
		v.qr(&out)
	case p.Phase == app.PhaseUnknown:
		v.unknown(&out)
	case p.Phase == app.PhaseCancelling:
		v.cancelling(&out)
	default:
		v.waiting(&out)
	}
	if p.Trouble != nil {
		out.Rules = append([]string{v.t("pay.trouble")}, out.Rules...)
		out.Text, out.Lead = "", ""
	}
	return out
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

// waited is how long the payment has been going on. A deadline is steadier
// than the wall clock, which somebody may set.
func (v view) waited() time.Duration {
	p := v.s.payment
	if !p.Deadline.IsZero() {
		return max(0, v.limit()-p.Deadline.Sub(v.s.now))
	}
	return max(0, v.s.now.Sub(p.Since))
}

// limit is how long it may go on before it is cancelled; 0 when it has no end.
func (v view) limit() time.Duration {
	p := v.s.payment
	if p.Deadline.IsZero() {
		return 0
	}
	return p.Deadline.Sub(p.Since).Round(time.Second)
}

func (v view) part() float64 {
	if v.limit() <= 0 {
		return 1
	}
	return min(1, float64(v.waited())/float64(v.limit()))
}

// timeline are the steps of this tender, and the queries as one line that
// changes.
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
	if n := p.Tender.Queries; n > 0 && !p.Phase.Final() {
		list = append(list, kit.Event{
			Time: v.s.asking, Icon: kit.IconAgain, Color: kit.Ink,
			Text: v.t("pay.queried", "n", n),
		})
	}
	return list
}
