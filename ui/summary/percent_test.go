package summary

import (
	"math"
	"slices"
	"testing"

	"frontdesk/payment"
)

func TestChangesInPercent(t *testing.T) {
	for _, c := range []struct {
		now, then payment.Amount
		want      string
	}{
		{18197_70, 17135_30, "+6.2%"},
		{18197_70, 18531_26, "-1.8%"},
		{100_00, 100_00, "0.0%"},
		{100_04, 100_00, "0.0%"},
		{100_05, 100_00, "+0.1%"}, // half is rounded away from 0
		{99_95, 100_00, "-0.1%"},
		{199_94, 100_00, "+99.9%"},
		{200_00, 100_00, "+100%"},
		{1234_00, 100_00, "+1134%"},
		{1_000_000_00, 1, "+9999%"}, // more is noise
		{0, 100_00, "-100%"},
		{-50_00, 100_00, "-150%"}, // more went out than came in
		{100_00, 0, ""},
		{100_00, -5_00, ""},
		{math.MaxInt64 / 4, math.MaxInt64 / 2, "-50.0%"},
	} {
		if got := change(c.now, c.then); got != c.want {
			t.Errorf("from %v to %v is %q, want %q", c.then, c.now, got, c.want)
		}
	}
}

func TestHowMuchOfADayIsReached(t *testing.T) {
	for _, c := range []struct {
		now, then payment.Amount
		want      string
	}{
		{0, 100_00, "0.0%"},
		{46_20, 100_00, "46.2%"},
		{100_00, 100_00, "100%"},
		{-3_00, 100_00, "-3.0%"},
	} {
		if got := reached(c.now, c.then); got != c.want {
			t.Errorf("%v of %v is %q, want %q", c.now, c.then, got, c.want)
		}
	}
}

func TestSharesSumToAHundred(t *testing.T) {
	for _, c := range []struct {
		parts []payment.Amount
		want  []int64
	}{
		{[]payment.Amount{9120_40, 7312_30, 1913_50}, []int64{497, 399, 104}},
		{[]payment.Amount{1, 1, 1}, []int64{334, 333, 333}},
		{[]payment.Amount{1_000_000_00, 1}, []int64{1000, 0}},
		{[]payment.Amount{1, 1, 1, 1, 1, 1, 1}, []int64{143, 143, 143, 143, 143, 143, 142}},
		{[]payment.Amount{50_00, 0, 50_00}, []int64{500, 0, 500}},
		{[]payment.Amount{math.MaxInt64 / 4, math.MaxInt64 / 4}, []int64{500, 500}},
	} {
		got := shares(c.parts)
		sum := int64(0)
		for _, n := range got {
			sum += n
		}
		if !slices.Equal(got, c.want) || sum != 1000 {
			t.Errorf("%v: %v that sum to %d, want %v", c.parts, got, sum, c.want)
		}
	}
	if got := shares([]payment.Amount{0, 0}); got != nil {
		t.Errorf("shares of nothing: %v", got)
	}
	if got := percent(497); got != "49.7%" {
		t.Errorf("percent %q", got)
	}
}
