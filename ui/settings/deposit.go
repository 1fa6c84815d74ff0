package settings

import (
	"frontdesk/app"
	"frontdesk/assets/lang"
)

// newDepositPage is the usual deposits, and how long they may stand.
func newDepositPage(s *Screen) *page {
	p := newPage(s, "deposit")
	w := s.desk.Words
	p.text("deposit.amounts", asIs, isDepositAmounts(w))
	p.text("deposit.days", asIs, isCount(w, 1, 999))
	p.text("deposit.warn_days", asIs, isCount(w, 1, 999))
	return p.finish()
}

// isDepositAmounts wants a few amounts with spaces between them.
func isDepositAmounts(w *lang.Words) func(string) string {
	return func(s string) string {
		if _, err := app.ParseDepositAmounts(s); err != nil {
			return w.T("settings.deposit.amounts.bad", "count", app.MaxDepositAmounts)
		}
		return ""
	}
}
