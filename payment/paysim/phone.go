package paysim

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

var (
	ErrNoQR      = errors.New("paysim: no such QR here")
	ErrQRExpired = errors.New("paysim: the QR has expired or was cancelled")
	ErrQRPaid    = errors.New("paysim: the QR is paid or held already")
	ErrNotForQR  = errors.New("paysim: this scenario is not for a QR") // its Scenario.QR is false
)

// ScanQR lets the payer's phone scan what a till shows, the QR of a payment or
// of a hold. outcome is the number of one of Scenarios that is for a QR: 1 pays
// at once, 2 after the password, 3 never, and so on; 0 pays at once. A QR that
// was scanned but not paid may be scanned again.
func (s *Sim) ScanQR(text string, outcome int) error {
	if outcome == 0 {
		outcome = paidAtOnce
	}
	if outcome < 1 || outcome > len(Scenarios) || !Scenarios[outcome-1].QR {
		return fmt.Errorf("%w: %d", ErrNotForQR, outcome)
	}
	var refused error
	err := s.book.change(func(p *page) {
		o, found := p.findQR(text)
		switch {
		case !found:
			refused = s.scanHold(p, text, outcome)
		case o.State == Paid || o.State == Reversed:
			refused = ErrQRPaid
		case o.State == Closed:
			refused = ErrQRExpired
		default:
			if o.TradeNo == "" {
				o.TradeNo, o.Payer = p.newTradeNo(o.Wallet), phoneOf(o.Wallet)
			}
			p.save(s.begin(p, o, outcome))
		}
	})
	return errors.Join(err, refused)
}

// scanHold is ScanQR for the QR of a hold.
func (s *Sim) scanHold(p *page, text string, outcome int) error {
	h, found := p.findHoldQR(text)
	switch {
	case !found:
		return ErrNoQR
	case h.State == Closed:
		return ErrQRExpired
	case h.State != Offered && h.State != Waiting:
		return ErrQRPaid
	}
	if h.AuthNo == "" {
		h.AuthNo, h.OperationID, h.Payer = p.newAuthNo(h.Wallet), p.newOperationID(h), phoneOf(h.Wallet)
	}
	p.saveHold(s.beginHold(p, h, outcome))
	return nil
}

// begin sets an order off on its scenario: the payer has shown a code or
// scanned one.
func (s *Sim) begin(p *page, o order, scenario int) order {
	o.State, o.Scenario, o.Queries = Waiting, scenario, 0
	switch scenario {
	case paidAfterPassword:
		o.PayAt = p.now.Add(s.opts.Password)
	case slow:
		o.PayAt = p.now.Add(s.opts.Slow)
	case neverPaid, paidAtCancel, cancelUnknownTwice:
		o.PayAt = time.Time{}
	default:
		o = o.paid(p.now)
	}
	return o
}

// beginHold sets a hold off in the same way.
func (s *Sim) beginHold(p *page, h hold, scenario int) hold {
	h.State, h.Scenario, h.Queries, h.HoldAt = Waiting, scenario, 0, time.Time{}
	switch scenario {
	case paidAfterPassword:
		h.HoldAt = p.now.Add(s.opts.Password)
	case slow:
		h.HoldAt = p.now.Add(s.opts.Slow)
	case neverPaid, paidAtCancel, cancelUnknownTwice:
	default:
		h = h.heldSince(p.now)
	}
	return h
}

// beginCapture sets the order of a capture off; forced is the last digit of its
// amount.
func (s *Sim) beginCapture(p *page, o order, forced int) order {
	if forced == stepWaits {
		return s.begin(p, o, paidAfterPassword)
	}
	return o.paid(p.now)
}

// qrOf is the QR text of an order number or of a hold's.
func (s *Sim) qrOf(outTradeNo, outOrderNo string) (text string, err error) {
	err = s.book.change(func(p *page) {
		o, _ := p.find(outTradeNo)
		h, _ := p.findHold(outOrderNo)
		text = cmp.Or(o.QR, h.QR)
	})
	return text, err
}
