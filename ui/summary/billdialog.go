package summary

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Bills reads the channels' bills: app.Bills, or a stand-in that a test fills.
type Bills interface {
	ReadDay(ctx context.Context, day data.Day) (app.BillsRead, error)
}

const (
	billsWidth float32 = 880
	billsInner float32 = billsWidth - 58 // what the dialog leaves of it
	billsRoom  float32 = 320             // of the window that is not for the list
	// billsLimit ends reading from channels that hang.
	billsLimit = 5 * time.Minute
)

// billDialog shows where the till and the channels' bills of a day disagree, and
// reads the bills again.
type billDialog struct {
	s      *Screen
	day    data.Day
	dialog *kit.Dialog
	place  *fyne.Container
	told   string // what came of reading them again; empty before
	bad    bool   // told is about something that failed
}

// showBills opens it for the day that is shown.
func (s *Screen) showBills() {
	if s.busy() || !s.last.matched {
		return
	}
	w := s.desk.Words
	b := &billDialog{s: s, day: s.last.period.from, place: &fyne.Container{Layout: kit.Down(0).Layout}}
	b.fill(s.last.match)
	act := ""
	if s.bills != nil {
		act = w.T("bills.read")
	}
	b.dialog = kit.NewDialog(w.T("bills.title", "day", b.day), b.place, w.T("health.close"), act)
	b.dialog.Width = billsWidth
	b.dialog.OnAct = b.read
	b.dialog.Show(s.desk.Window.Canvas())
}

// fill shows a comparison: a line for each channel, and one for each difference.
func (b *billDialog) fill(m data.Reconciliation) {
	d := b.s.desk
	var rows []fyne.CanvasObject
	for _, c := range m.Channels {
		rows = append(rows, kit.NewCardRow(channelLine(d, c), nil))
	}
	if len(m.Differences) > 0 {
		rows = append(rows, kit.Sized(0, 12, kit.NewRule()))
	}
	for _, x := range m.Differences {
		rows = append(rows, b.differenceRow(x))
	}
	if b.told != "" {
		icon, ink := kit.IconInfo, kit.Ink2
		if b.bad {
			icon, ink = kit.IconFailed, kit.Bad
		}
		rows = append(rows, kit.Pad(8, 0, 0, 0, kit.NewHint(icon, ink, b.told, kit.Body, ink)))
	}
	room := d.Window.Canvas().Size().Height - billsRoom
	b.place.Objects = []fyne.CanvasObject{screen.Within(kit.Down(0, rows...), billsInner, room)}
	b.place.Refresh()
}

// channelLine says how a channel's bill stands.
func channelLine(d *screen.Desk, c data.ReconciledChannel) kit.CardLine {
	w := d.Words
	line := kit.CardLine{Icon: kit.IconPaid, Ink: kit.Ok, Word: d.Channel(c.Channel), Strong: true, Count: w.T("bills.same", "n", grouped(c.Same))}
	if !c.ReadAt.IsZero() {
		line.Value = w.T("bills.read_at", "time", moment(c.ReadAt, d.Now()))
	}
	switch {
	case c.Different > 0:
		line.Icon, line.Ink = kit.IconFailed, kit.Bad
		line.Count += w.T("bills.and_different", "n", grouped(c.Different))
	case c.Open > 0:
		line.Icon, line.Ink = kit.IconDot, kit.Ink3
	}
	if c.Open > 0 {
		line.Count += w.T("bills.and_open", "n", grouped(c.Open))
	}
	return line
}

// differenceRow is one movement of money; a tap shows its sale or deposit.
func (b *billDialog) differenceRow(x data.Difference) *kit.CardRow {
	d := b.s.desk
	words, amount := sideWords(d, x)
	name := x.ReceiptNo
	if name == "" {
		name = x.OrderNo
	}
	line := kit.CardLine{Icon: kit.IconAlert, Ink: kit.Warn, Word: name, Name: d.Words.T("bills.kind."+string(x.Kind)) + " " + words, Value: amount.Signed()}
	var open func()
	switch {
	case x.SaleID != 0:
		open = func() { b.leave(screen.TabSales, x.SaleID) }
	case x.DepositID != 0:
		open = func() { b.leave(screen.TabDeposits, x.DepositID) }
	}
	return kit.NewCardRow(line, open)
}

func (b *billDialog) leave(tab screen.Tab, id int64) {
	b.dialog.Close()
	b.s.desk.Go(tab, id)
}

// read asks the channels again and shows what the comparison is then. The till
// sells meanwhile; who closes the dialog sees it on the screen.
func (b *billDialog) read() {
	d := b.s.desk
	b.dialog.SetAct(d.Words.T("bills.reading"), false)
	go func() { // not in the Background, which ends after a while: a bill may take longer
		ctx, cancel := context.WithTimeout(context.Background(), billsLimit)
		defer cancel()
		read, err := b.s.bills.ReadDay(ctx, b.day)
		match, matchErr := b.s.books.Reconciliation(ctx, b.day)
		if err == nil {
			err = matchErr
		}
		d.Post(func() { b.got(read, match, err) })
	}()
}

func (b *billDialog) got(read app.BillsRead, match data.Reconciliation, err error) {
	b.s.Changed()
	if !b.dialog.Open() {
		return
	}
	d := b.s.desk
	b.told, b.bad = b.outcome(read, err)
	if err == nil {
		b.fill(match)
	} else {
		b.fill(b.s.last.match)
	}
	b.dialog.SetAct(d.Words.T("bills.read"), true)
	b.dialog.Flow()
}

// outcome is the sentence for what came of reading, the worst first.
func (b *billDialog) outcome(read app.BillsRead, err error) (sentence string, bad bool) {
	d, w := b.s.desk, b.s.desk.Words
	switch {
	case err != nil:
		return d.Sentence(err), true
	case len(read.Failed) > 0:
		return w.T("bills.failed", "channel", d.Channel(read.Failed[0].Channel), "day", read.Failed[0].Day), true
	case len(read.Later) > 0:
		return w.T("bills.later", "channel", d.Channel(read.Later[0].Channel), "day", read.Later[0].Day), false
	case len(read.Kept) > 0:
		return w.T("bills.kept", "n", len(read.Kept)), false
	}
	return w.T("bills.nobody"), false
}
