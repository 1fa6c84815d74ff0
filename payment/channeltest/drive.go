package channeltest

import (
	"context"
	"time"

	"frontdesk/payment"
)

// The calls of a payment, each held to what payment.Channel promises of it.

func (s *stage) pay(ctx context.Context, r payment.PayRequest) payment.Outcome {
	o := s.ch.Pay(ctx, r)
	s.check("Pay", r.Order, o, payment.Paid, payment.Waiting, payment.Failed)
	return o
}

func (s *stage) showQR(ctx context.Context, r payment.QRRequest) (string, payment.Outcome) {
	text, o := s.ch.ShowQR(ctx, r)
	s.check("ShowQR", r.Order, o, payment.Waiting, payment.Failed)
	if (text != "") != (o.Result == payment.Waiting) {
		s.Errorf("ShowQR: %s with the text %q", o.Result, text)
	}
	return text, o
}

func (s *stage) query(ctx context.Context, order payment.Order) payment.Outcome {
	o := s.ch.Query(ctx, order)
	s.check("Query", order, o, payment.Paid, payment.Waiting, payment.Failed, payment.Closed, payment.Reversed, payment.NotFound)
	return o
}

func (s *stage) cancel(ctx context.Context, order payment.Order) payment.Outcome {
	o := s.ch.Cancel(ctx, order)
	s.check("Cancel", order, o, payment.Closed, payment.Reversed, payment.NotFound, payment.Failed)
	return o
}

// check holds an outcome to what is promised of every one. Unknown is always
// allowed.
func (s *stage) check(what string, order payment.Order, o payment.Outcome, allowed ...payment.Result) {
	s.Helper()
	s.kept.heard(o)
	known := o.Result == payment.Unknown
	for _, r := range allowed {
		known = known || o.Result == r
	}
	switch {
	case !known:
		s.Errorf("%s: %q is no result of it", what, o.Result)
	case o.Reason != payment.ReasonNone && (o.Result == payment.Paid || o.Result == payment.Waiting):
		s.Errorf("%s: %s with the reason %q", what, o.Result, o.Reason)
	case o.Reason == payment.ReasonNone && o.Result == payment.Failed:
		s.Errorf("%s: failed without a reason: %+v", what, o)
	case o.TradeNo == "" && o.Result == payment.Paid:
		s.Errorf("%s: paid without a number of the channel's", what)
	case !s.happened(o.PaidAt):
		s.Errorf("%s: paid at %s, which is not now", what, o.PaidAt)
	case o.Password && o.Result != payment.Waiting && o.Result != payment.Unknown:
		s.Errorf("%s: %s, and somebody is asked for a password", what, o.Result)
	case o.Discount != 0 && (o.Result != payment.Paid || o.Discount < 0 || o.Discount > order.Amount):
		s.Errorf("%s: %s of %s with a discount of %s", what, o.Result, order.Amount, o.Discount)
	}
}

// ending is where a payment ended, and how it got there.
type ending struct {
	state   payment.State // paid, failed, closed or reversed
	last    payment.Outcome
	first   payment.Outcome // of Pay or ShowQR
	waited  bool            // the payer was waited for
	asked   bool            // and was told to be asked for a password
	unknown bool            // something was unknown on the way
}

func (e *ending) heard(o payment.Outcome) {
	e.last = o
	e.waited = e.waited || o.Result == payment.Waiting
	e.asked = e.asked || o.Password
	e.unknown = e.unknown || o.Result == payment.Unknown
}

// far is longer than any order here lives without being paid.
const far = 30 * time.Hour

// settle drives a payment to its end as a till does: query in the channel's
// rhythm, and once its time is over, cancel until it is settled. A channel that
// never cancels a scanned code is asked until the order has ended by itself.
func (s *stage) settle(order payment.Order, m payment.Method, first payment.Outcome) ending {
	s.Helper()
	policy := s.ch.Policy()
	limit, patient := policy.PayTimeout, policy.NoCancel
	if m == payment.MethodQR {
		limit, patient = policy.QRTimeout/2, false // the customer walks away, and the cashier gives up
	}
	e := ending{first: first}
	e.heard(first)
	every := max(policy.QueryEvery, time.Second)
	for spent := time.Duration(0); ; {
		switch e.last.Result {
		case payment.Paid:
			e.state = payment.StatePaid
		case payment.Failed:
			e.state = payment.StateFailed
		case payment.Closed:
			e.state = payment.StateClosed
		case payment.Reversed:
			e.state = payment.StateReversed
		case payment.NotFound:
			if patient && spent > far {
				e.state = payment.StateClosed // a person has looked into the back office
			}
		}
		switch {
		case e.state != "":
			return e
		case spent >= limit && !patient:
			return s.cancelUntilSettled(order, e)
		case spent >= limit:
			every = time.Hour
		}
		if spent > 2*far {
			s.Errorf("%s never ends: %+v", order.OutTradeNo, e.last)
			return e
		}
		s.pass(every)
		spent += every
		e.heard(s.query(s.Context(), order))
	}
}

// cancelUntilSettled cancels until a cancel and the query after it agree.
func (s *stage) cancelUntilSettled(order payment.Order, e ending) ending {
	s.Helper()
	policy := s.ch.Policy()
	s.pass(policy.CancelAfter)
	cancelled := payment.Unknown
	for range 200 {
		if !definite(cancelled) {
			e.heard(s.cancel(s.Context(), order))
			cancelled = e.last.Result
		}
		e.heard(s.query(s.Context(), order))
		if e.state = verdict(cancelled, e.last.Result); e.state != "" {
			return e
		}
		if e.last.Result != payment.Unknown {
			cancelled = payment.Unknown // they disagree: cancel once more
		}
		s.pass(max(policy.CancelEvery, time.Second))
	}
	s.Errorf("%s is never settled: %+v", order.OutTradeNo, e.last)
	return e
}

func definite(r payment.Result) bool { return r != payment.Unknown && r != payment.Waiting }

// verdict joins a cancel's answer with that of the query after it; "" when they
// do not prove where the money is.
func verdict(cancelled, truth payment.Result) payment.State {
	if !definite(cancelled) {
		return ""
	}
	switch truth {
	case payment.Reversed:
		return payment.StateReversed
	case payment.Closed, payment.NotFound, payment.Failed:
		if cancelled == payment.Reversed {
			if truth == payment.Closed { // a full refund may read as closed
				return payment.StateReversed
			}
			return ""
		}
		return payment.StateClosed
	case payment.Paid:
		if cancelled == payment.Failed { // it will not be cancelled: the query is the truth
			return payment.StatePaid
		}
	}
	return ""
}

// settled settles a payment and compares its end with the truth.
func (s *stage) settled(order payment.Order, m payment.Method, first payment.Outcome) ending {
	s.Helper()
	e := s.settle(order, m, first)
	if e.state != payment.StatePaid {
		s.pass(far) // money that comes late would be in the truth by then
	}
	s.compare(order, e)
	return e
}

// compare holds the end of a payment against the truth, to the fen.
func (s *stage) compare(order payment.Order, e ending) {
	s.Helper()
	o := s.truth(order.OutTradeNo)
	wrong := ""
	switch {
	case e.state == payment.StatePaid && (o.Charged != order.Amount || o.Refunded != 0):
		wrong = "the money is not ours"
	case e.state == payment.StatePaid && e.last.TradeNo != o.TradeNo:
		wrong = "the trade number is another"
	case e.state == payment.StatePaid && s.bench.Discounts && e.last.Discount != o.Discount:
		wrong = "the discount is another"
	case e.state == payment.StatePaid && e.last.Discount != 0 && e.last.Discount != o.Discount:
		wrong = "the discount is made up"
	case e.state == payment.StateReversed && (o.Charged != order.Amount || o.Refunded != order.Amount):
		wrong = "it was not paid and given back"
	case (e.state == payment.StateFailed || e.state == payment.StateClosed) && o.Charged != 0:
		wrong = "money moved"
	}
	if wrong != "" {
		s.Errorf("%s ended %s: %s: %+v; in truth %+v", order.OutTradeNo, e.state, wrong, e.last, o)
	}
}

// refund asks for a refund once.
func (s *stage) refund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	o := s.ch.Refund(ctx, r)
	s.checkRefund("Refund", r.Refund, o)
	return o
}

func (s *stage) queryRefund(ctx context.Context, r payment.RefundRequest) payment.RefundOutcome {
	o := s.ch.QueryRefund(ctx, r)
	s.checkRefund("QueryRefund", r.Refund, o)
	return o
}

func (s *stage) checkRefund(what string, sum payment.Amount, o payment.RefundOutcome) {
	s.Helper()
	s.kept.heard(o)
	switch {
	case !o.State.Final() && o.State != payment.RefundUnknown:
		s.Errorf("%s: %q is no state of it", what, o.State)
	case o.State == payment.RefundRefused && o.Reason == payment.ReasonNone:
		s.Errorf("%s: refused without a reason: %+v", what, o)
	case o.Waiting && o.State != payment.RefundUnknown:
		s.Errorf("%s: %s, and waits", what, o.State)
	case o.Discount != 0 && (o.State != payment.RefundDone || o.Discount < 0 || o.Discount > sum):
		s.Errorf("%s: %s of %s with a discount of %s", what, o.State, sum, o.Discount)
	}
}

// pause is longer than any channel wants between two calls about one order's
// refunds.
const pause = 2 * time.Minute

// finishRefund repeats a refund until the channel says what became of it.
func (s *stage) finishRefund(r payment.RefundRequest, o payment.RefundOutcome) payment.RefundOutcome {
	s.Helper()
	return s.finish(r.RequestNo, o,
		func() payment.RefundOutcome { return s.queryRefund(s.Context(), r) },
		func() payment.RefundOutcome { return s.refund(s.Context(), r) })
}

func (s *stage) finish(no string, o payment.RefundOutcome, query, again func() payment.RefundOutcome) payment.RefundOutcome {
	s.Helper()
	for range 200 {
		if o.State.Final() {
			return o
		}
		s.pass(pause)
		if o = query(); !o.State.Final() && !o.Found && !o.Waiting {
			o = again()
		}
	}
	s.Errorf("refund %s is never settled: %+v", no, o)
	return o
}

// refunded drives a refund to its end and compares it with the truth.
func (s *stage) refunded(r payment.RefundRequest, first payment.RefundOutcome) payment.RefundOutcome {
	s.Helper()
	o := s.finishRefund(r, first)
	s.compareRefund(s.truth(r.OutTradeNo), r.RequestNo, r.Refund, o)
	s.pass(pause)
	return o
}
