package settings

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// page is one page of settings: a form that scrolls, and beside it, on some
// pages, a panel that tells something.
type page struct {
	s      *Screen
	name   string // the words are under "settings.page."
	inputs []*input
	rows   []fyne.CanvasObject

	titleRight fyne.CanvasObject // in the line of the title; may be nil
	footLeft   *fyne.Container   // left in the foot
	side       fyne.CanvasObject // the panel beside the form; may be nil
	plain      bool              // nothing to save: no foot

	guarded  bool              // belongs to people with the right for keys; see guard
	locked   bool              // can only be looked at
	lockNote fyne.CanvasObject // says so; nil where nothing is guarded
	locks    []switchable      // what is locked beside the inputs

	form   *fyne.Container
	scroll *screen.Scroll
	title  *kit.Text

	check   func() map[string]string // more faults before saving, by key; may be nil
	bring   func(key string)         // brings a setting into sight, on pages of several parts; may be nil
	onShow  func()                   // the page came into sight; may be nil, as the next ones
	onHide  func()
	onSaved func()
	onInput func() // something was changed, or shown anew
}

func newPage(s *Screen, name string) *page {
	p := &page{s: s, name: name, footLeft: holder()}
	p.title = kit.NewBold(s.desk.Words.T("settings.page."+name), kit.ActionPx, kit.Ink)
	return p
}

// word is one of the page's own.
func (p *page) word(key string, pairs ...any) string {
	return p.s.desk.Words.T("settings."+key, pairs...)
}

// add takes an input into the form, with the label and the hint of its key.
func (p *page) add(i *input, part fyne.CanvasObject) {
	p.inputs = append(p.inputs, i)
	i.row = p.row(i.key, part)
}

// row adds a line with the words of a key: the label is "settings.<key>", the
// hint the same with ".hint".
func (p *page) row(key string, part fyne.CanvasObject) *formRow {
	w, words := p.s.desk.Words, "settings."+labelOf(key)
	hint := ""
	if w.Has(words + ".hint") {
		hint = w.T(words + ".hint")
	}
	r := newFormRow(w.T(words), part, hint)
	r.key = key
	p.rows = append(p.rows, r)
	return r
}

// labelOf names the words of a setting. Most have the setting's own name.
func labelOf(key string) string {
	switch key {
	case "till.limit":
		return "shop.limit"
	case "till.refund_reasons":
		return "shop.reasons"
	case "ui.language", "ui.theme", "ui.scale", "ui.keypad":
		return "look." + key[len("ui."):]
	}
	return key
}

// line adds something that is not a setting.
func (p *page) line(o fyne.CanvasObject) { p.rows = append(p.rows, o) }

// finish puts the form together.
func (p *page) finish() *page {
	p.form = kit.Down(rowGap, p.rows...)
	p.scroll = screen.NewScroll(kit.Pad(12, kit.PadPanel, kit.Gap, kit.PadPanel, p.form))
	return p
}

// flow places the form anew, after a line became higher or lower.
func (p *page) flow() {
	p.form.Refresh()
	p.scroll.Flow()
}

// keys are the settings of the page.
func (p *page) keys() []string {
	keys := make([]string, len(p.inputs))
	for i, in := range p.inputs {
		keys[i] = in.key
	}
	return keys
}

// typed takes over what a person changed.
func (p *page) typed(key, value string) {
	if p.s.vals == nil || p.s.showing || p.locked {
		return
	}
	p.s.vals.set(key, value)
	for _, in := range p.inputs {
		if in.key == key && in.complain != nil {
			in.complain("")
		}
	}
	p.changed()
}

// changed is called after every change on the page.
func (p *page) changed() {
	if p.onInput != nil {
		p.onInput()
	}
	p.s.updateFoot()
}

// show writes all values into the form.
func (p *page) show() {
	p.s.showing = true
	for _, in := range p.inputs {
		in.show(p.s.vals)
		if in.complain != nil {
			in.complain("")
		}
	}
	p.s.showing = false
	if p.onInput != nil {
		p.onInput()
	}
	p.flow()
}

// faults are what stands in the way of saving, by key.
func (p *page) faults() map[string]string {
	faults := map[string]string{}
	for _, in := range p.inputs {
		if in.fault != nil {
			if sentence := in.fault(p.s.vals); sentence != "" {
				faults[in.key] = sentence
			}
		}
	}
	if p.check != nil {
		for key, sentence := range p.check() {
			faults[key] = sentence
		}
	}
	return faults
}

// reveal brings the line of a setting into sight.
func (p *page) reveal(key string) {
	for _, in := range p.inputs {
		if in.key == key && in.row != nil {
			p.scroll.Reveal(in.row)
		}
	}
}

// complain shows faults at their fields and takes others away. The first one
// gets the focus.
func (p *page) complain(faults map[string]string, focus bool) {
	var first *input
	for _, in := range p.inputs {
		if in.complain == nil {
			continue
		}
		in.complain(faults[in.key])
		if first == nil && faults[in.key] != "" {
			first = in
		}
	}
	p.flow()
	if first == nil || !focus {
		return
	}
	if p.bring != nil {
		p.bring(first.key)
	}
	p.reveal(first.key)
	if first.focus != nil {
		first.focus()
	}
}
