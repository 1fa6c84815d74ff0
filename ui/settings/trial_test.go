package settings

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// bank is a channel for a trial: it answers what the test says.
type bank struct {
	mu     sync.Mutex
	pay    payment.Outcome
	refund payment.RefundOutcome
	paid   int
	back   payment.Amount
	name   payment.ChannelName
}

func (b *bank) Name() payment.ChannelName { return b.name }

func (b *bank) Policy() payment.Policy {
	return payment.Policy{QueryEvery: time.Millisecond, PayTimeout: time.Hour, QRTimeout: time.Hour, CancelEvery: time.Millisecond}
}

func (b *bank) answer(pay payment.Outcome, refund payment.RefundOutcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pay, b.refund = pay, refund
}

func (b *bank) outcome() payment.Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pay
}

func (b *bank) Pay(context.Context, payment.PayRequest) payment.Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.paid++
	return b.pay
}

func (b *bank) ShowQR(context.Context, payment.QRRequest) (string, payment.Outcome) {
	return "", payment.Outcome{Result: payment.Failed}
}
func (b *bank) Query(context.Context, payment.Order) payment.Outcome  { return b.outcome() }
func (b *bank) Cancel(context.Context, payment.Order) payment.Outcome { return b.outcome() }

func (b *bank) Refund(_ context.Context, r payment.RefundRequest) payment.RefundOutcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refund.State == payment.RefundDone {
		b.back += r.Refund
	}
	return b.refund
}

func (b *bank) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	return b.Refund(ctx, r)
}

const ownCode = "281234567890123456"

func TestOneFenIsChargedAndGivenBack(t *testing.T) {
	done := payment.RefundOutcome{State: payment.RefundDone, Found: true}
	for _, c := range []struct {
		name   string
		pay    payment.Outcome
		refund payment.RefundOutcome
		shows  string
		back   payment.Amount
	}{
		{"all well", payment.Outcome{Result: payment.Paid, TradeNo: "2026112122001458860500000001"}, done, "试收成功", 1},
		{"no contract", payment.Outcome{Result: payment.Failed, Reason: payment.ReasonMerchantSetup, Code: "ACQ.ACCESS_FORBIDDEN"}, done, "ACQ.ACCESS_FORBIDDEN", 0},
		{"not given back", payment.Outcome{Result: payment.Paid}, payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonMerchantFunds}, "收到了，没有退成", 0},
		{"no answer", payment.Outcome{Result: payment.Unknown}, done, "试收待确认", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, lang.Chinese, kit.Light).ready()
			b := &bank{name: payment.Alipay}
			b.answer(c.pay, c.refund)
			w.desk.Till.Configure(app.Options{Channels: []payment.Channel{b}, RefundPauses: []time.Duration{time.Millisecond}})
			w.open("alipay", 1280, 800)
			trial := w.account(payment.Alipay).doctor.trial
			if w.s.Scanned(screen.Scan{Text: ownCode, Sure: true}) || b.paid != 0 {
				t.Fatal("a scan was taken before anybody asked for a trial")
			}
			trial.press()
			w.shows(t, "请扫你自己的付款码")
			w.s.Scanned(screen.Scan{Text: "131234567890123456", Sure: true})
			w.shows(t, "请用支付宝付款码")
			w.s.Scanned(screen.Scan{Text: ownCode, Sure: true})
			w.s.Scanned(screen.Scan{Text: ownCode, Sure: true}) // once more by mistake
			w.until(c.shows, func() bool { return strings.Contains(w.texts(), c.shows) })
			b.mu.Lock()
			defer b.mu.Unlock()
			if b.paid != 1 || b.back != c.back {
				t.Errorf("charged %d times, given back %s", b.paid, b.back)
			}
			rows, _, err := w.desk.Books.Page(context.Background(), data.Filter{})
			check(t, err)
			if len(rows) != 1 || rows[0].Amount != 1 || rows[0].Remark != "试收" {
				t.Errorf("the ledger holds %+v", rows)
			}
			if strings.Contains(w.texts(), ownCode) {
				t.Error("the pay code is shown")
			}
		})
	}
}

func TestATrialNeedsSavedSettings(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	w.account(payment.Alipay).doctor.trial.press()
	w.shows(t, "支付宝还没有接通")
	w.desk.Till.Configure(app.Options{Channels: []payment.Channel{&bank{name: payment.Alipay}}})
	w.field("alipay.app_id").Entry.SetText("2021004128657732")
	w.account(payment.Alipay).doctor.trial.press()
	w.shows(t, "请先保存，再试收")
	w.s.Act(screen.ActCancel)
	w.account(payment.Alipay).doctor.trial.press()
	w.shows(t, "请扫你自己的付款码", "不试了")
	w.turn("shop")
	if w.account(payment.Alipay).doctor.trial.phase != trialIdle {
		t.Error("a trial waits for a code on another page")
	}
}
