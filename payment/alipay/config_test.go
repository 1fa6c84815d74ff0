package alipay_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/wire/wiretest"
)

// However a key is pasted, it is the same key: the gateway of the tests takes
// the signature, and the answer is believed. All forms are tried in payment/wire.
func TestAKeyIsTakenInEveryForm(t *testing.T) {
	private, public := keys().merchant, &keys().alipay.PublicKey
	unbroken := func(s string) string { return "\uFEFF" + strings.ReplaceAll(s, "\n", " ") }
	g := answers(t, success)
	for name, pair := range map[string][2]string{
		"bare":                 {pkcs1(private), publicText(public)},
		"PEM, the breaks lost": {unbroken(wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(private))), unbroken(wiretest.PEM("PUBLIC KEY", wiretest.PKIX(public)))},
	} {
		c := config(g.URL)
		c.AppID = " " + appID + "\n"
		c.PrivateKey, c.PublicKey = pair[0], pair[1]
		if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

func TestAMistakeInTheConfigurationIsNamed(t *testing.T) {
	merchant := keys().merchant
	certificate := wiretest.PEM("CERTIFICATE", selfSigned(merchant, "app"))
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
		{"own public key as private key", func(c *alipay.Config) { c.PrivateKey = publicText(&merchant.PublicKey) }, "private_key", alipay.KindKeyIsPublic},
		{"a certificate as private key", func(c *alipay.Config) { c.PrivateKey = certificate }, "private_key", alipay.KindKeyIsCert},
		{"a private key without its end", func(c *alipay.Config) { c.PrivateKey = private[:len(private)-200] }, "private_key", alipay.KindKeyTruncated},
		{"a key with a password", func(c *alipay.Config) { c.PrivateKey = wiretest.PEM("ENCRYPTED PRIVATE KEY", wiretest.PKCS8(merchant)) }, "private_key", alipay.KindKeyEncrypted},
		{"a key of 1024 bits", func(c *alipay.Config) { c.PrivateKey = pkcs1(wiretest.ShortKey()) }, "private_key", alipay.KindKeyShort},
		{"a key that is not RSA", func(c *alipay.Config) {
			c.PrivateKey = wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(wiretest.CurveKey()))
		}, "private_key", alipay.KindKeyNotRSA},
		{"the retired gateway's key", func(c *alipay.Config) { c.PrivateKey = "0123456789abcdefghijklmnopqrstuv" }, "private_key", alipay.KindKeyMD5},

		{"no Alipay key", func(c *alipay.Config) { c.PublicKey = "" }, "public_key", alipay.KindMissing},
		{"words as Alipay key", func(c *alipay.Config) { c.PublicKey = "none yet" }, "public_key", alipay.KindKeyNotPublic},
		{"own public key as Alipay's", func(c *alipay.Config) { c.PublicKey = publicText(&merchant.PublicKey) }, "public_key", alipay.KindOwnPublicKey},
		{"own private key as Alipay's", func(c *alipay.Config) { c.PublicKey = private }, "public_key", alipay.KindKeyIsPrivate},
		{"a certificate as Alipay key", func(c *alipay.Config) { c.PublicKey = certificate }, "public_key", alipay.KindKeyIsCert},
		{"an Alipay key of 1024 bits", func(c *alipay.Config) { c.PublicKey = publicText(&wiretest.ShortKey().PublicKey) }, "public_key", alipay.KindKeyShort},
		{"an Alipay key that is not RSA", func(c *alipay.Config) { c.PublicKey = publicText(&wiretest.CurveKey().PublicKey) }, "public_key", alipay.KindKeyNotRSA},

		{"words as gateway", func(c *alipay.Config) { c.Gateway = "open alipay" }, "gateway", alipay.KindGatewayForm},
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
			want := alipay.ConfigError{Field: tt.field, Kind: tt.kind}
			if all := c.Problems(); len(all) != 1 || *all[0] != want {
				t.Errorf("%v, want %s: %s", all, tt.field, tt.kind)
			}
			_, err := alipay.New(c)
			var problem *alipay.ConfigError
			if !errors.As(err, &problem) || *problem != want || !strings.HasPrefix(err.Error(), "alipay."+string(tt.field)+": ") {
				t.Errorf("New says %q", err)
			}
			wiretest.KeepsSecrets(t, nil, map[string]any{"the error": err}, wiretest.Heads(c.PrivateKey, c.PublicKey))
		})
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
	want := []string{"alipay.probe.skew"}
	for _, kind := range alipay.Kinds {
		want = append(want, "alipay.config."+string(kind))
		if sentence := (&alipay.ConfigError{Field: "app_id", Kind: kind}).Error(); strings.HasSuffix(sentence, ": ") {
			t.Errorf("%s has no sentence of its own", kind)
		}
	}
	for _, kind := range alipay.ProbeKinds {
		want = append(want, "alipay.probe."+string(kind)+".what", "alipay.probe."+string(kind)+".do")
	}
	wiretest.HasWords(t, want)
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
	wiretest.KeepsSecrets(t,
		map[string]string{"the log": log.String()},
		map[string]any{"the outcome": out, "the deposit": held, "the request": request, "the config": c, "the config's pointer": &c, "the channel": channel, "the channel by value": *channel},
		map[string]string{"private key": pkcs1(keys().merchant)[100:120], "token": c.AppAuthToken, "pay code": payCode.Raw(), "pay code's middle": payCode.Raw()[4:12]})
	if got, want := c.String(), "alipay app "+appID+" (key mode, for a merchant)"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
	if got, want := (alipay.Config{AppID: appID, AppCert: "x", Sandbox: true}).String(), "alipay app "+appID+" (certificate mode, sandbox)"; got != want {
		t.Errorf("the configuration is printed as %q, want %q", got, want)
	}
}
