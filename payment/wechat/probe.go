package wechat

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"frontdesk/payment/wire"
)

// ProbeKind says what a Probe found. The translation files hold two sentences
// for each: "wechat.probe.<kind>.what" and "wechat.probe.<kind>.do".
type ProbeKind string

const (
	ProbeGood             ProbeKind = "good"              // address, merchant, private key and WeChat's key fit together
	ProbeNetwork          ProbeKind = "network"           // no answer: offline, blocked, or too slow
	ProbeTLS              ProbeKind = "tls"               // somebody else answered at this address
	ProbeNotWeChat        ProbeKind = "not_wechat"        // an answer that is not WeChat's
	ProbeMerchantUnknown  ProbeKind = "merchant_unknown"  // no such merchant number, or not this provider's
	ProbeAppMismatch      ProbeKind = "app_mismatch"      // the app id is not bound to the merchant number
	ProbeSignatureRefused ProbeKind = "signature_refused" // private key, serial number and merchant number do not fit together
	ProbeWrongWeChatKey   ProbeKind = "wrong_wechat_key"  // WeChat's public key or platform certificate here is not the right one
	ProbePermission       ProbeKind = "permission"        // contract or right missing
	ProbeDepositKey       ProbeKind = "deposit_key"       // payments are fine; the API v2 key of deposits is not the right one
	ProbeDepositRight     ProbeKind = "deposit_right"     // payments are fine; the merchant may take no deposits
	ProbeClock            ProbeKind = "clock"             // this computer's clock is wrong
	ProbeBusy             ProbeKind = "busy"              // WeChat asks to try again later
	ProbeOther            ProbeKind = "other"             // see Code
)

// ProbeKinds lists every kind that has sentences.
var ProbeKinds = []ProbeKind{ProbeGood, ProbeNetwork, ProbeTLS, ProbeNotWeChat, ProbeMerchantUnknown, ProbeAppMismatch,
	ProbeSignatureRefused, ProbeWrongWeChatKey, ProbePermission, ProbeDepositKey, ProbeDepositRight, ProbeClock, ProbeBusy, ProbeOther}

// ProbeResult is what a Probe found.
type ProbeResult struct {
	Kind   ProbeKind
	Code   string        // WeChat's code; empty when it gave none
	Skew   time.Duration // how far this computer's clock is ahead of WeChat's; only with Dated
	Dated  bool          // the answer had a date, so Skew is known
	Took   time.Duration // from sending to the answer
	Detail error         // for the log; nil when Kind is ProbeGood
}

// MaxSkew is how far the clock may be off before the manager is told. WeChat
// itself refuses, and is refused here, from five minutes on.
const MaxSkew = 2 * time.Minute

const refusedSkew = 5 * time.Minute

// ClockWrong reports whether this computer's clock is off by more than MaxSkew.
// It can be true beside ProbeGood.
func (p ProbeResult) ClockWrong() bool { return p.Dated && p.Skew.Abs() > MaxSkew }

// Probe asks for an order that cannot exist. The right answer is a signed "no
// such order", which proves address, merchant, both keys and the clock. Where
// deposits are set up, it asks for one of these as well, which proves the API v2
// key. It does not prove the contract, nor the app id, nor the certificate that
// deposits show: only a real payment does. No money can move.
func (c *Channel) Probe(ctx context.Context) ProbeResult {
	ctx, seen := wire.Watch(ctx)
	before := c.now()
	number := "FDP" + rand.Text() // 29 characters
	reply := c.call(ctx, c.queryRequest(number))
	c.note(ctx, "query", number, reply, "probe", reply.err)

	result := ProbeResult{Code: token(reply.answer.Code), Took: reply.took}
	result.Skew, result.Dated = seen.Skew(before, reply.took)
	late := result.Dated && result.Skew.Abs() >= refusedSkew
	if result.Kind = probeKind(reply, late); result.Kind != ProbeGood {
		result.Detail = reply.detail()
		return result
	}
	if c.set.deposits() {
		return c.probeDeposits(ctx, number, result)
	}
	return result
}

// probeDeposits goes on where v3 was found good.
func (c *Channel) probeDeposits(ctx context.Context, number string, good ProbeResult) ProbeResult {
	reply := c.callV2(ctx, pathHoldQuery, params{"out_trade_no": number}, plainCall)
	c.noteV2(ctx, "deposit query", number, reply, "probe", reply.err)
	if reply.noSuchDeposit() {
		return good
	}
	result := good
	result.Kind, result.Code, result.Detail = ProbeOther, token(reply.code()), reply.detail()
	switch code := normalCode(reply.code()); {
	case errors.Is(reply.err, errSignature), code == "SIGNERROR":
		result.Kind = ProbeDepositKey
	case reply.err != nil && !errors.Is(reply.err, errUnsigned):
		result.Kind = transportKind(reply.err)
	case code == "NOAUTH":
		result.Kind = ProbeDepositRight
	case probeCodes[code] != "":
		result.Kind = probeCodes[code]
	}
	return result
}

// probeCodes are WeChat's refusals and their plain meaning.
var probeCodes = map[string]ProbeKind{
	"SIGNERROR":          ProbeSignatureRefused,
	"MCHNOTEXISTS":       ProbeMerchantUnknown,
	"MCHIDNOTEXIST":      ProbeMerchantUnknown,
	"APPIDMCHIDNOTMATCH": ProbeAppMismatch,
	"APPIDNOTEXIST":      ProbeAppMismatch,
	"NOAUTH":             ProbePermission,
	"ACCOUNTERROR":       ProbePermission,
	"RULELIMIT":          ProbePermission,
	"FREQUENCYLIMITED":   ProbeBusy,
	"RATELIMITEXCEEDED":  ProbeBusy,
	"SYSTEMERROR":        ProbeBusy,
	"BANKERROR":          ProbeBusy,
}

// probeKind reads a reply for the doctor. Unlike fold.go it listens to refusals
// without a signature too: no money hangs on them here. late says that the clock
// is off so far that WeChat refuses for it.
func probeKind(r reply, late bool) ProbeKind {
	code := normalCode(r.answer.Code)
	switch {
	case errors.Is(r.err, errStale), late && code == "SIGNERROR":
		return ProbeClock
	case errors.Is(r.err, errSignature):
		return ProbeWrongWeChatKey
	case errors.Is(r.err, errUnsigned) && r.status < http.StatusBadRequest:
		return ProbeNotWeChat // who signs each success
	case r.err != nil && !errors.Is(r.err, errUnsigned):
		return transportKind(r.err)
	case r.noSuchOrder():
		return ProbeGood
	case probeCodes[code] != "":
		return probeCodes[code]
	case r.status >= http.StatusInternalServerError, r.status == http.StatusTooManyRequests:
		return ProbeBusy
	}
	return ProbeOther
}

var troubles = map[wire.Trouble]ProbeKind{wire.NoAnswer: ProbeNetwork, wire.BadTLS: ProbeTLS, wire.BadClock: ProbeClock, wire.Foreign: ProbeNotWeChat}

func transportKind(err error) ProbeKind { return troubles[wire.TroubleOf(err, errNotWeChat)] }
