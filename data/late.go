package data

import (
	"context"
	"fmt"
	"time"

	"frontdesk/payment"
)

// lateReach is how many of the newest tenders EndedWithoutMoney looks through.
// It bounds the work without an index; no counter makes more in a few hours.
const lateReach = 5000

// EndedWithoutMoney are the channels' tenders among the newest ones that ended
// failed or closed between after and before, oldest first: those for which
// money may still arrive late.
func (l *Ledger) EndedWithoutMoney(ctx context.Context, after, before time.Time) (list []Tender, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanTender, "SELECT "+tenderColumns+` FROM tenders t
			WHERE t.id > (SELECT coalesce(max(id), 0) FROM tenders) - ?
			  AND t.state IN (?, ?) AND t.method <> ? AND t.ended_at BETWEEN ? AND ? ORDER BY t.id`,
			lateReach, string(payment.StateFailed), string(payment.StateClosed), string(payment.MethodCash),
			after.UnixMilli(), before.UnixMilli())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read tenders that ended without money: %w", err)
	}
	return list, nil
}
