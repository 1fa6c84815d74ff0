package wechat

import (
	"crypto/x509"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
)

// block is one PEM block, or a bare base64 text, of a pasted file.
type block struct {
	label string // the PEM type; empty for bare base64
	der   []byte
}

var pemBlock = regexp.MustCompile(`(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)(-----END [A-Z0-9 ]+-----|$)`)

// readBlocks finds all blocks of a pasted text. It is more patient than
// encoding/pem, which wants the line breaks that get lost when a file is pasted
// into a field of one line.
func readBlocks(text string, unreadable Kind) ([]block, Kind) {
	text = strings.ReplaceAll(text, `\n`, "\n") // what a line break becomes in many settings files
	if compact(text) == "" {
		return nil, KindMissing
	}
	found := pemBlock.FindAllStringSubmatch(text, -1)
	if found == nil {
		found = [][]string{{"", "", text, "bare"}}
	}
	var blocks []block
	for _, part := range found {
		label, body, end := part[1], compact(part[2]), part[3]
		if strings.Contains(label, "ENCRYPTED") || strings.Contains(body, "ENCRYPTED") {
			return nil, KindKeyEncrypted
		}
		der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
		if err != nil {
			// The last group may have been cut in the middle: what is before it tells.
			der, err = base64.RawStdEncoding.DecodeString(body[:len(body)/4*4])
		}
		switch {
		case err != nil:
			return nil, unreadable
		case end == "" || shorterThanItSays(der):
			return nil, KindKeyTruncated
		}
		blocks = append(blocks, block{label, der})
	}
	return blocks, ""
}

// readBlock is the first block. Some files go on with others that do not matter.
func readBlock(text string, unreadable Kind) (block, Kind) {
	blocks, kind := readBlocks(text, unreadable)
	if kind != "" {
		return block{}, kind
	}
	return blocks[0], ""
}

// key is what the block holds, whatever its label says: a private key, a public
// key, a certificate, or nil.
func (b block) key() any {
	if key, err := x509.ParsePKCS8PrivateKey(b.der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PrivateKey(b.der); err == nil {
		return key
	}
	if key, err := x509.ParseECPrivateKey(b.der); err == nil {
		return key
	}
	if key, err := x509.ParsePKIXPublicKey(b.der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PublicKey(b.der); err == nil {
		return key
	}
	if cert, err := x509.ParseCertificate(b.der); err == nil {
		return cert
	}
	return nil
}

// shorterThanItSays reads the length that stands at the head of a DER sequence.
func shorterThanItSays(der []byte) bool {
	if len(der) < 4 || der[0] != 0x30 || der[1] < 0x81 || der[1] > 0x82 {
		return false
	}
	head, length := 2, 0
	for range der[1] & 0x7f {
		length = length<<8 + int(der[head])
		head++
	}
	return len(der) < head+length
}

// compact drops white space and the marks that editors put in front of a text.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, s)
}
