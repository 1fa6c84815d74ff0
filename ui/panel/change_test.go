package panel

import (
	"slices"
	"testing"

	"frontdesk/payment"
)

func TestPiles(t *testing.T) {
	for _, c := range []struct {
		change payment.Amount
		want   []string
		rest   payment.Amount
	}{
		{71_50, []string{"50 × 1", "20 × 1", "1 × 1", "0.5 × 1"}, 0},
		{0, nil, 0},
		{498_65, []string{"100 × 4", "50 × 1", "20 × 2", "5 × 1", "1 × 3", "0.5 × 1", "0.1 × 1"}, 5},
		{9, nil, 9},
	} {
		list, rest := piles(c.change)
		var got []string
		sum := rest
		for _, p := range list {
			got = append(got, p.String())
			sum += p.note * payment.Amount(p.count)
		}
		if !slices.Equal(got, c.want) || rest != c.rest || sum != c.change {
			t.Errorf("%s: %v and %s, in all %s", c.change, got, rest, sum)
		}
	}
}

func TestHanded(t *testing.T) {
	for _, c := range []struct {
		due  payment.Amount
		want []payment.Amount // the first three
	}{
		{128_50, []payment.Amount{130_00, 150_00, 200_00}},
		{23_00, []payment.Amount{30_00, 50_00, 100_00}},
		{100_00, []payment.Amount{110_00, 150_00, 200_00}},
		{98_00, []payment.Amount{100_00, 200_00, 300_00}},
		{1_35, []payment.Amount{5_00, 10_00, 50_00}},
		{4321_00, []payment.Amount{4330_00, 4350_00, 4400_00}},
	} {
		got := handed(c.due, 7)
		if !slices.Equal(got[:3], c.want) {
			t.Errorf("due %s: %v", c.due, got)
		}
	}
	for due := payment.Amount(1); due < 1000_00; due += 37 {
		got := handed(due, 7)
		if len(got) != 7 {
			t.Fatalf("due %s: %d suggestions", due, len(got))
		}
		for i, a := range got {
			if a <= due || slices.Contains(got[:i], a) {
				t.Fatalf("due %s: %v", due, got)
			}
		}
	}
}
