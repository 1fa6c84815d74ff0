package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"
)

// Seen is what a probe learns of the line beside its answer.
type Seen struct{ date time.Time }

type seenKey struct{}

// Watch makes a context in which a client of this package notes what it sees, of
// one request after the other.
func Watch(ctx context.Context) (context.Context, *Seen) {
	seen := new(Seen)
	return context.WithValue(ctx, seenKey{}, seen), seen
}

func noteDate(ctx context.Context, h http.Header) {
	if seen, ok := ctx.Value(seenKey{}).(*Seen); ok {
		seen.date, _ = http.ParseTime(h.Get("Date"))
	}
}

// Skew is how far this computer's clock is ahead of the other side's. began is
// when the request was sent, by the clock here, and took how long the answer
// needed. dated is false when no answer had a date.
func (s *Seen) Skew(began time.Time, took time.Duration) (skew time.Duration, dated bool) {
	if s.date.IsZero() {
		return 0, false
	}
	// The header has full seconds and was written about half way.
	return began.Add(took / 2).Sub(s.date).Truncate(time.Second), true
}

// Trouble is what kept an answer away.
type Trouble int

const (
	NoAnswer Trouble = iota // offline, blocked, or too slow
	BadTLS                  // somebody else answered at this address
	BadClock                // the other side's certificate has expired. It is in order: it is the clock here that is not
	Foreign                 // an answer that is not the service's
)

// TroubleOf tells a missing answer from somebody else's. foreign are the
// channel's own errors for the latter.
func TroubleOf(err error, foreign ...error) Trouble {
	var (
		expired x509.CertificateInvalidError
		chain   *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		status  *StatusError
		syntax  *json.SyntaxError
		form    *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &expired) && expired.Reason == x509.Expired:
		return BadClock
	case errors.As(err, &chain), errors.As(err, &record):
		return BadTLS
	case errors.As(err, &status), errors.As(err, &syntax), errors.As(err, &form), errors.Is(err, ErrTooLong), errors.Is(err, http.ErrSchemeMismatch),
		slices.ContainsFunc(foreign, func(own error) bool { return errors.Is(err, own) }):
		return Foreign
	}
	return NoAnswer
}
