package channeltest

import (
	"net/http"
	"sync"
)

// wire is the channel's way to the network. It counts what is sent, and can
// answer in place of the simulator.
type wire struct {
	mu     sync.Mutex
	sent   int
	verbs  []string // GET or POST, of what was sent since watching began
	meddle meddler
}

// meddler answers a request; next is the simulator. nil is next itself.
type meddler func(r *http.Request, next http.RoundTripper) (*http.Response, error)

func (w *wire) wrap(next http.RoundTripper) http.RoundTripper { return wrapped{w, next} }

type wrapped struct {
	*wire
	next http.RoundTripper
}

func (w wrapped) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent++
	w.verbs = append(w.verbs, r.Method)
	meddle := w.meddle
	w.mu.Unlock()
	if meddle == nil {
		return w.next.RoundTrip(r)
	}
	return meddle(r, w.next)
}

// with runs f while m answers, and says how many requests were sent meanwhile.
func (w *wire) with(m meddler, f func()) (sent int) {
	w.mu.Lock()
	before := w.sent
	w.meddle, w.verbs = m, nil
	w.mu.Unlock()
	f()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.meddle = nil
	return w.sent - before
}

// verb is how the n-th request since watching began was sent.
func (w *wire) verb(n int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n >= len(w.verbs) {
		return ""
	}
	return w.verbs[n]
}

// count is how many requests f sends.
func (w *wire) count(f func()) int { return w.with(nil, f) }
