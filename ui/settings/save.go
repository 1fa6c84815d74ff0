package settings

import (
	"context"
	"maps"

	"frontdesk/ui/kit"
)

// savePage checks and writes the changes of the page, lets the program take
// them over, and then calls then, if it is not nil. Nothing is written while
// anything on the page cannot be, and then is not called.
func (s *Screen) savePage(then func()) {
	p := s.page()
	if s.vals == nil || s.saving || p.locked {
		return
	}
	changes := s.vals.changes(p.keys())
	if len(changes) == 0 {
		return
	}
	if faults := p.faults(); len(faults) > 0 {
		s.refuse(p, faults)
		return
	}
	s.saving = true
	s.updateFoot()
	channel := s.channelOf(p)
	s.desk.Background(func(ctx context.Context) func() {
		if channel != nil {
			if faults, err := channel.configFaults(ctx, changes); err != nil || len(faults) > 0 {
				return func() { s.stopSaving(p, faults, err) }
			}
		}
		saved, refused, err := store(ctx, s.desk.Settings, changes)
		var applied error
		if err == nil && len(saved) > 0 {
			applied = s.desk.SettingsChanged(ctx)
		}
		return func() { s.saved(p, changes, saved, refused, err, applied, then) }
	})
}

// stopSaving ends an attempt before anything was written.
func (s *Screen) stopSaving(p *page, faults map[string]string, err error) {
	s.saving = false
	if err != nil {
		s.tell(kit.IconFailed, kit.Bad, s.desk.Sentence(err), 0)
	} else {
		s.refuse(p, faults)
	}
	s.updateFoot()
}

// refuse shows what stands in the way.
func (s *Screen) refuse(p *page, faults map[string]string) {
	s.tell(kit.IconFailed, kit.Bad, s.desk.Words.T("settings.refused"), 0) // first: it takes room from the form
	p.complain(faults, true)
}

func (s *Screen) saved(p *page, changes, saved map[string]string, refused map[string]error, err, applied error, then func()) {
	s.saving = false
	s.vals.took(changes, saved)
	p.show()
	if p.onSaved != nil {
		p.onSaved()
	}
	w := s.desk.Words
	switch {
	case err != nil:
		s.tell(kit.IconFailed, kit.Bad, s.desk.Sentence(err), 0)
	case len(refused) > 0:
		faults := map[string]string{}
		for key := range maps.Keys(refused) {
			faults[key] = w.T("settings.bad.value")
		}
		s.refuse(p, faults)
	case applied != nil:
		s.tell(kit.IconAlert, kit.Warn, w.T("settings.not_applied", "sentence", s.desk.Sentence(applied)), 0)
	default:
		s.tell(kit.IconPaid, kit.Ok, w.T("settings.saved"), noteTicks)
	}
	s.updateFoot()
	if then != nil && err == nil && len(refused) == 0 {
		then()
	}
}
