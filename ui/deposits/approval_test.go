package deposits

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func TestARefundOfACaptureTakesAManagersWord(t *testing.T) {
	w := newWorld(t, usual)
	crew := screentest.NewCrew(t, w.ledger, &w.vault, nil)
	w.desk.People = w.people
	_, err := w.till.SignIn(t.Context(), crew.Clerk.ID, screentest.ClerkPIN)
	check(t, err)
	d := w.take("305", "张伟", 500_00)
	w.capture(d.ID, 138_00, false)
	w.s.Open(d.ID, screen.ActRefund)
	w.until("the dialog is open", w.s.busyDialog)
	w.has(w.t("approve.refund", "name", "王敏", "role", "店长"))
	w.types("38")
	w.tap(w.t("refund.reason.price"))
	w.press(fyne.KeyReturn)
	if !w.s.busyDialog() {
		t.Fatal("it was sent without a PIN")
	}
	w.win.Canvas().Focus(w.pinField())
	w.types("1357")
	w.press(fyne.KeyReturn)
	w.shows(w.t("pin.wrong"))
	if len(w.deposit(d.ID).Steps) != 1 || !w.s.busyDialog() {
		t.Fatal("a wrong PIN gave money back")
	}
	w.types(screentest.ManagerPIN)
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("step.refund.done"))
	got := w.deposit(d.ID)
	if got.Refunded != 38_00 || len(got.Steps) != 2 || got.Steps[1].Staff.ID != crew.Clerk.ID {
		t.Errorf("the ledger has %+v", got)
	}
}

func TestReleasingADepositTakesNoRight(t *testing.T) {
	w := newWorld(t, usual)
	crew := screentest.NewCrew(t, w.ledger, &w.vault, nil)
	w.desk.People = w.people
	_, err := w.till.SignIn(t.Context(), crew.Clerk.ID, screentest.ClerkPIN)
	check(t, err)
	d := w.take("305", "张伟", 200_00)
	w.openRoom("305")
	w.tap(w.t("deposit.release.all"))
	w.press(fyne.KeyReturn)
	w.until("it is given back", func() bool { return w.deposit(d.ID).Released == 200_00 })
}

// pinField is the field for a PIN in the dialog in front.
func (w *world) pinField() *kit.FigureField {
	w.tb.Helper()
	var found *kit.FigureField
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch part := o.(type) {
		case *kit.FigureField:
			if part.HeightFor(400) == kit.FieldHeight { // the amount is higher
				found = part
			}
		case *fyne.Container:
			for _, child := range part.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(part).Objects() {
				walk(child)
			}
		}
	}
	walk(w.win.Canvas().Overlays().Top())
	if found == nil {
		w.tb.Fatal("there is no field for a PIN")
	}
	return found
}
