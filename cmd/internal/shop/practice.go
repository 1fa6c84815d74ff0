package shop

import (
	"context"
	"strconv"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment/paysim"
)

// Practise connects the shop to a payment simulator instead of a real channel.
// What has changed is written: the simulator keeps its keys, and its port where
// it can.
func (s *Shop) Practise(ctx context.Context, sim *paysim.Sim) error {
	lines, err := s.Settings.List(ctx) // one reading for all but the secrets
	if err != nil {
		return err
	}
	present := map[string]string{}
	for _, l := range lines {
		present[l.Key] = l.Value
	}
	for key, value := range practiceSettings(sim) {
		now, err := present[key], error(nil)
		if app.IsSecret(key) {
			now, err = s.Settings.Get(ctx, key)
		}
		if err == nil && now != value {
			err = s.Settings.Set(ctx, key, value)
		}
		if err != nil {
			return err
		}
	}
	if err := s.offer(ctx, present); err != nil {
		return err
	}
	return s.Reconfigure(ctx)
}

// practiceSettings connect every channel to the simulator: Alipay and WeChat
// directly, the latter as a service provider, who may take deposits, and UnionPay
// through Cloud Pay.
func practiceSettings(sim *paysim.Sim) map[string]string {
	wechat, cloud := sim.WeChatPartner(), sim.CloudPay()
	return map[string]string{
		"alipay.app_id":      sim.AppID,
		"alipay.seller_id":   sim.SellerID,
		"alipay.private_key": sim.MerchantPrivateKey,
		"alipay.public_key":  sim.AlipayPublicKey,
		"alipay.gateway":     sim.URL(),
		"alipay.sandbox":     "true",
		"alipay.enabled":     "true",

		"wechat.app_id":          wechat.AppID,
		"wechat.mch_id":          wechat.MchID,
		"wechat.sub_mch_id":      wechat.SubMchID,
		"wechat.private_key":     wechat.MerchantPrivateKey,
		"wechat.merchant_cert":   wechat.MerchantCert,
		"wechat.merchant_serial": wechat.MerchantSerial,
		"wechat.public_key_id":   wechat.PublicKeyID,
		"wechat.public_key":      wechat.PublicKey,
		"wechat.apiv3_key":       wechat.APIv3Key,
		"wechat.apiv2_key":       wechat.APIv2Key,
		"wechat.notify_url":      "https://pay.example.com/practice",
		"wechat.gateway":         wechat.BaseURL,
		"wechat.enabled":         "true",

		"cloudpay.out_mch_id":            cloud.OutMchID,
		"cloudpay.out_sub_mch_id":        cloud.OutSubMchID,
		"cloudpay.out_shop_id":           cloud.OutShopID,
		"cloudpay.auth_key":              cloud.AuthKey,
		"cloudpay.order_prefix":          cloud.OrderPrefix,
		"cloudpay.machine_no":            cloud.MachineNo,
		"cloudpay.device_id":             cloud.DeviceID,
		"cloudpay.unionpay_platform":     strconv.Itoa(cloud.UnionPayPlatform),
		"cloudpay.unionpay_sub_platform": strconv.Itoa(cloud.UnionPaySubPlatform),
		"cloudpay.hosts":                 cloud.Host,
		"cloudpay.enabled":               "true",
		"wallet.unionpay":                app.WayCloudPay,
	}
}

// offer fills in what a newcomer needs for a first sale and has not set:
// a printer that needs no paper, and a few goods. present are the settings that
// are no secrets.
func (s *Shop) offer(ctx context.Context, present map[string]string) error {
	if present["printer.receipt"] != "" && present["till.quick"] != "" {
		return nil
	}
	words, err := s.words(ctx)
	if err != nil {
		return err
	}
	goods := app.FormatQuickAmounts([]app.QuickAmount{
		{Name: words.T("practice.goods.water"), Price: 200, Quantity: 1},
		{Name: words.T("practice.goods.breakfast"), Price: 800, Quantity: 1},
		{Name: words.T("practice.goods.bag"), Price: 30, Quantity: 1},
	})
	for _, line := range [][2]string{{"printer.receipt", "virtual:"}, {"till.quick", goods}} {
		if present[line[0]] != "" {
			continue
		}
		if err := s.Settings.Set(ctx, line[0], line[1]); err != nil {
			return err
		}
	}
	return nil
}

// words are the sentences in the language of the settings.
func (s *Shop) words(ctx context.Context) (*lang.Words, error) {
	value, err := s.Settings.Get(ctx, "ui.language")
	if err != nil {
		return nil, err
	}
	language, ok := lang.Parse(value)
	if !ok {
		language = lang.Chinese
	}
	return lang.Load(language), nil
}
