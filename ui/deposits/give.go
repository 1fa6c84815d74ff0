package deposits

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

// give is the dialog that gives money of a deposit back: what is held, or what
// was captured of it. One dialog has one draft: whatever is sent from it is one
// step.
type give struct {
	s        *Screen
	kind     data.StepKind // StepRelease or StepRefund
	deposit  data.DepositDetail
	captures []data.Step // refund: those that can still give something back
	draft    string

	amount string // as typed, yuan
	which  int    // of captures
	reason int    // index; -1 while none is chosen
	other  string // the person's own words, behind the last reason

	dialog   *kit.Dialog
	approval *people.Approval // of a refund, where the person at the till may not give it alone
	field    *kit.FigureField
	above    *fyne.Container // the line above it
	fault    *kit.Hint       // what is wrong, in that line
	words    *kit.Field
	sent     bool
}

// askRelease opens the dialog to give what is held back, all of it unless a
// person types less.
func (s *Screen) askRelease() {
	if s.busyDialog() || s.mode() != modeDue {
		return
	}
	if d := s.open.detail; d.Captured > 0 && !s.rules().ReleasePart {
		s.taking.Warn("deposit.hint.release_part", "channel", s.desk.Wallet(d.Channel, d.Wallet))
		return
	}
	g := newGive(s, data.StepRelease, people.Need{})
	g.amount = g.left().String()
	g.show()
}

// askRefund opens the dialog to give captured money back.
func (s *Screen) askRefund() {
	if s.busyDialog() || s.open == nil || !s.open.read() {
		return
	}
	switch {
	case s.desk.Till == nil:
		s.taking.Warn("till.hint.read_only")
	case s.mode() == modeStep:
		s.taking.Warn("deposit.hint.step_open")
	case len(givers(s.open.detail)) == 0:
		s.taking.Warn("deposit.hint.nothing_captured")
	default:
		o := s.open
		s.desk.Background(func(ctx context.Context) func() {
			need, err := people.NeedOf(ctx, s.desk, people.ActRefund)
			return func() {
				switch {
				case s.open != o || s.busyDialog() || s.mode() == modeStep || len(givers(o.detail)) == 0: // things went on meanwhile
				case err != nil:
					s.tell(err)
				default:
					newGive(s, data.StepRefund, need).show()
				}
			}
		})
	}
}

func newGive(s *Screen, kind data.StepKind, need people.Need) *give {
	g := &give{s: s, kind: kind, deposit: s.open.detail, captures: givers(s.open.detail), draft: screen.NewDraft("g"), reason: -1}
	g.approval = people.NewApproval(s.desk, need, g.changed)
	return g
}

// left is what can be given back.
func (g *give) left() payment.Amount {
	if g.kind == data.StepRelease {
		return app.Releasable(g.deposit)
	}
	return leftOf(g.deposit, g.captures[g.which])
}

func (g *give) t(key string, pairs ...any) string {
	full := "give." + string(g.kind) + "." + key
	if g.deposit.Channel == payment.Cash && g.s.desk.Words.Has(full+".cash") {
		full += ".cash"
	}
	return g.s.desk.Words.T(full, pairs...)
}

func (g *give) show() {
	g.dialog = kit.NewDialog(g.t("title"), g.body(), g.s.desk.Words.T("refund.cancel"), "")
	g.dialog.Width, g.dialog.ActKind = kit.DialogWide, kit.MoneyOut
	if !g.whole() {
		g.dialog.First = g.field
	}
	g.dialog.OnAct = g.send
	g.dialog.OnCancel = g.approval.Close
	g.changed()
	g.dialog.Show(g.s.desk.Window.Canvas())
}

// body is the amount, and for a refund the reason, with a keypad beside them.
func (g *give) body() fyne.CanvasObject {
	w := g.s.desk.Words
	g.field = kit.NewLargeMoneyField()
	g.field.SetText(g.amount)
	g.field.OnChanged = func(text string) { g.amount = text; g.edited() }
	g.fault = kit.NewHint(kit.NoIcon, kit.Bad, "", kit.Body, kit.Bad)
	g.above = kit.Across(kit.GapDense, kit.NewText(g.t("amount"), kit.Body, kit.Ink2), kit.Spacer(), g.fault)
	if g.whole() {
		return g.wholeBody()
	}
	all := kit.NewButton(w.T("refund.all"), 64, func() {
		g.amount = g.left().String()
		g.field.SetText(g.amount)
		g.edited()
	})
	rows := []fyne.CanvasObject{kit.Sized(0, 27, g.above), kit.Across(8, kit.Stretch(g.field), all)}
	if g.kind == data.StepRefund {
		rows = append(rows, g.reasonRows()...)
	} else {
		rows = append(rows, kit.Pad(8, 0, 0, 0, kit.NewParagraph(g.t("text", "channel", g.s.desk.Wallet(g.deposit.Channel, g.deposit.Wallet)), kit.Row, kit.Ink)))
	}
	rows = append(rows, g.approval.Object())
	pad := panel.MoneyPad(g.s.setup.phoneOrder, g.typeKey)
	return kit.Across(24, kit.Stretch(kit.Down(8, rows...)), kit.Sized(312, 300, pad))
}

// whole reports a deposit whose wallet gives nothing free but all of it.
func (g *give) whole() bool { return g.kind == data.StepRelease && !g.s.rules().ReleasePart }

// wholeBody is the amount that cannot be changed, and why.
func (g *give) wholeBody() fyne.CanvasObject {
	g.field.SetEnabled(false)
	name := g.s.desk.Wallet(g.deposit.Channel, g.deposit.Wallet)
	why := kit.NewParagraph(g.s.desk.Words.T("give.release.whole", "channel", name), kit.Row, kit.Ink)
	return kit.Down(8, kit.Sized(0, 27, g.above), g.field, kit.Pad(8, 0, 0, 0, why))
}

// typeKey types a key of the keypad into the field with the focus.
func (g *give) typeKey(k kit.Key) {
	if f, ok := g.s.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		f.TypeKey(k)
		return
	}
	g.field.TypeKey(k)
}

// edited takes a change of the form over. A PIN that was typed for something else
// does not approve it.
func (g *give) edited() {
	g.approval.Void()
	g.changed()
}

// valid is the amount to give back; ok is false while something is missing or
// wrong.
func (g *give) valid() (amount payment.Amount, tooMuch, ok bool) {
	amount, err := payment.ParseAmount(g.amount)
	if err != nil || amount <= 0 {
		return 0, false, false
	}
	tooMuch = amount > g.left()
	return amount, tooMuch, !tooMuch && (g.kind == data.StepRelease || g.why() != "")
}

// changed words the act, and says what is wrong with the amount as soon as it
// is.
func (g *give) changed() {
	if g.dialog == nil {
		return // it is being made
	}
	w := g.s.desk.Words
	amount, tooMuch, ok := g.valid()
	word := g.t("act.none")
	if amount > 0 {
		word = g.t("act", "amount", amount.Grouped())
	}
	g.dialog.SetAct(word, ok && g.approval.Ready())
	who := joined("  ", g.deposit.Room, g.deposit.Guest, g.s.desk.Wallet(g.deposit.Channel, g.deposit.Wallet))
	g.dialog.SetFacts(who+w.T("till.comma")+g.t("left")+" ", g.left().Grouped())
	if tooMuch {
		g.fault.Set(kit.IconFailed, kit.Bad, g.t("too_much", "left", g.left().Grouped()), kit.Bad)
	} else {
		g.fault.Set(kit.NoIcon, kit.Bad, "", kit.Bad)
	}
	g.above.Refresh()
}

// send proves the approver's PIN, where there has to be one, and then asks the
// till once.
func (g *give) send() {
	amount, _, ok := g.valid()
	if !ok || g.sent || !g.approval.Ready() {
		return
	}
	g.sent = true
	if !g.approval.Lacking() {
		g.begin(amount, nil)
		return
	}
	word := g.approval.Word()
	g.s.desk.Background(func(ctx context.Context) func() {
		approval, err := word.Prove(ctx)
		return func() {
			switch {
			case err == nil && g.dialog.Open():
				g.begin(amount, approval)
			case err != nil:
				g.unapproved(err)
			}
		}
	})
}

// unapproved keeps the dialog, and says what was wrong with the PIN.
func (g *give) unapproved(err error) {
	g.sent = false
	if !g.approval.Refused(err) {
		g.fault.Set(kit.IconFailed, kit.Bad, g.s.desk.Sentence(err), kit.Bad)
		g.above.Refresh()
	}
	g.changed()
}

// begin asks the till. The panel beside tells how it goes.
func (g *give) begin(amount payment.Amount, approval *app.Approval) {
	g.approval.Close()
	g.dialog.Close()
	id, why := g.deposit.ID, g.why()
	g.s.begin(func(ctx context.Context, t *app.Till) (app.DepositStep, error) {
		if g.kind == data.StepRelease {
			return t.Release(ctx, app.ReleaseOrder{Draft: g.draft, DepositID: id, Amount: amount})
		}
		return t.RefundCapture(ctx, app.CaptureRefund{Draft: g.draft, DepositID: id, StepID: g.captures[g.which].ID, Amount: amount, Reason: why, Approval: approval})
	})
}
