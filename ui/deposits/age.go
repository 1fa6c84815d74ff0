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
	if d.Wallet == payment.WalletWeChat {
		key = "deposit.returns"
	}
	r = r.ofWallet(d.Wallet)
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

// wechatDays is after how long WeChat gives an untouched deposit back by itself,
// whatever the shop's contract with others says.
const wechatDays = 30

// ofWallet is the rule for deposits of a wallet.
func (r ageRule) ofWallet(w payment.Wallet) ageRule {
	if w != payment.WalletWeChat {
		return r
	}
	early := max(1, r.days-r.warn) // as long before the end as the shop wants to be told
	return ageRule{days: wechatDays, warn: max(1, wechatDays-early)}
}

// end is the day on which the channel's time is over.
func (r ageRule) end(d data.Deposit) data.Day {
	return data.Day(dayTime(d.Day).AddDate(0, 0, r.ofWallet(d.Wallet).days).Format(time.DateOnly))
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
