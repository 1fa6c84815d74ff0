package till

import (
	"frontdesk/ui/kit"
	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// The dialog with all quick amounts: for those that have no key of their own.

const (
	quickColumns         = 4
	quickLines           = 4
	quickPage            = quickColumns * quickLines
	quickHeight  float32 = 72
)

// openQuick shows all quick amounts. Each tap adds one and the dialog stays:
// people buy more than one thing.
func (s *Screen) openQuick() {
	if kit.Modal(s.desk.Window.Canvas()) {
		return
	}
	if len(s.setup.quick) == 0 {
		s.offerQuick()
		return
	}
	s.showQuick(0)
}

func (s *Screen) showQuick(page int) {
	w := s.desk.Words
	list := s.setup.quick
	pages := (len(list) + quickPage - 1) / quickPage
	var d *kit.Dialog
	facts := func() { d.SetFacts(w.T("till.due")+" ", s.now.Due().Grouped()) }
	grid := kit.Grid(quickColumns, kit.GapKeys)
	for _, q := range list[page*quickPage : min(len(list), (page+1)*quickPage)] {
		name, price := panel.QuickName(q)
		grid.Add(kit.Sized(0, quickHeight, kit.NewQuick(name, price, func() {
			s.tappedQuick(q)
			facts()
		})))
	}
	d = kit.NewDialog(w.T("till.quick.title"), grid, w.T("till.quick.done"), "")
	d.Width = kit.DialogWide
	if pages > 1 {
		d.Others = []*kit.Button{
			turn(w.T("till.quick.back"), page > 0, func() { d.Close(); s.showQuick(page - 1) }),
			turn(w.T("till.quick.next"), page < pages-1, func() { d.Close(); s.showQuick(page + 1) }),
		}
	}
	facts()
	d.Show(s.desk.Window.Canvas())
}

func turn(word string, on bool, tapped func()) *kit.Button {
	b := kit.NewButton(word, kit.ButtonLarge, tapped)
	b.SetEnabled(on)
	return b
}

// offerQuick says where quick amounts are made.
func (s *Screen) offerQuick() {
	w := s.desk.Words
	d := kit.NewDialog(w.T("till.quick.title"), kit.NewParagraph(w.T("till.quick.none"), kit.Row, kit.Ink),
		w.T("till.quick.close"), w.T("till.quick.settings"))
	d.OnAct = func() {
		d.Close()
		s.desk.Go(screen.TabSettings, 0)
	}
	d.Show(s.desk.Window.Canvas())
}
