package paysim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"frontdesk/payment"
)

// content is biz_content: an object of strings, numbers, truth values, lists
// and objects.
type content map[string]any

// parseContent reads biz_content. Unlike encoding/json it refuses a name that
// comes twice: the client and the service could each see the other value.
func parseContent(s string) (content, error) {
	if s == "" {
		return nil, errors.New("缺少 biz_content")
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("biz_content 后面有多余内容")
	}
	c, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("biz_content 不是 JSON 对象")
	}
	return c, nil
}

var errNotJSON = errors.New("biz_content 不是合法的 JSON")

func parseValue(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil || depth > 16 {
		return nil, errNotJSON
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return t, nil
	}
	switch delim {
	case '{':
		out := map[string]any{}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, errNotJSON
			}
			name, ok := k.(string)
			if !ok {
				return nil, errNotJSON
			}
			if _, twice := out[name]; twice {
				return nil, fmt.Errorf("字段重复：%s", name)
			}
			if out[name], err = parseValue(d, depth+1); err != nil {
				return nil, err
			}
		}
		return out, closing(d)
	case '[':
		out := []any{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, closing(d)
	}
	return nil, errNotJSON
}

func closing(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errNotJSON
	}
	return nil
}

// text is a field that was checked to be a string, or "".
func (c content) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// amount is a field that was checked to be an amount, or 0.
func (c content) amount(name string) payment.Amount {
	a, _ := wireAmount(c.text(name))
	return a
}

// lists reports whether a list of strings, such as query_options, names s.
func (c content) lists(name, s string) bool {
	l, _ := c[name].([]any)
	for _, v := range l {
		if v == s {
			return true
		}
	}
	return false
}
