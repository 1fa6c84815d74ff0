package main

import (
	"fmt"
	"strings"
)

// help explains one command, or lists all of them. It is a result, so it goes
// to standard output.
func (c *call) help(one *command) error {
	if one == nil {
		c.helpAll()
		return nil
	}
	c.println("frontdeskctl " + one.usage())
	c.println("")
	c.println(c.t("ctl.cmd." + one.key()))
	if more := "ctl.more." + one.key(); c.words.Has(more) {
		c.println(c.t(more))
	}
	var rows [][]string
	for _, o := range append(one.flags[:len(one.flags):len(one.flags)], globals...) {
		rows = append(rows, []string{"  " + strings.TrimSpace("--"+o.name+" "+o.value), c.t("ctl.flag." + o.name)})
	}
	c.println("")
	c.table(rows)
	return nil
}

func (c *call) helpAll() {
	c.println(c.t("ctl.about"))
	c.println("")
	c.println("  frontdeskctl [--data DIR] [--json] [--lang zh|en] " + c.t("ctl.command"))
	c.println("")
	var rows [][]string
	for _, cmd := range commands() {
		rows = append(rows, []string{"  " + cmd.usage(), c.t("ctl.cmd." + cmd.key())})
	}
	rows = append(rows, []string{"  help " + c.t("ctl.command"), c.t("ctl.cmd.help")})
	c.table(rows)
	c.println("")
	c.println(c.t("ctl.exits"))
	for code := exitGood; code <= exitBroken; code++ {
		c.println(fmt.Sprintf("  %d  %s", code, c.t(fmt.Sprintf("ctl.exit.%d", code))))
	}
}
