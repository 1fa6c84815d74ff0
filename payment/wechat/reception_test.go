package wechat_test

import (
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wechat"
)

// simConfig is what a till of one of the simulator's merchants is set to.
func simConfig(a paysim.WeChatAccount) wechat.Config {
	return wechat.Config{
		AppID: a.AppID, MchID: a.MchID, SubMchID: a.SubMchID, PrivateKey: a.MerchantPrivateKey, MerchantSerial: a.MerchantSerial,
		MerchantCert: a.MerchantCert, PublicKeyID: a.PublicKeyID, PublicKey: a.PublicKey, APIv3Key: a.APIv3Key, APIv2Key: a.APIv2Key,
		NotifyURL: "https://shop.example.com/wechat", Gateway: a.BaseURL,
	}
}

var simKeys = sync.OnceValues(paysim.NewKeys)

// reception is the channel in front of the simulator: the real protocol with
// real signatures, and a truth to compare with.
type reception struct {
	*testing.T
	*wechat.Channel
	sim  *paysim.Sim
	next int64
}

func newSim(t *testing.T, o paysim.Options) *paysim.Sim {
	t.Helper()
	keys, err := simKeys()
	if err != nil {
		t.Fatal(err)
	}
	o.Keys = keys
	if o.Slow == 0 {
		o.Slow = 20 * time.Millisecond
	}
	if o.WeChat.ReverseAfter == 0 {
		o.WeChat.ReverseAfter = -1
	}
	sim, err := paysim.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	if err := sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	return sim
}

func newReception(t *testing.T, partner bool, o paysim.Options) *reception {
	t.Helper()
	sim := newSim(t, o)
	account := sim.WeChat()
	if partner {
		account = sim.WeChatPartner()
	}
	return &reception{T: t, Channel: newChannel(t, simConfig(account)), sim: sim}
}

func (r *reception) number() string {
	r.next++
	return payment.NewOrderNo(payment.ReceiptNo(1, r.next), 1, time.Now())
}

func TestSmoke(t *testing.T) {
	for _, partner := range []bool{false, true} {
		r := newReception(t, partner, paysim.Options{})
		for _, s := range paysim.Scenarios {
			o := payment.Order{OutTradeNo: r.number(), Amount: 12_50, Wallet: payment.WalletWeChat}
			out := r.Pay(t.Context(), payment.PayRequest{Order: o, Code: payment.PayCode(r.sim.FreshCodeOf(payment.WalletWeChat, s.Number)), Subject: "茶"})
			t.Logf("%2d %+v", s.Number, out)
			t.Logf("   query %+v", r.Query(t.Context(), o))
			t.Logf("   cancel %+v", r.Cancel(t.Context(), o))
			t.Logf("   query %+v", r.Query(t.Context(), o))
		}
		t.Logf("%+v", r.Probe(t.Context()))
	}
}
