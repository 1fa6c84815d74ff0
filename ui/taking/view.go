package taking

import (
	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// AmountView is the amount card. writing says that a field has the focus, so
// typing does not go to the amount.
func (t *Taking[A]) AmountView(writing bool) kit.AmountView {
	w, due := t.desk.Words, t.amount.Due()
	v := kit.AmountView{Label: w.T(t.words.Amount), Sum: t.amount.Sum(), Active: !writing}
	if due > 0 || !t.amount.Empty() {
		v.Text = due.Grouped()
	}
	mode := t.Mode()
	switch mode {
	case ModeReadOnly:
		v.Locked = w.T("till.locked.read_only")
	case ModeLocked:
		v.Locked = w.T(t.locked())
	case ModeCash:
		v.Label, v.Sum, v.Text = w.T("cash.received"), w.T(t.words.CashDue, "due", due.Grouped()), ""
		if !t.Cash.Entry.Empty() {
			v.Text = t.Cash.Received().Grouped()
		}
	}
	switch {
	case t.Hint.On(&v), v.Locked != "", mode == ModeCash:
	case due > 0:
		v.Hint, v.HintIcon = w.T("till.hint.ready"), kit.IconScan
	case t.Stands(app.PhasePaid):
		v.Hint = w.T(t.words.Next)
	default:
		v.Hint = w.T(t.words.Empty)
	}
	return v
}

// locked is why the amount cannot be changed now.
func (t *Taking[A]) locked() string {
	if t.busy {
		return t.words.Locked
	}
	switch t.Current.Line.Phase {
	case app.PhaseQR, app.PhaseQRScanned:
		return "till.locked.qr"
	case app.PhaseUnknown:
		return "till.locked.unknown"
	case app.PhaseCancelling:
		return "till.locked.cancelling"
	}
	return t.words.Locked
}

// ScanKey is what stands on the key to scan. Enter belongs to a panel that was
// not seen yet.
func (t *Taking[A]) ScanKey() string {
	key := string(t.desk.Keys[screen.ActScan])
	if t.refused != nil || t.StandsWithout() {
		return key
	}
	return key + "·Enter"
}

// Right is what stands on the right in place of the list: a panel, or the
// counting of cash; both are nil for the list.
func (t *Taking[A]) Right() (*panel.Panel, *panel.Cash) {
	switch {
	case t.refused != nil:
		return &t.refused.Panel, nil
	case t.Cash != nil:
		cash := t.cashView()
		return nil, &cash
	case t.Current != nil:
		now := t.Current
		tell := panel.Telling{
			Line: now.Line, Desk: t.desk, Words: t.words.Panels, Now: t.desk.Now(), Asked: now.Asked, Aside: now.Aside,
			AskedAt: now.askedAt, QRs: t.QRWallets(), Switch: t.next.Wallet,
		}
		p := tell.WithTrouble(t.kind.Panel(now.Of, tell))
		return &p, nil
	}
	return nil, nil
}

// TroubleNotice is an act that did not work, until it was seen; ok is false
// where there is none.
func (t *Taking[A]) TroubleNotice() (n panel.Notice, ok bool) {
	return panel.Notice{
		Line: t.Trouble, Icon: kit.IconAlert, Color: kit.Warn, Word: t.desk.Words.T("pay.ok"),
		Tap: func() { t.Trouble = ""; t.kind.Redraw() },
	}, t.Trouble != ""
}

// WaitingNotice is about the attempts without a result that nobody waits for;
// show gets the oldest one. ok is false where there are none.
func (t *Taking[A]) WaitingNotice(show func(id int64)) (n panel.Notice, ok bool) {
	var list []panel.Line
	if t.desk.Till != nil {
		for _, a := range t.attempts.Open() {
			if line := t.attempts.Line(a); line.PutAside() {
				list = append(list, line)
			}
		}
	}
	if len(list) == 0 {
		return panel.Notice{}, false
	}
	n = panel.WaitingNotice(t.desk.Words, t.words.Lists, list, t.desk.Now())
	n.Tap = func() { show(list[0].ID) }
	return n, true
}
