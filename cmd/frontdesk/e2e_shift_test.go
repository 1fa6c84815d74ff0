//go:build e2e

package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
)

// The end of a clerk's morning: a payment by WeChat, one in cash, the drawer
// counted before the till says what should be in it, the shift closed, and the
// paper of it in the printer.
func TestAShiftIsHandedOver(t *testing.T) {
	d := startDesk(t)
	d.typeKeys("35")
	d.scan(d.sim.FreshCodeOf(payment.WalletWeChat, 1))
	if sale := d.paid(1); sale.Tenders[0].Channel != payment.WeChat {
		t.Fatalf("a code of WeChat went to %s", sale.Tenders[0].Channel)
	}
	d.settled()
	d.typeKeys("20")
	d.key("F5")
	d.typeKeys("50")
	d.key("Return")
	d.paid(2)
	d.settled()

	d.key("ctrl+l")
	d.key("Down") // to the notes of 20
	d.key("Down")
	d.typeKeys("1")
	d.shot("30-counted")
	d.key("ctrl+Return")
	d.shot("31-compared")
	d.key("Return")
	d.key("Down") // nobody takes over
	d.shot("32-hand-over")
	d.key("Return")
	d.until("the Z report", time.Minute, func() bool { return len(d.zs()) == 1 })
	d.until("its paper", time.Minute, func() bool { return strings.Contains(d.printer.text(), "交班报表") })
	d.settled()
	d.shot("33-closed")
	z := d.zs()[0]
	if r := z.Report; r.Total.Trade != 5500 || r.Drawer.Expected != 2000 || !r.Drawer.IsCounted || r.Drawer.Difference != 0 || len(r.Channels) != 2 {
		t.Errorf("the Z report: %+v, drawer %+v", r.Total, r.Drawer)
	}
	if text := d.printer.text(); !strings.Contains(text, "Z 0001") || !strings.Contains(text, z.Report.HeadHash[:32]) {
		t.Error("the paper has no number, or does not prove where the journal stood")
	}

	d.key("Escape")
	d.click(320, 32) // 汇总
	d.shot("34-summary")
	d.close()
	d.verify()
}

// zs reads the Z reports beside the running window.
func (d *desk) zs() []data.Z {
	d.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Dir: d.dir, ReadOnly: true, LogName: "reader"})
	check(d.t, err)
	defer s.Close()
	today := s.Books.Today()
	list, err := s.Books.Zs(ctx, today, today)
	check(d.t, err)
	return list
}
