package wire_test

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment/wire"
	"frontdesk/payment/wire/wiretest"
)

var key = sync.OnceValue(wiretest.RSA)

// certificate is one of nobody in particular.
var certificate = sync.OnceValue(func() []byte {
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	return wiretest.Must(x509.CreateCertificate(rand.Reader, &template, &template, &key().PublicKey, key()))
})

// forms are the ways in which people paste what a file or a page shows.
func forms(label string, der []byte) map[string]string {
	file, bare := wiretest.PEM(label, der), wiretest.Bare(der)
	var mail strings.Builder // short lines, indented
	for i := 0; i < len(bare); i += 20 {
		mail.WriteString("  " + bare[i:min(i+20, len(bare))] + " \r\n")
	}
	return map[string]string{
		"the file":               file,
		"Windows line ends":      strings.ReplaceAll(file, "\n", "\r\n"),
		"the breaks lost":        strings.ReplaceAll(file, "\n", " "),
		"breaks written as \\n":  strings.ReplaceAll(file, "\n", `\n`),
		"after other text":       "my key:\n" + file + "\nend",
		"with an editor's marks": "\uFEFF \u200B" + file,
		"twice":                  file + file,
		"under another's label":  wiretest.PEM("DATA", der),
		"bare":                   bare,
		"without the last signs": strings.TrimRight(bare, "="),
		"as from a mail":         mail.String(),
	}
}

func TestAKeyIsTakenInEveryForm(t *testing.T) {
	for label, der := range map[string][]byte{"PRIVATE KEY": wiretest.PKCS8(key()), "RSA PRIVATE KEY": x509.MarshalPKCS1PrivateKey(key())} {
		for name, text := range forms(label, der) {
			var problems wire.Problems
			if got := problems.PrivateKey(text, "field"); got == nil || !got.Equal(key()) || problems != nil {
				t.Errorf("%s, %s: %v", label, name, problems)
			}
		}
	}
	for label, der := range map[string][]byte{"PUBLIC KEY": wiretest.PKIX(&key().PublicKey), "RSA PUBLIC KEY": x509.MarshalPKCS1PublicKey(&key().PublicKey)} {
		for name, text := range forms(label, der) {
			var problems wire.Problems
			if got := problems.PublicKey(text, "field"); got == nil || !got.Equal(&key().PublicKey) || problems != nil {
				t.Errorf("%s, %s: %v", label, name, problems)
			}
		}
	}
	for name, text := range forms("CERTIFICATE", certificate()) {
		blocks := wire.Blocks(text)
		if len(blocks) == 0 {
			t.Fatalf("%s: nothing found", name)
		}
		if got, ok := blocks[0].(*x509.Certificate); !ok || string(got.Raw) != string(certificate()) {
			t.Errorf("certificate, %s: %v", name, blocks[0])
		}
	}
}

func TestAMistakeWithAKeyIsNamed(t *testing.T) {
	own, short, curve := key(), wiretest.ShortKey(), wiretest.CurveKey()
	file := wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(own))
	bare := wiretest.Bare(x509.MarshalPKCS1PrivateKey(own))
	public := wiretest.Bare(wiretest.PKIX(&own.PublicKey))
	headless, _, _ := strings.Cut(file, "-----END")
	exchange := wiretest.Must(ecdh.X25519().GenerateKey(rand.Reader))
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, text          string
		asPrivate, asPublic wire.Kind
	}{
		{"nothing", "", wire.KindMissing, wire.KindMissing},
		{"white space", " \n", wire.KindMissing, wire.KindMissing},
		{"words", "ask the boss", wire.KindKeyNotPrivate, wire.KindKeyNotPublic},
		{"noise", "AAAA" + bare[4:], wire.KindKeyNotPrivate, wire.KindKeyNotPublic},
		{"a label and nothing in it", "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----", wire.KindKeyNotPrivate, wire.KindKeyNotPublic},
		{"the end of a file alone", "-----END PRIVATE KEY-----", wire.KindKeyNotPrivate, wire.KindKeyNotPublic},
		{"the private key", bare, "", wire.KindKeyIsPrivate},
		{"the public key", public, wire.KindKeyIsPublic, ""},
		{"the certificate", wiretest.PEM("CERTIFICATE", certificate()), wire.KindKeyIsCert, wire.KindKeyIsCert},
		{"half of it", bare[:400], wire.KindKeyTruncated, wire.KindKeyTruncated},
		{"without its last characters", strings.TrimRight(bare, "=")[:len(bare)-7], wire.KindKeyTruncated, wire.KindKeyTruncated},
		{"half a public key", public[:100], wire.KindKeyTruncated, wire.KindKeyTruncated},
		{"a file without its last line", headless, wire.KindKeyTruncated, wire.KindKeyTruncated},
		{"with a password", wiretest.PEM("ENCRYPTED PRIVATE KEY", []byte("x")), wire.KindKeyEncrypted, wire.KindKeyEncrypted},
		{"with a password, older form", strings.Replace(file, "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n\n", 1), wire.KindKeyEncrypted, wire.KindKeyEncrypted},
		{"1024 bits", wiretest.Bare(wiretest.PKCS8(short)), wire.KindKeyShort, wire.KindKeyIsPrivate},
		{"1024 bits, public", wiretest.Bare(wiretest.PKIX(&short.PublicKey)), wire.KindKeyIsPublic, wire.KindKeyShort},
		{"a curve", wiretest.Bare(wiretest.PKCS8(curve)), wire.KindKeyNotRSA, wire.KindKeyIsPrivate},
		{"a curve, older form", wiretest.PEM("EC PRIVATE KEY", wiretest.Must(x509.MarshalECPrivateKey(curve))), wire.KindKeyNotRSA, wire.KindKeyIsPrivate},
		{"a curve, public", wiretest.Bare(wiretest.PKIX(&curve.PublicKey)), wire.KindKeyIsPublic, wire.KindKeyNotRSA},
		{"Ed25519", wiretest.Bare(wiretest.PKCS8(edwards)), wire.KindKeyNotRSA, wire.KindKeyIsPrivate},
		{"Ed25519, public", wiretest.Bare(wiretest.PKIX(edwards.Public())), wire.KindKeyIsPublic, wire.KindKeyNotRSA},
		{"a key that signs nothing", wiretest.Bare(wiretest.PKCS8(exchange)), wire.KindKeyNotRSA, wire.KindKeyNotRSA},
	} {
		var private, public wire.Problems
		if key := private.PrivateKey(tt.text, "field"); told(t, private) != tt.asPrivate || (key == nil) != (tt.asPrivate != "") {
			t.Errorf("%s as private key: %v, want %q", tt.name, private, tt.asPrivate)
		}
		if key := public.PublicKey(tt.text, "field"); told(t, public) != tt.asPublic || (key == nil) != (tt.asPublic != "") {
			t.Errorf("%s as public key: %v, want %q", tt.name, public, tt.asPublic)
		}
	}
}

// A file of several certificates is read to its end, also past what cannot be
// read.
func TestEveryBlockIsFound(t *testing.T) {
	file := wiretest.PEM("CERTIFICATE", certificate())
	text := "# the root\n" + file + wiretest.PEM("CERTIFICATE", []byte("nobody knows this algorithm")) + wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(key())) + file[:len(file)/2]
	blocks := wire.Blocks(text)
	if len(blocks) != 4 {
		t.Fatalf("%d blocks", len(blocks))
	}
	_, cert := blocks[0].(*x509.Certificate)
	_, private := blocks[2].(*rsa.PrivateKey)
	if !cert || blocks[1] != nil || !private || blocks[3] != wire.KindKeyTruncated {
		t.Errorf("found %T, %T, %T, %v", blocks[0], blocks[1], blocks[2], blocks[3])
	}
}

// Whatever is pasted, a key comes out only where there is one, and nothing breaks.
func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"", "AAAA", "-----BEGIN X-----", "-----BEGIN X----------END X-----", "MIIB", "MIH/", "MIID", `\n`, wiretest.PEM("PUBLIC KEY", wiretest.PKIX(&key().PublicKey))} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range wire.Blocks(text) {
			if kind, ok := found.(wire.Kind); ok && kind != wire.KindKeyTruncated && kind != wire.KindKeyEncrypted {
				t.Errorf("%q holds %s", text, kind)
			}
		}
		var problems wire.Problems
		if key := problems.PrivateKey(text, "field"); (key == nil) != (len(problems) == 1) {
			t.Errorf("%q: %v with %v", text, key, problems)
		}
	})
}
