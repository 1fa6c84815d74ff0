package settings

import (
	"time"

	"frontdesk/payment"
)

// What Alipay's answers are verified with.
const (
	byKey  = 0 // Alipay's public key
	byCert = 1 // certificates
)

var alipayCerts = []string{"alipay.app_cert", "alipay.alipay_cert", "alipay.root_cert"}

// newAlipayPage is the account at Alipay.
func newAlipayPage(s *Screen) *page {
	c := newChannelPage(s, payment.Alipay)
	w := s.desk.Words
	var mode *groups
	c.basic(func() {
		c.segment("alipay.sandbox", []string{"false", "true"}, []string{c.word("alipay.production"), c.word("alipay.sandbox.on")})
		c.text("alipay.app_id", asIs, nil)
		c.secret("alipay.private_key", false)
		mode = c.choose("alipay.mode", []string{c.word("alipay.mode.key"), c.word("alipay.mode.cert")}, []string{"alipay.public_key"}, alipayCerts)
	})
	c.part(false, mode.is(byKey), func() { c.secret("alipay.public_key", false) })
	c.part(false, mode.is(byCert), func() {
		for _, key := range alipayCerts {
			c.secret(key, false)
		}
	})
	c.basic(func() { c.secret("alipay.app_auth_token", true) })
	c.advanced(func() {
		for _, name := range []string{"sys_service_provider_id", "seller_id", "store_id", "terminal_id", "operator_id"} {
			c.text(c.key(name), asIs, nil)
		}
		c.text("alipay.gateway", asIs, isURL(w))
		c.text("alipay.product_code", asIs, nil)
		c.text("alipay.qr_product_code", asIs, nil)
		seconds := inUnits(time.Second)
		c.text("alipay.query_interval", seconds, isDuration(w, time.Second, 1, 60))
		c.text("alipay.pay_timeout", seconds, isDuration(w, time.Second, 10, 15*60))
		c.text("alipay.qr_timeout", seconds, isDuration(w, time.Second, 30, 60*60))
		c.text("alipay.hold_product_code", asIs, nil)
		c.text("alipay.hold_timeout", inUnits(time.Minute), isDuration(w, time.Minute, 1, 15*24*60))
	})
	return c.done()
}
