package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/phone"
)

func TestPracticeFromStripToChecklist(t *testing.T) {
	s := newShop(t, exam)
	s.types("25")
	s.shows("0/4")
	s.tap(s.t2("phone.show"))
	s.shows(s.t2("pay.paid.hint"))
	if s.has(s.t2("phone.show")) {
		t.Error("the phone lies over the result")
	}
	s.press(fyne.KeyEscape)
	s.shows(s.t2("phone.show"))
	s.shows("1/4")

	s.bank.set(func(b *bank) { b.query = thenHang(1, payment.Outcome{Result: payment.NotFound}) })
	s.types("8")
	s.press(fyne.KeyF4)
	s.shows(s.t2("pay.qr.title"))
	s.tap(s.t2("phone.title")) // on the strip
	s.tap(s.t2("phone.pay_qr"))
	s.until("the phone pays the QR", func() bool {
		s.wallet.mu.Lock()
		defer s.wallet.mu.Unlock()
		return len(s.wallet.paid) == 1
	})
	s.tap(s.t2("head.go_live"))
	s.tap(s.t2("head.go_live.no"))
	if s.goneLive {
		t.Error("left practice without being asked twice")
	}
	s.tap(s.t2("head.go_live"))
	s.press(fyne.KeyReturn)
	if !s.goneLive {
		t.Error("practice could not be left")
	}
}

func TestPracticeTicksWhatWasDone(t *testing.T) {
	s := newShop(t, exam)
	s.types("5")
	s.press(fyne.KeyF5)
	s.types("10")
	s.press(fyne.KeyReturn)
	s.shows(s.t2("pay.paid.hint"))
	s.tap(s.t2("pay.reprint"))
	s.press(fyne.KeyEscape)
	s.shows("2/4") // change, and a reprint
}

func TestThePhoneInItsOwnWindow(t *testing.T) {
	s := newShop(t, ownPhone)
	windows := s.app.Driver().AllWindows()
	own := windows[len(windows)-1]
	if own == s.win || s.has(s.t2("phone.show")) {
		t.Fatal("the phone has no window")
	}
	if size := own.Canvas().Size(); size.Width != phone.Width || size.Height != phone.Height {
		t.Errorf("the phone is %v", size)
	}
	main := s.win
	s.win = own // look at the phone
	for _, fault := range s.faults() {
		t.Error(fault)
	}
	s.tap(s.phoneMore())
	if !s.has(s.t2("sim.scenario.13")) {
		t.Error("the second half of the scenarios cannot be reached")
	}
	s.tap(s.t2("phone.first") + "  " + s.t2("phone.range", "from", "01", "to", "07"))
	s.win = main
	s.types("25")
	s.win = own
	s.tap(s.t2("phone.show"))
	s.win = main
	s.shows(s.t2("pay.paid.hint"))
}

func TestStuckPapersAreSeenAndSettled(t *testing.T) {
	s := newShop(t, usual)
	for _, amount := range []string{"5", "7"} {
		s.types(amount)
		s.scan(payCode(int(amount[0] - '0')))
		s.shows(s.t2("pay.paid.hint"))
	}
	stuck(s)
	s.tap(s.t2("head.printer.no_paper"))
	s.tap(s.t2("health.drop"))
	s.until("one paper is left", func() bool {
		jobs, err := s.books.StuckPrints(t.Context())
		must(t, err)
		return len(jobs) == 1 && s.has(s.t2("health.printer.stuck", "n", 1))
	})
	s.tap(s.t2("health.retry"))
	s.until("it is queued again", func() bool {
		job, ok, err := s.ledger.NextPrint(t.Context(), time.Now())
		must(t, err)
		return ok && job.Kind == data.PrintReceipt
	})
}

func TestLampsTellTheNetwork(t *testing.T) {
	s := newShop(t, usual)
	unknown(s, offline)
	s.shows(s.t2("head.network.down"))
	s.tap(s.t2("head.network.down"))
	s.shows(s.t2("health.channel.down", "channel", s.t2("settings.page.alipay")))
}

func TestTheMenuDoesWhatItSays(t *testing.T) {
	s := newShop(t, usual)
	s.tap(s.t2("head.owner"))
	s.tap(s.t2("head.menu.help"))
	s.shows(s.t2("help.rule"))
	s.press(fyne.KeyEscape)
	s.tap(s.t2("head.owner"))
	s.tap(s.t2("head.menu.reprint"))
	s.shows(s.t2("till.hint.nothing_to_print"))
}
