package till

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/ui/panel"
	"frontdesk/ui/screen"
)

// right is the side that tells: today's list, or in its place a payment or the
// cash that is being counted.
type right struct {
	s      *Screen
	root   *fyne.Container
	list   *list
	result *panel.View
	cash   *panel.CashView
}

// rightView is what stands on the right. Exactly one of the three is shown.
type rightView struct {
	panel *panel.Panel
	cash  *panel.Cash
	list  listView
}

func newRight(s *Screen) *right {
	r := &right{s: s, list: newList(s), result: panel.NewView(s.do), cash: panel.NewCashView(s.desk.Words)}
	r.result.OnChoice = s.choseQR
	r.root = container.NewStack(r.list.root, r.result.Object(), r.cash.Object())
	return r
}

// rightView words the right side for the present moment.
func (s *Screen) rightView() rightView {
	switch {
	case s.refused != nil:
		return rightView{panel: &s.refused.Panel}
	case s.cash != nil:
		v := s.cashView()
		return rightView{cash: &v}
	case s.current != nil:
		s.current.now = s.desk.Now()
		s.current.qrs, s.current.toWallet = s.qrWallets(), s.next.wallet
		if s.books.day != "" {
			s.current.today = s.books.sum(s.desk.Words)
		}
		p := panelOf(s.desk, *s.current)
		return rightView{panel: &p}
	}
	return rightView{list: s.listView()}
}

// draw shows a view.
func (r *right) draw(v rightView) {
	switch {
	case v.panel != nil:
		r.result.Draw(*v.panel)
	case v.cash != nil:
		r.cash.Draw(*v.cash)
	default:
		r.list.draw(v.list)
	}
	screen.Only(r.result.Object(), v.panel != nil)
	screen.Only(r.cash.Object(), v.panel == nil && v.cash != nil)
	screen.Only(r.list.root, v.panel == nil && v.cash == nil)
}
