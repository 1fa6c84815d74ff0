package data

import "time"

// Plus is the business day n days after d, before it for n below 0; "" when d
// is no day.
func (d Day) Plus(n int) Day {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Day(at.AddDate(0, 0, n).Format(time.DateOnly))
}
