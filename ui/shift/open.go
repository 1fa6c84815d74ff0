package shift

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// opener is the dialog in which a shift is opened: its name, and what is in the
// drawer, as an amount or counted by notes and coins. One dialog has one draft:
// whatever is sent from it is one shift.
type opener struct {
	desk   *screen.Desk
	draft  string
	names  []string
	dialog *kit.Dialog

	usual  *kit.Select // of names; nil where the shop has none
	name   *kit.Field
	way    *kit.Segment
	float  *kit.FigureField
	table  *counter
	left   *fyne.Container
	fault  *kit.Hint
	busy   bool
	opened func()
}

const (
	byAmount = iota
	byCount
)

// Open asks for the name and the float of a new shift, and then calls opened.
func Open(d *screen.Desk, opened func()) {
	if d.Shifts == nil {
		return
	}
	d.Background(func(ctx context.Context) func() {
		v := d.Settings.Values(ctx)
		list, phone := names(v.Text("shift.names")), v.Text("ui.keypad") == "123"
		last, err := d.Books.Shifts(ctx, screen.PlusDays(d.Books.Today(), -1), d.Books.Today())
		if err != nil {
			d.Log.Warn("the last shift cannot be read", "err", err) // the first name is offered
		}
		if err := v.Err(); err != nil {
			d.Log.Warn("settings cannot be read", "err", err)
		}
		before := ""
		if len(last) > 0 {
			before = last[len(last)-1].Name
		}
		return func() {
			if !kit.Modal(d.Window.Canvas()) {
				newOpener(d, list, nameAfter(list, before), phone, opened).dialog.Show(d.Window.Canvas())
			}
		}
	})
}

func newOpener(d *screen.Desk, list []string, next string, phoneOrder bool, opened func()) *opener {
	w := d.Words
	o := &opener{desk: d, draft: screen.NewDraft("s"), names: list, opened: opened, left: container.NewStack()}
	o.name = kit.NewField(w.T("shift.name.now")).Placeholder(w.T("shift.name.hint"))
	var name fyne.CanvasObject = o.name
	if len(list) > 0 {
		o.usual = kit.NewSelect(w.T("shift.name.now"), append(append([]string{}, list...), w.T("shift.name.none")), 0, nil)
		for i, n := range list {
			if n == next {
				o.usual.SetIndex(i)
			}
		}
		name = o.usual
	}
	o.float = kit.NewLargeMoneyField()
	o.float.OnChanged = func(string) { o.changed() }
	o.table = newCounter(d, nil, o.changed)
	o.fault = kit.NewHint(kit.NoIcon, kit.Bad, "", kit.Body, kit.Bad)
	o.way = kit.NewSegment([]string{w.T("shift.float.amount"), w.T("shift.float.count")}, byAmount, func(int) { o.turn() })
	pad := panel.MoneyPad(phoneOrder, o.typeKey)
	right := kit.Down(kit.GapDense, name, o.way, kit.Stretch(pad))
	body := kit.Across(24, kit.Stretch(o.left), kit.Sized(handPad, openHeight, right))
	o.dialog = kit.NewDialog(w.T("shift.open.title"), body, w.T("refund.cancel"), w.T("shift.open.act"))
	o.dialog.Width, o.dialog.First = kit.DialogWide, o.float
	o.dialog.OnAct = o.send
	o.turn()
	return o
}

// openHeight is that of the table of notes and coins at its lowest.
const openHeight = countHead + 8*48 + countFoot

// turn shows the amount, or the table.
func (o *opener) turn() {
	w := o.desk.Words
	if o.way.Index() == byCount {
		o.left.Objects = []fyne.CanvasObject{kit.NewPanel(o.table)}
	} else {
		o.left.Objects = []fyne.CanvasObject{kit.Down(kit.GapKeys,
			kit.NewText(w.T("shift.float"), kit.Body, kit.Ink2), o.float,
			kit.Pad(8, 0, 0, 0, kit.NewParagraph(w.T("shift.float.text"), kit.Row, kit.Ink)), o.fault)}
	}
	o.left.Refresh()
	if o.dialog.Open() {
		if o.way.Index() == byCount {
			o.table.focus()
		} else {
			o.float.Focus()
		}
	}
	o.changed()
}

// typeKey types a key of the keypad into the amount, or into the row of the
// table that was typed into last.
func (o *opener) typeKey(k kit.Key) {
	if o.way.Index() == byCount {
		o.table.typeKey(k)
		return
	}
	o.float.TypeKey(k)
	o.float.Focus()
}

// amount is the float, fen, and how it was counted; ok is false while nothing was
// typed. An empty drawer is typed as 0, on purpose.
func (o *opener) amount() (a payment.Amount, counts []data.Count, ok bool) {
	if o.way.Index() == byCount {
		return o.table.sum(), o.table.counts(), o.table.touched()
	}
	a, err := payment.ParseAmount(strings.TrimSuffix(o.float.Text(), "."))
	return a, nil, err == nil
}

func (o *opener) changed() {
	if o.dialog == nil {
		return
	}
	w := o.desk.Words
	a, _, ok := o.amount()
	word := w.T("shift.open.act")
	if ok {
		word = w.T("shift.open.act.float", "float", a.Grouped())
	}
	o.dialog.SetAct(word, ok && a <= payment.MaxAmount)
}

// shiftName is what the shift is to be called; empty for nothing.
func (o *opener) shiftName() string {
	if o.usual == nil {
		return o.name.Text()
	}
	if i := o.usual.Index(); i < len(o.names) {
		return o.names[i]
	}
	return ""
}

// send opens the shift, once.
func (o *opener) send() {
	a, counts, ok := o.amount()
	if o.busy || !ok {
		return
	}
	o.busy = true
	order := app.OpenOrder{Draft: o.draft, Name: o.shiftName(), Float: a, Counts: counts}
	o.desk.Background(func(ctx context.Context) func() {
		_, err := o.desk.Shifts.Open(ctx, order)
		return func() {
			o.busy = false
			if err != nil {
				o.dialog.SetFacts(o.desk.Sentence(err), "")
				return
			}
			o.dialog.Close()
			o.opened()
		}
	})
}
