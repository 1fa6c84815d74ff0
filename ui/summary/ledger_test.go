package summary

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// shop is a till on a real ledger, with a channel that answers what the pay code
// says, and the screen on it.
type shop struct {
	*window
	ledger  *data.Ledger
	till    *app.Till
	shifts  *app.Shifts
	channel *channel
	clock   *clock
	drafts  int
}

// clock is what the test says it is.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{window: newWindow(t, lang.Chinese, kit.Light), clock: &clock{at: at("07:00").AddDate(0, 0, -1)}, channel: &channel{orders: map[string]payment.Outcome{}}}
	var err error
	s.ledger, err = data.Open(filepath.Join(t.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Now: s.clock.now, Till: 1})
	s.check(err)
	s.till = app.NewTill(app.Options{Ledger: s.ledger, Channels: []payment.Channel{s.channel}, RefundPauses: []time.Duration{time.Millisecond}})
	t.Cleanup(func() {
		s.till.Close()
		s.ledger.Close()
	})
	books := app.NewBooks(s.ledger)
	books.SetStyle(app.ReceiptStyle{ShopName: "晨光便利店", Words: s.desk.Words})
	s.desk.Till, s.desk.Books, s.desk.Now = s.till, books, s.clock.now
	s.shifts = app.NewShifts(s.ledger, s.till, app.NewSettings(s.ledger, noSecrets{}))
	return s
}

func (s *shop) check(err error) {
	s.tb.Helper()
	if err != nil {
		s.tb.Fatal(err)
	}
}

// at moves the clock to a time of the sample day, or of a day after it.
func (s *shop) at(days int, time string) *shop {
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	s.clock.at = at(time).AddDate(0, 0, days)
	return s
}

func (s *shop) draft() string {
	s.drafts++
	return fmt.Sprintf("draft-%d", s.drafts)
}

// Pay codes by what the channel answers.
const (
	pays      = "28765432109876540" + "1"
	pays5Less = "28765432109876540" + "2" // paid, 5.00 of it are the merchant's own discount
	unknown   = "28765432109876540" + "3"
)

// scan takes a payment by code and waits for its end, or until it is unknown.
func (s *shop) scan(amount payment.Amount, code string) app.Payment {
	s.tb.Helper()
	p, err := s.till.PayByCode(context.Background(), app.Charge{Draft: s.draft(), Amount: amount}, code)
	s.check(err)
	s.until("the payment is over", func() bool {
		p, err = s.till.Payment(context.Background(), p.Tender.ID)
		s.check(err)
		return p.Tender.State == payment.StatePaid || p.Tender.State == payment.StateUnknown
	})
	return p
}

func (s *shop) cash(amount payment.Amount) {
	s.tb.Helper()
	_, err := s.till.TakeCash(context.Background(), app.Charge{Draft: s.draft(), Amount: amount}, amount)
	s.check(err)
}

func (s *shop) giveBack(saleID int64, amount payment.Amount) {
	s.tb.Helper()
	refunds, err := s.till.GiveBack(context.Background(), app.RefundOrder{Draft: s.draft(), SaleID: saleID, Amount: amount, Reason: "商品退回"})
	s.check(err)
	for _, r := range refunds {
		_, err := s.till.WaitRefund(context.Background(), r.ID)
		s.check(err)
	}
}

func (s *shop) openShift(name string, float payment.Amount) data.Shift {
	s.tb.Helper()
	shift, err := s.shifts.Open(context.Background(), app.OpenOrder{Draft: s.draft(), Name: name, Float: float})
	s.check(err)
	return shift
}

// closeShift counts fen in coins of 10 fen and notes of 1 yuan, and takes some out.
func (s *shop) closeShift(shift data.Shift, counted, taken payment.Amount, reason string) data.Z {
	s.tb.Helper()
	closed, err := s.shifts.Close(context.Background(), app.CloseOrder{ShiftID: shift.ID, Taken: taken, Reason: reason,
		Counts: []data.Count{{Value: 100, Number: int64(counted / 100)}, {Value: 10, Number: int64(counted % 100 / 10)}}})
	s.check(err)
	return closed.Z
}

// sell fills the ledger with a Thursday, a Friday of two shifts, and a Saturday
// morning.
func (s *shop) sell() {
	s.tb.Helper()
	s.at(-1, "10:00").openShift("早班", 300_00)
	s.at(-1, "10:05").cash(40_00)
	s.at(-1, "11:05").scan(160_00, pays)
	s.at(-1, "18:00").closeShift(s.current(), 340_00, 0, "")

	s.at(0, "07:58").openShift("早班", 340_00)
	s.at(0, "08:10").cash(20_00)
	s.at(0, "08:40").scan(64_90, pays)
	refunded := s.at(0, "12:05").scan(100_00, pays5Less)
	s.at(0, "12:10").giveBack(refunded.Sale.ID, 30_00)
	s.at(0, "13:00")
	_, err := s.shifts.MoveCash(context.Background(), app.CashOrder{Draft: s.draft(), Kind: data.CashOut, Amount: 50_00, Reason: "送货费"})
	s.check(err)
	s.at(0, "15:00").closeShift(s.current(), 309_00, 9_00, "少找")
	s.at(0, "15:01").openShift("晚班", 300_00)
	s.at(0, "18:20").cash(15_50)
	s.at(0, "18:45").scan(200_00, pays)
	s.at(1, "01:30").scan(9_90, pays) // still Friday: the day ends at four
	s.at(1, "02:00").closeShift(s.current(), 315_50, 0, "")
}

func (s *shop) current() data.Shift {
	s.tb.Helper()
	shift, ok, err := s.shifts.Current(context.Background())
	s.check(err)
	if !ok {
		s.tb.Fatal("no shift is open")
	}
	return shift
}

func TestADayOfARealLedger(t *testing.T) {
	s := newShop(t)
	s.sell()
	s.at(1, "09:30")
	for _, day := range []data.Day{"2026-11-19", friday} {
		_, err := s.ledger.MakeDayZ(context.Background(), day, 0, false)
		s.check(err)
	}
	s.open(s.desk.Books, 1280, 800)
	s.s.step(-1)
	s.settle()
	// Trade 20 + 64.90 + 100 + 15.50 + 200 + 9.90; 5.00 of it discount; 30.00 back.
	s.has("410.30", "6 笔", "-5.00", "结算金额 405.30", "-30.00", "1 笔，已全部到账", "未知")
	report, err := s.desk.Books.Report(context.Background(), data.Cut{From: friday, To: friday})
	s.check(err)
	s.has(report.Total.Net.Grouped(), "比前一日 "+change(report.Total.Net, 200_00), "上周五 - 没有收款")
	if report.Total.Trade != 410_30 || report.Total.RefundsSettled != 1 {
		t.Errorf("the ledger says %+v", report.Total)
	}
	if first, last := s.s.shown.chart.Bars[0].Label, s.s.shown.chart.Bars[len(s.s.shown.chart.Bars)-1].Label; first != "8" || last != "1" {
		t.Errorf("hours from %s to %s", first, last)
	}
	s.has("支付宝", "374.80", "91.3%", "现金", "35.50", "8.7%")
	s.has("早班", "184.90", "晚班", "225.40", "合计 6 笔", "已日结，Z 0002", "待确认 0 笔")
	s.has("少了", "-1.00") // 340 + 20 - 50 = 310, and 309 were there
	s.faultless("the day of the ledger")

	s.tap("晚班")
	s.has("晚班", "225.40", "15:01 至 11-21 02:00", "应有 = 清点，无差异", "315.50", "已交班，Z 0003")
	s.turn(unitMonth)
	s.has("610.30", "8 笔", "2 天有收款")
}

func TestEachFigureOpensAsManySalesAsItCounts(t *testing.T) {
	s := newShop(t)
	s.sell()
	s.at(1, "09:30")
	s.open(s.desk.Books, 1280, 800)
	s.s.step(-1)
	s.settle()
	v := s.s.shown
	sales := func(to target) (rows int, paid payment.Amount) {
		t.Helper()
		if to.kind != toSales {
			t.Fatalf("%+v opens no sales", to)
		}
		_, totals, err := s.desk.Books.Page(context.Background(), to.filter)
		s.check(err)
		return totals.Rows, totals.Paid
	}
	if rows, paid := sales(v.cards[figureTrade].to); rows != 6 || paid != 410_30 {
		t.Errorf("the day opens %d sales of %s", rows, paid)
	}
	if rows, _ := sales(v.cards[figureRefund].to); rows != 1 {
		t.Errorf("refunds open %d sales", rows)
	}
	for i, want := range []struct {
		rows int
		paid payment.Amount
	}{{4, 374_80}, {2, 35_50}} {
		if rows, paid := sales(v.shares[i].to); rows != want.rows || paid != want.paid {
			t.Errorf("%s opens %d sales of %s, want %+v", v.shares[i].Word, rows, paid, want)
		}
	}
	for i, b := range v.chart.Bars {
		if b.Off {
			continue
		}
		if _, paid := sales(v.chart.to[i]); paid != payment.Amount(b.Value) {
			t.Errorf("%s opens sales of %s", b.Words, paid)
		}
	}
	s.s.show(v.middle.rows[0].to.period)
	s.settle()
	if rows, paid := sales(s.s.shown.middle.rows[0].to); rows != 3 || paid != 184_90 {
		t.Errorf("the cashier of a shift opens %d sales of %s", rows, paid)
	}
}

func TestWhatTheTillDoesShowsByItself(t *testing.T) {
	s := newShop(t)
	s.at(0, "09:00").openShift("早班", 100_00)
	s.open(s.desk.Books, 1280, 800)
	s.has("还没有收款", "早班", "营业中，未日结")
	s.scan(64_90, pays)
	s.s.Tick()
	s.settle()
	s.has("64.90", "1 笔", "早班（当班）")
	s.scan(35_00, unknown)
	s.s.Tick()
	s.settle()
	s.has("待确认 1 笔", "35.00")
	s.tap("待确认 1 笔")
	if len(s.sales) != 1 || s.sales[0].State != data.SaleUnknown {
		t.Fatalf("it opens %+v", s.sales)
	}
	page, _, err := s.desk.Books.Page(context.Background(), s.sales[0])
	s.check(err)
	if len(page) != 1 || page[0].Amount != 35_00 {
		t.Errorf("it opens %+v", page)
	}
}

func TestReportsOfARealLedgerArePrintedAndSaved(t *testing.T) {
	_, documents := atHome(t)
	s := newShop(t)
	s.sell()
	s.at(1, "09:30")
	s.open(s.desk.Books, 1280, 800)
	s.s.step(-1)
	s.settle()
	s.s.print()
	s.settle()
	s.has("已送去打印。")
	s.s.note.clear()
	for format, magic := range map[string]string{"pdf": "%PDF", "xlsx": "PK", "csv": "\xef\xbb\xbf"} {
		s.s.save(app.ExportFormat(format))
		s.until("the file is written", func() bool { return s.s.export == nil })
		s.has("已存到 Documents/Frontdesk")
		content, err := os.ReadFile(filepath.Join(documents, "Frontdesk", "汇总 2026-11-20."+format))
		s.check(err)
		if !bytes.HasPrefix(content, []byte(magic)) {
			t.Errorf("the %s begins with %q", format, content[:min(len(content), 8)])
		}
		s.s.note.clear()
	}
	s.at(1, "09:31")
	_, err := s.ledger.MakeDayZ(context.Background(), "2026-11-19", 0, false)
	s.check(err)
	_, err = s.ledger.MakeDayZ(context.Background(), friday, 0, false)
	s.check(err)
	s.s.Changed()
	s.s.Tick()
	s.settle()
	s.s.print()
	s.settle()
	s.has("Z 报表已送去补打")
	s.turn(unitMonth)
	s.s.print()
	s.settle()
	s.has("已送去打印。")
	var kinds []data.PrintKind
	for {
		job, ok, err := s.ledger.NextPrint(context.Background(), s.clock.now())
		s.check(err)
		if !ok {
			break
		}
		kinds = append(kinds, job.Kind)
		s.check(s.ledger.EndPrint(context.Background(), job.ID, data.PrintDone, "", time.Time{}))
	}
	if n := len(kinds); n < 3 || !slices.Equal(kinds[n-3:], []data.PrintKind{data.PrintX, data.PrintZ, data.PrintX}) || s.wakes != 3 {
		t.Errorf("papers %v, woken %d times", kinds, s.wakes)
	}
}

// channel pays at once, and answers what the last digit of the code says.
type channel struct {
	mu     sync.Mutex
	orders map[string]payment.Outcome
}

func (c *channel) Name() payment.ChannelName { return payment.Alipay }

func (c *channel) Policy() payment.Policy {
	return payment.Policy{QueryEvery: 5 * time.Millisecond, PayTimeout: time.Hour, QRTimeout: time.Hour, CancelEvery: 5 * time.Millisecond}
}

func (c *channel) Pay(_ context.Context, r payment.PayRequest) payment.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := payment.Outcome{Result: payment.Paid, TradeNo: "2026112022001458860" + r.OutTradeNo[len(r.OutTradeNo)-9:]}
	switch r.Code.Raw() {
	case pays5Less:
		o.Discount = 5_00
	case unknown:
		o = payment.Outcome{Result: payment.Unknown}
	}
	c.orders[r.OutTradeNo] = o
	return o
}

func (c *channel) ShowQR(context.Context, payment.QRRequest) (string, payment.Outcome) {
	return "", payment.Outcome{Result: payment.Failed}
}

func (c *channel) Query(_ context.Context, o payment.Order) payment.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.orders[o.OutTradeNo]
}

func (c *channel) Cancel(context.Context, payment.Order) payment.Outcome {
	return payment.Outcome{Result: payment.Unknown}
}

func (c *channel) Refund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundDone, Found: true}
}

func (c *channel) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	return c.Refund(ctx, r)
}

// noSecrets is a vault with nothing in it.
type noSecrets struct{}

func (noSecrets) Get(string) (string, bool, error) { return "", false, nil }
func (noSecrets) Set(string, string) error         { return nil }
func (noSecrets) Delete(string) error              { return nil }
