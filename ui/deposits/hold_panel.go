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

// What the buttons of the panels ask for beside those of an open hold.
const (
	reprint  panel.Intent = panel.Own + iota
	openIt                // show the deposit itself
	openNext              // go on with the next deposit of the room
	keepLate
	askReturnLate
	returnLate
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
	out := panel.Panel{Head: kit.ResultHead{Amount: deposit.Amount.Grouped()}}
	switch {
	case deposit.Phase.Final() && deposit.Attention != data.AttentionNone:
		v.attention(&out)
	case deposit.Phase == app.PhasePaid:
		v.held(&out)
	case deposit.Phase == app.PhaseFailed:
		v.failed(&out)
	case deposit.Phase == app.PhaseClosed:
		v.closed(&out)
	case deposit.Phase == app.PhaseReversed:
		v.reversed(&out)
	default:
		out = v.open().Panel()
	}
	if deposit.Trouble != nil {
		out.Rules = append([]string{v.t("pay.trouble")}, out.Rules...)
		out.Text, out.Lead = "", ""
	}
	return out
}

// wayOf is through what a deposit is held.
func wayOf(d data.Deposit) data.Way { return data.Way{Channel: d.Channel, Wallet: d.Wallet} }

// view holds what the words of one panel need.
type view struct {
	d       *screen.Desk
	s       shown
	channel string
}

func (v view) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.channel}, pairs...)...)
}

// open is the hold while it has no end.
func (v view) open() panel.Open {
	p := v.s.deposit
	o := panel.Open{
		Desk: v.d, Words: "hold", Way: wayOf(p.Deposit), Amount: p.Amount, Method: p.Method, Phase: p.Phase,
		QRText: p.QRText, Since: p.CreatedAt, Deadline: p.Deadline, DueAt: p.DueAt, Overdue: p.Overdue, OrderNo: p.OutOrderNo,
		Now: v.s.now, Queries: p.Queries, QRs: v.s.qrs, Switch: v.s.toWallet,
		Cancel: p.CancelAsked, Offline: p.Offline, Asked: v.s.asked, Aside: v.s.aside, Timeline: holdSteps(v.d, v.s.detail),
	}
	if o.Queries > 0 {
		o.Timeline = append(o.Timeline, o.Asking(v.s.asking))
	}
	return o
}

// holdSteps is what happened to the hold, without the steps of the deposit.
func holdSteps(d *screen.Desk, detail data.DepositDetail) []kit.Event {
	var list []kit.Event
	for _, e := range detail.Events {
		if e.StepID != 0 {
			continue
		}
		icon, token := screen.EventIcon(e.Kind)
		list = append(list, kit.Event{
			Time: panel.ClockTime(e.At), Text: d.DepositEventText(e, detail.Deposit), Icon: icon, Color: token, Quiet: e.Kind == data.EventCreated,
		})
	}
	return list
}

// held: the money is set aside, and the guest signs.
func (v view) held(out *panel.Panel) {
	p := v.s.deposit
	out.Head.Kind, out.Head.Icon = kit.ResultPaid, kit.IconPaid
	out.Head.Word, out.Head.Line = v.t("hold.held.title"), v.channel
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
}

// took is when the hold came about, and after how long where that was felt.
func (v view) took(p app.Deposit) string {
	at := panel.ClockTime(p.EndedAt)
	if took := p.EndedAt.Sub(p.CreatedAt); took >= time.Second {
		return v.t("pay.took", "time", at, "span", panel.Span(v.d.Words, took))
	}
	return at
}

// failed: a definite no. It stays until somebody has seen it.
func (v view) failed(out *panel.Panel) {
	p := v.s.deposit
	panel.Refusal(v.d, out, p.Reason, wayOf(p.Deposit), p.Code)
	out.Head.Word, out.Head.Line = v.t("hold.failed.title"), v.t("pay.failed.line", "time", panel.ClockTime(p.EndedAt))
	out.Facts = append(out.Facts, kit.Fact{Label: v.t("pay.receipt"), Value: p.ReceiptNo})
	panel.Dismissable(v.d.Words, out, v.s.asked)
}

// closed: cancelled or too late, and the channel confirmed that nothing is held.
func (v view) closed(out *panel.Panel) {
	p := v.s.deposit
	out.Head.Kind, out.Head.Icon = kit.ResultPlain, kit.IconClosed
	out.Head.Word, out.Head.Line = v.t("pay.closed.title"), v.t("pay.failed.line", "time", panel.ClockTime(p.EndedAt))
	out.Lead = v.t("hold.closed.what")
	if p.Method == payment.MethodQR && p.Reason == payment.ReasonTimeout {
		out.Head.Word, out.Lead = v.t("pay.closed.expired"), v.t("hold.closed.expired")
	}
	out.Text = v.t("hold.closed.do")
	out.Timeline = holdSteps(v.d, v.s.detail)
	panel.Dismissable(v.d.Words, out, v.s.asked)
	out.Caption = v.t("pay.closed.hint")
}

// reversed: it had been held, and the cancel gave it free.
func (v view) reversed(out *panel.Panel) {
	out.Head.Kind, out.Head.Icon = kit.ResultPlain, kit.IconRefunded
	out.Head.Word, out.Head.Line = v.t("hold.reversed.title"), v.t("pay.failed.line", "time", panel.ClockTime(v.s.deposit.EndedAt))
	out.Lead, out.Text = v.t("hold.reversed.what"), v.t("hold.closed.do")
	out.Timeline = holdSteps(v.d, v.s.detail)
	panel.Dismissable(v.d.Words, out, v.s.asked)
}

// attention: something happened to the deposit that a person has to decide
// about.
func (v view) attention(out *panel.Panel) {
	p := v.s.deposit
	amount := p.Amount.Grouped()
	out.Head.Kind, out.Head.Icon = kit.ResultUnknown, kit.IconAlert
	out.Head.Line = v.t("pay.failed.line", "time", panel.ClockTime(p.EndedAt))
	out.Facts = []kit.Fact{{Label: v.t("pay.receipt"), Value: p.ReceiptNo, Bold: true}}
	if who := joined("  ", p.Room, p.Guest); who != "" {
		out.Facts = append(out.Facts, kit.Fact{Label: v.t("deposit.for"), Value: who})
	}
	if p.Attention == data.AttentionTaken {
		out.Head.Word = v.t("hold.taken.title")
		out.Lead, out.Text = v.t("hold.taken.what", "amount", p.Released.Grouped()), v.t("hold.taken.do")
		out.Main = []panel.Button{{Word: v.t("pay.ok"), Do: keepLate}}
		out.Second = []panel.Button{{Word: v.t("pay.later"), Key: "Esc", Do: panel.Back}}
		return
	}
	out.Head.Word = v.t("hold.late.title")
	out.Lead, out.Text = v.t("hold.late.what", "amount", amount), v.t("hold.late.do")
	out.Main = []panel.Button{{Word: v.t("hold.late.keep"), Do: keepLate}}
	out.Second = []panel.Button{
		{Word: v.t("pay.later"), Key: "Esc", Do: panel.Back},
		{Word: v.t("hold.late.return"), Kind: kit.Destructive, Do: askReturnLate, Apart: true, Far: true},
	}
	if v.s.asked {
		out.Main = []panel.Button{{Word: v.t("hold.late.sure", "amount", amount), Kind: kit.MoneyOut, Do: returnLate}}
		out.Second = []panel.Button{{Word: v.t("hold.late.no"), Key: "Esc", Do: panel.KeepIt, Apart: true, Far: true}}
	}
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
	r := &refused{Panel: panel.Panel{
		Head: kit.ResultHead{Kind: kit.ResultFailed, Icon: kit.IconFailed, Word: w.T("hold.refused.title"),
			Line: w.T("hold.refused.line"), Amount: amount.Grouped()},
		Lead:    d.Sentence(err),
		Text:    w.T("hold.refused.kept"),
		Main:    []panel.Button{{Word: w.T("pay.ok"), Key: "Esc", Do: panel.Dismiss}},
		Caption: w.T("pay.failed.hint"),
	}}
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
