package channeltest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
)

// Those who get it right as long as all is well. What they make of trouble on the
// way is a lie.
var troubled = []struct {
	name string
	part func(*biller)
	says string // "" for one who tells the truth
	line line
	tell func(c payment.Biller, sim *paysim.Sim) func(ctx context.Context, at time.Time) ([]payment.BillLine, error)
}{
	{"the truth", (*biller).billFaults, "", line{}, func(c payment.Biller, _ *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error) {
		return c.Bill
	}},
	{"trouble is an empty bill", (*biller).billFaults, "the bill is another", line{}, inTrouble(func(*paysim.Sim, time.Time, error) ([]payment.BillLine, error) {
		return nil, nil
	})},
	{"trouble is half a bill", (*biller).billAnswers, "Bill said lie", line{}, inTrouble(func(sim *paysim.Sim, at time.Time, _ error) ([]payment.BillLine, error) {
		all := sim.Booked(payment.CloudPay, at)
		return all[:len(all)/2], nil
	})},
	{"half a bill and the trouble", (*biller).billFaults, "an error comes with", line{}, inTrouble(func(sim *paysim.Sim, at time.Time, err error) ([]payment.BillLine, error) {
		return sim.Booked(payment.CloudPay, at)[:1], err
	})},
	{"trouble is not yet", (*biller).billFaults, "comes later, it says", line{}, inTrouble(func(*paysim.Sim, time.Time, error) ([]payment.BillLine, error) {
		return nil, payment.ErrBillLater
	})},
	{"whatever was said is believed", (*biller).billFaults, "a bill is told, though unsigned broke", line{}, inTrouble(func(sim *paysim.Sim, at time.Time, _ error) ([]payment.BillLine, error) {
		return sim.Booked(payment.CloudPay, at), nil
	})},
	{"deaf to its context", (*biller).billAnswers, "Bill said told", line{timeout: 2 * time.Second}, func(c payment.Biller, _ *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error) {
		return func(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
			return c.Bill(context.WithoutCancel(ctx), at)
		}
	}},
	{"an endless answer is read", (*biller).billAnswers, "MB of an answer", line{greedy: true}, func(c payment.Biller, _ *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error) {
		return c.Bill
	}},
}

// line is the way to the simulator of one who lies.
type line struct {
	timeout time.Duration // of a request; 0 for the channel's own. Who is deaf has to end, too
	greedy  bool          // somebody on it reads every answer to its end
}

// inTrouble tells what say makes of an error.
func inTrouble(say func(*paysim.Sim, time.Time, error) ([]payment.BillLine, error)) func(payment.Biller, *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error) {
	return func(c payment.Biller, sim *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error) {
		return func(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
			lines, err := c.Bill(ctx, at)
			if err == nil || errors.Is(err, payment.ErrBillLater) {
				return lines, err
			}
			return say(sim, at, err)
		}
	}
}

// TestTroubledTellers is run by TestTheSuiteFindsEveryTroubledTeller, and fails
// there.
func TestTroubledTellers(t *testing.T) {
	underTestOnly(t)
	for _, liar := range troubled {
		t.Run(liar.name, func(t *testing.T) {
			t.Parallel()
			liar.part(newBiller(t, cloudBench(liar.line, liar.tell)))
		})
	}
}

// cloudBench is Cloud Pay's channel, whose bills are told by tell.
func cloudBench(l line, tell func(payment.Biller, *paysim.Sim) func(context.Context, time.Time) ([]payment.BillLine, error)) Bench {
	return Bench{
		New: func(t testing.TB, sim *paysim.Sim, with With) payment.Channel {
			a := sim.CloudPay()
			way := with.Wrap(http.DefaultTransport)
			if l.greedy {
				way = reader{way}
			}
			c, err := cloudpay.New(cloudpay.Config{
				OutMchID: a.OutMchID, OutSubMchID: a.OutSubMchID, OutShopID: a.OutShopID, AuthKey: a.AuthKey, OrderPrefix: a.OrderPrefix,
				DeviceID: a.DeviceID, MachineNo: a.MachineNo, Hosts: []string{a.Host}, RequestTimeout: l.timeout,
				Transport: way, Clock: with.Clock, Log: with.Log,
			})
			if err != nil {
				t.Fatal(err)
			}
			return &cloudTeller{c, tell(c, sim)}
		},
		Wallets: []payment.Wallet{payment.WalletWeChat, payment.WalletAlipay},
		Faults:  []paysim.FaultKind{paysim.ResetAfter, paysim.Unsigned, paysim.Truncated},
		Refusal: func(string) paysim.Fault { return paysim.Fault{Code: "104", SubCode: "501"} },
		Secrets: func(sim *paysim.Sim) []string { return []string{sim.CloudPay().AuthKey} },
	}
}

// cloudTeller is Cloud Pay's channel with bills that somebody tells.
type cloudTeller struct {
	*cloudpay.Channel
	tell func(ctx context.Context, at time.Time) ([]payment.BillLine, error)
}

func (c *cloudTeller) Bill(ctx context.Context, at time.Time) ([]payment.BillLine, error) {
	return c.tell(ctx, at)
}

// reader reads every answer to its end before it hands it on.
type reader struct{ next http.RoundTripper }

func (r reader) RoundTrip(q *http.Request) (*http.Response, error) {
	answer, err := r.next.RoundTrip(q)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	whole, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	setBody(answer, whole)
	return answer, nil
}

func TestTheSuiteFindsEveryTroubledTeller(t *testing.T) {
	verdicts := verdictsOf(t, "TestTroubledTellers")
	for _, liar := range troubled {
		verdicts.mustSay(t, liar.name, liar.says)
	}
}
