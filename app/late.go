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

// lookLate finds money that arrived after the cashier had been told that it
// would not. The ledger marks the sale; a person decides what becomes of it.
func (t *Till) lookLate() {
	done := map[int64]int{} // tender -> how many of lateChecks it has had
	for t.sleep(lateEvery, nil) {
		now := time.Now()
		for _, tender := range t.endedWithoutMoney(now, lateChecks[0]) {
			due := 0
			for due < len(lateChecks) && now.Sub(tender.EndedAt) >= lateChecks[due] {
				due++
			}
			if due > done[tender.ID] && t.checkLate(tender) {
				done[tender.ID] = due
			}
		}
	}
}

// CheckLate asks once about every payment that ended without money at least age
// ago, and not so long ago that nothing can come any more. A till that stays
// does so by itself; this is for a program that does not. What it finds asks
// for attention.
func (t *Till) CheckLate(ctx context.Context, age time.Duration) {
	for _, tender := range t.endedWithoutMoney(time.Now(), age) {
		if ctx.Err() != nil {
			return
		}
		t.checkLate(tender)
	}
}

func (t *Till) endedWithoutMoney(now time.Time, age time.Duration) []data.Tender {
	last := lateChecks[len(lateChecks)-1]
	tenders, err := t.ledger.EndedWithoutMoney(t.ctx, now.Add(-2*last), now.Add(-age))
	if err != nil {
		t.log.Warn("late payments cannot be looked for", "err", err)
	}
	return tenders
}

// checkLate asks the channel about one ended tender; it reports whether the
// channel answered.
func (t *Till) checkLate(tender data.Tender) bool {
	ch, ok := t.channel(tender.Channel)
	if !ok || t.ctx.Err() != nil {
		return false
	}
	o := ch.Query(t.ctx, orderOf(tender))
	t.heard(o.Result != payment.Unknown, o.Result == payment.Unknown && isOffline(o.Detail))
	if o.Result != payment.Paid {
		return o.Result != payment.Unknown
	}
	t.log.Warn("late payment", "order", tender.OutTradeNo, "amount", tender.Amount.String())
	sale, moved, _, err := t.ledger.MoveTender(t.ctx, tender.ID, data.Move{
		To: payment.StatePaid, TradeNo: o.TradeNo, Payer: o.Payer, PaidAt: o.PaidAt, AddQueries: 1,
		Print: true, PrintSkipped: true,
		Events: []data.NewEvent{{Kind: data.EventLatePaid, Amount: tender.Amount}},
	})
	if err != nil {
		t.log.Error("late payment cannot be written", "order", tender.OutTradeNo, "err", err)
		return false
	}
	t.notify(Payment{Sale: sale, Tender: moved, Phase: phaseOf(moved.State, moved.CancelAsked), Left: left(sale), Since: moved.CreatedAt})
	return true
}
