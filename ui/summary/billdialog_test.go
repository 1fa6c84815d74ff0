package summary

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// reader is Bills whose answer the test writes. What it finds is in the books
// from then on.
type reader struct {
	books *stand
	read  app.BillsRead
	err   error
	found *data.Reconciliation // nil: nothing new
	gate  chan struct{}        // while it is there, reading waits for it
	days  []data.Day
}

func (r *reader) ReadDay(ctx context.Context, day data.Day) (app.BillsRead, error) {
	r.days = append(r.days, day)
	if r.gate != nil {
		<-r.gate
	}
	r.books.mu.Lock()
	defer r.books.mu.Unlock()
	if r.found != nil {
		r.books.match = *r.found
	}
	return r.read, r.err
}

// amiss is a comparison with one difference of each kind.
func amiss() data.Reconciliation {
	m := sampleMatch()
	m.Same, m.Channels[0].Same, m.Channels[0].Different = 184, 101, 3
	m.Differences = []data.Difference{
		{State: data.MatchOnlyTill, Channel: payment.Alipay, Kind: payment.BilledPayment, SaleID: 7, ReceiptNo: "01006128", OrderNo: "FD01261120093326006128001", Till: 128_50},
		{State: data.MatchOnlyChannel, Channel: payment.Alipay, Kind: payment.BilledPayment, OrderNo: "FD01261120093326000999001", Billed: 7_00},
		{State: data.MatchDiffers, Channel: payment.Alipay, Kind: payment.BilledRefund, SaleID: 9, ReceiptNo: "01006130", OrderNo: "FD01261120093326006130001", Till: 42_00, Billed: 24_00},
	}
	return m
}

// openBills opens the dialog of a comparison.
func openBills(w *window, m data.Reconciliation, bills *reader) *window {
	books := newStand()
	books.match = m
	bills.books = books
	w.build(books, 1280, 800)
	w.s.bills = bills
	w.s.period = dayPeriod(friday)
	w.s.Show()
	w.settle()
	w.s.showBills()
	return w
}

func newBillWindow(t *testing.T, m data.Reconciliation, bills *reader) *window {
	t.Helper()
	return openBills(newWindow(t, lang.Chinese, kit.Light), m, bills)
}

func TestTheDialogOfTheBillsNamesEachDifference(t *testing.T) {
	w := newBillWindow(t, amiss(), &reader{})
	w.has("2026-11-20 对账", "101 笔一致，3 笔不符", "83 笔一致", "账单 09:21",
		"01006128", "收款 渠道账单里没有", "+128.50",
		"FD01261120093326000999001", "收款 收银台没有记录", "+7.00",
		"01006130", "退款 渠道 24.00，收银台 42.00", "-18.00")
	w.faultless("differences")
	w.tap("01006128")
	if len(w.tabs) != 1 || w.tabs[0] != screen.TabSales || kit.Modal(w.win.Canvas()) {
		t.Errorf("a tap on a difference goes to %v", w.tabs)
	}
}

func TestReadingTheBillsAgainShowsWhatIsTrueThen(t *testing.T) {
	good := sampleMatch()
	w := newBillWindow(t, amiss(), readerOf(&good))
	w.tap("重新取账单")
	w.posts.Until(t, "the bills are read", func() bool { return screentest.Has(w.win, "取到 2 份账单。") })
	w.settle()
	w.has("104 笔一致")
	w.hasNot("01006128")
	w.s.Tick()
	w.settle()
	w.has("已对账，187 笔与渠道一致")
	w.faultless("read")
}

// readerOf reads two bills and finds m.
func readerOf(m *data.Reconciliation) *reader {
	return &reader{found: m, read: app.BillsRead{Kept: []data.BillDay{{Channel: payment.Alipay, Day: friday}, {Channel: payment.WeChat, Day: friday}}}}
}

func TestWhyABillIsNotThereIsSaid(t *testing.T) {
	day := data.BillDay{Channel: payment.WeChat, Day: friday}
	for _, c := range []struct {
		name  string
		bills reader
		want  string
	}{
		{"too early", reader{read: app.BillsRead{Later: []data.BillDay{day}}}, "微信 2026-11-20 的账单还没出。一般次日上午 9 点以后才有，程序会自动再取。"},
		{"no network", reader{read: app.BillsRead{Later: []data.BillDay{day}, Failed: []app.BillFailure{{BillDay: day, Err: errors.New("no way")}}}},
			"微信 2026-11-20 的账单取不到。检查网络和密钥后再取；明早也会自动再取。"},
		{"nobody tells", reader{}, "没有可取的账单：通道没有启用，或者它不提供账单。"},
		{"the disk is full", reader{err: &app.Problem{Kind: app.ProblemDiskFull}}, lang.Load(lang.Chinese).T("problem.disk_full")},
	} {
		w := newBillWindow(t, amiss(), &c.bills)
		w.tap("重新取账单")
		w.posts.Until(t, c.name, func() bool { return screentest.Has(w.win, c.want) })
		w.has("01006128") // what was known is still there
		w.faultless(c.name)
	}
}

// A dialog that was closed while the bills were read is not opened again, and the
// screen shows what came.
func TestTheBillsMayBeReadBehindAClosedDialog(t *testing.T) {
	good := sampleMatch()
	bills := readerOf(&good)
	bills.gate = make(chan struct{})
	w := newBillWindow(t, amiss(), bills)
	w.tap("重新取账单")
	w.has("正在取账单…")
	w.tap("关闭")
	close(bills.gate)
	w.posts.Until(t, "the screen knows", func() bool { w.s.Tick(); return screentest.Has(w.win, "已对账，187 笔与渠道一致") })
	if len(bills.days) != 1 || kit.Modal(w.win.Canvas()) {
		t.Errorf("read %v, a dialog is open: %v", bills.days, kit.Modal(w.win.Canvas()))
	}
}

// many is more than a window has room for.
func many() data.Reconciliation {
	m := amiss()
	for i := range 40 {
		d := m.Differences[0]
		d.ReceiptNo = fmt.Sprintf("0100%04d", 6200+i)
		m.Differences = append(m.Differences, d)
	}
	m.Channels[0].Different = len(m.Differences)
	return m
}

func TestALongListOfDifferencesScrolls(t *testing.T) {
	w := newBillWindow(t, many(), &reader{})
	w.has("01006128")
	w.faultless("many")
	if h := w.win.Canvas().Overlays().Top().Size().Height; h > 800 {
		t.Errorf("the dialog is %v high", h)
	}
}
