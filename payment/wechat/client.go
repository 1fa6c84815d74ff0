package wechat

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/validators"
	"github.com/wechatpay-apiv3/wechatpay-go/core/consts"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// Channel is one merchant at WeChat Pay. All methods may be called at the same
// time.
type Channel struct {
	v3    *core.Client
	check *validators.WechatPayResponseValidator
	files *core.Client // fetches what has no signature of its own: bills
	http  *http.Client // v3, and the calls of deposits that show no certificate
	https *http.Client // the calls of deposits that show one
	set   settings
	log   *slog.Logger
	now   func() time.Time
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
	ch.http = wire.NewClient(way)
	ch.https = ch.http
	if set.deposits() {
		ch.https = wire.NewClient(withCertificate(way, set.keys.client))
	}
	ch.check = validators.NewWechatPayResponseValidator(set.keys.verifier)
	var err error
	ch.v3, err = core.NewClient(context.Background(),
		option.WithMerchantCredential(set.mchID, set.keys.serial, set.keys.private),
		option.WithVerifier(set.keys.verifier),
		option.WithHTTPClient(ch.http))
	if err == nil {
		ch.files, err = core.NewClient(context.Background(),
			option.WithMerchantCredential(set.mchID, set.keys.serial, set.keys.private),
			option.WithoutValidator(),
			option.WithHTTPClient(wire.NewFileClient(way)))
	}
	if err != nil {
		return nil, fmt.Errorf("wechat: %w", err)
	}
	return ch, nil
}

// Name is payment.WeChat.
func (c *Channel) Name() payment.ChannelName { return payment.WeChat }

// Policy is the rhythm of the documents, or what the Config says instead.
func (c *Channel) Policy() payment.Policy { return c.set.policy() }

// Close lets go of idle connections. Requests that are under way go on.
func (c *Channel) Close() {
	c.http.CloseIdleConnections()
	c.https.CloseIdleConnections()
}

// Format prints the merchant and nothing of its keys, for every verb, also when
// the Channel is printed by value.
func (c Channel) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "wechat merchant %s at %s", c.set.mchID, c.set.gateway)
}

// fields are the parameters of one request. Only set ones may be in it.
type fields map[string]any

// set adds a text unless it is empty.
func (f fields) set(name, text string) {
	if text != "" {
		f[name] = text
	}
}

var (
	errUnsigned  = errors.New("the answer is not signed")
	errSignature = errors.New("the answer's signature does not fit WeChat's key")
	errStale     = errors.New("the answer is signed for another time")
	errNotWeChat = errors.New("the answer is not WeChat's")
)

// reply is what came back. err is nil only when the answer's signature fits;
// then answer can be believed. An unsigned answer is kept for its codes.
type reply struct {
	status int // of HTTP; 0 without an answer
	answer answer
	err    error
	took   time.Duration // for the log
}

// request is one call of v3. body is nil for a GET.
type request struct {
	method, path string
	query        url.Values
	body         fields
}

// call sends one request and waits for its answer, in this order: build, sign,
// send, cap the body (wire), verify, look at the status, decode.
func (c *Channel) call(ctx context.Context, q request) (r reply) {
	ctx, cancel := context.WithTimeout(ctx, c.set.requestTimeout)
	defer cancel()
	var body any // nil, and not a nil map, where there is none
	if q.body != nil {
		raw, err := json.Marshal(q.body)
		if err != nil {
			return reply{err: err}
		}
		body = raw
	}
	began := time.Now()
	result, err := c.v3.Request(ctx, q.method, c.set.gateway+q.path, nil, q.query, body, consts.ApplicationJSON)
	r.took = time.Since(began)
	if result == nil || result.Response == nil {
		if r.err = err; err == nil {
			r.err = errNotWeChat
		}
		return r
	}
	r.status = result.Response.StatusCode

	// The library verifies what succeeded. The signature of a refusal is as good,
	// so it is verified here; its own error, which prints all headers, ends here.
	var refusal *core.APIError
	if errors.As(err, &refusal) {
		err = c.check.Validate(ctx, result.Response)
	}
	if err != nil {
		r.err = distrust(result.Response.Header)
	}
	return c.decode(r, result.Response)
}

// distrust says why an answer is not believed.
func distrust(h http.Header) error {
	for _, name := range []string{consts.WechatPaySerial, consts.WechatPaySignature, consts.WechatPayTimestamp, consts.WechatPayNonce} {
		if h.Get(name) == "" {
			return errUnsigned
		}
	}
	var seconds int64
	if _, err := fmt.Sscan(h.Get(consts.WechatPayTimestamp), &seconds); err == nil && time.Since(time.Unix(seconds, 0)).Abs() >= consts.FiveMinute*time.Second {
		return errStale
	}
	return errSignature
}

// decode reads the body. Of an answer that is not believed it keeps the codes,
// for the manager.
func (c *Channel) decode(r reply, response *http.Response) reply {
	raw, err := io.ReadAll(response.Body)
	raw = bytes.TrimSpace(raw)
	var a answer
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &a)
	}
	success := r.status >= 200 && r.status < 300
	switch {
	case err == nil && r.err == nil:
		r.answer = a
		r.answer.Message = text(wire.Scrub(string(a.Message)))
		r.answer.TradeStateDesc = text(wire.Scrub(string(a.TradeStateDesc)))
	case err != nil || len(raw) > 0 && raw[0] != '{' || !success && a.Code == "":
		r.err = fmt.Errorf("%w: %w", errNotWeChat, &wire.StatusError{Status: r.status})
	default:
		r.answer = answer{Code: a.Code, Message: text(wire.Scrub(string(a.Message)))}
	}
	return r
}
