package ui_test

import (
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/scanner"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// sales are all sales in the ledger, newest first.
func (s *shop) sales() []data.SaleRow {
	s.t.Helper()
	rows, _, err := s.books.Page(s.t.Context(), data.Filter{})
	must(s.t, err)
	return rows
}

// onlySale fails unless there is one sale, in that state and with that much paid.
func (s *shop) onlySale(state data.SaleState, paid payment.Amount) data.SaleDetail {
	s.t.Helper()
	rows := s.sales()
	if len(rows) != 1 || rows[0].State != state || rows[0].Paid != paid {
		s.t.Fatalf("want one sale, %s with %s paid; there are %d: %+v", state, paid, len(rows), rows)
	}
	detail, err := s.books.Sale(s.t.Context(), rows[0].ID)
	must(s.t, err)
	return detail
}

func TestAmountAndScanArePaidOnce(t *testing.T) {
	s := newShop(t, usual)
	s.types("128.5")
	s.press(fyne.KeyReturn, fyne.KeyReturn) // "scan" is not a payment by itself
	if s.settle(); s.bank.payCalls() != 0 {
		t.Fatal("Enter charged somebody")
	}
	for range 3 { // the scanner reads twice, the cashier scans once more
		s.scan(payCode(1))
	}
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	s.shows(s.t2("pay.paid.hint"))
	s.scan(payCode(1))
	s.shows(s.t2("till.hint.same_code"))
	if n := s.bank.payCalls(); n != 1 {
		t.Fatalf("the payer was charged %d times", n)
	}
	s.onlySale(data.SalePaid, 128_50)
}

func TestAPaidPanelMakesRoom(t *testing.T) {
	for name, leave := range map[string]func(*shop){
		"when the next amount is typed": func(s *shop) { s.types("7") },
		"after half a minute":           func(s *shop) { s.later(31 * time.Second) },
		"with Esc":                      func(s *shop) { s.press(fyne.KeyEscape) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, usual)
			s.types("5")
			s.scan(payCode(1))
			s.shows(s.t2("pay.paid.hint"))
			s.later(20 * time.Second)
			s.shows(s.t2("pay.paid.hint"))
			leave(s)
			s.until("the list is back", func() bool { return s.has(s.t2("till.column.time")) && !s.has(s.t2("pay.paid.hint")) })
		})
	}
}

func TestCashWithChange(t *testing.T) {
	s := newShop(t, usual)
	s.types("128.5")
	s.press(fyne.KeyF5)
	s.types("100")
	if s.press(fyne.KeyReturn); !s.has(s.t2("till.hint.cash_short", "left", "28.50")) {
		t.Error("too little cash was not named")
	}
	s.press(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	s.types("200")
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	s.shows("71.50")
	sale := s.onlySale(data.SalePaid, 128_50)
	if c := sale.Tenders[0]; c.Tendered != 200_00 || c.Change != 71_50 || c.Amount != 128_50 {
		t.Errorf("tendered %s, change %s, amount %s", c.Tendered, c.Change, c.Amount)
	}
}

func TestPartInCashAndTheRestByCode(t *testing.T) {
	ways := map[string]func(*shop){
		"taken first, then scanned": func(s *shop) {
			s.press(fyne.KeyF3)
			s.shows(s.t2("pay.part.what", "paid", "100.00", "left", "28.50"))
			s.types("9") // the amount is fixed now
			s.shows(s.t2("till.hint.part_paid"))
			s.scan(payCode(1))
		},
		"scanned while counting": func(s *shop) { s.scan(payCode(1)) },
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, usual)
			s.types("128.5")
			s.press(fyne.KeyF5)
			s.types("100")
			way(s)
			s.shows(s.t2("pay.paid.hint"))
			sale := s.onlySale(data.SalePaid, 128_50)
			if len(sale.Tenders) != 2 || sale.Tenders[0].Amount != 100_00 || sale.Tenders[1].Amount != 28_50 {
				t.Errorf("tenders %+v", sale.Tenders)
			}
		})
	}
}

func TestAPartPaidSaleIsLeftOnPurposeOnly(t *testing.T) {
	s := newShop(t, usual)
	s.types("50")
	s.press(fyne.KeyF5)
	s.types("20")
	s.press(fyne.KeyF3)
	s.shows(s.t2("pay.part.title"))
	s.press(fyne.KeyEscape)
	s.shows(s.t2("pay.part.title"))
	s.press(fyne.KeyEscape)
	s.until("the list is back", func() bool { return s.has(s.t2("badge.part_paid")) })
	s.types("7")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	if rows := s.sales(); len(rows) != 2 || rows[0].Amount != 7_00 || rows[1].Paid != 20_00 {
		t.Errorf("sales %+v", rows)
	}
}

func TestAnUnknownPaymentIsPutAsideAndComesBack(t *testing.T) {
	s := newShop(t, usual)
	unknown := payment.Outcome{Result: payment.Unknown}
	var arrived atomic.Bool
	s.bank.set(func(b *bank) {
		b.pay = answering(unknown)
		b.query = func(int) payment.Outcome {
			if arrived.Load() {
				return payment.Outcome{Result: payment.Paid, TradeNo: tradeNo}
			}
			return unknown
		}
		b.policy.QueryEvery = time.Hour
	})
	s.types("99")
	s.scan(payCode(6))
	s.shows(s.t2("pay.unknown.line"))
	s.scan(payCode(7))
	s.press(fyne.KeyEscape, fyne.KeyF4, fyne.KeyF5) // nothing but putting aside
	s.types("5")
	if !s.has(s.t2("pay.unknown.line")) || s.bank.payCalls() != 1 {
		t.Fatal("an open payment gave way")
	}
	s.press(fyne.KeyReturn)
	s.until("the till is free", func() bool { return s.has(s.t2("till.open.one")) && s.has(s.t2("till.hint.empty")) })

	s.bank.set(func(b *bank) { b.pay = paidBy("x") })
	arrived.Store(true)
	s.types("12")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.press(fyne.KeyF8) // ask now: the money was there all along
	s.until("both are paid", func() bool {
		rows := s.sales()
		return len(rows) == 2 && rows[0].State == data.SalePaid && rows[1].State == data.SalePaid
	})
	s.press(fyne.KeyEscape)
	s.shows(s.t2("till.result.paid", "amount", "99.00"))
	s.tap(s.t2("till.show"))
	if rows := s.sales(); s.tab != screen.TabSales || s.sale != rows[1].ID {
		t.Errorf("the notice led to %s, sale %d", s.tab, s.sale)
	}
}

func TestAFailureStaysUntilItWasSeen(t *testing.T) {
	failure := func(t *testing.T) *shop {
		s := newShop(t, usual)
		s.bank.set(func(b *bank) { b.pay = failing(payment.ReasonCodeInvalid, "ACQ.PAYMENT_AUTH_CODE_INVALID") })
		s.types("128.50")
		s.scan(payCode(5))
		s.shows(s.t2("pay.failed.title"))
		s.later(5 * time.Minute)
		s.types("1") // a third decimal: ignored
		s.press(fyne.KeyReturn)
		s.shows(s.t2("pay.failed.title"))
		return s
	}
	gone := func(s *shop) {
		s.t.Helper()
		s.until("the failure is gone", func() bool { return !s.has(s.t2("pay.failed.title")) })
	}
	t.Run("second Enter", func(t *testing.T) {
		s := failure(t)
		s.press(fyne.KeyEnter)
		gone(s)
	})
	t.Run("Esc", func(t *testing.T) {
		s := failure(t)
		s.press(fyne.KeyEscape)
		gone(s)
		if !s.has("128.50") {
			t.Error("the amount was lost")
		}
	})
	t.Run("a new code tries the same sale again", func(t *testing.T) {
		s := failure(t)
		s.bank.set((*bank).ordinary)
		s.scan(payCode(1))
		s.shows(s.t2("pay.paid.hint"))
		if sale := s.onlySale(data.SalePaid, 128_50); len(sale.Tenders) != 2 {
			t.Errorf("%d tenders", len(sale.Tenders))
		}
	})
	t.Run("cash instead, on the same sale", func(t *testing.T) {
		s := failure(t)
		s.press(fyne.KeyF5)
		s.tap(s.t2("cash.exact"))
		s.press(fyne.KeyReturn)
		s.shows(s.t2("pay.paid.hint"))
		s.onlySale(data.SalePaid, 128_50)
	})
	t.Run("another amount is another sale", func(t *testing.T) {
		s := failure(t)
		s.bank.set((*bank).ordinary)
		s.types("+1.5")
		s.scan(payCode(1))
		s.shows(s.t2("pay.paid.hint"))
		rows := s.sales()
		if len(rows) != 2 || rows[0].Amount != 130_00 || rows[0].Paid != 130_00 || rows[1].Paid != 0 {
			t.Errorf("sales %+v", rows)
		}
	})
}

func TestEscCancelsAndTheAmountStays(t *testing.T) {
	s := newShop(t, usual)
	var cancelled atomic.Bool
	s.bank.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Waiting, Password: true})
		b.policy.QueryEvery = time.Hour
		b.query = func(int) payment.Outcome {
			if cancelled.Load() {
				return payment.Outcome{Result: payment.Closed}
			}
			return payment.Outcome{Result: payment.Waiting}
		}
		b.cancel = func(int) payment.Outcome {
			cancelled.Store(true)
			return payment.Outcome{Result: payment.Closed}
		}
	})
	s.types("35")
	s.scan(payCode(2))
	s.shows(s.t2("pay.waiting.title"))
	s.types("8")
	if s.has("358.00") {
		t.Error("the amount changed while it was being paid")
	}
	s.press(fyne.KeyEscape)
	s.shows(s.t2("pay.closed.title"))
	if !s.has("35.00") {
		t.Error("the amount was lost")
	}
	s.bank.set((*bank).ordinary)
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.onlySale(data.SalePaid, 35_00)
}

func TestUndoingAnUnknownPaymentTakesTwoSteps(t *testing.T) {
	s := newShop(t, usual)
	unknown(s, nil)
	s.tap(s.t2("pay.undo"))
	s.tap(s.t2("pay.undo.no")) // where a second tap in the same place lands
	s.tap(s.t2("pay.undo"))
	s.press(fyne.KeyReturn) // neither does Enter
	if p := s.till.OpenPayments(); p[len(p)-1].Tender.CancelAsked {
		t.Fatal("one step was enough")
	}
	s.tap(s.t2("pay.undo.sure", "amount", "99.00"))
	s.until("the cancel is on its way", func() bool {
		p := s.till.OpenPayments()
		return p[len(p)-1].Tender.CancelAsked
	})
}

func TestAQRGivesWayToACode(t *testing.T) {
	for name, scans := range map[string]func(*shop){
		"with F3 first": func(s *shop) { s.press(fyne.KeyF3); s.shows(s.t2("till.hint.scan_now")); s.scan(payCode(1)) },
		"at once":       func(s *shop) { s.scan(payCode(1)) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, usual)
			var charged atomic.Bool
			s.bank.set(func(b *bank) {
				b.policy.QueryEvery = time.Hour
				b.query = func(int) payment.Outcome {
					if charged.Load() {
						return payment.Outcome{Result: payment.Paid, TradeNo: tradeNo}
					}
					return payment.Outcome{Result: payment.NotFound}
				}
				b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.NotFound} }
				b.pay = func(payment.PayRequest) payment.Outcome {
					charged.Store(true)
					return payment.Outcome{Result: payment.Paid}
				}
			})
			s.types("20")
			s.press(fyne.KeyF4)
			s.shows(s.t2("pay.qr.title"))
			scans(s)
			s.shows(s.t2("pay.paid.hint"))
			sale := s.onlySale(data.SalePaid, 20_00)
			if len(sale.Tenders) != 2 || sale.Tenders[0].State != payment.StateClosed {
				t.Errorf("the QR ended %s", sale.Tenders[0].State)
			}
		})
	}
}

func TestScansThatAreNoPayCodes(t *testing.T) {
	s := newShop(t, usual)
	s.types("5")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	receipt := s.sales()[0].ReceiptNo
	s.types("9")
	for code, hint := range map[string]string{
		"6901234567892": "till.hint.code_unknown",
		"01999999":      "till.hint.not_found",
	} {
		s.scan(code)
		s.shows(s.t2(hint))
	}
	s.scan(receipt)
	s.until("the sale is shown", func() bool { return s.tab == screen.TabSales && s.sale == s.sales()[0].ID })
	s.scan(payCode(2)) // out of sight of the amount
	s.shows(s.t2("till.hint.verify_first"))
	if n := s.bank.payCalls(); n != 1 {
		t.Errorf("%d charges", n)
	}
	s.scan(payCode(2))
	s.shows(s.t2("pay.paid.hint"))
}

func TestADialogKeepsScansAway(t *testing.T) {
	s := newShop(t, usual)
	s.types("5")
	s.press(fyne.KeyF1)
	s.scan(payCode(1))
	if s.settle(); !s.has(s.t2("head.scanner.ignored")) || s.bank.payCalls() != 0 {
		t.Error("a scan went through a dialog, or nobody was told")
	}
	s.press(fyne.KeyEscape)
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
}

func TestFunctionKeysWorkFromTheNote(t *testing.T) {
	s := newShop(t, usual)
	s.types("20")
	s.tap(s.t2("till.remark"))
	s.types("2 x 10")
	s.press(fyne.KeyF5)
	s.shows(s.t2("cash.title"))
	s.tap(s.t2("cash.exact"))
	s.press(fyne.KeyReturn)
	s.shows(s.t2("pay.paid.hint"))
	if sale := s.onlySale(data.SalePaid, 20_00); sale.Remark != "2 x 10" {
		t.Errorf("note %q", sale.Remark)
	}
	if s.has("2 x 10") {
		t.Error("the note stayed for the next customer")
	}
}

func TestTheNoteAndTheUndiscountablePartAreSent(t *testing.T) {
	s := newShop(t, usual)
	s.types("20")
	s.tap(s.t2("till.undiscountable"))
	s.types("5")
	s.tap("C") // the keypad types where the focus is
	s.tap("3")
	s.tap(s.t2("till.remark"))
	s.types("gift")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	if r := s.bank.pays[0]; r.Amount != 20_00 || r.Undiscountable != 3_00 {
		t.Errorf("asked for %s, of it %s without discount", r.Amount, r.Undiscountable)
	}
	if sale := s.onlySale(data.SalePaid, 20_00); sale.Remark != "gift" || sale.Undiscountable != 3_00 {
		t.Errorf("note %q, without discount %s", sale.Remark, sale.Undiscountable)
	}
}

func TestScansAmongTypedKeysLeaveNoDigits(t *testing.T) {
	for name, field := range map[string]struct{ focus, typed string }{
		"in the note":    {"till.remark", "box 7"},
		"in the figure":  {"till.undiscountable", "3.25"},
		"nothing chosen": {},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, usual)
			s.window.ScanThroughFields(scanner.DefaultRules())
			s.types("12")
			s.shows("12.00")
			if field.focus != "" {
				s.tap(s.t2(field.focus))
				s.types(field.typed)
				s.shows(field.typed)
			}
			s.types(payCode(1))
			s.press(fyne.KeyReturn)
			s.shows(s.t2("pay.paid.hint"))
			sale := s.onlySale(data.SalePaid, 12_00)
			if field.focus == "till.remark" && sale.Remark != field.typed {
				t.Errorf("note %q", sale.Remark)
			}
			if field.focus == "till.undiscountable" && sale.Undiscountable != 3_25 {
				t.Errorf("without discount %s", sale.Undiscountable)
			}
		})
	}
	t.Run("slow digits are typing", func(t *testing.T) {
		s := newShop(t, usual)
		s.window.ScanThroughFields(scanner.DefaultRules())
		for _, r := range "12.50" {
			s.types(string(r))
			time.Sleep(scanner.DefaultRules().MaxGap + 10*time.Millisecond)
			s.drain()
		}
		s.press(fyne.KeyReturn)
		s.shows("12.50")
		if s.bank.payCalls() != 0 {
			t.Error("typing was taken for a scan")
		}
	})
}

func TestOtherWordsAndKeysKeepThePayment(t *testing.T) {
	s := newShop(t, usual)
	waiting(s)
	english, keys := lang.Load(lang.English), screen.DefaultKeys()
	keys[screen.ActCash] = "F6"
	s.window.Rebuild(english, keys)
	s.settle()
	s.shows("Waiting for password")
	if s.has("等待顾客输入密码") || !s.has("F6") {
		t.Error("old words or keys stayed")
	}
	for _, fault := range s.faults() {
		t.Error(fault)
	}
	s.app.Settings().SetTheme(kit.NewTheme(kit.Dark))
	for _, fault := range s.faults() {
		t.Error(fault)
	}
}

func TestShortcuts(t *testing.T) {
	s := newShop(t, usual)
	s.types("5")
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	id := s.sales()[0].ID
	s.ctrl(fyne.KeyP)
	s.until("the receipt is printed again", func() bool {
		detail, err := s.books.Sale(t.Context(), id)
		must(t, err)
		return len(detail.Prints) == 2 && detail.Prints[1].Kind == data.PrintReprint
	})
	if s.ctrl(fyne.KeyR); s.refund != id || s.tab != screen.TabSales {
		t.Errorf("Ctrl+R led to %s, refund of %d", s.tab, s.refund)
	}
	if s.ctrl(fyne.Key1); s.tab != screen.TabTill {
		t.Errorf("Ctrl+1 led to %s", s.tab)
	}
	s.press(fyne.KeyF1)
	if s.ctrl(fyne.Key3); s.tab != screen.TabTill {
		t.Error("a shortcut went through a dialog")
	}
}

func TestAWindowThatMayOnlyLook(t *testing.T) {
	s := newShop(t, setup{readOnly: true, quick: quickThree})
	s.types("5")
	s.scan(payCode(1))
	s.press(fyne.KeyReturn, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF8, fyne.KeyEscape)
	s.settle()
	if !s.has("从 08:02 起正在收款") || s.has("5.00") {
		t.Error("the window does not say that it may only look, or took an amount")
	}
}

func TestLateMoney(t *testing.T) {
	decide := func(t *testing.T, taps ...string) data.SaleDetail {
		s := newShop(t, usual)
		s.bank.set(func(b *bank) { b.policy.CancelEvery = time.Hour })
		late(s)
		s.tapFirst(s.t2("till.show"))
		for _, key := range taps {
			s.tap(s.t2(key, "amount", "128.50"))
		}
		var sale data.SaleDetail
		s.until("it is decided", func() bool {
			var err error
			sale, err = s.books.Sale(t.Context(), s.sales()[0].ID)
			must(t, err)
			return sale.Attention == data.AttentionNone
		})
		return sale
	}
	if sale := decide(t, "pay.late.keep"); sale.Refunded != 0 || sale.Paid != 128_50 {
		t.Errorf("kept: %s paid, %s refunded", sale.Paid, sale.Refunded)
	}
	sale := decide(t, "pay.late.return", "pay.late.sure")
	if len(sale.Refunds) != 1 || sale.Refunds[0].Amount != 128_50 {
		t.Errorf("given back: %+v", sale.Refunds)
	}
}

func TestARefusalKeepsTheAmount(t *testing.T) {
	s := newShop(t, usual)
	s.types("60000")
	s.scan(payCode(1))
	s.shows(s.t2("till.hint.amount_limit", "limit", "50,000.00"))
	s.press(fyne.KeyEscape)
	s.types("6")
	s.scan("6212345678901234567")
	s.shows(s.t2("till.refused.wallet.title"))
	s.scan(payCode(1))
	s.shows(s.t2("pay.paid.hint"))
	s.onlySale(data.SalePaid, 6_00)
}
