package sales

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// refundDialog asks how much goes back and why, sends it once, and then shows
// how it stands until it is closed. Closing it stops nothing.
type refundDialog struct {
	s        *Screen
	form     *refundForm
	dialog   *kit.Dialog
	fields   refundFields
	approval *people.Approval
	progress *kit.Dialog // the second stage; nil before
	result   *refundResult

	sending bool
	refunds map[int64]app.Refund // heard of since it was sent, by id
}

// refundFields are the parts of the first stage.
type refundFields struct {
	amount  *kit.FigureField
	above   *fyne.Container // the line above it
	fault   *kit.Hint       // what is wrong, in that line
	which   *kit.Select
	reasons *kit.Choices
	other   *kit.Field
}

// askRefund opens the dialog for the open sale, unless there is nothing to give
// back.
func (s *Screen) askRefund() {
	w := s.desk.Words
	if s.refund != nil || s.detail.sale.ID == 0 {
		return
	}
	if !s.detail.view.acts.refund {
		s.detail.say(w.T("sales.none.refund"))
		return
	}
	sale := s.detail.sale
	s.desk.Background(func(ctx context.Context) func() {
		values := s.desk.Settings.Values(ctx)
		own, keypad := values.Text("till.refund_reasons"), values.Text("ui.keypad")
		err := values.Err()
		need, needErr := people.NeedOf(ctx, s.desk, people.ActRefund)
		return func() {
			if err != nil {
				s.desk.Log.Warn("settings cannot be read", "err", err) // the usual reasons do
			}
			if needErr != nil {
				s.detail.say(s.desk.Sentence(needErr))
				return
			}
			if s.refund == nil && s.detail.id == sale.ID && !s.busy() {
				s.refund = newRefundDialog(s, newRefundForm(sale, screen.RefundReasons(w, own)), need, keypad == "123")
				s.refund.dialog.Show(s.desk.Window.Canvas())
			}
		}
	})
}

func newRefundDialog(s *Screen, form *refundForm, need people.Need, phoneOrder bool) *refundDialog {
	w := s.desk.Words
	r := &refundDialog{s: s, form: form, refunds: map[int64]app.Refund{}}
	r.approval = people.NewApproval(s.desk, need, r.changed)
	r.dialog = kit.NewDialog(w.T("refund.title"), r.body(phoneOrder), w.T("refund.cancel"), w.T("refund.act.none"))
	r.dialog.Width, r.dialog.ActKind = kit.DialogWide, kit.MoneyOut
	r.dialog.First = r.fields.amount
	r.dialog.OnAct = r.send
	r.dialog.OnCancel = func() {
		r.approval.Close()
		s.refund = nil
	}
	r.changed()
	return r
}

// body is the first stage: amount, reason and, where it takes one, the word of
// somebody with the right on the left, a keypad on the right.
func (r *refundDialog) body(phoneOrder bool) fyne.CanvasObject {
	w, f := r.s.desk.Words, &r.fields
	f.amount = kit.NewLargeMoneyField()
	f.amount.OnChanged = func(text string) {
		r.form.amount = text
		r.edited()
	}
	f.fault = kit.NewHint(kit.NoIcon, kit.Bad, "", kit.Body, kit.Bad)
	all := kit.NewButton(w.T("refund.all"), 64, func() { r.fill(r.form.left()) })
	f.above = kit.Across(kit.GapDense, kit.NewText(w.T("refund.amount"), kit.Body, kit.Ink2), kit.Spacer(), f.fault)
	rows := []fyne.CanvasObject{
		kit.Sized(0, 27, f.above),
		kit.Across(8, kit.Stretch(f.amount), all),
	}
	if which := r.which(); which != nil {
		rows = append(rows, which)
	}
	choices := make([]kit.Choice, len(r.form.reasons))
	for i, reason := range r.form.reasons {
		choices[i].Word = shorten(reason, reasonWidth)
	}
	f.reasons = kit.NewChoices(choices, kit.ChoiceLow, -1, r.choose)
	f.other = kit.NewField("").Placeholder(w.T("refund.reason.other.hint"))
	f.other.Entry.OnChanged = func(text string) {
		r.form.other = text
		r.edited()
	}
	f.other.Hide()
	rows = append(rows,
		kit.Pad(6, 0, 0, 0, kit.Sized(0, 27, kit.NewText(w.T("refund.reason"), kit.Body, kit.Ink2))),
		kit.Grid(2, 8, f.reasons.Objects()...), f.other, r.approval.Object())
	return kit.Across(24, kit.Stretch(kit.Down(8, rows...)), kit.Sized(312, padHeight, panel.MoneyPad(phoneOrder, r.typeKey)))
}

// padHeight is that of the keypad, at least.
const padHeight float32 = 312

// typeKey types a key of the keypad into the field with the focus.
func (r *refundDialog) typeKey(k kit.Key) {
	if f, ok := r.s.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		f.TypeKey(k)
		return
	}
	r.fields.amount.TypeKey(k)
}

// edited takes a change of the form over. A PIN that was typed for something else
// does not approve it.
func (r *refundDialog) edited() {
	r.approval.Void()
	r.changed()
}

// reasonWidth is the room of a reason's words in the dialog.
const reasonWidth float32 = 168

// which offers the payments of a sale that was paid in several parts.
func (r *refundDialog) which() fyne.CanvasObject {
	w := r.s.desk.Words
	list := givers(r.form.sale)
	if len(list) < 2 {
		return nil
	}
	words := []string{w.T("refund.which.all")}
	for _, t := range list {
		words = append(words, w.T("refund.which.one", "method", r.s.desk.Wallet(t.Channel, t.Wallet), "left", leftOf(r.form.sale, t.ID).Grouped()))
	}
	r.fields.which = kit.NewSelect(w.T("refund.which"), words, 0, func(i int) {
		r.form.tender = 0
		if i > 0 {
			r.form.tender = list[i-1].ID
		}
		r.edited()
	})
	return r.fields.which
}

// fill puts an amount in as if it had been typed.
func (r *refundDialog) fill(a payment.Amount) {
	r.fields.amount.SetText(a.String())
	r.form.amount = a.String()
	r.edited()
}

func (r *refundDialog) choose(i int) {
	r.form.reason = i
	screen.Only(r.fields.other, r.form.isOther())
	r.dialog.Flow()
	switch {
	case r.form.isOther():
		r.fields.other.Focus()
	case r.form.amount != "":
		r.approval.Next()
	}
	r.edited()
}

// changed words the act, and says what is wrong with the amount as soon as it
// is.
func (r *refundDialog) changed() {
	if r.dialog == nil {
		return // it is being made
	}
	w := r.s.desk.Words
	o, fault := r.form.order()
	word := w.T("refund.act.none")
	if o.Amount > 0 {
		word = w.T("refund.act", "amount", o.Amount.Grouped())
	}
	r.dialog.SetAct(word, fault == refundFine && r.approval.Ready())
	r.dialog.SetFacts(r.facts())
	r.complain(fault, fault == refundTooMuch)
}

// facts are the line below the title.
func (r *refundDialog) facts() (facts, bold string) {
	w, sale := r.s.desk.Words, r.form.sale
	facts = w.T("refund.facts", "receipt", sale.ReceiptNo, "method", r.s.desk.Wallets(data.WaysOf(sale.Tenders), w.T("till.and")), "paid", sale.Paid.Grouped())
	if sale.Refunded > 0 {
		facts += w.T("refund.facts.back", "refunded", sale.Refunded.Grouped())
	}
	return facts + w.T("refund.facts.left"), w.T("refund.left", "left", r.form.left().Grouped())
}

// complain says what is wrong, in the line above the amount.
func (r *refundDialog) complain(fault refundFault, visible bool) {
	if !visible {
		r.fields.fault.Set(kit.NoIcon, kit.Bad, "", kit.Bad)
		r.fields.above.Refresh()
		return
	}
	r.sayFault(r.s.desk.Words.T("refund."+string(fault), "left", r.form.left().Grouped()))
}

func (r *refundDialog) sayFault(sentence string) {
	r.fields.fault.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
	r.fields.above.Refresh()
}

// send asks the till once. The draft makes one refund of it whatever is pressed
// how often.
func (r *refundDialog) send() {
	o, fault := r.form.order()
	if r.sending || fault != refundFine || !r.approval.Ready() {
		return
	}
	d := r.s.desk
	if d.Till == nil {
		r.sayFault(d.Sentence(&app.Problem{Kind: app.ProblemReadOnly}))
		return
	}
	r.sending = true
	word := r.approval.Word()
	d.Background(func(ctx context.Context) func() {
		approval, err := word.Prove(ctx)
		if err != nil {
			return func() { r.unapproved(err) }
		}
		o.Approval = approval
		refunds, err := d.Till.GiveBack(ctx, o)
		return func() { r.sent(refunds, err) }
	})
}

// unapproved keeps the dialog, and says what was wrong with the PIN.
func (r *refundDialog) unapproved(err error) {
	r.sending = false
	if !r.approval.Refused(err) {
		r.sayFault(r.s.desk.Sentence(err))
	}
	r.changed()
}

func (r *refundDialog) sent(refunds []app.Refund, err error) {
	r.sending = false
	for _, one := range refunds {
		if known, ok := r.refunds[one.ID]; !ok || !known.State.Final() {
			r.refunds[one.ID] = one
		}
	}
	if err != nil && len(refunds) == 0 {
		r.sayFault(r.s.desk.Sentence(err))
		return
	}
	if err != nil {
		r.s.detail.say(r.s.desk.Sentence(err))
	}
	r.s.changed(r.form.sale.ID)
	if !r.dialog.Open() {
		return // cancelled while it was being written: the list tells
	}
	r.approval.Close()
	r.dialog.Close()
	r.showProgress()
}

// heard takes over how a refund stands.
func (r *refundDialog) heard(refund app.Refund) {
	if refund.SaleID != r.form.sale.ID || (!r.sending && r.progress == nil) {
		return
	}
	if _, ours := r.refunds[refund.ID]; !ours && r.progress != nil {
		return
	}
	r.refunds[refund.ID] = refund
	if r.progress != nil {
		r.updateProgress()
	}
}

// shorten ends words in … where they are wider than width.
func shorten(words string, width float32) string {
	runes := []rune(words)
	for n := len(runes); n > 0; n-- {
		cut := string(runes[:n])
		if n < len(runes) {
			cut += "…"
		}
		if kit.TextWidth(cut, kit.Body, true) <= width {
			return cut
		}
	}
	return words
}
