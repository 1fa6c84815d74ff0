package app

import (
	"context"
	"strconv"

	"frontdesk/data"
)

// personKey is the ledger's note of who was at the till last.
const personKey = "till.person"

// presence is who is at the till.
type presence struct {
	person data.Person
	locked bool // somebody was, and has to prove it anew
}

// Person is who is at the till; ID 0 before Return was called, for the owner.
func (t *Till) Person() data.Person {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.presence.person
}

// Locked reports that nobody has proved who is at the till. Nothing can be
// taken or given back then; what is open goes on.
func (t *Till) Locked() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.presence.locked
}

// Return takes up who was at the till when the program ended: the shift goes
// on. Where people have PINs, the till is locked until somebody proves theirs.
func (t *Till) Return(ctx context.Context) error {
	everybody, err := t.people.List(ctx)
	if err != nil {
		return err
	}
	value, _, err := t.ledger.Setting(ctx, personKey)
	if err != nil {
		return ledgerProblem(err)
	}
	last, _ := strconv.ParseInt(value, 10, 64) // what cannot be read is nobody
	now := presence{}
	for _, p := range everybody {
		has, err := t.people.HasPIN(p.ID)
		if err != nil {
			return err
		}
		now.locked = now.locked || (has && p.Active)
		if p.Active && (p.ID == last || now.person.ID == 0 && p.Role == data.RoleOwner) {
			now.person = p
		}
	}
	t.setPresence(now)
	return nil
}

// SignIn changes who is at the till, and unlocks it. The shift goes on: it is
// handed over by closing it.
func (t *Till) SignIn(ctx context.Context, id int64, pin string) (data.Person, error) {
	p, err := t.people.Prove(ctx, id, pin)
	if err != nil {
		return data.Person{}, err
	}
	if before := t.Person(); before.ID != p.ID {
		if err := t.ledger.RecordAct(ctx, "switch", strconv.FormatInt(before.ID, 10), 0, p.ID); err != nil {
			return data.Person{}, ledgerProblem(err)
		}
	}
	if err := t.keepPerson(ctx, p); err != nil {
		return data.Person{}, err
	}
	t.setPresence(presence{person: p})
	return p, nil
}

// keepPerson notes who is at the till for the next start.
func (t *Till) keepPerson(ctx context.Context, p data.Person) error {
	return ledgerProblem(t.ledger.SetSetting(ctx, personKey, strconv.FormatInt(p.ID, 10)))
}

// Lock keeps the till for whoever proves who they are.
func (t *Till) Lock() {
	t.mu.Lock()
	now := t.presence
	t.mu.Unlock()
	now.locked = true
	t.setPresence(now)
}

// Refreshed takes over what was changed of the person at the till: a right, a
// name. Somebody who was let go is gone at once.
func (t *Till) Refreshed(ctx context.Context) error {
	now := presence{person: t.Person(), locked: t.Locked()}
	p, err := t.people.Person(ctx, now.person.ID)
	if err != nil {
		return err
	}
	now.person, now.locked = p, now.locked || !p.Active
	t.setPresence(now)
	return nil
}

func (t *Till) setPresence(now presence) {
	t.mu.Lock()
	t.presence = now
	t.mu.Unlock()
	t.persons.tell(now.person)
}

// WatchPerson calls f when somebody else is at the till, when it is locked or
// unlocked, and when a right of the person changes. f must not block.
func (t *Till) WatchPerson(f func(data.Person)) (stop func()) { return t.persons.add(f) }

// May reports whether the person at the till may do something without an
// approval. A clerk may refund only while the open shift is theirs.
func (t *Till) May(ctx context.Context, r Right) (bool, error) {
	p, err := t.attending(ctx)
	if err != nil || !May(p, r) {
		return false, err
	}
	if r != RightRefund || p.Role != data.RoleClerk {
		return true, nil
	}
	shift, open, err := t.ledger.CurrentShift(ctx)
	return open && shift.Staff.ID == p.ID, ledgerProblem(err)
}

// attending is who is at the till with their rights as they are now.
func (t *Till) attending(ctx context.Context) (data.Person, error) {
	if t.Locked() {
		return data.Person{}, problem(ProblemLocked)
	}
	id := t.Person().ID
	if id == 0 {
		id = data.OwnerID
	}
	p, err := t.people.Person(ctx, id)
	if err != nil {
		return data.Person{}, err
	}
	if !p.Active {
		return data.Person{}, problem(ProblemLocked)
	}
	return p, nil
}

// permit is who does something that needs a right: the person at the till, with
// the approval of somebody else where they lack it.
func (t *Till) permit(ctx context.Context, r Right, a *Approval) (staffID, approverID int64, err error) {
	p, err := t.attending(ctx)
	if err != nil {
		return 0, 0, err
	}
	may, err := t.May(ctx, r)
	if err != nil || may {
		return p.ID, 0, err
	}
	if approverID, ok := a.spend(r); ok {
		return p.ID, approverID, nil
	}
	return 0, 0, problem(ProblemNoRight, "right", string(r))
}

// staff is who takes money now. ProblemLocked while nobody has proved who they
// are.
func (t *Till) staff() (int64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.presence.locked {
		return 0, problem(ProblemLocked)
	}
	return t.presence.person.ID, nil
}
