package settings

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
)

// The checks are those of app.Settings, made before saving and with a sentence
// at the field. An empty value takes a setting back to its default.

// isAmount wants money above zero.
func isAmount(w *lang.Words) func(string) string {
	return func(s string) string {
		if s == "" {
			return ""
		}
		if a, err := payment.ParseAmount(s); err != nil || a.Check(payment.MaxAmount) != nil {
			return w.T("settings.bad.amount")
		}
		return ""
	}
}

// isCount wants a whole number in a range.
func isCount(w *lang.Words, low, high int) func(string) string {
	return func(s string) string {
		if n, err := strconv.Atoi(s); s != "" && (err != nil || n < low || n > high) {
			return w.T("settings.bad.count", "low", low, "high", high)
		}
		return ""
	}
}

// inUnits shows a duration as a number of units: "60s" as 60.
func inUnits(unit time.Duration) convert {
	suffix := map[time.Duration]string{time.Minute: "m", time.Second: "s", time.Millisecond: "ms"}[unit]
	return convert{
		show: func(stored string) string {
			d, err := time.ParseDuration(stored)
			if err != nil {
				return strings.TrimSuffix(stored, suffix)
			}
			return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64)
		},
		store: func(typed string) string {
			if typed = strings.TrimSpace(typed); typed == "" {
				return ""
			}
			return typed + suffix
		},
	}
}

// isDuration wants a whole number of units in a range.
func isDuration(w *lang.Words, unit time.Duration, low, high int) func(string) string {
	count := isCount(w, low, high)
	return func(stored string) string {
		if stored == "" {
			return ""
		}
		return count(inUnits(unit).show(stored))
	}
}

// isURL wants an address.
func isURL(w *lang.Words) func(string) string {
	return func(s string) string {
		u, err := url.Parse(s)
		if s != "" && (err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http")) {
			return w.T("settings.bad.url")
		}
		return ""
	}
}

// isURLs wants addresses with spaces or line breaks between them.
func isURLs(w *lang.Words) func(string) string {
	one := isURL(w)
	return func(s string) string {
		for word := range strings.FieldsSeq(s) {
			if fault := one(word); fault != "" {
				return fault
			}
		}
		return ""
	}
}

// isLines wants few and short lines, as they fit on paper or into a dialog.
func isLines(w *lang.Words, count, length int) func(string) string {
	return func(s string) string {
		lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
		for _, line := range lines {
			if len(lines) > count || len([]rune(line)) > length {
				return w.T("settings.bad.lines", "count", count, "length", length)
			}
		}
		return ""
	}
}

// isHostPort reports an address and a port: "192.168.1.50:9100". An IPv6
// address stands in brackets.
func isHostPort(s string) bool {
	i := strings.LastIndexByte(s, ':')
	if i <= 0 || strings.ContainsAny(s, " /") {
		return false
	}
	host, bracketed := strings.CutPrefix(s[:i], "[")
	host, closed := strings.CutSuffix(host, "]")
	port, err := strconv.Atoi(s[i+1:])
	return host != "" && bracketed == closed && bracketed == strings.Contains(host, ":") && err == nil && port > 0 && port < 1<<16
}
