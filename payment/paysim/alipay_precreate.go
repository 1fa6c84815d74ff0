package paysim

import (
	"time"

	"frontdesk/payment"
)

// qrLife is how long a QR can be scanned, whatever was asked for.
const qrLife = 2 * time.Hour

var precreateFields = all(orderFields, []field{
	may("product_code", oneOf("FACE_TO_FACE_PAYMENT", "OFFLINE_PAYMENT", "QR_CODE_OFFLINE")),
	may("qr_code_timeout_express", express),
	may("enable_pay_channels", plain(128)),
	may("buyer_logon_id", plain(100)),
	may("code_type", oneOf("share_code")),
})

// precreate is alipay.trade.precreate: make a QR. There is no trade until
// somebody scans it.
func (a *alipay) precreate(b content) reply {
	if b.text("enable_pay_channels") != "" && b.text("disable_pay_channels") != "" {
		return failed("ACQ.INVALID_PARAMETER", "参数无效：enable_pay_channels 与 disable_pay_channels 互斥")
	}
	return a.change(func(p *page) reply {
		if refused, ok := a.checkOrder(p, b); !ok {
			return refused
		}
		if o, exists := p.find(b.text("out_trade_no")); exists {
			if refused, ok := reused(o, b, payment.MethodQR); !ok {
				return refused
			}
			return failed("ACQ.APPLY_PC_MERCHANT_CODE_ERROR", "申请二维码失败，商户订单号重复")
		}
		o := newOrder(p, b, payment.MethodQR)
		o.State, o.QR, o.QRExpires = Offered, p.newQR(o.Wallet), p.now.Add(qrLife)
		if s := b.text("qr_code_timeout_express"); s != "" {
			if end, _ := expressEnd(s, p.now); end.Before(o.Expires) {
				o.Expires = end
			}
		}
		p.save(o)
		return done("10000", map[string]any{"out_trade_no": o.No, "qr_code": o.QR})
	})
}
