package paysim

import (
	"time"

	"frontdesk/payment"
)

var cloudScanFields = []field{
	must("pay_content", object(all(cloudOrderFields, []field{
		may("time_expire", whole(1, 1<<40)), wxpayExt(may("product_id", octets(32))),
	}))),
	mchKey(must), clientField(must, must), cloudNonce,
}

var cloudCloseFields = []field{
	must("out_trade_no", cloudNo), must("trade_type", wholeOf(1, 2, 3, 4, 5, 6, 8, 9)),
	mchKey(must), clientField(must, may), cloudNonce,
}

// scanCodePay makes a QR. The answer names no order number.
func (c *cloudPay) scanCodePay(b content) cloudReply {
	pay := b.object("pay_content")
	if cloudWallet(b.object("pay_mch_key")) != payment.WalletWeChat && pay["wxpay_pay_content_ext"] != nil {
		return callerError(cloudBadField, "参数wxpay_pay_content_ext错误.")
	}
	return c.change(func(p *page) cloudReply {
		if refused, ok := cloudFree(p, pay.text("out_trade_no"), payment.MethodQR); !ok {
			return refused
		}
		o := newCloudOrder(p, b, payment.MethodQR)
		var ok bool
		if o.Expires, ok = c.expiry(p, pay, qrLife); !ok {
			return callerError(cloudBadField, "参数time_expire错误.")
		}
		o.State, o.QR, o.QRExpires = Offered, p.newQR(o.Wallet), p.now.Add(qrLife)
		p.save(o)
		return cloudDone(map[string]any{"code_url": o.QR})
	})
}

// expiry is when a QR ends: when the request says, or else after a while. It has
// to be more than a minute away, as WeChat has it. Where the client's clock is
// known to be another (Options.Skew), a time that does not fit is passed over.
func (c *cloudPay) expiry(p *page, part content, otherwise time.Duration) (end time.Time, ok bool) {
	at := part.whole("time_expire")
	end = time.Unix(at, 0)
	left := end.Sub(p.now)
	switch {
	case at != 0 && left > time.Minute && left <= 15*24*time.Hour:
		return end, true
	case at == 0 || c.sim.opts.Skew < 0:
		return p.now.Add(otherwise), true
	}
	return time.Time{}, false
}

// closeOrder ends a QR that is not paid. It cannot end a payment by code, it
// gives no money back, and what is closed or paid is not closed again.
func (c *cloudPay) closeOrder(b content) cloudReply {
	return c.change(func(p *page) cloudReply {
		o, found := c.find(p, b)
		switch {
		case !found:
			return cloudNoSuch()
		case o.Method != payment.MethodQR:
			return saysNo(cloudSaid, cloudWrongState, "该订单不支持关闭。")
		case o.State == Waiting:
			after, unknown := o.cancelled(p.now)
			p.save(after)
			switch {
			case unknown > 0:
				return cloudBusy()
			case after.State == Closed:
				return cloudDone(map[string]any{})
			}
			o = after // paid in this very moment, and the money stays
		}
		switch {
		case o.State == Paid:
			return saysNo(cloudSaid, cloudWrongState, "订单已支付，不能关闭。")
		case o.State == Closed:
			return saysNo(cloudSaid, cloudWrongState, "订单已关闭。")
		case !c.sim.opts.QRSurvivesCancel:
			o.State = Closed
			p.save(o)
		}
		return cloudDone(map[string]any{})
	})
}
