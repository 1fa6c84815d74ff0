package summary

import (
	"fmt"
	"math/big"
	"slices"

	"frontdesk/payment"
)

// change is by how much now is more or less than then: "+6.2%". It is empty
// where then is nothing, or less: a part of that says nothing.
func change(now, then payment.Amount) string {
	if then <= 0 {
		return ""
	}
	n := tenths(int64(now-then), int64(then))
	if n > 0 {
		return "+" + worded(n)
	}
	return worded(n)
}

// reached is how much of then is reached: "46.2%". then is more than 0.
func reached(now, then payment.Amount) string { return worded(tenths(int64(now), int64(then))) }

// worded are tenths of a percent. From 100 % on a tenth is noise, and from
// 9,999 % on the figure is.
func worded(n int64) string {
	switch {
	case n >= mostTenths:
		return fmt.Sprintf("%d%%", mostTenths/10)
	case n >= 1000 || n <= -1000:
		return fmt.Sprintf("%d%%", n/10)
	case n < 0:
		return fmt.Sprintf("-%d.%d%%", -n/10, -n%10)
	}
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}

// mostTenths is the largest part that is told: 9,999 %.
const mostTenths = 99990

// tenths is part of whole in tenths of a percent, rounded to the nearest; whole
// is more than 0. It is exact for every amount that there can be.
func tenths(part, whole int64) int64 {
	n := new(big.Int).Mul(big.NewInt(part), big.NewInt(2000))
	if part < 0 {
		n.Sub(n, big.NewInt(whole))
	} else {
		n.Add(n, big.NewInt(whole))
	}
	n.Quo(n, new(big.Int).Mul(big.NewInt(2), big.NewInt(whole)))
	if !n.IsInt64() {
		return mostTenths
	}
	return n.Int64()
}

// shares are the parts of a whole in tenths of a percent. Where all parts count
// they sum to 1000, so that the percentages on the screen sum to 100.0: what is
// left over by cutting goes to those that lost most. Without a whole, nil.
func shares(parts []payment.Amount) []int64 {
	whole := int64(0)
	for _, p := range parts {
		whole += max(0, int64(p))
	}
	if whole == 0 {
		return nil
	}
	list, order := make([]int64, len(parts)), make([]int, len(parts))
	lost := make([]*big.Int, len(parts))
	left := int64(1000)
	for i, p := range parts {
		n := new(big.Int).Mul(big.NewInt(max(0, int64(p))), big.NewInt(1000))
		q, r := n.QuoRem(n, big.NewInt(whole), new(big.Int))
		list[i], lost[i], order[i] = q.Int64(), r, i
		left -= list[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	for _, i := range order[:left] {
		list[i]++
	}
	return list
}

// percent is tenths of a percent in words: "49.7%".
func percent(tenths int64) string { return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10) }
