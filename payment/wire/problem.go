package wire

import (
	"net/netip"
	"net/url"
	"regexp"
	"time"
)

// Field names a setting of a channel as the settings do, without the channel's
// name in front.
type Field string

// Kind says what is wrong with a field. Beside those below each channel has its
// own, and a sentence for all of them.
type Kind string

// The kinds that are found here.
const (
	KindMissing   Kind = "missing"
	KindTimeRange Kind = "time_range" // negative or too long

	KindKeyNotPrivate Kind = "key_not_private" // cannot be read as a private key
	KindKeyIsPublic   Kind = "key_is_public"   // a public key where the private one belongs
	KindKeyNotPublic  Kind = "key_not_public"  // cannot be read as a public key
	KindKeyIsPrivate  Kind = "key_is_private"  // a private key where a public one belongs
	KindKeyIsCert     Kind = "key_is_cert"     // a certificate where a key belongs
	KindKeyTruncated  Kind = "key_truncated"   // a part is missing at the end
	KindKeyEncrypted  Kind = "key_encrypted"   // protected by a password
	KindKeyShort      Kind = "key_short"       // fewer bits than MinKeyBits
	KindKeyNotRSA     Kind = "key_not_rsa"     // a key of another kind
)

// Problem is one field that cannot be used. It never holds the field's value:
// that may be a key.
type Problem struct {
	Field Field
	Kind  Kind
}

// Problems collects what is wrong with a Config, in the order in which its
// fields are read.
type Problems []Problem

// Add notes a problem.
func (l *Problems) Add(f Field, k Kind) { *l = append(*l, Problem{f, k}) }

// Unless notes a problem unless the field is fine.
func (l *Problems) Unless(fine bool, f Field, k Kind) {
	if !fine {
		l.Add(f, k)
	}
}

// Form checks a text that may not be missing.
func (l *Problems) Form(s string, rule *regexp.Regexp, f Field, k Kind) {
	if s == "" {
		k = KindMissing
	}
	l.Unless(rule.MatchString(s), f, k)
}

// Duration is d, or the default for zero. It may not be negative, nor more than
// most.
func (l *Problems) Duration(d, otherwise, most time.Duration, f Field) time.Duration {
	if d == 0 {
		return otherwise
	}
	l.Unless(d > 0 && d <= most, f, KindTimeRange)
	return d
}

// Address reads the address of a service, which was cleaned with Compact: https,
// or plain http to this very computer. A request carries pay codes. It is nil
// when something is wrong with it: form for the address itself, insecure for
// http to another computer.
func (l *Problems) Address(text string, f Field, form, insecure Kind) *url.URL {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http":
		l.Add(f, form)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		l.Add(f, insecure)
	default:
		return u
	}
	return nil
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
