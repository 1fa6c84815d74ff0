package wechat

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// signType is the only one that deposits take.
const signType = "HMAC-SHA256"

// sign is the signature over all fields: HMAC-SHA256 with the API key, which
// also stands at the end of the text.
func (p params) sign(key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(p.canonical(key)))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// signed reports whether the answer's signature fits.
func (p params) signed(key string) bool {
	return hmac.Equal([]byte(strings.ToUpper(p["sign"])), []byte(p.sign(key)))
}

// v2reply is what came back to a call of v2. err is nil only when the answer's
// signature fits; then the fields can be believed. Of an unsigned answer its
// messages are kept.
type v2reply struct {
	fields params
	err    error
	took   time.Duration // for the log
}

const (
	plainCall = false // a call that anybody may make who has the key
	certCall  = true  // one that shows the merchant's certificate
)

// callV2 sends one request of v2 and waits for its answer, in this order: build,
// sign, send, cap the body (wire), look at the status, decode, verify.
func (c *Channel) callV2(ctx context.Context, path string, f params, show bool) (r v2reply) {
	ctx, cancel := context.WithTimeout(ctx, c.set.requestTimeout)
	defer cancel()
	f["appid"], f["mch_id"], f["sub_mch_id"], f["sub_appid"] = c.set.appID, c.set.mchID, c.set.subMchID, c.set.subAppID
	f["nonce_str"], f["sign_type"] = rand.Text(), signType
	f["sign"] = f.sign(c.set.apiV2Key)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.set.gateway+path, bytes.NewReader(f.encode()))
	if err != nil {
		return v2reply{err: err}
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	client := c.http
	if show {
		client = c.https
	}
	began := time.Now()
	response, err := client.Do(request)
	r.took = time.Since(began)
	if err != nil {
		r.err = err
		return r
	}
	raw, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = &wire.StatusError{Status: response.StatusCode}
	}
	if err == nil {
		r.fields, err = decodeXML(raw)
	}
	if err != nil {
		r.fields, r.err = nil, fmt.Errorf("%w: %w", errNotWeChat, err)
		return r
	}
	return r.verified(c.set.apiV2Key)
}

// verified keeps of an answer that cannot be believed only what it says of
// itself.
func (r v2reply) verified(key string) v2reply {
	said := r.fields
	switch {
	case said["return_code"] == "":
		r.err = errNotWeChat
	case said["sign"] == "":
		r.err = errUnsigned
	case !said.signed(key):
		r.err = errSignature
	}
	if r.err != nil {
		r.fields = params{}
		for _, name := range []string{"return_code", "return_msg", "result_code", "err_code", "err_code_des"} {
			r.fields[name] = said[name]
		}
	}
	return r
}

// code is what a person tells WeChat's support. Refusals of the form have none
// of their own; one of them, the wrong key, is made out by its words.
func (r v2reply) code() text {
	switch {
	case r.fields["err_code"] != "" || r.fields["return_code"] == "SUCCESS":
		return text(r.fields["err_code"])
	case strings.Contains(r.fields["return_msg"], "签名"):
		return "SIGNERROR"
	}
	return text(r.fields["return_code"])
}

// verdict says whether the request was taken. return_code speaks of the form and
// result_code of the business; both must be there.
func (r v2reply) verdict() verdict {
	switch {
	case r.err != nil || r.fields["return_code"] != "SUCCESS":
		return open
	case r.fields["result_code"] == "SUCCESS":
		return accepted
	case r.fields["result_code"] != "FAIL" || r.code() == "":
		return open
	}
	if _, unclear, _ := reasonOfCode(r.code(), usePay); unclear {
		return open
	}
	return refused
}

// known reports a refusal with a code that is in the table.
func (r v2reply) known() bool {
	_, _, known := reasonOfCode(r.code(), usePay)
	return known
}

// inTrouble reports that WeChat itself said that it cannot answer.
func (r v2reply) inTrouble() bool { return r.is("SYSTEMERROR") }

// is reports whether the answer's code is one of these, in capitals and without
// underscores.
func (r v2reply) is(codes ...string) bool {
	return r.err == nil && slices.Contains(codes, normalCode(r.code()))
}

func (r v2reply) reason(use reasonUse) payment.Reason {
	refusal := r.fields["return_code"] != "SUCCESS" || r.fields["result_code"] == "FAIL"
	return explain(r.err, r.code(), refusal, r.verdict() == refused, use)
}

// said is what the answer calls a state, for the log.
func (r v2reply) said() string {
	f := r.fields
	switch {
	case len(f) == 0:
		return ""
	case f["return_code"] != "SUCCESS":
		return wire.Scrub(f["return_code"] + " " + f["return_msg"])
	case f["result_code"] != "SUCCESS":
		return wire.Scrub(f["result_code"] + " " + f["err_code"] + ": " + f["err_code_des"])
	case f["trade_state"] != "":
		return wire.Scrub("trade_state " + f["trade_state"] + ": " + f["trade_state_desc"])
	}
	return "taken"
}

// detail is what the log says of a reply that leaves something open.
func (r v2reply) detail() error {
	switch {
	case r.err != nil && len(r.fields) == 0:
		return r.err
	case r.err != nil:
		return fmt.Errorf("%w: %s", r.err, r.said())
	}
	return fmt.Errorf("the answer leaves it open: %s", r.said())
}

// noteV2 writes one line for each call of v2.
func (c *Channel) noteV2(ctx context.Context, call, number string, r v2reply, result string, detail error) {
	c.line(ctx, call, number, result, detail, r.took, slog.String("says", r.said()))
}

// inFen is an amount as v2 writes it.
func inFen(a payment.Amount) string { return strconv.FormatInt(int64(a), 10) }
