package shop

import (
	"context"

	"frontdesk/payment/paysim"
)

// Practise connects the shop to a payment simulator instead of a real channel.
// The settings are written each time: the simulator listens on a new port.
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
		if err := s.Settings.Set(ctx, line[0], line[1]); err != nil {
			return err
		}
	}
	printer, err := s.Settings.Get(ctx, "printer.receipt")
	if err != nil {
		return err
	}
	if printer == "" {
		if err := s.Settings.Set(ctx, "printer.receipt", "virtual:"); err != nil {
			return err
		}
	}
	return s.Reconfigure(ctx)
}
