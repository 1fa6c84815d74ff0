package alipay_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	lib "github.com/smartwalle/alipay/v3"

	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wire/wiretest"
)

// shop is a channel with a simulator, and the time of both.
type shop struct {
	*alipay.Channel
	t   *testing.T
	sim *paysim.Sim

	mu  sync.Mutex
	now time.Time
	n   int64
}

func (s *shop) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *shop) passTo(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = at
}

var simKeys = sync.OnceValue(func() *paysim.Keys { return wiretest.Must(paysim.NewKeys()) })

// openShop opens at nine in the morning of billDay.
func openShop(t *testing.T, way func(s *shop) http.RoundTripper) *shop {
	t.Helper()
	s := &shop{t: t, now: billDay.Add(9 * time.Hour)}
	s.sim = wiretest.Must(paysim.New(paysim.Options{Keys: simKeys(), Clock: s.clock}))
	t.Cleanup(func() { s.sim.Close() })
	if err := s.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	c := alipay.Config{AppID: s.sim.AppID, SellerID: s.sim.SellerID, Gateway: s.sim.URL(), PrivateKey: s.sim.MerchantPrivateKey, PublicKey: s.sim.AlipayPublicKey, Clock: s.clock}
	if way != nil {
		c.Transport = way(s)
	}
	s.Channel = newChannel(t, c)
	return s
}

// sell is a payment of so much with a code that forces the scenario.
func (s *shop) sell(amount payment.Amount, scenario int) payment.Order {
	s.t.Helper()
	s.n++
	o := payment.Order{OutTradeNo: payment.NewOrderNo(payment.ReceiptNo(1, s.n), 1, s.clock()), Amount: amount}
	r := payment.PayRequest{Order: o, Code: payment.PayCode(s.sim.FreshCode(scenario)), Subject: "Tea, and cake", Operator: "Wang, at 1"}
	if out := s.Pay(s.t.Context(), r); out.Result != payment.Paid {
		s.t.Fatalf("%+v", out)
	}
	return o
}

func (s *shop) giveBack(o payment.Order, n int, amount payment.Amount) {
	s.t.Helper()
	r := payment.RefundRequest{Order: o, RequestNo: payment.NewRequestNo(o.OutTradeNo, n), Refund: amount, Reason: "cold, and late"}
	if out := s.Refund(s.t.Context(), r); out.State != payment.RefundDone {
		s.t.Fatalf("%+v", out)
	}
}

// capture takes a part of a new deposit.
func (s *shop) capture(deposit, take payment.Amount) payment.Order {
	s.t.Helper()
	s.n++
	no := payment.NewOrderNo(payment.ReceiptNo(1, s.n), 1, s.clock())
	h := payment.Hold{OutOrderNo: no, RequestNo: no, Amount: deposit}
	held := s.Hold(s.t.Context(), payment.HoldRequest{Hold: h, Code: payment.PayCode(s.sim.FreshCode(1)), Subject: "room"})
	if held.Result != payment.Held {
		s.t.Fatalf("%+v", held)
	}
	h.AuthNo, h.HoldID, h.PayerID = held.AuthNo, held.HoldID, held.PayerID
	o := payment.Order{OutTradeNo: payment.NewOrderNo(payment.ReceiptNo(1, s.n), 2, s.clock()), Amount: take}
	if out := s.Capture(s.t.Context(), payment.CaptureRequest{Hold: h, OutTradeNo: o.OutTradeNo, Capture: take, ReleaseRest: true, Subject: "room"}); out.State != payment.RefundDone {
		s.t.Fatalf("%+v", out)
	}
	return o
}

// Two days of everything that moves money: the bills are the simulator's truth,
// to the fen, and add up to what came into the merchant's account.
func TestTheBillsOfTwoDaysAreTheTruth(t *testing.T) {
	s := openShop(t, nil)
	tea := s.sell(128_50, 1)
	s.giveBack(tea, 1, 28_50)
	s.giveBack(tea, 2, 100_00)
	cake := s.sell(99_90, 14) // with a discount
	s.giveBack(cake, 1, 33_30)
	undone := s.sell(64_00, 1)
	if out := s.Cancel(t.Context(), undone); out.Result != payment.Reversed {
		t.Fatalf("%+v", out)
	}
	room := s.capture(500_00, 120_00)
	s.giveBack(room, 1, 20_00)
	s.passTo(billDay.Add(24*time.Hour - time.Millisecond))
	last := s.sell(8_88, 1)
	late := s.sell(7_00, 1)
	s.passTo(billDay.Add(24 * time.Hour))
	s.giveBack(last, 1, 8_80)
	if out := s.Cancel(t.Context(), late); out.Result != payment.Reversed {
		t.Fatalf("%+v", out)
	}
	s.giveBack(cake, 2, 66_60)
	s.sell(6_66, 14)

	s.passTo(billDay.Add(3 * 24 * time.Hour))
	var all []payment.BillLine
	for day, count := range []int{11, 4} {
		at := billDay.AddDate(0, 0, day)
		lines, err := s.Bill(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		truth := s.sim.Booked(payment.Alipay, at)
		for i := range truth {
			truth[i].At = truth[i].At.Truncate(time.Second).In(payment.Beijing)
		}
		if len(lines) != count || !slices.Equal(lines, truth) {
			t.Errorf("day %d: %d lines, want %d\ngot  %+v\nwant %+v", day+1, len(lines), count, lines, truth)
		}
		all = append(all, lines...)
	}
	var in, out, discount, sentBack, fees payment.Amount
	for _, l := range all {
		fees += l.Fee
		if l.Kind == payment.BilledPayment {
			in, discount = in+l.Amount, discount+l.Discount
		} else {
			out, sentBack = out+l.Amount, sentBack+l.Amount-l.Discount
		}
	}
	if truth := s.sim.Truth(); in != truth.Charged || out != truth.Refunded || discount != truth.Discount || sentBack != truth.SentBack {
		t.Errorf("the bills: charged %s, refunded %s, discounts %s, sent back %s; in truth %s, %s, %s, %s", in, out, discount, sentBack,
			truth.Charged, truth.Refunded, truth.Discount, truth.SentBack)
	}
	// Of 100.00 of the room and 6.00 of the discounted cake; the 0.08 that are left
	// of the last tea cost nothing.
	if want := payment.Amount(60 + 4); fees != want {
		t.Errorf("fees %s, want %s", fees, want)
	}
}

// away is a way to the network that takes its time before a bill is downloaded.
type away struct {
	http.RoundTripper
	before func()
}

func (a away) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "downloadBillFile") {
		a.before()
	}
	return a.RoundTripper.RoundTrip(r)
}

// Who comes later than half a minute gets a page instead of the bill, and the
// whole of it the next time.
func TestAnAddressThatDiedOnTheWay(t *testing.T) {
	way := http.DefaultTransport.(*http.Transport).Clone()
	defer way.CloseIdleConnections()
	pause := 30 * time.Second
	s := openShop(t, func(s *shop) http.RoundTripper {
		return away{way, func() { s.passTo(s.clock().Add(pause)) }}
	})
	s.sell(128_50, 1)
	s.passTo(nextNoon)
	lines, err := s.Bill(t.Context(), billDay)
	if err == nil || errors.Is(err, payment.ErrBillLater) || lines != nil {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	pause = 29 * time.Second
	if lines, err = s.Bill(t.Context(), billDay); err != nil || len(lines) != 1 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

// Another program's text with a comma is in the bill as well. Then nobody can tell
// what its row says, and the bill names it.
func TestAnotherProgramsCommaBreaksTheBill(t *testing.T) {
	s := openShop(t, nil)
	s.sell(128_50, 1)
	s.passTo(s.clock().Add(time.Minute))
	other := wiretest.Must(lib.New(s.sim.AppID, s.sim.MerchantPrivateKey, false, lib.WithSandboxGateway(s.sim.URL()), lib.WithTimeLocation(payment.Beijing)))
	if err := other.LoadAliPayPublicKey(s.sim.AlipayPublicKey); err != nil {
		t.Fatal(err)
	}
	foreign := lib.NewPayload("alipay.trade.pay").AddBizField("out_trade_no", "KIOSK_1").AddBizField("total_amount", "2.00").
		AddBizField("subject", "tea, hot").AddBizField("scene", "bar_code").AddBizField("auth_code", s.sim.FreshCode(1))
	var said struct{ Code string }
	if err := other.Request(t.Context(), foreign, &said); err != nil || said.Code != "10000" {
		t.Fatalf("%+v, %v", said, err)
	}
	s.passTo(nextNoon)
	lines, err := s.Bill(t.Context(), billDay)
	if err == nil || lines != nil || !strings.Contains(err.Error(), "row 7: a comma in a text") {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}
