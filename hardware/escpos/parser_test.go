package escpos_test

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// command is one command or one run of text of a parsed stream.
type command struct {
	raw  []byte
	name string // "ESC @", "text", "LF"
	args []byte // what follows the name
	text string // text and QR data: decoded
}

func (c command) String() string {
	switch {
	case c.name == "text":
		return fmt.Sprintf("%q", c.text)
	case c.name == "GS v 0":
		return fmt.Sprintf("%s %d bytes a row, %d rows", c.name, word(c.args[1:]), word(c.args[3:]))
	case c.text != "":
		return fmt.Sprintf("%s %q", c.name, c.text)
	case len(c.args) > 0:
		return fmt.Sprintf("%s %d", c.name, c.args)
	}
	return c.name
}

func word(b []byte) int { return int(b[0]) | int(b[1])<<8 }

// simple are the commands whose arguments have a fixed number and range.
var simple = []struct {
	bytes string
	name  string
	valid func(args []byte) bool
	args  int
}{
	{"\x1b@", "ESC @", nil, 0},
	{"\x1bR", "ESC R", upTo(0), 1},
	{"\x1ba", "ESC a", upTo(2), 1},
	{"\x1bE", "ESC E", upTo(1), 1},
	{"\x1bd", "ESC d", upTo(255), 1},
	{"\x1bp", "ESC p", func(a []byte) bool { return a[0] <= 1 && a[1] > 0 && a[2] > 0 }, 3},
	{"\x1c&", "FS &", nil, 0},
	{"\x1c!", "FS !", func(a []byte) bool { return a[0]&^0x0C == 0 }, 1},
	{"\x1d!", "GS !", func(a []byte) bool { return a[0]&^0x11 == 0 }, 1},
	{"\x1dV", "GS V", func(a []byte) bool { return (a[0] == 65 || a[0] == 66) && a[1] == 0 }, 2},
	{"\x1dh", "GS h", upTo(255), 1},
	{"\x1dw", "GS w", func(a []byte) bool { return a[0] >= 2 && a[0] <= 6 }, 1},
	{"\x1dH", "GS H", upTo(3), 1},
}

func upTo(n byte) func([]byte) bool { return func(a []byte) bool { return a[0] <= n } }

// parse reads a stream as strictly as no printer does: every byte must belong
// to a command with arguments in range, to a line feed, or to text in GB18030.
func parse(b []byte) ([]command, error) {
	var commands []command
	for len(b) > 0 {
		c, err := parseOne(b)
		if err != nil {
			return commands, fmt.Errorf("after %d commands: %w", len(commands), err)
		}
		commands = append(commands, c)
		b = b[len(c.raw):]
	}
	return commands, nil
}

func parseOne(b []byte) (command, error) {
	if b[0] == '\n' {
		return command{raw: b[:1], name: "LF"}, nil
	}
	if n := textLength(b); n > 0 {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:n])
		if err != nil || strings.ContainsRune(string(text), '\uFFFD') {
			return command{}, fmt.Errorf("text % x does not decode: %v", b[:n], err)
		}
		return command{raw: b[:n], name: "text", text: string(text)}, nil
	}
	for _, s := range simple {
		if !strings.HasPrefix(string(b[:min(2, len(b))]), s.bytes) {
			continue
		}
		end := 2 + s.args
		if len(b) < end {
			return command{}, fmt.Errorf("%s ends early", s.name)
		}
		args := b[2:end]
		if s.valid != nil && !s.valid(args) {
			return command{}, fmt.Errorf("%s with % x", s.name, args)
		}
		return command{raw: b[:end], name: s.name, args: args}, nil
	}
	return parseSymbol(b)
}

// parseSymbol reads the commands of variable length.
func parseSymbol(b []byte) (command, error) {
	s := string(b)
	switch {
	case strings.HasPrefix(s, "\x1dkI") && len(b) > 4:
		end := 4 + int(b[3])
		if len(b) < end {
			return command{}, fmt.Errorf("GS k ends early")
		}
		digits, err := code128Digits(b[4:end])
		return command{raw: b[:end], name: "GS k I", args: b[4:end], text: digits}, err
	case strings.HasPrefix(s, "\x1d(k") && len(b) > 7:
		end := 5 + word(b[3:])
		if len(b) < end || end < 8 || b[5] != 49 {
			return command{}, fmt.Errorf("GS ( k with % x", b[:7])
		}
		c := command{raw: b[:end], name: fmt.Sprintf("GS ( k %d", b[6]), args: b[7:end]}
		if b[6] == 80 {
			c.text = string(b[8:end])
		}
		return c, nil
	case strings.HasPrefix(s, "\x1dv0\x00") && len(b) > 8:
		end := 8 + word(b[4:])*word(b[6:])
		if len(b) < end || end == 8 {
			return command{}, fmt.Errorf("GS v 0 with % x", b[:8])
		}
		return command{raw: b[:end], name: "GS v 0", args: b[3:end]}, nil
	}
	return command{}, fmt.Errorf("no command begins with % x", b[:min(8, len(b))])
}

// code128Digits reads the data of GS k 73.
func code128Digits(data []byte) (string, error) {
	var digits strings.Builder
	set := byte(0)
	for i := 0; i < len(data); i++ {
		switch {
		case data[i] == '{' && i+1 < len(data):
			i++
			set = data[i]
		case set == 'C' && data[i] < 100:
			fmt.Fprintf(&digits, "%02d", data[i])
		case set == 'B' && data[i] >= '0' && data[i] <= '9':
			digits.WriteByte(data[i])
		default:
			return "", fmt.Errorf("bar code byte %#x in set %q", data[i], set)
		}
	}
	return digits.String(), nil
}

// textLength is how many bytes of b are printable text.
func textLength(b []byte) int {
	n := 0
	for n < len(b) {
		rest := b[n:]
		switch {
		case rest[0] >= 0x20 && rest[0] < 0x7F:
			n++
		case rest[0] >= 0x81 && rest[0] <= 0xFE && len(rest) >= 2 && rest[1] >= 0x40 && rest[1] != 0x7F && rest[1] != 0xFF:
			n += 2
		case rest[0] >= 0x81 && rest[0] <= 0xFE && len(rest) >= 4 && digit(rest[1]) && rest[2] >= 0x81 && rest[2] <= 0xFE && digit(rest[3]):
			n += 4
		default:
			return n
		}
	}
	return n
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// textLines are the lines of text in a stream, as a reader of the paper sees them.
func textLines(commands []command) []string {
	var lines []string
	line, open := "", false
	for _, c := range commands {
		switch c.name {
		case "text":
			line, open = line+c.text, true
		case "LF":
			lines = append(lines, line)
			line, open = "", false
		}
	}
	if open {
		lines = append(lines, line)
	}
	return lines
}

// dump shows a stream one command a line, bytes first.
func dump(commands []command) string {
	var b strings.Builder
	for _, c := range commands {
		for raw := c.raw; ; raw = raw[16:] {
			if len(raw) <= 16 {
				fmt.Fprintf(&b, "%-48x  %s\n", spaced(raw), c)
				break
			}
			fmt.Fprintf(&b, "%x\n", spaced(raw[:16]))
		}
	}
	return b.String()
}

// spaced prints itself as "1b 40".
type spaced []byte

func (s spaced) Format(f fmt.State, _ rune) {
	text := fmt.Sprintf("% x", []byte(s))
	if width, ok := f.Width(); ok {
		text = fmt.Sprintf("%-*s", width, text)
	}
	fmt.Fprint(f, text)
}
