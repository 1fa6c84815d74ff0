package data

import "frontdesk/payment"

// counts compares where and what the journal counts with the tenders and
// refunds. What was asked for before there were shifts counted on the day on
// which it was settled.
func (c *saleCheck) counts() {
	tenders, refunds := map[int64]Tender{}, map[int64]Refund{}
	var given, back, wantGiven, wantBack payment.Amount
	for _, t := range c.tenders {
		tenders[t.ID] = t
		wantGiven += t.given()
	}
	for _, r := range c.refunds {
		refunds[r.ID] = r
		if r.State == payment.RefundDone && tenders[r.TenderID].State == payment.StatePaid {
			wantBack += r.Discount
		}
	}
	for _, row := range c.journal {
		given += row.counts.discount
		back += row.counts.refundDiscount
		shift, day, hour := tenders[row.tenderID].ShiftID, tenders[row.tenderID].Day, clockHour(tenders[row.tenderID].CreatedAt)
		switch row.kind {
		case journalPaid, journalLatePaid, journalTaken:
		case journalRefunded:
			r := refunds[row.refundID]
			shift, day, hour = r.ShiftID, r.Day, clockHour(r.CreatedAt)
		default:
			continue
		}
		if row.counts.shiftID != shift || shift != 0 && (row.countsOn() != day || row.countsHour() != hour) {
			c.report.found(ProblemSum, "journal", row.seq, "counts in shift %d on %s at %d; its record says shift %d on %s at %d",
				row.counts.shiftID, row.countsOn(), row.countsHour(), shift, day, hour)
		}
		drawer := payment.Amount(0)
		if shift != 0 && row.channel == payment.Cash {
			drawer = row.paid - row.refunded
		}
		if row.counts.drawer != drawer {
			c.report.found(ProblemSum, "journal", row.seq, "moved the drawer by %s; the money says %s", row.counts.drawer, drawer)
		}
	}
	if given != wantGiven || back != wantBack {
		c.report.found(ProblemSum, "sales", c.sale.ID, "discounts of %s, and %s of refunds; the journal says %s and %s", wantGiven, wantBack, given, back)
	}
}

// counts compares where a row counts with the deposit or its step. What was
// asked for before there were shifts counted on the day on which it was settled,
// and what the channel gave free by itself counts when that was heard of.
func (c *depositCheck) counts(r journalRow) {
	shift, day := c.deposit.ShiftID, c.deposit.Day
	if i := stepAt(c.steps, r.deposit.stepID); i >= 0 {
		shift, day = c.steps[i].ShiftID, c.steps[i].Day
	}
	moved := r.deposit.held + r.deposit.captured + r.deposit.released + r.deposit.givenBack
	if moved != 0 && r.kind != journalHoldTaken && (r.counts.shiftID != shift || shift != 0 && r.countsOn() != day) {
		c.report.found(ProblemSum, "journal", r.seq, "counts in shift %d on %s; its record says shift %d on %s", r.counts.shiftID, r.countsOn(), shift, day)
	}
	drawer := payment.Amount(0)
	if r.counts.shiftID != 0 && r.channel == payment.Cash {
		drawer = r.deposit.held - r.deposit.released - r.deposit.givenBack
	}
	if r.counts.drawer != drawer {
		c.report.found(ProblemSum, "journal", r.seq, "moved the drawer by %s; the money says %s", r.counts.drawer, drawer)
	}
}
