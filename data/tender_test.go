package data

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestDayOf(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04:05", text, payment.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct {
		at      string
		cutover time.Duration
		want    Day
	}{
		{"2026-11-21 12:00:00", 4 * time.Hour, "2026-11-21"},
		{"2026-11-21 03:59:59", 4 * time.Hour, "2026-11-20"},
		{"2026-11-21 04:00:00", 4 * time.Hour, "2026-11-21"},
		{"2026-11-21 00:00:00", 0, "2026-11-21"},
		{"2026-01-01 03:00:00", 4 * time.Hour, "2025-12-31"},
		{"2028-03-01 01:00:00", 4 * time.Hour, "2028-02-29"},
		{"1970-01-01 00:00:00", 4 * time.Hour, "1969-12-31"},
	} {
		if got := DayOf(at(c.at).UTC(), c.cutover); got != c.want {
			t.Errorf("%s with cut-over %s: %s, want %s", c.at, c.cutover, got, c.want)
		}
	}
}

func TestAScannedCodePaysASale(t *testing.T) {
	s := newShop(t)
	n := s.scan(1250)
	n.Sale.Remark, n.Sale.Undiscountable, n.Sale.Items = "三号桌", 250, []Item{{Name: "茶", Price: 625, Quantity: 2}}
	sale, tender := s.start(n)
	if sale.ReceiptNo != "01000001" || sale.State != SalePending || sale.Day != "2026-11-21" || sale.Staff.Name != "店主" {
		t.Fatalf("sale: %+v", sale)
	}
	if tender.State != payment.StateCreated || tender.Attempt != 1 || tender.OutTradeNo != "FD01261121120000000001001" || !tender.EndedAt.IsZero() {
		t.Fatalf("tender: %+v", tender)
	}
	s.move(tender.ID, Move{To: payment.StatePending, Events: []NewEvent{{Kind: EventPassword}}, AddQueries: 1})
	s.clock.at = s.clock.at.Add(8 * time.Second)
	paidAt := noon.Add(7 * time.Second)
	sale, tender = s.move(tender.ID, Move{To: payment.StatePaid, TradeNo: "2026112122001", Payer: "159****1234", PaidAt: paidAt, Print: true, AddQueries: 2})

	s.reopen()
	d := s.detail(sale.ID)
	if d.State != SalePaid || d.Paid != 1250 || d.Remark != "三号桌" || len(d.Items) != 1 || d.Items[0].Price != 625 || d.Undiscountable != 250 {
		t.Fatalf("sale: %+v", d.Sale)
	}
	if len(d.Tenders) != 1 || d.Tenders[0] != tender {
		t.Fatalf("the stored tender is not the returned one:\n%+v\n%+v", d.Tenders, tender)
	}
	if !tender.PaidAt.Equal(paidAt) || !tender.EndedAt.Equal(s.clock.at) || tender.Queries != 3 || tender.Late {
		t.Fatalf("tender: %+v", tender)
	}
	if got := kinds(d.Events); !slices.Equal(got, []EventKind{EventCreated, EventPassword, EventPaid}) {
		t.Fatalf("timeline: %v", got)
	}
	if len(d.Prints) != 1 || d.Prints[0].Kind != PrintReceipt || d.Prints[0].State != PrintQueued || d.Prints[0].Drawer {
		t.Fatalf("print jobs: %+v", d.Prints)
	}
	s.mustVerify()
}

func TestReceiptNumbersHaveNoGaps(t *testing.T) {
	s := newShop(t)
	for i := 1; i <= 5; i++ {
		if sale, _ := s.start(s.scan(100)); sale.ReceiptNo != payment.ReceiptNo(1, int64(i)) {
			t.Fatalf("sale %d has receipt %s", i, sale.ReceiptNo)
		}
		bad := s.scan(100)
		bad.MaskedCode = "2812345678901234" // a whole code is refused when it is stored, after the number was taken
		if _, _, _, err := s.StartTender(ctx, bad); !errors.Is(err, ErrInvalid) {
			t.Fatalf("whole code: %v", err)
		}
		s.reopen()
	}
	s.mustVerify()
}

func TestTheLastReceiptOfATill(t *testing.T) {
	s := newShop(t)
	err := s.change(ctx, func(x *tx) error {
		return insertSale(x, Sale{ID: 1_999_998, Day: "2026-11-21", Amount: 1, State: SaleOpen, Staff: Staff{ID: OwnerID}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if sale, _ := s.start(s.scan(100)); sale.ReceiptNo != "01999999" {
		t.Fatalf("receipt %s", sale.ReceiptNo)
	}
	if _, _, _, err := s.StartTender(ctx, s.scan(100)); !errors.Is(err, ErrNumbersUsedUp) {
		t.Fatalf("one more: %v", err)
	}
	s.till = 2
	if sale, _ := s.start(s.scan(100)); sale.ReceiptNo != "02000001" {
		t.Fatalf("receipt %s", sale.ReceiptNo)
	}
}

func TestStartTenderRefuses(t *testing.T) {
	s := newShop(t)
	for name, change := range map[string]func(*NewTender){
		"no intent":               func(n *NewTender) { n.IntentID = "" },
		"nothing":                 func(n *NewTender) { n.Amount = 0 },
		"less than nothing":       func(n *NewTender) { n.Amount = -5 },
		"too large":               func(n *NewTender) { n.Amount, n.Sale.Amount = payment.MaxAmount+1, payment.MaxAmount+1 },
		"a sale of nothing":       func(n *NewTender) { n.Sale.Amount = 0 },
		"undiscountable < 0":      func(n *NewTender) { n.Sale.Undiscountable = -1 },
		"undiscountable > amount": func(n *NewTender) { n.Sale.Undiscountable = 1001 },
		"no channel":              func(n *NewTender) { n.Channel = "" },
		"cash by code":            func(n *NewTender) { n.Channel = payment.Cash },
		"unknown method":          func(n *NewTender) { n.Method = "card" },
		"change without cash":     func(n *NewTender) { n.Tendered, n.Change = 1000, 0 },
		"unknown staff":           func(n *NewTender) { n.Sale.StaffID = 99 },
		"unknown sale":            func(n *NewTender) { n.SaleID = 1_000_099 },
	} {
		n := s.scan(1000)
		change(&n)
		if _, _, _, err := s.StartTender(ctx, n); !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]func(*NewTender){
		"too little handed over": func(n *NewTender) { n.Tendered, n.Change = 900, 0 },
		"change does not add up": func(n *NewTender) { n.Change++ },
		"negative change":        func(n *NewTender) { n.Tendered, n.Change = 900, -100 },
	} {
		n := s.notes(1000, 2000)
		change(&n)
		if _, _, _, err := s.StartTender(ctx, n); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var much *TooMuchError
	n := s.scan(1000)
	n.Amount = 1001
	if _, _, _, err := s.StartTender(ctx, n); !errors.As(err, &much) || much.Left != 1000 {
		t.Errorf("more than the new sale: %v", err)
	}
	rows, _, err := s.Sales(ctx, Filter{})
	if err != nil || len(rows) != 0 {
		t.Fatalf("a refused tender left %d sales, %v", len(rows), err)
	}
}

func TestTheSameIntentIsOneTender(t *testing.T) {
	s := newShop(t)
	n := s.scan(1250)
	_, first := s.start(n)
	s.move(first.ID, Move{To: payment.StatePaid})
	sale, again, existing, err := s.StartTender(ctx, n)
	if err != nil || !existing || again.ID != first.ID || again.State != payment.StatePaid || sale.State != SalePaid {
		t.Fatalf("second press: %+v %v %v", again, existing, err)
	}
	other := n
	other.Amount, other.Sale.Amount = 99, 99
	if _, _, _, err := s.StartTender(ctx, other); !errors.Is(err, ErrIntentMismatch) {
		t.Fatalf("same intent, other amount: %v", err)
	}
}

func TestAHundredPressesAtOnceAreOneTender(t *testing.T) {
	s := newShop(t)
	n := s.scan(1250)
	var mu sync.Mutex
	made := map[int64]int{}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			_, tender, existing, err := s.StartTender(ctx, n)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			made[tender.ID]++
			if !existing {
				made[0]++
			}
		})
	}
	wg.Wait()
	if len(made) != 2 || made[0] != 1 {
		t.Fatalf("tenders made: %v", made)
	}
}

func TestASaleHasOneOpenTenderAndNeverTooMuch(t *testing.T) {
	s := newShop(t)
	n := s.scan(1000)
	n.Amount = 600
	sale, tender := s.start(n)
	next := func(amount payment.Amount) error {
		n := s.scan(amount)
		n.SaleID = sale.ID
		_, _, _, err := s.StartTender(ctx, n)
		return err
	}
	var open *OpenTenderError
	for _, state := range []payment.State{payment.StateCreated, payment.StatePending, payment.StateUnknown} {
		if state != payment.StateCreated {
			s.move(tender.ID, Move{To: state})
		}
		if err := next(400); !errors.As(err, &open) || open.Tender.ID != tender.ID || !errors.Is(err, ErrOpenTender) {
			t.Fatalf("while %s: %v", state, err)
		}
	}
	if got, _ := s.move(tender.ID, Move{To: payment.StatePaid}); got.State != SalePartPaid {
		t.Fatalf("state %s", got.State)
	}
	var much *TooMuchError
	if err := next(401); !errors.As(err, &much) || much.Left != 400 || !errors.Is(err, ErrTooMuch) {
		t.Fatalf("too much: %v", err)
	}
	if err := next(400); err != nil {
		t.Fatal(err)
	}
}

func TestCashIsPaidAtOnce(t *testing.T) {
	s := newShop(t)
	sale, tender := s.start(s.notes(1250, 2000))
	if sale.State != SalePaid || tender.State != payment.StatePaid || tender.Change != 750 || !tender.PaidAt.Equal(noon) {
		t.Fatalf("%+v\n%+v", sale, tender)
	}
	d := s.detail(sale.ID)
	if len(d.Prints) != 1 || d.Prints[0].Kind != PrintReceipt || !d.Prints[0].Drawer {
		t.Fatalf("print jobs: %+v", d.Prints)
	}
	if got := kinds(d.Events); !slices.Equal(got, []EventKind{EventCreated, EventPaid}) {
		t.Fatalf("timeline: %v", got)
	}
	totals, err := s.DayTotals(ctx, s.Today())
	if err != nil || totals.Paid != 1250 || totals.Sales != 1 {
		t.Fatalf("day: %+v %v", totals, err)
	}
}

func TestASplitSaleCountsOnceAndPrintsOnce(t *testing.T) {
	s := newShop(t)
	n := s.notes(1000, 500)
	n.Amount, n.Tendered, n.Change = 400, 500, 100
	sale, _ := s.start(n)
	if sale.State != SalePartPaid {
		t.Fatalf("state %s", sale.State)
	}
	if d := s.detail(sale.ID); len(d.Prints) != 1 || d.Prints[0].Kind != PrintDrawer || !d.Prints[0].Drawer {
		t.Fatalf("the drawer must open for the first part: %+v", d.Prints)
	}
	rest := s.scan(600)
	rest.SaleID = sale.ID
	_, tender := s.start(rest)
	sale, _ = s.move(tender.ID, Move{To: payment.StatePaid, Print: true})
	d := s.detail(sale.ID)
	if sale.State != SalePaid || len(d.Prints) != 2 || d.Prints[1].Kind != PrintReceipt {
		t.Fatalf("%+v %+v", sale, d.Prints)
	}
	sum, err := s.Summary(ctx, s.Today(), s.Today())
	if err != nil || sum.Totals.Sales != 1 || sum.Totals.Paid != 1000 || len(sum.Channels) != 2 {
		t.Fatalf("%+v %v", sum, err)
	}
	if sum.Channels[0] != (ChannelSummary{Channel: payment.Alipay, Payments: 1, Paid: 600}) || sum.Channels[1] != (ChannelSummary{Channel: payment.Cash, Payments: 1, Paid: 400}) {
		t.Fatalf("%+v", sum.Channels)
	}
	s.mustVerify()
}

// Every pair of states: the ledger goes where payment.State.CanBecome says, and
// stays where it is otherwise.
func TestEveryStep(t *testing.T) {
	s := newShop(t)
	reach := map[payment.State][]payment.State{
		payment.StateCreated: nil, payment.StatePending: {payment.StatePending}, payment.StateUnknown: {payment.StateUnknown},
		payment.StatePaid: {payment.StatePaid}, payment.StateFailed: {payment.StateFailed}, payment.StateClosed: {payment.StateClosed},
		payment.StateReversed: {payment.StatePaid, payment.StateReversed},
	}
	for _, from := range payment.States {
		for _, to := range payment.States {
			_, tender := s.start(s.scan(100))
			for _, step := range reach[from] {
				s.move(tender.ID, Move{To: step})
			}
			before := s.detail(tender.SaleID)
			_, moved, changed, err := s.MoveTender(ctx, tender.ID, Move{To: to})
			switch {
			case from == to:
				if err != nil || changed {
					t.Errorf("%s to itself: changed %v, %v", from, changed, err)
				}
			case from.CanBecome(to):
				if err != nil || !changed || moved.State != to {
					t.Errorf("%s to %s: %+v, %v", from, to, moved, err)
				}
			default:
				var step *TransitionError
				if !errors.As(err, &step) || step.From != string(from) || step.To != string(to) || !errors.Is(err, ErrTransition) {
					t.Errorf("%s to %s: %v", from, to, err)
				}
				if after := s.detail(tender.SaleID); fmt.Sprint(before) != fmt.Sprint(after) {
					t.Errorf("%s to %s was refused and left a trace", from, to)
				}
			}
		}
	}
	if _, _, _, err := s.MoveTender(ctx, 9999, Move{To: payment.StatePaid}); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such tender: %v", err)
	}
	s.mustVerify()
}

func TestNewsWithoutAStep(t *testing.T) {
	s := newShop(t)
	_, tender := s.start(s.scan(100))
	yes, no := true, false
	sale, got, changed, err := s.MoveTender(ctx, tender.ID, Move{CancelAsked: &yes, Parked: &yes, AddQueries: 2, AddCancels: 1, TradeNo: "T1", Code: "SYSTEM_ERROR",
		Events: []NewEvent{{Kind: EventCancelAsked, Detail: "cashier"}, {Kind: EventQueried, Detail: "2"}}})
	if err != nil || changed || sale.State != SalePending {
		t.Fatalf("%v %v %s", err, changed, sale.State)
	}
	if !got.CancelAsked || !got.Parked || got.Queries != 2 || got.Cancels != 1 || got.TradeNo != "T1" || got.Code != "SYSTEM_ERROR" || got.State != payment.StateCreated {
		t.Fatalf("%+v", got)
	}
	if _, got = s.move(tender.ID, Move{Parked: &no}); got.Parked || !got.CancelAsked {
		t.Fatalf("%+v", got)
	}
	d := s.detail(sale.ID)
	if k := kinds(d.Events); !slices.Equal(k, []EventKind{EventCreated, EventCancelAsked, EventQueried}) {
		t.Fatalf("timeline: %v", k)
	}
	if d.Tenders[0] != got {
		t.Fatalf("stored %+v\nreturned %+v", d.Tenders[0], got)
	}
}

func TestTheEventOfAStepComesOnce(t *testing.T) {
	s := newShop(t)
	_, tender := s.start(s.scan(100))
	s.move(tender.ID, Move{To: payment.StateUnknown, Code: "TIMEOUT", Events: []NewEvent{{Kind: EventUnknown, Detail: "own words"}}})
	s.move(tender.ID, Move{To: payment.StateFailed, Code: "ACQ.X", Reason: payment.ReasonBalance})
	d := s.detail(tender.SaleID)
	if len(d.Events) != 3 || d.Events[1].Detail != "own words" || d.Events[2].Kind != EventFailed || d.Events[2].Detail != "ACQ.X" {
		t.Fatalf("%+v", d.Events)
	}
	if got := d.Tenders[0]; got.Reason != payment.ReasonBalance || got.Code != "ACQ.X" || d.State != SaleFailed {
		t.Fatalf("%+v", d)
	}
}

func TestWhatIsProvedDoesNotChange(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(100)
	yes := true
	_, got := s.move(tender.ID, Move{To: payment.StatePaid, TradeNo: "OTHER", Payer: "other", Code: "OTHER", PaidAt: noon.Add(time.Hour), AddQueries: 1, Parked: &yes})
	want := tender
	want.Queries, want.Parked = 1, true
	if got != want {
		t.Fatalf("%+v\nwant %+v", got, want)
	}
	s.mustVerify()
}

func TestALatePaymentAsksForAttention(t *testing.T) {
	for _, state := range []payment.State{payment.StateFailed, payment.StateClosed} {
		s := newShop(t)
		_, tender := s.start(s.scan(100))
		s.move(tender.ID, Move{To: state, Reason: payment.ReasonCancelled})
		sale, tender := s.move(tender.ID, Move{To: payment.StatePaid, TradeNo: "T", Print: true})
		if !tender.Late || tender.Reason != "" || sale.Attention != AttentionLatePaid || sale.State != SalePaid {
			t.Fatalf("after %s: %+v %+v", state, sale, tender)
		}
		list, err := s.AttentionSales(ctx)
		if err != nil || len(list) != 1 || list[0].ID != sale.ID {
			t.Fatalf("%+v %v", list, err)
		}
		d := s.detail(sale.ID)
		if k := kinds(d.Events); k[len(k)-1] != EventLatePaid {
			t.Fatalf("timeline: %v", k)
		}
		s.mustVerify()
		for range 2 { // a second press does nothing
			if err := s.DecideLate(ctx, sale.ID, true, 0); err != nil {
				t.Fatal(err)
			}
		}
		d = s.detail(sale.ID)
		if k := kinds(d.Events); d.Attention != AttentionNone || k[len(k)-1] != EventKept || k[len(k)-2] != EventLatePaid {
			t.Fatalf("%+v %v", d.Sale, k)
		}
		s.mustVerify()
	}
}

func TestTooMuchMoneyAsksForAttention(t *testing.T) {
	s := newShop(t)
	sale, first := s.start(s.scan(100))
	s.move(first.ID, Move{To: payment.StateClosed})
	second := s.notes(100, 100)
	second.SaleID = sale.ID
	s.start(second)
	sale, _ = s.move(first.ID, Move{To: payment.StatePaid, Print: true})
	if sale.Attention != AttentionOverpaid || sale.Paid != 200 || sale.State != SalePaid {
		t.Fatalf("%+v", sale)
	}
	if d := s.detail(sale.ID); len(d.Prints) != 1 {
		t.Fatalf("a second receipt: %+v", d.Prints)
	}
	if err := s.DecideLate(ctx, sale.ID, false, 0); err != nil {
		t.Fatal(err)
	}
	s.mustVerify()
	// With the late payment given back, nothing is left to decide.
	r := s.refund(first.ID, 100)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundDone})
	if d := s.detail(sale.ID); d.State != SalePartRefunded || d.Attention != AttentionNone {
		t.Fatalf("%+v", d.Sale)
	}
	s.mustVerify()
}

func TestMoneyTakenBackAsksForAttention(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	r := s.refund(tender.ID, 300)
	s.moveRefund(r.ID, RefundMove{To: payment.RefundDone})
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	sale, _ := s.move(tender.ID, Move{To: payment.StateReversed})
	if sale.Attention != AttentionTaken || sale.Paid != 0 || sale.Refunded != 0 || sale.State != SaleReversed {
		t.Fatalf("%+v", sale)
	}
	// All of it counts on the day of the payment: 10.00 came and 3.00 went; then
	// the rest of it, 7.00 net, was taken.
	first, err1 := s.DayTotals(ctx, "2026-11-21")
	second, err2 := s.DayTotals(ctx, "2026-11-22")
	if err := errors.Join(err1, err2); err != nil || first.Paid != 0 || first.Refunded != 0 || first.Refunds != 1 || first.Sales != 0 || second != (Totals{}) {
		t.Fatalf("%+v %+v %v", first, second, err)
	}
	s.mustVerify()
}

func TestAResultThatIsTooOldDoesNotPrint(t *testing.T) {
	s := newShop(t)
	_, tender := s.start(s.scan(100))
	sale, _ := s.move(tender.ID, Move{To: payment.StatePaid, Print: true, PrintSkipped: true})
	d := s.detail(sale.ID)
	if len(d.Prints) != 1 || d.Prints[0].State != PrintSkipped || d.Prints[0].LastError != TroubleTooOld || kinds(d.Events)[2] != EventPrintSkipped {
		t.Fatalf("%+v %+v", d.Prints, d.Events)
	}
	if _, ok, err := s.NextPrint(ctx, s.clock.at); ok || err != nil {
		t.Fatalf("it prints: %v %v", ok, err)
	}
}

func TestTheDayIsFixedWhenTheRowIsWritten(t *testing.T) {
	s := newShop(t)
	s.clock.at = time.Date(2026, 11, 21, 19, 59, 0, 0, time.UTC) // 03:59 in Beijing
	sale, tender := s.start(s.scan(100))
	s.clock.at = s.clock.at.Add(2 * time.Minute)
	s.move(tender.ID, Move{To: payment.StatePaid})
	if sale.Day != "2026-11-21" || s.Today() != "2026-11-22" {
		t.Fatalf("sale of %s, today %s", sale.Day, s.Today())
	}
	evening, err1 := s.DayTotals(ctx, "2026-11-21")
	morning, err2 := s.DayTotals(ctx, "2026-11-22")
	if errors.Join(err1, err2) != nil || evening.Paid != 100 || morning.Paid != 0 {
		t.Fatalf("%+v %+v", evening, morning)
	}
	// It was asked for in the evening, and counts there.
	// Another cut-over later changes nothing that is written.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := Open(s.path, Options{Key: testKey, Now: s.clock.now, Cutover: -1})
	if err != nil {
		t.Fatal(err)
	}
	s.Ledger = l
	if d := s.detail(sale.ID); d.Day != "2026-11-21" {
		t.Fatalf("day %s", d.Day)
	}
	s.mustVerify()
}

func TestAClockThatJumps(t *testing.T) {
	s := newShop(t)
	for _, at := range []time.Time{noon, noon.Add(time.Hour), noon.Add(-24 * time.Hour), time.Unix(5, 0), noon.Add(2 * time.Minute), time.Date(2028, 2, 29, 4, 0, 0, 0, time.UTC)} {
		s.clock.at = at
		s.paid(100)
		s.start(s.notes(100, 100))
	}
	rows, totals, err := s.Sales(ctx, Filter{})
	if err != nil || len(rows) != 12 || totals.Paid != 1200 {
		t.Fatalf("%d rows, %+v, %v", len(rows), totals, err)
	}
	if sum, err := s.Summary(ctx, "0000-00-00", "9999-99-99"); err != nil || sum.Totals.Paid != 1200 || sum.Totals.Sales != 12 {
		t.Fatalf("%+v %v", sum, err)
	}
	s.mustVerify()
}

func TestAWriteThatHasBegunIsCarriedThrough(t *testing.T) {
	s := newShop(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, _, err := s.StartTender(gone, s.scan(100)); !errors.Is(err, ErrInterrupted) || !errors.Is(err, context.Canceled) {
		t.Fatalf("context that has ended: %v", err)
	}
	during, cancel := context.WithCancel(ctx)
	err := s.change(during, func(x *tx) error {
		cancel()
		return storeSetting(x, "a", "1")
	})
	if err != nil {
		t.Fatal(err)
	}
	if value, ok, err := s.Setting(ctx, "a"); value != "1" || !ok || err != nil {
		t.Fatalf("%q %v %v", value, ok, err)
	}
	// Whoever waits behind a long write may give up.
	waiting, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	err = s.change(ctx, func(*tx) error {
		_, _, _, err := s.StartTender(waiting, s.scan(100))
		if !errors.Is(err, ErrInterrupted) {
			t.Errorf("behind a write: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEndedWithoutMoney(t *testing.T) {
	s := newShop(t)
	ended := func(to payment.State) int64 {
		s.clock.at = s.clock.at.Add(time.Minute)
		_, tender := s.start(s.scan(100))
		s.move(tender.ID, Move{To: to})
		return tender.ID
	}
	early := ended(payment.StateClosed)
	from := s.clock.at
	ended(payment.StatePaid)
	failed, closed := ended(payment.StateFailed), ended(payment.StateClosed)
	ended(payment.StateReversed)
	to := s.clock.at
	ended(payment.StateFailed)
	list, err := s.EndedWithoutMoney(ctx, from.Add(time.Second), to)
	if err != nil || len(list) != 2 || list[0].ID != failed || list[1].ID != closed {
		t.Fatalf("%+v %v (not %d)", list, err, early)
	}
}

// The log must not grow without end: a statement that is left open would keep
// it from being folded in.
func TestTheLogIsFoldedIn(t *testing.T) {
	s := newShop(t)
	if err := s.write.script("PRAGMA wal_autocheckpoint = 50"); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		s.paid(100)
		s.detail(1_000_001)
	}
	info, err := os.Stat(s.path + "-wal")
	if err != nil || info.Size() > 2<<20 {
		t.Fatalf("%d bytes of log, %v", info.Size(), err)
	}
}

func kinds(events []Event) []EventKind {
	var list []EventKind
	for _, e := range events {
		list = append(list, e.Kind)
	}
	return list
}
