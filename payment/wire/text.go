package wire

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/payment"
)

// Compact cleans a pasted value that holds no spaces: an id, a key, an address.
// It drops white space, the marks that editors put in front of a text, and the
// two characters \n that a line break becomes in many settings files.
func Compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, `\n`, ""))
}

// OneLine is s with a space in the place of each character that cannot be
// printed, and none at its ends.
func OneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s))
}

// Clip is OneLine with at most so many characters.
func Clip(s string, most int) string {
	runes := []rune(OneLine(s))
	if len(runes) > most {
		runes = runes[:most]
	}
	return string(runes)
}

// ClipBytes is OneLine with at most so many bytes, and no half character. It is
// for fields of which a document does not say what it counts: bytes are the
// fewest.
func ClipBytes(s string, most int) string {
	s = OneLine(s)
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return strings.TrimSpace(s[:most])
}

// Token makes a code or a number that a service wrote fit for a log line and the
// ledger: one short word of printable characters.
func Token(s string) string { return Clip(s, 64) }

// payCodeInText finds what payment.Recognise takes for a pay code of any wallet.
var payCodeInText = regexp.MustCompile(`\b(?:(?:2[5-9]|30)\d{14,22}|fp[0-9A-Za-z]{33}|1[0-5]\d{16}|62\d{17}|01\d{17})\b`)

// Scrub masks the pay codes in a sentence that a service wrote, and keeps it
// short. A service may quote the whole request: what else is secret in that one
// the channel masks first.
func Scrub(message string) string {
	masked := payCodeInText.ReplaceAllStringFunc(message, func(code string) string { return payment.PayCode(code).String() })
	return Clip(masked, 300)
}
