package sales

import (
	"context"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// staff tells people apart, with the clerk at the till, in her own shift.
func (w *world) staff() *world {
	w.tb.Helper()
	w.crew = screentest.NewCrew(w.tb, w.ledger, w.vault, w.clock.now)
	w.desk.People, w.desk.Shifts = w.people, app.NewShifts(w.ledger, w.till, w.desk.Settings)
	w.signIn(w.crew.Clerk, screentest.ClerkPIN)
	return w
}

func (w *world) signIn(p data.Person, pin string) {
	w.tb.Helper()
	_, err := w.till.SignIn(context.Background(), p.ID, pin)
	check(w.tb, err)
}

// types types into what has the focus.
func (w *world) types(text string) {
	for _, r := range text {
		w.win.Canvas().Focused().TypedRune(r)
	}
}

func TestARefundOfAClerkTakesAManagersWord(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).staff()
	id := w.scan("86.00", pays)
	w.open(1280, 800)
	w.openRefund(id)
	r := w.s.refund
	if !strings.Contains(w.texts(), "王敏没有退款权限，请店长输入密码，只用于这一笔") {
		t.Fatalf("nobody is asked:\n%s", screentest.Text(w.win))
	}
	w.types("26")
	r.fields.reasons.Rows[0].OnTapped()
	w.press(fyne.KeyReturn)
	if r.sending {
		t.Fatal("it was sent without a PIN")
	}
	r.approval.Field().Focus()
	w.types("1357")
	w.press(fyne.KeyReturn)
	w.until("the PIN is refused", func() bool { return strings.Contains(w.texts(), "密码不对") })
	if r.approval.Field().Text() != "" || !w.s.busy() || len(w.sale(id).Refunds) != 0 {
		t.Fatal("a wrong PIN did something, or is still there")
	}
	w.types(screentest.ManagerPIN)
	r.fields.amount.Focus()
	w.types("30") // something else than the manager saw
	if r.approval.Field().Text() != "" || r.approval.Ready() {
		t.Fatal("the PIN stays although the amount is another one")
	}
	r.approval.Field().Focus()
	test.Tap(screentest.Button(w.win.Canvas().Overlays().Top(), "全部")) // and the keypad types the PIN
	r.approval.Field().Focus()
	for _, digit := range screentest.ManagerPIN {
		r.typeKey(kit.Key(digit))
	}
	if r.fields.amount.Text() != "86.00" {
		t.Fatalf("the PIN was typed into the amount: %s", r.fields.amount.Text())
	}
	w.press(fyne.KeyReturn)
	w.press(fyne.KeyReturn)
	w.until("it is done", func() bool { return w.sale(id).Refunded == 86_00 })
	w.settle()
	sale := w.sale(id)
	named := false
	for _, e := range sale.Events {
		named = named || e.Kind == data.EventApproved && e.Detail == w.crew.Manager.Name
	}
	if times, sum := w.channel.given(); times != 1 || sum != 86_00 || len(sale.Refunds) != 1 || sale.Refunds[0].Staff.ID != w.crew.Clerk.ID || !named {
		t.Errorf("%d times, %s; %+v; the manager is named: %v", times, sum, sale.Refunds, named)
	}
}

func TestWhoMayRefundIsNotAsked(t *testing.T) {
	for name, prepare := range map[string]func(w *world){
		"a manager": func(w *world) { w.signIn(w.crew.Manager, screentest.ManagerPIN) },
		"a clerk with the right": func(w *world) {
			yes := true
			w.crew.Change(w.tb, w.crew.Clerk, data.PersonChange{MayRefund: &yes})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, lang.Chinese, kit.Light).staff()
			id := w.scan("86.00", pays)
			prepare(w)
			w.open(1280, 800)
			w.refundNow(id, "26")
			w.until("it is done", func() bool { return w.sale(id).Refunded == 26_00 })
		})
	}
}

func TestLateMoneyGoesBackWithAManagersWord(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).staff()
	id := w.at("14:28").scan("99.00", deadline)
	order := w.sale(id).Tenders[0].OutTradeNo
	_, err := w.till.Cancel(context.Background(), w.sale(id).Tenders[0].ID)
	check(t, err)
	w.until("it is closed", func() bool { return w.sale(id).State == data.SaleClosed })
	w.late(id, order)
	w.open(1280, 800)
	w.s.Open(id, "")
	w.settle()
	test.Tap(screentest.Button(w.s.Object(), "退给顾客"))
	w.until("somebody is asked", func() bool { return strings.Contains(w.texts(), "王敏没有退款权限") })
	w.press(fyne.KeyReturn)
	w.types(screentest.ManagerPIN)
	w.press(fyne.KeyReturn)
	w.until("it is given back", func() bool { return w.sale(id).State == data.SaleRefunded })
	if got := w.sale(id); got.Refunds[0].Staff.ID != w.crew.Clerk.ID || got.Attention != data.AttentionNone {
		t.Errorf("sale %+v", got.Sale)
	}
}

func TestAClerkSeesOnlyTheOwnShiftWhereTheShopWantsItSo(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).staff()
	check(t, w.desk.Settings.Set(t.Context(), "staff.see_all", "false"))
	check(t, w.desk.Settings.Set(t.Context(), "shift.blind", "false")) // sums are in sight
	first := w.sale(w.cash("12.00")).ReceiptNo                         // opens her shift
	shift, _, err := w.desk.Shifts.Current(t.Context())
	check(t, err)
	_, err = w.desk.Shifts.Close(t.Context(), app.CloseOrder{ShiftID: shift.ID, Uncount: true})
	check(t, err)
	w.signIn(w.crew.Other, screentest.OtherPIN)
	second := w.sale(w.cash("8.00")).ReceiptNo
	w.open(1280, 800)
	if got := w.rows(); len(got) != 1 || got[0] != second {
		t.Errorf("on duty she sees %v", got)
	}
	if w.s.list.totals.Paid != 8_00 {
		t.Errorf("the sum is %s", w.s.list.totals.Paid)
	}
	w.s.Scanned(screen.Scan{Text: first}) // the paper is in the customer's hand
	w.settle()
	if got := w.rows(); len(got) != 1 || got[0] != first {
		t.Errorf("the scanned receipt finds %v", got)
	}
	w.s.bar.clear()
	w.signIn(w.crew.Clerk, screentest.ClerkPIN)
	w.s.Show()
	w.settle()
	if got := w.rows(); len(got) != 0 {
		t.Errorf("off duty she sees %v", got)
	}
	w.signIn(w.crew.Manager, screentest.ManagerPIN)
	w.s.Show()
	w.settle()
	if got := w.rows(); len(got) != 2 {
		t.Errorf("the manager sees %v", got)
	}
}

func TestSalesBehindAFigureAreShownAndLetGoOf(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).staff()
	mine := w.sale(w.cash("12.00"))
	w.signIn(w.crew.Other, screentest.OtherPIN)
	w.cash("8.00")
	w.open(1280, 800)
	today := w.desk.Books.Today()
	w.s.ShowFilter(data.Filter{From: today, To: today, ByMoney: true, StaffID: w.crew.Clerk.ID})
	w.until("the person is named", func() bool { return w.s.bar.filter.narrowed() && screentest.Has(w.win, "王敏") })
	w.settle()
	if got := w.rows(); len(got) != 1 || got[0] != mine.ReceiptNo {
		t.Errorf("shown: %v", got)
	}
	shift, _, err := w.desk.Shifts.Current(t.Context())
	check(t, err)
	w.s.ShowFilter(data.Filter{ShiftID: shift.ID, ByMoney: true})
	w.until("any day counts", func() bool { return screentest.Has(w.win, "全部日期") })
	w.settle()
	if len(w.rows()) != 2 {
		t.Errorf("of the shift: %v", w.rows())
	}
	if !w.s.Act(screen.ActCancel) {
		t.Fatal("Esc does not let go of it")
	}
	w.settle()
	if w.s.bar.filter.narrowed() || screentest.Has(w.win, "全部日期") {
		t.Error("something stayed")
	}
}

// TestScreensOfAnApproval draws the refund of a clerk in its states; with
// FRONTDESK_SCREENS=DIR they are kept there.
func TestScreensOfAnApproval(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	for name, play := range map[string]func(w *world, r *refundDialog){
		"typed": func(w *world, r *refundDialog) {
			r.fields.amount.Focus()
			w.types("26")
			r.fields.reasons.Rows[0].OnTapped()
			r.approval.Field().Focus()
			w.types("7713")
		},
		"wrong": func(w *world, r *refundDialog) {
			w.types("26")
			r.fields.reasons.Rows[3].OnTapped()
			w.types("换货")
			r.approval.Field().Focus()
			w.types("1357")
			w.press(fyne.KeyReturn)
			w.until("the PIN is refused", func() bool { return screentest.Has(w.win, w.desk.Words.T("pin.wrong")) })
		},
		"split": func(w *world, r *refundDialog) {
			r.dialog.Close()
			w.s.refund = nil
			w.openRefund(w.splitSale())
			w.types("26")
			w.s.refund.fields.reasons.Rows[3].OnTapped()
		},
	} {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, look := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if mode == kit.Dark && (dir == "" || language == lang.English) {
					continue
				}
				t.Run(name+"-"+string(language)+"-"+look, func(t *testing.T) {
					w := newWorld(t, language, mode)
					refunded, _ := w.sampleDay()
					w.staff()
					height := float32(800)
					if name == "split" {
						height = 728
					}
					w.open(1280, height)
					w.openRefund(refunded)
					w.texts()
					play(w, w.s.refund)
					w.settle()
					if dir != "" {
						screentest.Keep(t, w.win, dir, "sales-21-"+name+"-"+string(language)+"-"+look)
					}
					for _, fault := range screentest.Faults(w.win) {
						if !strings.Contains(fault, "01006") && !strings.Contains(fault, "tells") {
							t.Error(fault)
						}
					}
					screens.Restless(w.win.Canvas().Overlays().Top())
					for _, change := range screens.Restless(w.win.Canvas().Overlays().Top()) {
						t.Error(change)
					}
				})
			}
		}
	}
}
