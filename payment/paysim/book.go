package paysim

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"frontdesk/payment"
)

// book is the truth: every order and every hold of every channel by its
// merchant order number. One number belongs to one order for good, whatever
// the channel: a till makes each number once. Orders and holds are numbered
// apart, so what is captured out of a hold may make an order under the number of
// the hold where the wire has no other.
type book struct {
	clock func() time.Time

	mu      sync.Mutex
	rand    io.Reader
	file    *journal // nil: in memory only
	orders  map[string]order
	byTrade map[string]string // trade number -> order number
	byQR    map[string]string // QR text -> order number
	byCode  map[string]string // hash of a spent code -> number of the order or hold

	holds     map[string]hold
	byAuth    map[string]string // the channel's number of a hold -> hold number
	byHoldQR  map[string]string // QR text -> hold number
	byRequest map[string]string // request number of a hold or a release -> hold number
}

// openBook reads the book from its file; "" is a new one in memory.
func openBook(path string, clock func() time.Time, rand io.Reader) (*book, error) {
	b := &book{
		clock: clock, rand: rand,
		orders: map[string]order{}, byTrade: map[string]string{}, byQR: map[string]string{}, byCode: map[string]string{},
		holds: map[string]hold{}, byAuth: map[string]string{}, byHoldQR: map[string]string{}, byRequest: map[string]string{},
	}
	if path == "" {
		return b, nil
	}
	file, all, err := openJournal(path)
	if err != nil {
		return nil, err
	}
	b.keepAll(all)
	if err := b.agree(); err != nil {
		file.close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	b.file = file
	return b, nil
}

func (b *book) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.file == nil {
		return nil
	}
	return b.file.close()
}

// keep needs the lock.
func (b *book) keep(o order) {
	b.orders[o.No] = o
	if o.TradeNo != "" {
		b.byTrade[o.TradeNo] = o.No
	}
	if o.QR != "" {
		b.byQR[o.QR] = o.No
	}
	if o.CodeHash != "" {
		b.byCode[o.CodeHash] = o.No
	}
}

// keepAll needs the lock.
func (b *book) keepAll(e entry) {
	for _, o := range e.Orders {
		b.keep(o)
	}
	for _, h := range e.Holds {
		b.keepHold(h)
	}
}

// page is the book opened for one request: what it puts becomes true
// altogether when the request is through, at one moment.
type page struct {
	b     *book
	now   time.Time
	put   map[string]order
	holds map[string]hold
}

// open needs the lock.
func (b *book) open() *page {
	return &page{b: b, now: b.clock(), put: map[string]order{}, holds: map[string]hold{}}
}

// entry is what was put, in a fixed order. It is an error when it breaks a
// rule of orders or holds.
func (p *page) entry() (e entry, err error) {
	for _, no := range slices.Sorted(maps.Keys(p.put)) {
		if err := p.put[no].check(); err != nil {
			return entry{}, err
		}
		e.Orders = append(e.Orders, p.put[no])
	}
	for _, no := range slices.Sorted(maps.Keys(p.holds)) {
		if err := p.holds[no].check(); err != nil {
			return entry{}, err
		}
		e.Holds = append(e.Holds, p.holds[no])
	}
	return e, nil
}

// change runs f alone on the book and then writes down what f put. On an error
// nothing has changed.
func (b *book) change(f func(p *page)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.open()
	f(p)
	e, err := p.entry()
	if err != nil {
		return err
	}
	if b.file != nil && !e.empty() {
		if err := b.file.append(e); err != nil {
			return fmt.Errorf("paysim: writing the book: %w", err)
		}
	}
	b.keepAll(e)
	return nil
}

// find is the order with that number as it stands now.
func (p *page) find(no string) (order, bool) {
	o, ok := p.put[no]
	if !ok {
		o, ok = p.b.orders[no]
	}
	if !ok {
		return order{}, false
	}
	o.Refunds = slices.Clone(o.Refunds)
	now := o.advanced(p.now)
	if now.State != o.State {
		p.save(now)
	}
	return now, true
}

// findOf is find for one front: another channel's order is none of its business.
func (p *page) findOf(c payment.ChannelName, no string) (order, bool) {
	if o, found := p.find(no); found && o.Channel == c {
		return o, true
	}
	return order{}, false
}

func (p *page) findTradeOf(c payment.ChannelName, tradeNo string) (order, bool) {
	return p.findOf(c, p.b.byTrade[tradeNo])
}

func (p *page) findQR(text string) (order, bool) { return p.find(p.b.byQR[text]) }

// spender is the order or hold that a code was spent on; "" when it is still good.
func (p *page) spender(code payment.PayCode) string { return p.b.byCode[hashCode(code)] }

// save puts an order. One that was captured out of a hold takes its money from
// there in the same change.
func (p *page) save(o order) {
	p.put[o.No] = o
	if o.Hold != "" && o.Charged > 0 {
		p.take(o)
	}
}

// random needs the lock. It panics when the source of randomness fails, as
// crypto/rand itself does.
func (b *book) random(alphabet string, n int) string {
	out := make([]byte, 0, n)
	limit := byte(256 / len(alphabet) * len(alphabet) % 256) // 0: every byte is fair
	one := make([]byte, 1)
	for len(out) < n {
		if _, err := io.ReadFull(b.rand, one); err != nil {
			panic(fmt.Sprintf("paysim: no randomness: %v", err))
		}
		if limit == 0 || one[0] < limit {
			out = append(out, alphabet[int(one[0])%len(alphabet)])
		}
	}
	return string(out)
}
