package wechat_test

import (
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
)

// config is right and complete for a merchant who signs for itself.
func config(url string) wechat.Config {
	return wechat.Config{AppID: appID, MchID: mchID, PrivateKey: keys().merchant.privatePEM(), MerchantSerial: keys().merchant.serial,
		PublicKeyID: keyID, PublicKey: keys().platform.publicPEM(), NotifyURL: notifyURL, Gateway: url}
}

// partner is right and complete for a service provider who takes deposits.
func partner(url string) wechat.Config {
	c := config(url)
	c.AppID, c.MchID, c.SubMchID, c.SubAppID = spAppID, spMchID, subMchID, subAppID
	c.MerchantCert, c.APIv2Key = keys().merchant.certPEM(), v2Key
	return c
}

func newChannel(t *testing.T, c wechat.Config) *wechat.Channel {
	t.Helper()
	channel, err := wechat.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.Close)
	return channel
}

// What every test pays, and asks to give back.
const (
	orderNo  = "FD01261121143326006128001"
	refundNo = orderNo + "R001"
	payCode  = payment.PayCode("131234567890124471")
	price    = payment.Amount(128_50)
)

var theOrder = payment.Order{OutTradeNo: orderNo, Amount: price, Wallet: payment.WalletWeChat}

func payRequest() payment.PayRequest {
	return payment.PayRequest{Order: theOrder, Code: payCode, Subject: "Tea and cake", ReceiptNo: "01006128"}
}

func qrRequest() payment.QRRequest {
	return payment.QRRequest{Order: theOrder, Subject: "Tea and cake", ReceiptNo: "01006128", Expires: 2 * time.Minute}
}

func refundRequest() payment.RefundRequest {
	return payment.RefundRequest{Order: theOrder, RequestNo: refundNo, Refund: 28_50, Reason: "cold"}
}

// order is the JSON of an order: what every answer says, and then more.
func order(state, more string) string {
	return `{"appid":"` + appID + `","mchid":"` + mchID + `","out_trade_no":"` + orderNo + `","trade_state":"` + state +
		`","trade_state_desc":"as tested","amount":{"total":12850,"currency":"CNY"}` + more + `}`
}

// paidOrder is an order that was paid.
func paidOrder(state, tradeType string) string {
	return order(state, `,"transaction_id":"`+transactionID+`","trade_type":"`+tradeType+`","bank_type":"OTHERS","success_time":"`+successTime+`"`)
}
