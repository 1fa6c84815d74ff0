package sales

import (
	"context"
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

func TestWhatTheFormAsksFor(t *testing.T) {
	paid := func(id int64, ch payment.ChannelName, amount, refunded payment.Amount) data.Tender {
		return data.Tender{ID: id, Channel: ch, State: payment.StatePaid, Amount: amount, Refunded: refunded}
	}
	sale := data.SaleDetail{Sale: data.Sale{ID: 7}, Tenders: []data.Tender{
		paid(1, payment.Cash, 50_00, 0), paid(2, payment.Alipay, 36_00, 30_00), {ID: 3, State: payment.StateFailed, Amount: 9_00},
	}}
	words := []string{"商品退回", "价格输错", "其他"}
	for _, c := range []struct {
		name   string
		amount string
		tender int64
		reason int
		other  string
		fault  refundFault
		want   payment.Amount
	}{
		{"nothing typed", "", 0, 0, "", refundNoAmount, 0},
		{"nothing", "0.00", 0, 0, "", refundNoAmount, 0},
		{"all of it", "56", 0, 0, "", refundFine, 56_00},
		{"too much", "56.01", 0, 0, "", refundTooMuch, 0},
		{"of one payment", "6", 2, 1, "", refundFine, 6_00},
		{"more than that payment", "6.01", 2, 1, "", refundTooMuch, 0},
		{"no reason", "1", 0, -1, "", refundNoReason, 1_00},
		{"own words missing", "1", 0, 2, "  ", refundNoOwnWords, 1_00},
		{"own words", "1", 0, 2, " 换货 ", refundFine, 1_00},
	} {
		f := newRefundForm(sale, words)
		f.amount, f.tender, f.reason, f.other = c.amount, c.tender, c.reason, c.other
		o, fault := f.order()
		if fault != c.fault || o.Amount != c.want {
			t.Errorf("%s: %s %q, want %s %q", c.name, o.Amount, fault, c.want, c.fault)
		}
		if fault == refundFine && (o.SaleID != 7 || o.TenderID != c.tender || o.Draft == "" || strings.TrimSpace(o.Reason) != o.Reason || o.Reason == "") {
			t.Errorf("%s: order %+v", c.name, o)
		}
	}
	if a, b := newRefundForm(sale, words), newRefundForm(sale, words); a.draft == b.draft {
		t.Error("two dialogs have one draft")
	}
}

func TestReasonsOfTheShop(t *testing.T) {
	w := lang.Load(lang.Chinese)
	for setting, want := range map[string]string{
		"":                    "商品退回 价格输错 重复付款 其他",
		"破损\n\n  客人取消  \n":    "破损 客人取消 其他",
		"1\n2\n3\n4\n5\n6\n7": "1 2 3 4 5 其他",
	} {
		if got := strings.Join(screen.RefundReasons(w, setting), " "); got != want {
			t.Errorf("%q gives %q, want %q", setting, got, want)
		}
	}
}

// press sends a key to the window as if nothing had the focus, or to what has it.
func (w *world) press(name fyne.KeyName) {
	c := w.win.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
		return
	}
	c.OnTypedKey()(&fyne.KeyEvent{Name: name})
}

func TestRefundByKeyboardOnce(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	w.s.Open(id, "")
	w.settle()
	if !w.s.Act(screen.ActRefund) {
		t.Fatal("Ctrl+R does nothing")
	}
	w.until("the dialog is open", func() bool { return w.s.refund != nil })
	r := w.s.refund
	if w.win.Canvas().Focused() != fyne.Focusable(r.fields.amount) {
		t.Fatal("the amount has not the focus")
	}
	w.press(fyne.KeyReturn)
	if r.sending {
		t.Fatal("an empty form was sent")
	}
	for _, digit := range "26" {
		r.fields.amount.TypedRune(digit)
	}
	w.press(fyne.KeyReturn)
	if r.sending {
		t.Fatal("a refund without a reason was sent")
	}
	r.fields.reasons.Rows[0].OnTapped()
	if !strings.Contains(w.texts(), "退款 26.00 元") {
		t.Error("the act is not worded with its amount")
	}
	w.press(fyne.KeyReturn)
	w.press(fyne.KeyReturn) // a second Enter, and the double click of the same moment
	r.sending = false
	r.send()
	w.until("it is done", func() bool { return w.sale(id).Refunded == 26_00 })
	w.until("the dialog says so", func() bool { return r.progress != nil && strings.Contains(w.texts(), "已退款 26.00") })
	w.settle()
	if times, sum := w.channel.given(); times != 1 || sum != 26_00 {
		t.Errorf("given back %d times, %s", times, sum)
	}
	if len(w.sale(id).Refunds) != 1 {
		t.Errorf("%d refunds in the ledger", len(w.sale(id).Refunds))
	}
	w.press(fyne.KeyReturn)
	if w.s.refund != nil || w.s.busy() {
		t.Error("Enter does not close the result")
	}
	w.until("the detail shows it", func() bool { return strings.Contains(w.texts(), "已退 26.00，可退 60.00") })
}

func TestSeveralRefundsUntilNothingIsLeft(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	for i, amount := range []string{"30", "0.01", "55.99"} {
		w.refundNow(id, amount)
		r := w.s.refund
		w.until("it is done", func() bool {
			return len(w.sale(id).Refunds) == i+1 && w.sale(id).Refunds[i].State == payment.RefundDone
		})
		w.settle()
		r.progress.OnCancel()
		r.progress.Close()
	}
	if s := w.sale(id); s.State != data.SaleRefunded {
		t.Errorf("the sale is %s", s.State)
	}
	w.until("there is nothing more to give back", func() bool { return !w.s.detail.view.acts.refund })
	w.s.Act(screen.ActRefund)
	w.settle()
	if w.s.refund != nil || !strings.Contains(w.texts(), "没有可以退的钱") {
		t.Error("a dialog opened where nothing is left")
	}
}

func TestTooMuchIsSaidAndNotSent(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	w.openRefund(id)
	r := w.s.refund
	r.choose(0)
	for _, digit := range "86.01" {
		r.fields.amount.TypedRune(digit)
	}
	if !strings.Contains(w.texts(), "最多可退 86.00") {
		t.Error("it is not said how much can be given back")
	}
	w.press(fyne.KeyReturn)
	w.settle()
	test.Tap(screentest.Button(w.win.Canvas().Overlays().Top(), "全部"))
	if strings.Contains(w.texts(), "最多可退") || !strings.Contains(w.texts(), "退款 86.00 元") {
		t.Error("all of it does not put the amount right")
	}
	if len(w.sale(id).Refunds) != 0 {
		t.Error("something was refunded")
	}
	w.press(fyne.KeyEscape)
	if w.s.refund != nil || w.s.busy() {
		t.Error("Esc does not close the dialog")
	}
}

func TestRefundOfASplitSale(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	c := w.charge("128.50")
	c.Part = 50_00
	_, err := w.till.TakeCash(context.Background(), c, 50_00)
	check(t, err)
	c.Part = 0
	id := w.again(c, pays)
	w.open(1280, 800)

	w.openRefund(id)
	r := w.s.refund
	if r.fields.which == nil {
		t.Fatal("the payments are not offered")
	}
	r.fields.which.OnChanged(1) // the cash
	if r.form.left() != 50_00 {
		t.Errorf("%s left of the cash", r.form.left())
	}
	r.form.amount = "20"
	r.choose(0)
	r.send()
	w.until("the cash is given back", func() bool { return w.sale(id).Refunded == 20_00 })
	w.until("the dialog says so", func() bool { return strings.Contains(w.texts(), "请把 20.00 现金交给顾客") })
	if times, _ := w.channel.given(); times != 0 {
		t.Error("the channel gave cash back")
	}
	w.press(fyne.KeyEscape)
	w.settle()

	w.refundNow(id, "108.50") // the rest, over both
	w.until("all is given back", func() bool { return w.sale(id).State == data.SaleRefunded })
	if _, sum := w.channel.given(); sum != 78_50 {
		t.Errorf("the channel gave back %s", sum)
	}
}

func TestARefundWithoutAnswerIsFollowed(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	w.channel.answerRefunds(payment.RefundOutcome{State: payment.RefundUnknown})
	w.refundNow(id, "26")
	w.until("it is under way", func() bool { return strings.Contains(w.texts(), "支付宝还没有确认到账") })
	w.channel.answerRefunds(payment.RefundOutcome{State: payment.RefundDone, Found: true})
	w.until("the dialog says that it is done", func() bool { return strings.Contains(w.texts(), "已退款 26.00") })
}

func TestARefusedRefundSaysWhy(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	w.channel.answerRefunds(payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonMerchantFunds, Code: "ACQ.SELLER_BALANCE_NOT_ENOUGH"})
	w.refundNow(id, "26")
	w.until("it is refused", func() bool {
		return strings.Contains(w.texts(), "商户余额不足，没有退款。请充值后再退。") && strings.Contains(w.texts(), "ACQ.SELLER_BALANCE_NOT_ENOUGH")
	})
	if w.sale(id).Refunded != 0 {
		t.Error("money went back")
	}
}
