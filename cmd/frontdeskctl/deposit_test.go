package main

import (
	"os"
	"strings"
	"testing"

	"frontdesk/cmd/internal/shop"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
)

func TestTheFirstInterruptCancelsAHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	said, interrupts := &console{}, make(chan os.Signal, 2)
	done := w.start(said, interrupts, "deposit", "hold", "--amount", "500", "--code", w.sim.FreshCode(3))
	said.wait(t, "等待客人在手机上确认")
	interrupts <- os.Interrupt
	r := <-done
	if r.code != exitRefused || !strings.Contains(said.String(), "已取消") || !strings.HasPrefix(r.out, "已关闭") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	w.audit()
}

func TestTheSecondInterruptLeavesTheHoldOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	said, interrupts := &console{}, make(chan os.Signal, 2)
	done := w.start(said, interrupts, "deposit", "hold", "--amount", "500", "--code", w.sim.FreshCode(12))
	said.wait(t, "等待客人在手机上确认")
	check(t, w.sim.Offline(true))
	interrupts <- os.Interrupt
	said.wait(t, "还不知道押金有没有冻结")
	interrupts <- os.Interrupt
	if r := <-done; r.code != exitUnknown || !strings.Contains(said.String(), "frontdeskctl settle") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	check(t, w.sim.Offline(false))
	w.must(exitGood, "settle") // which goes on with the cancel
	if d := w.deposit(w.must(exitGood, "--json", "deposit", "show", "51000001")); d.State != "released" || d.Held != 0 {
		t.Errorf("after settle the deposit is %+v", d)
	}
	w.audit()
}

func TestAnInterruptEndsTheWaitingForAStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, args := range [][]string{{"capture", "51000001", "--amount", "100"}, {"release", "51000002"}} {
		w.must(exitGood, "deposit", "hold", "--amount", "500", "--code", w.sim.FreshCode(1))
		check(t, w.sim.Offline(true))
		said, interrupts := &console{}, make(chan os.Signal, 1)
		done := w.start(said, interrupts, append([]string{"deposit"}, args...)...)
		said.wait(t, "请稍候")
		interrupts <- os.Interrupt
		if r := <-done; r.code != exitUnknown {
			t.Errorf("%d: exit %d\n%s%s", i, r.code, r.out, said)
		}
		check(t, w.sim.Offline(false))
		w.must(exitGood, "settle")
	}
	w.audit()
}

// The deposit was given free in the merchant's back office: the command that
// meets it says what is left, and settle that somebody should look.
func TestADepositThatTheChannelGaveFree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.deposit(w.must(exitGood, "--json", "deposit", "hold", "--amount", "500", "--code", w.sim.FreshCode(1)))
	s, err := shop.Open(t.Context(), shop.Options{Dir: w.dir, KeyDir: w.keys, LogName: "test"})
	check(t, err)
	detail, err := s.Books.FindDeposit(t.Context(), d.ReceiptNo)
	check(t, err)
	office, ok := shop.ChannelOf[*alipay.Channel](s)
	if !ok {
		t.Fatal("no channel")
	}
	out := office.Release(t.Context(), payment.ReleaseRequest{
		Hold:      payment.Hold{OutOrderNo: detail.OutOrderNo, RequestNo: detail.RequestNo, AuthNo: detail.AuthNo, Amount: detail.Amount},
		ReleaseNo: "BACKOFFICE1", Release: detail.Amount,
	})
	check(t, s.Close())
	if out.State != payment.RefundDone {
		t.Fatalf("the back office: %+v", out)
	}
	r := w.must(exitRefused, "--json", "deposit", "capture", d.ReceiptNo, "--amount", "138")
	if d := w.deposit(r); d.State != "released" || d.Released != 50000 || d.Left != 0 || !strings.Contains(r.errors, `"kind":"hold_closed"`) {
		t.Errorf("told %s%s", r.out, r.errors)
	}
	if r := w.must(exitGood, "settle"); !strings.Contains(r.errors, "有 1 笔押金需要人来决定，例如小票号 "+d.ReceiptNo) {
		t.Errorf("settle says %s", r.errors)
	}
	w.audit()
}
