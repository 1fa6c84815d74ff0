package app_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// paperTray is a printer that keeps what it printed, and fails as it is told.
type paperTray struct {
	mu      sync.Mutex
	failing []error // one for each try; then it prints
	printed []string
	opened  int // how often the drawer was
}

func (p *paperTray) Print(_ context.Context, _ int64, doc paper.Document) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.failing) > 0 {
		err := p.failing[0]
		p.failing = p.failing[1:]
		if err != nil {
			return err
		}
	}
	for _, e := range doc.Elements {
		if e.Kind == paper.KindDrawer {
			p.opened++
		}
	}
	p.printed = append(p.printed, paper.Plain(paper.Layout(doc, paper.Width80), paper.Width80))
	return nil
}

func (p *paperTray) papers() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.printed)
}

func (p *paperTray) drawers() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.opened
}

type trouble struct {
	kind  string
	maybe bool
}

func (t trouble) Error() string       { return "printer: " + t.kind }
func (t trouble) TroubleKind() string { return t.kind }
func (t trouble) MaybePrinted() bool  { return t.maybe }

func setupOf(p app.Printer) func() app.PrintSetup {
	return func() app.PrintSetup {
		return app.PrintSetup{Printer: p, Automatic: true, Style: app.ReceiptStyle{ShopName: "晨光便利店", Head: "解放路 18 号", Foot: "谢谢惠顾", Words: lang.Load(lang.Chinese)}}
	}
}

// sellCash makes one paid sale.
func sellCash(t *testing.T, till *app.Till, amount payment.Amount) app.Payment {
	t.Helper()
	p, err := till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: amount}, amount)
	check(t, err)
	return p
}

func drain(t *testing.T, q *app.PrintQueue) {
	t.Helper()
	q.Drain(t.Context())
}

func TestAReceiptPrintsOnceAndACopySaysSo(t *testing.T) {
	till, ledger := open(t, nil)
	tray := &paperTray{}
	q := app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler))
	p := sellCash(t, till, 12850)
	drain(t, q)
	drain(t, q)
	if papers := tray.papers(); len(papers) != 1 || !strings.Contains(papers[0], p.Sale.ReceiptNo) || strings.Contains(papers[0], "补打") {
		t.Fatalf("papers:\n%s", strings.Join(papers, "\n---\n"))
	}
	_, err := till.Reprint(t.Context(), p.Sale.ID)
	check(t, err)
	drain(t, q)
	papers := tray.papers()
	if len(papers) != 2 || !strings.Contains(papers[1], "补打") {
		t.Fatalf("the copy:\n%s", papers[len(papers)-1])
	}
}

func TestAPrinterWithoutPaperHoldsNoSaleUp(t *testing.T) {
	till, ledger := open(t, nil)
	tray := &paperTray{failing: []error{trouble{kind: "no_paper"}}}
	q := app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler))
	sellCash(t, till, 100)
	drain(t, q)
	if q.Trouble() != "no_paper" || len(tray.papers()) != 0 {
		t.Fatalf("trouble %q with %d papers", q.Trouble(), len(tray.papers()))
	}
	if stuck, err := ledger.StuckPrints(t.Context()); err != nil || len(stuck) != 0 {
		t.Fatalf("%d stuck, %v: it should be tried again", len(stuck), err)
	}
	sellCash(t, till, 200)
	waitFor(t, func() bool { drain(t, q); return len(tray.papers()) == 2 })
	if q.Trouble() != "" {
		t.Fatalf("trouble %q after it printed", q.Trouble())
	}
}

func TestWhatMayHavePrintedWaitsForAPerson(t *testing.T) {
	till, ledger := open(t, nil)
	tray := &paperTray{failing: []error{trouble{kind: "interrupted", maybe: true}}}
	q := app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler))
	sellCash(t, till, 100)
	drain(t, q)
	drain(t, q)
	stuck, err := ledger.StuckPrints(t.Context())
	check(t, err)
	if len(stuck) != 1 || stuck[0].LastError != "interrupted" || len(tray.papers()) != 0 {
		t.Fatalf("stuck %+v with %d papers", stuck, len(tray.papers()))
	}
	check(t, ledger.RetryPrint(t.Context(), stuck[0].ID))
	drain(t, q)
	if len(tray.papers()) != 1 {
		t.Fatal("a person's retry did not print")
	}
}

func TestAJobThatWasOnItsWayWhenTheProgramDiedIsNotRepeated(t *testing.T) {
	till, ledger := open(t, nil)
	sellCash(t, till, 100)
	_, ok, err := ledger.NextPrint(t.Context(), time.Now()) // handed to the printer, then the power failed
	check(t, err)
	if !ok {
		t.Fatal("nothing was queued")
	}
	ctx, cancel := context.WithCancel(t.Context())
	tray := &paperTray{}
	q := app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler))
	done := make(chan struct{})
	go func() { q.Run(ctx); close(done) }()
	waitFor(t, func() bool {
		stuck, err := ledger.StuckPrints(t.Context())
		return err == nil && len(stuck) == 1
	})
	cancel()
	<-done
	if len(tray.papers()) != 0 {
		t.Fatal("it was printed again by itself")
	}
}

func TestNothingPrintsForAPaymentThatFailed(t *testing.T) {
	ch := newScripted()
	ch.pay = outcomes(payment.Failed)
	till, ledger := open(t, ch)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 500}, alipayCode(4))
	check(t, err)
	finish(t, till, p)
	tray := &paperTray{failing: []error{errors.New("must not be asked")}}
	drain(t, app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler)))
	if len(tray.failing) != 1 {
		t.Fatal("a paper was sent for money that did not move")
	}
}

func TestALateResultOfAParkedPaymentDoesNotPrintByItself(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = outcomes(payment.Unknown), outcomes(payment.Unknown)
	ledger := openLedger(t)
	till := app.NewTill(app.Options{Ledger: ledger, Channels: []payment.Channel{ch}, PrintAge: time.Millisecond})
	t.Cleanup(till.Close)
	p, err := till.PayByCode(t.Context(), app.Charge{Draft: newDraft(), Amount: 500}, alipayCode(6))
	check(t, err)
	check(t, till.Park(t.Context(), p.Tender.ID))
	time.Sleep(3 * time.Millisecond) // older than the age limit
	ch.mu.Lock()
	ch.query = outcomes(payment.Paid)
	ch.mu.Unlock()
	finish(t, till, p)
	tray := &paperTray{}
	drain(t, app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler)))
	detail, err := ledger.SaleByID(t.Context(), p.Sale.ID)
	check(t, err)
	if len(tray.papers()) != 0 || len(detail.Prints) != 1 || detail.Prints[0].State != data.PrintSkipped {
		t.Fatalf("%d papers, jobs %+v", len(tray.papers()), detail.Prints)
	}
}

func TestARefundPrintsItsOwnPaper(t *testing.T) {
	till, ledger := open(t, nil)
	p := sellCash(t, till, 8600)
	_, err := till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 3000, Reason: "商品退回"})
	check(t, err)
	tray := &paperTray{}
	drain(t, app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler)))
	papers := tray.papers()
	if len(papers) != 2 || !strings.Contains(papers[1], "退款单") || !strings.Contains(papers[1], "￥30.00") || !strings.Contains(papers[1], "商品退回") {
		t.Fatalf("papers:\n%s", strings.Join(papers, "\n---\n"))
	}
}

func TestThePaperOfASplitSaleShowsEveryPart(t *testing.T) {
	ch := newScripted()
	ch.pay, ch.query = []payment.Outcome{{Result: payment.Paid, TradeNo: "2026112122001458860515315313", Payer: "138****6021"}}, outcomes(payment.Paid)
	till, ledger := open(t, ch)
	charge := app.Charge{Draft: newDraft(), Amount: 12850, Part: 10000, Remark: "公司发票", Items: []app.QuickAmount{{Name: "早餐套餐", Price: 800, Quantity: 2}}}
	_, err := till.TakeCash(t.Context(), charge, 10000)
	check(t, err)
	charge.Part = 0
	p, err := till.PayByCode(t.Context(), charge, alipayCode(1))
	check(t, err)
	finish(t, till, p)
	tray := &paperTray{}
	drain(t, app.NewPrintQueue(ledger, setupOf(tray), nil, slog.New(slog.DiscardHandler)))
	papers := tray.papers()
	if len(papers) == 0 {
		t.Fatal("no paper")
	}
	paper := papers[len(papers)-1]
	for _, want := range []string{"晨光便利店", "解放路 18 号", "128.50", "现金", "100.00", "支付宝", "28.50", "138****6021",
		"2026112122001458860515315313", p.Tender.OutTradeNo, "公司发票", "早餐套餐", "16.00", p.Sale.ReceiptNo, "谢谢惠顾"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the paper lacks %q:\n%s", want, paper)
		}
	}
}
