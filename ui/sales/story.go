package sales

import (
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// step is one line of a sale's story: what was sent, answered, decided.
type step struct {
	time  string // "13:57:41"
	icon  kit.Icon
	token kit.Token
	text  string
	code  string // the channel's code, apart from the sentence; usually empty
}

// story is the timeline of a sale, oldest first.
func story(d *screen.Desk, s data.SaleDetail) []step {
	tenders := map[int64]data.Tender{}
	for _, t := range s.Tenders {
		tenders[t.ID] = t
	}
	refunds := map[int64]data.Refund{}
	for _, r := range s.Refunds {
		refunds[r.ID] = r
	}
	var steps []step
	for _, e := range s.Events {
		t := tenders[e.TenderID]
		st := step{time: e.At.In(payment.Beijing).Format("15:04:05")}
		st.icon, st.token = eventIcon(e, t)
		st.text, st.code = eventText(d, e, t, refunds[e.RefundID])
		if e.Kind == data.EventCreated && len(s.Tenders) > 1 {
			st.text = d.Words.T("sales.story.attempt", "n", t.Attempt, "text", st.text)
		}
		steps = append(steps, st)
	}
	return steps
}

// eventText is the sentence of an event and, apart from it, the channel's code.
func eventText(d *screen.Desk, e data.Event, t data.Tender, r data.Refund) (text, code string) {
	switch e.Kind {
	case data.EventFailed:
		if t.Reason != payment.ReasonNone {
			return reasonText(d, t.Reason, t), e.Detail
		}
	case data.EventRefundRefused:
		text = d.Words.T("refund.refused")
		if r.Why != payment.ReasonNone {
			text = d.Words.T("sales.story.refund", "amount", e.Amount.Grouped(), "text", reasonText(d, r.Why, t))
		}
		return text, e.Detail
	}
	switch {
	case e.Kind == data.EventCreated && t.Method == payment.MethodCode:
		return d.Words.T("sales.story.scanned", "code", e.Detail), ""
	case e.Kind == data.EventRefundAsked && t.Method == payment.MethodCash:
		return d.Words.T("sales.story.cash_back", "amount", e.Amount.Grouped()), ""
	}
	if isCode(e.Kind) {
		code, e.Detail = e.Detail, ""
	}
	return d.EventText(e, t), code
}

// isCode reports whether an event's detail is a code of the channel.
func isCode(kind data.EventKind) bool {
	switch kind {
	case data.EventUnknown, data.EventFailed, data.EventCancelUnknown, data.EventRefundUnknown,
		data.EventPaid, data.EventClosed, data.EventReversed, data.EventWaiting, data.EventPassword, data.EventRefunded:
		return true
	}
	return false
}

// reasonText is the first sentence of a reason, without its full stop: what
// happened, as part of a list.
func reasonText(d *screen.Desk, r payment.Reason, t data.Tender) string {
	what, _ := d.Why(r, t.Channel, t.Wallet)
	return strings.TrimRight(what, "。.")
}

// eventIcon is the icon of an event. How a tender was begun shows its own.
func eventIcon(e data.Event, t data.Tender) (kit.Icon, kit.Token) {
	if e.Kind != data.EventCreated {
		if e.Kind == data.EventRefunded {
			return kit.IconRefunded, kit.Mute
		}
		return screen.EventIcon(e.Kind)
	}
	switch t.Method {
	case payment.MethodQR:
		return kit.IconQR, kit.Ink2
	case payment.MethodCash:
		return kit.IconCash, kit.Ink2
	}
	return kit.IconScan, kit.Ink2
}
