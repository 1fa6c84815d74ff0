package main

import (
	"slices"
	"strings"

	"frontdesk/payment"
)

// option is a flag. One name means the same in every command.
type option struct {
	name  string // without the dashes
	value string // stands for its value in the help; "" for a switch
}

// globals are understood with every command.
var globals = []option{{"data", "DIR"}, {"json", ""}, {"lang", "zh|en"}, {"as", "NAME"}}

// line is a command line taken apart.
type line struct {
	command *command
	args    []string // what is not a flag, behind the command
	flags   map[string]string
	help    bool // explain the command, or all of them, instead
}

// parse takes the words behind the program's name apart. Flags may stand
// anywhere, as "--name value" or "--name=value"; behind "--" nothing is a flag.
// On an error the flags read so far are in the line.
func parse(words []string) (line, error) {
	l := line{flags: map[string]string{}}
	var plain []string
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "--":
			plain = append(plain, words[i+1:]...)
			i = len(words)
		case word == "-h" || word == "--help":
			l.help = true
		case word == "--version" && len(plain) == 0:
			plain = append(plain, "version")
		case len(word) > 1 && word[0] == '-':
			more, err := l.flag(word, words[i+1:])
			if err != nil {
				return l, err
			}
			i += more
		default:
			plain = append(plain, word)
		}
	}
	return l, l.choose(plain)
}

// flag reads one flag; more is how many of the next words belong to it.
func (l *line) flag(word string, next []string) (more int, err error) {
	name, value, joined := strings.Cut(strings.TrimLeft(word, "-"), "=")
	o, known := findOption(name)
	if !known || !strings.HasPrefix(word, "--") {
		given, _, _ := strings.Cut(word, "=")
		return 0, usage("ctl.usage.unknown_flag", "flag", shown(given))
	}
	if _, twice := l.flags[name]; twice {
		return 0, usage("ctl.usage.flag_twice", "flag", "--"+name)
	}
	switch {
	case o.value == "" && joined:
		return 0, usage("ctl.usage.flag_switch", "flag", "--"+name)
	case o.value == "":
		value = "true"
	case !joined && len(next) == 0:
		return 0, usage("ctl.usage.flag_value", "flag", "--"+name)
	case !joined:
		value, more = next[0], 1
	}
	l.flags[name] = value
	return more, nil
}

// choose finds the command in the plain words and checks that everything fits
// to it.
func (l *line) choose(plain []string) error {
	if len(plain) > 0 && plain[0] == "help" {
		l.help, plain = true, plain[1:]
	}
	if len(plain) == 0 {
		if l.help {
			return nil
		}
		return usage("ctl.usage.no_command")
	}
	if l.command, l.args = findCommand(plain); l.command == nil {
		if usages := family(plain[0]); len(usages) > 0 {
			return usage("ctl.usage.args", "usage", strings.Join(usages, " | "))
		}
		return usage("ctl.usage.unknown_command", "name", shown(plain[0]))
	}
	if l.help {
		return nil
	}
	if len(l.args) != len(l.command.args) {
		return usage("ctl.usage.args", "usage", "frontdeskctl "+l.command.usage())
	}
	for name := range l.flags {
		if !takes(globals, name) && !takes(l.command.flags, name) {
			return usage("ctl.usage.flag_not_here", "flag", "--"+name, "command", l.command.name)
		}
	}
	for _, name := range l.command.needs {
		if l.flags[name] == "" {
			return usage("ctl.usage.flag_needed", "flag", "--"+name, "usage", l.command.usage())
		}
	}
	if l.count(l.command.either) > 1 {
		return usage("ctl.usage.either", "flags", "--"+strings.Join(l.command.either, " --"))
	}
	for name, value := range l.flags {
		if err := checkValue(name, value); err != nil {
			return err
		}
	}
	if l.command.check != nil {
		return l.command.check(*l)
	}
	return nil
}

// count is how many of these flags are there.
func (l *line) count(names []string) (n int) {
	for _, name := range names {
		if l.flags[name] != "" {
			n++
		}
	}
	return n
}

func takes(options []option, name string) bool {
	return slices.ContainsFunc(options, func(o option) bool { return o.name == name })
}

func findOption(name string) (option, bool) {
	all := globals
	for _, c := range commands() {
		all = append(all[:len(all):len(all)], c.flags...)
	}
	i := slices.IndexFunc(all, func(o option) bool { return o.name == name })
	if i < 0 {
		return option{}, false
	}
	return all[i], true
}

// shown is a word of the command line as an error may repeat it: a pay code
// masked, and a long text, which may be a key, cut off.
func shown(word string) string {
	if code, wallet := payment.Recognise(word); wallet != payment.WalletNone {
		return code.String()
	}
	if r := []rune(word); len(r) > 24 {
		return string(r[:12]) + "…"
	}
	return word
}
