package deposits

import (
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func (b *bank) holdCalls() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.holds)
}

func TestAnAmountAndAScanAreHeldOnce(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	w.tap(w.t("deposit.room"))
	w.types("306")
	w.tap(w.t("deposit.nights"))
	w.types("2")
	w.s.take.name.SetText("王磊")
	w.press(fyne.KeyReturn, fyne.KeyReturn) // "scan" holds nothing by itself
	if w.bank.holdCalls() != 0 {
		t.Fatal("Enter held money")
	}
	for range 3 { // the scanner reads twice, the receptionist scans once more
		w.s.Scanned(screen.Scan{Text: payCode(1), Sure: true})
	}
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("hold.held.do"))
	w.scan(payCode(1))
	w.has(w.t("till.hint.same_code"))
	if n := w.bank.holdCalls(); n != 1 {
		t.Fatalf("held %d times", n)
	}
	d := w.only(data.DepositHeld)
	if d.Held != 500_00 || d.Room != "306" || d.Guest != "王磊" || d.Nights != 2 || d.AuthNo != authNo {
		t.Errorf("the ledger has %+v", d.Deposit)
	}
	if len(d.Prints) != 1 || d.Prints[0].Kind != data.PrintDeposit {
		t.Errorf("papers %+v", d.Prints)
	}
	if g := w.s.take.guest(); g != (guest{}) {
		t.Errorf("the next guest finds %+v", g)
	}
	w.types("3") // the next guest
	w.hasNot(w.t("hold.held.do"))
	w.until("the list has it", func() bool { return len(w.rows()) == 1 && w.rows()[0] == "306" })
}

func TestAHeldPanelMakesRoom(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	w.scan(payCode(1))
	w.shows(w.t("hold.held.do"))
	w.later(20 * time.Second)
	w.has(w.t("hold.held.do"))
	w.later(11 * time.Second)
	w.hasNot(w.t("hold.held.do"))
}

func TestAUsualDepositIsOneTap(t *testing.T) {
	w := newWorld(t, usual)
	w.types("77")
	w.tap("300.00")
	w.tap("500.00") // it replaces what stands
	w.scan(payCode(1))
	w.shows(w.t("hold.held.do"))
	if d := w.only(data.DepositHeld); d.Held != 500_00 {
		t.Errorf("held %s", d.Held)
	}
}

func TestAFailedHoldCanBeTriedAgain(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	w.s.take.room.SetText("306")
	failed(w)
	w.press(fyne.KeyReturn)
	w.has(w.t("pay.failed.again")) // one Enter more than the hand was about to press
	w.bank.set((*bank).ordinary)
	w.s.take.name.SetText("王磊")
	w.scan(payCode(1))
	w.shows(w.t("hold.held.do"))
	list, _, err := w.desk.Books.Deposits(t.Context(), data.DepositFilter{})
	check(t, err)
	if len(list) != 2 || list[0].Guest != "王磊" || list[0].State != data.DepositHeld || list[1].State != data.DepositFailed {
		t.Errorf("the ledger has %+v", list)
	}
}

func TestCashDepositsWithChange(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	w.press(fyne.KeyF5)
	w.types("400")
	w.press(fyne.KeyReturn)
	w.has(w.t("till.hint.cash_short", "left", "100.00"))
	w.press(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	w.types("600")
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("hold.held.cash"))
	d := w.only(data.DepositHeld)
	if d.Tendered != 600_00 || d.Change != 100_00 || d.Held != 500_00 || !d.Prints[0].Drawer {
		t.Errorf("the ledger has %+v", d.Deposit)
	}
}

func TestACodeScannedOverAQRTakesItsPlace(t *testing.T) {
	w := newWorld(t, usual)
	var cancelled, scanned atomic.Bool
	w.bank.set(func(b *bank) {
		b.hold = func(payment.HoldRequest) payment.HoldOutcome {
			scanned.Store(true)
			return held
		}
		b.query = func(int) payment.HoldOutcome {
			switch {
			case scanned.Load():
				return held
			case cancelled.Load():
				return payment.HoldOutcome{Result: payment.Closed}
			}
			return payment.HoldOutcome{Result: payment.NotFound}
		}
		b.cancel = func(int) payment.HoldOutcome {
			cancelled.Store(true)
			return payment.HoldOutcome{Result: payment.Closed}
		}
	})
	w.types("500")
	w.press(fyne.KeyF4)
	w.shows(w.t("hold.qr.title"))
	if w.s.QR() == "" {
		t.Error("the window does not know the QR")
	}
	w.scan(payCode(1))
	w.shows(w.t("hold.held.do"))
	list, sums, err := w.desk.Books.Deposits(t.Context(), data.DepositFilter{})
	check(t, err)
	if len(list) != 2 || sums.Left != 500_00 {
		t.Errorf("%d deposits, %s held", len(list), sums.Left)
	}
}

func TestAnUnknownHoldIsPutAsideAndTold(t *testing.T) {
	w := newWorld(t, usual)
	aside(w)
	w.has(w.t("deposit.open.one"), "¥300.00")
	if w.s.OpenCount() != 1 {
		t.Errorf("%d things are open", w.s.OpenCount())
	}
	w.types("200") // the next guest
	w.bank.answerNow((*bank).ordinary)
	w.shows(w.t("deposit.result.paid", "amount", "300.00"))
	w.has("200.00")
	w.hasNot(w.t("deposit.open.one"))
	w.tap(w.t("till.show"))
	w.until("the deposit is shown", func() bool { return w.s.open != nil && w.s.open.detail.Held == 300_00 })
}

func TestAHoldIsCancelledInTwoSteps(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	unknown(w)
	w.press(fyne.KeyEscape) // not by one key: the money may be held
	w.has(w.t("hold.unknown.line"))
	w.tap(w.t("hold.undo"))
	w.has(w.t("hold.undo.sure", "amount", "500.00"))
	w.bank.answerNow(func(b *bank) {
		b.query = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.Closed} }
	})
	w.tap(w.t("hold.undo.sure", "amount", "500.00"))
	w.shows(w.t("hold.closed.do"))
	w.only(data.DepositClosed)
}

func TestALateHoldIsKeptOrGivenBack(t *testing.T) {
	for name, give := range map[string]bool{"kept": false, "given back": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, usual)
			late(w)
			w.bank.set((*bank).ordinary)
			if w.s.OpenCount() != 1 {
				t.Errorf("%d things are open", w.s.OpenCount())
			}
			w.tap(w.t("till.show"))
			w.shows(w.t("hold.late.do"))
			if !give {
				w.tap(w.t("hold.late.keep"))
				w.until("it is decided", func() bool { return w.s.OpenCount() == 0 })
				w.only(data.DepositHeld)
				return
			}
			w.tap(w.t("hold.late.return"))
			w.tap(w.t("hold.late.sure", "amount", "500.00"))
			w.until("it is decided", func() bool { return w.s.OpenCount() == 0 && len(w.rows()) == 0 })
			if d := w.only(data.DepositReleased); d.Released != 500_00 || d.Attention != data.AttentionNone {
				t.Errorf("the ledger has %+v", d.Deposit)
			}
		})
	}
}

func TestAnAmountOfTheTillIsReadyToScan(t *testing.T) {
	w := newWorld(t, usual)
	w.s.Take(128_50)
	w.settle()
	w.has("128.50", w.t("deposit.hint.scan_now"))
	w.scan(payCode(1))
	w.shows(w.t("hold.held.do"))
	w.s.Take(0) // the key alone changes nothing
	w.has(w.t("hold.held.do"))
}

func TestOneWindowMayOnlyLook(t *testing.T) {
	w := newWorld(t, options{readOnly: true})
	d := w.takeCash("305", "张伟", 200_00)
	w.s.list.reload()
	w.settle()
	w.types("5")
	w.scan(payCode(1))
	w.press(fyne.KeyF5, fyne.KeyReturn)
	w.has(w.t("till.hint.read_only"))
	w.s.Open(d.ID, "")
	w.until("it is read", func() bool { return w.s.open != nil && w.s.open.read() })
	w.types("5")
	w.press(fyne.KeyReturn)
	w.s.Act(screen.ActRefund)
	w.settle()
	w.has("305", "200.00")
	if d := w.deposit(d.ID); len(d.Steps) != 0 {
		t.Errorf("steps %+v", d.Steps)
	}
}

func TestKeysMoveInTheList(t *testing.T) {
	w := newWorld(t, usual)
	house(w)
	w.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	w.until("the second one is shown", func() bool { return w.s.open != nil && w.s.open.detail.Room == "305" })
	w.press(fyne.KeyEscape)
	if w.s.open != nil || !screentest.Has(w.win, w.t("deposit.filter.held")) {
		t.Error("Esc does not go back to the list")
	}
}
