package cloudpay

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"frontdesk/payment"
)

// What a list is asked for (order_type). 3 is both at once, and more: its lines
// may be deposits too, which move no money.
const (
	listOrders  = 1
	listRefunds = 2
)

// listQuery is request_content of query_order_list. The account stands in it by
// itself, and there is no pay_mch_key.
type listQuery struct {
	SubPayPlatforms []int  `json:"sub_pay_platforms,omitempty"`
	OutSubMchID     string `json:"out_sub_mch_id"`
	OutShopID       string `json:"out_shop_id"`
	OrderType       int    `json:"order_type"`
	StartTime       int64  `json:"start_time"` // unix seconds
	EndTime         int64  `json:"end_time"`   // the last second that counts
	PageNum         int    `json:"page_num"`   // from 1 on
	PageSize        int    `json:"page_size"`
	PayTimeType     int    `json:"pay_time_type"`
	RefundTimeType  int    `json:"refund_time_type"`
	Status          int    `json:"status"`
	NonceStr        string `json:"nonce_str"`
}

const (
	// The documents name no limit for a page. An order with the longest list of
	// goods has some 20 kB, so that a page stays below what is read of an answer.
	pageSize = 25

	// mostListed ends the reading of a list that has no end.
	mostListed = 200_000

	byPayment   = 2 // pay_time_type: when it was paid, and not when it was made
	byBeginning = 2 // refund_time_type: when the wallet began with it, and not when it was asked for

	// allStates (status) also lists what was not paid. "Only success" may leave out
	// orders of which something was refunded: their state is another one then.
	allStates = 1
)

func (c *Channel) listQueryOf(kind int, day calendarDay, page int) listQuery {
	return listQuery{
		SubPayPlatforms: c.listedPlatforms(), OutSubMchID: c.set.outSubMchID, OutShopID: c.set.outShopID, OrderType: kind,
		StartTime: day.begin.Unix(), EndTime: day.end().Unix() - 1, PageNum: page, PageSize: pageSize,
		PayTimeType: byPayment, RefundTimeType: byBeginning, Status: allStates, NonceStr: rand.Text(),
	}
}

// listedPlatforms are the wallets that a bill is about, whether or not they are
// still signed. Nil is all of them: where UnionPay has no number of its own, it
// can only be found among the others.
func (c *Channel) listedPlatforms() []int {
	subs := []int{c.platformOf(payment.WalletWeChat).sub, c.platformOf(payment.WalletAlipay).sub}
	switch {
	case c.set.union.pay == 0:
		return subs
	case c.set.union.sub == 0:
		return nil
	}
	return append(subs, c.set.union.sub)
}

var (
	errMoved   = errors.New("it changed while it was read")
	errPartial = errors.New("a page is not complete")
	errNoList  = errors.New("the answer has no list")
)

// list reads a list of the day, all of its pages. The newest lines come first, so
// one that comes in meanwhile moves all others on: then it is read anew, and after
// some times given up. last is the reply of the last page.
func (c *Channel) list(ctx context.Context, kind int, day calendarDay) (lines []object, last reply, err error) {
	const tries = 3
	for range tries {
		if lines, last, err = c.listOnce(ctx, kind, day); !errors.Is(err, errMoved) {
			break
		}
	}
	return lines, last, err
}

func (c *Channel) listOnce(ctx context.Context, kind int, day calendarDay) (lines []object, last reply, err error) {
	total := 0
	seen := map[string]bool{}
	for n := 1; ; n++ {
		last = c.call(ctx, callQueryList, c.listQueryOf(kind, day, n))
		page, err := foldPage(last, kind)
		c.notePage(ctx, kind, day, n, page, last, err)
		switch {
		case err != nil:
			return nil, last, err
		case n == 1:
			total = page.total
		case page.total != total:
			return nil, last, fmt.Errorf("%w: it had %d lines and then %d", errMoved, total, page.total)
		}
		if want := min(pageSize, total-len(lines)); len(page.lines) != want {
			return nil, last, fmt.Errorf("%w: page %d has %d lines of %d", errPartial, n, len(page.lines), want)
		}
		for _, line := range page.lines {
			number := line.text(numberOf(kind))
			if seen[number] {
				return nil, last, fmt.Errorf("%w: a line came twice", errMoved)
			}
			seen[number] = true
		}
		if lines = append(lines, page.lines...); len(lines) == total {
			return lines, last, nil
		}
	}
}

// listPage is one page of a list, and how many lines the whole list has.
type listPage struct {
	total int
	lines []object
}

// nameOf is what a list calls one of its lines, and numberOf the field by which
// these differ.
func nameOf(kind int) string {
	if kind == listRefunds {
		return "refund_order"
	}
	return "order"
}

func numberOf(kind int) string {
	if kind == listRefunds {
		return "out_refund_no"
	}
	return "out_trade_no"
}

// foldPage reads the answer to query_order_list. Unlike answers about one order,
// a list is read strictly: a line that cannot be read would be money that is not
// there.
func foldPage(r reply, kind int) (listPage, error) {
	if r.err != nil || r.verdict() != accepted {
		return listPage{}, detail(r, callQueryList)
	}
	list := r.object(callQueryList)
	if list == nil {
		return listPage{}, errNoList
	}
	var details []object
	if list.has("order_details") && json.Unmarshal(list["order_details"], &details) != nil {
		return listPage{}, fmt.Errorf("%w: order_details is no list of objects", errNoList)
	}
	total, counted := list.number("total_count")
	switch {
	case !list.has("total_count") && len(details) == 0: // fields without a value may be left out
	case !counted, total < 0, total > mostListed:
		return listPage{}, fmt.Errorf("%w: total_count is %.20q", errNoList, list.text("total_count"))
	}
	page := listPage{total: int(total)}
	for _, d := range details {
		line := d.object(nameOf(kind))
		if line == nil || len(d) != 1 || line.text(numberOf(kind)) == "" {
			return listPage{}, fmt.Errorf("%w: a line is no %s", errNoList, nameOf(kind))
		}
		page.lines = append(page.lines, line)
	}
	return page, nil
}

// notePage writes one line for each page, as note does for each call.
func (c *Channel) notePage(ctx context.Context, kind int, day calendarDay, n int, page listPage, r reply, err error) {
	if err != nil {
		c.note(ctx, callQueryList, day.String(), r, string(payment.Unknown), err)
		return
	}
	c.log.LogAttrs(ctx, slog.LevelDebug, callQueryList, slog.String("day", day.String()), slog.String("of", nameOf(kind)), slog.Int("page", n),
		slog.Int("lines", len(page.lines)), slog.Int("total", page.total), slog.String("host", r.host), slog.Duration("took", r.took))
}
