package data

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
)

// A stay as the reception sees it: the deposit on the first evening, the
// check-out two days later, with breakfast taken out and the rest given back.
func TestAStay(t *testing.T) {
	s := newShop(t)
	first := s.Today()
	n := s.byCode(50000)
	d := s.take(n)
	if d.ReceiptNo != "51000001" || d.State != DepositPending || d.Held != 0 || d.OutOrderNo == d.RequestNo || d.Staff.ID != OwnerID || d.Day != first {
		t.Fatalf("%+v", d)
	}
	if open, err := s.OpenHolds(ctx); err != nil || len(open) != 1 || open[0] != d {
		t.Fatalf("open holds: %+v %v", open, err)
	}
	d = s.moveHeld(d.ID, HoldMove{To: payment.StatePending, AuthNo: "A1", Events: []NewEvent{{Kind: EventPassword}}})
	if d.State != DepositPending || d.AuthNo != "A1" {
		t.Fatalf("waiting: %+v", d)
	}
	d = s.moveHeld(d.ID, s.isHeldNow(d))
	if d.State != DepositHeld || d.Left() != 50000 || d.HeldAt != noon || d.EndedAt != noon || d.AuthNo == "A1" || d.Room != "306" || d.Nights != 2 {
		t.Fatalf("held: %+v", d)
	}
	if open, err := s.OpenHolds(ctx); err != nil || len(open) != 0 {
		t.Fatalf("open holds: %+v %v", open, err)
	}
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	last := s.Today()
	capture := s.begin(s.capture(d, 13800, true))
	if capture.State != payment.RefundCreated || capture.Rest != 36200 || !payment.IsOrderNo(capture.Number) || capture.Number == d.OutOrderNo || capture.Day != last {
		t.Fatalf("capture: %+v", capture)
	}
	if open, err := s.OpenSteps(ctx); err != nil || len(open) != 1 || open[0] != capture {
		t.Fatalf("open steps: %+v %v", open, err)
	}
	d, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundUnknown, Code: "20000", AddTries: 1})
	if d.State != DepositUnknown || d.Captured != 0 || d.Left() != 50000 {
		t.Fatalf("unknown: %+v", d)
	}
	d, capture = s.moveStepTo(capture.ID, StepMove{To: payment.RefundDone, TradeNo: "T1", Code: "10000", AddTries: 1, Print: true})
	if d.State != DepositCaptured || d.Captured != 13800 || d.Released != 36200 || d.Left() != 0 || capture.Tries != 2 || capture.TradeNo != "T1" {
		t.Fatalf("done: %+v %+v", d, capture)
	}
	refund := s.begin(s.giveBack(capture, 1000))
	d, _ = s.moveStepTo(refund.ID, StepMove{To: payment.RefundDone, Print: true})
	if d.State != DepositCaptured || d.Refunded != 1000 || refund.Number != capture.Number+"R001" {
		t.Fatalf("refunded: %+v %+v", d, refund)
	}
	whole := s.depositDetail(d.ID)
	if whole.Deposit != d || len(whole.Steps) != 2 || whole.Steps[0].Refunded != 1000 {
		t.Fatalf("%+v", whole)
	}
	want := []EventKind{EventCreated, EventPassword, EventHeld, EventCaptureAsked, EventCaptureUnknown, EventCaptured, EventReleased, EventRefundAsked, EventRefunded}
	if got := kinds(whole.Events); !slices.Equal(got, want) {
		t.Fatalf("timeline: %v", got)
	}
	var papers []PrintKind
	for _, p := range whole.Prints {
		papers = append(papers, p.Kind)
		if p.Drawer || p.ReceiptNo != d.ReceiptNo || p.DepositID != d.ID {
			t.Errorf("%+v", p)
		}
	}
	if !slices.Equal(papers, []PrintKind{PrintDeposit, PrintCheckout, PrintRefund}) {
		t.Fatalf("papers: %v", papers)
	}
	if got, want := s.depositTotalsOf(first, first), (DepositTotals{Takes: 1, Taken: 50000, ClosingHeld: 50000}); got != want {
		t.Errorf("the first day: %+v", got)
	}
	if got, want := s.depositTotalsOf(last, last), (DepositTotals{OpeningHeld: 50000, Captures: 1, Captured: 13800, Releases: 1, Released: 36200,
		Refunds: 1, Refunded: 1000}); got != want {
		t.Errorf("the last day: %+v", got)
	}
	// Sales know nothing of it.
	if sum, err := s.Summary(ctx, first, last); err != nil || len(sum.Channels) != 0 || sum.Totals != (Totals{}) {
		t.Errorf("sales: %+v %v", sum, err)
	}
	if r := s.mustVerify(); r.Deposits != 1 || r.Steps != 2 {
		t.Errorf("%+v", r)
	}
}

func TestTheLifeOfAHold(t *testing.T) {
	held := HoldMove{To: payment.StatePaid, AuthNo: "A", HoldID: "H", PayerID: "2088", Payer: "159****1234", HeldAt: noon, Code: "10000"}
	no := func(to payment.State) HoldMove { return HoldMove{To: to, Reason: payment.ReasonBalance, Code: "X"} }
	for name, c := range map[string]struct {
		moves     []HoldMove
		state     DepositState
		attention Attention
		held      payment.Amount
		journal   []string
		last      EventKind
	}{
		"held":                 {[]HoldMove{held}, DepositHeld, "", 1000, []string{journalHold}, EventHeld},
		"held after a doubt":   {[]HoldMove{no(payment.StateUnknown), held}, DepositHeld, "", 1000, []string{journalHold}, EventHeld},
		"waits":                {[]HoldMove{no(payment.StatePending)}, DepositPending, "", 0, nil, EventCreated},
		"in doubt":             {[]HoldMove{no(payment.StateUnknown)}, DepositUnknown, "", 0, nil, EventUnknown},
		"refused":              {[]HoldMove{no(payment.StateFailed)}, DepositFailed, "", 0, nil, EventHoldFailed},
		"closed":               {[]HoldMove{no(payment.StateClosed)}, DepositClosed, "", 0, nil, EventHoldClosed},
		"cancelled too late":   {[]HoldMove{no(payment.StateUnknown), no(payment.StateReversed)}, DepositReleased, "", 0, nil, EventHoldReversed},
		"held late":            {[]HoldMove{no(payment.StateFailed), held}, DepositHeld, AttentionLatePaid, 1000, []string{journalLateHold}, EventLateHeld},
		"given free by itself": {[]HoldMove{held, no(payment.StateReversed)}, DepositReleased, AttentionTaken, 1000, []string{journalHold, journalHoldTaken}, EventHoldTaken},
		"held again":           {[]HoldMove{held, held}, DepositHeld, "", 1000, []string{journalHold}, EventHeld},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			d := s.take(s.byCode(1000))
			for _, m := range c.moves {
				s.moveHeld(d.ID, m)
			}
			got := s.depositDetail(d.ID)
			if got.State != c.state || got.Attention != c.attention || got.Held != c.held || got.Late != (c.attention == AttentionLatePaid) {
				t.Errorf("%+v", got.Deposit)
			}
			if final := got.Hold.Final(); final == got.EndedAt.IsZero() {
				t.Errorf("%s ended at %s", got.Hold, got.EndedAt)
			}
			if last := got.Events[len(got.Events)-1].Kind; last != c.last {
				t.Errorf("timeline ends with %s", last)
			}
			var journal []string
			for _, r := range s.journalRows()[1:] { // behind the opening of the shift
				journal = append(journal, r.kind)
			}
			if !slices.Equal(journal, c.journal) {
				t.Errorf("journal: %v", journal)
			}
			asking, err := s.AttentionDeposits(ctx)
			if err != nil || (len(asking) == 1) != (c.attention != "") {
				t.Errorf("asking: %+v %v", asking, err)
			}
			s.mustVerify()
		})
	}
}

// Every way that the rules of a payment's states do not know is refused, and
// leaves the deposit as it was.
func TestAHoldMovesOnlyAsAPaymentMay(t *testing.T) {
	ways := map[payment.State][]payment.State{
		payment.StateCreated: {}, payment.StatePending: {payment.StatePending}, payment.StateUnknown: {payment.StateUnknown},
		payment.StatePaid: {payment.StatePaid}, payment.StateFailed: {payment.StateFailed}, payment.StateClosed: {payment.StateClosed},
		payment.StateReversed: {payment.StateReversed},
	}
	s := newShop(t)
	for from, way := range ways {
		for _, to := range payment.States {
			d := s.take(s.byCode(1000))
			for _, step := range way {
				d = s.moveHeld(d.ID, HoldMove{To: step})
			}
			_, changed, err := s.MoveHold(ctx, d.ID, HoldMove{To: to})
			switch {
			case from == to && (err != nil || changed):
				t.Errorf("%s again: %v, changed %v", from, err, changed)
			case from != to && from.CanBecome(to) != (err == nil):
				t.Errorf("%s to %s: %v", from, to, err)
			case err != nil && !errors.Is(err, ErrTransition):
				t.Errorf("%s to %s: %v", from, to, err)
			case err != nil && s.depositDetail(d.ID).Deposit != d:
				t.Errorf("%s to %s left a trace", from, to)
			}
		}
	}
	s.mustVerify()
}

// What the journal has proved about a hold stays. What was missing is added.
func TestNumbersOfAHoldAreAddedAndNeverReplaced(t *testing.T) {
	s := newShop(t)
	d := s.take(s.byCode(1000))
	yes := true
	d = s.moveHeld(d.ID, HoldMove{To: payment.StatePaid, AuthNo: "A", HeldAt: noon, Code: "10000"})
	d = s.moveHeld(d.ID, HoldMove{AuthNo: "B", HoldID: "H", Code: "X", Reason: payment.ReasonOther, AddQueries: 2, AddCancels: 1, Parked: &yes, CancelAsked: &yes,
		Events: []NewEvent{{Kind: EventQueried, Detail: "2"}}})
	if d.AuthNo != "A" || d.HoldID != "H" || d.Code != "10000" || d.Reason != "" || d.Queries != 2 || d.Cancels != 1 || !d.Parked || !d.CancelAsked {
		t.Fatalf("%+v", d)
	}
	s.moveHeld(d.ID, HoldMove{HoldID: "I", PayerID: "2088"})
	if got := s.depositDetail(d.ID); got.HoldID != "H" || got.PayerID != "2088" {
		t.Fatalf("%+v", got.Deposit)
	}
	if rows := s.journalRows()[1:]; len(rows) != 3 || rows[1].kind != journalHoldNamed || rows[2].kind != journalHoldNamed {
		t.Fatalf("%+v", rows)
	}
	s.mustVerify()
}

func TestADepositInCash(t *testing.T) {
	s := newShop(t)
	d := s.take(s.inNotes(20000, 30000))
	if d.State != DepositHeld || d.Held != 20000 || d.Change != 10000 || d.Hold != payment.StatePaid || d.HeldAt != noon {
		t.Fatalf("%+v", d)
	}
	capture := s.begin(s.capture(d, 5000, false))
	if capture.State != payment.RefundDone || capture.EndedAt != noon {
		t.Fatalf("%+v", capture)
	}
	s.begin(s.giveBack(capture, 500))
	s.begin(s.release(d, 1000))
	s.begin(s.capture(d, 4000, true))
	got := s.depositDetail(d.ID)
	if got.State != DepositCaptured || got.Captured != 9000 || got.Released != 11000 || got.Refunded != 500 {
		t.Fatalf("%+v", got.Deposit)
	}
	// The drawer opens whenever notes go in or out, and only then.
	var drawers []bool
	for _, p := range got.Prints {
		drawers = append(drawers, p.Drawer)
	}
	if !slices.Equal(drawers, []bool{true, false, true, true, true}) {
		t.Fatalf("drawer: %v of %+v", drawers, got.Prints)
	}
	s.held(7000)
	day := s.Today()
	cash, err := s.DepositTotalsOf(ctx, payment.Cash, day, day)
	if want := (DepositTotals{Takes: 1, Taken: 20000, Captures: 2, Captured: 9000, Releases: 2, Released: 11000, Refunds: 1, Refunded: 500}); err != nil || cash != want {
		t.Fatalf("cash: %+v %v", cash, err)
	}
	if all := s.depositTotalsOf(day, day); all.Taken != 27000 || all.ClosingHeld != 7000 || all.Held != 1 {
		t.Fatalf("all: %+v", all)
	}
	for _, to := range payment.States {
		if _, _, err := s.MoveHold(ctx, d.ID, HoldMove{To: to}); (err == nil) != (to == payment.StatePaid) || (err != nil && !errors.Is(err, ErrTransition)) {
			t.Errorf("notes became %s: %v", to, err)
		}
	}
	s.mustVerify()
}

func TestDepositRefuses(t *testing.T) {
	s := newShop(t)
	for name, c := range map[string]struct {
		change func(*NewDeposit)
		want   error
	}{
		"no intent":            {func(n *NewDeposit) { n.IntentID = "" }, ErrInvalid},
		"nothing":              {func(n *NewDeposit) { n.Amount = 0 }, ErrInvalid},
		"less than nothing":    {func(n *NewDeposit) { n.Amount = -1 }, ErrInvalid},
		"no channel":           {func(n *NewDeposit) { n.Channel = "" }, ErrInvalid},
		"cash by code":         {func(n *NewDeposit) { n.Channel = payment.Cash }, ErrInvalid},
		"notes for Alipay":     {func(n *NewDeposit) { n.Tendered, n.Change = 1000, 0 }, ErrInvalid},
		"less than no nights":  {func(n *NewDeposit) { n.Nights = -1 }, ErrInvalid},
		"unknown staff":        {func(n *NewDeposit) { n.StaffID = 7 }, ErrNotFound},
		"a whole pay code":     {func(n *NewDeposit) { n.MaskedCode = "281234567890123456" }, ErrInvalid},
		"notes too few":        {func(n *NewDeposit) { *n = s.inNotes(1000, 1000); n.Tendered = 900 }, ErrInvalid},
		"notes and no change":  {func(n *NewDeposit) { *n = s.inNotes(1000, 2000); n.Change = 0 }, ErrInvalid},
		"notes and a bad one":  {func(n *NewDeposit) { *n = s.inNotes(1000, 2000); n.Change = -1000 }, ErrInvalid},
		"a method of its own":  {func(n *NewDeposit) { n.Method = "barter" }, ErrInvalid},
		"more than any amount": {func(n *NewDeposit) { n.Amount = payment.MaxAmount + 1 }, ErrInvalid},
	} {
		n := s.byCode(1000)
		c.change(&n)
		if _, _, err := s.StartDeposit(ctx, n); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Nothing of it has used a number up.
	if d := s.take(s.byCode(1000)); d.ReceiptNo != "51000001" {
		t.Errorf("receipt %s", d.ReceiptNo)
	}
	s.mustVerify()
}

func TestTheSameIntentIsOneDeposit(t *testing.T) {
	s := newShop(t)
	n := s.byCode(1000)
	var wg sync.WaitGroup
	var made atomic.Int32
	for range 50 {
		wg.Go(func() {
			d, existing, err := s.StartDeposit(ctx, n)
			if err != nil || d.ID != 51000001 {
				t.Errorf("%+v %v", d, err)
			}
			if !existing {
				made.Add(1)
			}
		})
	}
	wg.Wait()
	if _, sums, err := s.Deposits(ctx, DepositFilter{}); made.Load() != 1 || sums.Rows != 1 || err != nil {
		t.Fatalf("%d made, %+v, %v", made.Load(), sums, err)
	}
	// It returns the deposit as it is now.
	s.moveHeld(51000001, HoldMove{To: payment.StatePaid})
	if d, existing, err := s.StartDeposit(ctx, n); err != nil || !existing || d.State != DepositHeld {
		t.Fatalf("%+v %v %v", d, existing, err)
	}
	n.Amount = 999
	if _, _, err := s.StartDeposit(ctx, n); !errors.Is(err, ErrIntentMismatch) {
		t.Fatalf("same intent, other amount: %v", err)
	}
}

// Deposits count by themselves, without a gap, whatever became of each.
func TestNumbersOfDeposits(t *testing.T) {
	s := newShop(t)
	seen := map[string]bool{}
	for i := range 30 {
		sale, _ := s.start(s.scan(100))
		d := s.take(s.byCode(100))
		if i%3 == 0 {
			s.moveHeld(d.ID, HoldMove{To: payment.StateFailed})
		}
		if want := fmt.Sprintf("51%06d", i+1); d.ReceiptNo != want || KindOfReceipt(d.ReceiptNo) != ReceiptDeposit || KindOfReceipt(sale.ReceiptNo) != ReceiptSale {
			t.Fatalf("deposit %s beside sale %s, want %s", d.ReceiptNo, sale.ReceiptNo, want)
		}
		for _, number := range []string{d.OutOrderNo, d.RequestNo} {
			if _, wallet := payment.Recognise(number); seen[number] || wallet != payment.WalletNone || len(number) > 32 {
				t.Fatalf("%s comes twice, is a pay code, or is too long", number)
			}
			seen[number] = true
		}
	}
	if err := s.change(ctx, func(x *tx) error {
		_, err := x.exec(`INSERT INTO deposits SELECT 51999999, day, created_at, staff_id, 'last', channel, method, wallet, 'last', 'last', auth_no, hold_id, payer_id, payer,
			masked_code, amount, tendered, change, held, captured, released, refunded, hold, state, attention, reason, code, room, guest, phone, nights, remark,
			cancel_asked, parked, held_at, ended_at, late, queries, cancels, shift_id FROM deposits WHERE id = 51000001`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.StartDeposit(ctx, s.byCode(100)); !errors.Is(err, ErrNumbersUsedUp) {
		t.Fatalf("one behind the last: %v", err)
	}
}

func TestKindOfReceipt(t *testing.T) {
	for number, want := range map[string]ReceiptKind{
		"01000001": ReceiptSale, "49999999": ReceiptSale, "51000001": ReceiptDeposit, "99000001": ReceiptDeposit,
		"": ReceiptNone, "5100000": ReceiptNone, "510000011": ReceiptNone, "5100000x": ReceiptNone, "FD01261121143326006128007": ReceiptNone,
	} {
		if got := KindOfReceipt(number); got != want {
			t.Errorf("%q is of kind %q, want %q", number, got, want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "ledger.db"), Options{Key: testKey, Till: 50}); !errors.Is(err, ErrInvalid) {
		t.Errorf("a till whose sales have the numbers of deposits: %v", err)
	}
}

func TestDecideLateDeposit(t *testing.T) {
	for name, keep := range map[string]bool{"kept": true, "given back": false} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			d := s.take(s.byCode(1000))
			s.moveHeld(d.ID, HoldMove{To: payment.StateClosed, Reason: payment.ReasonTimeout})
			s.moveHeld(d.ID, s.isHeldNow(d))
			for range 2 { // a second press changes nothing
				if err := s.DecideLateDeposit(ctx, d.ID, keep, 0); err != nil {
					t.Fatal(err)
				}
			}
			got := s.depositDetail(d.ID)
			rows := s.journalRows()[1:]
			want := map[bool]string{true: journalKept, false: journalGiveBack}[keep]
			if got.Attention != "" || !got.Late || len(rows) != 2 || rows[1].kind != want || rows[1].detail != string(AttentionLatePaid) {
				t.Fatalf("%+v %+v", got.Deposit, rows)
			}
			if last := got.Events[len(got.Events)-1].Kind; (last == EventKept) != keep {
				t.Fatalf("timeline ends with %s", last)
			}
			s.mustVerify()
		})
	}
	s := newShop(t)
	if err := s.DecideLateDeposit(ctx, 51000009, true, 0); !errors.Is(err, ErrNotFound) {
		t.Fatalf("no such deposit: %v", err)
	}
}

// Each event of a deposit has its words, in the language's own file.
func TestEventsOfDepositsHaveWords(t *testing.T) {
	events := []EventKind{EventHeld, EventLateHeld, EventHoldFailed, EventHoldClosed, EventHoldReversed, EventHoldTaken, EventCaptureAsked, EventCaptureUnknown,
		EventCaptured, EventCaptureRefused, EventReleaseAsked, EventReleaseUnknown, EventReleased, EventReleaseRefused}
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		for _, e := range append(events, EventPrinted+"."+EventKind(PrintDeposit), EventPrinted+"."+EventKind(PrintCheckout)) {
			if !words.Has("event." + string(e)) {
				t.Errorf("%s: no words for %s", language, e)
			}
		}
	}
}
