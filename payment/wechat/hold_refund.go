package wechat

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// maxRefundDesc is how many bytes of a reason a deposit's refund takes.
const maxRefundDesc = 70

func checkCaptureRefund(r payment.CaptureRefundRequest) error {
	if err := checkStep(r.Hold, r.Capture); err != nil {
		return err
	}
	if !refundRule.MatchString(r.RequestNo) {
		return errRefundNo
	}
	if err := r.Refund.Check(r.Capture); err != nil {
		return fmt.Errorf("refund %s of %s: %w", r.Refund, r.Capture, err)
	}
	return nil
}

// RefundCapture gives back of what was captured, under the deposit's number. That
// WeChat took it does not say that the money arrived, so the query is asked at
// once. A refusal is believed as with Refund.
func (c *Channel) RefundCapture(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	if err := checkCaptureRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: payment.ReasonRequest, Detail: err}
	}
	if out, fine := c.mayRefund(); !fine {
		return out
	}
	reply := c.callV2(ctx, pathRefund, params{
		"transaction_id":  r.AuthNo,
		"out_refund_no":   r.RequestNo,
		"total_fee":       inFen(r.Amount), // of the order, which is the deposit
		"refund_fee":      inFen(r.Refund),
		"refund_fee_type": "CNY",
		"refund_desc":     wire.ClipBytes(r.Reason, maxRefundDesc),
	}, certCall)
	out := c.foldCaptureRefund(r, reply)
	c.noteV2(ctx, "deposit refund", r.RequestNo, reply, string(out.State), out.Detail)
	if !out.Waiting && out.State != payment.RefundRefused {
		return out
	}
	known, asked := c.askAboutCaptureRefund(ctx, r)
	if out.Waiting && !known.Found { // it does not show yet, or nobody can be asked
		return out
	}
	return confirmedRefund(out, known, asked.is("REFUNDNOTEXIST"))
}

// QueryCaptureRefund asks what became of it.
func (c *Channel) QueryCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) payment.RefundOutcome {
	if err := checkCaptureRefund(r); err != nil {
		return payment.RefundOutcome{State: payment.RefundUnknown, Reason: payment.ReasonRequest, Detail: err}
	}
	if out, fine := c.mayRefund(); !fine {
		return out
	}
	out, _ := c.askAboutCaptureRefund(ctx, r)
	return out
}

func (c *Channel) mayRefund() (out payment.RefundOutcome, fine bool) {
	step, fine := c.mayStep(nil, payment.RefundUnknown)
	return payment.RefundOutcome{State: step.State, Reason: step.Reason, Code: step.Code, Detail: step.Detail}, fine
}

func (c *Channel) askAboutCaptureRefund(ctx context.Context, r payment.CaptureRefundRequest) (payment.RefundOutcome, v2reply) {
	reply := c.callV2(ctx, pathRefundQuery, params{"out_refund_no": r.RequestNo}, plainCall)
	out := c.foldCaptureRefundQuery(r, reply)
	c.noteV2(ctx, "deposit refund query", r.RequestNo, reply, string(out.State), out.Detail)
	return out, reply
}

// beginCaptureRefund compares only the numbers: the sums of such an answer are
// the deposit's or the capture's, and nobody says which.
func (c *Channel) beginCaptureRefund(q payment.CaptureRefundRequest, r v2reply) (out payment.RefundOutcome, about bool) {
	numbers := params{}
	for _, name := range []string{"mch_id", "sub_mch_id", "out_trade_no", "transaction_id"} {
		numbers[name] = r.fields[name]
	}
	u, about := c.beginV2(q.Hold, r, numbers, useRefund)
	return payment.RefundOutcome{State: payment.RefundUnknown, Code: u.code, Reason: u.reason, Detail: u.detail}, about
}

// foldCaptureRefund reads the answer to /deposit/refund. A refusal is not
// believed yet.
func (c *Channel) foldCaptureRefund(q payment.CaptureRefundRequest, r v2reply) payment.RefundOutcome {
	out, about := c.beginCaptureRefund(q, r)
	switch {
	case !about:
		return out
	case r.verdict() == refused:
		return payment.RefundOutcome{State: payment.RefundRefused, Reason: out.Reason, Code: out.Code}
	case r.verdict() == accepted && r.fields["out_refund_no"] == q.RequestNo:
		out.Found, out.Waiting = true, true
	}
	return out
}

// foldCaptureRefundQuery reads what became of the refund of a capture.
func (c *Channel) foldCaptureRefundQuery(q payment.CaptureRefundRequest, r v2reply) payment.RefundOutcome {
	out, about := c.beginCaptureRefund(q, r)
	switch {
	case !about:
		return out
	case r.is("REFUNDNOTEXIST"):
		out.Reason = payment.ReasonNone
		return out
	case r.verdict() != accepted:
		return out
	}
	suffix, ok := refundIndex(r.fields, q.RequestNo)
	if !ok {
		return out
	}
	return foldStatus(out, payment.RefundRequest{RequestNo: q.RequestNo, Refund: q.Refund}, answer{
		OutRefundNo: text(q.RequestNo),
		Status:      text(r.fields["refund_status"+suffix]),
		Amount:      amounts{Refund: readFen(cmp.Or(r.fields["refund_fee"+suffix], "-")), SettlementRefund: readFen(cmp.Or(r.fields["settlement_refund_fee"+suffix], "-"))},
	})
}

// refundIndex finds the refund in a list that counts from 0 ("refund_status_0");
// some copies of the documents have the names without a number.
func refundIndex(f params, requestNo string) (suffix string, ok bool) {
	if f["out_refund_no"] == requestNo {
		return "", true
	}
	for name, value := range f {
		number, is := strings.CutPrefix(name, "out_refund_no_")
		if _, err := strconv.Atoi(number); is && err == nil && value == requestNo {
			return "_" + number, true
		}
	}
	return "", false
}
