package till

import (
	"fmt"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// The panels of a payment that has no end yet.

// waiting: sent, or the payer is asked on the phone.
func (v view) waiting(out *panel) {
	out.head.Kind, out.head.Icon, out.head.Line = kit.ResultWaiting, kit.IconWaiting, v.channel
	out.head.Word, out.text = v.t("pay.waiting.title"), v.t("pay.waiting.do")
	if v.s.payment.Phase == app.PhaseSending {
		out.head.Word, out.text = v.t("pay.sending.title"), v.t("pay.sending.do")
		if v.s.payment.Tender.Method == payment.MethodQR {
			out.text = v.t("pay.sending.qr")
		}
	}
	out.clock = clock{
		label: v.t("pay.waited"), value: v.span(v.waited()), large: true, done: v.part(), bar: kit.Accent,
		right: v.t("pay.limit", "s", int(v.limit()/time.Second)),
	}
	out.timeline = v.timeline()
	out.main = []button{{word: v.t("pay.cancel"), key: "Esc", do: cancelPayment}}
	out.caption = v.t("pay.cancel.hint")
	if v.s.aside {
		v.asideButtons(out)
	}
}

// qr: the payer scans what stands on the screen.
func (v view) qr(out *panel) {
	p := v.s.payment
	out.head.Compact, out.head.Kind, out.head.Icon, out.qr = true, kit.ResultWaiting, kit.IconQR, p.QRText
	out.head.Word, out.head.Line = v.t("pay.qr.title"), v.channel
	remaining := max(0, p.Deadline.Sub(v.s.now)).Round(time.Second)
	out.clock = clock{
		label: v.t("pay.qr.left"), value: fmt.Sprintf("%d:%02d", int(remaining.Minutes()), int(remaining.Seconds())%60),
		large: true, done: 1 - v.part(), bar: kit.Accent,
		left: v.t("pay.qr.not_scanned"),
	}
	if p.Tender.Queries > 0 {
		out.clock.left = v.t("pay.qr.not_scanned_n", "n", p.Tender.Queries)
	}
	if p.Phase == app.PhaseQRScanned {
		out.head.Word = v.t("pay.qr.scanned.title")
		out.clock.left = v.t("pay.qr.scanned")
	}
	out.second = []button{
		{word: v.t("pay.qr.cancel"), key: "Esc", do: cancelPayment},
		{word: v.t("pay.qr.switch"), key: string(v.d.Keys[screen.ActScan]), icon: kit.IconScan, do: switchToScan},
	}
	if v.s.aside {
		out.second = []button{{word: v.t("pay.back"), key: "Esc", do: backToList}}
	}
}

// cancelling: the channel is asked to cancel, and then whether it did.
func (v view) cancelling(out *panel) {
	out.head.Kind, out.head.Icon, out.head.Line = kit.ResultWaiting, kit.IconWaiting, v.channel
	out.head.Word, out.text = v.t("pay.cancelling.title"), v.t("pay.cancelling.do")
	out.clock = clock{label: v.t("pay.waited"), value: v.span(v.waited()), large: true, done: 1, bar: kit.Accent}
	out.timeline = v.timeline()
	out.main = []button{{word: v.t("pay.park"), key: "Enter", do: park}}
	out.caption = v.t("pay.park.hint")
	if v.s.aside {
		v.asideButtons(out)
	}
}

// unknown: nobody knows whether the money moved.
func (v view) unknown(out *panel) {
	p := v.s.payment
	out.head.Kind, out.head.Icon = kit.ResultUnknown, kit.IconUnknown
	out.head.Word, out.head.Line = v.t("pay.unknown.title"), v.t("pay.unknown.line")
	out.clock = clock{
		label: v.t("pay.unknown.asking", "n", max(1, p.Tender.Queries)), value: v.span(v.waited()),
		done: v.part(), bar: kit.WarnFill, left: v.t("pay.unknown.limit", "s", int(v.limit()/time.Second)),
	}
	switch {
	case p.Offline:
		out.clock.label, out.clock.left = v.t("pay.unknown.offline"), v.t("pay.unknown.offline.hint")
	case p.Tender.CancelAsked:
		out.clock.label, out.clock.left = v.t("pay.unknown.cancelling"), v.t("pay.unknown.cancelling.hint")
	case v.limit() == 0:
		out.clock.left = ""
	}
	out.rules = []string{v.t("pay.unknown.rule1"), v.t("pay.unknown.rule2"), v.t("pay.unknown.rule3")}
	if v.s.aside {
		v.asideButtons(out)
		return
	}
	out.main = []button{{word: v.t("pay.park"), key: "Enter", kind: kit.Default, do: park}}
	v.unknownButtons(out)
}

// unknownButtons: ask now, and cancel in two steps. The second step stands
// where a second tap of the first one does not hit it.
func (v view) unknownButtons(out *panel) {
	p := v.s.payment
	query := button{
		word: v.t("pay.query"), key: string(v.d.Keys[screen.ActQuery]), icon: kit.IconAgain, do: queryNow,
	}
	last := button{word: v.t("pay.undo"), kind: kit.Destructive, do: askCancel, apart: true, off: p.Tender.CancelAsked}
	if v.s.asked && !p.Tender.CancelAsked {
		out.main = []button{{word: v.t("pay.undo.sure", "amount", p.Tender.Amount.Grouped()), kind: kit.MoneyOut, do: cancelPayment}}
		last = button{word: v.t("pay.undo.no"), key: "Esc", do: keepIt, apart: true}
		out.rules = []string{v.t("pay.undo.what")}
	}
	out.second = []button{query, last}
}

// asideButtons are those of a payment that was put aside and is looked at.
func (v view) asideButtons(out *panel) {
	out.main = []button{{word: v.t("pay.back"), key: "Esc", do: backToList}}
	out.caption = ""
	v.unknownButtons(out)
}
