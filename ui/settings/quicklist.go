package settings

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/app"
	"frontdesk/payment"
)

// quickRow is a quick amount as it is being typed.
type quickRow struct {
	name     string
	price    string // yuan, as typed
	quantity string // as typed; empty counts as 1
}

// maxQuick bounds the list: more keys than this nobody finds.
const maxQuick = 48

// quickRows reads a setting into rows. One that cannot be read gives none: it
// was written by hand and the page lets the shop begin anew.
func quickRows(setting string) []quickRow {
	list, err := app.ParseQuickAmounts(setting)
	if err != nil {
		return nil
	}
	rows := make([]quickRow, len(list))
	for i, q := range list {
		rows[i] = quickRow{q.Name, q.Price.String(), strconv.FormatInt(q.Quantity, 10)}
	}
	return rows
}

// amount reads a row. fault names the words of what is wrong with it, under
// "settings.quick.", and is empty when all is well.
func (r quickRow) amount(limit payment.Amount) (q app.QuickAmount, fault string) {
	q.Name = strings.TrimSpace(r.name)
	if q.Name == "" {
		return q, "need_name"
	}
	price, err := payment.ParseAmount(r.price)
	if err != nil || price <= 0 {
		return q, "bad_price"
	}
	q.Price, q.Quantity = price, 1
	if text := strings.TrimSpace(r.quantity); text != "" {
		if q.Quantity, err = strconv.ParseInt(text, 10, 64); err != nil || q.Quantity < 1 {
			return q, "bad_quantity"
		}
	}
	if total, ok := price.Times(q.Quantity); !ok || total > limit {
		return q, "too_much"
	}
	return q, ""
}

// quickSetting is what the rows are stored as. faults holds the words of what
// is wrong, by row; a row that is empty altogether is left out.
func quickSetting(rows []quickRow, limit payment.Amount) (setting string, faults map[int]string) {
	faults = map[int]string{}
	var list []app.QuickAmount
	for i, r := range rows {
		if r == (quickRow{}) {
			continue
		}
		q, fault := r.amount(limit)
		if fault != "" {
			faults[i] = fault
		}
		list = append(list, q)
	}
	return app.FormatQuickAmounts(list), faults
}

// moved is rows with the one at i a place up (-1) or down (+1).
func moved(rows []quickRow, i, by int) []quickRow {
	out := slices.Clone(rows)
	if to := i + by; i >= 0 && i < len(out) && to >= 0 && to < len(out) {
		out[i], out[to] = out[to], out[i]
	}
	return out
}
