package app_test

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sums are figures with all that follows from them.
func sums(n int, trade, discount payment.Amount, refunds int, refunded payment.Amount) data.Figures {
	return data.Figures{Sales: n, Payments: n, Trade: trade, Discount: discount, Settled: trade - discount, Refunds: refunds, Refunded: refunded,
		RefundsSettled: refunds, RefundSettled: refunded, Net: trade - discount - refunded}
}

// closedDay is the day of the picture of the design.
func closedDay() data.Report {
	wang, chen := data.Staff{ID: 2, Name: "王敏"}, data.Staff{ID: 3, Name: "陈静"}
	begin := time.Date(2026, 11, 20, 4, 0, 0, 0, payment.Beijing)
	return data.Report{
		Kind: data.ReportDay, From: "2026-11-20", To: "2026-11-20", At: begin.Add(24*time.Hour + 5*time.Second), Begin: begin, End: begin.Add(24 * time.Hour),
		Total: sums(213, 18346_20, 52_00, 3, 96_50),
		Channels: []data.Slice{
			{Channel: payment.Alipay, Wallet: payment.WalletAlipay, Figures: sums(104, 9120_40, 30_00, 1, 56_50)},
			{Channel: payment.WeChat, Wallet: payment.WalletWeChat, Figures: sums(83, 7312_30, 22_00, 1, 20_00)},
			{Channel: payment.Cash, Figures: sums(26, 1913_50, 0, 1, 20_00)},
		},
		Shifts: []data.Slice{
			{Shift: data.ShiftName{ID: 310, Name: "早班", Staff: wang}, Figures: sums(96, 8204_10, 0, 0, 0)},
			{Shift: data.ShiftName{ID: 311, Name: "晚班", Staff: chen}, Figures: sums(117, 10142_10, 52_00, 3, 96_50)},
		},
		Drawer:   data.Drawer{Float: 500_00, Paid: 1913_50, Refunded: 20_00, Out: 1500_00, Expected: 893_50, IsCounted: true, Counted: 893_50},
		Receipts: data.Numbers{First: "01005783", Last: "01005997", Count: 215},
		HeadSeq:  5120, HeadHash: "9c41e07a53d2b8f6014ad92e7b60c385f2178ce4d05b936a41e8b7c20d6f59a3",
	}
}

// openShift is a shift that still goes on, with everything that can be on it.
func openShift() data.Report {
	r := closedDay()
	wang := data.Staff{ID: 2, Name: "王敏"}
	r.Kind, r.Shift = data.ReportShift, &data.Shift{ID: 312, Name: "早班", Staff: wang, Day: "2026-11-20", State: data.ShiftOpen}
	r.People = []data.Slice{{Staff: wang, Figures: sums(200, 18000_00, 0, 0, 0)}, {Staff: data.Staff{ID: 1, Name: "店主"}, Figures: sums(13, 346_20, 52_00, 3, 96_50)}}
	at := r.Begin.Add(11 * time.Hour)
	r.Moves = []data.CashMove{{Kind: data.CashFloat, At: at, Staff: wang, Amount: 500_00}, {Kind: data.CashIn, At: at, Staff: wang, Amount: 100_00, Reason: "补零钱"},
		{Kind: data.CashOut, At: at, Staff: wang, Amount: -1500_00, Reason: "存银行"}, {Kind: data.CashOut, At: at, Staff: wang, Amount: -893_50, Reason: data.ReasonTaken}}
	r.Drawer.IsCounted, r.Drawer.Counted, r.Drawer.In, r.Drawer.Deposits = false, 0, 100_00, -200_00
	r.Deposits = data.DepositTotals{Takes: 2, Taken: 800_00, Captures: 1, Captured: 138_00, Releases: 1, Released: 362_00, Refunds: 1, Refunded: 12_00}
	r.Open = data.OpenSums{Payments: 1, Paid: 99_00, Refunds: 1, Refunded: 3_00, Holds: 1, Held: 500_00, Steps: 1, Stepped: 20_00}
	return r
}

// reportPapers are what the golden files hold.
func reportPapers(l lang.Language) map[string]paper.Document {
	style := app.ReceiptStyle{ShopName: "晨光便利店", Words: lang.Load(l)}
	z := data.Z{Kind: data.ReportDay, Number: 142, MadeAt: closedDay().At, Report: closedDay()}
	short := closedDay()
	short.Kind, short.Shift = data.ReportShift, &data.Shift{ID: 311, Name: "晚班", Staff: data.Staff{ID: 3, Name: "陈静"}, Day: "2026-11-20", State: data.ShiftClosed, Counted: 885_50, Taken: 585_50, Reason: "找零多给了"}
	short.Drawer.Counted, short.Drawer.Difference = 885_50, -8_00
	closedShift := data.Z{Kind: data.ReportShift, Number: 311, MadeAt: short.At, Staff: short.Shift.Staff, Report: short}
	month := closedDay()
	month.Kind, month.From, month.To = data.ReportRange, "2026-11-01", "2026-11-30"
	return map[string]paper.Document{
		"z-day": app.ZReport(z, style, false), "z-shift": app.ZReport(closedShift, style, true),
		"x-shift": app.XReport(openShift(), style), "x-month": app.XReport(month, style),
	}
}

// The golden files show what stands on the paper and the bytes that print it.
// After a change on purpose: go test ./app -run Golden -update, and read the
// difference.
func TestReportsGolden(t *testing.T) {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		for name, doc := range reportPapers(l) {
			for _, width := range []paper.Width{paper.Width58, paper.Width80} {
				file := fmt.Sprintf("%s-%s-%d.txt", name, l, width)
				t.Run(file, func(t *testing.T) { compareGolden(t, "testdata/"+file, doc, width) })
			}
		}
	}
}

func compareGolden(t *testing.T, path string, doc paper.Document, width paper.Width) {
	t.Helper()
	lines := paper.Layout(doc, width)
	raw, notes, err := escpos.Encoder{Profile: escpos.Standard(width)}.Encode(lines)
	check(t, err)
	if len(notes) > 0 {
		t.Errorf("notes: %v", notes)
	}
	text := paper.Plain(lines, width)
	if strings.Contains(text, "⟨") {
		t.Errorf("words are missing:\n%s", text)
	}
	got := text + "\n" + hex.Dump(raw)
	if *update {
		check(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	check(t, err)
	if got != string(want) {
		t.Errorf("differs from %s; got\n%s", path, text)
	}
}
