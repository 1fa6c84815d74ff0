package main

import (
	"context"

	"frontdesk/cmd/internal/shop"
	"frontdesk/payment/alipay"
	"frontdesk/ui/settings"
)

// doctor looks at Alipay's settings for the settings page, with changes that
// are not saved yet.
type doctor struct{ shop *shop.Shop }

// config reads the settings as they would be with changes.
func (d doctor) config(ctx context.Context, changes map[string]string) (alipay.Config, error) {
	v := d.shop.Settings.ValuesWith(ctx, changes)
	c := d.shop.AlipayConfig(v)
	return c, v.Err()
}

func (d doctor) CheckConfig(ctx context.Context, changes map[string]string) ([]settings.ConfigFault, error) {
	c, err := d.config(ctx, changes)
	if err != nil {
		return nil, err
	}
	var faults []settings.ConfigFault
	for _, p := range c.Problems() {
		faults = append(faults, settings.ConfigFault{Key: "alipay." + string(p.Field), Kind: string(p.Kind)})
	}
	return faults, nil
}

func (d doctor) Check(ctx context.Context, changes map[string]string) (settings.Probe, error) {
	c, err := d.config(ctx, changes)
	if err != nil {
		return settings.Probe{}, err
	}
	channel, err := alipay.New(c)
	if err != nil {
		return settings.Probe{}, err
	}
	defer channel.Close()
	r := channel.Probe(ctx)
	return settings.Probe{Kind: string(r.Kind), Code: r.Code, Skew: r.Skew, Dated: r.Dated, Took: r.Took}, nil
}

var _ settings.AlipayDoctor = doctor{}
