package deposits

import (
	"strings"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// result is the end of something that nobody waited for any more.
type result struct {
	depositID int64
	notice    panel.Notice
}

// holdResult words the end of a hold that was put aside.
func holdResult(d *screen.Desk, deposit app.Deposit) result {
	look := lookOf(deposit.State)
	if deposit.Phase == app.PhasePaid {
		look = kit.LookPaid
	}
	return result{deposit.ID, panel.Notice{
		Line:   d.Words.T("deposit.result."+string(deposit.Phase), "amount", deposit.Amount.Grouped()),
		Second: whose(d, deposit.Deposit), Icon: look.Icon(), Color: look.Ink(), Calm: true, Word: d.Words.T("till.show"),
	}}
}

// stepResult words the end of a step that was put aside.
func stepResult(d *screen.Desk, step app.DepositStep) result {
	look := kit.LookPaid
	key := "deposit.result." + string(step.Kind)
	if step.State == payment.RefundRefused {
		look, key = kit.LookFailed, key+".refused"
	}
	return result{step.DepositID, panel.Notice{
		Line:   d.Words.T(key, "amount", step.Amount.Grouped()),
		Second: whose(d, step.Deposit), Icon: look.Icon(), Color: look.Ink(), Calm: true, Word: d.Words.T("till.show"),
	}}
}

// whose says in a line whose deposit it is.
func whose(d *screen.Desk, deposit data.Deposit) string {
	return joined("  ", deposit.Room, deposit.Guest, d.Words.T("till.result.text", "receipt", deposit.ReceiptNo))
}

// notices are what is open, what came of it, and what has to be decided, the
// most urgent last: nearest to the hand.
func (s *Screen) notices() []panel.Notice {
	var list []panel.Notice
	if n := len(s.results); n > 0 {
		last := s.results[n-1]
		last.notice.Tap = func() {
			s.results = nil
			s.Open(last.depositID, "")
		}
		list = append(list, last.notice)
	}
	if n, ok := s.taking.TroubleNotice(); ok {
		list = append(list, n)
	}
	for _, d := range s.list.urgent {
		list = append(list, s.urgentNotice(d))
	}
	if n, ok := s.stepNotice(); ok {
		list = append(list, n)
	}
	if n, ok := s.taking.WaitingNotice(s.ShowHold); ok {
		list = append(list, n)
	}
	return list[max(0, len(list)-maxNotices):]
}

// urgentNotice is about a deposit that a person has to decide about.
func (s *Screen) urgentNotice(d data.Deposit) panel.Notice {
	w := s.desk.Words
	key, amount := "deposit.urgent."+string(d.Attention), d.Amount
	if d.Attention == data.AttentionTaken {
		amount = d.Released
	}
	return panel.Notice{
		Line: w.T(key, "amount", amount.Grouped(), "channel", s.desk.Wallet(d.Channel, d.Wallet)), Second: w.T(key+".text", "room", d.Room),
		Icon: kit.IconAlert, Color: kit.Warn, Word: w.T("till.show"), Tap: func() { s.Open(d.ID, "") },
	}
}

// stepNotice is about captures, releases and refunds without a result.
func (s *Screen) stepNotice() (panel.Notice, bool) {
	list := s.list.steps
	if len(list) == 0 {
		return panel.Notice{}, false
	}
	w, first := s.desk.Words, list[0]
	line := []string{w.T("deposit.step.open."+string(first.Kind), "amount", first.Amount.Grouped())}
	if len(list) > 1 {
		line = append(line, w.T("deposit.step.open.more", "n", len(list)))
	}
	return panel.Notice{
		Line: strings.Join(line, w.T("till.comma")), Second: w.T("deposit.step.open.text", "span", panel.Span(w, max(0, s.desk.Now().Sub(first.CreatedAt)))),
		Icon: kit.IconUnknown, Color: kit.Warn, Word: w.T("till.show"), Tap: func() { s.Open(first.DepositID, "") },
	}, true
}

// OpenCount is how many holds and steps wait for a result, and how many
// deposits for a person.
func (s *Screen) OpenCount() int {
	n := len(s.list.urgent) + len(s.list.steps)
	if s.desk.Till == nil {
		return n
	}
	for _, d := range s.desk.Till.OpenHolds() {
		if d.Phase == app.PhaseUnknown || d.Parked || d.Resumed {
			n++
		}
	}
	return n
}
