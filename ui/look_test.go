package ui_test

import "frontdesk/ui/screen/screentest"

// tap puts a finger on a text; on the last one drawn, where it stands twice.
func (s *shop) tap(text string) {
	s.t.Helper()
	screentest.Tap(s.t, s.win, text)
	s.settle()
}

// tapFirst is tap on the first one.
func (s *shop) tapFirst(text string) {
	s.t.Helper()
	screentest.TapFirst(s.t, s.win, text)
	s.settle()
}

// text is everything that can be read, a line for each text.
func (s *shop) text() string { return screentest.Text(s.win) }

// has reports whether a text can be read.
func (s *shop) has(text string) bool { return screentest.Has(s.win, text) }

// faults lists words that are missing, lie outside of their part or the window,
// or lie over each other.
func (s *shop) faults() []string { return screentest.Faults(s.win) }
