package alipay

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// goldenBill is a bill in the layout of the real one.
func goldenBill(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/bill.csv")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "\r\n", "\n")
}

var billDay = time.Date(2026, 11, 20, 0, 0, 0, 0, payment.Beijing)

// goldenLines are what it says.
func goldenLines() []payment.BillLine {
	const no, trade = "FD0126112014332600612800", "202611202200144710000000000"
	at := func(clock string) time.Time {
		at, err := time.ParseInLocation(time.DateTime, "2026-11-20 "+clock, payment.Beijing)
		if err != nil {
			panic(err)
		}
		return at
	}
	line := func(n, clock string, kind payment.BillKind, refund string, amount, discount, fee payment.Amount) payment.BillLine {
		return payment.BillLine{Kind: kind, OrderNo: no + n, RefundNo: refund, TradeNo: trade + n, Wallet: payment.WalletAlipay,
			Amount: amount, Discount: discount, Fee: fee, FeeKnown: true, At: at(clock)}
	}
	parking := payment.BillLine{Kind: payment.BilledPayment, OrderNo: "service_1700000000000", TradeNo: trade + "7", Wallet: payment.WalletAlipay, Amount: 9_99, At: at("18:00:01")}
	backOfIt := parking
	backOfIt.Kind, backOfIt.Amount, backOfIt.FeeKnown, backOfIt.At = payment.BilledRefund, 4_00, true, at("18:30:00")
	return []payment.BillLine{
		line("1", "14:33:27", payment.BilledPayment, "", 128_50, 0, 77),
		line("1", "15:00:00", payment.BilledRefund, no+"1R001", 28_50, 0, -17),
		line("2", "15:10:01", payment.BilledPayment, "", 100_00, 15_00, 51),
		line("2", "15:20:00", payment.BilledRefund, no+"2R001", 50_00, 7_50, -26),
		line("3", "16:00:05", payment.BilledPayment, "", 20_00, 0, 12),
		line("3", "16:01:00", payment.BilledReversal, "", 20_00, 0, -12), // the refund had no number
		line("4", "16:10:05", payment.BilledPayment, "", 30_00, 0, 18),
		line("4", "16:11:00", payment.BilledReversal, "", 30_00, 0, -18), // Alipay's
		line("5", "16:20:05", payment.BilledPayment, "", 40_00, 0, 24),
		line("5", "16:21:00", payment.BilledReversal, "", 40_00, 0, -24), // the order's
		line("6", "00:00:10", payment.BilledReversal, "", 15_00, 0, -9),  // of a payment of the day before
		parking,  // a fee in parts of a fen
		backOfIt, // a part of it, so no reversal
	}
}

func sameLines(t *testing.T, what string, got, want []payment.BillLine) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d lines, want %d", what, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s, line %d:\ngot  %+v\nwant %+v", what, i+1, got[i], want[i])
		}
	}
}

// change is one replacement in the golden bill; old has to be there.
type change struct{ old, new string }

func changed(t testing.TB, bill string, changes ...change) string {
	t.Helper()
	for _, c := range changes {
		if !strings.Contains(bill, c.old) {
			t.Fatalf("the bill does not hold %q", c.old)
		}
		bill = strings.ReplaceAll(bill, c.old, c.new)
	}
	return bill
}

// column changes one column of the table, header and rows.
func column(bill, name string, cell func(row int, old string) string) string {
	lines := strings.SplitAfter(bill, "\n")
	at, row := -1, 0
	for i, line := range lines {
		cells := strings.Split(line, ",")
		if strings.HasPrefix(line, "#") || len(cells) == 1 {
			continue
		}
		if at < 0 {
			at = slices.Index(cells, name)
		}
		cells[at] = cell(row, cells[at])
		lines[i], row = strings.Join(cells, ","), row+1
	}
	return strings.Join(lines, "")
}
