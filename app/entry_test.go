package app_test

import (
	"testing"

	"frontdesk/app"
	"frontdesk/payment"
)

func typed(keys string) *app.Entry {
	e := &app.Entry{}
	for _, k := range keys {
		if k == '<' {
			e.Backspace()
			continue
		}
		e.Type(k)
	}
	return e
}

func TestEntryReadsWhatACashierTypes(t *testing.T) {
	for _, c := range []struct {
		keys   string
		amount payment.Amount
		sum    string
	}{
		{"", 0, ""},
		{"12.5", 1250, ""},
		{"12.50", 1250, ""},
		{"12.505", 1250, ""},                // a third decimal is dropped
		{".5", 50, ""},                      // a point alone starts at zero
		{"007", 700, ""},                    // leading zeros do not pile up
		{"1.2.3", 123, ""},                  // a second point is ignored
		{"120+8.5", 12850, "120 + 8.5"},     //
		{"+5", 500, ""},                     // no operator without a number
		{"5++5", 1000, "5 + 5"},             //
		{"5*5", 2500, "5 × 5"},              //
		{"2.5×3+8", 1550, "2.5×3 + 8"},      // × before +
		{"12×1.25", 1500, "12 × 1.25"},      // by weight
		{"9.99×0.333", 333, "9.99 × 0.333"}, // 3.32667 rounds to 3.33
		{"5×", 500, "5 × "},                 // an unfinished product is its first factor
		{"5+", 500, "5 + "},                 //
		{"12<3", 1300, ""},                  //
		{"5+<", 500, ""},                    //
		{"1<<<", 0, ""},                     //
		{"100000000", 100_000_000_00, ""},   // the largest amount
		{"100000001", 10_000_000_00, ""},    // the digit too many is refused
		{"999999999999", 99_999_999_00, ""},
		{"abc-/", 0, ""},
	} {
		e := typed(c.keys)
		if got := e.Amount(); got != c.amount {
			t.Errorf("typed %q: amount %s, want %s", c.keys, got, c.amount)
		}
		if c.sum == "" && e.Sum() != "" {
			t.Errorf("typed %q: sum %q, want none", c.keys, e.Sum())
		}
	}
	if got := typed("120+8.5").Sum(); got != "120 + 8.5" {
		t.Errorf("sum %q", got)
	}
}

func TestQuickAmountsJoinTheSum(t *testing.T) {
	e := &app.Entry{}
	e.Add(app.QuickAmount{Name: "water", Price: 200, Quantity: 3})
	e.Add(app.QuickAmount{Name: "bag", Price: 30, Quantity: 1})
	if e.Amount() != 630 || len(e.Items()) != 2 {
		t.Fatalf("amount %s with %d items", e.Amount(), len(e.Items()))
	}
	e.Backspace() // edits the bag by hand: it is no longer a bag
	if items := e.Items(); len(items) != 1 || items[0].Name != "water" {
		t.Errorf("after an edit by hand: %v", items)
	}
	e.Clear()
	if !e.Empty() || e.Amount() != 0 || len(e.Items()) != 0 {
		t.Error("Clear left something behind")
	}
}

func FuzzEntryNeverLeavesTheRange(f *testing.F) {
	for _, s := range []string{"120+8.5", "9×9×9×9", "<<1.", "99999999×999999999", "0.01×0.001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, keys string) {
		e := typed(keys)
		if a := e.Amount(); a < 0 || a > payment.MaxAmount {
			t.Fatalf("typed %q: %d", keys, a)
		}
		if e.Empty() && e.Amount() != 0 {
			t.Fatalf("typed %q: empty but %d", keys, e.Amount())
		}
	})
}
