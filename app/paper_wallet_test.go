package app_test

import (
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/payment"
)

// A customer paid with WeChat, whichever channel took it; the paper also names
// that, and the discount that the shop gave.
func TestPapersNameWalletAndChannel(t *testing.T) {
	at := time.Date(2026, 11, 21, 14, 40, 11, 0, payment.Beijing)
	sale := data.SaleDetail{
		Sale: data.Sale{ReceiptNo: "01006128", CreatedAt: at, Amount: 128_50, Paid: 128_50, State: data.SalePaid},
		Tenders: []data.Tender{{ID: 1, Channel: payment.CloudPay, Wallet: payment.WalletWeChat, Method: payment.MethodCode, Amount: 128_50, Discount: 12_85,
			State: payment.StatePaid, EndedAt: at, OutTradeNo: "0100005220261121144011000001", TradeNo: "4200002026112112345678901234"}},
		Refunds: []data.Refund{{ID: 1, TenderID: 1, Amount: 26_00, State: payment.RefundDone, RequestNo: "0100005220261121150000000001", EndedAt: at}},
	}
	deposit := heldDeposit()
	deposit.Channel, deposit.Wallet = payment.CloudPay, payment.WalletWeChat
	for name, c := range map[string]struct {
		doc        func(app.ReceiptStyle) paper.Document
		says, hide []string
	}{
		"a receipt": {func(s app.ReceiptStyle) paper.Document { return app.SaleReceipt(sale, s, false) },
			[]string{"微信（云支付）", "微信交易号", "-12.85", "115.65", "优惠", "结算"}, []string{"云支付交易号"}},
		"a refund": {func(s app.ReceiptStyle) paper.Document { return app.RefundReceipt(sale, sale.Refunds[0], s, false) },
			[]string{"微信（云支付）"}, nil},
		"a deposit": {func(s app.ReceiptStyle) paper.Document { return app.DepositSlip(deposit, s, false) },
			[]string{"微信冻结（云支付）", "本押金冻结在您的微信账户", "30 天没有结算，微信自动退回。"}, []string{"您的云支付账户"}},
	} {
		for _, width := range []paper.Width{paper.Width58, paper.Width80} {
			text := strings.ReplaceAll(plain(c.doc(slipStyle(lang.Chinese)), width), "\n", "")
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("%s does not say %q:\n%s", name, want, text)
				}
			}
			for _, wrong := range c.hide {
				if strings.Contains(text, wrong) {
					t.Errorf("%s says %q", name, wrong)
				}
			}
		}
	}
	sale.Tenders[0].Channel, sale.Tenders[0].Discount = payment.WeChat, 0
	if text := plain(app.SaleReceipt(sale, slipStyle(lang.Chinese), false), paper.Width80); strings.Contains(text, "（") || strings.Contains(text, "优惠") {
		t.Errorf("a plain payment by WeChat:\n%s", text)
	}
}
