package panel

import (
	"fmt"
	"slices"
	"strings"
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
	Deadline time.Time // when it is cancelled by itself; zero when it is being cancelled, and when it never is
	DueAt    time.Time // of what is never cancelled: when somebody looks into the channel's back office
	Overdue  bool      // and that is over
	OrderNo  string    // by which it is found there
	Now      time.Time
	Queries  int
	Cancel   bool // a cancel was asked for
	Offline  bool
	Asked    bool // the first of two steps was taken
	Aside    bool // it was put aside or is of an earlier run: the left side is free
	Timeline []kit.Event

	// QRs are the wallets that a QR can be shown for, where there are several, and
	// Switch is one whose QR follows once this one is closed; WalletNone for none.
	QRs    []payment.Wallet
	Switch payment.Wallet
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
	if end := o.end(); !end.IsZero() {
		return max(0, o.limit()-end.Sub(o.Now))
	}
	return max(0, o.Now.Sub(o.Since))
}

// end is when it is cancelled, or else when somebody has to look elsewhere; zero
// when neither is known.
func (o Open) end() time.Time {
	if o.Deadline.IsZero() {
		return o.DueAt
	}
	return o.Deadline
}

// limit is how long that is after its beginning; 0 when there is no end.
func (o Open) limit() time.Duration {
	if o.end().IsZero() {
		return 0
	}
	return o.end().Sub(o.Since).Round(time.Second)
}

// never reports what no cancel can end: it is waited for, or put aside.
func (o Open) never() bool { return !o.DueAt.IsZero() }

// office is a sentence about looking into the channel's back office.
func (o Open) office(key string) string {
	return o.t(key, "span", Limit(o.Desk.Words, o.limit()), "office", o.Desk.Channel(o.Way.Channel))
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
	if o.never() {
		out.Clock.Right = ""
		out.Text += "\n" + o.office("waiting.look")
		out.Main = []Button{{Word: o.t("park"), Key: "Enter", Do: Park}}
		out.Second = []Button{o.query()}
		out.Caption = o.t("park.hint")
	}
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
	o.choice(out)
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

// choice are the wallets that a QR can be shown for. Once this one was scanned,
// only a person who cancels it ends it.
func (o Open) choice(out *Panel) {
	if len(o.QRs) < 2 || o.Aside {
		return
	}
	words := make([]string, len(o.QRs))
	for i, w := range o.QRs {
		words[i] = o.Desk.Words.T("wallet." + string(w))
	}
	out.Choice = Choice{Words: strings.Join(words, "\n"), Index: slices.Index(o.QRs, o.Way.Wallet), Off: o.Phase == app.PhaseQRScanned}
	if !out.Choice.Off {
		out.Caption = o.t("qr.wallets", "key", string(o.Desk.Keys[screen.ActQR]))
	}
}

// cancelling: the channel is asked to cancel, and then whether it did.
func (o Open) cancelling(out *Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, o.name()
	out.Head.Word, out.Text = o.t("cancelling.title"), o.t("cancelling.do")
	if o.Switch != payment.WalletNone {
		next := o.Desk.Words.T("wallet." + string(o.Switch))
		out.Head.Word, out.Text = o.t("switching.title", "wallet", next), o.t("switching.do", "wallet", next)
	}
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
	case o.Overdue:
		out.Clock.Left = o.office("overdue.left")
	case o.never():
		out.Clock.Left = o.office("unknown.look")
	case o.limit() == 0:
		out.Clock.Left = ""
	}
	out.Rules = []string{o.t("unknown.rule1"), o.t("unknown.rule2"), o.t("unknown.rule3")}
	if o.Overdue {
		out.Rules = []string{o.t("unknown.rule1"), o.office("overdue.rule2"), o.t("overdue.rule3")}
		if o.OrderNo != "" {
			out.Facts = []kit.Fact{{Label: o.t("order_no"), Value: o.OrderNo, Mono: true}}
		}
	}
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
	if o.never() {
		out.Second = []Button{o.query()}
		return
	}
	last := Button{Word: o.t("undo"), Kind: kit.Destructive, Do: AskCancel, Apart: true, Far: true, Off: o.Cancel}
	if o.Asked && !o.Cancel {
		out.Main = []Button{{Word: o.t("undo.sure", "amount", o.Amount.Grouped()), Kind: kit.MoneyOut, Do: Cancel}}
		last = Button{Word: o.t("undo.no"), Key: "Esc", Do: KeepIt, Apart: true, Far: true}
		out.Rules = []string{o.t("undo.what")}
	}
	out.Second = []Button{o.query(), last}
}

func (o Open) query() Button {
	return Button{Word: o.t("query"), Key: string(o.Desk.Keys[screen.ActQuery]), Icon: kit.IconAgain, Do: QueryNow}
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
