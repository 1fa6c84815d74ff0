package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// heldCash takes deposits in cash, and returns the last one.
func heldCash(s *shop, n int) (d app.Deposit) {
	s.t.Helper()
	for i := range n {
		var err error
		o := app.HoldOrder{Draft: fmt.Sprint("deposit-", i), Amount: 200_00, Room: fmt.Sprint(301 + i), Guest: "张伟"}
		d, err = s.till.HoldCash(s.t.Context(), o, 200_00)
		must(s.t, err)
	}
	s.settle()
	return d
}

func TestTabsFollowWhatTheShopTakes(t *testing.T) {
	for mode, want := range map[app.ShopMode]struct {
		has, hasNot []string
	}{
		app.ModeSales:    {[]string{"head.till", "till.scan"}, []string{"head.deposits", "till.deposit"}},
		app.ModeDeposits: {[]string{"head.deposits", "deposit.scan"}, []string{"head.till", "till.scan"}},
		app.ModeBoth:     {[]string{"head.till", "till.scan", "till.deposit"}, []string{"deposit.scan"}},
	} {
		t.Run(string(mode), func(t *testing.T) {
			s := newShop(t, setup{takes: mode})
			for _, key := range append(want.has, "head.sales", "head.settings") {
				if !s.has(s.t2(key)) {
					t.Errorf("%q is not there:\n%s", s.t2(key), s.text())
				}
			}
			for _, key := range want.hasNot {
				if slices.Contains(strings.Split(s.text(), "\n"), s.t2(key)) {
					t.Errorf("%q is there", s.t2(key))
				}
			}
			s.press(fyne.KeyF6)
			s.settle()
			if got := s.has(s.t2("deposit.scan")); got != mode.Deposits() {
				t.Errorf("F6 shows the deposits: %v", got)
			}
		})
	}
}

func TestTheTypedAmountBecomesADeposit(t *testing.T) {
	s := newShop(t, both)
	s.types("128.5")
	s.press(fyne.KeyF6)
	s.shows(s.t2("deposit.hint.scan_now"))
	if !s.has("128.50") || !s.has(s.t2("deposit.room")) {
		t.Errorf("the amount did not come along:\n%s", s.text())
	}
	s.press(fyne.KeyF5)
	s.types("200")
	s.press(fyne.KeyReturn)
	s.shows(s.t2("hold.held.cash"))
	s.tap(s.t2("head.till"))
	if s.has("128.50") {
		t.Error("the amount still stands on the till")
	}
	list, _, err := s.books.Deposits(t.Context(), data.DepositFilter{})
	must(t, err)
	if len(list) != 1 || list[0].Held != 128_50 || len(s.sales()) != 0 {
		t.Errorf("deposits %+v", list)
	}
}

func TestASlipOpensItsDepositFromEveryTab(t *testing.T) {
	for _, tab := range []screen.Tab{screen.TabTill, screen.TabDeposits, screen.TabSales, screen.TabSettings} {
		t.Run(string(tab), func(t *testing.T) {
			s := newShop(t, both)
			d := heldCash(s, 2)
			s.desk.Go(tab, 0)
			s.settle()
			s.scan(d.ReceiptNo)
			s.shows(s.t2("deposit.room.of", "room", "302"))
			s.types("38")
			s.press(fyne.KeyReturn)
			s.shows(s.t2("step.capture.rest.cash", "rest", "162.00"))
		})
	}
}

func TestASalesReceiptOpensTheSaleFromTheDeposits(t *testing.T) {
	s := newShop(t, both)
	p, err := s.till.TakeCash(t.Context(), app.Charge{Draft: "sale", Amount: 5_00}, 5_00)
	must(t, err)
	s.press(fyne.KeyF6)
	s.settle()
	s.scan(p.Sale.ReceiptNo)
	s.until("the sale is shown", func() bool { return s.tab == screen.TabSales && s.sale == p.Sale.ID })
}

func TestAShopWithoutDepositsSaysSo(t *testing.T) {
	s := newShop(t, usual)
	d := heldCash(s, 1)
	s.scan(d.ReceiptNo)
	s.shows(s.t2("till.hint.deposit_off"))
}

func TestThePhoneScansIntoTheTabInSight(t *testing.T) {
	s := newShop(t, setup{practice: true, takes: app.ModeBoth})
	s.press(fyne.KeyF6)
	s.types("500")
	s.settle()
	s.tap(s.t2("phone.show"))
	s.shows(s.t2("hold.refused.line")) // this bank holds nothing
	if len(s.sales()) != 0 {
		t.Error("a sale was made")
	}
}

func TestAnotherModeKeepsTheTab(t *testing.T) {
	s := newShop(t, both)
	s.desk.Go(screen.TabSettings, 0)
	s.desk.Mode = app.ModeSales
	s.window.Rebuild(s.desk.Words, s.desk.Keys)
	s.settle()
	if s.tab != screen.TabSettings || s.has(s.t2("head.deposits")) {
		t.Errorf("tab %s:\n%s", s.tab, s.text())
	}
	s.desk.Go(screen.TabTill, 0)
	s.desk.Mode = app.ModeDeposits
	s.window.Rebuild(s.desk.Words, s.desk.Keys)
	s.settle()
	s.shows(s.t2("deposit.scan"))
}

func TestWhatIsOpenIsCountedOnItsTab(t *testing.T) {
	s := newShop(t, both)
	d := heldCash(s, 1)
	// A hold of an earlier run, which no channel answers for.
	_, _, err := s.ledger.StartDeposit(t.Context(), data.NewDeposit{
		IntentID: "earlier", Channel: payment.Alipay, Method: payment.MethodCode, Wallet: payment.WalletAlipay, MaskedCode: "28…4471", Amount: 300_00,
	})
	must(t, err)
	_, err = s.till.Start(t.Context())
	must(t, err)
	s.later(0)
	s.press(fyne.KeyF6)
	s.shows(s.t2("deposit.resumed.one", "n", 1))
	if !s.has(s.t2("deposit.resumed.text")) || d.ID == 0 {
		t.Errorf("what is open is not told:\n%s", s.text())
	}
}
