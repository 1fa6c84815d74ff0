package alipay

import (
	"errors"
	"strings"

	"frontdesk/payment"
)

// reasonUse says which column of the table applies: the same sub code can mean
// one thing to a payer and another to a refund.
type reasonUse int

const (
	usePay    reasonUse = iota // pay, precreate and query
	useRefund                  // refund, refund query and cancel
	useHold                    // freeze, its QR, and query and cancel of them
	useStep                    // capture and release
)

// meaning is one row of the table. A sub code has this meaning when it contains
// part, so that a prefix more or less ("ACQ.", "aop.ACQ.") does not matter.
type meaning struct {
	part   string         // in capitals
	pay    payment.Reason // told to the cashier about a payment
	refund payment.Reason // told about a refund or cancel; empty for the same
}

// meanings is searched from the top. A part that contains another one stands
// before it.
var meanings = []meaning{
	// what the payer can mend
	{"PAYMENT_AUTH_CODE_INVALID", payment.ReasonCodeInvalid, ""},
	{"SOUNDWAVE_PARSER_FAIL", payment.ReasonCodeInvalid, ""},
	{"BUYER_BALANCE_NOT_ENOUGH", payment.ReasonBalance, ""},
	{"BUYER_BANKCARD_BALANCE_NOT_ENOUGH", payment.ReasonBalance, ""},
	{"PULL_MOBILE_CASHIER_FAIL", payment.ReasonPhone, ""},
	{"PAYMENT_FAIL", payment.ReasonPhone, ""},
	{"ERROR_BALANCE_PAYMENT_DISABLE", payment.ReasonPayerSwitch, ""},
	{"MOBILE_PAYMENT_SWITCH_OFF", payment.ReasonPayerSwitch, ""},
	{"USER_FACE_PAYMENT_SWITCH_OFF", payment.ReasonPayerSwitch, ""},
	{"BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", payment.ReasonPayerLimit, ""},
	{"BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR", payment.ReasonPayerLimit, ""},
	{"NO_PAYMENT_INSTRUMENTS_AVAILABLE", payment.ReasonPayerCannot, ""},
	{"BUYER_SELLER_EQUAL", payment.ReasonSelf, ""},
	{"PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk, ""},

	// the order number
	{"TRADE_HAS_SUCCESS", payment.ReasonOrderUsed, payment.ReasonNoRefund},
	{"TRADE_HAS_CLOSE", payment.ReasonOrderClosed, payment.ReasonNoRefund},
	{"TRADE_HAS_FINISHED", payment.ReasonOrderClosed, payment.ReasonTooOld},
	{"CONTEXT_INCONSISTENT", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"TRADE_BUYER_NOT_MATCH", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"APPLY_PC_MERCHANT_CODE_ERROR", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"TRADE_NOT_EXIST", payment.ReasonOther, payment.ReasonNoRefund},

	// refund, cancel, close
	{"SELLER_BALANCE_NOT_ENOUGH", payment.ReasonMerchantSetup, payment.ReasonMerchantFunds},
	{"REFUND_AMT_NOT_EQUAL_TOTAL", payment.ReasonRequest, payment.ReasonRefundTooMuch},
	{"REASON_TRADE_REFUND_FEE_ERR", payment.ReasonRequest, payment.ReasonRefundTooMuch},
	{"DISCORDANT_REPEAT_REQUEST", payment.ReasonRequest, ""},
	{"NOT_ALLOW_PARTIAL_REFUND", payment.ReasonRequest, payment.ReasonNoRefund},
	{"TRADE_NOT_ALLOW_REFUND", payment.ReasonRequest, payment.ReasonNoRefund},
	{"CUSTOMER_VALIDATE_ERROR", payment.ReasonPayerCannot, payment.ReasonNoRefund},
	{"TRADE_CANCEL_TIME_OUT", payment.ReasonTooOld, ""},
	{"CANCEL_NOT_ALLOWED", payment.ReasonNoRefund, ""},
	{"REASON_TRADE_BEEN_FREEZEN", payment.ReasonNoRefund, ""},
	{"REASON_TRADE_STATUS_INVALID", payment.ReasonOrderClosed, payment.ReasonNoRefund},
	{"TRADE_STATUS_ERROR", payment.ReasonOrderClosed, payment.ReasonNoRefund},

	// the request
	{"TOTAL_FEE_EXCEED", payment.ReasonRequest, ""},
	{"EXIST_FORBIDDEN_WORD", payment.ReasonRequest, ""},
	{"INVALID_PARAMETER", payment.ReasonRequest, ""},
	{"INVALID-PARAMETER", payment.ReasonRequest, ""},

	// limits of the merchant
	{"BEYOND_PAY_RESTRICTION", payment.ReasonMerchantLimit, ""},
	{"BEYOND_PER_RECEIPT", payment.ReasonMerchantLimit, ""},
	{"MERCHANT_PERM_RECEIPT", payment.ReasonMerchantLimit, ""},

	// contract and account
	{"ACCESS_FORBIDDEN", payment.ReasonMerchantSetup, ""},
	{"PARTNER_ERROR", payment.ReasonMerchantSetup, ""},
	{"MERCHANT_AGREEMENT", payment.ReasonMerchantSetup, ""},
	{"MERCHANT_STATUS_NOT_NORMAL", payment.ReasonMerchantSetup, ""},
	{"SELLER_BEEN_BLOCKED", payment.ReasonMerchantSetup, ""},
	{"INVALID_RECEIVE_ACCOUNT", payment.ReasonMerchantSetup, ""},

	// the gateway's own
	{"APP-CALL-LIMITED", payment.ReasonBusy, ""},
	{"METHOD-CALL-LIMITED", payment.ReasonBusy, ""},
}

// reasonOf puts a reply into the till's own terms. It is ReasonNone where the
// reply is no refusal or leaves open what happened. Of a refusal that is not
// signed only what concerns the manager is told: a sentence for the cashier
// would be a promise about money.
func reasonOf(r reply, use reasonUse) payment.Reason {
	switch {
	case errors.Is(r.err, errSignature):
		return payment.ReasonWrongKeys
	case errors.Is(r.err, errUnsigned):
		reason := reasonOf(reply{answer: r.answer}, use)
		if reason != payment.ReasonMerchantSetup && reason != payment.ReasonBusy {
			return payment.ReasonNone
		}
		return reason
	case r.err != nil, r.answer.taken(), systemError(r.answer):
		return payment.ReasonNone
	}
	sub := strings.ToUpper(string(r.answer.SubCode))
	if use == useHold || use == useStep {
		if reason := holdReason(sub, use); reason != payment.ReasonNone {
			return reason
		}
	}
	for _, m := range meanings {
		if strings.Contains(sub, m.part) {
			if use == useRefund && m.refund != "" {
				return m.refund
			}
			return m.pay
		}
	}
	switch r.answer.Code {
	case "40005":
		return payment.ReasonBusy
	case "20001", "40001", "40002", "40003", "40006":
		return payment.ReasonMerchantSetup
	case codeRefused:
		if sub != "" {
			return payment.ReasonOther
		}
	}
	return payment.ReasonNone
}
