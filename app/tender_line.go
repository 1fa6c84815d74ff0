package app

import (
	"context"
	"sync"

	"frontdesk/data"
	"frontdesk/payment"
)

// tenderLine is the tender of a sale as an attempt sees it.
type tenderLine struct {
	till *Till

	mu     sync.Mutex
	sale   data.Sale
	tender data.Tender
}

// livePayment is a tender that is open, with what drives it.
type livePayment struct {
	*attempt
	line *tenderLine
}

func newLivePayment(t *Till, sale data.Sale, tender data.Tender) *livePayment {
	l := &tenderLine{till: t, sale: sale, tender: tender}
	return &livePayment{attempt: newAttempt(t, l), line: l}
}

// view is the payment as a screen shows it.
func (p *livePayment) view() Payment { return p.line.payment(p.glance()) }

// pay sends the scanned code and settles what follows.
func (p *livePayment) pay(code payment.PayCode) {
	defer p.end()
	sale, tender := p.line.now()
	p.first(func(ctx context.Context) (payment.Outcome, bool) {
		ch, ok := p.till.channel(tender.Channel)
		if !ok {
			return payment.Outcome{}, false
		}
		return ch.Pay(ctx, payment.PayRequest{
			Order: orderOf(tender), Code: code, Subject: p.till.current().subject, ReceiptNo: sale.ReceiptNo,
			Undiscountable: undiscountableOf(sale, tender), Operator: sale.Staff.Name,
		}), true
	})
}

// showQR asks for the QR and settles what follows.
func (p *livePayment) showQR() {
	defer p.end()
	sale, tender := p.line.now()
	p.first(func(ctx context.Context) (payment.Outcome, bool) {
		ch, ok := p.till.channel(tender.Channel)
		if !ok {
			return payment.Outcome{}, false
		}
		text, o := ch.ShowQR(ctx, payment.QRRequest{
			Order: orderOf(tender), Subject: p.till.current().subject, ReceiptNo: sale.ReceiptNo,
			Undiscountable: undiscountableOf(sale, tender), Operator: sale.Staff.Name,
			Expires: ch.Policy().QRTimeout,
		})
		p.setQR(text)
		return o, true
	})
}

// end takes the payment off the list of open ones once its tender is final.
func (p *livePayment) end() {
	_, tender := p.line.now()
	if !tender.State.Final() {
		return
	}
	p.till.mu.Lock()
	delete(p.till.live, tender.ID)
	p.till.mu.Unlock()
}

func (l *tenderLine) now() (data.Sale, data.Tender) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sale, l.tender
}

func (l *tenderLine) row() row {
	_, t := l.now()
	return row{channel: t.Channel, method: t.Method, state: t.State, order: orderOf(t),
		cancelAsked: t.CancelAsked, cancels: t.Cancels, createdAt: t.CreatedAt}
}

func (l *tenderLine) asker() (asker, bool) {
	_, t := l.now()
	return l.till.channel(t.Channel)
}

func (l *tenderLine) move(ctx context.Context, m data.Move) error {
	_, t := l.now()
	sale, tender, _, err := l.till.ledger.MoveTender(ctx, t.ID, m)
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.sale, l.tender = sale, tender
	l.mu.Unlock()
	return nil
}

func (l *tenderLine) show(g glance) { l.till.notify(l.payment(g)) }

func (l *tenderLine) givenBackHere(ctx context.Context) bool {
	sale, tender := l.now()
	detail, err := l.till.ledger.SaleByID(ctx, sale.ID)
	if err != nil {
		return true // cannot tell: leave it as it is
	}
	for _, r := range detail.Refunds {
		if r.TenderID == tender.ID && r.State != payment.RefundRefused {
			return true
		}
	}
	return false
}

// payment joins what the ledger holds with what is going on.
func (l *tenderLine) payment(g glance) Payment {
	sale, tender := l.now()
	r := l.row()
	p := Payment{
		Sale: sale, Tender: tender, Phase: g.phase(r), Left: left(sale),
		Since: tender.CreatedAt, Offline: g.offline, Resumed: g.resumed, Trouble: g.trouble,
	}
	p.Tender.Queries += g.uncounted
	if p.Phase == PhaseQR || p.Phase == PhaseQRScanned {
		p.QRText = g.qrText
	}
	if g.wanted && !p.Phase.Final() {
		p.Tender.CancelAsked = true
	}
	if ch, ok := l.asker(); ok {
		p.Deadline = g.deadline(r, ch.Policy())
		p.DueAt = g.dueAt(r, ch.Policy())
		if p.Overdue = g.overdue(r, ch.Policy()); p.Overdue {
			p.Phase = PhaseUnknown
		}
	}
	return p
}

func orderOf(t data.Tender) payment.Order {
	return payment.Order{OutTradeNo: t.OutTradeNo, TradeNo: t.TradeNo, Amount: t.Amount, Wallet: t.Wallet}
}

// undiscountableOf is the share of the sale's undiscountable amount that this
// tender carries: all of it, as far as it fits.
func undiscountableOf(s data.Sale, t data.Tender) payment.Amount {
	return min(s.Undiscountable, t.Amount)
}
