package alipay

import (
	"bytes"
	"cmp"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	lib "github.com/smartwalle/alipay/v3"
	"github.com/smartwalle/nsign"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// Channel is one application at Alipay's gateway. All methods may be called at
// the same time.
type Channel struct {
	client *lib.Client
	http   *http.Client
	files  *http.Client // downloads bills
	set    settings
	log    *slog.Logger
	now    func() time.Time
}

var _ payment.Channel = (*Channel)(nil)

// New makes a Channel. The error is the first of Config.Problems, a
// *ConfigError. Nothing is sent.
func New(c Config) (*Channel, error) {
	set, problems := c.resolve()
	if len(problems) > 0 {
		return nil, problems[0]
	}
	ch := &Channel{set: set, log: cmp.Or(c.Log, slog.New(slog.DiscardHandler)), now: c.Clock}
	if ch.now == nil {
		ch.now = time.Now
	}
	way := c.Transport
	if way == nil {
		way = wire.NewTransport(5*time.Second, 50*time.Second) // which is below what home routers keep open
	}
	ch.http, ch.files = wire.NewStrictClient(way), wire.NewFileClient(way)

	// The library's own production mode answers an unknown certificate number
	// by downloading the certificate and trusting it without its issuer. So
	// the library always runs in the other mode, with the gateway given: then
	// such an answer is one with a wrong signature, and nothing else differs.
	const production = false
	number := keyModeNo
	if set.keys.certs != nil {
		number = set.keys.certs.alipayNo
	}
	client, err := lib.New(set.appID, canonical(set.keys.private), production,
		lib.WithSandboxGateway(set.gateway),
		lib.WithHTTPClient(ch.http),
		lib.WithTimeLocation(payment.Beijing),
		lib.WithVerifier(number, verifier{set.keys.alipay}))
	if err != nil {
		return nil, fmt.Errorf("alipay: %w", err)
	}
	if certs := set.keys.certs; certs != nil {
		if err := errors.Join(client.LoadAppCertPublicKey(certs.appPEM), client.LoadAliPayRootCert(certs.rootPEM)); err != nil {
			return nil, fmt.Errorf("alipay: %w", err)
		}
	}
	ch.client = client
	return ch, nil
}

// keyModeNo stands for Alipay's key where there is no certificate number. Only
// answers without a number are verified with it.
const keyModeNo = "alipay-public-key"

// Name is payment.Alipay.
func (c *Channel) Name() payment.ChannelName { return payment.Alipay }

// Policy is the rhythm of the documents, or what the Config says instead.
func (c *Channel) Policy() payment.Policy { return c.set.policy() }

// Close lets go of idle connections. Requests that are under way go on.
func (c *Channel) Close() { c.http.CloseIdleConnections() }

// Format prints the application and nothing of its keys, for every verb, also
// when the Channel is printed by value.
func (c Channel) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "alipay app %s at %s", c.set.appID, c.set.gateway)
}

// fields are the parameters of one request. Only set ones may be in it: the
// gateway takes an empty parameter for a wrong one.
type fields map[string]any

// set adds a text unless it is empty.
func (f fields) set(name, text string) {
	if text != "" {
		f[name] = text
	}
}

var (
	errUnsigned  = errors.New("the answer is not signed")
	errSignature = errors.New("the answer's signature does not fit Alipay's key")
	errNoAnswer  = errors.New("the answer is empty")
)

// reply is what came back. err is nil only when the answer's signature fits;
// then answer can be believed. An unsigned answer is kept for its codes.
type reply struct {
	answer answer
	err    error
	took   time.Duration // for the log
}

// call sends one request and waits for its answer, in this order: build, sign,
// send, check the status, cap the body (wire), verify (verifier), decode.
func (c *Channel) call(ctx context.Context, method string, biz fields) reply {
	ctx, cancel := context.WithTimeout(ctx, c.set.requestTimeout)
	defer cancel()
	payload := lib.NewPayload(method)
	for name, value := range biz {
		payload.AddBizField(name, value)
	}
	if c.set.appAuthToken != "" {
		payload.AddParam("app_auth_token", c.set.appAuthToken)
	}
	var r reply
	began := time.Now()
	r.err = c.client.Request(ctx, payload, &r.answer)
	r.took = time.Since(began)

	// An answer without a signature comes back as the library's error. It may
	// be nil inside (for the answer "null"), so it is never called.
	var refusal *lib.Error
	switch {
	case r.err == nil && r.answer.Code == "":
		r.err = errNoAnswer
	case errors.As(r.err, &refusal) && refusal == nil:
		r.err = errNoAnswer
	case errors.As(r.err, &refusal):
		r.answer = answer{Code: text(refusal.Code), SubCode: text(refusal.SubCode), SubMsg: text(refusal.SubMsg)}
		r.err = errUnsigned
	case errors.Is(r.err, lib.ErrAliPublicKeyNotFound): // signed by a certificate that is not in the Config
		r.err = errSignature
	case r.err != nil:
		r.answer = answer{} // it may be half filled
	}
	r.answer.SubMsg = text(c.scrub(string(r.answer.SubMsg)))
	return r
}

// verifier checks an answer's signature: RSA2, which is SHA256withRSA.
type verifier struct{ key *rsa.PublicKey }

// VerifyBytes takes the exact bytes of the answer's node. Some of the gateway's
// machines escape the slashes after they have signed: where the exact bytes do
// not fit, the official clients try without the escapes. That is safe, because
// both forms mean the same JSON.
func (v verifier) VerifyBytes(node, signature []byte, _ ...nsign.SignOption) error {
	if v.fits(node, signature) || v.fits(bytes.ReplaceAll(node, []byte(`\/`), []byte("/")), signature) {
		return nil
	}
	return errSignature
}

func (v verifier) fits(node, signature []byte) bool {
	sum := sha256.Sum256(node)
	return rsa.VerifyPKCS1v15(v.key, crypto.SHA256, sum[:], signature) == nil
}

// VerifyValues would verify a notification. A till has no address for them.
func (v verifier) VerifyValues(url.Values, []byte, ...nsign.SignOption) error { return errSignature }
