package wechat

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

var (
	testDay      = time.Date(2026, 11, 21, 0, 0, 0, 0, payment.Beijing)
	testProvider = settings{mchID: "1900000001", subMchID: "1900000208"}
	testMerchant = settings{mchID: "1900000109"}
)

const (
	todaysNames = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
	todaysSums  = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
	earlyNames  = "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,企业红包金额,微信退款单号,商户退款单号,退款金额,企业红包退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率"
	earlySums   = "总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额"

	paidLine    = "`2026-11-21 00:00:00,`wx8,`1900000001,`1900000208,`,`4200001,`FD1,`oUp,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`128.50,`0.00,`0,`0,`0.00,`0.00,`,`,`茶, 两杯,`att,`0.77000,`0.60%,`128.50,`0.00,`"
	cheapLine   = "`2026-11-21 12:00:00,`wx8,`1900000001,`1900000208,`,`4200002,`FD2,`oUp,`NATIVE,`SUCCESS,`CFT,`CNY,`54.00,`10.00,`0,`0,`0.00,`0.00,`,`,`,`,`0.32400,`0.60%,`64.00,`0.00,`优惠"
	partLine    = "`2026-11-21 12:30:00,`wx8,`1900000001,`1900000208,`,`4200002,`FD2,`oUp,`NATIVE,`REFUND,`CFT,`CNY,`0.00,`0.00,`50300001,`FD2R1,`27.00,`1.00,`ORIGINAL,`PROCESSING,`,`,`-0.16000,`0.60%,`0.00,`32.00,`"
	revokedLine = "`2026-11-21 23:59:59,`wx8,`1900000001,`1900000208,`,`4200001,`FD1,`oUp,`MICROPAY,`REVOKED,`OTHERS,`CNY,`0.00,`0.00,`0,`0,`128.50,`0.00,`,`,`茶,`,`-0.77000,`0.60%,`0.00,`128.50,`"
)

// billText is a bill of these lines, the end with the sums included.
func billText(lines ...string) string { return "\uFEFF" + strings.Join(lines, "\r\n") + "\r\n" }

// todays is the bill of the four lines above.
func todays() string {
	return billText(todaysNames, paidLine, cheapLine, partLine, revokedLine, todaysSums, "`4,`182.50,`155.50,`1.00,`0.16400,`192.50,`160.50")
}

func TestABillIsRead(t *testing.T) {
	at := func(h, m, s int) time.Time { return time.Date(2026, 11, 21, h, m, s, 0, payment.Beijing) }
	want := []payment.BillLine{
		{Kind: payment.BilledPayment, OrderNo: "FD1", TradeNo: "4200001", Wallet: payment.WalletWeChat, Amount: 128_50, Fee: 77, FeeKnown: true, At: at(0, 0, 0)},
		{Kind: payment.BilledPayment, OrderNo: "FD2", TradeNo: "4200002", Wallet: payment.WalletWeChat, Amount: 64_00, Discount: 10_00, At: at(12, 0, 0)}, // 32.4 fen
		{Kind: payment.BilledRefund, OrderNo: "FD2", RefundNo: "FD2R1", TradeNo: "4200002", Wallet: payment.WalletWeChat, Amount: 32_00, Discount: 5_00, Fee: -16, FeeKnown: true, At: at(12, 30, 0)},
		{Kind: payment.BilledReversal, OrderNo: "FD1", TradeNo: "4200001", Wallet: payment.WalletWeChat, Amount: 128_50, Fee: -77, FeeKnown: true, At: at(23, 59, 59)},
	}
	for name, text := range map[string]string{
		"as it comes":       todays(),
		"with line feeds":   strings.ReplaceAll(todays(), "\r\n", "\n"),
		"without the mark":  strings.TrimPrefix(todays(), "\uFEFF"),
		"without an end":    strings.TrimSuffix(todays(), "\r\n"),
		"with blank lines":  todays() + "\r\n\r\n",
		"in another order":  inAnotherOrder(todays()),
		"with a new column": withAColumn(todays()),
	} {
		if got, err := readBill([]byte(text), testProvider, testDay); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, got, want)
		}
	}
}

// inAnotherOrder is the bill with its columns and sums from right to left.
func inAnotherOrder(text string) string {
	return eachLine(text, func(fields []string) []string { slices.Reverse(fields); return fields })
}

// withAColumn is the bill with one more column in front.
func withAColumn(text string) string {
	return eachLine(text, func(fields []string) []string {
		if fields[0] == "总交易单数" || len(fields) == 7 {
			return fields
		}
		return append([]string{"新"}, fields...)
	})
}

func eachLine(text string, change func([]string) []string) string {
	lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(text, "\uFEFF"), "\r\n"), "\r\n")
	for i, line := range lines {
		if marked, ok := strings.CutPrefix(line, "`"); ok {
			lines[i] = "`" + strings.Join(change(strings.Split(marked, ",`")), ",`")
		} else {
			lines[i] = strings.Join(change(strings.Split(line, ",")), ",")
		}
	}
	return billText(lines...)
}

// A merchant who sells for itself has a 0 where the sub-merchant is.
func TestADirectMerchantsBillIsRead(t *testing.T) {
	text := strings.NewReplacer("`1900000001,`1900000208", "`1900000109,`0").Replace(todays())
	if lines, err := readBill([]byte(text), testMerchant, testDay); err != nil || len(lines) != 4 {
		t.Errorf("%v %+v", err, lines)
	}
	if lines, err := readBill([]byte(todays()), testMerchant, testDay); !errors.Is(err, errBillOther) || lines != nil {
		t.Errorf("a provider's: %v %+v", err, lines)
	}
}

func TestABillWithoutLines(t *testing.T) {
	text := billText(todaysNames, todaysSums, "`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00")
	if lines, err := readBill([]byte(text), testProvider, testDay); err != nil || lines != nil {
		t.Errorf("%v %+v", err, lines)
	}
}

// Some merchants still get the form from before discounts that are not prepaid.
func TestTheEarlyFormIsRead(t *testing.T) {
	text := billText(earlyNames,
		"`2026-11-21 09:00:00,`wx8,`1900000109,`0,`WEB,`42001,`494,`oUp,`NATIVE,`SUCCESS,`CFT,`CNY,`0.01,`0.00,`0,`0,`0.00,`0.00,`,`,`充值,`,`0.00000,`1.00%",
		"`2026-11-21 18:13:12,`wx8,`1900000109,`0,`,`42002,`495,`oUp,`NATIVE,`REFUND,`CFT,`CNY,`0.00,`0.00,`50001,`R1,`2.50,`0.00,`ORIGINAL,`SUCCESS,`充值,`,`-0.02000,`1.00%",
		earlySums, "`2,`0.01,`2.50,`0.00,`-0.02000")
	lines, err := readBill([]byte(text), testMerchant, testDay)
	if err != nil || len(lines) != 2 || lines[0].Amount != 1 || lines[1].Amount != 2_50 || lines[1].Fee != -2 || lines[1].RefundNo != "R1" || lines[0].Discount+lines[1].Discount != 0 {
		t.Errorf("%v %+v", err, lines)
	}
}

// What a refund's state says of the money: WeChat takes it from the merchant when
// it takes the refund.
func TestWhichRefundsOfABillMovedMoney(t *testing.T) {
	for state, want := range map[string]int{
		"SUCCESS": 1, "PROCESSING": 1, "CHANGE": 1, "ABNORMAL": 1, "CLOSED": 0, "REFUNDCLOSE": 0, "FAIL": 0, "": -1, "0": -1, "MOON": -1, "success": -1,
	} {
		text := billText(todaysNames, strings.Replace(partLine, "PROCESSING", state, 1), todaysSums, "`1,`0.00,`27.00,`1.00,`-0.16000,`0.00,`32.00")
		lines, err := readBill([]byte(text), testProvider, testDay)
		if got := len(lines); err == nil && got != want || (err != nil) != (want < 0) {
			t.Errorf("%q: %d lines, %v; want %d", state, got, err, want)
		}
	}
	for state, want := range map[string]int{"": 1, "0": 1, "SUCCESS": 1, "PROCESSING": 1, "FAIL": 0, "MOON": -1} {
		text := billText(todaysNames, strings.Replace(revokedLine, "`,`,`茶", "`,`"+state+",`茶", 1), todaysSums, "`1,`0.00,`128.50,`0.00,`-0.77000,`0.00,`128.50")
		lines, err := readBill([]byte(text), testProvider, testDay)
		if got := len(lines); err == nil && got != want || (err != nil) != (want < 0) {
			t.Errorf("a reversal, %q: %d lines, %v; want %d", state, got, err, want)
		}
	}
}

// Fees are told in whole fen or not at all; they count in the sums all the same.
func TestFeesOfABill(t *testing.T) {
	for fee, want := range map[string]string{
		"0.77000": "77", "0.77": "77", "0": "0", "-0.00000": "0", "0.77400": "", "0.00001": "", "": "", "-1.50": "-150", "1234567.89000": "123456789",
	} {
		text := billText(todaysNames, strings.Replace(paidLine, "0.77000", fee, 1), todaysSums, "`1,`128.50,`0.00,`0.00,`"+cmp.Or(fee, "0")+",`128.50,`0.00")
		lines, err := readBill([]byte(text), testProvider, testDay)
		if err != nil {
			t.Errorf("%s: %v", fee, err)
			continue
		}
		if got := lines[0]; got.FeeKnown != (want != "") || got.FeeKnown && strconv.FormatInt(int64(got.Fee), 10) != want || !got.FeeKnown && got.Fee != 0 {
			t.Errorf("%s: %+v", fee, got)
		}
	}
}

// Whatever does not fit makes the whole bill an error, which names the line and
// nothing that is in it.
func TestABillThatIsRefused(t *testing.T) {
	swap := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	tests := []struct {
		name   string
		change func(string) string
		want   error
		says   string
	}{
		{"nothing", func(string) string { return "" }, errBillCut, ""},
		{"only names", func(string) string { return todaysNames }, errBillCut, ""},
		{"without sums", func(s string) string { return s[:strings.Index(s, todaysSums)] }, errBillCut, ""},
		{"without the last line", func(s string) string { return s[:strings.Index(s, "`4,")] }, errBillCut, ""},
		{"more behind the sums", func(s string) string { return s + paidLine }, errBillCut, ""},
		{"two bills", func(s string) string { return s + s }, errBillFields, "line 6: "},
		{"not a text", swap("茶", "\xff"), errBillText, ""},
		{"JSON", func(string) string { return `{"code":"NO_AUTH"}` }, errBillCut, ""},
		{"a column is missing", swap("订单金额,申请退款金额", "x,申请退款金额"), errBillColumn, "line 1: "},
		{"a column is there twice", swap("费率备注", "订单金额"), errBillColumn, "line 1: "},
		{"the names have another column", swap("费率备注", "费率备注,新"), errBillFields, "line 2: "},
		{"a field too many", swap("茶, 两杯", "茶,`两杯"), errBillFields, "line 2: "},
		{"a field is missing", swap(",`优惠", ""), errBillFields, "line 3: "},
		{"a field without a mark", swap(",`4200002", ",4200002"), errBillFields, "line 3: "},
		{"a line without a mark", swap("`2026-11-21 12:30", "2026-11-21 12:30"), errBillFields, "line 4: "},
		{"a line feed in a field", swap("茶, 两杯", "茶\r\n两杯"), errBillFields, "line 2: "},
		{"a blank line", swap("\r\n`2026-11-21 12:30", "\r\n\r\n`2026-11-21 12:30"), errBillFields, "line 4: "},
		{"the day before", swap("2026-11-21 00:00:00", "2026-11-20 23:59:59"), errBillDay, "line 2: 交易时间: "},
		{"the day after", swap("2026-11-21 23:59:59", "2026-11-22 00:00:00"), errBillDay, "line 5: 交易时间: "},
		{"a time in words", swap("2026-11-21 23:59:59", "yesterday"), errBillValue, "line 5: 交易时间: "},
		{"another merchant", swap("`1900000001", "`1900000109"), errBillOther, "line 2: 商户号: "},
		{"another sub-merchant", swap("`1900000208", "`1900000209"), errBillOther, "line 2: 特约商户号: "},
		{"no sub-merchant", swap("`1900000208", "`0"), errBillOther, "line 2: 特约商户号: "},
		{"no order number", swap("`FD1,", "`,"), errBillValue, "line 2: 商户订单号: "},
		{"another currency", swap("`CNY", "`HKD"), errBillValue, "line 2: 货币种类: "},
		{"a state that is new", swap("`SUCCESS", "`MOON"), errBillValue, "line 2: 交易状态: "},
		{"a payment that is none", swap("`SUCCESS", "`NOTPAY"), errBillValue, "line 2: 交易状态: "},
		{"more is settled than paid", swap("`0.60%,`128.50", "`0.60%,`128.49"), errBillValue, "line 2: 应结订单金额: "},
		{"a payment of nothing", swap("`0.60%,`128.50", "`0.60%,`0.00"), errBillValue, "line 2: 订单金额: "},
		{"a payment below nothing", swap("`0.60%,`128.50", "`0.60%,`-128.50"), errBillValue, "line 2: 订单金额: "},
		{"a refund of nothing", swap("`32.00", "`0.00"), errBillValue, "line 4: 申请退款金额: "},
		{"more went out than was asked for", swap("`27.00", "`32.01"), errBillValue, "line 4: 退款金额: "},
		{"a part of a fen", swap("`0.60%,`128.50", "`0.60%,`128.505"), errBillValue, "line 2: 订单金额: "},
		{"grouped", swap("`0.60%,`128.50", "`0.60%,`1,128.50"), errBillValue, "line 2: 订单金额: "},
		{"an exponent", swap("`0.60%,`128.50", "`0.60%,`1.2E+27"), errBillValue, "line 2: 订单金额: "},
		{"too much", swap("`0.60%,`128.50", "`0.60%,`100000000.01"), errBillValue, "line 2: 订单金额: "},
		{"no amount", swap("`0.60%,`128.50", "`0.60%,`"), errBillValue, "line 2: 订单金额: "},
		{"a fee in words", swap("0.77000", "free"), errBillValue, "line 2: 手续费: "},
		{"six decimals", swap("0.77000", "0.770000"), errBillValue, "line 2: 手续费: "},
		{"a line is missing", swap(cheapLine+"\r\n", ""), errBillNumbers, "line 6: 总交易单数: "},
		{"a line is there twice", swap(cheapLine, cheapLine+"\r\n"+cheapLine), errBillNumbers, "line 8: 总交易单数: "},
		{"another count", swap("`4,", "`5,"), errBillNumbers, "line 7: 总交易单数: "},
		{"a count in words", swap("`4,", "`four,"), errBillNumbers, "line 7: 总交易单数: "},
		{"another sum of orders", swap("`192.50", "`192.51"), errBillTotals, "line 7: 订单总金额: "},
		{"another sum of settled", swap("`182.50", "`182.51"), errBillTotals, "line 7: 应结订单总金额: "},
		{"another sum of what went out", swap("`155.50", "`155.51"), errBillTotals, "line 7: 退款总金额: "},
		{"another sum of vouchers", swap("`1.00,`0.16400", "`0.00,`0.16400"), errBillTotals, "line 7: 充值券退款总金额: "},
		{"another sum of refunds", swap("`160.50", "`160.51"), errBillTotals, "line 7: 申请退款总金额: "},
		{"another sum of fees", swap("`0.16400", "`0.16401"), errBillTotals, "line 7: 手续费总金额: "},
		{"a sum in words", swap("`160.50", "`all"), errBillTotals, "line 7: 申请退款总金额: "},
		{"a sum is missing", swap(",申请退款总金额", ""), errBillColumn, "line 6: 申请退款总金额: "},
		{"an amount that makes up for another", func(s string) string {
			return strings.Replace(strings.Replace(s, "`128.50,`0.00,`\r\n", "`128.51,`0.00,`\r\n", 1), "`64.00", "`63.98", 1)
		}, errBillTotals, "line 7: 订单总金额: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.change(todays())
			if text == todays() {
				t.Fatal("nothing was changed")
			}
			lines, err := readBill([]byte(text), testProvider, testDay)
			if !errors.Is(err, tt.want) || lines != nil {
				t.Fatalf("%d lines, %v; want %v", len(lines), err, tt.want)
			}
			if said := err.Error(); !strings.HasPrefix(said, tt.says) || strings.ContainsAny(said, "`/") || strings.Contains(said, "FD") || strings.Contains(said, "19000") {
				t.Errorf("it says %q, want %q", said, tt.says)
			}
		})
	}
}

func FuzzReadBill(f *testing.F) {
	f.Add(todays())
	f.Add(inAnotherOrder(todays()))
	f.Add(billText(todaysNames, todaysSums, "`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00"))
	f.Add(billText(todaysNames, paidLine, todaysSums, "`1,`128.50,`0.00,`0.00,`0.77000,`128.50,`0.00"))
	f.Add(billText(todaysNames, revokedLine, todaysSums, "`1,`0.00,`128.50,`0.00,`-0.77000,`0.00,`128.50"))
	f.Add(billText(earlyNames, earlySums, "`0,`0.00,`0.00,`0.00,`0.00000"))
	f.Add("\uFEFF\r\n\r\n")
	f.Add("总交易单数\n`")
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := readBill([]byte(text), testProvider, testDay)
		if err != nil {
			if lines != nil {
				t.Fatalf("%d lines beside %v", len(lines), err)
			}
			return
		}
		if marks := strings.Count(text, "\n"); len(lines) > marks {
			t.Fatalf("%d lines out of %d", len(lines), marks)
		}
		for _, l := range lines {
			switch {
			case l.Amount <= 0, l.Amount > payment.MaxAmount, l.Discount < 0, l.Discount > l.Amount, l.OrderNo == "", l.Wallet != payment.WalletWeChat:
				t.Fatalf("%+v", l)
			case l.At.Before(testDay), !l.At.Before(testDay.AddDate(0, 0, 1)), l.RefundNo != "" && l.Kind != payment.BilledRefund:
				t.Fatalf("%+v", l)
			case !strings.Contains(text, l.TradeNo), !strings.Contains(text, l.At.In(payment.Beijing).Format(time.DateTime)):
				t.Fatalf("%+v is not in the bill", l)
			}
		}
		// Where the columns stand does not matter.
		if !strings.Contains(text, "总金额,") || !strings.HasSuffix(text, "\r\n") || strings.Count(text, todaysNames+"\r\n") != 1 {
			return
		}
		if again, err := readBill([]byte(inAnotherOrder(text)), testProvider, testDay); err == nil && !slices.Equal(again, lines) {
			t.Fatalf("in another order: %+v, %+v", again, lines)
		}
	})
}
