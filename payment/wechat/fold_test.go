package wechat_test

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/payment"
)

var whenPaid = time.Date(2026, 11, 21, 6, 33, 26, 0, time.UTC)

func TestWhatAPaymentsAnswerMeans(t *testing.T) {
	success := paidOrder("SUCCESS", "MICROPAY")
	tests := []struct {
		name   string
		status int
		body   string
		want   payment.Result
		reason payment.Reason
		code   string
	}{
		{"paid", 200, success, payment.Paid, "", ""},
		{"a success of HTTP that is none", 202, order("USERPAYING", ""), payment.Waiting, "", ""},
		{"the same, said as a code", 202, `{"code":"USERPAYING","message":"需要用户输入支付密码"}`, payment.Waiting, "", "USERPAYING"},
		{"the same, said as a refusal", 403, `{"code":"USERPAYING","message":"需要用户输入支付密码"}`, payment.Waiting, "", "USERPAYING"},
		{"200 while the payer types", 200, order("USERPAYING", ""), payment.Waiting, "", ""},
		{"the money follows", 200, order("ACCEPT", ""), payment.Waiting, "", ""},
		{"the first moment", 200, order("NOTPAY", ""), payment.Waiting, "", ""},
		{"paid, said with 202", 202, success, payment.Unknown, "", ""},
		{"the payment broke off, and WeChat wants it reversed", 200, order("PAYERROR", ""), payment.Unknown, "", "PAYERROR"},
		{"a fresh order that is closed", 200, order("CLOSED", ""), payment.Unknown, "", ""},
		{"a state that is new", 200, order("MOON_IS_FULL", ""), payment.Unknown, "", ""},
		{"no state", 200, `{"out_trade_no":"` + orderNo + `","amount":{"total":12850}}`, payment.Unknown, "", ""},
		{"an empty object", 200, `{}`, payment.Unknown, "", ""},
		{"nothing", 200, ``, payment.Unknown, "", ""},
		{"no order", 200, `{"trade_state":"SUCCESS","amount":{"total":12850}}`, payment.Unknown, "", ""},
		{"another order", 200, `{"out_trade_no":"FD1","trade_state":"SUCCESS","amount":{"total":12850}}`, payment.Unknown, "", ""},
		{"another merchant", 200, `{"mchid":"1900000999","out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":12850}}`, payment.Unknown, "", ""},
		{"no amount", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS"}`, payment.Unknown, "", ""},
		{"another amount", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":12849}}`, payment.Unknown, "", ""},
		{"an amount in yuan", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":128.50}}`, payment.Unknown, "", ""},
		{"an amount with a fraction", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":12850.0}}`, payment.Unknown, "", ""},
		{"an amount as text", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":"12850"}}`, payment.Unknown, "", ""},
		{"a state that is no text", 200, `{"out_trade_no":"` + orderNo + `","trade_state":true,"amount":{"total":12850}}`, payment.Unknown, "", ""},

		{"too little money", 403, `{"code":"NOT_ENOUGH","message":"余额不足"}`, payment.Failed, payment.ReasonBalance, "NOT_ENOUGH"},
		{"the code has expired", 400, `{"code":"AUTH_CODE_EXPIRED"}`, payment.Failed, payment.ReasonCodeInvalid, "AUTH_CODE_EXPIRED"},
		{"not WeChat's code", 400, `{"code":"AUTH_CODE_INVALID"}`, payment.Failed, payment.ReasonCodeInvalid, "AUTH_CODE_INVALID"},
		{"a wrong signature, signed", 401, `{"code":"SIGN_ERROR"}`, payment.Failed, payment.ReasonMerchantSetup, "SIGN_ERROR"},
		{"no right", 403, `{"code":"NO_AUTH"}`, payment.Failed, payment.ReasonMerchantSetup, "NO_AUTH"},
		{"paid before", 400, `{"code":"ORDERPAID"}`, payment.Unknown, "", "ORDERPAID"},
		{"a code that is new", 403, `{"code":"MOON_IS_FULL"}`, payment.Unknown, "", "MOON_IS_FULL"},
		{"a refusal without a code", 403, `{"message":"no"}`, payment.Unknown, "", ""},
		{"trouble at WeChat", 500, systemError, payment.Unknown, "", "SYSTEM_ERROR"},
		{"trouble at WeChat, with a known code", 500, `{"code":"NOT_ENOUGH"}`, payment.Unknown, "", "NOT_ENOUGH"},
		{"trouble at the bank", 403, `{"code":"BANK_ERROR"}`, payment.Unknown, "", "BANK_ERROR"},
		{"slow down", 429, `{"code":"FREQUENCY_LIMITED"}`, payment.Unknown, payment.ReasonBusy, "FREQUENCY_LIMITED"},
		{"slow down, with another code", 429, `{"code":"NOT_ENOUGH"}`, payment.Unknown, "", "NOT_ENOUGH"},
		{"too late", 408, `{"code":"NOT_ENOUGH"}`, payment.Unknown, "", "NOT_ENOUGH"},
		{"somewhere else", 302, `{"code":"NOT_ENOUGH"}`, payment.Unknown, "", "NOT_ENOUGH"},
		{"created", 201, success, payment.Unknown, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, says(tt.status, tt.body))
			out := newChannel(t, config(g.URL)).Pay(t.Context(), payRequest())
			if out.Result != tt.want || out.Reason != tt.reason || out.Code != tt.code {
				t.Errorf("got %+v", out)
			}
			if (out.Detail != nil) != (tt.want == payment.Unknown) || out.Broken != (tt.code == "PAYERROR") {
				t.Errorf("detail %v, broken %v", out.Detail, out.Broken)
			}
			if paid := out.Result == payment.Paid; paid != out.PaidAt.Equal(whenPaid) || paid && out.TradeNo != transactionID {
				t.Errorf("got %+v", out)
			}
			if out.Password != (tt.want == payment.Waiting && tt.body != order("ACCEPT", "") && tt.body != order("NOTPAY", "")) {
				t.Errorf("password %v", out.Password)
			}
			g.only()
		})
	}
}

func TestWhatAQuerysAnswerMeans(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   payment.Result
	}{
		{"paid", 200, paidOrder("SUCCESS", "MICROPAY"), payment.Paid},
		{"a QR that was paid", 200, paidOrder("SUCCESS", "NATIVE"), payment.Paid},
		{"paid, not said how much", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS"}`, payment.Unknown},
		{"paid, another amount", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":{"total":1}}`, payment.Unknown},
		{"another order", 200, `{"out_trade_no":"FD1","trade_state":"NOTPAY"}`, payment.Unknown},
		{"no order", 200, `{"trade_state":"CLOSED"}`, payment.Unknown},
		{"not paid", 200, order("NOTPAY", ""), payment.Waiting},
		{"not paid, without an amount", 200, `{"out_trade_no":"` + orderNo + `","trade_state":"NOTPAY"}`, payment.Waiting},
		{"the payer types", 200, order("USERPAYING", ""), payment.Waiting},
		{"the money follows", 200, order("ACCEPT", ""), payment.Waiting},
		{"refunded", 200, paidOrder("REFUND", "MICROPAY"), payment.Reversed},
		{"closed", 200, order("CLOSED", ""), payment.Closed},
		{"reversed before it was paid", 200, order("REVOKED", ""), payment.Closed},
		{"reversed after it was paid", 200, paidOrder("REVOKED", "MICROPAY"), payment.Reversed},
		{"closed after it was paid", 200, paidOrder("CLOSED", "NATIVE"), payment.Reversed},
		{"broke off, and WeChat wants it reversed", 200, order("PAYERROR", ""), payment.Unknown},
		{"paid, said with 202", 202, paidOrder("SUCCESS", "MICROPAY"), payment.Unknown},
		{"refunded, said with 202", 202, paidOrder("REFUND", "MICROPAY"), payment.Unknown},
		{"reversed, said with 202", 202, order("REVOKED", ""), payment.Unknown},
		{"closed, said with 204", 204, order("CLOSED", ""), payment.Unknown},
		{"the payer types, said with 202", 202, order("USERPAYING", ""), payment.Waiting},
		{"a state that is new", 200, order("MOON_IS_FULL", ""), payment.Unknown},
		{"no such order", 404, notFound, payment.NotFound},
		{"no such order, in the word of refunds", 404, noRefund, payment.NotFound},
		{"no such order, with another status", 400, notFound, payment.Unknown},
		{"no such page", 404, `{"code":"NOT_FOUND"}`, payment.Unknown},
		{"refused", 403, `{"code":"NO_AUTH"}`, payment.Unknown},
		{"refused with the payer's word", 403, `{"code":"NOT_ENOUGH"}`, payment.Unknown},
		{"trouble", 500, systemError, payment.Unknown},
		{"trouble that knows no order", 500, notFound, payment.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, says(tt.status, tt.body))
			out := newChannel(t, config(g.URL)).Query(t.Context(), theOrder)
			if out.Result != tt.want || (out.Detail != nil) != (tt.want == payment.Unknown) {
				t.Errorf("got %+v", out)
			}
			if out.Password != (tt.body == order("USERPAYING", "")) || out.Broken != (tt.body == order("PAYERROR", "")) {
				t.Errorf("password %v, broken %v", out.Password, out.Broken)
			}
		})
	}
}

func TestWhatAQRsAnswerMeans(t *testing.T) {
	const url = "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"
	tests := []struct {
		name   string
		status int
		body   string
		want   payment.Result
		reason payment.Reason
	}{
		{"a QR", 200, `{"code_url":"` + url + `"}`, payment.Waiting, ""},
		{"no QR", 200, `{}`, payment.Unknown, ""},
		{"accepted", 202, `{"code_url":"` + url + `"}`, payment.Unknown, ""},
		{"another order's", 200, `{"out_trade_no":"FD1","code_url":"` + url + `"}`, payment.Unknown, ""},
		{"paid before", 400, `{"code":"ORDERPAID"}`, payment.Unknown, ""},
		{"number used", 403, `{"code":"OUT_TRADE_NO_USED"}`, payment.Failed, payment.ReasonOrderUsed},
		{"not bound", 400, `{"code":"APPID_MCHID_NOT_MATCH"}`, payment.Failed, payment.ReasonMerchantSetup},
		{"new", 400, `{"code":"MOON_IS_FULL"}`, payment.Unknown, ""},
		{"trouble", 500, systemError, payment.Unknown, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGateway(t, says(tt.status, tt.body))
			qr, out := newChannel(t, config(g.URL)).ShowQR(t.Context(), qrRequest())
			if out.Result != tt.want || out.Reason != tt.reason || (qr == url) != (tt.want == payment.Waiting) || qr != "" && qr != url {
				t.Errorf("got %q %+v", qr, out)
			}
			if out.Password {
				t.Error("nobody is asked for a password yet")
			}
		})
	}
}

// A provider's answers name both merchants, and no other's is believed.
func TestAPartnersAnswersNameBothMerchants(t *testing.T) {
	for _, tt := range []struct {
		sp, sub string
		want    payment.Result
	}{
		{spMchID, subMchID, payment.Paid},
		{spMchID, "1900000999", payment.Unknown},
		{mchID, subMchID, payment.Unknown},
	} {
		body := fmt.Sprintf(`{"sp_mchid":"%s","sub_mchid":"%s","out_trade_no":"%s","trade_state":"SUCCESS","amount":{"total":12850}}`, tt.sp, tt.sub, orderNo)
		g := newGateway(t, says(200, body))
		channel := newChannel(t, partner(g.URL))
		if out := channel.Pay(t.Context(), payRequest()); out.Result != tt.want {
			t.Errorf("%s for %s: %+v", tt.sp, tt.sub, out)
		}
		if out := channel.Query(t.Context(), theOrder); out.Result != tt.want {
			t.Errorf("%s for %s: %+v", tt.sp, tt.sub, out)
		}
	}
}

// Only what the merchant gave away itself is not settled to it.
func TestTheMerchantsOwnDiscount(t *testing.T) {
	coupon := func(kind, amount, merchant string) string {
		return `{"coupon_id":"1","type":"` + kind + `","amount":` + amount + `,"wechatpay_contribute":0,"merchant_contribute":` + merchant + `,"other_contribute":0}`
	}
	tests := []struct {
		name, amount, promotions string
		want                     payment.Amount
	}{
		{"none", `"payer_total":12850`, ``, 0},
		{"nothing is said", ``, ``, 0},
		{"its own, not prepaid", `"payer_total":12350`, coupon("NOCASH", "500", "500"), 5_00},
		{"not prepaid, by another merchant", `"payer_total":12350`, coupon("NOCASH", "500", "0"), 5_00},
		{"its own, prepaid: settled in full", `"payer_total":12350`, coupon("CASH", "500", "500"), 0},
		{"WeChat's", `"payer_total":12350`, coupon("CASH", "500", "0"), 0},
		{"of a kind that is not said", ``, coupon("", "500", "300"), 3_00},
		{"of a new kind", ``, coupon("MOON", "500", "200"), 2_00},
		{"two", ``, coupon("NOCASH", "500", "500") + `,` + coupon("CASH", "100", "0") + `,` + coupon("NOCASH", "50", "50"), 5_50},
		{"what is settled is said", `"settlement_total":12000`, coupon("NOCASH", "500", "500"), 8_50},
		{"all is settled", `"settlement_total":12850`, coupon("NOCASH", "500", "500"), 0},
		{"more than all is settled", `"settlement_total":12851`, ``, 0},
		{"more than all is given away", ``, coupon("NOCASH", "12851", "0"), 0},
		{"sums that are none", `"settlement_total":"x"`, coupon("NOCASH", `"500"`, "null"), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			amount := `{"total":12850`
			if tt.amount != "" {
				amount += "," + tt.amount
			}
			body := `{"out_trade_no":"` + orderNo + `","trade_state":"SUCCESS","amount":` + amount + `},"promotion_detail":[` + tt.promotions + `]}`
			g := newGateway(t, says(200, body))
			channel := newChannel(t, config(g.URL))
			for how, out := range map[string]payment.Outcome{"pay": channel.Pay(t.Context(), payRequest()), "query": channel.Query(t.Context(), theOrder)} {
				if out.Result != payment.Paid || out.Discount != tt.want {
					t.Errorf("%s: %+v", how, out)
				}
			}
		})
	}
}
