package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// simKeys are made once: making keys is the slow part of a simulator.
var simKeys = sync.OnceValues(paysim.NewKeys)

// world is a data folder with a simulator behind it. The simulator lives in the
// test's own process, so it keeps its truth whoever is killed.
type world struct {
	*testing.T
	dir, keys string
	way       way
	limit     string // how long the payer has
	sim       *paysim.Sim
	window    *data.Lock // the folder's lock while another program has it
}

// newWorld makes a shop that is set up for Alipay's simulator, with more settings
// as pairs of key and value.
func newWorld(t *testing.T, settings ...string) *world {
	t.Helper()
	return newWorldOn(t, byAlipay, "20s", settings...)
}

// newWorldOn makes a shop that is set up for a way to a wallet.
func newWorldOn(t *testing.T, on way, limit string, settings ...string) *world {
	t.Helper()
	w := newFolder(t)
	w.way, w.limit = on, limit
	w.startSim(on.simOptions())
	all := slices.Concat(on.settings(w.sim), on.times(limit), settings)
	s, err := shop.Open(t.Context(), shop.Options{Dir: w.dir, KeyDir: w.keys, LogName: "test"})
	check(t, err)
	for i := 0; i < len(all); i += 2 {
		check(t, s.Settings.Set(t.Context(), all[i], all[i+1]))
	}
	check(t, s.Close())
	return w
}

// code is a fresh pay code of the way's wallet.
func (w *world) code(scenario int) string { return w.sim.FreshCodeOf(w.way.wallet, scenario) }

// newFolder is an empty data folder and no simulator.
func newFolder(t *testing.T) *world {
	t.Helper()
	root := t.TempDir()
	return &world{T: t, dir: filepath.Join(root, "shop"), keys: filepath.Join(root, "keys"), way: byAlipay}
}

func (w *world) startSim(o paysim.Options) {
	w.Helper()
	keys, err := simKeys()
	check(w, err)
	o.Keys = keys
	w.sim, err = paysim.New(o)
	check(w, err)
	w.Cleanup(func() { check(w, w.sim.Close()) })
	check(w, w.sim.Start("127.0.0.1:0"))
}

// result is what one run of the program did.
type result struct {
	code        int
	out, errors string
}

// run runs the program in this process.
func (w *world) run(args ...string) result { return w.runWith(nil, "", args...) }

func (w *world) runWith(change func(*Main), stdin string, args ...string) result {
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Env: func(string) string { return "" },
		KeyDir: w.keys, RefundPauses: []time.Duration{4 * time.Millisecond}, LostAfter: lostAfter, Around: hurry(w.limit),
	}
	if change != nil {
		change(m)
	}
	code := m.Run(context.Background(), append([]string{"--data", w.dir}, args...))
	return result{code, out.String(), errs.String()}
}

// must runs the program and wants this exit code.
func (w *world) must(code int, args ...string) result {
	w.Helper()
	r := w.run(args...)
	if r.code != code {
		w.Fatalf("frontdeskctl %s: exit %d, want %d\n%s%s", strings.Join(args, " "), r.code, code, r.out, r.errors)
	}
	return r
}

// audit wants the ledger proved, nothing open, and every order to the fen as
// the simulator has it.
func (w *world) audit() {
	w.Helper()
	w.must(exitGood, "verify")
	s, err := shop.Open(w.Context(), shop.Options{Dir: w.dir, KeyDir: w.keys, LogName: "test", ReadOnly: true})
	check(w, err)
	defer s.Close()
	truth := w.sim.Truth()
	rows, totals, err := s.Books.Page(w.Context(), data.Filter{Limit: 1_000_000, Channel: w.way.channel})
	check(w, err)
	if net := totals.Paid - totals.Refunded + w.auditDeposits(s, truth); net != truth.Net() {
		w.Errorf("the ledger has %s, the simulator %s", net, truth.Net())
	}
	for _, row := range rows {
		d, err := s.Books.Sale(w.Context(), row.ID)
		check(w, err)
		for _, t := range d.Tenders {
			if fault := auditTender(t, d.Refunds, truth.Orders[t.OutTradeNo]); fault != "" && t.Channel == w.way.channel {
				w.Errorf("order %s: %s", t.OutTradeNo, fault)
			}
			w.auditNumber(t.OutTradeNo)
			delete(truth.Orders, t.OutTradeNo)
		}
	}
	for no := range truth.Orders {
		w.Errorf("order %s is not in the ledger", no)
	}
}

// auditNumber wants a number of ours to begin as Cloud Pay wants it.
func (w *world) auditNumber(no string) {
	w.Helper()
	if prefix := w.sim.CloudPay().OrderPrefix; w.way.channel == payment.CloudPay && !strings.HasPrefix(no, prefix) {
		w.Errorf("number %s does not begin with %s", no, prefix)
	}
}

// auditTender says how a tender differs from the truth; "" when it does not.
func auditTender(t data.Tender, refunds []data.Refund, truth paysim.OrderTruth) string {
	var charged, refunded payment.Amount
	switch {
	case t.State == payment.StatePaid:
		charged, refunded = t.Amount, t.Refunded
	case t.State == payment.StateReversed:
		charged, refunded = t.Amount, t.Amount
	case t.State.Open():
		return "is still " + string(t.State)
	}
	if truth.Charged != charged || truth.Refunded != refunded {
		return fmt.Sprintf("is %s with %s charged and %s refunded; the truth is %s, %s and %s",
			t.State, charged, refunded, truth.State, truth.Charged, truth.Refunded)
	}
	for _, r := range refunds {
		want := payment.Amount(0)
		if r.State == payment.RefundDone {
			want = r.Amount
		}
		if r.TenderID == t.ID && (!r.State.Final() || truth.Refunds[r.RequestNo] != want) {
			return fmt.Sprintf("refund %s is %s; the truth is %s", r.RequestNo, r.State, truth.Refunds[r.RequestNo])
		}
	}
	return ""
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// TestMain lets the kill tests start this very binary as the real program, with
// a hook that the released program does not have.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(program())
	}
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if !said { // more tests than processors: much of their time they wait for a payer
		if err := flag.Set("test.parallel", "5"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const (
	asProgram = "FRONTDESKCTL_TEST_PROGRAM" // run as the program
	killAt    = "FRONTDESKCTL_TEST_KILL_AT" // the number of the step to be killed at
	stepsFile = "FRONTDESKCTL_TEST_STEPS"   // a file for the numbers of the steps gone through
	keysDir   = "FRONTDESKCTL_TEST_KEYS"    // shop.Options.KeyDir
)

// program is the real program, but for its hook.
func program() int {
	m := &Main{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv,
		KeyDir: os.Getenv(keysDir), RefundPauses: []time.Duration{20 * time.Millisecond}, LostAfter: lostAfter, Around: hurry(os.Getenv(limitName)),
		AtStep: func(s app.Step) {
			number := fmt.Sprint(int(s))
			if os.Getenv(killAt) == number {
				killMyself()
			}
			if name := os.Getenv(stepsFile); name != "" {
				f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
				if err == nil {
					fmt.Fprintln(f, number)
					f.Close()
				}
			}
		},
	}
	return m.Run(context.Background(), os.Args[1:])
}

// killMyself ends the process as a power cut does: nothing is flushed, closed or
// told. On systems with signals it is SIGKILL.
func killMyself() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		self.Kill()
	}
	select {}
}
