package scanner

import "time"

// Detector sorts keyboard events into typing and scans. It is used on one
// goroutine and reads no clock of its own.
type Detector struct {
	rules Rules
	burst burst
	torn  bool // the begin of a burst had to be replayed, so its rest passes as well: half a code is none

	last    time.Time    // arrival of the last Down or Char
	ended   time.Time    // arrival of the last scan's terminator, or zero
	pressed map[int]bool // keys whose press went into a scan and whose release follows it
}

// burst is what is held back.
type burst struct {
	events   []Event
	chars    []byte    // the folded characters of its Char events
	first    time.Time // arrival of the first character
	final    time.Time // arrival of the last character
	earliest time.Time // before this no key of the burst can have been pressed
	late     bool      // the loop had fallen behind at one of its events
}

// New makes a detector. The error is one of Rules.Check.
func New(r Rules) (*Detector, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	return &Detector{rules: r, pressed: map[int]bool{}}, nil
}

// SetRules changes the rules; what is held is replayed first. On an error the
// old rules stay and nothing is replayed.
func (d *Detector) SetRules(r Rules) (Decision, error) {
	if err := r.Check(); err != nil {
		return Decision{}, err
	}
	decision := d.Flush()
	d.rules = r
	return decision, nil
}

// Flush replays what is held: the window is about to close or to lose the
// keyboard.
func (d *Detector) Flush() Decision { return d.replay(WhyOtherKey) }

// Expire is called when Decision.Hold has passed. late is how far the loop is
// behind at now.
func (d *Detector) Expire(now time.Time, late time.Duration) Decision {
	if len(d.burst.events) == 0 {
		return Decision{}
	}
	if !d.parted(now, late) {
		return Decision{Hold: d.holding(now)}
	}
	return d.replay(WhyNoEnd)
}

// Feed takes the next event.
func (d *Detector) Feed(e Event) Decision {
	decision := d.sort(e)
	if len(d.burst.events) > 0 {
		decision.Hold = d.holding(e.At)
	}
	return decision
}

func (d *Detector) sort(e Event) Decision {
	if e.Kind == Up {
		return d.release(e)
	}
	second := e.Kind == Terminator && d.isSecondEnd(e)
	if e.Kind != Char {
		delete(d.pressed, e.Code) // pressed anew: the release of its first press got lost
	}
	if !second {
		d.ended = time.Time{}
	}
	switch {
	case second:
		d.ended = e.At
		d.pressed[e.Code] = true
		return Decision{Drop: []Event{e}}
	case d.rules.Off:
		return Decision{Replay: []Event{e}}
	case e.Kind == Other:
		return d.tear(WhyOtherKey, e)
	case e.Repeat:
		return d.tear(WhyRepeat, e)
	case e.Kind == Terminator:
		return d.end(e)
	}
	return d.key(e)
}

// release takes the release of a key. It goes the way of its press, and waits
// for those that were pressed before it.
func (d *Detector) release(e Event) Decision {
	switch {
	case d.pressed[e.Code]:
		delete(d.pressed, e.Code)
		return Decision{Drop: []Event{e}}
	case len(d.burst.events) == 0:
		return Decision{Replay: []Event{e}}
	case d.apart(e):
		return d.replay(WhyNoEnd, e)
	}
	d.burst.events = append(d.burst.events, e)
	return Decision{}
}

// key takes the press of a typing key, or its character.
func (d *Detector) key(e Event) Decision {
	var char byte
	if e.Kind == Char {
		var ok bool
		if char, ok = fold(e.Rune); !ok {
			return d.tear(WhyOtherKey, e)
		}
	}
	var decision Decision
	if d.apart(e) {
		decision = d.replay(WhyNoEnd)
	}
	d.last = e.At
	if d.torn {
		decision.Replay = append(decision.Replay, e)
		return decision
	}
	b := &d.burst
	if len(b.events) == 0 {
		b.earliest = e.At.Add(-e.Late)
	}
	b.late = b.late || e.Late > Behind
	b.events = append(b.events, e)
	if e.Kind == Char {
		if len(b.chars) == 0 {
			b.first = e.At
		}
		b.final = e.At
		b.chars = append(b.chars, char)
	}
	if len(b.chars) > d.rules.MaxLength+len(d.rules.Prefix)+len(d.rules.Suffix) {
		decision = d.replay(WhyLong)
		d.torn = true
		return decision
	}
	return decision
}

// end takes Enter or Tab: what is held is a scan or typing now.
func (d *Detector) end(e Event) Decision {
	ends := d.rules.Enter
	if e.Tab {
		ends = d.rules.Tab
	}
	b := &d.burst
	switch {
	case !ends:
		return d.replay(WhyOtherKey, e)
	case d.apart(e):
		return d.replay(WhyNoEnd, e)
	case len(b.chars) == 0:
		return d.replay(WhyShort, e)
	}
	if e.Late > Behind {
		b.late = true
	}
	code, from, why := d.judge(e.At)
	if why != "" {
		return d.replay(why, e)
	}
	return d.scan(code, from, e)
}

// scan hands the code over. Characters that were typed before the prefix are
// replayed, and so are releases of keys that were pressed before the scan.
func (d *Detector) scan(code string, from int, e Event) Decision {
	b := &d.burst
	start := startOf(b.events, from)
	decision := Decision{Replay: append([]Event(nil), b.events[:start]...)}
	s := &Scan{Code: code, Duration: b.final.Sub(b.first), Late: b.late}
	for _, held := range append(b.events[start:], e) {
		switch held.Kind {
		case Up:
			if !d.pressed[held.Code] {
				decision.Replay = append(decision.Replay, held)
				continue
			}
			delete(d.pressed, held.Code)
		case Down, Terminator:
			d.pressed[held.Code] = true
		}
		s.Events = append(s.Events, held)
	}
	decision.Scan, decision.Trial = s, trialOf(s, len(b.chars)-from)
	d.reset()
	d.ended = e.At
	return decision
}

// startOf is where in events the n-th character begins: at its key's press,
// and Shift's before it.
func startOf(events []Event, n int) int {
	start := 0
	for i, e := range events {
		if e.Kind != Char {
			continue
		}
		if n == 0 {
			start = i
			break
		}
		n--
	}
	for start > 0 && events[start-1].Kind == Down {
		start--
	}
	return start
}

// isSecondEnd reports whether e follows a scan so closely that the scanner sent
// it too: CR and LF, or Enter and Tab.
func (d *Detector) isSecondEnd(e Event) bool {
	return !d.ended.IsZero() && e.At.Sub(d.ended) <= d.rules.MaxGap
}

// apart reports whether e comes too late to belong to the same burst as the
// key before it.
func (d *Detector) apart(e Event) bool { return d.parted(e.At, e.Late) }

// parted reports whether the gap from the last key to at is longer than a
// scanner leaves. What the loop was behind explains a longer one; when it was
// far behind, its own rhythm makes that uncertain by about another gap.
func (d *Detector) parted(at time.Time, late time.Duration) bool {
	gap := at.Sub(d.last) - late
	if late > Behind {
		return gap > 2*d.rules.MaxGap
	}
	return gap > d.rules.MaxGap
}

// holding is how long it takes from now until a scanner's next key is overdue.
func (d *Detector) holding(now time.Time) time.Duration {
	return max(d.rules.MaxGap-now.Sub(d.last), 0) + time.Millisecond
}

// replay ends the burst as typing and hands it on, followed by next.
func (d *Detector) replay(why Why, next ...Event) Decision {
	b := &d.burst
	decision := Decision{Replay: append(b.events, next...)}
	if len(b.chars) >= trialMin {
		span := b.final.Sub(b.first)
		decision.Trial = &Trial{Length: len(b.chars), Duration: span, PerChar: perChar(span, len(b.chars)), Late: b.late, Taken: TakenTyping, Why: why}
	}
	d.reset()
	return decision
}

// tear replays the burst because of e, which is not a scanner's. Where e came
// in the middle, the rest of the burst passes too.
func (d *Detector) tear(why Why, e Event) Decision {
	middle := (len(d.burst.chars) > 0 || d.torn) && !d.apart(e)
	decision := d.replay(why, e)
	d.torn = middle
	if middle {
		d.last = e.At
	}
	return decision
}

func (d *Detector) reset() {
	d.burst = burst{}
	d.torn = false
}
