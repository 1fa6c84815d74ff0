package panel

import (
	"slices"
	"strconv"

	"frontdesk/payment"
)

// notes are the notes and coins in use, fen, largest first.
var notes = []payment.Amount{100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10}

// piles is how many of each note make up an amount, for the hand that counts
// the change. rest is what no coin can pay, less than ten fen.
func piles(a payment.Amount) (list []pile, rest payment.Amount) {
	for _, n := range notes {
		if count := a / n; count > 0 {
			list = append(list, pile{n, int64(count)})
			a -= n * count
		}
	}
	return list, a
}

// pile is a number of equal notes.
type pile struct {
	note  payment.Amount
	count int64
}

// String is "50 × 1": whole notes without decimals.
func (p pile) String() string {
	s := p.note.String()
	switch {
	case p.note%100 == 0:
		s = s[:len(s)-3]
	case p.note%10 == 0:
		s = s[:len(s)-1]
	}
	return s + " × " + strconv.FormatInt(p.count, 10)
}

// handed suggests n amounts above due that a customer is likely to hand over:
// first the next full ten, fifty and hundred, or more of that kind where these
// coincide, then others; each group smallest first.
func handed(due payment.Amount, n int) []payment.Amount {
	const likely = 3
	units := []payment.Amount{10_00, 50_00, 100_00, 5_00, 20_00, 200_00, 500_00, 1_00}
	if due < 5_00 {
		units = []payment.Amount{5_00, 10_00, 50_00, 20_00, 100_00, 1_00, 200_00, 500_00}
	}
	var list []payment.Amount
	add := func(a payment.Amount) {
		if len(list) < n && a > due && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	for _, u := range units[:likely] {
		add((due/u + 1) * u)
	}
	for more := due/100_00 + 2; len(list) < min(n, likely); more++ {
		add(more * 100_00)
	}
	slices.Sort(list)
	for _, u := range units[likely:] {
		add((due/u + 1) * u)
	}
	for more := due/100_00 + 2; len(list) < n; more++ {
		add(more * 100_00)
	}
	if len(list) > likely {
		slices.Sort(list[likely:])
	}
	return list
}
