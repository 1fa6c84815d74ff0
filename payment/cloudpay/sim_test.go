package cloudpay_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/cloudpay"
	"frontdesk/payment/paysim"
	"frontdesk/payment/wire/wiretest"
)

var simKeys = sync.OnceValue(func() *paysim.Keys { return wiretest.Must(paysim.NewKeys()) })

// simulator starts one for the test.
func simulator(t *testing.T, o paysim.Options) *paysim.Sim {
	t.Helper()
	o.Keys = simKeys()
	sim := wiretest.Must(paysim.New(o))
	t.Cleanup(func() { sim.Close() })
	if err := sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	return sim
}

// simOrder is an order of the simulator's account.
func simOrder(sim *paysim.Sim, n int64, w payment.Wallet) payment.Order {
	no := payment.NewNumber(sim.CloudPay().OrderPrefix, payment.ReceiptNo(1, n), 1, time.Now())
	return payment.Order{OutTradeNo: no, Amount: price, Wallet: w}
}

func TestTheDoctorAtTheSimulator(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	for name, tt := range map[string]struct {
		change func(c *cloudpay.Config)
		want   cloudpay.ProbeKind
	}{
		"all is well":         {func(*cloudpay.Config) {}, cloudpay.ProbeGood},
		"the key of another":  {func(c *cloudpay.Config) { c.AuthKey = authKey }, cloudpay.ProbeKeyRefused},
		"another merchant":    {func(c *cloudpay.Config) { c.OutSubMchID = merchant }, cloudpay.ProbeAccount},
		"another provider":    {func(c *cloudpay.Config) { c.OutMchID = provider }, cloudpay.ProbeAccount},
		"another shop":        {func(c *cloudpay.Config) { c.OutShopID = shop }, cloudpay.ProbeAccount},
		"another's prefix":    {func(c *cloudpay.Config) { c.OrderPrefix = prefix }, cloudpay.ProbeAccount},
		"the next host works": {func(c *cloudpay.Config) { c.Hosts = append([]string{nobody(t)}, c.Hosts...) }, cloudpay.ProbeGood},
	} {
		c := simConfig(sim)
		tt.change(&c)
		p := newChannel(t, c).Probe(t.Context())
		if p.Kind != tt.want || p.Kind == cloudpay.ProbeGood && (!p.Dated || p.ClockWrong()) {
			t.Errorf("%s: %+v, want %s", name, p, tt.want)
		}
		if last := p.Hosts[len(p.Hosts)-1]; !last.Up {
			t.Errorf("%s: hosts %+v", name, p.Hosts)
		}
	}
	if sim.Truth().Charged != 0 {
		t.Error("a probe has moved money")
	}
}

// A wrong account makes every answer one without an authentication: the till has
// to send for the manager, and may not believe that nothing moved.
func TestWithAWrongAccountNothingIsBelieved(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	c := simConfig(sim)
	c.OutShopID = shop
	channel := newChannel(t, c)
	r := payment.PayRequest{Order: simOrder(sim, 1, payment.WalletWeChat), Code: payment.PayCode(sim.FreshCodeOf(payment.WalletWeChat, 1)), Subject: "Tea"}
	for what, out := range map[string]payment.Outcome{"pay": channel.Pay(t.Context(), r), "query": channel.Query(t.Context(), r.Order)} {
		if out.Result != payment.Unknown || out.Reason != payment.ReasonMerchantSetup || !strings.HasPrefix(out.Code, "101/") {
			t.Errorf("%s: %+v", what, out)
		}
	}
	// the settings are repaired, and the query settles it
	if out := newChannel(t, simConfig(sim)).Query(t.Context(), r.Order); out.Result != payment.NotFound {
		t.Errorf("afterwards: %+v", out)
	}
}

// UnionPay where it is signed: its success is believed, everything else is asked
// about again.
func TestUnionPayWhereItIsSigned(t *testing.T) {
	sim := simulator(t, paysim.Options{CloudUnionPay: true})
	c := simConfig(sim)
	c.Wallets = []payment.Wallet{payment.WalletWeChat, payment.WalletUnionPay}
	c.UnionPayPlatform, c.UnionPaySubPlatform = sim.CloudPay().UnionPayPlatform, sim.CloudPay().UnionPaySubPlatform
	channel := newChannel(t, c)
	r := payment.PayRequest{Order: simOrder(sim, 1, payment.WalletUnionPay), Code: payment.PayCode(sim.FreshCodeOf(payment.WalletUnionPay, 1)), Subject: "Tea"}
	out := channel.Pay(t.Context(), r)
	if out.Result != payment.Paid || sim.Truth().Orders[r.OutTradeNo].Charged != price {
		t.Errorf("%+v", out)
	}
	if out := channel.Query(t.Context(), r.Order); out.Result != payment.Paid {
		t.Errorf("asked: %+v", out)
	}
	refund := payment.RefundRequest{Order: r.Order, RequestNo: payment.NewRequestNo(r.OutTradeNo, 1), Refund: price}
	if out := channel.Refund(t.Context(), refund); out.State != payment.RefundDone {
		t.Errorf("refund: %+v", out)
	}
}

// Everybody is there, and the first host is not: a whole sale over the second.
func TestASaleOverTheSecondHost(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	c := simConfig(sim)
	c.Hosts = []string{nobody(t), sim.CloudPay().BaseURL}
	channel := newChannel(t, c)
	r := payment.PayRequest{Order: simOrder(sim, 1, payment.WalletAlipay), Code: payment.PayCode(sim.FreshCodeOf(payment.WalletAlipay, 1)), Subject: "Tea", Operator: "1206"}
	if out := channel.Pay(t.Context(), r); out.Result != payment.Paid || out.Payer == "" || out.TradeNo == "" || time.Since(out.PaidAt).Abs() > time.Minute {
		t.Fatalf("%+v", out)
	}
	refund := payment.RefundRequest{Order: r.Order, RequestNo: payment.NewRequestNo(r.OutTradeNo, 1), Refund: 28_50, Reason: "凉了"}
	for range 2 { // the same again moves no more
		if out := channel.Refund(t.Context(), refund); out.State != payment.RefundDone {
			t.Errorf("refund: %+v", out)
		}
	}
	if truth := sim.Truth(); truth.Charged != price || truth.Refunded != 28_50 {
		t.Errorf("in truth %s and %s", truth.Charged, truth.Refunded)
	}
}

// A refund that the bank takes its time over is accepted, waits, and is done.
func TestARefundThatTakesItsTime(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	channel := newChannel(t, simConfig(sim))
	r := payment.PayRequest{Order: simOrder(sim, 1, payment.WalletWeChat), Code: payment.PayCode(sim.FreshCodeOf(payment.WalletWeChat, 1)), Subject: "Tea"}
	if out := channel.Pay(t.Context(), r); out.Result != payment.Paid {
		t.Fatalf("%+v", out)
	}
	refund := payment.RefundRequest{Order: r.Order, RequestNo: payment.NewRequestNo(r.OutTradeNo, 1), Refund: 10_05} // 5 takes its time
	out := channel.Refund(t.Context(), refund)
	if out.State != payment.RefundUnknown || !out.Found || !out.Waiting {
		t.Errorf("%+v", out)
	}
	for range 10 {
		if out = channel.QueryRefund(t.Context(), refund); out.State == payment.RefundDone {
			return
		}
		if out.State != payment.RefundUnknown || !out.Found || !out.Waiting {
			t.Errorf("on its way: %+v", out)
		}
	}
	t.Errorf("at last: %+v", out)
}

// The rules say who may refund; the simulator's staff may.
func TestTheStaffWhoMayRefund(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	a := sim.CloudPay()
	for staff, want := range map[string]payment.StepState{a.StaffID: payment.RefundDone, "9999": payment.RefundRefused} {
		c := simConfig(sim)
		c.RefundStaffID, c.RefundStaffName = staff, a.StaffName
		channel := newChannel(t, c)
		order := simOrder(sim, map[string]int64{a.StaffID: 1, "9999": 2}[staff], payment.WalletAlipay)
		h := payment.Hold{OutOrderNo: order.OutTradeNo, RequestNo: order.OutTradeNo, Amount: price, Wallet: payment.WalletAlipay}
		if out := channel.Hold(t.Context(), payment.HoldRequest{Hold: h, Code: payment.PayCode(sim.FreshCodeOf(h.Wallet, 1)), Subject: "Room 8"}); out.Result != payment.Held {
			t.Fatalf("%+v", out)
		}
		release := payment.ReleaseRequest{Hold: h, ReleaseNo: payment.NewRequestNo(h.OutOrderNo, 1), Release: price}
		if out := channel.Release(t.Context(), release); out.State != want || want == payment.RefundRefused && out.Reason != payment.ReasonMerchantSetup {
			t.Errorf("staff %s: %+v", staff, out)
		}
	}
}

// Signed in the place of the authentication, as the older documents have it.
func TestASignedRefundAtTheSimulator(t *testing.T) {
	sim := simulator(t, paysim.Options{})
	c := simConfig(sim)
	c.SignKey, c.SignRefunds = sim.CloudPay().SigningKey, true
	channel := newChannel(t, c)
	r := payment.PayRequest{Order: simOrder(sim, 1, payment.WalletWeChat), Code: payment.PayCode(sim.FreshCodeOf(payment.WalletWeChat, 1)), Subject: "Tea"}
	if out := channel.Pay(t.Context(), r); out.Result != payment.Paid {
		t.Fatalf("%+v", out)
	}
	refund := payment.RefundRequest{Order: r.Order, RequestNo: payment.NewRequestNo(r.OutTradeNo, 1), Refund: 28_50}
	if out := channel.Refund(t.Context(), refund); out.State != payment.RefundDone {
		t.Errorf("%+v", out)
	}
}
