package people

import (
	"cmp"
	"context"
	"slices"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/screen"
)

// Act is what a person wants to do, for the words "approve.<act>".
type Act string

const (
	ActRefund Act = "refund" // give money back
	ActCash   Act = "cash"   // put cash in or take it out
	ActDrawer Act = "drawer" // open the drawer without a sale
	ActShift  Act = "shift"  // close a shift of somebody else
)

// right is what the act takes.
func (a Act) right() app.Right {
	switch a {
	case ActRefund:
		return app.RightRefund
	case ActShift:
		return app.RightShift
	}
	return app.RightCash
}

// Need says whether an act takes somebody else's word. The zero Need takes none.
type Need struct {
	Act     Act
	Lacking bool          // the person at the till may not do it alone
	Person  data.Person   // at the till
	Who     []data.Person // may approve it; empty where nobody can
}

// NeedOf looks whether the person at the till may do something. It reads the
// ledger: call it off the UI goroutine.
func NeedOf(ctx context.Context, d *screen.Desk, act Act) (Need, error) {
	n := Need{Act: act}
	if d.Till == nil || d.People == nil {
		return n, nil // the till itself has the last word
	}
	may, err := d.Till.May(ctx, act.right())
	if err != nil || may {
		return n, err
	}
	n.Lacking = true
	if n.Person, err = d.Person(ctx); err != nil {
		return n, err
	}
	all, err := d.People.WhoMay(ctx, act.right())
	slices.SortStableFunc(all, func(a, b data.Person) int { return cmp.Compare(turn(a.Role), turn(b.Role)) })
	for _, p := range all {
		if p.ID != n.Person.ID { // nobody approves their own act
			n.Who = append(n.Who, p)
		}
	}
	return n, err
}

// turn is in which order people are offered: the manager is nearest, and a clerk
// with the right is asked last.
func turn(r data.Role) int {
	switch r {
	case data.RoleManager:
		return 0
	case data.RoleOwner:
		return 1
	}
	return 2
}

// caption says why somebody else is asked. by is who is to type their PIN.
func (n Need) caption(d *screen.Desk, by data.Person) string {
	key := "approve." + string(n.Act)
	if n.Act == ActRefund && app.May(n.Person, app.RightRefund) {
		key += ".off_duty" // the right is there, but the shift is somebody else's
	}
	return d.Words.T(key, "name", d.PersonName(n.Person.Staff), "role", d.Role(by.Role))
}
