package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// backOffice gives a part of a deposit free where the till does not see it.
func (w *world) backOffice(d app.Deposit, amount payment.Amount) {
	w.Helper()
	d.Deposit = w.depositDetail(d.ID).Deposit
	no := "BACKOFFICE" + d.ReceiptNo
	if n, ok := w.channel.(payment.Numbered); ok {
		no = n.OrderPrefix() + no
	}
	out := w.channel.(payment.Holder).Release(w.Context(), payment.ReleaseRequest{
		Hold: payment.Hold{OutOrderNo: d.OutOrderNo, RequestNo: d.RequestNo, AuthNo: d.AuthNo, HoldID: d.HoldID, PayerID: d.PayerID,
			Amount: d.Amount, Wallet: d.Wallet},
		ReleaseNo: no, Release: amount,
	})
	if out.State != payment.RefundDone {
		w.Fatalf("the back office: %+v", out)
	}
}

// taken wants somebody to be told of a deposit that the channel took away.
func (w *world) taken(id int64) {
	w.Helper()
	found, err := w.ledger.AttentionDeposits(w.Context())
	check(w, err)
	if len(found) != 1 || found[0].ID != id || found[0].Attention != data.AttentionTaken || found[0].Hold != payment.StateReversed {
		w.Fatalf("asking for attention: %+v", found)
	}
	check(w, w.till.KeepLateDeposit(w.Context(), id))
}

// Somebody gives the deposit free in the merchant's back office. The till
// learns of it when the channel refuses the check-out, and books it.
func TestADepositThatTheChannelGaveFree(t *testing.T) {
	t.Run("before the check-out", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			w.backOffice(d, 50000)
			s := w.capture(d, 13800, false)
			if s.State != payment.RefundRefused || s.Why != payment.ReasonHoldClosed {
				t.Errorf("the capture ended %s because of %q", s.State, s.Why)
			}
			waitFor(t, func() bool { return w.depositDetail(d.ID).State == data.DepositReleased })
			w.stands(d.ID, data.DepositReleased, 0, 50000, 0)
			w.taken(d.ID)
			w.audit()
		})
	})
	t.Run("after a capture", func(t *testing.T) {
		waysThat(t, func(on way) bool { return on.holds.KeepRest }, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			w.capture(d, 13800, true)
			w.backOffice(d, 36200)
			if s := w.release(d, 0); s.State != payment.RefundRefused || s.Why != payment.ReasonHoldClosed {
				t.Errorf("the release ended %s because of %q", s.State, s.Why)
			}
			waitFor(t, func() bool { return w.depositDetail(d.ID).Left() == 0 })
			w.stands(d.ID, data.DepositCaptured, 13800, 36200, 0)
			w.taken(d.ID)
			w.audit()
		})
	})
	t.Run("asked by hand, at first without a network", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			w.backOffice(d, 50000)
			check(t, w.sim.Offline(true))
			if now, err := w.till.CheckHeld(t.Context(), d.ID); err != nil || now.Hold != payment.StatePaid {
				t.Errorf("without an answer: %+v, %v", now, err)
			}
			check(t, w.sim.Offline(false))
			if now, err := w.till.CheckHeld(t.Context(), d.ID); err != nil || now.State != data.DepositReleased {
				t.Errorf("with an answer: %+v, %v", now, err)
			}
			w.taken(d.ID)
			w.audit()
		})
	})
	t.Run("nothing was given free", func(t *testing.T) {
		everyHolder(t, func(t *testing.T, on way) {
			w := newWorld(t, on, patience, paysim.Options{})
			d := w.rested(50000)
			left := payment.Amount(50000)
			if on.holds.KeepRest {
				w.capture(d, 13800, true)
				left = 36200
			}
			if now, err := w.till.CheckHeld(t.Context(), d.ID); err != nil || now.Hold != payment.StatePaid || now.Left() != left {
				t.Errorf("%+v, %v", now, err)
			}
			w.audit()
		})
	})
}
