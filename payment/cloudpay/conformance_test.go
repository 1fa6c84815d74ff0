package cloudpay_test

import (
	"net/http"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/channeltest"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
)

// What every channel promises, with the codes of both wallets.
func TestConformance(t *testing.T) {
	both := []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay}
	channeltest.Run(t, channeltest.Bench{
		New: func(t testing.TB, sim *paysim.Sim, with channeltest.With) payment.Channel {
			transport := http.DefaultTransport.(*http.Transport).Clone()
			c := simConfig(sim)
			c.Transport, c.Clock, c.Log = with.Wrap(transport), with.Clock, with.Log
			channel, err := cloudpay.New(c)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { channel.Close(); transport.CloseIdleConnections() })
			return channel
		},
		Wallets: both,
		QRs:     both,
		Refusal: func(string) paysim.Fault { return paysim.Fault{Code: "104", SubCode: "501"} },
		Secrets: func(sim *paysim.Sim) []string { return []string{sim.CloudPay().AuthKey, sim.CloudPay().SigningKey} },

		Discounts: true, RefundDiscounts: true,
		BillDiscounts: true, BillFees: true,
	})
}

// simConfig is a till of the simulator's account.
func simConfig(sim *paysim.Sim) cloudpay.Config {
	a := sim.CloudPay()
	return cloudpay.Config{
		OutMchID: a.OutMchID, OutSubMchID: a.OutSubMchID, OutShopID: a.OutShopID, AuthKey: a.AuthKey, OrderPrefix: a.OrderPrefix,
		DeviceID: a.DeviceID, MachineNo: a.MachineNo, Hosts: []string{a.Host},
	}
}
