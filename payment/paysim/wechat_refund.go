package paysim

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"frontdesk/payment"
)

const (
	wxRefundMost   = 50           // parts of one order
	wxRefundMonths = 12           // after the payment
	wxRefundForm   = "50300%024d" // of WeChat's own number of a refund
)

// knowRefunds remembers where the refunds of an order are. It needs the book's
// lock.
func (w *weChat) knowRefunds(o order) {
	for _, r := range o.Refunds {
		if o.Channel == payment.WeChat && r.RequestNo != "" {
			w.refunds[[2]string{o.Account, r.RequestNo}] = o.No
		}
	}
}

// refundOf finds the order of a merchant that has a refund with that number,
// done or tried.
func (w *weChat) refundOf(p *page, account, requestNo string) (o order, i int) {
	o, found := p.findOf(payment.WeChat, w.refunds[[2]string{account, requestNo}])
	if !found || o.Account != account {
		return order{}, -1
	}
	return o, o.findRefund(requestNo)
}

// refund is /v3/refund/domestic/refunds. One number gives back once, whatever
// becomes of the answer; the last digit of fen chooses what else happens.
func (w *weChat) refund(c wxCall) wxReply {
	c.no, c.id = c.body.text("out_trade_no"), c.body.text("transaction_id")
	if (c.no == "") == (c.id == "") {
		return wxWrong("body", "transaction_id 与 out_trade_no 传一个")
	}
	return w.change(func(p *page) wxReply {
		o, found := c.find(p)
		if !found {
			return wxNo("RESOURCE_NOT_EXISTS", "订单不存在")
		}
		no, sum := c.body.text("out_refund_no"), c.body.object("amount").fen("refund")
		if refused, ok := w.checkRefund(p, c, o, no, sum); !ok {
			return refused
		}
		if i := o.findRefund(no); i >= 0 && o.Refunds[i].Done {
			return wxYes(wxRefundAnswer(o, o.Refunds[i], "SUCCESS"))
		}
		return w.refundNow(p, o, no, sum)
	})
}

// checkRefund is what a refund has to be to its order; ok is false when it is
// refused. A repeated one is compared with the first before anything else.
func (w *weChat) checkRefund(p *page, c wxCall, o order, no string, sum payment.Amount) (refused wxReply, ok bool) {
	total := c.body.object("amount").fen("total")
	first, i := w.refundOf(p, o.Account, no)
	wrong := func(why string) (wxReply, bool) { return wxNo("INVALID_REQUEST", why), false }
	switch {
	case i >= 0 && (first.No != o.No || first.Refunds[i].Amount != sum), total != o.Amount:
		return wrong("订单金额或退款金额与之前请求不一致，请核实后再试")
	case i >= 0 && first.Refunds[i].Done:
		return wxReply{}, true
	case o.Charged == 0:
		return wrong("订单未支付，不可退款")
	case !p.now.Before(o.PaidAt.AddDate(0, wxRefundMonths, 0)):
		return wrong("订单已超过一年，不可退款")
	case o.refunded()+sum > o.Charged:
		return wrong("申请退款金额大于订单可退金额")
	case i < 0 && len(o.Refunds) >= wxRefundMost:
		return wxNo("RULE_LIMIT", "部分退款次数超过 50 次"), false
	case i < 0 && wxLastRefund(o).Add(w.sim.opts.WeChat.RefundEvery).After(p.now):
		return wxNo("FREQUENCY_LIMITED", "同一笔订单多次退款，请在 1 分钟后再试"), false
	}
	return wxReply{}, true
}

// wxLastRefund is when the order was last refunded; long ago if never.
func wxLastRefund(o order) (last time.Time) {
	for _, r := range o.Refunds {
		if r.Done && r.At.After(last) {
			last = r.At
		}
	}
	return last
}

// refundNow carries a refund out that may be carried out.
func (w *weChat) refundNow(p *page, o order, no string, sum payment.Amount) wxReply {
	o, r, forced := w.repay(p, o, no, sum)
	switch forced {
	case refundNoFunds:
		return wxNo("NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
	case refundErrorNotDone, refundErrorButDone:
		return wxSystemError()
	case refundReplyLost:
		return wxReply{}.sentBy(replyLost)
	case refundSilent:
		return wxYes(wxRefundAnswer(o, r, "PROCESSING"))
	}
	return wxYes(wxRefundAnswer(o, r, "SUCCESS"))
}

// repay gives back, or not, as the last digit of fen forces it; forced is one
// of the numbers of RefundCases, or another when all is in order. What failed the
// first time, and nothing but that, is done the second.
func (w *weChat) repay(p *page, o order, no string, sum payment.Amount) (after order, r refund, forced int) {
	i := o.findRefund(no)
	again := i >= 0
	if !again {
		o.Refunds = append(o.Refunds, refund{RequestNo: no, Amount: sum})
		i = len(o.Refunds) - 1
		w.knowRefunds(o)
	}
	if forced = int(sum % 10); forced == refundErrorNotDone && again {
		forced = 0
	}
	if forced != refundErrorNotDone && forced != refundNoFunds {
		o = o.repaid(i, p.now)
	}
	p.save(o)
	return o, o.Refunds[i], forced
}

// wxRefundAnswer is the answer about a refund that was taken.
func wxRefundAnswer(o order, r refund, status string) map[string]any {
	fields := map[string]any{
		"refund_id": wxRefundID(o, r), "out_refund_no": r.RequestNo, "transaction_id": o.TradeNo, "out_trade_no": o.No,
		"channel": "ORIGINAL", "user_received_account": "支付用户零钱", "create_time": rfc3339(r.At), "status": status, "funds_account": "AVAILABLE",
		"amount": map[string]any{
			"total": int64(o.Amount), "refund": int64(r.Amount), "currency": "CNY",
			"payer_total": int64(o.Charged - o.Discount), "payer_refund": int64(r.Amount - r.Discount),
			"settlement_total": int64(o.Charged - o.Discount), "settlement_refund": int64(r.Amount - r.Discount), "discount_refund": int64(r.Discount),
		},
	}
	if status == "SUCCESS" {
		fields["success_time"] = rfc3339(r.At)
	}
	if r.Discount > 0 {
		fields["promotion_detail"] = []map[string]any{{
			"promotion_id": wxCoupon, "scope": "GLOBAL", "type": "DISCOUNT", "amount": int64(o.Discount), "refund_amount": int64(r.Discount),
		}}
	}
	return fields
}

// wxRefundID is WeChat's number of a refund. It comes from the refund itself, so
// that it needs no place in the book.
func wxRefundID(o order, r refund) string {
	sum := sha256.Sum256([]byte(o.TradeNo + "/" + r.RequestNo))
	return fmt.Sprintf(wxRefundForm, binary.BigEndian.Uint64(sum[:8]))
}

// refundQuery is /v3/refund/domestic/refunds/{out_refund_no}. A refund that did
// not get through is not known.
func (w *weChat) refundQuery(c wxCall) wxReply {
	return w.change(func(p *page) wxReply {
		o, i := w.refundOf(p, c.merchant.account(), c.refund)
		if i < 0 || !o.Refunds[i].Done || o.Hold != "" {
			return wxNo("RESOURCE_NOT_EXISTS", "退款单不存在")
		}
		return wxYes(wxRefundAnswer(o, o.Refunds[i], "SUCCESS"))
	})
}
