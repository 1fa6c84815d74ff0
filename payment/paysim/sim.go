package paysim

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"
)

const (
	appID        = "9021000100000001" // sandbox applications begin with 9021
	sellerID     = "2088000000000018" // account numbers are 2088 and twelve digits
	sellerLogon  = "shop@example.com"
	appAuthToken = "202611BBpaysim0000000000000000000000X18"
)

// Options say how a simulator behaves. The zero value is a simulator in memory
// with the times of the documents.
type Options struct {
	Dir   string           // folder for the keys and the truth, made when missing; "" keeps both in memory. One simulator per folder
	Clock func() time.Time // nil is time.Now
	Rand  io.Reader        // trade numbers, QR texts and pay codes; nil is crypto/rand. Keys never come from it
	Keys  *Keys            // shared by several simulators of one test run; nil reads them from Dir or makes new ones
	Log   *slog.Logger     // one line per call, without secrets; nil logs nothing

	Slow     time.Duration // how long the answer to code 11 takes; 0 is 8 s
	Password time.Duration // how long the payer of code 02 takes at the most, and a capture that waits, by Clock; 0 is 8 s

	// Skew is how far a request's timestamp may be from Clock. 0 is ten minutes
	// with the real clock, and no check with an injected one (the client's clock
	// is then another). Below 0 it is never checked.
	Skew time.Duration

	// QRSurvivesCancel lets a QR that was cancelled before anybody scanned it be
	// paid, or confirmed as a hold, all the same. The documents do not say that
	// it cannot be, so a till has to survive both.
	QRSurvivesCancel bool

	WeChat WeChatOptions // the front of WeChat Pay

	CloudUnionPay  bool // the Cloud Pay account takes UnionPay codes too
	CloudSignature bool // Cloud Pay wants a refund signed with the merchant's key besides its authen_code
}

// Sim is one simulator. Its methods are safe for concurrent use.
type Sim struct {
	AppID        string // alipay.app_id
	SellerID     string // alipay.seller_id
	SellerLogon  string // the same account by its login name, the other way to name the payee of a hold
	AppAuthToken string // the only app_auth_token it takes, for provider mode; a request may also carry none

	MerchantPrivateKey string // what the till signs with, PEM (PKCS#8)
	AlipayPublicKey    string // what the till verifies with, PEM (PKIX)

	opts   Options
	log    *slog.Logger
	keys   *Keys
	book   *book
	cloud  *cloudPay
	faults faults
	wechat *weChat
	server server
}

// New makes a simulator, or wakes the one that lived in Options.Dir. It does
// not listen yet.
func New(o Options) (*Sim, error) {
	if o.Skew == 0 {
		o.Skew = -1
		if o.Clock == nil {
			o.Skew = 10 * time.Minute
		}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Slow == 0 {
		o.Slow = 8 * time.Second
	}
	if o.Password == 0 {
		o.Password = 8 * time.Second
	}
	s := &Sim{AppID: appID, SellerID: sellerID, SellerLogon: sellerLogon, AppAuthToken: appAuthToken, opts: o, log: o.Log, keys: o.Keys}
	bookFile := ""
	if o.Dir != "" {
		bookFile = filepath.Join(o.Dir, "book.jsonl")
	}
	if err := s.getKeys(); err != nil {
		return nil, err
	}
	var err error
	if s.book, err = openBook(bookFile, o.Clock, o.Rand); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	newAlipay(s).mount(mux)
	s.wechat = newWeChat(s)
	s.wechat.mount(mux)
	mux.Handle("/control/", newControl(s))
	if s.cloud, err = newCloudPay(s); err != nil {
		return nil, err
	}
	mux.Handle(cloudPath, s.cloud)
	s.server.prepare(mux, o.Log)
	return s, nil
}

// getKeys takes the keys of the options, or those of the folder, or makes new
// ones, and says them in the form that a till is configured with.
func (s *Sim) getKeys() (err error) {
	switch {
	case s.keys != nil:
	case s.opts.Dir == "":
		s.keys, err = NewKeys()
	default:
		s.keys, err = keysIn(filepath.Join(s.opts.Dir, "keys"))
	}
	if err != nil {
		return fmt.Errorf("paysim: keys: %w", err)
	}
	if s.MerchantPrivateKey, err = privatePEM(s.keys.merchant); err != nil {
		return err
	}
	s.AlipayPublicKey, err = publicPEM(s.keys.alipay)
	return err
}

// Close stops listening, breaks off what is being answered, and closes the
// book. It may be called more than once.
func (s *Sim) Close() error {
	s.server.stop()
	return s.book.close()
}

// now is the simulator's time.
func (s *Sim) now() time.Time { return s.opts.Clock() }

// sleep waits in real time; it is false when the simulator closed meanwhile.
func (s *Sim) sleep(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.server.closing:
		return false
	}
}
