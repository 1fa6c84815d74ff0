package sales

import (
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Screen is the tab of sales. It belongs to the UI goroutine.
type Screen struct {
	desk   *screen.Desk
	root   *fyne.Container
	bar    *bar
	list   *list
	detail *detail
	refund *refundDialog // while it is open

	visible bool
	tall    bool          // the window is one of 1000 and more
	find    int64         // a sale that was opened from elsewhere and is being read; 0 for none
	then    screen.Action // what to do once it is there
	stop    func()
}

var (
	_ screen.Screen       = (*Screen)(nil)
	_ screen.Ticker       = (*Screen)(nil)
	_ screen.PrintWatcher = (*Screen)(nil)
	_ screen.SaleOpener   = (*Screen)(nil)
)

// New makes the screen. It reads nothing until Show.
func New(d *screen.Desk) *Screen {
	s := &Screen{desk: d}
	s.bar = newBar(s)
	s.list = newList(s)
	s.detail = newDetail(s)
	s.root = &fyne.Container{Layout: &screenLayout{s: s}, Objects: []fyne.CanvasObject{s.bar.root, s.list.root, s.detail.root}}
	if d.Till != nil {
		stopPayments := d.Till.Watch(func(p app.Payment) { d.Post(func() { s.changed(p.Sale.ID) }) })
		stopRefunds := d.Till.WatchRefunds(func(r app.Refund) {
			d.Post(func() {
				s.changed(r.SaleID)
				if s.refund != nil {
					s.refund.heard(r)
				}
			})
		})
		s.stop = func() { stopPayments(); stopRefunds() }
	}
	return s
}

// Close stops listening to the till. The screen is not used afterwards.
func (s *Screen) Close() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Object is the screen's content.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Show reads the list anew: sales were made on the other tabs.
func (s *Screen) Show() {
	s.visible = true
	s.desk.Window.Canvas().AddShortcut(&fyne.ShortcutCopy{}, s.copyNumber)
	s.bar.show()
	s.list.reload(0)
	s.detail.reload()
}

// Hide is called when another tab is shown.
func (s *Screen) Hide() {
	s.visible = false
	s.desk.Window.Canvas().RemoveShortcut(&fyne.ShortcutCopy{})
}

// Open shows one sale, in the list of its day. then is ActRefund when the
// dialog is to open once the sale was read.
func (s *Screen) Open(saleID int64, then screen.Action) {
	s.then, s.find = then, saleID
	s.detail.open(saleID)
}

// openID is the sale in the detail; 0 for none.
func (s *Screen) openID() int64 { return s.detail.id }

// open shows a sale that was chosen in the list.
func (s *Screen) open(id int64) { s.detail.open(id) }

// readSale is called when the open sale was read. One that was opened from
// elsewhere is looked for in the list, in that of its day if need be.
func (s *Screen) readSale() {
	if sale := s.detail.sale; sale.ID == s.find {
		s.find = 0
		if place := s.list.book.Place(sale.ID); place >= 0 && !s.list.reading {
			s.list.table.Select(place)
		} else {
			s.bar.only(sale.Day)
			s.list.reload(sale.ID)
		}
	}
	if then := s.then; then == screen.ActRefund {
		s.then = ""
		s.askRefund()
	}
}

// changed takes over a sale that the till changed.
func (s *Screen) changed(id int64) {
	if !s.visible {
		return // Show reads everything anew
	}
	if id == s.detail.id {
		s.detail.reload()
	} else if s.list.book.Place(id) >= 0 {
		s.list.refreshRow(id)
	}
	s.list.sum()
}

// PrintsChanged takes over what became of papers.
func (s *Screen) PrintsChanged() {
	if s.visible {
		s.detail.reload()
	}
}

// Tick counts seconds.
func (s *Screen) Tick() {
	s.list.tick()
	s.detail.tick()
}

// TypedRune sends what is typed into nothing to the search field.
func (s *Screen) TypedRune(r rune) bool {
	if s.busy() || r < ' ' {
		return false
	}
	s.bar.search.Focus()
	s.bar.search.Entry.TypedRune(r)
	return true
}

// TypedKey moves in the list, whatever has the focus.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	if s.busy() {
		return false
	}
	switch key {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		s.focusList()
		s.list.table.TypedKey(&fyne.KeyEvent{Name: key})
		return true
	}
	return false
}

func (s *Screen) focusList() { s.desk.Window.Canvas().Focus(s.list.table) }

// busy reports whether a dialog or menu lies over the window.
func (s *Screen) busy() bool { return kit.Modal(s.desk.Window.Canvas()) }

// Act does what a key or a menu asks for.
func (s *Screen) Act(a screen.Action) bool {
	if s.busy() {
		return false
	}
	switch a {
	case screen.ActReprint:
		if s.detail.sale.ID == 0 {
			return false // nothing is open: the window prints the last one
		}
		s.reprint()
	case screen.ActRefund:
		if s.detail.sale.ID == 0 {
			return false
		}
		s.askRefund()
	case screen.ActQuery:
		if !s.detail.view.acts.open {
			return false
		}
		s.queryNow()
	case screen.ActCancel:
		if !s.bar.filter.narrowed() {
			return false
		}
		s.bar.clear()
	default:
		return false
	}
	return true
}

// Scanned opens the sale of a receipt, or of an order or trade number that was
// shown as a bar code. A pay code belongs to the till.
func (s *Screen) Scanned(scan screen.Scan) bool {
	text := strings.TrimSpace(scan.Text)
	if _, wallet := payment.Recognise(text); wallet != payment.WalletNone {
		return s.busy() // under a dialog nothing is charged
	}
	if s.busy() {
		return true
	}
	f := s.bar.filter.cleared()
	f.text = text
	s.bar.change(f)
	return true
}

// key is the name of the key that stands for an action.
func (s *Screen) key(a screen.Action) string { return string(s.desk.Keys[a]) }

// copy takes a number to the clipboard.
func (s *Screen) copy(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	s.detail.say(s.desk.Words.T("sales.copied.value", "value", text))
}

// screenLayout places the bar above, the list left and the detail right.
type screenLayout struct{ s *Screen }

const (
	detailNarrow float32 = 472
	detailWide   float32 = 560
	wideFrom     float32 = 1600
	tallFrom     float32 = 1000 - kit.HeadHeight
)

func (*screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1280, 600) }

func (l *screenLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	right := detailNarrow
	if size.Width >= wideFrom {
		right = detailWide
	}
	top := kit.Gap + kit.ButtonFilter + kit.GapDense
	height := size.Height - top - kit.Gap
	if tall := size.Height >= tallFrom; tall != l.s.tall {
		l.s.tall = tall
		if tall {
			l.s.list.table.SetRowHeight(kit.RowLarge)
		} else {
			l.s.list.table.SetRowHeight(kit.RowHeight)
		}
	}
	screen.Place(o[0], kit.Gap, kit.Gap, size.Width-2*kit.Gap, kit.ButtonFilter)
	screen.Place(o[1], kit.Gap, top, size.Width-3*kit.Gap-right, height)
	screen.Place(o[2], size.Width-kit.Gap-right, top, right, height)
}
