package shop

import (
	"context"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment/paysim"
)

// Practise connects the shop to a payment simulator instead of a real channel.
// What has changed is written: the simulator listens on a new port each time,
// and keeps its keys.
func (s *Shop) Practise(ctx context.Context, sim *paysim.Sim) error {
	for _, line := range [][2]string{
		{"alipay.app_id", sim.AppID},
		{"alipay.seller_id", sim.SellerID},
		{"alipay.private_key", sim.MerchantPrivateKey},
		{"alipay.public_key", sim.AlipayPublicKey},
		{"alipay.gateway", sim.URL()},
		{"alipay.sandbox", "true"},
		{"alipay.enabled", "true"},
	} {
		value, err := s.Settings.Get(ctx, line[0])
		if err == nil && value != line[1] {
			err = s.Settings.Set(ctx, line[0], line[1])
		}
		if err != nil {
			return err
		}
	}
	if err := s.offer(ctx); err != nil {
		return err
	}
	return s.Reconfigure(ctx)
}

// offer fills in what a newcomer needs for a first sale and has not set:
// a printer that needs no paper, and a few goods.
func (s *Shop) offer(ctx context.Context) error {
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
		value, err := s.Settings.Get(ctx, line[0])
		if err == nil && value == "" {
			err = s.Settings.Set(ctx, line[0], line[1])
		}
		if err != nil {
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
