package shop

import (
	"context"
	"fmt"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

// makeChannels sets up every channel that is switched on. Another channel is
// one more line here and one function below.
func (s *Shop) makeChannels(ctx context.Context) ([]payment.Channel, error) {
	var channels []payment.Channel
	v := s.Settings.Values(ctx)
	if v.Bool("alipay.enabled") {
		c, err := alipay.New(s.AlipayConfig(v))
		if err == nil {
			err = v.Err()
		}
		s.mu.Lock()
		s.broken[payment.Alipay] = err
		s.mu.Unlock()
		if err != nil {
			return channels, fmt.Errorf("alipay: %w", err)
		}
		channels = append(channels, c)
	}
	return channels, v.Err()
}

// wallets is which channel takes the codes of which wallet, by the settings
// "wallet.*". A wallet whose own channel is not switched on goes through Cloud
// Pay where that is, so that switching a channel on is enough.
func wallets(v *app.Values, channels []payment.Channel) map[payment.Wallet]payment.ChannelName {
	on := map[payment.ChannelName]bool{}
	for _, c := range channels {
		on[c.Name()] = true
	}
	ways := map[payment.Wallet]payment.ChannelName{}
	for _, w := range []struct {
		wallet payment.Wallet
		direct payment.ChannelName
	}{{payment.WalletAlipay, payment.Alipay}, {payment.WalletWeChat, payment.WeChat}, {payment.WalletUnionPay, ""}} {
		way := v.Text("wallet." + string(w.wallet))
		switch {
		case way == app.WayDirect && on[w.direct]:
			ways[w.wallet] = w.direct
		case way != app.WayNone && on[payment.CloudPay]:
			ways[w.wallet] = payment.CloudPay
		}
	}
	return ways
}

// AlipayConfig reads the settings "alipay.*".
func (s *Shop) AlipayConfig(v *app.Values) alipay.Config {
	return alipay.Config{
		AppID:                v.Text("alipay.app_id"),
		PrivateKey:           v.Text("alipay.private_key"),
		PublicKey:            v.Text("alipay.public_key"),
		AppCert:              v.Text("alipay.app_cert"),
		AlipayCert:           v.Text("alipay.alipay_cert"),
		RootCert:             v.Text("alipay.root_cert"),
		Sandbox:              v.Bool("alipay.sandbox"),
		Gateway:              v.Text("alipay.gateway"),
		SellerID:             v.Text("alipay.seller_id"),
		StoreID:              v.Text("alipay.store_id"),
		TerminalID:           v.Text("alipay.terminal_id"),
		OperatorID:           v.Text("alipay.operator_id"),
		AppAuthToken:         v.Text("alipay.app_auth_token"),
		SysServiceProviderID: v.Text("alipay.sys_service_provider_id"),
		ProductCode:          v.Text("alipay.product_code"),
		QRProductCode:        v.Text("alipay.qr_product_code"),
		HoldProductCode:      v.Text("alipay.hold_product_code"),
		HoldTimeout:          v.Duration("alipay.hold_timeout"),
		QueryInterval:        v.Duration("alipay.query_interval"),
		PayTimeout:           v.Duration("alipay.pay_timeout"),
		QRTimeout:            v.Duration("alipay.qr_timeout"),
		Log:                  s.Log,
	}
}

// Broken is why a channel that is switched on could not be set up; nil when
// it works or is off.
func (s *Shop) Broken(name payment.ChannelName) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken[name]
}

// Alipay is the channel that is set up now; ok is false when there is none.
func (s *Shop) Alipay() (c *alipay.Channel, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, channel := range s.channels {
		if c, ok := channel.(*alipay.Channel); ok {
			return c, true
		}
	}
	return nil, false
}
