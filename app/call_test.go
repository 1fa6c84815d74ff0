package app_test

import (
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// call is something that the till asks of a channel.
type call string

const (
	callPay         call = "pay"
	callQR          call = "QR"
	callQuery       call = "query"
	callCancel      call = "cancel"
	callClose       call = "close of a QR"
	callRefund      call = "refund"
	callRefundQuery call = "refund's query"

	callHold         call = "hold"
	callHoldQR       call = "hold's QR"
	callHoldQuery    call = "hold's query"
	callHoldCancel   call = "hold's cancel"
	callCapture      call = "capture"
	callCaptureQuery call = "capture's query"
	callRelease      call = "release"
	callReleaseQuery call = "release's query"
	callGiveBack     call = "refund of a capture"
	callGivenBack    call = "query of that"
)

// refusal is a definite no to a call, and what the till makes of it.
type refusal struct {
	fault paysim.Fault
	why   payment.Reason // ReasonNone where it is no answer: a question that was refused
}

var alipayCalls = map[call]string{
	callPay: "alipay.trade.pay", callQR: "alipay.trade.precreate", callQuery: "alipay.trade.query", callCancel: "alipay.trade.cancel",
	callClose: "alipay.trade.cancel", callRefund: "alipay.trade.refund", callRefundQuery: "alipay.trade.fastpay.refund.query",
	callHold: "alipay.fund.auth.order.freeze", callHoldQR: "alipay.fund.auth.order.voucher.create",
	callHoldQuery: "alipay.fund.auth.operation.detail.query", callHoldCancel: "alipay.fund.auth.operation.cancel",
	callCapture: "alipay.trade.pay", callCaptureQuery: "alipay.trade.query",
	callRelease: "alipay.fund.auth.order.unfreeze", callReleaseQuery: "alipay.fund.auth.operation.detail.query",
	callGiveBack: "alipay.trade.refund", callGivenBack: "alipay.trade.fastpay.refund.query",
}

var alipayNoes = map[call]refusal{
	callPay:          alipayNo("ACQ.PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk),
	callQR:           alipayNo("ACQ.ACCESS_FORBIDDEN", payment.ReasonMerchantSetup),
	callQuery:        alipayNo("ACQ.INVALID_PARAMETER", ""),
	callCancel:       alipayNo("ACQ.CANCEL_NOT_ALLOWED", ""),
	callClose:        alipayNo("ACQ.CANCEL_NOT_ALLOWED", ""),
	callRefund:       alipayNo("ACQ.SELLER_BALANCE_NOT_ENOUGH", payment.ReasonMerchantFunds),
	callRefundQuery:  alipayNo("ACQ.INVALID_PARAMETER", ""),
	callHold:         alipayNo("MONEY_NOT_ENOUGH", payment.ReasonBalance),
	callHoldQR:       alipayNo("ACCESS_FORBIDDEN", payment.ReasonMerchantSetup),
	callHoldQuery:    alipayNo("ILLEGAL_ARGUMENT", ""),
	callHoldCancel:   alipayNo("CANCEL_OPERATION_TIME_OUT", ""),
	callCapture:      alipayNo("ACQ.PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk),
	callCaptureQuery: alipayNo("ACQ.INVALID_PARAMETER", ""),
	callRelease:      alipayNo("PAYER_USER_STATUS_LIMIT", payment.ReasonPayerCannot),
	callReleaseQuery: alipayNo("ILLEGAL_ARGUMENT", ""),
	callGiveBack:     alipayNo("ACQ.SELLER_BALANCE_NOT_ENOUGH", payment.ReasonMerchantFunds),
	callGivenBack:    alipayNo("ACQ.INVALID_PARAMETER", ""),
}

func alipayNo(sub string, why payment.Reason) refusal {
	return refusal{paysim.Fault{SubCode: sub}, why}
}

var wechatCalls = map[call]string{
	callPay: "wechat.codepay", callQR: "wechat.native", callQuery: "wechat.query", callCancel: "wechat.reverse", callClose: "wechat.close",
	callRefund: "wechat.refund", callRefundQuery: "wechat.refund.query",
	callHold: "wechat.deposit.micropay", callHoldQuery: "wechat.deposit.query", callHoldCancel: "wechat.deposit.reverse",
	callCapture: "wechat.deposit.consume", callCaptureQuery: "wechat.deposit.query",
	callRelease: "wechat.deposit.reverse", callReleaseQuery: "wechat.deposit.query",
	callGiveBack: "wechat.deposit.refund", callGivenBack: "wechat.deposit.refund.query",
}

var wechatNoes = map[call]refusal{
	callPay:          wechatNo("NOT_ENOUGH", payment.ReasonBalance),
	callQR:           wechatNo("NO_AUTH", payment.ReasonMerchantSetup),
	callQuery:        wechatNo("PARAM_ERROR", ""),
	callCancel:       wechatNo("RULE_LIMIT", ""),
	callClose:        wechatNo("PARAM_ERROR", ""),
	callRefund:       wechatNo("NOT_ENOUGH", payment.ReasonMerchantFunds),
	callRefundQuery:  wechatNo("PARAM_ERROR", ""),
	callHold:         wechatNo("NOTENOUGH", payment.ReasonBalance),
	callHoldQuery:    wechatNo("PARAM_ERROR", ""),
	callHoldCancel:   wechatNo("RULELIMIT", ""),
	callCapture:      wechatNo("RULELIMIT", payment.ReasonMerchantLimit),
	callCaptureQuery: wechatNo("PARAM_ERROR", ""),
	callRelease:      wechatNo("RULELIMIT", payment.ReasonMerchantLimit),
	callReleaseQuery: wechatNo("PARAM_ERROR", ""),
	callGiveBack:     wechatNo("NOTENOUGH", payment.ReasonMerchantFunds),
	callGivenBack:    wechatNo("PARAM_ERROR", ""),
}

func wechatNo(code string, why payment.Reason) refusal {
	return refusal{paysim.Fault{SubCode: code}, why}
}

var cloudCalls = map[call]string{
	callPay: "cloudpay.micro_pay", callQR: "cloudpay.scan_code_pay", callQuery: "cloudpay.query_order", callClose: "cloudpay.close_order",
	callRefund: "cloudpay.refund", callRefundQuery: "cloudpay.query_refund_order",
	callHold: "cloudpay.micro_freeze", callHoldQR: "cloudpay.scancode_freeze", callHoldQuery: "cloudpay.query_freeze_order",
	callCapture: "cloudpay.deposit_consume", callCaptureQuery: "cloudpay.query_order",
	callRelease: "cloudpay.unfreeze", callReleaseQuery: "cloudpay.query_unfreeze_order",
	callGiveBack: "cloudpay.refund", callGivenBack: "cloudpay.query_refund_order",
}

var cloudNoes = map[call]refusal{
	callPay:          cloudNo("用户余额不足", payment.ReasonBalance),
	callQR:           cloudNo("未开通", payment.ReasonMerchantSetup),
	callQuery:        cloudNo("501", ""),
	callClose:        cloudNo("501", ""),
	callRefund:       cloudNo("商户余额不足", payment.ReasonMerchantFunds),
	callRefundQuery:  cloudNo("501", ""),
	callHold:         cloudNo("用户余额不足", payment.ReasonBalance),
	callHoldQR:       cloudNo("未开通", payment.ReasonMerchantSetup),
	callHoldQuery:    cloudNo("501", ""),
	callCapture:      cloudNo("PAYMENT_REQUEST_HAS_RISK", payment.ReasonRisk),
	callCaptureQuery: cloudNo("501", ""),
	callRelease:      cloudNo("没有退款权限", payment.ReasonMerchantSetup),
	callReleaseQuery: cloudNo("501", ""),
	callGiveBack:     cloudNo("商户余额不足", payment.ReasonMerchantFunds),
	callGivenBack:    cloudNo("501", ""),
}

func cloudNo(said string, why payment.Reason) refusal {
	return refusal{paysim.Fault{Code: "104", SubCode: said}, why}
}
