package app

import (
	"fmt"
	"strings"

	"frontdesk/payment"
)

// ShopMode is what a shop takes: it decides which tabs and keys there are.
type ShopMode string

const (
	ModeSales    ShopMode = "sales"    // 仅收银
	ModeDeposits ShopMode = "deposits" // 仅押金
	ModeBoth     ShopMode = "both"     // 收银+押金
)

// ParseShopMode reads the setting "shop.mode". While nothing is set, a shop
// takes sales only, and practice mode shows all there is.
func ParseShopMode(setting string, practice bool) ShopMode {
	switch mode := ShopMode(setting); {
	case mode == ModeSales, mode == ModeDeposits, mode == ModeBoth:
		return mode
	case practice:
		return ModeBoth
	}
	return ModeSales
}

// Sales reports whether sales are taken.
func (m ShopMode) Sales() bool { return m != ModeDeposits }

// Deposits reports whether deposits are taken.
func (m ShopMode) Deposits() bool { return m == ModeDeposits || m == ModeBoth }

// MaxDepositAmounts is how many usual deposits there can be: as many as the
// keys beside the keypad.
const MaxDepositAmounts = 8

// ParseDepositAmounts reads the setting "deposit.amounts": the usual deposits in
// yuan with spaces between them.
func ParseDepositAmounts(s string) ([]payment.Amount, error) {
	var list []payment.Amount
	for _, word := range strings.Fields(strings.ReplaceAll(s, "，", " ")) {
		a, err := payment.ParseAmount(word)
		if err == nil {
			err = a.Check(payment.MaxAmount)
		}
		if err != nil {
			return nil, fmt.Errorf("usual deposits: %q: %w", word, err)
		}
		list = append(list, a)
	}
	if len(list) > MaxDepositAmounts {
		return nil, fmt.Errorf("usual deposits: %d of them, at most %d", len(list), MaxDepositAmounts)
	}
	return list, nil
}
