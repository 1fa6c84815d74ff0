package cloudpay

import (
	"cmp"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// Defaults of the times in Config.
const (
	DefaultQueryInterval  = 3 * time.Second // the documents ask for 3 s after a status 103
	DefaultPayTimeout     = 2 * time.Minute // after which the documents send people to the back office
	DefaultQRTimeout      = 2 * time.Minute
	DefaultRequestTimeout = 15 * time.Second
)

// DefaultHosts are Cloud Pay's own, in the order in which they are tried.
var DefaultHosts = []string{"https://pay.qcloud.com", "https://sz.pay.qcloud.com", "https://sh.pay.qcloud.com", "https://tj.pay.qcloud.com"}

// Config is what a shop sets. White space around and line breaks inside of a
// pasted value are dropped. Its printed form shows no secret.
type Config struct {
	OutMchID    string // the provider's id, 20 letters and digits, as the next two
	OutSubMchID string // the merchant's id
	OutShopID   string // the shop's id; the shop is one of the merchant's
	AuthKey     string `json:"-"` // 认证密钥, 32 characters. Made anew in the console, it works after two minutes
	OrderPrefix string // 云支付订单前缀, 8 digits or 10 small letters and digits: what every number begins with

	DeviceID  string // this till's number in the back office, at most 64 letters and digits
	MachineNo string // a number that no other till has, at most 32; empty for DeviceID's first 32
	StaffID   string // the clerk's number in the back office; empty for the request's Operator, where that looks like one

	// RefundStaffID is who may refund and release, by the number in the back
	// office, and RefundStaffName their name. Both empty: the merchant's
	// administrator does.
	RefundStaffID   string
	RefundStaffName string

	// Wallets are those that the account was signed for; nil for WeChat and
	// Alipay. It limits new payments and deposits; older orders are queried and
	// refunded all the same.
	Wallets []payment.Wallet

	// UnionPayPlatform and UnionPaySubPlatform are the pay_platform and the
	// sub_pay_platform of UnionPay. No public document names them: ask the
	// provider. The second may be 0.
	UnionPayPlatform    int
	UnionPaySubPlatform int

	// SignRefunds signs refunds with SignKey (签名私钥, RSA of 2048 bits, PKCS#8 or
	// PKCS#1) instead of authenticating them with AuthKey, as older accounts have
	// to. The newest documents know no signature any more, so it is off unless
	// the provider asks for it.
	SignRefunds bool
	SignKey     string `json:"-"`

	Hosts   []string // base addresses, tried in this order; nil for DefaultHosts
	ExtraCA string   // PEM of a root certificate to trust beside the system's; usually empty

	ClientIP        string // this computer's IPv4 address; empty to find one
	SubTerminalType int    // the device number that Cloud Pay may have given the till's maker; 0 for none

	QueryInterval  time.Duration // between two queries; zero for the default, as the next three
	PayTimeout     time.Duration // after which a person looks into the back office
	QRTimeout      time.Duration // how long a QR is shown and may be paid
	RequestTimeout time.Duration // the deadline of one request at one host

	Transport http.RoundTripper `json:"-"` // how requests travel; nil for an own transport. ExtraCA works with that one only
	Clock     func() time.Time  `json:"-"` // nil for time.Now
	Log       *slog.Logger      `json:"-"` // nil for none
}

// String names the account and shows none of its secrets.
func (c Config) String() string {
	return fmt.Sprintf("cloud pay merchant %s, shop %s", wire.Compact(c.OutSubMchID), wire.Compact(c.OutShopID))
}

// Format prints String for every verb: %+v and %d would list the keys.
func (c Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue is what a structured log shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Problems lists everything that is wrong with the configuration, in the order
// of the fields. Nil means that New will take it. It asks nobody: whether Cloud
// Pay knows the ids and the key is what Channel.Probe finds out.
func (c Config) Problems() []*ConfigError {
	_, problems := c.resolve()
	return problems
}

// settings are a Config that was found right, with its defaults filled in.
type settings struct {
	account
	authKey []byte
	prefix  string
	client  orderClient // what every order_client has; the staff may be added
	signKey *rsa.PrivateKey
	refunds refundRight
	wallets map[payment.Wallet]bool // those that may be charged
	union   platform

	hosts                     []string
	roots                     *x509.CertPool // nil for the system's
	queryInterval, payTimeout time.Duration
	qrTimeout, requestTimeout time.Duration
}

// account is who the money belongs to.
type account struct{ outMchID, outSubMchID, outShopID string }

// refundRight is who says that money may go back.
type refundRight struct{ staffID, staffName string }

const maxQRLife = 2 * time.Hour // what WeChat's QR codes live at most

var (
	idRule     = regexp.MustCompile(`^[0-9A-Za-z]{20}$`)
	keyRule    = regexp.MustCompile(`^[!-~]{32}$`)
	prefixRule = regexp.MustCompile(`^(?:\d{8}|[0-9a-z]{10})$`)
	staffRule  = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
)

func (c Config) resolve() (settings, []*ConfigError) {
	var problems wire.Problems
	s := settings{
		account: account{wire.Compact(c.OutMchID), wire.Compact(c.OutSubMchID), wire.Compact(c.OutShopID)},
		prefix:  wire.Compact(c.OrderPrefix),
		refunds: refundRight{wire.Compact(c.RefundStaffID), strings.TrimSpace(c.RefundStaffName)},
	}
	s.checkIDs(&problems)
	s.authKey = c.readAuthKey(&problems)
	problems.Form(s.prefix, prefixRule, FieldOrderPrefix, KindPrefixForm)
	s.client = c.readClient(&problems)
	problems.Unless(s.refunds.staffID == "" || staffRule.MatchString(s.refunds.staffID), FieldRefundStaffID, KindTextForm)
	problems.Unless(len(s.refunds.staffName) <= 32, FieldRefundStaffName, KindTooLong)
	s.wallets, s.union = c.readWallets(&problems)
	s.signKey = c.readSignKey(&problems)
	s.hosts = c.readHosts(&problems)
	s.roots = c.readRoots(&problems)

	s.queryInterval = problems.Duration(c.QueryInterval, DefaultQueryInterval, time.Minute, FieldQueryInterval)
	s.payTimeout = problems.Duration(c.PayTimeout, DefaultPayTimeout, time.Hour, FieldPayTimeout)
	s.qrTimeout = problems.Duration(c.QRTimeout, DefaultQRTimeout, maxQRLife, FieldQRTimeout)
	s.requestTimeout = problems.Duration(c.RequestTimeout, DefaultRequestTimeout, 2*time.Minute, FieldRequestTimeout)
	return s, errorsOf(problems)
}

// checkIDs finds what is pasted most often into the wrong field: the three ids
// look alike, so the same one twice is a mistake that can be seen here.
func (s *settings) checkIDs(problems *wire.Problems) {
	seen := map[string]bool{}
	for _, id := range []struct {
		field Field
		value string
	}{{FieldOutMchID, s.outMchID}, {FieldOutSubMchID, s.outSubMchID}, {FieldOutShopID, s.outShopID}} {
		switch {
		case id.value == "":
			problems.Add(id.field, KindMissing)
		case !idRule.MatchString(id.value):
			problems.Add(id.field, KindIDForm)
		case seen[id.value]:
			problems.Add(id.field, KindIDTwice)
		}
		seen[id.value] = true
	}
}

// readAuthKey is the key as the bytes it is written with.
func (c Config) readAuthKey(problems *wire.Problems) []byte {
	key := wire.Compact(c.AuthKey)
	switch {
	case key == "":
		problems.Add(FieldAuthKey, KindMissing)
	case strings.Contains(key, "-----BEGIN"), len(key) > 200: // the key for signing has some 1600
		problems.Add(FieldAuthKey, KindAuthKeyIsSign)
	case !keyRule.MatchString(key):
		problems.Add(FieldAuthKey, KindAuthKeyForm)
	}
	return []byte(key)
}

func (c Config) readClient(problems *wire.Problems) orderClient {
	device := strings.TrimSpace(c.DeviceID)
	machine := cmp.Or(strings.TrimSpace(c.MachineNo), wire.ClipBytes(device, 32))
	staff := wire.Compact(c.StaffID)
	switch {
	case device == "":
		problems.Add(FieldDeviceID, KindMissing)
	case len(device) > 64:
		problems.Add(FieldDeviceID, KindTooLong)
	case !printable(device):
		problems.Add(FieldDeviceID, KindTextForm)
	}
	switch {
	case len(machine) > 32:
		problems.Add(FieldMachineNo, KindTooLong)
	case !printable(machine):
		problems.Add(FieldMachineNo, KindTextForm)
	}
	problems.Unless(staff == "" || staffRule.MatchString(staff), FieldStaffID, KindTextForm)
	problems.Unless(c.SubTerminalType >= 0 && c.SubTerminalType <= 1<<31-1, FieldSubTerminalType, KindNumberRange)
	return orderClient{
		DeviceID: device, MachineNo: machine, StaffID: staff, TerminalType: terminalType(), SubTerminalType: c.SubTerminalType,
		SDKVersion: sdkVersion, SpbillCreateIP: c.readIP(problems),
	}
}

// readIP is the address that the interface wants of every client. It is no
// proof of anything, so a till that has none says its own loopback address.
func (c Config) readIP(problems *wire.Problems) string {
	text := wire.Compact(c.ClientIP)
	if text == "" {
		return ownIPv4()
	}
	address, err := netip.ParseAddr(text)
	if err != nil || !address.Is4() {
		problems.Add(FieldClientIP, KindIPForm)
	}
	return text
}

func (c Config) readWallets(problems *wire.Problems) (map[payment.Wallet]bool, platform) {
	wallets := map[payment.Wallet]bool{}
	known := []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay, payment.WalletUnionPay}
	chosen := c.Wallets
	if chosen == nil {
		chosen = []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay}
	}
	for _, w := range chosen {
		if !slices.Contains(known, w) {
			problems.Add(FieldWallets, KindWallet)
			break
		}
		wallets[w] = true
	}
	problems.Unless(len(chosen) > 0, FieldWallets, KindMissing)
	problems.Unless(c.UnionPayPlatform >= 0, FieldUnionPayPlatform, KindNumberRange)
	problems.Unless(c.UnionPaySubPlatform >= 0, FieldUnionPaySubPlatform, KindNumberRange)
	problems.Unless(!wallets[payment.WalletUnionPay] || c.UnionPayPlatform != 0, FieldUnionPayPlatform, KindUnionPay)
	return wallets, platform{c.UnionPayPlatform, c.UnionPaySubPlatform}
}

// policy is the rhythm of a payment. A code that was scanned is never cancelled,
// so CancelAfter and CancelEvery are of QRs, which may be closed at any time.
func (s settings) policy() payment.Policy {
	return payment.Policy{
		QueryEvery:  s.queryInterval,
		PayTimeout:  s.payTimeout,
		QRTimeout:   s.qrTimeout,
		CancelEvery: s.queryInterval,
		NoCancel:    true,
	}
}

// printable reports a text in ASCII without control characters.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// ownIPv4 is an address of this computer, the loopback one when it has no other.
func ownIPv4() string {
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		prefix, err := netip.ParsePrefix(a.String())
		if err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
			return prefix.Addr().String()
		}
	}
	return "127.0.0.1"
}
