package payment_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"frontdesk/payment"
)

func TestParseAmount(t *testing.T) {
	tests := []struct {
		typed string
		want  payment.Amount
		err   error
	}{
		// what a cashier types
		{"12.5", 1250, nil},
		{"12.50", 1250, nil},
		{"12", 1200, nil},
		{"12.", 1200, nil},
		{".5", 50, nil},
		{"0.01", 1, nil},
		{"0", 0, nil},
		{"0.00", 0, nil},
		{"007", 700, nil},
		{"  8.80\t", 880, nil},
		// what a file or a price tag holds
		{"¥1,234.00", 123400, nil},
		{"￥1,234.00", 123400, nil},
		{"¥ 1,234.00", 123400, nil},
		{"1,234,567.89", 123456789, nil},
		{"12.50元", 1250, nil},
		{"12.50 元", 1250, nil},
		// what an input method in full-width mode types
		{"１２．５０", 1250, nil},
		{"１２。５", 1250, nil},
		{"￥１，２３４．５６", 123456, nil},
		{"　９　", 900, nil},
		// the edge
		{"100000000.00", payment.MaxAmount, nil},
		{"100,000,000", payment.MaxAmount, nil},
		{"0000000000000000000001", 100, nil},
		{"100000000.01", 0, payment.ErrTooLarge},
		{"1000000000", 0, payment.ErrTooLarge},
		{"99999999999999999999999999", 0, payment.ErrTooLarge},
		{"6921168509256", 0, payment.ErrTooLarge},      // a goods bar code scanned into the amount
		{"281234567890123456", 0, payment.ErrTooLarge}, // a pay code scanned into the amount
		// not money
		{"", 0, payment.ErrNotMoney},
		{" ", 0, payment.ErrNotMoney},
		{".", 0, payment.ErrNotMoney},
		{"。", 0, payment.ErrNotMoney},
		{"¥", 0, payment.ErrNotMoney},
		{"元", 0, payment.ErrNotMoney},
		{"-1", 0, payment.ErrNotMoney},
		{"+1", 0, payment.ErrNotMoney},
		{"−1", 0, payment.ErrNotMoney},
		{"1e3", 0, payment.ErrNotMoney},
		{"0x10", 0, payment.ErrNotMoney},
		{"1_000", 0, payment.ErrNotMoney},
		{"1 000", 0, payment.ErrNotMoney},
		{"1.2.3", 0, payment.ErrNotMoney},
		{"12元5", 0, payment.ErrNotMoney},
		{"¥¥1", 0, payment.ErrNotMoney},
		{"NaN", 0, payment.ErrNotMoney},
		{"١٢", 0, payment.ErrNotMoney}, // digits, but not ours
		{"1\xff", 0, payment.ErrNotMoney},
		{"12,5", 0, payment.ErrNotMoney}, // a decimal comma must never become 125
		{"1,23", 0, payment.ErrNotMoney},
		{"1,2345", 0, payment.ErrNotMoney},
		{"1234,567", 0, payment.ErrNotMoney},
		{",123", 0, payment.ErrNotMoney},
		{"1,,234", 0, payment.ErrNotMoney},
		{"1,234,", 0, payment.ErrNotMoney},
		{"1.2,345", 0, payment.ErrNotMoney},
		// finer than a fen: refused, never rounded
		{"0.005", 0, payment.ErrTooFine},
		{"1.000", 0, payment.ErrTooFine},
		{"1.999", 0, payment.ErrTooFine},
	}
	for _, tt := range tests {
		got, err := payment.ParseAmount(tt.typed)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("ParseAmount(%q) = %d, %v; want %d, %v", tt.typed, got, err, tt.want, tt.err)
		}
	}
}

func TestPrintedAmounts(t *testing.T) {
	tests := []struct {
		fen           payment.Amount
		wire, grouped string
	}{
		{0, "0.00", "0.00"},
		{1, "0.01", "0.01"},
		{99, "0.99", "0.99"},
		{100, "1.00", "1.00"},
		{99_999, "999.99", "999.99"},
		{100_000, "1000.00", "1,000.00"},
		{123_456_789, "1234567.89", "1,234,567.89"},
		{payment.MaxAmount, "100000000.00", "100,000,000.00"},
		{-1, "-0.01", "-0.01"},
		{-123_456, "-1234.56", "-1,234.56"},
		{math.MaxInt64, "92233720368547758.07", "92,233,720,368,547,758.07"},
		{math.MinInt64, "-92233720368547758.08", "-92,233,720,368,547,758.08"},
	}
	for _, tt := range tests {
		if got := tt.fen.String(); got != tt.wire {
			t.Errorf("Amount(%d).String() = %q, want %q", int64(tt.fen), got, tt.wire)
		}
		if got := tt.fen.Grouped(); got != tt.grouped {
			t.Errorf("Amount(%d).Grouped() = %q, want %q", int64(tt.fen), got, tt.grouped)
		}
	}
}

func TestCheckWantsMoreThanZeroAndAtMostTheLimit(t *testing.T) {
	tests := []struct {
		amount, limit payment.Amount
		err           error
	}{
		{1, 0, nil},
		{payment.MaxAmount, 0, nil},
		{payment.MaxAmount, -5, nil}, // no limit set
		{payment.MaxAmount + 1, 0, payment.ErrTooLarge},
		{0, 0, payment.ErrNotAmount},
		{-1, 0, payment.ErrNotAmount},
		{math.MinInt64, 0, payment.ErrNotAmount},
		{50_000_00, 50_000_00, nil},
		{50_000_01, 50_000_00, payment.ErrTooLarge},
	}
	for _, tt := range tests {
		if err := tt.amount.Check(tt.limit); !errors.Is(err, tt.err) {
			t.Errorf("Amount(%d).Check(%d) = %v, want %v", int64(tt.amount), int64(tt.limit), err, tt.err)
		}
	}
}

func TestSumsAndProductsNeverLeaveTheRange(t *testing.T) {
	edges := []payment.Amount{math.MinInt64, -payment.MaxAmount, -1, 0, 1, 2, 333, payment.MaxAmount / 2,
		payment.MaxAmount - 1, payment.MaxAmount, payment.MaxAmount + 1, math.MaxInt64 - 1, math.MaxInt64}
	inRange := func(a payment.Amount) bool { return a >= 0 && a <= payment.MaxAmount }
	for _, a := range edges {
		for _, b := range edges {
			// Within the range int64 cannot overflow, so plain arithmetic is the truth.
			wantSum := inRange(a) && inRange(b) && inRange(a+b)
			if sum, ok := a.Plus(b); ok != wantSum || (ok && sum != a+b) {
				t.Errorf("%d plus %d = %d, %v; want ok %v", int64(a), int64(b), int64(sum), ok, wantSum)
			}
			n := int64(b)
			product, ok := a.Times(n)
			wantProduct := inRange(a) && n >= 0 && (a == 0 || n <= int64(payment.MaxAmount)/int64(max(a, 1)))
			if ok != wantProduct || (ok && product != a*payment.Amount(n)) {
				t.Errorf("%d times %d = %d, %v; want ok %v", int64(a), n, int64(product), ok, wantProduct)
			}
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"12.5", "¥1,234.00", "１２．５０", ".5", "1e9", "0.005", "100000000.01", "9223372036854775808", "-0.01", "1,2,3", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := payment.ParseAmount(s)
		if err != nil {
			if a != 0 {
				t.Fatalf("ParseAmount(%q) = %d with error %v: a refused amount must be zero", s, int64(a), err)
			}
			return
		}
		if a < 0 || a > payment.MaxAmount {
			t.Fatalf("ParseAmount(%q) = %d leaves the range", s, int64(a))
		}
		for _, printed := range []string{a.String(), a.Grouped(), "¥" + a.Grouped(), " " + a.String() + "元 "} {
			if again, err := payment.ParseAmount(printed); err != nil || again != a {
				t.Fatalf("ParseAmount(%q) = %d, printed %q, read again %d, %v", s, int64(a), printed, int64(again), err)
			}
		}
		if strings.ContainsAny(s, "-+eExX") {
			t.Fatalf("ParseAmount(%q) = %d: signs and exponents are not money", s, int64(a))
		}
	})
}
