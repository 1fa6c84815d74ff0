package deposits

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
)

// How the states come about that TestScreens draws.

// house is a small hotel with some guests.
func house(w *world) {
	w.ago(27).take("203", "刘洋", 500_00)
	w.ago(3).take("305", "张伟", 500_00)
	w.takeCash("305", "张伟", 200_00)
	w.ago(2).take("412", "陈思远", 300_00)
	w.ago(1).take("208", "赵敏", 1000_00)
	w.takeCash("607", "周婷", 300_00)
	w.ago(0)
	if w.brief {
		w.back()
		return
	}
	for i, guest := range []string{"孙浩", "欧阳晓兰", "Maximilian Featherstonehaugh", ""} {
		w.take(fmt.Sprint(510+i), guest, 300_00)
	}
	w.back()
}

// guestTyped is the reception with a guest at the desk.
func guestTyped(w *world) {
	house(w)
	w.types("500")
	w.s.take.room.SetText("306")
	w.s.take.nights.SetText("2")
	w.s.take.name.SetText("王磊")
	w.s.take.phone.SetText("139 1234 0066")
	w.settle()
}

func (w *world) search(text string) {
	w.s.list.search.SetText(text)
	w.settle()
}

func (w *world) choose(i int) {
	w.s.list.choice.SetIndex(i)
	w.s.list.reload()
	w.settle()
}

// openRoom opens the oldest deposit of a room from the list.
func (w *world) openRoom(room string) {
	w.tb.Helper()
	list, err := w.desk.Books.DepositsOfRoom(w.tb.Context(), room)
	check(w.tb, err)
	w.s.Open(list[0].ID, "")
	w.until("the deposit is read", func() bool { return w.s.open != nil && w.s.open.read() })
}

// wechatHouse are two deposits of WeChat's: one of today, one that goes back by
// itself soon.
func wechatHouse(w *world) {
	w.ago(27)
	w.takeWeChat("701", "王磊", 300_00)
	w.ago(0)
	w.takeWeChat("702", "李娜", 500_00)
	w.back()
}

// settledOnes are deposits with all kinds of ends.
func settledOnes(w *world) {
	d := w.take("101", "何洁", 500_00)
	w.capture(d.ID, 138_00, false)
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonBalance, Code: "MONEY_NOT_ENOUGH"})
	})
	w.take("102", "马超", 300_00)
	w.bank.set((*bank).ordinary)
	d = w.take("103", "冯源", 300_00)
	w.release(d.ID)
	w.back()
}

// capture charges a deposit without the screen.
func (w *world) capture(id int64, amount payment.Amount, keep bool) {
	w.tb.Helper()
	w.drafts++
	s, err := w.till.Capture(w.tb.Context(), captureOrder(w.drafts, id, amount, keep))
	check(w.tb, err)
	w.waitStep(s.ID)
}

// release gives all that is left of a deposit back without the screen.
func (w *world) release(id int64) {
	w.tb.Helper()
	w.drafts++
	s, err := w.till.Release(w.tb.Context(), releaseOrder(w.drafts, id))
	check(w.tb, err)
	w.waitStep(s.ID)
}

func (w *world) waitStep(id int64) {
	w.tb.Helper()
	ctx, cancel := context.WithTimeout(w.tb.Context(), time.Minute)
	defer cancel()
	_, err := w.till.WaitStep(ctx, id)
	check(w.tb, err)
	w.settle()
}

func holding(w *world) {
	stop := w.bank.stop
	w.bank.set(func(b *bank) {
		b.hold = func(payment.HoldRequest) payment.HoldOutcome {
			<-stop
			return payment.HoldOutcome{Result: payment.Unknown}
		}
	})
	w.scan(payCode(2))
	w.shows(w.t("hold.sending.title"))
}

// waiting is a guest who is asked for the password.
func waiting(w *world) {
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Waiting})
		b.query = thenHang(5, payment.HoldOutcome{Result: payment.Waiting})
	})
	w.scan(payCode(2))
	w.shows(w.t("pay.queried", "n", 5))
	w.later(18 * time.Second)
}

// taken is a deposit that is held, and its slip printed.
func taken(w *world) {
	w.scan(payCode(1))
	w.shows(w.t("hold.held.hint"))
	w.printAll()
	w.shows(w.t("hold.held.printed"))
}

// printAll lets every paper that waits come out.
func (w *world) printAll() {
	w.tb.Helper()
	for {
		job, ok, err := w.ledger.NextPrint(w.tb.Context(), time.Now().Add(time.Hour))
		check(w.tb, err)
		if !ok {
			break
		}
		check(w.tb, w.ledger.EndPrint(w.tb.Context(), job.ID, data.PrintDone, "", time.Time{}))
	}
	w.s.PrintsChanged()
	w.settle()
}

func failed(w *world) {
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Failed, Reason: payment.ReasonBalance, Code: "MONEY_NOT_ENOUGH"})
	})
	w.scan(payCode(4))
	w.shows(w.t("hold.failed.title"))
}

func closed(w *world) {
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Waiting})
		b.policy.QueryEvery = time.Hour
		b.query = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.Closed} }
	})
	w.scan(payCode(3))
	w.shows(w.t("hold.waiting.do"))
	w.press(fyne.KeyEscape)
	w.shows(w.t("hold.closed.what", "channel", w.desk.Channel(payment.Alipay)))
}

func reversed(w *world) {
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Waiting})
		b.policy.QueryEvery = time.Hour
		b.query = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.Released, AuthNo: authNo} }
		b.cancel = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.Released, AuthNo: authNo} }
	})
	w.scan(payCode(12))
	w.shows(w.t("hold.waiting.do"))
	w.press(fyne.KeyEscape)
	w.shows(w.t("hold.reversed.what"))
}

func unknown(w *world) {
	w.bank.set(func(b *bank) {
		b.hold = answering(payment.HoldOutcome{Result: payment.Unknown})
		b.query = thenHang(15, payment.HoldOutcome{Result: payment.Unknown})
	})
	w.scan(payCode(6))
	w.shows(w.t("hold.unknown.line"))
	w.later(48 * time.Second)
}

// aside is a hold without a result that was put aside.
func aside(w *world) {
	w.types("300")
	unknown(w)
	w.press(fyne.KeyReturn)
	w.shows(w.t("deposit.open.one"))
}

// late is a hold that had failed and is there after all.
func late(w *world) {
	w.types("500")
	w.s.take.room.SetText("306")
	failed(w)
	w.press(fyne.KeyEscape, fyne.KeyEscape)
	d := w.newest()
	_, _, err := w.ledger.MoveHold(w.tb.Context(), d.ID, data.HoldMove{To: payment.StatePaid, AuthNo: authNo, Print: true, PrintSkipped: true})
	check(w.tb, err)
	w.s.list.reload()
	w.shows(w.t("deposit.urgent.late_paid", "amount", "500.00"))
}

// givenFree is a deposit that the channel gave back by itself.
func givenFree(w *world) {
	list, err := w.desk.Books.DepositsOfRoom(w.tb.Context(), "203")
	check(w.tb, err)
	_, _, err = w.ledger.MoveHold(w.tb.Context(), list[0].ID, data.HoldMove{To: payment.StateReversed})
	check(w.tb, err)
	w.s.list.reload()
	w.shows(w.t("deposit.urgent.taken.text"))
}

func (w *world) newest() data.Deposit {
	w.tb.Helper()
	list, _, err := w.desk.Books.Deposits(w.tb.Context(), data.DepositFilter{Limit: 1})
	check(w.tb, err)
	return list[0]
}

func qr(w *world) {
	w.bank.set(func(b *bank) { b.query = thenHang(3, payment.HoldOutcome{Result: payment.NotFound}) })
	w.press(fyne.KeyF4)
	w.shows(w.t("hold.qr.not_scanned_n", "n", 3))
}

// checkout is a guest with two deposits who leaves.
func checkout(w *world) {
	house(w)
	list, err := w.desk.Books.DepositsOfRoom(w.tb.Context(), "305")
	check(w.tb, err)
	w.scan(list[0].ReceiptNo)
	w.until("the deposit is read", func() bool { return w.s.open != nil && w.s.open.read() })
	w.types("100+38")
}

func stepUnknown(w *world) { w.bank.set(func(b *bank) { b.step = stepHang(3) }) }

func stepRefused(w *world) {
	w.bank.set(func(b *bank) {
		b.step = func(int) payment.StepOutcome {
			return payment.StepOutcome{State: payment.RefundRefused, Found: true, Reason: payment.ReasonHoldClosed, Code: "ACQ.AUTH_ORDER_HAS_CLOSED"}
		}
	})
}

// openSettled opens a deposit of which everything was done, in three steps.
func (w *world) openSettled() {
	w.tb.Helper()
	house(w)
	list, err := w.desk.Books.DepositsOfRoom(w.tb.Context(), "208")
	check(w.tb, err)
	w.capture(list[0].ID, 138_00, true)
	w.clock.shift(time.Minute)
	w.capture(list[0].ID, 62_00, false)
	w.printAll()
	w.s.Open(list[0].ID, "")
	w.until("the deposit is read", func() bool { return w.s.open != nil && w.s.open.read() })
}
