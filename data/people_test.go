package data

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPeopleComeChangeAndGo(t *testing.T) {
	s := newShop(t)
	manager, no, yes := RoleManager, false, true
	li, err := s.AddPerson(ctx, NewPerson{Name: " 小李 ", Role: RoleClerk, MayRefund: true}, OwnerID)
	if err != nil || li.ID != 2 || li.Name != "小李" || !li.Active || !li.MayRefund {
		t.Fatalf("%+v %v", li, err)
	}
	name := "李雷"
	if li, err = s.ChangePerson(ctx, li.ID, PersonChange{Name: &name, Role: &manager, MayRefund: &no}, OwnerID); err != nil || li.Name != name || li.Role != RoleManager || li.MayRefund {
		t.Fatalf("%+v %v", li, err)
	}
	if li, err = s.ChangePerson(ctx, li.ID, PersonChange{Active: &no}, OwnerID); err != nil || li.Active {
		t.Fatalf("%+v %v", li, err)
	}
	// The name is free again, and taken when its first owner comes back.
	s.hire(name, RoleClerk)
	if _, err := s.ChangePerson(ctx, li.ID, PersonChange{Active: &yes}, OwnerID); !errors.Is(err, ErrNameTaken) {
		t.Fatalf("two of one name: %v", err)
	}
	list, err := s.People(ctx)
	if err != nil || len(list) != 3 || list[0].Role != RoleOwner || list[1].Active || list[2].Name != name {
		t.Fatalf("%+v %v", list, err)
	}
	rows := len(s.journalRows())
	if again, err := s.ChangePerson(ctx, li.ID, PersonChange{Name: &name, Active: &no}, OwnerID); err != nil || again != list[1] || len(s.journalRows()) != rows {
		t.Fatalf("a change that changes nothing: %+v %v", again, err)
	}
	s.mustVerify()
}

func TestRightsAreNotLost(t *testing.T) {
	s := newShop(t)
	clerk, manager, owner, no, empty, ownersName := RoleClerk, RoleManager, RoleOwner, false, " ", "店主"
	boss, li := s.hire("经理", RoleManager), s.hire("小李", RoleClerk)
	strange := Role("king")
	for name, c := range map[string]struct {
		id, by int64
		change PersonChange
		want   error
	}{
		"the last owner goes":        {OwnerID, boss.ID, PersonChange{Active: &no}, ErrLastOwner},
		"the last owner is lowered":  {OwnerID, boss.ID, PersonChange{Role: &manager}, ErrLastOwner},
		"the owner lowers herself":   {OwnerID, OwnerID, PersonChange{Role: &clerk}, ErrSelf},
		"somebody lets herself go":   {li.ID, li.ID, PersonChange{Active: &no}, ErrSelf},
		"somebody lowers herself":    {boss.ID, boss.ID, PersonChange{Role: &clerk}, ErrSelf},
		"a name of nothing":          {li.ID, OwnerID, PersonChange{Name: &empty}, ErrInvalid},
		"a role that is none":        {li.ID, OwnerID, PersonChange{Role: &strange}, ErrInvalid},
		"a name of somebody else":    {li.ID, OwnerID, PersonChange{Name: &ownersName}, ErrNameTaken},
		"nobody":                     {99, OwnerID, PersonChange{Active: &no}, ErrNotFound},
		"by somebody who is not one": {li.ID, 99, PersonChange{Active: &no}, ErrNotFound},
	} {
		if _, err := s.ChangePerson(ctx, c.id, c.change, c.by); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		n    NewPerson
		want error
	}{
		"no name": {NewPerson{Role: RoleClerk}, ErrInvalid}, "no role": {NewPerson{Name: "x"}, ErrInvalid}, "the owner's name": {NewPerson{Name: ownersName, Role: RoleClerk}, ErrNameTaken},
	} {
		if _, err := s.AddPerson(ctx, c.n, OwnerID); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// With another owner beside her she may be let go, by that one only.
	if _, err := s.ChangePerson(ctx, boss.ID, PersonChange{Role: &owner}, OwnerID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangePerson(ctx, OwnerID, PersonChange{Active: &no}, boss.ID); err != nil {
		t.Fatal(err)
	}
	// The tables hold the same rule, whatever the program does.
	for _, statement := range []string{"UPDATE staff SET active = 0 WHERE id = 2", "UPDATE staff SET role = 'clerk' WHERE id = 2", "UPDATE staff SET role = 'king' WHERE id = 3",
		"DELETE FROM staff WHERE id = 3", "INSERT INTO staff (name, role) VALUES ('y', 'king')", "INSERT INTO staff (name, role) VALUES ('小李', 'clerk')"} {
		if err := s.change(ctx, func(x *tx) error { return second(x.exec(statement)) }); KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", statement, err)
		}
	}
	s.mustVerify()
}

// Wrong PINs are counted in the ledger, so that a restart forgets none. The
// journal notes every fifth, and never what was typed.
func TestWrongPINs(t *testing.T) {
	s := newShop(t)
	li := s.hire("小李", RoleClerk)
	wait := noon.Add(time.Minute)
	for range 11 {
		if err := s.WrongPIN(ctx, li.ID, wait); err != nil {
			t.Fatal(err)
		}
	}
	s.reopen()
	p, err := s.PersonByID(ctx, li.ID)
	if err != nil || p.WrongPINs != 11 || !p.PINAfter.Equal(wait) {
		t.Fatalf("%+v %v", p, err)
	}
	var noted []string
	for _, r := range s.journalRows() {
		if r.kind == journalWrongPIN {
			noted = append(noted, r.detail)
			if r.staffID != li.ID {
				t.Errorf("%+v", r)
			}
		}
	}
	if !slices.Equal(noted, []string{"5", "10"}) {
		t.Fatalf("noted %v", noted)
	}
	for range 2 {
		if err := s.RightPIN(ctx, li.ID); err != nil {
			t.Fatal(err)
		}
	}
	if p, err = s.PersonByID(ctx, li.ID); err != nil || p.WrongPINs != 0 || !p.PINAfter.IsZero() {
		t.Fatalf("%+v %v", p, err)
	}
	if err := errors.Join(s.WrongPIN(ctx, 99, wait), s.RightPIN(ctx, 98)); strings.Count(err.Error(), ErrNotFound.text) != 2 {
		t.Fatalf("nobody: %v", err)
	}
	s.mustVerify()
}
