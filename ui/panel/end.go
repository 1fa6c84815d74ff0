package panel

import (
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// The panels of a line that ended without money, and of money about which a
// person has to decide.

// Failed is a definite no of the channel. It stays until somebody has seen it.
func (g Telling) Failed() Panel {
	w := g.Desk.Words
	out := g.over(kit.ResultFailed, kit.IconFailed, g.t("failed.title"))
	out.Lead, out.Text = g.Why()
	may := kit.Fact{Label: w.T("pay.retry"), Value: w.T("pay.retry.no"), Icon: kit.IconCross, Color: kit.Bad, Bold: true}
	if g.Reason.MayRetry() {
		may = kit.Fact{Label: w.T("pay.retry"), Value: w.T("pay.retry.yes"), Icon: kit.IconTick, Color: kit.Ok, Bold: true}
	}
	out.Facts = append(out.Facts, may)
	if g.Code != "" {
		out.Facts = append(out.Facts, kit.Fact{Label: w.T("pay.code", "channel", g.Desk.Channel(g.Way.Channel)), Value: g.Code, Mono: true})
	}
	out.Facts = append(out.Facts, kit.Fact{Label: w.T("pay.receipt"), Value: g.ReceiptNo})
	return out
}

// Why says why the channel refused, and what to do now.
func (g Telling) Why() (what, do string) {
	kept := "pay.kept"
	if !g.Reason.MayRetry() {
		kept = "pay.kept.cash"
	}
	what, do = g.Desk.Why(g.Reason, g.Way.Channel, g.Way.Wallet)
	return what, do + "\n" + g.Desk.Words.T(kept)
}

// Closed is cancelled or too late, and the channel confirmed that no money
// moved. The caller says what that means, and what to do.
func (g Telling) Closed(what, do string) Panel {
	word := "pay.closed.title"
	if g.Expired() {
		word = "pay.closed.expired"
	}
	out := g.over(kit.ResultPlain, kit.IconClosed, g.Desk.Words.T(word))
	out.Lead, out.Text, out.Timeline = what, do, g.Timeline
	out.Caption = g.t("closed.hint")
	return out
}

// Reversed had been there, and the cancel gave it back.
func (g Telling) Reversed() Panel {
	out := g.over(kit.ResultPlain, kit.IconRefunded, g.t("reversed.title"))
	out.Lead, out.Text, out.Timeline = g.t("reversed.what"), g.t("closed.do"), g.Timeline
	return out
}

// over is what all have that ended without money: a head, and that they stay
// until they were seen. Asked says that Enter was pressed once already.
func (g Telling) over(kind kit.ResultKind, icon kit.Icon, word string) Panel {
	w := g.Desk.Words
	out := Panel{
		Head:    kit.ResultHead{Kind: kind, Icon: icon, Word: word, Line: g.ended(), Amount: g.Amount.Grouped()},
		Main:    []Button{{Word: w.T("pay.ok"), Key: "Esc", Do: Dismiss}},
		Caption: w.T("pay.failed.hint"),
	}
	if g.Asked {
		out.Caption = w.T("pay.failed.again")
	}
	return out
}

// ended is what with, and when it ended.
func (g Telling) ended() string { return g.t("failed.line", "time", ClockTime(g.EndedAt)) }

// Late is money that came after everybody had been told that it would not. A
// person keeps it, or gives it back in two steps.
func (g Telling) Late() Panel {
	amount := g.Amount.Grouped()
	out := g.alert(g.t("late.title"))
	out.Lead, out.Text = g.t("late.what", "amount", amount), g.t("late.do")
	out.Main = []Button{{Word: g.t("late.keep"), Do: KeepLate}}
	out.Second = []Button{
		{Word: g.t("later"), Key: "Esc", Do: Back},
		{Word: g.t("late.return"), Kind: kit.Destructive, Do: AskReturnLate, Apart: true, Far: true},
	}
	if g.Asked {
		out.Main = []Button{{Word: g.t("late.sure", "amount", amount), Kind: kit.MoneyOut, Do: ReturnLate}}
		out.Second = []Button{{Word: g.t("late.no"), Key: "Esc", Do: KeepIt, Apart: true, Far: true}}
	}
	return out
}

// Taken is money, fen, that the channel took back after it had confirmed it.
func (g Telling) Taken(amount payment.Amount) Panel {
	out := g.alert(g.t("taken.title"))
	out.Lead, out.Text = g.t("taken.what", "amount", amount.Grouped()), g.t("taken.do")
	out.Main = []Button{{Word: g.t("ok"), Do: KeepLate}}
	out.Second = []Button{{Word: g.t("later"), Key: "Esc", Do: Back}}
	return out
}

func (g Telling) alert(word string) Panel {
	return Panel{Head: kit.ResultHead{Kind: kit.ResultUnknown, Icon: kit.IconAlert, Word: word, Line: g.ended(), Amount: g.Amount.Grouped()}}
}

// NothingSent is an act that led to nothing at all: what was to be taken, fen,
// why it was not, and what to do. Like a failure it stays until it was seen.
func NothingSent(d *screen.Desk, amount payment.Amount, word, line, why, do string) Panel {
	w := d.Words
	return Panel{
		Head: kit.ResultHead{Kind: kit.ResultFailed, Icon: kit.IconFailed, Word: word, Line: line, Amount: amount.Grouped()},
		Lead: why, Text: do,
		Main:    []Button{{Word: w.T("pay.ok"), Key: "Esc", Do: Dismiss}},
		Caption: w.T("pay.failed.hint"),
	}
}

// WithTrouble says on a panel that the ledger cannot be written, where that is so.
func (g Telling) WithTrouble(p Panel) Panel {
	if g.Trouble {
		p.Rules = append([]string{g.t("trouble")}, p.Rules...)
		p.Text, p.Lead = "", ""
	}
	return p
}

// Step is an event of a line in its timeline.
func Step(e data.Event, text string) kit.Event {
	icon, token := screen.EventIcon(e.Kind)
	return kit.Event{Time: ClockTime(e.At), Text: text, Icon: icon, Color: token, Quiet: e.Kind == data.EventCreated}
}
