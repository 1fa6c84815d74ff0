package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// aboutPage says what the program is made of and where things lie, for support.
type aboutPage struct {
	*page
	lines   []aboutLine // label and value, as they are copied
	journal *kit.Text
}

type aboutLine struct{ label, value string }

func newAboutPage(s *Screen) *page {
	p := newPage(s, "about")
	o := &aboutPage{page: p, journal: kit.NewText("", kit.Body, kit.Ink).Mono().Ellipsis()}
	w, a := s.desk.Words, s.opts.About
	p.plain = true
	o.fact("about.version", a.Version)
	var parts []string
	for _, part := range [][2]string{{"Go", a.Go}, {"Fyne", a.Fyne}, {"SQLite", a.SQLite}} {
		if part[1] != "" {
			parts = append(parts, part[0]+" "+part[1])
		}
	}
	o.fact("about.parts", strings.Join(parts, "  "))
	if a.Schema > 0 {
		o.fact("about.schema", strconv.Itoa(a.Schema))
	}
	if a.Till > 0 {
		o.fact("about.till", strconv.Itoa(a.Till))
	}
	if a.JournalHead != nil {
		o.copied("about.journal", o.journal, func() string { return o.journal.Text() })
	}
	o.path("about.data", a.DataDir)
	o.path("about.ledger", a.Ledger)
	o.path("about.log", a.LogDir)
	o.path("about.backup", a.BackupDir)
	acts := []fyne.CanvasObject{kit.NewButton(w.T("about.copy_all"), kit.ButtonNormal, o.copyAll)}
	if s.opts.OpenFolder != nil && a.LogDir != "" {
		acts = append(acts, kit.NewButton(w.T("about.open_log"), kit.ButtonNormal, o.openLog).Icon(kit.IconFolder))
	}
	o.line(newFormRow("", kit.Across(8, append(acts, kit.Spacer())...), ""))
	o.line(kit.NewRule())
	o.line(newFormRow(w.T("about.licence"), kit.Down(2,
		kit.NewParagraph(w.T("about.licence.program"), kit.Body, kit.Ink),
		kit.NewParagraph(w.T("about.licence.fonts"), kit.Body, kit.Ink)), ""))
	p.onShow = o.readJournal
	return p.finish()
}

func (o *aboutPage) fact(label, value string) {
	if value == "" {
		return
	}
	words := o.s.desk.Words.T(label)
	o.lines = append(o.lines, aboutLine{words, value})
	o.line(newFormRow(words, kit.Sized(0, 30, kit.NewText(value, kit.Body, kit.Ink).Ellipsis()), ""))
}

// path is a place on the disk with a button to copy it. Long ones break.
func (o *aboutPage) path(label, path string) {
	if path == "" {
		return
	}
	o.lines = append(o.lines, aboutLine{o.s.desk.Words.T(label), path})
	o.copied(label, kit.NewParagraph(path, kit.Caption, kit.Ink).Mono(), func() string { return path })
}

func (o *aboutPage) copied(label string, value fyne.CanvasObject, text func() string) {
	w := o.s.desk.Words
	button := kit.NewButton(w.T("about.copy"), kit.ButtonSmall, func() { o.copy(text()) })
	middle := &fyne.Container{Layout: centre{}, Objects: []fyne.CanvasObject{value}}
	o.line(newFormRow(w.T(label), kit.Across(kit.GapDense, kit.Stretch(middle), button), ""))
}

func (o *aboutPage) copy(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	o.s.tell(kit.IconTick, kit.Ink2, o.s.desk.Words.T("about.copied"), noteTicks)
}

// copyAll takes everything that support asks for.
func (o *aboutPage) copyAll() {
	var b strings.Builder
	for _, l := range o.lines {
		b.WriteString(l.label + ": " + l.value + "\n")
	}
	if head := o.journal.Text(); head != "" {
		b.WriteString(o.s.desk.Words.T("about.journal") + ": " + head + "\n")
	}
	o.copy(b.String())
}

func (o *aboutPage) openLog() {
	if err := o.s.opts.OpenFolder(o.s.opts.About.LogDir); err != nil {
		o.s.desk.Log.Warn("folder cannot be opened", "err", err)
		o.s.tell(kit.IconFailed, kit.Bad, o.s.desk.Words.T("about.open_failed"), noteTicks)
	}
}

// readJournal reads where the journal ends.
func (o *aboutPage) readJournal() {
	head := o.s.opts.About.JournalHead
	if head == nil {
		return
	}
	o.s.desk.Background(func(ctx context.Context) func() {
		seq, hash, err := head(ctx)
		return func() {
			if err != nil {
				o.s.desk.Log.Warn("journal head cannot be read", "err", err)
				o.journal.SetText(o.s.desk.Words.T("about.unknown"))
				return
			}
			o.journal.SetText(o.s.desk.Words.T("about.journal.value", "seq", seq, "hash", hash))
			o.flow()
		}
	})
}

// centre keeps a part in the middle of its place's height.
type centre struct{}

func (centre) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (centre) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := min(s.Height, kit.HeightFor(o[0], s.Width))
	screen.Place(o[0], 0, (s.Height-h)/2, s.Width, h)
}
