package settings

// newLookPage is language, colours, size and the order of the keypad.
func newLookPage(s *Screen) *page {
	p := newPage(s, "look")
	w := s.desk.Words
	p.segment("ui.language", []string{"zh", "en"}, []string{w.T("language.zh"), w.T("language.en")})
	p.segment("ui.theme", []string{"light", "dark", "system"}, []string{
		p.word("look.theme.light"), p.word("look.theme.dark"), p.word("look.theme.system"),
	})
	p.segment("ui.scale", []string{"100", "115", "130"}, []string{"100%", "115%", "130%"})
	p.segment("ui.keypad", []string{"789", "123"}, []string{p.word("look.keypad.789"), p.word("look.keypad.123")})
	return p.finish()
}
