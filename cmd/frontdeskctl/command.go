package main

import (
	"slices"
	"strings"
)

// command is one thing that the program does.
type command struct {
	name   string           // one word, or two: "config set"
	args   []string         // what must follow, as the help names it
	flags  []option         // beside the globals
	needs  []string         // flags that must be there
	either []string         // flags of which at most one may be there
	check  func(line) error // what is wrong with the line, beside its flags' values; may be nil
	access access
	run    func(*call) error
	hears  bool // it does something about interrupts itself; others just end
}

var (
	amountFlag  = option{"amount", "12.50"}
	remarkFlag  = option{"remark", "R"}
	timeoutFlag = option{"timeout", "60s"}
	dayFlag     = option{"day", "2026-11-21"}
	roomFlag    = option{"room", "306"}
	reasonFlag  = option{"reason", "R"}
	guestFlags  = []option{roomFlag, {"guest", "NAME"}, {"phone", "NUMBER"}, {"nights", "2"}, remarkFlag}
)

// commands are all commands, in the order of the help.
func commands() []command {
	return []command{
		{name: "pay", flags: []option{amountFlag, {"code", "CODE"}, remarkFlag, timeoutFlag}, needs: []string{"amount", "code"}, access: own, run: (*call).pay, hears: true},
		{name: "qr", flags: []option{amountFlag, {"wallet", "alipay|wechat"}, {"wait", ""}, remarkFlag, timeoutFlag}, needs: []string{"amount"}, access: own, run: (*call).qr, hears: true},
		{name: "cash", flags: []option{amountFlag, {"received", "20"}, remarkFlag}, needs: []string{"amount", "received"}, access: own, run: (*call).cash},
		{name: "settle", flags: []option{timeoutFlag}, access: own, run: (*call).settle, hears: true},
		{name: "sales", flags: []option{dayFlag}, access: look, run: (*call).sales},
		{name: "sale", args: []string{"NUMBER"}, access: look, run: (*call).sale},
		{name: "refund", args: []string{"NUMBER"}, flags: []option{amountFlag, reasonFlag, timeoutFlag}, needs: []string{"amount", "reason"}, access: own, run: (*call).refund, hears: true},
		{name: "deposit hold", flags: slices.Concat([]option{amountFlag, {"code", "CODE"}}, guestFlags, []option{timeoutFlag}), needs: []string{"amount", "code"}, access: own, run: (*call).depositHold, hears: true},
		{name: "deposit cash", flags: slices.Concat([]option{amountFlag, {"received", "20"}}, guestFlags), needs: []string{"amount", "received"}, access: own, run: (*call).depositCash},
		{name: "deposit list", flags: []option{{"held", ""}, roomFlag}, access: look, run: (*call).depositList},
		{name: "deposit show", args: []string{"NUMBER"}, access: look, run: (*call).depositShow},
		{name: "deposit capture", args: []string{"NUMBER"}, flags: []option{amountFlag, {"keep-rest", ""}, reasonFlag, timeoutFlag}, needs: []string{"amount"}, access: own, run: (*call).depositCapture, hears: true},
		{name: "deposit release", args: []string{"NUMBER"}, flags: []option{amountFlag, reasonFlag, timeoutFlag}, access: own, run: (*call).depositRelease, hears: true},
		{name: "deposit refund", args: []string{"NUMBER"}, flags: []option{amountFlag, reasonFlag, timeoutFlag}, needs: []string{"amount", "reason"}, access: own, run: (*call).depositRefund, hears: true},
		{name: "report", flags: []option{dayFlag, {"month", "2026-11"}, {"year", "2026"}, {"from", "2026-11-01"}, {"to", "2026-11-15"},
			{"pdf", "FILE"}, {"xlsx", "FILE"}, {"csv", "FILE"}}, either: []string{"day", "month", "year"}, check: checkPeriod, access: look, run: (*call).report},
		{name: "bills show", flags: []option{dayFlag}, access: look, run: (*call).billsShow},
		{name: "bills read", flags: []option{dayFlag}, access: own, run: (*call).billsRead},
		{name: "shift show", flags: []option{{"number", "312"}}, check: checkShift, access: look, run: (*call).shiftShow},
		{name: "shift open", flags: []option{{"float", "500"}, {"name", "NAME"}}, check: checkShift, access: own, run: (*call).shiftOpen},
		{name: "shift in", flags: []option{amountFlag, reasonFlag}, needs: []string{"amount", "reason"}, access: own, run: (*call).shiftIn},
		{name: "shift out", flags: []option{amountFlag, reasonFlag}, needs: []string{"amount", "reason"}, access: own, run: (*call).shiftOut},
		{name: "shift close", flags: []option{{"count", "100x6,50x5"}, {"taken", "300"}, reasonFlag, {"hand-to", "NAME"}, {"name", "NAME"}}, check: checkShift, access: own, run: (*call).shiftClose},
		{name: "staff list", access: inspect, run: (*call).staffList},
		{name: "staff add", args: []string{"NAME"}, flags: []option{roleFlag, refundFlag}, check: checkStaff, access: own, run: (*call).staffAdd},
		{name: "staff set", args: []string{"NAME"}, flags: []option{{"name", "NAME"}, roleFlag, refundFlag, {"active", "yes|no"}}, check: checkStaff, access: own, run: (*call).staffSet},
		{name: "staff pin", args: []string{"NAME"}, flags: []option{{"clear", ""}, {"recover", ""}}, access: own, run: (*call).staffPIN},
		{name: "verify", run: (*call).verify},
		{name: "backup", args: []string{"FILE"}, access: look, run: (*call).backup},
		{name: "restore", args: []string{"FILE"}, flags: []option{{"adopt", ""}}, run: (*call).restore},
		{name: "paths", run: (*call).paths},
		{name: "version", run: (*call).version},
		{name: "config list", access: inspect, run: (*call).configList},
		{name: "config get", args: []string{"KEY"}, access: inspect, run: (*call).configGet},
		{name: "config set", args: []string{"KEY", "VALUE|@FILE|-"}, check: checkSecret, access: own, run: (*call).configSet},
	}
}

// findCommand takes the command off the plain words; nil when there is none.
func findCommand(plain []string) (*command, []string) {
	all := commands()
	for words := min(2, len(plain)); words > 0; words-- {
		name := strings.Join(plain[:words], " ")
		if i := slices.IndexFunc(all, func(c command) bool { return c.name == name }); i >= 0 {
			return &all[i], plain[words:]
		}
	}
	return nil, nil
}

// family are the usages of the commands that begin with this word: "config".
func family(word string) []string {
	var usages []string
	for _, c := range commands() {
		if strings.HasPrefix(c.name, word+" ") {
			usages = append(usages, "frontdeskctl "+c.usage())
		}
	}
	return usages
}

// usage is the command's line in the help: "pay --amount 12.50 --code CODE
// [--remark R]".
func (c *command) usage() string {
	words := append([]string{c.name}, c.args...)
	var either []string
	for _, o := range c.flags {
		word := strings.TrimSpace("--" + o.name + " " + o.value)
		switch {
		case slices.Contains(c.either, o.name):
			either = append(either, word)
		case slices.Contains(c.needs, o.name):
			words = append(words, word)
		default:
			words = append(words, "["+word+"]")
		}
	}
	if len(either) > 0 {
		words = append(words, "["+strings.Join(either, " | ")+"]")
	}
	return strings.Join(words, " ")
}

// key is the command's part of a translation key: "config_set".
func (c *command) key() string { return strings.ReplaceAll(c.name, " ", "_") }
