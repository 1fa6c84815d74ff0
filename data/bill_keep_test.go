package data

import (
	"fmt"
	"os"
	"testing"

	"frontdesk/payment"
)

// The bills of days before there were bills and shifts are wanted and kept like
// any other, and their fees count where the old money counts.
func TestBillsOfAnOldLedger(t *testing.T) {
	for _, file := range []string{goldenV1, goldenV2} {
		s := openGolden(t, file)
		wanted, err := s.BillsWanted(ctx, []payment.ChannelName{payment.Alipay}, "2026-01-01", "2026-12-31")
		if err != nil || len(wanted) == 0 {
			t.Fatalf("%s: %v %v", file, wanted, err)
		}
		scan := func(v *values) payment.BillLine {
			return payment.BillLine{Kind: payment.BillKind(v.text()), OrderNo: v.text(), RefundNo: v.text(), Amount: payment.Amount(v.int()), At: moment(v.int()), Fee: 7, FeeKnown: true}
		}
		lines, err := all(s.write.source(), scan, `SELECT 'payment', out_trade_no, '', amount, ended_at FROM tenders WHERE channel = 'alipay' AND state IN ('paid', 'reversed')
			UNION ALL SELECT 'reversal', out_trade_no, '', amount, ended_at FROM tenders WHERE channel = 'alipay' AND state = 'reversed'
			UNION ALL SELECT 'refund', t.out_trade_no, r.request_no, r.amount, r.ended_at FROM refunds r JOIN tenders t ON t.id = r.tender_id WHERE t.channel = 'alipay' AND r.state = 'done'`)
		if err != nil || len(lines) < 4 {
			t.Fatalf("%s: %v %v", file, lines, err)
		}
		deposits := int64(0)
		if file == goldenV2 {
			more, err := all(s.write.source(), scan, `SELECT CASE s.kind WHEN 'capture' THEN 'payment' ELSE 'refund' END, CASE s.kind WHEN 'capture' THEN s.number ELSE (SELECT number FROM steps c WHERE c.id = s.of_step) END,
				CASE s.kind WHEN 'capture' THEN '' ELSE s.number END, s.amount, s.ended_at FROM steps s JOIN deposits d ON d.id = s.deposit_id WHERE d.channel = 'alipay' AND s.kind <> 'release' AND s.state = 'done'`)
			if err != nil || len(more) < 2 {
				t.Fatalf("%v %v", more, err)
			}
			deposits = int64(len(more))
			lines = append(lines, more...)
		}
		year := Cut{From: "2026-01-01", To: "2026-12-31"}
		if before := s.reportOf(year); before.FeeKnown || before.FeeOpen == 0 || before.Fee != 0 {
			t.Errorf("%s: %+v", file, before)
		}
		day := DayOf(lines[0].At, 0)
		if _, err := s.KeepBill(ctx, payment.Alipay, day, lines, 0); err != nil {
			t.Fatal(err)
		}
		// A payment that was taken back has no fee, so two of the lines do not count.
		if r := s.reportOf(year); !r.FeeKnown || r.FeeOpen != 0 || r.Fee != payment.Amount(7*(len(lines)-2)) || r.Fee-r.Total.Fee != payment.Amount(7*deposits) {
			t.Errorf("%s: fee %s of %d lines, %s of sales, %d open", file, r.Fee, len(lines), r.Total.Fee, r.FeeOpen)
		}
		if got := s.summary(DayOf(lines[0].At, DefaultCutover)); len(got) < 6 || got[1:] != " same" {
			t.Errorf("%s: %q", file, got)
		}
		s.mustVerify()
	}
}

// A bill that cannot be written leaves the one before it, and its fees, as they
// were.
func TestABillThatIsCutOff(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	line := payment.BillLine{Kind: payment.BilledPayment, OrderNo: tender.OutTradeNo, Amount: 1000, At: noon, Fee: 6, FeeKnown: true}
	if _, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", []payment.BillLine{line}, 0); err != nil {
		t.Fatal(err)
	}
	other := line
	other.Fee = 9
	content, err := canonicalBill(payment.Alipay, "2026-11-21", []payment.BillLine{other, {Kind: payment.BilledPayment, OrderNo: "WEB-1", Amount: 1, At: noon}})
	if err != nil {
		t.Fatal(err)
	}
	fee := func() payment.Amount { return s.reportOf(Cut{From: "2026-11-21", To: "2026-11-21"}).Fee }
	for _, table := range []string{"bill_lines", "figures", "bills", "journal"} {
		for _, act := range []string{"INSERT", "UPDATE", "DELETE"} {
			err := s.change(ctx, func(x *tx) error {
				if err := s.write.script("CREATE TRIGGER full BEFORE " + act + " ON " + table + " BEGIN SELECT RAISE(ABORT, 'no more'); END"); err != nil {
					return err
				}
				_, err := s.keepBill(x, content, 0)
				if err == nil { // nothing of the kind happens to this table
					err = errUndone
				}
				return err
			})
			if err == nil || fee() != 6 {
				t.Fatalf("%s of %s: %v, fee %s", act, table, err, fee())
			}
		}
	}
	s.mustVerify()
	if _, err := s.KeepBill(ctx, payment.Alipay, "2026-11-21", []payment.BillLine{other}, 0); err != nil || fee() != 9 {
		t.Fatalf("%v, fee %s", err, fee())
	}
	s.mustVerify()
}

// A day on which money moved is wanted, also when the first to say so was undone.
func TestADayOfMoneyAfterAFailure(t *testing.T) {
	s := newShop(t)
	_, tender := s.start(s.scan(1000))
	paid := Move{To: payment.StatePaid, PaidAt: noon}
	err := s.change(ctx, func(x *tx) error {
		if _, _, _, err := s.moveTender(x, tender.ID, paid); err != nil {
			t.Fatal(err)
		}
		return errUndone
	})
	wanted := func() int {
		list, err := s.BillsWanted(ctx, []payment.ChannelName{payment.Alipay, payment.Cash}, "2026-11-01", "2026-11-30")
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if err == nil || wanted() != 0 {
		t.Fatalf("%v, %d wanted", err, wanted())
	}
	s.start(s.notes(1000, 1000)) // cash has no bill
	s.move(tender.ID, paid)
	if wanted() != 1 {
		t.Fatalf("%d wanted", wanted())
	}
	s.mustVerify()
}

// childKeepsBills sells and keeps bills until it is killed, each with one line
// more.
func childKeepsBills(path string) {
	l, err := Open(path, Options{Key: testKey})
	if err != nil {
		panic(err)
	}
	var lines []payment.BillLine
	for n := 0; ; n++ {
		_, t, _, err := l.StartTender(ctx, NewTender{IntentID: fmt.Sprintf("b%d-%d", os.Getpid(), n), Sale: NewSale{Amount: 1250}, Amount: 1250, Channel: payment.Alipay, Method: payment.MethodCode})
		say("started", t.ID, err)
		_, t, _, err = l.MoveTender(ctx, t.ID, Move{To: payment.StatePaid})
		say("paid", t.ID, err)
		lines = append(lines, payment.BillLine{Kind: payment.BilledPayment, OrderNo: t.OutTradeNo, Amount: 1250, At: t.EndedAt, Fee: 8, FeeKnown: true})
		_, err = l.KeepBill(ctx, payment.Alipay, "2026-11-21", lines, 0)
		say("kept", int64(len(lines)), err)
	}
}

// A bill that was acknowledged before a kill is there after it, with all its
// fees, or another one that came after it.
func TestKilledInTheMiddleOfABill(t *testing.T) {
	s := newShop(t)
	kept, paid := int64(0), int64(0)
	for _, a := range s.kill(t, "bills") {
		switch a.what {
		case "kept":
			kept = a.id
		case "paid":
			paid++
		}
	}
	b, err := billOf(s.write.source(), payment.Alipay, "2026-11-21")
	r := s.reportOf(Cut{From: "2020-01-01", To: "2049-12-31"})
	if err != nil || int64(b.Lines) < kept || int64(b.Lines) > kept+1 || r.Total.Payments < int(paid) || r.Fee != payment.Amount(8*b.Lines) {
		t.Fatalf("%+v %v: the last said to be kept has %d lines; %d payments of %d, fee %s", b, err, kept, r.Total.Payments, paid, r.Fee)
	}
}
