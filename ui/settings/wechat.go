package settings

import (
	"time"

	"frontdesk/payment"
)

// Who signed with WeChat Pay.
const (
	signedItself   = 0 // the shop
	signedProvider = 1 // a service provider, for the shop
)

// What WeChat's answers are verified with.
const (
	trustKey   = 0 // its public key
	trustCerts = 1 // platform certificates
	trustBoth  = 2 // while a merchant moves from these to that
)

// newWeChatPage is the account at WeChat Pay.
func newWeChatPage(s *Screen) *page {
	c := newChannelPage(s, payment.WeChat)
	w := s.desk.Words
	var role, trust *groups
	c.basic(func() {
		role = c.choose("wechat.role", []string{c.word("wechat.role.direct"), c.word("wechat.role.partner")},
			nil, []string{"wechat.sub_mch_id", "wechat.sub_app_id", "wechat.apiv2_key"})
		c.text("wechat.app_id", asIs, nil)
		c.text("wechat.mch_id", asIs, nil)
	})
	c.part(false, role.is(signedProvider), func() {
		c.text("wechat.sub_mch_id", asIs, func(id string) string {
			if id == "" && role.is(signedProvider)() && c.on() {
				return w.T("wechat.config.missing")
			}
			return ""
		})
	})
	c.basic(func() {
		c.heading("keys")
		c.secret("wechat.private_key", false)
		c.secret("wechat.merchant_cert", true)
		c.text("wechat.merchant_serial", asIs, nil)
		c.heading("trust")
		key, certs := []string{"wechat.public_key_id", "wechat.public_key"}, []string{"wechat.platform_certs"}
		trust = c.choose("wechat.trust", []string{c.word("wechat.trust.key"), c.word("wechat.trust.certs"), c.word("wechat.trust.both")},
			key, certs, append(key, certs...))
	})
	c.part(false, trust.is(trustKey, trustBoth), func() {
		c.text("wechat.public_key_id", asIs, nil)
		c.secret("wechat.public_key", false)
	})
	c.part(false, trust.is(trustCerts, trustBoth), func() { c.secret("wechat.platform_certs", false) })
	c.part(false, role.is(signedProvider), func() {
		c.heading("deposit")
		c.secret("wechat.apiv2_key", true)
	})
	c.basic(func() {
		c.heading("qr")
		c.text("wechat.notify_url", asIs, isURL(w))
	})
	c.part(true, role.is(signedProvider), func() { c.text("wechat.sub_app_id", asIs, nil) })
	c.advanced(func() {
		for _, name := range []string{"goods_tag", "store_id", "device_id", "device_ip"} {
			c.text(c.key(name), asIs, nil)
		}
		c.secret("wechat.apiv3_key", true)
		c.text("wechat.gateway", asIs, isURL(w))
		seconds := inUnits(time.Second)
		c.text("wechat.query_interval", seconds, isDuration(w, time.Second, 1, 60))
		c.text("wechat.pay_timeout", seconds, isDuration(w, time.Second, 15, 15*60))
		c.text("wechat.qr_timeout", seconds, isDuration(w, time.Second, 30, 60*60))
	})
	return c.done()
}
