package screen

import (
	"fmt"
	"testing"
)

// line is a row of a list.
type line struct {
	id     int64
	amount string
}

func TestRowsKeepTheirPlace(t *testing.T) {
	b := NewBook(300, func(l line) int64 { return l.id })
	page := func(from, n int) (rows []line) {
		for i := range n {
			rows = append(rows, line{id: int64(1000 - from - i)})
		}
		return rows
	}
	b.Put(0, page(0, 100))
	if got := b.Missing(0, 99); len(got) != 1 { // Put alone does not count as asked
		t.Errorf("missing %v", got)
	}
	if got := b.Missing(90, 110); fmt.Sprint(got) != "[100]" {
		t.Errorf("missing %v, want page 100", got)
	}
	if got := b.Missing(90, 110); got != nil {
		t.Errorf("asked twice for %v", got)
	}
	b.Forget(100)
	if got := b.Missing(100, 110); fmt.Sprint(got) != "[100]" {
		t.Errorf("missing %v after it could not be read", got)
	}
	// Meanwhile a new row pushed all others down by one: the first row of the
	// second page is the last of the first one.
	b.Put(100, append(page(99, 1), page(100, 99)...))
	seen := map[int64]int{}
	for at := range b.Length() {
		l, ok := b.At(at)
		if other, twice := seen[l.id]; ok && twice {
			t.Errorf("row %d stands at %d and %d", l.id, other, at)
		}
		seen[l.id] = at
	}
	if l, _ := b.At(50); !b.Replace(line{id: 950, amount: "9.00"}) || b.Place(950) != 50 || l.id != 950 {
		t.Error("a row was not replaced where it stands")
	}
	if l, _ := b.At(50); l.amount != "9.00" {
		t.Errorf("the row is %+v", l)
	}
	if b.Replace(line{id: 5}) || b.Place(5) != -1 {
		t.Error("a row that was not read was replaced")
	}
}
