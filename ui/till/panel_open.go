package till

import (
	"fmt"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// The panels of a payment that has no end yet.

// waiting: sent, or the payer is asked on the phone.
func (v view) waiting(out *panel.Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, v.channel
	out.Head.Word, out.Text = v.t("pay.waiting.title"), v.t("pay.waiting.do")
	if v.s.payment.Phase == app.PhaseSending {
		out.Head.Word, out.Text = v.t("pay.sending.title"), v.t("pay.sending.do")
		if v.s.payment.Tender.Method == payment.MethodQR {
			out.Text = v.t("pay.sending.qr")
		}
	}
	out.Clock = panel.Clock{
		Label: v.t("pay.waited"), Value: panel.Span(v.d.Words, v.waited()), Large: true, Done: v.part(), Bar: kit.Accent,
		Right: v.t("pay.limit", "s", int(v.limit()/time.Second)),
	}
	out.Timeline = v.timeline()
	out.Main = []panel.Button{{Word: v.t("pay.cancel"), Key: "Esc", Do: cancelPayment}}
	out.Caption = v.t("pay.cancel.hint")
	if v.s.aside {
		v.asideButtons(out)
	}
}

// qr: the payer scans what stands on the screen.
func (v view) qr(out *panel.Panel) {
	p := v.s.payment
	out.Head.Compact, out.Head.Kind, out.Head.Icon, out.QR = true, kit.ResultWaiting, kit.IconQR, p.QRText
	out.Head.Word, out.Head.Line = v.t("pay.qr.title"), v.channel
	remaining := max(0, p.Deadline.Sub(v.s.now)).Round(time.Second)
	out.Clock = panel.Clock{
		Label: v.t("pay.qr.left"), Value: fmt.Sprintf("%d:%02d", int(remaining.Minutes()), int(remaining.Seconds())%60),
		Large: true, Done: 1 - v.part(), Bar: kit.Accent,
		Left: v.t("pay.qr.not_scanned"),
	}
	if p.Tender.Queries > 0 {
		out.Clock.Left = v.t("pay.qr.not_scanned_n", "n", p.Tender.Queries)
	}
	if p.Phase == app.PhaseQRScanned {
		out.Head.Word = v.t("pay.qr.scanned.title")
		out.Clock.Left = v.t("pay.qr.scanned")
	}
	out.Second = []panel.Button{
		{Word: v.t("pay.qr.cancel"), Key: "Esc", Do: cancelPayment},
		{Word: v.t("pay.qr.switch"), Key: string(v.d.Keys[screen.ActScan]), Icon: kit.IconScan, Do: switchToScan},
	}
	if v.s.aside {
		out.Second = []panel.Button{{Word: v.t("pay.back"), Key: "Esc", Do: backToList}}
	}
}

// cancelling: the channel is asked to cancel, and then whether it did.
func (v view) cancelling(out *panel.Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, v.channel
	out.Head.Word, out.Text = v.t("pay.cancelling.title"), v.t("pay.cancelling.do")
	out.Clock = panel.Clock{Label: v.t("pay.waited"), Value: panel.Span(v.d.Words, v.waited()), Large: true, Done: 1, Bar: kit.Accent}
	out.Timeline = v.timeline()
	out.Main = []panel.Button{{Word: v.t("pay.park"), Key: "Enter", Do: park}}
	out.Caption = v.t("pay.park.hint")
	if v.s.aside {
		v.asideButtons(out)
	}
}

// unknown: nobody knows whether the money moved.
func (v view) unknown(out *panel.Panel) {
	p := v.s.payment
	out.Head.Kind, out.Head.Icon = kit.ResultUnknown, kit.IconUnknown
	out.Head.Word, out.Head.Line = v.t("pay.unknown.title"), v.t("pay.unknown.line")
	out.Clock = panel.Clock{
		Label: v.t("pay.unknown.asking", "n", max(1, p.Tender.Queries)), Value: panel.Span(v.d.Words, v.waited()),
		Done: v.part(), Bar: kit.WarnFill, Left: v.t("pay.unknown.limit", "s", int(v.limit()/time.Second)),
	}
	switch {
	case p.Offline:
		out.Clock.Label, out.Clock.Left = v.t("pay.unknown.offline"), v.t("pay.unknown.offline.hint")
	case p.Tender.CancelAsked:
		out.Clock.Label, out.Clock.Left = v.t("pay.unknown.cancelling"), v.t("pay.unknown.cancelling.hint")
	case v.limit() == 0:
		out.Clock.Left = ""
	}
	out.Rules = []string{v.t("pay.unknown.rule1"), v.t("pay.unknown.rule2"), v.t("pay.unknown.rule3")}
	if v.s.aside {
		v.asideButtons(out)
		return
	}
	out.Main = []panel.Button{{Word: v.t("pay.park"), Key: "Enter", Kind: kit.Default, Do: park}}
	v.unknownButtons(out)
}

// unknownButtons: ask now, and cancel in two steps. The second step stands
// where a second tap of the first one does not hit it.
func (v view) unknownButtons(out *panel.Panel) {
	p := v.s.payment
	query := panel.Button{
		Word: v.t("pay.query"), Key: string(v.d.Keys[screen.ActQuery]), Icon: kit.IconAgain, Do: queryNow,
	}
	last := panel.Button{Word: v.t("pay.undo"), Kind: kit.Destructive, Do: askCancel, Apart: true, Far: true, Off: p.Tender.CancelAsked}
	if v.s.asked && !p.Tender.CancelAsked {
		out.Main = []panel.Button{{Word: v.t("pay.undo.sure", "amount", p.Tender.Amount.Grouped()), Kind: kit.MoneyOut, Do: cancelPayment}}
		last = panel.Button{Word: v.t("pay.undo.no"), Key: "Esc", Do: keepIt, Apart: true, Far: true}
		out.Rules = []string{v.t("pay.undo.what")}
	}
	out.Second = []panel.Button{query, last}
}

// asideButtons are those of a payment that was put aside and is looked at.
func (v view) asideButtons(out *panel.Panel) {
	out.Main = []panel.Button{{Word: v.t("pay.back"), Key: "Esc", Do: backToList}}
	out.Caption = ""
	v.unknownButtons(out)
}
