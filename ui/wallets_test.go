package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// Several wallets at one till.

// notScanned is a QR that nobody has scanned, and that can be closed.
func notScanned(b *bank) {
	b.policy.QueryEvery = time.Hour // only when somebody asks
	b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.NotFound} }
	b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
}

// stands waits until the QR of a wallet stands, and no other.
func (s *shop) stands(w payment.Wallet) {
	s.t.Helper()
	s.until("the QR of "+string(w)+" stands", func() bool {
		open := s.till.OpenPayments()
		return len(open) == 1 && open[0].Phase == app.PhaseQR && open[0].Tender.Wallet == w && s.has(s.t2("pay.qr.title")) && s.has(s.t2("wallet."+string(w)))
	})
}

func TestTheQROfAnotherWalletComesOnlyAfterTheFirstIsClosed(t *testing.T) {
	s := newShop(t, withWeChat)
	s.bank.set(notScanned)
	s.second.set(notScanned)
	closing := make(chan struct{})
	s.bank.set(func(b *bank) {
		b.cancel = func(int) payment.Outcome { <-closing; return payment.Outcome{Result: payment.Closed} }
	})
	s.types("30")
	s.press(fyne.KeyF4)
	s.stands(payment.WalletAlipay)
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.switching.title", "wallet", "微信"))
	s.press(fyne.KeyF4, fyne.KeyRight) // somebody impatient
	if n := s.second.qrCalls(); n != 0 {
		t.Fatalf("%d QRs of WeChat while that of Alipay may still be paid", n)
	}
	close(closing)
	s.stands(payment.WalletWeChat)
	if s.bank.qrCalls() != 1 || s.second.qrCalls() != 1 || s.bank.cancelCalls() != 1 {
		t.Errorf("%d and %d QRs, %d cancels", s.bank.qrCalls(), s.second.qrCalls(), s.bank.cancelCalls())
	}
	s.press(fyne.KeyLeft)
	s.stands(payment.WalletAlipay)
	s.tap("微信")
	s.stands(payment.WalletWeChat)
	s.second.set(func(b *bank) { b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.Paid} } })
	s.press(fyne.KeyF8)
	s.shows(s.t2("pay.paid.hint"))
	detail := s.onlySale(data.SalePaid, 30_00)
	if len(detail.Tenders) != 4 {
		t.Errorf("%d tenders of one sale, want 4", len(detail.Tenders))
	}
	// The next customer gets the QR that was used last.
	s.second.set(notScanned)
	s.types("5")
	s.press(fyne.KeyF4)
	s.stands(payment.WalletWeChat)
}

func TestASwitchThatMeetsAPaidQRIsPaid(t *testing.T) {
	s := newShop(t, withWeChat)
	s.bank.set(notScanned)
	s.types("30")
	s.press(fyne.KeyF4)
	s.stands(payment.WalletAlipay)
	s.bank.set(func(b *bank) {
		b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.Paid} }
		b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.Failed} }
	})
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.paid.hint"))
	s.settle()
	if n := s.second.qrCalls(); n != 0 {
		t.Errorf("%d QRs for an amount that is paid", n)
	}
	s.onlySale(data.SalePaid, 30_00)
}

func TestAScannedQRIsNotTakenAwayByAKey(t *testing.T) {
	s := newShop(t, withWeChat)
	s.bank.set(func(b *bank) { b.query = thenHang(2, payment.Outcome{Result: payment.Waiting, Password: true}) })
	s.types("30")
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.scanned.title"))
	s.press(fyne.KeyF4, fyne.KeyRight)
	s.settle()
	if p := s.till.OpenPayments()[0]; p.Tender.CancelAsked || p.Phase != app.PhaseQRScanned {
		t.Errorf("the customer is paying, and the QR was cancelled: %s", p.Phase)
	}
}

func TestOneWalletHasNothingToChoose(t *testing.T) {
	s := newShop(t, usual)
	s.bank.set(notScanned)
	s.types("30")
	s.press(fyne.KeyF4)
	s.stands(payment.WalletAlipay)
	s.press(fyne.KeyF4, fyne.KeyLeft, fyne.KeyRight)
	s.settle()
	if s.bank.cancelCalls() != 0 || s.has("微信") {
		t.Error("there is something to choose")
	}
}

func TestAWalletThatNobodyTakesIsToldWithThoseThatAre(t *testing.T) {
	for _, c := range []struct {
		set  setup
		code string
		want string
	}{
		{withWeChat, unionCode(1), "请顾客用支付宝或微信，或付现金。"},
		{usual, wechatCode(1), "请顾客用支付宝，或付现金。"},
		{setup{noAlipay: true}, payCode(1), "请顾客付现金。"},
	} {
		s := newShop(t, c.set)
		s.types("30")
		s.scan(c.code)
		s.shows(s.t2("till.refused.wallet.title"))
		if !s.has(c.want) {
			t.Errorf("%q is not said", c.want)
		}
		if len(s.sales()) != 0 {
			t.Error("there is a sale")
		}
	}
}

// What Cloud Pay has been sent cannot be cancelled from here.
func TestAPaymentThatCannotBeCancelledIsPutAside(t *testing.T) {
	s := newShop(t, withCloud)
	s.second.set(func(b *bank) {
		b.policy.QueryEvery = time.Hour
		b.pay = answering(payment.Outcome{Result: payment.Waiting, Password: true})
	})
	s.types("30")
	s.scan(wechatCode(3))
	s.shows(s.t2("pay.waiting.title"))
	texts := strings.Join(strings.Fields(s.text()), "")
	if !strings.Contains(texts, "满2分钟还没有结果时，请到云支付小后台查看；本机会一直查询。") {
		t.Errorf("nobody says where to look: %s", texts)
	}
	if s.has(s.t2("pay.cancel")) {
		t.Error("a cancel is offered")
	}
	s.press(fyne.KeyEscape)
	s.shows(s.t2("till.hint.no_cancel"))
	s.scan(wechatCode(4))
	s.shows(s.t2("till.hint.payment_open"))
	s.press(fyne.KeyReturn)
	s.until("it is put aside", func() bool { return s.till.OpenPayments()[0].Tender.Parked })
	s.shows(s.t2("till.open.one", "n", 1))
	if s.second.cancelCalls() != 0 || s.second.payCalls() != 1 {
		t.Errorf("%d cancels, %d payments", s.second.cancelCalls(), s.second.payCalls())
	}
	s.till.QueryNow(s.till.OpenPayments()[0].Tender.ID)
	s.shows(s.t2("till.result.paid", "amount", "30.00"))
}

func TestAfterItsTimeThePanelSendsToTheBackOffice(t *testing.T) {
	s := newShop(t, withCloud)
	s.second.set(func(b *bank) {
		b.policy.PayTimeout, b.policy.QueryEvery = 20*time.Millisecond, 30*time.Millisecond
		b.pay = answering(payment.Outcome{Result: payment.Waiting})
		b.query = thenHang(1, payment.Outcome{Result: payment.Waiting})
	})
	s.types("30")
	s.scan(wechatCode(3))
	s.shows(s.t2("pay.unknown.title"))
	s.shows(s.t2("pay.overdue.rule3"))
	tender := s.till.OpenPayments()[0].Tender
	for _, want := range []string{s.t2("pay.unknown.rule1"), "请到云支付小后台", tender.OutTradeNo, s.t2("pay.query"), s.t2("pay.park")} {
		if !strings.Contains(s.text(), want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if s.has(s.t2("pay.undo")) {
		t.Error("a cancel is offered")
	}
	s.press(fyne.KeyEscape)
	if s.settle(); s.second.cancelCalls() != 0 {
		t.Error("it was cancelled")
	}
	s.second.set(func(b *bank) { b.answerAgain(); b.ordinary() })
	s.press(fyne.KeyF8)
	s.shows(s.t2("pay.paid.hint"))
	s.onlySale(data.SalePaid, 30_00)
}

func TestWeChatStaysWeChatThroughCloudPay(t *testing.T) {
	s := newShop(t, withCloud)
	s.second.set(func(b *bank) { b.pay = failing(payment.ReasonBalance, "104/410") })
	s.types("30")
	s.scan(wechatCode(4))
	s.shows(s.t2("pay.failed.title"))
	if !strings.Contains(s.text(), "微信，") || !s.has("云支付返回") {
		t.Errorf("the panel says %s", s.text())
	}
	s.press(fyne.KeyEscape, fyne.KeyEscape)
	s.second.set(func(b *bank) { b.pay = failing(payment.ReasonMerchantSetup, "101/7") })
	s.types("1")
	s.scan(wechatCode(5))
	s.shows(s.t2("pay.failed.setup", "channel", "微信"))
	if !strings.Contains(strings.Join(strings.Fields(s.text()), ""), "微信（云支付）没有受理") {
		t.Errorf("the manager does not learn where to look: %s", s.text())
	}
}

func TestTheHealthListNamesTheChannelThatIsBroken(t *testing.T) {
	s := newShop(t, setup{wechat: payment.WeChat, broken: true})
	s.second.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Unknown, Detail: offline})
		b.query = thenHang(3, payment.Outcome{Result: payment.Unknown, Detail: offline})
	})
	s.types("5")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.types("6")
	s.scan(wechatCode(6))
	s.shows(s.t2("head.network.down"))
	s.tap(s.t2("head.network.down"))
	for channel, state := range map[string]string{"支付宝": "good", "微信支付": "down", "云支付": "broken"} {
		s.shows(s.t2("health.channel."+state, "channel", channel))
	}
}
