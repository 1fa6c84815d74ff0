package data

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// receptionist is somebody at the reception who does everything that can be
// done with deposits, in any order, and remembers what the money must come to.
type receptionist struct {
	*shop
	random *rand.Rand
	ids    []int64
	steps  []int64
	known  map[int64]*purse
	days   map[Day]DepositTotals // without opening and closing
	cash   map[Day]DepositTotals
	sales  *cashier // so that both share one journal
}

// purse is what the receptionist knows about the money of one deposit.
type purse struct{ held, captured, released, refunded payment.Amount }

func newReceptionist(s *shop, seed uint64) *receptionist {
	return &receptionist{shop: s, random: rand.New(rand.NewPCG(seed, 11)), known: map[int64]*purse{}, days: map[Day]DepositTotals{}, cash: map[Day]DepositTotals{},
		sales: newCashier(s, seed)}
}

// act does one thing. The ledger may refuse it; it may not get it wrong.
func (r *receptionist) act() {
	r.tb.Helper()
	switch n := r.random.IntN(20); {
	case n < 2 || len(r.ids) == 0:
		r.take()
	case n < 5:
		r.answerHold()
	case n < 11:
		r.ask()
	case n < 17:
		r.answerStep()
	case n == 17:
		if err := r.DecideLateDeposit(ctx, pick(r.random, r.ids), r.random.IntN(2) == 0, 0); err != nil {
			r.tb.Fatal(err)
		}
	case n == 18:
		r.sales.act()
	default:
		r.clock.at = r.clock.at.Add(time.Duration(r.random.Int64N(int64(30*time.Hour))) - 3*time.Hour)
	}
}

// book compares what a deposit holds now with what was known, and counts the
// difference on the day on which it was asked for.
func (r *receptionist) book(d Deposit, day Day) {
	r.tb.Helper()
	old := r.known[d.ID]
	now := purse{d.Held, d.Captured, d.Released, d.Refunded}
	if now.held < old.held || now.captured < old.captured || now.released < old.released || now.refunded < old.refunded {
		r.tb.Fatalf("deposit %d went from %+v to %+v", d.ID, *old, now)
	}
	if now.captured+now.released > now.held || now.refunded > now.captured {
		r.tb.Fatalf("deposit %d holds %+v", d.ID, now)
	}
	for _, days := range []map[Day]DepositTotals{r.days, r.cash} {
		t := days[day]
		t.Takes += int(number(now.held > old.held))
		t.Taken += now.held - old.held
		t.Captures += int(number(now.captured > old.captured))
		t.Captured += now.captured - old.captured
		t.Releases += int(number(now.released > old.released))
		t.Released += now.released - old.released
		t.Refunds += int(number(now.refunded > old.refunded))
		t.Refunded += now.refunded - old.refunded
		days[day] = t
		if d.Channel != payment.Cash {
			break
		}
	}
	*old = now
}

func (r *receptionist) take() {
	amount := payment.Amount(1 + r.random.IntN(20000))
	n := r.byCode(amount)
	if r.random.IntN(3) == 0 {
		n = r.inNotes(amount, amount+payment.Amount(r.random.IntN(100)))
	}
	n.Room = fmt.Sprint(301 + r.random.IntN(5))
	n.Guest = pick(r.random, []string{"", "王磊", "张伟", "O'Neil_100%"})
	d, existing, err := r.StartDeposit(ctx, n)
	if err != nil || existing {
		r.tb.Fatalf("start: existing %v, %v", existing, err)
	}
	r.ids = append(r.ids, d.ID)
	r.known[d.ID] = &purse{}
	r.book(d, d.Day)
}

func (r *receptionist) answerHold() {
	id := pick(r.random, r.ids)
	yes := r.random.IntN(2) == 0
	m := HoldMove{To: pick(r.random, payment.States), Code: pick(r.random, []string{"", "X"}), Reason: payment.ReasonOther, AddQueries: r.random.IntN(3),
		AuthNo: pick(r.random, []string{"", fmt.Sprintf("A%08d", id)}), HoldID: pick(r.random, []string{"", fmt.Sprintf("H%08d", id)}),
		PayerID: pick(r.random, []string{"", "2088"}), Payer: pick(r.random, []string{"", "159****1234"}), HeldAt: r.clock.at,
		AddCancels: r.random.IntN(2), Parked: &yes, CancelAsked: &yes, Print: r.random.IntN(2) == 0, PrintSkipped: r.random.IntN(4) == 0}
	if n := r.random.IntN(8); n < 5 {
		m.To = payment.StatePaid
	} else if n == 5 {
		m.To = ""
	}
	before := r.depositDetail(id)
	d, _, err := r.MoveHold(ctx, id, m)
	day := d.Day
	if before.Hold == payment.StatePaid { // the channel gave it free by itself, today
		day = r.Today()
	}
	if errors.Is(err, ErrTransition) || errors.Is(err, ErrOpenStep) {
		return
	}
	if err != nil {
		r.tb.Fatalf("hold %d from %s to %s: %v", id, before.Hold, m.To, err)
	}
	r.book(d, day)
}

func (r *receptionist) ask() {
	d := r.depositDetail(pick(r.random, r.ids))
	amount := payment.Amount(1 + r.random.IntN(1500))
	if r.random.IntN(8) == 0 && d.Left() > 0 {
		amount = d.Left()
	}
	n := pick(r.random, []NewStep{r.capture(d.Deposit, amount, false), r.capture(d.Deposit, amount, true), r.release(d.Deposit, amount)})
	if captures := slices.DeleteFunc(slices.Clone(d.Steps), func(s Step) bool { return s.Kind != StepCapture }); len(captures) > 0 && r.random.IntN(2) == 0 {
		n = r.giveBack(pick(r.random, captures), 1+amount/5)
	}
	after, s, existing, err := r.StartStep(ctx, n)
	for _, refusal := range []error{ErrNotHeld, ErrHoldTooMuch, ErrOpenStep, ErrNotPaid, ErrRefundTooMuch, ErrNumbersUsedUp} {
		if errors.Is(err, refusal) {
			return
		}
	}
	if err != nil || existing {
		r.tb.Fatalf("ask: existing %v, %v", existing, err)
	}
	r.steps = append(r.steps, s.ID)
	r.book(after, s.Day)
	if again, same, existing, err := r.StartStep(ctx, n); err != nil || !existing || same != s || again != after {
		r.tb.Fatalf("asked twice: %+v %v %v", same, existing, err)
	}
}

func (r *receptionist) answerStep() {
	if len(r.steps) == 0 {
		return
	}
	m := StepMove{To: pick(r.random, []payment.StepState{"", payment.RefundUnknown, payment.RefundDone, payment.RefundDone, payment.RefundRefused}),
		Why: payment.ReasonOther, Code: pick(r.random, []string{"", "X"}), TradeNo: pick(r.random, []string{"", "T"}), AddTries: 1, Print: r.random.IntN(2) == 0}
	d, s, _, err := r.MoveStep(ctx, pick(r.random, r.steps), m)
	if errors.Is(err, ErrTransition) || errors.Is(err, ErrHoldTooMuch) || errors.Is(err, ErrRefundTooMuch) {
		return
	}
	if err != nil {
		r.tb.Fatalf("step to %s: %v", m.To, err)
	}
	r.book(d, s.Day)
}

// check compares the ledger with what the receptionist remembers.
func (r *receptionist) check() {
	r.tb.Helper()
	report := r.mustVerify()
	if int(report.Deposits) != len(r.ids) || int(report.Steps) != len(r.steps) {
		r.tb.Fatalf("%+v, remembered %d deposits and %d steps", report, len(r.ids), len(r.steps))
	}
	var want DepositSums
	for id, p := range r.known {
		want.Rows++
		want.Held, want.Captured, want.Released, want.Refunded = want.Held+p.held, want.Captured+p.captured, want.Released+p.released, want.Refunded+p.refunded
		want.Open += int(number(p.held > p.captured+p.released))
		want.Unknown += int(number(r.depositDetail(id).State == DepositUnknown))
	}
	want.Left = want.Held - want.Captured - want.Released
	_, sums, err := r.Deposits(ctx, DepositFilter{})
	if err != nil || sums != want {
		r.tb.Fatalf("all deposits: %+v, remembered %+v, %v", sums, want, err)
	}
	if _, held, err := r.Deposits(ctx, DepositFilter{Held: true}); err != nil || held.Left != want.Left || held.Rows != want.Open {
		r.tb.Fatalf("held deposits: %+v, remembered %+v, %v", held, want, err)
	}
	r.checkDays(r.days, want, func(from, to Day) DepositTotals { return r.depositTotalsOf(from, to) })
	r.checkDays(r.cash, DepositSums{}, func(from, to Day) DepositTotals {
		t, err := r.DepositTotalsOf(ctx, payment.Cash, from, to)
		if err != nil {
			r.tb.Fatal(err)
		}
		return t
	})
	r.sales.check()
}

// checkDays goes through every business day: each begins with what the one
// before it ended with.
func (r *receptionist) checkDays(days map[Day]DepositTotals, now DepositSums, totals func(from, to Day) DepositTotals) {
	r.tb.Helper()
	var list []Day
	for day := range days {
		list = append(list, day)
	}
	slices.Sort(list)
	var held payment.Amount
	for _, day := range list {
		want := days[day]
		want.OpeningHeld = held
		held += want.Taken - want.Captured - want.Released
		want.ClosingHeld = held
		got := totals(day, day)
		if got.Held, got.Unknown = 0, 0; got != want {
			r.tb.Fatalf("day %s: %+v, remembered %+v", day, got, want)
		}
	}
	if got := totals("", "9999-99-99"); got.ClosingHeld != held || got.OpeningHeld != 0 {
		r.tb.Fatalf("all days: %+v, remembered %s", got, held)
	}
	if got := totals("", "9999-99-99"); now != (DepositSums{}) && (got.ClosingHeld != now.Left || got.Held != now.Open || got.Unknown != now.Unknown) {
		r.tb.Fatalf("now: %+v, remembered %+v", got, now)
	}
}

// Whatever a reception does, in whatever order, with whatever clock: what was
// captured and released never passes what was held, what was refunded never
// what was captured, every day adds up, and the books agree.
func TestRandomStays(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			r := newReceptionist(newShop(t), seed)
			for i := range 700 {
				r.act()
				if i%175 == 174 {
					r.reopen()
					r.check()
				}
			}
			// All of it has happened, or nothing is proved.
			if all := r.depositTotalsOf("", "9999-99-99"); len(r.steps) < 40 || all.Captures < 15 || all.Releases < 15 || all.Refunds < 8 || len(r.days) < 5 {
				t.Fatalf("only %d steps on %d days: %+v", len(r.steps), len(r.days), all)
			}
		})
	}
}
