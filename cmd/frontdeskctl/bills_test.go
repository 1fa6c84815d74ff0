package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
)

// The bill is kept as the window keeps it in the morning; then the day is shown
// beside it, to people and to programs.
func TestADayBesideTheBill(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.sale(w.must(exitGood, "--json", "pay", "--amount", "12.50", "--code", w.code(1)))
	second := w.sale(w.must(exitGood, "--json", "pay", "--amount", "7", "--code", w.code(1)))
	unheard := payment.NewOrderNo("01000999", 1, time.Now())
	w.keepBill(
		payment.BillLine{Kind: payment.BilledPayment, OrderNo: first.Tenders[0].OutTradeNo, Amount: 12_50, Fee: 8, FeeKnown: true},
		payment.BillLine{Kind: payment.BilledPayment, OrderNo: second.Tenders[0].OutTradeNo, Amount: 70_00, Fee: 42, FeeKnown: true},
		payment.BillLine{Kind: payment.BilledPayment, OrderNo: unheard, Amount: 3_00},
	)
	got := decode[billsJSON](t, w.must(exitGood, "--json", "bills", "show").out)
	if got.Same != 1 || got.Open != 0 || len(got.Differences) != 2 || len(got.Channels) != 1 || got.Channels[0].ReadAt == nil || got.Channels[0].Different != 2 {
		t.Fatalf("%+v", got)
	}
	for _, d := range got.Differences {
		switch {
		case d.OrderNo == unheard && d.State == data.MatchOnlyChannel && d.Till == 0 && d.Billed == 3_00:
		case d.ReceiptNo == second.ReceiptNo && d.State == data.MatchDiffers && d.Till == 7_00 && d.Billed == 70_00:
		default:
			t.Errorf("%+v", d)
		}
	}
	shown := w.must(exitGood, "bills", "show").out
	for _, want := range []string{"支付宝     1     2         0", second.ReceiptNo, unheard, "70.00"} {
		if !strings.Contains(shown, want) {
			t.Errorf("nothing says %q:\n%s", want, shown)
		}
	}
	if report := w.must(exitGood, "report").out; !strings.Contains(report, "手续费  0.50\n") {
		t.Errorf("no fees:\n%s", report)
	}
	w.audit()
}

// keepBill puts a bill of Alipay into the ledger, for today in Beijing and the day
// before: the test may run just after midnight there.
func (w *world) keepBill(lines ...payment.BillLine) {
	w.Helper()
	s, err := shop.Open(w.Context(), shop.Options{Dir: w.dir, KeyDir: w.keys, LogName: "test"})
	check(w, err)
	defer s.Close()
	now := time.Now()
	days := map[data.Day][]payment.BillLine{}
	for _, at := range []time.Time{now.Add(-24 * time.Hour), now, now.Add(24 * time.Hour)} {
		days[data.DayOf(at, 0)] = nil
	}
	for i := range lines {
		lines[i].At = now
	}
	days[data.DayOf(now, 0)] = lines
	for day, lines := range days {
		_, err := s.Ledger.KeepBill(w.Context(), payment.Alipay, day, lines, 0)
		check(w, err)
	}
}
