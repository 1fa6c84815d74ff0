package app_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// All payments of one pace stand at the till at the same time.
func TestEveryScannedScenarioEndsAsTheSimulatorHasIt(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		for _, soon := range []bool{false, true} {
			w := newWorld(t, on, paceFor(soon), paysim.Options{})
			payments := map[int]app.Payment{}
			for _, s := range paysim.Scenarios {
				if on.byCode(s.Number).soon == soon {
					payments[s.Number] = w.scan(12850, s.Number)
				}
			}
			if soon {
				w.outlastPayments(slices.Collect(maps.Values(payments))...)
			}
			for n, p := range payments {
				w.part(fmt.Sprint("scenario ", n), func() { on.byCode(n).check(w, w.finish(p)) })
			}
			w.audit()
		}
	})
}

// paceFor is the pace for those who pay, and for those who never do.
func paceFor(soon bool) pace {
	if soon {
		return haste
	}
	return patience
}

func TestEveryScenarioOfAShownQR(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		payments := map[int]app.Payment{}
		for _, s := range paysim.Scenarios {
			if s.QR {
				p := w.show(3500)
				check(t, w.sim.ScanQR(p.QRText, s.Number))
				payments[s.Number] = p
			}
		}
		for n, p := range payments {
			w.part(fmt.Sprint("scenario ", n), func() {
				want := on.byQR(n)
				if want.soon {
					if on.tellsQR {
						waitFor(w.T, func() bool { return w.saw(p, app.PhaseQRScanned) })
					}
					_, err := w.till.Cancel(w.Context(), p.Tender.ID)
					check(w, err)
				}
				want.check(w, w.finish(p))
			})
		}
		w.audit()
	})
}

func TestAQRThatNobodyScansEndsWithoutMoney(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		for _, survives := range []bool{false, true} {
			w := newWorld(t, on, haste, paysim.Options{QRSurvivesCancel: survives})
			p := w.show(500)
			w.part(fmt.Sprintf("survives the cancel %v", survives), func() {
				if survives && on.channel == payment.CloudPay { // where a close is not believed until the query says so
					waitFor(w.T, func() bool { return w.saw(p, app.PhaseUnknown) || w.saw(p, app.PhaseCancelling) })
					w.outlast()
				}
				ending{state: payment.StateClosed, reason: payment.ReasonTimeout}.check(w, w.finish(p))
			})
			w.audit()
		}
	})
}

// refundCases are the refunds that the simulator forces something on, and one
// that is done in order.
var refundCases = append([]paysim.RefundCase{{Digit: 0, Key: "sim.refund.other", Done: true}}, paysim.RefundCases...)

// noFunds is the one that is refused.
const noFunds = "sim.refund.2"

func TestEveryRefundCase(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		for _, c := range refundCases {
			w.part(c.Key, func() {
				p := w.paid(9900)
				for n := range 2 { // several refunds of one tender keep apart
					r := w.refund(p, payment.Amount(300+c.Digit))
					want := payment.RefundDone
					if c.Key == noFunds {
						want = payment.RefundRefused
					}
					if r.State != want || (want == payment.RefundRefused) != (r.Why == payment.ReasonMerchantFunds) {
						w.Errorf("refund %d ended %s because of %q, want %s", n+1, r.State, r.Why, want)
					}
				}
				_, err := w.till.GiveBack(w.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 9901, Reason: "x"})
				w.problem(err, app.ProblemRefundTooMuch)
			})
		}
		w.audit()
	})
}

// A cashier's wish to cancel comes before the channel takes one: it is kept
// until then, and a channel whose clock began later is asked again.
func TestACancelWaitsUntilTheChannelTakesIt(t *testing.T) {
	t.Parallel()
	const after = 150 * time.Millisecond
	w := newWorld(t, wechatDirect, patience, paysim.Options{WeChat: paysim.WeChatOptions{ReverseAfter: after}})
	w.till.Close()
	slowly := w.channel.(hurried)
	slowly.policy.CancelAfter = after
	w.channel = slowly
	w.start()
	begun := time.Now()
	p := w.scan(9900, 3)
	waitFor(t, func() bool { return w.saw(p, app.PhaseWaiting) })
	if p, err := w.till.Cancel(t.Context(), p.Tender.ID); err != nil || p.Phase != app.PhaseCancelling && !p.Phase.Final() {
		t.Errorf("right after the wish: %s, %v", p.Phase, err)
	}
	ending{state: payment.StateClosed, reason: payment.ReasonCancelled, seen: app.PhaseCancelling}.check(w, w.finish(p))
	if took := time.Since(begun); took < after {
		t.Errorf("cancelled after %s, too soon for the channel", took)
	}
	w.audit()
}

// The payer puts the phone away. WeChat says so after a while, and nobody at the
// counter waits for the time limit; the money is as safe as ever.
func TestAPayerWhoGivesUpIsNotWaitedFor(t *testing.T) {
	waysThat(t, func(on way) bool { return on.channel == payment.WeChat }, func(t *testing.T, on way) {
		long := patience
		long.pay = time.Hour
		w := newWorld(t, on, long, paysim.Options{Password: 24 * time.Hour, WeChat: paysim.WeChatOptions{GivesUpAfter: 20 * time.Millisecond}})
		p := w.scan(9900, 3)
		ending{state: payment.StateClosed, reason: payment.ReasonTimeout, seen: app.PhaseUnknown}.check(w, w.finish(p))
		w.audit()
	})
}
