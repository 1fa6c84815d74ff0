package ui_test

import (
	"errors"
	"net"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// scene is one state of the window.
type scene struct {
	name string
	set  setup
	play func(*shop)
}

var (
	small      = setup{quick: quickThree, width: 1280, height: 728}
	usual      = setup{quick: quickThree}
	large      = setup{quick: quickMany, width: 1920, height: 1080}
	both       = setup{quick: quickThree, takes: app.ModeBoth}
	exam       = setup{quick: quickThree, practice: true, printer: "virtual:"}
	ownPhone   = setup{quick: quickThree, practice: true, printer: "virtual:", phoneWindow: true}
	withWeChat = setup{quick: quickThree, wechat: payment.WeChat}
	withCloud  = setup{quick: quickThree, wechat: payment.CloudPay}
	tight      = setup{quick: quickThree, practice: true, printer: "virtual:", width: 1280, height: 728}
)

// scenes are all states of the frame, the till and the phone.
var scenes = []scene{
	{"01-idle", usual, idle},
	{"01-idle-728", small, idle},
	{"01-idle-1920", large, idle},
	{"01-idle-both", both, idle},
	{"01-idle-both-728", setup{quick: quickThree, takes: app.ModeBoth, width: 1280, height: 728}, idle},
	{"01-idle-deposits-only", setup{takes: app.ModeDeposits}, func(s *shop) { s.types("500") }},
	{"01-idle-unprinted", usual, func(s *shop) { idle(s); stuck(s) }},
	{"02-first-day", setup{quick: "", noAlipay: true}, func(*shop) {}},
	{"02-loading", usual, func(s *shop) { s.window.Rebuild(s.desk.Words, s.desk.Keys); s.frozen = true }},
	{"02-unreadable", usual, unreadable},
	{"02-note-focused", usual, func(s *shop) { idle(s); s.tap(s.t2("till.remark")); s.types("公司发票") }},
	{"02-hint-empty", usual, func(s *shop) { history(s); s.press(fyne.KeyF3) }},
	{"02-hint-limit", usual, func(s *shop) { history(s); s.types("60000"); s.scan(payCode(1)); s.settle() }},
	{"02-hint-unknown-code", usual, func(s *shop) { idle(s); s.scan("6901234567892"); s.settle() }},
	{"02-hint-scan", usual, func(s *shop) { idle(s); s.press(fyne.KeyReturn) }},
	{"02-long-sum", usual, func(s *shop) { history(s); s.types("12345.67*3+899.9+1250+33.5*12+8+19.9") }},
	{"03-sending", usual, sending},
	{"03-waiting", usual, waiting},
	{"03-waiting-728", small, waiting},
	{"03-waiting-1920", large, waiting},
	{"03-waiting-wechat", withWeChat, func(s *shop) { waitingFor(s, s.second, wechatCode(2)) }},
	{"03-waiting-cloudpay", withCloud, func(s *shop) { waitingFor(s, s.second, wechatCode(2)) }},
	{"03-waiting-cloudpay-728", setup{quick: quickThree, wechat: payment.CloudPay, practice: true, printer: "virtual:", width: 1280, height: 728}, func(s *shop) { waitingFor(s, s.second, wechatCode(2)) }},
	{"03-cancelling", usual, cancelling},
	{"04-paid", usual, paid},
	{"04-paid-1920", large, paid},
	{"04-paid-cash", usual, paidCash},
	{"04-paid-discount", withCloud, paidWithDiscount},
	{"04-paid-parts", usual, func(s *shop) { partPaid(s); s.scan(payCode(1)); s.shows(s.t2("pay.paid.hint")) }},
	{"04-part-paid", usual, partPaid},
	{"04-part-paid-728", tight, partPaid},
	{"05-failed", usual, func(s *shop) { failed(s, payment.ReasonCodeInvalid, "ACQ.PAYMENT_AUTH_CODE_INVALID") }},
	{"05-failed-728", tight, func(s *shop) { failed(s, payment.ReasonCodeInvalid, "ACQ.PAYMENT_AUTH_CODE_INVALID") }},
	{"05-failed-setup", usual, func(s *shop) {
		failed(s, payment.ReasonMerchantSetup, "ACQ.INVALID_PARAMETER_APP_AUTH_TOKEN_NOT_FOUND")
	}},
	{"05-failed-again", usual, func(s *shop) { failed(s, payment.ReasonRisk, "ACQ.TRADE_BUYER_NOT_MATCH"); s.press(fyne.KeyReturn) }},
	{"05-wallet", usual, func(s *shop) { idle(s); s.scan("6212345678901234567"); s.settle() }},
	{"05-wallet-two", withWeChat, func(s *shop) { idle(s); s.scan(unionCode(1)); s.settle() }},
	{"05-failed-cloudpay", withCloud, func(s *shop) {
		idle(s)
		s.second.set(func(b *bank) { b.pay = failing(payment.ReasonMerchantSetup, "104/300") })
		s.scan(wechatCode(5))
		s.shows(s.t2("pay.retry"))
	}},
	{"05-no-qr", setup{quick: quickThree, noAlipay: true}, func(s *shop) { s.types("12"); s.press(fyne.KeyF4); s.settle() }},
	{"05-closed", usual, closed},
	{"05-expired", usual, expired},
	{"05-reversed", usual, reversed},
	{"06-unknown", usual, func(s *shop) { unknown(s, nil) }},
	{"06-unknown-728", tight, func(s *shop) { unknown(s, nil) }},
	{"06-unknown-offline", usual, func(s *shop) { unknown(s, offline) }},
	{"06-unknown-undo", usual, func(s *shop) { unknown(s, nil); s.tap(s.t2("pay.undo")) }},
	{"06-unknown-undoing", usual, undoing},
	{"06-unknown-cloudpay", withCloud, unknownCloud},
	{"06-overdue", withCloud, overdue},
	{"06-overdue-728", setup{quick: quickThree, wechat: payment.CloudPay, practice: true, printer: "virtual:", width: 1280, height: 728}, overdue},
	{"06-aside", usual, func(s *shop) { history(s); s.tap(s.t2("till.show")) }},
	{"06-aside-result", usual, asideResult},
	{"06-resumed", setup{quick: quickThree, leftOpen: 1}, func(*shop) {}},
	{"06-resumed-two", setup{quick: quickThree, leftOpen: 2}, func(*shop) {}},
	{"06-trouble", usual, trouble},
	{"06-late", usual, late},
	{"06-late-panel", usual, func(s *shop) { late(s); s.tapFirst(s.t2("till.show")) }},
	{"06-late-sure", usual, func(s *shop) { late(s); s.tapFirst(s.t2("till.show")); s.tap(s.t2("pay.late.return")) }},
	{"07-qr", usual, qr},
	{"07-qr-728", small, qr},
	{"07-qr-1920", large, qr},
	{"07-qr-two", withWeChat, qr},
	{"07-qr-two-728", setup{quick: quickThree, wechat: payment.WeChat, width: 1280, height: 728}, qr},
	{"07-qr-two-1920", setup{quick: quickMany, wechat: payment.WeChat, width: 1920, height: 1080}, qr},
	{"07-qr-switching", withWeChat, switching},
	{"07-qr-wechat", withWeChat, qrOfWeChat},
	{"07-qr-scanned-two", withWeChat, qrScanned},
	{"07-qr-scanned", usual, qrScanned},
	{"08-cash", usual, func(s *shop) { cash(s); s.tap("200.00") }},
	{"08-cash-728", tight, func(s *shop) { cash(s); s.tap("200.00") }},
	{"08-cash-1920", large, func(s *shop) { cash(s); s.tap("200.00") }},
	{"08-cash-empty", usual, cash},
	{"08-cash-short", usual, func(s *shop) { cash(s); s.types("100") }},
	{"08-cash-much", usual, func(s *shop) { history(s); s.types("1.35"); s.press(fyne.KeyF5); s.types("500") }},
	{"09-practice", exam, practised},
	{"09-practice-728", tight, practised},
	{"09-practice-wide", ownPhone, practised},
	{"09-practice-deposits", setup{quick: quickThree, practice: true, printer: "virtual:", takes: app.ModeBoth}, func(s *shop) { heldCash(s, 3); s.press(fyne.KeyF6); s.types("500"); s.settle() }},
	{"09-practice-deposits-728", setup{quick: quickThree, practice: true, printer: "virtual:", takes: app.ModeBoth, width: 1280, height: 728}, func(s *shop) { heldCash(s, 3); s.press(fyne.KeyF6); s.types("500"); s.settle() }},
	{"09-practice-qr", exam, qr},
	{"09-phone", ownPhone, func(s *shop) { practised(s); s.lookAtPhone() }},
	{"09-phone-more", ownPhone, func(s *shop) { qr(s); s.lookAtPhone(); s.tap(s.phoneMore()) }},
	{"09-go-live", exam, func(s *shop) { practised(s); s.tap(s.t2("head.go_live")) }},
	{"10-read-only", setup{readOnly: true, quick: quickThree}, func(s *shop) { s.types("1") }},
	{"11-menu", usual, func(s *shop) { history(s); s.tap(s.t2("head.owner")) }},
	{"11-help-deposits", both, func(s *shop) { idle(s); s.press(fyne.KeyF1) }},
	{"11-help", usual, func(s *shop) { idle(s); s.press(fyne.KeyF1) }},
	{"11-health", usual, func(s *shop) { idle(s); stuck(s); s.tap(s.t2("head.printer.no_paper")) }},
	{"11-health-728", tight, func(s *shop) { idle(s); stuckMany(s, 9); s.tap(s.t2("head.printer.no_paper")) }},
	{"11-health-channels", setup{quick: quickThree, wechat: payment.WeChat, broken: true}, health},
	{"12-quick", setup{quick: quickMany}, func(s *shop) { idle(s); s.tap(s.t2("till.more")) }},
	{"12-quick-none", setup{}, func(s *shop) { idle(s); s.tap(s.t2("till.quick.add")) }},
}

// t2 is a sentence in the shop's language.
func (s *shop) t2(key string, pairs ...any) string { return s.desk.Words.T(key, pairs...) }

func idle(s *shop) {
	history(s)
	s.types("120+8.5")
}

func unreadable(s *shop) {
	s.ledger.Close()
	s.window.PrintsChanged()
	s.press(fyne.KeyEscape)
	s.scan(payCode(1))
	s.desk.Go(screen.TabSales, 0)
	s.desk.Go(screen.TabTill, 0)
	s.shows(s.t2("till.error.title"))
}

// stuck puts two papers aside that need a person.
func stuck(s *shop) { stuckMany(s, 2) }

func stuckMany(s *shop, n int) {
	for i := range n {
		kind := []string{"no_paper", "interrupted"}[i%2]
		if i >= 2 {
			row := s.sales()[0]
			_, err := s.till.Reprint(s.t.Context(), row.ID)
			must(s.t, err)
		}
		job, ok, err := s.ledger.NextPrint(s.t.Context(), time.Now())
		must(s.t, err)
		if !ok {
			s.t.Fatal("nothing to print")
		}
		must(s.t, s.ledger.EndPrint(s.t.Context(), job.ID, data.PrintStuck, kind, time.Time{}))
	}
	s.window.PrintsChanged()
	s.settle()
}

func sending(s *shop) {
	idle(s)
	stop := s.bank.stop
	s.bank.set(func(b *bank) {
		b.pay = func(payment.PayRequest) payment.Outcome { <-stop; return payment.Outcome{Result: payment.Unknown} }
	})
	s.scan(payCode(2))
	s.shows(s.t2("pay.sending.title"))
	s.later(2 * time.Second)
}

// waiting is a payer who is asked for the password, 18 seconds in.
func waiting(s *shop) {
	idle(s)
	s.bank.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Waiting, Password: true})
		b.query = thenHang(5, payment.Outcome{Result: payment.Waiting, Password: true})
	})
	s.scan(payCode(2))
	s.shows(s.t2("pay.queried", "n", 5))
	s.later(18 * time.Second)
}

// waitingFor is waiting at any channel.
func waitingFor(s *shop, b *bank, code string) {
	idle(s)
	b.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Waiting, Password: true})
		b.query = thenHang(5, payment.Outcome{Result: payment.Waiting, Password: true})
	})
	s.scan(code)
	s.shows(s.t2("pay.queried", "n", 5))
	s.later(18 * time.Second)
}

// thenHang answers n times, and then not before the test is over.
func thenHang(n int, o payment.Outcome) func(int) payment.Outcome {
	return func(i int) payment.Outcome {
		if i > n {
			return hang
		}
		return o
	}
}

func cancelling(s *shop) {
	waiting(s)
	stop := s.bank.stop
	s.bank.set(func(b *bank) {
		b.cancel = func(int) payment.Outcome { <-stop; return payment.Outcome{Result: payment.Unknown} }
	})
	s.press(fyne.KeyEscape)
	s.shows(s.t2("pay.cancelling.title"))
}

func paid(s *shop) {
	idle(s)
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	job, ok, err := s.ledger.NextPrint(s.t.Context(), time.Now())
	for ok && err == nil {
		must(s.t, s.ledger.EndPrint(s.t.Context(), job.ID, data.PrintDone, "", time.Time{}))
		job, ok, err = s.ledger.NextPrint(s.t.Context(), time.Now())
	}
	must(s.t, err)
	s.window.PrintsChanged()
	s.settle()
}

func paidCash(s *shop) {
	cash(s)
	s.types("200")
	s.press(fyne.KeyReturn)
	s.shows(s.t2("pay.paid.hint"))
}

// partPaid has taken 100.00 of 128.50 in cash.
func partPaid(s *shop) {
	cash(s)
	s.types("100")
	s.press(fyne.KeyF3)
	s.shows(s.t2("pay.part.so_far"))
}

func failed(s *shop, reason payment.Reason, code string) {
	idle(s)
	s.bank.set(func(b *bank) { b.pay = failing(reason, code) })
	s.scan(payCode(5))
	s.shows(s.t2("pay.retry"))
}

func closed(s *shop) {
	waiting(s)
	s.bank.set(func(b *bank) {
		b.answerAgain()
		b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
	})
	s.press(fyne.KeyEscape)
	s.shows(s.t2("pay.closed.title"))
}

func expired(s *shop) {
	idle(s)
	s.bank.set(func(b *bank) {
		b.policy.QRTimeout = 20 * time.Millisecond
		b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.NotFound} }
	})
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.closed.expired"))
}

func reversed(s *shop) {
	idle(s)
	var cancelled atomic.Bool
	s.bank.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Waiting})
		b.policy.PayTimeout = 20 * time.Millisecond
		b.query = func(int) payment.Outcome {
			if cancelled.Load() {
				return payment.Outcome{Result: payment.Reversed}
			}
			return payment.Outcome{Result: payment.Waiting}
		}
		b.cancel = func(int) payment.Outcome {
			cancelled.Store(true)
			return payment.Outcome{Result: payment.Reversed}
		}
	})
	s.scan(payCode(12))
	s.shows(s.t2("pay.reversed.title"))
}

var offline = &net.OpError{Op: "dial", Err: errors.New("no route")}

func unknown(s *shop, detail error) {
	history(s)
	s.types("99")
	o := payment.Outcome{Result: payment.Unknown, Detail: detail}
	s.bank.set(func(b *bank) {
		b.pay = answering(o)
		b.query = thenHang(15, o)
	})
	s.scan(payCode(6))
	s.shows(s.t2("pay.unknown.line"))
	s.later(48 * time.Second)
}

// unknownCloud is a payment at Cloud Pay without an answer, before its time is
// over.
func unknownCloud(s *shop) {
	history(s)
	s.types("99")
	s.second.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Unknown})
		b.query = thenHang(15, payment.Outcome{Result: payment.Unknown})
	})
	s.scan(wechatCode(6))
	s.shows(s.t2("pay.unknown.line"))
	s.later(48 * time.Second)
}

// overdue is one whose time is over.
func overdue(s *shop) {
	s.second.set(func(b *bank) { b.policy.PayTimeout = time.Second })
	unknownCloud(s)
	open := s.till.OpenPayments()
	for id := open[len(open)-1].Tender.ID; ; time.Sleep(10 * time.Millisecond) {
		if p, err := s.till.Payment(s.t.Context(), id); err != nil || p.Overdue {
			break
		}
	}
	s.later(10 * time.Second) // the screen compares with the till
	s.shows(s.t2("pay.overdue.rule3"))
}

func paidWithDiscount(s *shop) {
	idle(s)
	s.second.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Paid, TradeNo: "4200002026112112345678901234", Discount: 12_85})
	})
	s.scan(wechatCode(14))
	s.shows(s.t2("pay.paid.hint"))
}

// switching is the QR of one wallet being closed for that of another.
func switching(s *shop) {
	idle(s)
	stop := s.bank.stop
	s.bank.set(func(b *bank) {
		notScanned(b)
		b.cancel = func(int) payment.Outcome { <-stop; return payment.Outcome{Result: payment.Unknown} }
	})
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.title"))
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.switching.title", "wallet", s.t2("wallet.wechat")))
}

// qrOfWeChat stands after that of Alipay was closed.
func qrOfWeChat(s *shop) {
	qr(s)
	s.bank.set(func(b *bank) {
		b.answerAgain()
		notScanned(b)
	})
	s.second.set(func(b *bank) { b.query = thenHang(2, payment.Outcome{Result: payment.NotFound}) })
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.not_scanned_n", "n", 2))
	s.later(12 * time.Second)
}

// health is the list of what is connected, of which something is not.
func health(s *shop) {
	idle(s)
	s.second.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Unknown, Detail: offline})
		b.query = thenHang(3, payment.Outcome{Result: payment.Unknown, Detail: offline})
	})
	s.scan(wechatCode(6))
	s.shows(s.t2("head.network.down"))
	s.tap(s.t2("head.network.down"))
	s.settle()
}

// undoing is an unknown payment whose cancel has no result either.
func undoing(s *shop) {
	history(s)
	s.types("99")
	o := payment.Outcome{Result: payment.Unknown}
	s.bank.set(func(b *bank) {
		b.policy.PayTimeout, b.policy.CancelEvery = 10*time.Millisecond, time.Hour
		b.pay = answering(o)
		b.query = func(int) payment.Outcome { return o }
		b.cancel = func(int) payment.Outcome { return o }
	})
	s.scan(payCode(13))
	s.shows(s.t2("pay.unknown.cancelling"))
	s.later(252 * time.Second)
}

// asideResult is the end of a payment that was put aside, while the next amount
// is typed.
func asideResult(s *shop) {
	history(s)
	s.bank.set((*bank).ordinary)
	open := s.till.OpenPayments()
	s.bank.set(func(b *bank) {
		b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
		b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
	})
	s.types("12")
	s.till.QueryNow(open[0].Tender.ID)
	s.shows(s.t2("till.result.closed", "amount", "99.00"))
}

// trouble is a disk that takes no more while a payment is on its way.
func trouble(s *shop) {
	idle(s)
	release := make(chan struct{})
	s.bank.set(func(b *bank) {
		b.pay = func(payment.PayRequest) payment.Outcome {
			<-release
			return payment.Outcome{Result: payment.Paid, TradeNo: tradeNo}
		}
	})
	s.scan(payCode(1))
	s.shows(s.t2("pay.sending.title"))
	s.ledger.Close()
	close(release)
	s.shows(s.t2("pay.trouble"))
}

// late is money that arrives after the till had said that it would not.
func late(s *shop) {
	failed(s, payment.ReasonBalance, "ACQ.BUYER_BALANCE_NOT_ENOUGH")
	s.press(fyne.KeyEscape, fyne.KeyEscape)
	rows, _, err := s.books.Page(s.t.Context(), data.Filter{Limit: 1})
	must(s.t, err)
	_, _, _, err = s.ledger.MoveTender(s.t.Context(), rows[0].LastTender.ID, data.Move{
		To: payment.StatePaid, TradeNo: tradeNo, Print: true, PrintSkipped: true,
		Events: []data.NewEvent{{Kind: data.EventLatePaid, Amount: rows[0].LastTender.Amount}},
	})
	must(s.t, err)
	s.desk.Go(screen.TabSales, 0)
	s.desk.Go(screen.TabTill, 0)
	s.shows(s.t2("till.urgent.late.text"))
}

func qr(s *shop) {
	idle(s)
	s.bank.set(func(b *bank) { b.query = thenHang(3, payment.Outcome{Result: payment.NotFound}) })
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.not_scanned_n", "n", 3))
	s.later(12 * time.Second)
}

func qrScanned(s *shop) {
	idle(s)
	s.bank.set(func(b *bank) { b.query = thenHang(2, payment.Outcome{Result: payment.Waiting, Password: true}) })
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.scanned.title"))
	s.later(12 * time.Second)
}

func cash(s *shop) {
	idle(s)
	s.press(fyne.KeyF5)
	s.shows(s.t2("cash.name.received"))
}

// practised is a newcomer after the first three sales.
func practised(s *shop) {
	s.types("128.5")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.types("5")
	s.bank.set(func(b *bank) { b.pay = failing(payment.ReasonBalance, "ACQ.BUYER_BALANCE_NOT_ENOUGH") })
	s.scan(payCode(4))
	s.shows(s.t2("pay.failed.title"))
	s.press(fyne.KeyEscape, fyne.KeyEscape)
	s.bank.set((*bank).ordinary)
	s.types("12")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.types("5*5")
	s.settle()
}

// lookAtPhone turns the eyes to the phone's own window.
func (s *shop) lookAtPhone() {
	windows := s.app.Driver().AllWindows()
	s.win = windows[len(windows)-1]
}

// phoneMore is the line that shows the other scenarios.
func (s *shop) phoneMore() string {
	return s.t2("phone.more") + "  " + s.t2("phone.range", "from", "08", "to", "14")
}
