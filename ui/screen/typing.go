package screen

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// LastCode tells whether the same pay code is scanned again, without keeping
// the code. The zero value knows of none.
type LastCode struct {
	digest [sha256.Size]byte
	at     time.Time
}

// KeepCode remembers a code that was just sent.
func KeepCode(code string, now time.Time) LastCode {
	return LastCode{sha256.Sum256([]byte(code)), now}
}

// Is reports whether it was this code.
func (l LastCode) Is(code string) bool {
	return !l.at.IsZero() && l.digest == sha256.Sum256([]byte(code))
}

// twice is how soon after a scan the same code is a second reading of it and
// not a second try.
const twice = 3 * time.Second

// Fresh reports whether the code was sent only a moment ago.
func (l LastCode) Fresh(now time.Time) bool { return now.Sub(l.at) < twice }

// NewDraft names an amount that is being taken, or a dialog. It is random, so
// that it never meets that of an earlier run in the ledger.
func NewDraft(kind string) string {
	raw := make([]byte, 12)
	rand.Read(raw) // never fails since Go 1.24
	return kind + hex.EncodeToString(raw)
}

// Plain turns the full-width forms that an input method types into plain ones.
func Plain(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}
