package paysim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"frontdesk/payment"
)

// field is one field of biz_content. A field that is not in a method's list is
// refused: the real gateway may let it pass, but it is nearly always a typing
// mistake.
type field struct {
	name  string
	must  bool
	check func(v any) string // says what is wrong with it; "" when it is right
}

func must(name string, check func(any) string) field { return field{name, true, check} }
func may(name string, check func(any) string) field  { return field{name, false, check} }

// all joins lists of fields.
func all(lists ...[]field) []field { return slices.Concat(lists...) }

// checkFields says what is wrong with an object, or "". Nothing that is there
// may be empty: empty parameters are a known cause of failures.
func checkFields(fields []field, c content) string {
	known := map[string]bool{}
	for _, f := range fields {
		known[f.name] = true
		v, there := c[f.name]
		switch {
		case there && empty(v):
			return f.name + " 为空"
		case !there && f.must:
			return "缺少 " + f.name
		case !there:
		default:
			if wrong := f.check(v); wrong != "" {
				return f.name + " " + wrong
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(c)) {
		if !known[k] {
			return "未知字段 " + strconv.Quote(k)
		}
	}
	return ""
}

// empty reports null, blank strings, and lists and objects that hold one or nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0 || slices.ContainsFunc(v, empty)
	case map[string]any:
		for _, e := range v {
			if empty(e) {
				return true
			}
		}
		return len(v) == 0
	}
	return false
}

// plain is a text of at most max characters without control characters.
func plain(max int) func(any) string {
	return func(v any) string {
		s, ok := v.(string)
		switch {
		case !ok:
			return "应为字符串"
		case utf8.RuneCountInString(s) > max:
			return fmt.Sprintf("超过 %d 个字符", max)
		case strings.ContainsFunc(s, unicode.IsControl):
			return "含控制字符"
		}
		return ""
	}
}

// like is a text that matches a pattern as a whole.
func like(pattern, want string) func(any) string {
	re := rule(`^(?:` + pattern + `)$`)
	return func(v any) string {
		if s, ok := v.(string); !ok || !re().MatchString(s) {
			return "应为" + want
		}
		return ""
	}
}

var (
	orderNo   = like(`[0-9A-Za-z_]{1,64}`, "不超过 64 位的字母、数字、下划线")
	tradeNo   = like(`[0-9]{16,64}`, "支付宝交易号")
	accountNo = like(`2088[0-9]{12}`, "2088 开头的 16 位数字")
	oneObject = func(v any) string { return isA[map[string]any](v, "对象") }
	oneTruth  = func(v any) string { return isA[bool](v, "布尔值") }
)

func isA[T any](v any, want string) string {
	if _, ok := v.(T); !ok {
		return "应为" + want
	}
	return ""
}

// oneOf is a text out of a few.
func oneOf(values ...string) func(any) string {
	return like(strings.Join(values, "|"), strings.Join(values, " 或 "))
}

// texts is a list of texts.
func texts(v any) string {
	l, ok := v.([]any)
	for _, e := range l {
		_, isText := e.(string)
		ok = ok && isText
	}
	if !ok {
		return "应为字符串数组"
	}
	return ""
}

// object is an object with fields of its own.
func object(fields []field) func(any) string {
	return func(v any) string {
		o, ok := v.(map[string]any)
		if !ok {
			return "应为对象"
		}
		return checkFields(fields, o)
	}
}

// objects is a list of them.
func objects(fields []field) func(any) string {
	return func(v any) string {
		l, ok := v.([]any)
		if !ok {
			return "应为数组"
		}
		for _, e := range l {
			if wrong := object(fields)(e); wrong != "" {
				return wrong
			}
		}
		return ""
	}
}

// subject may not hold the characters that part parameters.
func subject(v any) string {
	if s, ok := v.(string); ok && strings.ContainsAny(s, "/=&") {
		return "不可含 / = &"
	}
	return plain(256)(v)
}

var wireRule = rule(`^(?:0|[1-9]\d{0,8})\.\d{2}$`)

// wireAmount reads an amount of the wire: yuan with exactly two decimals, from
// 0.01 to 100000000.00.
func wireAmount(s string) (payment.Amount, bool) {
	if !wireRule().MatchString(s) {
		return 0, false
	}
	a, err := payment.ParseAmount(s)
	return a, err == nil && a > 0
}

func amount(v any) string {
	s, ok := v.(string)
	if ok {
		_, ok = wireAmount(s)
	}
	if !ok {
		return "应为两位小数的金额字符串，0.01 到 100000000.00"
	}
	return ""
}

var numberRule = rule(`^\d{1,9}(?:\.\d{1,2})?$`)

// number is the price or the quantity of goods, which may also be JSON numbers.
func number(v any) string {
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		s, ok = n.String(), true
	}
	if !ok || !numberRule().MatchString(s) {
		return "应为数字"
	}
	return ""
}

var expressRule = rule(`^(\d{1,5})([mhd])$`)

// expressEnd is when a timeout_express ends that began at from: 90m, 3h, 1d, or
// 1c for the coming midnight. It may be from one minute to fifteen days.
func expressEnd(s string, from time.Time) (time.Time, bool) {
	if s == "1c" {
		y, m, d := from.In(payment.Beijing).Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, payment.Beijing), true
	}
	parts := expressRule().FindStringSubmatch(s)
	if parts == nil {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil {
		return time.Time{}, false
	}
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[parts[2]]
	d := time.Duration(n) * unit
	return from.Add(d), d >= time.Minute && d <= 15*24*time.Hour
}

func express(v any) string {
	s, ok := v.(string)
	if ok {
		_, ok = expressEnd(s, time.Time{})
	}
	if !ok {
		return "应为 1m 到 15d，或 1c"
	}
	return ""
}

func expireMoment(v any) string {
	s, ok := v.(string)
	if ok {
		_, err := parseMoment(s)
		ok = err == nil
	}
	if !ok {
		return "应为 yyyy-MM-dd HH:mm:ss"
	}
	return ""
}
