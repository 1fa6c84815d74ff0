package deposits

import (
	"strings"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// row is a line of the list in ready strings.
type row struct {
	id      int64
	room    string
	guest   string // or the receipt number, where no name was written
	about   string // 支付宝，11-18 入住，第 4 天
	amount  string
	money   bool   // something is held
	state   string // when it ends, or what became of it
	icon    kit.Icon
	ink     kit.Token
	bold    bool
	receipt string
	note    string // who took it, and the remark
	phone   string
}

// newRow words a deposit.
func newRow(d *screen.Desk, rule ageRule, deposit data.Deposit) row {
	w, today := d.Words, d.Books.Today()
	a := rule.of(w, deposit, today)
	arrival := w.T("deposit.arrival", "day", shortDay(deposit.Day, today))
	r := row{
		id: deposit.ID, room: deposit.Room, guest: deposit.Guest, receipt: deposit.ReceiptNo, phone: app.MaskPhone(deposit.Phone),
		about: strings.Join([]string{d.Wallet(deposit.Channel, deposit.Wallet), arrival, a.day}, w.T("till.comma")),
		note:  joined(w.T("till.comma"), deposit.Staff.Name, deposit.Remark),
	}
	if r.guest == "" {
		r.guest = deposit.ReceiptNo
	}
	if left := deposit.Left(); left > 0 {
		r.amount, r.money, r.state = left.Grouped(), true, a.expiry
		if a.old {
			r.icon, r.ink, r.bold = kit.IconAlert, kit.Warn, true
		}
	} else {
		r.amount = deposit.Amount.Grouped()
		r.about = strings.Join([]string{d.Wallet(deposit.Channel, deposit.Wallet), arrival}, w.T("till.comma"))
	}
	r.become(d, deposit)
	return r
}

// become says what became of a deposit that is not simply held.
func (r *row) become(d *screen.Desk, deposit data.Deposit) {
	w := d.Words
	look := kit.LookNone
	switch {
	case deposit.Attention != data.AttentionNone:
		r.state, r.icon, r.ink, r.bold = w.T("deposit.attention."+string(deposit.Attention)), kit.IconAlert, kit.Warn, true
		return
	case deposit.State == data.DepositHeld:
		return
	case deposit.State == data.DepositCaptured:
		r.state = w.T("deposit.row.captured", "amount", deposit.Captured.Grouped())
	default:
		r.state = w.T("badge." + string(deposit.State))
	}
	look = lookOf(deposit.State)
	r.icon, r.ink, r.bold = look.Icon(), look.Ink(), look == kit.LookUnknown || look == kit.LookFailed
}

// lookOf is how a deposit's state is shown.
func lookOf(s data.DepositState) kit.Look {
	switch s {
	case data.DepositPending:
		return kit.LookPaying
	case data.DepositUnknown:
		return kit.LookUnknown
	case data.DepositHeld:
		return kit.LookHeld
	case data.DepositCaptured:
		return kit.LookPaid
	case data.DepositReleased:
		return kit.LookRefunded
	case data.DepositFailed:
		return kit.LookFailed
	}
	return kit.LookClosed
}

// joined puts words that are not empty together.
func joined(between string, words ...string) string {
	var list []string
	for _, word := range words {
		if word != "" {
			list = append(list, word)
		}
	}
	return strings.Join(list, between)
}
