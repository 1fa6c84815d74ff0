package deposits

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// takeWeChat takes a deposit of WeChat's, without the screen.
func (w *world) takeWeChat(room, guest string, amount payment.Amount) data.Deposit {
	w.tb.Helper()
	d, err := w.till.HoldByCode(w.tb.Context(), w.order(room, guest, "13800006021", amount, 3), wechatCode(w.drafts%80))
	check(w.tb, err)
	d, err = w.till.WaitDeposit(w.tb.Context(), d.ID)
	check(w.tb, err)
	return d.Deposit
}

func TestAWeChatDepositIsChargedOnceAndTheRestGoesBack(t *testing.T) {
	w := newWorld(t, options{wechat: payment.WeChat})
	w.types("500")
	w.scan(wechatCode(1))
	w.shows(w.t("hold.held.title"))
	w.has("微信", "30 天后自动退回")
	d := w.only(data.DepositHeld)
	w.s.Open(d.ID, "")
	w.until("it is open", func() bool { return w.s.open != nil && w.s.open.read() })
	w.types("138")
	w.has(w.t("deposit.rest.keep.no", "channel", "微信"))
	w.s.chooseRest(true) // whoever finds a way
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.capture.rest", "rest", "362.00"))
	if got := w.deposit(d.ID); got.Captured != 138_00 || got.Released != 362_00 {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
}

func TestAWeChatDepositIsReleasedAsAWhole(t *testing.T) {
	w := newWorld(t, options{wechat: payment.WeChat})
	d := w.takeWeChat("305", "张伟", 500_00)
	w.openRoom("305")
	w.tap(w.t("deposit.release.all"))
	w.has(w.t("give.release.whole", "channel", "微信"))
	w.press(fyne.KeyReturn)
	w.shows(w.t("step.release.done"))
	if got := w.deposit(d.ID); got.Released != 500_00 {
		t.Errorf("the ledger has %+v", got.Deposit)
	}
}

func TestDepositsKnowTheRulesOfTheirOwnWallet(t *testing.T) {
	w := newWorld(t, options{wechat: payment.WeChat})
	w.take("301", "王磊", 300_00)
	w.openRoom("301")
	w.types("100")
	w.hasNot(w.t("deposit.rest.keep.no", "channel", "支付宝"))
	w.tap(w.t("deposit.rest.keep"))
	if !w.s.open.keep {
		t.Error("the rest cannot be kept")
	}
	w.press(fyne.KeyEscape)
	w.takeWeChat("302", "李娜", 300_00)
	w.till.Configure(app.Options{Channels: []payment.Channel{w.bank}}) // WeChat was switched off since
	w.openRoom("302")
	w.has(w.t("deposit.rest.keep.off", "channel", "微信"))
}

func TestTheKeyForAQRIsThereWhereThereIsOne(t *testing.T) {
	w := newWorld(t, usual)
	w.types("500")
	w.has(w.t("till.qr"))
	w.bank.set(func(b *bank) { b.rules.QR = false })
	w.later(time.Second)
	w.hasNot(w.t("till.qr"))
	w.press(fyne.KeyF4)
	w.shows(w.t("deposit.hint.no_qr"))
	if len(w.bank.qrs) != 0 {
		t.Error("a QR was asked for")
	}
}

func TestAWalletWithoutDepositsIsToldWithThoseThatHaveThem(t *testing.T) {
	for _, c := range []struct {
		name, code string
		set        func(*world)
		want       []string
	}{
		{"nobody takes it", "6212345678901234567", func(*world) {}, []string{"本店没有开通云闪付，没有冻结。", "请客人用支付宝或微信，或收现金押金。"}},
		{"it pays, and holds nothing", wechatCode(1), func(w *world) { w.second.set(func(b *bank) { b.rules = payment.HoldRules{} }) },
			[]string{"本店不能用微信收押金，没有冻结。", "请客人用支付宝，或收现金押金。"}},
		{"nobody holds", wechatCode(1), func(w *world) {
			for _, b := range []*bank{w.bank, w.second} {
				b.set(func(b *bank) { b.rules = payment.HoldRules{} })
			}
		}, []string{"本店不能用微信收押金，没有冻结。", "请收现金押金。"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, options{wechat: payment.WeChat})
			c.set(w)
			w.types("500")
			w.scan(c.code)
			w.shows(w.t("till.refused.wallet.title"))
			w.has(c.want...)
			if list, _, err := w.desk.Books.Deposits(t.Context(), data.DepositFilter{}); err != nil || len(list) != 0 {
				t.Errorf("%d deposits, %v", len(list), err)
			}
		})
	}
}

func TestTheQRForTheDepositOfAnotherWallet(t *testing.T) {
	w := newWorld(t, options{wechat: payment.WeChat})
	notScanned := func(b *bank) {
		b.policy.QueryEvery = time.Hour
		b.rules.QR = true
		b.query = func(int) payment.HoldOutcome { return payment.HoldOutcome{Result: payment.NotFound} }
	}
	closing := make(chan struct{})
	w.bank.set(func(b *bank) {
		notScanned(b)
		b.cancel = func(int) payment.HoldOutcome { <-closing; return payment.HoldOutcome{Result: payment.Closed} }
	})
	w.second.set(notScanned)
	w.types("500")
	w.press(fyne.KeyF4)
	w.until("the QR stands", w.qrStands)
	w.has("支付宝", "微信", w.t("pay.qr.wallets", "key", "F4"))
	w.s.Act(screen.ActQR)
	w.shows(w.t("pay.switching.title", "wallet", "微信"))
	if len(w.second.qrs) != 0 {
		t.Fatal("two QRs for one deposit")
	}
	close(closing)
	w.until("that of WeChat stands", func() bool {
		return w.qrStands() && w.s.taking.Current.Of.Wallet == payment.WalletWeChat
	})
	if len(w.bank.qrs) != 1 || len(w.second.qrs) != 1 {
		t.Errorf("%d and %d QRs", len(w.bank.qrs), len(w.second.qrs))
	}
}

func TestADepositThatCannotBeCancelledIsPutAside(t *testing.T) {
	w := newWorld(t, options{wechat: payment.CloudPay})
	w.second.set(func(b *bank) {
		b.policy.QueryEvery = time.Hour
		b.hold = answering(payment.HoldOutcome{Result: payment.Waiting})
	})
	w.types("500")
	w.scan(wechatCode(3))
	w.shows(w.t("hold.waiting.title"))
	w.has("请到云支付小后台查看")
	w.hasNot(w.t("hold.cancel"))
	w.press(fyne.KeyEscape)
	w.shows(w.t("till.hint.no_cancel"))
	w.press(fyne.KeyReturn)
	w.until("it is put aside", func() bool { return len(w.till.OpenHolds()) == 1 && w.till.OpenHolds()[0].Parked })
	if w.second.cancels != 0 {
		t.Errorf("%d cancels", w.second.cancels)
	}
}

// qrStands reports whether a QR is on the right.
func (w *world) qrStands() bool { return w.s.taking.Stands(app.PhaseQR) }
