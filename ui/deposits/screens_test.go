package deposits

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// scene is one state of the tab.
type scene struct {
	name string
	set  options
	play func(*world)
}

var (
	usual = options{}
	small = options{width: 1280, height: 728}
	tight = options{width: 1280, height: 728 - 52} // as with the practice strip
	large = options{width: 1920, height: 1080}
)

// scenes are all states.
var scenes = []scene{
	{"10-list", usual, guestTyped},
	{"10-list-728", small, guestTyped},
	{"10-list-676", tight, guestTyped},
	{"10-list-1920", large, guestTyped},
	{"10-first", usual, func(*world) {}},
	{"10-loading", usual, func(w *world) { w.s.list.day = ""; w.s.refresh() }},
	{"10-unreadable", usual, func(w *world) {
		w.s.list.reading = true
		w.s.list.got(reading{day: w.desk.Books.Today(), err: errors.New("disk")})
	}},
	{"10-found", usual, func(w *world) { house(w); w.search("305") }},
	{"10-found-none", usual, func(w *world) { house(w); w.search("9999") }},
	{"10-all", usual, func(w *world) { house(w); settledOnes(w); w.choose(showAll) }},
	{"10-captured", usual, func(w *world) { house(w); settledOnes(w); w.choose(3) }},
	{"10-filters", usual, func(w *world) { house(w); w.s.list.choice.OnTapped() }},
	{"10-hint-empty", usual, func(w *world) { house(w); w.press(fyne.KeyF3) }},
	{"10-hint-scan", usual, func(w *world) { house(w); w.types("300"); w.press(fyne.KeyReturn) }},
	{"10-read-only", options{readOnly: true}, func(w *world) { w.types("1") }},
	{"03-holding", usual, func(w *world) { guestTyped(w); holding(w) }},
	{"03-waiting", usual, func(w *world) { guestTyped(w); waiting(w) }},
	{"03-waiting-1920", large, func(w *world) { guestTyped(w); waiting(w) }},
	{"04-held", usual, func(w *world) { guestTyped(w); taken(w) }},
	{"04-held-728", small, func(w *world) { guestTyped(w); taken(w) }},
	{"04-held-1920", large, func(w *world) { guestTyped(w); taken(w) }},
	{"04-held-cash", usual, func(w *world) { guestTyped(w); w.press(fyne.KeyF5); w.types("600"); w.press(fyne.KeyReturn) }},
	{"05-failed", usual, func(w *world) { guestTyped(w); failed(w) }},
	{"05-wallet", usual, func(w *world) { guestTyped(w); w.scan("6212345678901234567") }},
	{"05-closed", usual, func(w *world) { guestTyped(w); closed(w) }},
	{"05-reversed", usual, func(w *world) { guestTyped(w); reversed(w) }},
	{"06-unknown", usual, func(w *world) { guestTyped(w); unknown(w) }},
	{"06-unknown-728", small, func(w *world) { guestTyped(w); unknown(w) }},
	{"06-unknown-undo", usual, func(w *world) { guestTyped(w); unknown(w); w.tap(w.t("hold.undo")) }},
	{"06-aside", usual, func(w *world) { house(w); aside(w) }},
	{"06-aside-shown", usual, func(w *world) { house(w); aside(w); w.tap(w.t("till.show")) }},
	{"06-late", usual, func(w *world) { house(w); late(w) }},
	{"06-late-panel", usual, func(w *world) { house(w); late(w); w.tap(w.t("till.show")) }},
	{"06-late-sure", usual, func(w *world) { house(w); late(w); w.tap(w.t("till.show")); w.tap(w.t("hold.late.return")) }},
	{"06-taken", usual, func(w *world) { house(w); givenFree(w); w.tap(w.t("till.show")) }},
	{"07-qr", usual, func(w *world) { guestTyped(w); qr(w) }},
	{"07-qr-1920", large, func(w *world) { guestTyped(w); qr(w) }},
	{"08-cash", usual, func(w *world) { guestTyped(w); w.press(fyne.KeyF5); w.types("600") }},
	{"08-cash-728", small, func(w *world) { guestTyped(w); w.press(fyne.KeyF5); w.types("600") }},
	{"11-checkout", usual, checkout},
	{"11-checkout-728", small, checkout},
	{"11-checkout-676", tight, checkout},
	{"11-checkout-1920", large, checkout},
	{"11-checkout-empty", usual, func(w *world) { house(w); w.openRoom("208") }},
	{"11-checkout-keep", usual, func(w *world) { checkout(w); w.tap(w.t("deposit.rest.keep")) }},
	{"11-checkout-too-much", usual, func(w *world) { house(w); w.openRoom("305"); w.types("620") }},
	{"11-checkout-cash", usual, func(w *world) { house(w); w.openRoom("607"); w.types("38") }},
	{"11-checkout-room-of-four", usual, func(w *world) {
		house(w)
		w.takeCash("305", "张伟", 100_00)
		w.take("305", "李静", 300_00)
		w.openRoom("305")
		w.types("138")
	}},
	{"10-wechat-old", options{wechat: payment.WeChat}, func(w *world) { house(w); wechatHouse(w) }},
	{"10-no-qr", usual, func(w *world) { w.bank.set(func(b *bank) { b.rules.QR = false }); guestTyped(w) }},
	{"04-held-wechat", options{wechat: payment.WeChat}, func(w *world) { guestTyped(w); w.scan(wechatCode(1)); w.shows(w.t("hold.held.title")) }},
	{"05-wallet-no-hold", options{wechat: payment.WeChat}, func(w *world) {
		guestTyped(w)
		w.second.set(func(b *bank) { b.rules = payment.HoldRules{} })
		w.scan(wechatCode(1))
	}},
	{"03-waiting-cloudpay", options{wechat: payment.CloudPay}, func(w *world) {
		guestTyped(w)
		w.second.set(func(b *bank) {
			b.hold = answering(payment.HoldOutcome{Result: payment.Waiting})
			b.query = thenHang(3, payment.HoldOutcome{Result: payment.Waiting})
		})
		w.scan(wechatCode(3))
		w.shows(w.t("hold.waiting.title"))
		w.later(18 * time.Second)
	}},
	{"07-qr-two", options{wechat: payment.WeChat}, func(w *world) {
		guestTyped(w)
		w.second.set(func(b *bank) { b.rules.QR = true })
		qr(w)
	}},
	{"11-checkout-wechat", options{wechat: payment.WeChat}, func(w *world) { house(w); wechatHouse(w); w.openRoom("702"); w.types("138") }},
	{"11-release-wechat", options{wechat: payment.WeChat}, func(w *world) {
		house(w)
		wechatHouse(w)
		w.openRoom("702")
		w.tap(w.t("deposit.release.all"))
	}},
	{"11-charging", usual, func(w *world) {
		checkout(w)
		w.bank.set(func(b *bank) { b.step = stepHang(0) })
		w.press(fyne.KeyReturn)
	}},
	{"11-charge-unknown", usual, func(w *world) {
		checkout(w)
		stepUnknown(w)
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.unknown.rule1"))
	}},
	{"11-charge-unknown-aside", usual, func(w *world) {
		checkout(w)
		stepUnknown(w)
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.unknown.rule1"))
		w.press(fyne.KeyReturn)
	}},
	{"11-charge-unknown-opened", usual, func(w *world) {
		checkout(w)
		stepUnknown(w)
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.unknown.rule1"))
		w.press(fyne.KeyReturn)
		w.tap(w.t("till.show"))
	}},
	{"11-charged", usual, func(w *world) { checkout(w); w.press(fyne.KeyReturn); w.shows(w.t("step.capture.done")) }},
	{"11-charged-1920", large, func(w *world) { checkout(w); w.press(fyne.KeyReturn); w.shows(w.t("step.capture.done")) }},
	{"11-charged-kept", usual, func(w *world) {
		house(w)
		w.openRoom("208")
		w.types("138")
		w.tap(w.t("deposit.rest.keep"))
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.capture.done"))
	}},
	{"11-charge-refused", usual, func(w *world) {
		checkout(w)
		stepRefused(w)
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.capture.refused"))
	}},
	{"11-release", usual, func(w *world) { house(w); w.openRoom("208"); w.tap(w.t("deposit.release.all")) }},
	{"11-release-cash", usual, func(w *world) { house(w); w.openRoom("607"); w.tap(w.t("deposit.release.all.cash")) }},
	{"11-release-too-much", usual, func(w *world) {
		house(w)
		w.openRoom("208")
		w.tap(w.t("deposit.release.all"))
		w.types("1000.01")
	}},
	{"11-released", usual, func(w *world) {
		house(w)
		w.openRoom("208")
		w.tap(w.t("deposit.release.all"))
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.release.done"))
	}},
	{"11-settled", usual, func(w *world) { w.openSettled() }},
	{"11-settled-papers", usual, func(w *world) { w.openSettled(); w.tap(w.t("deposit.print")) }},
	{"11-refund", usual, func(w *world) { w.openSettled(); w.s.Act(screen.ActRefund); w.settle() }},
	{"11-refunded", usual, func(w *world) {
		w.openSettled()
		w.s.Act(screen.ActRefund)
		w.until("the dialog is open", w.s.busyDialog)
		w.types("38")
		w.tap(w.t("refund.reason.price"))
		w.press(fyne.KeyReturn)
		w.shows(w.t("step.refund.done"))
	}},
	{"11-scrolled", usual, func(w *world) {
		w.openSettled()
		w.s.out.detail.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -2000}})
	}},
}

// TestScreens draws every state in both languages and themes when
// FRONTDESK_SCREENS names a folder; otherwise it goes through each state once,
// in one of the languages. Nothing may be cut off, covered or without words.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	languages := []lang.Language{lang.Chinese, lang.English}
	for i, sc := range scenes {
		for k, l := range languages {
			for _, mode := range []kit.Mode{kit.Light, kit.Dark} {
				if dir == "" && (mode == kit.Dark || k != i%2) {
					continue
				}
				name := fmt.Sprintf("deposits-%s-%s", sc.name, l)
				if mode == kit.Dark {
					name += "-dark"
				}
				t.Run(name, func(t *testing.T) {
					set := sc.set
					set.language, set.mode, set.brief = l, mode, dir == ""
					w := newWorld(t, set)
					sc.play(w)
					w.settle()
					if dir != "" {
						screentest.Keep(t, w.win, dir, name)
					}
					for _, fault := range screentest.Faults(w.win) {
						t.Error(fault)
					}
				})
			}
		}
	}
}
