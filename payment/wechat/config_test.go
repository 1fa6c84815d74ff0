package wechat_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wechat"
	"frontdesk/payment/wire/wiretest"
)

// However a file is pasted, it is the same key: the gateway of the tests takes
// the signature, and the answer is believed. All forms are tried in payment/wire.
func TestAKeyIsTakenInEveryForm(t *testing.T) {
	files := [3]string{keys().merchant.privatePEM(), keys().platform.publicPEM(), keys().merchant.certPEM()}
	unbroken := func(s string) string { return "\uFEFF" + strings.ReplaceAll(s, "\n", " ") }
	g := newGateway(t, says(200, paidOrder("SUCCESS", "MICROPAY")))
	for name, pasted := range map[string][3]string{
		"as the files are":  files,
		"the breaks lost":   {unbroken(files[0]), unbroken(files[1]), unbroken(files[2])},
		"without the lines": {wiretest.Bare(wiretest.PKCS8(keys().merchant.key)), wiretest.Bare(wiretest.PKIX(&keys().platform.key.PublicKey)), wiretest.Bare(keys().merchant.cert.Raw)},
	} {
		c := config(g.URL)
		c.AppID, c.MchID = " "+appID+"\n", mchID+" "
		c.PrivateKey, c.PublicKey, c.MerchantCert = pasted[0], pasted[1], pasted[2]
		for how, serial := range map[string]string{"given": strings.ToLower(keys().merchant.serial), "with colons": keys().merchant.serial[:2] + ":" + keys().merchant.serial[2:], "taken from the certificate": ""} {
			c.MerchantSerial = serial
			if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
				t.Errorf("%s, serial %s: %+v", name, how, out)
			}
		}
	}
}

// Three ways to trust WeChat, and what each of them believes.
func TestWhatIsTrusted(t *testing.T) {
	byKey := byWeChat()
	byCert := signer{key: keys().platform.key, serial: keys().platform.serial}
	byOther := signer{key: keys().stranger.key, serial: keys().stranger.serial}
	key := func(c *wechat.Config) { c.PublicKeyID, c.PublicKey = keyID, keys().platform.publicPEM() }
	cert := func(c *wechat.Config) { c.PlatformCerts = keys().platform.certPEM() }
	certs := func(c *wechat.Config) { c.PlatformCerts = keys().stranger.certPEM() + "\n" + keys().platform.certPEM() }
	both := func(c *wechat.Config) { key(c); cert(c) }
	tests := []struct {
		name    string
		trust   func(*wechat.Config)
		signed  signer
		believe bool
		asks    string // the key by which the request wants its answer signed
	}{
		{"public key", key, byKey, true, keyID},
		{"public key, signed by a certificate", key, byCert, false, keyID},
		{"public key, signed by a stranger under its name", key, signer{key: keys().stranger.key, serial: keyID}, false, keyID},
		{"certificate", cert, byCert, true, keys().platform.serial},
		{"certificate, signed by the public key", cert, byKey, false, keys().platform.serial},
		{"certificate, signed by another one", cert, byOther, false, keys().platform.serial},
		{"two certificates", certs, byCert, true, ""},
		{"two certificates, signed by the other", certs, byOther, true, ""},
		{"both", both, byKey, true, keyID},
		{"both, signed by the certificate", both, byCert, true, keyID},
		{"both, signed by a stranger", both, byOther, false, keyID},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := paidOrder("SUCCESS", "MICROPAY")
			g := newGateway(t, func(w http.ResponseWriter, _ request) {
				tt.signed.headers(w.Header(), body)
				io.WriteString(w, body)
			})
			c := config(g.URL)
			c.PublicKeyID, c.PublicKey = "", ""
			tt.trust(&c)
			out := newChannel(t, c).Pay(t.Context(), payRequest())
			if asks := g.sent()[0].Accept; asks != tt.asks && tt.asks != "" {
				t.Errorf("asks for %s", asks)
			}
			if tt.believe != (out.Result == payment.Paid) || !tt.believe && out.Reason != payment.ReasonWrongKeys {
				t.Errorf("%+v", out)
			}
		})
	}
}

func TestAMistakeInTheConfigurationIsNamed(t *testing.T) {
	own, platform, stranger := keys().merchant, keys().platform, keys().stranger
	private := own.privatePEM()
	tests := []struct {
		name   string
		change func(*wechat.Config)
		field  wechat.Field
		kind   wechat.Kind
	}{
		{"no app id", func(c *wechat.Config) { c.AppID = " " }, "app_id", wechat.KindMissing},
		{"an app id cut short", func(c *wechat.Config) { c.AppID = appID[:17] }, "app_id", wechat.KindAppIDForm},
		{"Alipay's app id", func(c *wechat.Config) { c.AppID = "2021000000000001" }, "app_id", wechat.KindAppIDForm},
		{"no merchant number", func(c *wechat.Config) { c.MchID = "" }, "mch_id", wechat.KindMissing},
		{"a merchant number of letters", func(c *wechat.Config) { c.MchID = "19000001O9" }, "mch_id", wechat.KindMchIDForm},
		{"a long merchant number", func(c *wechat.Config) { c.MchID = "19000001090" }, "mch_id", wechat.KindMchIDForm},
		{"a sub-merchant of letters", func(c *wechat.Config) { c.SubMchID = "my shop" }, "sub_mch_id", wechat.KindMchIDForm},
		{"its own sub-merchant", func(c *wechat.Config) { c.SubMchID = c.MchID }, "sub_mch_id", wechat.KindSameMchID},
		{"a sub-merchant's app id of letters", func(c *wechat.Config) { c.SubMchID, c.SubAppID = subMchID, "app" }, "sub_app_id", wechat.KindAppIDForm},

		{"no private key", func(c *wechat.Config) { c.PrivateKey = "\n" }, "private_key", wechat.KindMissing},
		{"words as private key", func(c *wechat.Config) { c.PrivateKey = "ask the boss" }, "private_key", wechat.KindKeyNotPrivate},
		{"the public key as private key", func(c *wechat.Config) { c.PrivateKey = own.publicPEM() }, "private_key", wechat.KindKeyIsPublic},
		{"the certificate as private key", func(c *wechat.Config) { c.PrivateKey = own.certPEM() }, "private_key", wechat.KindKeyIsCert},
		{"a private key without its end", func(c *wechat.Config) { c.PrivateKey = wiretest.Bare(wiretest.PKCS8(own.key))[:1000] }, "private_key", wechat.KindKeyTruncated},
		{"a key with a password", func(c *wechat.Config) { c.PrivateKey = wiretest.PEM("ENCRYPTED PRIVATE KEY", wiretest.PKCS8(own.key)) }, "private_key", wechat.KindKeyEncrypted},
		{"a key of 1024 bits", func(c *wechat.Config) {
			c.PrivateKey = wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(wiretest.ShortKey()))
		}, "private_key", wechat.KindKeyShort},
		{"a key that is not RSA", func(c *wechat.Config) {
			c.PrivateKey = wiretest.PEM("PRIVATE KEY", wiretest.PKCS8(wiretest.CurveKey()))
		}, "private_key", wechat.KindKeyNotRSA},

		{"another's certificate", func(c *wechat.Config) { c.MerchantCert, c.MerchantSerial = stranger.certPEM(), stranger.serial }, "merchant_cert", wechat.KindCertNotOurs},
		{"words as certificate", func(c *wechat.Config) { c.MerchantCert = "yes" }, "merchant_cert", wechat.KindCertForm},
		{"the key as certificate", func(c *wechat.Config) { c.MerchantCert = private }, "merchant_cert", wechat.KindKeyIsPrivate},
		{"the public key as certificate", func(c *wechat.Config) { c.MerchantCert = own.publicPEM() }, "merchant_cert", wechat.KindCertForm},
		{"half a certificate", func(c *wechat.Config) { c.MerchantCert = wiretest.Bare(own.cert.Raw)[:400] }, "merchant_cert", wechat.KindKeyTruncated},
		{"no serial number", func(c *wechat.Config) { c.MerchantSerial = "" }, "merchant_serial", wechat.KindMissing},
		{"a serial number of words", func(c *wechat.Config) { c.MerchantSerial = "see the file" }, "merchant_serial", wechat.KindSerialForm},
		{"another certificate's number", func(c *wechat.Config) { c.MerchantCert, c.MerchantSerial = own.certPEM(), stranger.serial }, "merchant_serial", wechat.KindSerialNotOfCert},
		{"the public key's id as number", func(c *wechat.Config) { c.MerchantSerial = keyID }, "merchant_serial", wechat.KindSerialIsKeyID},
		{"the platform certificate's number", func(c *wechat.Config) { c.PlatformCerts, c.MerchantSerial = platform.certPEM(), platform.serial }, "merchant_serial", wechat.KindSerialIsKeyID},

		{"a key without its id", func(c *wechat.Config) { c.PublicKeyID = "" }, "public_key_id", wechat.KindMissing},
		{"an id without its key", func(c *wechat.Config) { c.PublicKey = "" }, "public_key", wechat.KindMissing},
		{"an id without its key, beside certificates", func(c *wechat.Config) { c.PublicKey, c.PlatformCerts = "", platform.certPEM() }, "public_key", wechat.KindMissing},
		{"a serial number as id", func(c *wechat.Config) { c.PublicKeyID = platform.serial }, "public_key_id", wechat.KindKeyIDForm},
		{"words as WeChat's key", func(c *wechat.Config) { c.PublicKey = "none yet" }, "public_key", wechat.KindKeyNotPublic},
		{"own public key as WeChat's", func(c *wechat.Config) { c.PublicKey = own.publicPEM() }, "public_key", wechat.KindOwnPublicKey},
		{"own private key as WeChat's", func(c *wechat.Config) { c.PublicKey = private }, "public_key", wechat.KindKeyIsPrivate},
		{"a certificate as WeChat's key", func(c *wechat.Config) { c.PublicKey = platform.certPEM() }, "public_key", wechat.KindKeyIsCert},
		{"own certificate as WeChat's", func(c *wechat.Config) { c.PlatformCerts = platform.certPEM() + own.certPEM() }, "platform_certs", wechat.KindOwnCert},
		{"words as WeChat's certificate", func(c *wechat.Config) { c.PlatformCerts = "later" }, "platform_certs", wechat.KindCertForm},

		{"a short v3 key", func(c *wechat.Config) { c.APIv3Key = "secret" }, "apiv3_key", wechat.KindSecretLength},
		{"a long v2 key", func(c *wechat.Config) { c.APIv2Key = v2Key + "4" }, "apiv2_key", wechat.KindSecretLength},
		{"a v2 key of Chinese", func(c *wechat.Config) { c.APIv2Key = strings.Repeat("钥", 32) }, "apiv2_key", wechat.KindSecretLength},
		{"deposits without a certificate", func(c *wechat.Config) { *c = partner(""); c.MerchantCert = "" }, "merchant_cert", wechat.KindMissing},

		{"notices in the clear", func(c *wechat.Config) { c.NotifyURL = "http://shop.example.com/" }, "notify_url", wechat.KindNotifyURLForm},
		{"notices with parameters", func(c *wechat.Config) { c.NotifyURL = notifyURL + "?till=1" }, "notify_url", wechat.KindNotifyURLForm},
		{"notices to nowhere", func(c *wechat.Config) { c.NotifyURL = "https://" }, "notify_url", wechat.KindNotifyURLForm},
		{"a long goods tag", func(c *wechat.Config) { c.GoodsTag = strings.Repeat("长", 11) }, "goods_tag", wechat.KindTooLong},
		{"a long shop number", func(c *wechat.Config) { c.StoreID = strings.Repeat("1", 33) }, "store_id", wechat.KindTooLong},
		{"a long till number", func(c *wechat.Config) { c.DeviceID = strings.Repeat("1", 33) }, "device_id", wechat.KindTooLong},
		{"an address of words", func(c *wechat.Config) { c.DeviceIP = "counter" }, "device_ip", wechat.KindIPForm},
		{"words as gateway", func(c *wechat.Config) { c.Gateway = "open wechat" }, "gateway", wechat.KindGatewayForm},
		{"a gateway with a path", func(c *wechat.Config) { c.Gateway = wechat.ProductionGateway + "/v3" }, "gateway", wechat.KindGatewayForm},
		{"a gateway in the clear", func(c *wechat.Config) { c.Gateway = "http://api.mch.weixin.qq.com" }, "gateway", wechat.KindGatewayInsecure},
		{"a negative interval", func(c *wechat.Config) { c.QueryInterval = -time.Second }, "query_interval", wechat.KindTimeRange},
		{"a payment of days", func(c *wechat.Config) { c.PayTimeout = 48 * time.Hour }, "pay_timeout", wechat.KindTimeRange},
		{"a payment that ends before it may be cancelled", func(c *wechat.Config) { c.PayTimeout = 14 * time.Second }, "pay_timeout", wechat.KindTimeRange},
		{"a QR of three hours", func(c *wechat.Config) { c.QRTimeout = 3 * time.Hour }, "qr_timeout", wechat.KindTimeRange},
		{"a request of an hour", func(c *wechat.Config) { c.RequestTimeout = time.Hour }, "request_timeout", wechat.KindTimeRange},
	}
	seen := map[wechat.Kind]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := config("")
			tt.change(&c)
			want := wechat.ConfigError{Field: tt.field, Kind: tt.kind}
			if all := c.Problems(); len(all) != 1 || *all[0] != want {
				t.Errorf("%v, want %s: %s", all, tt.field, tt.kind)
			}
			_, err := wechat.New(c)
			var problem *wechat.ConfigError
			if !errors.As(err, &problem) || *problem != want || !strings.HasPrefix(err.Error(), "wechat."+string(tt.field)+": ") {
				t.Errorf("New says %q", err)
			}
			seen[tt.kind] = true
			wiretest.KeepsSecrets(t, nil, map[string]any{"the error": err}, wiretest.Heads(c.PrivateKey, c.PublicKey, c.APIv2Key, c.APIv3Key))
		})
	}
	for _, kind := range wechat.Kinds {
		if !seen[kind] {
			t.Errorf("no mistake leads to %s", kind)
		}
	}
}

func TestAddressesThatAreTaken(t *testing.T) {
	for _, address := range []string{"", wechat.BackupGateway, " https://10.0.0.1:8443/ \n"} {
		if problems := config(address).Problems(); len(problems) > 0 {
			t.Errorf("%q: %v", address, problems)
		}
	}
}

func TestAllMistakesAreListedAtOnce(t *testing.T) {
	var got []string
	for _, p := range (wechat.Config{SubMchID: "x"}).Problems() {
		got = append(got, string(p.Field)+" "+string(p.Kind))
	}
	want := "app_id missing, mch_id missing, sub_mch_id mch_id_form, private_key missing, merchant_serial missing, public_key_id missing, public_key missing"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, c := range []wechat.Config{config(""), partner("")} {
		if problems := c.Problems(); problems != nil {
			t.Errorf("a right configuration has the problems %v", problems)
		}
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	want := []string{"wechat.probe.skew"}
	for _, kind := range wechat.Kinds {
		want = append(want, "wechat.config."+string(kind))
		if sentence := (&wechat.ConfigError{Field: "app_id", Kind: kind}).Error(); strings.HasSuffix(sentence, ": ") {
			t.Errorf("%s has no sentence of its own", kind)
		}
	}
	for _, kind := range wechat.ProbeKinds {
		want = append(want, "wechat.probe."+string(kind)+".what", "wechat.probe."+string(kind)+".do")
	}
	wiretest.HasWords(t, want)
}
