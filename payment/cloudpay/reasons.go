package cloudpay

import (
	"errors"
	"strings"

	"frontdesk/payment"
)

// reasonUse says what the refusal is about: the same words can mean one thing
// to a payer and another to a refund.
type reasonUse int

const (
	usePay    reasonUse = iota // payment, QR and deposit
	useRefund                  // refund and release
	useStep                    // capture
	useQuery                   // a question: its refusal tells nothing about an order
)

// meaning is one row of the table: a description that contains part, in
// capitals, has this reason.
type meaning struct {
	part   string
	pay    payment.Reason
	refund payment.Reason // told about a refund or release; empty for the same
}

// meanings is searched from the top; a part that contains another one stands
// before it.
//
// What Cloud Pay refuses it explains in a description for people, and in an
// internal status that is in no document. The descriptions hand on what the
// wallets say, as a code or as the sentence beside it. That is weak ground: a row
// only chooses the sentence that the cashier reads about a no that is certain
// anyway. A refusal that is in no row is ReasonOther. The description itself goes
// into the log and nowhere else.
var meanings = []meaning{
	// the codes of WeChat and Alipay
	{"AUTHCODEEXPIRE", payment.ReasonCodeInvalid, ""},
	{"AUTH_CODE_ERROR", payment.ReasonCodeInvalid, ""},
	{"AUTH_CODE_INVALID", payment.ReasonCodeInvalid, ""}, // PAYMENT_AUTH_CODE_INVALID too
	{"SELLER_BALANCE_NOT_ENOUGH", payment.ReasonMerchantSetup, payment.ReasonMerchantFunds},
	{"BALANCE_NOT_ENOUGH", payment.ReasonBalance, ""},
	{"NOTENOUGH", payment.ReasonBalance, payment.ReasonMerchantFunds},
	{"NOTSUPORTCARD", payment.ReasonPayerCannot, ""},
	{"NO_PAYMENT_INSTRUMENTS_AVAILABLE", payment.ReasonPayerCannot, ""},
	{"PULL_MOBILE_CASHIER_FAIL", payment.ReasonPhone, ""},
	{"PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk, ""},
	{"BUYER_SELLER_EQUAL", payment.ReasonSelf, ""},
	{"BUYER_MISMATCH", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"OUT_TRADE_NO_USED", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"ORDERCLOSED", payment.ReasonOrderClosed, payment.ReasonNoRefund},
	{"ORDERREVERSED", payment.ReasonOrderClosed, payment.ReasonNoRefund},
	{"TRADE_OVERDUE", payment.ReasonRequest, payment.ReasonTooOld},
	{"TRADE_HAS_FINISHED", payment.ReasonOrderClosed, payment.ReasonTooOld},
	{"FREQUENCY_LIMITED", payment.ReasonBusy, ""},
	{"NOAUTH", payment.ReasonMerchantSetup, ""},
	{"ACCESS_FORBIDDEN", payment.ReasonMerchantSetup, ""},
	{"AUTHEN_CODE", payment.ReasonMerchantSetup, ""},

	// their sentences, and the platform's own
	{"二维码已过期", payment.ReasonCodeInvalid, ""},
	{"付款码已过期", payment.ReasonCodeInvalid, ""},
	{"付款码无效", payment.ReasonCodeInvalid, ""},
	{"授权码无效", payment.ReasonCodeInvalid, ""},
	{"余额不足", payment.ReasonBalance, payment.ReasonMerchantFunds},
	{"单号重复", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"未开通", payment.ReasonMerchantSetup, ""},
	{"没有退款权限", payment.ReasonMerchantSetup, ""},
	{"大于可退金额", payment.ReasonRequest, payment.ReasonRefundTooMuch},
	{"超过可退金额", payment.ReasonRequest, payment.ReasonRefundTooMuch},
}

// reasonOf puts a reply into the till's own terms. It is ReasonNone where the
// reply is no refusal or leaves open what happened. Of a refusal that is not
// authenticated only what concerns the manager is told: a sentence for the
// cashier would be a promise about money.
func reasonOf(r reply, use reasonUse) payment.Reason {
	status, _ := r.content.number("status")
	switch {
	case errors.Is(r.err, errSignature):
		return payment.ReasonWrongKeys
	case errors.Is(r.err, errUnsigned) && status == statusCaller:
		// What the till sends is well formed, so it is the key or an id.
		return payment.ReasonMerchantSetup
	case !r.saysNo(), r.verdict() == unexplained && use == usePay:
		return payment.ReasonNone
	}
	said := strings.ToUpper(r.content.text("description"))
	for _, m := range meanings {
		if !strings.Contains(said, m.part) {
			continue
		}
		if use == useQuery && m.pay != payment.ReasonMerchantSetup {
			return payment.ReasonNone
		}
		if use == useRefund && m.refund != "" {
			return m.refund
		}
		return m.pay
	}
	switch {
	case use == useQuery:
		return payment.ReasonNone
	case r.noSuchNumber() && use == useRefund:
		return payment.ReasonNoRefund
	case r.noSuchNumber() && use == useStep:
		return payment.ReasonHoldMissing
	case status == statusCaller:
		return payment.ReasonRequest
	case status == statusNewOrder && use == usePay:
		return payment.ReasonOrderUsed
	}
	return payment.ReasonOther
}
