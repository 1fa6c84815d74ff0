package paysim

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/payment"
)

// billZIP is the bill of a day as it is given out: two files, the sums of the
// shops first, in GBK with CRLF, with names in GBK that no flag declares as
// anything.
func (a *alipay) billZIP(day time.Time) ([]byte, error) {
	var lines []booked
	now := a.sim.now()
	if err := a.sim.book.change(func(p *page) { lines = a.booked(p, day) }); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	name := billAccount + "_" + day.Format("20060102") + "_业务明细"
	for _, file := range []struct{ name, text string }{
		{name + "(汇总).csv", billSummary(day, now, lines)},
		{name + ".csv", billDetails(day, now, lines)},
	} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: string(inGBK(file.name)), NonUTF8: true, Method: zip.Deflate, Modified: now})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(inGBK(file.text)); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// inGBK is a text as the service writes it; what GBK does not have becomes a
// question mark.
func inGBK(s string) []byte {
	to := simplifiedchinese.GBK.NewEncoder()
	if whole, err := to.Bytes([]byte(s)); err == nil {
		return whole
	}
	var out []byte
	for _, r := range s {
		raw, err := to.Bytes([]byte(string(r)))
		if err != nil {
			raw = []byte("?")
		}
		out = append(out, raw...)
	}
	return out
}

const (
	billColumns = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户," +
		"订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称," +
		"商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
	summaryColumns = "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）," +
		"卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）"
)

// billTotal is what the end of a bill says of its payments, or of its refunds.
// Sums of refunds are below zero, and so are the fees of payments: the sign
// says which way the money went.
type billTotal struct {
	count                           int
	amount, received, discount, fee payment.Amount
}

func totalsOf(lines []booked) (in, out billTotal) {
	for _, b := range lines {
		t, sign := &in, payment.Amount(1)
		if b.kind != payment.BilledPayment {
			t, sign = &out, -1
		}
		t.count++
		t.amount += sign * b.amount
		t.received += sign * (b.amount - b.discount)
		t.discount += sign * b.discount
		t.fee -= b.fee
	}
	return in, out
}

// billDetails is the file with a row for each movement of money. Texts are
// written as they are: a comma in one of them breaks its row, as it does in the
// real file.
func billDetails(day, now time.Time, lines []booked) string {
	var b strings.Builder
	billHead(&b, day, "业务明细", "#-----------------------------------------业务明细列表----------------------------------------")
	b.WriteString(billColumns + "\r\n")
	for _, line := range lines {
		b.WriteString(line.row() + "\r\n")
	}
	in, out := totalsOf(lines)
	b.WriteString("#-----------------------------------------业务明细列表结束------------------------------------\r\n")
	fmt.Fprintf(&b, "#交易合计：%d笔，商家实收共%s元，商家优惠共%s元\r\n", in.count, in.received, in.discount)
	fmt.Fprintf(&b, "#退款合计：%d笔，商家实收退款共%s元，商家优惠退款共%s元\r\n", out.count, out.received, out.discount)
	billExported(&b, now)
	return b.String()
}

// row is one movement of money. What a cancel gave back has no request number:
// nobody had given it one. TABs keep spreadsheets from taking numbers for
// numbers.
func (b booked) row() string {
	what, sign := "交易", payment.Amount(1)
	if b.kind != payment.BilledPayment {
		what, sign = "退款", -1
	}
	const none = "0.00"
	o := b.order
	return strings.Join([]string{
		o.TradeNo + "\t", o.No + "\t", what + "\t", o.Subject, moment(o.Created), moment(b.at), "\t", "\t", "\t", "\t", o.Payer.LogonID + "\t",
		(sign * b.amount).String(), (sign * (b.amount - b.discount)).String(), none, none, none, (sign * b.discount).String(), none, "",
		none + "\t", none, b.refund.RequestNo + "\t", (-b.fee).String(), none, o.Subject,
	}, ",")
}

// billSummary is the file with a row for each shop; there is one shop here.
func billSummary(day, now time.Time, lines []booked) string {
	in, out := totalsOf(lines)
	var b strings.Builder
	billHead(&b, day, "业务汇总", "#-----------------------------------------业务汇总列表----------------------------------------")
	b.WriteString(summaryColumns + "\r\n")
	for _, shop := range []string{"\t,\t", "合计\t,\t"} {
		fmt.Fprintf(&b, "%s,%d,%d,%s,%s,0.00,%s,0.00,%s,0.00,%s\r\n", shop, in.count, out.count, in.amount+out.amount, in.received+out.received,
			in.discount+out.discount, in.fee+out.fee, in.received+out.received+in.fee+out.fee)
	}
	b.WriteString("#-----------------------------------------业务汇总列表结束------------------------------------\r\n")
	billExported(&b, now)
	return b.String()
}

func billHead(b *strings.Builder, day time.Time, what, ruler string) {
	const form = "2006年01月02日 15:04:05"
	fmt.Fprintf(b, "#支付宝%s查询\r\n#账号：[%s]\r\n", what, billAccount)
	fmt.Fprintf(b, "#起始日期：[%s]   终止日期：[%s]\r\n%s\r\n", day.Format(form), day.AddDate(0, 0, 1).Format(form), ruler)
}

func billExported(b *strings.Builder, now time.Time) {
	fmt.Fprintf(b, "#导出时间：[%s]\r\n", now.In(payment.Beijing).Format("2006年01月02日 15:04:05"))
}
