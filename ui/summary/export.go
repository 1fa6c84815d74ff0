package summary

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"frontdesk/app"
)

// export is a file that is being written. The till sells meanwhile.
type export struct {
	cancel      context.CancelFunc
	done, total atomic.Int64
}

// part is how much of the file is written, from 0 to 1.
func (e *export) part() float32 {
	total := e.total.Load()
	if total <= 0 {
		return 0
	}
	return float32(e.done.Load()) / float32(total)
}

// save writes what is shown into a file in the person's documents.
func (s *Screen) save(format app.ExportFormat) {
	cut, ok := s.period.cut()
	if !ok || s.failed || s.limited || s.export != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	e := &export{cancel: cancel}
	s.export = e
	w := s.desk.Words
	s.note.working(w.T("summary.export.working", "format", w.T("summary.file."+string(format))), cancel)
	name := s.fileName()
	go func() { // not in the Background, which ends after a while: a year takes longer
		defer cancel()
		file, err := newFile("", name, string(format))
		if err == nil {
			err = s.books.Export(ctx, cut, format, file, func(done, total int) {
				e.done.Store(int64(done))
				e.total.Store(int64(total))
			})
		}
		stopped := ctx.Err() != nil
		s.desk.Post(func() { s.wrote(file, err, stopped) })
	}()
}

// wrote says what became of a file.
func (s *Screen) wrote(file string, err error, stopped bool) {
	s.export = nil
	w := s.desk.Words
	switch {
	case err != nil && stopped:
		s.note.clear()
	case err != nil:
		s.note.fail(s.fileTrouble(err))
	default:
		s.note.saved(shortFolder(w.T("summary.export.home"), filepath.Dir(file)), filepath.Base(file),
			func() { s.openFile(file) }, func() { s.askPlace(file) })
	}
}

// fileTrouble is the sentence for a file that cannot be written.
func (s *Screen) fileTrouble(err error) string {
	if _, ok := app.ProblemOf(err); ok {
		return s.desk.Sentence(err)
	}
	s.desk.Log.Error("the summary cannot be saved", "err", err)
	return s.desk.Words.T("summary.export.failed")
}

// openFile shows the file in the program that belongs to its kind.
func (s *Screen) openFile(file string) {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/Users
	}
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
		s.desk.Log.Warn("the file cannot be opened", "err", err)
		s.note.fail(s.desk.Words.T("summary.export.no_program"))
	}
}
