package sales

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func TestPagesAreReadAsTheyComeIntoSight(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	const n = 130
	for range n {
		w.cash("1.00")
	}
	w.open(1280, 800)
	table := w.s.list.table
	if table.Length() != n {
		t.Fatalf("%d rows, want %d", table.Length(), n)
	}
	if _, ok := w.s.list.book.At(n - 1); ok {
		t.Error("the last page was read at once")
	}
	key := func(name fyne.KeyName) { w.s.TypedKey(name); w.settle() }
	first := func() string { r, _ := w.s.list.book.At(table.Selected()); return r.receipt }
	for _, c := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "01000130"}, {fyne.KeyDown, "01000129"}, {fyne.KeyUp, "01000130"},
		{fyne.KeyPageDown, "01000120"}, {fyne.KeyPageUp, "01000130"},
		{fyne.KeyEnd, "01000001"}, {fyne.KeyHome, "01000130"},
	} {
		key(c.key)
		w.until("the row is read", func() bool { return first() != "" })
		if first() != c.want {
			t.Errorf("%s chose %s, want %s", c.key, first(), c.want)
		}
		w.until("the sale is open", func() bool { return w.s.detail.sale.ReceiptNo == c.want })
	}
	if !strings.Contains(w.texts(), "130 笔") {
		t.Error("the foot does not count the sales")
	}
}

func TestLiveChangesKeepTheChoice(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.at("10:00").cash("20.00")
	unknown := w.at("10:01").scan("99.00", lost)
	other := w.at("10:02").scan("12.00", pays)
	w.open(1280, 800)
	w.s.bar.pickedState(2) // only what is unknown
	w.settle()
	w.s.TypedKey(fyne.KeyDown)
	w.settle()
	if w.s.detail.sale.ID != unknown {
		t.Fatal("the unknown sale is not open")
	}
	w.channel.tell(w.sale(unknown).Tenders[0].OutTradeNo, payment.Outcome{Result: payment.Paid, TradeNo: "2026112122001458860500000001"})
	w.until("the row says paid", func() bool { r, _ := w.s.list.book.At(0); return r.look == kit.LookPaid })
	w.settle()
	if got := w.rows(); !equal(got, []string{"01000002"}) {
		t.Errorf("the row moved: %v", got)
	}
	if w.s.list.table.Selected() != 0 || w.s.detail.sale.ID != unknown {
		t.Errorf("the choice is gone: row %d, sale %d", w.s.list.table.Selected(), w.s.detail.sale.ID)
	}
	if w.s.detail.view.look != kit.LookPaid || !strings.Contains(w.texts(), "2026112122001458860500000001") {
		t.Error("the detail does not show the payment")
	}

	// Another sale changes: the chosen one stays.
	w.s.bar.clear()
	w.settle()
	at := w.s.list.book.Place(unknown)
	if at != 1 || w.s.list.table.Selected() != at {
		t.Fatalf("after clearing the filter row %d is chosen, the sale is at %d", w.s.list.table.Selected(), at)
	}
	w.giveBack(other, "12")
	w.until("the other row says refunded", func() bool { r, _ := w.s.list.book.At(0); return r.refunded == "-12.00" })
	w.settle()
	if w.s.list.table.Selected() != at || w.s.detail.sale.ID != unknown {
		t.Error("the choice moved with another sale's refund")
	}

	// A new sale joins at the top; the chosen sale moves down with its mark.
	w.at("10:05").cash("3.00")
	w.until("the new sale is there", func() bool { return w.s.list.book.Length() == 4 })
	w.settle()
	if w.s.list.table.Selected() != w.s.list.book.Place(unknown) || w.s.detail.sale.ID != unknown {
		t.Error("a new sale took the choice away")
	}
}

func TestOpenFromAnotherTab(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.clock.set(noon.AddDate(0, 0, -3))
	w.cash("1.00")
	old := w.cash("8.00")
	w.cash("2.00")
	w.clock.set(noon)
	w.cash("4.00")
	w.open(1280, 800)
	w.s.Open(old, screen.ActRefund)
	w.until("the dialog is open", func() bool { return w.s.refund != nil })
	w.settle()
	if got := w.rows(); !equal(got, []string{"01000003", "01000002", "01000001"}) {
		t.Errorf("the list shows %v", got)
	}
	if w.s.list.table.Selected() != 1 {
		t.Errorf("row %d is chosen", w.s.list.table.Selected())
	}
	if w.s.bar.filter.period != (period{periodChosen, "2026-11-18", "2026-11-18"}) {
		t.Errorf("the bar says %v", w.s.bar.filter.period)
	}
}

func TestAListThatCannotBeRead(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.cash("1.00")
	w.open(1280, 800)
	w.s.list.reading = true
	w.s.list.got(pages{filter: w.s.bar.filter, err: errors.New("disk")})
	if texts := w.texts(); !strings.Contains(texts, "流水读不出来") || w.s.list.table.Length() != 0 {
		t.Error("the fault is not shown")
	}
	w.s.list.reload(0)
	w.settle()
	if w.s.list.table.Length() != 1 {
		t.Error("trying again does not help")
	}
}

func TestTheStoryTellsEveryAttempt(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	refunded, _ := w.sampleDay()
	w.open(1280, 800)
	w.s.Open(refunded, "")
	w.settle()
	texts := w.texts()
	for _, want := range []string{
		"小票 01000006", "部分退款", "已退 30.00，可退 56.00", "支付宝，138****6021",
		"第 1 次：扫付款码 28…5405", "付款码已过期或已用过，没有扣款", "第 2 次：扫付款码 28…5401", "已支付 86.00", "已退款 30.00",
	} {
		if !strings.Contains(texts, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if strings.Contains(texts, "ACQ.PAYMENT") {
		t.Error("a code of the channel stands in the story")
	}
	w.s.detail.turn(tabFacts)
	texts = w.texts()
	for _, want := range []string{"不要袋子", "ACQ.PAYMENT_AUTH_CODE_INVALID", w.sale(refunded).Refunds[0].RequestNo, "商品退回"} {
		if !strings.Contains(texts, want) {
			t.Errorf("%q is not among the details", want)
		}
	}
	if strings.Contains(texts, code(pays)) || strings.Contains(texts, code(expired)) {
		t.Error("a whole pay code is shown")
	}
}

func TestCopyTheTradeNumber(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("35.00", pays)
	w.open(1280, 800)
	w.s.Open(id, "")
	w.settle()
	w.s.copyNumber(nil)
	if got := fyne.CurrentApp().Clipboard().Content(); got != w.sale(id).Tenders[0].TradeNo {
		t.Errorf("the clipboard holds %q", got)
	}
}

func TestReprint(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	paid, failed := w.scan("35.00", pays), w.scan("36.00", expired)
	w.open(1280, 800)
	if w.s.Act(screen.ActReprint) {
		t.Error("nothing is open, and the window may not print the last one")
	}
	w.s.Open(paid, "")
	w.settle()
	before := len(w.sale(paid).Prints)
	w.s.Act(screen.ActReprint)
	w.until("a copy is queued", func() bool { return len(w.sale(paid).Prints) == before+1 })
	w.until("something is said", func() bool { return strings.Contains(w.texts(), "已送去打印") })
	if p := w.sale(paid).Prints[before]; p.Kind != data.PrintReprint {
		t.Errorf("queued %s", p.Kind)
	}
	for range noteTicks {
		w.s.Tick()
	}
	if strings.Contains(w.texts(), "已送去打印") {
		t.Error("the note stays for ever")
	}
	w.s.Open(failed, "")
	w.settle()
	w.s.Act(screen.ActReprint)
	w.settle()
	if len(w.sale(failed).Prints) != 0 {
		t.Error("a receipt without money was queued")
	}
}

func TestAnUnknownPaymentIsAskedAndCancelled(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.at("14:28").scan("99.00", lost)
	w.at("14:33:12").open(1280, 800)
	w.s.Open(id, "")
	w.settle()
	if texts := w.texts(); !strings.Contains(texts, "正在查询，已 5 分 12 秒") || !strings.Contains(texts, "立即查询") {
		t.Error("it is not said what is going on")
	}
	w.at("14:33:13")
	w.s.Tick()
	if !strings.Contains(w.texts(), "5 分 13 秒") {
		t.Error("the seconds stand still")
	}
	if !w.s.Act(screen.ActQuery) {
		t.Error("F8 does nothing")
	}
	w.s.askCancel()
	if w.sale(id).Tenders[0].CancelAsked {
		t.Error("cancelled without asking the person")
	}
	test.Tap(screentest.Button(w.win.Canvas().Overlays().Top(), "撤销 99.00 元"))
	w.until("it is closed", func() bool { return w.sale(id).State == data.SaleClosed })
	w.until("the detail says so", func() bool { return w.s.detail.view.look == kit.LookClosed })
	if !strings.Contains(w.texts(), "没有收到钱") {
		t.Error("it is not said that no money came")
	}
}

func TestLateMoneyIsKeptOrGivenBack(t *testing.T) {
	for _, keep := range []bool{true, false} {
		t.Run(fmt.Sprintf("keep %v", keep), func(t *testing.T) {
			w := newWorld(t, lang.Chinese, kit.Light)
			id := w.at("14:28").scan("99.00", deadline)
			order := w.sale(id).Tenders[0].OutTradeNo
			_, err := w.till.Cancel(context.Background(), w.sale(id).Tenders[0].ID)
			check(t, err)
			w.until("it is closed", func() bool { return w.sale(id).State == data.SaleClosed })
			w.late(id, order)
			w.open(1280, 800)
			w.s.bar.pickedState(len(stateChoices) + 1)
			w.s.Open(id, "")
			w.settle()
			if !strings.Contains(w.texts(), "迟到的付款") {
				t.Fatal("the late payment is not shown")
			}
			if keep {
				test.Tap(screentest.Button(w.s.Object(), "保留"))
			} else {
				test.Tap(screentest.Button(w.s.Object(), "退给顾客"))
				w.until("it is asked", w.s.busy)
				test.Tap(screentest.Button(w.win.Canvas().Overlays().Top(), "退款 99.00 元"))
			}
			w.until("it is decided", func() bool { return w.sale(id).Attention == data.AttentionNone })
			if !keep {
				w.until("it is given back", func() bool { return w.sale(id).State == data.SaleRefunded })
			}
			times, sum := w.channel.given()
			if keep && times != 0 || !keep && (times != 1 || sum != 99_00) {
				t.Errorf("given back %d times, %s", times, sum)
			}
			w.until("the question is gone", func() bool { return w.s.detail.view.notice.attention == data.AttentionNone })
		})
	}
}

// late lets money of a closed payment arrive, as a late query finds it.
func (w *world) late(id int64, order string) {
	w.tb.Helper()
	t := w.sale(id).Tenders[0]
	_, _, _, err := w.ledger.MoveTender(context.Background(), t.ID, data.Move{To: payment.StatePaid, TradeNo: "2026112122001458860500000009",
		Events: []data.NewEvent{{Kind: data.EventLatePaid, Amount: t.Amount}}})
	check(w.tb, err)
	w.channel.tell(order, payment.Outcome{Result: payment.Paid})
}
