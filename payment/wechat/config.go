package wechat

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// The addresses that Config.Gateway may replace. The second one leads to
// another city and knows the same orders.
const (
	ProductionGateway = "https://api.mch.weixin.qq.com"
	BackupGateway     = "https://api2.mch.weixin.qq.com"
)

// Defaults of the times in Config, and the span that the documents ask for
// between a payment and its cancel.
const (
	DefaultQueryInterval  = 5 * time.Second
	DefaultPayTimeout     = 45 * time.Second
	DefaultQRTimeout      = 120 * time.Second
	DefaultRequestTimeout = 15 * time.Second
	cancelAfter           = 15 * time.Second
)

// Config is what a shop sets. White space around and line breaks inside of a
// pasted value are dropped. Its printed form shows no secret.
//
// WeChat's answers are verified either with its public key (PublicKeyID and
// PublicKey), or with platform certificates, or, while a merchant moves from
// these to that, with both.
type Config struct {
	AppID string // wx..., bound to MchID; of a service provider its own
	MchID string // the merchant number, 8 to 10 digits; of a service provider its own

	SubMchID string // service provider: the merchant that gets the money; empty for a merchant who signs for itself
	SubAppID string // service provider: the sub-merchant's own wx...; may be empty

	PrivateKey     string `json:"-"` // apiclient_key.pem, RSA with 2048 bits
	MerchantCert   string // apiclient_cert.pem; only deposits need it
	MerchantSerial string // number of that certificate, 40 hexadecimal digits; empty to take it from MerchantCert

	PublicKeyID   string // PUB_KEY_ID_...
	PublicKey     string // pub_key.pem, WeChat Pay's public key
	PlatformCerts string // wechatpay_....pem, one or more, one after the other

	// APIv3Key, 32 characters, decrypts certificates and notifications. This
	// program fetches neither, so the key is checked and kept for nothing.
	APIv3Key string `json:"-"`

	// APIv2Key, 32 characters, signs deposits. Without one there are none.
	APIv2Key string `json:"-"`

	// NotifyURL is where WeChat reports a QR's payment: an https address of the
	// merchant without parameters. WeChat asks for it, nobody here listens to it.
	// Without one there are no QRs.
	NotifyURL string

	GoodsTag string // sent with each order: lets coupons apply to it; may be empty
	StoreID  string // the shop's number at WeChat; may be empty, as the next
	DeviceID string // this till's number
	DeviceIP string // this computer's address as the documents want it; empty for 127.0.0.1, which WeChat takes

	Gateway string // another address, without a path; empty for WeChat's own

	QueryInterval  time.Duration // between two queries, and between two cancels; zero for the default, as the next three
	PayTimeout     time.Duration // from sending a pay code until the cancel, at least 15 s
	QRTimeout      time.Duration // how long a QR is shown
	RequestTimeout time.Duration // the deadline of one request

	// Transport is how requests travel; nil for an own one. Its answers are
	// capped either way. The API certificate can be shown to WeChat only by the
	// own one and by an *http.Transport.
	Transport http.RoundTripper `json:"-"`
	Clock     func() time.Time  `json:"-"` // nil for time.Now. Signed requests and answers are measured by the computer's own time
	Log       *slog.Logger      `json:"-"` // nil for none
}

// String names the merchant and shows none of its secrets.
func (c Config) String() string {
	name := "wechat merchant " + wire.Compact(c.MchID)
	if sub := wire.Compact(c.SubMchID); sub != "" {
		name += " for " + sub
	}
	return fmt.Sprintf("%s (app %s)", name, wire.Compact(c.AppID))
}

// Format prints String for every verb: %+v and %d would list the keys.
func (c Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue is what a structured log shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Problems lists everything that is wrong with the configuration, in the order
// of the fields. Nil means that New will take it. It asks nobody: whether
// WeChat knows the keys is what Channel.Probe finds out.
func (c Config) Problems() []*ConfigError {
	_, problems := c.resolve()
	return problems
}

// settings are a Config that was found right, with its defaults filled in.
type settings struct {
	gateway                          string
	appID, mchID, subMchID, subAppID string
	keys                             keyring
	apiV2Key                         string // empty: no deposits
	notifyURL, goodsTag              string
	storeID, deviceID, deviceIP      string
	queryInterval, payTimeout        time.Duration
	qrTimeout, requestTimeout        time.Duration
}

// partner reports a service provider, who calls for a sub-merchant.
func (s settings) partner() bool { return s.subMchID != "" }

// deposits reports whether deposits can be taken at all.
func (s settings) deposits() bool { return s.partner() && s.apiV2Key != "" }

var (
	appIDRule  = regexp.MustCompile(`^wx[0-9A-Za-z]{16}$`)
	mchIDRule  = regexp.MustCompile(`^[0-9]{8,10}$`)
	secretRule = regexp.MustCompile(`^[0-9A-Za-z]{32}$`)
)

func (c Config) resolve() (settings, []*ConfigError) {
	var problems wire.Problems
	s := settings{
		appID:    wire.Compact(c.AppID),
		mchID:    wire.Compact(c.MchID),
		subMchID: wire.Compact(c.SubMchID),
		subAppID: wire.Compact(c.SubAppID),
		goodsTag: strings.TrimSpace(c.GoodsTag),
		storeID:  strings.TrimSpace(c.StoreID),
		deviceID: strings.TrimSpace(c.DeviceID),
	}
	problems.Form(s.appID, appIDRule, FieldAppID, KindAppIDForm)
	problems.Form(s.mchID, mchIDRule, FieldMchID, KindMchIDForm)
	problems.Unless(s.subMchID == "" || mchIDRule.MatchString(s.subMchID), FieldSubMchID, KindMchIDForm)
	problems.Unless(s.subMchID == "" || s.subMchID != s.mchID, FieldSubMchID, KindSameMchID)
	problems.Unless(s.subAppID == "" || appIDRule.MatchString(s.subAppID), FieldSubAppID, KindAppIDForm)
	s.apiV2Key = wire.Compact(c.APIv2Key)
	s.keys = c.readKeys(s.deposits(), &problems)
	c.checkSecrets(&problems)

	s.notifyURL = c.readNotifyURL(&problems)
	problems.Unless(len(s.goodsTag) <= 32, FieldGoodsTag, KindTooLong)
	problems.Unless(len(s.storeID) <= 32, FieldStoreID, KindTooLong)
	problems.Unless(len(s.deviceID) <= 32, FieldDeviceID, KindTooLong)
	s.deviceIP = c.readDeviceIP(&problems)
	s.gateway = c.readGateway(&problems)

	s.queryInterval = problems.Duration(c.QueryInterval, DefaultQueryInterval, time.Minute, FieldQueryInterval)
	s.payTimeout = problems.Duration(c.PayTimeout, DefaultPayTimeout, time.Hour, FieldPayTimeout)
	problems.Unless(c.PayTimeout <= 0 || c.PayTimeout >= cancelAfter, FieldPayTimeout, KindTimeRange)
	s.qrTimeout = problems.Duration(c.QRTimeout, DefaultQRTimeout, maxQRLife, FieldQRTimeout)
	s.requestTimeout = problems.Duration(c.RequestTimeout, DefaultRequestTimeout, 2*time.Minute, FieldRequestTimeout)
	return s, errorsOf(problems)
}

func (c Config) checkSecrets(problems *wire.Problems) {
	v3, v2 := wire.Compact(c.APIv3Key), wire.Compact(c.APIv2Key)
	problems.Unless(v3 == "" || len(v3) == 32, FieldAPIv3Key, KindSecretLength)
	problems.Unless(v2 == "" || secretRule.MatchString(v2), FieldAPIv2Key, KindSecretLength)
}

func (c Config) readNotifyURL(problems *wire.Problems) string {
	text := wire.Compact(c.NotifyURL)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	fine := err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && u.RawQuery == "" && len(text) <= 255
	problems.Unless(fine, FieldNotifyURL, KindNotifyURLForm)
	return text
}

func (c Config) readDeviceIP(problems *wire.Problems) string {
	text := wire.Compact(c.DeviceIP)
	if text == "" {
		return "127.0.0.1"
	}
	_, err := netip.ParseAddr(text)
	problems.Unless(err == nil, FieldDeviceIP, KindIPForm)
	return text
}

// readGateway is the address to send to.
func (c Config) readGateway(problems *wire.Problems) string {
	text := strings.TrimRight(wire.Compact(c.Gateway), "/")
	if text == "" {
		return ProductionGateway
	}
	u := problems.Address(text, FieldGateway, KindGatewayForm, KindGatewayInsecure)
	if u == nil {
		return ""
	}
	problems.Unless(u.Path == "" && u.RawQuery == "", FieldGateway, KindGatewayForm)
	return u.String()
}

func (s settings) policy() payment.Policy {
	return payment.Policy{
		QueryEvery:  s.queryInterval,
		PayTimeout:  s.payTimeout,
		QRTimeout:   s.qrTimeout,
		CancelAfter: cancelAfter,
		CancelEvery: s.queryInterval,
	}
}
