package alipay

import (
	"testing"

	"frontdesk/payment"
)

// Every sub code of the documents on deposits, in the form in which it arrives.
func TestEverySubCodeOfADepositHasItsReason(t *testing.T) {
	tests := []struct {
		code, sub  string
		hold, step payment.Reason
	}{
		// freeze and voucher
		{"40004", "ILLEGAL_ARGUMENT", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "EXIST_FORBIDDEN_WORD", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "ACCESS_FORBIDDEN", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "UNIQUE_VIOLATION", payment.ReasonOrderUsed, payment.ReasonRequest},
		{"40004", "PAYER_USER_STATUS_LIMIT", payment.ReasonPayerCannot, payment.ReasonPayerCannot},
		{"40004", "PAYER_NOT_EXIST", payment.ReasonCodeInvalid, payment.ReasonPayerCannot},
		{"40004", "PAYMENT_AUTH_CODE_INVALID", payment.ReasonCodeInvalid, payment.ReasonCodeInvalid},
		{"40004", "MONEY_NOT_ENOUGH", payment.ReasonBalance, payment.ReasonBalance},
		{"40004", "ORDER_ALREADY_CLOSED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
		{"40004", "ORDER_ALREADY_FINISH", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
		{"40004", "FREEZE_ALREADY_SUCCESS", payment.ReasonOrderUsed, payment.ReasonRequest},
		{"40004", "ERROR_BALANCE_PAYMENT_DISABLE", payment.ReasonPayerSwitch, payment.ReasonPayerSwitch},
		{"40004", "PULL_MOBILE_CASHIER_FAIL", payment.ReasonPhone, payment.ReasonPhone},
		{"40004", "USER_FACE_PAYMENT_SWITCH_OFF", payment.ReasonPayerSwitch, payment.ReasonPayerSwitch},
		{"40004", "PAYEE_NOT_EXIST", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "PAYEE_USER_STATUS_LIMIT", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "PAYER_PAYEE_EQUAL", payment.ReasonSelf, payment.ReasonSelf},
		{"40004", "NO_PAYMENT_INSTRUMENTS_AVAILABLE", payment.ReasonPayerCannot, payment.ReasonPayerCannot},
		{"40004", "CLIENT_VERSION_NOT_MATCH", payment.ReasonPayerApp, payment.ReasonPayerApp},
		{"40004", "UNSUPPORT_ORDER_AMOUNT", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "CURRENCY_VERIFICATION_FAIL", payment.ReasonRequest, payment.ReasonRequest},
		{"40004", "FORBIDDEN_MERCHANT_INDUSTRY", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "SECONDARY_MERCHANT_STATUS_ERROR", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "SUB_MERCHANT_NO_PERMISSION", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "USER_IDENTITY_INFO_VALIDATE_FAIL", payment.ReasonPayerCannot, payment.ReasonPayerCannot},
		{"40004", "USER_ACCOUNT_VALIDATE_FAIL", payment.ReasonPayerCannot, payment.ReasonPayerCannot},
		// query and cancel
		{"40004", "AUTH_ORDER_NOT_EXIST", payment.ReasonHoldMissing, payment.ReasonHoldMissing},
		{"40004", "AUTH_OPERATION_NOT_EXIST", payment.ReasonHoldMissing, payment.ReasonHoldMissing},
		{"40004", "HAS_NO_PRIVILEGE", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "CANCEL_OPERATION_TIME_OUT", payment.ReasonTooOld, payment.ReasonTooOld},
		// unfreeze
		{"40004", "REQUEST_AMOUNT_EXCEED", payment.ReasonHoldTooMuch, payment.ReasonHoldTooMuch},
		{"40004", "ILLEGAL_STATUS", payment.ReasonHoldNotHeld, payment.ReasonHoldNotHeld},
		{"40004", "BIZ_ERROR", payment.ReasonOther, payment.ReasonOther},
		// capture
		{"40004", "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40004", "ACQ.AUTH_NO_ERROR", payment.ReasonHoldMissing, payment.ReasonHoldMissing},
		{"40004", "ACQ.AUTH_TOKEN_IS_NOT_EXIST", payment.ReasonHoldMissing, payment.ReasonHoldMissing},
		{"40004", "ACQ.AUTH_AMOUNT_NOT_ENOUGH", payment.ReasonHoldTooMuch, payment.ReasonHoldTooMuch},
		{"40004", "ACQ.REQUEST_AMOUNT_EXCEED", payment.ReasonHoldTooMuch, payment.ReasonHoldTooMuch},
		{"40004", "ACQ.AUTH_ORDER_HAS_CLOSED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
		{"40004", "ACQ.AUTH_ORDER_HAS_FINISHED", payment.ReasonOrderClosed, payment.ReasonHoldClosed},
		{"40004", "ACQ.AUTH_ORDER_NOT_PAID", payment.ReasonHoldNotHeld, payment.ReasonHoldNotHeld},
		{"40004", "ACQ.TRADE_HAS_SUCCESS", payment.ReasonOrderUsed, payment.ReasonOrderUsed},
		{"40004", "ACQ.TRADE_HAS_CLOSE", payment.ReasonOrderClosed, payment.ReasonOrderClosed},
		{"40004", "ACQ.BUYER_SELLER_EQUAL", payment.ReasonSelf, payment.ReasonSelf},
		// open
		{"40004", "SYSTEM_ERROR", "", ""},
		{"40004", "ENTERPRISE_PAY_BIZ_ERROR", "", ""},
		{"40004", "MOON_IS_FULL", payment.ReasonOther, payment.ReasonOther},
		{"40006", "isv.insufficient-isv-permissions", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup},
		{"40005", "isv.app-call-limited", payment.ReasonBusy, payment.ReasonBusy},
	}
	covered := map[string]bool{}
	for _, tt := range tests {
		a := answer{Code: text(tt.code), SubCode: text(tt.sub)}
		for use, want := range map[reasonUse]payment.Reason{useHold: tt.hold, useStep: tt.step} {
			if got := reasonOf(reply{answer: a}, use); got != want {
				t.Errorf("%s %s, use %d: %q, want %q", tt.code, tt.sub, use, got, want)
			}
		}
		for _, m := range holdMeanings {
			if a.has(m.part) {
				covered[m.part] = true
				break
			}
		}
	}
	known := map[payment.Reason]bool{"": true}
	for _, r := range payment.Reasons {
		known[r] = true
	}
	for _, m := range holdMeanings {
		if !covered[m.part] {
			t.Errorf("no code of the documents ever reaches the row %s", m.part)
		}
		if !known[m.hold] || !known[m.step] {
			t.Errorf("row %s: %q, %q", m.part, m.hold, m.step)
		}
	}
}

// A payment never gets a sentence about deposits.
func TestDepositsDoNotChangeWhatPaymentsAreTold(t *testing.T) {
	for _, m := range holdMeanings {
		r := reply{answer: answer{Code: codeRefused, SubCode: text("ACQ." + m.part)}}
		for _, use := range []reasonUse{usePay, useRefund} {
			switch got := reasonOf(r, use); got {
			case payment.ReasonHoldClosed, payment.ReasonHoldMissing, payment.ReasonHoldNotHeld, payment.ReasonHoldTooMuch:
				t.Errorf("%s, use %d: %q", m.part, use, got)
			}
		}
	}
}
