package data

import (
	"slices"
	"testing"

	"frontdesk/payment"
)

func TestHowTheMoneyOfASaleCame(t *testing.T) {
	tender := func(c payment.ChannelName, w payment.Wallet, s payment.State) Tender {
		return Tender{Channel: c, Wallet: w, State: s}
	}
	alipay, wechat, cash := Way{payment.Alipay, payment.WalletAlipay}, Way{payment.CloudPay, payment.WalletWeChat}, Way{Channel: payment.Cash}
	for name, c := range map[string]struct {
		tenders []Tender
		want    []Way
	}{
		"two QRs were shown before a third was paid": {[]Tender{
			tender(payment.Alipay, payment.WalletAlipay, payment.StateClosed), tender(payment.CloudPay, payment.WalletWeChat, payment.StateClosed),
			tender(payment.Alipay, payment.WalletAlipay, payment.StatePaid)}, []Way{alipay}},
		"in parts": {[]Tender{tender(payment.Cash, "", payment.StatePaid), tender(payment.CloudPay, payment.WalletWeChat, payment.StatePaid)}, []Way{cash, wechat}},
		"a part, and the rest is on its way": {[]Tender{tender(payment.Cash, "", payment.StatePaid), tender(payment.CloudPay, payment.WalletWeChat, payment.StateUnknown)},
			[]Way{cash, wechat}},
		"nothing came": {[]Tender{tender(payment.Alipay, payment.WalletAlipay, payment.StateFailed), tender(payment.Alipay, payment.WalletAlipay, payment.StateFailed),
			tender(payment.CloudPay, payment.WalletWeChat, payment.StateClosed)}, []Way{alipay, wechat}},
	} {
		if got := WaysOf(c.tenders); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
