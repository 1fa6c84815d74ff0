package sales

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// sampleDay fills the ledger with a shop's morning. It returns the sale that
// was refunded in part and the one that nobody knows about.
func (w *world) sampleDay() (refunded, unknown int64) {
	w.at("13:20").cash("20.00")
	w.at("13:24").scan("64.90", pays)
	w.at("13:31").scan("23.00", pays)
	w.at("13:44").cash("15.50")
	w.at("13:51").scan("156.80", pays)
	w.at("13:57:41")
	c := w.charge("86.00")
	c.Remark = "不要袋子"
	w.again(c, expired)
	w.at("13:57:58")
	refunded = w.again(c, pays)
	w.at("14:02").scan("12.00", balance)
	w.at("14:06").scan("35.00", pays)
	w.at("14:11")
	split := w.charge("128.50")
	split.Part = 50_00
	w.at("14:11")
	_, err := w.till.TakeCash(context.Background(), split, 50_00)
	check(w.tb, err)
	split.Part = 0
	w.again(split, pays)
	w.at("14:17").cash("8.50")
	w.at("14:20").scan("1288.00", pays)
	w.at("14:21:30")
	w.giveBack(refunded, "30.00")
	w.at("14:28")
	unknown = w.scan("99.00", lost)
	w.at("14:32").scan("35.00", pays)
	w.at("14:33:26")
	return refunded, unknown
}

// TestScreens draws every state of the screen. With FRONTDESK_SCREENS=DIR they
// are kept there; else two of them are drawn to see that nothing breaks.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	small := dir == ""
	if small {
		dir = t.TempDir()
	}
	for _, shot := range []struct {
		name string
		do   func(w *world)
	}{
		{"list", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.s.Open(refunded, "")
		}},
		{"facts", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.s.Open(refunded, "")
			w.settle()
			w.s.detail.tabs.SetIndex(tabFacts)
			w.s.detail.turn(tabFacts)
		}},
		{"paper", func(w *world) {
			refunded, _ := w.sampleDay()
			check(w.tb, w.desk.Settings.Set(context.Background(), "shop.name", "晨光便利店"))
			w.open(1280, 800)
			w.s.Open(refunded, "")
			w.settle()
			w.s.detail.tabs.SetIndex(tabPaper)
			w.s.detail.turn(tabPaper)
			w.until("the receipt is drawn", func() bool { return w.s.detail.paper.drawn })
		}},
		{"unknown", func(w *world) {
			_, unknown := w.sampleDay()
			w.open(1280, 800)
			w.s.Open(unknown, "")
		}},
		{"late", func(w *world) {
			_, late := w.sampleDay()
			d := w.sale(late)
			w.makeLate(d)
			w.open(1280, 800)
			w.s.Open(late, "")
		}},
		{"days", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.s.bar.setPeriod(named(periodWeek, w.desk.Books.Today()))
		}},
		{"days-menu", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.s.bar.pickPeriod()
		}},
		{"calendar", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.s.bar.askDays(period{periodChosen, "2026-11-03", "2026-11-09"})
		}},
		{"none", func(w *world) { w.open(1280, 800) }},
		{"found-none", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.s.bar.search.SetText("2027")
			w.s.bar.amounts.set("5", "1")
			w.s.bar.typed()
		}},
		{"loading", func(w *world) {
			w.open(1280, 800)
			w.s.list.reading, w.s.list.book = true, screen.NewBook(0, rowID)
			w.s.list.tick()
		}},
		{"unreadable", func(w *world) {
			w.open(1280, 800)
			w.s.list.reading = true
			w.s.list.got(pages{filter: w.s.bar.filter, err: errors.New("disk")})
		}},
		{"full", func(w *world) {
			w.open(1280, 800)
			w.s.list.reading = true
			w.s.list.got(fullPages(w.desk, w.s.bar.filter))
		}},
		{"refund", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.openRefund(refunded)
			w.s.refund.fields.amount.SetText("26.00")
			w.s.refund.form.amount = "26.00"
			w.s.refund.fields.reasons.SetIndex(0)
			w.s.refund.choose(0)
		}},
		{"refund-too-much", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.openRefund(refunded)
			w.s.refund.fields.amount.SetText("57")
			w.s.refund.form.amount = "57"
			w.s.refund.fields.reasons.SetIndex(3)
			w.s.refund.choose(3)
		}},
		{"refund-split", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.openRefund(w.splitSale())
		}},
		{"refund-under-way", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.channel.answerRefunds(payment.RefundOutcome{State: payment.RefundUnknown})
			w.refundNow(refunded, "26.00")
		}},
		{"refund-done", func(w *world) {
			w.sampleDay()
			w.open(1280, 800)
			w.refundNow(w.splitSale(), "128.50")
			w.until("all is given back", func() bool { return w.sale(w.splitSale()).Refunded == 128_50 })
		}},
		{"refund-refused", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 800)
			w.channel.answerRefunds(payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonMerchantFunds, Code: "ACQ.SELLER_BALANCE_NOT_ENOUGH"})
			w.refundNow(refunded, "26.00")
			w.until("the refusal is heard", func() bool { return w.sale(refunded).Refunds[1].State == payment.RefundRefused })
		}},
		{"list-728", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1280, 728)
			w.s.Open(refunded, "")
		}},
		{"list-1920", func(w *world) {
			refunded, _ := w.sampleDay()
			w.open(1920, 1080)
			w.s.Open(refunded, "")
		}},
	} {
		if small && shot.name != "list" && shot.name != "refund" {
			continue
		}
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, name := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if mode == kit.Dark && (small || language == lang.English) {
					continue
				}
				t.Run(fmt.Sprintf("%s-%s-%s", shot.name, language, name), func(t *testing.T) {
					w := newWorld(t, language, mode)
					shot.do(w)
					if shot.name != "loading" {
						w.settle()
					}
					screentest.Keep(t, w.win, dir, fmt.Sprintf("sales-%s-%s-%s", shot.name, language, name))
				})
			}
		}
	}
}

// openRefund opens the refund dialog of a sale.
func (w *world) openRefund(id int64) {
	w.tb.Helper()
	w.s.Open(id, screen.ActRefund)
	w.until("the dialog is open", func() bool { return w.s.refund != nil })
	w.settle()
}

// refundNow gives back through the dialog and waits for the second stage.
func (w *world) refundNow(id int64, amount string) {
	w.tb.Helper()
	w.openRefund(id)
	r := w.s.refund
	r.form.amount = amount
	r.choose(0)
	r.send()
	w.until("the dialog shows how it stands", func() bool { return r.progress != nil })
	w.settle()
}

// splitSale is the sample day's sale that was paid in two parts.
func (w *world) splitSale() int64 {
	w.tb.Helper()
	rows, _, err := w.desk.Books.Page(context.Background(), data.Filter{Min: 128_50, Max: 128_50})
	check(w.tb, err)
	return rows[0].ID
}

// makeLate lets an open payment end without money and then arrive.
func (w *world) makeLate(d data.SaleDetail) {
	w.tb.Helper()
	t := d.Tenders[0]
	w.till.Close() // the test moves the tender itself from now on
	ctx := context.Background()
	_, _, _, err := w.ledger.MoveTender(ctx, t.ID, data.Move{To: payment.StateClosed, Reason: payment.ReasonTimeout, Events: []data.NewEvent{{Kind: data.EventClosed}}})
	check(w.tb, err)
	w.at("14:31:12")
	_, _, _, err = w.ledger.MoveTender(ctx, t.ID, data.Move{To: payment.StatePaid, TradeNo: "2026112122001458860500000009", Payer: "138****6021",
		Events: []data.NewEvent{{Kind: data.EventLatePaid, Amount: t.Amount}}})
	check(w.tb, err)
	w.at("14:33:26")
}

// fullPages is a list with large numbers and long words.
func fullPages(d *screen.Desk, f filter) pages {
	p := pages{filter: f, sales: &app.SaleList{Totals: data.Totals{Rows: 12345, Paid: 1_234_567_89, Refunded: 49_999_99, Unknown: 3, UnknownSum: 312_00}}}
	states := []data.SaleState{data.SalePaid, data.SalePartRefunded, data.SaleUnknown, data.SaleFailed, data.SaleRefunded, data.SalePending, data.SalePartPaid, data.SaleReversed, data.SaleClosed}
	for i := range 100 {
		s := data.Sale{ID: int64(1006127 - i), ReceiptNo: payment.ReceiptNo(1, int64(6127-i)), CreatedAt: noon, Amount: 50_000_00, Paid: 50_000_00,
			Refunded: payment.Amount(49_999_99 * (i % 3 / 2)), State: states[i%len(states)], Staff: data.Staff{Name: "欧阳晓兰"}, Remark: "三楼会议室，发票另开"}
		if i == 5 {
			s.Attention = data.AttentionLatePaid
		}
		p.rows = append(p.rows, newRow(d, s, []data.Way{{Channel: payment.Alipay, Wallet: payment.WalletAlipay}, {Channel: payment.Cash}}, false))
	}
	return p
}
