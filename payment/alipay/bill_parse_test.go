package alipay

import (
	"errors"
	"strings"
	"testing"
)

func TestABillIsRead(t *testing.T) {
	lines, err := parseBill(billDay, goldenBill(t))
	if err != nil {
		t.Fatal(err)
	}
	sameLines(t, "the bill", lines, goldenLines())
}

// Bills differ from year to year and from contract to contract. These say the
// same.
func TestABillIsReadInEveryForm(t *testing.T) {
	const (
		in  = "#交易合计：6笔，商家实收共313.49元，商家优惠共10.00元"
		out = "#退款合计：7笔，商家实收退款共-180.00元，商家优惠退款共-5.00元"
	)
	noSign := func(_ int, old string) string { return strings.Replace(old, "-", "", 1) }
	bill := goldenBill(t)
	plain := bill
	for _, name := range []string{"订单金额（元）", "商家实收（元）", "商家优惠（元）", "商家红包消费金额（元）", "服务费（元）"} {
		plain = column(plain, name, noSign)
	}
	tests := map[string]string{
		"with Windows line ends":       strings.ReplaceAll(bill, "\n", "\r\n"),
		"without TABs":                 strings.ReplaceAll(bill, "\t", ""),
		"with blanks around the cells": strings.ReplaceAll(bill, ",", " , "),
		"with empty lines":             strings.ReplaceAll(bill, "\n", "\n\n"),
		"without a last line end":      strings.TrimSuffix(bill, "\n"),
		"refunds above zero":           changed(t, plain, change{"退款共-", "退款共"}),
		"kept fees below zero": column(bill, "服务费（元）", func(row int, old string) string {
			if row == 0 {
				return old
			}
			return strings.ReplaceAll("-"+old, "--", "")
		}),
		"ASCII brackets around the unit": changed(t, bill, change{"（元）", "(元)"}),
		"no unit":                        changed(t, bill, change{"（元）", ""}),
		"the older name of the request":  changed(t, bill, change{"退款批次号/请求号", "退款批次号"}),
		"the older sums": changed(t, bill, change{in, "#交易合计：6笔，交易金额共328.49元，优惠金额共15.00元"},
			change{out, "#退款合计：7笔，交易退款金额共-187.50元，优惠退款金额共-7.50元"}),
		"discounts with red envelopes":    changed(t, bill, change{"优惠共10.00", "优惠共15.00"}, change{"优惠退款共-5.00", "优惠退款共-7.50"}),
		"without the day":                 changed(t, bill, change{"#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\n", ""}),
		"other columns in between":        column(bill, "商品名称", func(_ int, old string) string { return "花呗分期数,实收净额（元）," + old }),
		"without red envelopes":           column(bill, "商家红包消费金额（元）", func(row int, _ string) string { return []string{"别的", ""}[min(row, 1)] }),
		"half a character in a text":      changed(t, bill, change{"Parking 2h", "Parking \uFFFD"}),
		"a # in a text":                   changed(t, bill, change{"Parking 2h", "Parking #2"}),
		"a payment with a request number": changed(t, bill, change{"\t,0.77,", "FD01261120143326006128001\t,0.77,"}),
		"quotation marks":                 changed(t, bill, change{"Parking 2h", `"Parking" 2h`}),
	}
	for name, form := range tests {
		lines, err := parseBill(billDay, form)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sameLines(t, name, lines, goldenLines())
	}
}

// What the merchant did not receive is its discount, whatever it is made of: of
// these 20.00, 5.00 are in none of the columns that are known. The sum of the
// discounts may be any of three.
func TestWhatSumsOfDiscountsMayMean(t *testing.T) {
	want := goldenLines()
	want[2].Discount = 20_00
	for said, fine := range map[string]bool{"10.00": true, "15.00": true, "20.00": true, "5.00": false, "0.00": false} {
		lines, err := parseBill(billDay, changed(t, goldenBill(t), change{",100.00,85.00,", ",100.00,80.00,"},
			change{"商家实收共313.49元，商家优惠共10.00元", "商家实收共308.49元，商家优惠共" + said + "元"}))
		if fine != (err == nil) {
			t.Errorf("%s: %v", said, err)
		}
		if fine {
			sameLines(t, said, lines, want)
		}
	}
}

// A second of midnight may be on either day, as clocks go.
func TestARowAroundMidnightIsOfEitherDay(t *testing.T) {
	for clock, fine := range map[string]bool{"2026-11-19 23:59:59": true, "2026-11-21 00:00:03": true, "2026-11-19 22:59:59": false, "2026-11-21 01:00:00": false} {
		_, err := parseBill(billDay, changed(t, goldenBill(t), change{"2026-11-20 18:30:00", clock}))
		if fine != (err == nil) || !fine && !errors.Is(err, errOtherDay) {
			t.Errorf("%s: %v", clock, err)
		}
	}
}

func TestFeesThatABillDoesNotTell(t *testing.T) {
	for what, bill := range map[string]string{
		"no column":   column(goldenBill(t), "服务费（元）", func(row int, old string) string { return strings.ReplaceAll(old, "服务费", "别的") }),
		"empty cells": column(goldenBill(t), "服务费（元）", func(row int, old string) string { return []string{old, "\t"}[min(row, 1)] }),
	} {
		lines, err := parseBill(billDay, bill)
		want := goldenLines()
		for i := range want {
			want[i].Fee, want[i].FeeKnown = 0, false
		}
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		sameLines(t, what, lines, want)
	}
}

func TestADayOnWhichNothingWasBooked(t *testing.T) {
	head, _, _ := strings.Cut(goldenBill(t), "20261120220014471000000000")
	for what, end := range map[string]string{
		"":                         "#交易合计：0笔，商家实收共0.00元，商家优惠共0.00元\n#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元\n",
		"no line about refunds":    "#交易合计：0笔，商家实收共0.00元，商家优惠共0.00元\n",
		"no decimals in the trail": "#交易合计：0笔，商家实收共0元，商家优惠共0元\n",
	} {
		lines, err := parseBill(billDay, head+end)
		if err != nil || len(lines) != 0 {
			t.Errorf("%s: %+v, %v", what, lines, err)
		}
	}
}

// Whatever is not understood makes the bill unreadable as a whole, and the error
// says where.
func TestABillThatIsNotUnderstood(t *testing.T) {
	const firstRow, secondRow, sums, refundSums = "row 6: ", "row 7: ", "row 20: ", "row 21: "
	in, out := "#交易合计：6笔，商家实收共313.49元，商家优惠共10.00元\n", "#退款合计：7笔，商家实收退款共-180.00元，商家优惠退款共-5.00元\n"
	tests := []struct {
		name string
		old  string
		new  string
		err  error
		says string
	}{
		{"a comma in the goods", "茶与蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", "茶,蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", errColumns, firstRow},
		{"a comma in the remark", "0.77,0.00,01006128", "0.77,0.00,0100,6128", errColumns, firstRow},
		{"a column too few", "0.77,0.00,01006128", "0.77,0.00", errColumns, firstRow},
		{"a comma in quotation marks", "茶与蛋糕,2026-11-20 14:33:26,2026-11-20 15:00:00", `"茶,蛋糕",2026-11-20 14:33:26,2026-11-20 15:00:00`, errColumns, secondRow},
		{"a line end in a text", "茶与蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", "茶\n蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", errColumns, firstRow},
		{"another kind of business", "1\t,交易\t,茶与蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", "1\t,转账\t,茶与蛋糕,2026-11-20 14:33:26,2026-11-20 14:33:27", errType, firstRow + "this kind of business is not known: 转账"},
		{"no kind", "1\t,退款\t", "1\t,\t", errType, secondRow},
		{"no order", "FD01261120143326006128001\t,交易", "\t,交易", errNumber, firstRow},
		{"an order of two lines' length", "FD01261120143326006128001\t,交易", strings.Repeat("9", 65) + "\t,交易", errNumber, firstRow},
		{"a number that cannot be printed", "FD01261120143326006128001R001", "FD\x00R001", errNumber, secondRow},
		{"no time", "2026-11-20 14:33:27", "", errBillTime, firstRow},
		{"a time without a day", "2026-11-20 14:33:27", "14:33:27", errBillTime, firstRow},
		{"a day that is none", "2026-11-20 14:33:27", "2026-11-31 14:33:27", errBillTime, firstRow},
		{"a row of another day", "2026-11-20 14:33:27", "2026-11-18 14:33:27", errOtherDay, firstRow},
		{"no amount", "128.50,128.50", ",128.50", errSum, firstRow},
		{"an amount of nothing", "128.50,128.50", "0.00,0.00", errReceipt, firstRow},
		{"more than can be paid", "128.50,128.50", "100000000.01,128.50", errReceipt, firstRow},
		{"an amount with a letter", "128.50,128.50", "128.5O,128.50", errSum, firstRow},
		{"an amount in parts of a fen", "128.50,128.50", "128.505,128.50", errSum, firstRow},
		{"an amount of two signs", "128.50,128.50", "--128.50,128.50", errSum, firstRow},
		{"full-width digits", "128.50,128.50", "１２８.50,128.50", errSum, firstRow},
		{"more received than ordered", "128.50,128.50", "128.50,128.51", errReceipt, firstRow},
		{"nothing said of what was received", "128.50,128.50", "128.50,", errSum, firstRow},
		{"no fee but a word", "\t,0.77,", "\t,none,", errSum, firstRow},
		{"a fee of too many points", "\t,0.77,", "\t,0.7.777,", errSum, firstRow},
		{"an endless fee", "\t,0.77,", "\t,0." + strings.Repeat("7", 300) + ",", errSum, firstRow},

		{"another amount in a row", "-40.00,-40.00", "-40.00,-39.99", errIncorrect, "退款"},
		{"another kind in a row", "1\t,退款\t", "1\t,交易\t", errIncorrect, "交易"},
		{"a row in a remark", "2026112022001447100000000001\t", "#2026112022001447100000000001\t", errIncorrect, "交易"},
		{"another count of payments", "交易合计：6笔", "交易合计：7笔", errIncorrect, "交易"},
		{"another sum of payments", "313.49", "313.48", errIncorrect, "交易"},
		{"another sum of discounts", "商家优惠共10.00", "商家优惠共10.01", errIncorrect, "交易"},
		{"another count of refunds", "退款合计：7笔", "退款合计：6笔", errIncorrect, "退款"},
		{"another sum of refunds", "-180.00", "-180.01", errIncorrect, "退款"},
		{"another sum of refunded discounts", "优惠退款共-5.00", "优惠退款共0.00", errIncorrect, "退款"},
		{"sums without a number", "交易合计：6笔", "交易合计：若干笔", errTotal, sums},
		{"sums of another form", "商家实收共313.49元", "总金额313.49元", errTotal, sums},
		{"sums that are none", "商家实收共313.49元", "商家实收共3-1.49元", errTotal, sums},
		{"sums said twice", out, out + in, errTotal, "row 22: "},
		{"sums of refunds cut off", "商家优惠退款共-5.00元", "商家优惠退", errTotal, refundSums},
		{"no sums of payments", in, "", errCut, ""},
		{"no sums of refunds", out, "", errCut, ""},

		{"another day", "起始日期：[2026年11月20日", "起始日期：[2026年11月19日", errOtherDay, "row 3: "},
		{"no header", "支付宝交易号,", "交易号,", errHeader, "row 5: "},
		{"a header without a column", ",商家实收（元）", ",实收（元）", errHeader, "row 5: the header is not that of a bill of trades: 商家实收 is missing"},
		{"a column twice", "支付宝红包（元）", "订单金额（元）", errHeader, "row 5: the header is not that of a bill of trades: 订单金额 is there twice"},
		{"the request twice", "券名称", "退款批次号", errHeader, "row 5: the header is not that of a bill of trades: 退款批次号/请求号 is there twice"},
		{"a row above the header", "#账号：[", "账号,[", errHeader, "row 2: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := parseBill(billDay, changed(t, goldenBill(t), change{tt.old, tt.new}))
			if !errors.Is(err, tt.err) || !strings.Contains(err.Error(), tt.says) || lines != nil {
				t.Errorf("%d lines, %v; want %q %v", len(lines), err, tt.says, tt.err)
			}
		})
	}
	for what, text := range map[string]string{"nothing": "", "remarks alone": "#支付宝业务明细查询\n"} {
		if lines, err := parseBill(billDay, text); !errors.Is(err, errHeader) || lines != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Who reads the log of a till sees where a bill is broken, and no customer.
func TestAnErrorOfABillNamesNobody(t *testing.T) {
	_, err := parseBill(billDay, changed(t, goldenBill(t), change{"Parking 2h", "Parking, 2h"}))
	if err == nil || strings.Contains(err.Error(), "159****5620") || strings.Contains(err.Error(), "Parking") {
		t.Errorf("%v", err)
	}
}
