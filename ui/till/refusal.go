package till

import (
	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// refused is the panel of an act that led to no payment at all. Like a failure
// it stays until it was seen.
type refused struct {
	panel
	again bool // Enter was pressed once
}

// refusal words why nothing was sent. due is the amount that stands, fen.
func refusal(d *screen.Desk, err error, due payment.Amount) refused {
	w := d.Words
	r := refused{panel: panel{
		head: kit.ResultHead{Kind: kit.ResultFailed, Icon: kit.IconFailed, Word: w.T("till.refused.title"),
			Line: w.T("till.refused.line"), Amount: due.Grouped()},
		lead:    d.Sentence(err),
		text:    w.T("pay.kept.cash"),
		main:    []button{{word: w.T("pay.ok"), key: "Esc", do: dismiss}},
		caption: w.T("pay.failed.hint"),
	}}
	if p, ok := app.ProblemOf(err); ok && p.Kind == app.ProblemWalletRefused && len(p.Pairs) == 2 {
		wallet, _ := p.Pairs[1].(string)
		r.head.Word = w.T("till.refused.wallet.title")
		r.lead = w.T("till.refused.wallet.what", "wallet", w.T("wallet."+wallet))
		r.text = w.T("till.refused.wallet.do")
	}
	return r
}
