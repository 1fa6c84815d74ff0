package export_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/app/export"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
)

// fullDay is a day as full as one can be: twenty people with long names, a shift
// each, every way of payment, deposits, many moves of cash, and sums of billions.
func fullDay() data.Report {
	r := day()
	const huge payment.Amount = 98_765_432_109_87
	r.Total = data.Figures{Sales: 1_234_567, Payments: 1_234_567, Trade: huge, Discount: huge / 9, Settled: huge - huge/9, Refunds: 12_345, Refunded: huge / 7,
		RefundsSettled: 12_000, RefundSettled: huge / 8, Net: huge / 2}
	r.Channels, r.Methods, r.People, r.Shifts, r.Moves = nil, nil, nil, nil, nil
	for _, way := range []struct {
		channel payment.ChannelName
		wallet  payment.Wallet
	}{{payment.Alipay, payment.WalletAlipay}, {payment.WeChat, payment.WalletWeChat}, {payment.CloudPay, payment.WalletAlipay}, {payment.CloudPay, payment.WalletWeChat},
		{payment.CloudPay, payment.WalletUnionPay}, {payment.CloudPay, payment.WalletECNY}, {payment.Cash, payment.WalletNone}} {
		r.Channels = append(r.Channels, data.Slice{Channel: way.channel, Wallet: way.wallet, Hour: -1, Figures: r.Total})
	}
	for i := range 20 {
		p := data.Staff{ID: int64(i + 1), Name: "阿卜杜热合曼·买买提明" + strconv.Itoa(i+1) + " Alexandra-Bartholomew", Role: data.RoleClerk}
		r.People = append(r.People, data.Slice{Staff: p, Hour: -1, Figures: r.Total})
		r.Shifts = append(r.Shifts, data.Slice{Shift: data.ShiftName{ID: int64(i + 1), Name: "早班加班到很晚的那一班", Staff: p}, Hour: -1, Figures: r.Total})
		r.Moves = append(r.Moves, data.CashMove{ID: int64(i + 1), Kind: data.CashOut, At: time.Date(2026, 11, 20, 8, i, 0, 0, time.UTC), Staff: p, Amount: -huge, Reason: "存到银行，信封交给了老板娘，她说下午会去存，请把回单放进抽屉"})
	}
	for i := range r.Hours {
		r.Hours[i].Figures = r.Total
	}
	r.Deposits = data.DepositTotals{OpeningHeld: huge, Takes: 1000, Taken: huge, Captures: 1000, Captured: huge, Releases: 1000, Released: huge, Refunds: 10, Refunded: huge, ClosingHeld: huge, Held: 99, Unknown: 9}
	r.Drawer = data.Drawer{Float: huge, Paid: huge, Refunded: huge, Deposits: huge, In: huge, Out: huge, Expected: huge, IsCounted: true, Counted: huge, Difference: -huge}
	r.Open = data.OpenSums{Payments: 999, Paid: huge, Refunds: 99, Refunded: huge, Holds: 99, Held: huge, Steps: 99, Stepped: huge}
	return r
}

// fullWriter takes so many bytes, and then the disk is full.
type fullWriter struct{ room int }

var errFull = errors.New("full")

func (w *fullWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.room)
	w.room -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

// Half a file never passes for a whole one.
func TestEveryWriterHearsThatTheDiskIsFull(t *testing.T) {
	for name, write := range map[string]func(context.Context, io.Writer, export.Job) error{"pdf": export.PDF, "xlsx": export.XLSX, "csv": export.CSV} {
		var whole bytes.Buffer
		if err := write(t.Context(), &whole, job()); err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{0, 1, whole.Len() / 2, whole.Len() - 1} {
			if err := write(t.Context(), &fullWriter{room}, job()); !errors.Is(err, errFull) {
				t.Errorf("%s of %d bytes in room for %d: %v", name, whole.Len(), room, err)
			}
		}
	}
}

func TestTheFullestDayIsOnePageToo(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		j := job()
		j.Words, j.Report, j.Z = lang.Load(language), fullDay(), nil
		j.Shop = strings.Repeat("晨光便利店高新区分店", 12)
		var out bytes.Buffer
		if err := export.PDF(t.Context(), &out, j); err != nil {
			t.Fatal(err)
		}
		if keep := os.Getenv("FRONTDESK_SCREENS"); keep != "" {
			if err := os.WriteFile(keep+"/report_full_"+string(language)+".pdf", out.Bytes(), 0o600); err != nil {
				t.Error(err)
			}
		}
		text := pdfText(t, out.Bytes())
		if n := strings.Count(text, "----"); n != 1 {
			t.Errorf("%s: %d pages, want 1", language, n)
		}
		if !strings.Contains(text, fullDay().Total.Trade.Grouped()) {
			t.Errorf("%s: the sum is not on the page", language)
		}
	}
}
