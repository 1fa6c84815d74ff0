package channeltest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// keeper keeps all that anybody may get to read: what is logged, and every
// outcome with its errors.
type keeper struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write takes a line of the log.
func (k *keeper) Write(line []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.Write(line)
}

// heard keeps whatever a caller may print, in every form that shows fields.
func (k *keeper) heard(v any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	fmt.Fprintf(&k.text, "%v\n%+v\n%#v\n%s\n", v, v, v, v)
}

// mustNotKnow fails t when one of the words was kept.
func (k *keeper) mustNotKnow(t testing.TB, what string, words []string) {
	t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	text := k.text.String()
	for _, w := range words {
		if at := strings.Index(text, w); w != "" && at >= 0 {
			line := text[strings.LastIndexByte(text[:at], '\n')+1:]
			line, _, _ = strings.Cut(line, "\n")
			t.Errorf("%s can be read: %s", what, strings.ReplaceAll(line, w, "<here>"))
			return
		}
	}
}

// shortSecret is below what a line of a key or a token ever has: shorter ones
// may stand in a log by chance.
const shortSecret = 12

// pieces are the parts of a secret that are secret by themselves.
func pieces(secret string) []string {
	var out []string
	for _, line := range strings.Fields(secret) {
		if len(line) >= shortSecret && !strings.HasPrefix(line, "-----") && !strings.HasSuffix(line, "-----") {
			out = append(out, line)
		}
	}
	return out
}
