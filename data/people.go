package data

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// NewPerson is somebody who begins to work at the till.
type NewPerson struct {
	Name      string // not empty, and nobody else's who works here
	Role      Role
	MayRefund bool
}

// PersonChange is what changes about somebody; nil stays as it is.
type PersonChange struct {
	Name      *string
	Role      *Role
	MayRefund *bool
	Active    *bool // false: has left; true: has come back
}

const personColumns = "p.id, p.name, p.role, p.may_refund, p.active, p.wrong_pins, p.pin_after"

func scanPerson(v *values) Person {
	return Person{Staff: scanStaff(v), MayRefund: v.bool(), Active: v.bool(), WrongPINs: int(v.int()), PINAfter: moment(v.int())}
}

func personByID(s source, id int64) (Person, error) {
	return one(s, scanPerson, "SELECT "+personColumns+" FROM staff p WHERE p.id = ?", id)
}

// activeStaff is somebody who works here now.
func activeStaff(s source, id int64) (Staff, error) {
	p, err := personByID(s, id)
	if err == nil && !p.Active {
		err = ErrInvalid.because("person %d has left", id)
	}
	return p.Staff, err
}

// People are all people, those who have left included, in the order in which
// they came.
func (l *Ledger) People(ctx context.Context) (list []Person, err error) {
	err = l.look(ctx, func(v snapshot) error {
		list, err = all(v, scanPerson, "SELECT "+personColumns+" FROM staff p ORDER BY p.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	return list, nil
}

// PersonByID is one person; ErrNotFound when there is none.
func (l *Ledger) PersonByID(ctx context.Context, id int64) (p Person, err error) {
	err = l.look(ctx, func(v snapshot) error {
		p, err = personByID(v, id)
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("read person: %w", err)
	}
	return p, nil
}

// AddPerson adds somebody; by is who does it.
//
// Errors: ErrInvalid (no name, no such role), ErrNameTaken, ErrNotFound (by),
// and those of any write.
func (l *Ledger) AddPerson(ctx context.Context, n NewPerson, by int64) (p Person, err error) {
	err = l.change(ctx, func(x *tx) error {
		p = Person{Staff: Staff{Name: strings.TrimSpace(n.Name), Role: n.Role}, MayRefund: n.MayRefund, Active: true}
		if err := p.check(x); err != nil {
			return err
		}
		p.ID, err = x.insert("INSERT INTO staff (name, role, may_refund) VALUES (?, ?, ?)", p.Name, string(p.Role), number(p.MayRefund))
		if err != nil {
			return err
		}
		return l.journalPerson(x, p, by)
	})
	if err != nil {
		return Person{}, fmt.Errorf("add person: %w", err)
	}
	return p, nil
}

// ChangePerson changes somebody; by is who does it. Old records show the new
// name. Somebody who comes back has no wrong PINs any more.
//
// Errors: ErrNotFound, ErrInvalid (no name, no such role), ErrNameTaken,
// ErrSelf (somebody lowers their own role, or lets themself go), ErrLastOwner,
// and those of any write.
func (l *Ledger) ChangePerson(ctx context.Context, id int64, c PersonChange, by int64) (p Person, err error) {
	err = l.change(ctx, func(x *tx) error {
		before, err := personByID(x, id)
		if err != nil {
			return err
		}
		if p = c.apply(before); p == before {
			return nil
		}
		if err := p.check(x); err != nil {
			return err
		}
		if err := mayBecome(x, before, p, by); err != nil {
			return err
		}
		_, err = x.exec("UPDATE staff SET name = ?, role = ?, may_refund = ?, active = ?, wrong_pins = ?, pin_after = ? WHERE id = ?",
			p.Name, string(p.Role), number(p.MayRefund), number(p.Active), p.WrongPINs, milli(p.PINAfter), p.ID)
		if err != nil {
			return err
		}
		return l.journalPerson(x, p, by)
	})
	if err != nil {
		return Person{}, fmt.Errorf("change person %d: %w", id, err)
	}
	return p, nil
}

func (c PersonChange) apply(p Person) Person {
	if c.Name != nil {
		p.Name = strings.TrimSpace(*c.Name)
	}
	if c.Role != nil {
		p.Role = *c.Role
	}
	if c.MayRefund != nil {
		p.MayRefund = *c.MayRefund
	}
	if c.Active != nil && *c.Active != p.Active {
		p.Active, p.WrongPINs, p.PINAfter = *c.Active, 0, time.Time{}
	}
	return p
}

// rank is how much a role may do; 0 is none.
func (r Role) rank() int {
	switch r {
	case RoleOwner:
		return 3
	case RoleManager:
		return 2
	case RoleClerk:
		return 1
	}
	return 0
}

// check holds the rules for one person: a role, and a name that is nobody
// else's.
func (p Person) check(s source) error {
	switch {
	case p.Name == "":
		return ErrInvalid.because("a person without a name")
	case p.Role.rank() == 0:
		return ErrInvalid.because("role %q", p.Role)
	case !p.Active:
		return nil
	}
	same, err := all(s, scanInt, "SELECT id FROM staff WHERE active = 1 AND name = ? AND id <> ?", p.Name, p.ID)
	if err == nil && len(same) > 0 {
		err = ErrNameTaken.because("by person %d", same[0])
	}
	return err
}

// mayBecome holds that rights are not lost: nobody gives up their own, and one
// owner stays.
func mayBecome(s source, before, p Person, by int64) error {
	left, lowered := before.Active && !p.Active, p.Role.rank() < before.Role.rank()
	if p.ID == by && (left || lowered) {
		return ErrSelf.because("person %d", by)
	}
	if before.Role != RoleOwner || !before.Active || !left && !lowered {
		return nil
	}
	owners, err := one(s, scanInt, "SELECT count(*) FROM staff WHERE role = 'owner' AND active = 1 AND id <> ?", p.ID)
	if err == nil && owners == 0 {
		err = ErrLastOwner.because("person %d", p.ID)
	}
	return err
}

// journalPerson writes down that p is so from now on.
func (l *Ledger) journalPerson(x *tx, p Person, by int64) error {
	staff, err := staffOrOwner(x, by)
	if err != nil {
		return err
	}
	return l.journal(x, journalRow{kind: journalStaff, staffID: staff.ID, detail: strconv.FormatInt(p.ID, 10), proof: proofOfPerson(p)})
}

// wrongPINsToNote is after how many wrong PINs in a row the journal takes note.
const wrongPINsToNote = 5

// WrongPIN counts a PIN of somebody that was wrong; until wait no other one is
// taken. Every fifth in a row is in the journal.
func (l *Ledger) WrongPIN(ctx context.Context, id int64, wait time.Time) error {
	err := l.change(ctx, func(x *tx) error {
		p, err := personByID(x, id)
		if err != nil {
			return err
		}
		p.WrongPINs++
		if _, err := x.exec("UPDATE staff SET wrong_pins = ?, pin_after = ? WHERE id = ?", p.WrongPINs, milli(wait), id); err != nil {
			return err
		}
		if p.WrongPINs%wrongPINsToNote != 0 {
			return nil
		}
		return l.journal(x, journalRow{kind: journalWrongPIN, staffID: id, detail: strconv.Itoa(p.WrongPINs)})
	})
	if err != nil {
		return fmt.Errorf("count a wrong PIN of person %d: %w", id, err)
	}
	return nil
}

// RightPIN forgets the wrong PINs of somebody.
func (l *Ledger) RightPIN(ctx context.Context, id int64) error {
	err := l.change(ctx, func(x *tx) error {
		p, err := personByID(x, id)
		if err != nil || p.WrongPINs == 0 && p.PINAfter.IsZero() {
			return err
		}
		_, err = x.exec("UPDATE staff SET wrong_pins = 0, pin_after = 0 WHERE id = ?", id)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget wrong PINs of person %d: %w", id, err)
	}
	return nil
}
