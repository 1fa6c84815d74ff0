package settings

import (
	"slices"

	"frontdesk/ui/kit"
)

// groups is a choice between groups of settings that exclude each other, such
// as a public key and certificates. What belongs to the others goes with the
// next save.
type groups struct {
	c       *channelPage
	segment *kit.Segment
	options [][]string // the settings of each
}

// choose adds the line of a choice; the words stand in the order of options.
func (c *channelPage) choose(key string, words []string, options ...[]string) *groups {
	g := &groups{c: c, options: options}
	g.segment = kit.NewSegment(words, 0, g.chose)
	c.row(key, g.segment)
	c.locks = append(c.locks, g.segment)
	c.groups = append(c.groups, g)
	return g
}

// is reports whether one of some options is chosen.
func (g *groups) is(options ...int) func() bool {
	return func() bool { return slices.Contains(options, g.segment.Index()) }
}

// all are the settings of any option.
func (g *groups) all() (keys []string) {
	for _, option := range g.options {
		for _, key := range option {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// chose takes a person's choice over.
func (g *groups) chose(option int) {
	s := g.c.s
	if s.vals == nil {
		return
	}
	for _, key := range g.all() {
		switch kept := slices.Contains(g.options[option], key); {
		case !kept:
			s.vals.keep(key)
			if s.vals.filled(key) {
				s.vals.set(key, "")
			}
		case s.vals.emptied(key):
			s.vals.keep(key)
		}
	}
	s.showing = true
	for _, in := range g.c.inputs {
		if slices.Contains(g.all(), in.key) {
			in.show(s.vals)
			if in.complain != nil {
				in.complain("")
			}
		}
	}
	s.showing = false
	g.c.setParts()
	g.c.changed()
}

// follow chooses by what is filled in: the first option that has a place for
// all of it, unless the one that is chosen has.
func (g *groups) follow() {
	if g.covers(g.segment.Index()) {
		return
	}
	for i := range g.options {
		if g.covers(i) {
			g.segment.SetIndex(i)
			return
		}
	}
}

func (g *groups) covers(option int) bool {
	return !slices.ContainsFunc(g.all(), func(key string) bool {
		return g.c.s.vals.filled(key) && !slices.Contains(g.options[option], key)
	})
}
