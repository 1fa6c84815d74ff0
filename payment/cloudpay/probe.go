package cloudpay

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/wire"
)

// ProbeKind says what a Probe found. The translation files hold two sentences
// for each: "cloudpay.probe.<kind>.what" and "cloudpay.probe.<kind>.do".
type ProbeKind string

const (
	ProbeGood        ProbeKind = "good"         // host, ids and authentication key fit together
	ProbeNetwork     ProbeKind = "network"      // no answer: offline, blocked, or too slow
	ProbeTLS         ProbeKind = "tls"          // somebody else answered at this address
	ProbeNotCloudPay ProbeKind = "not_cloudpay" // an answer that is not Cloud Pay's
	ProbeKeyRefused  ProbeKind = "key_refused"  // Cloud Pay does not know this key; one that was made anew works after two minutes
	ProbeWrongKey    ProbeKind = "wrong_key"    // its answer is authenticated with another key
	ProbeAccount     ProbeKind = "account"      // provider, merchant or shop id, or the order prefix, is wrong
	ProbeClock       ProbeKind = "clock"        // this computer's clock is wrong
	ProbeBusy        ProbeKind = "busy"         // Cloud Pay asks to try again later
	ProbeOther       ProbeKind = "other"        // see Code
)

// ProbeKinds lists every kind that has sentences.
var ProbeKinds = []ProbeKind{ProbeGood, ProbeNetwork, ProbeTLS, ProbeNotCloudPay, ProbeKeyRefused, ProbeWrongKey, ProbeAccount,
	ProbeClock, ProbeBusy, ProbeOther}

// ProbeResult is what a Probe found.
type ProbeResult struct {
	Kind   ProbeKind
	Code   string        // the platform's status and internal status; empty when it gave none
	Skew   time.Duration // how far this computer's clock is ahead of the platform's; only with Dated
	Dated  bool          // the answer had a date, so Skew is known
	Took   time.Duration // from sending to the answer
	Hosts  []HostResult  // every host of the Config, and whether it is there
	Detail error         // for the log; nil when Kind is ProbeGood
}

// MaxSkew is how far the clock may be off before the manager is told. QRs end by
// this computer's time.
const MaxSkew = 2 * time.Minute

// ClockWrong reports whether this computer's clock is off by more than MaxSkew.
// It can be true beside ProbeGood.
func (p ProbeResult) ClockWrong() bool { return p.Dated && p.Skew.Abs() > MaxSkew }

// Probe asks for an order that cannot exist, and pings every host. An
// authenticated answer proves address, ids and key, whatever it says. It does
// not prove the contract with a wallet: only a real payment does. No money can
// move.
func (c *Channel) Probe(ctx context.Context) ProbeResult {
	pings := make(chan []HostResult, 1)
	go func() { pings <- c.ping(ctx) }()

	watched, seen := wire.Watch(ctx) // the pings go without
	before := c.now()
	number := wire.Clip(c.set.prefix+"PROBE"+rand.Text(), 32)
	reply := c.call(watched, callQueryOrder, c.queryContentOf(payment.WalletNone, number))
	c.note(ctx, callQueryOrder, number, reply, "probe", reply.err)

	result := ProbeResult{Code: reply.codeForSupport(), Took: reply.took, Hosts: <-pings}
	result.Skew, result.Dated = seen.Skew(before, reply.took)
	if result.Kind = probeKind(reply); result.Kind != ProbeGood {
		result.Detail = detail(reply, callQueryOrder)
	}
	return result
}

// probeKind reads a reply for the doctor. Unlike fold.go it listens to refusals
// without an authentication too: no money hangs on them here.
func probeKind(r reply) ProbeKind {
	status, said := r.content.number("status")
	internal, _ := r.internal()
	switch {
	case errors.Is(r.err, errSignature):
		return ProbeWrongKey
	case !said:
		return transportKind(r.err)
	case status == statusCaller && internal == internalAuthen:
		return ProbeKeyRefused
	case status == 3 || status == 103:
		return ProbeBusy
	case internal == internalNoOrder: // it looked the number up, so it took the request's key
		return ProbeGood
	case status == statusCaller:
		return ProbeAccount
	case r.err == nil && r.verdict() != open:
		return ProbeGood
	}
	return ProbeOther
}

var troubles = map[wire.Trouble]ProbeKind{wire.NoAnswer: ProbeNetwork, wire.BadTLS: ProbeTLS, wire.BadClock: ProbeClock, wire.Foreign: ProbeNotCloudPay}

func transportKind(err error) ProbeKind { return troubles[wire.TroubleOf(err, errNoAnswer)] }
