package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// decode reads one JSON value strictly: no unknown field, nothing behind it.
func decode[T any](tb testing.TB, text string) (v T) {
	tb.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		tb.Fatalf("%v: %s", err, text)
	}
	if d.More() {
		tb.Fatalf("more than one value: %s", text)
	}
	return v
}

func (w *world) sale(r result) saleJSON {
	w.Helper()
	return decode[saleJSON](w, r.out)
}
