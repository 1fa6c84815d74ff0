package paysim

import (
	"fmt"
	"slices"

	"frontdesk/payment"
)

// keepHold needs the lock.
func (b *book) keepHold(h hold) {
	b.holds[h.No] = h
	b.byRequest[h.RequestNo] = h.No
	if h.AuthNo != "" {
		b.byAuth[h.AuthNo] = h.No
	}
	if h.QR != "" {
		b.byHoldQR[h.QR] = h.No
	}
	if h.CodeHash != "" {
		b.byCode[h.CodeHash] = h.No
	}
	for _, s := range h.Steps {
		if s.Kind == release && s.No != "" {
			b.byRequest[s.No] = h.No
		}
	}
}

// agree finds holds and orders that contradict each other: what was captured
// out of a hold is what the orders it made were charged.
func (b *book) agree() error {
	charged := map[string]payment.Amount{}
	for _, o := range b.orders {
		if o.Hold != "" {
			charged[o.Hold] += o.Charged
		}
	}
	for no, h := range b.holds {
		if charged[no] != h.captured() {
			return fmt.Errorf("paysim: hold %q: captured %s, its orders were charged %s", no, h.captured(), charged[no])
		}
		delete(charged, no)
	}
	for no, sum := range charged {
		if sum != 0 {
			return fmt.Errorf("paysim: no hold %q, yet its orders were charged %s", no, sum)
		}
	}
	return nil
}

// written is the hold as this page or the book has it, before time is asked.
func (p *page) written(no string) (hold, bool) {
	h, ok := p.holds[no]
	if !ok {
		h, ok = p.b.holds[no]
	}
	h.Steps = slices.Clone(h.Steps)
	return h, ok
}

// findHold is the hold with that number as it stands now, captures that
// waited included.
func (p *page) findHold(no string) (hold, bool) {
	h, ok := p.written(no)
	if !ok {
		return hold{}, false
	}
	for _, s := range h.Steps {
		if s.Kind == capture && !s.Done {
			p.find(s.No)
		}
	}
	h, _ = p.written(no)
	now := h.advanced(p.now)
	if now.State != h.State {
		p.saveHold(now)
	}
	return now, true
}

// findHoldOf is findHold for one front: another channel's hold is none of its
// business.
func (p *page) findHoldOf(c payment.ChannelName, no string) (hold, bool) {
	if h, found := p.findHold(no); found && h.Channel == c {
		return h, true
	}
	return hold{}, false
}

func (p *page) findAuthOf(c payment.ChannelName, authNo string) (hold, bool) {
	return p.findHoldOf(c, p.b.byAuth[authNo])
}

func (p *page) findHoldQR(text string) (hold, bool) { return p.findHold(p.b.byHoldQR[text]) }

// requestTaken reports a request number that some hold or release has used.
func (p *page) requestTaken(no string) bool { return p.b.byRequest[no] != "" }

func (p *page) saveHold(h hold) { p.holds[h.No] = h }

// tried adds a step to a hold and saves it: asked for now, not done yet.
func (p *page) tried(h hold, s step) hold {
	s.OperationID, s.Asked = p.newOperationID(h), p.now
	h.Steps = append(h.Steps, s)
	p.saveHold(h)
	return h
}

// freed is a hold of which everything that is left was released now, without a
// number of the client's. The caller saves it.
func (p *page) freed(h hold) hold {
	h.Steps = append(h.Steps, step{
		Kind: release, OperationID: p.newOperationID(h), Amount: h.rest(), Done: true, Asked: p.now, At: p.now,
	})
	return h.settled()
}

// promised is what captures that still wait will take out of the hold: it is
// there, but not for others. One that releases the rest is promised all.
func (p *page) promised(h hold) payment.Amount {
	var sum payment.Amount
	for _, s := range h.Steps {
		if s.Kind != capture || s.Done {
			continue
		}
		if o, found := p.find(s.No); !found || o.Hold != h.No || o.State != Waiting {
			continue // tried, or given up
		}
		if s.Complete {
			return h.rest()
		}
		sum += s.Amount
	}
	return sum
}

// take moves the money of an order that is paid out of the hold it belongs to,
// once.
func (p *page) take(o order) {
	h, _ := p.written(o.Hold)
	i := h.findStep(capture, o.No)
	if i < 0 || h.Steps[i].Done {
		return
	}
	s := &h.Steps[i]
	s.Done, s.At = true, o.PaidAt
	if rest := h.rest(); s.Complete && rest > 0 {
		h.Steps = append(h.Steps, step{
			Kind: release, OperationID: p.newOperationID(h), Amount: rest, Done: true, Asked: s.Asked, At: o.PaidAt,
		})
	}
	p.saveHold(h.settled())
}

// newOperationID makes a number that the hold has not used: the day, 12 digits.
func (p *page) newOperationID(h hold) string {
	for {
		id := p.day() + p.b.random("0123456789", 12)
		if id != h.OperationID && !slices.ContainsFunc(h.Steps, func(s step) bool { return s.OperationID == id }) {
			return id
		}
	}
}

func (p *page) day() string { return p.now.In(payment.Beijing).Format("20060102") }
