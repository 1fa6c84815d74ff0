package cloudpay_test

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/wire/wiretest"
)

// certificate is one of nobody in particular.
func certificate() string {
	template := x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour)}
	return wiretest.PEM("CERTIFICATE", wiretest.Must(x509.CreateCertificate(rand.Reader, &template, &template, &rsaKey().PublicKey, rsaKey())))
}

func TestWhatIsWrongWithAConfig(t *testing.T) {
	pkcs1 := wiretest.Bare(x509.MarshalPKCS1PrivateKey(rsaKey()))
	tests := []struct {
		name   string
		change func(c *cloudpay.Config)
		field  cloudpay.Field
		kind   cloudpay.Kind
	}{
		{"no provider", func(c *cloudpay.Config) { c.OutMchID = " \n" }, cloudpay.FieldOutMchID, cloudpay.KindMissing},
		{"no merchant", func(c *cloudpay.Config) { c.OutSubMchID = "" }, cloudpay.FieldOutSubMchID, cloudpay.KindMissing},
		{"no shop", func(c *cloudpay.Config) { c.OutShopID = "" }, cloudpay.FieldOutShopID, cloudpay.KindMissing},
		{"a number of WeChat's", func(c *cloudpay.Config) { c.OutMchID = "1900007941" }, cloudpay.FieldOutMchID, cloudpay.KindIDForm},
		{"a letter too many", func(c *cloudpay.Config) { c.OutSubMchID += "x" }, cloudpay.FieldOutSubMchID, cloudpay.KindIDForm},
		{"a bracket in it", func(c *cloudpay.Config) { c.OutSubMchID = "12343ycHpBDv8GX]fmSv" }, cloudpay.FieldOutSubMchID, cloudpay.KindIDForm},
		{"the shop of nobody", func(c *cloudpay.Config) { c.OutShopID = "432" }, cloudpay.FieldOutShopID, cloudpay.KindIDForm},
		{"the merchant for the shop", func(c *cloudpay.Config) { c.OutShopID = merchant }, cloudpay.FieldOutShopID, cloudpay.KindIDTwice},
		{"the provider for the merchant", func(c *cloudpay.Config) { c.OutSubMchID = provider }, cloudpay.FieldOutSubMchID, cloudpay.KindIDTwice},
		{"no key", func(c *cloudpay.Config) { c.AuthKey = "" }, cloudpay.FieldAuthKey, cloudpay.KindMissing},
		{"a key of 31", func(c *cloudpay.Config) { c.AuthKey = authKey[1:] }, cloudpay.FieldAuthKey, cloudpay.KindAuthKeyForm},
		{"a key of 33", func(c *cloudpay.Config) { c.AuthKey += "0" }, cloudpay.FieldAuthKey, cloudpay.KindAuthKeyForm},
		{"the other key, as PEM", func(c *cloudpay.Config) { c.AuthKey = pemOf(rsaKey()) }, cloudpay.FieldAuthKey, cloudpay.KindAuthKeyIsSign},
		{"the other key, bare", func(c *cloudpay.Config) { c.AuthKey = pkcs1 }, cloudpay.FieldAuthKey, cloudpay.KindAuthKeyIsSign},
		{"no prefix", func(c *cloudpay.Config) { c.OrderPrefix = "" }, cloudpay.FieldOrderPrefix, cloudpay.KindMissing},
		{"nine digits", func(c *cloudpay.Config) { c.OrderPrefix = "010000521" }, cloudpay.FieldOrderPrefix, cloudpay.KindPrefixForm},
		{"eight letters", func(c *cloudpay.Config) { c.OrderPrefix = "sz0100lm" }, cloudpay.FieldOrderPrefix, cloudpay.KindPrefixForm},
		{"capitals", func(c *cloudpay.Config) { c.OrderPrefix = "SZ0100LMNX" }, cloudpay.FieldOrderPrefix, cloudpay.KindPrefixForm},
		{"no device", func(c *cloudpay.Config) { c.DeviceID = "" }, cloudpay.FieldDeviceID, cloudpay.KindMissing},
		{"a long device", func(c *cloudpay.Config) { c.DeviceID = strings.Repeat("1", 65) }, cloudpay.FieldDeviceID, cloudpay.KindTooLong},
		{"a Chinese device", func(c *cloudpay.Config) { c.DeviceID = "一号机" }, cloudpay.FieldDeviceID, cloudpay.KindTextForm},
		{"a long machine", func(c *cloudpay.Config) { c.MachineNo = strings.Repeat("1", 33) }, cloudpay.FieldMachineNo, cloudpay.KindTooLong},
		{"a Chinese machine", func(c *cloudpay.Config) { c.MachineNo = "一号" }, cloudpay.FieldMachineNo, cloudpay.KindTextForm},
		{"a clerk by name", func(c *cloudpay.Config) { c.StaffID = "小王" }, cloudpay.FieldStaffID, cloudpay.KindTextForm},
		{"a refunder by name", func(c *cloudpay.Config) { c.RefundStaffID = "店长" }, cloudpay.FieldRefundStaffID, cloudpay.KindTextForm},
		{"a long name", func(c *cloudpay.Config) { c.RefundStaffName = strings.Repeat("长", 11) }, cloudpay.FieldRefundStaffName, cloudpay.KindTooLong},
		{"no wallet at all", func(c *cloudpay.Config) { c.Wallets = []payment.Wallet{} }, cloudpay.FieldWallets, cloudpay.KindMissing},
		{"digital yuan", func(c *cloudpay.Config) { c.Wallets = []payment.Wallet{payment.WalletECNY} }, cloudpay.FieldWallets, cloudpay.KindWallet},
		{"UnionPay without its number", func(c *cloudpay.Config) { c.Wallets = []payment.Wallet{payment.WalletUnionPay} }, cloudpay.FieldUnionPayPlatform, cloudpay.KindUnionPay},
		{"a number below zero", func(c *cloudpay.Config) { c.UnionPaySubPlatform = -1 }, cloudpay.FieldUnionPaySubPlatform, cloudpay.KindNumberRange},
		{"no key to sign with", func(c *cloudpay.Config) { c.SignRefunds = true }, cloudpay.FieldSignKey, cloudpay.KindMissing},
		{"the authentication key to sign with", func(c *cloudpay.Config) { c.SignKey = authKey }, cloudpay.FieldSignKey, cloudpay.KindKeyIsAuth},
		{"a public key", func(c *cloudpay.Config) {
			c.SignKey = wiretest.PEM("PUBLIC KEY", wiretest.PKIX(&rsaKey().PublicKey))
		}, cloudpay.FieldSignKey, cloudpay.KindKeyIsPublic},
		{"a certificate", func(c *cloudpay.Config) { c.SignKey = certificate() }, cloudpay.FieldSignKey, cloudpay.KindKeyIsCert},
		{"a key with a password", func(c *cloudpay.Config) { c.SignKey = wiretest.PEM("ENCRYPTED PRIVATE KEY", []byte("x")) }, cloudpay.FieldSignKey, cloudpay.KindKeyEncrypted},
		{"half a key", func(c *cloudpay.Config) { c.SignKey = pkcs1[:400] }, cloudpay.FieldSignKey, cloudpay.KindKeyTruncated},
		{"a short key", func(c *cloudpay.Config) { c.SignKey = pemOf(wiretest.ShortKey()) }, cloudpay.FieldSignKey, cloudpay.KindKeyShort},
		{"a curve", func(c *cloudpay.Config) { c.SignKey = pemOf(wiretest.CurveKey()) }, cloudpay.FieldSignKey, cloudpay.KindKeyNotRSA},
		{"a poem", func(c *cloudpay.Config) { c.SignKey = "a rose is a rose, and no key!" }, cloudpay.FieldSignKey, cloudpay.KindKeyNotPrivate},
		{"no host", func(c *cloudpay.Config) { c.Hosts = []string{" ", ""} }, cloudpay.FieldHosts, cloudpay.KindMissing},
		{"a host's name alone", func(c *cloudpay.Config) { c.Hosts = []string{"pay.qcloud.com"} }, cloudpay.FieldHosts, cloudpay.KindHostForm},
		{"http to another computer", func(c *cloudpay.Config) { c.Hosts = []string{"http://pay.qcloud.com"} }, cloudpay.FieldHosts, cloudpay.KindHostInsecure},
		{"a host with a question", func(c *cloudpay.Config) { c.Hosts = []string{"https://pay.qcloud.com/?a=b"} }, cloudpay.FieldHosts, cloudpay.KindHostForm},
		{"a CA that is none", func(c *cloudpay.Config) { c.ExtraCA = "cloudpayrootca.pem" }, cloudpay.FieldExtraCA, cloudpay.KindCAForm},
		{"a key for a CA", func(c *cloudpay.Config) { c.ExtraCA = pemOf(rsaKey()) }, cloudpay.FieldExtraCA, cloudpay.KindCAForm},
		{"an address of six", func(c *cloudpay.Config) { c.ClientIP = "fe80::1" }, cloudpay.FieldClientIP, cloudpay.KindIPForm},
		{"a name for an address", func(c *cloudpay.Config) { c.ClientIP = "till-1" }, cloudpay.FieldClientIP, cloudpay.KindIPForm},
		{"a device number below zero", func(c *cloudpay.Config) { c.SubTerminalType = -1 }, cloudpay.FieldSubTerminalType, cloudpay.KindNumberRange},
		{"a rhythm below zero", func(c *cloudpay.Config) { c.QueryInterval = -1 }, cloudpay.FieldQueryInterval, cloudpay.KindTimeRange},
		{"a payment of a day", func(c *cloudpay.Config) { c.PayTimeout = 24 * time.Hour }, cloudpay.FieldPayTimeout, cloudpay.KindTimeRange},
		{"a QR of a day", func(c *cloudpay.Config) { c.QRTimeout = 24 * time.Hour }, cloudpay.FieldQRTimeout, cloudpay.KindTimeRange},
		{"a request of an hour", func(c *cloudpay.Config) { c.RequestTimeout = time.Hour }, cloudpay.FieldRequestTimeout, cloudpay.KindTimeRange},
	}
	met := map[cloudpay.Kind]bool{}
	for _, tt := range tests {
		c := config("http://127.0.0.1:1")
		tt.change(&c)
		problems := c.Problems()
		if len(problems) != 1 || problems[0].Field != tt.field || problems[0].Kind != tt.kind {
			t.Errorf("%s: %v, want %s: %s", tt.name, problems, tt.field, tt.kind)
		}
		_, err := cloudpay.New(c)
		var problem *cloudpay.ConfigError
		if !errors.As(err, &problem) || problem.Field != tt.field {
			t.Errorf("%s: New says %v", tt.name, err)
		}
		met[tt.kind] = true
	}
	for _, kind := range cloudpay.Kinds {
		if !met[kind] {
			t.Errorf("nothing here is %q", kind)
		}
	}
	if problems := (cloudpay.Config{}).Problems(); len(problems) != 6 {
		t.Errorf("an empty one: %v", problems)
	}
	if problems := config().Problems(); problems != nil {
		t.Errorf("with the hosts of Cloud Pay: %v", problems)
	}
}

// However a key is pasted, it is the same key. All forms are tried in
// payment/wire.
func TestASigningKeyIsTakenInEveryForm(t *testing.T) {
	for name, text := range map[string]string{
		"as the console has it": pemOf(rsaKey()),
		"bare PKCS#1":           wiretest.Bare(x509.MarshalPKCS1PrivateKey(rsaKey())),
		"the breaks lost":       "\uFEFF " + strings.ReplaceAll(pemOf(rsaKey()), "\n", " "),
	} {
		g := newGateway(t, authentic(refusal(103, 21, "")))
		c := config(g.URL)
		c.SignKey, c.SignRefunds = text, true
		newChannel(t, c).Refund(t.Context(), refundRequest())
		if r := g.only(); !verifies(rsaKey(), r.Text, r.Authen["s"]["sign"]) {
			t.Errorf("%s: the signature does not fit", name)
		}
	}
}

func TestPastedValuesAreCleaned(t *testing.T) {
	g := live(t)
	c := config(" " + g.URL + "\r\n")
	c.OutMchID, c.OutShopID, c.AuthKey, c.OrderPrefix = " "+provider+"\n", "\uFEFF"+shop, authKey[:16]+"\r\n"+authKey[16:], prefix+" "
	if out := newChannel(t, c).Pay(t.Context(), payRequest()); out.Result != payment.Paid {
		t.Errorf("%+v", out)
	}
}

// The machine's number is the device's where it has none of its own, and its
// address is found where it is not set.
func TestWhatIsNotSetIsFilledIn(t *testing.T) {
	g := newGateway(t, authentic(refusal(103, 21, "")))
	c := config(g.URL)
	c.MachineNo, c.ClientIP, c.DeviceID, c.SubTerminalType = "", "", strings.Repeat("7", 40), 900
	newChannel(t, c).Pay(t.Context(), payRequest())
	client := g.only().part("order_client")
	if ip, _ := client["spbill_create_ip"].(string); strings.Count(ip, ".") != 3 {
		t.Errorf("spbill_create_ip %q", ip)
	}
	if client["machine_no"] != strings.Repeat("7", 32) || client["sub_terminal_type"] != 900.0 {
		t.Errorf("%v", client)
	}
}

// A root that only this shop trusts.
func TestAnExtraRootIsTrusted(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		content := done("query_order", orderIs("wxpay", 2))
		fmt.Fprint(w, envelope(content, code(authKey, content)))
	}))
	s.Config.ErrorLog = wiretest.Quiet()
	s.StartTLS()
	t.Cleanup(s.Close)
	c := config(s.URL)
	if out := newChannel(t, c).Query(t.Context(), theOrder); out.Result != payment.Unknown {
		t.Errorf("without it: %+v", out)
	}
	if kind := newChannel(t, c).Probe(t.Context()).Kind; kind != cloudpay.ProbeTLS {
		t.Errorf("without it the doctor finds %s", kind)
	}
	c.ExtraCA = "# the root\n" + wiretest.PEM("CERTIFICATE", s.Certificate().Raw)
	if out := newChannel(t, c).Query(t.Context(), theOrder); out.Result != payment.Paid {
		t.Errorf("with it: %+v", out)
	}
}

// Every finding has a sentence in both languages, and every error one of its own.
func TestEveryFindingHasItsSentence(t *testing.T) {
	var want []string
	for _, kind := range cloudpay.Kinds {
		want = append(want, "cloudpay.config."+string(kind))
		if said := (&cloudpay.ConfigError{Field: cloudpay.FieldAuthKey, Kind: kind}).Error(); !strings.HasPrefix(said, "cloudpay.auth_key: ") || len(said) < 25 {
			t.Errorf("%s: %q", kind, said)
		}
	}
	for _, kind := range cloudpay.ProbeKinds {
		want = append(want, "cloudpay.probe."+string(kind)+".what", "cloudpay.probe."+string(kind)+".do")
	}
	wiretest.HasWords(t, want)
}
