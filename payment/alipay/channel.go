package alipay

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/payment"
)

// The gateway's methods.
const (
	methodPay         = "alipay.trade.pay"
	methodPrecreate   = "alipay.trade.precreate"
	methodQuery       = "alipay.trade.query"
	methodCancel      = "alipay.trade.cancel"
	methodRefund      = "alipay.trade.refund"
	methodRefundQuery = "alipay.trade.fastpay.refund.query"
)

// Pay charges the scanned code. It waits for the gateway's answer, not for the
// payer: a password that is still to be typed is Waiting. Paid may be confirmed
// with one Query: the documents allow the gateway to take it back.
func (c *Channel) Pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	biz, reason, err := c.payFields(r)
	if err != nil {
		return payment.Outcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, methodPay, biz)
	out := foldPay(r.Order, reply)
	c.note(ctx, methodPay, r.OutTradeNo, reply, string(out.Result), out.Detail)
	return out
}

// ShowQR makes a QR for the order. The trade begins when a payer scans it:
// until then Query answers NotFound, and so does Cancel. The gateway refuses
// scans once r.Expires, in full minutes, has passed.
func (c *Channel) ShowQR(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
	biz, err := c.qrFields(r)
	if err != nil {
		return "", payment.Outcome{Result: payment.Failed, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, methodPrecreate, biz)
	qr, out := foldQR(r.Order, reply)
	c.note(ctx, methodPrecreate, r.OutTradeNo, reply, string(out.Result), out.Detail)
	return qr, out
}

// Query asks what became of the order. An order that was refunded in full,
// whoever did it, answers Reversed: the caller that refunded it knows better.
// Waiting is told with Password, also for a QR that was scanned.
func (c *Channel) Query(ctx context.Context, o payment.Order) payment.Outcome {
	return c.askAbout(ctx, methodQuery, o, foldQuery)
}

// Cancel ends the order: an unpaid one is closed, a paid one is given back.
func (c *Channel) Cancel(ctx context.Context, o payment.Order) payment.Outcome {
	return c.askAbout(ctx, methodCancel, o, foldCancel)
}

// refundDetails asks for what a refund took out of the merchant's account,
// which is less than the refund where the merchant had given a discount.
var refundDetails = []string{"refund_detail_item_list"}

// Refund gives money back. Alipay refunds one request number once, so it may be
// repeated.
//
// A refusal of a repeated request may be about money that the first one already
// gave back: the trade is closed, nothing is left. So a refusal is believed
// only after the refund query says that there is no such refund. Where that
// cannot be asked, the refund stays RefundUnknown.
func (c *Channel) Refund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if err := checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	biz := fields{"out_trade_no": r.OutTradeNo, "out_request_no": r.RequestNo, "refund_amount": r.Refund.String(), "query_options": refundDetails}
	biz.set("refund_reason", cleanText(r.Reason, 80))
	reply := c.call(ctx, methodRefund, biz)
	out := foldRefund(r, reply)
	c.note(ctx, methodRefund, r.RequestNo, reply, string(out.State), out.Detail)
	if out.State == payment.RefundRefused {
		return c.confirmRefusal(ctx, r, out)
	}
	return out
}

func (c *Channel) confirmRefusal(ctx context.Context, r payment.RefundRequest, refusal payment.RefundOutcome) payment.RefundOutcome {
	known, reply := c.askAboutRefund(ctx, r)
	answered := reply.verdict() == accepted || (reply.verdict() == refused && reply.answer.has("TRADE_NOT_EXIST"))
	switch {
	case known.State == payment.RefundDone:
		return known
	case answered && !known.Found:
		return refusal
	}
	refusal.State, refusal.Found, refusal.Detail = payment.RefundUnknown, known.Found, known.Detail
	return refusal
}

// QueryRefund asks what became of a refund. Found is false when Alipay has no
// refund of this number that succeeded: it may be sent again. The documents ask
// for ten seconds between a refund and this query.
func (c *Channel) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if err := checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutRefund(ctx, r)
	return out
}

func (c *Channel) askAboutRefund(ctx context.Context, r payment.RefundRequest) (payment.RefundOutcome, reply) {
	reply := c.call(ctx, methodRefundQuery, fields{"out_trade_no": r.OutTradeNo, "out_request_no": r.RequestNo, "query_options": refundDetails})
	out := foldRefundQuery(r, reply)
	c.note(ctx, methodRefundQuery, r.RequestNo, reply, string(out.State), out.Detail)
	return out, reply
}

// askAbout is for the methods that name nothing but the order.
func (c *Channel) askAbout(ctx context.Context, method string, o payment.Order, fold func(payment.Order, reply) payment.Outcome) payment.Outcome {
	if err := checkOrder(o); err != nil {
		return payment.Outcome{Result: payment.Unknown, Detail: err}
	}
	reply := c.call(ctx, method, fields{"out_trade_no": o.OutTradeNo})
	out := fold(o, reply)
	c.note(ctx, method, o.OutTradeNo, reply, string(out.Result), out.Detail)
	return out
}

// note writes one line for each call. Unknown is a warning, and so is a yes
// with something odd about it: somebody may have to look into it. No field can hold a secret: see token and scrub.
func (c *Channel) note(ctx context.Context, method string, number string, r reply, result string, detail error) {
	level := slog.LevelDebug
	if result == string(payment.Unknown) || result == string(payment.RefundUnknown) || detail != nil {
		level = slog.LevelWarn
	}
	c.log.LogAttrs(ctx, level, method, slog.String("number", number), slog.String("result", result),
		slog.String("code", token(r.answer.Code)), slog.String("sub_code", token(r.answer.SubCode)),
		slog.String("says", string(r.answer.SubMsg)), slog.Duration("took", r.took), slog.Any("detail", detail))
}

var (
	errOrderNo   = errors.New("an order number is 1 to 64 letters, digits and _")
	errRequestNo = errors.New("a refund number is 1 to 64 letters, digits and _")
	errNoCode    = errors.New("there is no pay code")
)

func checkOrder(o payment.Order) error {
	if !numberRule.MatchString(o.OutTradeNo) {
		return errOrderNo
	}
	return o.Amount.Check(payment.MaxAmount)
}

func checkRefund(r payment.RefundRequest) error {
	if err := checkOrder(r.Order); err != nil {
		return err
	}
	if !numberRule.MatchString(r.RequestNo) {
		return errRequestNo
	}
	if err := r.Refund.Check(r.Amount); err != nil {
		return fmt.Errorf("refund %s of %s: %w", r.Refund, r.Amount, err)
	}
	return nil
}

// minutes rounds up to the full minutes that the gateway counts in.
func minutes(d time.Duration) int64 { return int64((d + time.Minute - 1) / time.Minute) }
