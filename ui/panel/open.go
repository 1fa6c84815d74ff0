package panel

import (
	"fmt"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// What the buttons of an open panel ask for. A screen's own intents begin with
// Own.
const (
	Cancel       Intent = iota + 1 // ask the channel to cancel
	AskCancel                      // the first of the two steps to cancel what is unknown
	KeepIt                         // back from the first step
	Park                           // put it aside; it goes on
	QueryNow                       // ask the channel at once
	SwitchToScan                   // cancel the QR and scan a pay code instead
	Back                           // to the list
	Dismiss                        // it was seen
	Own
)

// Open is a payment or a hold that has no end yet.
type Open struct {
	Desk     *screen.Desk
	Words    string   // "pay" or "hold": where the words lie that differ
	Way      data.Way // through which channel, from which wallet
	Amount   payment.Amount
	Method   payment.Method
	Phase    app.Phase
	QRText   string
	Since    time.Time // when it began
	Deadline time.Time // when it is cancelled by itself; zero when it is being cancelled
	Now      time.Time
	Queries  int
	Cancel   bool // a cancel was asked for
	Offline  bool
	Asked    bool // the first of two steps was taken
	Aside    bool // it was put aside or is of an earlier run: the left side is free
	Timeline []kit.Event
}

// Panel words it.
func (o Open) Panel() Panel {
	out := Panel{Head: kit.ResultHead{Amount: o.Amount.Grouped()}}
	switch o.Phase {
	case app.PhaseQR, app.PhaseQRScanned:
		o.qr(&out)
	case app.PhaseUnknown:
		o.unknown(&out)
	case app.PhaseCancelling:
		o.cancelling(&out)
	default:
		o.waiting(&out)
	}
	return out
}

// t is a sentence of the kind that is open; a deposit has its own only where
// they differ from those of a payment.
func (o Open) t(key string, pairs ...any) string {
	w := o.Desk.Words
	if own := o.Words + "." + key; w.Has(own) {
		key = own
	} else {
		key = "pay." + key
	}
	return w.T(key, append([]any{"channel", o.name()}, pairs...)...)
}

// name is what the payer pays with, in a word.
func (o Open) name() string { return o.Desk.Wallet(o.Way.Channel, o.Way.Wallet) }

// waited is how long it has been going on. A deadline is steadier than the wall
// clock, which somebody may set.
func (o Open) waited() time.Duration {
	if !o.Deadline.IsZero() {
		return max(0, o.limit()-o.Deadline.Sub(o.Now))
	}
	return max(0, o.Now.Sub(o.Since))
}

// limit is how long it may go on before it is cancelled; 0 when it has no end.
func (o Open) limit() time.Duration {
	if o.Deadline.IsZero() {
		return 0
	}
	return o.Deadline.Sub(o.Since).Round(time.Second)
}

func (o Open) part() float64 {
	if o.limit() <= 0 {
		return 1
	}
	return min(1, float64(o.waited())/float64(o.limit()))
}

func (o Open) span() string { return Span(o.Desk.Words, o.waited()) }

// waiting: sent, or the payer is asked on the phone.
func (o Open) waiting(out *Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, o.name()
	out.Head.Word, out.Text = o.t("waiting.title"), o.t("waiting.do")
	if o.Phase == app.PhaseSending {
		out.Head.Word, out.Text = o.t("sending.title"), o.t("sending.do")
		if o.Method == payment.MethodQR {
			out.Text = o.t("sending.qr")
		}
	}
	out.Clock = Clock{
		Label: o.t("waited"), Value: o.span(), Large: true, Done: o.part(), Bar: kit.Accent,
		Right: o.t("limit", "s", int(o.limit()/time.Second)),
	}
	out.Timeline = o.Timeline
	out.Main = []Button{{Word: o.t("cancel"), Key: "Esc", Do: Cancel}}
	out.Caption = o.t("cancel.hint")
	if o.Aside {
		o.asideButtons(out)
	}
}

// qr: the payer scans what stands on the screen.
func (o Open) qr(out *Panel) {
	out.Head.Compact, out.Head.Kind, out.Head.Icon, out.QR = true, kit.ResultWaiting, kit.IconQR, o.QRText
	out.Head.Word, out.Head.Line = o.t("qr.title"), o.name()
	remaining := max(0, o.Deadline.Sub(o.Now)).Round(time.Second)
	out.Clock = Clock{
		Label: o.t("qr.left"), Value: fmt.Sprintf("%d:%02d", int(remaining.Minutes()), int(remaining.Seconds())%60),
		Large: true, Done: 1 - o.part(), Bar: kit.Accent,
		Left: o.t("qr.not_scanned"),
	}
	if o.Queries > 0 {
		out.Clock.Left = o.t("qr.not_scanned_n", "n", o.Queries)
	}
	if o.Phase == app.PhaseQRScanned {
		out.Head.Word = o.t("qr.scanned.title")
		out.Clock.Left = o.t("qr.scanned")
	}
	out.Second = []Button{
		{Word: o.t("qr.cancel"), Key: "Esc", Do: Cancel},
		{Word: o.t("qr.switch"), Key: string(o.Desk.Keys[screen.ActScan]), Icon: kit.IconScan, Do: SwitchToScan},
	}
	if o.Aside {
		out.Second = []Button{{Word: o.t("back"), Key: "Esc", Do: Back}}
	}
}

// cancelling: the channel is asked to cancel, and then whether it did.
func (o Open) cancelling(out *Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, o.name()
	out.Head.Word, out.Text = o.t("cancelling.title"), o.t("cancelling.do")
	out.Clock = Clock{Label: o.t("waited"), Value: o.span(), Large: true, Done: 1, Bar: kit.Accent}
	out.Timeline = o.Timeline
	out.Main = []Button{{Word: o.t("park"), Key: "Enter", Do: Park}}
	out.Caption = o.t("park.hint")
	if o.Aside {
		o.asideButtons(out)
	}
}

// unknown: nobody knows whether the money moved.
func (o Open) unknown(out *Panel) {
	out.Head.Kind, out.Head.Icon = kit.ResultUnknown, kit.IconUnknown
	out.Head.Word, out.Head.Line = o.t("unknown.title"), o.t("unknown.line")
	out.Clock = Clock{
		Label: o.t("unknown.asking", "n", max(1, o.Queries)), Value: o.span(),
		Done: o.part(), Bar: kit.WarnFill, Left: o.t("unknown.limit", "s", int(o.limit()/time.Second)),
	}
	switch {
	case o.Offline:
		out.Clock.Label, out.Clock.Left = o.t("unknown.offline"), o.t("unknown.offline.hint")
	case o.Cancel:
		out.Clock.Label, out.Clock.Left = o.t("unknown.cancelling"), o.t("unknown.cancelling.hint")
	case o.limit() == 0:
		out.Clock.Left = ""
	}
	out.Rules = []string{o.t("unknown.rule1"), o.t("unknown.rule2"), o.t("unknown.rule3")}
	if o.Aside {
		o.asideButtons(out)
		return
	}
	out.Main = []Button{{Word: o.t("park"), Key: "Enter", Kind: kit.Default, Do: Park}}
	o.unknownButtons(out)
}

// unknownButtons: ask now, and cancel in two steps. The second step stands
// where a second tap of the first one does not hit it.
func (o Open) unknownButtons(out *Panel) {
	query := Button{Word: o.t("query"), Key: string(o.Desk.Keys[screen.ActQuery]), Icon: kit.IconAgain, Do: QueryNow}
	last := Button{Word: o.t("undo"), Kind: kit.Destructive, Do: AskCancel, Apart: true, Far: true, Off: o.Cancel}
	if o.Asked && !o.Cancel {
		out.Main = []Button{{Word: o.t("undo.sure", "amount", o.Amount.Grouped()), Kind: kit.MoneyOut, Do: Cancel}}
		last = Button{Word: o.t("undo.no"), Key: "Esc", Do: KeepIt, Apart: true, Far: true}
		out.Rules = []string{o.t("undo.what")}
	}
	out.Second = []Button{query, last}
}

// asideButtons are those of what was put aside and is looked at.
func (o Open) asideButtons(out *Panel) {
	out.Main = []Button{{Word: o.t("back"), Key: "Esc", Do: Back}}
	out.Caption = ""
	o.unknownButtons(out)
}

// Asking is the line of a timeline that counts the questions asked so far; at is
// when the last one was.
func (o Open) Asking(at string) kit.Event {
	return kit.Event{Time: at, Icon: kit.IconAgain, Color: kit.Ink, Text: o.t("queried", "n", o.Queries)}
}
