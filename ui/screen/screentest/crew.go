package screentest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/data"
)

// Vault keeps secrets in memory.
type Vault struct {
	mu   sync.Mutex
	kept map[string]string
}

func (v *Vault) Get(name string) (string, bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.kept[name]
	return s, ok, nil
}

func (v *Vault) Set(name, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept == nil {
		v.kept = map[string]string{}
	}
	v.kept[name] = value
	return nil
}

func (v *Vault) Delete(name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.kept, name)
	return nil
}

// The PINs of a Crew.
const (
	ManagerPIN = "7713"
	ClerkPIN   = "8042"
	OtherPIN   = "505197"
)

// Crew are the people of a shop: an owner without a PIN, a manager and two
// clerks.
type Crew struct {
	*app.People
	Owner, Manager, Clerk, Other data.Person
}

// NewCrew makes the people of a shop with the names of the pictures. now is nil
// for the system's clock.
func NewCrew(tb testing.TB, ledger *data.Ledger, vault *Vault, now func() time.Time) *Crew {
	tb.Helper()
	ctx := context.Background()
	c := &Crew{People: app.NewPeople(ledger, vault, now)}
	var err error
	c.Owner, err = c.Person(ctx, data.OwnerID)
	Check(tb, err)
	for _, p := range []struct {
		who  *data.Person
		name string
		role data.Role
		pin  string
	}{{&c.Manager, "李强", data.RoleManager, ManagerPIN}, {&c.Clerk, "王敏", data.RoleClerk, ClerkPIN}, {&c.Other, "陈静", data.RoleClerk, OtherPIN}} {
		*p.who, err = c.Add(ctx, data.NewPerson{Name: p.name, Role: p.role}, c.Owner)
		Check(tb, err)
		hashed(tb, vault, fmt.Sprintf("pin.%d", p.who.ID), func() error { return c.SetPIN(ctx, p.who.ID, p.pin, c.Owner) })
	}
	return c
}

// hashes are the PINs of every crew as the vault keeps them: to make one takes a
// while, on purpose.
var hashes sync.Map

// hashed keeps a PIN in the vault, made by set where it was not made before.
func hashed(tb testing.TB, vault *Vault, name string, set func() error) {
	tb.Helper()
	if known, ok := hashes.Load(name); ok {
		Check(tb, vault.Set(name, known.(string)))
		return
	}
	Check(tb, set())
	made, _, err := vault.Get(name)
	Check(tb, err)
	hashes.Store(name, made)
}

// Change changes somebody, as the owner does.
func (c *Crew) Change(tb testing.TB, p data.Person, change data.PersonChange) {
	tb.Helper()
	_, err := c.People.Change(context.Background(), p.ID, change, c.Owner)
	Check(tb, err)
}
