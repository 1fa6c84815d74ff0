package data

import (
	"errors"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// next takes the next print job, which must be there.
func (s *shop) next() PrintJob {
	s.tb.Helper()
	p, ok, err := s.NextPrint(ctx, s.clock.at)
	if err != nil || !ok {
		s.tb.Fatalf("next print job: %v %v", ok, err)
	}
	return p
}

func (s *shop) noNext() {
	s.tb.Helper()
	if p, ok, err := s.NextPrint(ctx, s.clock.at); err != nil || ok {
		s.tb.Fatalf("a print job is due: %+v %v", p, err)
	}
}

func TestAReceiptIsPrintedOnce(t *testing.T) {
	s := newShop(t)
	s.noNext()
	sale, _ := s.paid(100)
	other, _ := s.paid(200)
	p := s.next()
	if p.SaleID != sale.ID || p.ReceiptNo != sale.ReceiptNo || p.Kind != PrintReceipt || p.State != PrintSending || p.Tries != 1 {
		t.Fatalf("%+v", p)
	}
	if q := s.next(); q.SaleID != other.ID {
		t.Fatalf("the next one is %+v", q)
	}
	s.noNext()
	if err := s.EndPrint(ctx, p.ID, PrintDone, "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	s.noNext()
	d := s.detail(sale.ID)
	if d.Prints[0].State != PrintDone || d.Prints[0].EndedAt.IsZero() {
		t.Fatalf("%+v", d.Prints)
	}
	if last := d.Events[len(d.Events)-1]; last.Kind != EventPrinted || last.Detail != "receipt" {
		t.Fatalf("%+v", last)
	}
	var step *TransitionError
	if err := s.EndPrint(ctx, p.ID, PrintDone, "", time.Time{}); !errors.As(err, &step) {
		t.Fatalf("ended twice: %v", err)
	}
	// Asking for the receipt again is the same paper, a reprint is a new one.
	again, err := s.AddPrint(ctx, PrintReceipt, sale.ID, 0, false)
	if err != nil || again.ID != p.ID || again.State != PrintDone {
		t.Fatalf("%+v %v", again, err)
	}
	for range 2 {
		copy, err := s.AddPrint(ctx, PrintReprint, sale.ID, 0, false)
		if err != nil || copy.State != PrintQueued || copy.ID == p.ID {
			t.Fatalf("%+v %v", copy, err)
		}
	}
	if d := s.detail(sale.ID); len(d.Prints) != 3 {
		t.Fatalf("%+v", d.Prints)
	}
}

func TestAPrinterInTrouble(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(100)
	p := s.next()
	later := s.clock.at.Add(10 * time.Second)
	if err := s.EndPrint(ctx, p.ID, PrintQueued, "paper_out", later); err != nil {
		t.Fatal(err)
	}
	s.noNext()
	s.clock.at = later
	if p = s.next(); p.Tries != 2 || p.LastError != "paper_out" {
		t.Fatalf("%+v", p)
	}
	if err := s.EndPrint(ctx, p.ID, PrintStuck, "paper_out", time.Time{}); err != nil {
		t.Fatal(err)
	}
	stuck, err := s.StuckPrints(ctx)
	if err != nil || len(stuck) != 1 || stuck[0].ID != p.ID {
		t.Fatalf("%+v %v", stuck, err)
	}
	s.noNext()
	for range 2 {
		if err := s.RetryPrint(ctx, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	if p = s.next(); p.Tries != 3 {
		t.Fatalf("%+v", p)
	}
	if err := s.DropPrint(ctx, p.ID); !errors.Is(err, ErrTransition) {
		t.Fatalf("dropped while it is at the printer: %v", err)
	}
	if err := s.EndPrint(ctx, p.ID, PrintStuck, "offline", time.Time{}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.DropPrint(ctx, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	d := s.detail(sale.ID)
	if d.Prints[0].State != PrintSkipped || d.Prints[0].LastError != TroubleDropped {
		t.Fatalf("%+v", d.Prints)
	}
	want := []EventKind{EventCreated, EventPaid, EventPrintStuck, EventPrintStuck, EventPrintSkipped}
	if got := kinds(d.Events); !slices.Equal(got, want) {
		t.Fatalf("timeline: %v", got)
	}
}

func TestPrintingAfterARestart(t *testing.T) {
	s := newShop(t)
	old, _ := s.paid(100)
	s.clock.at = s.clock.at.Add(10 * time.Minute)
	atPrinter, _ := s.paid(200)
	if p := s.next(); p.SaleID != old.ID {
		t.Fatalf("%+v", p)
	} else if err := s.EndPrint(ctx, p.ID, PrintQueued, "offline", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := s.change(ctx, func(x *tx) error { // the second one is at the printer when the program ends
		_, err := x.exec("UPDATE print_jobs SET state = 'sending' WHERE sale_id = ?", atPrinter.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	fresh, _ := s.paid(300)
	s.reopen()
	if err := s.RecoverPrints(ctx, time.Minute); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sale    Sale
		state   PrintState
		trouble string
	}{{old, PrintSkipped, TroubleTooOld}, {atPrinter, PrintStuck, TroubleMaybePrinted}, {fresh, PrintQueued, ""}} {
		if p := s.detail(c.sale.ID).Prints[0]; p.State != c.state || p.LastError != c.trouble {
			t.Errorf("sale %s: %+v", c.sale.ReceiptNo, p)
		}
	}
	if p := s.next(); p.SaleID != fresh.ID {
		t.Fatalf("%+v", p)
	}
	s.noNext()
}

func TestNoPaperForMoneyThatDidNotMove(t *testing.T) {
	s := newShop(t)
	sale, tender := s.start(s.scan(100))
	s.move(tender.ID, Move{To: payment.StateFailed, Print: true})
	if d := s.detail(sale.ID); len(d.Prints) != 0 {
		t.Fatalf("%+v", d.Prints)
	}
	for _, kind := range []PrintKind{PrintReceipt, PrintReprint} {
		if _, err := s.AddPrint(ctx, kind, sale.ID, 0, false); !errors.Is(err, ErrNotPaid) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for name, err := range map[string]error{
		"no such sale":   second(s.AddPrint(ctx, PrintReceipt, 1_000_099, 0, false)),
		"no such refund": second(s.AddPrint(ctx, PrintRefund, sale.ID, 99, false)),
		"no such job":    s.RetryPrint(ctx, 99),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.AddPrint(ctx, "poster", sale.ID, 0, false); !errors.Is(err, ErrInvalid) {
		t.Errorf("unknown kind: %v", err)
	}
}

func TestTestPagesAndTheDrawerAlone(t *testing.T) {
	s := newShop(t)
	for _, kind := range []PrintKind{PrintTest, PrintTest, PrintDrawer, PrintDrawer} {
		p, err := s.AddPrint(ctx, kind, 0, 0, kind == PrintDrawer)
		if err != nil || p.Kind != kind || p.SaleID != 0 || p.ReceiptNo != "" {
			t.Fatalf("%s: %+v %v", kind, p, err)
		}
		if got := s.next(); got.ID != p.ID {
			t.Fatalf("%s: %+v", kind, got)
		}
		if err := s.EndPrint(ctx, p.ID, PrintDone, "", time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
}

func second[A any](_ A, err error) error { return err }
