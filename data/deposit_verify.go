package data

import (
	"bytes"

	"frontdesk/payment"
)

// deposits goes through all deposits together with their steps and journal
// rows, as sales does through the sales.
func (v *verifier) deposits() error {
	steps, err := openGroup(v.s, "SELECT "+stepColumns+" FROM "+stepTables+" ORDER BY s.deposit_id, s.id", scanStep, func(s Step) int64 { return s.DepositID })
	if err != nil {
		return err
	}
	defer steps.close()
	journal, err := openGroup(v.s, "SELECT "+journalColumns+" FROM journal WHERE deposit_id <> 0 ORDER BY deposit_id, seq", scanJournal,
		func(r journalRow) int64 { return r.deposit.depositID })
	if err != nil {
		return err
	}
	defer journal.close()
	lines, err := v.linesBy("deposit_id", func(b billLine) int64 { return b.depositID })
	if err != nil {
		return err
	}
	defer lines.close()
	var before int64
	err = each(v.s, func(row *values) (err error) {
		c := depositCheck{report: &v.report, deposit: scanDeposit(row)}
		if c.steps, err = steps.take(c.deposit.ID); err != nil {
			return err
		}
		if c.journal, err = journal.take(c.deposit.ID); err != nil {
			return err
		}
		if c.lines, err = lines.take(c.deposit.ID); err != nil {
			return err
		}
		c.run(before)
		v.addDepositFees(&c)
		v.depositMoneyDays(&c)
		before = c.deposit.ID
		v.report.Deposits++
		v.report.Steps += int64(len(c.steps))
		v.step(1)
		return nil
	}, "SELECT "+depositColumns+" FROM "+depositTables+" ORDER BY d.id")
	if err != nil {
		return err
	}
	for _, table := range []struct {
		name   string
		strays func() ([]int64, error)
	}{{"steps", steps.strays}, {"journal", journal.strays}, {"bill_lines", lines.strays}} {
		ids, err := table.strays()
		if err != nil {
			return err
		}
		for _, id := range ids {
			v.report.found(ProblemGone, "deposits", id, "%s speaks of a deposit that is not there", table.name)
		}
	}
	return nil
}

// depositCheck is one deposit with all that belongs to it.
type depositCheck struct {
	report  *VerifyReport
	deposit Deposit
	steps   []Step
	journal []journalRow
	lines   []billLine
}

func (c *depositCheck) run(before int64) {
	d := c.deposit
	if first := d.ID%tillSize == 1; !first && d.ID != before+1 {
		c.report.found(ProblemNumber, "deposits", d.ID, "no deposit before receipt %s", d.ReceiptNo)
	}
	c.sums()
	c.recount()
	c.attention()
	c.bills()
	c.hold()
	for i := range c.steps {
		c.step(&c.steps[i])
	}
	c.gone()
}

// sums compares the deposit's sums and state with its hold and steps.
func (c *depositCheck) sums() {
	d, want := c.deposit, c.deposit
	want.sum(c.steps)
	if d.Captured != want.Captured || d.Released != want.Released || d.Refunded != want.Refunded || d.Held != want.Held {
		c.report.found(ProblemSum, "deposits", d.ID, "held %s, captured %s, released %s, refunded %s; the hold and the steps say %s, %s, %s and %s",
			d.Held, d.Captured, d.Released, d.Refunded, want.Held, want.Captured, want.Released, want.Refunded)
	}
	if d.Captured+d.Released > d.Held || d.Refunded > d.Captured {
		c.report.found(ProblemSum, "deposits", d.ID, "held %s, captured %s, released %s, refunded %s: more than there was", d.Held, d.Captured, d.Released, d.Refunded)
	}
	if d.State != want.State {
		c.report.found(ProblemState, "deposits", d.ID, "is %s; the hold and the steps say %s", d.State, want.State)
	}
}

// recount adds the journal up, and compares.
func (c *depositCheck) recount() {
	var sum depositPart
	for _, r := range c.journal {
		p := r.deposit
		sum.held, sum.captured, sum.released, sum.givenBack = sum.held+p.held, sum.captured+p.captured, sum.released+p.released, sum.givenBack+p.givenBack
		if left := sum.held - sum.captured - sum.released; p.left != left {
			c.report.found(ProblemSum, "journal", r.seq, "says %s is left; the rows add up to %s", p.left, left)
		}
		c.counts(r)
	}
	if d := c.deposit; sum.held != d.Held || sum.captured != d.Captured || sum.released != d.Released || sum.givenBack != d.Refunded {
		c.report.found(ProblemSum, "deposits", d.ID, "held %s, captured %s, released %s, refunded %s; the journal says %s, %s, %s and %s",
			d.Held, d.Captured, d.Released, d.Refunded, sum.held, sum.captured, sum.released, sum.givenBack)
	}
}

// attention replays the questions and decisions of the journal.
func (c *depositCheck) attention() {
	want := AttentionNone
	for _, r := range c.journal {
		switch r.kind {
		case journalLateHold:
			want = AttentionLatePaid
		case journalHoldTaken:
			want = AttentionTaken
		case journalKept, journalGiveBack:
			want = AttentionNone
		}
	}
	if want != c.deposit.Attention {
		c.report.found(ProblemState, "deposits", c.deposit.ID, "attention is %q; the journal says %q", c.deposit.Attention, want)
	}
}

// hold compares the deposit with the last row of the journal about its hold.
func (c *depositCheck) hold() {
	d := c.deposit
	var last *journalRow
	for i, r := range c.journal {
		switch r.kind {
		case journalHold, journalLateHold, journalHoldTaken, journalHoldNamed:
			last = &c.journal[i]
		}
	}
	switch {
	case last == nil && (d.Held > 0 || d.Hold == payment.StatePaid):
		c.report.found(ProblemUnbooked, "deposits", d.ID, "held %s, and the journal knows nothing of it", d.Held)
	case last == nil:
	case (last.kind == journalHoldTaken) != (d.Hold == payment.StateReversed) || (last.kind != journalHoldTaken) != (d.Hold == payment.StatePaid):
		c.report.found(ProblemRecord, "deposits", d.ID, "the hold is %s; the journal says %s", d.Hold, last.kind)
	case last.channel != d.Channel || !bytes.Equal(last.proof, proofOfDeposit(d, nil)):
		c.report.found(ProblemRecord, "deposits", d.ID, "deposit is not as journal row %d proved it", last.seq)
	}
}

// step compares a step with the rows of the journal about it, and a capture's
// refunded sum with its refunds.
func (c *depositCheck) step(s *Step) {
	booked := map[string]*journalRow{}
	for i, r := range c.journal {
		if r.deposit.stepID == s.ID {
			booked[r.kind] = &c.journal[i]
		}
	}
	wanted := map[string]payment.Amount{}
	if s.State == payment.RefundDone {
		switch s.Kind {
		case StepCapture:
			wanted[journalCapture] = s.Amount
			if s.Rest > 0 {
				wanted[journalRelease] = s.Rest
			}
		case StepRelease:
			wanted[journalRelease] = s.Amount
		case StepRefund:
			wanted[journalDepositRefund] = s.Amount
		}
	}
	for _, kind := range []string{journalCapture, journalRelease, journalDepositRefund} {
		r, amount := booked[kind], wanted[kind]
		switch {
		case r == nil && amount > 0:
			c.report.found(ProblemUnbooked, "steps", s.ID, "%s of %s is done, and the journal knows nothing of it", kind, amount)
		case r == nil:
		case amount == 0:
			c.report.found(ProblemRecord, "steps", s.ID, "is a %s that is %s; the journal says %s", s.Kind, s.State, kind)
		case r.amount != amount || r.channel != c.deposit.Channel || !bytes.Equal(r.proof, proofOfDeposit(c.deposit, s)):
			c.report.found(ProblemRecord, "steps", s.ID, "step or its deposit is not as journal row %d proved it", r.seq)
		}
	}
	var refunded payment.Amount
	for _, r := range c.steps {
		if r.OfStep == s.ID && r.State == payment.RefundDone {
			refunded += r.Amount
		}
	}
	if refunded != s.Refunded || refunded > s.Amount {
		c.report.found(ProblemSum, "steps", s.ID, "refunded %s of %s; its refunds say %s", s.Refunded, s.Amount, refunded)
	}
}

// gone finds journal rows whose step is not there.
func (c *depositCheck) gone() {
	for _, r := range c.journal {
		if id := r.deposit.stepID; id != 0 && stepAt(c.steps, id) < 0 {
			c.report.found(ProblemGone, "steps", id, "journal row %d speaks of it", r.seq)
		}
	}
}
