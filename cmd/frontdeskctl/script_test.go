package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/data"
	"frontdesk/payment/paysim"
)

// The files testdata/*.txt are conversations with the program. A line is
//
//	# words for the reader
//	$ pay --amount 9.90 --code {code 6}    the command line; {dir} is a folder for files
//	< text                                 a line of standard input for the next command
//	| text                                 a line of standard output
//	! text                                 a line of standard error
//	= 3                                    the exit code; 0 where none is written
//	* offline                              something happens to the world, see world.happen
//
// In expected lines {order}, {trade}, {request}, {auth}, {receipt}, {date},
// {time}, {hash}, {number} and {any} stand for what differs from run to run, {dir} for
// the folder, {data} for the shop's; "..." is any number of lines.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	check(t, err)
	if len(files) < 5 {
		t.Fatalf("found %d conversations: the test looks in the wrong place", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			check(t, err)
			w := newFolder(t)
			w.converse(file, strings.Split(string(raw), "\n"))
		})
	}
}

// turn is one command of a conversation with what is expected of it.
type turn struct {
	line        int
	args        []string
	stdin       strings.Builder
	code        int
	out, errors []string
}

func (w *world) converse(file string, lines []string) {
	var now *turn
	stdin := ""
	files := w.TempDir()
	for i, line := range append(lines, "$") {
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "$":
			w.settleTurn(file, files, now)
			now = &turn{line: i + 1, args: split(w, w.fill(rest, files))}
			now.stdin.WriteString(stdin)
			stdin = ""
		case "<":
			stdin += w.fill(rest, files) + "\n"
		case "|":
			now.out = append(now.out, rest)
		case "!":
			now.errors = append(now.errors, rest)
		case "=":
			code, err := strconv.Atoi(rest)
			check(w, err)
			now.code = code
		case "*":
			w.settleTurn(file, files, now)
			now = nil
			w.happen(strings.Fields(w.fill(rest, files)))
		case "#", "":
		default:
			w.Fatalf("%s:%d: %q is no line of a conversation", file, i+1, line)
		}
	}
}

// settleTurn runs a command once everything about it was read.
func (w *world) settleTurn(file, files string, t *turn) {
	w.Helper()
	if t == nil {
		return
	}
	r := w.runWith(nil, t.stdin.String(), t.args...)
	where := fmt.Sprintf("%s:%d", file, t.line)
	if r.code != t.code {
		w.Errorf("%s: exit %d, want %d", where, r.code, t.code)
	}
	w.compare(where+" standard output", r.out, t.out, files)
	w.compare(where+" standard error", r.errors, t.errors, files)
	if w.Failed() {
		w.FailNow()
	}
}

var codeWord = regexp.MustCompile(`\{code (\d+)\}`)

// fill puts this run's values into a command line.
func (w *world) fill(text, files string) string {
	text = codeWord.ReplaceAllStringFunc(text, func(s string) string {
		n, err := strconv.Atoi(codeWord.FindStringSubmatch(s)[1])
		check(w, err)
		return w.sim.FreshCode(n)
	})
	values := []string{"{dir}", files, "{today}", string(data.DayOf(time.Now(), data.DefaultCutover))}
	if w.sim != nil {
		values = append(values, "{app_id}", w.sim.AppID, "{seller_id}", w.sim.SellerID, "{gateway}", w.sim.URL())
	}
	return strings.NewReplacer(values...).Replace(text)
}

// split cuts a command line at spaces; words in single quotes stay together.
func split(tb testing.TB, text string) []string {
	var words []string
	for i, part := range strings.Split(text, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	if strings.Count(text, "'")%2 != 0 {
		tb.Fatalf("an open quote: %s", text)
	}
	return words
}

var wild = strings.NewReplacer(
	`\{order\}`, `FD\d{23}`, `\{trade\}`, `\d{28}`, `\{request\}`, `FD\d{23}[RU]\d{3}`, `\{auth\}`, `\d{28}`, `\{receipt\}`, `\d{8}`,
	`\{date\}`, `\d{4}-\d{2}-\d{2}`, `\{time\}`, `\d{2}:\d{2}:\d{2}`, `\{hash\}`, `[0-9a-f]{64}`, `\{number\}`, `\d+`, `\{any\}`, `.+`,
)

// compare wants the lines of text to be the expected ones.
func (w *world) compare(where, text string, expected []string, files string) {
	w.Helper()
	pattern := "^"
	for _, line := range expected {
		if line == "..." {
			pattern += `(?:.*\n)*?`
			continue
		}
		quoted := wild.Replace(regexp.QuoteMeta(line))
		for name, value := range map[string]string{`\{dir\}`: files, `\{data\}`: w.dir} {
			quoted = strings.ReplaceAll(quoted, name, regexp.QuoteMeta(value))
		}
		pattern += quoted + `\n`
	}
	if !regexp.MustCompile(pattern + "$").MatchString(text) {
		w.Errorf("%s:\n%swant\n%s", where, text, strings.Join(expected, "\n"))
	}
}

// happen does to the world what a conversation asks for.
func (w *world) happen(words []string) {
	w.Helper()
	switch what := strings.Join(words[:min(2, len(words))], " "); what {
	case "simulator starts":
		w.startSim(paysim.Options{Slow: 30 * time.Millisecond})
	case "keys into": // FOLDER: the simulator's keys as files
		check(w, os.WriteFile(filepath.Join(words[2], "private.pem"), []byte(w.sim.MerchantPrivateKey), 0o600))
		check(w, os.WriteFile(filepath.Join(words[2], "public.pem"), []byte(w.sim.AlipayPublicKey), 0o600))
	case "offline":
		check(w, w.sim.Offline(true))
	case "online":
		check(w, w.sim.Offline(false))
	case "window opens":
		lock, err := data.LockFolder(w.dir)
		check(w, err)
		w.window = lock
	case "window closes":
		check(w, w.window.Unlock())
	case "file is": // PATH WORDS
		check(w, os.WriteFile(words[2], []byte(strings.Join(words[3:], " ")), 0o600))
	case "ledger breaks": // somebody writes zeros into the middle of it
		f, err := os.OpenFile(filepath.Join(w.dir, "ledger.db"), os.O_WRONLY, 0)
		check(w, err)
		_, err = f.WriteAt(make([]byte, 8192), 4096)
		check(w, err)
		check(w, f.Close())
	case "books balance":
		w.audit()
	default:
		w.Fatalf("nothing happens: %s", what)
	}
}
