package scanner

import "time"

// BeatEvery is the rhythm in which a loop calls Pulse.Beat.
const BeatEvery = 20 * time.Millisecond

// Behind is how late a loop may be before the times of its events stop being
// evidence. It is less than the gap that a scanner leaves, so that a frame is
// either on time and tears no scan, or late and explains the gap.
const Behind = 30 * time.Millisecond

// Pulse measures how far a loop has fallen behind. The loop calls Beat every
// BeatEvery, from a timer; Late is asked when an event arrives. The zero value
// is ready. It is used on the loop's own goroutine only.
type Pulse struct {
	last  time.Time // the last beat
	since time.Time // the beat before the last stall
	until time.Time // events until here may have waited for that stall
}

// Beat tells that the loop is alive at now.
func (p *Pulse) Beat(now time.Time) {
	if !p.last.IsZero() && now.Sub(p.last) > Behind {
		p.since = p.last
		p.until = now.Add(Behind) // what waited is delivered in the turns right after
	}
	p.last = now
}

// Late is how long an event that arrives at now may have waited; 0 when the
// loop is on time, or when it has not begun to beat.
func (p *Pulse) Late(now time.Time) time.Duration {
	switch {
	case p.last.IsZero():
		return 0
	case now.Before(p.until):
		return now.Sub(p.since)
	case now.Sub(p.last) > BeatEvery+BeatEvery/4:
		return now.Sub(p.last)
	}
	return 0
}
