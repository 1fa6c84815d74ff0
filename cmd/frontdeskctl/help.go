package main

import (
	"fmt"
	"strings"

	"frontdesk/hardware/paper"
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
		rows = append(rows, []string{"  " + strings.TrimSpace("--"+o.name+" "+o.value), c.t("ctl.flag." + strings.ReplaceAll(o.name, "-", "_"))})
	}
	c.println("")
	c.table(rows)
	return nil
}

func (c *call) helpAll() {
	c.println(c.t("ctl.about"))
	c.println("")
	c.println("  frontdeskctl [--data DIR] [--json] [--lang zh|en] [--as NAME] " + c.t("ctl.command"))
	c.println("")
	var rows [][2]string
	for _, cmd := range commands() {
		rows = append(rows, [2]string{"  " + cmd.usage(), c.t("ctl.cmd." + cmd.key())})
	}
	c.explained(append(rows, [2]string{"  help " + c.t("ctl.command"), c.t("ctl.cmd.help")}))
	c.println("")
	c.println(c.t("ctl.exits"))
	for code := exitGood; code <= exitBroken; code++ {
		c.println(fmt.Sprintf("  %d  %s", code, c.t(fmt.Sprintf("ctl.exit.%d", code))))
	}
}

// explained prints two columns. Where the left one is too long for that, the
// right one stands on the next line.
func (c *call) explained(rows [][2]string) {
	const most = 90
	width := 0
	for _, row := range rows {
		if n := paper.Columns(row[0]); n <= most {
			width = max(width, n)
		}
	}
	for _, row := range rows {
		left := row[0]
		if paper.Columns(left) > width {
			c.println(left)
			left = ""
		}
		c.println(pad(left, width) + "  " + row[1])
	}
}
