package app_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// drawerSecrets is a vault in memory.
type drawerSecrets struct {
	mu   sync.Mutex
	list map[string]string
}

func (s *drawerSecrets) Get(name string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.list[name]
	return v, ok, nil
}

func (s *drawerSecrets) Set(name, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list[name] = value
	return nil
}

func (s *drawerSecrets) Delete(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.list, name)
	return nil
}

// staffed is a shop with an owner, a manager and two clerks, and a till.
type staffed struct {
	*testing.T
	ledger                       *data.Ledger
	secrets                      *drawerSecrets
	people                       *app.People
	till                         *app.Till
	shifts                       *app.Shifts
	owner, manager, clerk, other data.Person
	now                          time.Time
}

const (
	ownerPIN   = "290461"
	managerPIN = "7713"
	clerkPIN   = "8042"
	otherPIN   = "505197"
)

func newStaffed(t *testing.T) *staffed {
	t.Helper()
	s := &staffed{T: t, ledger: openLedger(t), secrets: &drawerSecrets{list: map[string]string{}}, now: time.Now()}
	s.people = app.NewPeople(s.ledger, s.secrets, func() time.Time { return s.now })
	var err error
	s.owner, err = s.people.Person(t.Context(), data.OwnerID)
	check(t, err)
	s.manager = s.add("李强", data.RoleManager, s.owner)
	s.clerk = s.add("王敏", data.RoleClerk, s.manager)
	s.other = s.add("陈静", data.RoleClerk, s.manager)
	for _, p := range []struct {
		who data.Person
		pin string
	}{{s.owner, ownerPIN}, {s.manager, managerPIN}, {s.clerk, clerkPIN}, {s.other, otherPIN}} {
		check(t, s.people.SetPIN(t.Context(), p.who.ID, p.pin, s.owner))
	}
	s.till = app.NewTill(app.Options{Ledger: s.ledger, People: s.people, RefundPauses: []time.Duration{2 * time.Millisecond}})
	t.Cleanup(s.till.Close)
	s.shifts = app.NewShifts(s.ledger, s.till, app.NewSettings(s.ledger, s.secrets))
	return s
}

func (s *staffed) add(name string, role data.Role, by data.Person) data.Person {
	s.Helper()
	p, err := s.people.Add(s.Context(), data.NewPerson{Name: name, Role: role}, by)
	check(s, err)
	return p
}

// signIn puts somebody at the till.
func (s *staffed) signIn(p data.Person, pin string) {
	s.Helper()
	_, err := s.till.SignIn(s.Context(), p.ID, pin)
	check(s, err)
}

// sell takes cash for a sale.
func (s *staffed) sell(amount payment.Amount) app.Payment {
	s.Helper()
	p, err := s.till.TakeCash(s.Context(), app.Charge{Draft: newDraft(), Amount: amount}, amount)
	check(s, err)
	return p
}

// refuse fails the test unless err is a problem of that kind.
func refuse(t *testing.T, err error, kind app.ProblemKind) {
	t.Helper()
	p, ok := app.ProblemOf(err)
	if !ok || p.Kind != kind {
		t.Fatalf("got %v, want the problem %s", err, kind)
	}
}

func TestAShopOfOnePersonIsNeverAskedForAPIN(t *testing.T) {
	ledger := openLedger(t)
	till := app.NewTill(app.Options{Ledger: ledger})
	defer till.Close()
	check(t, till.Return(t.Context()))
	if till.Locked() || till.Person().ID != data.OwnerID {
		t.Fatalf("locked %v, person %v", till.Locked(), till.Person())
	}
	p, err := till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: 10_00}, 10_00)
	check(t, err)
	if _, err := till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: p.Sale.ID, Amount: 4_00, Reason: "x"}); err != nil {
		t.Fatal(err)
	}
}

func TestWrongPINsAreSlowedDown(t *testing.T) {
	s := newStaffed(t)
	prove := func(pin string) error {
		_, err := s.people.Prove(t.Context(), s.clerk.ID, pin)
		return err
	}
	for range 2 {
		refuse(t, prove("1357"), app.ProblemPINWrong)
	}
	check(t, prove(clerkPIN))
	var waited time.Duration
	for n := range 12 {
		refuse(t, prove("1357"), app.ProblemPINWrong)
		if n < 2 {
			continue
		}
		refuse(t, prove(clerkPIN), app.ProblemPINWait) // even the right one waits
		before := s.now
		for try := 0; ; try++ {
			s.now = s.now.Add(time.Second)
			s.people = app.NewPeople(s.ledger, s.secrets, func() time.Time { return s.now }) // a restart forgets nothing
			if p, err := s.people.Person(t.Context(), s.clerk.ID); err == nil && !p.PINAfter.After(s.now) {
				break
			}
			if try > 1000 {
				t.Fatal("the wait has no end")
			}
		}
		wait := s.now.Sub(before)
		if wait < waited {
			t.Errorf("after %d wrong tries the wait is %s, shorter than %s", n+1, wait, waited)
		}
		waited = wait
	}
	if waited < 4*time.Minute || waited > 6*time.Minute {
		t.Errorf("the longest wait is %s", waited)
	}
	check(t, prove(clerkPIN))
	refuse(t, prove("1357"), app.ProblemPINWrong) // and the counting begins anew
	check(t, prove(clerkPIN))
}

func TestAPINIsNowhereButInTheVault(t *testing.T) {
	s := newStaffed(t)
	refuse(t, s.people.SetPIN(t.Context(), s.clerk.ID, "12 4", s.owner), app.ProblemPINForm)
	for _, weak := range []string{"1111", "123456", "9876"} {
		refuse(t, s.people.SetPIN(t.Context(), s.clerk.ID, weak, s.owner), app.ProblemPINWeak)
	}
	_, _ = s.people.Prove(t.Context(), s.manager.ID, "60606060")
	s.signIn(s.clerk, clerkPIN)
	check(t, s.ledger.Close())
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(s.ledger.Path() + suffix)
		if err != nil {
			continue
		}
		for _, secret := range []string{ownerPIN, managerPIN, clerkPIN, otherPIN, "60606060", "argon2"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%q is in the ledger's file %q", secret, suffix)
			}
		}
	}
	for name, hash := range s.secrets.list {
		if !strings.HasPrefix(hash, "$argon2id$") {
			t.Errorf("%s is kept as %q", name, hash)
		}
	}
}

func TestAClerkGivesMoneyBackOnlyWithTheRightOrAnApproval(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	p := s.sell(50_00)
	order := app.RefundOrder{SaleID: p.Sale.ID, Amount: 3_00, Reason: "商品退回"}
	give := func(a *app.Approval) error {
		order.Draft, order.Approval = newDraft(), a
		_, err := s.till.GiveBack(t.Context(), order)
		return err
	}
	refuse(t, give(nil), app.ProblemNoRight)

	_, err := s.people.Approve(t.Context(), s.other.ID, otherPIN, app.RightRefund)
	refuse(t, err, app.ProblemNoRight)
	_, err = s.people.Approve(t.Context(), s.manager.ID, "", app.RightRefund)
	refuse(t, err, app.ProblemPINWrong)
	_, err = s.people.Approve(t.Context(), s.manager.ID, clerkPIN, app.RightRefund)
	refuse(t, err, app.ProblemPINWrong)

	approval, err := s.people.Approve(t.Context(), s.manager.ID, managerPIN, app.RightRefund)
	check(t, err)
	refuse(t, s.shifts.OpenDrawer(t.Context(), approval), app.ProblemNoRight) // it is for a refund
	check(t, give(approval))
	refuse(t, give(approval), app.ProblemNoRight) // and for one alone

	detail, err := s.ledger.SaleByID(t.Context(), p.Sale.ID)
	check(t, err)
	named := false
	for _, e := range detail.Events {
		named = named || e.Kind == data.EventApproved && e.Detail == s.manager.Name
	}
	if len(detail.Refunds) != 1 || detail.Refunds[0].Staff.ID != s.clerk.ID || !named {
		t.Errorf("refunds %v, manager named: %v", detail.Refunds, named)
	}

	yes := true
	_, err = s.people.Change(t.Context(), s.clerk.ID, data.PersonChange{MayRefund: &yes}, s.manager)
	check(t, err)
	check(t, give(nil)) // the right works at once, in the clerk's own shift
	s.signIn(s.other, otherPIN)
	_, err = s.people.Change(t.Context(), s.other.ID, data.PersonChange{MayRefund: &yes}, s.manager)
	check(t, err)
	refuse(t, give(nil), app.ProblemNoRight) // but not while the shift is somebody else's
	verify(t, s.ledger)
}

func TestNobodyLosesTheLastKeyToTheShop(t *testing.T) {
	s := newStaffed(t)
	no, clerk, manager := false, data.RoleClerk, data.RoleManager
	for name, c := range map[string]struct {
		who  data.Person
		what data.PersonChange
		by   data.Person
		kind app.ProblemKind
	}{
		"the owner goes":                 {s.owner, data.PersonChange{Active: &no}, s.owner, app.ProblemSelf},
		"the owner becomes a clerk":      {s.owner, data.PersonChange{Role: &clerk}, s.owner, app.ProblemSelf},
		"a manager lets the owner go":    {s.owner, data.PersonChange{Active: &no}, s.manager, app.ProblemNoRight},
		"a manager goes":                 {s.manager, data.PersonChange{Active: &no}, s.manager, app.ProblemNoRight},
		"a clerk changes somebody":       {s.other, data.PersonChange{Active: &no}, s.clerk, app.ProblemNoRight},
		"a manager makes a manager":      {s.clerk, data.PersonChange{Role: &manager}, s.manager, app.ProblemNoRight},
		"a name that is somebody else's": {s.clerk, data.PersonChange{Name: &s.other.Name}, s.manager, app.ProblemNameTaken},
	} {
		_, err := s.people.Change(t.Context(), c.who.ID, c.what, c.by)
		if p, ok := app.ProblemOf(err); !ok || p.Kind != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.kind)
		}
	}
	owner := data.RoleOwner
	_, err := s.people.Change(t.Context(), s.manager.ID, data.PersonChange{Role: &owner}, s.owner)
	check(t, err)
	second, err := s.people.Person(t.Context(), s.manager.ID)
	check(t, err)
	_, err = s.people.Change(t.Context(), s.owner.ID, data.PersonChange{Active: &no}, second)
	check(t, err) // with a second owner the first may go
	_, err = s.people.Change(t.Context(), second.ID, data.PersonChange{Active: &no}, second)
	refuse(t, err, app.ProblemSelf)
}

func TestTheTillIsLockedUntilSomebodyProvesWhoTheyAre(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	sale := s.sell(20_00)
	s.till.Lock()
	_, err := s.till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: 1_00}, 1_00)
	refuse(t, err, app.ProblemLocked)
	_, err = s.till.GiveBack(t.Context(), app.RefundOrder{Draft: newDraft(), SaleID: sale.Sale.ID, Amount: 1_00, Reason: "x"})
	refuse(t, err, app.ProblemLocked)
	_, err = s.till.HoldCash(t.Context(), app.HoldOrder{Draft: newDraft(), Amount: 1_00}, 1_00)
	refuse(t, err, app.ProblemLocked)
	refuse(t, s.shifts.OpenDrawer(t.Context(), nil), app.ProblemLocked)
	_, err = s.till.SignIn(t.Context(), s.clerk.ID, otherPIN)
	refuse(t, err, app.ProblemPINWrong)
	s.signIn(s.clerk, clerkPIN)

	again := app.NewTill(app.Options{Ledger: s.ledger, People: s.people}) // the next start
	defer again.Close()
	check(t, again.Return(t.Context()))
	if !again.Locked() || again.Person().ID != s.clerk.ID {
		t.Errorf("locked %v, person %v: the shift goes on with whoever was there, who has to prove it", again.Locked(), again.Person())
	}
}

func TestWhoLeavesIsGoneAtOnce(t *testing.T) {
	s := newStaffed(t)
	s.signIn(s.clerk, clerkPIN)
	no := false
	_, err := s.people.Change(t.Context(), s.clerk.ID, data.PersonChange{Active: &no}, s.manager)
	check(t, err)
	check(t, s.till.Refreshed(t.Context()))
	_, err = s.till.TakeCash(t.Context(), app.Charge{Draft: newDraft(), Amount: 1_00}, 1_00)
	refuse(t, err, app.ProblemLocked)
	_, err = s.till.SignIn(t.Context(), s.clerk.ID, clerkPIN)
	refuse(t, err, app.ProblemGone)
}

// Several doors at once are no way around the wait.
func TestManyTriesAtOnceAreStillSlowedDown(t *testing.T) {
	s := newStaffed(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	kinds := map[app.ProblemKind]int{}
	for range 12 {
		wg.Go(func() {
			_, err := s.people.Prove(context.Background(), s.clerk.ID, "1357")
			var p *app.Problem
			if errors.As(err, &p) {
				mu.Lock()
				kinds[p.Kind]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if kinds[app.ProblemPINWrong] != 3 || kinds[app.ProblemPINWait] != 9 {
		t.Errorf("tries: %v, want 3 that were looked at and 9 that had to wait", kinds)
	}
}
