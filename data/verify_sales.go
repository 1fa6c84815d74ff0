package data

import (
	"bytes"
	"io"

	"frontdesk/payment"
)

// sales goes through all sales together with their tenders, refunds and
// journal rows, each read in the order of the sales, so that memory stays
// small however large the ledger is.
func (v *verifier) sales() error {
	tenders, err := openGroup(v.s, "SELECT "+tenderColumns+" FROM tenders t ORDER BY t.sale_id, t.attempt", scanTender, func(t Tender) int64 { return t.SaleID })
	if err != nil {
		return err
	}
	defer tenders.close()
	refunds, err := openGroup(v.s, "SELECT "+refundColumns+" FROM "+refundTables+" ORDER BY r.sale_id, r.id", scanRefund, func(r Refund) int64 { return r.SaleID })
	if err != nil {
		return err
	}
	defer refunds.close()
	journal, err := openGroup(v.s, "SELECT "+journalColumns+" FROM journal WHERE sale_id <> 0 ORDER BY sale_id, seq", scanJournal, func(r journalRow) int64 { return r.saleID })
	if err != nil {
		return err
	}
	defer journal.close()
	lines, err := v.linesBy("sale_id", func(b billLine) int64 { return b.saleID })
	if err != nil {
		return err
	}
	defer lines.close()
	var before int64
	err = each(v.s, func(row *values) (err error) {
		s := scanSale(row)
		c := saleCheck{report: &v.report, sale: s}
		if c.tenders, err = tenders.take(s.ID); err != nil {
			return err
		}
		if c.refunds, err = refunds.take(s.ID); err != nil {
			return err
		}
		if c.journal, err = journal.take(s.ID); err != nil {
			return err
		}
		if c.lines, err = lines.take(s.ID); err != nil {
			return err
		}
		c.run(before)
		v.addFigures(&c)
		v.addFees(&c)
		v.saleMoneyDays(&c)
		v.addSale(&c)
		before = s.ID
		v.report.Sales++
		v.report.Tenders += int64(len(c.tenders))
		v.report.Refunds += int64(len(c.refunds))
		v.step(1)
		return nil
	}, "SELECT "+saleColumns+" FROM "+saleTables+" ORDER BY s.id")
	if err != nil {
		return err
	}
	for table, strays := range map[string]func() ([]int64, error){"tenders": tenders.strays, "refunds": refunds.strays, "journal": journal.strays, "bill_lines": lines.strays} {
		ids, err := strays()
		if err != nil {
			return err
		}
		for _, id := range ids {
			v.report.found(ProblemGone, "sales", id, "%s speaks of a sale that is not there", table)
		}
	}
	return nil
}

// group reads rows that are ordered by sale (or deposit), one sale at a time.
type group[T any] struct {
	rows  cursor
	row   values
	scan  func(*values) T
	sale  func(T) int64
	ahead *T // read, not taken yet
	lost  []int64
}

func openGroup[T any](s source, query string, scan func(*values) T, sale func(T) int64) (*group[T], error) {
	rows, err := s.query(query)
	if err != nil {
		return nil, err
	}
	return &group[T]{rows: rows, scan: scan, sale: sale}, nil
}

func (g *group[T]) close() { g.rows.close() }

// take is everything of a sale. Rows of sales before it that nobody took are
// strays.
func (g *group[T]) take(saleID int64) ([]T, error) {
	var list []T
	for {
		if g.ahead == nil {
			switch err := g.rows.next(&g.row); {
			case err == io.EOF:
				return list, nil
			case err != nil:
				return nil, err
			}
			item := g.scan(&g.row)
			if g.row.err != nil {
				return nil, g.row.err
			}
			g.ahead = &item
		}
		switch id := g.sale(*g.ahead); {
		case id > saleID:
			return list, nil
		case id == saleID:
			list = append(list, *g.ahead)
		case len(g.lost) == 0 || g.lost[len(g.lost)-1] != id:
			g.lost = append(g.lost, id)
		}
		g.ahead = nil
	}
}

// strays are the sales that rows speak of and nobody took.
func (g *group[T]) strays() ([]int64, error) {
	_, err := g.take(1 << 62)
	return g.lost, err
}

// saleCheck is one sale with all that belongs to it.
type saleCheck struct {
	report  *VerifyReport
	sale    Sale
	tenders []Tender
	refunds []Refund
	journal []journalRow
	lines   []billLine
}

func (c *saleCheck) run(before int64) {
	s := c.sale
	if first := s.ID%tillSize == 1; !first && s.ID != before+1 {
		c.report.found(ProblemNumber, "sales", s.ID, "no sale before receipt %s", s.ReceiptNo)
	}
	for i, t := range c.tenders {
		if t.Attempt != i+1 {
			c.report.found(ProblemNumber, "tenders", t.ID, "attempt %d is number %d of its sale", t.Attempt, i+1)
		}
	}
	c.sums()
	c.counts()
	c.attention()
	c.bills()
	for i := range c.tenders {
		c.tender(&c.tenders[i])
	}
	for i := range c.refunds {
		c.refund(&c.refunds[i])
	}
	c.gone()
}

// sums compares the sale's sums and state with its tenders and its journal.
func (c *saleCheck) sums() {
	want := c.sale
	want.sum(c.tenders)
	if want.Paid != c.sale.Paid || want.Refunded != c.sale.Refunded {
		c.report.found(ProblemSum, "sales", c.sale.ID, "paid %s, refunded %s; the tenders say %s and %s", c.sale.Paid, c.sale.Refunded, want.Paid, want.Refunded)
	}
	if want.State != c.sale.State {
		c.report.found(ProblemState, "sales", c.sale.ID, "is %s; the tenders say %s", c.sale.State, want.State)
	}
	var paid, refunded payment.Amount
	for _, r := range c.journal {
		paid += r.paid
		refunded += r.refunded
		if r.salePaid != paid || r.saleRefunded != refunded {
			c.report.found(ProblemSum, "journal", r.seq, "says paid %s, refunded %s; the rows add up to %s and %s", r.salePaid, r.saleRefunded, paid, refunded)
			paid, refunded = r.salePaid, r.saleRefunded
		}
	}
	if paid != c.sale.Paid || refunded != c.sale.Refunded {
		c.report.found(ProblemSum, "sales", c.sale.ID, "paid %s, refunded %s; the journal says %s and %s", c.sale.Paid, c.sale.Refunded, paid, refunded)
	}
}

// attention replays the questions and decisions of the journal.
func (c *saleCheck) attention() {
	want := AttentionNone
	for _, r := range c.journal {
		switch r.kind {
		case journalPaid, journalLatePaid:
			switch {
			case r.salePaid > c.sale.Amount:
				want = AttentionOverpaid
			case r.kind == journalLatePaid:
				want = AttentionLatePaid
			}
		case journalTaken:
			want = AttentionTaken
		case journalKept, journalGiveBack:
			want = AttentionNone
		}
	}
	if want != c.sale.Attention {
		c.report.found(ProblemState, "sales", c.sale.ID, "attention is %q; the journal says %q", c.sale.Attention, want)
	}
}

// tender compares a tender with the last row of the journal about its money,
// and its refunded sum with its refunds.
func (c *saleCheck) tender(t *Tender) {
	var last *journalRow
	for i, r := range c.journal {
		if r.tenderID == t.ID && (r.kind == journalPaid || r.kind == journalLatePaid || r.kind == journalTaken) {
			last = &c.journal[i]
		}
	}
	switch {
	case last == nil && t.State == payment.StatePaid:
		c.report.found(ProblemUnbooked, "tenders", t.ID, "paid %s, and the journal knows nothing of it", t.Amount)
	case last == nil:
	case (last.kind == journalTaken) != (t.State == payment.StateReversed) || (last.kind != journalTaken) != (t.State == payment.StatePaid):
		c.report.found(ProblemRecord, "tenders", t.ID, "is %s; the journal says %s", t.State, last.kind)
	case last.amount != t.Amount || last.channel != t.Channel || !bytes.Equal(last.proof, proofOf(c.sale, t, nil)):
		c.report.found(ProblemRecord, "tenders", t.ID, "tender or its sale is not as journal row %d proved it", last.seq)
	}
	var refunded payment.Amount
	for _, r := range c.refunds {
		if r.TenderID == t.ID && r.State == payment.RefundDone {
			refunded += r.Amount
		}
	}
	if refunded != t.Refunded {
		c.report.found(ProblemSum, "tenders", t.ID, "refunded %s; its refunds say %s", t.Refunded, refunded)
	}
}

func (c *saleCheck) refund(r *Refund) {
	var booked *journalRow
	for i, row := range c.journal {
		if row.kind == journalRefunded && row.refundID == r.ID {
			booked = &c.journal[i]
		}
	}
	done := r.State == payment.RefundDone
	switch {
	case booked == nil && done:
		c.report.found(ProblemUnbooked, "refunds", r.ID, "refunded %s, and the journal knows nothing of it", r.Amount)
	case booked == nil:
	case !done:
		c.report.found(ProblemRecord, "refunds", r.ID, "is %s; the journal says that it was done", r.State)
	case booked.amount != r.Amount || booked.tenderID != r.TenderID || !bytes.Equal(booked.proof, proofOf(c.sale, nil, r)):
		c.report.found(ProblemRecord, "refunds", r.ID, "refund or its sale is not as journal row %d proved it", booked.seq)
	}
}

// gone finds journal rows whose tender or refund is not there.
func (c *saleCheck) gone() {
	tenders, refunds := map[int64]bool{0: true}, map[int64]bool{0: true}
	for _, t := range c.tenders {
		tenders[t.ID] = true
	}
	for _, r := range c.refunds {
		refunds[r.ID] = true
	}
	for _, r := range c.journal {
		if !tenders[r.tenderID] {
			c.report.found(ProblemGone, "tenders", r.tenderID, "journal row %d speaks of it", r.seq)
		}
		if !refunds[r.refundID] {
			c.report.found(ProblemGone, "refunds", r.refundID, "journal row %d speaks of it", r.seq)
		}
	}
}
