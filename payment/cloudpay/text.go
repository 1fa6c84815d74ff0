package cloudpay

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/payment"
)

// token makes what the platform wrote fit for a log line and the ledger: one
// short word of printable characters.
func token(s string) string { return clip(s, 64) }

// clip keeps at most that many characters, all printable.
func clip(s string, most int) string {
	runes := []rune(oneLine(s))
	if len(runes) > most {
		runes = runes[:most]
	}
	return string(runes)
}

// clipBytes keeps at most that many bytes and no half character. The documents
// do not say what String(128) counts, and bytes are the fewest.
func clipBytes(s string, most int) string {
	s = oneLine(s)
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return strings.TrimSpace(s[:most])
}

// oneLine replaces what cannot be printed.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s))
}

var payCodeInText = regexp.MustCompile(`\b(?:(?:2[5-9]|30)\d{14,22}|fp[0-9A-Za-z]{33}|1[0-5]\d{16}|62\d{17}|01\d{17})\b`)

// scrub masks pay codes in a description of the platform.
func scrub(description string) string {
	return clip(payCodeInText.ReplaceAllStringFunc(description, func(code string) string { return payment.PayCode(code).String() }), 300)
}

func orDefault(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
