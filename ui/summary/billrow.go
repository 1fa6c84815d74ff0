package summary

import (
	"time"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// billRow tells whether the ledger agrees with the channels about a day; ok is
// false for what no bill is about.
func billRow(d *screen.Desk, r reading) (line row, ok bool) {
	w, m := d.Words, r.match
	if !r.matched {
		return row{}, false
	}
	line = row{CardLine: kit.CardLine{Icon: kit.IconDot, Ink: kit.Ink3}, to: target{kind: toBills}}
	switch different := len(m.Differences); {
	case different > 0:
		line.Icon, line.Ink, line.Strong = kit.IconFailed, kit.Bad, true
		line.Word = w.T("summary.closing.differs", "n", grouped(different))
	case m.Open > 0 && !r.billsDue():
		line.Word = w.T("summary.closing.bill.later")
	case m.Open > 0:
		line.Icon, line.Ink = kit.IconAlert, kit.Warn
		line.Word = w.T("summary.closing.bill.missing", "n", grouped(m.Open))
	case m.Same > 0:
		line.Icon, line.Ink = kit.IconPaid, kit.Ok
		line.Word = w.T("summary.closing.reconciled", "n", grouped(m.Same))
	default:
		line.Word, line.to = w.T("summary.closing.bill.none"), target{}
	}
	return line, true
}

// billsDue reports whether the channels' bills of the day should be there by now:
// from the morning after its last calendar day on. Cloud Pay and the others make
// them at about nine; the program asks from then on.
func (r reading) billsDue() bool {
	end, err := time.ParseInLocation(time.DateOnly, string(r.period.to), payment.Beijing)
	return err == nil && !r.now.Before(end.AddDate(0, 0, 2).Add(billHour*time.Hour))
}

// billHour is when on the last of these mornings a bill that is missing is worth
// a warning: the program has asked for it several times by then.
const billHour = 12

// sideWords say what the till and the channel tell about one movement of money,
// and the sum that matters.
func sideWords(d *screen.Desk, x data.Difference) (words string, amount payment.Amount) {
	w := d.Words
	switch x.State {
	case data.MatchOnlyTill:
		return w.T("bills.only_till"), x.Till
	case data.MatchOnlyChannel:
		return w.T("bills.only_channel"), x.Billed
	}
	return w.T("bills.differs", "billed", x.Billed.Grouped(), "till", x.Till.Grouped()), x.Billed - x.Till
}
