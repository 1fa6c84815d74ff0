package shift

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen/screentest"
)

// world is a shop with a hand-over in its window.
type world struct {
	*screentest.Shop
	s       *Screen
	shift   data.Shift
	closed  int // how often the screen asked to be closed
	changed int // how often it said that the shift is another one
	opened  int
	locked  int
}

func newWorld(tb testing.TB, language lang.Language, mode kit.Mode) *world {
	tb.Helper()
	w := &world{Shop: screentest.NewShop(tb, language, mode)}
	w.Set("shift.names", "早班 中班 晚班")
	w.Show(container.NewStack(), 1280, 800)
	return w
}

// morning is a shift of the clerk with some cash in its drawer: 500.00 of float,
// 741.50 sold.
func (w *world) morning() *world {
	w.Helper()
	w.SignIn(w.Crew.Clerk, screentest.ClerkPIN)
	w.shift = w.OpenShift("早班", 500_00)
	w.Sell(128_50)
	w.Sell(613_00)
	return w
}

const inDrawer payment.Amount = 1241_50

// leaveOpen leaves a payment without a result.
func (w *world) leaveOpen(amount payment.Amount) *world {
	w.Helper()
	_, t, _, err := w.Ledger.StartTender(context.Background(), data.NewTender{
		IntentID: "open", Sale: data.NewSale{Amount: amount, StaffID: w.Crew.Clerk.ID}, Amount: amount, Channel: payment.Alipay, Method: payment.MethodCode,
		Wallet: payment.WalletAlipay, MaskedCode: "28…4471", StaffID: w.Crew.Clerk.ID,
	})
	screentest.Check(w, err)
	_, _, _, err = w.Ledger.MoveTender(context.Background(), t.ID, data.Move{To: payment.StateUnknown, Events: []data.NewEvent{{Kind: data.EventUnknown}}})
	screentest.Check(w, err)
	return w
}

// trusted lets everybody see what should be in the drawer before the count.
func (w *world) trusted() *world {
	w.Helper()
	w.Set("shift.blind", "false")
	return w
}

// begin shows the hand-over in a window of that size, and gives it the window's
// keys.
func (w *world) begin(width, height float32) *world {
	w.Helper()
	w.s = New(w.Desk, Options{
		Close: func() { w.closed++ }, Changed: func() { w.changed++ }, Open: func() { w.opened++ }, Lock: func() { w.locked++ },
	})
	w.Show(w.s.Object(), width, height)
	c := w.Win.Canvas()
	c.SetOnTypedRune(func(r rune) { w.s.TypedRune(r) })
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if a, ok := w.Desk.Keys.Action(ev.Name, 0); ok {
			w.s.Act(a)
			return
		}
		w.s.TypedKey(ev.Name)
	})
	w.s.Show()
	w.Until("the shift is read", func() bool { return w.s.at != stageReading })
	w.Rendered()
	w.s.focus()
	return w
}

// count types numbers into the rows, from the note of 100 on.
func (w *world) count(numbers ...string) {
	for _, n := range numbers {
		w.Type(n)
		w.Press(fyne.KeyReturn)
	}
}

// submit submits the count and waits for the difference.
func (w *world) submit() {
	w.Helper()
	w.s.goOn()
	w.Until("the difference is told", func() bool { return w.s.at == stageCheck })
	w.Rendered()
	w.s.focus()
}

// exact counts what should be there.
func (w *world) exact() *world {
	w.Helper()
	w.count("6", "5", "12", "8", "9", "23", "7", "")
	w.submit()
	return w
}

// next goes on to the last step.
func (w *world) next() *world {
	w.Helper()
	w.Press(fyne.KeyReturn)
	w.Until("the successor is asked for", func() bool { return w.s.at == stageHand })
	w.Rendered()
	return w
}

// over reports how the shift ended.
func (w *world) over() data.Shift {
	w.Helper()
	shift, err := w.Ledger.Shift(context.Background(), w.shift.ID)
	screentest.Check(w, err)
	return shift
}

// zs is how many shift reports there are.
func (w *world) zs() []data.Z {
	w.Helper()
	list, err := w.Ledger.Zs(context.Background(), "2026-11-01", "2026-12-31")
	screentest.Check(w, err)
	return list
}

// papers are the kinds of what is in the print queue.
func (w *world) papers() (kinds []data.PrintKind) {
	w.Helper()
	for {
		job, ok, err := w.Ledger.NextPrint(context.Background(), w.Now())
		screentest.Check(w, err)
		if !ok {
			return kinds
		}
		kinds = append(kinds, job.Kind)
	}
}

// verify proves the books.
func (w *world) verify() {
	w.Helper()
	report, err := w.Ledger.Verify(context.Background(), nil)
	screentest.Check(w, err)
	if len(report.Problems) > 0 {
		w.Errorf("the ledger does not verify: %v", report.Problems)
	}
}

// report is the shift as it stands.
func (w *world) report() data.Report {
	w.Helper()
	books := app.NewBooks(w.Ledger)
	books.ViewAs(w.Crew.Owner) // the test may know what is in the drawer
	r, err := books.Report(context.Background(), data.Cut{ShiftID: w.shift.ID})
	screentest.Check(w, err)
	return r
}

// find is the first part of a kind in the dialog in front that fits.
func find[P fyne.CanvasObject](w *world, fits func(P) bool) (found P) {
	w.Helper()
	done := false
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() || done {
			return
		}
		if p, ok := o.(P); ok && fits(p) {
			found, done = p, true
			return
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(w.Win.Canvas().Overlays().Top())
	if !done {
		w.Fatal("no such part")
	}
	return found
}

// journalled is the number of the journal's last row.
func (w *world) journalled() int64 {
	w.Helper()
	seq, _, err := w.Ledger.Head(context.Background())
	screentest.Check(w, err)
	return seq
}
