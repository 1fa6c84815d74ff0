package paysim

import (
	"strings"
	"testing"
)

// Every fault on every way of moving the money of a hold: a request that was
// not carried out moved nothing, one that was moved it, and the answer is not
// to be believed.
func TestEachFaultBreaksEachStepOfAHold(t *testing.T) {
	l := startTill(t, Options{})
	type step struct {
		method string
		biz    func() fields
		moved  func(Truth) int64
	}
	_, auth := l.heldOrder("9000.00")
	steps := []step{
		{"alipay.fund.auth.order.freeze", func() fields { return freezeBiz(l.orderNo(), "1.00", l.FreshCode(1)) }, func(t Truth) int64 { return int64(t.Held) }},
		{"alipay.trade.pay", func() fields { return l.captureBiz(auth, l.orderNo(), "1.00") }, func(t Truth) int64 { return int64(t.Captured) }},
		{"alipay.fund.auth.order.unfreeze", func() fields { return l.unfreezeBiz(auth, "1.00", l.orderNo()) }, func(t Truth) int64 { return int64(t.Released) }},
	}
	before := map[FaultKind]bool{ResetBefore: true, ErrorBefore: true, Refused: true}
	for _, kind := range append(FaultKinds, NoFault) {
		for _, s := range steps {
			l.SetFault(func(method string, _ int) Fault {
				if method != s.method {
					return Fault{}
				}
				return Fault{Kind: kind, SubCode: "BIZ_ERROR"}
			})
			had := s.moved(l.Truth())
			a, broken := l.attempt(s.method, s.biz())
			name := string(kind) + " " + s.method
			want(t, name+": moved", s.moved(l.Truth())-had == 100, !before[kind])
			want(t, name+": believed", broken == "", kind == NoFault || kind == Refused)
			if kind == Refused {
				want(t, name, a.String(), "40004 BIZ_ERROR")
			}
		}
	}
	l.SetFault(nil)
}

func TestAnAnswerAboutAnotherHoldNamesIt(t *testing.T) {
	l := startTill(t, Options{})
	no, _ := l.heldOrder("1.00")
	l.SetFault(func(string, int) Fault { return Fault{Kind: OtherOrder} })
	a := l.detailNo(no, no)
	want(t, "signed", a.Signed, true)
	want(t, "order", a.text("out_order_no"), "ANOTHER_ORDER")
	if strings.Contains(a.Raw, l.Truth().Holds[no].AuthNo) {
		t.Errorf("the true number is in the answer: %s", a.Raw)
	}
}
