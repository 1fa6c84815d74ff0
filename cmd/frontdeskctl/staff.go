package main

import (
	"slices"

	"frontdesk/app"
	"frontdesk/data"
)

var (
	roleFlag   = option{"role", "manager|clerk|owner"}
	refundFlag = option{"refund", "yes|no"}
)

// personJSON is somebody who works here, or has worked here.
type personJSON struct {
	ID        int64     `json:"id"`
	Name      string    `json:"name"`
	Role      data.Role `json:"role"`
	MayRefund bool      `json:"may_refund"` // without an approval; a clerk only in their own shift
	HasPIN    bool      `json:"has_pin"`
	Active    bool      `json:"active"` // false for somebody who has left
}

func (c *call) personOf(p data.Person) (personJSON, error) {
	has, err := c.shop.People.HasPIN(p.ID)
	return personJSON{ID: p.ID, Name: p.Name, Role: p.Role, MayRefund: app.May(p, app.RightRefund), HasPIN: has, Active: p.Active}, err
}

// staffList shows who works here.
func (c *call) staffList() error {
	people, err := c.shop.People.List(c.ctx)
	if err != nil {
		return err
	}
	list := []personJSON{}
	for _, p := range people {
		one, err := c.personOf(p)
		if err != nil {
			return err
		}
		list = append(list, one)
	}
	return c.tell(list, func() { c.printPeople(list) })
}

func (c *call) printPeople(list []personJSON) {
	yes := func(b bool) string {
		if b {
			return c.t("ctl.yes")
		}
		return c.t("ctl.no")
	}
	rows := [][]string{{c.t("ctl.col.name"), c.t("ctl.col.role"), c.t("right.refund"), c.t("ctl.col.pin"), ""}}
	for _, p := range list {
		left := ""
		if !p.Active {
			left = c.t("ctl.person_left")
		}
		rows = append(rows, []string{p.Name, c.t("role." + string(p.Role)), yes(p.MayRefund), yes(p.HasPIN), left})
	}
	c.table(rows)
}

// staffAdd takes somebody on.
func (c *call) staffAdd() error {
	by, err := c.manager()
	if err != nil {
		return err
	}
	n := data.NewPerson{Name: c.args[0], Role: data.RoleClerk, MayRefund: c.flags["refund"] == "yes"}
	if role := c.flags["role"]; role != "" {
		n.Role = data.Role(role)
	}
	p, err := c.shop.People.Add(c.ctx, n, by)
	return c.tellPerson(p, err)
}

// staffSet changes somebody's name, role or rights, or lets them go.
func (c *call) staffSet() error {
	by, err := c.manager()
	if err != nil {
		return err
	}
	p, err := c.person(c.args[0])
	if err != nil {
		return err
	}
	var change data.PersonChange
	if name := c.flags["name"]; name != "" {
		change.Name = &name
	}
	if role := data.Role(c.flags["role"]); role != "" {
		change.Role = &role
	}
	for flag, field := range map[string]**bool{"refund": &change.MayRefund, "active": &change.Active} {
		if value := c.flags[flag]; value != "" {
			on := value == "yes"
			*field = &on
		}
	}
	p, err = c.shop.People.Change(c.ctx, p.ID, change, by)
	return c.tellPerson(p, err)
}

// newPINVariable holds the PIN that staff pin sets.
const newPINVariable = "FRONTDESK_NEW_PIN"

// staffPIN gives somebody a PIN, or takes it away.
func (c *call) staffPIN() error {
	p, err := c.person(c.args[0])
	if err != nil {
		return err
	}
	by, err := c.manager()
	if recover := c.flags["recover"] != ""; recover {
		// Whoever may open the data folder could read and change everything in it
		// anyway. The journal keeps that it was done.
		by, err = p, c.shop.Ledger.RecordAct(c.ctx, "pin_recovered", "", 0, p.ID)
	}
	if err != nil {
		return err
	}
	pin := ""
	if c.flags["clear"] == "" {
		if pin, err = c.secret(newPINVariable, c.t("ctl.new_pin", "name", p.Name)+" "); err != nil {
			return err
		}
		if pin == "" {
			return &app.Problem{Kind: app.ProblemPINForm, Pairs: []any{"least", 4, "most", 8}}
		}
	}
	return c.tellPerson(p, c.shop.People.SetPIN(c.ctx, p.ID, pin, by))
}

// manager is who changes people: whoever signed in, or the owner of a shop
// without PINs.
func (c *call) manager() (data.Person, error) {
	if c.shop.Till.Locked() {
		return data.Person{}, &app.Problem{Kind: app.ProblemLocked}
	}
	return c.shop.People.Person(c.ctx, c.shop.Till.Person().ID)
}

func (c *call) tellPerson(p data.Person, err error) error {
	if err != nil {
		return err
	}
	one, err := c.personOf(p)
	if err != nil {
		return err
	}
	return c.tell(one, func() { c.printPeople([]personJSON{one}) })
}

// checkStaff checks the values of staff commands.
func checkStaff(l line) error {
	if role := l.flags["role"]; role != "" && !slices.Contains([]data.Role{data.RoleOwner, data.RoleManager, data.RoleClerk}, data.Role(role)) {
		return usage("ctl.usage.role", "value", shown(role))
	}
	for _, flag := range []string{"refund", "active"} {
		if v := l.flags[flag]; v != "" && v != "yes" && v != "no" {
			return usage("ctl.usage.yes_no", "flag", "--"+flag, "value", shown(v))
		}
	}
	return nil
}
