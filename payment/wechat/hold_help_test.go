package wechat_test

import "frontdesk/payment"

// What every test of deposits holds, captures and gives back.
const (
	depositNo  = "FD01261121143326006129001"
	captureNo  = "FD01261122100000006129002"
	releaseNo  = depositNo + "R001"
	deposit    = payment.Amount(500_00)
	roomCharge = payment.Amount(338_00)
)

var theHold = payment.Hold{OutOrderNo: depositNo, RequestNo: depositNo + "H001", AuthNo: transactionID, Amount: deposit, Wallet: payment.WalletWeChat}

// freshHold is the deposit before anybody knows a number of WeChat's.
func freshHold() payment.Hold {
	h := theHold
	h.AuthNo = ""
	return h
}

func holdRequest() payment.HoldRequest {
	return payment.HoldRequest{Hold: freshHold(), Code: payCode, Subject: "1203 房押金", ReceiptNo: "01006129", Operator: "小王"}
}

func captureRequest() payment.CaptureRequest {
	return payment.CaptureRequest{Hold: theHold, OutTradeNo: captureNo, Capture: roomCharge, ReleaseRest: true, Subject: "room"}
}

func releaseRequest() payment.ReleaseRequest {
	return payment.ReleaseRequest{Hold: theHold, ReleaseNo: releaseNo, Release: deposit}
}

func captureRefund() payment.CaptureRefundRequest {
	return payment.CaptureRefundRequest{Hold: theHold, OutTradeNo: captureNo, Capture: roomCharge, RequestNo: captureNo + "R001", Refund: 38_00, Reason: "minibar was empty"}
}

// depositSays is an answer about the deposit that was paid.
func depositSays(pairs ...string) answer {
	return saysV2(append([]string{"out_trade_no", depositNo, "transaction_id", transactionID, "total_fee", "50000", "cash_fee", "50000",
		"openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "time_end", timeEnds, "fee_type", "CNY"}, pairs...)...)
}

// depositState is an answer of the deposit's query.
func depositState(state string, pairs ...string) answer {
	return depositSays(append([]string{"trade_state", state, "trade_state_desc", "as tested"}, pairs...)...)
}

// bareState is one that says nothing but the state, as for what is not paid.
func bareState(state string) answer { return saysV2("out_trade_no", depositNo, "trade_state", state) }

// refusesV2 is a signed refusal.
func refusesV2(code string, pairs ...string) answer {
	return saysV2(append([]string{"result_code", "FAIL", "err_code", code, "err_code_des", "as tested"}, pairs...)...)
}
