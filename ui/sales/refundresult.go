package sales

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// refundOutcome is how one or several refunds stand together, in words.
type refundOutcome struct {
	icon  kit.Icon
	token kit.Token
	word  string // 退款处理中, 已退款 26.00, 没有退成
	text  string
	code  string     // the channel's code, apart; usually empty
	lines []kit.Fact // one for each part, when there are several
}

// newOutcome makes the words. The worst part speaks for all: refused before
// under way before done.
func newOutcome(d *screen.Desk, refunds []app.Refund) (o refundOutcome) {
	w := d.Words
	var done, cash payment.Amount
	worst := refunds[0]
	for _, r := range refunds {
		if r.State == payment.RefundDone {
			done += r.Amount
			if r.Channel == payment.Cash {
				cash += r.Amount
			}
		}
		if severity(r) > severity(worst) {
			worst = r
		}
		if len(refunds) > 1 {
			words, token := refundState(d, r.Refund)
			o.lines = append(o.lines, kit.Fact{Label: d.Wallet(r.Channel, r.Wallet), Value: words, Color: token})
		}
	}
	switch {
	case worst.State == payment.RefundRefused:
		o.icon, o.token, o.word, o.code = kit.IconFailed, kit.Bad, w.T("refund.refused"), worst.Code
		what, do := d.Why(worst.Why, worst.Channel, worst.Wallet)
		o.text = what + sentenceGap(do)
	case worst.State != payment.RefundDone:
		o.icon, o.token, o.word = kit.IconWaiting, kit.Warn, w.T("refund.under_way")
		o.text = w.T("refund.under_way.do", "channel", d.Wallet(worst.Channel, worst.Wallet))
		switch {
		case worst.Why == payment.ReasonRefundStuck:
			what, do := d.Why(worst.Why, worst.Channel, worst.Wallet)
			o.text = what + sentenceGap(do)
		case worst.Offline:
			o.text = w.T("refund.offline")
		}
	default:
		o.icon, o.token, o.word = kit.IconPaid, kit.Ok, w.T("refund.done", "amount", done.Grouped())
		if cash < done {
			o.text = w.T("refund.done.do")
		}
	}
	if cash > 0 {
		if o.text != "" {
			o.text += "\n"
		}
		o.text += w.T("refund.done.cash", "amount", cash.Grouped())
	}
	return o
}

// sentenceGap parts two sentences in languages that write spaces.
func sentenceGap(sentence string) string {
	if sentence != "" && sentence[0] < 0x80 {
		return " " + sentence
	}
	return sentence
}

func severity(r app.Refund) int {
	switch r.State {
	case payment.RefundRefused:
		return 2
	case payment.RefundDone:
		return 0
	}
	return 1
}

// refundResult are the parts of the second stage.
type refundResult struct {
	body  *fyne.Container
	hint  *kit.Hint
	text  *kit.Paragraph
	code  *kit.Text
	lines *kit.Facts
}

// showProgress opens the second stage. It follows the refund until a person
// closes it.
func (r *refundDialog) showProgress() {
	w := r.s.desk.Words
	r.result = &refundResult{
		hint:  kit.NewHint(kit.NoIcon, kit.Ink, "", kit.Heading, kit.Ink).Bold(),
		text:  kit.NewParagraph("", kit.Row, kit.Ink),
		code:  kit.NewText("", kit.Caption, kit.Ink2).Mono(),
		lines: kit.NewFacts(),
	}
	r.result.body = kit.Down(kit.GapDense, r.result.hint, r.result.text, r.result.code, r.result.lines)
	r.progress = kit.NewDialog(w.T("refund.title"), kit.Sized(0, 190, r.result.body), w.T("refund.close"), "")
	r.progress.Facts = w.T("sales.detail.title", "receipt", r.form.sale.ReceiptNo)
	r.progress.OnCancel = func() { r.s.refund = nil }
	r.updateProgress()
	r.progress.Show(r.s.desk.Window.Canvas())
}

func (r *refundDialog) updateProgress() {
	ids := slices.Sorted(maps.Keys(r.refunds))
	refunds := make([]app.Refund, len(ids))
	for i, id := range ids {
		refunds[i] = r.refunds[id]
	}
	o := newOutcome(r.s.desk, refunds)
	r.result.hint.Set(o.icon, o.token, o.word, o.token)
	r.result.text.SetText(o.text)
	r.result.code.SetText(o.code)
	r.result.lines.Set(o.lines...)
	setVisible(r.result.code, o.code != "")
	setVisible(r.result.lines, len(o.lines) > 0)
	r.result.body.Refresh()
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
