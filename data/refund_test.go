package data

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"frontdesk/payment"
)

func TestRefundsNeverPassWhatWasPaid(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	first := s.refund(tender.ID, 400)
	if first.State != payment.RefundCreated || first.RequestNo != tender.OutTradeNo+"R001" || first.Day != s.Today() || first.Staff.ID != OwnerID {
		t.Fatalf("%+v", first)
	}
	try := func(amount payment.Amount) error {
		_, _, err := s.StartRefund(ctx, NewRefund{IntentID: s.intent(), TenderID: tender.ID, Amount: amount})
		return err
	}
	var much *RefundTooMuchError
	// What is on its way counts as given back until the channel refuses it.
	if err := try(601); !errors.As(err, &much) || much.Left != 600 || !errors.Is(err, ErrRefundTooMuch) {
		t.Fatalf("beside an open refund: %v", err)
	}
	s.moveRefund(first.ID, RefundMove{To: payment.RefundUnknown, AddTries: 1})
	if err := try(601); !errors.As(err, &much) || much.Left != 600 {
		t.Fatalf("beside an unknown refund: %v", err)
	}
	s.moveRefund(first.ID, RefundMove{To: payment.RefundRefused, Why: payment.ReasonMerchantFunds, Code: "ACQ.SELLER_BALANCE_NOT_ENOUGH"})
	second := s.refund(tender.ID, 1000)
	if second.RequestNo != tender.OutTradeNo+"R002" {
		t.Fatalf("request number %s", second.RequestNo)
	}
	s.moveRefund(second.ID, RefundMove{To: payment.RefundDone, Print: true})
	if err := try(1); !errors.As(err, &much) || much.Left != 0 {
		t.Fatalf("after all of it: %v", err)
	}
	d := s.detail(tender.SaleID)
	if d.State != SaleRefunded || d.Refunded != 1000 || d.Tenders[0].Refunded != 1000 || len(d.Refunds) != 2 {
		t.Fatalf("%+v", d)
	}
	want := []EventKind{EventCreated, EventPaid, EventRefundAsked, EventRefundUnknown, EventRefundRefused, EventRefundAsked, EventRefunded}
	if got := kinds(d.Events); !slices.Equal(got, want) {
		t.Fatalf("timeline: %v", got)
	}
	// The first turns out to be done after all: there is nothing left for it,
	// and the ledger does not lie about it.
	if _, _, err := s.MoveRefund(ctx, first.ID, RefundMove{To: payment.RefundDone}); !errors.Is(err, ErrRefundTooMuch) {
		t.Fatalf("done twice over: %v", err)
	}
	s.mustVerify()
}

// A refund that the channel could not deliver is not over, and says why.
func TestAnUnknownRefundSaysWhatKeepsItFromItsEnd(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	r := s.refund(tender.ID, 400)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundUnknown})
	if r = s.moveRefund(r.ID, RefundMove{To: payment.RefundUnknown, Why: payment.ReasonRefundStuck, Code: "REFUND_ABNORMAL"}); r.Why != payment.ReasonRefundStuck {
		t.Errorf("stuck: %+v", r)
	}
	if r = s.moveRefund(r.ID, RefundMove{To: payment.RefundUnknown}); r.Why != "" {
		t.Errorf("on its way again: %+v", r)
	}
	s.moveRefund(r.ID, RefundMove{To: payment.RefundUnknown, Why: payment.ReasonRefundStuck})
	if r = s.moveRefund(r.ID, RefundMove{To: payment.RefundDone}); r.Why != "" {
		t.Errorf("done: %+v", r)
	}
	s.mustVerify()
}

func TestARefusedRefundMayTurnOutDone(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	r := s.refund(tender.ID, 400)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundRefused, Why: payment.ReasonOther, Code: "X"})
	r = s.moveRefund(r.ID, RefundMove{To: payment.RefundDone, Print: true, AddTries: 2})
	if r.State != payment.RefundDone || r.Why != "" || r.Code != "" || r.Tries != 2 {
		t.Fatalf("%+v", r)
	}
	got, err := s.Refund(ctx, r.ID)
	if err != nil || got != r {
		t.Fatalf("stored %+v, %v", got, err)
	}
	s.mustVerify()
}

func TestCashGoesBackAtOnce(t *testing.T) {
	s := newShop(t)
	sale, tender := s.start(s.notes(1000, 1000))
	r := s.refund(tender.ID, 250)
	d := s.detail(sale.ID)
	if r.State != payment.RefundDone || d.State != SalePartRefunded || d.Refunded != 250 {
		t.Fatalf("%+v %+v", r, d.Sale)
	}
	if slip := d.Prints[1]; slip.Kind != PrintRefund || slip.RefundID != r.ID || !slip.Drawer {
		t.Fatalf("%+v", d.Prints)
	}
	s.mustVerify()
}

func TestTheSameIntentIsOneRefund(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	n := NewRefund{IntentID: "refund-once", TenderID: tender.ID, Amount: 400, Reason: "退货"}
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := map[int64]bool{}
	for range 50 {
		wg.Go(func() {
			r, _, err := s.StartRefund(ctx, n)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			made[r.ID] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(made) != 1 {
		t.Fatalf("refunds made: %v", made)
	}
	n.Amount = 300
	if _, _, err := s.StartRefund(ctx, n); !errors.Is(err, ErrIntentMismatch) {
		t.Fatalf("same intent, other amount: %v", err)
	}
}

func TestRefundsAtOnceShareWhatIsLeft(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	var wg sync.WaitGroup
	for range 20 {
		intent := s.intent()
		wg.Go(func() {
			r, _, err := s.StartRefund(ctx, NewRefund{IntentID: intent, TenderID: tender.ID, Amount: 300})
			if err != nil {
				if !errors.Is(err, ErrRefundTooMuch) {
					t.Error(err)
				}
				return
			}
			if _, _, err := s.MoveRefund(ctx, r.ID, RefundMove{To: payment.RefundDone}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if d := s.detail(tender.SaleID); d.Refunded != 900 || len(d.Refunds) != 3 {
		t.Fatalf("refunded %s in %d refunds", d.Refunded, len(d.Refunds))
	}
	s.mustVerify()
}

func TestRefundRefuses(t *testing.T) {
	s := newShop(t)
	_, open := s.start(s.scan(1000))
	_, paid := s.paid(1000)
	for name, c := range map[string]struct {
		refund NewRefund
		want   error
	}{
		"no intent":            {NewRefund{TenderID: paid.ID, Amount: 1}, ErrInvalid},
		"nothing":              {NewRefund{IntentID: "a", TenderID: paid.ID}, ErrInvalid},
		"less than nothing":    {NewRefund{IntentID: "b", TenderID: paid.ID, Amount: -1}, ErrInvalid},
		"no such tender":       {NewRefund{IntentID: "c", TenderID: 99, Amount: 1}, ErrNotFound},
		"a tender not paid":    {NewRefund{IntentID: "d", TenderID: open.ID, Amount: 1}, ErrNotPaid},
		"more than everything": {NewRefund{IntentID: "e", TenderID: paid.ID, Amount: 1001}, ErrRefundTooMuch},
		"unknown staff":        {NewRefund{IntentID: "f", TenderID: paid.ID, Amount: 1, StaffID: 7}, ErrNotFound},
	} {
		if _, _, err := s.StartRefund(ctx, c.refund); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := s.refund(paid.ID, 100)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundDone})
	if _, changed, err := s.MoveRefund(ctx, r.ID, RefundMove{To: payment.RefundDone, Code: "AGAIN"}); err != nil || changed {
		t.Errorf("done again: %v %v", changed, err)
	}
	if _, _, err := s.MoveRefund(ctx, r.ID, RefundMove{To: payment.RefundRefused}); !errors.Is(err, ErrTransition) {
		t.Errorf("refused after done: %v", err)
	}
	if _, _, err := s.MoveRefund(ctx, 99, RefundMove{To: payment.RefundDone}); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such refund: %v", err)
	}
	if list, err := s.OpenRefunds(ctx); err != nil || len(list) != 0 {
		t.Errorf("open refunds: %+v %v", list, err)
	}
	s.mustVerify()
}

// A restored ledger may have forgotten refunds; their numbers must not come
// again.
func TestRequestNumbersAfterARestore(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	s.refund(tender.ID, 100)
	if err := s.change(ctx, func(x *tx) error { return s.markRestored(x) }); err != nil {
		t.Fatal(err)
	}
	if r := s.refund(tender.ID, 100); r.RequestNo != tender.OutTradeNo+"R102" {
		t.Fatalf("request number %s", r.RequestNo)
	}
}
