package paysim

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestAlipayDepositsAreConsumedInParts(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletAlipay
	hold, first := l.held(w, 50000), l.number()
	h := l.consume(hold, w, first, 20000, false)
	want(t, "answer", fmt.Sprint(h, " ", h.Name, " ", h.state()), "0/0 deposit_consume 2")
	want(t, "which deposit", h.text("order_content.out_freeze_no"), hold)
	want(t, "the same again", l.consume(hold, w, first, 20000, false).String(), "0/0")
	want(t, "another amount", l.consume(hold, w, first, 20001, false).String(), "102/406")
	want(t, "with the rest", l.consume(hold, w, first, 20000, true).String(), "102/406")
	l.wantHeld(hold, Held, 50000, 20000, 0)
	want(t, "more than is left", l.consume(hold, w, l.number(), 30001, false).String(), "104/303")
	want(t, "as a payment", l.query(first).state(), 2)

	want(t, "a part goes back", l.unfreeze(hold, w, l.number(), 10000).releaseState(), 2)
	want(t, "more than is left goes back", l.unfreeze(hold, w, l.number(), 20001).String(), "104/303")
	h = l.consume(hold, w, l.number(), 15000, true)
	want(t, "the rest goes back with it", h.num("order_content.manual_unfreeze_fee"), 5000)
	l.wantHeld(hold, Finished, 50000, 35000, 15000)
	want(t, "nothing is left to take", l.consume(hold, w, l.number(), 1, false).String(), "104/302")
	want(t, "nothing is left to free", l.unfreeze(hold, w, l.number(), 1).String(), "104/302")

	body := l.refundBody(first, w, 20000, 5000, l.number())
	want(t, "a refund without the deposit", l.ask("refund", body).String(), "104/6")
	want(t, "a refund with it", l.ask("refund", set(body, "refund_content.out_freeze_no", hold)).refundState(), 2)
	h = l.queryHold(hold, w)
	want(t, "the deposit at last", fmt.Sprint(h.holdState(), h.num("freeze_order_content.total_consume_fee"),
		h.num("freeze_order_content.total_manual_unfreeze_fee"), h.num("freeze_order_content.total_refund_fee")), "3 35000 15000 5000")
}

func TestWeChatDepositsAreConsumedOnceOrFreedAsAWhole(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletWeChat
	hold, no := l.held(w, 50000), l.number()
	want(t, "keeping the rest", l.consume(hold, w, no, 20000, false).String(), "101/6")
	want(t, "a part goes back", l.unfreeze(hold, w, l.number(), 10000).String(), "104/302")
	h := l.consume(hold, w, no, 20000, true)
	want(t, "answer", fmt.Sprint(h, " ", h.state()), "0/0 14")
	want(t, "one number for both", h.text("order_content.transaction_id"), h.text("order_content.freeze_id"))
	want(t, "the rest goes back with it", h.num("order_content.manual_unfreeze_fee"), 30000)
	l.wantHeld(hold, Finished, 50000, 20000, 30000)
	want(t, "the deposit", l.queryHold(hold, w).holdState(), 5)
	want(t, "nothing is left", l.unfreeze(hold, w, l.number(), 50000).String(), "104/302")
	want(t, "a refund", l.ask("refund", set(l.refundBody(no, w, 20000, 5000, l.number()), "refund_content.out_freeze_no", hold)).refundState(), 2)
	want(t, "the capture after it", l.query(no).state(), 4)

	whole, release := l.held(w, 50000), l.number()
	want(t, "all goes back", l.unfreeze(whole, w, release, 50000).releaseState(), 2)
	want(t, "the same again", l.unfreeze(whole, w, release, 50000).releaseState(), 2)
	want(t, "the same with another amount", l.unfreeze(whole, w, release, 1).String(), "102/406")
	l.wantHeld(whole, Released, 50000, 0, 50000)
	want(t, "to take", l.consume(whole, w, l.number(), 1, true).String(), "104/302")
	want(t, "as a whole", l.consume(hold, w, l.number(), 60000, true).String(), "104/302")
}

// What the last digit of fen of a capture forces.
func TestCloudPayCaptureCases(t *testing.T) {
	for _, w := range twoWallets {
		done, waits := "2", "4"
		if w == payment.WalletWeChat {
			done, waits = "14", "12"
		}
		for _, c := range []struct {
			digit                int
			answer, asked, again string
			atOnce, atLast       bool
		}{
			{0, "0/0 " + done, "0/0 " + done, "0/0 " + done, true, true},
			{1, "closed -1", "0/0 " + done, "0/0 " + done, true, true},
			{2, "104/503 -1", "104/400 -1", "104/503 -1", false, false},
			{3, "103/21 -1", "0/0 " + done, "0/0 " + done, true, true},
			{4, "103/21 -1", "104/400 -1", "0/0 " + done, false, true},
			{5, "0/0 " + waits, "0/0 " + waits, "0/0 " + waits, false, true},
		} {
			t.Run(fmt.Sprintf("%d %s", c.digit, w), func(t *testing.T) {
				l := startCloud(t, Options{})
				hold, no, fen := l.held(w, 1000), l.number(), 300+c.digit
				taken := func() bool { return l.Truth().Orders[no].Charged == payment.Amount(fen) }
				say := func(h heard) string { return fmt.Sprint(h, " ", h.state()) }
				want(t, "answer", say(l.consume(hold, w, no, fen, true)), c.answer)
				want(t, "taken at once", taken(), c.atOnce)
				for _, table := range CaptureCases {
					if table.Digit == c.digit {
						want(t, "the table says done", table.Done, c.atOnce)
					}
				}
				want(t, "asked", say(l.query(no)), c.asked)
				want(t, "again", say(l.consume(hold, w, no, fen, true)), c.again)
				if c.digit == 5 {
					want(t, "another while it waits", l.consume(hold, w, l.number(), 1, true).String(), "104/303")
					want(t, "a release while it waits", l.unfreeze(hold, w, l.number(), 1000).String(), "104/302")
					l.query(no)
				}
				l.query(no)
				want(t, "taken at last", taken(), c.atLast)
				if c.atLast {
					l.wantHeld(hold, Finished, 1000, payment.Amount(fen), payment.Amount(1000-fen))
				} else {
					l.wantHeld(hold, Held, 1000, 0, 0)
				}
			})
		}
	}
}

// What the last digit of fen of a release forces.
func TestCloudPayReleaseCases(t *testing.T) {
	for _, w := range twoWallets {
		for _, c := range []struct {
			digit                int
			answer, asked, again string
			atOnce, atLast       bool
		}{
			{0, "0/0 2", "0/0 2", "0/0 2", true, true},
			{1, "closed -1", "0/0 2", "0/0 2", true, true},
			{2, "104/503 -1", "0/0 3", "104/503 -1", false, false},
			{3, "103/21 -1", "0/0 2", "0/0 2", true, true},
			{4, "103/21 -1", "104/426 -1", "0/0 2", false, true},
			{5, "0/0 2", "0/0 2", "0/0 2", true, true},
		} {
			t.Run(fmt.Sprintf("%d %s", c.digit, w), func(t *testing.T) {
				l := startCloud(t, Options{})
				fen := 300 + c.digit
				hold, no := l.held(w, fen), l.number()
				freed := func() bool { return l.Truth().Holds[hold].Released == payment.Amount(fen) }
				say := func(h heard) string { return fmt.Sprint(h, " ", h.releaseState()) }
				want(t, "answer", say(l.unfreeze(hold, w, no, fen)), c.answer)
				want(t, "freed at once", freed(), c.atOnce)
				for _, table := range ReleaseCases {
					if table.Digit == c.digit {
						want(t, "the table says done", table.Done, c.atOnce)
					}
				}
				want(t, "asked", say(l.queryRelease(hold, w, no)), c.asked)
				want(t, "again", say(l.unfreeze(hold, w, no, fen)), c.again)
				want(t, "freed at last", freed(), c.atLast)
			})
		}
	}
}

func TestReleasesAreListed(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletAlipay
	hold := l.held(w, 1000)
	want(t, "none", l.queryRelease(hold, w, "").String(), "104/426")
	first, second := l.number(), l.number()
	l.unfreeze(hold, w, first, 100)
	l.unfreeze(hold, w, second, 200)
	h := l.queryRelease(hold, w, "")
	releases, _ := h.at("unfreeze_order_content").([]any)
	clients, _ := h.at("order_client").([]any)
	want(t, "all", fmt.Sprint(len(releases), len(clients)), "2 2")
	one := l.queryRelease(hold, w, second)
	want(t, "one", fmt.Sprint(one.num("unfreeze_order_content.unfreeze_fee"), one.num("unfreeze_order_content.trade_state")), "200 4")
	want(t, "nobody's", l.queryRelease(l.number(), w, "").String(), "104/400")
	other := l.held(w, 1000)
	want(t, "another deposit's number", l.unfreeze(other, w, first, 100).String(), "102/406")
	want(t, "the deposit's own number", l.unfreeze(other, w, other, 100).String(), "102/406")
}

func TestWhoMayFree(t *testing.T) {
	l := startCloud(t, Options{})
	const w = payment.WalletAlipay
	hold := l.held(w, 100000)
	for _, c := range []struct {
		right  fields
		answer string
	}{
		{fields{"is_sub_admin": true}, "0/0"},
		{fields{"is_sub_mch_admin": true}, "0/0"},
		{fields{"is_sub_mch_admin": false, "authorization_staff_id": l.StaffID}, "0/0"},
		{fields{"is_sub_admin": true, "is_sub_mch_admin": true}, "101/6"},
		{fields{}, "101/6"},
		{fields{"is_sub_admin": false}, "101/6"},
		{fields{"is_sub_admin": false, "authorization_staff_id": l.StaffID}, "0/0"},
		{fields{"is_sub_admin": false, "authorization_staff_id": "9999"}, "104/304"},
		{fields{"is_sub_admin": true, "authorization_staff_id": l.StaffID}, "101/6"},
	} {
		body := set(l.unfreezeBody(hold, w, l.number(), 10), "pay_mch_key.is_sub_admin", nil)
		for k, v := range c.right {
			body = set(body, "pay_mch_key."+k, v)
		}
		want(t, fmt.Sprint(c.right), l.ask("unfreeze", body).String(), c.answer)
	}
}

func TestNothingIsTakenOfWhatIsNotHeld(t *testing.T) {
	for _, w := range twoWallets {
		l := startCloud(t, Options{})
		waiting, refused := l.number(), l.number()
		l.freeze(waiting, w, 1000, 3)
		l.freeze(refused, w, 1000, 4)
		for _, hold := range []string{waiting, refused} {
			want(t, "take", l.consume(hold, w, l.number(), 100, true).String(), "104/302")
			want(t, "free", l.unfreeze(hold, w, l.number(), 1000).String(), "104/302")
		}
		want(t, "nobody's", l.consume(l.number(), w, l.number(), 100, true).String(), "104/400")
		paid := l.paid(w, 100)
		hold := l.held(w, 1000)
		want(t, "a number that was paid with", l.consume(hold, w, paid, 100, true).String(), "102/406")
		want(t, "the deposit's own number", l.consume(hold, w, hold, 100, true).String(), "102/406")
		without := set(l.consumeBody(hold, w, l.number(), 100, true), "pay_mch_key.pay_platform", nil)
		want(t, "without a platform, as in the sample", l.ask("deposit_consume", set(without, "pay_mch_key.sub_pay_platform", nil)).String(), "0/0")
	}
}

// A capture that waits is done after its time too.
func TestACaptureThatWaitsIsDoneByTime(t *testing.T) {
	l := startCloud(t, Options{Password: 10 * time.Second})
	hold, no := l.held(payment.WalletAlipay, 1000), l.number()
	l.consume(hold, payment.WalletAlipay, no, 305, false)
	l.clock.pass(10 * time.Second)
	l.wantOrder(no, Paid, 305, 0)
	l.wantHeld(hold, Held, 1000, 305, 0)
}
