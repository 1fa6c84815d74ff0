package alipay

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	lib "github.com/smartwalle/alipay/v3"

	"frontdesk/payment/wire"
)

// ProbeKind says what a Probe found. The translation files hold two sentences
// for each: "alipay.probe.<kind>.what" and "alipay.probe.<kind>.do".
type ProbeKind string

const (
	ProbeGood             ProbeKind = "good"              // gateway, app id, private key and Alipay's key fit together
	ProbeNetwork          ProbeKind = "network"           // no answer: offline, blocked, or too slow
	ProbeTLS              ProbeKind = "tls"               // somebody else answered at this address
	ProbeNotAlipay        ProbeKind = "not_alipay"        // an answer that is not the gateway's
	ProbeAppUnknown       ProbeKind = "app_unknown"       // no such application here: sandbox and production mixed, or not online
	ProbeAppOffline       ProbeKind = "app_offline"       // the application is not online
	ProbeSignatureRefused ProbeKind = "signature_refused" // the private key does not fit the public key at Alipay
	ProbeNoAppKey         ProbeKind = "no_app_key"        // no public key of the application at Alipay
	ProbeWrongAlipayKey   ProbeKind = "wrong_alipay_key"  // Alipay's public key or certificate here is not the right one
	ProbeCertMode         ProbeKind = "cert_mode"         // the application is in certificate mode, or a certificate is wrong
	ProbePermission       ProbeKind = "permission"        // contract or right missing
	ProbeToken            ProbeKind = "token"             // provider mode: app_auth_token wrong or expired
	ProbeClock            ProbeKind = "clock"             // this computer's clock is wrong
	ProbeBusy             ProbeKind = "busy"              // Alipay asks to try again later
	ProbeOther            ProbeKind = "other"             // see Code
)

// ProbeKinds lists every kind that has sentences.
var ProbeKinds = []ProbeKind{ProbeGood, ProbeNetwork, ProbeTLS, ProbeNotAlipay, ProbeAppUnknown, ProbeAppOffline,
	ProbeSignatureRefused, ProbeNoAppKey, ProbeWrongAlipayKey, ProbeCertMode, ProbePermission, ProbeToken, ProbeClock,
	ProbeBusy, ProbeOther}

// ProbeResult is what a Probe found.
type ProbeResult struct {
	Kind   ProbeKind
	Code   string        // the gateway's code; empty when it gave none
	Skew   time.Duration // how far this computer's clock is ahead of the gateway's; only with Dated
	Dated  bool          // the answer had a date, so Skew is known
	Took   time.Duration // from sending to the answer
	Detail error         // for the log; nil when Kind is ProbeGood
}

// MaxSkew is how far the clock may be off before the manager is told. Sales go
// on: a wrong clock puts them on the wrong day and stops none of them.
const MaxSkew = 2 * time.Minute

// ClockWrong reports whether this computer's clock is off by more than MaxSkew.
// It can be true beside ProbeGood.
func (p ProbeResult) ClockWrong() bool { return p.Dated && p.Skew.Abs() > MaxSkew }

// Probe asks for an order that cannot exist. The right answer is a signed "no
// such order", which proves address, application, both keys and the clock. It
// does not prove the contract: only a real payment does. No money can move.
func (c *Channel) Probe(ctx context.Context) ProbeResult {
	ctx, seen := wire.Watch(ctx)
	before := c.now()
	number := "FDPROBE" + rand.Text()
	reply := c.call(ctx, methodQuery, fields{"out_trade_no": number})
	c.note(ctx, methodQuery, number, reply, "probe", reply.err)

	result := ProbeResult{Code: reply.answer.codeForSupport(), Took: reply.took}
	result.Skew, result.Dated = seen.Skew(before, reply.took)
	if result.Kind = probeKind(reply); result.Kind != ProbeGood {
		result.Detail = detail(reply)
	}
	return result
}

// probeCodes are the gateway's refusals and their plain meaning, searched from
// the top. Each is contained in the sub code, in capitals.
var probeCodes = []struct {
	part string
	kind ProbeKind
}{
	{"INVALID-APP-ID", ProbeAppUnknown},
	{"INVALID-APP-STATE", ProbeAppOffline},
	{"NOT-ONLINE-APP", ProbeAppOffline},
	{"MISSING-SIGNATURE-KEY", ProbeNoAppKey},
	{"MISSING-SIGNATURE-CONFIG", ProbeNoAppKey},
	{"INVALID-SIGNATURE-TYPE", ProbeOther},
	{"INVALID-SIGNATURE", ProbeSignatureRefused},
	{"CERT", ProbeCertMode}, // missing-app-cert-sn, missing- and invalid-alipay-root-cert-sn, app-cert-expired
	{"INVALID-TIMESTAMP", ProbeClock},
	{"AUTH-TOKEN", ProbeToken},
	{"INSUFFICIENT-ISV-PERMISSIONS", ProbePermission},
	{"INSUFFICIENT-USER-PERMISSIONS", ProbePermission},
	{"ACCESS_FORBIDDEN", ProbePermission},
	{"PARTNER_ERROR", ProbePermission},
	{"MERCHANT_AGREEMENT", ProbePermission},
	{"MERCHANT_STATUS_NOT_NORMAL", ProbePermission},
	{"SELLER_BEEN_BLOCKED", ProbePermission},
	{"CALL-LIMITED", ProbeBusy},
}

// probeKind reads a reply for the doctor. Unlike fold.go it listens to refusals
// without a signature too: no money hangs on them here.
func probeKind(r reply) ProbeKind {
	a := r.answer
	switch {
	case errors.Is(r.err, errSignature):
		return ProbeWrongAlipayKey
	case r.err != nil && !errors.Is(r.err, errUnsigned):
		return transportKind(r.err)
	case r.err == nil && a.Code == codeRefused && a.has("TRADE_NOT_EXIST"):
		return ProbeGood
	case systemError(a), a.Code == "20000":
		return ProbeBusy
	}
	for _, known := range probeCodes {
		if a.has(known.part) {
			return known.kind
		}
	}
	switch a.Code {
	case "20001":
		return ProbeToken
	case "40005":
		return ProbeBusy
	case "40006":
		return ProbePermission
	}
	return ProbeOther
}

var troubles = map[wire.Trouble]ProbeKind{wire.NoAnswer: ProbeNetwork, wire.BadTLS: ProbeTLS, wire.BadClock: ProbeClock, wire.Foreign: ProbeNotAlipay}

func transportKind(err error) ProbeKind {
	return troubles[wire.TroubleOf(err, errNoAnswer, lib.ErrBadResponse)]
}
