package channeltest

import (
	"context"
	"sync"
	"testing"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// act is one call of the contract, in a state in which its plain answer is a
// yes. Faults and broken answers are tried on each of them.
type act struct {
	name string
	yes  string // what the call says when nothing is in its way
	make func() try
	kind actKind
}

// actKind says whether a call may be made again with the same numbers.
type actKind int

const (
	once    actKind = iota // never: it is sent once
	repeats                // yes, and nothing more happens
	asks                   // it changes nothing
)

// try is one call that is ready to be made, on numbers of its own.
type try struct {
	call func(ctx context.Context) string // what it said of the money
	end  func()                           // drives what was begun to its end, and compares it with the truth

	// own is set where an answer may name no order: it proves after a yes that
	// the answer was about this one.
	own func() bool
}

// kept is the same act with one try for all calls, where they may be repeated.
func (a act) kept() act {
	if a.kind != once {
		a.make = sync.OnceValue(a.make)
	}
	return a
}

// waitingWord is what a refund or a step says that the channel has taken and not
// carried out yet.
const waitingWord = "taken"

func stateWord(state payment.RefundState, waiting bool) string {
	if waiting {
		return waitingWord
	}
	return string(state)
}

// acts are all calls about payments and refunds with this wallet.
func (s *stage) acts(w payment.Wallet) []act {
	cancelled := payment.MethodCode
	if s.ch.Policy().NoCancel {
		cancelled = payment.MethodQR
	}
	all := []act{
		{"Pay", string(payment.Paid), func() try { return s.tryPay(w) }, once},
		{"Query of a payment", string(payment.Paid), func() try { return s.tryQuery(w, 1) }, asks},
		{"Query of one that waits", string(payment.Waiting), func() try { return s.tryQuery(w, 2) }, once},
		{"Refund", string(payment.RefundDone), func() try { return s.tryRefund(w) }, repeats},
		{"QueryRefund", string(payment.RefundDone), func() try { return s.tryQueryRefund(w) }, asks},
	}
	if s.bench.showsQR(w) {
		all = append(all, act{"ShowQR", string(payment.Waiting), func() try { return s.tryQR(w) }, once})
	}
	if cancelled == payment.MethodCode || s.bench.showsQR(w) {
		all = append(all, act{"Cancel", string(payment.Closed), func() try { return s.tryCancel(w, cancelled, 3) }, repeats})
	}
	if cancelled == payment.MethodCode {
		all = append(all, act{"Cancel in the moment of the payment", string(payment.Reversed), func() try { return s.tryCancel(w, cancelled, 12) }, repeats})
	}
	return all
}

func (s *stage) tryPay(w payment.Wallet) try {
	r := s.ask(w, price, 1)
	var first payment.Outcome
	return try{
		call: func(ctx context.Context) string { first = s.pay(ctx, r); return string(first.Result) },
		end:  func() { s.settled(r.Order, payment.MethodCode, first) },
	}
}

func (s *stage) tryQR(w payment.Wallet) try {
	r := s.askQR(w, price)
	var first payment.Outcome
	var text string
	return try{
		call: func(ctx context.Context) string { text, first = s.showQR(ctx, r); return string(first.Result) },
		own:  func() bool { return s.sim.ScanQR(text, 3) == nil && s.truth(r.OutTradeNo).State == paysim.Waiting },
		end: func() {
			if first.Result == payment.Failed {
				return
			}
			e := s.cancelUntilSettled(r.Order, ending{})
			if e.state != payment.StateClosed {
				s.Errorf("a QR that nobody scanned ended %s: %+v", e.state, e.last)
			}
			s.compare(r.Order, e)
		},
	}
}

func (s *stage) tryQuery(w payment.Wallet, scenario int) try {
	r := s.ask(w, price, scenario)
	first := s.pay(s.Context(), r)
	return try{
		call: func(ctx context.Context) string { first = s.query(ctx, r.Order); return string(first.Result) },
		end: func() {
			if e := s.settled(r.Order, payment.MethodCode, first); e.state != payment.StatePaid {
				s.Errorf("ended %s: %+v", e.state, e.last)
			}
		},
	}
}

func (s *stage) tryCancel(w payment.Wallet, m payment.Method, scenario int) try {
	var order payment.Order
	if m == payment.MethodQR {
		r := s.askQR(w, price)
		order = r.Order
		text := s.shown(r)
		if err := s.sim.ScanQR(text, scenario); err != nil {
			s.Fatal(err)
		}
	} else {
		r := s.ask(w, price, scenario)
		order = r.Order
		s.pay(s.Context(), r)
	}
	s.pass(s.ch.Policy().CancelAfter)
	return try{
		call: func(ctx context.Context) string { return string(s.cancel(ctx, order).Result) },
		end: func() {
			e := s.cancelUntilSettled(order, ending{})
			s.compare(order, e)
			if e.state == payment.StatePaid {
				s.Errorf("ended paid: %+v", e.last)
			}
		},
	}
}

func (s *stage) tryRefund(w payment.Wallet) try {
	o := s.paid(w, price, 1)
	r := giveBack(o, 1, 28_50)
	var first payment.RefundOutcome
	return try{
		call: func(ctx context.Context) string {
			first = s.refund(ctx, r)
			return stateWord(first.State, first.Waiting)
		},
		end: func() { s.refunded(r, first) },
	}
}

func (s *stage) tryQueryRefund(w payment.Wallet) try {
	o := s.paid(w, price, 1)
	r := giveBack(o, 1, 28_50)
	s.refunded(r, s.refund(s.Context(), r))
	var out payment.RefundOutcome
	return try{
		call: func(ctx context.Context) string {
			out = s.queryRefund(ctx, r)
			return stateWord(out.State, out.Waiting)
		},
		end: func() {
			if out = s.refunded(r, out); out.State != payment.RefundDone {
				s.Errorf("ended %s: %+v", out.State, out)
			}
		},
	}
}

// eachAct runs f for every call of the contract, each in a stage of its own. The
// channel's wallets take turns, since what comes over the wire differs between
// them.
func eachAct(t *testing.T, b Bench, f func(s *stage, a act)) {
	t.Helper()
	var names []string
	makers := map[string][]func(t *testing.T) (*stage, []act){}
	add := func(all []act, make func(t *testing.T) (*stage, []act)) {
		for _, a := range all {
			if makers[a.name] == nil {
				names = append(names, a.name)
			}
			makers[a.name] = append(makers[a.name], make)
		}
	}
	s := newStage(t, b)
	for _, w := range b.Wallets {
		add(s.acts(w), func(t *testing.T) (*stage, []act) { s := newStage(t, b); return s, s.acts(w) })
		if h, ok := s.ch.(payment.Holder); ok && h.HoldRules(w).Holds {
			add((&holder{stage: s, Holder: h, wallet: w, rules: h.HoldRules(w)}).acts(), func(t *testing.T) (*stage, []act) {
				h := newHolder(t, b, w)
				return h.stage, h.acts()
			})
		}
	}
	for i, name := range names {
		make := makers[name][i%len(makers[name])]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, all := make(t)
			for _, a := range all {
				if a.name == name {
					f(s, a)
				}
			}
		})
	}
}
