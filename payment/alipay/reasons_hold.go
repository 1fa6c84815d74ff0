package alipay

import (
	"strings"

	"frontdesk/payment"
)

// holdMeaning is one row of the table for deposits. The sub codes of the fund
// methods come without a prefix, those of a capture with "ACQ."; both are found
// by the part that they contain.
type holdMeaning struct {
	part string         // in capitals
	hold payment.Reason // told about the hold itself
	step payment.Reason // told about a capture or a release; empty for the same
}

// holdMeanings is searched from the top, before meanings.
var holdMeanings = []holdMeaning{
	// the deposit's numbers and its life
	{"FREEZE_ALREADY_SUCCESS", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"UNIQUE_VIOLATION", payment.ReasonOrderUsed, payment.ReasonRequest},
	{"ORDER_ALREADY_FINISH", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
	{"ORDER_ALREADY_CLOSED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
	{"AUTH_ORDER_HAS_FINISHED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
	{"AUTH_ORDER_HAS_CLOSED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
	{"AUTH_ORDER_NOT_PAID", payment.ReasonHoldNotHeld, ""},
	{"ILLEGAL_STATUS", payment.ReasonHoldNotHeld, ""},
	{"AUTH_AMOUNT_NOT_ENOUGH", payment.ReasonHoldTooMuch, ""},
	{"REQUEST_AMOUNT_EXCEED", payment.ReasonHoldTooMuch, ""},
	{"AUTH_ORDER_NOT_EXIST", payment.ReasonHoldMissing, ""},
	{"AUTH_OPERATION_NOT_EXIST", payment.ReasonHoldMissing, ""},
	{"AUTH_NO_ERROR", payment.ReasonHoldMissing, ""},
	{"AUTH_TOKEN_IS_NOT_EXIST", payment.ReasonHoldMissing, ""},
	{"CANCEL_OPERATION_TIME_OUT", payment.ReasonTooOld, ""}, // 24 hours after the freeze

	// the payer
	{"MONEY_NOT_ENOUGH", payment.ReasonBalance, ""},
	{"PAYER_NOT_EXIST", payment.ReasonCodeInvalid, payment.ReasonPayerCannot},
	{"PAYER_USER_STATUS_LIMIT", payment.ReasonPayerCannot, ""},
	{"USER_IDENTITY_INFO_VALIDATE_FAIL", payment.ReasonPayerCannot, ""},
	{"USER_ACCOUNT_VALIDATE_FAIL", payment.ReasonPayerCannot, ""},
	{"CLIENT_VERSION_NOT_MATCH", payment.ReasonPayerApp, ""},
	{"PAYER_PAYEE_EQUAL", payment.ReasonSelf, ""},

	// the request
	{"ILLEGAL_ARGUMENT", payment.ReasonRequest, ""},
	{"CURRENCY_VERIFICATION_FAIL", payment.ReasonRequest, ""},
	{"UNSUPPORT_ORDER_AMOUNT", payment.ReasonRequest, ""},

	// contract and account
	{"PAYEE_NOT_EXIST", payment.ReasonMerchantSetup, ""},
	{"PAYEE_USER_STATUS_LIMIT", payment.ReasonMerchantSetup, ""},
	{"PRE_AUTH_PROD_CODE_INCONSISTENT", payment.ReasonMerchantSetup, ""},
	{"HAS_NO_PRIVILEGE", payment.ReasonMerchantSetup, ""},
	{"MERCHANT_STATUS_ERROR", payment.ReasonMerchantSetup, ""},
	{"SUB_MERCHANT", payment.ReasonMerchantSetup, ""},
	{"FORBIDDEN_MERCHANT_INDUSTRY", payment.ReasonMerchantSetup, ""},
}

// holdReason looks a sub code, in capitals, up in holdMeanings.
func holdReason(sub string, use reasonUse) payment.Reason {
	for _, m := range holdMeanings {
		if !strings.Contains(sub, m.part) {
			continue
		}
		if use == useStep && m.step != "" {
			return m.step
		}
		return m.hold
	}
	return payment.ReasonNone
}
