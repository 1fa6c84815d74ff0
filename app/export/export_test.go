package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"frontdesk/app/export"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
)

var (
	wang = data.Staff{ID: 2, Name: "王敏", Role: data.RoleClerk}
	chen = data.Staff{ID: 3, Name: "陈静", Role: data.RoleClerk}
)

func figures(n int, trade, discount, refunded payment.Amount) data.Figures {
	f := data.Figures{Sales: n, Payments: n, Trade: trade, Discount: discount, Settled: trade - discount}
	if refunded > 0 {
		f.Refunds, f.Refunded, f.RefundsSettled, f.RefundSettled = 1, refunded, 1, refunded
	}
	f.Net = f.Settled - f.RefundSettled
	return f
}

// day is a report of a day as a shop has it.
func day() data.Report {
	begin := time.Date(2026, 11, 19, 20, 0, 0, 0, time.UTC) // 04:00 in Beijing
	r := data.Report{
		Kind: data.ReportDay, From: "2026-11-20", To: "2026-11-20", At: begin.Add(24*time.Hour + 5*time.Second), Begin: begin, End: begin.Add(24 * time.Hour),
		Total: figures(213, 18346_20, 52_00, 96_50),
		Channels: []data.Slice{
			{Channel: payment.Alipay, Wallet: payment.WalletAlipay, Hour: -1, Figures: figures(104, 9120_40, 30_00, 56_50)},
			{Channel: payment.CloudPay, Wallet: payment.WalletWeChat, Hour: -1, Figures: figures(83, 7312_30, 22_00, 20_00)},
			{Channel: payment.Cash, Hour: -1, Figures: figures(26, 1913_50, 0, 20_00)},
		},
		People: []data.Slice{{Staff: wang, Hour: -1, Figures: figures(96, 8204_10, 0, 0)}, {Staff: chen, Hour: -1, Figures: figures(117, 10142_10, 52_00, 96_50)}},
		Shifts: []data.Slice{{Shift: data.ShiftName{ID: 310, Name: "早班", Staff: wang}, Hour: -1, Figures: figures(96, 8204_10, 0, 0)},
			{Shift: data.ShiftName{ID: 311, Name: "晚班", Staff: chen}, Hour: -1, Figures: figures(117, 10142_10, 52_00, 96_50)}},
		Drawer:   data.Drawer{Float: 500_00, Paid: 1913_50, Refunded: 20_00, Out: 1500_00, Expected: 893_50, IsCounted: true, Counted: 890_50, Difference: -3_00},
		Deposits: data.DepositTotals{OpeningHeld: 1000_00, Takes: 2, Taken: 800_00, Captures: 1, Captured: 138_00, Releases: 1, Released: 362_00, ClosingHeld: 1300_00},
		Open:     data.OpenSums{Payments: 1, Paid: 99_00},
		Receipts: data.Numbers{First: "01005783", Last: "01005997", Count: 215},
		HeadSeq:  5120, HeadHash: strings.Repeat("9c41e07a53d2b8f6", 4),
	}
	for h := range 24 {
		s := data.Slice{Hour: (h + 4) % 24}
		if s.Hour >= 7 && s.Hour <= 22 {
			s.Figures = figures(10, payment.Amount(400_00+s.Hour*37_13), 0, 0)
		}
		r.Hours = append(r.Hours, s)
	}
	return r
}

// sale is a line of the list.
func sale(n int64, remark string) data.SaleRow {
	return data.SaleRow{
		Sale: data.Sale{ID: 1005783 + n, ReceiptNo: fmt.Sprintf("%08d", 1005783+n), Day: "2026-11-20", CreatedAt: time.Date(2026, 11, 20, 4, 33, 26, 0, time.UTC),
			Amount: 128_50, Paid: 128_50, Refunded: 26_00, State: data.SalePartRefunded, Remark: remark, Staff: wang},
		Ways:       []data.Way{{Channel: payment.Cash}, {Channel: payment.CloudPay, Wallet: payment.WalletWeChat}},
		LastTender: data.Tender{Channel: payment.CloudPay, Wallet: payment.WalletWeChat, OutTradeNo: "FD01261120123326005783001", TradeNo: "4200002026112012345678901234"},
	}
}

// job is day with some sales in pages of two.
func job(remarks ...string) export.Job {
	return export.Job{
		Report: day(), Z: &data.Z{Kind: data.ReportDay, Number: 142}, Shop: "晨光便利店", Words: lang.Load(lang.Chinese), Total: len(remarks),
		Sales: func(_ context.Context, after int64) (page []data.SaleRow, err error) {
			for n, remark := range remarks {
				if s := sale(int64(n), remark); s.ID > after && len(page) < 2 {
					page = append(page, s)
				}
			}
			return page, nil
		},
	}
}

func TestASpreadsheetReadsEverySaleAsItIs(t *testing.T) {
	remarks := []string{"早餐, 两份\n加蛋", "=HYPERLINK(\"http://x\")", "", "+86 138"}
	var told []int
	j := job(remarks...)
	j.Progress = func(done, total int) { told = append(told, done*10+total) }
	var out bytes.Buffer
	if err := export.CSV(t.Context(), &out, j); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(out.String(), "\ufeff")
	if !ok {
		t.Error("there is no byte order mark, so Chinese comes out as garbage")
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(lines) != 1+len(remarks) {
		t.Fatalf("%d lines, error %v", len(lines), err)
	}
	want := []string{"\t01005783", "2026-11-20", "2026-11-20 12:33:26", "王敏", "128.50", "128.50", "26.00", "102.50", "部分退款", "现金 + 微信 云支付",
		"FD01261120123326005783001", "\t4200002026112012345678901234", "早餐, 两份\n加蛋"}
	for i, v := range want {
		if lines[1][i] != v {
			t.Errorf("%s is %q, want %q", lines[0][i], lines[1][i], v)
		}
	}
	if got := lines[2][12]; got != "'"+remarks[1] {
		t.Errorf("a remark became a formula: %q", got)
	}
	if fmt.Sprint(told) != "[24 44]" {
		t.Errorf("progress: %v", told)
	}
}

func TestAWorkbookHasTheSumsAndEverySale(t *testing.T) {
	var out bytes.Buffer
	if err := export.XLSX(t.Context(), &out, job("a", "=1+1", "c")); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sums, err := book.GetRows("汇总")
	if err != nil {
		t.Fatal(err)
	}
	flat := fmt.Sprint(sums)
	for _, part := range []string{"晨光便利店", "日结报表 2026-11-20", "实收净额  18,197.70", "交易金额 213 18,346.20", "支付宝 104 9,120.40", "微信 云支付 83", "早班 王敏 96", "次日对账后补记"} {
		if !strings.Contains(flat, part) {
			t.Errorf("%q is not on the first sheet: %s", part, flat)
		}
	}
	sales, err := book.GetRows("流水")
	if err != nil || len(sales) != 4 {
		t.Fatalf("%d lines of sales, error %v", len(sales), err)
	}
	if got := sales[2][12]; got != "=1+1" {
		t.Errorf("a remark became %q", got)
	}
	if formula, _ := book.GetCellFormula("流水", "M3"); formula != "" {
		t.Errorf("a remark became the formula %q", formula)
	}
	if raw, _ := book.GetCellValue("流水", "F2", excelize.Options{RawCellValue: true}); raw != "128.5" {
		t.Errorf("an amount is stored as %q, not as a number", raw)
	}
}

func TestAFileIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "day.csv")
	broken := errors.New("the ledger went away")
	j := job("a", "b", "c")
	fine := j.Sales
	j.Sales = func(ctx context.Context, after int64) ([]data.SaleRow, error) {
		if after != 0 {
			return nil, broken
		}
		return fine(ctx, after)
	}
	for _, format := range []export.Format{export.FormatCSV, export.FormatXLSX} {
		if err := export.Write(t.Context(), file, format, j); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, format := range export.Formats {
		if err := export.Write(ctx, file, format, job("a")); !errors.Is(err, context.Canceled) {
			t.Errorf("%s goes on although it was cancelled: %v", format, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := export.Write(t.Context(), file, export.FormatCSV, job("a")); err != nil {
		t.Fatal(err)
	}
	if err := export.Write(t.Context(), file, export.FormatCSV, job("a")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file was overwritten: %v", err)
	}
}

func TestAWorkbookIsSound(t *testing.T) {
	var out bytes.Buffer
	if err := export.XLSX(t.Context(), &out, job()); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		r.Close()
	}
}
