package cloudpay

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"frontdesk/payment"
)

// object is one JSON object of an answer. The documents and their samples differ
// in what is a text and what a number, an object or a list, so every field is
// read by itself: one of the wrong kind is as if it were not there, which is
// never taken for a yes. All methods work on nil.
type object map[string]json.RawMessage

// parseObject is nil for anything that is no object.
func parseObject(raw []byte) object {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

// has reports whether the field is there and says anything.
func (o object) has(name string) bool {
	raw := bytes.TrimSpace(o[name])
	return len(raw) > 0 && string(raw) != "null" && string(raw) != `""`
}

// text is a text, or a number as it is written.
func (o object) text(name string) string {
	raw := bytes.TrimSpace(o[name])
	if len(raw) == 0 {
		return ""
	}
	if raw[0] == '"' {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	}
	if raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' {
		return string(raw)
	}
	return ""
}

// number is a whole number, also one that is written as a text.
func (o object) number(name string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(o.text(name)), 10, 64)
	return n, err == nil
}

// fen is an amount; ok is false where there is none, or none that can be true.
func (o object) fen(name string) (a payment.Amount, ok bool) {
	n, ok := o.number(name)
	if !ok || n < 0 || n > int64(payment.MaxAmount) {
		return 0, false
	}
	return payment.Amount(n), true
}

// yes is a truth value that is true.
func (o object) yes(name string) bool {
	switch string(bytes.TrimSpace(o[name])) {
	case "true", "1", `"true"`, `"1"`:
		return true
	}
	return false
}

func (o object) object(name string) object { return parseObject(o[name]) }

// objects is a list of objects, or the one object that stands in its place.
func (o object) objects(name string) []object {
	if one := o.object(name); one != nil {
		return []object{one}
	}
	var list []object
	if json.Unmarshal(o[name], &list) != nil {
		return nil
	}
	return list
}

// ext finds the part that belongs to a wallet: "wxpay_order_content_ext" for the
// kind "order". Exactly one may be there; of two, neither counts. platform is
// its first word.
func (o object) ext(kind string) (platform string, ext object) {
	for name := range o {
		word, ok := strings.CutSuffix(name, "_"+kind+"_content_ext")
		if !ok || word == "" || strings.Contains(word, "_") {
			continue
		}
		found := o.object(name)
		if found == nil {
			continue
		}
		if ext != nil {
			return "", nil
		}
		platform, ext = word, found
	}
	return platform, ext
}
