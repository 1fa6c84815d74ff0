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

// around is what stands around a step.
type around struct {
	about
	now   time.Time
	asked bool // its refusal was acknowledged once
}

// stepPanel words a capture, a release or a refund.
func stepPanel(d *screen.Desk, step app.DepositStep, a around) panel.Panel {
	v := stepView{d: d, step: step, around: a}
	out := panel.Panel{Head: kit.ResultHead{Amount: step.Amount.Grouped()}}
	switch step.State {
	case payment.RefundDone:
		v.done(&out)
	case payment.RefundRefused:
		v.refused(&out)
	case payment.RefundUnknown:
		v.unknown(&out)
	default:
		v.doing(&out)
	}
	return out
}

// stepView holds what the words of one panel need.
type stepView struct {
	d    *screen.Desk
	step app.DepositStep
	around
}

func (v stepView) t(key string, pairs ...any) string {
	return v.d.Words.T(key, append([]any{"channel", v.name()}, pairs...)...)
}

// name is what the deposit was taken with, in a word.
func (v stepView) name() string { return v.d.Wallet(v.step.Channel, v.step.Deposit.Wallet) }

// kind is a sentence about this kind of step; cash has its own where they
// differ.
func (v stepView) kind(key string, pairs ...any) string {
	full := "step." + string(v.step.Kind) + "." + key
	if v.step.Channel == payment.Cash && v.d.Words.Has(full+".cash") {
		full += ".cash"
	}
	return v.t(full, pairs...)
}

func (v stepView) waited() time.Duration { return max(0, v.now.Sub(v.step.CreatedAt)) }

// doing: sent, no answer yet.
func (v stepView) doing(out *panel.Panel) {
	out.Head.Kind, out.Head.Icon = kit.ResultWaiting, kit.IconWaiting
	out.Head.Word, out.Head.Line, out.Text = v.kind("doing"), v.name(), v.t("pay.sending.do")
	out.Clock = panel.Clock{Label: v.t("pay.waited"), Value: panel.Span(v.d.Words, v.waited()), Large: true, Done: 1, Bar: kit.Accent}
	out.Timeline = v.timeline()
	out.Main = []panel.Button{{Word: v.t("pay.park"), Key: "Enter", Do: panel.Park}}
	out.Caption = v.t("pay.park.hint")
}

// unknown: nobody knows whether the money moved.
func (v stepView) unknown(out *panel.Panel) {
	out.Head.Kind, out.Head.Icon = kit.ResultUnknown, kit.IconUnknown
	out.Head.Word, out.Head.Line = v.t("pay.unknown.title"), v.kind("unknown")
	out.Clock = panel.Clock{
		Label: v.t("pay.unknown.asking", "n", max(1, v.step.Tries)), Value: panel.Span(v.d.Words, v.waited()), Done: 1, Bar: kit.WarnFill,
		Left: v.t("step.unknown.hint"),
	}
	if v.step.Offline {
		out.Clock.Label, out.Clock.Left = v.t("pay.unknown.offline"), v.t("pay.unknown.offline.hint")
	}
	out.Rules = []string{v.t("step.unknown.rule1"), v.t("step.unknown.rule2"), v.t("pay.unknown.rule3")}
	out.Main = []panel.Button{{Word: v.t("pay.park"), Key: "Enter", Kind: kit.Default, Do: panel.Park}}
}

// done: the channel carried it out.
func (v stepView) done(out *panel.Panel) {
	s := v.step
	out.Head.Kind, out.Head.Icon, out.Head.Word, out.Head.Line = kit.ResultPaid, kit.IconPaid, v.kind("done"), v.outcome()
	back := s.Rest
	if s.Kind == data.StepRelease {
		back = s.Amount
	}
	if back > 0 && s.Kind != data.StepRefund {
		out.Figure = panel.Figure{Name: v.t("deposit.back"), Amount: back.Grouped()}
	}
	if s.Kind == data.StepRefund && s.Channel != payment.Cash {
		out.Text = v.t("refund.done.do")
	}
	fact := func(key, value string, mono bool) {
		if value != "" {
			out.Facts = append(out.Facts, kit.Fact{Label: v.t(key), Value: value, Mono: mono})
		}
	}
	out.Facts = append(out.Facts, kit.Fact{Label: v.t("pay.receipt"), Value: s.ReceiptNo, Bold: true})
	fact("deposit.for", joined("  ", s.Deposit.Room, s.Deposit.Guest), false)
	if left := s.Deposit.Left(); left > 0 {
		fact("deposit.left", left.Grouped(), false)
	}
	out.Facts = append(out.Facts, panel.Paper(v.d, v.t("deposit.paper"), stepPapers(v.detail, s.ID), data.PrintCheckout, data.PrintRefund, data.PrintReprint))
	if s.Channel != payment.Cash {
		fact("step."+string(s.Kind)+".number", panel.Middle(s.Number), true)
		fact("pay.trade_no", panel.Middle(s.TradeNo), true)
	}
	if n := len(v.room); n > 0 {
		next := v.room[0]
		word := v.d.Words.T("deposit.next", "amount", next.Left().Grouped(), "channel", v.d.Wallet(next.Channel, next.Wallet))
		out.Main = []panel.Button{{Word: word, Key: "Enter", Do: openNext}}
	}
	out.Second = []panel.Button{
		{Word: v.t("deposit.reprint"), Key: string(v.d.Keys[screen.ActReprint]), Icon: kit.IconPrint, Do: reprint},
		{Word: v.t("deposit.open"), Do: openIt, Apart: true},
	}
	out.Caption = v.t("hold.held.hint")
}

// outcome says what became of the rest.
func (v stepView) outcome() string {
	s := v.step
	left := s.Deposit.Left()
	switch {
	case s.Kind == data.StepRefund:
		return v.name()
	case s.Kind == data.StepCapture && s.Rest > 0:
		return v.kind("rest", "rest", s.Rest.Grouped())
	case left > 0:
		return v.t("step.left", "left", left.Grouped())
	case s.Kind == data.StepRelease:
		return v.kind("all")
	}
	return v.name()
}

// refused: a definite no. It stays until somebody has seen it.
func (v stepView) refused(out *panel.Panel) {
	s := v.step
	out.Head.Kind, out.Head.Icon = kit.ResultFailed, kit.IconFailed
	out.Head.Word, out.Head.Line = v.kind("refused"), v.t("pay.failed.line", "time", panel.ClockTime(s.EndedAt))
	out.Lead, out.Text = v.d.Why(s.Why, s.Channel, s.Deposit.Wallet)
	if s.Code != "" {
		out.Facts = append(out.Facts, kit.Fact{Label: v.d.Words.T("pay.code", "channel", v.d.Channel(s.Channel)), Value: s.Code, Mono: true})
	}
	out.Facts = append(out.Facts,
		kit.Fact{Label: v.t("pay.receipt"), Value: s.ReceiptNo},
		kit.Fact{Label: v.t("deposit.left"), Value: s.Deposit.Left().Grouped()})
	out.Main = []panel.Button{{Word: v.t("pay.ok"), Key: "Esc", Do: panel.Dismiss}}
	out.Caption = v.t("step.refused.hint")
	if v.asked {
		out.Caption = v.t("pay.failed.again")
	}
}

// timeline are the events of this step.
func (v stepView) timeline() []kit.Event {
	var list []kit.Event
	for _, e := range v.detail.Events {
		if e.StepID != v.step.ID {
			continue
		}
		icon, token := screen.EventIcon(e.Kind)
		list = append(list, kit.Event{Time: panel.ClockTime(e.At), Text: v.d.DepositEventText(e, v.detail.Deposit), Icon: icon, Color: token})
	}
	return list
}

// stepPapers are the papers of one step.
func stepPapers(d data.DepositDetail, stepID int64) []data.PrintJob {
	var list []data.PrintJob
	for _, job := range d.Prints {
		if job.StepID == stepID {
			list = append(list, job)
		}
	}
	return list
}
