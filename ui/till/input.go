package till

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// TypedRune gets what was typed while no field had the focus.
func (s *Screen) TypedRune(r rune) bool { return s.taking.TypedRune(r) }

// TypedKey gets the keys that edit the amount.
func (s *Screen) TypedKey(key fyne.KeyName) bool { return s.taking.TypedKey(key) }

// tappedQuick adds a quick amount.
func (s *Screen) tappedQuick(q app.QuickAmount) {
	sale{s}.Type(func(e *app.Entry) { e.Add(q) })
}

// Scanned gets what the scanner read.
func (s *Screen) Scanned(scan screen.Scan) bool {
	code, wallet := payment.Recognise(scan.Text)
	if wallet == payment.WalletNone {
		s.find(code.Raw())
	} else {
		s.taking.Scanned(code)
	}
	return true
}

// find opens the sale whose receipt was scanned, or the deposit that the number
// belongs to.
func (s *Screen) find(text string) {
	s.desk.Background(func(ctx context.Context) func() {
		tab, id, err := s.desk.Find(ctx, text)
		return func() {
			p, _ := app.ProblemOf(err)
			switch kind := data.KindOfReceipt(text); {
			case err == nil:
				s.desk.Go(tab, id)
			case p == nil || p.Kind != app.ProblemNotFound:
				s.taking.Refuse(err)
			case kind == data.ReceiptDeposit && !s.desk.Mode.Deposits():
				s.taking.Warn("till.hint.deposit_off")
			case kind != data.ReceiptNone:
				s.taking.Warn("till.hint.not_found")
			default:
				s.taking.Warn("till.hint.code_unknown")
			}
		}
	})
}
