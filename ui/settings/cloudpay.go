package settings

import (
	"time"

	"frontdesk/payment"
)

// newCloudPayPage is the account at Tencent Cloud Pay.
func newCloudPayPage(s *Screen) *page {
	c := newChannelPage(s, payment.CloudPay)
	w := s.desk.Words
	c.basic(func() {
		for _, name := range []string{"out_mch_id", "out_sub_mch_id", "out_shop_id", "order_prefix"} {
			c.text(c.key(name), asIs, nil)
		}
		c.secret("cloudpay.auth_key", false)
		c.heading("till")
		c.text("cloudpay.device_id", asIs, nil)
		c.heading("union")
		c.text("cloudpay.unionpay_platform", asIs, isCount(w, 0, 99999))
	})
	c.advanced(func() {
		c.heading("till")
		c.text("cloudpay.machine_no", asIs, nil)
		c.text("cloudpay.staff_id", asIs, nil)
		c.text("cloudpay.unionpay_sub_platform", asIs, isCount(w, 0, 99999))
		c.heading("refund")
		c.text("cloudpay.refund_staff_id", asIs, nil)
		c.text("cloudpay.refund_staff_name", asIs, nil)
		c.segment("cloudpay.sign_refunds", []string{"false", "true"}, []string{c.word("cloudpay.sign_refunds.no"), c.word("cloudpay.sign_refunds.yes")})
	})
	signs := func() bool { return s.vals != nil && s.vals.get("cloudpay.sign_refunds") == "true" }
	c.part(true, signs, func() { c.secret("cloudpay.sign_key", false) })
	c.advanced(func() {
		c.heading("line")
		c.area("cloudpay.hosts", 116, isURLs(w))
		c.secret("cloudpay.extra_ca", true)
		c.heading("times")
		seconds := inUnits(time.Second)
		c.text("cloudpay.query_interval", seconds, isDuration(w, time.Second, 1, 60))
		c.text("cloudpay.pay_timeout", seconds, isDuration(w, time.Second, 10, 15*60))
		c.text("cloudpay.qr_timeout", seconds, isDuration(w, time.Second, 30, 2*60*60))
	})
	return c.done()
}
