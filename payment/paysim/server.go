package paysim

import (
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

var (
	ErrNotLoopback = errors.New("paysim: listens on loopback only, such as 127.0.0.1:0") // another address was asked for
	ErrStarted     = errors.New("paysim: started already")
	ErrNotStarted  = errors.New("paysim: not started")
	ErrClosed      = errors.New("paysim: closed")
)

// server is the listening half of a simulator. It can be taken off the network
// and put back on the same port.
type server struct {
	closing chan struct{} // closed by stop

	mu       sync.Mutex
	handler  http.Handler
	errorLog *log.Logger
	http     *http.Server // nil while not listening
	listener net.Listener
	address  string // "" before Start
	closed   bool
	busy     sync.WaitGroup // requests being answered
}

func (s *server) prepare(h http.Handler, l *slog.Logger) {
	s.closing = make(chan struct{})
	s.errorLog = slog.NewLogLogger(l.Handler(), slog.LevelDebug)
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			hangUp(w, true)
			return
		}
		defer s.busy.Done()
		h.ServeHTTP(w, r)
	})
}

func (s *server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.busy.Add(1)
	return true
}

// Start listens on a loopback address: "127.0.0.1:0" takes any free port. It
// returns once connections are accepted.
func (s *Sim) Start(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("paysim: address: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w, not on %q", ErrNotLoopback, address)
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	switch {
	case s.server.closed:
		return ErrClosed
	case s.server.address != "":
		return ErrStarted
	}
	return s.server.listen(address)
}

// listen needs the lock.
func (s *server) listen(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("paysim: %w", err)
	}
	// A name may mean anything: what counts is where it ended up.
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		l.Close()
		return fmt.Errorf("%w, not on %s", ErrNotLoopback, l.Addr())
	}
	s.address = l.Addr().String()
	s.http = &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          s.errorLog,
	}
	s.listener = l
	go s.http.Serve(l)
	return nil
}

// hush needs the lock. The listener is closed by itself too: Serve may not
// have begun yet.
func (s *server) hush() {
	if s.http != nil {
		s.listener.Close()
		s.http.Close()
		s.http = nil
	}
}

// URL is the gateway's address, the till's alipay.gateway. It is empty before
// Start and stays the same while Offline.
func (s *Sim) URL() string { return s.base("/gateway.do") }

// ControlURL is what control calls begin with: URL + "/truth" and so on.
func (s *Sim) ControlURL() string { return s.base("/control") }

func (s *Sim) base(path string) string {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.server.address == "" {
		return ""
	}
	return "http://" + s.server.address + path
}

// Offline takes the simulator off the network (connections are refused and
// the open ones broken) or puts it back on the same port. Requests that have
// arrived are carried out all the same. The error is that of taking the port
// again; another program may have got it.
func (s *Sim) Offline(off bool) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	switch {
	case s.server.closed:
		return ErrClosed
	case s.server.address == "":
		return ErrNotStarted
	case off:
		s.server.hush()
	case s.server.http == nil:
		var err error
		for range 20 { // the system may hold the port for a moment
			if err = s.server.listen(s.server.address); err == nil {
				return nil
			}
			time.Sleep(50 * time.Millisecond)
		}
		return err
	}
	return nil
}

func (s *server) stop() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.closing)
	s.hush()
	s.mu.Unlock()
	s.busy.Wait()
}

// hangUp ends the connection without an answer: with a reset, or quietly, as a
// machine in between does that gives up.
func hangUp(w http.ResponseWriter, reset bool) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	c, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if t, ok := c.(*net.TCPConn); ok && reset {
		t.SetLinger(0)
	}
	c.Close()
}
