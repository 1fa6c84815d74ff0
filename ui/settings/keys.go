package settings

import (
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// keysPage gives each action another key: tap the key, then press the new one.
type keysPage struct {
	*page
	now   screen.Keymap
	rows  map[screen.Action]*keyCatcher
	fault *kit.Hint
}

func newKeysPage(s *Screen) *page {
	p := newPage(s, "keys")
	o := &keysPage{page: p, now: screen.DefaultKeys(), rows: map[screen.Action]*keyCatcher{}}
	s.keys = o
	w := s.desk.Words
	p.line(kit.NewParagraph(p.word("keys.hint")+" "+p.word("keys.fixed"), kit.Body, kit.Ink2))
	o.fault = kit.NewHint(kit.NoIcon, kit.Bad, "", kit.Body, kit.Bad)
	p.line(o.fault)
	o.fault.Hide()
	for _, a := range screen.Actions {
		c := newKeyCatcher(w, func(key screen.Key) { o.pressed(a, key) })
		o.rows[a] = c
		p.line(newFormRow(p.word("keys."+string(a)), c, ""))
	}
	p.inputs = append(p.inputs, &input{key: "ui.keys", object: o.fault, show: o.showKeys})
	hold(p.footLeft, kit.NewButton(p.word("keys.reset"), kit.ButtonNormal, o.reset))
	return p.finish()
}

func (o *keysPage) showKeys(v *values) {
	m, err := screen.ParseKeymap(v.get("ui.keys"))
	if err != nil { // written by hand: the usual keys hold, as in the window
		m = screen.DefaultKeys()
	}
	o.now = m
	o.complainKey("")
	o.draw()
}

func (o *keysPage) draw() {
	usual := screen.DefaultKeys()
	for a, c := range o.rows {
		was := ""
		if o.now[a] != usual[a] {
			was = o.word("keys.changed", "key", usual[a])
		}
		c.set(o.now[a], was)
	}
}

// pressed takes a new key for an action, or says why it cannot be.
func (o *keysPage) pressed(a screen.Action, key screen.Key) {
	if o.s.vals == nil {
		return
	}
	next, fault, other := rekey(o.now, a, key)
	switch fault {
	case keyTaken:
		o.complainKey(o.word("keys.taken", "key", key, "action", o.word("keys."+string(other))))
		return
	case keyUnfit:
		o.complainKey(o.word("keys.unfit", "key", key))
		return
	}
	o.take(next)
}

func (o *keysPage) take(m screen.Keymap) {
	o.now = m
	o.complainKey("")
	o.draw()
	o.typed("ui.keys", m.String())
}

// reset goes back to the usual keys.
func (o *keysPage) reset() {
	if o.s.vals != nil {
		o.take(screen.DefaultKeys())
	}
}

func (o *keysPage) complainKey(sentence string) {
	o.fault.Set(kit.IconFailed, kit.Bad, sentence, kit.Bad)
	setVisible(o.fault, sentence != "")
	if o.form != nil {
		o.flow()
	}
}
