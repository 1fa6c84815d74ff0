package paysim

import (
	"time"

	"frontdesk/payment"
)

// cloudFreezeOrder is what micro_freeze and scancode_freeze have in common.
var cloudFreezeOrder = []field{
	must("out_freeze_no", cloudNo), must("freeze_fee", cloudFee), must("fee_type", oneOf("CNY")), must("body", octets(128)),
	may("detail", cloudDetail), may("remark", octets(127)),
	may("wxpay_freeze_content_ext", object([]field{
		may("attach", octets(127)), may("goods_tag", octets(32)), may("limit_pay", oneOf("no_credit")),
	})),
	may("alipay_freeze_content_ext", object([]field{may("enable_pay_channels", octets(1024))})),
}

var cloudFreezeFields = []field{
	must("freeze_content", object(all(cloudFreezeOrder, []field{must("author_code", cloudCode)}))),
	mchKey(must), clientField(must, must), cloudNonce,
}

var cloudScanFreezeFields = []field{
	must("freeze_content", object(all(cloudFreezeOrder, []field{may("time_expire", whole(1, 1<<40))}))),
	mchKey(must), clientField(must, may), cloudNonce,
}

// checkFreeze is what the parts of a freeze have to be to each other; ok is
// false when it is refused. Codes of UnionPay hold no deposits.
func checkFreeze(b content) (refused cloudReply, ok bool) {
	part, wallet := b.object("freeze_content"), cloudWallet(b.object("pay_mch_key"))
	_, wx := part["wxpay_freeze_content_ext"]
	_, ali := part["alipay_freeze_content_ext"]
	switch {
	case wallet == payment.WalletUnionPay:
		return saysNo(cloudSaid, cloudNotAllowed, "该支付方式不支持押金。"), false
	case wx && wallet != payment.WalletWeChat, ali && wallet != payment.WalletAlipay:
		return callerError(cloudBadField, "参数freeze_content_ext错误."), false
	}
	return cloudReply{}, true
}

// microFreeze sets money of the payer aside whose code was scanned. The last two
// digits of the code choose what happens, with the numbers of Scenarios. As with
// payments there is no cancel: code 12 is held after a while, what was refused
// leaves a number that can be asked about, and who never confirms is given up by
// the wallet.
func (c *cloudPay) microFreeze(b content) cloudReply {
	part := b.object("freeze_content")
	code, wallet := payment.Recognise(part.text("author_code"))
	if wallet != cloudWallet(b.object("pay_mch_key")) || code.Raw() != part.text("author_code") {
		return callerError(cloudBadField, "参数author_code错误：付款码与支付平台不符.")
	}
	if refused, ok := checkFreeze(b); !ok {
		return refused
	}
	scenario := scenarioOf(code)
	var waits bool
	rep := c.change(func(p *page) cloudReply {
		if refused, ok := cloudFreeHold(p, part.text("out_freeze_no"), payment.MethodCode); !ok {
			return refused
		}
		h, rep := c.freezeNow(p, b, code, scenario)
		waits = h.State == Waiting
		return rep
	})
	if scenario == slow && waits {
		return c.freezeSlowly(part)
	}
	return rep
}

// cloudFreeHold is cloudFree for the number of a hold.
func cloudFreeHold(p *page, no string, m payment.Method) (refused cloudReply, ok bool) {
	h, exists := p.findHold(no)
	_, order := p.find(no)
	switch {
	case exists && h.Channel == payment.CloudPay && h.Method == m && m == payment.MethodCode:
		return saysNo(cloudSaid, cloudDuplicate, "单号重复，请查询冻结单结果。"), false
	case exists || order || p.requestTaken(no):
		return cloudUsed(), false
	}
	return cloudReply{}, true
}

// newCloudHold is the hold that a request asks for; the caller sets it off.
func newCloudHold(p *page, b content, m payment.Method) hold {
	part, wallet := b.object("freeze_content"), cloudWallet(b.object("pay_mch_key"))
	no := part.text("out_freeze_no")
	return hold{
		No: no, RequestNo: no, Channel: payment.CloudPay, Method: m, Wallet: wallet, Amount: part.fen("freeze_fee"), Title: part.text("body"),
		State: Waiting, Created: p.now, Expires: p.now.Add(cloudPatienceOf(wallet)), Cloud: noteOf(b, part),
	}
}

// freezeNow does what the code asks for at once.
func (c *cloudPay) freezeNow(p *page, b content, code payment.PayCode, scenario int) (hold, cloudReply) {
	h := newCloudHold(p, b, payment.MethodCode)
	h.Payer, h.Scenario = payerOf(code), scenario
	if p.spender(code) != "" {
		h.Scenario = codeExpired
	}
	switch h.Scenario {
	case balanceTooLow, codeExpired:
		h.State = Closed
		p.saveHold(h)
		return h, cloudCodeRefused(h.Scenario)
	case errorNotCharged: // Cloud Pay has the hold and never sends it on
	default:
		h.AuthNo, h.OperationID, h.CodeHash = p.newAuthNo(h.Wallet), p.newOperationID(h), hashCode(code)
		h = c.sim.beginHold(p, h, scenario)
		if scenario == paidAtCancel {
			h.HoldAt = p.now.Add(c.sim.opts.Password)
		}
	}
	p.saveHold(h)
	return h, c.freezeAnswer(p, h, code).sentBy(scenario)
}

// freezeSlowly takes its time and then says what has become of the hold.
func (c *cloudPay) freezeSlowly(part content) cloudReply {
	if !c.sim.sleep(c.sim.opts.Slow) {
		return cloudReply{}.lost()
	}
	return c.change(func(p *page) cloudReply {
		h, _ := p.findHold(part.text("out_freeze_no"))
		if h.State == Waiting { // an injected clock may stand still
			h = h.heldSince(p.now)
			p.saveHold(h)
		}
		return c.freezeAnswer(p, h, payment.PayCode(part.text("author_code")))
	})
}

// freezeAnswer says how the hold stands to the one who asked for it.
func (c *cloudPay) freezeAnswer(p *page, h hold, code payment.PayCode) cloudReply {
	held := c.freezeContent(p, h)
	held["author_code"] = code.Raw()
	return cloudDone(map[string]any{"freeze_order_content": held, "pay_mch_key": c.mchKey(h.Wallet, h.Payer)})
}

// scanFreeze makes a QR for a hold, which only Alipay has. Nothing closes it but
// its time.
func (c *cloudPay) scanFreeze(b content) cloudReply {
	if refused, ok := checkFreeze(b); !ok {
		return refused
	}
	part := b.object("freeze_content")
	if cloudWallet(b.object("pay_mch_key")) != payment.WalletAlipay {
		return saysNo(cloudSaid, cloudNotAllowed, "扫码押金冻结当前仅支持支付宝。")
	}
	return c.change(func(p *page) cloudReply {
		if refused, ok := cloudFreeHold(p, part.text("out_freeze_no"), payment.MethodQR); !ok {
			return refused
		}
		h := newCloudHold(p, b, payment.MethodQR)
		var ok bool
		if h.Expires, ok = c.expiry(p, part, 15*time.Minute); !ok {
			return callerError(cloudBadField, "参数time_expire错误.")
		}
		h.State, h.QR = Offered, p.newHoldQR()
		p.saveHold(h)
		return cloudDone(map[string]any{"code_url": h.QR})
	})
}
