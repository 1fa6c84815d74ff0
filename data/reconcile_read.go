package data

import (
	"time"

	"frontdesk/payment"
)

// dayLines are the lines about the records of a day, by record.
type dayLines struct {
	own   map[moneyRef]*moved
	back  map[int64]payment.Amount // by tender: what its refunds' lines gave back
	named map[moneyRef]string      // the channel's number, as a line says it
}

// sales compares the payments and refunds that count on the day.
func (r *reconciler) sales() error {
	tenders, err := r.tenders()
	if err != nil {
		return err
	}
	refunds, err := r.refunds()
	if err != nil {
		return err
	}
	notPaid := map[int64]bool{}
	ids := make([]int64, 0, len(tenders)+len(refunds))
	for _, t := range tenders {
		notPaid[t.ID] = t.State != payment.StatePaid
		ids = append(ids, t.SaleID)
	}
	for _, back := range refunds {
		ids = append(ids, back.SaleID)
	}
	lines, err := r.lines("sale_id", ids, notPaid)
	if err != nil {
		return err
	}
	for _, t := range tenders {
		ref := moneyRef{tenderID: t.ID}
		v, err := verdictOfTender(t, lines.of(ref), lines.back[t.ID], r.keptOf(t.Channel))
		if err != nil {
			return err
		}
		r.count(v, Difference{Channel: t.Channel, Kind: payment.BilledPayment, SaleID: t.SaleID, ReceiptNo: t.ReceiptNo, OrderNo: t.OutTradeNo,
			TradeNo: either(t.TradeNo, lines.named[ref]), At: firstTime(t.PaidAt, lines.of(ref).span.from, t.CreatedAt)})
	}
	for _, back := range refunds {
		ref := moneyRef{refundID: back.ID}
		span, _ := back.span()
		v, err := verdictOfRefund(back.Amount, back.State, span, lines.of(ref), r.keptOf(back.channel))
		if err != nil {
			return err
		}
		r.count(v, Difference{Channel: back.channel, Kind: payment.BilledRefund, SaleID: back.SaleID, ReceiptNo: back.ReceiptNo, OrderNo: back.orderNo,
			RefundNo: back.RequestNo, TradeNo: either(back.tradeNo, lines.named[ref]), At: firstTime(lines.of(ref).span.from, back.CreatedAt)})
	}
	return nil
}

func firstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// reconciledTender are the columns of a tender that a verdict needs.
const reconciledTender = "t.id, t.sale_id, t.channel, t.out_trade_no, t.trade_no, t.amount, t.state, t.created_at, t.ended_at, t.paid_at"

func scanReconciled(v *values) Tender {
	t := Tender{ID: v.int(), SaleID: v.int(), Channel: payment.ChannelName(v.text()), OutTradeNo: v.text(), TradeNo: v.text(), Amount: payment.Amount(v.int()),
		State: payment.State(v.text()), CreatedAt: moment(v.int()), EndedAt: moment(v.int()), PaidAt: moment(v.int())}
	t.ReceiptNo = receiptOf(t.SaleID)
	return t
}

// tenders are those of the day: most belong to a sale of it, and only later
// attempts may belong to one of another day.
func (r *reconciler) tenders() ([]Tender, error) {
	return all(r.s, scanReconciled, "SELECT "+reconciledTender+` FROM sales s CROSS JOIN tenders t ON t.sale_id = s.id
			WHERE s.day = ?1 AND t.channel <> 'cash' AND t.day IN ('', ?1)
		UNION ALL SELECT `+reconciledTender+` FROM tenders t CROSS JOIN sales s ON s.id = t.sale_id
			WHERE t.attempt > 1 AND t.day = ?1 AND t.channel <> 'cash' AND s.day <> ?1`, string(r.r.Day))
}

// reconciledRefund is a refund with what it says of its tender.
type reconciledRefund struct {
	Refund
	channel          payment.ChannelName
	orderNo, tradeNo string
}

func (r *reconciler) refunds() ([]reconciledRefund, error) {
	scan := func(v *values) reconciledRefund {
		back := reconciledRefund{Refund: Refund{ID: v.int(), TenderID: v.int(), SaleID: v.int(), RequestNo: v.text(), Amount: payment.Amount(v.int()),
			State: payment.RefundState(v.text()), CreatedAt: moment(v.int()), EndedAt: moment(v.int())}}
		back.channel, back.orderNo, back.tradeNo, back.ReceiptNo = payment.ChannelName(v.text()), v.text(), v.text(), receiptOf(back.SaleID)
		return back
	}
	return all(r.s, scan, `SELECT r.id, r.tender_id, r.sale_id, r.request_no, r.amount, r.state, r.created_at, r.ended_at, t.channel, t.out_trade_no, t.trade_no
		FROM refunds r CROSS JOIN tenders t ON t.id = r.tender_id WHERE r.day = ? AND t.channel <> 'cash'`, string(r.r.Day))
}

// lines are those about the sales or deposits with these ids. A refund that no
// refund of the ledger is undid its tender, where that is not paid.
func (r *reconciler) lines(column string, ids []int64, notPaid map[int64]bool) (dayLines, error) {
	lines := dayLines{own: map[moneyRef]*moved{}, back: map[int64]payment.Amount{}, named: map[moneyRef]string{}}
	err := each(r.s, func(v *values) error {
		var b billLine
		b.Kind, b.TradeNo, b.Amount, b.At = payment.BillKind(v.text()), v.text(), payment.Amount(v.int()), moment(v.int())
		b.tenderID, b.refundID, b.depositID, b.stepID = v.int(), v.int(), v.int(), v.int()
		ref := b.record()
		switch {
		case ref == (moneyRef{}) && notPaid[b.tenderID]:
			ref.tenderID = b.tenderID
		case ref == (moneyRef{}):
			return nil
		case b.refundID != 0:
			lines.back[b.tenderID] += b.Amount
		}
		if lines.own[ref] == nil {
			lines.own[ref] = &moved{}
		}
		lines.own[ref].add(b)
		lines.named[ref] = either(lines.named[ref], b.TradeNo)
		return nil
	}, `SELECT b.kind, b.trade_no, b.amount, b.at, b.tender_id, b.refund_id, b.deposit_id, b.step_id
		FROM (SELECT DISTINCT value FROM json_each(?)) i CROSS JOIN bill_lines b ON b.`+column+` <> 0 AND b.`+column+` = i.value`, idList(ids))
	return lines, err
}

func (l dayLines) of(ref moneyRef) moved {
	if m := l.own[ref]; m != nil {
		return *m
	}
	return moved{}
}

// reconciledStep is a step with what it says of its deposit.
type reconciledStep struct {
	Step
	channel payment.ChannelName
	orderNo string // of the capture, or of what a refund gives back from
}

// deposits compares the captures and their refunds that count on the day.
func (r *reconciler) deposits() error {
	scan := func(v *values) reconciledStep {
		s := reconciledStep{Step: Step{ID: v.int(), DepositID: v.int(), Kind: StepKind(v.text()), Number: v.text(), TradeNo: v.text(), Amount: payment.Amount(v.int()),
			State: payment.StepState(v.text()), CreatedAt: moment(v.int()), EndedAt: moment(v.int())}}
		s.channel, s.orderNo, s.ReceiptNo = payment.ChannelName(v.text()), v.text(), receiptOf(s.DepositID)
		return s
	}
	steps, err := all(r.s, scan, `SELECT s.id, s.deposit_id, s.kind, s.number, s.trade_no, s.amount, s.state, s.created_at, s.ended_at, d.channel,
			coalesce((SELECT c.number FROM steps c WHERE c.id = s.of_step), s.number)
		FROM steps s INDEXED BY steps_day CROSS JOIN deposits d ON d.id = s.deposit_id WHERE s.day = ? AND s.kind <> 'release' AND d.channel <> 'cash'`, string(r.r.Day))
	if err != nil || len(steps) == 0 {
		return err
	}
	ids := make([]int64, len(steps))
	for i, s := range steps {
		ids[i] = s.DepositID
	}
	lines, err := r.lines("deposit_id", ids, nil)
	if err != nil {
		return err
	}
	for _, s := range steps {
		ref := moneyRef{stepID: s.ID}
		span, _ := s.span()
		v, err := verdictOfRefund(s.Amount, s.State, span, lines.of(ref), r.keptOf(s.channel))
		if err != nil {
			return err
		}
		d := Difference{Channel: s.channel, Kind: payment.BilledPayment, DepositID: s.DepositID, ReceiptNo: s.ReceiptNo, OrderNo: s.orderNo,
			TradeNo: either(s.TradeNo, lines.named[ref]), At: firstTime(lines.of(ref).span.from, s.CreatedAt)}
		if s.Kind == StepRefund {
			d.Kind, d.RefundNo = payment.BilledRefund, s.Number
		}
		r.count(v, d)
	}
	return nil
}
