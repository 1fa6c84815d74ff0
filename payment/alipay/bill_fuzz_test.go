package alipay

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// Whatever a bill says: what comes out keeps the promises of payment.Biller, and
// an error comes alone.
func FuzzParseBill(f *testing.F) {
	lines := goldenLines()
	f.Add(written(lines[:2], "-"))
	f.Add(written(lines[2:6], ""))
	f.Add(strings.ReplaceAll(written(lines[11:], "-"), "\t", ""))
	f.Add(written(nil, ""))
	f.Add(strings.ReplaceAll(written(lines[:1], ""), "FD", "F,D"))
	f.Add(summaryText)
	f.Add(accountText)
	f.Fuzz(func(t *testing.T, text string) {
		listsTrades(text)
		lines, err := parseBill(billDay, text)
		if err != nil {
			if lines != nil {
				t.Fatalf("%d lines with %v", len(lines), err)
			}
			return
		}
		for _, l := range lines {
			if l.OrderNo == "" || l.Amount <= 0 || l.Amount > payment.MaxAmount || l.Discount < 0 || l.Discount > l.Amount || l.At.IsZero() || !l.FeeKnown && l.Fee != 0 {
				t.Fatalf("%+v", l)
			}
			switch l.Kind {
			case payment.BilledPayment, payment.BilledReversal:
				if l.RefundNo != "" || (l.Fee < 0) != (l.Kind == payment.BilledReversal) && l.Fee != 0 {
					t.Fatalf("%+v", l)
				}
			case payment.BilledRefund:
				if l.Fee > 0 {
					t.Fatalf("%+v", l)
				}
			default:
				t.Fatalf("%+v", l)
			}
		}
	})
}

// Whatever is downloaded, nothing breaks, and what comes out lists trades.
func FuzzBillText(f *testing.F) {
	bill := goldenBill(f)
	f.Add(zipped(f, member{"a", gbk(f, summaryText)}, member{"b", gbk(f, bill)}))
	f.Add(zipped(f, member{"b", []byte(bill)}))
	f.Add(zipped(f))
	f.Add([]byte("PK\x05\x06"))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		text, err := billText(file, 1<<20)
		if (err == nil) != listsTrades(text) {
			t.Fatalf("%q, %v", text, err)
		}
	})
}

// What is written into a bill is read out of it again, whatever trades a day has.
func FuzzWrittenBill(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		lines := randomLines(rand.New(rand.NewPCG(seed, 0)))
		for _, signs := range []string{"-", ""} {
			text, err := billText(zipped(t, member{"汇总", gbk(t, summaryText)}, member{"明细", gbk(t, written(lines, signs))}), maxBillText)
			if err != nil {
				t.Fatal(err)
			}
			got, err := parseBill(billDay, text)
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			sameLines(t, fmt.Sprintf("seed %d, signs %q", seed, signs), got, lines)
		}
	})
}

// randomLines is a day of trade: orders that are paid, refunded in parts or
// undone, with discounts and fees of every size.
func randomLines(r *rand.Rand) (lines []payment.BillLine) {
	at := billDay
	next := func() time.Time { at = at.Add(time.Duration(r.IntN(600)) * time.Second); return at }
	for n := range r.IntN(40) {
		l := payment.BillLine{
			Kind: payment.BilledPayment, OrderNo: fmt.Sprintf("FD%024d", n), TradeNo: fmt.Sprintf("2026112022%018d", n), Wallet: payment.WalletAlipay,
			Amount: 1 + payment.Amount(r.Int64N(int64(payment.MaxAmount))), FeeKnown: r.IntN(10) > 0, At: next(),
		}
		if r.IntN(3) == 0 {
			l.Discount = payment.Amount(r.Int64N(int64(l.Amount) + 1))
		}
		if l.FeeKnown {
			l.Fee = (l.Amount - l.Discount) * payment.Amount(r.IntN(100)) / 10000
		}
		lines = append(lines, l)
		back := l
		back.Kind, back.Fee, back.At = payment.BilledRefund, -l.Fee, next()
		switch r.IntN(4) {
		case 0: // in two parts
			back.RefundNo, back.Amount, back.Discount, back.Fee = l.OrderNo+"R001", (l.Amount+1)/2, l.Discount/2, 0
			lines = append(lines, back)
			if rest := l.Amount - back.Amount; rest > 0 {
				back.RefundNo, back.Amount, back.Discount, back.At = l.OrderNo+"R002", rest, min(l.Discount-l.Discount/2, rest), next()
				lines = append(lines, back)
			}
		case 1:
			back.Kind = payment.BilledReversal
			lines = append(lines, back)
		}
	}
	return lines
}

// written is a bill, made apart from the simulator's. Where signs are, refunds
// and kept fees are below zero.
func written(lines []payment.BillLine, sign string) string {
	var b strings.Builder
	b.WriteString("#支付宝业务明细查询\n#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\n")
	b.WriteString("支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,商家实收（元）,商家优惠（元）,商家红包消费金额（元）,退款批次号/请求号,服务费（元）\n")
	var rows [2]struct {
		count    int
		sum, off payment.Amount
	}
	for i, l := range lines {
		kind, out, feeSign, t := "交易", "", sign, &rows[0]
		if l.Kind != payment.BilledPayment {
			kind, out, feeSign, t = "退款", sign, "", &rows[1]
		}
		fee := ""
		if l.FeeKnown {
			fee = feeSign + strings.TrimPrefix(l.Fee.String(), "-")
		}
		number := l.RefundNo
		if l.Kind == payment.BilledReversal {
			number = []string{"", l.OrderNo, l.TradeNo}[i%3]
		}
		red := l.Discount / 3
		t.count++
		t.sum += l.Amount - l.Discount
		t.off += l.Discount - red
		fmt.Fprintf(&b, "%s\t,%s\t,%s\t,%s,%s%s,%s%s,%s%s,%s%s\t,%s\t,%s\n", l.TradeNo, l.OrderNo, kind, l.At.Format(time.DateTime),
			out, l.Amount, out, l.Amount-l.Discount, out, l.Discount-red, out, red, number, fee)
	}
	fmt.Fprintf(&b, "#交易合计：%d笔，商家实收共%s元，商家优惠共%s元\n", rows[0].count, rows[0].sum, rows[0].off)
	fmt.Fprintf(&b, "#退款合计：%d笔，商家实收退款共%s%s元，商家优惠退款共%s%s元\n", rows[1].count, sign, rows[1].sum, sign, rows[1].off)
	return b.String()
}
