package paysim

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/payment"
)

// reception is a careless hotel that holds, captures, releases, cancels,
// refunds and asks at random, over a network that breaks at random. It adds up
// only what answers said, and asks again where an answer was lost.
type reception struct {
	*till
	rnd    *rand.Rand
	holds  map[string]*deposit
	trades map[string]*trade
	nos    []string // of holds
	tnos   []string // of trades
	back   payment.Amount
}

// deposit is one hold by the answers.
type deposit struct {
	amount, held, captured, released payment.Amount
	auth                             string
	freed                            map[string]bool // request numbers that were answered as done
}

// trade is one capture by the answers.
type trade struct {
	hold     string
	amount   payment.Amount
	complete bool
	known    bool // there is such a trade
	paid     bool
	refunds  map[string]bool
}

// call sends a request, now and then over a broken line. It is clear when the
// answer is to be believed and says something.
func (r *reception) call(method string, biz fields) (a said, clear bool) {
	if r.rnd.IntN(4) == 0 {
		kind := FaultKinds[r.rnd.IntN(len(FaultKinds)-1)] // but not Refused, which lies
		r.SetFault(func(string, int) Fault { return Fault{Kind: kind} })
		defer r.SetFault(nil)
	}
	a, broken := r.attempt(method, biz)
	return a, broken == "" && a.Code != "20000" && a.SubCode != "SYSTEM_ERROR" && a.SubCode != "ACQ.SYSTEM_ERROR"
}

// learn asks for a hold until it is clear what became of it.
func (r *reception) learn(no string) {
	d := r.holds[no]
	a := r.detailNo(no, no)
	if a.Code != "10000" {
		return
	}
	rest, _ := payment.ParseAmount(a.text("rest_amount"))
	d.auth = a.text("auth_no")
	d.amount, _ = payment.ParseAmount(a.text("amount"))
	d.held, _ = payment.ParseAmount(a.text("total_freeze_amount"))
	d.captured, _ = payment.ParseAmount(a.text("total_pay_amount"))
	d.released = d.held - d.captured - rest
}

func (r *reception) pick(list []string) string { return list[r.rnd.IntN(len(list))] }

func (r *reception) step() {
	switch n := r.rnd.IntN(12); {
	case n < 3 || len(r.nos) == 0:
		r.freeze()
	case n < 6:
		r.capture()
	case n < 8:
		r.release()
	case n < 9:
		r.cancel()
	case n < 10 && len(r.tnos) > 0:
		r.refund()
	case n < 11:
		r.learn(r.pick(r.nos))
	case len(r.tnos) > 0:
		r.queryTrade(r.pick(r.tnos))
	default:
		r.clock.pass(time.Second)
	}
}

func (r *reception) freeze() {
	no, sum := r.orderNo(), payment.Amount(1+r.rnd.IntN(2000))
	if r.rnd.IntN(5) == 0 && len(r.nos) > 0 {
		no = r.pick(r.nos) // used already
		sum = r.holds[no].amount + payment.Amount(r.rnd.IntN(2))
	}
	if r.holds[no] == nil {
		r.holds[no] = &deposit{amount: sum, freed: map[string]bool{}}
		r.nos = append(r.nos, no)
	}
	d := r.holds[no]
	code := r.FreshCode([]int{1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13}[r.rnd.IntN(15)])
	a, clear := r.call("alipay.fund.auth.order.freeze", freezeBiz(no, sum.String(), code))
	switch {
	case !clear:
		r.learn(no)
	case a.Code == "10000" || a.Code == "10003":
		d.amount, d.auth = sum, a.text("auth_no")
		if a.text("status") == "SUCCESS" {
			d.held = sum
		}
	}
}

func (r *reception) capture() {
	no := r.pick(r.nos)
	d := r.holds[no]
	if d.auth == "" {
		return
	}
	tno, complete := r.orderNo(), r.rnd.IntN(3) == 0
	sum := payment.Amount(1 + r.rnd.IntN(int(d.amount)))
	if r.rnd.IntN(3) == 0 && len(r.tnos) > 0 {
		tno = r.pick(r.tnos) // again, perhaps of another hold
		sum, complete = r.trades[tno].amount, r.trades[tno].complete
	}
	if r.trades[tno] == nil {
		r.trades[tno] = &trade{amount: sum, complete: complete, refunds: map[string]bool{}}
		r.tnos = append(r.tnos, tno)
	}
	biz := r.captureBiz(d.auth, tno, sum.String())
	if complete {
		biz["auth_confirm_mode"] = "COMPLETE"
	}
	a, clear := r.call("alipay.trade.pay", biz)
	status := ""
	if clear {
		status = map[string]string{"10000": "TRADE_SUCCESS", "10003": "WAIT_BUYER_PAY"}[a.Code]
	} else {
		status = r.queryNo(tno).text("trade_status")
	}
	if t := r.trades[tno]; status != "" && !t.known {
		t.known, t.hold = true, no
	}
	if status == "TRADE_SUCCESS" {
		r.paid(tno)
	}
}

// paid counts a capture of which an answer said that it is done.
func (r *reception) paid(tno string) {
	t := r.trades[tno]
	if t.paid {
		return
	}
	d := r.holds[t.hold]
	t.paid, d.captured = true, d.captured+t.amount
	if t.complete {
		d.released = d.held - d.captured
	}
}

func (r *reception) release() {
	no := r.pick(r.nos)
	d := r.holds[no]
	if d.auth == "" {
		return
	}
	request, sum := fmt.Sprintf("%sU%d", no, r.rnd.IntN(4)), payment.Amount(1+r.rnd.IntN(int(d.amount)))
	a, clear := r.call("alipay.fund.auth.order.unfreeze", r.unfreezeBiz(d.auth, sum.String(), request))
	switch {
	case !clear:
		r.learn(no)
		if q := r.ask("alipay.fund.auth.operation.detail.query", fields{"out_order_no": no, "out_request_no": request, "operation_type": "UNFREEZE"}); q.Code == "10000" {
			d.freed[request] = true
		}
	case a.Code == "10000" && !d.freed[request]:
		d.freed[request], d.released = true, d.released+sum
	}
}

func (r *reception) cancel() {
	no := r.pick(r.nos)
	d := r.holds[no]
	a, clear := r.call("alipay.fund.auth.operation.cancel", fields{"out_order_no": no, "out_request_no": no, "remark": "撤销"})
	switch {
	case !clear:
		r.learn(no)
	case a.text("action") == "unfreeze":
		d.held, d.released = d.amount, d.amount // 12 is held and released in one
	}
}

func (r *reception) queryTrade(tno string) {
	a, clear := r.call("alipay.trade.query", fields{"out_trade_no": tno})
	if !clear {
		a = r.queryNo(tno)
	}
	if a.text("trade_status") == "TRADE_SUCCESS" {
		r.paid(tno)
	}
}

func (r *reception) refund() {
	tno, request := r.pick(r.tnos), fmt.Sprintf("R%d", r.rnd.IntN(3))
	for range 3 { // mostly one that can be refunded
		if !r.trades[tno].paid {
			tno = r.pick(r.tnos)
		}
	}
	t := r.trades[tno]
	sum := payment.Amount(1 + r.rnd.IntN(int(t.amount)))
	a, clear := r.call("alipay.trade.refund", fields{"out_trade_no": tno, "refund_amount": sum.String(), "out_request_no": request})
	switch {
	case clear && a.text("fund_change") == "Y":
		r.back += sum
		t.refunds[request] = true
	case !clear || a.Code == "10000":
		q := r.refundQueryNo(tno, request)
		if q.text("refund_status") == "REFUND_SUCCESS" && !t.refunds[request] {
			given, _ := payment.ParseAmount(q.text("refund_amount"))
			r.back += given
			t.refunds[request] = true
		}
	}
}

// Whatever a hotel and its network do: no hold gives out more than was held,
// the sums are those of the holds, each capture is a trade, and all of it is
// what the answers said.
func TestTheHoldsAreTheSumOfWhatTheAnswersMoved(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := &reception{
				till: startTill(t, Options{Password: 240 * time.Hour}), rnd: rand.New(rand.NewPCG(seed, 2027)),
				holds: map[string]*deposit{}, trades: map[string]*trade{},
			}
			for range 150 {
				r.step()
				r.compare(t)
			}
			truth := r.Truth()
			if truth.Captured == 0 || truth.Released == 0 || truth.Refunded == 0 || truth.Rest() == 0 {
				t.Fatalf("too little happened: %d captured, %d released, %d refunded, %d held", truth.Captured, truth.Released, truth.Refunded, truth.Rest())
			}
		})
	}
}

func (r *reception) compare(t *testing.T) {
	t.Helper()
	truth := r.Truth()
	var held, captured, released, charged payment.Amount
	for no, h := range truth.Holds {
		if h.Captured+h.Released+h.Rest != h.Held || h.Rest < 0 || h.Captured < 0 || h.Released < 0 || (h.Held != 0 && h.Held != h.Amount) {
			t.Fatalf("hold %s: %+v", no, h)
		}
		var parts payment.Amount
		for tno, sum := range h.Captures {
			if o := truth.Orders[tno]; o.Hold != no || o.Charged != sum {
				t.Fatalf("hold %s captured %d by %s, which is %+v", no, sum, tno, o)
			}
			parts += sum
		}
		for _, sum := range h.Releases {
			parts += sum
		}
		if d := r.holds[no]; parts != h.Captured+h.Released || h.Held != d.held || h.Captured != d.captured || h.Released != d.released {
			t.Fatalf("hold %s: the book has %+v, the answers said %+v", no, h, *d)
		}
		held, captured, released = held+h.Held, captured+h.Captured, released+h.Released
	}
	for _, o := range truth.Orders {
		charged += o.Charged
	}
	if held != truth.Held || captured != truth.Captured || released != truth.Released || charged != captured || truth.Charged != captured {
		t.Fatalf("sums: %+v", truth)
	}
	if truth.Refunded != r.back || truth.Net() < 0 {
		t.Fatalf("the book gave %d back, the answers said %d", truth.Refunded, r.back)
	}
}
