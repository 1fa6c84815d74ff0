package scanner

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Rules say what a scan looks like. They are settings of the till, made to fit
// the scanner at hand.
type Rules struct {
	MinLength int           // of the code; shorter bursts are typing. Less than 6 only with a prefix
	MaxLength int           // of the code; longer bursts are replayed
	MaxGap    time.Duration // between the arrival of two characters; the screen's frames are part of it
	Enter     bool          // Enter ends a scan
	Tab       bool          // Tab ends a scan
	Prefix    string        // what the scanner is set to send before each code; "" for nothing
	Suffix    string        // what it is set to send after each code, before the terminator; "" for nothing
	Off       bool          // recognise nothing and hold nothing back, for a field where a PIN is typed
}

// DefaultRules fit scanners as they come out of the box: receipt numbers have
// 8 characters, pay codes 16 and more; keys that come 3 ms apart arrive in
// bursts of up to two frames.
func DefaultRules() Rules {
	return Rules{MinLength: 8, MaxLength: 256, MaxGap: 40 * time.Millisecond, Enter: true, Tab: true}
}

// Limits of the rules. Below 20 ms a frame of the screen parts a scan, above
// 100 ms people type like scanners.
const (
	minGap, maxGap = 20 * time.Millisecond, 100 * time.Millisecond
	longest        = 4096
	longestAffix   = 8
)

// ErrRules is wrapped by what Check returns.
var ErrRules = errors.New("scanner rules")

// Check names the first rule that cannot work.
func (r Rules) Check() error {
	switch {
	case r.MinLength < 1 || (r.MinLength < 6 && r.Prefix == ""):
		return fmt.Errorf("%w: minimum length %d, want 6 or more without a prefix", ErrRules, r.MinLength)
	case r.MaxLength < r.MinLength || r.MaxLength > longest:
		return fmt.Errorf("%w: maximum length %d, want %d to %d", ErrRules, r.MaxLength, r.MinLength, longest)
	case r.MaxGap < minGap || r.MaxGap > maxGap:
		return fmt.Errorf("%w: gap %v, want %v to %v", ErrRules, r.MaxGap, minGap, maxGap)
	case !r.Enter && !r.Tab:
		return fmt.Errorf("%w: neither Enter nor Tab ends a scan", ErrRules)
	case !printable(r.Prefix) || !printable(r.Suffix) || len(r.Prefix) > longestAffix || len(r.Suffix) > longestAffix:
		return fmt.Errorf("%w: prefix and suffix are at most %d printable ASCII characters", ErrRules, longestAffix)
	}
	return nil
}

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// fold turns a typed character into the ASCII character that the scanner meant:
// an input method in full-width mode changes them. ok is false for all others.
func fold(r rune) (folded byte, ok bool) {
	switch {
	case r >= ' ' && r <= '~':
		return byte(r), true
	case r >= 0xFF01 && r <= 0xFF5E:
		return byte(r - 0xFF01 + '!'), true
	case r == 0x3000:
		return ' ', true
	}
	return 0, false
}
