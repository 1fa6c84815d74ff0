package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/deposits"
	"frontdesk/ui/screen"
)

// taker is a tab on which money is taken: the till, or the deposits.
type taker interface {
	screen.Screen
	Idle() bool // the list is in sight
	QR() string // what the QR in sight holds; empty for none
	CheckFirst()
	Reserve(corner fyne.Size)
}

// tabsOf are the tabs of a shop that takes that, in their order. The first one
// takes money.
func tabsOf(mode app.ShopMode) []screen.Tab {
	var tabs []screen.Tab
	if mode.Sales() {
		tabs = append(tabs, screen.TabTill)
	}
	if mode.Deposits() {
		tabs = append(tabs, screen.TabDeposits)
	}
	return append(tabs, screen.TabSales, screen.TabSettings)
}

// tabsNow are the tabs as they are at present: the summary has one where there is
// somebody to make it.
func (w *Window) tabsNow() []screen.Tab {
	tabs := tabsOf(w.desk.Mode)
	if w.o.Summary != nil && w.seesSums() {
		tabs = slices.Insert(tabs, len(tabs)-1, screen.TabSummary)
	}
	return tabs
}

// place is where a tab stands; -1 when the shop has none.
func (w *Window) place(tab screen.Tab) int {
	for i, name := range w.names {
		if name == tab {
			return i
		}
	}
	return -1
}

// tab makes a tab when it is first shown: the till should not wait for the
// others at the start.
func (w *Window) tab(i int) screen.Screen {
	if w.tabs[i] == nil {
		switch w.names[i] {
		case screen.TabTill:
			w.tabs[i] = w.till
		case screen.TabDeposits:
			w.deposits = deposits.New(w.desk)
			w.deposits.OnChanged = w.takerChanged
			w.tabs[i] = w.deposits
		case screen.TabSales:
			w.tabs[i] = w.o.Sales(w.desk)
		case screen.TabSummary:
			w.tabs[i] = w.o.Summary(w.desk)
		case screen.TabSettings:
			w.tabs[i] = w.o.Settings(w.desk)
		}
	}
	return w.tabs[i]
}

// taker is the tab in sight where it takes money, else the first one that does.
func (w *Window) taker() taker {
	if t, ok := w.tabs[w.at].(taker); ok {
		return t
	}
	return w.tab(0).(taker)
}

// showTaker brings a tab into sight that takes money, unless one is, and then
// calls then.
func (w *Window) showTaker(then func()) {
	if _, ok := w.current().(taker); ok {
		then()
		return
	}
	w.show(w.names[0], then)
}

// filtered is a tab of sales that can show those that pass a filter.
type filtered interface {
	ShowFilter(f data.Filter)
}

// showSales shows the sales behind a figure.
func (w *Window) showSales(f data.Filter) {
	w.show(screen.TabSales, func() {
		if t, ok := w.tabs[w.at].(filtered); ok {
			t.ShowFilter(f)
		}
	})
}

// takeDeposit shows the deposits with an amount to be held; 0 for none.
func (w *Window) takeDeposit(amount payment.Amount) {
	w.show(screen.TabDeposits, func() { w.deposits.Take(amount) })
}

// lookAtDeposits makes the tab of deposits once the window stands: it hears how
// what the last run left open goes on, and its count stands in the head.
func (w *Window) lookAtDeposits() {
	at := w.place(screen.TabDeposits)
	if at < 0 {
		return
	}
	names := w.names
	w.desk.Post(func() {
		if len(names) == len(w.names) && w.place(screen.TabDeposits) == at {
			w.tab(at)
			w.deposits.Look()
		}
	})
}
