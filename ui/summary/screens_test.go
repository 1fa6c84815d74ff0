package summary

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen/screentest"
)

// TestScreens draws every state of the screen. With FRONTDESK_SCREENS=DIR they
// are kept there; else some of them are drawn to see that nothing breaks.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	small := dir == ""
	if small {
		dir = t.TempDir()
	}
	for _, shot := range []struct {
		name string
		do   func(w *window)
	}{
		{"day", func(w *window) { w.open(newStand(), 1280, 800).s.show(dayPeriod(friday)) }},
		{"day-728", func(w *window) { w.open(newStand(), 1280, 728).s.show(dayPeriod(friday)) }},
		{"day-676", func(w *window) { w.open(newStand(), 1280, 676).s.show(dayPeriod(friday)) }}, // the practice strip takes 52
		{"day-1920", func(w *window) { w.open(newStand(), 1920, 1080).s.show(dayPeriod(friday)) }},
		{"deposits", func(w *window) { withDeposits(w).open(depositStand(), 1280, 800).s.show(dayPeriod(friday)) }},
		{"deposits-728", func(w *window) { withDeposits(w).open(depositStand(), 1280, 728).s.show(dayPeriod(friday)) }},
		{"deposits-1920", func(w *window) { withDeposits(w).open(depositStand(), 1920, 1080).s.show(dayPeriod(friday)) }},
		{"empty", func(w *window) { w.open(newStand(), 1280, 800) }},
		{"empty-past", func(w *window) { w.open(newStand(), 1280, 800).s.show(dayPeriod("2026-10-04")) }},
		{"bills", func(w *window) { openBills(w, amiss(), &reader{}) }},
		{"bills-good", func(w *window) { openBills(w, sampleMatch(), &reader{}) }},
		{"bills-many", func(w *window) { openBills(w, many(), &reader{}) }},
		{"bills-amiss", func(w *window) {
			books := newStand()
			books.match = amiss()
			w.open(books, 1280, 800).s.show(dayPeriod(friday))
		}},
		{"shift", func(w *window) { w.open(newStand(), 1280, 800).s.show(shiftPeriod(friday, 41)) }},
		{"shift-menu", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(shiftPeriod(friday, 41))
			w.settle()
			w.s.bar.pick()
		}},
		{"shift-none", func(w *window) { w.open(newStand(), 1280, 800).s.show(shiftPeriod("2026-11-12", 0)) }},
		{"month", func(w *window) { w.open(newStand(), 1280, 800).s.show(monthPeriod(friday)) }},
		{"month-picker", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(monthPeriod(friday))
			w.settle()
			w.s.bar.pick()
		}},
		{"month-1920", func(w *window) { w.open(newStand(), 1920, 1080).s.show(monthPeriod(friday)) }},
		{"year", func(w *window) { w.open(newStand(), 1280, 800).s.show(yearPeriod(friday)) }},
		{"range", func(w *window) { w.open(newStand(), 1280, 800).s.show(rangePeriod("2026-11-03", "2026-11-09")) }},
		{"range-picker", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(rangePeriod("2026-11-03", "2026-11-09"))
			w.settle()
			w.s.bar.pick()
		}},
		{"day-picker", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.bar.pick()
		}},
		{"bar", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			for range 4 {
				w.s.TypedKey("Left")
			}
		}},
		{"trouble", func(w *window) { w.open(troubleStand(), 1280, 800).s.show(dayPeriod(friday)) }},
		{"large", func(w *window) { withDeposits(w).open(largeStand(), 1280, 800).s.show(dayPeriod(friday)) }},
		{"large-1920", func(w *window) { withDeposits(w).open(largeStand(), 1920, 1080).s.show(dayPeriod(friday)) }},
		{"own", func(w *window) {
			w.build(ownStand(), 1280, 800)
			w.s.Allowed = func() (bool, int64) { return false, 41 }
			w.s.Show()
		}},
		{"own-none", func(w *window) {
			w.build(newStand(), 1280, 800)
			w.s.Allowed = func() (bool, int64) { return false, 0 }
			w.s.Show()
		}},
		{"loading", func(w *window) {
			books := newStand()
			books.gate = make(chan struct{})
			w.tb.Cleanup(func() { close(books.gate) })
			w.build(books, 1280, 800)
			w.s.Show()
		}},
		{"turning", func(w *window) {
			books := newStand()
			w.open(books, 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			books.gate = make(chan struct{})
			w.tb.Cleanup(func() { close(books.gate) })
			w.s.show(dayPeriod("2026-11-19"))
		}},
		{"unreadable", func(w *window) {
			books := newStand()
			books.err = errors.New("disk")
			w.open(books, 1280, 800)
		}},
		{"writing", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.export = &export{cancel: func() {}}
			w.s.note.working(w.desk.Words.T("summary.export.working", "format", "Excel"), func() {})
			w.s.export.total.Store(213)
			w.s.export.done.Store(130)
			w.s.note.tick()
		}},
		{"saved", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.note.saved("Documents/Frontdesk", "汇总 2026-11-20.xlsx", nil, nil)
		}},
		{"places", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.showPlaces("/home/shop/Documents/Frontdesk/汇总 2026-11-20.xlsx", []place{
				{"disk", "KINGSTON", "/media/shop/KINGSTON"}, {"desktop", "", "/home/shop/Desktop"}, {"documents", "", "/home/shop/Documents"}, {"downloads", "", "/home/shop/Downloads"}})
		}},
		{"printing", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.print()
		}},
		{"save-failed", func(w *window) {
			w.open(newStand(), 1280, 800).s.show(dayPeriod(friday))
			w.settle()
			w.s.wrote("", errors.New("disk"), false)
		}},
	} {
		if small && shot.name != "day" && shot.name != "deposits-728" && shot.name != "large" {
			continue
		}
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, name := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if mode == kit.Dark && small {
					continue
				}
				t.Run(fmt.Sprintf("%s-%s-%s", shot.name, language, name), func(t *testing.T) {
					w := newWindow(t, language, mode)
					shot.do(w)
					if shot.name != "loading" && shot.name != "turning" {
						w.settle()
					}
					w.faultless(shot.name)
					screentest.Keep(t, w.win, dir, fmt.Sprintf("summary-%s-%s-%s", shot.name, language, name))
				})
			}
		}
	}
}

func withDeposits(w *window) *window {
	w.desk.Mode = app.ModeBoth
	return w
}

// depositStand is the sample day of a reception.
func depositStand() *stand {
	b := newStand()
	r := sampleDay()
	r.Deposits = data.DepositTotals{OpeningHeld: 2500_00, Takes: 8, Taken: 4000_00, Captures: 5, Captured: 1380_00, Releases: 5, Released: 1620_00, ClosingHeld: 3500_00, Held: 7}
	r.Drawer.Deposits, r.Drawer.In, r.Drawer.Expected, r.Drawer.Counted = 300_00, 200_00, 1393_50, 1400_00
	r.Drawer.Difference = 6_50
	b.reports[data.Cut{From: friday, To: friday}] = r
	z := b.z[data.Cut{From: friday, To: friday}]
	z.Report = r
	b.z[data.Cut{From: friday, To: friday}] = z
	return b
}

// troubleStand is a day on which nothing is in order.
func troubleStand() *stand {
	b := newStand()
	r := sampleDay()
	r.FeeKnown = false
	r.Total.RefundsSettled, r.Total.Net = 2, 18217_70
	r.Open = data.OpenSums{Payments: 2, Paid: 134_00, Refunds: 1, Refunded: 20_00}
	r.Drawer.Counted, r.Drawer.Difference = 873_50, -20_00
	b.reports[data.Cut{From: friday, To: friday}] = r
	b.compare.HasDayBefore = false
	b.backup, b.trouble = b.backup.AddDate(0, 0, -4), string(data.KindDiskFull)
	delete(b.z, data.Cut{From: friday, To: friday})
	return b
}

// largeStand is a day of very large figures and many shifts, ways and people.
func largeStand() *stand {
	b := depositStand()
	r := b.reports[data.Cut{From: friday, To: friday}]
	const huge = 12_345_678_901_23
	r.Total = data.Figures{Sales: 1_234_567, Payments: 1_234_567, Trade: huge, Discount: huge / 9, Settled: huge - huge/9, Refunds: 12_345, Refunded: huge / 7,
		RefundsSettled: 12_000, RefundSettled: huge / 8, Net: huge / 2}
	for i := range r.Hours {
		r.Hours[i].Figures = figures(50_000+i, huge/30+payment.Amount(i)*1_000_000_00)
	}
	r.Fee = huge / 250
	r.Channels, r.Shifts = nil, nil
	for i, wallet := range []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat, payment.WalletUnionPay, payment.WalletECNY} {
		r.Channels = append(r.Channels, data.Slice{Channel: payment.CloudPay, Wallet: wallet, Hour: -1, Figures: figures(300_000-i, huge/5+payment.Amount(i))})
	}
	r.Channels = append(r.Channels, data.Slice{Channel: payment.Alipay, Wallet: payment.WalletAlipay, Hour: -1, Figures: figures(3, 1)},
		data.Slice{Channel: payment.WeChat, Wallet: payment.WalletWeChat, Hour: -1, Figures: figures(3, 1)}, data.Slice{Channel: payment.Cash, Hour: -1, Figures: figures(26, huge/6)})
	for i := range 9 {
		r.Shifts = append(r.Shifts, data.Slice{Hour: -1, Figures: figures(137_174, huge/9), Shift: data.ShiftName{ID: int64(i + 40), Name: "早班加班", Staff: data.Staff{ID: 5, Name: "欧阳晓兰"}, Open: i == 8}})
	}
	r.Deposits.OpeningHeld, r.Deposits.Taken, r.Deposits.ClosingHeld = huge, huge, huge
	r.Drawer = data.Drawer{Float: 9_999_999_99, Paid: huge, Expected: huge, IsCounted: true, Counted: huge - 5, Difference: -5}
	b.reports[data.Cut{From: friday, To: friday}] = r
	return b
}

// ownStand has the first shift still open, of somebody who counts blind: cash is
// left out.
func ownStand() *stand {
	b := newStand()
	r := b.reports[data.Cut{ShiftID: 41}]
	shift := *r.Shift
	shift.State = data.ShiftOpen
	r.Shift, r.FeeKnown = &shift, false
	r.Channels = slices.DeleteFunc(slices.Clone(r.Channels), func(x data.Slice) bool { return x.Channel == payment.Cash })
	r.Total = data.Figures{}
	for _, x := range r.Channels {
		r.Total.Payments += x.Payments
		r.Total.Trade += x.Trade
		r.Total.Settled += x.Settled
		r.Total.Net += x.Net
	}
	r.People, r.Shifts, r.Hours, r.Moves, r.Drawer = nil, nil, nil, nil, data.Drawer{Float: r.Drawer.Float}
	b.reports[data.Cut{ShiftID: 41}] = r
	delete(b.z, data.Cut{ShiftID: 41})
	return b
}
