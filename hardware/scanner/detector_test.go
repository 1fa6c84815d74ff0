package scanner_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"frontdesk/hardware/scanner"
	"frontdesk/payment"
)

const (
	ms      = time.Millisecond
	payCode = "287654321098765432" // Alipay
)

// desk is a window behind a detector: it types what is replayed and keeps what
// is scanned.
type desk struct {
	t      *testing.T
	d      *scanner.Detector
	now    time.Time
	late   time.Duration
	hold   time.Time // when Expire is due; zero: never
	typed  strings.Builder
	scans  []scanner.Scan
	trials []scanner.Trial
}

func newDesk(t *testing.T, change ...func(*scanner.Rules)) *desk {
	t.Helper()
	r := scanner.DefaultRules()
	for _, c := range change {
		c(&r)
	}
	d, err := scanner.New(r)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, d: d, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}
}

// wait lets time pass; the timer that the detector asked for goes off in it.
func (k *desk) wait(d time.Duration) {
	end := k.now.Add(d)
	for !k.hold.IsZero() && !k.hold.After(end) {
		k.now = k.hold
		k.hold = time.Time{}
		k.obey(k.d.Expire(k.now, k.late))
	}
	k.now = end
}

func (k *desk) feed(e scanner.Event) {
	e.At, e.Late = k.now, k.late
	k.hold = time.Time{}
	k.obey(k.d.Feed(e))
}

func (k *desk) obey(d scanner.Decision) {
	k.t.Helper()
	if d.Hold > 0 {
		k.hold = k.now.Add(d.Hold)
	}
	for _, e := range d.Replay {
		switch e.Kind {
		case scanner.Char:
			k.typed.WriteRune(e.Rune)
		case scanner.Terminator:
			if e.Tab {
				k.typed.WriteRune('→')
			} else {
				k.typed.WriteRune('⏎')
			}
		case scanner.Other:
			k.typed.WriteRune('·')
		}
	}
	if d.Scan != nil {
		k.scans = append(k.scans, *d.Scan)
	}
	if d.Trial != nil {
		k.trials = append(k.trials, *d.Trial)
	}
}

// stroke is a whole key: press, character, release.
func (k *desk) stroke(r rune) {
	k.feed(scanner.Event{Kind: scanner.Down, Code: int(r)})
	k.feed(scanner.Event{Kind: scanner.Char, Rune: r})
	k.feed(scanner.Event{Kind: scanner.Up, Code: int(r)})
}

func (k *desk) enter() {
	k.feed(scanner.Event{Kind: scanner.Terminator, Code: '\r'})
	k.feed(scanner.Event{Kind: scanner.Up, Code: '\r'})
}

func (k *desk) tab() {
	k.feed(scanner.Event{Kind: scanner.Terminator, Code: '\t', Tab: true})
	k.feed(scanner.Event{Kind: scanner.Up, Code: '\t'})
}

// keys sends text with gap before each key; \n is Enter, \t is Tab.
func (k *desk) keys(text string, gap time.Duration) {
	for _, r := range text {
		k.wait(gap)
		switch r {
		case '\n':
			k.enter()
		case '\t':
			k.tab()
		default:
			k.stroke(r)
		}
	}
}

// frames sends text as a window system delivers it: keys that are every apart
// wait for the next frame and then arrive 0.2 ms apart.
func (k *desk) frames(text string, every time.Duration) {
	const frame = 16700 * time.Microsecond
	due := time.Duration(0)
	k.wait(frame)
	arrived := time.Duration(0)
	for _, r := range text {
		due += every
		for due > arrived {
			k.wait(frame - arrived%frame)
			arrived += frame - arrived%frame
		}
		k.keys(string(r), 0)
		k.wait(200 * time.Microsecond)
		arrived += 200 * time.Microsecond
	}
}

func (k *desk) want(typed string, codes ...string) {
	k.t.Helper()
	k.wait(time.Second)
	if got := k.typed.String(); got != typed {
		k.t.Errorf("typed %q, want %q", got, typed)
	}
	var got []string
	for _, s := range k.scans {
		got = append(got, s.Code)
	}
	if strings.Join(got, "|") != strings.Join(codes, "|") {
		k.t.Errorf("scanned %q, want %q", got, codes)
	}
}

func prefix(p string) func(*scanner.Rules)   { return func(r *scanner.Rules) { r.Prefix = p } }
func suffix(s string) func(*scanner.Rules)   { return func(r *scanner.Rules) { r.Suffix = s } }
func shortest(n int) func(*scanner.Rules)    { return func(r *scanner.Rules) { r.MinLength = n } }
func longestCode(n int) func(*scanner.Rules) { return func(r *scanner.Rules) { r.MaxLength = n } }

func TestScans(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules []func(*scanner.Rules)
		send  func(*desk)
		typed string
		codes []string
	}{
		{"a pay code, 3 ms a character", nil, func(k *desk) { k.keys(payCode+"\n", 3*ms) }, "", []string{payCode}},
		{"the same, ended by Tab", nil, func(k *desk) { k.keys(payCode+"\t", 3*ms) }, "", []string{payCode}},
		{"arriving in the frames of a screen", nil, func(k *desk) { k.frames(payCode+"\n", 3*ms) }, "", []string{payCode}},
		{"a slow scanner, 12 ms, in frames", nil, func(k *desk) { k.frames("6901234567892\n", 12*ms) }, "", []string{"6901234567892"}},
		{"a very slow one, 30 ms, in frames", nil, func(k *desk) { k.frames("6901234567892\n", 30*ms) }, "", []string{"6901234567892"}},
		{"all at once", nil, func(k *desk) { k.keys("01006128\n", 0) }, "", []string{"01006128"}},
		{"a receipt number", nil, func(k *desk) { k.keys("01006128\n", 5*ms) }, "", []string{"01006128"}},
		{"a link with spaces and signs", nil, func(k *desk) { k.keys("wxp://f2f0 a-b_C?x=1\n", 2*ms) }, "", []string{"wxp://f2f0 a-b_C?x=1"}},
		{"an input method in full-width mode", nil, func(k *desk) { k.keys("２８7654321０98765432\n", 3*ms) }, "", []string{payCode}},
		{"Enter and line feed are one end", nil, func(k *desk) { k.keys(payCode+"\n\n", 3*ms) }, "", []string{payCode}},
		{"Enter and Tab are one end", nil, func(k *desk) { k.keys(payCode+"\n\t", 3*ms) }, "", []string{payCode}},
		{"Enter long after a scan is a person's", nil, func(k *desk) { k.keys(payCode+"\n", 3*ms); k.wait(300 * ms); k.keys("\n", 0) }, "⏎", []string{payCode}},
		{"two scans, 200 ms apart", nil, func(k *desk) { k.keys("01006128\n", 3*ms); k.wait(200 * ms); k.keys(payCode+"\n", 3*ms) }, "", []string{"01006128", payCode}},
		{"typing, a scan, typing", nil, func(k *desk) {
			k.keys("12.5", 90*ms)
			k.wait(90 * ms)
			k.keys(payCode+"\n", 3*ms)
			k.keys("0\n", 90*ms)
		}, "12.50⏎", []string{payCode}},
		{"a prefix and a suffix are taken off", []func(*scanner.Rules){prefix("~"), suffix("#")}, func(k *desk) { k.keys("~"+payCode+"#\n", 3*ms) }, "", []string{payCode}},
		{"a prefix makes short codes safe", []func(*scanner.Rules){prefix("~"), shortest(3)}, func(k *desk) { k.keys("~A17\n", 3*ms) }, "", []string{"A17"}},
		{"what was typed before the prefix stays", []func(*scanner.Rules){prefix("~~")}, func(k *desk) { k.keys("5~~"+payCode+"\n", 3*ms) }, "5", []string{payCode}},
		{"the same character again and again, with a prefix", []func(*scanner.Rules){prefix("~")}, func(k *desk) { k.keys("~00000000\n", 3*ms) }, "", []string{"00000000"}},
		{"exactly as long as allowed", []func(*scanner.Rules){longestCode(20)}, func(k *desk) { k.keys("01234567890123456789\n", 3*ms) }, "", []string{"01234567890123456789"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newDesk(t, c.rules...)
			c.send(k)
			k.want(c.typed, c.codes...)
		})
	}
}

func TestTypingPasses(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules []func(*scanner.Rules)
		send  func(*desk)
		typed string
	}{
		{"an amount", nil, func(k *desk) { k.keys("12.50\n", 90*ms) }, "12.50⏎"},
		{"an amount in one rush", nil, func(k *desk) { k.keys("12.50\n", 8*ms) }, "12.50⏎"},
		{"a long number typed very fast", nil, func(k *desk) { k.keys("13800138000\n", 55*ms) }, "13800138000⏎"},
		{"eight digits, then Enter after a moment", nil, func(k *desk) { k.keys("12345678", 3*ms); k.wait(60 * ms); k.keys("\n", 0) }, "12345678⏎"},
		{"seven characters of a scanner", nil, func(k *desk) { k.keys("6901234\n", 3*ms) }, "6901234⏎"},
		{"a held key without a sign of it", nil, func(k *desk) { k.keys("00000000000\n", 33*ms) }, "00000000000⏎"},
		{"5 and held zeros", nil, func(k *desk) { k.keys("5", 90*ms); k.keys("0", 90*ms); k.wait(400 * ms); k.keys("00000000\n", 25*ms) }, "5000000000⏎"},
		{"Chinese", nil, func(k *desk) { k.keys("多加冰，谢谢\n", 3*ms) }, "多加冰，谢谢⏎"},
		{"a scan with a Chinese character in it", nil, func(k *desk) { k.keys("2876543王210987654\n", 3*ms) }, "2876543王210987654⏎"},
		{"Tab through fields", nil, func(k *desk) { k.keys("ab\tcd\t", 120*ms) }, "ab→cd→"},
		{"Enter alone", nil, func(k *desk) { k.keys("\n", 0) }, "⏎"},
		{"a code without an end", nil, func(k *desk) { k.keys(payCode, 3*ms) }, payCode},
		{"Tab when only Enter ends a scan", []func(*scanner.Rules){func(r *scanner.Rules) { r.Tab = false }}, func(k *desk) { k.keys(payCode+"\t", 3*ms) }, payCode + "→"},
		{"a scan without the prefix", []func(*scanner.Rules){prefix("~")}, func(k *desk) { k.keys(payCode+"\n", 3*ms) }, payCode + "⏎"},
		{"a scan without the suffix", []func(*scanner.Rules){suffix("#")}, func(k *desk) { k.keys(payCode+"\n", 3*ms) }, payCode + "⏎"},
		{"too long, also its tail", []func(*scanner.Rules){longestCode(20)}, func(k *desk) { k.keys("0123456789012345678901234567890123456789\n", 3*ms) }, "0123456789012345678901234567890123456789⏎"},
		{"off", []func(*scanner.Rules){func(r *scanner.Rules) { r.Off = true }}, func(k *desk) { k.keys(payCode+"\n", 3*ms) }, payCode + "⏎"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newDesk(t, c.rules...)
			c.send(k)
			k.want(c.typed)
		})
	}
}

func TestAKeyThatRepeatsIsTyping(t *testing.T) {
	k := newDesk(t)
	k.keys("1", 90*ms)
	k.feed(scanner.Event{Kind: scanner.Down, Code: '2'})
	k.feed(scanner.Event{Kind: scanner.Char, Rune: '2'})
	for range 12 {
		k.wait(30 * ms)
		k.feed(scanner.Event{Kind: scanner.Down, Code: '2', Repeat: true})
		k.feed(scanner.Event{Kind: scanner.Char, Rune: '2', Repeat: true})
	}
	k.feed(scanner.Event{Kind: scanner.Up, Code: '2'})
	k.keys("\n", 10*ms)
	k.want("12222222222222⏎")
}

func TestAnotherKeyEndsABurst(t *testing.T) {
	k := newDesk(t)
	k.keys("28765432", 3*ms)
	k.feed(scanner.Event{Kind: scanner.Other, Code: 'F'})
	k.keys("1098765432\n", 3*ms)
	k.want("28765432·1098765432⏎")
	if len(k.trials) != 1 || k.trials[0].Why != scanner.WhyOtherKey || k.trials[0].Shown != "" {
		t.Errorf("trials %+v", k.trials)
	}
}

// Behind a busy loop keys pile up and arrive at once, a person's like a
// scanner's. The clock then proves nothing, unless so many keys came in so
// short a stall that no person can have pressed them.
func TestLateBursts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		stall      time.Duration
		typed      string
		codes      []string
	}{
		{"eight digits typed during a stall", "12345678\n", 800 * ms, "12345678⏎", nil},
		{"a telephone number typed during a stall", "13800138000\n", time.Second, "13800138000⏎", nil},
		{"a receipt number scanned during a long stall is replayed too", "01006128\n", 800 * ms, "01006128⏎", nil},
		{"a pay code proves itself", payCode + "\n", 3 * time.Second, "", []string{payCode}},
		{"a long code within a short stall can only be a scanner's", "6901234567892\n", 150 * ms, "", []string{"6901234567892"}},
		{"a short stall is too long for eight keys", "01006128\n", 200 * ms, "01006128⏎", nil},
		{"a slow frame is hardly a stall", "01006128\n", 45 * ms, "", []string{"01006128"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newDesk(t)
			k.late = c.stall
			k.keys(c.text, ms/5)
			k.late = 0
			k.want(c.typed, c.codes...)
		})
	}
	t.Run("with a prefix the clock is not needed", func(t *testing.T) {
		k := newDesk(t, prefix("~"))
		k.late = 2 * time.Second
		k.keys("~01006128\n", ms/5)
		k.want("", "01006128")
	})
}

func TestAStallInTheMiddleOfAScanDoesNotTearIt(t *testing.T) {
	k := newDesk(t)
	k.keys(payCode[:9], 3*ms)
	k.hold = time.Time{} // the timer waits behind the loop as well
	k.now = k.now.Add(700 * ms)
	k.late = 690 * ms
	k.obey(k.d.Expire(k.now, k.late)) // and may go off before the keys come
	k.keys(payCode[9:]+"\n", ms/5)
	k.want("", payCode)
	if !k.scans[0].Late {
		t.Error("the scan does not say that it was late")
	}
}

// A key's release goes where its press went.
func TestReleasesFollowTheirPress(t *testing.T) {
	k := newDesk(t)
	var released []int
	feed := func(kind scanner.Kind, code int) {
		d := k.d.Feed(scanner.Event{Kind: kind, Code: code, Rune: rune(code), At: k.now})
		for _, e := range d.Replay {
			if e.Kind == scanner.Up {
				released = append(released, e.Code)
			}
		}
	}
	feed(scanner.Down, 'a')
	feed(scanner.Char, 'a')
	k.obey(k.d.Expire(k.now.Add(time.Second), 0)) // a is typed, and still held down
	k.now = k.now.Add(time.Second)
	for _, r := range "01006128" {
		feed(scanner.Down, int(r))
		feed(scanner.Char, int(r))
	}
	feed(scanner.Up, 'a')
	feed(scanner.Up, '0')
	feed(scanner.Terminator, '\r')
	for _, r := range "1628" {
		feed(scanner.Up, int(r))
	}
	feed(scanner.Up, '\r')
	feed(scanner.Up, 'z') // pressed elsewhere
	if string(toRunes(released)) != "az" {
		t.Errorf("releases of %q reached the window, want those of a and z", toRunes(released))
	}
}

// Keys of a scan are released after the next keys were pressed: those are held
// all the same, and come out.
func TestALateReleaseKeepsTheTimer(t *testing.T) {
	k := newDesk(t)
	for _, r := range "01006128" {
		k.feed(scanner.Event{Kind: scanner.Down, Code: int(r)})
		k.feed(scanner.Event{Kind: scanner.Char, Rune: r})
	}
	k.feed(scanner.Event{Kind: scanner.Terminator, Code: '\r'})
	k.feed(scanner.Event{Kind: scanner.Down, Code: 'x'})
	k.feed(scanner.Event{Kind: scanner.Char, Rune: 'x'})
	k.feed(scanner.Event{Kind: scanner.Up, Code: '8'})
	k.want("x", "01006128")
}

func toRunes(codes []int) []rune {
	var r []rune
	for _, c := range codes {
		r = append(r, rune(c))
	}
	return r
}

func TestFlushAndNewRules(t *testing.T) {
	k := newDesk(t)
	k.keys("2876", 3*ms)
	k.obey(k.d.Flush())
	if got := k.typed.String(); got != "2876" {
		t.Errorf("flush replayed %q", got)
	}
	k.keys("54", 3*ms)
	off := scanner.DefaultRules()
	off.Off = true
	d, err := k.d.SetRules(off)
	if err != nil {
		t.Fatal(err)
	}
	k.obey(d)
	if got := k.typed.String(); got != "287654" {
		t.Errorf("after new rules %q is typed", got)
	}
}

func TestBadRulesAreNamed(t *testing.T) {
	for name, change := range map[string]func(*scanner.Rules){
		"too short without a prefix": shortest(5),
		"no length":                  func(r *scanner.Rules) { r.MinLength, r.Prefix = 0, "~" },
		"longest below shortest":     longestCode(7),
		"endless":                    longestCode(1 << 20),
		"gap of a frame":             func(r *scanner.Rules) { r.MaxGap = 10 * ms },
		"gap of a person":            func(r *scanner.Rules) { r.MaxGap = 200 * ms },
		"no end":                     func(r *scanner.Rules) { r.Enter, r.Tab = false, false },
		"control prefix":             prefix("\x02"),
		"Chinese suffix":             suffix("。"),
		"long prefix":                prefix("123456789"),
	} {
		r := scanner.DefaultRules()
		change(&r)
		if _, err := scanner.New(r); !errors.Is(err, scanner.ErrRules) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := newDesk(t).d.SetRules(r); !errors.Is(err, scanner.ErrRules) {
			t.Errorf("%s, set later: %v", name, err)
		}
	}
}

func TestTrialsForTheTestPage(t *testing.T) {
	for _, c := range []struct {
		name string
		send func(*desk)
		want scanner.Trial
	}{
		{"a pay code is masked", func(k *desk) { k.keys(payCode+"\n", 3*ms) },
			scanner.Trial{Shown: "28…5432", Length: 18, Duration: 51 * ms, PerChar: 3 * ms, Taken: scanner.TakenPayCode, Wallet: payment.WalletAlipay}},
		{"a receipt number", func(k *desk) { k.keys("01006128\n", 5*ms) },
			scanner.Trial{Shown: "01006128", Length: 8, Duration: 35 * ms, PerChar: 5 * ms, Taken: scanner.TakenReceipt}},
		{"goods", func(k *desk) { k.keys("6901234567892\n", 4*ms) },
			scanner.Trial{Shown: "6901234567892", Length: 13, Duration: 48 * ms, PerChar: 4 * ms, Taken: scanner.TakenOther}},
		{"too short", func(k *desk) { k.keys("69012\n", 4*ms) },
			scanner.Trial{Length: 5, Duration: 16 * ms, PerChar: 4 * ms, Taken: scanner.TakenTyping, Why: scanner.WhyShort}},
		{"no end", func(k *desk) { k.keys("6901234567892", 4*ms) },
			scanner.Trial{Length: 13, Duration: 48 * ms, PerChar: 4 * ms, Taken: scanner.TakenTyping, Why: scanner.WhyNoEnd}},
		{"held key", func(k *desk) { k.keys("1111111111\n", 10*ms) },
			scanner.Trial{Length: 10, Duration: 90 * ms, PerChar: 10 * ms, Taken: scanner.TakenTyping, Why: scanner.WhyRepeat}},
		{"busy window", func(k *desk) { k.late = time.Second; k.keys("12345678\n", 0) },
			scanner.Trial{Length: 8, Late: true, Taken: scanner.TakenTyping, Why: scanner.WhyLate}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newDesk(t)
			c.send(k)
			k.late = 0
			k.wait(time.Second)
			if len(k.trials) != 1 || k.trials[0] != c.want {
				t.Errorf("got %+v, want %+v", k.trials, c.want)
			}
		})
	}
	t.Run("slow keys in slow frames", func(t *testing.T) {
		k := newDesk(t)
		k.late = 25 * ms
		k.keys("12345678\n", 60*ms)
		k.want("12345678⏎")
		if len(k.trials) != 1 || k.trials[0].Why != scanner.WhySlow {
			t.Errorf("got %+v", k.trials)
		}
	})
	t.Run("a few fast keys are not worth a line", func(t *testing.T) {
		k := newDesk(t)
		k.keys("123", 10*ms)
		k.wait(time.Second)
		if len(k.trials) != 0 {
			t.Errorf("got %+v", k.trials)
		}
	})
}

func TestAScanDoesNotPrintItsCode(t *testing.T) {
	k := newDesk(t)
	k.keys(payCode+"\n", 3*ms)
	s := k.scans[0]
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("read", "value", s, "pointer", &s)
	for _, printed := range []string{fmt.Sprint(s), fmt.Sprintf("%+v %#v %s %q", s, &s, s, &s), log.String()} {
		if strings.Contains(printed, payCode[2:14]) || !strings.Contains(printed, "scan of 18 characters") {
			t.Errorf("prints %s", printed)
		}
	}
}
