package paysim

import (
	"net/url"

	"frontdesk/payment"
)

var voucherFields = fundFields

// voucher is alipay.fund.auth.order.voucher.create: make a QR for a hold.
// There is no hold at Alipay until somebody scans it.
func (a *alipay) voucher(b content) reply {
	return a.change(func(p *page) reply {
		if refused, ok := a.checkHold(b); !ok {
			return refused
		}
		if h, exists := p.findHold(b.text("out_order_no")); exists {
			if refused, ok := heldBefore(h, b, payment.MethodQR); !ok {
				return refused
			}
			return violation()
		}
		if p.requestTaken(b.text("out_request_no")) {
			return violation()
		}
		h := newHold(p, b, payment.MethodQR)
		h.State, h.QR = Offered, p.newHoldQR()
		p.saveHold(h)
		return done("10000", map[string]any{
			"out_order_no": h.No, "out_request_no": h.RequestNo, "code_type": "qrCode", "code_value": h.QR,
			"code_url": "https://mobilecodec.alipay.com/show.htm?code=" + url.QueryEscape(h.QR),
		})
	})
}
