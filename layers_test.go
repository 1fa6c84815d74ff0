// Package frontdesk_test holds the shape of the whole program: which folder may
// import which (layers_test.go reads every Go file, for every system and build
// tag), and what must build and make sense on every machine (everywhere_test.go).
package frontdesk_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "frontdesk"

// A file is one Go file of the repository and what it imports. Paths of the
// project lose the module's name: "payment/alipay".
type file struct {
	name    string // "payment/alipay/client.go"
	dir     string // "payment/alipay"; "." for the root
	test    bool
	imports []string
}

// level orders the folders: nobody imports upwards. Those that are equal do not
// know each other, tests excepted.
var level = map[string]int{
	"assets": 0, "payment": 0, // the root of payment; a channel below it is a level up
	"data": 1, "hardware": 1,
	"app": 2,
	"ui":  3,
	"cmd": 4,
}

const channelLevel = 1

// area is the top folder, and rank its level; a package in no known folder has
// none.
func area(dir string) string {
	top, _, _ := strings.Cut(dir, "/")
	return top
}

func rank(dir string) (int, bool) {
	if channel(dir) != "" {
		return channelLevel, true
	}
	n, ok := level[area(dir)]
	return n, ok
}

// channel is "payment/alipay" for everything in and below that folder, and
// empty outside of the channels.
func channel(dir string) string {
	parts := strings.SplitN(dir, "/", 3)
	if len(parts) < 2 || parts[0] != "payment" {
		return ""
	}
	return parts[0] + "/" + parts[1]
}

// shared is what the programs of cmd have in common.
const shared = "cmd/internal"

// The tests that every channel has to pass, and what they drive it against.
const (
	suite     = "payment/channeltest"
	simulator = "payment/paysim"
)

// What the channels have in common around their protocols, and in their tests.
// The simulator keeps away from it: what both sides share no test can find wrong.
const (
	common      = "payment/wire"
	commonTests = "payment/wire/wiretest"
)

// A program is a folder of cmd; they do not import each other.
func program(dir string) string {
	parts := strings.SplitN(dir, "/", 3)
	if len(parts) < 2 || parts[0] != "cmd" {
		return ""
	}
	return parts[0] + "/" + parts[1]
}

// mayImport says why a file in from must not import the project's package to;
// it is empty where it may.
func mayImport(from, to string, test bool) string {
	if from == "." {
		return "the root holds no code"
	}
	if area(from) == "scripts" {
		return "a tool of the repository stands alone"
	}
	rankFrom, known := rank(from)
	rankTo, ok := rank(to)
	switch {
	case !known:
		return "the folders of the program are fixed: cmd, app, ui, hardware, payment, data, assets"
	case !ok:
		return "it is no part of the program"
	case area(to) == "cmd" && program(from) != program(to) && (area(from) != "cmd" || program(to) != shared):
		return "nobody imports a program"
	case rankTo > rankFrom:
		return "imports point downwards only"
	case (to == suite || to == commonTests) && !test:
		return "only tests use the tests of channels"
	case test:
		return "" // a test may look at its neighbours: the channel at the simulator
	case from == common && to != "payment":
		return "what channels share imports payment only"
	case to == common && channel(from) == "":
		return "only channels use what they share"
	case area(to) == "assets":
		return ""
	case from == suite && to == simulator:
		return "" // it is a test that every channel shares
	case to == common && from != suite && from != simulator:
		return ""
	case channel(from) != "" && channel(to) != "" && channel(from) != channel(to):
		return "a channel imports payment and payment/wire only"
	case area(from) == "assets":
		return "assets is a leaf"
	case rankFrom == 1 && channel(from) == "" && channel(to) != "":
		return "only cmd picks a channel"
	case rankFrom == rankTo && area(from) != area(to):
		return "folders of one level do not know each other"
	case (area(from) == "app" || area(from) == "ui") && channel(to) != "":
		return "only cmd picks a channel"
	}
	return ""
}

// banned are the packages from outside that a folder must not import itself,
// by prefix, with the reason.
var banned = []struct {
	where   string // prefix of the folder; "" is everywhere
	except  string // folder where it is allowed
	prefix  string
	because string
	tests   bool // holds for tests, too
}{
	{"", "cmd/frontdesk", "fyne.io/fyne/v2/app", "screens must be testable without cgo, X and OpenGL", true},
	{"", "cmd/frontdesk", "github.com/go-gl/", "screens must be testable without cgo, X and OpenGL", true},
	{"", "cmd/frontdesk", "C", "only the window needs a C compiler", true},
	{"payment", "", "fyne.io/", "money knows no window", true},
	{"data", "", "fyne.io/", "the ledger knows no window", true},
	{"hardware", "", "fyne.io/", "devices know no window", true},
	{"app", "", "fyne.io/", "the use cases know no window", true},
	{"cmd/frontdeskctl", "", "fyne.io/", "the command line has no window", true},
	{"cmd/paysim", "", "fyne.io/", "the simulator has no window", true},
	{"app", "", "database/sql", "SQL stands in data", false},
	{"app", "", "modernc.org/", "SQL stands in data", false},
	{"hardware", "", "database/sql", "SQL stands in data", false},
	{"hardware", "", "modernc.org/", "SQL stands in data", false},
	{"payment", "", "database/sql", "SQL stands in data", false},
	{"payment", "", "modernc.org/", "SQL stands in data", false},
	{"ui", "", "database/sql", "SQL stands in data", false},
	{"ui", "", "modernc.org/", "SQL stands in data", false},
	{"ui", "", "net/http", "a screen asks app", false},
	{"ui", "", "net", "a screen asks app", false},
	{"ui", "", "os/exec", "a screen asks app", false},
	{"ui", "", "go.bug.st/serial", "drivers stand in hardware", false},
	{"ui", "", "github.com/alexbrainman/printer", "drivers stand in hardware", false},
	{"ui", "", "github.com/zalando/go-keyring", "a screen asks app", false},
	{"ui", "", "github.com/smartwalle/", "a channel's protocol stands in its folder", false},
	{"app", "", "github.com/smartwalle/", "a channel's protocol stands in its folder", false},
}

// below says whether the import path or folder is prefix or stands below it. A
// prefix that ends in a slash takes everything that begins so.
func below(name, prefix string) bool {
	if prefix == "" || strings.HasSuffix(prefix, "/") {
		return strings.HasPrefix(name, prefix)
	}
	return name == prefix || strings.HasPrefix(name, prefix+"/")
}

// faults lists what is wrong with the imports of f, a sentence for each.
func faults(f file) []string {
	var found []string
	fault := func(imported, because string) {
		found = append(found, fmt.Sprintf("%s imports %s: %s", f.name, imported, because))
	}
	for _, imported := range f.imports {
		if to, ours := strings.CutPrefix(imported, module+"/"); ours {
			if because := mayImport(f.dir, to, f.test); because != "" {
				fault(imported, because)
			}
			continue
		}
		for _, ban := range banned {
			exempt := ban.except != "" && below(f.dir, ban.except) || f.test && !ban.tests
			// net/url and net/netip parse, they do not connect.
			exact := ban.prefix == "net" && imported != "net"
			if !exempt && !exact && below(f.dir, ban.where) && below(imported, ban.prefix) {
				fault(imported, ban.because)
			}
		}
	}
	return found
}

// TestRules tries the rules themselves, so that the silence of the test below
// means something.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		from, imports string
		test, ok      bool
	}{
		{from: "payment", imports: "frontdesk/data"},
		{from: "payment", imports: "frontdesk/payment/alipay"},
		{from: "payment", imports: "database/sql"},
		{from: "payment/alipay", imports: "frontdesk/payment", ok: true},
		{from: "payment/alipay", imports: "frontdesk/payment/paysim"},
		{from: "payment/alipay", imports: "frontdesk/payment/paysim", test: true, ok: true},
		{from: "payment/alipay", imports: "frontdesk/app", test: true},
		{from: "payment/alipay", imports: "frontdesk/payment/wechat"},
		{from: "payment/alipay", imports: "frontdesk/payment/wire", ok: true},
		{from: "payment/alipay", imports: "frontdesk/payment/wire/wiretest"},
		{from: "payment/alipay", imports: "frontdesk/payment/wire/wiretest", test: true, ok: true},
		{from: "payment/wire", imports: "frontdesk/payment", ok: true},
		{from: "payment/wire", imports: "frontdesk/payment/alipay"},
		{from: "payment/wire", imports: "frontdesk/assets/lang"},
		{from: "payment/wire/wiretest", imports: "frontdesk/assets/lang", ok: true},
		{from: "payment/paysim", imports: "frontdesk/payment/wire"},
		{from: "payment/channeltest", imports: "frontdesk/payment/wire"},
		{from: "cmd/frontdesk", imports: "frontdesk/payment/wire"},
		{from: "payment", imports: "frontdesk/payment/wire"},
		{from: "payment/paysim/wire", imports: "frontdesk/payment/paysim", ok: true},
		{from: "payment/alipay", imports: "github.com/smartwalle/alipay/v3", ok: true},
		{from: "data", imports: "frontdesk/payment", ok: true},
		{from: "data", imports: "frontdesk/payment/cash"},
		{from: "data", imports: "frontdesk/hardware/escpos"},
		{from: "data", imports: "modernc.org/sqlite", ok: true},
		{from: "hardware/escpos", imports: "frontdesk/hardware/printer", ok: true},
		{from: "hardware/escpos", imports: "frontdesk/assets/fonts", ok: true},
		{from: "hardware/escpos", imports: "frontdesk/data"},
		{from: "hardware/escpos", imports: "frontdesk/app"},
		{from: "app", imports: "frontdesk/data", ok: true},
		{from: "app", imports: "frontdesk/payment/alipay"},
		{from: "app", imports: "frontdesk/payment/paysim", test: true, ok: true},
		{from: "app", imports: "frontdesk/ui"},
		{from: "app", imports: "fyne.io/fyne/v2"},
		{from: "app", imports: "database/sql"},
		{from: "ui", imports: "frontdesk/app", ok: true},
		{from: "ui", imports: "frontdesk/payment", ok: true},
		{from: "ui", imports: "frontdesk/payment/alipay"},
		{from: "ui", imports: "frontdesk/cmd/frontdesk"},
		{from: "ui", imports: "fyne.io/fyne/v2/widget", ok: true},
		{from: "ui", imports: "fyne.io/fyne/v2/app"},
		{from: "ui", imports: "fyne.io/fyne/v2/app", test: true},
		{from: "ui/till", imports: "net/http"},
		{from: "ui/till", imports: "net"},
		{from: "ui/till", imports: "net/url", ok: true},
		{from: "ui/till", imports: "fyne.io/fyne/v2/driver/desktop", ok: true},
		{from: "ui/till", imports: "database/sql"},
		{from: "ui/till", imports: "C"},
		{from: "assets/lang", imports: "frontdesk/payment"},
		{from: "cmd/frontdesk", imports: "fyne.io/fyne/v2/app", ok: true},
		{from: "cmd/frontdesk", imports: "frontdesk/payment/alipay", ok: true},
		{from: "cmd/frontdesk", imports: "frontdesk/cmd/paysim"},
		{from: "cmd/frontdesk", imports: "frontdesk/cmd/internal/shop", ok: true},
		{from: "cmd/internal/shop", imports: "frontdesk/cmd/frontdesk"},
		{from: "app", imports: "frontdesk/cmd/internal/shop"},
		{from: "cmd/frontdeskctl", imports: "fyne.io/fyne/v2"},
		{from: "cmd/frontdeskctl", imports: "github.com/go-gl/glfw/v3.4/glfw"},
		{from: "common", imports: "frontdesk/payment"},
		{from: "data", imports: "frontdesk/common"},
		{from: "scripts/testsum", imports: "frontdesk/payment"},
	} {
		got := faults(file{name: c.from + "/x.go", dir: c.from, test: c.test, imports: []string{c.imports}})
		if (len(got) == 0) != c.ok {
			t.Errorf("%s imports %s (test %v): faults %q, want none: %v", c.from, c.imports, c.test, got, c.ok)
		}
	}
}

func TestImportsPointDownwards(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, fault := range faults(f) {
			t.Error(fault)
		}
		known := f.dir == "." && f.test || area(f.dir) == "scripts" || area(f.dir) == "docs"
		if _, ok := rank(f.dir); !ok && !known {
			t.Errorf("%s: the folders of the program are fixed: cmd, app, ui, hardware, payment, data, assets", f.name)
		}
	}
}

// The ui may use what of hardware only thinks (the scanner's detector, the
// receipt's layout), not what talks to a device.
func TestScreensTouchNoDevice(t *testing.T) {
	drivers := []string{"net", "net/http", "os/exec", "go.bug.st/serial", "github.com/alexbrainman/printer"}
	files := goFiles(t)
	talks := map[string]string{} // folder of hardware: the driver that it imports
	for _, f := range files {
		for _, imported := range f.imports {
			if area(f.dir) == "hardware" && !f.test && slices.Contains(drivers, imported) {
				talks[f.dir] = imported
			}
		}
	}
	for _, f := range files {
		for _, imported := range f.imports {
			driver := talks[strings.TrimPrefix(imported, module+"/")]
			if area(f.dir) == "ui" && !f.test && driver != "" {
				t.Errorf("%s imports %s, which talks to devices through %s", f.name, imported, driver)
			}
		}
	}
}

func goFiles(t *testing.T) []file {
	t.Helper()
	var files []file
	for _, name := range repository(t) {
		if path.Ext(name) != ".go" || slices.Contains(strings.Split(name, "/"), "testdata") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, read(t, name), parser.ImportsOnly)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f := file{name: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go")}
		for _, spec := range syntax.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value) // the parser has seen to it
			f.imports = append(f.imports, imported)
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		t.Fatal("found no Go file: the test looks in the wrong place")
	}
	return files
}
