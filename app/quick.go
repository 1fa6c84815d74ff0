package app

import (
	"encoding/json"
	"fmt"
	"strconv"

	"frontdesk/payment"
)

// QuickAmount is a key that adds a fixed amount: a name, a price, and how many
// of it at once (a fixed-amount code of the wallets: price × quantity).
type QuickAmount struct {
	Name     string         `json:"name"`
	Price    payment.Amount `json:"price"`    // fen for one
	Quantity int64          `json:"quantity"` // 1 or more
}

// ParseQuickAmounts reads the setting "till.quick": a JSON array of names,
// prices in fen and quantities. It refuses what cannot be sold.
func ParseQuickAmounts(s string) ([]QuickAmount, error) {
	if s == "" {
		return nil, nil
	}
	var list []QuickAmount
	if err := json.Unmarshal([]byte(s), &list); err != nil {
		return nil, fmt.Errorf("quick amounts: %w", err)
	}
	for i := range list {
		q := &list[i]
		if q.Quantity == 0 {
			q.Quantity = 1
		}
		total, ok := q.Price.Times(q.Quantity)
		if q.Name == "" || q.Quantity < 1 || !ok || total <= 0 {
			return nil, fmt.Errorf("quick amounts: line %d: a name, a price above zero and a quantity are needed", i+1)
		}
	}
	return list, nil
}

// FormatQuickAmounts writes what ParseQuickAmounts reads.
func FormatQuickAmounts(list []QuickAmount) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings and integers always marshal
	}
	return string(b)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
