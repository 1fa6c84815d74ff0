package deposits

import (
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// detailView words the opened deposit.
func (s *Screen) detailView() detailView {
	o := s.open
	if !o.read() {
		return detailView{head: kit.ResultHead{Icon: kit.IconHeld, Word: s.desk.Words.T("deposit.reading"), Compact: true}}
	}
	d := o.detail
	v := detailView{head: s.detailHead(d), sums: s.sumsView(), facts: s.facts(d), story: s.story(), steps: s.stepFacts(d)}
	if step, ok := o.openStep(); ok {
		w := s.desk.Words
		v.notice = w.T("deposit.step.open."+string(step.Kind), "amount", step.Amount.Grouped()) + w.T("till.comma") + w.T("deposit.step.open.wait")
	}
	v.print = d.Held > 0
	v.refund = len(givers(d)) > 0
	return v
}

func (s *Screen) detailHead(d data.DepositDetail) kit.ResultHead {
	w, today := s.desk.Words, s.desk.Books.Today()
	h := kit.ResultHead{Icon: lookOf(d.State).Icon(), Compact: true}
	room := ""
	if d.Room != "" {
		room = w.T("deposit.room.of", "room", d.Room)
	}
	h.Word = joined("  ", room, d.Guest)
	if h.Word == "" {
		h.Word = d.ReceiptNo
	}
	arrival := w.T("deposit.arrival", "day", shortDay(d.Day, today))
	nights := ""
	if d.Nights > 0 {
		nights = w.T("deposit.nights.n", "n", d.Nights)
	}
	h.Line = joined(w.T("till.comma"), app.MaskPhone(d.Phone), arrival, nights)
	return h
}

// facts are how and until when the money is held.
func (s *Screen) facts(d data.DepositDetail) []kit.Fact {
	w, today := s.desk.Words, s.desk.Books.Today()
	how := s.desk.Through(d.Channel, d.Wallet)
	if d.Channel != payment.Cash {
		how = joined(w.T("till.comma"), how, w.T("deposit.method."+string(d.Method)), d.Payer)
	}
	facts := []kit.Fact{{Label: w.T("deposit.method"), Value: how}, {Label: w.T("pay.receipt"), Value: d.ReceiptNo}}
	if !s.open.held() {
		look := lookOf(d.State)
		facts = append(facts, kit.Fact{Label: w.T("deposit.state"), Value: w.T("badge." + string(d.State)), Icon: look.Icon(), Color: look.Ink()})
	} else {
		a := s.setup.age.of(w, d.Deposit, today)
		end := kit.Fact{Label: w.T("deposit.end"), Value: a.expiry}
		if d.Channel != payment.Cash {
			end.Value = shortDay(s.setup.age.end(d.Deposit), today) + w.T("till.comma") + a.expiry
		}
		if a.old {
			end.Icon, end.Color, end.Bold = kit.IconAlert, kit.Warn, true
		}
		facts = append(facts, end)
	}
	if d.Remark != "" {
		facts = append(facts, kit.Fact{Label: w.T("till.remark"), Value: d.Remark})
	}
	return facts
}

// story is what happened so far. A slip that was just scanned is its last line.
func (s *Screen) story() []kit.Event {
	d := s.open.detail
	var list []kit.Event
	for _, e := range d.Events {
		icon, token := screen.EventIcon(e.Kind)
		text := s.desk.DepositEventText(e, d.Deposit)
		if e.Kind == data.EventCreated && d.Staff.Name != "" {
			text = joined(s.desk.Words.T("till.comma"), text, d.Staff.Name)
		}
		list = append(list, kit.Event{Time: dayTimeOf(e.At), Text: text, Icon: icon, Color: token})
	}
	if found := s.open.found; !found.IsZero() {
		list = append(list, kit.Event{Time: dayTimeOf(found), Text: s.desk.Words.T("deposit.found"), Icon: kit.IconScan, Color: kit.Ink2})
	}
	return list
}

// dayTimeOf is a moment with its day.
func dayTimeOf(t time.Time) string { return t.In(payment.Beijing).Format("01-02 15:04") }

// stepFacts are the numbers of the hold and of every step, with their states.
func (s *Screen) stepFacts(d data.DepositDetail) []kit.Fact {
	w := s.desk.Words
	var facts []kit.Fact
	number := func(key, value string) {
		if value != "" {
			facts = append(facts, kit.Fact{Label: w.T(key, "channel", s.desk.Wallet(d.Channel, d.Wallet)), Value: value, Mono: true})
		}
	}
	if d.Channel != payment.Cash {
		number("deposit.order_no", d.OutOrderNo)
		number("deposit.auth_no", d.AuthNo)
	}
	for _, step := range d.Steps {
		look := stepLook(step.State)
		facts = append(facts, kit.Fact{
			Label: w.T("step."+string(step.Kind)+".name") + " " + step.Amount.Grouped(), Value: w.T("step.state." + string(step.State)),
			Icon: look.Icon(), Color: look.Ink(), Bold: true,
		})
		if step.Rest > 0 && step.State == payment.RefundDone {
			facts = append(facts, kit.Fact{Label: w.T("deposit.rest"), Value: step.Rest.Grouped()})
		}
		if step.Refunded > 0 {
			facts = append(facts, kit.Fact{Label: w.T("deposit.refunded"), Value: "-" + step.Refunded.Grouped()})
		}
		if step.Reason != "" {
			facts = append(facts, kit.Fact{Label: w.T("sales.fact.reason"), Value: step.Reason})
		}
		if d.Channel != payment.Cash {
			number("step."+string(step.Kind)+".number", step.Number)
			number("sales.fact.trade_no", step.TradeNo)
		}
		number("pay.code", step.Code)
	}
	return facts
}

// stepLook is how a step's state is shown.
func stepLook(s payment.StepState) kit.Look {
	switch s {
	case payment.RefundDone:
		return kit.LookPaid
	case payment.RefundRefused:
		return kit.LookFailed
	case payment.RefundUnknown:
		return kit.LookUnknown
	}
	return kit.LookPaying
}

// otherNotices are the other deposits of the room with something held. More
// than there is room for are counted.
func (s *Screen) otherNotices() []panel.Notice {
	o, w := s.open, s.desk.Words
	var list []panel.Notice
	for i, d := range o.room {
		if i == maxOthers-1 && len(o.room) > maxOthers {
			rest := o.room[i:]
			list = append(list, panel.Notice{
				Line: w.T("deposit.room.more", "n", len(rest)) + "   ¥" + sumLeft(rest).Grouped(), Second: w.T("deposit.room.more.text"),
				Icon: kit.IconInfo, Color: kit.AccentInk, Calm: true, Word: w.T("till.show"), Tap: func() { s.listRoom(d.Room) },
			})
			break
		}
		line := w.T("deposit.room.other", "channel", s.desk.Wallet(d.Channel, d.Wallet))
		if len(o.room) == 1 {
			line = w.T("deposit.room.one", "channel", s.desk.Wallet(d.Channel, d.Wallet))
		}
		second := joined(w.T("till.comma"), d.Guest, w.T("deposit.arrival", "day", shortDay(d.Day, s.desk.Books.Today())))
		if o.held() {
			second = w.T("deposit.room.text")
		}
		list = append(list, panel.Notice{
			Line: line + "   ¥" + d.Left().Grouped(), Second: second,
			Icon: kit.IconInfo, Color: kit.AccentInk, Calm: true, Word: w.T("deposit.open"), Tap: func() { s.Open(d.ID, "") },
		})
	}
	return list
}

// listRoom shows all that is held of a room in the list.
func (s *Screen) listRoom(room string) {
	s.leave()
	s.list.choice.SetIndex(showHeld)
	s.list.search.SetText(room)
}
