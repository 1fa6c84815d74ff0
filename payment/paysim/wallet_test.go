package paysim

import (
	"strings"
	"testing"

	"frontdesk/payment"
)

func TestFreshCodesAreOfTheirWalletAndForceTheirScenario(t *testing.T) {
	s := startSim(t, Options{})
	for wallet, form := range map[payment.Wallet]struct {
		begin  string
		length int
	}{payment.WalletAlipay: {"28", 18}, payment.WalletWeChat: {"13", 18}, payment.WalletUnionPay: {"62", 19}} {
		seen := map[string]bool{}
		for n := range 100 {
			code := s.FreshCodeOf(wallet, n)
			_, w := payment.Recognise(code)
			if w != wallet || len(code) != form.length || !strings.HasPrefix(code, form.begin) || seen[code] {
				t.Fatalf("wallet %s, scenario %d: %s", wallet, n, code)
			}
			seen[code] = true
			expected := n
			if n == 0 || n > len(Scenarios) {
				expected = paidAtOnce
			}
			want(t, "scenario of a code of "+string(wallet), scenarioOf(payment.PayCode(code)), expected)
		}
	}
	want(t, "FreshCode's wallet", s.FreshCode(1)[:2], "28")
	for _, w := range []payment.Wallet{payment.WalletNone, payment.WalletECNY} {
		func() {
			defer func() { recover() }()
			s.FreshCodeOf(w, 1)
			t.Errorf("a code for wallet %q", w)
		}()
	}
}

// An order number belongs to one channel. Another front does not see it, and
// cannot make it anew.
func TestAFrontSeesItsOwnOrdersOnly(t *testing.T) {
	l := startTill(t, Options{})
	no, deposit := l.orderNo(), l.orderNo()
	check(t, l.book.change(func(p *page) {
		o := order{No: no, Channel: payment.WeChat, Wallet: payment.WalletWeChat, Method: payment.MethodCode, Amount: 12_50, Subject: "咖啡", Created: p.now, Expires: p.now.Add(1e9)}
		o.TradeNo, o.Payer = p.newTradeNo(o.Wallet), wechatPhone
		p.save(o.paid(p.now))
		h := hold{No: deposit, RequestNo: deposit, Channel: payment.WeChat, Wallet: payment.WalletWeChat, Method: payment.MethodCode, Amount: 500_00, Title: "客房押金", Created: p.now, Expires: p.now.Add(1e9)}
		h.AuthNo, h.Payer = p.newAuthNo(h.Wallet), wechatPhone
		p.saveHold(h.heldSince(p.now))
	}))
	truth := l.Truth()
	trade, auth := truth.Orders[no].TradeNo, truth.Holds[deposit].AuthNo
	want(t, "form of the trade number", len(trade) == 28 && strings.HasPrefix(trade, "4200"), true)
	want(t, "wallet", truth.Orders[no].Wallet, payment.WalletWeChat)
	want(t, "wallet of the hold", truth.Holds[deposit].Wallet, payment.WalletWeChat)

	want(t, "query", l.queryNo(no).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "query by trade number", l.ask("alipay.trade.query", fields{"trade_no": trade}).String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "refund", l.refundNo(no, "12.50", "R1").String(), "40004 ACQ.TRADE_NOT_EXIST")
	want(t, "cancel", l.cancelNo(no).text("action"), "")
	want(t, "pay", l.payWith(no, "12.50", l.FreshCode(1)).String(), "40004 ACQ.CONTEXT_INCONSISTENT")
	want(t, "query of the hold", l.detailNo(deposit, deposit).String(), "40004 AUTH_ORDER_NOT_EXIST")
	want(t, "cancel of the hold", l.cancelHoldNo(deposit).String(), "40004 AUTH_ORDER_NOT_EXIST")
	want(t, "unfreeze", l.unfreeze(auth, "1.00", "U1").String(), "40004 AUTH_ORDER_NOT_EXIST")
	want(t, "capture", l.captureKeeping(auth, l.orderNo(), "1.00").String(), "40004 ACQ.AUTH_NO_ERROR")
	want(t, "freeze", l.freezeWith(deposit, "500.00", l.FreshCode(1)).String(), "40004 UNIQUE_VIOLATION")
	l.wantTruth(no, Paid, 12_50, 0)
	l.wantHold(deposit, Held, 500_00, 0, 0)
}

// A deposit whose capture has no number of its own: the order has the hold's.
func TestACaptureWithoutANumberOfItsOwn(t *testing.T) {
	l := startTill(t, Options{Dir: t.TempDir()})
	no := l.orderNo()
	check(t, l.book.change(func(p *page) {
		h := hold{No: no, RequestNo: no, Channel: payment.WeChat, Wallet: payment.WalletWeChat, Method: payment.MethodCode, Amount: 500_00, Created: p.now, Expires: p.now.Add(1e9)}
		h.AuthNo, h.Payer = p.newAuthNo(h.Wallet), wechatPhone
		h = h.heldSince(p.now)
		p.saveHold(h)
		h = p.tried(h, step{Kind: capture, No: h.No, Amount: 120_00, Complete: true})
		o := order{No: h.No, Channel: h.Channel, Wallet: h.Wallet, Method: fromHold, Amount: 120_00, Hold: h.No, TradeNo: h.AuthNo, Payer: h.Payer, Created: p.now, Expires: p.now.Add(1e9)}
		p.save(l.beginCapture(p, o, 0))
	}))
	l.wantHold(no, Finished, 500_00, 120_00, 380_00)
	l.wantTruth(no, Paid, 120_00, 0)
	check(t, l.Close())
	again := startSim(t, Options{Dir: l.opts.Dir, Clock: l.clock.now})
	want(t, "captured after a restart", again.Truth().Holds[no].Captures[no], payment.Amount(120_00))
	want(t, "charged after a restart", again.Truth().Charged, payment.Amount(120_00))
}
