package ui_test

import (
	"os"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// history fills today's list.
func history(s *shop) {
	sell := func(ago time.Duration, amount payment.Amount, by string) app.Payment {
		s.at(ago)
		defer s.at(0)
		charge := app.Charge{Draft: ago.String(), Amount: amount}
		if ago == 22*time.Minute {
			charge.Remark = "公司发票"
		}
		var p app.Payment
		var err error
		switch by {
		case "cash":
			p, err = s.till.TakeCash(s.t.Context(), charge, amount)
		default:
			p, err = s.till.PayByCode(s.t.Context(), charge, payCode(10+int(ago/time.Minute)%80))
		}
		must(s.t, err)
		p, err = s.till.Wait(s.t.Context(), p.Tender.ID)
		must(s.t, err)
		return p
	}
	sales := []struct {
		ago    time.Duration
		amount payment.Amount
		by     string
	}{
		{55 * time.Minute, 7_00, "alipay"}, {50 * time.Minute, 42_00, "alipay"}, {42 * time.Minute, 15_50, "cash"},
		{35 * time.Minute, 86_00, "alipay"}, {31 * time.Minute, 64_90, "cash"}, {27 * time.Minute, 23_00, "alipay"},
		{22 * time.Minute, 156_80, "alipay"},
	}
	if s.brief {
		sales = sales[len(sales)-1:]
	}
	for _, sale := range sales {
		p := sell(sale.ago, sale.amount, sale.by)
		if sale.ago == 35*time.Minute {
			_, err := s.till.GiveBack(s.t.Context(), app.RefundOrder{Draft: "r", SaleID: p.Sale.ID, Amount: 30_00, Reason: "商品退回"})
			must(s.t, err)
		}
	}
	if !s.brief {
		s.bank.set(func(b *bank) { b.pay = failing(payment.ReasonBalance, "ACQ.BUYER_BALANCE_NOT_ENOUGH") })
		sell(16*time.Minute, 8_50, "alipay")
		s.bank.set(func(b *bank) { b.pay = paidBy("138****6021") })
		sell(13*time.Minute, 20_00, "cash")
		sell(7*time.Minute, 12_00, "alipay")
	}
	s.bank.set(func(b *bank) {
		b.pay = answering(payment.Outcome{Result: payment.Unknown})
		b.query = func(n int) payment.Outcome { return payment.Outcome{Result: payment.Unknown} }
		b.policy.PayTimeout = 3 * time.Millisecond
		b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.Unknown} }
		b.policy.CancelEvery = time.Hour
	})
	s.at(5 * time.Minute)
	p, err := s.till.PayByCode(s.t.Context(), app.Charge{Draft: "open", Amount: 99_00}, payCode(99))
	must(s.t, err)
	must(s.t, s.till.Park(s.t.Context(), p.Tender.ID))
	s.until("the cancel had no result", func() bool {
		open := s.till.OpenPayments()
		return len(open) == 1 && open[0].Tender.Cancels > 0
	})
	s.at(0)
	s.bank.set((*bank).ordinary)
	sell(time.Minute, 35_00, "alipay")
	s.settle()
}

// TestScreens draws every state in both languages and themes when
// FRONTDESK_SCREENS names a folder; otherwise it goes through each state once,
// in one of the languages. Nothing may be cut off, covered or without words.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	if dir != "" {
		must(t, os.MkdirAll(dir, 0o755))
	}
	languages := []lang.Language{lang.Chinese, lang.English}
	for i, sc := range scenes {
		for k, l := range languages {
			for _, mode := range []kit.Mode{kit.Light, kit.Dark} {
				if dir == "" && (mode == kit.Dark || k != i%2) {
					continue
				}
				name := sc.name + "-" + string(l)
				if mode == kit.Dark {
					name += "-dark"
				}
				t.Run(name, func(t *testing.T) {
					set := sc.set
					set.lang, set.mode, set.brief = l, mode, dir == ""
					s := newShop(t, set)
					sc.play(s)
					if !s.frozen {
						s.settle()
					}
					s.shot(dir, name)
					for _, fault := range s.faults() {
						t.Error(fault)
					}
				})
			}
		}
	}
}
