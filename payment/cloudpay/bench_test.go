package cloudpay

import (
	"context"
	"net/http"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/wire/wiretest"
)

// What the channel adds to a payment above the wire: building, authenticating,
// verifying and reading, with a wire that answers at once.
func BenchmarkPay(b *testing.B) {
	content := `{"status":0,"description":"\u64CD\u4F5C\u6210\u529F\u3002","log_id":1310856473,"internal_status":0,"micro_pay":{"pay_mch_key":{"pay_platform":1,"sub_pay_platform":100},` +
		`"order_content":{"out_trade_no":"` + testNo + `","transaction_id":"4200000400201908267240992395","trade_type":1,"time_end":1566803217,"is_transforming":false,"total_fee":12850,` +
		`"fee_type":"CNY","cash_fee":12850,"settlement_total_fee":12850,"body":"body","wxpay_order_content_ext":{"current_trade_state":2,"bank_type":"CFT"}}}}`
	var canned wiretest.Canned
	canned.Say(http.StatusOK, answerOf(content, codeOf(testKey, content)))
	channel := offline(b, &canned)
	request := payment.PayRequest{Order: testOrder, Code: "134680423163089456", Subject: "Tea and cake", ReceiptNo: "01006128"}
	b.ReportAllocs()
	for b.Loop() {
		if out := channel.Pay(context.Background(), request); out.Result != payment.Paid {
			b.Fatalf("%+v", out)
		}
	}
}
