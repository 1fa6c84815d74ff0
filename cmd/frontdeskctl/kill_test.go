package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"frontdesk/app"
)

// process runs the program as a process of its own.
func (w *world) process(env []string, args ...string) (code int, output string) {
	w.Helper()
	self, err := os.Executable()
	check(w, err)
	cmd := exec.Command(self, append([]string{"--data", w.dir}, args...)...)
	cmd.Env = append(os.Environ(), append(env, asProgram+"=1", keysDir+"="+w.keys)...)
	raw, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(raw)
}

// killed is the exit code of a process that was killed.
var killed = func() int {
	if os.PathSeparator == '\\' {
		return 1
	}
	return -1
}()

// story is a command that is killed at every step it goes through.
type story struct {
	name    string
	timeout string // alipay.pay_timeout and alipay.qr_timeout
	args    func(w *world) []string
	code    int // how it ends when nobody kills it
}

const soon = "60ms" // the payer never pays

// The real program is killed at every numbered step that a payment or refund
// goes through, started again to settle, and the ledger compared with the
// simulator's truth. All kills of one story happen to one shop, one after the
// other.
func TestKilledAtEveryStep(t *testing.T) {
	seen := killStories(t, []story{
		{"paid", "500ms", scan(1), exitGood},
		{"password", "2s", scan(2), exitGood},
		{"reply lost", "500ms", scan(6), exitGood},
		{"not charged", soon, scan(8), exitRefused},
		{"cancelled", soon, scan(3), exitRefused},
		{"paid in the moment of the cancel", soon, scan(12), exitRefused},
		{"cancel unknown", soon, scan(13), exitRefused},
		{"QR that nobody scans", soon, func(*world) []string { return []string{"qr", "--amount", "35", "--wait"} }, exitRefused},
		{"refund done", "500ms", giveBack("3.00"), exitGood},
		{"refund reply lost", "500ms", giveBack("3.01"), exitGood},
		{"refund refused", "500ms", giveBack("3.02"), exitRefused},
		{"refund not done at first", "500ms", giveBack("3.04"), exitGood},
	})
	for step := 1; step <= app.Steps; step++ {
		if !seen[step] {
			t.Errorf("no story goes through step %d", step)
		}
	}
}

// The same for deposits.
func TestKilledAtEveryStepOfADeposit(t *testing.T) {
	seen := killStories(t, []story{
		{"held", "500ms", hold(1), exitGood},
		{"hold's reply lost", "500ms", hold(6), exitGood},
		{"cancelled", soon, hold(3), exitRefused},
		{"held in the moment of the cancel", soon, hold(12), exitRefused},
		{"cancel unknown", soon, hold(13), exitRefused},
		{"capture done", "500ms", checkOut("capture", "--amount", "138"), exitGood},
		{"capture's reply lost", "500ms", checkOut("capture", "--amount", "138.01"), exitGood},
		{"capture with the rest kept, reply lost", "500ms", checkOut("capture", "--amount", "138.01", "--keep-rest"), exitGood},
		{"capture not done at first", "500ms", checkOut("capture", "--amount", "138.04"), exitGood},
		{"capture waits", "500ms", checkOut("capture", "--amount", "138.05"), exitGood},
		{"release of all", "500ms", checkOut("release"), exitGood},
		{"release's reply lost", "500ms", checkOut("release", "--amount", "100.01"), exitGood},
		{"refund's reply lost", "500ms", func(w *world) []string {
			args := checkOut("capture", "--amount", "138")(w)
			w.must(exitGood, args...)
			return []string{"deposit", "refund", args[2], "--amount", "3.01", "--reason", "多收"}
		}, exitGood},
	})
	for step := 1; step <= app.Steps; step++ {
		if !seen[step] {
			t.Errorf("no story goes through step %d", step)
		}
	}
}

// killStories runs the stories, and says which steps they went through.
func killStories(t *testing.T, stories []story) (seen map[int]bool) {
	seen = map[int]bool{}
	var mu sync.Mutex
	t.Run("stories", func(t *testing.T) {
		for _, story := range stories {
			t.Run(story.name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, "alipay.pay_timeout", story.timeout, "alipay.qr_timeout", story.timeout)
				for _, step := range w.steps(story.code, story.args(w)) {
					w.killAt(step, story.args(w))
					w.settleAndAudit(step)
					mu.Lock()
					seen[step] = true
					mu.Unlock()
				}
			})
		}
	})
	return seen
}

// The power goes off again while the next run settles.
func TestKilledAgainWhileSettling(t *testing.T) {
	for name, c := range map[string]struct {
		args func(w *world) []string
		at   app.Step // where the first run is killed
	}{
		"reply lost":                       {scan(6), app.StepAnswered},
		"paid in the moment of the cancel": {scan(12), app.StepAnswered},
		"cancel unknown":                   {scan(13), app.StepAnswered},
		"hold's reply lost":                {hold(6), app.StepAnswered},
		"held in the moment of the cancel": {hold(12), app.StepAnswered},
		"capture's reply lost":             {checkOut("capture", "--amount", "138.01"), app.StepRefundAnswered},
		"release never sent":               {checkOut("release"), app.StepRefundCommitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "alipay.pay_timeout", "60ms", "alipay.qr_timeout", "60ms")
			w.killAt(int(c.at), c.args(w))
			steps := w.steps(exitGood, []string{"settle"})
			for _, step := range steps {
				w.killAt(int(c.at), c.args(w))
				w.killAt(step, []string{"settle"})
				w.settleAndAudit(step)
			}
		})
	}
}

// killAt runs the program until it is killed at that step.
func (w *world) killAt(step int, args []string) {
	w.Helper()
	code, output := w.process([]string{fmt.Sprintf("%s=%d", killAt, step)}, args...)
	if code != killed {
		w.Fatalf("not killed at step %d: exit %d\n%s", step, code, output)
	}
}

// settleAndAudit starts the program again after a kill.
func (w *world) settleAndAudit(step int) {
	w.Helper()
	if code, output := w.process(nil, "settle"); code != exitGood {
		w.Fatalf("after a kill at step %d, settle ends with %d\n%s", step, code, output)
	}
	if w.audit(); w.Failed() {
		w.Fatalf("killed at step %d", step)
	}
}

// steps runs the program to its end and gives the steps that it went through,
// each once.
func (w *world) steps(code int, args []string) (steps []int) {
	w.Helper()
	file := filepath.Join(w.TempDir(), "steps")
	got, output := w.process([]string{stepsFile + "=" + file}, args...)
	if got != code {
		w.Fatalf("%s: exit %d, want %d\n%s", strings.Join(args, " "), got, code, output)
	}
	w.audit()
	raw, err := os.ReadFile(file)
	check(w, err)
	for _, number := range strings.Fields(string(raw)) {
		n, err := strconv.Atoi(number)
		check(w, err)
		if !slices.Contains(steps, n) {
			steps = append(steps, n)
		}
	}
	if len(steps) < 2 || slices.Max(steps) > app.Steps {
		w.Fatalf("steps %v", steps)
	}
	w.Logf("killed at the steps %v", steps)
	return steps
}

func scan(scenario int) func(*world) []string {
	return func(w *world) []string {
		return []string{"pay", "--amount", "99", "--code", w.sim.FreshCode(scenario)}
	}
}

// giveBack pays a sale without being killed, and is the refund of a part of it.
func giveBack(amount string) func(*world) []string {
	return func(w *world) []string {
		r := w.must(exitGood, "--json", "pay", "--amount", "99", "--code", w.sim.FreshCode(1))
		return []string{"refund", w.sale(r).ReceiptNo, "--amount", amount, "--reason", "顾客退货"}
	}
}

func hold(scenario int) func(*world) []string {
	return func(w *world) []string {
		return []string{"deposit", "hold", "--amount", "500", "--room", "306", "--code", w.sim.FreshCode(scenario)}
	}
}

// checkOut takes a deposit without being killed, and does something with it.
func checkOut(what string, flags ...string) func(*world) []string {
	return func(w *world) []string {
		r := w.must(exitGood, "--json", "deposit", "hold", "--amount", "500", "--code", w.sim.FreshCode(1))
		return append([]string{"deposit", what, w.deposit(r).ReceiptNo}, flags...)
	}
}
