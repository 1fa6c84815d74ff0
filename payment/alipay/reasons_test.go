package alipay

import (
	"testing"

	"frontdesk/payment"
)

// Every sub code of the documents, in the form in which it arrives.
func TestEverySubCodeHasItsReason(t *testing.T) {
	tests := []struct {
		code, sub   string
		pay, refund payment.Reason
	}{
		// pay
		{"40004", "ACQ.TRADE_HAS_SUCCESS", payment.ReasonOrderUsed, payment.ReasonNoRefund},
		{"40004", "ACQ.TRADE_HAS_CLOSE", payment.ReasonOrderClosed, payment.ReasonNoRefund},
		{"40004", "ACQ.CONTEXT_INCONSISTENT", payment.ReasonOrderUsed, payment.ReasonRequest},
		{"40004", "ACQ.TRADE_BUYER_NOT_MATCH", payment.ReasonOrderUsed, payment.ReasonRequest},
		{"40004", "ACQ.PAYMENT_AUTH_CODE_INVALID", payment.ReasonCodeInvalid, payment.ReasonCodeInvalid},
		{"40004", "SOUNDWAVE_PARSER_FAIL", payment.ReasonCodeInvalid, payment.ReasonCodeInvalid},
		{"40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH", payment.ReasonBalance, payment.ReasonBalance},
		{"40004", "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH", payment.ReasonBalance, payment.ReasonBalance},
		{"40004", "ACQ.PULL_MOBILE_CASHIER_FAIL", payment.ReasonPhone, payment.ReasonPhone},
		{"40004", "ACQ.PAYMENT_FAIL", payment.ReasonPhone, payment.ReasonPhone},
		{"40004", "ACQ.ERROR_BALANCE_PAYMENT_DISABLE", payment.ReasonPayerSwitch, payment.ReasonPayerSwitch},
		{"40004", "ACQ.MOBILE_PAYMENT_SWITCH_OFF", payment.ReasonPayerSwitch, payment.ReasonPayerSwitch},
		{"40004", "ACQ.USER_FACE_PAYMENT_SWITCH_OFF", payment.ReasonPayerSwitch, payment.ReasonPayerSwitch},
		{"40004", "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", payment.ReasonPayerLimit, payment.ReasonPayerLimit},
		{"40004", "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR", payment.ReasonPayerLimit, payment.ReasonPayerLimit},
		{"40004", "ACQ.BUYER_SELLER_EQUAL", payment.ReasonSelf, payment.ReasonSelf},
		{"40004", "ACQ.PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk, payment.ReasonRisk},
		{"40004", "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE", payment.ReasonPayerCannot, payment.ReasonPayerCannot},
		{"40004", "ACQ.TOTAL_FEE_EXCEED", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "ACQ.EXIST_FORBIDDEN_WORD", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "ACQ.INVALID_PARAMETER", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "ACQ.BEYOND_PAY_RESTRICTION", payment.ReasonMerchantLimit, payment.ReasonMerchantLimit},
		{"40004", "ACQ.BEYOND_PER_RECEIPT_RESTRICTION", payment.ReasonMerchantLimit, payment.ReasonMerchantLimit},
		{"40004", "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION", payment.ReasonMerchantLimit, payment.ReasonMerchantLimit},
		{"40004", "ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT", payment.ReasonMerchantLimit, payment.ReasonMerchantLimit},
		{"40004", "ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT", payment.ReasonMerchantLimit, payment.ReasonMerchantLimit},
		{"40004", "ACQ.ACCESS_FORBIDDEN", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.PARTNER_ERROR", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.MERCHANT_AGREEMENT_NOT_EXIST", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.MERCHANT_AGREEMENT_INVALID", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.MERCHANT_STATUS_NOT_NORMAL", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.SELLER_BEEN_BLOCKED", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.INVALID_RECEIVE_ACCOUNT", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		// precreate
		{"40004", "ACQ.APPLY_PC_MERCHANT_CODE_ERROR", payment.ReasonOrderUsed, payment.ReasonRequest},
		// cancel and close
		{"40004", "ACQ.TRADE_CANCEL_TIME_OUT", payment.ReasonTooOld, payment.ReasonTooOld},
		{"40004", "ACQ.CANCEL_NOT_ALLOWED", payment.ReasonNoRefund, payment.ReasonNoRefund},
		{"40004", "ACQ.REASON_TRADE_BEEN_FREEZEN", payment.ReasonNoRefund, payment.ReasonNoRefund},
		{"40004", "ACQ.TRADE_STATUS_ERROR", payment.ReasonOrderClosed, payment.ReasonNoRefund},
		{"40004", "ACQ.REASON_TRADE_STATUS_INVALID", payment.ReasonOrderClosed, payment.ReasonNoRefund},
		// refund
		{"40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH", payment.ReasonMerchantSetup, payment.ReasonMerchantFunds},
		{"40004", "ACQ.DISCORDANT_REPEAT_REQUEST", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", payment.ReasonRequest, payment.ReasonRefundTooMuch},
		{"40004", "ACQ.REASON_TRADE_REFUND_FEE_ERR", payment.ReasonRequest, payment.ReasonRefundTooMuch},
		{"40004", "ACQ.TRADE_HAS_FINISHED", payment.ReasonOrderClosed, payment.ReasonTooOld},
		{"40004", "ACQ.TRADE_NOT_EXIST", payment.ReasonOther, payment.ReasonNoRefund},
		{"40004", "ACQ.TRADE_NOT_ALLOW_REFUND", payment.ReasonRequest, payment.ReasonNoRefund},
		{"40004", "ACQ.NOT_ALLOW_PARTIAL_REFUND", payment.ReasonRequest, payment.ReasonNoRefund},
		{"40004", "ACQ.CUSTOMER_VALIDATE_ERROR", payment.ReasonPayerCannot, payment.ReasonNoRefund},
		// the gateway
		{"40001", "isv.missing-signature-key", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40001", "isv.missing-method", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40001", "isv.missing-timestamp", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.invalid-app-id", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.invalid-signature", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.missing-app-cert-sn", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.invalid-timestamp", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.suspected-attack", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "not-online-app", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40002", "isv.invalid-parameter", payment.ReasonRequest, payment.ReasonRequest},
		{"40003", "isv.missing-signature-config", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40003", "isv.invalid-app-state", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40005", "isv.app-call-limited", payment.ReasonBusy, payment.ReasonBusy},
		{"40005", "isv.method-call-limited", payment.ReasonBusy, payment.ReasonBusy},
		{"40005", "", payment.ReasonBusy, payment.ReasonBusy},
		{"40006", "isv.insufficient-isv-permissions", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40006", "isv.insufficient-user-permissions", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"20001", "aop.invalid-app-auth-token", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"20001", "aop.app-auth-token-time-out", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"20001", "aop.invalid-app-auth-token-no-api", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		// nothing to tell
		{"40004", "ACQ.SYSTEM_ERROR", payment.ReasonNone, payment.ReasonNone},
		{"40004", "AQC.SYSTEM_ERROR", payment.ReasonNone, payment.ReasonNone},
		{"20000", "aop.ACQ.SYSTEM_ERROR", payment.ReasonNone, payment.ReasonNone},
		{"20000", "isp.unknow-error", payment.ReasonNone, payment.ReasonNone},
		{"20000", "aop.unknow-error", payment.ReasonNone, payment.ReasonNone},
		{"40004", "", payment.ReasonNone, payment.ReasonNone},
		{"10000", "", payment.ReasonNone, payment.ReasonNone},
		{"10003", "", payment.ReasonNone, payment.ReasonNone},
		{"50000", "", payment.ReasonNone, payment.ReasonNone},
		// a definite no that is new
		{"40004", "ACQ.MOON_IS_FULL", payment.ReasonOther, payment.ReasonOther},
	}
	covered := map[string]bool{}
	for _, tt := range tests {
		for _, sub := range []string{tt.sub, "aop." + tt.sub} { // one prefix more
			if tt.sub == "" && sub != "" {
				continue
			}
			r := reply{answer: answer{Code: text(tt.code), SubCode: text(sub)}}
			if pay, refund := reasonOf(r, usePay), reasonOf(r, useRefund); pay != tt.pay || refund != tt.refund {
				t.Errorf("%s %s: pay %q, refund %q; want %q, %q", tt.code, sub, pay, refund, tt.pay, tt.refund)
			}
		}
		for _, m := range meanings {
			if (answer{SubCode: text(tt.sub)}).has(m.part) {
				covered[m.part] = true
				break
			}
		}
	}
	for _, m := range meanings {
		if !covered[m.part] {
			t.Errorf("no code of the documents ever reaches the row %s", m.part)
		}
	}
}

// A reason outside of payment.Reasons would be shown as its key.
func TestEveryReasonOfTheTableHasASentence(t *testing.T) {
	known := map[payment.Reason]bool{}
	for _, r := range payment.Reasons {
		known[r] = true
	}
	for _, m := range meanings {
		if !known[m.pay] || (m.refund != "" && !known[m.refund]) {
			t.Errorf("row %s: %q, %q", m.part, m.pay, m.refund)
		}
	}
}

func TestAGatewaysMessageIsScrubbed(t *testing.T) {
	c := &Channel{set: settings{appAuthToken: "202611BBsecrettoken"}}
	const message = "验签出错，网关生成的验签字符串为：app_auth_token=202611BBother&amp;app_id=2021000000000001&amp;biz_content={\"auth_code\":\"281234567890124471\"," +
		"\"out_trade_no\":\"FD01261121143326006128001\",\"total_amount\":\"128.50\"}&amp;x=202611BBsecrettoken&y=fpABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"
	got := c.scrub(message)
	want := "验签出错，网关生成的验签字符串为：app_auth_token=…&amp;app_id=2021000000000001&amp;biz_content={\"auth_code\":\"28…4471\"," +
		"\"out_trade_no\":\"FD01261121143326006128001\",\"total_amount\":\"128.50\"}&amp;x=…&y=fp…defg"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
