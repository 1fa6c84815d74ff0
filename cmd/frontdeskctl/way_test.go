package main

import (
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wechat"
)

// way is one way from the shop to a wallet, as its settings make it.
type way struct {
	name     string
	channel  payment.ChannelName
	wallet   payment.Wallet
	settings func(sim *paysim.Sim) []string // pairs of key and value; without times

	noCancel bool // a scanned code is never cancelled
	faster   int  // how much faster the simulator's time goes; 0 for not at all
	parts    bool // of a deposit: a capture may keep the rest, and a release may be of a part
	numbers  bool // each capture and release has a number of its own at the channel
}

var (
	byAlipay = way{name: "alipay", channel: payment.Alipay, wallet: payment.WalletAlipay, settings: alipaySettings, parts: true, numbers: true}
	byWeChat = way{name: "wechat", channel: payment.WeChat, wallet: payment.WalletWeChat, settings: wechatSettings}
	byCloud  = way{name: "cloud pay with wechat codes", channel: payment.CloudPay, wallet: payment.WalletWeChat, settings: cloudSettings,
		noCancel: true, faster: 300, numbers: true}
	byCloudAlipay = way{name: "cloud pay with alipay codes", channel: payment.CloudPay, wallet: payment.WalletAlipay, settings: cloudSettings,
		noCancel: true, faster: 300, parts: true, numbers: true}
	ways = []way{byAlipay, byWeChat, byCloud}
)

func alipaySettings(sim *paysim.Sim) []string {
	return []string{
		"alipay.app_id", sim.AppID, "alipay.seller_id", sim.SellerID, "alipay.gateway", sim.URL(),
		"alipay.private_key", sim.MerchantPrivateKey, "alipay.public_key", sim.AlipayPublicKey, "alipay.sandbox", "true",
	}
}

// wechatSettings are those of a service provider, who may take deposits.
func wechatSettings(sim *paysim.Sim) []string {
	a := sim.WeChatPartner()
	return []string{
		"wechat.app_id", a.AppID, "wechat.mch_id", a.MchID, "wechat.sub_mch_id", a.SubMchID, "wechat.private_key", a.MerchantPrivateKey,
		"wechat.merchant_cert", a.MerchantCert, "wechat.merchant_serial", a.MerchantSerial, "wechat.public_key_id", a.PublicKeyID,
		"wechat.public_key", a.PublicKey, "wechat.apiv3_key", a.APIv3Key, "wechat.apiv2_key", a.APIv2Key,
		"wechat.notify_url", "https://shop.example.com/wechat", "wechat.gateway", a.BaseURL,
	}
}

func cloudSettings(sim *paysim.Sim) []string {
	a := sim.CloudPay()
	return []string{
		"cloudpay.out_mch_id", a.OutMchID, "cloudpay.out_sub_mch_id", a.OutSubMchID, "cloudpay.out_shop_id", a.OutShopID,
		"cloudpay.auth_key", a.AuthKey, "cloudpay.order_prefix", a.OrderPrefix, "cloudpay.machine_no", a.MachineNo, "cloudpay.device_id", a.DeviceID,
		"cloudpay.hosts", a.Host,
	}
}

// times are the settings for how long the payer has. WeChat Pay's take nothing
// under 15 s, so it is hurried from outside; see hurry.
func (on way) times(limit string) []string {
	name := string(on.channel)
	all := []string{name + ".enabled", "true", name + ".query_interval", "4ms", name + ".qr_timeout", limit}
	if on.channel != payment.WeChat {
		all = append(all, name+".pay_timeout", limit)
	}
	return all
}

// simOptions are those of the simulator behind it. Where only the wallet itself
// ends a payment, its time goes by quickly.
func (on way) simOptions() paysim.Options {
	o := paysim.Options{Slow: 30 * time.Millisecond, WeChat: paysim.WeChatOptions{ReverseAfter: -1}}
	if on.faster > 0 {
		start := time.Now()
		o.Clock = func() time.Time { return start.Add(time.Duration(on.faster) * time.Since(start)) }
	}
	return o
}

// hurry gives the payer as long at WeChat Pay as the settings do elsewhere; all
// other channels stay as they are.
func hurry(limit string) func(payment.Channel) payment.Channel {
	d, err := time.ParseDuration(limit)
	if err != nil {
		return nil
	}
	return func(c payment.Channel) payment.Channel {
		w, ok := c.(*wechat.Channel)
		if !ok {
			return c
		}
		policy := w.Policy()
		policy.PayTimeout, policy.CancelAfter = d, 0
		return hurried{w, policy}
	}
}

// hurried is WeChat Pay at another pace.
type hurried struct {
	*wechat.Channel
	policy payment.Policy
}

func (h hurried) Policy() payment.Policy     { return h.policy }
func (h hurried) HoldPolicy() payment.Policy { return h.policy }

// limitName carries the limit of hurry to a process.
const limitName = "FRONTDESKCTL_TEST_LIMIT"

// lostAfter is how soon a request counts as lost that the channel does not know.
const lostAfter = 600 * time.Millisecond
