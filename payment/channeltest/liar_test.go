package channeltest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// liarOfAlipay is a channel that breaks one promise. What is nil is true.
type liarOfAlipay struct {
	*alipay.Channel
	pay     func(context.Context, payment.PayRequest) payment.Outcome
	showQR  func(context.Context, payment.QRRequest) (string, payment.Outcome)
	query   func(context.Context, payment.Order) payment.Outcome
	cancel  func(context.Context, payment.Order) payment.Outcome
	refund  func(context.Context, payment.RefundRequest) payment.RefundOutcome
	rules   func(payment.Wallet) payment.HoldRules
	capture func(context.Context, payment.CaptureRequest) payment.StepOutcome
	release func(context.Context, payment.ReleaseRequest) payment.StepOutcome
}

func (l *liarOfAlipay) Pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	if l.pay != nil {
		return l.pay(ctx, r)
	}
	return l.Channel.Pay(ctx, r)
}

func (l *liarOfAlipay) ShowQR(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
	if l.showQR != nil {
		return l.showQR(ctx, r)
	}
	return l.Channel.ShowQR(ctx, r)
}

func (l *liarOfAlipay) Query(ctx context.Context, o payment.Order) payment.Outcome {
	if l.query != nil {
		return l.query(ctx, o)
	}
	return l.Channel.Query(ctx, o)
}

func (l *liarOfAlipay) Cancel(ctx context.Context, o payment.Order) payment.Outcome {
	if l.cancel != nil {
		return l.cancel(ctx, o)
	}
	return l.Channel.Cancel(ctx, o)
}

func (l *liarOfAlipay) Refund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	if l.refund != nil {
		return l.refund(ctx, r)
	}
	return l.Channel.Refund(ctx, r)
}

func (l *liarOfAlipay) HoldRules(w payment.Wallet) payment.HoldRules {
	if l.rules != nil {
		return l.rules(w)
	}
	return l.Channel.HoldRules(w)
}

func (l *liarOfAlipay) Capture(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
	if l.capture != nil {
		return l.capture(ctx, r)
	}
	return l.Channel.Capture(ctx, r)
}

func (l *liarOfAlipay) Release(ctx context.Context, r payment.ReleaseRequest) payment.StepOutcome {
	if l.release != nil {
		return l.release(ctx, r)
	}
	return l.Channel.Release(ctx, r)
}

// lies are promises broken, the part of the suite that has to find out, and
// what it says then.
var lies = []struct {
	name string
	part func(*testing.T, Bench)
	says string
	tell func(l *liarOfAlipay, sim *paysim.Sim, log *slog.Logger)
}{
	{"a lost answer is a no", testCodes, "though nobody can know", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome {
			o := l.Channel.Pay(ctx, r)
			if o.Result == payment.Unknown {
				o.Result, o.Reason = payment.Failed, payment.ReasonOther
			}
			return o
		}
	}},
	{"a discount is kept quiet", testCodes, "the discount is another", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		quiet := func(o payment.Outcome) payment.Outcome { o.Discount = 0; return o }
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome { return quiet(l.Channel.Pay(ctx, r)) }
		l.query = func(ctx context.Context, o payment.Order) payment.Outcome { return quiet(l.Channel.Query(ctx, o)) }
	}},
	{"a pay code is logged", testCodes, "a whole pay code can be read", func(l *liarOfAlipay, _ *paysim.Sim, log *slog.Logger) {
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome {
			log.Debug("scanned", "code", r.Code.Raw())
			return l.Channel.Pay(ctx, r)
		}
	}},
	{"a pay code is in an error", testCodes, "a whole pay code can be read", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome {
			o := l.Channel.Pay(ctx, r)
			o.Detail = fmt.Errorf("code %s: %w", r.Code.Raw(), context.Canceled)
			return o
		}
	}},
	{"a key is logged", testOtherOrders, "a secret can be read", func(l *liarOfAlipay, sim *paysim.Sim, log *slog.Logger) {
		log.Debug("configured", "key", sim.MerchantPrivateKey)
	}},
	{"cancelled without asking", testCodes, "ended closed, want", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.cancel = func(context.Context, payment.Order) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
	}},
	{"any amount will do", testOtherOrders, "asked for", func(l *liarOfAlipay, sim *paysim.Sim, _ *slog.Logger) {
		l.query = func(ctx context.Context, o payment.Order) payment.Outcome {
			if known, ok := sim.Truth().Orders[o.OutTradeNo]; ok {
				o.Amount = known.Amount
			}
			return l.Channel.Query(ctx, o)
		}
	}},
	{"a QR not scanned is closed", testQRs, "a QR that nobody has scanned", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.query = func(ctx context.Context, o payment.Order) payment.Outcome {
			out := l.Channel.Query(ctx, o)
			if out.Result == payment.NotFound {
				out.Result = payment.Closed
			}
			return out
		}
	}},
	{"each refund has a new number", testRefunds, "in truth 0.00 of 28.50 went back", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		var mu sync.Mutex
		n := 0
		l.refund = func(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
			mu.Lock()
			n++
			r.RequestNo = fmt.Sprintf("%sx%d", r.RequestNo, n)
			mu.Unlock()
			return l.Channel.Refund(ctx, r)
		}
	}},
	{"a refund is done when it was sent", testRefunds, "ended done", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.refund = func(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
			o := l.Channel.Refund(ctx, r)
			if o.State == payment.RefundUnknown {
				o = payment.RefundOutcome{State: payment.RefundDone, Found: true}
			}
			return o
		}
	}},
	{"the rest is kept", testSteps, "the till believes", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.capture = func(ctx context.Context, r payment.CaptureRequest) payment.StepOutcome {
			r.ReleaseRest = false
			return l.Channel.Capture(ctx, r)
		}
	}},
	{"against its own rules", testSteps, "requests went out", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.rules = func(w payment.Wallet) payment.HoldRules { return payment.HoldRules{Holds: true} }
	}},
	{"sent once more", testFaults, "again by itself", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome {
			o := l.Channel.Pay(ctx, r)
			if o.Result == payment.Unknown {
				o = l.Channel.Pay(ctx, r)
			}
			return o
		}
	}},
	{"a QR that may not exist", testFaults, "with the text", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.showQR = func(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
			text, o := l.Channel.ShowQR(ctx, r)
			if text == "" {
				text = "https://qr.example.com/"
			}
			return text, o
		}
	}},
	{deaf, testAnswers, "Pay said paid", func(l *liarOfAlipay, _ *paysim.Sim, _ *slog.Logger) {
		l.pay = func(ctx context.Context, r payment.PayRequest) payment.Outcome {
			return l.Channel.Pay(context.WithoutCancel(ctx), r)
		}
	}},
}

const underTest = "CHANNELTEST_LIARS"

// TestLiars is run by TestTheSuiteFindsEveryLiar, and fails there.
func TestLiars(t *testing.T) {
	underTestOnly(t)
	for _, lie := range lies {
		t.Run(lie.name, func(t *testing.T) {
			t.Parallel()
			timeout := time.Duration(0) // the channel's own
			if lie.name == deaf {
				timeout = time.Second // it has to end, too
			}
			lie.part(t, bench(timeout, lie.tell))
		})
	}
}

// underTestOnly skips a test that is there to fail in verdictsOf.
func underTestOnly(t *testing.T) {
	t.Helper()
	if os.Getenv(underTest) == "" {
		t.Skip("they fail")
	}
}

// deaf is the one who does not hear that its context has ended.
const deaf = "deaf to its context"

// bench is Alipay's channel, made a liar by tell. timeout is that of a request, 0
// for the channel's own.
func bench(timeout time.Duration, tell func(*liarOfAlipay, *paysim.Sim, *slog.Logger)) Bench {
	return Bench{
		New: func(t testing.TB, sim *paysim.Sim, with With) payment.Channel {
			c, err := alipay.New(alipay.Config{
				AppID: sim.AppID, Gateway: sim.URL(), Sandbox: true, SellerID: sim.SellerID,
				PrivateKey: sim.MerchantPrivateKey, PublicKey: sim.AlipayPublicKey,
				RequestTimeout: timeout,
				Transport:      with.Wrap(http.DefaultTransport), Clock: with.Clock, Log: with.Log,
			})
			if err != nil {
				t.Fatal(err)
			}
			l := &liarOfAlipay{Channel: c}
			tell(l, sim, with.Log)
			return l
		},
		Wallets: []payment.Wallet{payment.WalletAlipay},
		QRs:     []payment.Wallet{payment.WalletAlipay},
		Faults:  []paysim.FaultKind{paysim.ResetAfter},
		Refusal: func(string) paysim.Fault { return paysim.Fault{SubCode: "ACQ.INVALID_PARAMETER"} },
		Secrets: func(sim *paysim.Sim) []string { return []string{sim.MerchantPrivateKey} },

		Discounts: true, RefundDiscounts: true,
	}
}

// A suite that nobody can fail proves nothing.
func TestTheSuiteFindsEveryLiar(t *testing.T) {
	verdicts := verdictsOf(t, "TestLiars")
	for _, lie := range lies {
		verdicts.mustSay(t, lie.name, lie.says)
	}
}

// verdicts are what the suite said about each liar of a test.
type verdicts struct {
	test string
	all  []string
}

// verdictsOf runs a test that has to fail, in a process of its own.
func verdictsOf(t *testing.T, name string) verdicts {
	t.Helper()
	run := exec.Command(os.Args[0], "-test.run=^"+name+"$", "-test.count=1")
	run.Env = append(os.Environ(), underTest+"=1")
	raw, err := run.CombinedOutput()
	if err == nil {
		t.Fatalf("every lie was believed:\n%s", raw)
	}
	return verdicts{name, strings.Split(string(raw), "\n    --- ")}
}

// mustSay fails t where a liar was believed, or found for another reason; says is
// empty for one who tells the truth.
func (v verdicts) mustSay(t *testing.T, liar, says string) {
	t.Helper()
	found := ""
	for _, verdict := range v.all {
		if strings.HasPrefix(verdict, "FAIL: "+v.test+"/"+strings.ReplaceAll(liar, " ", "_")+" ") {
			found = verdict
		}
	}
	switch {
	case says == "" && found == "":
	case says == "":
		t.Errorf("%s: it is not believed:\n%s", liar, found)
	case found == "":
		t.Errorf("%s: it is believed", liar)
	case !strings.Contains(found, says):
		t.Errorf("%s: found for another reason than %q:\n%s", liar, says, found)
	}
}
