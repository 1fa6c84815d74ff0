package app

import (
	"context"
	"fmt"

	"frontdesk/data"
	"frontdesk/payment"
)

// Charge is the amount that stands on the screen when the cashier acts.
type Charge struct {
	Draft          string         // names the standing amount; the same draft is the same sale
	Amount         payment.Amount // owed by the customer, fen; fixed by the first act on the draft
	Part           payment.Amount // fen to take now; 0 takes all that is left
	Undiscountable payment.Amount
	Remark         string
	Items          []QuickAmount
}

// PayByCode charges the payer whose code was scanned. The errors are Problems;
// a payment that fails is not an error but a Payment.
//
// While a payment of this draft is open, the same code gives that payment
// again and another code is ProblemPaymentOpen. A draft that is paid in full
// gives its last payment again.
func (t *Till) PayByCode(ctx context.Context, c Charge, scanned string) (Payment, error) {
	code, wallet := payment.Recognise(scanned)
	if wallet == payment.WalletNone {
		return Payment{}, problem(ProblemCodeUnknown)
	}
	settings := t.current()
	ch, ok := settings.channels[settings.wallets[wallet]]
	if !ok {
		return Payment{}, problem(ProblemWalletRefused, "wallet", string(wallet))
	}
	tender := data.NewTender{Channel: ch.Name(), Method: payment.MethodCode, Wallet: wallet, MaskedCode: code.String(), OrderPrefix: prefixOf(ch)}
	return t.begin(ctx, c, tender, func(p *livePayment) { p.pay(code) })
}

// ShowQR asks for a QR of the amount that this wallet can scan. With an empty
// wallet the first of QRWallets takes it.
func (t *Till) ShowQR(ctx context.Context, c Charge, wallet payment.Wallet) (Payment, error) {
	if wallet == payment.WalletNone {
		for _, wallet = range t.QRWallets() {
			break
		}
	}
	settings := t.current()
	ch, ok := settings.channels[settings.wallets[wallet]]
	if !ok {
		return Payment{}, problem(ProblemNoQR)
	}
	tender := data.NewTender{Channel: ch.Name(), Method: payment.MethodQR, Wallet: wallet, OrderPrefix: prefixOf(ch)}
	return t.begin(ctx, c, tender, (*livePayment).showQR)
}

// QRWallets are the wallets that a QR can be shown for, the usual one first.
func (t *Till) QRWallets() []payment.Wallet {
	settings := t.current()
	var list []payment.Wallet
	for _, w := range []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat} {
		if _, ok := settings.channels[settings.wallets[w]]; ok {
			list = append(list, w)
		}
	}
	return list
}

// prefixOf is what a channel's order numbers begin with; empty for most.
func prefixOf(ch payment.Channel) string {
	if n, ok := ch.(payment.Numbered); ok {
		return n.OrderPrefix()
	}
	return ""
}

// TakeCash books cash: tendered fen were handed over for the charge's part.
// It is paid at once; the change is Tender.Change.
func (t *Till) TakeCash(ctx context.Context, c Charge, tendered payment.Amount) (Payment, error) {
	tender := data.NewTender{Channel: payment.Cash, Method: payment.MethodCash, Tendered: tendered}
	return t.begin(ctx, c, tender, nil)
}

// begin makes the tender durable and sets it going. Everything that decides
// whether this is a new payment happens under one lock.
func (t *Till) begin(ctx context.Context, c Charge, n data.NewTender, run func(*livePayment)) (Payment, error) {
	limit := t.current().limit
	if err := c.Amount.Check(limit); err != nil {
		return Payment{}, amountProblem(err, limit)
	}
	t.starting.Lock()
	defer t.starting.Unlock()

	d := t.draft(c.Draft)
	again, ok, err := t.again(ctx, d, n)
	if ok || err != nil {
		return again, err
	}
	if n.StaffID, err = t.staff(); err != nil {
		return Payment{}, err
	}
	if err := t.fill(ctx, d, c, &n); err != nil {
		return Payment{}, err
	}
	sale, tender, existing, err := t.ledger.StartTender(ctx, n)
	if err != nil {
		return Payment{}, ledgerProblem(err)
	}
	d.saleID, d.last = sale.ID, tender.ID
	d.attempts++
	live := newLivePayment(t, sale, tender)
	if run == nil || existing {
		p := live.view()
		t.notify(p)
		return p, nil
	}
	t.atStep(StepCommitted)
	t.mu.Lock()
	t.live[tender.ID] = live
	t.mu.Unlock()
	t.spawn(func() {
		defer close(live.rest)
		run(live)
	})
	return live.view(), nil
}

// again answers a repeated act: the open payment, or the finished one of a
// sale with nothing left to pay.
func (t *Till) again(ctx context.Context, d *draft, n data.NewTender) (Payment, bool, error) {
	if d.last == 0 {
		return Payment{}, false, nil
	}
	p, err := t.Payment(ctx, d.last)
	if err != nil {
		return Payment{}, false, err
	}
	same := p.Tender.Channel == n.Channel && p.Tender.Method == n.Method && p.Tender.Wallet == n.Wallet && p.Tender.MaskedCode == n.MaskedCode
	switch {
	case !p.Phase.Final() && same:
		return p, true, nil
	case !p.Phase.Final():
		return Payment{}, false, problem(ProblemPaymentOpen)
	case p.Left == 0:
		return p, true, nil
	}
	return Payment{}, false, nil
}

// fill completes the tender with the sale it belongs to and its share of it.
func (t *Till) fill(ctx context.Context, d *draft, c Charge, n *data.NewTender) error {
	due := c.Amount
	if d.saleID != 0 {
		sale, err := t.ledger.SaleByID(ctx, d.saleID)
		if err != nil {
			return ledgerProblem(err)
		}
		due = left(sale.Sale)
		n.SaleID = sale.ID
	} else {
		n.Sale = data.NewSale{
			Amount: c.Amount, Undiscountable: min(c.Undiscountable, c.Amount), Remark: c.Remark,
			Items: saleItems(c.Items), StaffID: n.StaffID,
		}
	}
	n.IntentID = draftIntent(c.Draft, d.attempts+1)
	n.Amount = due
	if c.Part > 0 {
		if c.Part > due {
			return problem(ProblemCashSplit, "left", due.Grouped())
		}
		n.Amount = c.Part
	}
	if n.Method == payment.MethodCash {
		if n.Tendered < n.Amount {
			return problem(ProblemCashShort, "left", n.Amount.Grouped())
		}
		n.Change = n.Tendered - n.Amount
	}
	return nil
}

func (t *Till) draft(id string) *draft {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, ok := t.drafts[id]
	if !ok {
		d = &draft{}
		t.drafts[id] = d
	}
	return d
}

// draftIntent names the n-th attempt of a draft in the ledger.
func draftIntent(draft string, n int) string { return fmt.Sprintf("%s/%d", draft, n) }

func saleItems(quick []QuickAmount) []data.Item {
	var items []data.Item
	for _, q := range quick {
		items = append(items, data.Item{Name: q.Name, Price: q.Price, Quantity: max(1, q.Quantity)})
	}
	return items
}
