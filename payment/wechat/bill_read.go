package wechat

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/payment"
)

// A bill is a text of lines: the names of the columns, the trades, the names of
// the sums, the sums. Names are parted by commas. Every value has a back-tick in
// front, so a comma within a value, such as the name of goods, parts nothing
// unless a back-tick follows it.
//
// The documents promise no order of the columns, so they are found by name. Some
// merchants still have the form from before discounts that are not prepaid: it
// says one amount (总金额) where today's says two.
const (
	colTime     = "交易时间"
	colMch      = "商户号"
	colSubMch   = "特约商户号"
	colTradeNo  = "微信订单号"
	colOrderNo  = "商户订单号"
	colState    = "交易状态"
	colCurrency = "货币种类"
	colSettled  = "应结订单金额"  // what is settled of a payment
	colOrder    = "订单金额"    // its amount
	colRefundNo = "商户退款单号"  // 0 for none
	colReturned = "退款金额"    // what leaves the merchant's account again
	colAsked    = "申请退款金额"  // what was asked to be given back
	colVoucher  = "充值券退款金额" // part of it that goes back to prepaid coupons
	colRefund   = "退款状态"    // as it was when the bill was made
	colFee      = "手续费"     // below 0 for a refund
	sumCount    = "总交易单数"
)

var billColumns = []string{colTime, colMch, colSubMch, colTradeNo, colOrderNo, colState, colCurrency,
	colSettled, colOrder, colRefundNo, colReturned, colAsked, colVoucher, colRefund, colFee}

// billSums are the columns that are summed, with the names of their sums.
var billSums = []struct{ name, column string }{
	{"订单总金额", colOrder}, {"应结订单总金额", colSettled}, {"申请退款总金额", colAsked}, {"退款总金额", colReturned}, {"充值券退款总金额", colVoucher}, {"手续费总金额", colFee},
}

// earlierNames are the names of the early form.
var earlierNames = map[string]string{colSubMch: "子商户号", colSettled: "总金额", colOrder: "总金额", colAsked: "退款金额", colVoucher: "企业红包退款金额",
	"应结订单总金额": "总交易额", "订单总金额": "总交易额", "退款总金额": "总退款金额", "申请退款总金额": "总退款金额", "充值券退款总金额": "总企业红包退款金额"}

var (
	errBillText    = errors.New("it is not a text")
	errBillCut     = errors.New("the end with the sums is missing")
	errBillColumn  = errors.New("a column is missing or there twice")
	errBillFields  = errors.New("the fields are not as many as the columns, or one has no mark in front")
	errBillValue   = errors.New("this value cannot be read")
	errBillDay     = errors.New("it is of another day")
	errBillOther   = errors.New("it is another merchant's")
	errBillTotals  = errors.New("the lines do not add up to this sum")
	errBillNumbers = errors.New("there are fewer or more lines than it says")
)

// readBill reads a whole bill or nothing. An error names the line, and none of
// what is in it.
func readBill(raw []byte, set settings, day time.Time) ([]payment.BillLine, error) {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if !utf8.Valid(raw) {
		return nil, errBillText
	}
	text := strings.Split(strings.TrimRight(string(raw), "\r\n"), "\n")
	end := len(text) - 2 // where the names of the sums are
	if end < 1 || !slices.Contains(names(text[end]), sumCount) {
		return nil, errBillCut
	}
	columns, err := billNames(text[0], billColumns)
	if err != nil {
		return nil, atLine(0, err)
	}
	var lines []payment.BillLine
	sums := map[string]mil{}
	for i, line := range text[1:end] {
		l, booked, err := columns.read(line, sums, set, day)
		if err != nil {
			return nil, atLine(1+i, err)
		}
		if booked {
			lines = append(lines, l)
		}
	}
	totals, err := billNames(text[end], billTotals())
	if err != nil {
		return nil, atLine(end, err)
	}
	if err := totals.check(text[end+1], sums, end-1); err != nil {
		return nil, atLine(end+1, err)
	}
	return lines, nil
}

func atLine(i int, err error) error { return fmt.Errorf("line %d: %w", i+1, err) }

func about(column string, err error) error { return fmt.Errorf("%s: %w", column, err) }

// billTable says where each column is.
type billTable struct {
	place map[string]int
	width int
}

// names are the names in a line of them.
func names(line string) []string { return strings.Split(strings.TrimSuffix(line, "\r"), ",") }

// billNames reads a line of names, in which those wanted must be.
func billNames(line string, wanted []string) (billTable, error) {
	there := names(line)
	t := billTable{map[string]int{}, len(there)}
	for _, name := range wanted {
		i, found := slices.Index(there, name), name
		if earlier := earlierNames[name]; i < 0 && earlier != "" {
			i, found = slices.Index(there, earlier), earlier
		}
		if i < 0 || slices.Contains(there[i+1:], found) {
			return t, about(name, errBillColumn)
		}
		t.place[name] = i
	}
	return t, nil
}

// read reads a line and adds it to the sums.
func (t billTable) read(line string, sums map[string]mil, set settings, day time.Time) (l payment.BillLine, booked bool, err error) {
	row, err := t.row(line)
	if err == nil {
		err = row.add(sums)
	}
	if err != nil {
		return l, false, err
	}
	return row.line(set, day)
}

// billRow is a line of values.
type billRow struct {
	billTable
	values []string
}

func (t billTable) row(line string) (billRow, error) {
	line, marked := strings.CutPrefix(strings.TrimSuffix(line, "\r"), "`")
	values := strings.Split(line, ",`")
	if !marked || len(values) != t.width {
		return billRow{}, errBillFields
	}
	return billRow{t, values}, nil
}

func (r billRow) text(column string) string { return strings.TrimSpace(r.values[r.place[column]]) }

// add adds what the line has to the sums.
func (r billRow) add(sums map[string]mil) error {
	for _, sum := range billSums {
		m, err := r.mil(sum.column)
		if err != nil {
			return err
		}
		sums[sum.column] += m
	}
	return nil
}

// billTotals are the names of the last lines.
func billTotals() []string {
	all := []string{sumCount}
	for _, sum := range billSums {
		all = append(all, sum.name)
	}
	return all
}

// check compares what was added up with what the bill says.
func (t billTable) check(line string, sums map[string]mil, count int) error {
	r, err := t.row(line)
	if err != nil {
		return err
	}
	if r.text(sumCount) != strconv.Itoa(count) {
		return about(sumCount, errBillNumbers)
	}
	for _, sum := range billSums {
		if m, err := readMil(r.text(sum.name)); err != nil || m != sums[sum.column] {
			return about(sum.name, errBillTotals)
		}
	}
	return nil
}
