package wechat_test

import (
	"net/http"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/channeltest"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wechat"
)

// What every channel promises, for a merchant who signs for itself and trusts
// WeChat's public key, and for a provider who trusts certificates.
func TestConformance(t *testing.T) {
	t.Run("direct", func(t *testing.T) {
		t.Parallel()
		conforms(t, (*paysim.Sim).WeChat, byKey, paysim.WeChatOptions{RefundEvery: time.Minute})
	})
	t.Run("partner", func(t *testing.T) {
		t.Parallel()
		conforms(t, (*paysim.Sim).WeChatPartner, byCertificate, paysim.WeChatOptions{PartRefundIsSuccess: true, SettlementFails: true, GivesUpAfter: 30 * time.Second})
	})
}

func conforms(t *testing.T, account func(*paysim.Sim) paysim.WeChatAccount, trust func(paysim.WeChatAccount, *wechat.Config), o paysim.WeChatOptions) {
	channeltest.Run(t, channeltest.Bench{
		New: func(t testing.TB, sim *paysim.Sim, with channeltest.With) payment.Channel {
			transport := http.DefaultTransport.(*http.Transport).Clone()
			c := simConfig(account(sim))
			trust(account(sim), &c)
			c.Transport, c.Clock, c.Log = with.Wrap(transport), with.Clock, with.Log
			channel, err := wechat.New(c)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { channel.Close(); transport.CloseIdleConnections() })
			return channel
		},
		Sim:     func(all paysim.Options) paysim.Options { all.WeChat = o; return all },
		Wallets: []payment.Wallet{payment.WalletWeChat},
		QRs:     []payment.Wallet{payment.WalletWeChat},
		Refusal: refusalOf,
		Secrets: func(sim *paysim.Sim) []string {
			a := account(sim)
			return []string{a.MerchantPrivateKey, a.APIv3Key, a.APIv2Key}
		},
		Discounts: true, RefundDiscounts: true,
		BillDiscounts: true, BillFees: true, BillPlain: []string{"wechat.bill.download"},
	})
}

func byKey(paysim.WeChatAccount, *wechat.Config) {}

func byCertificate(a paysim.WeChatAccount, c *wechat.Config) {
	c.PublicKeyID, c.PublicKey, c.PlatformCerts = "", "", a.PlatformCert
}

// simConfig is what a till of one of the simulator's merchants is set to.
func simConfig(a paysim.WeChatAccount) wechat.Config {
	return wechat.Config{
		AppID: a.AppID, MchID: a.MchID, SubMchID: a.SubMchID, PrivateKey: a.MerchantPrivateKey, MerchantCert: a.MerchantCert, MerchantSerial: a.MerchantSerial,
		PublicKeyID: a.PublicKeyID, PublicKey: a.PublicKey, APIv3Key: a.APIv3Key, APIv2Key: a.APIv2Key,
		NotifyURL: "https://shop.example.com/wechat", Gateway: a.BaseURL,
	}
}

// refusalOf is a definite no of each call.
func refusalOf(method string) paysim.Fault {
	code := map[string]string{
		"wechat.codepay": "NOT_ENOUGH",
		"wechat.reverse": "RULE_LIMIT",
		"wechat.refund":  "NOT_ENOUGH",
	}[method]
	if code == "" {
		code = "PARAM_ERROR"
	}
	return paysim.Fault{SubCode: code}
}
