package shop

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"frontdesk/app"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wechat"
)

// makers are the channels that there are. A further one is a folder in payment,
// its settings in package app, a function below, and one more line here; see
// docs/channels.md.
func (s *Shop) makers() []maker {
	return []maker{
		{payment.Alipay, func(v *app.Values) (payment.Channel, error) { return alipay.New(s.AlipayConfig(v)) }},
		{payment.WeChat, func(v *app.Values) (payment.Channel, error) { return wechat.New(s.WeChatConfig(v)) }},
		{payment.CloudPay, func(v *app.Values) (payment.Channel, error) { return cloudpay.New(s.CloudPayConfig(v)) }},
	}
}

// maker sets up one channel from the settings "<name>.*".
type maker struct {
	name payment.ChannelName
	make func(*app.Values) (payment.Channel, error)
}

// makeChannels sets up every channel that is switched on. One that cannot be
// set up is left out, and its error is part of the returned one.
func (s *Shop) makeChannels(ctx context.Context) ([]payment.Channel, error) {
	var channels []payment.Channel
	var errs []error
	for _, m := range s.makers() {
		v := s.Settings.Values(ctx)
		on := v.Bool(string(m.name) + ".enabled")
		err := v.Err()
		if on && err == nil {
			var c payment.Channel
			c, err = m.make(v)
			if err = errors.Join(v.Err(), err); err == nil {
				if s.options.Around != nil {
					c = s.options.Around(c)
				}
				channels = append(channels, c)
			}
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", m.name, err))
		}
		s.mu.Lock()
		s.broken[m.name] = err
		s.mu.Unlock()
	}
	return channels, errors.Join(errs...)
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

// WeChatConfig reads the settings "wechat.*".
func (s *Shop) WeChatConfig(v *app.Values) wechat.Config {
	return wechat.Config{
		AppID:          v.Text("wechat.app_id"),
		MchID:          v.Text("wechat.mch_id"),
		SubMchID:       v.Text("wechat.sub_mch_id"),
		SubAppID:       v.Text("wechat.sub_app_id"),
		PrivateKey:     v.Text("wechat.private_key"),
		MerchantCert:   v.Text("wechat.merchant_cert"),
		MerchantSerial: v.Text("wechat.merchant_serial"),
		PublicKeyID:    v.Text("wechat.public_key_id"),
		PublicKey:      v.Text("wechat.public_key"),
		PlatformCerts:  v.Text("wechat.platform_certs"),
		APIv3Key:       v.Text("wechat.apiv3_key"),
		APIv2Key:       v.Text("wechat.apiv2_key"),
		NotifyURL:      v.Text("wechat.notify_url"),
		GoodsTag:       v.Text("wechat.goods_tag"),
		StoreID:        v.Text("wechat.store_id"),
		DeviceID:       v.Text("wechat.device_id"),
		DeviceIP:       v.Text("wechat.device_ip"),
		Gateway:        v.Text("wechat.gateway"),
		QueryInterval:  v.Duration("wechat.query_interval"),
		PayTimeout:     v.Duration("wechat.pay_timeout"),
		QRTimeout:      v.Duration("wechat.qr_timeout"),
		Log:            s.Log,
	}
}

// CloudPayConfig reads the settings "cloudpay.*". UnionPay is signed for where
// its number is set.
func (s *Shop) CloudPayConfig(v *app.Values) cloudpay.Config {
	union := v.Int("cloudpay.unionpay_platform")
	wallets := []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat}
	if union != 0 {
		wallets = append(wallets, payment.WalletUnionPay)
	}
	c := cloudpay.Config{
		OutMchID:            v.Text("cloudpay.out_mch_id"),
		OutSubMchID:         v.Text("cloudpay.out_sub_mch_id"),
		OutShopID:           v.Text("cloudpay.out_shop_id"),
		AuthKey:             v.Text("cloudpay.auth_key"),
		OrderPrefix:         v.Text("cloudpay.order_prefix"),
		DeviceID:            v.Text("cloudpay.device_id"),
		MachineNo:           v.Text("cloudpay.machine_no"),
		StaffID:             v.Text("cloudpay.staff_id"),
		RefundStaffID:       v.Text("cloudpay.refund_staff_id"),
		RefundStaffName:     v.Text("cloudpay.refund_staff_name"),
		Wallets:             wallets,
		UnionPayPlatform:    union,
		UnionPaySubPlatform: v.Int("cloudpay.unionpay_sub_platform"),
		SignRefunds:         v.Bool("cloudpay.sign_refunds"),
		SignKey:             v.Text("cloudpay.sign_key"),
		ExtraCA:             v.Text("cloudpay.extra_ca"),
		QueryInterval:       v.Duration("cloudpay.query_interval"),
		PayTimeout:          v.Duration("cloudpay.pay_timeout"),
		QRTimeout:           v.Duration("cloudpay.qr_timeout"),
		Log:                 s.Log,
	}
	if hosts := strings.Fields(v.Text("cloudpay.hosts")); len(hosts) > 0 {
		c.Hosts = hosts
	}
	return c
}

// SetupFaults are what the settings of a channel still lack, as *ConfigError of
// its package.
func (s *Shop) SetupFaults(name payment.ChannelName, v *app.Values) []error {
	switch name {
	case payment.Alipay:
		return faults(s.AlipayConfig(v).Problems())
	case payment.WeChat:
		return faults(s.WeChatConfig(v).Problems())
	case payment.CloudPay:
		return faults(s.CloudPayConfig(v).Problems())
	}
	return nil
}

func faults[E error](list []E) []error {
	all := make([]error, len(list))
	for i, e := range list {
		all[i] = e
	}
	return all
}

// Broken is why a channel that is switched on could not be set up; nil when
// it works or is off.
func (s *Shop) Broken(name payment.ChannelName) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken[name]
}

// ChannelOf is the channel of this kind that is set up now; ok is false when
// there is none.
func ChannelOf[C payment.Channel](s *Shop) (c C, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, channel := range s.channels {
		if c, ok := channel.(C); ok {
			return c, true
		}
	}
	return c, false
}
