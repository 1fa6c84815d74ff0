package alipay_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

func asPEM(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

func pkcs8(key any) []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return der
}

// otherKeys are keys that Alipay does not take.
var otherKeys = sync.OnceValues(func() (short *rsa.PrivateKey, curve *ecdsa.PrivateKey) {
	short, err1 := rsa.GenerateKey(rand.Reader, 1024)
	curve, err2 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err := errors.Join(err1, err2); err != nil {
		panic(err)
	}
	return short, curve
})

// However a key is pasted, it is the same key: the gateway of the tests takes
// the signature, and the answer is believed.
func TestAKeyIsTakenInEveryForm(t *testing.T) {
	private, public := keys().merchant, &keys().alipay.PublicKey
	onePKCS1, onePKCS8, onePKIX := pkcs1(private), base64.StdEncoding.EncodeToString(pkcs8(private)), publicText(public)
	spread := func(s string) string { // as from a mail: short lines, indented, with the marks of an editor
		var b strings.Builder
		b.WriteString("\uFEFF")
		for i := 0; i < len(s); i += 20 {
			b.WriteString("  " + s[i:min(i+20, len(s))] + " \r\n")
		}
		return b.String()
	}
	unbroken := func(s string) string { return strings.ReplaceAll(s, "\n", " ") }
	privatePEM1, privatePEM8 := asPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(private)), asPEM("PRIVATE KEY", pkcs8(private))
	publicPEM := asPEM("PUBLIC KEY", mustDecode(onePKIX))
	tests := map[string][2]string{
		"bare PKCS#1":             {onePKCS1, onePKIX},
		"bare PKCS#8":             {onePKCS8, onePKIX},
		"without the last signs":  {strings.TrimRight(onePKCS8, "="), strings.TrimRight(onePKIX, "=")},
		"spread over lines":       {spread(onePKCS8), spread(onePKIX)},
		"breaks written as \\n":   {strings.ReplaceAll(privatePEM8, "\n", `\n`), strings.ReplaceAll(publicPEM, "\n", `\n`)},
		"PEM, PKCS#1":             {privatePEM1, publicPEM},
		"PEM, PKCS#8":             {privatePEM8, publicPEM},
		"PEM, the breaks lost":    {unbroken(privatePEM8), unbroken(publicPEM)},
		"PEM after other text":    {"my key:\n" + privatePEM1 + "\nend", "Alipay's:\n" + publicPEM},
		"PEM, older public form":  {privatePEM1, asPEM("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(public))},
		"bare, older public form": {onePKCS1, base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PublicKey(public))},
	}
	g := answers(t, success)
	for name, pair := range tests {
		c := config(g.URL)
		c.AppID = " " + appID + "\n"
		c.PrivateKey, c.PublicKey = pair[0], pair[1]
		channel, err := alipay.New(c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if out := channel.Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Errorf("%s: %+v", name, out)
		}
		channel.Close()
	}
}

func mustDecode(s string) []byte {
	der, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return der
}

func TestAMistakeInTheConfigurationIsNamed(t *testing.T) {
	short, curve := otherKeys()
	merchant := keys().merchant
	certificate := asPEM("CERTIFICATE", selfSigned(merchant, "app"))
	private := pkcs1(merchant)
	tests := []struct {
		name   string
		change func(*alipay.Config)
		field  alipay.Field
		kind   alipay.Kind
	}{
		{"no app id", func(c *alipay.Config) { c.AppID = " " }, "app_id", alipay.KindMissing},
		{"an app id cut short", func(c *alipay.Config) { c.AppID = appID[:15] }, "app_id", alipay.KindAppIDForm},
		{"an app id of letters", func(c *alipay.Config) { c.AppID = "202100000000000O" }, "app_id", alipay.KindAppIDForm},
		{"the account number as app id", func(c *alipay.Config) { c.AppID = "2088123456789012" }, "app_id", alipay.KindAppIDIsPartner},

		{"no private key", func(c *alipay.Config) { c.PrivateKey = "\n" }, "private_key", alipay.KindMissing},
		{"words as private key", func(c *alipay.Config) { c.PrivateKey = "ask the boss" }, "private_key", alipay.KindKeyNotPrivate},
		{"noise as private key", func(c *alipay.Config) { c.PrivateKey = "AAAA" + private[4:] }, "private_key", alipay.KindKeyNotPrivate},
		{"own public key as private key", func(c *alipay.Config) { c.PrivateKey = publicText(&merchant.PublicKey) }, "private_key", alipay.KindKeyIsPublic},
		{"own public key, older form", func(c *alipay.Config) {
			c.PrivateKey = asPEM("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&merchant.PublicKey))
		}, "private_key", alipay.KindKeyIsPublic},
		{"a certificate as private key", func(c *alipay.Config) { c.PrivateKey = certificate }, "private_key", alipay.KindKeyIsCert},
		{"a bare certificate as private key", func(c *alipay.Config) {
			c.PrivateKey = base64.StdEncoding.EncodeToString(selfSigned(merchant, "app"))
		}, "private_key", alipay.KindKeyIsCert},
		{"a private key without its end", func(c *alipay.Config) { c.PrivateKey = private[:len(private)-200] }, "private_key", alipay.KindKeyTruncated},
		{"a private key without its last character", func(c *alipay.Config) { c.PrivateKey = strings.TrimRight(private, "=")[:len(private)-7] }, "private_key", alipay.KindKeyTruncated},
		{"a PEM without its last line", func(c *alipay.Config) {
			whole := asPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(merchant))
			c.PrivateKey = whole[:strings.Index(whole, "-----END")]
		}, "private_key", alipay.KindKeyTruncated},
		{"a key with a password", func(c *alipay.Config) { c.PrivateKey = asPEM("ENCRYPTED PRIVATE KEY", pkcs8(merchant)) }, "private_key", alipay.KindKeyEncrypted},
		{"a key with a password, older form", func(c *alipay.Config) {
			c.PrivateKey = strings.Replace(asPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(merchant)), "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n\n", 1)
		}, "private_key", alipay.KindKeyEncrypted},
		{"a key of 1024 bits", func(c *alipay.Config) { c.PrivateKey = pkcs1(short) }, "private_key", alipay.KindKeyShort},
		{"a key that is not RSA", func(c *alipay.Config) { c.PrivateKey = asPEM("PRIVATE KEY", pkcs8(curve)) }, "private_key", alipay.KindKeyNotRSA},
		{"the retired gateway's key", func(c *alipay.Config) { c.PrivateKey = "0123456789abcdefghijklmnopqrstuv" }, "private_key", alipay.KindKeyMD5},

		{"no Alipay key", func(c *alipay.Config) { c.PublicKey = "" }, "public_key", alipay.KindMissing},
		{"words as Alipay key", func(c *alipay.Config) { c.PublicKey = "none yet" }, "public_key", alipay.KindKeyNotPublic},
		{"own public key as Alipay's", func(c *alipay.Config) { c.PublicKey = publicText(&merchant.PublicKey) }, "public_key", alipay.KindOwnPublicKey},
		{"own private key as Alipay's", func(c *alipay.Config) { c.PublicKey = private }, "public_key", alipay.KindKeyIsPrivate},
		{"a certificate as Alipay key", func(c *alipay.Config) { c.PublicKey = certificate }, "public_key", alipay.KindKeyIsCert},
		{"an Alipay key without its end", func(c *alipay.Config) { c.PublicKey = c.PublicKey[:100] }, "public_key", alipay.KindKeyTruncated},
		{"an Alipay key of 1024 bits", func(c *alipay.Config) { c.PublicKey = publicText(&short.PublicKey) }, "public_key", alipay.KindKeyShort},
		{"an Alipay key that is not RSA", func(c *alipay.Config) { c.PublicKey = publicText(&curve.PublicKey) }, "public_key", alipay.KindKeyNotRSA},

		{"words as gateway", func(c *alipay.Config) { c.Gateway = "open alipay" }, "gateway", alipay.KindGatewayForm},
		{"a gateway without https", func(c *alipay.Config) { c.Gateway = "openapi.alipay.com/gateway.do" }, "gateway", alipay.KindGatewayForm},
		{"a gateway of files", func(c *alipay.Config) { c.Gateway = "file:///etc/hosts" }, "gateway", alipay.KindGatewayForm},
		{"a gateway with a password", func(c *alipay.Config) { c.Gateway = "https://me:secret@gateway.example/" }, "gateway", alipay.KindGatewayForm},
		{"a gateway in the clear", func(c *alipay.Config) { c.Gateway = "http://openapi.alipay.com/gateway.do" }, "gateway", alipay.KindGatewayInsecure},
		{"a receiver that is no account", func(c *alipay.Config) { c.SellerID = "shop@example.com" }, "seller_id", alipay.KindPartnerForm},
		{"a provider that is no account", func(c *alipay.Config) { c.SysServiceProviderID = "20881" }, "sys_service_provider_id", alipay.KindPartnerForm},
		{"a long shop number", func(c *alipay.Config) { c.StoreID = strings.Repeat("1", 33) }, "store_id", alipay.KindTooLong},
		{"a long till number", func(c *alipay.Config) { c.TerminalID = strings.Repeat("1", 33) }, "terminal_id", alipay.KindTooLong},
		{"a product code of words", func(c *alipay.Config) { c.ProductCode = "face to face" }, "product_code", alipay.KindProductForm},
		{"a QR product code of words", func(c *alipay.Config) { c.QRProductCode = "二维码" }, "qr_product_code", alipay.KindProductForm},
		{"a deposit's product code of words", func(c *alipay.Config) { c.HoldProductCode = "pre-auth" }, "hold_product_code", alipay.KindProductForm},
		{"a deposit that is confirmed after a month", func(c *alipay.Config) { c.HoldTimeout = 30 * 24 * time.Hour }, "hold_timeout", alipay.KindTimeRange},
		{"a negative time to confirm", func(c *alipay.Config) { c.HoldTimeout = -time.Minute }, "hold_timeout", alipay.KindTimeRange},
		{"a negative interval", func(c *alipay.Config) { c.QueryInterval = -time.Second }, "query_interval", alipay.KindTimeRange},
		{"a payment of days", func(c *alipay.Config) { c.PayTimeout = 48 * time.Hour }, "pay_timeout", alipay.KindTimeRange},
		{"a QR of three hours", func(c *alipay.Config) { c.QRTimeout = 3 * time.Hour }, "qr_timeout", alipay.KindTimeRange},
		{"a request of an hour", func(c *alipay.Config) { c.RequestTimeout = time.Hour }, "request_timeout", alipay.KindTimeRange},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := config("")
			tt.change(&c)
			channel, err := alipay.New(c)
			var problem *alipay.ConfigError
			if channel != nil || !errors.As(err, &problem) {
				t.Fatalf("New gives %v, %v", channel, err)
			}
			if problem.Field != tt.field || problem.Kind != tt.kind {
				t.Errorf("%s: %s; want %s: %s", problem.Field, problem.Kind, tt.field, tt.kind)
			}
			if !strings.HasPrefix(err.Error(), "alipay."+string(tt.field)+": ") || strings.HasSuffix(err.Error(), ": ") {
				t.Errorf("the sentence is %q", err)
			}
			for _, secret := range []string{c.PrivateKey, c.PublicKey} {
				if len(secret) > 20 && strings.Contains(err.Error(), secret[:20]) {
					t.Errorf("the sentence holds the key: %q", err)
				}
			}
			if all := c.Problems(); len(all) != 1 || *all[0] != *problem {
				t.Errorf("Problems lists %v", all)
			}
		})
	}
}

func TestAddressesThatAreTaken(t *testing.T) {
	for _, address := range []string{"https://gateway.example/gateway.do", " https://10.0.0.1:8443 \n", "http://localhost:8080/", "http://127.0.0.1:1", "http://[::1]:1/gateway.do"} {
		c := config(address)
		if problems := c.Problems(); len(problems) > 0 {
			t.Errorf("%q: %v", address, problems)
		}
	}
}

func TestAllMistakesAreListedAtOnce(t *testing.T) {
	var got []string
	for _, p := range (alipay.Config{SellerID: "x"}).Problems() {
		got = append(got, string(p.Field)+" "+string(p.Kind))
	}
	if want := "app_id missing, private_key missing, public_key missing, seller_id partner_form"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if problems := config("").Problems(); problems != nil {
		t.Errorf("a right configuration has the problems %v", problems)
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		want := []string{"alipay.probe.skew"}
		for _, kind := range alipay.Kinds {
			want = append(want, "alipay.config."+string(kind))
		}
		for _, kind := range alipay.ProbeKinds {
			want = append(want, "alipay.probe."+string(kind)+".what", "alipay.probe."+string(kind)+".do")
		}
		for _, key := range want {
			if !words.Has(key) {
				t.Errorf("%s: no sentence for %s", language, key)
			}
		}
	}
	for _, kind := range alipay.Kinds {
		if sentence := (&alipay.ConfigError{Field: "app_id", Kind: kind}).Error(); strings.HasSuffix(sentence, ": ") {
			t.Errorf("%s has no sentence of its own", kind)
		}
	}
}

// Whatever a programmer writes into a log line, the secrets are not in it.
func TestSecretsAreNeverPrinted(t *testing.T) {
	var log bytes.Buffer
	g := newGateway(t, func(w http.ResponseWriter, r request) {
		quoted := strings.ReplaceAll(r.Public.Get("biz_content"), `"`, `\"`)
		node := `{"code":"40002","sub_code":"isv.invalid-signature","sub_msg":"网关生成的验签字符串为：app_auth_token=` + r.Public.Get("app_auth_token") + `&biz_content=` + quoted + `"}`
		fmt.Fprint(w, envelope(r.Method, node, keys().alipay, node))
	})
	c := config(g.URL)
	c.AppAuthToken = "202611BBsecrettoken"
	c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	channel := newChannel(t, c)
	out := channel.Pay(t.Context(), payRequest())
	everything(t.Context(), channel)
	channel.Probe(t.Context())
	if !strings.Contains(log.String(), "验签字符串") || !strings.Contains(log.String(), orderNo) || !strings.Contains(log.String(), depositNo) {
		t.Fatalf("the log does not say what happened:\n%s", &log)
	}

	held, request := channel.Hold(t.Context(), holdRequest()), holdRequest()
	printed := map[string]string{"the log": log.String(), "the outcome": fmt.Sprintf("%+v %#v", out, out),
		"the deposit": fmt.Sprintf("%+v %#v %+v %#v", held, held, request, request)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		printed["config as "+verb] = fmt.Sprintf(verb, c)
		printed["config pointer as "+verb] = fmt.Sprintf(verb, &c)
		printed["config in a struct as "+verb] = fmt.Sprintf(verb, struct{ C alipay.Config }{c})
		printed["channel as "+verb] = fmt.Sprintf(verb, channel)
		printed["channel by value as "+verb] = fmt.Sprintf(verb, *channel)
	}
	asJSON, err := json.Marshal(c)
	if err == nil {
		printed["config as JSON"] = string(asJSON)
	}
	var structured bytes.Buffer
	slog.New(slog.NewJSONHandler(&structured, nil)).Info("config", "config", c, "inside", struct{ C alipay.Config }{c})
	printed["structured log"] = structured.String()

	for where, text := range printed {
		for name, secret := range map[string]string{"private key": pkcs1(keys().merchant)[100:120], "token": c.AppAuthToken, "pay code": payCode.Raw(), "pay code's middle": payCode.Raw()[4:12]} {
			if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
				t.Errorf("%s shows the %s:\n%s", where, name, text)
			}
		}
	}
	if got, want := c.String(), "alipay app "+appID+" (key mode, for a merchant)"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
	if got, want := (alipay.Config{AppID: appID, AppCert: "x", Sandbox: true}).String(), "alipay app "+appID+" (certificate mode, sandbox)"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
}
