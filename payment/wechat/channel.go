package wechat

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/payment"
)

// Pay charges the scanned code. It waits for WeChat's answer, not for the payer:
// a password that is still to be typed is Waiting.
//
// A refusal for the form of the request is believed only after a query says that
// there is no such order: merchants were told PARAM_ERROR about payments that
// were charged, because WeChat's own answer broke its own rules.
func (c *Channel) Pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	q, reason, err := c.payRequest(r)
	if err != nil {
		return payment.Outcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, q)
	out := c.foldPay(r.Order, reply)
	c.note(ctx, "codepay", r.OutTradeNo, reply, string(out.Result), out.Detail)
	if out.Result == payment.Failed && out.Reason == payment.ReasonRequest {
		known, _ := c.askAbout(ctx, r.Order)
		return confirmedPay(out, known)
	}
	return out
}

// confirmedPay is what a refusal of a payment is worth once the query was asked.
func confirmedPay(refusal, known payment.Outcome) payment.Outcome {
	switch known.Result {
	case payment.NotFound:
		return refusal
	case payment.Paid, payment.Waiting:
		return known
	}
	refusal.Result, refusal.Reason, refusal.Detail = payment.Unknown, payment.ReasonNone, known.Detail
	if refusal.Detail == nil {
		refusal.Detail = fmt.Errorf("the payment was refused, and the order is %s", known.Result)
	}
	return refusal
}

// ShowQR makes a QR for the order. The order stands at WeChat from now on:
// Query answers Waiting, without Password, whether anybody scanned it or not.
// WeChat refuses to pay it once r.Expires has passed, and no sooner than after
// ninety seconds.
func (c *Channel) ShowQR(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
	q, reason, err := c.qrRequest(r)
	if err != nil {
		out := payment.Outcome{Result: payment.Failed, Reason: reason, Detail: err}
		if reason == payment.ReasonMerchantSetup {
			out.Code = "NOTIFY_URL_MISSING"
		}
		return "", out
	}
	reply := c.call(ctx, q)
	qr, out := c.foldQR(r.Order, reply)
	c.note(ctx, "native", r.OutTradeNo, reply, string(out.Result), out.Detail)
	return qr, out
}

// Query asks what became of the order. One that was refunded, were it only in
// part, answers Reversed: the caller that refunded it knows better.
func (c *Channel) Query(ctx context.Context, o payment.Order) payment.Outcome {
	if err := checkOrder(o); err != nil {
		return payment.Outcome{Result: payment.Unknown, Detail: err}
	}
	out, _ := c.askAbout(ctx, o)
	return out
}

func (c *Channel) askAbout(ctx context.Context, o payment.Order) (payment.Outcome, reply) {
	reply := c.call(ctx, c.queryRequest(o.OutTradeNo))
	out := c.foldQuery(o, reply)
	c.note(ctx, "query", o.OutTradeNo, reply, string(out.Result), out.Detail)
	return out, reply
}

// Refund gives money back. WeChat refunds one number once, so it may be
// repeated. Money on its way to the payer is RefundUnknown and Waiting.
//
// A refusal of a repeated request may be about money that the first one already
// gave back. So a refusal is believed only after the query says that there is no
// such refund, or that it was closed. Where that cannot be asked, the refund
// stays RefundUnknown.
func (c *Channel) Refund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if err := checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	reply := c.call(ctx, c.refundRequest(r))
	out := c.foldRefund(r, reply)
	c.note(ctx, "refund", r.RequestNo, reply, string(out.State), out.Detail)
	if out.State != payment.RefundRefused || out.Found {
		return out
	}
	known, asked := c.askAboutRefund(ctx, r)
	return confirmedRefund(out, known, asked.noSuchRefund())
}

// confirmedRefund is what a refusal is worth once the query was asked. none says
// that there is nothing under the refund's number.
func confirmedRefund(refusal, known payment.RefundOutcome, none bool) payment.RefundOutcome {
	switch {
	case known.State.Final():
		return known
	case none:
		return refusal
	}
	refusal.State, refusal.Found, refusal.Waiting, refusal.Detail = payment.RefundUnknown, known.Found, known.Waiting, known.Detail
	if known.Found {
		refusal.Code, refusal.Reason = cmp.Or(known.Code, refusal.Code), cmp.Or(known.Reason, refusal.Reason)
	}
	return refusal
}

// QueryRefund asks what became of a refund. Found is false when WeChat has none
// of this number: it may be sent again.
func (c *Channel) QueryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if err := checkRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAboutRefund(ctx, r)
	return out
}

func (c *Channel) askAboutRefund(ctx context.Context, r payment.RefundRequest) (payment.RefundOutcome, reply) {
	reply := c.call(ctx, c.refundQueryRequest(r.RequestNo))
	out := c.foldRefundQuery(r, reply)
	c.note(ctx, "refund query", r.RequestNo, reply, string(out.State), out.Detail)
	return out, reply
}

// note writes one line for each call of v3. No field can hold a secret: see
// wire.Scrub.
func (c *Channel) note(ctx context.Context, call, number string, r reply, result string, detail error) {
	c.line(ctx, call, number, result, detail, r.took, slog.Int("status", r.status), slog.String("says", r.answer.said()))
}

// line is a line of the log. Unknown is a warning: somebody may have to look
// into it.
func (c *Channel) line(ctx context.Context, call, number, result string, detail error, took time.Duration, says ...slog.Attr) {
	level := slog.LevelDebug
	if result == string(payment.Unknown) || result == string(payment.RefundUnknown) {
		level = slog.LevelWarn
	}
	attrs := append([]slog.Attr{slog.String("number", number), slog.String("result", result)}, says...)
	c.log.LogAttrs(ctx, level, "wechat "+call, append(attrs, slog.Duration("took", took), slog.Any("detail", detail))...)
}
