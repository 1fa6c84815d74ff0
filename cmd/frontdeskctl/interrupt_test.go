package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment/paysim"
)

// console is standard error that a test can wait at.
type console struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(p)
}

func (c *console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

// wait blocks until the program has said this.
func (c *console) wait(t *testing.T, words string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if strings.Contains(c.String(), words) {
			return
		}
	}
	t.Fatalf("it never said %q, only:\n%s", words, c.String())
}

// start runs the program beside the test; the channel gives its exit code.
func (w *world) start(said *console, interrupts <-chan os.Signal, args ...string) <-chan result {
	done := make(chan result, 1)
	go func() {
		done <- w.runWith(func(m *Main) { m.Stderr, m.Interrupts = said, interrupts }, "", args...)
	}()
	return done
}

func TestTheFirstInterruptCancelsProperly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	said, interrupts := &console{}, make(chan os.Signal, 2)
	done := w.start(said, interrupts, "pay", "--amount", "9.90", "--code", w.sim.FreshCode(3))
	said.wait(t, "等待顾客在手机上确认")
	interrupts <- os.Interrupt
	r := <-done
	if r.code != exitRefused || !strings.Contains(said.String(), "已取消，支付宝已确认：没有扣款") || !strings.HasPrefix(r.out, "已关闭") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	w.audit()
}

func TestTheSecondInterruptLeavesItOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	said, interrupts := &console{}, make(chan os.Signal, 2)
	done := w.start(said, interrupts, "pay", "--amount", "9.90", "--code", w.sim.FreshCode(12))
	said.wait(t, "等待顾客在手机上确认")
	check(t, w.sim.Offline(true))
	interrupts <- os.Interrupt
	said.wait(t, "还不知道钱有没有到账")
	interrupts <- os.Interrupt
	r := <-done
	if r.code != exitUnknown || !strings.Contains(said.String(), "frontdeskctl settle") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	check(t, w.sim.Offline(false))
	w.must(exitGood, "settle") // which goes on with the cancel
	if sale := w.sale(w.must(exitGood, "--json", "sale", "01000001")); sale.State != "reversed" {
		t.Errorf("after settle the sale is %s", sale.State)
	}
	w.audit()
}

func TestAnInterruptEndsSettleAndRefund(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(exitGood, "pay", "--amount", "9.90", "--code", w.sim.FreshCode(1))
	check(t, w.sim.Offline(true))
	for _, args := range [][]string{{"refund", "01000001", "--amount", "1", "--reason", "x"}, {"settle"}} {
		said, interrupts := &console{}, make(chan os.Signal, 1)
		done := w.start(said, interrupts, args...)
		said.wait(t, "。")
		interrupts <- os.Interrupt
		if r := <-done; r.code != exitUnknown {
			t.Errorf("%s: exit %d\n%s%s", args[0], r.code, r.out, said)
		}
	}
	check(t, w.sim.Offline(false))
	w.must(exitGood, "settle")
	w.audit()
}

// A command that knows nothing of interrupts ends all the same, with nothing done.
func TestAnInterruptEndsEverythingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "shop.name", "早餐店")
	interrupts := make(chan os.Signal, 1)
	interrupts <- os.Interrupt
	r := w.runWith(func(m *Main) { m.Interrupts, m.Stdin = interrupts, typing{} }, "", "--json", "config", "set", "shop.name", "-")
	if r.code != exitOther || !strings.Contains(r.errors, `"kind":"interrupted"`) {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.errors)
	}
	if name := w.must(exitGood, "config", "get", "shop.name").out; name != "早餐店\n" {
		t.Errorf("the name is %s", name)
	}
}

// typing is a person at standard input, slow enough for an interrupt to be heard.
type typing struct{}

func (typing) Read(p []byte) (int, error) {
	time.Sleep(100 * time.Millisecond)
	return copy(p, "午餐店"), io.EOF
}

func TestAnInterruptWhileTheQRIsMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sim.SetFault(func(method string, _ int) paysim.Fault {
		if method == "alipay.trade.precreate" {
			return paysim.Fault{Hold: 500 * time.Millisecond}
		}
		return paysim.Fault{}
	})
	said, interrupts := &console{}, make(chan os.Signal, 2)
	interrupts <- os.Interrupt
	r := <-w.start(said, interrupts, "qr", "--amount", "5", "--wait")
	if r.code != exitRefused {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	w.audit()
}
