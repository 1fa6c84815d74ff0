package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// channelPage is the page of one channel: its account first, and behind a
// button what few shops need. Beside it stands the doctor.
//
// The steps to make one: newChannelPage, then inputs in parts, then done.
type channelPage struct {
	*page
	channel payment.ChannelName
	parts   []part
	groups  []*groups
	more    bool // the advanced parts are in sight
	turn    *kit.Button
	doctor  *doctor
}

// part are lines that come and go together.
type part struct {
	rows     []fyne.CanvasObject
	advanced bool
	when     func() bool // nil for always
}

func newChannelPage(s *Screen, channel payment.ChannelName) *channelPage {
	p := newPage(s, string(channel))
	c := &channelPage{page: p, channel: channel}
	s.channels = append(s.channels, c)
	p.titleRight = p.loose(c.key("enabled"), p.word("channel.enabled"))
	c.basic(func() {
		p.guard()
		if s.desk.Practice {
			p.line(kit.NewBox(kit.Pad(10, 14, 10, 14, kit.NewHint(kit.IconInfo, kit.Warn, p.word("channel.practice", "channel", c.name()), kit.Body, kit.Ink)), kit.WarnSoft, kit.WarnFill))
		}
	})
	return c
}

// key is a setting of the channel.
func (c *channelPage) key(name string) string { return string(c.channel) + "." + name }

// name is what the service is called.
func (c *channelPage) name() string { return c.word("page." + string(c.channel)) }

// basic adds lines that most shops need, advanced those behind the button.
func (c *channelPage) basic(add func())    { c.part(false, nil, add) }
func (c *channelPage) advanced(add func()) { c.part(true, nil, add) }

// part adds lines that are shown only when when says so.
func (c *channelPage) part(advanced bool, when func() bool, add func()) {
	before := len(c.rows)
	add()
	c.parts = append(c.parts, part{slices.Clone(c.rows[before:]), advanced, when})
}

// done puts the page together.
func (c *channelPage) done() *page {
	c.turn = kit.NewButton(c.word("channel.advanced"), kit.ButtonNormal, func() { c.turnTo(!c.more) }).Icon(kit.IconChevron)
	hold(c.footLeft, c.turn)
	c.doctor = newDoctor(c)
	c.side = c.doctor.panel
	c.bring = c.bringKey
	c.onInput = c.followed
	c.onSaved = c.doctor.lookIfOn
	c.onHide = c.doctor.trial.hide
	c.finish()
	c.setParts()
	return c.page
}

// followed shows what belongs to the values.
func (c *channelPage) followed() {
	if c.s.showing || c.s.vals == nil {
		return
	}
	for _, g := range c.groups {
		g.follow()
	}
	c.setParts()
}

// setParts shows the lines of the parts that are in sight.
func (c *channelPage) setParts() {
	changed := false
	for _, p := range c.parts {
		visible := p.advanced == c.more && (p.when == nil || p.when())
		for _, o := range p.rows {
			if note := c.lockNote; note != nil && o == note {
				visible := visible && c.locked
				changed = changed || o.Visible() != visible
				setVisible(o, visible)
				continue
			}
			changed = changed || o.Visible() != visible
			setVisible(o, visible)
		}
	}
	if changed {
		c.flow()
	}
}

// turnTo turns between the two halves of the page.
func (c *channelPage) turnTo(more bool) {
	c.more = more
	title, word, icon := c.name(), "channel.advanced", kit.IconChevron
	if more {
		title, word, icon = c.word("channel.advanced.title", "channel", c.name()), "channel.basic", kit.IconChevronLeft
	}
	c.title.SetText(title)
	c.turn.SetWord(c.word(word))
	c.turn.Icon(icon)
	c.setParts()
	c.scroll.ScrollTop()
}

// bringKey turns to the half in which a setting is.
func (c *channelPage) bringKey(key string) {
	for _, p := range c.parts {
		for _, o := range p.rows {
			if r, ok := o.(*formRow); ok && r.key == key && p.advanced != c.more {
				c.turnTo(p.advanced)
				return
			}
		}
	}
}

// configFaults asks the channel's doctor about changes of this page before they
// are saved. An account that is switched off may be incomplete. It runs off the
// UI goroutine.
func (c *channelPage) configFaults(ctx context.Context, changes map[string]string) (map[string]string, error) {
	doctor := c.s.opts.Doctors[c.channel]
	if doctor == nil {
		return nil, nil
	}
	on, changed := changes[c.key("enabled")]
	if !changed {
		var err error
		if on, err = c.s.desk.Settings.Get(ctx, c.key("enabled")); err != nil {
			return nil, err
		}
	}
	if on != "true" {
		return nil, nil
	}
	faults, err := doctor.CheckConfig(ctx, changes)
	return c.sentences(faults), err
}

// sentences are faults as they stand at their fields.
func (c *channelPage) sentences(faults []ConfigFault) map[string]string {
	out := map[string]string{}
	for _, f := range faults {
		if out[f.Key] == "" {
			out[f.Key] = c.s.desk.Words.T(c.key("config." + f.Kind))
		}
	}
	return out
}

// on reports whether the channel will be switched on after saving.
func (c *channelPage) on() bool { return c.s.vals != nil && c.s.vals.get(c.key("enabled")) == "true" }

// channelOf is the channel that a page belongs to; nil for other pages.
func (s *Screen) channelOf(p *page) *channelPage {
	for _, c := range s.channels {
		if c.page == p {
			return c
		}
	}
	return nil
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
