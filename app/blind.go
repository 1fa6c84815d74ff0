package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"frontdesk/data"
	"frontdesk/payment"
)

// Two rules say who sees which sums. They hold here, for whoever asks: a screen,
// a paper, a file, the command line.
//
//   - Without RightReports somebody sees the open shift and the closed ones of
//     their own; where the shop wants it so (setting staff.see_all), lists show
//     them the sales of their own open shift alone.
//   - Who counts the drawer blind (setting shift.blind, and no RightExpected) sees
//     no sum with cash of the open shift in it, and no drawer, until it is
//     counted. Where all money is summed, the sums leave cash out. A single sale
//     is always in sight: its customer may come back.

// sight is what the person who looks may see, at one moment.
type sight struct {
	person data.Person
	blind  bool // the person counts the drawer before its sum is seen
	all    bool // the person sees everybody's sales in lists
	shift  data.Shift
	open   bool // shift is
}

// ViewAs lets the books show what this person may see, instead of what whoever
// is at the till may.
func (b *Books) ViewAs(p data.Person) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.viewer = &p
}

// HidesCash reports whether the person who looks counts the drawer blind, and the
// count is still to come: sums of the open shift leave cash out then.
func (b *Books) HidesCash(ctx context.Context) (bool, error) {
	s, err := b.sight(ctx)
	return s.blind && s.open, err
}

// sight reads who looks: the person of ViewAs, or else whoever is at the till by
// the ledger's note, in this process or in another one.
func (b *Books) sight(ctx context.Context) (s sight, err error) {
	if s.person, err = b.viewing(ctx); err != nil || May(s.person, RightExpected) && May(s.person, RightReports) {
		s.all = true
		return s, err
	}
	v := NewSettings(b.ledger, noPINs{}).Values(ctx)
	s.blind = v.Bool("shift.blind") && !May(s.person, RightExpected)
	s.all = v.Bool("staff.see_all") || May(s.person, RightReports)
	if err := v.Err(); err != nil {
		return s, err
	}
	s.shift, s.open, err = b.ledger.CurrentShift(ctx)
	return s, ledgerProblem(err)
}

func (b *Books) viewing(ctx context.Context) (data.Person, error) {
	b.mu.Lock()
	viewer := b.viewer
	b.mu.Unlock()
	id := int64(data.OwnerID) // of a shop where nobody was ever told apart
	if viewer != nil {
		id = viewer.ID
	} else {
		value, _, err := b.ledger.Setting(ctx, personKey)
		if err != nil {
			return data.Person{}, ledgerProblem(err)
		}
		if last, err := strconv.ParseInt(value, 10, 64); err == nil {
			id = last
		}
	}
	p, err := b.ledger.PersonByID(ctx, id)
	return p, ledgerProblem(err)
}

// mayRead refuses a report that the person may not see.
func (b *Books) mayRead(ctx context.Context, s sight, c data.Cut) error {
	if May(s.person, RightReports) {
		return nil
	}
	if c.ShiftID != 0 {
		shift, err := b.ledger.Shift(ctx, c.ShiftID)
		if err != nil {
			return shiftProblem(err)
		}
		if shift.State == data.ShiftOpen || shift.Staff.ID == s.person.ID {
			return nil
		}
	}
	return problem(ProblemNoRight, "right", string(RightReports))
}

// mayLook is mayRead for whoever looks now.
func (b *Books) mayLook(ctx context.Context, c data.Cut) error {
	s, err := b.sight(ctx)
	if err != nil {
		return err
	}
	return b.mayRead(ctx, s, c)
}

// mayTake refuses a paper or a file of what the person may not see whole.
func (b *Books) mayTake(ctx context.Context, c data.Cut) error {
	s, err := b.sight(ctx)
	if err != nil {
		return err
	}
	if err := b.mayRead(ctx, s, c); err != nil {
		return err
	}
	if s.blind && s.open && (c.ShiftID == s.shift.ID || c.ShiftID == 0 && c.To >= s.shift.Day) {
		return problem(ProblemNoRight, "right", string(RightExpected))
	}
	return nil
}

// veil takes cash out of a report in which there is some of the open shift.
func (s sight) veil(r data.Report) data.Report {
	open := slices.ContainsFunc(r.Shifts, func(x data.Slice) bool { return x.Shift.Open })
	open = open || r.Shift != nil && r.Shift.State == data.ShiftOpen
	open = open || s.open && r.Kind != data.ReportShift && r.To >= s.shift.Day
	if !s.blind || !open {
		return r
	}
	isCash := func(x data.Slice) bool { return x.Channel == payment.Cash || x.Method == payment.MethodCash }
	r.Channels = slices.DeleteFunc(slices.Clone(r.Channels), isCash)
	r.Methods = slices.DeleteFunc(slices.Clone(r.Methods), isCash)
	r.Total = data.Figures{Sales: r.Total.Sales, Payments: r.Total.Payments, Refunds: r.Total.Refunds, RefundsSettled: r.Total.RefundsSettled} // numbers tell no sum
	for _, x := range r.Channels {
		r.Total.Trade += x.Trade
		r.Total.Discount += x.Discount
		r.Total.Settled += x.Settled
		r.Total.Refunded += x.Refunded
		r.Total.RefundSettled += x.RefundSettled
		r.Total.Net += x.Net
	}
	// These are not cut by channel as well, so there is no telling their cash.
	r.People, r.Shifts, r.Hours, r.Days = []data.Slice{}, []data.Slice{}, nil, nil
	r.Drawer, r.Moves = data.Drawer{Float: r.Drawer.Float}, []data.CashMove{}
	return r
}

// noSuchShift is the number of no shift, in a filter that lets nothing pass.
const noSuchShift = -1

// narrow holds a list to the sales that the person may see. A whole number is
// that of a paper in somebody's hand, and finds its sale.
func (s sight) narrow(f data.Filter) data.Filter {
	if s.all || isPaperNumber(f.Text) {
		return f
	}
	own := int64(noSuchShift)
	if s.open && s.shift.Staff.ID == s.person.ID {
		own = s.shift.ID
	}
	if f.ShiftID != 0 && f.ShiftID != own {
		own = noSuchShift
	}
	f.ShiftID = own
	return f
}

// tradeNoDigits is that of the shortest trade number of a channel.
const tradeNoDigits = 20

func isPaperNumber(text string) bool {
	text = strings.TrimSpace(text)
	long := len(text) >= tradeNoDigits && strings.Trim(text, "0123456789") == ""
	return long || payment.IsReceiptNo(text) || payment.IsOrderNo(text)
}

// withoutCash takes the cash of the open shift out of the sums of a list, for
// somebody who counts it blind. The numbers of sales stay.
func (b *Books) withoutCash(ctx context.Context, s sight, f data.Filter, t data.Totals) (data.Totals, error) {
	other := f.Channel != "" && f.Channel != payment.Cash || f.ShiftID != 0 && f.ShiftID != s.shift.ID
	if !s.blind || !s.open || other {
		return t, nil
	}
	f.ShiftID, f.Channel = s.shift.ID, payment.Cash
	cash, err := b.ledger.SaleList(ctx, f)
	if err != nil {
		return data.Totals{}, ledgerProblem(err)
	}
	t.Paid -= cash.Totals.Paid
	t.Refunded -= cash.Totals.Refunded
	return t, nil
}
