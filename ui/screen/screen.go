package screen

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
)

// Screen is one tab of the window.
type Screen interface {
	// Object is the tab's content; always the same one.
	Object() fyne.CanvasObject
	// Show is called when the tab becomes visible, Hide when it goes.
	Show()
	Hide()
	// TypedRune and TypedKey get what was typed while no field had the focus.
	TypedRune(r rune) bool
	TypedKey(key fyne.KeyName) bool
	// Act is asked to do what a key or a menu stands for.
	Act(a Action) bool
	// Scanned gets what the scanner read, whatever has the focus.
	Scanned(s Scan) bool
}

// Scan is one reading of the scanner.
type Scan struct {
	Text     string        // what was read, without prefix, suffix and terminator
	Duration time.Duration // from the first to the last character
	Sure     bool          // false when only its speed spoke for a scan
}

// Desk is what every screen is given. All fields are set, but Till and Shifts are
// nil in a window that may only look, because another program owns the data
// folder.
type Desk struct {
	Words    *lang.Words
	Keys     Keymap
	Till     *app.Till
	Books    *app.Books
	Settings *app.Settings
	People   *app.People // nil where people are not told apart: everybody is the owner then
	Shifts   *app.Shifts // nil like Till
	Bills    *app.Bills  // nil like Till
	Log      *slog.Logger
	Now      func() time.Time
	Practice bool
	Mode     app.ShopMode // which tabs there are

	// SettingsPage names the page of settings that was shown last: a window that
	// is made anew, in another language, goes on there. Settings keep it.
	SettingsPage string

	// Post runs f on the UI goroutine soon; it is the only way there from
	// another goroutine.
	Post func(f func())
	// Window is where dialogs and focus belong.
	Window fyne.Window
	// Go switches to another tab and, where it can, to one sale or deposit on it.
	Go func(tab Tab, id int64)
	// ShowSales shows the tab of sales with those that pass a filter. Nil where
	// nobody shows them.
	ShowSales func(f data.Filter)
	// Refund shows a sale and opens its refund dialog.
	Refund func(saleID int64)
	// SwitchPerson lets somebody else come to the till. Nil where nobody can.
	SwitchPerson func()
	// TakeDeposit shows the tab of deposits with an amount to be held, fen; 0 for
	// none. It is set where Mode has deposits.
	TakeDeposit func(amount payment.Amount)
	// WakePrinter makes the print queue look for work at once. Call it after
	// putting a paper into the queue.
	WakePrinter func()
	// SettingsChanged rebuilds channels, printer and language from the settings.
	// An error is a sentence's worth: some value does not work.
	SettingsChanged func(ctx context.Context) error
}

// Background runs work off the UI goroutine and then, on the UI goroutine, the
// function that work returned. Nothing slow ever runs on the UI goroutine.
func (d *Desk) Background(work func(ctx context.Context) (then func())) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), backgroundLimit)
		defer cancel()
		if then := work(ctx); then != nil {
			d.Post(then)
		}
	}()
}

// backgroundLimit ends work that hangs, such as a ledger on a dead disk.
const backgroundLimit = 30 * time.Second

// Sentence is what to tell a person about err: its own words where it has
// some, and else that the log knows more.
func (d *Desk) Sentence(err error) string {
	if p, ok := app.ProblemOf(err); ok {
		return d.Words.T("problem."+string(p.Kind), p.Pairs...)
	}
	d.Log.Error("without words", "err", err)
	return d.Words.T("problem.internal")
}

// Tab names one of the window's tabs.
type Tab string

const (
	TabTill     Tab = "till"
	TabDeposits Tab = "deposits"
	TabSales    Tab = "sales"
	TabSummary  Tab = "summary"
	TabSettings Tab = "settings"
)
