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

// shown is everything that a panel is made from.
type shown struct {
	deposit app.Deposit
	step    *app.DepositStep   // the step whose end is shown; nil for a hold
	detail  data.DepositDetail // empty until it was read
	room    []data.Deposit     // others of the room with something held
	now     time.Time
	asked   bool // the first of two steps was taken
	aside   bool // it was put aside, is of an earlier run, or asks for a decision: the left side is free
	asking  string

	qrs      []payment.Wallet // that a QR can be shown for
	toWallet payment.Wallet   // whose QR follows this one; WalletNone for none
}

// panel words a hold, or the end of a step.
func (sh shown) panel(d *screen.Desk) panel.Panel {
	if sh.step != nil {
		return stepPanel(d, *sh.step, sh)
	}
	deposit := sh.deposit
	v := view{d: d, s: sh, channel: d.Wallet(deposit.Channel, deposit.Wallet)}
	tell := panel.Telling{
		Line: lineOf(deposit), Desk: d, Words: "hold", Now: sh.now, Asked: sh.asked, Aside: sh.aside,
		Timeline: v.timeline(), AskedAt: sh.asking, QRs: sh.qrs, Switch: sh.toWallet,
	}
	return tell.WithTrouble(v.panel(tell))
}

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
	s       shown
	channel string
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

func (v view) panel(tell panel.Telling) panel.Panel {
	d := v.s.deposit
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
	for _, e := range v.s.detail.Events {
		if e.StepID == 0 {
			list = append(list, panel.Step(e, v.d.DepositEventText(e, v.s.detail.Deposit)))
		}
	}
	return list
}

// held: the money is set aside, and the guest signs.
func (v view) held() (out panel.Panel) {
	p := v.s.deposit
	out.Head = kit.ResultHead{Kind: kit.ResultPaid, Icon: kit.IconPaid, Word: v.t("hold.held.title"), Line: v.channel, Amount: p.Amount.Grouped()}
	paper := panel.Paper(v.d, v.t("hold.paper"), v.s.detail.Prints, data.PrintDeposit, data.PrintReprint)
	out.Lead = v.t("hold.held.do")
	for _, job := range v.s.detail.Prints {
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
	d := v.s.deposit
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

// refused is the panel of an act that led to no deposit at all. Like a failure
// it stays until it was seen.
type refused struct {
	panel.Panel
	again bool // Enter was pressed once
}

// refusal words why nothing was sent. amount is what stands, fen.
func refusal(d *screen.Desk, err error, amount payment.Amount) *refused {
	w := d.Words
	r := &refused{Panel: panel.NothingSent(d, amount, w.T("hold.refused.title"), w.T("hold.refused.line"), d.Sentence(err), w.T("hold.refused.kept"))}
	if p, ok := app.ProblemOf(err); ok && p.Kind == app.ProblemNoHold && len(p.Pairs) == 2 {
		if wallet, _ := p.Pairs[1].(string); wallet != "" {
			r.refuseWallet(d, payment.Wallet(wallet))
		}
	}
	return r
}

// refuseWallet says that a wallet is not taken here, or takes no deposits, and
// what the guest can do instead.
func (r *refused) refuseWallet(d *screen.Desk, wallet payment.Wallet) {
	w, key := d.Words, "hold.refused.wallet.off"
	if d.Till.TakenBy(wallet) != "" { // it pays, and holds nothing
		key = "hold.refused.wallet"
	}
	r.Head.Word, r.Lead = w.T("till.refused.wallet.title"), w.T(key, "wallet", w.T("wallet."+string(wallet)))
	r.Text = w.T("hold.refused.wallet.cash")
	if holds := d.Till.HoldWallets(); len(holds) > 0 {
		r.Text = w.T("hold.refused.wallet.do", "wallets", d.WalletList(holds))
	}
}
