package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// A setting is one line of configuration: a key that begins with the channel
// or device it belongs to, and a text. Secrets live in the vault, all others in
// the ledger's database.
type setting struct {
	key    string
	def    string             // what holds while nothing is set
	secret bool               // lives in the vault; shown only as set or not set
	check  func(string) error // nil accepts any text
}

// settings is every key there is, in the order in which they are listed.
var settings = []setting{
	{key: "shop.name", def: ""},
	{key: "shop.head", def: ""},    // receipt lines under the name, \n between them
	{key: "shop.foot", def: ""},    // receipt lines at the end
	{key: "shop.qr", def: ""},      // text of the QR at the receipt's end
	{key: "shop.qr_text", def: ""}, // line under it
	{key: "shop.mode", check: oneOf(string(ModeSales), string(ModeDeposits), string(ModeBoth))}, // see ParseShopMode
	{key: "till.limit", def: DefaultLimit.String(), check: isAmount},                            // largest single sale, yuan
	{key: "till.quick", def: "", check: isQuick},                                                // see ParseQuickAmounts
	{key: "till.refund_reasons", def: ""},                                                       // own reasons, one a line; empty takes the usual ones
	{key: "deposit.amounts", def: "200 300 500 1000", check: isDepositAmounts},                  // see ParseDepositAmounts
	{key: "deposit.days", def: "30", check: isCount(1, 999)},                                    // how long the channels hold a deposit, by contract
	{key: "deposit.warn_days", def: "25", check: isCount(1, 999)},                               // from which day on a deposit is marked as old
	{key: "shift.names", def: ""},                                                               // usual names of shifts, in their order, spaces between them
	{key: "shift.blind", def: "true", check: isBool},                                            // count before the expected figure is seen
	{key: "shift.limit", def: "5.00", check: isAmountOrNone},                                    // from which difference on a reason is required, yuan
	{key: "day.cutover", def: "04:00", check: isClock},                                          // when a business day begins
	{key: "day.auto", def: "true", check: isBool},                                               // make the Z report of a day by itself
	{key: "day.print", def: "false", check: isBool},                                             // and print it
	{key: "day.backup", def: "true", check: isBool},                                             // and write a backup
	{key: "day.bills", def: "true", check: isBool},                                              // read the channels' bills of the day before each morning
	{key: "day.keep", def: "30", check: isCount(1, 9999)},                                       // how many of these backups stay
	{key: "staff.see_all", def: "true", check: isBool},                                          // clerks see all sales; else only those of their open shift
	{key: "wallet.alipay", def: WayDirect, check: oneOf(WayDirect, WayCloudPay)},                // which channel takes the codes of Alipay
	{key: "wallet.wechat", def: WayDirect, check: oneOf(WayDirect, WayCloudPay)},                // and of WeChat
	{key: "wallet.unionpay", def: WayNone, check: oneOf(WayNone, WayCloudPay)},                  // and of UnionPay
	{key: "ui.language", def: "zh", check: oneOf("zh", "en")},
	{key: "ui.theme", def: "light", check: oneOf("light", "dark", "system")},
	{key: "ui.scale", def: "100", check: oneOf("100", "115", "130")},
	{key: "ui.keypad", def: "789", check: oneOf("789", "123")},
	{key: "ui.keys", def: ""}, // changed keys: "scan=F3 qr=F4"
	{key: "printer.receipt", def: "", check: isPrinter},
	{key: "printer.width", def: "80", check: oneOf("58", "80")}, // mm
	{key: "printer.encoding", def: "gb18030", check: oneOf("gb18030", "gbk", "raster")},
	{key: "printer.auto", def: "true", check: isBool},    // print by itself
	{key: "printer.drawer", def: "false", check: isBool}, // open the cash drawer with cash
	{key: "printer.max_age", def: "60s", check: isDuration(time.Second, time.Hour)},
	{key: "scanner.prefix", def: ""},
	{key: "scanner.min_length", def: "8", check: isCount(6, 30)},
	{key: "scanner.max_gap", def: "40ms", check: isDuration(20*time.Millisecond, 100*time.Millisecond)},
	{key: "alipay.enabled", def: "false", check: isBool},
	{key: "alipay.app_id"},
	{key: "alipay.seller_id"},
	{key: "alipay.private_key", secret: true},
	{key: "alipay.public_key", secret: true},
	{key: "alipay.app_cert", secret: true},
	{key: "alipay.alipay_cert", secret: true},
	{key: "alipay.root_cert", secret: true},
	{key: "alipay.gateway", check: isURL},
	{key: "alipay.sandbox", def: "false", check: isBool},
	{key: "alipay.store_id"},
	{key: "alipay.terminal_id"},
	{key: "alipay.operator_id"},
	{key: "alipay.app_auth_token", secret: true},
	{key: "alipay.sys_service_provider_id"},
	{key: "alipay.product_code"},
	{key: "alipay.qr_product_code"},
	{key: "alipay.hold_product_code"},
	{key: "alipay.hold_timeout", check: isDuration(time.Minute, 15*24*time.Hour)}, // empty: the channel's 15 minutes
	{key: "alipay.query_interval", def: "3s", check: isDuration(time.Millisecond, time.Minute)},
	{key: "alipay.pay_timeout", def: "60s", check: isDuration(10*time.Millisecond, 15*time.Minute)},
	{key: "alipay.qr_timeout", def: "120s", check: isDuration(10*time.Millisecond, time.Hour)},
	{key: "wechat.enabled", def: "false", check: isBool},
	{key: "wechat.app_id"},
	{key: "wechat.mch_id"},
	{key: "wechat.sub_mch_id"},
	{key: "wechat.sub_app_id"},
	{key: "wechat.private_key", secret: true},
	{key: "wechat.merchant_cert", secret: true},
	{key: "wechat.merchant_serial"},
	{key: "wechat.public_key_id"},
	{key: "wechat.public_key", secret: true},
	{key: "wechat.platform_certs", secret: true},
	{key: "wechat.apiv3_key", secret: true},
	{key: "wechat.apiv2_key", secret: true},
	{key: "wechat.notify_url", check: isURL},
	{key: "wechat.goods_tag"},
	{key: "wechat.store_id"},
	{key: "wechat.device_id"},
	{key: "wechat.device_ip"},
	{key: "wechat.gateway", check: isURL},
	{key: "wechat.query_interval", def: "5s", check: isDuration(time.Millisecond, time.Minute)},
	{key: "wechat.pay_timeout", def: "45s", check: isDuration(10*time.Millisecond, 15*time.Minute)},
	{key: "wechat.qr_timeout", def: "120s", check: isDuration(10*time.Millisecond, time.Hour)},
	{key: "cloudpay.enabled", def: "false", check: isBool},
	{key: "cloudpay.out_mch_id"},
	{key: "cloudpay.out_sub_mch_id"},
	{key: "cloudpay.out_shop_id"},
	{key: "cloudpay.auth_key", secret: true},
	{key: "cloudpay.order_prefix"},
	{key: "cloudpay.device_id"},
	{key: "cloudpay.machine_no"},
	{key: "cloudpay.staff_id"},
	{key: "cloudpay.refund_staff_id"},
	{key: "cloudpay.refund_staff_name"},
	{key: "cloudpay.unionpay_platform", def: "0", check: isCount(0, 99999)}, // pay_platform of UnionPay, from the provider; 0: not signed
	{key: "cloudpay.unionpay_sub_platform", def: "0", check: isCount(0, 99999)},
	{key: "cloudpay.sign_refunds", def: "false", check: isBool},
	{key: "cloudpay.sign_key", secret: true},
	{key: "cloudpay.hosts", check: isURLs}, // spaces between them; empty: Cloud Pay's own
	{key: "cloudpay.extra_ca", secret: true},
	{key: "cloudpay.query_interval", def: "3s", check: isDuration(time.Millisecond, time.Minute)},
	{key: "cloudpay.pay_timeout", def: "2m", check: isDuration(10*time.Millisecond, 15*time.Minute)},
	{key: "cloudpay.qr_timeout", def: "120s", check: isDuration(10*time.Millisecond, 2*time.Hour)},
}

var (
	ErrUnknownSetting = errors.New("app: no such setting")
	ErrBadSetting     = errors.New("app: this value cannot be")
)

// Ways that a wallet's codes go.
const (
	WayDirect   = "direct"   // the wallet's own channel
	WayCloudPay = "cloudpay" // Tencent Cloud Pay
	WayNone     = "none"     // not taken
)

// SecretStore keeps what must never be in the ledger: data/vault.
type SecretStore interface {
	Get(name string) (value string, ok bool, err error)
	Set(name, value string) error
	Delete(name string) error
}

// Settings reads and writes the shop's configuration.
type Settings struct {
	ledger *data.Ledger
	vault  SecretStore
}

// NewSettings joins the ledger's settings and the vault's secrets.
func NewSettings(ledger *data.Ledger, vault SecretStore) *Settings {
	return &Settings{ledger: ledger, vault: vault}
}

// SettingLine is one setting as it is listed. Value is empty for a secret.
type SettingLine struct {
	Key    string
	Value  string
	Set    bool // false while the default holds
	Secret bool
}

// List is every setting in order. Secrets show only whether they are set.
func (s *Settings) List(ctx context.Context) ([]SettingLine, error) {
	stored, err := s.ledger.Settings(ctx)
	if err != nil {
		return nil, ledgerProblem(err)
	}
	var lines []SettingLine
	for _, st := range settings {
		line := SettingLine{Key: st.key, Secret: st.secret}
		if st.secret {
			if _, line.Set, err = s.vault.Get(st.key); err != nil {
				return nil, err
			}
		} else if line.Value, line.Set = stored[st.key]; !line.Set {
			line.Value = st.def
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// Get is a setting's value or its default. Secrets are given too: ask
// IsSecret before showing anything. Values is for more than one.
func (s *Settings) Get(ctx context.Context, key string) (string, error) {
	return s.read(key, func() (value string, ok bool, err error) { return s.ledger.Setting(ctx, key) })
}

// read is a setting's value or its default; stored reads it from the ledger if
// that is where it lives.
func (s *Settings) read(key string, stored func() (value string, ok bool, err error)) (string, error) {
	st, ok := findSetting(key)
	if !ok {
		return "", fmt.Errorf("%w: %s", ErrUnknownSetting, key)
	}
	if st.secret {
		value, _, err := s.vault.Get(key)
		return value, err
	}
	value, ok, err := stored()
	if err != nil {
		return "", ledgerProblem(err)
	}
	if !ok {
		return st.def, nil
	}
	return value, nil
}

// Set checks and stores a value; an empty one takes the setting back to its
// default.
func (s *Settings) Set(ctx context.Context, key, value string) error {
	st, ok := findSetting(key)
	if !ok {
		return fmt.Errorf("%w: %s", ErrUnknownSetting, key)
	}
	value = strings.TrimSpace(value)
	if value != "" && st.check != nil {
		if err := st.check(value); err != nil {
			return &Problem{Kind: ProblemSetting, Pairs: []any{"key", key}, Cause: fmt.Errorf("%w: %s: %w", ErrBadSetting, key, err)}
		}
	}
	if !st.secret {
		return ledgerProblem(s.ledger.SetSetting(ctx, key, value))
	}
	if value == "" {
		return s.vault.Delete(key)
	}
	return s.vault.Set(key, value)
}

// IsSecret reports whether a key's value must never be shown.
func IsSecret(key string) bool {
	st, ok := findSetting(key)
	return ok && st.secret
}

// Values reads settings by key without an error for each: the first error is
// kept and everything after it is empty. The ledger is asked once, when the
// first of its settings is read, so all of them hold at one moment; what is
// saved later is for the next run.
type Values struct {
	ctx    context.Context
	s      *Settings
	new    map[string]string // values that are not saved yet
	stored map[string]string // what the ledger has; nil until it was asked
	err    error
}

// Values starts a run of readings.
func (s *Settings) Values(ctx context.Context) *Values { return &Values{ctx: ctx, s: s} }

// ValuesWith reads as if changes had been saved: a key of changes has that
// value, or its default where that is empty.
func (s *Settings) ValuesWith(ctx context.Context, changes map[string]string) *Values {
	return &Values{ctx: ctx, s: s, new: changes}
}

// Err is the first error of the run.
func (v *Values) Err() error { return v.err }

// Text is a setting's value.
func (v *Values) Text(key string) string {
	if v.err != nil {
		return ""
	}
	if value, ok := v.new[key]; ok {
		if st, _ := findSetting(key); value == "" {
			return st.def
		}
		return value
	}
	value, err := v.s.read(key, func() (value string, ok bool, err error) {
		if v.stored == nil {
			if v.stored, err = v.s.ledger.Settings(v.ctx); err != nil {
				return "", false, err
			}
		}
		value, ok = v.stored[key]
		return value, ok, nil
	})
	v.err = err
	return value
}

// Bool is a setting that is true or false.
func (v *Values) Bool(key string) bool { return v.Text(key) == "true" }

// Duration is a setting such as "3s"; 0 where it is empty.
func (v *Values) Duration(key string) time.Duration {
	if v.Text(key) == "" {
		return 0
	}
	d, err := time.ParseDuration(v.Text(key))
	if err != nil && v.err == nil {
		v.err = fmt.Errorf("%w: %s", ErrBadSetting, key)
	}
	return d
}

// Amount is a setting in yuan.
func (v *Values) Amount(key string) payment.Amount {
	a, err := payment.ParseAmount(v.Text(key))
	if err != nil && v.err == nil {
		v.err = fmt.Errorf("%w: %s", ErrBadSetting, key)
	}
	return a
}

// Clock is a time of day such as "04:00", as the time since midnight.
func (v *Values) Clock(key string) time.Duration {
	d, err := parseClock(v.Text(key))
	if err != nil && v.err == nil {
		v.err = fmt.Errorf("%w: %s", ErrBadSetting, key)
	}
	return d
}

// Int is a whole number.
func (v *Values) Int(key string) int {
	n, err := strconv.Atoi(v.Text(key))
	if err != nil && v.err == nil {
		v.err = fmt.Errorf("%w: %s", ErrBadSetting, key)
	}
	return n
}

// HasSetting reports whether there is a setting with this key.
func HasSetting(key string) bool {
	_, ok := findSetting(key)
	return ok
}

func findSetting(key string) (setting, bool) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return settings[i], true
}

func oneOf(choices ...string) func(string) error {
	return func(s string) error {
		if !slices.Contains(choices, s) {
			return fmt.Errorf("want one of %s", strings.Join(choices, ", "))
		}
		return nil
	}
}

func isBool(s string) error { return oneOf("true", "false")(s) }

func isAmount(s string) error {
	a, err := payment.ParseAmount(s)
	if err != nil {
		return err
	}
	return a.Check(payment.MaxAmount)
}

func isAmountOrNone(s string) error {
	_, err := payment.ParseAmount(s)
	return err
}

// latestCutover keeps the business day near the day of the calendar: a shop that
// is open past noon of the next day has no night.
const latestCutover = 12 * time.Hour

func isClock(s string) error {
	_, err := parseClock(s)
	return err
}

func parseClock(s string) (time.Duration, error) {
	at, err := time.Parse("15:04", s)
	if err != nil {
		return 0, errors.New("want a time of day such as 04:00")
	}
	d := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	if d > latestCutover {
		return 0, errors.New("want a time of day from 00:00 to 12:00")
	}
	return d, nil
}

func isQuick(s string) error {
	_, err := ParseQuickAmounts(s)
	return err
}

func isDepositAmounts(s string) error {
	_, err := ParseDepositAmounts(s)
	return err
}

func isDuration(low, high time.Duration) func(string) error {
	return func(s string) error {
		d, err := time.ParseDuration(s)
		if err != nil || d < low || d > high {
			return fmt.Errorf("want a time from %s to %s, such as 3s", low, high)
		}
		return nil
	}
}

func isCount(low, high int) func(string) error {
	return func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < low || n > high {
			return fmt.Errorf("want a whole number from %d to %d", low, high)
		}
		return nil
	}
}

func isURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return errors.New("want an address such as https://openapi.alipay.com/gateway.do")
	}
	return nil
}

func isURLs(s string) error {
	for word := range strings.FieldsSeq(s) {
		if err := isURL(word); err != nil {
			return err
		}
	}
	return nil
}

func isPrinter(s string) error {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || (scheme != "virtual" && rest == "") || !slices.Contains([]string{"tcp", "file", "spool", "virtual"}, scheme) {
		return errors.New("want virtual:, spool:NAME, file:///PATH or tcp://HOST:PORT")
	}
	return nil
}
