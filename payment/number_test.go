package payment_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// A receipt's bar code is read by the same scanner as pay codes and goods. It
// must never be taken for either: a pay code starts a payment.
func TestOurNumbersAreNeverTakenForAPayCodeOrForGoods(t *testing.T) {
	dice := rand.New(rand.NewPCG(20, 26))
	check := func(till int, seq int64, at time.Time, attempt int) {
		t.Helper()
		receipt := payment.ReceiptNo(till, seq)
		order := payment.NewOrderNo(receipt, attempt, at)
		refund := payment.NewRequestNo(order, attempt)
		prefixed := payment.NewNumber("01000052", receipt, attempt, later(at))
		if !payment.IsOrderNo(prefixed) || len(payment.NewRequestNo(payment.NewNumber("sz0100lmnx", receipt, attempt, later(at)), 1)) > 32 {
			t.Fatalf("%s is no order number, or too long with a longer prefix", prefixed)
		}
		for _, no := range []string{order, prefixed} {
			if of, ok := payment.OrderTill(no); !ok || of != till {
				t.Fatalf("order %s is said to be of till %d, %v, not %d", no, of, ok, till)
			}
		}
		for _, no := range []string{receipt, refund, "", "FD00" + order[4:]} {
			if of, ok := payment.OrderTill(no); ok {
				t.Fatalf("%s is said to be an order of till %d", no, of)
			}
		}
		for _, number := range []string{receipt, order, refund, prefixed, payment.NewRequestNo(prefixed, 1)} {
			if _, wallet := payment.Recognise(number); wallet != payment.WalletNone {
				t.Fatalf("%s is taken for a pay code of %s", number, wallet)
			}
			if isEAN13(number) {
				t.Fatalf("%s is taken for goods", number)
			}
		}
		if !payment.IsReceiptNo(receipt) || payment.IsReceiptNo(order) || payment.IsReceiptNo(refund) {
			t.Fatalf("only %s is a receipt number, not %s nor %s", receipt, order, refund)
		}
		if !payment.IsOrderNo(order) || payment.IsOrderNo(receipt) || payment.IsOrderNo(refund) {
			t.Fatalf("only %s is an order number, not %s nor %s", order, receipt, refund)
		}
	}
	for till := 1; till <= 99; till++ { // the edges of every till
		for _, seq := range []int64{1, 2, payment.MaxReceiptSeq} {
			check(till, seq, time.Unix(0, 0), 1)
		}
	}
	for range 20_000 {
		check(1+dice.IntN(99), 1+dice.Int64N(payment.MaxReceiptSeq), time.Unix(dice.Int64N(1<<32), 0), 1+dice.IntN(999))
	}
}

// isEAN13 is the rule for goods: thirteen digits, the last one a check digit.
func isEAN13(s string) bool {
	if len(s) != 13 || strings.Trim(s, "0123456789") != "" {
		return false
	}
	sum := 0
	for i := range 12 {
		sum += int(s[i]-'0') * (1 + 2*(i%2))
	}
	return int(s[12]-'0') == (10-sum%10)%10
}

func TestTheRuleForGoodsKnowsGoods(t *testing.T) {
	if !isEAN13("6921168509256") || isEAN13("6921168509257") {
		t.Fatal("the check digit is not computed as on goods, so the property above proves nothing")
	}
}

func TestNumbersReadAsDocumented(t *testing.T) {
	at := time.Date(2026, 11, 21, 6, 33, 26, 0, time.UTC) // 14:33:26 in Beijing
	if got, want := payment.ReceiptNo(1, 6128), "01006128"; got != want {
		t.Errorf("receipt %s, want %s", got, want)
	}
	order := payment.NewOrderNo("01006128", 7, at)
	if want := "FD01261121143326006128007"; order != want {
		t.Errorf("order %s, want %s", order, want)
	}
	if got, want := payment.NewRequestNo(order, 2), order+"R002"; got != want {
		t.Errorf("refund %s, want %s", got, want)
	}
	if n := len(payment.NewRequestNo(order, 999)); n > 32 {
		t.Errorf("a refund number of %d characters is too long for WeChat", n)
	}
}

// The clock may jump back: an order number is unique by its receipt and attempt alone.
func TestOrderNumbersDifferEvenInTheSameSecond(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	seen := map[string]bool{}
	for till := 1; till <= 3; till++ {
		for seq := int64(1); seq <= 30; seq++ {
			for attempt := 1; attempt <= 30; attempt++ {
				n := payment.NewOrderNo(payment.ReceiptNo(till, seq), attempt, at)
				if seen[n] {
					t.Fatalf("%s was made twice", n)
				}
				seen[n] = true
			}
		}
	}
}

func TestNumbersOutOfRangeStopTheProgram(t *testing.T) {
	at := time.Unix(0, 0)
	tests := map[string]func(){
		"till 0":           func() { payment.ReceiptNo(0, 1) },
		"till 100":         func() { payment.ReceiptNo(100, 1) },
		"sequence 0":       func() { payment.ReceiptNo(1, 0) },
		"sequence 1000000": func() { payment.ReceiptNo(1, payment.MaxReceiptSeq+1) },
		"attempt 0":        func() { payment.NewOrderNo("01000001", 0, at) },
		"attempt 1000":     func() { payment.NewOrderNo("01000001", 1000, at) },
		"receipt of seven": func() { payment.NewOrderNo("0100001", 1, at) },
		"receipt of words": func() { payment.NewOrderNo("0100000x", 1, at) },
		"no receipt":       func() { payment.NewOrderNo("", 1, at) },
	}
	for name, make := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("a number was made")
				}
			}()
			make()
		})
	}
}

func TestFormsAreExact(t *testing.T) {
	for _, s := range []string{"", "1234567", "123456789", "1234567x", "１２３４５６７８", "01006128\n", " 01006128"} {
		if payment.IsReceiptNo(s) {
			t.Errorf("%q is no receipt number", s)
		}
	}
	for _, s := range []string{"", "FD", "Fd01261121143326006128001", "FD0126112114332600612800", "FD012611211433260061280011", "FD01261121143326006128001\n"} {
		if payment.IsOrderNo(s) {
			t.Errorf("%q is no order number", s)
		}
	}
}

func TestBeijingIsEightHoursAheadAllYear(t *testing.T) {
	for month := time.January; month <= time.December; month++ {
		if _, offset := time.Date(2026, month, 15, 12, 0, 0, 0, payment.Beijing).Zone(); offset != 8*60*60 {
			t.Errorf("%s: %d seconds ahead", month, offset)
		}
	}
}

// later moves a time of 1970 and after to where prefixed numbers begin.
func later(at time.Time) time.Time { return time.Unix(1_600_000_000+at.Unix()%(1<<30), 0) }

// Midnight in Beijing is at 16:00 UTC of the day before.
func TestMidnightIsThatOfBeijing(t *testing.T) {
	begin := time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{begin, begin.Add(12 * time.Hour), begin.Add(24*time.Hour - 1)} {
		if got := payment.Midnight(at); !got.Equal(begin) {
			t.Errorf("of %s: %s, want %s", at, got, begin)
		}
	}
	if got := payment.Midnight(begin.Add(-1)); !got.Equal(begin.AddDate(0, 0, -1)) {
		t.Errorf("a moment before: %s", got)
	}
}
