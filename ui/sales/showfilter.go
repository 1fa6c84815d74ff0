package sales

import (
	"context"
	"fmt"
	"strings"

	"frontdesk/data"
	"frontdesk/ui/screen"
)

// ShowFilter shows the sales that pass a filter, such as those behind a figure of
// the summary. What the bar has no box for stands on a button that takes it away
// again.
func (s *Screen) ShowFilter(f data.Filter) {
	s.desk.Background(func(ctx context.Context) func() {
		words, err := moreWords(ctx, s.desk, f)
		return func() {
			if err != nil {
				s.desk.Log.Warn("the words of a filter cannot be read", "err", err) // the sales are shown all the same
			}
			s.bar.ask(f, words)
		}
	})
}

// ask takes over what another tab asked for.
func (b *bar) ask(f data.Filter, words string) {
	today := b.s.desk.Books.Today()
	p := named(periodToday, today)
	if f.From != "" && f.To != "" {
		p = chosen(f.From, f.To, today)
	}
	more := f
	more.From, more.To, more.State, more.Attention, more.Channel, more.Wallet = "", "", "", false, "", ""
	more.Min, more.Max, more.Text, more.Limit, more.Offset = 0, 0, "", 0, 0
	b.moreWords = words
	b.change(filter{period: p, state: f.State, attention: f.Attention, way: data.Way{Channel: f.Channel, Wallet: f.Wallet}, text: f.Text, more: more})
}

// moreWords say what a filter asks for that the bar has no box for. It reads the
// ledger: call it off the UI goroutine.
func moreWords(ctx context.Context, d *screen.Desk, f data.Filter) (string, error) {
	w := d.Words
	var parts []string
	var firstErr error
	if f.ShiftID != 0 {
		word, err := shiftWord(ctx, d, f.ShiftID)
		parts, firstErr = append(parts, word), err
	}
	if f.StaffID != 0 && d.People != nil {
		p, err := d.People.Person(ctx, f.StaffID)
		if err != nil && firstErr == nil {
			firstErr = err
		}
		if err == nil {
			parts = append(parts, d.PersonName(p.Staff))
		}
	}
	if f.Hour != nil {
		parts = append(parts, fmt.Sprintf("%02d:00", *f.Hour))
	}
	if f.Refunds {
		parts = append(parts, w.T("sales.more.refunds"))
	}
	if len(parts) == 0 {
		parts = append(parts, w.T("sales.more.money"))
	}
	return strings.Join(parts, " "), firstErr
}

// shiftWord is the name of a shift, or that of its person where it has none.
func shiftWord(ctx context.Context, d *screen.Desk, id int64) (string, error) {
	r, err := d.Books.Report(ctx, data.Cut{ShiftID: id})
	if err != nil || r.Shift == nil {
		return d.Words.T("sales.more.shift", "id", id), err
	}
	if r.Shift.Name != "" {
		return r.Shift.Name, nil
	}
	return d.PersonName(r.Shift.Staff), nil
}
