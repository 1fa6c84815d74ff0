package paysim

import "frontdesk/payment"

var cloudQueryFields = []field{
	must("out_trade_no", cloudNo), may("trade_type", wholeOf(1, 2, 3, 4, 5, 6, 8, 9)),
	mchKey(may), clientField(may, may), cloudNonce,
}

// queryOrder says what has become of an order. The payer of code 02 has entered
// the password by the third query, and by then Cloud Pay knows of code 08 that
// the wallet never got it.
func (c *cloudPay) queryOrder(b content) cloudReply {
	return c.change(func(p *page) cloudReply {
		o, found := c.find(p, b)
		if !found {
			return cloudNoSuch()
		}
		o = cloudAsked(p, o)
		order := c.orderContent(p, o)
		order["trade_state"] = outerState(o.State == Paid, o.State != Closed)
		order["exchange_rate"], order["source_type"], order["caller_notify_url"], order["context"] = 100000000, 0, "", ""
		return cloudDone(map[string]any{
			"order_content": order, "pay_mch_key": c.mchKey(o.Wallet, o.Payer), "order_client": o.Cloud.client(),
		})
	})
}

// find is the order that a request names. One of another wallet or another kind
// of payment than the request says is not found.
func (c *cloudPay) find(p *page, b content) (o order, found bool) {
	o, found = p.findOf(payment.CloudPay, b.text("out_trade_no"))
	key := b.object("pay_mch_key")
	switch {
	case !found,
		key.whole("pay_platform") != 0 && cloudWallet(key) != o.Wallet,
		b.whole("trade_type") != 0 && b.whole("trade_type") != int64(cloudTradeType(o.Method)):
		return order{}, false
	}
	return o, true
}

func cloudNoSuch() cloudReply { return saysNo(cloudSaid, cloudNoOrder, "订单不存在。") }

// cloudAsked counts the queries of an order that ends by itself after two of them.
func cloudAsked(p *page, o order) order {
	if o.State == Waiting && o.Scenario == errorNotCharged && o.Method == payment.MethodCode {
		if o.Queries++; o.Queries > 2 {
			o.State = Closed
		}
		p.save(o)
		return o
	}
	return asked(p, o)
}
