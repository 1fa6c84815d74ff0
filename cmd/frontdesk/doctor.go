package main

import (
	"context"
	"errors"

	"frontdesk/cmd/internal/shop"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wechat"
	"frontdesk/ui/settings"
)

// doctor looks at a channel's settings for its settings page, with changes that
// are not saved yet.
type doctor struct {
	shop    *shop.Shop
	channel payment.ChannelName
}

// doctors has one for each channel.
func doctors(s *shop.Shop) map[payment.ChannelName]settings.ChannelDoctor {
	all := map[payment.ChannelName]settings.ChannelDoctor{}
	for _, channel := range []payment.ChannelName{payment.Alipay, payment.WeChat, payment.CloudPay} {
		all[channel] = doctor{s, channel}
	}
	return all
}

func (d doctor) CheckConfig(ctx context.Context, changes map[string]string) ([]settings.ConfigFault, error) {
	v := d.shop.Settings.ValuesWith(ctx, changes)
	var faults []settings.ConfigFault
	for _, fault := range d.shop.SetupFaults(d.channel, v) {
		field, kind := faultOf(fault)
		faults = append(faults, settings.ConfigFault{Key: string(d.channel) + "." + field, Kind: kind})
	}
	return faults, v.Err()
}

// faultOf is what a channel's package says about one of its settings.
func faultOf(err error) (field, kind string) {
	var (
		a *alipay.ConfigError
		w *wechat.ConfigError
		c *cloudpay.ConfigError
	)
	switch {
	case errors.As(err, &a):
		return string(a.Field), string(a.Kind)
	case errors.As(err, &w):
		return string(w.Field), string(w.Kind)
	case errors.As(err, &c):
		return string(c.Field), string(c.Kind)
	}
	return "", ""
}

func (d doctor) Check(ctx context.Context, changes map[string]string) (settings.Probe, error) {
	v := d.shop.Settings.ValuesWith(ctx, changes)
	var probe func() (settings.Probe, error)
	switch d.channel {
	case payment.Alipay:
		config := d.shop.AlipayConfig(v)
		probe = func() (settings.Probe, error) { return probeAlipay(ctx, config) }
	case payment.WeChat:
		config := d.shop.WeChatConfig(v)
		probe = func() (settings.Probe, error) { return probeWeChat(ctx, config) }
	default:
		config := d.shop.CloudPayConfig(v)
		probe = func() (settings.Probe, error) { return probeCloudPay(ctx, config) }
	}
	if err := v.Err(); err != nil {
		return settings.Probe{}, err
	}
	return probe()
}

func probeAlipay(ctx context.Context, config alipay.Config) (settings.Probe, error) {
	c, err := alipay.New(config)
	if err != nil {
		return settings.Probe{}, err
	}
	defer c.Close()
	r := c.Probe(ctx)
	return settings.Probe{Kind: string(r.Kind), Code: r.Code, Skew: r.Skew, Dated: r.Dated, Took: r.Took}, nil
}

func probeWeChat(ctx context.Context, config wechat.Config) (settings.Probe, error) {
	c, err := wechat.New(config)
	if err != nil {
		return settings.Probe{}, err
	}
	defer c.Close()
	r := c.Probe(ctx)
	return settings.Probe{Kind: string(r.Kind), Code: r.Code, Skew: r.Skew, Dated: r.Dated, Took: r.Took}, nil
}

func probeCloudPay(ctx context.Context, config cloudpay.Config) (settings.Probe, error) {
	c, err := cloudpay.New(config)
	if err != nil {
		return settings.Probe{}, err
	}
	defer c.Close()
	r := c.Probe(ctx)
	probe := settings.Probe{Kind: string(r.Kind), Code: r.Code, Skew: r.Skew, Dated: r.Dated, Took: r.Took}
	for _, h := range r.Hosts {
		probe.Hosts = append(probe.Hosts, settings.HostProbe{URL: h.URL, Up: h.Up})
	}
	return probe, nil
}
