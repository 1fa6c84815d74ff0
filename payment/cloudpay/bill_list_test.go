package cloudpay_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"frontdesk/payment"
)

// pages answers a list of so many orders page by page; grow says how many have
// come in when the n-th request is answered.
func pages(t *testing.T, count int, grow func(n int) int) *gateway {
	var mu sync.Mutex
	asked := 0
	return newGateway(t, func(w http.ResponseWriter, r request) {
		if r.Content["order_type"] == 2.0 {
			authentic(listOf(0))(w, r)
			return
		}
		mu.Lock()
		asked++
		total := count + grow(asked)
		mu.Unlock()
		size, page := int(r.Content["page_size"].(float64)), int(r.Content["page_num"].(float64))
		var lines []string
		for i := (page - 1) * size; i < min(page*size, total); i++ {
			lines = append(lines, orderLine(fmt.Sprintf("%s%06d", prefix, total-i), "")) // the newest first
		}
		authentic(listOf(total, lines...))(w, r)
	})
}

// The newest order comes first, so one that comes in between two pages moves the
// others on: the last of a page would be there twice, or one would be missed.
func TestAListThatGrowsWhileItIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		grow func(n int) int
		want int // lines; 0 for an error
	}{
		"it stands still":          {func(int) int { return 0 }, 60},
		"once, after a page":       {func(n int) int { return min(n/2, 1) }, 61},
		"at the last page":         {func(n int) int { return min(n/3, 1) }, 61},
		"once in each reading":     {func(n int) int { return n / 2 }, 0},
		"and shrinks":              {func(n int) int { return -min(n/2, 1) }, 59},
		"with every page for ever": {func(n int) int { return n }, 0},
	} {
		g := pages(t, 60, tt.grow)
		lines, err := onTheNextDay(t, g).Bill(t.Context(), atTen)
		seen := map[string]bool{}
		for _, l := range lines {
			seen[l.OrderNo] = true
		}
		if len(lines) != tt.want || len(seen) != tt.want || (err == nil) != (tt.want > 0) || errors.Is(err, payment.ErrBillLater) {
			t.Errorf("%s: %d lines of %d orders, %v", name, len(lines), len(seen), err)
		}
		if n := len(g.sent()); n > 12 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

// What a list may not be. Each of these would leave money out, or make some up.
func TestAListThatIsNotWholeGivesNothing(t *testing.T) {
	line := orderLine(orderNo, "")
	for name, answer := range map[string]string{
		"lines are missing":            listOf(2, line),
		"there are too many":           listOf(1, line, orderLine(orderNo+"2", "")),
		"there are none":               listOf(3),
		"one comes twice":              listOf(2, line, line),
		"nobody counted":               strings.Replace(listOf(1, line), `"total_count":1,`, "", 1),
		"a count that is none":         strings.Replace(listOf(1, line), `"total_count":1,`, `"total_count":"one",`, 1),
		"a count below 0":              strings.Replace(listOf(1, line), `"total_count":1,`, `"total_count":-1,`, 1),
		"a count without end":          strings.Replace(listOf(1, line), `"total_count":1,`, `"total_count":9000000000,`, 1),
		"no list":                      done("query_order_list", `{"total_count":1}`),
		"an object for the list":       done("query_order_list", `{"total_count":1,"order_details":`+line+`}`),
		"a line is null":               listOf(1, "null"),
		"a line is a text":             listOf(1, `"order"`),
		"a line is a refund":           listOf(1, refundLine(refundNo, "")),
		"a line is two":                listOf(1, strings.TrimSuffix(line, "}")+","+strings.TrimPrefix(refundLine(refundNo, ""), "{")),
		"a line has no number":         listOf(1, orderLine(orderNo, `"out_trade_no":null`)),
		"no object at all":             `{"status":0,"internal_status":0,"log_id":1}`,
		"the object has another name":  done("query_order", `{"total_count":0,"order_details":[]}`),
		"a refusal":                    refusal(104, 500, "权限不足"),
		"no such order":                refusal(104, 400, "订单不存在"),
		"busy":                         refusal(103, 21, "系统繁忙"),
		"a status that nobody has met": refusal(42, 0, ""),
	} {
		g := lists(t, answer, listOf(0))
		if lines, err := onTheNextDay(t, g).Bill(t.Context(), atTen); err == nil || lines != nil || errors.Is(err, payment.ErrBillLater) {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
	for name, empty := range map[string]string{
		"nothing happened":        listOf(0),
		"and 0 is left out":       done("query_order_list", `{"nonce_str":"x"}`),
		"an empty list of lines":  done("query_order_list", `{"order_details":[]}`),
		"and null for the others": done("query_order_list", `{"total_count":0,"order_details":null}`),
	} {
		if lines, err := onTheNextDay(t, lists(t, empty, empty)).Bill(t.Context(), atTen); err != nil || len(lines) != 0 {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
}

func TestAListIsAuthenticated(t *testing.T) {
	whole := listOf(1, orderLine(orderNo, ""))
	raw := func(body string) func(http.ResponseWriter, request) {
		return func(w http.ResponseWriter, _ request) { fmt.Fprint(w, body) }
	}
	for name, answer := range map[string]func(http.ResponseWriter, request){
		"not at all":         unsigned(whole),
		"with another key":   raw(envelope(whole, code("another key, of 32 characters...", whole))),
		"over another text":  raw(strings.Replace(envelope(whole, code(authKey, whole)), "12850", "12851", 1)),
		"over the same JSON": raw(envelope(strings.Replace(whole, `"status":0`, `"status": 0`, 1), code(authKey, whole))),
		"without a content":  raw(`{"authen_info":{"a":{"authen_code":"` + code(authKey, whole) + `"}}}`),
		"in no envelope":     raw(whole),
	} {
		if lines, err := onTheNextDay(t, newGateway(t, answer)).Bill(t.Context(), atTen); err == nil || lines != nil || errors.Is(err, payment.ErrBillLater) {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
}

// A question may be asked twice, and so may every page of a list.
func TestAListIsReadAtTheNextHost(t *testing.T) {
	bad, got := hangsUp(t)
	broken := newGateway(t, func(w http.ResponseWriter, _ request) { w.WriteHeader(http.StatusBadGateway) })
	g := pages(t, 60, func(int) int { return 0 })
	c := config(bad, broken.URL, g.URL)
	lines, err := newChannel(t, c).Bill(t.Context(), atTen)
	if err != nil || len(lines) != 60 || got.Load() != 1 || len(broken.sent()) != 1 || len(g.sent()) != 4 {
		t.Errorf("%d lines, %v; asked %d, %d and %d times", len(lines), err, got.Load(), len(broken.sent()), len(g.sent()))
	}
}

// A list without end is not read until it ends.
func TestAListWithoutEndIsNotRead(t *testing.T) {
	g := pages(t, 200_001, func(int) int { return 0 })
	if lines, err := onTheNextDay(t, g).Bill(t.Context(), atTen); err == nil || lines != nil || len(g.sent()) != 1 {
		t.Errorf("%d lines, %v, after %d requests", len(lines), err, len(g.sent()))
	}
}
