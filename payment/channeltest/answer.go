package channeltest

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

// testAnswers puts every call in front of answers that no service gives: none of
// them is a yes, none is read without end, and none makes a call outlive its
// context.
func testAnswers(t *testing.T, b Bench) {
	eachAct(t, b, func(s *stage, a act) {
		again := a.kept()
		for _, h := range hostile {
			s.sub(h.name, func() { s.lies(again, h.meddle) })
		}
		s.sub("endless", func() { s.endless(again, capped, all) })
		if a.kind != once {
			s.sub("after all of them", func() { again.make().end() })
		}
		if a.kind == asks {
			a = again
		}
		s.sub("byte by byte", func() { s.byteByByte(a) })
		s.sub("changed on its way", func() { s.changed(a) })
		s.sub("never", func() { s.hangs(a) })
		s.sub("too late", func() { s.late(a) })
		s.sub("context ended", func() { s.ended(a) })
	})
}

// hostile are answers in place of the service's own. The request was carried out
// all the same.
var hostile = []struct {
	name   string
	meddle meddler
}{
	{"the answer with status 500", answered(func(r *http.Response, _ []byte) { r.StatusCode = http.StatusInternalServerError })},
	{"nobody listens", func(*http.Request, http.RoundTripper) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}},
	{"a redirect", answered(func(r *http.Response, _ []byte) {
		r.StatusCode = http.StatusTemporaryRedirect
		r.Header.Set("Location", "http://127.0.0.1:1/elsewhere")
	})},
	{"a log-in page", text("<html>Welcome to the hotel</html>")},
	{"nothing", text("")},
	{"null", text("null")},
	{"an empty object", text("{}")},
	{"an empty element", text("<xml></xml>")},
	{"the answer breaks off", answered(func(r *http.Response, whole []byte) {
		half := io.MultiReader(bytes.NewReader(whole[:len(whole)/2]), iotest.ErrReader(io.ErrUnexpectedEOF))
		r.Body = io.NopCloser(half)
	})},
	{"the answer ends early", answered(func(r *http.Response, whole []byte) {
		setBody(r, whole[:len(whole)/2])
	})},
}

// answered lets the service answer and changes what it said.
func answered(change func(r *http.Response, whole []byte)) meddler {
	return func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
		answer, err := next.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		whole, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			return nil, err
		}
		setBody(answer, whole)
		change(answer, whole)
		return answer, nil
	}
}

func setBody(r *http.Response, body []byte) {
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Header.Del("Content-Length")
}

func text(s string) meddler {
	return answered(func(r *http.Response, _ []byte) {
		r.StatusCode = http.StatusOK
		setBody(r, []byte(s))
	})
}

// lies answers every request of the call with what cannot be believed. One that
// may be repeated is brought to its end after all the lies.
func (s *stage) lies(a act, m meddler) {
	s.Helper()
	t := a.make()
	s.wire.with(m, func() {
		if said := t.call(s.Context()); said != "unknown" {
			s.Errorf("%s said %s", a.name, said)
		}
	})
	if a.kind == once {
		t.end()
	}
}

// capped is far above any true answer, and far below what an endless one sends;
// cappedFile is the same for a file that a channel gives out.
const (
	capped     = 8 << 20
	cappedFile = 72 << 20
)

// endless answers with blanks that never end, behind a true answer and alone. No
// more than most bytes of one may be read.
func (s *stage) endless(a act, most int64, among func(meddler) meddler) {
	s.Helper()
	for _, alone := range []bool{true, false} {
		var longest atomic.Int64
		s.lies(a, among(answered(func(r *http.Response, whole []byte) {
			r.StatusCode, r.ContentLength = http.StatusOK, -1
			if alone {
				whole = nil
			}
			r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(whole), &blanks{longest: &longest}))
		})))
		if read := longest.Load(); read > most {
			s.Errorf("%s read %d MB of an answer", a.name, read>>20)
		}
	}
}

// all meddles with every request of a call.
func all(m meddler) meddler { return m }

// blanks go on far beyond what anybody may read. longest is how far somebody did.
type blanks struct {
	read    int64
	longest *atomic.Int64
}

func (b *blanks) Read(p []byte) (int, error) {
	const end = 100 << 20
	n := copy(p, someBlanks)
	b.read += int64(n)
	b.longest.Store(max(b.longest.Load(), b.read))
	if b.read > end {
		return 0, io.EOF
	}
	return n, nil
}

const someBlanks = "                                                                                                                                "

// byteByByte sends the true answer one byte at a time.
func (s *stage) byteByByte(a act) {
	s.Helper()
	t := a.make()
	drip := answered(func(r *http.Response, whole []byte) {
		r.Body, r.ContentLength = io.NopCloser(iotest.OneByteReader(bytes.NewReader(whole))), -1
	})
	s.wire.with(drip, func() {
		if said := t.call(s.Context()); said != a.yes && said != waitingWord {
			s.Errorf("%s said %s", a.name, said)
		}
	})
	t.end()
}

// changed turns single bits of the answer, here and there. What the till makes
// of it is nothing, or the truth: some bits mean nothing.
func (s *stage) changed(a act) {
	s.Helper()
	const places = 5
	for n := range places {
		t := a.make()
		var once sync.Once
		flip := answered(func(_ *http.Response, whole []byte) {
			once.Do(func() {
				if len(whole) > 0 {
					whole[n*(len(whole)-1)/(places-1)] ^= 1
				}
			})
		})
		s.wire.with(flip, func() {
			if said := t.call(s.Context()); said != "unknown" && said != a.yes {
				s.Errorf("%s said %s after a bit had turned", a.name, said)
			}
		})
		t.end()
	}
}

// soon is when a call has to be back whose context has ended, on a machine that
// is busy with other things.
const soon = 10 * time.Second

// hangs lets a request stay without an answer. Each has a deadline of its own,
// and the caller's ends it as well.
func (s *stage) hangs(a act) {
	s.Helper()
	t := a.make()
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	var noDeadline bool
	began := time.Now()
	s.wire.with(func(r *http.Request, _ http.RoundTripper) (*http.Response, error) {
		_, has := r.Context().Deadline()
		noDeadline = noDeadline || !has
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	}, func() {
		if said := t.call(ctx); said != "unknown" {
			s.Errorf("%s said %s", a.name, said)
		}
	})
	if took := time.Since(began); took > soon {
		s.Errorf("%s came back %s after its context had ended", a.name, took)
	}
	if noDeadline {
		s.Errorf("%s sent a request without a deadline", a.name)
	}
	t.end()
}

// late loses the answer because the caller stopped waiting for it.
func (s *stage) late(a act) {
	s.Helper()
	t := a.make()
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	s.wire.with(func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		answer, err := next.RoundTrip(r.Clone(context.WithoutCancel(r.Context())))
		if err == nil {
			answer.Body.Close()
		}
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	}, func() {
		if said := t.call(ctx); said != "unknown" {
			s.Errorf("%s said %s", a.name, said)
		}
	})
	t.end()
}

// ended makes the call when its context has ended already.
func (s *stage) ended(a act) {
	s.Helper()
	t := a.make()
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	if said := t.call(ctx); said != "unknown" {
		s.Errorf("%s said %s", a.name, said)
	}
	t.end()
}
