package cloudpay

import (
	"context"
	"errors"

	"frontdesk/payment"
)

// Codes of our own, where the till itself is the one who will not.
const (
	codeNoCancel = "no_cancel" // a scanned code is never cancelled
	codePaid     = "paid"      // the QR was paid before it could be closed
)

// Pay charges the scanned code. It waits for Cloud Pay's answer, not for the
// payer: a password that is still to be typed is Waiting.
//
// A no that asks for a new number may be about a number that is used, by an
// earlier request for this very order. So it is believed only after the query
// knows of no payment.
func (c *Channel) Pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	q, reason, err := c.payContentOf(r)
	if err != nil {
		return payment.Outcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, callMicroPay, q)
	out := foldPay(r.Order, reply)
	c.note(ctx, callMicroPay, r.OutTradeNo, reply, string(out.Result), out.Detail)
	if out.Result == payment.Failed && reply.verdict() == newNumber {
		return c.confirmNo(ctx, r.Order, out)
	}
	return out
}

// confirmNo is what a refusal of a number is worth once the query was asked.
func (c *Channel) confirmNo(ctx context.Context, o payment.Order, refusal payment.Outcome) payment.Outcome {
	known, _ := c.askAbout(ctx, o)
	switch known.Result {
	case payment.NotFound, payment.Failed, payment.Closed:
		return refusal
	case payment.Paid, payment.Waiting:
		return known
	}
	refusal.Result, refusal.Reason, refusal.Detail = payment.Unknown, payment.ReasonNone, errors.Join(errContradiction, known.Detail)
	return refusal
}

// ShowQR makes a QR for the order. The platform refuses payers once r.Expires has
// passed, and QueryEvery is the rhythm to ask from the moment that it is shown.
func (c *Channel) ShowQR(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
	q, reason, err := c.qrContentOf(r)
	if err != nil {
		return "", payment.Outcome{Result: payment.Failed, Reason: reason, Detail: err}
	}
	reply := c.call(ctx, callScanCodePay, q)
	qr, out := foldQR(r.Order, reply)
	c.note(ctx, callScanCodePay, r.OutTradeNo, reply, string(out.Result), out.Detail)
	if out.Result == payment.Failed && reply.verdict() == newNumber {
		if known := c.confirmNo(ctx, r.Order, out); known.Result != payment.Failed { // its QR is lost, so it has to be closed
			out = payment.Outcome{Result: payment.Unknown, Code: out.Code, Detail: errContradiction}
		}
	}
	return qr, out
}

// Query asks what became of the order. NotFound is an order that Cloud Pay does
// not know, or of which the wallet knows nothing. Waiting without Password does
// not say that anybody scanned the QR.
func (c *Channel) Query(ctx context.Context, o payment.Order) payment.Outcome {
	if err := c.checkOrder(o); err != nil {
		return payment.Outcome{Result: payment.Unknown, Reason: payment.ReasonRequest, Detail: err}
	}
	out, _ := c.askAbout(ctx, o)
	return out
}

func (c *Channel) askAbout(ctx context.Context, o payment.Order) (out payment.Outcome, kind int64) {
	reply := c.call(ctx, callQueryOrder, c.queryContentOf(o.Wallet, o.OutTradeNo))
	out, kind = foldQuery(o, reply)
	c.note(ctx, callQueryOrder, o.OutTradeNo, reply, string(out.Result), out.Detail)
	return out, kind
}

// Cancel closes a QR. A scanned code is never cancelled: for it the answer is
// Failed, and nothing is sent that could change it. An order does not tell which
// of both it is, so Cloud Pay is asked first; and because a close that was
// accepted says nothing of the money, it is asked again afterwards.
//
// A QR that was paid is not given back: Failed, and Query says Paid.
func (c *Channel) Cancel(ctx context.Context, o payment.Order) payment.Outcome {
	if err := c.checkOrder(o); err != nil {
		return payment.Outcome{Result: payment.Unknown, Reason: payment.ReasonRequest, Detail: err}
	}
	before, kind := c.askAbout(ctx, o)
	switch {
	case before.Result == payment.Unknown, before.Result == payment.Closed, before.Result == payment.Reversed:
		return before
	case before.Result == payment.NotFound && kind == 0: // Cloud Pay itself does not know it
		return before
	case kind == tradeCode:
		return willNot(before, codeNoCancel)
	case before.Result == payment.Paid:
		return willNot(before, codePaid)
	case kind != tradeQR: // it may be a scanned code
		before.Result = payment.Unknown
		before.Detail = errors.New("the order does not say how it is paid")
		return before
	}
	q := c.queryContentOf(o.Wallet, o.OutTradeNo)
	q.TradeType = tradeQR
	reply := c.call(ctx, callCloseOrder, q)
	closed := foldClose(reply)
	c.note(ctx, callCloseOrder, o.OutTradeNo, reply, closeWord(closed), detail(reply, callCloseOrder))
	return c.afterClose(ctx, o, reply)
}

// afterClose is what the query makes of a close.
func (c *Channel) afterClose(ctx context.Context, o payment.Order, closing reply) payment.Outcome {
	after, _ := c.askAbout(ctx, o)
	switch after.Result {
	case payment.Paid:
		return willNot(after, codePaid)
	case payment.Waiting, payment.NotFound, payment.Failed:
		if foldClose(closing) && after.Result != payment.Waiting {
			return after
		}
		// Not closed, or not yet: it is asked for again.
		after.Result, after.Code, after.Password = payment.Unknown, closing.codeForSupport(), false
		after.Detail = detail(closing, callCloseOrder)
	}
	return after
}

// willNot is the outcome of a cancel that will not be made: an order that is
// paid, or may be paid at any moment, keeps its money.
func willNot(known payment.Outcome, code string) payment.Outcome {
	return payment.Outcome{Result: payment.Failed, TradeNo: known.TradeNo, Payer: known.Payer, Reason: payment.ReasonOther, Code: code}
}

func closeWord(closed bool) string {
	if closed {
		return "closed"
	}
	return "not closed"
}
