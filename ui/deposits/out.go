package deposits

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
	"frontdesk/ui/taking"
)

// out are the two sides while a deposit is open: what the guest owes and what
// becomes of the rest on the left; the deposit, or a step of it that is under
// way, on the right.
type out struct {
	s    *Screen
	root *fyne.Container

	card  *kit.AmountCard
	pad   *panel.Pad
	quick *panel.QuickColumn
	rest  *kit.Choices
	ways  *panel.Ways

	detail *detail
	view   *panel.View
}

// outView is the left side in ready strings, and the panel on the right where
// there is one.
type outView struct {
	amount kit.AmountView
	typing bool
	quick  []panel.QuickKey
	rest   [2]kit.Choice
	keep   bool // the second one is chosen
	may    bool // the rest can be kept
	ways   []panel.Way
	panel  *panel.Panel
}

// actRelease is what the key to give all back asks for; no other key does.
const actRelease screen.Action = "release_all"

// The choices of what becomes of the rest.
const (
	restBack = iota
	restKept
)

func newOut(s *Screen) *out {
	o := &out{s: s, card: kit.NewAmountCard(), detail: newDetail(s)}
	o.card.OnTapped = func() { s.taking.Unfocus(); s.refresh() }
	o.pad = panel.NewPad(s.taking.TappedKey)
	o.quick = panel.NewQuickColumn(0, nil)
	o.rest = kit.NewChoices(make([]kit.Choice, 2), kit.ChoiceTall, restBack, func(i int) { s.chooseRest(i == restKept) })
	o.ways = panel.NewWays(3, func(a screen.Action) { s.Act(a) })
	o.view = panel.NewView(s.do)
	keys := o.ways.Objects()
	// The key that gives all back stands away from the others.
	const away = 24
	o.root = kit.NewTill(kit.Till{
		Card: o.card, Keypad: o.pad.Object(), Quick: o.quick.Object(),
		Below: []fyne.CanvasObject{kit.Grid(2, kit.GapKeys, o.rest.Objects()...)}, BelowH: kit.ChoiceTall,
		Actions: []fyne.CanvasObject{keys[0], kit.Pad(0, away, 0, 0, keys[1]), kit.Pad(0, 0, 0, away, keys[2])},
		Right:   container.NewStack(o.detail.root, o.view.Object()),
	})
	return o
}

// chooseRest says what becomes of the rest.
func (s *Screen) chooseRest(keep bool) {
	if s.open == nil || s.mode() != modeDue {
		return
	}
	s.open.keep, s.open.sent = keep && s.rules().KeepRest, nil
	s.refresh()
}

// draw shows a view. Parts that do not change do not paint.
func (o *out) draw(v outView) {
	o.card.Set(v.amount)
	o.pad.Draw(o.s.setup.phoneOrder, v.typing)
	o.quick.Draw(v.quick)
	for i, choice := range v.rest {
		o.rest.Set(i, choice)
	}
	chosen := restBack
	if v.keep {
		chosen = restKept
	}
	o.rest.SetIndex(chosen)
	o.rest.Rows[restBack].SetEnabled(v.typing)
	o.rest.Rows[restKept].SetEnabled(v.typing && v.may)
	o.ways.Draw(v.ways)
	if v.panel != nil {
		o.view.Draw(*v.panel)
	} else {
		o.detail.draw()
	}
	screen.Only(o.view.Object(), v.panel != nil)
	screen.Only(o.detail.root, v.panel == nil)
}

// outView words both sides for the present moment.
func (s *Screen) outView() outView {
	o, w, mode := s.open, s.desk.Words, s.mode()
	v := outView{amount: s.dueView(mode), typing: mode == modeDue, keep: o.keep}
	rules := s.rules()
	v.may = rules.KeepRest
	if o.step != nil {
		p := stepPanel(s.desk, *o.step, around{about: about{o.id, o.detail, o.room}, now: s.desk.Now(), asked: o.asked})
		v.panel = &p
	}
	cash := o.detail.Channel == payment.Cash
	rest := o.rest().Grouped()
	v.rest[restBack] = kit.Choice{Word: w.T("deposit.rest.back"), Second: w.T(ifCash(cash, "deposit.rest.back.second"), "rest", rest)}
	v.rest[restKept] = kit.Choice{Word: w.T("deposit.rest.keep"), Second: w.T("deposit.rest.keep.second", "rest", rest)}
	if cash {
		v.rest[restKept].Word = w.T("deposit.rest.keep.cash")
	}
	name := s.desk.Wallet(o.detail.Channel, o.detail.Wallet)
	switch {
	case !o.read():
	case !rules.Holds:
		v.rest[restKept].Second = w.T("deposit.rest.keep.off", "channel", name)
	case !v.may:
		v.rest[restKept].Second = w.T("deposit.rest.keep.no", "channel", name)
	}
	v.quick = s.dueKeys(mode == modeDue)
	release := panel.Way{Word: w.T(ifCash(cash, "deposit.release.all")), Kind: kit.Destructive, On: mode == modeDue, Act: actRelease}
	if o.held() {
		release.Key = w.T("deposit.release.amount", "amount", o.detail.Left().Grouped())
	}
	leave := w.T("deposit.leave")
	if mode != modeDue {
		leave = w.T("pay.back")
	}
	v.ways = []panel.Way{
		{Word: w.T("deposit.capture"), Key: "Enter", Kind: kit.Default, On: mode == modeDue && o.fits(), Act: screen.ActDefault},
		{Word: leave, Key: "Esc", On: true, Act: screen.ActCancel},
		release,
	}
	return v
}

// rules are what can be done with the opened deposit.
func (s *Screen) rules() payment.HoldRules {
	if s.desk.Till == nil || !s.open.read() {
		return payment.HoldRules{Holds: true, KeepRest: true, ReleasePart: true}
	}
	return s.desk.Till.RulesOf(s.open.detail.Deposit)
}

// ifCash is the key of the words for cash, where it is cash.
func ifCash(cash bool, key string) string {
	if cash {
		return key + ".cash"
	}
	return key
}

// dueView is the amount card.
func (s *Screen) dueView(mode taking.Mode) kit.AmountView {
	o, w := s.open, s.desk.Words
	v := kit.AmountView{Label: w.T("deposit.due"), Sum: o.entry.Sum(), Active: true}
	if !o.entry.Empty() {
		v.Text = o.due().Grouped()
	}
	switch {
	case mode == modeStep:
		v.Locked = w.T("deposit.locked.step")
	case mode == modeReadOnly:
		v.Locked = w.T("till.locked.read_only")
	case mode == modeSettled && !o.read():
		v.Locked = w.T("deposit.locked.reading")
	case mode == modeSettled && o.detail.State == data.DepositUnknown:
		v.Locked = w.T("deposit.locked.unknown")
	case mode == modeSettled:
		v.Locked = w.T("deposit.locked.settled")
	case o.due() > o.detail.Left():
		v.Hint, v.HintBad = w.T("deposit.hint.too_much", "left", o.detail.Left().Grouped()), true
	default:
		v.Hint = w.T("deposit.hint.held", "left", o.detail.Left().Grouped())
	}
	s.taking.Hint.On(&v)
	return v
}

// dueKeys are what a guest may owe: the shop's quick amounts, and all of it.
func (s *Screen) dueKeys(on bool) []panel.QuickKey {
	o := s.open
	var list []panel.QuickKey
	for _, q := range s.setup.goods {
		if len(list) == s.dueRoom() {
			break
		}
		name, price := panel.QuickName(q)
		list = append(list, panel.QuickKey{Name: name, Price: price, On: on, Tap: func() {
			hold{s}.Type(func(e *app.Entry) { e.Add(q) })
		}})
	}
	left := o.detail.Left()
	if left > 0 {
		list = append(list, panel.QuickKey{Name: s.desk.Words.T("deposit.due.all"), Price: left.Grouped(), On: on, Chosen: o.due() == left, Tap: func() {
			hold{s}.Type(func(e *app.Entry) { e.Set(left) })
		}})
	}
	return list
}

// dueRoom is how many quick amounts fit beside the one for all of it.
func (s *Screen) dueRoom() int {
	if kit.LeftWidth(s.root.Size().Width) >= 800 {
		return 7
	}
	return 3
}
