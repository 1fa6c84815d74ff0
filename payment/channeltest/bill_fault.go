package channeltest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// shortDay is a day with some lines of each kind, and the moment at which its
// bill can be read. The same bill is read again and again: nobody changes it.
func (s *biller) shortDay() (day time.Time, want bill) {
	s.Helper()
	day = s.nextDay()
	s.passTo(day.Add(opening))
	before := s.moved()
	for _, w := range s.bench.Wallets {
		for n := range payment.Amount(3) {
			o := s.paid(w, price+10*n, 1)
			r := giveBack(o, 1, 28_50)
			s.refunded(r, s.refund(s.Context(), r))
		}
	}
	want = s.expect(before, day)
	s.passTo(day.Add(dayLong + noon))
	return day, want
}

// What a reading of a bill comes to.
const (
	readRight = "told"    // exactly what is true
	readWrong = "lie"     // anything else
	readNone  = "unknown" // an error, and no lines
)

// reading is one reading of the bill as an act, so that it can be put before
// whatever every other call is put before.
func (s *biller) reading(day time.Time, want bill) act {
	read := func(ctx context.Context) string {
		lines, err := s.bill(ctx, day)
		switch {
		case errors.Is(err, payment.ErrBillLater):
			s.Errorf("a bill that is there comes later, it says: %v", err)
			return readNone
		case err != nil:
			return readNone
		case len(s.differences(lines, want)) > 0:
			return readWrong
		}
		return readRight
	}
	return act{"Bill", readRight, func() try { return try{call: read, end: func() { s.told(day, want) }} }, asks}
}

// billFaults breaks every request of a bill in every way that the wire knows. Who
// is left with less than the whole bill has none.
func (s *biller) billFaults() {
	day, want := s.shortDay()
	a := s.reading(day, want)
	requests := s.undisturbed(a)
	for _, kind := range s.bench.Faults {
		for n := range requests {
			s.sub(fmt.Sprintf("%s %d", kind, n+1), func() { s.brokenBill(a, kind, n, requests) })
		}
	}
}

// brokenBill reads the bill with its n-th request broken. undisturbed is how many
// requests a bill takes: only with more than these it was asked for again.
func (s *biller) brokenBill(a act, kind paysim.FaultKind, n, undisturbed int) {
	s.Helper()
	t := a.make()
	asked := s.breakRequest(kind, n)
	said := t.call(s.Context())
	seen := asked()
	switch {
	case len(seen) <= n:
		s.Errorf("the bill did not come to its request %d", n+1)
	case said == readNone:
	case said == readWrong:
		s.Errorf("after %s of %s the bill is another", kind, seen[n])
	case kind == paysim.OtherOrder: // it is the whole truth, so nobody can have been misled
	case (kind == paysim.WrongKey || kind == paysim.Unsigned) && slices.Contains(s.bench.BillPlain, seen[n]):
	case len(seen) <= undisturbed:
		s.Errorf("a bill is told, though %s broke %s", kind, seen[n])
	}
	t.end()
}

// billAnswers puts a bill before answers that no service gives, at each of its
// requests.
func (s *biller) billAnswers() {
	day, want := s.shortDay()
	a := s.reading(day, want)
	requests := s.undisturbed(a)
	for n := range requests {
		nth := func(m meddler) meddler { return only(n, m) }
		for _, h := range hostile {
			s.sub(fmt.Sprintf("%s %d", h.name, n+1), func() { s.lies(a, nth(h.meddle)) })
		}
		s.sub(fmt.Sprintf("endless %d", n+1), func() { s.endless(a, cappedFile, nth) })
		s.sub(fmt.Sprintf("a piece is missing %d", n+1), func() { s.pieces(a, nth) })
		s.sub(fmt.Sprintf("changed on its way %d", n+1), func() { s.bits(a, nth) })
	}
	s.sub("byte by byte", func() { s.byteByByte(a) })
	s.sub("never", func() { s.hangs(a) })
	s.sub("too late", func() { s.late(a) })
	s.sub("context ended", func() { s.ended(a) })
	a.make().end()
}

// only meddles with the n-th request of each call, and lets the others pass.
func only(n int, m meddler) meddler {
	var count atomic.Int64
	return func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
		if count.Add(1)-1 == int64(n) {
			return m(r, next)
		}
		return next.RoundTrip(r)
	}
}

// pieces takes a piece out of the answer, here and there: the rest of it is what
// it was, and its length is right.
func (s *biller) pieces(a act, nth func(meddler) meddler) {
	s.Helper()
	const places = 7
	for i := range places {
		s.damaged(a, nth, func(r *http.Response, whole []byte) {
			from := i * len(whole) / places
			to := min(from+max(len(whole)/places/2, 1), len(whole))
			setBody(r, slices.Concat(whole[:from], whole[to:]))
		})
	}
}

// bits turns single bits of the answer.
func (s *biller) bits(a act, nth func(meddler) meddler) {
	s.Helper()
	const places = 12
	for i := range places {
		s.damaged(a, nth, func(r *http.Response, whole []byte) {
			if len(whole) > 0 {
				whole = bytes.Clone(whole)
				whole[i*(len(whole)-1)/(places-1)] ^= 1
				setBody(r, whole)
			}
		})
	}
}

// damaged reads the bill with an answer that was changed. Some changes mean
// nothing, so the bill may be right; it may not be another one.
func (s *biller) damaged(a act, nth func(meddler) meddler, change func(r *http.Response, whole []byte)) {
	s.Helper()
	s.wire.with(nth(answered(change)), func() {
		if a.make().call(s.Context()) == readWrong {
			s.Error("the bill is another")
		}
	})
}

// billOverABadLine asks for a bill until it is told, while two people trade, over
// a line on which every third request breaks.
func (s *biller) billOverABadLine() {
	day, want := s.shortDay()
	roll := s.badLine(1)
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 3 {
				s.pay(s.Context(), s.ask(s.bench.Wallets[i%len(s.bench.Wallets)], price, 1))
			}
		}()
	}
	told := 0
	const tries = 400
	for range tries {
		lines, err := s.bill(s.Context(), day)
		if err == nil {
			s.same("over a bad line", lines, want)
			if told++; told == 5 {
				break
			}
		}
		if roll(20) == 0 {
			s.pass(time.Minute)
		}
	}
	wg.Wait()
	if told == 0 {
		s.Errorf("asked %d times over a bad line, and the bill was never told", tries)
	}
	s.sim.SetFault(nil)
	s.told(day, want)
}
