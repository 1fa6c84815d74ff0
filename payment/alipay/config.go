package alipay

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// The gateways that Config.Gateway replaces.
const (
	ProductionGateway = "https://openapi.alipay.com/gateway.do"
	SandboxGateway    = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
)

// Product codes. Which one a shop needs is written in its contract.
const (
	ProductFaceToFace = "FACE_TO_FACE_PAYMENT" // 当面付
	ProductOffline    = "OFFLINE_PAYMENT"      // 当面付快捷版, pay codes only
	ProductQROffline  = "QR_CODE_OFFLINE"      // 订单码支付, shown QRs only
	ProductPreAuth    = "PRE_AUTH"             // 当面资金授权, deposits
)

// Defaults of the times in Config.
const (
	DefaultQueryInterval  = 3 * time.Second // the documents say 3 to 6 s
	DefaultPayTimeout     = 60 * time.Second
	DefaultQRTimeout      = 120 * time.Second
	DefaultHoldTimeout    = 15 * time.Minute
	DefaultRequestTimeout = 15 * time.Second
)

// Config is what a shop sets. White space around and line breaks inside of a
// pasted value are dropped. Its printed form shows no secret.
//
// An application is either in key mode (PublicKey) or in certificate mode
// (AppCert, AlipayCert and RootCert): Alipay accepts one of them for each.
type Config struct {
	AppID      string // 16 digits
	PrivateKey string `json:"-"` // the application's RSA key, 2048 bits, PKCS#1 or PKCS#8, PEM or bare base64
	PublicKey  string // Alipay's public key, not the application's own; key mode

	AppCert    string // appCertPublicKey_*.crt, the text of the file; certificate mode, as the next two
	AlipayCert string // alipayCertPublicKey_RSA2.crt
	RootCert   string // alipayRootCert.crt

	Sandbox bool   // use the sandbox's gateway
	Gateway string // another gateway's URL, for either mode; empty for Alipay's own

	SellerID   string // the account that receives the money, 2088...; empty for the application's own. Deposits should have it: see HoldProductCode
	StoreID    string // the shop's number; may be empty, as the next two
	TerminalID string // this till's number
	OperatorID string // who is at the till where a request does not say

	AppAuthToken         string `json:"-"` // provider mode: the merchant's authorisation
	SysServiceProviderID string // provider mode: the provider's 2088... id, which earns the commission

	ProductCode   string // of pay codes; empty for ProductFaceToFace
	QRProductCode string // of shown QRs; empty for ProductFaceToFace

	// HoldProductCode is of deposits and of what is captured of them; empty for
	// ProductPreAuth. A deposit needs this product in the contract. Alipay's
	// documents disagree whether its capture must name SellerID; without one no
	// payer can use 花呗 for it.
	HoldProductCode string

	QueryInterval  time.Duration // between two queries; zero for the default, as the next four
	PayTimeout     time.Duration // from sending a pay code until the cancel
	QRTimeout      time.Duration // how long a QR is shown
	HoldTimeout    time.Duration // after which Alipay itself closes a deposit that was scanned and not confirmed
	RequestTimeout time.Duration // the deadline of one request

	Transport http.RoundTripper `json:"-"` // how requests travel; nil for an own transport. Its answers are capped either way
	Clock     func() time.Time  `json:"-"` // nil for time.Now. Signed requests carry the computer's own time
	Log       *slog.Logger      `json:"-"` // nil for none
}

// String names the application and shows none of its secrets.
func (c Config) String() string {
	mode := "key mode"
	if c.certMode() {
		mode = "certificate mode"
	}
	if c.Sandbox {
		mode += ", sandbox"
	}
	if c.AppAuthToken != "" {
		mode += ", for a merchant"
	}
	return fmt.Sprintf("alipay app %s (%s)", wire.Compact(c.AppID), mode)
}

// Format prints String for every verb: %+v and %d would list the keys.
func (c Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue is what a structured log shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

func (c Config) certMode() bool {
	return c.AppCert != "" || c.AlipayCert != "" || c.RootCert != ""
}

// Problems lists everything that is wrong with the configuration, in the order
// of the fields. Nil means that New will take it. It asks nobody: whether
// Alipay knows the keys is what Channel.Probe finds out.
func (c Config) Problems() []*ConfigError {
	_, problems := c.resolve()
	return problems
}

// settings are a Config that was found right, with its defaults filled in.
type settings struct {
	gateway, appID                            string
	keys                                      keyring
	sellerID, storeID, terminalID, operatorID string
	appAuthToken, providerID                  string
	product, qrProduct, holdProduct           string
	queryInterval, payTimeout                 time.Duration
	qrTimeout, holdTimeout, requestTimeout    time.Duration
}

var (
	appIDRule   = regexp.MustCompile(`^\d{16}$`)
	partnerRule = regexp.MustCompile(`^2088\d{12}$`)
	productRule = regexp.MustCompile(`^[A-Z0-9_]{1,64}$`)
)

func (c Config) resolve() (settings, []*ConfigError) {
	var problems wire.Problems
	s := settings{
		appID:        wire.Compact(c.AppID),
		sellerID:     wire.Compact(c.SellerID),
		storeID:      strings.TrimSpace(c.StoreID),
		terminalID:   strings.TrimSpace(c.TerminalID),
		operatorID:   strings.TrimSpace(c.OperatorID),
		appAuthToken: wire.Compact(c.AppAuthToken),
		providerID:   wire.Compact(c.SysServiceProviderID),
		product:      cmp.Or(wire.Compact(c.ProductCode), ProductFaceToFace),
		qrProduct:    cmp.Or(wire.Compact(c.QRProductCode), ProductFaceToFace),
		holdProduct:  cmp.Or(wire.Compact(c.HoldProductCode), ProductPreAuth),
	}
	switch {
	case s.appID == "":
		problems.Add(FieldAppID, KindMissing)
	case partnerRule.MatchString(s.appID):
		problems.Add(FieldAppID, KindAppIDIsPartner)
	case !appIDRule.MatchString(s.appID):
		problems.Add(FieldAppID, KindAppIDForm)
	}
	s.keys = c.readKeys(&problems)
	s.gateway = c.readGateway(&problems)
	problems.Unless(s.sellerID == "" || partnerRule.MatchString(s.sellerID), FieldSellerID, KindPartnerForm)
	problems.Unless(s.providerID == "" || partnerRule.MatchString(s.providerID), FieldServiceProvider, KindPartnerForm)
	problems.Unless(len(s.storeID) <= 32, FieldStoreID, KindTooLong)
	problems.Unless(len(s.terminalID) <= 32, FieldTerminalID, KindTooLong)
	problems.Unless(productRule.MatchString(s.product), FieldProductCode, KindProductForm)
	problems.Unless(productRule.MatchString(s.qrProduct), FieldQRProductCode, KindProductForm)
	problems.Unless(productRule.MatchString(s.holdProduct), FieldHoldProductCode, KindProductForm)

	s.queryInterval = problems.Duration(c.QueryInterval, DefaultQueryInterval, time.Minute, FieldQueryInterval)
	s.payTimeout = problems.Duration(c.PayTimeout, DefaultPayTimeout, time.Hour, FieldPayTimeout)
	s.qrTimeout = problems.Duration(c.QRTimeout, DefaultQRTimeout, maxQRLife, FieldQRTimeout)
	s.holdTimeout = problems.Duration(c.HoldTimeout, DefaultHoldTimeout, maxHoldLife, FieldHoldTimeout)
	s.requestTimeout = problems.Duration(c.RequestTimeout, DefaultRequestTimeout, 2*time.Minute, FieldRequestTimeout)
	return s, errorsOf(problems)
}

// readGateway is the URL to send to.
func (c Config) readGateway(problems *wire.Problems) string {
	text := wire.Compact(c.Gateway)
	if text == "" {
		if c.Sandbox {
			return SandboxGateway
		}
		return ProductionGateway
	}
	u := problems.Address(text, FieldGateway, KindGatewayForm, KindGatewayInsecure)
	if u == nil {
		return ""
	}
	return u.String()
}

func (s settings) policy() payment.Policy {
	return payment.Policy{
		QueryEvery:  s.queryInterval,
		PayTimeout:  s.payTimeout,
		QRTimeout:   s.qrTimeout,
		CancelEvery: s.queryInterval,
	}
}
