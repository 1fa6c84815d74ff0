package main

import (
	"strconv"
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// The values of flags are checked with the line, before anything is opened;
// the commands read them afterwards and cannot fail.

// checkValue says what is wrong with a flag's value.
func checkValue(name, value string) error {
	switch name {
	case "amount", "received":
		a, err := payment.ParseAmount(value)
		if err != nil || a.Check(payment.MaxAmount) != nil {
			return usage("ctl.usage.amount", "flag", "--"+name, "value", shown(value))
		}
	case "nights":
		if n, err := strconv.Atoi(value); err != nil || n < 1 || n > 999 {
			return usage("ctl.usage.nights", "value", shown(value))
		}
	case "wallet":
		if w := payment.Wallet(value); w != payment.WalletAlipay && w != payment.WalletWeChat {
			return usage("ctl.usage.wallet", "value", shown(value))
		}
	case "timeout":
		if d, err := time.ParseDuration(value); err != nil || d <= 0 {
			return usage("ctl.usage.timeout", "value", shown(value))
		}
	case "day", "month", "year", "from", "to":
		if _, err := time.Parse(periodForms[name], value); err != nil {
			return usage("ctl.usage."+periodWords[name], "value", shown(value))
		}
	}
	return nil
}

var (
	periodForms = map[string]string{"day": time.DateOnly, "month": "2006-01", "year": "2006", "from": time.DateOnly, "to": time.DateOnly}
	periodWords = map[string]string{"day": "day", "month": "month", "year": "year", "from": "day", "to": "day"}
)

// checkPeriod holds that a range has two ends in their order.
func checkPeriod(l line) error {
	from, to := l.flags["from"], l.flags["to"]
	if (from == "") != (to == "") || to < from {
		return usage("ctl.usage.range")
	}
	if either := append(l.command.either, "from"); l.count(either) > 1 {
		return usage("ctl.usage.either", "flags", "--"+strings.Join(either, " --"))
	}
	return nil
}

// amount is the value of a flag that holds an amount.
func (c *call) amount(flag string) payment.Amount {
	a, _ := payment.ParseAmount(c.flags[flag])
	return a
}

// patience is how long a person or script waits: what --timeout says, or else
// the given time.
func (c *call) patience(otherwise time.Duration) time.Duration {
	if d, err := time.ParseDuration(c.flags["timeout"]); err == nil {
		return d
	}
	return otherwise
}

// period is the first and the last business day of what --day, --month, --year,
// or --from and --to name; today without any of them.
func (c *call) period() (from, to data.Day) {
	day := func(t time.Time) data.Day { return data.Day(t.Format(time.DateOnly)) }
	if first, err := time.Parse(periodForms["month"], c.flags["month"]); err == nil {
		return day(first), day(first.AddDate(0, 1, -1))
	}
	if first, err := time.Parse(periodForms["year"], c.flags["year"]); err == nil {
		return day(first), day(first.AddDate(1, 0, -1))
	}
	if from := c.flags["from"]; from != "" {
		return data.Day(from), data.Day(c.flags["to"])
	}
	if text := c.flags["day"]; text != "" {
		return data.Day(text), data.Day(text)
	}
	today := c.shop.Books.Today()
	return today, today
}
