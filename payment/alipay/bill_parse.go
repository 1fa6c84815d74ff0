package alipay

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
)

// The columns that are read, without their "（元）". There are many more, and
// bills of other years and contracts have others.
const (
	colTradeNo  = "支付宝交易号"
	colOrderNo  = "商户订单号"
	colType     = "业务类型"
	colDone     = "完成时间"
	colAmount   = "订单金额"
	colReceived = "商家实收"
	colDiscount = "商家优惠"
	colRequest  = "退款批次号/请求号"
	colBatch    = "退款批次号"    // the same in older bills
	colFee      = "服务费"      // may be missing
	colRedPaper = "商家红包消费金额" // may be missing
)

var (
	errHeader   = errors.New("the header is not that of a bill of trades")
	errOtherDay = errors.New("it is of another day")
	errCut      = errors.New("the end with the sums is missing")
)

// billReader reads a bill line by line.
type billReader struct {
	day     time.Time
	columns map[string]int // by name; nil before the header
	width   int
	lines   []payment.BillLine
	in, out tally // what the rows of payments and of refunds add up to
	end     map[string]total
}

// parseBill reads the bill of a day. It believes the whole or nothing: a row
// that it does not understand, or sums at the end that are not those of the rows,
// are errors that name the row of the file, from 1 on.
func parseBill(day time.Time, text string) ([]payment.BillLine, error) {
	b := billReader{day: day, end: map[string]total{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if err := b.read(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("row %d: %w", n, err)
		}
	}
	if b.columns == nil {
		return nil, errHeader
	}
	if err := b.checkTotals(); err != nil {
		return nil, err
	}
	b.findReversals()
	return b.lines, nil
}

func (b *billReader) read(line string) error {
	switch {
	case line == "":
		return nil
	case strings.HasPrefix(line, "#"):
		return b.readRemark(strings.TrimLeft(line, "#"))
	case b.columns == nil:
		return b.readHeader(line)
	}
	return b.readRow(line)
}

var periodRule = regexp.MustCompile(`^起始日期[：:]\s*\[(\d{4})年(\d{2})月(\d{2})日`)

// readRemark reads the lines around the table: the day, and the sums at the end.
func (b *billReader) readRemark(remark string) error {
	if from := periodRule.FindStringSubmatch(remark); from != nil {
		if from[1]+from[2]+from[3] != b.day.Format("20060102") {
			return errOtherDay
		}
		return nil
	}
	return b.readTotal(remark)
}

// listsTrades reports whether the first line that is no remark is the header of
// a list of trades.
func listsTrades(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			columns, _ := headerOf(line)
			_, trade := columns[colTradeNo]
			_, order := columns[colOrderNo]
			return trade && order
		}
	}
	return false
}

// headerOf is where each column is; twice is one that is there more than once.
func headerOf(line string) (columns map[string]int, twice map[string]bool) {
	columns, twice = map[string]int{}, map[string]bool{}
	for i, name := range strings.Split(line, ",") {
		name = strings.TrimSpace(name)
		for _, unit := range []string{"（元）", "(元)"} {
			name = strings.TrimSuffix(name, unit)
		}
		if _, known := columns[name]; known {
			twice[name] = true
		}
		columns[name] = i
	}
	return columns, twice
}

func (b *billReader) readHeader(line string) error {
	columns, twice := headerOf(line)
	if at, ok := columns[colBatch]; ok {
		if _, both := columns[colRequest]; both {
			twice[colRequest] = true
		}
		columns[colRequest] = at
	}
	for _, name := range []string{colTradeNo, colOrderNo, colType, colDone, colAmount, colReceived, colDiscount, colRequest} {
		if _, ok := columns[name]; !ok {
			return fmt.Errorf("%w: %s is missing", errHeader, name)
		}
	}
	for _, name := range []string{colTradeNo, colOrderNo, colType, colDone, colAmount, colReceived, colDiscount, colRequest, colFee, colRedPaper} {
		if twice[name] {
			return fmt.Errorf("%w: %s is there twice", errHeader, name)
		}
	}
	b.columns, b.width = columns, strings.Count(line, ",")+1
	return nil
}

// findReversals tells the payments that were undone from those that were
// refunded. The bill has one word for both, and no document says which number the
// refund of a cancel has: none, that of the order, or Alipay's. All that was paid
// went back with it.
func (b *billReader) findReversals() {
	paid := map[string]payment.Amount{}
	for _, l := range b.lines {
		if l.Kind == payment.BilledPayment {
			paid[l.OrderNo] = l.Amount
		}
	}
	for i := range b.lines {
		l := &b.lines[i]
		own := l.RefundNo != "" && l.RefundNo != l.OrderNo && l.RefundNo != l.TradeNo
		sum, today := paid[l.OrderNo] // one that was paid the day before is in another bill
		if l.Kind == payment.BilledRefund && !own && (!today || sum == l.Amount) {
			l.Kind, l.RefundNo = payment.BilledReversal, ""
		}
	}
}
