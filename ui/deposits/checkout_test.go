package deposits

import (
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// charged is what the bank has taken, and of how many captures.
func (b *bank) charged() (n int, sum payment.Amount) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.captures {
		sum += r.Capture
	}
	return len(b.captures), sum
}

func TestCheckOutIsScanAmountEnter(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.scan(d.ReceiptNo)
	w.until("the deposit is shown", func() bool { return w.s.open != nil && w.s.open.read() })
	w.types("100+38")
	w.has("138.00", "362.00", w.t("deposit.found"))
	w.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("step.capture.rest", "rest", "362.00"))
	if n, sum := w.bank.charged(); n != 1 || sum != 138_00 {
		t.Errorf("%d captures, %s", n, sum)
	}
	got := w.only(data.DepositCaptured)
	if got.Captured != 138_00 || got.Released != 362_00 || len(got.Steps) != 1 {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
	w.until("its slip is queued", func() bool { return len(w.deposit(d.ID).Prints) == 2 })
	w.types("3") // the next guest
	w.hasNot(w.t("step.capture.done"))
}

func TestTheRestCanStayHeld(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.types("138")
	w.tap(w.t("deposit.rest.keep"))
	w.has(w.t("deposit.stays"))
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.left", "left", "362.00"))
	w.tap(w.t("deposit.open"))
	w.until("it is shown again", func() bool { return w.s.open != nil && w.s.open.read() })
	w.types("62")
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.rest", "rest", "300.00"))
	got := w.deposit(d.ID)
	if got.Captured != 200_00 || got.Released != 300_00 || got.State != data.DepositCaptured {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
}

func TestMoreThanIsHeldCannotBeCharged(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.press(fyne.KeyReturn)
	w.has(w.t("deposit.hint.due_missing"))
	w.types("500.01")
	w.has(w.t("deposit.hint.too_much", "left", "500.00"), w.t("cash.short"), "0.01")
	w.press(fyne.KeyReturn)
	if len(w.deposit(d.ID).Steps) != 0 {
		t.Error("it was charged")
	}
	w.press(fyne.KeyBackspace)
	w.tap(w.t("deposit.due.all"))
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.done"))
	if got := w.deposit(d.ID); got.Captured != 500_00 || got.Released != 0 {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
}

func TestSeveralDepositsOfOneRoom(t *testing.T) {
	w := newWorld(t, usual)
	first := w.take("305", "张伟", 500_00)
	second := w.takeCash("305", "张伟", 200_00)
	w.takeCash("306", "王磊", 100_00)
	w.scan(first.ReceiptNo)
	w.until("the room is read", func() bool { return w.s.open != nil && len(w.s.open.room) == 1 })
	w.has(w.t("deposit.room.one", "channel", w.desk.Channel(payment.Cash)), "¥200.00")
	w.types("500")
	w.press(fyne.KeyReturn)
	w.shows(w.t("deposit.next", "amount", "200.00", "channel", w.desk.Channel(payment.Cash)))
	w.press(fyne.KeyReturn) // goes on with the room
	w.until("the other one is shown", func() bool { return w.s.open != nil && w.s.open.detail.ID == second.ID })
	w.types("38")
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.rest.cash", "rest", "162.00"))
	for _, want := range []struct {
		id                 int64
		captured, released payment.Amount
	}{{first.ID, 500_00, 0}, {second.ID, 38_00, 162_00}} {
		if d := w.deposit(want.id); d.Captured != want.captured || d.Released != want.released {
			t.Errorf("the ledger has %+v", d.Deposit)
		}
	}
	w.press(fyne.KeyReturn) // nothing of the room is left
	if w.s.open != nil {
		t.Error("Enter opened something")
	}
}

func TestAnUnknownCaptureIsNeverRepeated(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.types("138")
	stepUnknown(w)
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("step.unknown.rule1"))
	w.scan(payCode(1)) // a pay code does not help now
	w.press(fyne.KeyReturn)
	w.shows(w.t("deposit.step.open.capture", "amount", "138.00"))
	if w.s.OpenCount() != 1 {
		t.Errorf("%d things are open", w.s.OpenCount())
	}
	w.openRoom("305")
	w.types("5")
	w.press(fyne.KeyReturn)
	w.s.Act(actRelease)
	w.settle()
	w.has(w.t("deposit.locked.unknown"))
	if n := len(w.deposit(d.ID).Steps); n != 1 {
		t.Fatalf("%d steps", n)
	}
	w.s.Act(screen.ActCancel)
	w.bank.answerNow((*bank).ordinary)
	w.shows(w.t("deposit.result.capture", "amount", "138.00"))
	if n, sum := w.bank.charged(); n != 1 || sum != 138_00 {
		t.Errorf("%d captures, %s", n, sum)
	}
	w.only(data.DepositCaptured)
	if w.s.OpenCount() != 0 {
		t.Errorf("%d things are open", w.s.OpenCount())
	}
}

func TestARefusedCaptureCanBeTriedUnderANewNumber(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.types("138")
	stepRefused(w)
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.refused"))
	w.press(fyne.KeyReturn)
	w.has(w.t("pay.failed.again"))
	w.bank.set((*bank).ordinary)
	w.press(fyne.KeyReturn)
	w.has("138.00", "362.00")
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.done"))
	got := w.deposit(d.ID)
	if len(got.Steps) != 2 || got.Steps[0].Number == got.Steps[1].Number || got.Captured != 138_00 {
		t.Errorf("steps %+v", got.Steps)
	}
}

func TestADepositIsReleasedInPartsAndOnce(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.tap(w.t("deposit.release.all"))
	w.types("100")
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.left", "left", "400.00"))
	w.openRoom("305")
	w.tap(w.t("deposit.release.all"))
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("step.release.all"))
	got := w.deposit(d.ID)
	if got.Released != 500_00 || len(got.Steps) != 2 || got.State != data.DepositReleased {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
}

func TestCapturedMoneyIsRefundedWithAReason(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.capture(d.ID, 138_00, false)
	w.s.Open(d.ID, screen.ActRefund)
	w.until("the dialog is open", w.s.busyDialog)
	w.types("138.01")
	w.has(w.t("give.refund.too_much", "left", "138.00"))
	w.press(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	w.types("38")
	w.press(fyne.KeyReturn) // no reason yet
	if !w.s.busyDialog() {
		t.Fatal("a refund without a reason was sent")
	}
	w.tap(w.t("refund.reason.price"))
	w.press(fyne.KeyReturn, fyne.KeyReturn)
	w.shows(w.t("step.refund.done"))
	got := w.deposit(d.ID)
	if got.Refunded != 38_00 || len(got.Steps) != 2 || got.Steps[1].Reason == "" {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
	w.s.Act(screen.ActRefund) // what is left can still go back
	w.until("the dialog is open", w.s.busyDialog)
	w.has("100.00")
}

func TestDepositsAreFoundByEveryNumber(t *testing.T) {
	w := newWorld(t, usual)
	d := w.take("305", "张伟", 500_00)
	w.takeCash("306", "王磊", 100_00)
	sale, err := w.till.TakeCash(t.Context(), chargeOf("sale", 12_00), 12_00)
	check(t, err)
	full := w.deposit(d.ID)
	for name, number := range map[string]string{"the slip": d.ReceiptNo, "the guest's bill": full.AuthNo, "the order": full.OutOrderNo} {
		t.Run(name, func(t *testing.T) {
			w.scan(number)
			w.until("it is shown", func() bool { return w.s.open != nil && w.s.open.detail.ID == d.ID })
			w.press(fyne.KeyEscape)
		})
	}
	w.scan(sale.Sale.ReceiptNo)
	w.until("the sale is shown", func() bool { return w.tab == screen.TabSales && w.sale == sale.Sale.ID })
	w.scan("51000099")
	w.until("it is not found", func() bool { return w.s.taking.Hint.Text == w.t("till.hint.not_found") })
	w.scan("6901234567892")
	w.until("it is not known", func() bool { return w.s.taking.Hint.Text == w.t("till.hint.code_unknown") })

	w.search("306")
	w.s.list.search.Focus()
	w.press(fyne.KeyReturn)
	w.until("the only one is opened", func() bool { return w.s.open != nil && w.s.open.detail.Room == "306" })
	w.press(fyne.KeyEscape)
	w.search("张")
	if rows := w.rows(); len(rows) != 1 || rows[0] != "305" {
		t.Errorf("the name finds %v", rows)
	}
	w.search("zzz")
	w.tap(w.t("deposit.found.clear"))
	if len(w.rows()) != 2 {
		t.Errorf("%v are held", w.rows())
	}
}

func TestPayCodesDoNotInterfereWithACheckOut(t *testing.T) {
	w := newWorld(t, usual)
	w.take("305", "张伟", 500_00)
	w.openRoom("305")
	w.types("138")
	before := w.bank.holdCalls()
	w.scan(payCode(9))
	w.has(w.t("deposit.hint.no_scan"), "138.00")
	if w.bank.holdCalls() != before {
		t.Error("the code was charged")
	}
}

func TestPapersAreReprinted(t *testing.T) {
	w := newWorld(t, usual)
	w.openSettled()
	d := w.s.open.detail
	if !w.s.Act(screen.ActReprint) { // the last one
		t.Error("Ctrl+P does nothing")
	}
	reprints := func() (list []data.PrintJob) {
		for _, job := range w.deposit(d.ID).Prints {
			if job.Kind == data.PrintReprint {
				list = append(list, job)
			}
		}
		return list
	}
	w.until("it is queued", func() bool { return len(reprints()) == 1 })
	if job := reprints()[0]; job.StepID != d.Steps[len(d.Steps)-1].ID {
		t.Errorf("the paper of step %d was printed", job.StepID)
	}
	w.tap(w.t("deposit.print"))
	w.tap(w.t("slip.deposit"))
	w.until("it is queued", func() bool { return len(reprints()) == 2 })
	if job := reprints()[1]; job.StepID != 0 {
		t.Errorf("the paper of step %d was printed", job.StepID)
	}
}
