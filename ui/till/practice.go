package till

import (
	"context"

	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/screen"
)

// checklist is what a newcomer has tried in practice mode.
type checklist struct {
	sale    bool // took a payment
	refund  bool // gave money back
	change  bool // took cash and gave change
	reprint bool // printed a receipt again
}

// task is one line of the checklist.
type task struct {
	key  string // of its words
	done bool
}

func (c checklist) tasks() []task {
	return []task{
		{"practice.sale", c.sale}, {"practice.refund", c.refund},
		{"practice.change", c.change}, {"practice.reprint", c.reprint},
	}
}

func (c checklist) done() (n int) {
	for _, t := range c.tasks() {
		if t.done {
			n++
		}
	}
	return n
}

// merge adds what was found: a task once done stays done.
func (c *checklist) merge(found checklist) {
	c.sale = c.sale || found.sale
	c.refund = c.refund || found.refund
	c.change = c.change || found.change
	c.reprint = c.reprint || found.reprint
}

// practised finds in today's sales what was tried already.
func practised(ctx context.Context, d *screen.Desk, sales []data.SaleRow) (c checklist) {
	for _, s := range sales {
		c.refund = c.refund || s.Refunded > 0
		c.change = c.change || (s.LastTender.Channel == payment.Cash && s.LastTender.Change > 0)
		c.sale = c.sale || (s.Paid > 0 && s.LastTender.Channel != payment.Cash)
		if s.Paid == 0 || c.reprint {
			continue
		}
		detail, err := d.Books.Sale(ctx, s.ID)
		if err != nil {
			continue
		}
		for _, job := range detail.Prints {
			c.reprint = c.reprint || job.Kind == data.PrintReprint
		}
	}
	return c
}
