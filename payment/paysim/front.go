package paysim

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
)

// exchange is one request of a front and its answer. Each front fills one for
// each request and hands it to Sim.serve, so that faults and logs are the same
// on every wire.
type exchange struct {
	front  string                          // for the log: the channel's name
	method string                          // what is asked for, in the channel's own words, as SetFault gets it; "" when the request names nothing
	run    func() passage                  // checks the request and carries it out
	refuse func(f Fault)                   // answers a Refused: in order, with Fault.Code and Fault.SubCode, nothing carried out
	said   func() []slog.Attr              // what the log says of request and answer; no secret, and no whole pay code
	encode func(FaultKind) (letter, error) // makes the answer as told: in order, or WrongKey, Unsigned or OtherOrder; what a wire cannot do is in order
}

// passage is the way back of an answer that a pay code or an amount forces. The
// zero value is in order. A fault that was ordered goes before it.
type passage struct {
	sending FaultKind
	quiet   bool // with ResetAfter: close the connection instead of resetting it
}

// letter is an answer ready for the wire.
type letter struct {
	status int // 0 is 200
	header http.Header
	body   []byte
}

// serve takes one request that was read from the wire and puts one answer on
// it, with the faults that were ordered in between.
func (s *Sim) serve(w http.ResponseWriter, x exchange) {
	fault := s.faults.next(x.method)
	if !s.sleep(fault.Delay) {
		hangUp(w, true)
		return
	}
	// From here on the request has arrived and is carried out, whether or not
	// the client is still there.
	var way passage
	switch fault.Kind {
	case ResetBefore, ErrorBefore: // never seen
	case Refused:
		x.refuse(fault)
	default:
		way = x.run()
	}
	if fault.Kind != NoFault {
		way = passage{sending: fault.Kind}
	}
	sent := string(way.sending)
	if sent == "" {
		sent = "signed"
	}
	attrs := append([]slog.Attr{slog.String("method", x.method), slog.String("sent", sent)}, x.said()...)
	s.log.LogAttrs(context.Background(), slog.LevelInfo, x.front, attrs...)
	if !s.sleep(fault.Hold) {
		hangUp(w, true)
		return
	}
	s.send(w, x, way)
}

// send puts the answer on the wire, or breaks it in the way that was ordered.
func (s *Sim) send(w http.ResponseWriter, x exchange, way passage) {
	switch way.sending {
	case ResetBefore, ResetAfter:
		hangUp(w, !way.quiet)
		return
	case ErrorBefore, ErrorAfter:
		errorPage(w, http.StatusInternalServerError)
		return
	case BadGateway:
		errorPage(w, http.StatusBadGateway)
		return
	}
	l, err := x.encode(way.sending)
	if err != nil {
		s.log.Error(x.front, "answer", err)
		errorPage(w, http.StatusInternalServerError)
		return
	}
	if l.status == 0 {
		l.status = http.StatusOK
	}
	for name, values := range l.header {
		w.Header()[name] = values
	}
	switch way.sending {
	case Garbage:
		w.WriteHeader(l.status)
		io.WriteString(w, "\x1f\x8b\x08 this is no answer")
	case Truncated:
		w.Header().Set("Content-Length", strconv.Itoa(len(l.body)))
		w.WriteHeader(l.status)
		w.Write(l.body[:len(l.body)/2]) // the server closes the connection over the missing half
	default:
		w.WriteHeader(l.status)
		w.Write(l.body)
	}
}

// errorPage is what a proxy in front of a service shows.
func errorPage(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	text := strconv.Itoa(status) + " " + http.StatusText(status)
	io.WriteString(w, "<html><head><title>"+text+"</title></head><body><h1>"+text+"</h1><hr>Tengine</body></html>\n")
}
