package app_test

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wechat"
)

// way is one way from the till to a wallet: a channel, how it is set up, and
// what can be done on it. What is proved of the till is proved on each of them.
type way struct {
	name    string
	channel payment.ChannelName
	wallet  payment.Wallet
	open    func(sim *paysim.Sim, with wiring) (payment.Channel, error)
	calls   map[call]string   // how the simulator calls what the till asks; without an entry the way has no such call
	noes    map[call]refusal  // a definite no to it
	holds   payment.HoldRules // what can be done with a deposit

	noCancel bool // what a scanned code started is never cancelled (payment.Policy.NoCancel)
	tellsQR  bool // it is told that a QR was scanned
	guests   bool // it names the payer of a deposit
	numbers  bool // each capture and release has a number of its own at the channel
}

// The ways that there are.
var (
	alipayDirect = way{
		name: "alipay", channel: payment.Alipay, wallet: payment.WalletAlipay, open: openAlipay, calls: alipayCalls, noes: alipayNoes,
		holds:   payment.HoldRules{Holds: true, QR: true, KeepRest: true, ReleasePart: true},
		tellsQR: true, guests: true, numbers: true,
	}
	wechatDirect = way{
		name: "wechat direct", channel: payment.WeChat, wallet: payment.WalletWeChat, open: openWeChat((*paysim.Sim).WeChat),
		calls: wechatCalls, noes: wechatNoes,
	}
	wechatPartner = way{
		name: "wechat partner", channel: payment.WeChat, wallet: payment.WalletWeChat, open: openWeChat((*paysim.Sim).WeChatPartner),
		calls: wechatCalls, noes: wechatNoes, holds: payment.HoldRules{Holds: true},
	}
	cloudWeChat = way{
		name: "cloud pay with wechat codes", channel: payment.CloudPay, wallet: payment.WalletWeChat, open: openCloudPay,
		calls: cloudCalls, noes: cloudNoes, holds: payment.HoldRules{Holds: true},
		noCancel: true, numbers: true,
	}
	cloudAlipay = way{
		name: "cloud pay with alipay codes", channel: payment.CloudPay, wallet: payment.WalletAlipay, open: openCloudPay,
		calls: cloudCalls, noes: cloudNoes, holds: payment.HoldRules{Holds: true, QR: true, KeepRest: true, ReleasePart: true},
		noCancel: true, numbers: true,
	}
	ways = []way{alipayDirect, wechatDirect, wechatPartner, cloudWeChat, cloudAlipay}
)

// everyWay runs f for each way.
func everyWay(t *testing.T, f func(t *testing.T, on way)) {
	waysThat(t, func(way) bool { return true }, f)
}

// everyHolder runs f for each way that takes deposits.
func everyHolder(t *testing.T, f func(t *testing.T, on way)) {
	waysThat(t, func(w way) bool { return w.holds.Holds }, f)
}

func waysThat(t *testing.T, can func(way) bool, f func(t *testing.T, on way)) {
	t.Parallel()
	for _, on := range ways {
		if can(on) {
			t.Run(on.name, func(t *testing.T) {
				t.Parallel()
				f(t, on)
			})
		}
	}
}

// pace is how fast things go. The zero value of a field leaves it to the channel
// or the till.
type pace struct {
	ask     time.Duration // between two questions
	pay, qr time.Duration // how long the payer has
	request time.Duration // the deadline of one request
	lost    time.Duration // app.Options.LostAfter
}

// patience is for what is paid in the end: the till asks often, and waits long.
var patience = pace{ask: 3 * time.Millisecond, pay: 20 * time.Second, qr: 20 * time.Second, lost: 20 * time.Second}

// haste is for those who never pay: the till gives up soon.
var haste = pace{ask: 3 * time.Millisecond, pay: 30 * time.Millisecond, qr: 30 * time.Millisecond, lost: 50 * time.Millisecond}

// wiring is what a channel is connected with.
type wiring struct {
	pace
	now       func() time.Time  // nil for the machine's clock
	log       *slog.Logger      // nil for none
	transport http.RoundTripper // nil for the channel's own
}

func openAlipay(sim *paysim.Sim, with wiring) (payment.Channel, error) {
	return alipay.New(alipay.Config{
		AppID: sim.AppID, SellerID: sim.SellerID, Gateway: sim.URL(), Sandbox: true, PrivateKey: sim.MerchantPrivateKey, PublicKey: sim.AlipayPublicKey,
		QueryInterval: with.ask, PayTimeout: with.pay, QRTimeout: with.qr, RequestTimeout: with.request,
		Clock: with.now, Log: with.log, Transport: with.transport,
	})
}

// openWeChat opens WeChat Pay for one of the simulator's merchants. The
// documents forbid a cancel within 15 s after the payment, and the channel's
// settings do not let anybody wait shorter. So the channel is asked at its own
// pace here, and its Policy says another one.
func openWeChat(account func(*paysim.Sim) paysim.WeChatAccount) func(*paysim.Sim, wiring) (payment.Channel, error) {
	return func(sim *paysim.Sim, with wiring) (payment.Channel, error) {
		a := account(sim)
		channel, err := wechat.New(wechat.Config{
			AppID: a.AppID, MchID: a.MchID, SubMchID: a.SubMchID, PrivateKey: a.MerchantPrivateKey, MerchantCert: a.MerchantCert,
			MerchantSerial: a.MerchantSerial, PublicKeyID: a.PublicKeyID, PublicKey: a.PublicKey, APIv3Key: a.APIv3Key, APIv2Key: a.APIv2Key,
			NotifyURL: "https://shop.example.com/wechat", Gateway: a.BaseURL, RequestTimeout: with.request,
			Clock: with.now, Log: with.log, Transport: with.transport,
		})
		if err != nil {
			return nil, err
		}
		return hurried{channel, payment.Policy{QueryEvery: with.ask, PayTimeout: with.pay, QRTimeout: with.qr, CancelEvery: with.ask}}, nil
	}
}

// hurried is WeChat Pay at another pace.
type hurried struct {
	*wechat.Channel
	policy payment.Policy
}

func (h hurried) Policy() payment.Policy     { return h.policy }
func (h hurried) HoldPolicy() payment.Policy { return h.policy }

func openCloudPay(sim *paysim.Sim, with wiring) (payment.Channel, error) {
	a := sim.CloudPay()
	return cloudpay.New(cloudpay.Config{
		OutMchID: a.OutMchID, OutSubMchID: a.OutSubMchID, OutShopID: a.OutShopID, AuthKey: a.AuthKey, OrderPrefix: a.OrderPrefix,
		DeviceID: a.DeviceID, MachineNo: a.MachineNo, Hosts: []string{a.Host}, ClientIP: "127.0.0.1",
		QueryInterval: with.ask, PayTimeout: with.pay, QRTimeout: with.qr, RequestTimeout: with.request,
		Clock: with.now, Log: with.log, Transport: with.transport,
	})
}

// The ways can do what they say, and no more: the stories go by the table.
func TestTheWaysAreWhatTheirChannelsSay(t *testing.T) {
	everyWay(t, func(t *testing.T, on way) {
		w := newWorld(t, on, patience, paysim.Options{})
		if w.channel.Name() != on.channel || w.channel.Policy().NoCancel != on.noCancel {
			t.Errorf("%s, no cancel %v", w.channel.Name(), w.channel.Policy().NoCancel)
		}
		if rules := w.channel.(payment.Holder).HoldRules(on.wallet); rules != on.holds {
			t.Errorf("deposits: %+v, the table says %+v", rules, on.holds)
		}
		for of := range on.calls {
			if _, ok := on.noes[of]; !ok {
				t.Errorf("no refusal is known to %s", of)
			}
		}
	})
}
