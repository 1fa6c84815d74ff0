package main

import (
	"context"

	"frontdesk/app"
	"frontdesk/payment"
)

// qr shows a QR for the payer to scan. With --wait it stays until there is a
// result; without, the payment stays open and settle finds out.
func (c *call) qr() error {
	if _, err := c.shop.Till.Start(c.ctx); err != nil {
		return err
	}
	p, err := c.shop.Till.ShowQR(c.ctx, c.charge(), payment.Wallet(c.flags["wallet"]))
	if err != nil {
		return c.setUp(err)
	}
	if p, err = c.untilShown(p); err != nil {
		return err
	}
	if p.QRText == "" { // there will be none: see to it that there is no order either
		if !p.Phase.Final() {
			if p, err = c.shop.Till.Cancel(c.ctx, p.Tender.ID); err != nil {
				return err
			}
			if p, err = c.follow(p); err != nil {
				return err
			}
		}
		return c.finish(p)
	}
	if err := c.showQR(p); err != nil {
		return err
	}
	if c.flags["wait"] == "" {
		c.note("ctl.qr_open")
		return nil
	}
	if p, err = c.follow(p); err != nil {
		return err
	}
	return c.finish(p)
}

// untilShown waits until the QR is there, or until it is certain that it will
// not be: its answer was lost, or said no.
func (c *call) untilShown(p app.Payment) (app.Payment, error) {
	ctx, cancel := context.WithTimeout(c.ctx, untilDecided(p.Deadline, p.DueAt))
	defer cancel()
	changed := make(chan struct{}, 1)
	defer c.shop.Till.Watch(func(app.Payment) {
		select {
		case changed <- struct{}{}:
		default:
		}
	})()
	for {
		p, err := c.shop.Till.Payment(ctx, p.Tender.ID)
		if err != nil || p.QRText != "" || p.Phase != app.PhaseSending {
			return p, err
		}
		select {
		case <-changed:
		case <-c.Interrupts:
			return p, nil
		case <-ctx.Done():
			return p, nil
		}
	}
}

func (c *call) showQR(p app.Payment) error {
	detail, err := c.shop.Books.Sale(c.ctx, p.Sale.ID)
	if err != nil {
		return err
	}
	picture, err := drawQR(p.QRText, hasColours(c.Stdout, c.Env))
	if err != nil {
		return err
	}
	return c.tell(qrJSON{QR: p.QRText, Sale: saleOf(detail)}, func() {
		c.println(picture + p.QRText)
		c.println(c.t("ctl.qr_scan", "amount", p.Tender.Amount.Grouped(), "receipt", p.Sale.ReceiptNo))
	})
}
