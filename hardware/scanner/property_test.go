package scanner_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/hardware/scanner"
	"frontdesk/payment"
)

// seeds is how many seeds each property is tried with.
var seeds = flag.Uint64("seeds", 400, "how many random runs each property gets")

// ledger checks that what goes in comes out exactly once and in order.
type ledger struct {
	fed                     int
	replayed, scanned, rest []int
	scans                   []string
}

func (l *ledger) feed(d *scanner.Detector, e scanner.Event) scanner.Decision {
	e.Payload = l.fed
	l.fed++
	decision := d.Feed(e)
	l.take(decision)
	return decision
}

func (l *ledger) take(d scanner.Decision) {
	for _, e := range d.Replay {
		l.replayed = append(l.replayed, e.Payload.(int))
	}
	for _, e := range d.Drop {
		l.rest = append(l.rest, e.Payload.(int))
	}
	if d.Scan != nil {
		for _, e := range d.Scan.Events {
			l.scanned = append(l.scanned, e.Payload.(int))
		}
		l.scans = append(l.scans, d.Scan.Code)
	}
}

func (l *ledger) check(t *testing.T) {
	t.Helper()
	if !slices.IsSorted(l.replayed) || !slices.IsSorted(l.scanned) || !slices.IsSorted(l.rest) {
		t.Fatalf("out of order: replayed %v, scanned %v, dropped %v", l.replayed, l.scanned, l.rest)
	}
	all := slices.Concat(l.replayed, l.scanned, l.rest)
	slices.Sort(all)
	for i, n := range all {
		if n != i {
			t.Fatalf("event %d is lost or doubled: %v", i, all)
		}
	}
	if len(all) != l.fed {
		t.Fatalf("%d of %d events came out", len(all), l.fed)
	}
}

// FuzzEveryEventLeavesOnce drives the detector with any stream of events, times
// and rules: three bytes make one step.
func FuzzEveryEventLeavesOnce(f *testing.F) {
	f.Add([]byte("000111222333444555666777"), byte(0))
	var scan []byte
	for _, r := range "28765432109876" {
		scan = append(scan, 0, byte(r), 3, 1, byte(r), 0, 2, byte(r), 0)
	}
	f.Add(append(scan, 3, '\r', 3, 2, '\r', 0, 3, '\r', 1), byte(0))
	f.Add(append(scan, 3, '\t', 200, 4, 'F', 1), byte(3))
	f.Fuzz(func(t *testing.T, steps []byte, how byte) {
		rules := scanner.DefaultRules()
		if how&1 != 0 {
			rules.Prefix, rules.MinLength = "0", 1
		}
		if how&2 != 0 {
			rules.Suffix = "6"
		}
		if how&4 != 0 {
			rules.MaxLength = 12
		}
		rules.Tab = how&8 == 0
		d, err := scanner.New(rules)
		if err != nil {
			t.Fatal(err)
		}
		var l ledger
		now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
		for ; len(steps) >= 3; steps = steps[3:] {
			now = now.Add(time.Duration(steps[2]) * ms)
			e := scanner.Event{At: now, Code: int(steps[1]), Rune: rune(steps[1])}
			if steps[0]&0x80 != 0 {
				e.Late = time.Duration(steps[1]) * 2 * ms
			}
			e.Repeat = steps[0]&0x40 != 0
			switch steps[0] % 8 {
			case 0:
				e.Kind = scanner.Down
			case 1, 6, 7:
				e.Kind = scanner.Char
			case 2:
				e.Kind = scanner.Up
			case 3:
				e.Kind, e.Tab = scanner.Terminator, steps[1] == '\t'
			case 4:
				e.Kind = scanner.Other
			case 5:
				l.take(d.Expire(now, e.Late))
				continue
			}
			decision := l.feed(d, e)
			if held := l.fed - len(l.replayed) - len(l.scanned) - len(l.rest); (held > 0) != (decision.Hold > 0) {
				t.Fatalf("%d events held, for %v", held, decision.Hold)
			}
			if s := decision.Scan; s != nil {
				if e.Kind != scanner.Terminator || len(s.Code) < rules.MinLength || len(s.Code) > rules.MaxLength {
					t.Fatalf("scan %q by %+v", s.Code, e)
				}
				var chars strings.Builder
				for _, x := range s.Events {
					if x.Kind == scanner.Char {
						chars.WriteRune(x.Rune)
					}
				}
				if chars.String() != rules.Prefix+s.Code+rules.Suffix {
					t.Fatalf("code %q of the characters %q", s.Code, chars.String())
				}
			}
		}
		l.take(d.Flush())
		l.check(t)
	})
}

// desktop is a window's event loop: keys are pressed at their times, and
// arrive when the loop turns. Now and then it is busy for a while.
type desktop struct {
	rng      *rand.Rand
	now      time.Time // the loop's next turn
	stall    func() time.Duration
	pulse    scanner.Pulse
	detector *scanner.Detector
	ledger   ledger
	expire   time.Time
}

type press struct {
	at time.Time
	r  rune // '\n' for Enter
}

// run turns the loop until all keys have arrived and nothing is held.
func (k *desktop) run(keys []press) {
	end := k.now.Add(3 * time.Second)
	if len(keys) > 0 {
		end = keys[len(keys)-1].at.Add(3 * time.Second)
	}
	for k.now.Before(end) || len(keys) > 0 {
		at := k.now
		deliver := func() {
			for len(keys) > 0 && !keys[0].at.After(k.now) {
				k.press(keys[0].r, at)
				at = at.Add(200 * time.Microsecond)
				keys = keys[1:]
			}
		}
		timer := func() {
			if !k.expire.IsZero() && !k.expire.After(at) {
				k.expire = time.Time{}
				d := k.detector.Expire(at, k.pulse.Late(at))
				k.ledger.take(d)
				k.arm(d, at)
			}
		}
		steps := []func(){deliver, timer, func() { k.pulse.Beat(at) }} // a loop promises no order
		k.rng.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		for _, step := range steps {
			step()
		}
		k.now = k.now.Add(16700*time.Microsecond + k.stall())
		if k.now.Before(at) {
			k.now = at
		}
	}
}

func (k *desktop) press(r rune, at time.Time) {
	send := func(e scanner.Event) {
		e.At, e.Late = at, k.pulse.Late(at)
		k.expire = time.Time{}
		k.arm(k.ledger.feed(k.detector, e), at)
	}
	if r == '\n' {
		send(scanner.Event{Kind: scanner.Terminator, Code: '\r'})
		send(scanner.Event{Kind: scanner.Up, Code: '\r'})
		return
	}
	send(scanner.Event{Kind: scanner.Down, Code: int(r)})
	send(scanner.Event{Kind: scanner.Char, Rune: r})
	send(scanner.Event{Kind: scanner.Up, Code: int(r)})
}

func (k *desktop) arm(d scanner.Decision, at time.Time) {
	if d.Hold > 0 {
		k.expire = at.Add(d.Hold)
	}
}

func newDesktop(t *testing.T, seed uint64, stall func(*rand.Rand) time.Duration) *desktop {
	t.Helper()
	d, err := scanner.New(scanner.DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	return &desktop{rng: rng, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), detector: d, stall: func() time.Duration { return stall(rng) }}
}

func (k *desktop) keys(text string, gap func() time.Duration) []press {
	at := k.now.Add(time.Second)
	var keys []press
	for _, r := range text {
		at = at.Add(gap())
		keys = append(keys, press{at, r})
	}
	return keys
}

func digits(rng *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + rng.IntN(10))
	}
	return string(b)
}

// busy is a loop that is often slow and sometimes stuck for seconds.
func busy(rng *rand.Rand) time.Duration {
	switch rng.IntN(20) {
	case 0:
		return time.Duration(rng.IntN(2500)) * ms
	case 1, 2, 3:
		return time.Duration(rng.IntN(150)) * ms
	}
	return time.Duration(rng.IntN(30)) * ms
}

// calm is a loop whose frames are a little late at most.
func calm(rng *rand.Rand) time.Duration { return time.Duration(rng.IntN(20)) * ms }

// No person at a desk is ever taken for a scanner, however fast the fingers
// (60 ms a key is 16 strokes a second) and however busy the window.
func TestNobodyTypesAScan(t *testing.T) {
	for seed := range *seeds {
		k := newDesktop(t, seed, busy)
		text := ""
		for range 4 {
			text += digits(k.rng, 1+k.rng.IntN(15)) + "\n"
		}
		k.run(k.keys(text, func() time.Duration { return time.Duration(60+k.rng.IntN(90)) * ms }))
		k.ledger.check(t)
		for _, code := range k.ledger.scans {
			if _, wallet := payment.Recognise(code); wallet == payment.WalletNone {
				t.Fatalf("seed %d: typed %q, taken for a scan of %q", seed, text, code)
			}
		}
	}
}

// A scan is a scan as long as the window keeps up.
func TestEveryScanIsReadByACalmWindow(t *testing.T) {
	for seed := range *seeds {
		k := newDesktop(t, seed, calm)
		code := digits(k.rng, 8+k.rng.IntN(30))
		every := time.Duration(500+k.rng.IntN(11500)) * time.Microsecond
		k.run(k.keys(code+"\n", func() time.Duration { return every }))
		k.ledger.check(t)
		if len(k.ledger.scans) != 1 || k.ledger.scans[0] != code {
			t.Fatalf("seed %d: %q sent every %v, read %q", seed, code, every, k.ledger.scans)
		}
	}
}

// A pay code is read by any window, and none of its digits stays behind.
func TestEveryPayCodeIsReadByABusyWindow(t *testing.T) {
	for seed := range *seeds {
		k := newDesktop(t, seed, busy)
		code := "28" + digits(k.rng, 16)
		every := time.Duration(500+k.rng.IntN(11500)) * time.Microsecond
		k.run(k.keys(code+"\n", func() time.Duration { return every }))
		k.ledger.check(t)
		if len(k.ledger.scans) != 1 || k.ledger.scans[0] != code || len(k.ledger.replayed) != 0 {
			t.Fatalf("seed %d: %q sent every %v, read %q, %d events replayed", seed, code, every, k.ledger.scans, len(k.ledger.replayed))
		}
	}
}

func TestPulse(t *testing.T) {
	start := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	at := func(d time.Duration) time.Time { return start.Add(d) }
	var p scanner.Pulse
	if late := p.Late(at(0)); late != 0 {
		t.Errorf("before the first beat: late by %v", late)
	}
	for d := time.Duration(0); d <= 200*ms; d += 20 * ms {
		p.Beat(at(d))
	}
	for _, c := range []struct {
		what string
		at   time.Duration
		want time.Duration
	}{
		{"on time", 215 * ms, 0},
		{"within a beat and a bit", 225 * ms, 0},
		{"a slow frame", 245 * ms, 45 * ms},
		{"a stall", 500 * ms, 300 * ms},
	} {
		if late := p.Late(at(c.at)); late != c.want {
			t.Errorf("%s: late by %v, want %v", c.what, late, c.want)
		}
	}
	p.Beat(at(500 * ms)) // the loop is back, and what waited comes now
	if late := p.Late(at(510 * ms)); late != 310*ms {
		t.Errorf("right after a stall: late by %v, want 310ms", late)
	}
	p.Beat(at(520 * ms))
	p.Beat(at(540 * ms))
	if late := p.Late(at(560 * ms)); late != 0 {
		t.Errorf("long after it: late by %v", late)
	}
}
