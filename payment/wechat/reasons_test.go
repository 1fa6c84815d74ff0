package wechat

import (
	"net/http"
	"strings"
	"testing"

	"frontdesk/payment"
)

// Each code says the same with and without underscores, in whatever letters.
func TestWhatTheCodesMean(t *testing.T) {
	tests := []struct {
		code              text
		pay, refund, step payment.Reason
		open              bool
	}{
		{"AUTHCODEEXPIRE", payment.ReasonCodeInvalid, payment.ReasonCodeInvalid, payment.ReasonCodeInvalid, false},
		{"AUTH_CODE_ERROR", payment.ReasonCodeInvalid, payment.ReasonCodeInvalid, payment.ReasonCodeInvalid, false},
		{"NOTENOUGH", payment.ReasonBalance, payment.ReasonMerchantFunds, payment.ReasonMerchantFunds, false},
		{"NOT_ENOUGH", payment.ReasonBalance, payment.ReasonMerchantFunds, payment.ReasonMerchantFunds, false},
		{"NOTSUPORTCARD", payment.ReasonPayerCannot, payment.ReasonPayerCannot, payment.ReasonPayerCannot, false},
		{"ACCOUNT_ERROR", payment.ReasonPayerCannot, payment.ReasonNoRefund, payment.ReasonNoRefund, false},
		{"USER_ACCOUNT_ABNORMAL", payment.ReasonPayerCannot, payment.ReasonNoRefund, payment.ReasonNoRefund, false},
		{"TRADE_ERROR", payment.ReasonPhone, payment.ReasonNoRefund, payment.ReasonOther, false},
		{"BUYER_MISMATCH", payment.ReasonOrderUsed, payment.ReasonRequest, payment.ReasonRequest, false},
		{"OUT_TRADE_NO_USED", payment.ReasonOrderUsed, payment.ReasonRequest, payment.ReasonRequest, false},
		{"ORDERCLOSED", payment.ReasonOrderClosed, payment.ReasonNoRefund, payment.ReasonHoldClosed, false},
		{"ORDER_CLOSED", payment.ReasonOrderClosed, payment.ReasonNoRefund, payment.ReasonHoldClosed, false},
		{"ORDERREVERSED", payment.ReasonOrderClosed, payment.ReasonNoRefund, payment.ReasonHoldClosed, false},
		{"ORDERNOTEXIST", payment.ReasonOther, payment.ReasonNoRefund, payment.ReasonHoldMissing, false},
		{"RESOURCE_NOT_EXISTS", payment.ReasonOther, payment.ReasonNoRefund, payment.ReasonHoldMissing, false},
		{"TRADE_OVERDUE", payment.ReasonTooOld, payment.ReasonTooOld, payment.ReasonTooOld, false},
		{"PARAM_ERROR", payment.ReasonRequest, payment.ReasonRequest, payment.ReasonRequest, false},
		{"INVALID_REQUEST", payment.ReasonRequest, payment.ReasonNoRefund, payment.ReasonRequest, false},
		{"RULE_LIMIT", payment.ReasonMerchantLimit, payment.ReasonNoRefund, payment.ReasonMerchantLimit, false},
		{"NOAUTH", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, false},
		{"NO_AUTH", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, false},
		{"sign_error", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, false},
		{"APPID_MCHID_NOT_MATCH", payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, payment.ReasonMerchantSetup, false},
		{"FREQUENCY_LIMITED", payment.ReasonBusy, payment.ReasonBusy, payment.ReasonBusy, true},
		{"ORDERPAID", payment.ReasonOrderUsed, payment.ReasonNoRefund, payment.ReasonNoRefund, true},
		{"ORDER_PAID", payment.ReasonOrderUsed, payment.ReasonNoRefund, payment.ReasonNoRefund, true},
		{"USERPAYING", "", "", "", true},
		{"SYSTEMERROR", "", "", "", true},
		{"SYSTEM_ERROR", "", "", "", true},
		{"BANKERROR", "", "", "", true},
		{"BIZERR_NEED_RETRY", "", "", "", true},
		{"SETTLING", "", "", "", true},
	}
	for _, tt := range tests {
		for use, want := range map[reasonUse]payment.Reason{usePay: tt.pay, useRefund: tt.refund, useStep: tt.step} {
			if got, open, known := reasonOfCode(tt.code, use); got != want || open != tt.open || !known {
				t.Errorf("%s for %d: %q, open %v, known %v; want %q, %v", tt.code, use, got, open, known, want, tt.open)
			}
		}
	}
	if got, open, known := reasonOfCode("MOON_IS_FULL", usePay); got != payment.ReasonOther || open || known {
		t.Errorf("a new code: %q %v %v", got, open, known)
	}
}

// Every code that the documents of a payment have: which of them leave open
// whether the payer was charged, and which do not.
func TestWhichCodesOfAPaymentAreDefinite(t *testing.T) {
	unclear := []text{"SYSTEMERROR", "BANKERROR", "USERPAYING", "ORDERPAID", "SYSTEM_ERROR", "BIZERR_NEED_RETRY", "FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED"}
	definite := []text{"PARAM_ERROR", "NOAUTH", "AUTHCODEEXPIRE", "NOTENOUGH", "NOTSUPORTCARD", "ORDERCLOSED", "ORDERREVERSED", "AUTH_CODE_ERROR",
		"AUTH_CODE_INVALID", "XML_FORMAT_ERROR", "REQUIRE_POST_METHOD", "SIGNERROR", "LACK_PARAMS", "NOT_UTF8", "BUYER_MISMATCH", "APPID_NOT_EXIST",
		"MCHID_NOT_EXIST", "OUT_TRADE_NO_USED", "APPID_MCHID_NOT_MATCH", "INVALID_REQUEST", "TRADE_ERROR", "MCH_NOT_EXISTS", "ORDER_CLOSED", "SIGN_ERROR",
		"ACCOUNT_ERROR", "NO_AUTH", "NOT_ENOUGH", "RULE_LIMIT", "USER_ACCOUNT_ABNORMAL", "RESOURCE_NOT_EXISTS", "TRADE_OVERDUE"}
	for want, codes := range map[verdict][]text{open: unclear, refused: definite} {
		for _, code := range codes {
			r := reply{status: http.StatusForbidden, answer: answer{Code: code}}
			if r.verdict() != want || !r.known() {
				t.Errorf("%s: verdict %d, known %v; want %d", code, r.verdict(), r.known(), want)
			}
		}
	}
}

// The table holds each code in the form in which it is looked up, and says
// something of each: a code that is not open has its reason.
func TestTheTableIsInOrder(t *testing.T) {
	for code, m := range meanings {
		if code != normalCode(text(code)) || strings.Contains(code, "_") {
			t.Errorf("%s is never found", code)
		}
		if m.pay == payment.ReasonNone && !m.open {
			t.Errorf("%s says nothing", code)
		}
	}
}
