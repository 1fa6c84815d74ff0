package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"frontdesk/payment/paysim"
)

// Cloud Pay gives the payer two minutes and takes no cancel. The program waits as
// long as that, and a minute for the questions after it.
func TestAPaymentThatIsNeverCancelledIsFollowedToItsTime(t *testing.T) {
	due := time.Now().Add(2 * time.Minute)
	for name, c := range map[string]struct {
		deadline, dueAt time.Time
		want            time.Duration
	}{
		"cancelled by itself": {due, time.Time{}, 3 * time.Minute},
		"never cancelled":     {time.Time{}, due, 3 * time.Minute},
		"ended already":       {time.Time{}, time.Time{}, time.Minute},
	} {
		if got := untilDecided(c.deadline, c.dueAt); got.Round(time.Second) != c.want {
			t.Errorf("%s: waits %s, want %s", name, got, c.want)
		}
	}
}

// An interrupt cannot cancel there: the person is told so, and the program goes on
// until the wallet ends the payment.
func TestAnInterruptWhereNothingCanBeCancelled(t *testing.T) {
	for name, c := range map[string]struct {
		args            []string
		waiting, closed string
	}{
		"payment": {[]string{"pay", "--amount", "9.90"}, "等待顾客在手机上确认", "已关闭"},
		"deposit": {[]string{"deposit", "hold", "--amount", "500"}, "等待客人在手机上确认", "已关闭"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			on := byCloud
			on.faster = 20 // so that the wallet gives up two seconds from now
			w := newWorldOn(t, on, "20s")
			said, interrupts := &console{}, make(chan os.Signal, 2)
			done := w.start(said, interrupts, append(c.args, "--code", w.code(3))...)
			said.wait(t, c.waiting)
			interrupts <- os.Interrupt
			said.wait(t, "不能在这里撤销")
			r := <-done
			if r.code != exitRefused || !strings.HasPrefix(r.out, c.closed) || strings.Contains(said.String(), "已取消") {
				t.Errorf("exit %d\n%s%s", r.code, r.out, said)
			}
			w.audit()
		})
	}
}

// The second interrupt leaves it open, and settle goes on asking.
func TestTheSecondInterruptWhereNothingCanBeCancelled(t *testing.T) {
	t.Parallel()
	w := newWorldOn(t, byCloud, "20s")
	w.sim.SetFault(func(string, int) paysim.Fault { return paysim.Fault{Kind: paysim.ErrorAfter} })
	said, interrupts := &console{}, make(chan os.Signal, 2)
	done := w.start(said, interrupts, "pay", "--amount", "9.90", "--code", w.code(1))
	said.wait(t, "还不知道钱有没有到账")
	interrupts <- os.Interrupt
	said.wait(t, "不能在这里撤销")
	interrupts <- os.Interrupt
	if r := <-done; r.code != exitUnknown || !strings.Contains(said.String(), "frontdeskctl settle") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, said)
	}
	w.sim.SetFault(nil)
	w.must(exitGood, "settle")
	if sale := w.sale(w.must(exitGood, "--json", "sale", "01000001")); sale.State != "paid" {
		t.Errorf("after settle the sale is %s", sale.State)
	}
	w.audit()
}

// A channel that is switched on and does not work explains why a code is not
// taken, whichever channel it is.
func TestAChannelThatIsSetUpWrongExplainsARefusedCode(t *testing.T) {
	for _, on := range []way{byAlipay, byWeChat, byCloud} {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			broken := map[string]string{"alipay": "alipay.app_id", "wechat": "wechat.mch_id", "cloudpay": "cloudpay.out_shop_id"}[string(on.channel)]
			w := newWorldOn(t, on, "20s", broken, "x")
			r := w.run("pay", "--amount", "9.90", "--code", w.code(1))
			if r.code != exitOther || !strings.Contains(r.errors, broken) {
				t.Errorf("exit %d\n%s%s", r.code, r.out, r.errors)
			}
		})
	}
}
