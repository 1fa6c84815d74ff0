package settings

import "frontdesk/ui/kit"

// guard marks the page as one that only people with the right for the channels'
// keys may change. For others a line says so.
func (p *page) guard() {
	p.guarded = true
	p.lockNote = kit.NewBox(kit.Pad(10, 14, 10, 14, kit.NewHint(kit.IconInfo, kit.Ink2, p.word("keys_locked"), kit.Body, kit.Ink)), kit.SurfaceAlt, kit.Line)
	p.lockNote.Hide()
	p.line(p.lockNote)
}

// switchable is a part of a form that can be switched off.
type switchable interface{ SetEnabled(on bool) }

// setLocked lets the page be looked at only, or lets go of it. What was not
// saved is dropped: it is not this person's to save.
func (p *page) setLocked(on bool) {
	if p.locked == on {
		return
	}
	p.locked = on
	setVisible(p.lockNote, on)
	parts := p.locks
	for _, in := range p.inputs {
		if o, ok := in.object.(switchable); ok {
			parts = append(parts, o)
		}
	}
	for _, o := range parts {
		o.SetEnabled(!on)
	}
	if p.s.vals != nil {
		if on {
			p.s.vals.discard(p.keys()...)
		}
		p.show()
	}
}

// LockKeys lets the pages with the channels' keys be looked at only, or lets go
// of them. The caller knows who may change them; until it is called, everybody
// may.
func (s *Screen) LockKeys(on bool) {
	for _, p := range s.pages {
		if p.guarded {
			p.setLocked(on)
		}
	}
	s.updateFoot()
}

// heading begins a group of lines.
func (p *page) heading(name string) {
	text := kit.NewBold(p.word("group."+name), kit.Body, kit.Ink)
	p.line(kit.Pad(8, 0, 0, 0, kit.Down(6, kit.NewRule(), kit.Sized(0, 30, text))))
}
