package taking

import (
	"strings"

	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
)

// EnterCash begins to count.
func (t *Taking[A]) EnterCash() {
	if t.amount.Due() <= 0 {
		t.Warn("till.hint.amount_missing")
		return
	}
	t.Back()
	t.Cash = &panel.Counted{}
	t.Unfocus()
	t.kind.Redraw()
}

// leaveCash goes back to the amount; nothing was taken.
func (t *Taking[A]) leaveCash() {
	t.Cash = nil
	t.kind.Redraw()
}

// finishCash books what was handed over: all that is due, with the change.
func (t *Taking[A]) finishCash() {
	received, due := t.Cash.Received(), t.amount.Due()
	switch {
	case received == 0:
		t.Warn("till.hint.cash_missing")
	case received < due:
		t.Warn("till.hint.cash_short", "left", (due - received).Grouped())
	default:
		t.next = Next{}
		t.begin(Way{Cash: received})
	}
}

// SplitCash books what was handed over as a part, and goes on with the rest in
// another way; all of it in that way while nothing was handed over.
func (t *Taking[A]) SplitCash(next Next) {
	switch received := t.Cash.Received(); {
	case received == 0:
		t.leaveCash()
		t.GoOn(next)
	case received >= t.amount.Due():
		t.Warn("till.hint.cash_enough")
	default:
		t.next = next
		t.begin(Way{Cash: received, Part: received})
	}
}

// CashKeys are what is likely to be handed over.
func (t *Taking[A]) CashKeys() []panel.QuickKey {
	return panel.CashKeys(t.desk.Words, t.amount.Due(), t.Cash.Chosen, func(a payment.Amount) {
		t.Cash.Suggest(a)
		t.kind.Redraw()
	})
}

// cashView words the counting of cash.
func (t *Taking[A]) cashView() panel.Cash {
	w := t.desk.Words
	v := panel.CountCash(w, t.Cash.Received(), t.amount.Due())
	v.Head = kit.ResultHead{Kind: kit.ResultPlain, Icon: kit.IconCash, Word: w.T(t.words.CashTitle), Line: w.T(t.words.CashLine), Compact: true}
	hints := make([]string, len(t.words.CashHints))
	for i, key := range t.words.CashHints {
		hints[i] = w.T(key)
	}
	v.Hints = strings.Join(hints, "\n")
	return v
}
