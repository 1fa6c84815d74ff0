package settings

import "frontdesk/ui/kit"

// turn shows another page, after asking about changes.
func (s *Screen) turn(i int) {
	if i == s.at || i < 0 || i >= len(s.pages) {
		return
	}
	s.Leave(func() {
		if p := s.page(); p.onHide != nil {
			p.onHide()
		}
		s.at = i
		s.desk.SettingsPage = s.page().name
		s.say("")
		s.draw()
		s.page().scroll.ScrollTop()
		if p := s.page(); p.onShow != nil && s.vals != nil {
			p.onShow()
		}
	})
}

// Leave calls then when nothing is unsaved, or once the person has decided.
func (s *Screen) Leave(then func()) {
	p, w := s.page(), s.desk.Words
	if s.vals == nil || !s.vals.dirty(p.keys()...) {
		then()
		return
	}
	var dialog *kit.Dialog
	text := w.T("settings.leave.text", "page", w.T("settings.page."+p.name))
	dialog = kit.NewDialog(w.T("settings.leave.title"), kit.NewParagraph(text, kit.Row, kit.Ink), w.T("settings.leave.stay"), w.T("settings.leave.save"))
	dialog.Width = 640
	dialog.Others = []*kit.Button{kit.NewButton(w.T("settings.leave.discard"), kit.ButtonLarge, func() {
		dialog.Close()
		s.discardPage()
		then()
	}).Kind(kit.Destructive)}
	dialog.OnAct = func() {
		dialog.Close()
		s.savePage(then)
	}
	dialog.Show(s.desk.Window.Canvas())
}

// discardPage takes the changes of the page back.
func (s *Screen) discardPage() {
	if s.vals == nil || s.saving {
		return
	}
	s.vals.discard(s.page().keys()...)
	s.say("")
	s.page().show()
	s.updateFoot()
}
