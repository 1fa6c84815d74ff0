package summary

import (
	"context"

	"frontdesk/ui/kit"
)

// print queues the Z report again, as a copy, where there is one, and else a
// report of how things stand. A second tap while the first is on its way is the
// same one. Who counts the drawer later prints nothing here: the paper says what
// to find.
func (s *Screen) print() {
	cut, ok := s.period.cut()
	if !ok || s.failed || s.limited || s.printed || s.export != nil {
		return
	}
	s.printed = true
	words := s.desk.Words.T("summary.printing.x")
	if s.ready && s.last.hasZ {
		words = s.desk.Words.T("summary.printing.z")
	}
	s.desk.Background(func(ctx context.Context) func() {
		err := s.books.PrintReport(ctx, cut)
		return func() {
			s.printed = false
			if err != nil {
				s.note.fail(s.desk.Sentence(err))
				return
			}
			s.desk.WakePrinter()
			s.note.say(kit.IconPrint, kit.Ok, words)
		}
	})
}
