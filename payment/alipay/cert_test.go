package alipay_test

import (
	"crypto"
	"crypto/md5"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

// selfSigned makes a certificate for a key, as the tests need them.
func selfSigned(key crypto.Signer, name string) []byte {
	template := &x509.Certificate{SerialNumber: big.NewInt(int64(1000 + len(name))), Subject: pkixName(name), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	return wiretest.Must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key))
}

func pkixName(name string) pkix.Name {
	return pkix.Name{CommonName: name, Organization: []string{"Test, only"}, Country: []string{"CN"}}
}

func serialNo(der []byte) string {
	cert := wiretest.Must(x509.ParseCertificate(der))
	sum := md5.Sum([]byte(cert.Issuer.String() + cert.SerialNumber.String()))
	return hex.EncodeToString(sum[:])
}

// certFiles are the three files of certificate mode.
type certFiles struct{ app, alipay, root1, root2, curveRoot []byte }

func makeCerts() certFiles {
	return certFiles{selfSigned(keys().merchant, "app"), selfSigned(keys().alipay, "alipay"),
		selfSigned(keys().stranger, "first root"), selfSigned(keys().stranger, "the second root"), selfSigned(wiretest.CurveKey(), "a curve root")}
}

func (f certFiles) config(url string) alipay.Config {
	c := config(url)
	c.PublicKey = ""
	c.AppCert = wiretest.PEM("CERTIFICATE", f.app)
	c.AlipayCert = wiretest.PEM("CERTIFICATE", f.alipay) + wiretest.PEM("CERTIFICATE", f.root1) // the issuer follows, as in the real file
	c.RootCert = wiretest.PEM("CERTIFICATE", f.root1) + wiretest.PEM("CERTIFICATE", f.curveRoot) + wiretest.PEM("CERTIFICATE", f.root2)
	return c
}

func certEnvelope(method, node, number string) string {
	return fmt.Sprintf(`{"%s":%s,"alipay_cert_sn":"%s","sign":"%s"}`, responseName(method), node, number, sign(keys().alipay, node))
}

func TestCertificateMode(t *testing.T) {
	files := makeCerts()
	tests := []struct {
		name   string
		number string // of the certificate that the answer claims to be signed by
		result payment.Result
		reason payment.Reason
	}{
		{"the certificate that we have", serialNo(files.alipay), payment.Paid, ""},
		{"no number", "", payment.Paid, ""},
		{"a certificate that we do not have", "00000000000000000000000000000000", payment.Unknown, payment.ReasonWrongKeys},
		{"the application's own certificate", serialNo(files.app), payment.Unknown, payment.ReasonWrongKeys},
		{"the mark of key mode", "alipay-public-key", payment.Unknown, payment.ReasonWrongKeys},
	}
	for _, tt := range tests {
		for _, sandbox := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, sandbox %v", tt.name, sandbox), func(t *testing.T) {
				g := newGateway(t, func(w http.ResponseWriter, r request) { fmt.Fprint(w, certEnvelope(r.Method, success, tt.number)) })
				c := files.config(g.URL)
				c.Sandbox = sandbox
				out := newChannel(t, c).Pay(t.Context(), payRequest())
				if out.Result != tt.result || out.Reason != tt.reason {
					t.Errorf("%+v", out)
				}
				// One request: a certificate that we do not have is not downloaded.
				sent := g.only()
				if got := sent.Public.Get("app_cert_sn"); got != serialNo(files.app) {
					t.Errorf("app_cert_sn = %q", got)
				}
				if got, want := sent.Public.Get("alipay_root_cert_sn"), serialNo(files.root1)+"_"+serialNo(files.root2); got != want {
					t.Errorf("alipay_root_cert_sn = %q, want %q", got, want)
				}
			})
		}
	}
}

func TestCertificatesAreTakenInEveryForm(t *testing.T) {
	files := makeCerts()
	forms := map[string]func(string) string{
		"with Windows line ends": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"with the breaks lost":   func(s string) string { return strings.ReplaceAll(s, "\n", " ") },
		"indented":               func(s string) string { return "\uFEFF\n  " + strings.ReplaceAll(s, "\n", "\n\t") },
	}
	for name, form := range forms {
		g := newGateway(t, func(w http.ResponseWriter, r request) {
			fmt.Fprint(w, certEnvelope(r.Method, success, serialNo(files.alipay)))
		})
		c := files.config(g.URL)
		c.AppCert, c.AlipayCert, c.RootCert = form(c.AppCert), form(c.AlipayCert), form(c.RootCert)
		if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

func TestAMistakeInTheCertificatesIsNamed(t *testing.T) {
	files := makeCerts()
	app, other := wiretest.PEM("CERTIFICATE", files.app), wiretest.PEM("CERTIFICATE", files.alipay)
	curveCert := wiretest.PEM("CERTIFICATE", files.curveRoot)
	tests := []struct {
		name   string
		change func(*alipay.Config)
		field  alipay.Field
		kind   alipay.Kind
	}{
		{"a public key beside them", func(c *alipay.Config) { c.PublicKey = publicText(&keys().alipay.PublicKey) }, "public_key", alipay.KindTwoModes},
		{"no app certificate", func(c *alipay.Config) { c.AppCert = "" }, "app_cert", alipay.KindMissing},
		{"no Alipay certificate", func(c *alipay.Config) { c.AlipayCert = " \n" }, "alipay_cert", alipay.KindMissing},
		{"no root", func(c *alipay.Config) { c.RootCert = "" }, "root_cert", alipay.KindMissing},
		{"words as certificate", func(c *alipay.Config) { c.AppCert = "appCertPublicKey.crt" }, "app_cert", alipay.KindCertForm},
		{"a key as certificate", func(c *alipay.Config) { c.AppCert = wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(keys().merchant)) }, "app_cert", alipay.KindCertForm},
		{"half a certificate", func(c *alipay.Config) { c.AlipayCert = other[:len(other)/2] }, "alipay_cert", alipay.KindCertForm},
		{"another application's certificate", func(c *alipay.Config) { c.AppCert = other }, "app_cert", alipay.KindCertNotOurs},
		{"own certificate as Alipay's", func(c *alipay.Config) { c.AlipayCert = app }, "alipay_cert", alipay.KindOwnCert},
		{"an Alipay certificate that is not RSA", func(c *alipay.Config) { c.AlipayCert = curveCert }, "alipay_cert", alipay.KindKeyNotRSA},
		{"words as root", func(c *alipay.Config) { c.RootCert = "none" }, "root_cert", alipay.KindRootNotRSA},
		{"roots of another kind only", func(c *alipay.Config) { c.RootCert = wiretest.PEM("CERTIFICATE", selfSigned(wiretest.CurveKey(), "x")) }, "root_cert", alipay.KindRootNotRSA},
	}
	for _, tt := range tests {
		c := files.config("")
		tt.change(&c)
		problems := c.Problems()
		if len(problems) != 1 || problems[0].Field != tt.field || problems[0].Kind != tt.kind {
			t.Errorf("%s: %v; want %s: %s", tt.name, problems, tt.field, tt.kind)
		}
	}
}
