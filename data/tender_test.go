package data

import (
	"errors"
	"path/filepath"
	"testing"

	"frontdesk/payment"
)

func TestScanPayRefundAndReadBack(t *testing.T) {
	s := newShop(t)
	sale, tender := s.paid(1250)
	if sale.ReceiptNo != "01000001" || sale.State != SalePaid || sale.Paid != 1250 {
		t.Fatalf("sale after payment: %+v", sale)
	}
	r := s.refund(tender.ID, 250)
	if _, _, err := s.MoveRefund(ctx, r.ID, RefundMove{To: payment.RefundDone, Print: true}); err != nil {
		t.Fatal(err)
	}
	d := s.detail(sale.ID)
	if d.State != SalePartRefunded || d.Refunded != 250 || len(d.Tenders) != 1 || len(d.Refunds) != 1 || len(d.Prints) != 2 {
		t.Fatalf("sale after refund: %+v", d)
	}
	page, totals, err := s.Sales(ctx, Filter{Text: "1234"})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v %+v", page, totals)
	sum, err := s.Summary(ctx, s.Today(), s.Today())
	if err != nil || sum.Totals.Paid != 1250 || sum.Totals.Refunded != 250 {
		t.Fatalf("summary: %+v %v", sum, err)
	}
	if err := s.Backup(ctx, filepath.Join(t.TempDir(), "copy")); err != nil {
		t.Fatal(err)
	}
	_, err = s.SaleByID(ctx, 99)
	if !errors.Is(err, ErrNotFound) {
		t.Fatalf("missing sale: %v", err)
	}
	t.Logf("%+v", d)
}
