package settings

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// fingerprint is a short name for a secret by which two people can compare
// whether they have the same one: "9F3A 71C2". 32 bits of a hash give nothing
// of a key away. The same key has the same one with and without its PEM lines.
// It is empty for an empty secret.
func fingerprint(text string) string {
	text = compact(pemLine.ReplaceAllString(text, ""))
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprintf("%02X%02X %02X%02X", sum[0], sum[1], sum[2], sum[3])
}

var pemLine = regexp.MustCompile(`-----[A-Z0-9 ]+-----`)

// clean drops what comes along when a key is pasted: white space, line breaks,
// and the marks that editors put in front of a text. A PEM file keeps its
// lines, because its first and last line contain spaces themselves.
func clean(text string) string {
	if !pemLine.MatchString(text) {
		return compact(text)
	}
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimFunc(line, invisible); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func compact(text string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, text)
}

func invisible(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' }
