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
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// mover is the dialog that puts cash into the drawer or takes it out. One dialog
// has one draft: whatever is sent from it is one movement.
type mover struct {
	desk     *screen.Desk
	draft    string
	dialog   *kit.Dialog
	approval *people.Approval

	way    *kit.Segment
	amount *kit.FigureField
	why    *fyne.Container // the reasons of the way that is chosen
	rows   *kit.Choices
	own    *kit.Field
	fault  *kit.Hint // what is wrong, above the amount
	at     int       // the reason; -1 while none is chosen
	busy   bool
	moved  func()
}

// padHeight is that of the keypad beside the fields, however many there are.
const padHeight float32 = 312

const (
	wayIn = iota
	wayOut
)

// reasonsOf are the usual reasons; the last one is "other".
var reasonsOf = [2][]string{
	wayIn:  {"change", "returned", "float", "other"},
	wayOut: {"bank", "goods", "change", "other"},
}

// MoveCash asks how much goes in or out, and why, and then calls moved.
func MoveCash(d *screen.Desk, moved func()) {
	if d.Shifts == nil {
		return
	}
	d.Background(func(ctx context.Context) func() {
		need, err := people.NeedOf(ctx, d, people.ActCash)
		keypad, _ := d.Settings.Get(ctx, "ui.keypad") // 7-8-9 where it cannot be read
		return func() {
			switch {
			case kit.Modal(d.Window.Canvas()):
			case err != nil:
				tell(d, d.Words.T("cash.move.title"), d.Sentence(err))
			default:
				newMover(d, need, keypad == "123", moved).dialog.Show(d.Window.Canvas())
			}
		}
	})
}

// tell says why nothing can be done now.
func tell(d *screen.Desk, title, sentence string) {
	body := kit.NewHint(kit.IconFailed, kit.Bad, sentence, kit.Row, kit.Ink)
	kit.NewDialog(title, body, d.Words.T("health.close"), "").Show(d.Window.Canvas())
}

func newMover(d *screen.Desk, need people.Need, phoneOrder bool, moved func()) *mover {
	w := d.Words
	m := &mover{desk: d, draft: screen.NewDraft("c"), at: -1, moved: moved, why: container.NewStack()}
	m.approval = people.NewApproval(d, need, m.changed)
	m.way = kit.NewSegment([]string{w.T("cash.move.in"), w.T("cash.move.out")}, wayOut, func(int) { m.turn() })
	m.amount = kit.NewLargeMoneyField()
	m.amount.OnChanged = func(string) { m.edited() }
	m.fault = kit.NewHint(kit.NoIcon, kit.Bad, "", kit.Body, kit.Bad)
	m.own = kit.NewField("").Placeholder(w.T("cash.reason.hint"))
	m.own.Entry.OnChanged = func(string) { m.edited() }
	caption := kit.Across(kit.GapDense, kit.NewText(w.T("cash.move.amount"), kit.Body, kit.Ink2), kit.Stretch(kit.Pad(0, 0, 0, 12, m.fault)))
	left := kit.Down(8, m.way, kit.Sized(0, 27, caption), m.amount,
		kit.Sized(0, 27, kit.NewText(w.T("cash.move.why"), kit.Body, kit.Ink2)), m.why, m.own, m.approval.Object())
	pad := kit.Down(0, kit.Sized(0, padHeight, panel.MoneyPad(phoneOrder, m.typeKey)))
	m.dialog = kit.NewDialog(w.T("cash.move.title"), kit.Across(24, kit.Stretch(left), kit.Sized(handPad, 0, pad)),
		w.T("refund.cancel"), w.T("cash.move.act"))
	m.dialog.Width, m.dialog.First = kit.DialogWide, m.amount
	m.dialog.OnAct = m.send
	m.dialog.OnCancel = m.approval.Close
	m.turn()
	return m
}

// turn offers the reasons of the other way.
func (m *mover) turn() {
	w := m.desk.Words
	way := m.way.Index()
	list := make([]kit.Choice, len(reasonsOf[way]))
	for i, key := range reasonsOf[way] {
		list[i].Word = m.reason(way, key)
	}
	m.at = -1
	m.rows = kit.NewChoices(list, kit.ChoiceLow, -1, m.choose)
	m.why.Objects = []fyne.CanvasObject{kit.Grid(2, 8, m.rows.Objects()...)}
	m.why.Refresh()
	m.own.SetText("")
	m.own.Hide()
	m.dialog.Facts = w.T("cash.move.facts")
	m.edited()
	m.dialog.Flow()
}

func (m *mover) reason(way int, key string) string {
	return m.desk.Words.T([2]string{"cash.in.", "cash.out."}[way] + key)
}

func (m *mover) choose(i int) {
	m.at = i
	other := i == len(m.rows.Rows)-1
	screen.Only(m.own, other)
	m.dialog.Flow()
	switch {
	case other:
		m.own.Focus()
	case m.amount.Text() != "":
		m.approval.Next()
	}
	m.edited()
}

// typeKey types a key of the keypad into the field with the focus.
func (m *mover) typeKey(k kit.Key) {
	if f, ok := m.desk.Window.Canvas().Focused().(kit.KeyTarget); ok {
		f.TypeKey(k)
		return
	}
	m.amount.TypeKey(k)
}

// edited voids a PIN that was typed for something else.
func (m *mover) edited() {
	m.approval.Void()
	m.say("")
	m.changed()
}

// order is what to ask for; ok is false while something is missing.
func (m *mover) order() (o app.CashOrder, ok bool) {
	o = app.CashOrder{Draft: m.draft, Kind: data.CashOut}
	if m.way.Index() == wayIn {
		o.Kind = data.CashIn
	}
	var err error
	if o.Amount, err = payment.ParseAmount(strings.TrimSuffix(m.amount.Text(), ".")); err != nil || o.Amount <= 0 || m.at < 0 {
		return o, false
	}
	if m.at == len(m.rows.Rows)-1 {
		o.Reason = strings.TrimSpace(m.own.Text())
	} else {
		o.Reason = m.reason(m.way.Index(), reasonsOf[m.way.Index()][m.at])
	}
	return o, o.Reason != ""
}

// changed words the act.
func (m *mover) changed() {
	if m.dialog == nil {
		return
	}
	w := m.desk.Words
	o, ok := m.order()
	key, kind := "cash.move.act", kit.Default
	switch {
	case o.Amount <= 0:
	case m.way.Index() == wayIn:
		key = "cash.move.act.in"
	default:
		key, kind = "cash.move.act.out", kit.MoneyOut
	}
	m.dialog.SetActKind(kind)
	m.dialog.SetAct(w.T(key, "amount", o.Amount.Grouped()), ok && m.approval.Ready())
}

// send moves the cash, once.
func (m *mover) send() {
	o, ok := m.order()
	if m.busy || !ok || !m.approval.Ready() {
		return
	}
	m.busy = true
	word := m.approval.Word()
	m.desk.Background(func(ctx context.Context) func() {
		approval, err := word.Prove(ctx)
		if err == nil {
			o.Approval = approval
			_, err = m.desk.Shifts.MoveCash(ctx, o)
		}
		return func() { m.sent(err) }
	})
}

func (m *mover) sent(err error) {
	m.busy = false
	switch {
	case err == nil:
		m.approval.Close()
		m.dialog.Close()
		m.desk.WakePrinter()
		m.moved()
	case m.approval.Refused(err):
	default:
		m.say(m.desk.Sentence(err))
	}
	m.changed()
}

func (m *mover) say(sentence string) {
	icon := kit.IconFailed
	if sentence == "" {
		icon = kit.NoIcon
	}
	m.fault.Set(icon, kit.Bad, sentence, kit.Bad)
}
