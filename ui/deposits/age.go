package deposits

import (
	"time"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
)

// ageRule is how long the channels hold a deposit, and from which day on a
// person is told that one is old.
type ageRule struct{ days, warn int }

// age is how long a deposit is held, in words.
type age struct {
	day    string // 第 4 天
	expiry string // 27 天后到期
	old    bool   // a person should see to it
}

// of is the age of a deposit on a day. Cash has no end.
func (r ageRule) of(w *lang.Words, d data.Deposit, today data.Day) age {
	n := daysBetween(d.Day, today)
	a := age{day: w.T("deposit.day.nth", "n", n+1)}
	if n <= 0 {
		a.day = w.T("deposit.day.first")
	}
	if d.Channel == payment.Cash {
		a.expiry = w.T("deposit.expiry.cash")
		return a
	}
	key := "deposit.expiry"
	if d.Channel == payment.WeChat { // it gives an old deposit back by itself
		key = "deposit.returns"
	}
	left := r.days - max(0, n)
	a.old = n+1 >= r.warn
	switch {
	case left > 0:
		a.expiry = w.T(key, "n", left)
	case left == 0:
		a.expiry = w.T(key + ".today")
	default:
		a.expiry = w.T(key+".over", "n", -left)
	}
	return a
}

// end is the day on which the channel's time is over.
func (r ageRule) end(d data.Deposit) data.Day {
	return data.Day(dayTime(d.Day).AddDate(0, 0, r.days).Format(time.DateOnly))
}

// daysBetween is how many days lie between two business days.
func daysBetween(from, to data.Day) int { return int(dayTime(to).Sub(dayTime(from)).Hours() / 24) }

// dayTime counts days in UTC: they are names, not moments.
func dayTime(d data.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // the ledger makes no others
	return t
}

// shortDay leaves the year out where it is this one.
func shortDay(d, today data.Day) string {
	if len(d) > 5 && len(today) > 4 && d[:4] == today[:4] {
		return string(d[5:])
	}
	return string(d)
}
