package shift

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/people"
	"frontdesk/ui/screen"
)

// facts are what a hand-over begins with.
type facts struct {
	shift      data.Shift
	open       bool // there is a shift to hand over
	report     data.Report
	blind      bool // the sum that should be there is seen after the count
	mayPeek    bool // this person may see it before
	names      []string
	people     []data.Person // who works here
	hasPIN     map[int64]bool
	anyPIN     bool
	now        data.Person // at the till
	need       people.Need // to close a shift of somebody else
	printer    bool        // there is one
	phoneOrder bool        // 1-2-3 on top
}

// read reads them, off the UI goroutine.
func read(ctx context.Context, d *screen.Desk) (f facts, err error) {
	v := d.Settings.Values(ctx)
	f.blind, f.names = v.Bool("shift.blind"), names(v.Text("shift.names"))
	f.printer, f.phoneOrder = v.Text("printer.receipt") != "", v.Text("ui.keypad") == "123"
	if err = v.Err(); err != nil {
		return f, err
	}
	if f.now, err = d.Person(ctx); err != nil {
		return f, err
	}
	f.mayPeek = f.blind && app.May(f.now, app.RightExpected)
	if f.shift, f.open, err = d.Shifts.Current(ctx); err != nil || !f.open {
		return f, err
	}
	if f.report, err = d.Books.Report(ctx, data.Cut{ShiftID: f.shift.ID}); err != nil {
		return f, err
	}
	if f.shift.Staff.ID != f.now.ID {
		if f.need, err = people.NeedOf(ctx, d, people.ActShift); err != nil {
			return f, err
		}
	}
	return f, f.readPeople(ctx, d)
}

// refused reports a shift of somebody else that nobody here can close, with
// whatever word.
func (f *facts) refused() bool { return f.need.Lacking && len(f.need.Who) == 0 }

func (f *facts) readPeople(ctx context.Context, d *screen.Desk) error {
	f.hasPIN = map[int64]bool{}
	if d.People == nil {
		f.people = []data.Person{f.now}
		return nil
	}
	all, err := d.People.List(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !p.Active {
			continue
		}
		f.people = append(f.people, p)
		if f.hasPIN[p.ID], err = d.People.HasPIN(p.ID); err != nil {
			return err
		}
		f.anyPIN = f.anyPIN || f.hasPIN[p.ID]
	}
	return nil
}
