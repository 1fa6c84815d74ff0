package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
)

// Main is one run of the program, with everything it touches given to it, so
// that tests run the real thing.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Env            func(name string) string // LANG and its like; "" for what is not set
	Interrupts     <-chan os.Signal         // may be nil
	Keychain       bool                     // a new vault puts its key into the system's keychain where that works
	KeyDir         string                   // see shop.Options

	// For tests; see shop.Options.
	AtStep       func(app.Step)
	RefundPauses []time.Duration
	LostAfter    time.Duration
	Around       func(payment.Channel) payment.Channel
}

// call is one command being carried out.
type call struct {
	*Main
	ctx   context.Context
	words *lang.Words
	json  bool
	dir   string // data folder
	args  []string
	flags map[string]string // by name without the dashes; a switch that is on has "true"
	shop  *shop.Shop        // nil for commands without access
}

// access is what a command wants to do with the shop.
type access int

const (
	none    access = iota // it opens nothing, or opens by itself
	look                  // it reads no secret, also while the window owns the folder
	inspect               // the same with the vault, which may have to be unlocked
	own                   // it needs the folder for itself
)

// Run carries out the command in args and returns the exit code.
func (m *Main) Run(ctx context.Context, args []string) int {
	c := &call{Main: m, ctx: ctx, json: slices.Contains(args, "--json"), words: lang.Load(m.language(""))}
	err := c.run(args)
	if err == nil {
		return exitGood
	}
	f := c.explain(err)
	c.complain(f)
	return f.code
}

func (c *call) run(args []string) (err error) {
	line, err := parse(args)
	if l := line.flags["lang"]; l != "" {
		choice, ok := lang.Parse(l)
		if !ok {
			return usage("ctl.usage.lang", "value", shown(l))
		}
		c.words = lang.Load(choice)
	}
	if err != nil {
		return err
	}
	c.args, c.flags, c.json = line.args, line.flags, line.flags["json"] != ""
	if line.help {
		return c.help(line.command)
	}
	if c.dir = c.flags["data"]; c.dir == "" {
		if c.dir, err = shop.DefaultDir(false); err != nil {
			return err
		}
	}
	if !line.command.hears {
		ctx, cancel := context.WithCancel(c.ctx)
		defer cancel()
		go func() {
			select {
			case <-c.Interrupts:
				cancel()
			case <-ctx.Done():
			}
		}()
		c.ctx = ctx
	}
	if line.command.access == none {
		return line.command.run(c)
	}
	access := line.command.access
	if c.flags["as"] != "" && access != own {
		if err := c.lookFirst(); err != nil {
			return err
		}
		access = own // a wrong PIN has to be written down, or it could be tried for ever
	}
	if err := c.open(access); err != nil {
		return err
	}
	defer c.close()
	if access == own {
		if err := c.signIn(line.command.access == own); err != nil {
			return err
		}
	}
	return line.command.run(c)
}

// lookFirst refuses to make a shop where somebody only wants to look at one.
func (c *call) lookFirst() error {
	if _, err := os.Stat(shop.PathsOf(c.dir).Ledger); errors.Is(err, fs.ErrNotExist) {
		return &failure{code: exitOther, kind: "no_ledger", key: "ctl.no_ledger", pairs: []any{"dir", c.dir}, cause: err}
	}
	return nil
}

// open opens the shop and takes its language over, unless a flag chose one.
func (c *call) open(a access) (err error) {
	o := c.shopOptions()
	o.ReadOnly, o.Blind = a != own, a == look
	c.shop, err = shop.Open(c.ctx, o)
	if o.ReadOnly && errors.Is(err, data.ErrMissing) {
		if missing := c.lookFirst(); missing != nil {
			return missing
		}
	}
	if err != nil || c.flags["lang"] != "" {
		return err
	}
	set, ok, err := c.shop.Ledger.Setting(c.ctx, "ui.language")
	if ok {
		c.words = lang.Load(c.language(set))
	}
	return err
}

// close gives the folder back. Trouble with that is told and changes no result:
// what was done is in the ledger.
func (c *call) close() {
	if err := c.shop.Close(); err != nil && !c.json {
		fmt.Fprintln(c.Stderr, c.explain(err).text)
	}
}

func (c *call) shopOptions() shop.Options {
	return shop.Options{
		Dir: c.dir, Keychain: c.Keychain, KeyDir: c.KeyDir, LogName: "frontdeskctl",
		AtStep: c.AtStep, RefundPauses: c.RefundPauses, LostAfter: c.LostAfter, Around: c.Around,
	}
}

// language is the one that is set, or else that of the system, or else Chinese.
func (m *Main) language(set string) lang.Language {
	if l, ok := lang.Parse(set); ok {
		return l
	}
	if m.Env != nil {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if value := m.Env(name); value != "" {
				if strings.HasPrefix(strings.ToLower(value), "en") {
					return lang.English
				}
				break
			}
		}
	}
	return lang.Chinese
}

// t is a sentence in the language of this call.
func (c *call) t(key string, pairs ...any) string { return c.words.T(key, pairs...) }
