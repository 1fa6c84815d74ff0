package sales

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/ui/kit"
	"frontdesk/ui/people"
)

// act runs one act off the UI goroutine and says what came of it. Every act may
// be repeated: the till makes one of it.
func (s *Screen) act(done string, work func(ctx context.Context) error) {
	d := s.desk
	if d.Till == nil {
		s.detail.say(d.Sentence(&app.Problem{Kind: app.ProblemReadOnly}))
		return
	}
	id := s.detail.id
	d.Background(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			if id != s.detail.id {
				return // another sale is open by now: its note would be about the wrong one
			}
			if err != nil {
				s.detail.say(d.Sentence(err))
			} else if done != "" {
				s.detail.say(done)
			}
			s.detail.reload()
		}
	})
}

// reprint queues a marked copy of the receipt.
func (s *Screen) reprint() {
	if !s.detail.view.acts.reprint {
		s.detail.say(s.desk.Words.T("sales.none.paper"))
		return
	}
	id := s.detail.sale.ID
	s.act(s.desk.Words.T("sales.reprint.queued"), func(ctx context.Context) error {
		_, err := s.desk.Till.Reprint(ctx, id)
		s.desk.WakePrinter()
		return err
	})
}

// reprintRefund queues a marked copy of a refund's slip.
func (s *Screen) reprintRefund(refundID int64) {
	id := s.detail.sale.ID
	s.act(s.desk.Words.T("sales.reprint.queued"), func(ctx context.Context) error {
		_, err := s.desk.Till.ReprintRefund(ctx, id, refundID)
		s.desk.WakePrinter()
		return err
	})
}

// queryNow asks the channel at once.
func (s *Screen) queryNow() {
	t, ok := leadTender(s.detail.sale)
	if !ok || !t.State.Open() {
		return
	}
	s.act(s.desk.Words.T("sales.query.sent", "channel", s.desk.Wallet(t.Channel, t.Wallet)), func(context.Context) error {
		s.desk.Till.QueryNow(t.ID)
		return nil
	})
}

// askCancel asks before an open payment is cancelled: it may have been paid.
func (s *Screen) askCancel() {
	w := s.desk.Words
	t, ok := leadTender(s.detail.sale)
	if !ok || !t.State.Open() {
		return
	}
	text := w.T("sales.cancel.text", "channel", s.desk.Wallet(t.Channel, t.Wallet), "amount", t.Amount.Grouped())
	s.ask(w.T("sales.cancel.title"), text, w.T("sales.cancel.keep"), w.T("sales.cancel.act", "amount", t.Amount.Grouped()), func() {
		s.act("", func(ctx context.Context) error {
			_, err := s.desk.Till.Cancel(ctx, t.ID)
			return err
		})
	})
}

// keepLate closes the question about a sale: the money is kept, or what
// happened was seen.
func (s *Screen) keepLate() {
	id := s.detail.sale.ID
	s.act("", func(ctx context.Context) error { return s.desk.Till.KeepLate(ctx, id) })
}

// askReturnLate asks before late money goes back, and for somebody's word where
// the person at the till may not give it back alone.
func (s *Screen) askReturnLate() {
	w := s.desk.Words
	sale := s.detail.sale
	if s.desk.Till == nil {
		s.detail.say(s.desk.Sentence(&app.Problem{Kind: app.ProblemReadOnly}))
		return
	}
	amount := decided(sale).Amount.Grouped()
	people.Ask(s.desk, people.Question{
		Act: people.ActRefund, Confirm: true, Kind: kit.MoneyOut,
		Title: w.T("sales.late.back.title"), Text: w.T("sales.late.back.text", "amount", amount), Word: w.T("sales.late.back.act", "amount", amount),
		Do: func(ctx context.Context, approval *app.Approval) error {
			_, err := s.desk.Till.ReturnLate(ctx, sale.ID, w.T("sales.late.back.reason"), approval)
			return err
		},
		Then:   s.detail.reload,
		Failed: func(err error) { s.detail.say(s.desk.Sentence(err)) },
	})
}

// ask is a question about money that may go out.
func (s *Screen) ask(title, text, cancel, word string, then func()) {
	dialog := kit.NewDialog(title, kit.NewParagraph(text, kit.Row, kit.Ink), cancel, word)
	dialog.ActKind = kit.MoneyOut
	dialog.OnAct = func() {
		dialog.Close()
		then()
	}
	dialog.Show(s.desk.Window.Canvas())
}

// copyNumber takes the open sale's trade number, or its order number, to the
// clipboard.
func (s *Screen) copyNumber(fyne.Shortcut) {
	t, ok := leadTender(s.detail.sale)
	if s.busy() || !ok {
		return
	}
	if t.TradeNo != "" {
		s.copy(t.TradeNo)
		return
	}
	s.copy(t.OutTradeNo)
}
