package deposits

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// What the buttons of the panels ask for beside those of any hold.
const (
	reprint  panel.Intent = panel.Own + iota
	openIt                // show the deposit itself
	openNext              // go on with the next deposit of the room
)

// lineOf is the hold as the panel has it.
func lineOf(d app.Deposit) panel.Line {
	return panel.Line{
		ID: d.ID, ReceiptNo: d.ReceiptNo, OrderNo: d.OutOrderNo, Way: data.Way{Channel: d.Channel, Wallet: d.Wallet},
		Method: d.Method, Amount: d.Amount, State: d.Hold, Phase: d.Phase,
		QRText: d.QRText, Since: d.CreatedAt, Deadline: d.Deadline, DueAt: d.DueAt, Overdue: d.Overdue, Queries: d.Queries,
		Cancel: d.CancelAsked, Offline: d.Offline, Parked: d.Parked, Resumed: d.Resumed, Trouble: d.Trouble != nil,
		EndedAt: d.EndedAt, Reason: d.Reason, Code: d.Code,
	}
}

// view holds what the words of one panel need.
type view struct {
	d       *screen.Desk
	deposit app.Deposit
	detail  data.DepositDetail // empty until it was read
	channel string
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

// Panel words a hold, or the end of a step.
func (s hold) Panel(a shown, tell panel.Telling) panel.Panel {
	d, about := a.Deposit, s.about.of(a.ID)
	if a.step != nil {
		return stepPanel(s.desk, *a.step, around{about: about, now: tell.Now})
	}
	v := view{d: s.desk, deposit: d, detail: about.detail, channel: s.desk.Wallet(d.Channel, d.Wallet)}
	tell.Timeline = v.timeline()
	switch {
	case d.Phase.Final() && d.Attention != data.AttentionNone:
		return v.attention(tell)
	case d.Phase == app.PhasePaid:
		return v.held()
	case d.Phase == app.PhaseFailed:
		return tell.Failed()
	case d.Phase == app.PhaseClosed:
		return v.closed(tell)
	case d.Phase == app.PhaseReversed:
		return tell.Reversed()
	}
	return tell.Open()
}

// timeline is what happened to the hold, without the steps of the deposit.
func (v view) timeline() []kit.Event {
	var list []kit.Event
	for _, e := range v.detail.Events {
		if e.StepID == 0 {
			list = append(list, panel.Step(e, v.d.DepositEventText(e, v.detail.Deposit)))
		}
	}
	return list
}

// held: the money is set aside, and the guest signs.
func (v view) held() (out panel.Panel) {
	p := v.deposit
	out.Head = kit.ResultHead{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: v.t("hold.held.title"), Line: v.channel, Amount: p.Amount.Grouped()}
	paper := panel.Paper(v.d, v.t("hold.paper"), v.detail.Prints, data.PrintDeposit, data.PrintReprint)
	out.Lead = v.t("hold.held.do")
	for _, job := range v.detail.Prints {
		if job.Kind == data.PrintDeposit && job.State == data.PrintDone {
			out.Lead = v.t("hold.held.printed")
		}
	}
	fact := func(key, value string) {
		if value != "" {
			out.Facts = append(out.Facts, kit.Fact{Label: v.t(key), Value: value})
		}
	}
	out.Facts = append(out.Facts, kit.Fact{Label: v.t("pay.receipt"), Value: p.ReceiptNo, Bold: true})
	fact("deposit.for", joined("  ", p.Room, p.Guest))
	if p.Channel == payment.Cash {
		out.Head.Word = v.t("hold.held.cash")
		fact("pay.tendered", p.Tendered.Grouped())
		if p.Change > 0 {
			out.Figure = panel.Figure{Name: v.t("pay.change"), Amount: p.Change.Grouped()}
		}
	} else {
		fact("hold.held_at", v.took(p))
		fact("pay.payer", p.Payer)
		if p.Wallet == payment.WalletWeChat {
			fact("deposit.end", v.t("deposit.end.wechat", "n", wechatDays))
		}
	}
	out.Facts = append(out.Facts, paper)
	if p.AuthNo != "" { // last: where room is short, it is what nobody misses
		out.Facts = append(out.Facts, kit.Fact{Label: v.t("deposit.auth_no"), Value: panel.Middle(p.AuthNo), Mono: true})
	}
	out.Second = []panel.Button{
		{Word: v.t("pay.reprint"), Key: string(v.d.Keys[screen.ActReprint]), Icon: kit.IconPrint, Do: reprint},
		{Word: v.t("deposit.open"), Do: openIt, Apart: true},
	}
	out.Caption = v.t("hold.held.hint")
	return out
}

// took is when the hold came about, and after how long where that was felt.
func (v view) took(p app.Deposit) string {
	at := panel.ClockTime(p.EndedAt)
	if took := p.EndedAt.Sub(p.CreatedAt); took >= time.Second {
		return v.t("pay.took", "time", at, "span", panel.Span(v.d.Words, took))
	}
	return at
}

// closed: cancelled or too late, and the channel confirmed that nothing is held.
func (v view) closed(tell panel.Telling) panel.Panel {
	what := v.t("hold.closed.what")
	if tell.Expired() {
		what = v.t("hold.closed.expired")
	}
	return tell.Closed(what, v.t("hold.closed.do"))
}

// attention: something happened to the deposit that a person has to decide
// about.
func (v view) attention(tell panel.Telling) (out panel.Panel) {
	d := v.deposit
	if d.Attention == data.AttentionTaken {
		out = tell.Taken(d.Released)
	} else {
		out = tell.Late()
	}
	out.Facts = []kit.Fact{{Label: v.t("pay.receipt"), Value: d.ReceiptNo, Bold: true}}
	if who := joined("  ", d.Room, d.Guest); who != "" {
		out.Facts = append(out.Facts, kit.Fact{Label: v.t("deposit.for"), Value: who})
	}
	return out
}
