package sales

import (
	"context"
	"strings"
	"testing"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// cloud takes several wallets, and tells of a discount that the shop gave.
type cloud struct{ *channel }

func (cloud) Name() payment.ChannelName { return payment.CloudPay }

func (c cloud) Pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	o := c.channel.Pay(ctx, r)
	if o.Result == payment.Paid && r.Wallet == payment.WalletWeChat {
		o.Discount = 6_00
	}
	return o
}

// twoWays is a shop that takes Alipay directly, and WeChat through Cloud Pay.
func twoWays(t *testing.T) *world {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.till.Configure(app.Options{
		Channels: []payment.Channel{w.channel, cloud{newChannel()}},
		Wallets:  map[payment.Wallet]payment.ChannelName{payment.WalletAlipay: payment.Alipay, payment.WalletWeChat: payment.CloudPay},
	})
	return w
}

// pay charges the payer of a whole code.
func (w *world) pay(amount, code string) int64 {
	w.tb.Helper()
	p, err := w.till.PayByCode(context.Background(), w.charge(amount), code)
	check(w.tb, err)
	p, err = w.till.Wait(context.Background(), p.Tender.ID)
	check(w.tb, err)
	return p.Sale.ID
}

func TestWeChatStaysWeChatWhicheverChannelTakesIt(t *testing.T) {
	w := twoWays(t)
	w.at("10:00").scan("20.00", pays)
	wechat := w.at("10:01").pay("60.00", "131234567890123401")
	w.at("10:02").cash("8.00")
	w.open(1280, 800)
	b := w.s.bar
	for _, c := range []struct {
		word string
		want []string
	}{
		{"支付宝", []string{"01000001"}}, {"微信", []string{"01000002"}}, {"现金", []string{"01000003"}}, {"云支付", []string{"01000002"}},
	} {
		b.pickedWay(w.wayPlace(c.word))
		w.settle()
		if got := w.rows(); !equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.word, got, c.want)
		}
	}
	b.clear()
	w.settle()
	if r, _ := w.s.list.book.At(1); r.method != "微信" {
		t.Errorf("the list says %q", r.method)
	}
	facts := tenderFacts(w.desk, w.sale(wechat).Tenders[0])
	said := map[string]string{}
	for _, f := range facts {
		said[f.label] = f.value
	}
	if !strings.HasPrefix(said["支付方式"]+said["方式"], "微信（云支付）") || said["优惠"] != "-6.00" || said["结算"] != "54.00" {
		t.Errorf("the detail says %v", said)
	}
	w.s.ShowFilter(data.Filter{From: "2026-11-21", To: "2026-11-21", ByMoney: true, Channel: payment.CloudPay, Wallet: payment.WalletWeChat})
	w.until("a figure's sales are shown", func() bool {
		return b.filter.way.Channel == payment.CloudPay && b.filter.way.Wallet == payment.WalletWeChat
	})
	w.settle()
	if got := w.rows(); !equal(got, []string{"01000002"}) || w.wayPlace("微信（云支付）") < 0 {
		t.Errorf("behind a figure of WeChat by Cloud Pay: %v", got)
	}
	w.s.ShowFilter(data.Filter{From: "2026-11-21", To: "2026-11-21", ByMoney: true, Channel: payment.Cash, Wallet: data.NoWallet})
	w.until("cash is shown", func() bool { return b.filter.way.Channel == payment.Cash })
	w.settle()
	if got := w.rows(); !equal(got, []string{"01000003"}) {
		t.Errorf("behind a figure of cash: %v", got)
	}
}

// wayPlace is where a way stands among those that the bar offers; -1 for nowhere.
func (w *world) wayPlace(word string) int {
	for i, way := range w.s.bar.wayChoices {
		if wayWord(w.desk, way) == word {
			return i + 1
		}
	}
	w.tb.Errorf("%s is not offered", word)
	return -1
}
