package paysim

import (
	"time"

	"frontdesk/payment"
)

// cloudOrderFields are what micro_pay and scan_code_pay have in common.
var cloudOrderFields = []field{
	must("out_trade_no", cloudNo), must("total_fee", cloudFee), must("fee_type", oneOf("CNY")), must("body", octets(128)),
	may("client_flow_id", octets(64)), may("caller_notify_url", like(`https?://[^\s/]+\S{0,240}`, "http 或 https 地址")),
	may("detail", cloudDetail), may("remark", octets(127)),
}

// wxpayExt may only be there when the platform is WeChat.
func wxpayExt(more ...field) field {
	return may("wxpay_pay_content_ext", object(all([]field{
		may("attach", octets(127)), may("goods_tag", octets(32)), may("limit_pay", oneOf("no_credit")),
	}, more)))
}

// cloudCode is the form of a pay code of any wallet.
var cloudCode = like(`[0-9A-Za-z]{16,256}`, "付款码")

var cloudPayFields = []field{
	must("pay_content", object(all(cloudOrderFields, []field{
		must("author_code", cloudCode), wxpayExt(),
	}))),
	mchKey(must), clientField(must, must), cloudNonce,
}

// wechatPatience is how long WeChat waits for the payer of a code before it
// revokes the order by itself; cloudPatience is the same for the others.
const (
	wechatPatience = 45 * time.Second
	cloudPatience  = 2 * time.Minute
)

func cloudPatienceOf(w payment.Wallet) time.Duration {
	if w == payment.WalletWeChat {
		return wechatPatience
	}
	return cloudPatience
}

// microPay charges the code that was scanned. Its last two digits choose what
// happens. A number that was sent before is blocked: the first payment stands,
// and may be paid. The documents say so of a number that comes with another
// content; here the same request is blocked too, so that only a query tells what
// became of it.
func (c *cloudPay) microPay(b content) cloudReply {
	pay := b.object("pay_content")
	code, wallet := payment.Recognise(pay.text("author_code"))
	switch {
	case wallet != cloudWallet(b.object("pay_mch_key")) || code.Raw() != pay.text("author_code"):
		return callerError(cloudBadField, "参数author_code错误：付款码与支付平台不符.")
	case wallet != payment.WalletWeChat && pay["wxpay_pay_content_ext"] != nil:
		return callerError(cloudBadField, "参数wxpay_pay_content_ext错误.")
	}
	scenario := scenarioOf(code)
	var waits bool
	rep := c.change(func(p *page) cloudReply {
		if refused, ok := cloudFree(p, pay.text("out_trade_no"), payment.MethodCode); !ok {
			return refused
		}
		o, rep := c.payNow(p, b, code, scenario)
		waits = o.State == Waiting
		return rep
	})
	if scenario == slow && waits {
		return c.paySlowly(pay)
	}
	return rep
}

// cloudFree refuses an order number that is used: again for the same kind of
// payment, or for something else. Orders and deposits share their numbers here.
func cloudFree(p *page, no string, m payment.Method) (refused cloudReply, ok bool) {
	o, exists := p.find(no)
	_, hold := p.findHold(no)
	switch {
	case exists && o.Channel == payment.CloudPay && o.Method == m && m == payment.MethodCode:
		return saysNo(cloudSaid, cloudDuplicate, "单号重复，请查询订单结果，请勿撤单。"), false
	case exists || hold:
		return cloudUsed(), false
	}
	return cloudReply{}, true
}

func cloudUsed() cloudReply {
	return saysNo(cloudNewNumber, cloudNumberUsed, "单号重复，请换新单号重试。")
}

// newCloudOrder is the order that a request asks for; the caller sets it off.
func newCloudOrder(p *page, b content, m payment.Method) order {
	pay, wallet := b.object("pay_content"), cloudWallet(b.object("pay_mch_key"))
	return order{
		No: pay.text("out_trade_no"), Channel: payment.CloudPay, Method: m, Wallet: wallet, Amount: pay.fen("total_fee"), Subject: pay.text("body"),
		State: Waiting, Created: p.now, Expires: p.now.Add(cloudPatienceOf(wallet)), Cloud: noteOf(b, pay),
	}
}

// payNow does what the code asks for at once. What is refused leaves a closed
// order under its number: there is no cancel, so who did not get the answer has
// to learn the end by a query.
func (c *cloudPay) payNow(p *page, b content, code payment.PayCode, scenario int) (order, cloudReply) {
	o := newCloudOrder(p, b, payment.MethodCode)
	o.Payer, o.Scenario = payerOf(code), scenario
	if p.spender(code) != "" {
		o.Scenario = codeExpired
	}
	switch o.Scenario {
	case balanceTooLow, codeExpired:
		o.State = Closed
		p.save(o)
		return o, cloudCodeRefused(o.Scenario)
	case errorNotCharged: // Cloud Pay has the order and never sends it on
	default:
		o.TradeNo, o.CodeHash = p.newTradeNo(o.Wallet), hashCode(code)
		o = c.sim.begin(p, o, scenario)
		if scenario == paidAtCancel {
			o.PayAt = p.now.Add(c.sim.opts.Password) // nobody can cancel it, so it is just paid
		}
	}
	p.save(o)
	return o, c.payAnswer(p, o, code).sentBy(scenario)
}

// cloudCodeRefused is the answer to a code that the wallet does not take.
func cloudCodeRefused(scenario int) cloudReply {
	if scenario == balanceTooLow {
		return saysNo(cloudSaid, cloudPoor, "支付失败：用户余额不足，请顾客更换其它支付方式。")
	}
	return saysNo(cloudNewNumber, cloudBadCode, "支付失败：付款码已过期或已使用，请顾客刷新付款码，换新单号重试。")
}

// paySlowly takes its time and then says what has become of the order.
func (c *cloudPay) paySlowly(pay content) cloudReply {
	if !c.sim.sleep(c.sim.opts.Slow) {
		return cloudReply{}.lost()
	}
	return c.change(func(p *page) cloudReply {
		o, _ := p.find(pay.text("out_trade_no"))
		if o.State == Waiting { // an injected clock may stand still
			o = o.paid(p.now)
			p.save(o)
		}
		return c.payAnswer(p, o, payment.PayCode(pay.text("author_code")))
	})
}

// payAnswer says how the order stands to the one who asked for it, and, as the
// service does, gives the whole pay code back: an answer is nothing to log.
func (c *cloudPay) payAnswer(p *page, o order, code payment.PayCode) cloudReply {
	order := c.orderContent(p, o)
	order["author_code"] = code.Raw()
	return cloudDone(map[string]any{"order_content": order, "pay_mch_key": c.mchKey(o.Wallet, o.Payer)})
}
