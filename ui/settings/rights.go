package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/ui/kit"
)

// rights are what the person at the till may do here.
type rights struct {
	settings bool
	keys     bool
	who      string // who may change settings, where this person may not: 李强、店主
}

// readRights reads them, off the UI goroutine. A window that may only look has
// nothing to change.
func (s *Screen) readRights(ctx context.Context) (r rights, err error) {
	d := s.desk
	p, err := d.Person(ctx)
	if err != nil {
		return r, err
	}
	r.settings, r.keys = app.May(p, app.RightSettings), app.May(p, app.RightKeys)
	if r.settings || d.People == nil {
		return r, nil
	}
	all, err := d.People.List(ctx)
	var names []string
	for _, other := range all {
		if app.May(other, app.RightSettings) {
			names = append(names, d.PersonName(other.Staff))
		}
	}
	r.who = strings.Join(names, d.Words.T("till.and"))
	return r, err
}

// denied is what somebody sees who may not change settings: who can.
func (s *Screen) denied() fyne.CanvasObject {
	w := s.desk.Words
	var buttons []*kit.Button
	if s.desk.SwitchPerson != nil {
		buttons = append(buttons, kit.NewButton(w.T("head.menu.switch"), kit.ButtonNormal, s.desk.SwitchPerson).Icon(kit.IconPerson).Kind(kit.Default))
	}
	return kit.NewPanel(kit.NewEmpty(kit.IconHeld, kit.Ink3, w.T("settings.denied"), w.T("settings.denied.do", "names", s.rights.who), buttons...))
}
