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
	cmd.Env = append(os.Environ(), append(env, asProgram+"=1", keysDir+"="+w.keys, limitName+"="+w.limit)...)
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
	name  string
	limit string // how long the payer has
	args  func(w *world) []string
	code  int            // how it ends when nobody kills it
	can   func(way) bool // nil for every way
}

const soon = "60ms" // the payer never pays

// The real program is killed at every numbered step that a payment or refund
// goes through, started again to settle, and the ledger compared with the
// simulator's truth. All kills of one story happen to one shop, one after the
// other.
func TestKilledAtEveryStep(t *testing.T) {
	seen := killStories(t, ways, []story{
		{"paid", "500ms", scan(1), exitGood, nil},
		{"password", "2s", scan(2), exitGood, nil},
		{"reply lost", "500ms", scan(6), exitGood, nil},
		{"not charged", soon, scan(8), exitRefused, nil},
		{"cancelled, or given up by the wallet", soon, scan(3), exitRefused, nil},
		{"paid in the moment of the cancel", soon, scan(12), exitRefused, way.cancels},
		{"paid after the time is over", soon, scan(12), exitGood, way.cancelsNothing},
		{"cancel unknown", soon, scan(13), exitRefused, way.cancels},
		{"QR that nobody scans", soon, func(*world) []string { return []string{"qr", "--amount", "35", "--wait"} }, exitRefused, nil},
		{"refund done", "500ms", giveBack("3.00"), exitGood, nil},
		{"refund reply lost", "500ms", giveBack("3.01"), exitGood, nil},
		{"refund refused", "500ms", giveBack("3.02"), exitRefused, nil},
		{"refund not done at first", "500ms", giveBack("3.04"), exitGood, nil},
	})
	for _, on := range ways {
		for step := 1; step <= app.Steps; step++ {
			if !seen[on.name][step] {
				t.Errorf("%s: no story goes through step %d", on.name, step)
			}
		}
	}
}

// The same for deposits. At Cloud Pay only those of Alipay's wallet know of parts.
func TestKilledAtEveryStepOfADeposit(t *testing.T) {
	seen := killStories(t, append([]way{byCloudAlipay}, ways...), []story{
		{"held", "500ms", hold(1), exitGood, nil},
		{"hold's reply lost", "500ms", hold(6), exitGood, nil},
		{"cancelled, or given up by the wallet", soon, hold(3), exitRefused, nil},
		{"held in the moment of the cancel", soon, hold(12), exitRefused, way.cancels},
		{"cancel unknown", soon, hold(13), exitRefused, way.cancels},
		{"capture done", "500ms", checkOut("capture", "--amount", "138"), exitGood, nil},
		{"capture's reply lost", "500ms", checkOut("capture", "--amount", "138.01"), exitGood, nil},
		{"capture with the rest kept, reply lost", "500ms", checkOut("capture", "--amount", "138.01", "--keep-rest"), exitGood, way.takesParts},
		{"capture not done at first", "500ms", checkOut("capture", "--amount", "138.04"), exitGood, nil},
		{"capture waits", "500ms", checkOut("capture", "--amount", "138.05"), exitGood, nil},
		{"release of all", "500ms", checkOut("release"), exitGood, nil},
		{"release's reply lost", "500ms", checkOut("release", "--amount", "100.01"), exitGood, way.takesParts},
		{"refund's reply lost", "500ms", func(w *world) []string {
			args := checkOut("capture", "--amount", "138")(w)
			w.must(exitGood, args...)
			return []string{"deposit", "refund", args[2], "--amount", "3.01", "--reason", "多收"}
		}, exitGood, nil},
	})
	for _, on := range ways {
		for step := 1; step <= app.Steps; step++ {
			switch app.Step(step) {
			case app.StepCancelAsked, app.StepCancelled, app.StepConfirmed:
				if on.noCancel {
					continue
				}
			}
			if !seen[on.name][step] {
				t.Errorf("%s: no story goes through step %d", on.name, step)
			}
		}
	}
}

func (on way) cancels() bool        { return !on.noCancel }
func (on way) cancelsNothing() bool { return on.noCancel }
func (on way) takesParts() bool     { return on.parts }

// tells reports whether a story is told of this way. That of Cloud Pay with
// Alipay's codes tells only what its other codes cannot.
func (s story) tells(on way) bool {
	if s.can == nil {
		return on.name != byCloudAlipay.name
	}
	return s.can(on)
}

// killStories runs the stories on each way that can, and says which steps they
// went through, by way.
func killStories(t *testing.T, on []way, stories []story) (seen map[string]map[int]bool) {
	seen = map[string]map[int]bool{}
	var mu sync.Mutex
	t.Run("stories", func(t *testing.T) {
		for _, story := range stories {
			for _, on := range on {
				if !story.tells(on) {
					continue
				}
				t.Run(story.name+" by "+on.name, func(t *testing.T) {
					t.Parallel()
					w := newWorldOn(t, on, story.limit)
					for _, step := range w.steps(story.code, story.args(w)) {
						w.killAt(step, story.args(w))
						w.settleAndAudit(step)
						mu.Lock()
						if seen[on.name] == nil {
							seen[on.name] = map[int]bool{}
						}
						seen[on.name][step] = true
						mu.Unlock()
					}
				})
			}
		}
	})
	return seen
}

// The power goes off again while the next run settles.
func TestKilledAgainWhileSettling(t *testing.T) {
	for name, c := range map[string]struct {
		args func(w *world) []string
		at   app.Step       // where the first run is killed
		can  func(way) bool // nil for every way
	}{
		"reply lost":                       {scan(6), app.StepAnswered, nil},
		"request never sent":               {scan(1), app.StepCommitted, nil},
		"paid in the moment of the cancel": {scan(12), app.StepAnswered, nil},
		"cancel unknown":                   {scan(13), app.StepAnswered, way.cancels},
		"hold's reply lost":                {hold(6), app.StepAnswered, nil},
		"held in the moment of the cancel": {hold(12), app.StepAnswered, way.cancels},
		"capture's reply lost":             {checkOut("capture", "--amount", "138.01"), app.StepRefundAnswered, nil},
		"release never sent":               {checkOut("release"), app.StepRefundCommitted, nil},
	} {
		for _, on := range ways {
			if c.can != nil && !c.can(on) {
				continue
			}
			t.Run(name+" by "+on.name, func(t *testing.T) {
				t.Parallel()
				w := newWorldOn(t, on, soon)
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
		return []string{"pay", "--amount", "99", "--code", w.code(scenario)}
	}
}

// giveBack pays a sale without being killed, and is the refund of a part of it.
func giveBack(amount string) func(*world) []string {
	return func(w *world) []string {
		r := w.must(exitGood, "--json", "pay", "--amount", "99", "--code", w.code(1))
		return []string{"refund", w.sale(r).ReceiptNo, "--amount", amount, "--reason", "顾客退货"}
	}
}

func hold(scenario int) func(*world) []string {
	return func(w *world) []string {
		return []string{"deposit", "hold", "--amount", "500", "--room", "306", "--code", w.code(scenario)}
	}
}

// checkOut takes a deposit without being killed, and does something with it.
func checkOut(what string, flags ...string) func(*world) []string {
	return func(w *world) []string {
		r := w.must(exitGood, "--json", "deposit", "hold", "--amount", "500", "--code", w.code(1))
		return append([]string{"deposit", what, w.deposit(r).ReceiptNo}, flags...)
	}
}
