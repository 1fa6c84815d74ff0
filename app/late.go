package app

import (
	"context"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// lateChecks are the ages at which a payment that ended without money is asked
// about once more: a channel can still book a request that was on its way when
// the order was closed, and a QR that was cancelled before anybody scanned it
// may stay alive for its few minutes.
var lateChecks = []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute, 2 * time.Hour}

// lateEvery is the pause between two looks for payments that reached such an age.
const lateEvery = 5 * time.Second

// ended is a line that ended without money and may get some yet.
type ended struct {
	key  string // names it for as long as the program runs
	at   time.Time
	line line
}

// lookLate finds money that arrived after the cashier had been told that it
// would not. The ledger marks the sale or deposit; a person decides what
// becomes of it.
func (t *Till) lookLate() {
	done := map[string]int{} // key -> how many of lateChecks it has had
	for t.sleep(lateEvery, nil) {
		now := time.Now()
		for _, e := range t.endedWithoutMoney(now, lateChecks[0]) {
			due := 0
			for due < len(lateChecks) && now.Sub(e.at) >= lateChecks[due] {
				due++
			}
			if due > done[e.key] && t.checkLate(e.line) {
				done[e.key] = due
			}
		}
	}
}

// CheckLate asks once about every payment and hold that ended without money at
// least age ago, and not so long ago that nothing can come any more. A till that
// stays does so by itself; this is for a program that does not. What it finds
// asks for attention.
func (t *Till) CheckLate(ctx context.Context, age time.Duration) {
	for _, e := range t.endedWithoutMoney(time.Now(), age) {
		if ctx.Err() != nil {
			return
		}
		t.checkLate(e.line)
	}
}

func (t *Till) endedWithoutMoney(now time.Time, age time.Duration) (list []ended) {
	last := lateChecks[len(lateChecks)-1]
	after, before := now.Add(-2*last), now.Add(-age)
	tenders, err := t.ledger.EndedWithoutMoney(t.ctx, after, before)
	if err != nil {
		t.log.Warn("late payments cannot be looked for", "err", err)
	}
	for _, tender := range tenders {
		list = append(list, ended{tender.OutTradeNo, tender.EndedAt, &tenderLine{till: t, tender: tender}})
	}
	holds, err := t.ledger.EndedHolds(t.ctx, after, before)
	if err != nil {
		t.log.Warn("late deposits cannot be looked for", "err", err)
	}
	for _, d := range holds {
		list = append(list, ended{d.OutOrderNo, d.EndedAt, &holdLine{till: t, deposit: d}})
	}
	return list
}

// checkLate asks the channel about one ended line; it reports whether the
// channel answered.
func (t *Till) checkLate(l line) bool {
	ch, ok := l.asker()
	if !ok || t.ctx.Err() != nil {
		return false
	}
	order := l.row().order
	o := ch.Query(t.ctx, order)
	t.heard(l.row().channel, o.Result != payment.Unknown, o.Result == payment.Unknown && isOffline(o.Detail))
	if o.Result != payment.Paid {
		return o.Result != payment.Unknown
	}
	t.log.Warn("late money", "order", order.OutTradeNo, "amount", order.Amount.String())
	err := l.move(t.ctx, data.Move{
		To: payment.StatePaid, TradeNo: o.TradeNo, Payer: o.Payer, PaidAt: o.PaidAt, Discount: o.Discount, AddQueries: 1,
		Print: true, PrintSkipped: true,
		Events: []data.NewEvent{{Kind: data.EventLatePaid, Amount: order.Amount}},
	})
	if err != nil {
		t.log.Error("late money cannot be written", "order", order.OutTradeNo, "err", err)
		return false
	}
	l.show(glance{})
	return true
}
