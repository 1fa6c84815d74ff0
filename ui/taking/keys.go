package taking

import (
	"context"

	"frontdesk/app"
	"frontdesk/ui/panel"
)

// Enter presses the default action of the moment.
func (t *Taking[A]) Enter() {
	mode := t.Mode()
	switch {
	case mode == ModeReadOnly, t.busy:
	case t.refused != nil:
		t.acknowledge()
	case mode == ModeCash:
		t.finishCash()
	case mode == ModeLocked:
		if l := t.Current.Line; (l.Phase == app.PhaseUnknown || l.Phase == app.PhaseCancelling || !l.DueAt.IsZero()) && !t.Current.Asked {
			t.Do(panel.Park)
		}
	case t.StandsWithout():
		t.acknowledge()
	case t.Stands(app.PhasePaid) && t.amount.Due() == 0:
		// A second Enter after the last one must not look like a fault.
	default:
		t.ReadyToScan()
	}
}

// acknowledge closes a failure with the second Enter: one Enter more than the
// hand was about to press anyway.
func (t *Taking[A]) acknowledge() {
	switch {
	case t.refused != nil && !t.refused.again:
		t.refused.again = true
		t.refused.Caption = t.desk.Words.T("pay.failed.again")
	case t.refused == nil && !t.Current.Asked:
		t.Current.Asked = true
	default:
		t.Back()
	}
	t.kind.Redraw()
}

// Escape goes one step back; false where nothing but what was typed is left.
func (t *Taking[A]) Escape() bool {
	mode := t.Mode()
	switch {
	case t.refused != nil:
		t.Dismiss()
	case t.Current != nil && t.Current.Asked:
		if t.Current.Line.Phase.Final() && !t.Current.Aside {
			t.Dismiss()
		} else {
			t.Do(panel.KeepIt)
		}
	case mode == ModeCash:
		t.leaveCash()
	case t.Current != nil && t.Current.Aside:
		t.Dismiss()
	case mode == ModeLocked:
		t.escapeLocked()
	case t.Current != nil:
		t.Dismiss()
	default:
		return false
	}
	return true
}

func (t *Taking[A]) escapeLocked() {
	switch {
	case t.busy:
	case !t.Current.Line.DueAt.IsZero():
		t.Warn("till.hint.no_cancel")
	case t.cancellable():
		t.Do(panel.Cancel)
	}
}

// cancellable reports whether Esc alone cancels: not where the money may have
// moved already.
func (t *Taking[A]) cancellable() bool {
	switch t.Current.Line.Phase {
	case app.PhaseSending, app.PhaseWaiting, app.PhaseQR, app.PhaseQRScanned:
		return true
	}
	return false
}

// Do carries out what a button of the panel asks for; false where that is the
// screen's own.
func (t *Taking[A]) Do(what panel.Intent) bool {
	switch {
	case t.refused != nil:
		t.Dismiss()
		return true
	case t.Current == nil:
		return true
	}
	id := t.Current.Line.ID
	switch what {
	case panel.Cancel:
		t.Current.Asked = false
		t.Background(func(ctx context.Context) error { return t.attempts.Cancel(ctx, id) }, nil)
	case panel.SwitchToScan:
		t.cancelFor(Next{Scan: true})
	case panel.AskCancel, panel.AskReturnLate:
		t.Current.Asked = true
	case panel.KeepIt:
		t.Current.Asked = false
	case panel.Park:
		t.Background(func(ctx context.Context) error { return t.attempts.Park(ctx, id) }, func() { t.parked(id) })
	case panel.QueryNow:
		t.attempts.Ask(id)
	case panel.Dismiss, panel.Back:
		t.Back()
	default:
		return false
	}
	t.kind.Redraw()
	return true
}

// cancelFor cancels what is under way, and goes on once the channel has
// confirmed that nobody paid it.
func (t *Taking[A]) cancelFor(next Next) {
	t.next = next
	t.Do(panel.Cancel)
}

// parked makes room for the next customer, unless the result came first.
func (t *Taking[A]) parked(id int64) {
	if t.shows(id) && !t.Current.Line.Phase.Final() {
		a := t.Current.Of
		t.NextCustomer()
		t.kind.Changed(a)
	}
}

// AskNow asks the channels about everything that is open.
func (t *Taking[A]) AskNow() {
	if t.desk.Till == nil {
		return
	}
	for _, a := range t.attempts.Open() {
		t.attempts.Ask(t.attempts.Line(a).ID)
	}
}

// InsteadOfQR cancels the QR that stands to scan a pay code instead; false where
// none does.
func (t *Taking[A]) InsteadOfQR() bool {
	stands := t.Mode() == ModeLocked && !t.busy && t.Current.Line.QRText != ""
	if stands {
		t.Do(panel.SwitchToScan)
	}
	return stands
}
