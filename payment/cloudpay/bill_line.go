package cloudpay

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// errStillOpenLine is a line of which it is not known yet whether it moves money.
var errStillOpenLine = errors.New("it is still open")

// noted are the sub platforms of what somebody noted down, and of vouchers: no
// money of a wallet.
var noted = map[int64]bool{300: true, 401: true, 402: true}

// listedBy is whose line it is. ours is false for what somebody noted down, which
// comes only where a list cannot be limited to wallets.
func (c *Channel) listedBy(line object) (w payment.Wallet, platform string, ours bool, err error) {
	for name, want := range map[string]string{"out_sub_mch_id": c.set.outSubMchID, "out_shop_id": c.set.outShopID} {
		if line.has(name) && line.text(name) != want {
			return "", "", false, fmt.Errorf("it is one of another %s", strings.TrimSuffix(strings.TrimPrefix(name, "out_"), "_id"))
		}
	}
	sub, said := line.number("sub_pay_platform")
	switch {
	case !said:
		return "", "", false, errors.New("it names no wallet")
	case sub == int64(c.platformOf(payment.WalletWeChat).sub):
		return payment.WalletWeChat, wxpay, true, nil
	case sub == int64(c.platformOf(payment.WalletAlipay).sub):
		return payment.WalletAlipay, alipay, true, nil
	case c.set.union.pay != 0 && sub == int64(c.set.union.sub):
		return payment.WalletUnionPay, otherPlatform(line), true, nil
	case c.listedPlatforms() == nil && noted[sub]:
		return "", "", false, nil
	}
	return "", "", false, fmt.Errorf("it is one of the sub platform %d", sub)
}

// otherPlatform is the first word of the field that tells a state, of a wallet
// whose word is in no document. Of two, neither counts.
func otherPlatform(line object) (platform string) {
	for name := range line {
		word, found := strings.CutSuffix(name, "_current_trade_state")
		if !found {
			word, found = strings.CutSuffix(name, "_refund_state")
		}
		switch {
		case !found || word == wxpay || word == alipay:
		case platform != "":
			return ""
		default:
			platform = word
		}
	}
	return platform
}

// foldListedOrder is what an order of a list moved: nothing, its payment, or its
// payment and the cancel that gave it back. Refunds have lines of their own.
func (c *Channel) foldListedOrder(day calendarDay, line object) ([]payment.BillLine, error) {
	w, platform, ours, err := c.listedBy(line)
	if err != nil || !ours {
		return nil, err
	}
	o := order{
		no: line.text("out_trade_no"), tradeNo: wire.Token(line.text("transaction_id")), amount: line.exactly("total_fee"),
		endedAt: line.moment("time_end"), platform: platform,
	}
	o.settled, _ = line.fen("settlement_total_fee")
	o.kind, _ = line.number("trade_type")
	o.state, _ = line.number(platform + "_current_trade_state")
	refunded, told := line.fen("refunded_fee")

	stands := listedState(o, w, refunded)
	switch stands.result {
	case payment.Waiting:
		return nil, errStillOpenLine
	case payment.Closed, payment.Failed, payment.NotFound:
		return nil, nil
	case payment.Paid, payment.Reversed:
	default:
		return nil, fmt.Errorf("%s in the state %s.%d", wire.Token(o.no), o.platform, o.state)
	}
	paid := payment.BillLine{
		Kind: payment.BilledPayment, OrderNo: o.no, TradeNo: o.tradeNo, Wallet: w, Amount: o.amount, Discount: o.discount(), At: o.endedAt,
	}
	paid.Fee, paid.FeeKnown = feeOf(line, o.settled)
	if err := checkListed(day, paid, line.text("fee_type")); err != nil {
		return nil, err
	}
	lines := []payment.BillLine{paid}
	switch whole := stands.result == payment.Reversed; {
	case !whole, o.platform == wxpay && o.state == 4: // 4: refunded, in full or in part
	case o.platform == wxpay && o.state == 8, told && refunded == 0:
		lines = append(lines, reversalOf(paid, day, line))
	case !told:
		return nil, fmt.Errorf("%s was given back, and does not say how", wire.Token(o.no))
	}
	return lines, nil
}

// listedState is orderState for the orders of a list, which has captures too. The
// states of UnionPay are in no document: an order of it that was refunded has been
// paid, and one that no state says anything of, and that has no time of a payment
// by the next morning, has not.
func listedState(o order, w payment.Wallet, refunded payment.Amount) standing {
	switch {
	case o.platform == wxpay && o.state == 14: // captured out of a deposit
		return standing{result: payment.Paid}
	case o.platform == wxpay && o.state == 13: // a deposit that was released
		return standing{result: payment.Closed}
	case w == payment.WalletUnionPay && refunded > 0 && !o.endedAt.IsZero():
		return standing{result: payment.Paid}
	}
	s := orderState(o, w)
	if w == payment.WalletUnionPay && s.result == "" && o.endedAt.IsZero() {
		s.result = payment.Closed
	}
	return s
}

// reversalOf is the cancel of a payment. Its time is that of the last change,
// where that is in the day.
func reversalOf(paid payment.BillLine, day calendarDay, line object) payment.BillLine {
	back := paid
	back.Kind, back.Fee, back.FeeKnown = payment.BilledReversal, 0, false
	for _, name := range []string{"refund_time", "last_update_time"} {
		if at := line.moment(name); day.has(at) && at.After(paid.At) {
			back.At = at
			break
		}
	}
	return back
}

// foldListedRefund is what a refund of a list moved. One that the wallet works on
// has left the account; one that it has not begun with has not.
func (c *Channel) foldListedRefund(day calendarDay, line object) ([]payment.BillLine, error) {
	w, platform, ours, err := c.listedBy(line)
	if err != nil || !ours {
		return nil, err
	}
	r := refund{no: line.text("out_refund_no"), orderNo: line.text("out_trade_no"), amount: line.exactly("refund_fee"), platform: platform}
	r.settled, _ = line.fen("settlement_refund_fee")
	r.state, _ = line.number(platform + "_refund_state")
	const notBegun = 1
	switch refundState(r) {
	case stepDone:
	case stepWorking:
		if r.state == notBegun {
			return nil, errStillOpenLine
		}
	case stepFailed, stepReturned, stepMissing:
		return nil, nil
	default:
		return nil, fmt.Errorf("the refund %s in the state %s.%d", wire.Token(r.no), r.platform, r.state)
	}
	back := payment.BillLine{
		Kind: payment.BilledRefund, OrderNo: r.orderNo, RefundNo: r.no, Wallet: w, Amount: r.amount, Discount: r.discount(),
		At: line.moment("refund_start_processing_time"),
	}
	if back.At.IsZero() {
		back.At = line.moment("create_time")
	}
	back.Fee, back.FeeKnown = feeOf(line, r.settled)
	back.Fee = -back.Fee // given back
	return []payment.BillLine{back}, checkListed(day, back, line.text("refund_fee_type"))
}

// checkListed is what a line has to be to be believed.
func checkListed(day calendarDay, l payment.BillLine, feeType string) error {
	name := wire.Token(l.OrderNo + " " + l.RefundNo)
	switch {
	case l.OrderNo == "":
		return errors.New("it names no order")
	case l.Amount <= 0:
		return fmt.Errorf("%s does not say for how much it is", name)
	case feeType != "" && feeType != currency:
		return fmt.Errorf("%s is not in %s", name, currency)
	case l.At.IsZero():
		return fmt.Errorf("%s does not say when it was", name)
	case !day.has(l.At):
		return fmt.Errorf("%s is of another day: %s", name, l.At.Format(time.DateTime))
	}
	return nil
}

// feeOf is the fee of a line. The documents say that it comes out of the wallet's
// own bill (poundage), and not from when on it is there; nothing but a 0 may stand
// in its place before. So it is known when the line also says what is left of the
// amount, and both add up. A refund's is what was given back, and they do not say
// with which sign.
func feeOf(line object, settled payment.Amount) (fee payment.Amount, known bool) {
	poundage, ok1 := line.number("poundage")
	income, ok2 := line.number("income_fee")
	fee, left := abs(poundage), abs(income)
	if !ok1 || !ok2 || settled <= 0 || left <= 0 || fee < 0 || fee > settled || settled-fee != left {
		return 0, false
	}
	return fee, true
}

func abs(n int64) payment.Amount { return payment.Amount(max(n, -n)) }
