package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"frontdesk/data"
)

// pinVariable holds the PIN of --as, so that it stands on no command line.
const pinVariable = "FRONTDESK_PIN"

// signIn says who does what follows: the person of --as, who has to prove it
// where they have a PIN. Without --as it is whoever was at the till last, as
// long as nobody in the shop has a PIN.
//
// Who only looks (acts is false) does not come to the till by it: whoever is there
// stays.
func (c *call) signIn(acts bool) error {
	name := c.flags["as"]
	if name == "" {
		return nil
	}
	p, err := c.person(name)
	if err != nil {
		return err
	}
	has, err := c.shop.People.HasPIN(p.ID)
	if err != nil {
		return err
	}
	pin := ""
	if has {
		if pin, err = c.secret(pinVariable, c.t("ctl.pin", "name", p.Name)+" "); err != nil {
			return err
		}
	}
	if acts {
		_, err = c.shop.Till.SignIn(c.ctx, p.ID, pin)
		return err
	}
	if p, err = c.shop.People.Prove(c.ctx, p.ID, pin); err == nil {
		c.shop.Books.ViewAs(p)
	}
	return err
}

// person finds somebody by name. Who works here comes before who has left.
func (c *call) person(name string) (data.Person, error) {
	list, err := c.shop.People.List(c.ctx)
	if err != nil {
		return data.Person{}, err
	}
	var gone *data.Person
	for _, p := range list {
		switch {
		case p.Name == name && p.Active:
			return p, nil
		case p.Name == name:
			gone = &p
		}
	}
	if gone != nil {
		return *gone, nil
	}
	return data.Person{}, usage("ctl.usage.person", "name", shown(name))
}

// secret reads what must not stand on a command line: from a variable of the
// environment, or else from standard input, unseen where that is a terminal.
func (c *call) secret(variable, prompt string) (string, error) {
	if c.Env != nil {
		if value := c.Env(variable); value != "" {
			return value, nil
		}
	}
	if file, ok := c.Stdin.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(c.Stderr, prompt)
		raw, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(c.Stderr)
		return string(raw), err
	}
	line, err := bufio.NewReader(io.LimitReader(c.Stdin, 64)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimSpace(line), context.Cause(c.ctx)
}
