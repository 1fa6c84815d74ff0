package shift

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Options are what the window around the screen does.
type Options struct {
	// Close shows the tab again: the hand-over is done, or was given up.
	Close func()
	// Changed says that another shift is open now, or none.
	Changed func()
	// Open asks for the name and the float of a new shift.
	Open func()
	// Lock keeps the till for whoever proves who they are.
	Lock func()
}

// Screen hands a shift over: count, difference, successor. It belongs to the UI
// goroutine.
type Screen struct {
	desk *screen.Desk
	o    Options
	root *fyne.Container
	body *fyne.Container // what the present step shows

	title *kit.Text
	about *kit.Text
	steps *stepper

	at      stage
	facts   facts
	count   *countStep
	check   *checkStep
	hand    *handStep
	done    *doneStep
	uncount bool // nobody counts: the ledger's figure stands
	busy    bool // something is being written
	visible bool
}

// stage is where the hand-over is.
type stage int

const (
	stageReading stage = iota
	stageNone          // no shift is open
	stageFault         // it cannot be read
	stageCount
	stageCheck
	stageHand
	stageDone
)

var (
	_ screen.Screen       = (*Screen)(nil)
	_ screen.Leaver       = (*Screen)(nil)
	_ screen.PrintWatcher = (*Screen)(nil)
)

// New makes the screen. It reads nothing until Show.
func New(d *screen.Desk, o Options) *Screen {
	w := d.Words
	s := &Screen{desk: d, o: o, body: container.NewStack()}
	s.title = kit.NewBold(w.T("shift.title"), kit.ActionPx, kit.Ink)
	s.about = kit.NewText("", kit.Body, kit.Ink2).Fit(kit.Caption)
	s.steps = newStepper(w.T("shift.step.count"), w.T("shift.step.check"), w.T("shift.step.hand"))
	s.root = &fyne.Container{Layout: screenLayout{s}, Objects: []fyne.CanvasObject{s.title, s.about, s.steps, s.body}}
	s.show(stageReading)
	return s
}

// Object is the screen's content.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// submitKeys submit the count, and go on from there.
var submitKeys = []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter}

// Show reads the open shift.
func (s *Screen) Show() {
	s.visible = true
	for _, name := range submitKeys {
		for _, modifier := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierSuper} {
			s.desk.Window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: modifier}, func(fyne.Shortcut) { s.goOn() })
		}
	}
	if s.at == stageReading || s.at == stageFault {
		s.read()
	}
}

// Hide is called when something else is shown.
func (s *Screen) Hide() {
	s.visible = false
	for _, name := range submitKeys {
		for _, modifier := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierSuper} {
			s.desk.Window.Canvas().RemoveShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: modifier})
		}
	}
}

// Close forgets what was typed. The screen is not used afterwards.
func (s *Screen) Close() {
	if s.hand != nil {
		s.hand.close()
	}
}

func (s *Screen) read() {
	s.show(stageReading)
	s.desk.Background(func(ctx context.Context) func() {
		f, err := read(ctx, s.desk)
		return func() { s.got(f, err) }
	})
}

func (s *Screen) got(f facts, err error) {
	s.facts = f
	switch {
	case err != nil:
		s.desk.Log.Error("the shift cannot be read", "err", err)
		s.show(stageFault)
	case !f.open:
		s.show(stageNone)
	default:
		s.count = newCountStep(s)
		s.show(stageCount)
	}
}

// show turns to a stage.
func (s *Screen) show(at stage) {
	w := s.desk.Words
	s.at = at
	var content fyne.CanvasObject
	switch at {
	case stageReading:
		content = kit.NewPanel(kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("shift.reading"), w.T("shift.reading.do")))
	case stageNone:
		open := kit.NewButton(w.T("shift.open.act"), kit.ButtonNormal, s.openShift).Kind(kit.Default)
		content = kit.NewPanel(kit.NewEmpty(kit.IconPerson, kit.Ink3, w.T("shift.none"), w.T("shift.none.do"), open))
	case stageFault:
		again := kit.NewButton(w.T("settings.again"), kit.ButtonNormal, s.read).Icon(kit.IconAgain).Kind(kit.Default)
		content = kit.NewPanel(kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("shift.unreadable"), w.T("shift.unreadable.do"), again))
	case stageCount:
		content = s.count.root
	case stageCheck:
		content = s.check.root
	case stageHand:
		content = s.hand.root
	case stageDone:
		content = s.done.root
	}
	s.head()
	s.desk.Window.Canvas().Unfocus()
	s.body.Objects = []fyne.CanvasObject{content}
	s.root.Refresh()
	s.focus()
}

// head tells whose shift it is, and at which step it stands.
func (s *Screen) head() {
	about := ""
	if s.facts.open {
		key := "shift.about"
		if s.facts.shift.Auto {
			key = "shift.about.auto"
		}
		about = s.desk.Words.T(key, "shift", Title(s.desk, s.facts.shift), "since", Since(s.desk, s.facts.shift), "float", s.facts.shift.Float.Grouped())
	}
	s.about.SetText(about)
	screen.Only(s.steps, s.at >= stageCount)
	switch s.at {
	case stageCheck:
		s.steps.set(1)
	case stageHand:
		s.steps.set(2)
	case stageDone:
		s.steps.set(3)
	default:
		s.steps.set(0)
	}
}

// focus goes to the first field of the step.
func (s *Screen) focus() {
	if !s.visible {
		return
	}
	switch s.at {
	case stageCount:
		s.count.table.focus()
	case stageCheck:
		s.check.focus()
	}
}

func (s *Screen) openShift() {
	s.o.Close()
	s.o.Open()
}

// goOn is the act of the step in sight, whatever has the focus.
func (s *Screen) goOn() {
	if s.covered() || s.busy {
		return
	}
	switch s.at {
	case stageCount:
		s.count.submit()
	case stageCheck:
		s.check.goOn()
	case stageHand:
		s.hand.send()
	case stageDone:
		s.o.Close()
	}
}

// covered reports whether a dialog or menu lies over the window.
func (s *Screen) covered() bool { return kit.Modal(s.desk.Window.Canvas()) }

// Act does what a key or a button asks for.
func (s *Screen) Act(a screen.Action) bool {
	switch a {
	case screen.ActDefault:
		if s.at == stageCount {
			s.count.table.move(1) // a count is submitted on purpose
		} else {
			s.goOn()
		}
	case screen.ActCancel:
		s.Leave(s.o.Close)
	case screen.ActShift:
	default:
		return false
	}
	return true
}

// TypedRune types into the field of the step what was typed into nothing.
func (s *Screen) TypedRune(r rune) bool {
	switch s.at {
	case stageCount:
		s.count.table.typeRune(r)
	case stageCheck:
		s.check.taken.Focus()
		s.check.taken.TypedRune(r)
	case stageHand:
		s.hand.typeRune(r)
	default:
		return false
	}
	return true
}

// TypedKey moves in the table.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	var move func(by int)
	switch s.at {
	case stageCount:
		move = func(by int) { s.count.table.move(by) }
	case stageHand:
		move = s.hand.move
	default:
		return false
	}
	switch key {
	case fyne.KeyUp:
		move(-1)
	case fyne.KeyDown:
		move(1)
	default:
		return false
	}
	return true
}

// Scanned has no use for codes: nothing is sold here.
func (s *Screen) Scanned(screen.Scan) bool { return true }

// Leave calls then at once where nothing would be lost, and else once the person
// has said so.
func (s *Screen) Leave(then func()) {
	counting := s.at == stageCount && s.count.table.touched()
	if s.covered() || s.busy {
		return
	}
	if !counting && s.at != stageCheck && s.at != stageHand {
		then()
		return
	}
	w := s.desk.Words
	text := "shift.leave.text"
	if s.at != stageCount && !s.uncount {
		text = "shift.leave.counted"
	}
	dialog := kit.NewDialog(w.T("shift.leave.title"), kit.NewParagraph(w.T(text), kit.Row, kit.Ink), w.T("shift.leave.stay"), w.T("shift.leave.act"))
	dialog.OnAct = func() {
		dialog.Close()
		then()
	}
	dialog.Show(s.desk.Window.Canvas())
}

// PrintsChanged looks what became of the report.
func (s *Screen) PrintsChanged() {
	if s.at == stageDone {
		s.done.readPaper()
	}
}

// counted is what the count came to; the zero one where nobody counted.
func (s *Screen) counted() app.Counting {
	if s.uncount || s.check == nil {
		return app.Counting{Shift: s.facts.shift, Report: s.facts.report}
	}
	return s.check.counting
}

// counts are the notes and coins, nil where nobody counted.
func (s *Screen) counts() []data.Count { return s.counted().Counts }

// screenLayout puts a line with the title above the step.
type screenLayout struct{ s *Screen }

const titleHeight float32 = 80

func (screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1024, 500) }

func (l screenLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	s := l.s
	middle := func(part fyne.CanvasObject, x, w float32) {
		h := part.MinSize().Height
		screen.Place(part, x, whole((titleHeight-h)/2)+2, w, h)
	}
	title, steps := s.title.MinSize().Width, float32(0)
	if s.steps.Visible() {
		steps = s.steps.MinSize().Width
	}
	middle(s.title, kit.Gap, title)
	left := kit.Gap + title + 20
	middle(s.about, left, max(0, size.Width-2*kit.Gap-steps-left))
	screen.Place(s.steps, size.Width-kit.Gap-steps, whole((titleHeight-stepDisc)/2)+2, steps, stepDisc)
	screen.Place(s.body, kit.Gap, titleHeight, size.Width-2*kit.Gap, size.Height-titleHeight-kit.Gap)
}
