package scanner

import (
	"strings"
	"time"

	"frontdesk/payment"
)

// fastest is a key rate that no person reaches, forty strokes a second. It is
// what a late burst has to beat.
const fastest = 25 * time.Millisecond

// judge decides about the held characters, with the terminator at end. why is
// "" for a scan, whose first character is the from-th.
func (d *Detector) judge(end time.Time) (code string, from int, why Why) {
	b, r := &d.burst, d.rules
	code = string(b.chars)
	if r.Prefix != "" {
		if from = strings.Index(code, r.Prefix); from < 0 {
			return "", 0, WhyNoPrefix
		}
		code = code[from+len(r.Prefix):]
	}
	code, ok := strings.CutSuffix(code, r.Suffix)
	switch {
	case !ok:
		return "", 0, WhyNoPrefix
	case len(code) < r.MinLength:
		return "", 0, WhyShort
	case len(code) > r.MaxLength:
		return "", 0, WhyLong
	case r.Prefix != "":
		return code, from, ""
	case strings.Count(code, code[:1]) == len(code):
		return "", 0, WhyRepeat
	}
	// From the earliest moment at which its first key can have been pressed.
	perKey := end.Sub(b.earliest) / time.Duration(len(b.chars))
	switch {
	case !b.late && perKey > r.MaxGap:
		return "", 0, WhySlow
	case b.late && perKey > min(fastest, r.MaxGap) && !proves(code):
		return "", 0, WhyLate
	}
	return code, from, ""
}

// proves reports whether the content alone shows that it was scanned.
func proves(code string) bool {
	_, wallet := payment.Recognise(code)
	return wallet != payment.WalletNone
}
