package data

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"frontdesk/payment"
)

// A test that needs another process starts this program again, with one of
// these in the environment.
const (
	childEnv  = "FRONTDESK_DATA_TEST_CHILD" // what to do
	childPath = "FRONTDESK_DATA_TEST_PATH"  // with which file or folder
)

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "":
		os.Exit(m.Run())
	case "sell":
		childSells(os.Getenv(childPath))
	case "hold":
		childHolds(os.Getenv(childPath))
	case "shifts":
		childChangesShifts(os.Getenv(childPath))
	case "bills":
		childKeepsBills(os.Getenv(childPath))
	case "lock":
		childLocks(os.Getenv(childPath))
	}
}

// child starts this program as another process.
func child(t *testing.T, what, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+what, childPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

// childSells sells until it is killed, and says what the ledger has
// acknowledged.
func childSells(path string) {
	l, err := Open(path, Options{Key: testKey})
	if err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		_, t, _, err := l.StartTender(ctx, NewTender{IntentID: fmt.Sprintf("%d-%d", os.Getpid(), n), Sale: NewSale{Amount: 1250}, Amount: 1250,
			Channel: payment.Alipay, Method: payment.MethodCode, MaskedCode: "28…4471"})
		if err != nil {
			panic(err)
		}
		fmt.Println("started", t.ID)
		if _, _, _, err := l.MoveTender(ctx, t.ID, Move{To: payment.StatePaid, TradeNo: fmt.Sprint("T", t.ID), Print: true}); err != nil {
			panic(err)
		}
		fmt.Println("paid", t.ID)
		r, _, err := l.StartRefund(ctx, NewRefund{IntentID: fmt.Sprintf("r%d-%d", os.Getpid(), n), TenderID: t.ID, Amount: 250})
		if err != nil {
			panic(err)
		}
		fmt.Println("asked", r.ID)
		if _, _, err := l.MoveRefund(ctx, r.ID, RefundMove{To: payment.RefundDone}); err != nil {
			panic(err)
		}
		fmt.Println("refunded", r.ID)
	}
}

// say tells the parent what the ledger has acknowledged.
func say(what string, id int64, err error) {
	if err != nil {
		panic(err)
	}
	fmt.Println(what, id)
}

// said is what a child has said that the ledger acknowledged.
type said struct {
	what string
	id   int64
}

// kill lets a child do its work again and again, each time until it is killed
// in the middle of it, and returns all that it said.
func (s *shop) kill(t *testing.T, what string) (acknowledged []said) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 9))
	for range 8 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		cmd, lines := child(t, what, s.path)
		for n := 1 + random.IntN(60); n > 0 && lines.Scan(); n-- {
			var a said
			if _, err := fmt.Sscan(lines.Text(), &a.what, &a.id); err != nil {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			acknowledged = append(acknowledged, a)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		s.open()
		s.mustVerify()
	}
	if len(acknowledged) < 50 {
		t.Fatalf("only %d acknowledgements", len(acknowledged))
	}
	return acknowledged
}

// What was acknowledged before a kill is there after it, and nothing is half
// there.
func TestKilledInTheMiddle(t *testing.T) {
	s := newShop(t)
	for _, a := range s.kill(t, "sell") {
		good := false
		switch a.what {
		case "started", "paid":
			tender, err := s.Tender(ctx, a.id)
			good = err == nil && (a.what == "started" || tender.State == payment.StatePaid)
		case "asked", "refunded":
			r, err := s.Refund(ctx, a.id)
			good = err == nil && (a.what == "asked" || r.State == payment.RefundDone)
		}
		if !good {
			t.Errorf("%s %d was acknowledged and is not there", a.what, a.id)
		}
	}
}
