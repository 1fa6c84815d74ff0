package panel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Telling is a line with what its panel tells beside it.
type Telling struct {
	Line

	Desk  *screen.Desk
	Words string // "pay" or "hold": where the words lie that differ
	Now   time.Time
	Asked bool // the first of two steps was taken
	Aside bool // the left side does not wait for it

	Timeline []kit.Event // its steps so far
	AskedAt  string      // when the channel was last asked, as a clock shows it

	// QRs are the wallets that a QR can be shown for, where there are several, and
	// Switch is one whose QR follows once this one is closed; WalletNone for none.
	QRs    []payment.Wallet
	Switch payment.Wallet
}

// Open words a line that has no end yet.
func (g Telling) Open() Panel {
	out := Panel{Head: kit.ResultHead{Amount: g.Amount.Grouped()}}
	if g.Queries > 0 {
		g.Timeline = append(g.Timeline, kit.Event{Time: g.AskedAt, Icon: kit.IconAgain, Color: kit.Ink, Text: g.t("queried", "n", g.Queries)})
	}
	switch g.Phase {
	case app.PhaseQR, app.PhaseQRScanned:
		g.qr(&out)
	case app.PhaseUnknown:
		g.unknown(&out)
	case app.PhaseCancelling:
		g.cancelling(&out)
	default:
		g.waiting(&out)
	}
	return out
}

// t is a sentence of this kind; a deposit has its own only where they differ from
// those of a payment.
func (g Telling) t(key string, pairs ...any) string {
	w := g.Desk.Words
	if own := g.Words + "." + key; w.Has(own) {
		key = own
	} else {
		key = "pay." + key
	}
	return w.T(key, append([]any{"channel", g.name()}, pairs...)...)
}

// name is what the payer pays with, in a word.
func (g Telling) name() string { return g.Desk.Wallet(g.Way.Channel, g.Way.Wallet) }

// office is a sentence about looking into the channel's back office.
func (g Telling) office(key string) string {
	return g.t(key, "span", Limit(g.Desk.Words, g.limit()), "office", g.Desk.Channel(g.Way.Channel))
}

func (g Telling) span() string { return Span(g.Desk.Words, g.waited(g.Now)) }

// waiting: sent, or the payer is asked on the phone.
func (g Telling) waiting(out *Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, g.name()
	out.Head.Word, out.Text = g.t("waiting.title"), g.t("waiting.do")
	if g.Phase == app.PhaseSending {
		out.Head.Word, out.Text = g.t("sending.title"), g.t("sending.do")
		if g.Method == payment.MethodQR {
			out.Text = g.t("sending.qr")
		}
	}
	out.Clock = Clock{
		Label: g.t("waited"), Value: g.span(), Large: true, Done: g.part(g.Now), Bar: kit.Accent,
		Right: g.t("limit", "s", int(g.limit()/time.Second)),
	}
	out.Timeline = g.Timeline
	out.Main = []Button{{Word: g.t("cancel"), Key: "Esc", Do: Cancel}}
	out.Caption = g.t("cancel.hint")
	if g.never() {
		out.Clock.Right = ""
		out.Text += "\n" + g.office("waiting.look")
		out.Main = []Button{{Word: g.t("park"), Key: "Enter", Do: Park}}
		out.Second = []Button{g.query()}
		out.Caption = g.t("park.hint")
	}
	if g.Aside {
		g.asideButtons(out)
	}
}

// qr: the payer scans what stands on the screen.
func (g Telling) qr(out *Panel) {
	out.Head.Compact, out.Head.Kind, out.Head.Icon, out.QR = true, kit.ResultWaiting, kit.IconQR, g.QRText
	out.Head.Word, out.Head.Line = g.t("qr.title"), g.name()
	remaining := max(0, g.Deadline.Sub(g.Now)).Round(time.Second)
	out.Clock = Clock{
		Label: g.t("qr.left"), Value: fmt.Sprintf("%d:%02d", int(remaining.Minutes()), int(remaining.Seconds())%60),
		Large: true, Done: 1 - g.part(g.Now), Bar: kit.Accent,
		Left: g.t("qr.not_scanned"),
	}
	if g.Queries > 0 {
		out.Clock.Left = g.t("qr.not_scanned_n", "n", g.Queries)
	}
	g.choice(out)
	if g.Phase == app.PhaseQRScanned {
		out.Head.Word = g.t("qr.scanned.title")
		out.Clock.Left = g.t("qr.scanned")
	}
	out.Second = []Button{
		{Word: g.t("qr.cancel"), Key: "Esc", Do: Cancel},
		{Word: g.t("qr.switch"), Key: string(g.Desk.Keys[screen.ActScan]), Icon: kit.IconScan, Do: SwitchToScan},
	}
	if g.Aside {
		out.Second = []Button{{Word: g.t("back"), Key: "Esc", Do: Back}}
	}
}

// choice are the wallets that a QR can be shown for. Once this one was scanned,
// only a person who cancels it ends it.
func (g Telling) choice(out *Panel) {
	if len(g.QRs) < 2 || g.Aside {
		return
	}
	words := make([]string, len(g.QRs))
	for i, w := range g.QRs {
		words[i] = g.Desk.Words.T("wallet." + string(w))
	}
	out.Choice = Choice{Words: strings.Join(words, "\n"), Index: slices.Index(g.QRs, g.Way.Wallet), Off: g.Phase == app.PhaseQRScanned}
	if !out.Choice.Off {
		out.Caption = g.t("qr.wallets", "key", string(g.Desk.Keys[screen.ActQR]))
	}
}

// cancelling: the channel is asked to cancel, and then whether it did.
func (g Telling) cancelling(out *Panel) {
	out.Head.Kind, out.Head.Icon, out.Head.Line = kit.ResultWaiting, kit.IconWaiting, g.name()
	out.Head.Word, out.Text = g.t("cancelling.title"), g.t("cancelling.do")
	if g.Switch != payment.WalletNone {
		next := g.Desk.Words.T("wallet." + string(g.Switch))
		out.Head.Word, out.Text = g.t("switching.title", "wallet", next), g.t("switching.do", "wallet", next)
	}
	out.Clock = Clock{Label: g.t("waited"), Value: g.span(), Large: true, Done: 1, Bar: kit.Accent}
	out.Timeline = g.Timeline
	out.Main = []Button{{Word: g.t("park"), Key: "Enter", Do: Park}}
	out.Caption = g.t("park.hint")
	if g.Aside {
		g.asideButtons(out)
	}
}

// unknown: nobody knows whether the money moved.
func (g Telling) unknown(out *Panel) {
	out.Head.Kind, out.Head.Icon = kit.ResultUnknown, kit.IconUnknown
	out.Head.Word, out.Head.Line = g.t("unknown.title"), g.t("unknown.line")
	out.Clock = Clock{
		Label: g.t("unknown.asking", "n", max(1, g.Queries)), Value: g.span(),
		Done: g.part(g.Now), Bar: kit.WarnFill, Left: g.t("unknown.limit", "s", int(g.limit()/time.Second)),
	}
	switch {
	case g.Offline:
		out.Clock.Label, out.Clock.Left = g.t("unknown.offline"), g.t("unknown.offline.hint")
	case g.Cancel:
		out.Clock.Label, out.Clock.Left = g.t("unknown.cancelling"), g.t("unknown.cancelling.hint")
	case g.Overdue:
		out.Clock.Left = g.office("overdue.left")
	case g.never():
		out.Clock.Left = g.office("unknown.look")
	case g.limit() == 0:
		out.Clock.Left = ""
	}
	out.Rules = []string{g.t("unknown.rule1"), g.t("unknown.rule2"), g.t("unknown.rule3")}
	if g.Overdue {
		out.Rules = []string{g.t("unknown.rule1"), g.office("overdue.rule2"), g.t("overdue.rule3")}
		if g.OrderNo != "" {
			out.Facts = []kit.Fact{{Label: g.t("order_no"), Value: g.OrderNo, Mono: true}}
		}
	}
	if g.Aside {
		g.asideButtons(out)
		return
	}
	out.Main = []Button{{Word: g.t("park"), Key: "Enter", Kind: kit.Default, Do: Park}}
	g.unknownButtons(out)
}

// unknownButtons: ask now, and cancel in two steps. The second step stands
// where a second tap of the first one does not hit it.
func (g Telling) unknownButtons(out *Panel) {
	if g.never() {
		out.Second = []Button{g.query()}
		return
	}
	last := Button{Word: g.t("undo"), Kind: kit.Destructive, Do: AskCancel, Apart: true, Far: true, Off: g.Cancel}
	if g.Asked && !g.Cancel {
		out.Main = []Button{{Word: g.t("undo.sure", "amount", g.Amount.Grouped()), Kind: kit.MoneyOut, Do: Cancel}}
		last = Button{Word: g.t("undo.no"), Key: "Esc", Do: KeepIt, Apart: true, Far: true}
		out.Rules = []string{g.t("undo.what")}
	}
	out.Second = []Button{g.query(), last}
}

func (g Telling) query() Button {
	return Button{Word: g.t("query"), Key: string(g.Desk.Keys[screen.ActQuery]), Icon: kit.IconAgain, Do: QueryNow}
}

// asideButtons are those of what was put aside and is looked at.
func (g Telling) asideButtons(out *Panel) {
	out.Main = []Button{{Word: g.t("back"), Key: "Esc", Do: Back}}
	out.Caption = ""
	g.unknownButtons(out)
}
