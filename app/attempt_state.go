package app

import (
	"errors"
	"net"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// The small steps of an attempt that only touch its own memory.

func orderOf(t data.Tender) payment.Order {
	return payment.Order{OutTradeNo: t.OutTradeNo, TradeNo: t.TradeNo, Amount: t.Amount}
}

// undiscountableOf is the share of the sale's undiscountable amount that this
// tender carries: all of it, as far as it fits.
func undiscountableOf(s data.Sale, t data.Tender) payment.Amount {
	return min(s.Undiscountable, t.Amount)
}

func (a *attempt) snapshot() (data.Sale, data.Tender) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sale, a.tender
}

func (a *attempt) order() payment.Order {
	_, t := a.snapshot()
	return orderOf(t)
}

func (a *attempt) name() payment.ChannelName {
	_, t := a.snapshot()
	return t.Channel
}

func (a *attempt) final() bool {
	_, t := a.snapshot()
	return t.State.Final()
}

// set takes over what the ledger returned and tells the watchers.
func (a *attempt) set(sale data.Sale, tender data.Tender) {
	a.mu.Lock()
	a.sale, a.tender, a.trouble, a.uncounted = sale, tender, nil, 0
	p := a.viewLocked()
	a.mu.Unlock()
	a.till.notify(p)
}

func (a *attempt) fail(p *Problem) {
	a.mu.Lock()
	a.trouble = p
	v := a.viewLocked()
	a.mu.Unlock()
	a.till.notify(v)
}

// count keeps a query that changed nothing in memory: a durable write every
// three seconds would say nothing new.
func (a *attempt) count(queries int) {
	a.mu.Lock()
	a.uncounted += queries
	p := a.viewLocked()
	a.mu.Unlock()
	a.till.notify(p)
}

func (a *attempt) withCount(m data.Move) data.Move {
	a.mu.Lock()
	defer a.mu.Unlock()
	m.AddQueries += a.uncounted
	return m
}

// setScanned notes that the payer scanned the QR; it reports whether that was
// known before.
func (a *attempt) setScanned() (before bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before, a.scanned = a.scanned, true
	return before
}

// heard keeps what an answer tells about the network.
func (a *attempt) heard(o payment.Outcome) {
	off := o.Result == payment.Unknown && isOffline(o.Detail)
	a.mu.Lock()
	a.offline = off
	a.mu.Unlock()
	a.till.heard(o.Result != payment.Unknown, off)
	if o.Detail != nil {
		a.till.log.Info("channel answer", "order", a.order().OutTradeNo, "result", o.Result, "code", o.Code, "detail", o.Detail)
	}
}

// isOffline tells a broken line from a channel that answered strangely.
func isOffline(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || (errors.As(err, &op) && op.Op == "dial")
}

// mustCancel reports whether the tender's time is over or a cancel is wanted.
func (a *attempt) mustCancel(p payment.Policy) bool {
	a.mu.Lock()
	wanted := a.wanted || a.tender.CancelAsked
	a.mu.Unlock()
	if wanted {
		return time.Since(a.started) >= p.CancelAfter
	}
	return a.timeLeft(p) <= 0
}

// timeLeft is how long the payer may still take.
func (a *attempt) timeLeft(p payment.Policy) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	limit := p.PayTimeout
	if a.tender.Method == payment.MethodQR {
		limit = p.QRTimeout
	}
	return limit - time.Since(a.started)
}

func (a *attempt) view() Payment {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.viewLocked()
}

func (a *attempt) viewLocked() Payment {
	p := Payment{
		Sale: a.sale, Tender: a.tender, Phase: phaseOf(a.tender), Left: left(a.sale),
		Since: a.tender.CreatedAt, Offline: a.offline, Resumed: a.resumed, Trouble: a.trouble,
	}
	p.Tender.Queries += a.uncounted
	if p.Phase == PhaseWaiting && a.tender.Method == payment.MethodQR && a.qrText != "" {
		p.Phase, p.QRText = PhaseQR, a.qrText
		if a.scanned {
			p.Phase = PhaseQRScanned
		}
	}
	if a.wanted && !p.Phase.Final() {
		p.Tender.CancelAsked = true
		if p.Phase != PhaseUnknown {
			p.Phase = PhaseCancelling
		}
	}
	if ch, ok := a.till.channel(a.tender.Channel); ok && !p.Phase.Final() && !p.Tender.CancelAsked {
		limit := ch.Policy().PayTimeout
		if a.tender.Method == payment.MethodQR {
			limit = ch.Policy().QRTimeout
		}
		p.Deadline = a.started.Add(limit)
	}
	return p
}

// end takes the attempt off the list of open ones once its tender is final.
func (a *attempt) end() {
	_, t := a.snapshot()
	if !t.State.Final() {
		return
	}
	a.till.mu.Lock()
	delete(a.till.live, t.ID)
	a.till.mu.Unlock()
}

func (a *attempt) poke() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}
