package till

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// refused is the panel of an act that led to no payment at all. Like a failure
// it stays until it was seen.
type refused struct {
	panel.Panel
	again bool // Enter was pressed once
}

// refusal words why nothing was sent. due is the amount that stands, fen.
func refusal(d *screen.Desk, err error, due payment.Amount) refused {
	w := d.Words
	r := refused{Panel: panel.NothingSent(d, due, w.T("till.refused.title"), w.T("till.refused.line"), d.Sentence(err), w.T("pay.kept.cash"))}
	if p, ok := app.ProblemOf(err); ok && p.Kind == app.ProblemWalletRefused && len(p.Pairs) == 2 {
		wallet, _ := p.Pairs[1].(string)
		r.Head.Word = w.T("till.refused.wallet.title")
		r.Lead = w.T("till.refused.wallet.what", "wallet", w.T("wallet."+wallet))
		r.Text = w.T("till.refused.wallet.cash")
		if taken := d.Till.Wallets(); len(taken) > 0 {
			r.Text = w.T("till.refused.wallet.do", "wallets", d.WalletList(taken))
		}
	}
	return r
}
