package data

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// childHolds takes deposits and checks guests out until it is killed, and says
// what the ledger has acknowledged.
func childHolds(path string) {
	l, err := Open(path, Options{Key: testKey})
	if err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		d, _, err := l.StartDeposit(ctx, NewDeposit{IntentID: fmt.Sprintf("d%d-%d", os.Getpid(), n), Channel: payment.Alipay, Method: payment.MethodCode, Amount: 1000})
		say("asked", d.ID, err)
		_, _, err = l.MoveHold(ctx, d.ID, HoldMove{To: payment.StatePaid, AuthNo: fmt.Sprint("A", d.ID), Print: true})
		say("held", d.ID, err)
		_, s, _, err := l.StartStep(ctx, NewStep{IntentID: fmt.Sprintf("s%d-%d", os.Getpid(), n), DepositID: d.ID, Kind: StepCapture, Amount: 300, ReleaseRest: true})
		say("begun", s.ID, err)
		_, _, _, err = l.MoveStep(ctx, s.ID, StepMove{To: payment.RefundDone, TradeNo: fmt.Sprint("T", s.ID), Print: true})
		say("done", s.ID, err)
	}
}

// What was acknowledged before a kill is there after it, and nothing is half
// there.
func TestKilledInTheMiddleOfAStay(t *testing.T) {
	s := newShop(t)
	for _, a := range s.kill(t, "hold") {
		good := false
		switch a.what {
		case "asked", "held":
			d, err := s.DepositByID(ctx, a.id)
			good = err == nil && (a.what == "asked" || d.Held == 1000 && len(d.Prints) > 0)
		case "begun", "done":
			step, err := s.Step(ctx, a.id)
			good = err == nil && (a.what == "begun" || step.State == payment.RefundDone)
		}
		if !good {
			t.Errorf("%s %d was acknowledged and is not there", a.what, a.id)
		}
	}
}

// The drill: a backup in the middle of everything, more of it, a disaster, the
// backup put back. What was under way is asked for and never sent as new.
func TestRestoreInTheMiddleOfAStay(t *testing.T) {
	s := newShop(t)
	d := s.held(1000)
	_, first := s.done(s.capture(d, 100, false))
	capture := s.begin(s.capture(d, 200, false))
	release := s.begin(s.release(d, 300))
	back := s.begin(s.giveBack(first, 50))
	s.moveStepTo(back.ID, StepMove{To: payment.RefundUnknown})
	asked := s.take(s.byCode(400))
	waiting := s.take(s.byCode(500))
	s.moveHeld(waiting.ID, HoldMove{To: payment.StatePending})
	day := s.Today()
	totals := s.depositTotalsOf(day, day)
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	s.moveStepTo(capture.ID, StepMove{To: payment.RefundDone})
	lost := s.held(2000)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.clock.at = s.clock.at.Add(time.Hour)
	if err := Restore(ctx, file, s.path, s.options()); err != nil {
		t.Fatal(err)
	}
	s.open()
	if r := s.mustVerify(); r.Deposits != 3 || r.Steps != 4 {
		t.Fatalf("%+v", r)
	}
	if _, err := s.DepositByID(ctx, lost.ID); !errors.Is(err, ErrNotFound) {
		t.Fatalf("a deposit that is not in the backup: %v", err)
	}
	holds, err := s.OpenHolds(ctx)
	if err != nil || len(holds) != 2 || holds[0].ID != asked.ID || holds[0].State != DepositUnknown || holds[1].State != DepositUnknown {
		t.Fatalf("%+v %v", holds, err)
	}
	steps, err := s.OpenSteps(ctx)
	if err != nil || len(steps) != 3 || steps[0].ID != capture.ID || steps[1].ID != release.ID || steps[2].ID != back.ID {
		t.Fatalf("%+v %v", steps, err)
	}
	for _, step := range steps {
		if step.State != payment.RefundUnknown {
			t.Errorf("%+v", step)
		}
	}
	s.noNext()
	got := s.depositDetail(d.ID)
	if got.State != DepositUnknown || got.Left() != 900 || got.Captured != 100 || got.Prints[0].State != PrintSkipped {
		t.Fatalf("%+v", got)
	}
	if after := s.depositTotalsOf(day, day); after.ClosingHeld != totals.ClosingHeld || after.Unknown != 3 {
		t.Fatalf("%+v, before the restore %+v", after, totals)
	}
	// What is left of it is still only what was left, and numbers are new.
	if err := s.try(s.capture(d, 401, false)); leftIn(err) != 400 {
		t.Fatalf("%v", err)
	}
	if next := s.begin(s.release(d, 100)); !strings.HasSuffix(next.Number, "U102") {
		t.Fatalf("number %s", next.Number)
	}
	s.mustVerify()
}
