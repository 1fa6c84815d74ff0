package channeltest

import (
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// Bench is one channel with its simulator, and what its wire can do.
type Bench struct {
	// New makes the channel in front of sim, which listens already, and closes
	// it with t.Cleanup. It is called many times, also at the same time.
	New func(t testing.TB, sim *paysim.Sim, with With) payment.Channel

	// Sim changes the options with which a simulator is made; nil for none.
	// Clock, Keys and Log are the suite's.
	Sim func(o paysim.Options) paysim.Options

	Wallets []payment.Wallet // that the channel takes; every scenario runs with each of them
	QRs     []payment.Wallet // those of them that it shows a QR for; nil for none

	// Faults are the kinds that exist on this wire; nil for all of
	// paysim.FaultKinds.
	Faults []paysim.FaultKind

	// Refusal is what a definite no to a method of the wire looks like, by the
	// name that paysim.Sim.SetFault gets: Code and SubCode, as far as the wire
	// has them. To a query it is a refusal to answer.
	Refusal func(method string) paysim.Fault

	// Secrets are what may appear in no log and no error: keys as they were
	// configured, tokens. Of a PEM text its lines count by themselves.
	Secrets func(sim *paysim.Sim) []string

	Discounts       bool // the wire says what the merchant gave away of a payment
	RefundDiscounts bool // and of a refund

	// What the channel's bills tell, where it is a payment.Biller.
	BillDiscounts bool     // the merchant's own part of each line
	BillFees      bool     // the fee of each line, by noon of the next day
	BillPlain     []string // methods of the wire whose answers carry no signature by their nature, such as the download of a file
}

// With is what the suite puts around a channel.
type With struct {
	Log   *slog.Logger     // where the channel has to log
	Clock func() time.Time // the simulator's time. A channel that needs it for more than stamps takes it

	// Wrap goes around every way to the network that the channel has.
	Wrap func(next http.RoundTripper) http.RoundTripper
}

// Run tests the channel. It fails t where a promise is broken.
func Run(t *testing.T, b Bench) {
	t.Helper()
	if b.New == nil || b.Refusal == nil || b.Secrets == nil || len(b.Wallets) == 0 {
		t.Fatal("a Bench needs New, Refusal, Secrets and Wallets")
	}
	if b.Faults == nil {
		b.Faults = paysim.FaultKinds
	}
	for _, part := range []struct {
		name string
		run  func(t *testing.T, b Bench)
	}{
		{"numbers", testNumbers},
		{"requests", testRequests},
		{"codes", testCodes},
		{"QRs", testQRs},
		{"refunds", testRefunds},
		{"other orders", testOtherOrders},
		{"deposits", testDeposits},
		{"steps", testSteps},
		{"bills", testBills},
		{"faults", testFaults},
		{"answers", testAnswers},
		{"bad line", testBadLine},
		{"at the same time", testAtTheSameTime},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.run(t, b)
		})
	}
}

// showsQR reports whether the channel shows a QR for this wallet.
func (b Bench) showsQR(w payment.Wallet) bool { return slices.Contains(b.QRs, w) }
