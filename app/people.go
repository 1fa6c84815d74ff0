package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"frontdesk/data"
)

// People are those who may stand at the till. Their PINs lie in the vault as
// hashes. A shop that wants no PINs stays with its one owner: nobody is asked
// for anything then.
type People struct {
	ledger  *data.Ledger
	secrets SecretStore
	now     func() time.Time
	cost    pinCost

	mu sync.Mutex // one PIN is tried at a time, so that tries at once are no way around the wait
}

// NewPeople joins the ledger's people and the vault's PINs. now is nil for the
// system's clock.
func NewPeople(ledger *data.Ledger, secrets SecretStore, now func() time.Time) *People {
	if now == nil {
		now = time.Now
	}
	return &People{ledger: ledger, secrets: secrets, now: now, cost: usualPINCost}
}

// After a few wrong PINs in a row the next try has to wait, longer each time.
const (
	pinFree     = 3 // wrong tries without a wait
	pinWait     = 5 * time.Second
	pinWaitMost = 5 * time.Minute
)

// pinWaitAfter is the wait after so many wrong tries in a row.
func pinWaitAfter(wrong int) time.Duration {
	if wrong < pinFree {
		return 0
	}
	return min(pinWait<<min(wrong-pinFree, 10), pinWaitMost)
}

// List is everybody, also those who have left.
func (p *People) List(ctx context.Context) ([]data.Person, error) {
	list, err := p.ledger.People(ctx)
	return list, peopleProblem(err)
}

// Person is one of them.
func (p *People) Person(ctx context.Context, id int64) (data.Person, error) {
	person, err := p.ledger.PersonByID(ctx, id)
	return person, peopleProblem(err)
}

// WhoMay are the people who could approve an act: active, with the right, and
// with a PIN to prove it.
func (p *People) WhoMay(ctx context.Context, r Right) ([]data.Person, error) {
	all, err := p.List(ctx)
	if err != nil {
		return nil, err
	}
	var some []data.Person
	for _, person := range all {
		has, err := p.HasPIN(person.ID)
		if err != nil {
			return nil, err
		}
		if has && May(person, r) {
			some = append(some, person)
		}
	}
	return some, nil
}

// Add takes somebody new on. by is who does it.
func (p *People) Add(ctx context.Context, n data.NewPerson, by data.Person) (data.Person, error) {
	if !MayManage(by, data.Person{Staff: data.Staff{Role: n.Role}}) {
		return data.Person{}, problem(ProblemNoRight, "right", string(RightPeople))
	}
	person, err := p.ledger.AddPerson(ctx, n, by.ID)
	return person, peopleProblem(err)
}

// Change changes somebody's name, role or rights, or lets them go. Nobody lets
// themself go, and the last owner stays.
func (p *People) Change(ctx context.Context, id int64, c data.PersonChange, by data.Person) (data.Person, error) {
	person, err := p.Person(ctx, id)
	if err != nil {
		return data.Person{}, err
	}
	promoted := c.Role != nil && !MayManage(by, data.Person{Staff: data.Staff{Role: *c.Role}})
	if !MayManage(by, person) || promoted {
		return data.Person{}, problem(ProblemNoRight, "right", string(RightPeople))
	}
	person, err = p.ledger.ChangePerson(ctx, id, c, by.ID)
	return person, peopleProblem(err)
}

// SetPIN gives somebody a PIN: their own, or that of somebody they manage. An
// empty one takes it away.
func (p *People) SetPIN(ctx context.Context, id int64, pin string, by data.Person) error {
	person, err := p.Person(ctx, id)
	if err != nil {
		return err
	}
	if by.ID != id && !MayManage(by, person) {
		return problem(ProblemNoRight, "right", string(RightPeople))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if pin == "" {
		if err := p.secrets.Delete(pinName(id)); err != nil {
			return fmt.Errorf("take a PIN away: %w", err)
		}
	} else {
		if err := checkPIN(pin); err != nil {
			return err
		}
		if err := p.secrets.Set(pinName(id), hashPIN(pin, p.cost)); err != nil {
			return fmt.Errorf("keep a PIN: %w", err)
		}
	}
	if err := p.ledger.RightPIN(ctx, id); err != nil {
		return ledgerProblem(err)
	}
	act := "pin_set"
	if pin == "" {
		act = "pin_cleared"
	}
	return ledgerProblem(p.ledger.RecordAct(ctx, act, fmt.Sprint(id), 0, by.ID))
}

// HasPIN reports whether somebody has to prove who they are.
func (p *People) HasPIN(id int64) (bool, error) {
	_, ok, err := p.secrets.Get(pinName(id))
	if err != nil {
		return false, fmt.Errorf("look for a PIN: %w", err)
	}
	return ok, nil
}

// Prove checks that whoever types is this person. Somebody without a PIN is
// believed with an empty one.
//
// Errors: ProblemPINWrong with {wait}, the seconds until the next try is taken
// (0 for at once), ProblemPINWait while a try is not taken, ProblemGone for
// somebody who has left.
func (p *People) Prove(ctx context.Context, id int64, pin string) (data.Person, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	person, err := p.Person(ctx, id)
	if err != nil {
		return data.Person{}, err
	}
	if !person.Active {
		return data.Person{}, problem(ProblemGone, "name", person.Name)
	}
	// A clock that was set back must not lock anybody out for years.
	if wait := min(person.PINAfter.Sub(p.now()), pinWaitMost); wait > 0 {
		return data.Person{}, problem(ProblemPINWait, "wait", seconds(wait))
	}
	stored, has, err := p.secrets.Get(pinName(id))
	if err != nil {
		return data.Person{}, fmt.Errorf("read a PIN: %w", err)
	}
	right := !has && pin == ""
	if has {
		if right, err = samePIN(pin, stored); err != nil {
			return data.Person{}, err
		}
	}
	if !right {
		wait := pinWaitAfter(person.WrongPINs + 1)
		if err := p.ledger.WrongPIN(ctx, id, p.now().Add(wait)); err != nil {
			return data.Person{}, ledgerProblem(err)
		}
		return data.Person{}, problem(ProblemPINWrong, "wait", seconds(wait))
	}
	if person.WrongPINs == 0 {
		return person, nil
	}
	if err := p.ledger.RightPIN(ctx, id); err != nil {
		return data.Person{}, ledgerProblem(err)
	}
	return p.Person(ctx, id)
}

// Approve lets somebody with a right allow one act of somebody without it.
func (p *People) Approve(ctx context.Context, id int64, pin string, r Right) (*Approval, error) {
	if pin == "" { // without a PIN anybody could say that they are the manager
		return nil, problem(ProblemPINWrong, "wait", 0)
	}
	person, err := p.Prove(ctx, id, pin)
	if err != nil {
		return nil, err
	}
	if !May(person, r) {
		return nil, problem(ProblemNoRight, "right", string(r))
	}
	return &Approval{by: person, right: r}, nil
}

func pinName(id int64) string { return fmt.Sprintf("pin.%d", id) }

// seconds rounds up, so that nobody tries a moment too early.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// peopleProblem words what the ledger has against a change of people.
func peopleProblem(err error) error {
	for _, known := range []struct {
		err  error
		kind ProblemKind
	}{
		{data.ErrLastOwner, ProblemLastOwner},
		{data.ErrSelf, ProblemSelf},
		{data.ErrNameTaken, ProblemNameTaken},
	} {
		if errors.Is(err, known.err) {
			return &Problem{Kind: known.kind, Pairs: data.Values(err), Cause: err}
		}
	}
	return ledgerProblem(err)
}

// noPINs stands for a vault where nobody has a PIN.
type noPINs struct{}

var errNoVault = errors.New("app: there is no vault")

func (noPINs) Get(string) (string, bool, error) { return "", false, nil }
func (noPINs) Set(string, string) error         { return errNoVault }
func (noPINs) Delete(string) error              { return errNoVault }
