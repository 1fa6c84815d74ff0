package wire

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"regexp"
	"strings"
)

// MinKeyBits is the size that every service asks for.
const MinKeyBits = 2048

// PrivateKey reads a pasted RSA key, PKCS#1 or PKCS#8, PEM or bare base64. It is
// nil when something is wrong with it.
func (l *Problems) PrivateKey(text string, f Field) *rsa.PrivateKey {
	kind := KindKeyNotRSA
	switch found := firstBlock(text).(type) {
	case *rsa.PrivateKey:
		if found.N.BitLen() >= MinKeyBits {
			return found
		}
		kind = KindKeyShort
	case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		kind = KindKeyIsPublic
	case *x509.Certificate:
		kind = KindKeyIsCert
	case Kind:
		kind = found
	case nil:
		kind = KindKeyNotPrivate
	}
	l.Add(f, kind)
	return nil
}

// PublicKey reads a pasted RSA key, PKIX or PKCS#1, PEM or bare base64. It is nil
// when something is wrong with it.
func (l *Problems) PublicKey(text string, f Field) *rsa.PublicKey {
	kind := KindKeyNotRSA
	switch found := firstBlock(text).(type) {
	case *rsa.PublicKey:
		if found.N.BitLen() >= MinKeyBits {
			return found
		}
		kind = KindKeyShort
	case crypto.Signer: // which all private keys are
		kind = KindKeyIsPrivate
	case *x509.Certificate:
		kind = KindKeyIsCert
	case Kind:
		kind = found
	case nil:
		kind = KindKeyNotPublic
	}
	l.Add(f, kind)
	return nil
}

// firstBlock is what a key is read from. Some files go on with others.
func firstBlock(text string) any {
	if blocks := Blocks(text); len(blocks) > 0 {
		return blocks[0]
	}
	return KindMissing
}

// pemBlock is one block with its last line, or without it at the end of a text
// that was cut.
var pemBlock = regexp.MustCompile(`(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)(-----END [A-Z0-9 ]+-----|$)`)

// Blocks is what a pasted text holds, block by block and whatever their labels
// say: a private or public key of any kind as crypto/x509 has it, an
// *x509.Certificate, KindKeyTruncated, KindKeyEncrypted, or nil for what cannot
// be read. A text without any PEM line is one block of bare base64, an empty one
// holds none.
//
// It is more patient than encoding/pem, which wants the line breaks that get lost
// when a file is pasted into a field of one line.
func Blocks(text string) (found []any) {
	if Compact(text) == "" {
		return nil
	}
	parts := pemBlock.FindAllStringSubmatch(text, -1)
	if parts == nil {
		return []any{readBlock(Compact(text))}
	}
	for _, part := range parts {
		label, body, end := part[1], Compact(part[2]), part[3]
		switch {
		case strings.Contains(label, "ENCRYPTED"), strings.Contains(body, "ENCRYPTED"): // the older form says it inside
			found = append(found, KindKeyEncrypted)
		case end == "":
			found = append(found, KindKeyTruncated)
		default:
			found = append(found, readBlock(body))
		}
	}
	return found
}

func readBlock(body string) any {
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	if err != nil {
		// The last group may have been cut in the middle: what is before it tells.
		if der, err = base64.RawStdEncoding.DecodeString(body[:len(body)/4*4]); err != nil {
			return nil
		}
	}
	if shorterThanItSays(der) {
		return KindKeyTruncated
	}
	return parse(der)
}

// shorterThanItSays reads the length that stands at the head of a DER sequence.
func shorterThanItSays(der []byte) bool {
	if len(der) < 4 || der[0] != 0x30 {
		return false
	}
	switch der[1] {
	case 0x81:
		return len(der) < 3+int(der[2])
	case 0x82:
		return len(der) < 4+int(der[2])<<8+int(der[3])
	}
	return false
}

func parse(der []byte) any {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key
	}
	if key, err := x509.ParsePKIXPublicKey(der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return key
	}
	if cert, err := x509.ParseCertificate(der); err == nil {
		return cert
	}
	return nil
}
