package screen

import (
	"context"

	"frontdesk/app"
	"frontdesk/data"
)

// Person is who is at the till, with their rights. Where people are not told
// apart, and before anybody has said who they are, it is the owner.
func (d *Desk) Person(ctx context.Context) (data.Person, error) {
	if d.People == nil {
		return data.Person{Staff: data.Staff{ID: data.OwnerID, Role: data.RoleOwner}, Active: true}, nil
	}
	if d.Till != nil {
		if p := d.Till.Person(); p.ID != 0 {
			return p, nil
		}
	}
	return d.People.Person(ctx, data.OwnerID)
}

// Blind reports whether the person at the till has to count the drawer before
// the sum that should be in it is seen.
func (d *Desk) Blind(ctx context.Context) (bool, error) {
	v := d.Settings.Values(ctx)
	blind := v.Bool("shift.blind")
	if err := v.Err(); err != nil || !blind {
		return false, err
	}
	p, err := d.Person(ctx)
	return !app.May(p, app.RightExpected), err
}

// noShift is the number of no shift, in a filter that lets nothing pass.
const noShift = -1

// OnlyShift is the shift whose sales alone the person at the till may see in
// lists: their own open one, where the shop wants it so for clerks. The number
// is 0 for somebody who may see all, and one that no shift has for a clerk who
// is off duty. It belongs into data.Filter.ShiftID.
func (d *Desk) OnlyShift(ctx context.Context) (shiftID int64, err error) {
	v := d.Settings.Values(ctx)
	all := v.Bool("staff.see_all")
	if err := v.Err(); err != nil || all || d.Shifts == nil {
		return 0, err
	}
	p, err := d.Person(ctx)
	if err != nil || app.May(p, app.RightReports) {
		return 0, err
	}
	shift, open, err := d.Shifts.Current(ctx)
	if err != nil || !open || shift.Staff.ID != p.ID {
		return noShift, err
	}
	return shift.ID, nil
}

// Role is the word for what somebody is in the shop.
func (d *Desk) Role(r data.Role) string { return d.Words.T("role." + string(r)) }

// PersonName is somebody's name. The owner of a shop that told nobody apart yet
// has none of their own, but that of the role in the language of the ledger.
func (d *Desk) PersonName(p data.Staff) string {
	if p.ID == data.OwnerID && (p.Name == "" || p.Name == unnamedOwner) {
		return d.Role(data.RoleOwner)
	}
	return p.Name
}

// unnamedOwner is what a new ledger calls its owner.
const unnamedOwner = "店主"
