package app_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// daySeed replays one day: FRONTDESK_DAY_SEED=17 go test ./app -run TestATillDay
const daySeed = "FRONTDESK_DAY_SEED"

// A day at the till, drawn from a seed: payments of every kind and outcome,
// refunds, double scans, cancels, parked payments, ends of the program, and a
// network that breaks in every way. What becomes of each is of no interest
// here; at the end the books agree to the fen.
func TestATillDay(t *testing.T) {
	everySeed(t, daySeed, everyWay, func(t *testing.T, on way, seed uint64) { newDay(t, on, seed).run(60) })
}

// everySeed runs f on each way with a seed that is always the same and one of
// this moment, or with that of the environment alone.
func everySeed(t *testing.T, name string, on func(*testing.T, func(*testing.T, way)), f func(t *testing.T, on way, seed uint64)) {
	seeds := []uint64{1, uint64(time.Now().UnixNano() % 1_000_000)}
	if s := os.Getenv(name); s != "" {
		seed, err := strconv.ParseUint(s, 10, 64)
		check(t, err)
		seeds = []uint64{seed}
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			on(t, func(t *testing.T, on way) {
				t.Logf("replay with %s=%d", name, seed)
				f(t, on, seed)
			})
		})
	}
}

// chancy is the pace of a world that chance rules: nobody waits long. A request
// counts as lost only when none can be on its way any more.
var chancy = pace{
	ask: 2 * time.Millisecond, pay: 40 * time.Millisecond, qr: 40 * time.Millisecond, request: 5 * time.Second, lost: 100 * time.Millisecond,
}

// day is a world that chance rules.
type day struct {
	*world
	seed   uint64
	chance *rand.Rand
	paid   []app.Payment // payments that ended paid, for refunds
	cash   payment.Amount
	acts   int
}

func newDay(t *testing.T, on way, seed uint64) *day {
	w := newWorld(t, on, chancy, paysim.Options{Slow: 10 * time.Millisecond, Password: 10 * time.Millisecond})
	return &day{world: w, seed: seed, chance: rand.New(rand.NewPCG(seed, 1))}
}

func (d *day) run(acts int) {
	for d.acts = range acts {
		d.breakWires()
		switch n := d.chance.IntN(100); {
		case n < 40:
			d.payByCode()
		case n < 55:
			d.payByQR()
		case n < 65:
			d.takeCash()
		case n < 72:
			d.paySplit()
		case n < 90:
			d.giveBack()
		case n < 95:
			d.restart()
		default:
			d.lineDown()
		}
		if d.Failed() {
			return
		}
	}
	d.sim.SetFault(nil)
	d.outlastPayments(d.till.OpenPayments()...)
	for end := time.Now().Add(time.Minute); len(d.till.OpenPayments())+len(d.till.OpenRefunds()) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			d.Fatalf("never ends: payments %+v, refunds %+v", d.till.OpenPayments(), d.till.OpenRefunds())
		}
	}
	d.audit()
	d.auditSums()
}

// breakWires lets the first calls of one act in four go wrong. What goes wrong
// depends on seed, act, method and count alone.
func (d *day) breakWires() {
	if d.chance.IntN(4) != 0 {
		d.sim.SetFault(nil)
		return
	}
	reach, act, seed := 1+d.chance.IntN(4), d.acts, d.seed
	d.sim.SetFault(func(method string, n int) paysim.Fault {
		if n > reach {
			return paysim.Fault{}
		}
		h := fnv.New64a()
		fmt.Fprint(h, act, method, n)
		chance := rand.New(rand.NewPCG(seed, h.Sum64()))
		if chance.IntN(2) == 0 {
			return paysim.Fault{}
		}
		fault := d.way.noTo(method)
		fault.Kind = paysim.FaultKinds[chance.IntN(len(paysim.FaultKinds))]
		fault.Hold = time.Duration(chance.IntN(5)) * time.Millisecond
		return fault
	})
}

func (d *day) amount() payment.Amount { return payment.Amount(1 + d.chance.IntN(30_000)) }

func (d *day) scenario() int {
	if d.chance.IntN(3) == 0 {
		return 1
	}
	return paysim.Scenarios[d.chance.IntN(len(paysim.Scenarios))].Number
}

// leave waits for the end of a payment, cancels it, or puts it aside. Whoever
// does not pay and cannot be cancelled is outlasted.
func (d *day) leave(p app.Payment) {
	switch d.chance.IntN(8) {
	case 0:
		check(d, d.till.Park(d.Context(), p.Tender.ID))
		return
	case 1:
		if _, err := d.till.Cancel(d.Context(), p.Tender.ID); err != nil {
			d.problem(err, app.ProblemNoCancel)
		}
	}
	d.outlastPayments(p)
	if p = d.finish(p); p.Phase == app.PhasePaid {
		d.paid = append(d.paid, p)
	}
}

func (d *day) payByCode() {
	charge := app.Charge{Draft: newDraft(), Amount: d.amount()}
	code := d.code(d.scenario())
	p, err := d.till.PayByCode(d.Context(), charge, code)
	check(d, err)
	for range d.chance.IntN(3) { // the scanner's trigger sticks
		again, err := d.till.PayByCode(d.Context(), charge, code)
		check(d, err)
		if again.Tender.ID != p.Tender.ID && !p.Phase.Final() {
			// A payment that has failed meanwhile may be tried again.
			if first, err := d.till.Payment(d.Context(), p.Tender.ID); err != nil || !first.Phase.Final() {
				d.Fatalf("one scan made the tenders %d and %d", p.Tender.ID, again.Tender.ID)
			}
			p = again
		}
	}
	d.leave(p)
}

func (d *day) payByQR() {
	p := d.show(d.amount())
	if p.QRText != "" && d.chance.IntN(4) != 0 {
		outcomes := []int{1, 1, 2, 3, 12, 13}
		// The QR may have ended in this moment; then the phone says so.
		_ = d.sim.ScanQR(p.QRText, outcomes[d.chance.IntN(len(outcomes))])
	}
	d.leave(p)
}

func (d *day) takeCash() {
	amount := d.amount()
	p, err := d.till.TakeCash(d.Context(), app.Charge{Draft: newDraft(), Amount: amount}, amount+d.amount())
	check(d, err)
	d.cash += amount
	d.paid = append(d.paid, p)
}

func (d *day) paySplit() {
	amount := d.amount() + 1
	charge := app.Charge{Draft: newDraft(), Amount: amount, Part: 1 + payment.Amount(d.chance.IntN(int(amount-1)))}
	_, err := d.till.TakeCash(d.Context(), charge, charge.Part)
	check(d, err)
	d.cash += charge.Part
	charge.Part = 0
	p, err := d.till.PayByCode(d.Context(), charge, d.code(d.scenario()))
	check(d, err)
	d.leave(p)
}

func (d *day) giveBack() {
	if len(d.paid) == 0 {
		return
	}
	p := d.paid[d.chance.IntN(len(d.paid))]
	detail, err := d.ledger.SaleByID(d.Context(), p.Sale.ID)
	check(d, err)
	left := app.Refundable(detail)
	if left == 0 {
		return
	}
	amount := 1 + payment.Amount(d.chance.IntN(int(left)))
	refunds, err := d.till.GiveBack(d.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: amount, Reason: "顾客退货"})
	check(d, err)
	sum := payment.Amount(0)
	for _, r := range refunds {
		sum += r.Amount
		if r.Channel == payment.Cash {
			d.cash -= r.Amount
		}
		if d.chance.IntN(6) != 0 {
			d.finishRefund(r.ID)
		}
	}
	if sum != amount {
		d.Fatalf("a refund of %s became %s", amount, sum)
	}
}

// lineDown takes the network away for as long as a payment or two take.
func (d *day) lineDown() {
	check(d, d.sim.Offline(true))
	p := d.scan(d.amount(), d.scenario())
	time.Sleep(time.Duration(d.chance.IntN(60)) * time.Millisecond)
	check(d, d.sim.Offline(false))
	d.leave(p)
}

// auditSums compares the summary that a manager reads with the simulator's
// truth and with the cash that was handed over.
func (d *day) auditSums() {
	sum, err := d.ledger.Summary(d.Context(), "2000-01-01", "2999-12-31")
	check(d, err)
	net := map[payment.ChannelName]payment.Amount{}
	for _, c := range sum.Channels {
		net[c.Channel] = c.Net()
	}
	if truth := d.sim.Truth().Net(); net[d.way.channel] != truth || net[payment.Cash] != d.cash {
		d.Errorf("the summary has %s of the channel and %s in cash; the truth is %s and %s", net[d.way.channel], net[payment.Cash], truth, d.cash)
	}
	if _, totals, err := d.ledger.Sales(d.Context(), data.Filter{}); err != nil || totals.Unknown != 0 {
		d.Errorf("%d payments are unknown at the end of the day, %v", totals.Unknown, err)
	}
}
