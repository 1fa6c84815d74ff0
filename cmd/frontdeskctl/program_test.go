package main

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/hardware/printer"
)

// The README lists the commands as the program's own help does.
func TestTheREADMEListsEveryCommand(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	check(t, err)
	known := map[string]bool{"frontdeskctl [--data DIR] [--json] [--lang zh|en] [--as NAME] COMMAND": true, "frontdeskctl help [COMMAND]": true}
	for _, c := range commands() {
		known["frontdeskctl "+c.usage()] = true
	}
	for line := range known {
		if n := strings.Count(string(raw), "    "+line+"\n"); n != 2 {
			t.Errorf("%q stands %d times in the README, want once in each language", line, n)
		}
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if words, ok := strings.CutPrefix(line, "    frontdeskctl"); ok && !known["frontdeskctl"+words] {
			t.Errorf("the README has %q, the program has not", line)
		}
	}
}

// Each command and flag is explained, in both languages, and the help fits on a
// terminal.
func TestEverythingIsExplained(t *testing.T) {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		w := newFolder(t)
		help := w.must(exitGood, "help", "--lang", string(l)).out
		for _, c := range commands() {
			if !strings.Contains(help, "  "+c.usage()+" ") && !strings.Contains(help, "  "+c.usage()+"\n  ") {
				t.Errorf("%s: the help lacks %s", l, c.usage())
			}
			help += w.must(exitGood, append([]string{"help", "--lang", string(l)}, strings.Fields(c.name)...)...).out
		}
		if strings.ContainsAny(help, "⟨⟩{}") {
			t.Errorf("%s: words are missing:\n%s", l, help)
		}
	}
}

// Every sentence that the source names is there.
func TestEverySentenceIsThere(t *testing.T) {
	words := lang.Load(lang.English)
	key := regexp.MustCompile(`"(ctl\.[a-z0-9_.]*[a-z0-9])"`)
	files, err := filepath.Glob("*.go")
	check(t, err)
	found := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		check(t, err)
		for _, m := range key.FindAllStringSubmatch(string(raw), -1) {
			if found++; !words.Has(m[1]) {
				t.Errorf("%s: %s has no words", file, m[1])
			}
		}
	}
	if found < 50 {
		t.Fatalf("found %d keys: the test looks in the wrong place", found)
	}
	for _, phase := range []string{"sending", "waiting", "qr", "qr_scanned", "cancelling", "unknown"} {
		if !words.Has("ctl.phase." + phase) {
			t.Errorf("the phase %s has no words", phase)
		}
	}
	for _, key := range []string{"hold_phase.sending", "hold_phase.waiting", "hold_phase.cancelling", "hold_phase.unknown", "step_state.created",
		"step_state.unknown", "step_state.done", "step_state.refused"} {
		if !words.Has("ctl." + key) {
			t.Errorf("%s has no words", key)
		}
	}
	for _, kind := range []data.StepKind{data.StepCapture, data.StepRelease, data.StepRefund} {
		for _, key := range []string{"ctl.step.", "ctl.step_no.", "ctl.step_name."} {
			if !words.Has(key + string(kind)) {
				t.Errorf("%s%s has no words", key, kind)
			}
		}
	}
	for _, s := range []data.DepositState{data.DepositUnknown, data.DepositHeld, data.DepositCaptured, data.DepositReleased, data.DepositFailed, data.DepositClosed} {
		if !words.Has("badge." + string(s)) {
			t.Errorf("the deposit's state %s has no words", s)
		}
	}
}

func TestTheLanguage(t *testing.T) {
	for _, c := range []struct {
		name, flag, set, system, want string
	}{
		{"a flag wins", "en", "zh", "zh_CN.UTF-8", "There is"},
		{"then the setting", "", "en", "zh_CN.UTF-8", "Not found"},
		{"then the system", "", "", "en_US.UTF-8", "Not found"},
		{"a system of neither", "", "", "C.UTF-8", "没有找到"},
		{"else Chinese", "", "", "", "没有找到"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "ui.language", c.set)
			args := []string{"sale", "99999999"}
			if c.flag != "" {
				args = []string{"nothing", "--lang", c.flag}
			}
			r := w.runWith(func(m *Main) {
				m.Env = func(name string) string {
					if name == "LANG" {
						return c.system
					}
					return ""
				}
			}, "", args...)
			if !strings.HasPrefix(r.errors, c.want) {
				t.Errorf("said %q", r.errors)
			}
		})
	}
}

// Whatever happens, no key and no pay code shows up: not on the screen, not in
// the log, not in the ledger, not anywhere in the data folder.
func TestNothingSecretIsToldOrKept(t *testing.T) {
	w := newWorld(t, "alipay.pay_timeout", "60ms", "alipay.qr_timeout", "60ms")
	var told strings.Builder
	var codes []string
	for _, scenario := range []int{1, 3, 4, 6, 8, 10} {
		code := w.sim.FreshCode(scenario)
		codes = append(codes, code)
		r := w.run("pay", "--amount", "9.90", "--code", code)
		told.WriteString(r.out + r.errors)
		code = w.sim.FreshCode(scenario)
		codes = append(codes, code)
		r = w.run("deposit", "hold", "--amount", "500", "--code", code)
		told.WriteString(r.out + r.errors)
	}
	for _, args := range [][]string{{"sales"}, {"sale", "01000001"}, {"deposit", "list"}, {"deposit", "show", "51000001"}, {"deposit", "show", codes[1]}, {"config", "list"}, {"config", "get", "alipay.private_key"}, {"verify"}, {"sale", codes[0]}, {codes[0]}} {
		for _, form := range [][]string{args, append([]string{"--json"}, args...)} {
			r := w.run(form...)
			told.WriteString(r.out + r.errors)
		}
	}
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		told.Write(raw)
		return err
	})
	check(t, err)
	body := strings.Split(w.sim.MerchantPrivateKey, "\n")[3]
	for _, secret := range append(codes, body) {
		if strings.Contains(told.String(), secret) {
			t.Errorf("%s… shows up", secret[:6])
		}
	}
	if !strings.Contains(told.String(), codes[0][:2]+"…"+codes[0][14:]) {
		t.Error("the masked code does not show up: the test looks in the wrong place")
	}
}

// A receipt goes to the printer before the program ends; trouble with the
// printer is told and changes nothing about the sale.
func TestReceiptsArePrinted(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer listener.Close()
	papers := make(chan string, 1)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			raw := make([]byte, 0, 4096)
			buf := make([]byte, 1024)
			for {
				n, err := conn.Read(buf)
				raw = append(raw, buf[:n]...)
				if err != nil {
					break
				}
			}
			conn.Close()
			papers <- string(raw)
		}
	}()
	w := newWorld(t, "printer.receipt", "tcp://"+listener.Addr().String())
	r := w.must(exitGood, "cash", "--amount", "12.50", "--received", "20")
	if r.errors != "" {
		t.Errorf("said %s", r.errors)
	}
	select {
	case paper := <-papers:
		if !strings.Contains(paper, "01000001") || !strings.Contains(paper, "12.50") {
			t.Errorf("the paper does not tell the sale: %q", paper)
		}
	case <-time.After(time.Minute):
		t.Fatal("nothing was printed")
	}
	listener.Close()
	r = w.must(exitGood, "cash", "--amount", "1", "--received", "1")
	if !strings.HasPrefix(r.errors, "小票：打印机连不上") {
		t.Errorf("the trouble is told as %q", r.errors)
	}
	if r = w.must(exitGood, "--json", "cash", "--amount", "1", "--received", "1"); r.errors != "" {
		t.Errorf("a program is told %q", r.errors)
	}
}

func TestTheVirtualPrinterKeepsPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "printer.receipt", "virtual:")
	w.must(exitGood, "pay", "--amount", "12.50", "--code", w.sim.FreshCode(1))
	w.must(exitGood, "refund", "01000001", "--amount", "1", "--reason", "x")
	pictures, err := printer.Pictures(filepath.Join(w.dir, "prints"))
	check(t, err)
	if len(pictures) != 2 {
		t.Errorf("%d pictures, want one of the sale and one of the refund", len(pictures))
	}
}

// A process that was killed leaves its log of the database behind; reading goes
// on without writing anything.
func TestReadingAfterAKill(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.killAt(2, scan(1)(w))
	if sales := decode[[]saleJSON](t, w.must(exitGood, "--json", "sales").out); len(sales) != 1 || sales[0].State != "pending" {
		t.Errorf("after the kill: %+v", sales)
	}
	w.must(exitGood, "report")
	w.must(exitGood, "verify")
	w.must(exitGood, "settle")
	w.audit()
}
