package payment

import (
	"errors"
	"strconv"
	"strings"
)

// Amount is a whole number of fen (1/100 yuan). No float ever touches money.
type Amount int64

// MaxAmount is the largest amount that ParseAmount accepts: 100,000,000.00
// yuan, the upper limit of total_amount at Alipay (alipay.trade.pay). Shops
// set a far lower limit of their own.
const MaxAmount Amount = 100_000_000_00

var (
	ErrNotMoney  = errors.New("payment: not an amount of money")           // letters, signs, two points, misplaced commas
	ErrTooFine   = errors.New("payment: more than two decimals")           // 0.005 cannot be paid
	ErrTooLarge  = errors.New("payment: amount is too large")              // above MaxAmount
	ErrNotAmount = errors.New("payment: amount must be greater than zero") // 0.00, where a payment needs more
)

// ParseAmount reads what a person types or a file holds: "12.5", "12.50",
// "¥1,234.00", "￥１２．５０", ".5". White space around it is dropped. Commas
// may only part groups of three digits. Zero is a valid amount here; who needs
// more than zero asks Amount.Check.
//
// It returns ErrNotMoney, ErrTooFine or ErrTooLarge, and never rounds.
func ParseAmount(s string) (Amount, error) {
	s = strings.TrimSpace(foldWidth(s))
	s = strings.TrimPrefix(s, "¥")
	s = strings.TrimSuffix(s, "元")
	s = strings.TrimSpace(s)
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if whole == "" && fraction == "" {
		return 0, ErrNotMoney
	}
	if strings.Contains(whole, ",") {
		ungrouped, ok := ungroup(whole)
		if !ok {
			return 0, ErrNotMoney
		}
		whole = ungrouped
	}
	if !allDigits(whole) || !allDigits(fraction) || (hasPoint && whole == "" && fraction == "") {
		return 0, ErrNotMoney
	}
	if len(fraction) > 2 {
		return 0, ErrTooFine
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 9 { // MaxAmount has nine digits of yuan
		return 0, ErrTooLarge
	}
	fen, err := strconv.ParseInt("0"+whole+fraction+"00"[len(fraction):], 10, 64)
	if err != nil {
		return 0, ErrNotMoney
	}
	if Amount(fen) > MaxAmount {
		return 0, ErrTooLarge
	}
	return Amount(fen), nil
}

// Check reports whether a can be paid: more than zero, at most limit fen. A
// limit of zero or less means MaxAmount.
func (a Amount) Check(limit Amount) error {
	if limit <= 0 {
		limit = MaxAmount
	}
	switch {
	case a <= 0:
		return ErrNotAmount
	case a > limit:
		return ErrTooLarge
	}
	return nil
}

// String is the amount in yuan with two decimals and no grouping: "1234.50".
// It is the form of the wire and of files.
func (a Amount) String() string {
	sign, n := "", uint64(a)
	if a < 0 {
		sign, n = "-", -uint64(a)
	}
	digits := strconv.FormatUint(n, 10)
	if len(digits) < 3 {
		digits = "000"[len(digits):] + digits
	}
	return sign + digits[:len(digits)-2] + "." + digits[len(digits)-2:]
}

// Grouped is the amount for people: "1,234.50".
func (a Amount) Grouped() string {
	s := a.String()
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction := s[:len(s)-3], s[len(s)-3:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return sign + whole + fraction
}

// Signed is Grouped with its sign, also above zero: "+3.00", "-12.50", "0.00".
func (a Amount) Signed() string {
	if a > 0 {
		return "+" + a.Grouped()
	}
	return a.Grouped()
}

// Plus adds two amounts; ok is false when the sum leaves [0, MaxAmount].
func (a Amount) Plus(b Amount) (sum Amount, ok bool) {
	sum = a + b
	return sum, a >= 0 && b >= 0 && a <= MaxAmount && b <= MaxAmount && sum <= MaxAmount
}

// Times is a taken n times; ok is false when the result leaves [0, MaxAmount].
func (a Amount) Times(n int64) (product Amount, ok bool) {
	if a < 0 || n < 0 || a > MaxAmount {
		return 0, false
	}
	if a != 0 && n > int64(MaxAmount)/int64(a) {
		return 0, false
	}
	return a * Amount(n), true
}

// ungroup drops the commas of "1,234,567"; ok is false where a comma does not
// part a group of three.
func ungroup(s string) (string, bool) {
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if !allDigits(g) || g == "" || (i > 0 && len(g) != 3) || (i == 0 && len(g) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// foldWidth turns full-width forms (U+FF01 to U+FF5E), the ideographic space,
// full stop and yen sign into ASCII and ¥: an input method in full-width mode
// types them for plain digits.
func foldWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFF01 + '!'
		case r == 0x3000:
			return ' '
		case r == '。':
			return '.'
		case r == '￥':
			return '¥'
		}
		return r
	}, s)
}
