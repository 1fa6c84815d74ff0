package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/hardware/scanner"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Screen is the tab of settings. It belongs to the UI goroutine.
type Screen struct {
	desk *screen.Desk
	opts Options
	root *fyne.Container

	vals    *values // nil until they were read
	rights  rights  // of the person at the till, read with them
	showing bool    // values are being written into the form, not typed
	loading bool
	saving  bool
	visible bool

	pages   []*page
	rows    []*sideRow
	at      int
	side    *screen.Scroll  // the list of pages
	form    *fyne.Container // holds the panel with the form
	beside  *fyne.Container // holds the panel beside it
	note    *kit.Hint
	noteBox *fyne.Container
	panel   *fyne.Container // title, form, note and foot below each other
	noted   int             // ticks that the note stays; 0 for as long as it is true
	discard *kit.Button
	save    *kit.Button

	sheet    screen.Sheet
	preview  *preview
	channels []*channelPage
	wallets  *waysPage
	people   *peoplePage // nil where people are not told apart
	scans    *scannerPage
	prints   *printerPage
	quick    *quickPage
	keys     *keysPage
}

var (
	_ screen.Screen       = (*Screen)(nil)
	_ screen.Ticker       = (*Screen)(nil)
	_ screen.Leaver       = (*Screen)(nil)
	_ screen.PrintWatcher = (*Screen)(nil)
	_ screen.TrialWatcher = (*Screen)(nil)
)

// New makes the screen. It reads nothing until Show.
func New(d *screen.Desk, o Options) *Screen {
	s := &Screen{desk: d, opts: o, form: holder(), beside: holder()}
	w := d.Words
	s.note = kit.NewHint(kit.NoIcon, kit.Ink2, "", kit.Body, kit.Ink2)
	s.noteBox = kit.Pad(6, kit.PadPanel, 8, kit.PadPanel, s.note)
	s.noteBox.Hide()
	s.discard = kit.NewButton(w.T("settings.discard"), kit.ButtonNormal, s.discardPage).Key("Esc")
	s.save = kit.NewButton(w.T("settings.save"), kit.ButtonNormal, func() { s.savePage(nil) }).Kind(kit.Default).Key(string(d.Keys[screen.ActSave]))
	s.preview = newPreview(s)
	s.pages = []*page{
		newShopPage(s), newAlipayPage(s), newWeChatPage(s), newCloudPayPage(s), newWaysPage(s), newPrinterPage(s), newScannerPage(s),
		newQuickPage(s), newDepositPage(s), newShiftsPage(s), newLookPage(s), newKeysPage(s), newAboutPage(s),
	}
	if d.People != nil {
		at := slices.IndexFunc(s.pages, func(p *page) bool { return p.name == "shifts" })
		s.pages = slices.Insert(s.pages, at, newPeoplePage(s))
	}
	side := kit.Down(0)
	for i, p := range s.pages {
		r := newSideRow(w.T("settings.page."+p.name), func() { s.turn(i) })
		s.rows = append(s.rows, r)
		side.Add(r)
		if p.name == d.SettingsPage {
			s.at = i
		}
	}
	s.side = screen.NewScroll(side)
	s.root = &fyne.Container{Layout: &screenLayout{s: s}, Objects: []fyne.CanvasObject{s.side, s.form, s.beside}}
	s.draw()
	return s
}

// Object is the screen's content.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// page is the page in sight.
func (s *Screen) page() *page { return s.pages[s.at] }

// Show reads the settings anew, unless something is not saved yet.
func (s *Screen) Show() {
	s.visible = true
	if s.vals == nil || !s.vals.dirty() {
		s.load()
	}
	if p := s.page(); p.onShow != nil && s.vals != nil {
		p.onShow()
	}
}

// Hide is called when another tab is shown. Changes that are not saved stay.
func (s *Screen) Hide() {
	s.visible = false
	if p := s.page(); p.onHide != nil {
		p.onHide()
	}
}

// load reads all settings off the UI goroutine.
func (s *Screen) load() {
	if s.loading {
		return
	}
	s.loading = true
	s.desk.Background(func(ctx context.Context) func() {
		v, err := load(ctx, s.desk.Settings)
		var may rights
		if err == nil {
			may, err = s.readRights(ctx)
		}
		return func() {
			s.rights = may
			s.loaded(v, err)
		}
	})
}

func (s *Screen) loaded(v *values, err error) {
	s.loading = false
	if err != nil {
		s.desk.Log.Error("settings cannot be read", "err", err)
		s.vals = nil
		s.unreadable()
		return
	}
	first := s.vals == nil
	s.vals = v
	for _, p := range s.pages {
		p.show()
	}
	s.LockKeys(!s.rights.keys)
	if first || !s.rights.settings {
		s.draw()
	}
	s.updateFoot()
	if p := s.page(); first && s.visible && p.onShow != nil {
		p.onShow()
	}
}

// unreadable stands in place of the form.
func (s *Screen) unreadable() {
	w := s.desk.Words
	again := kit.NewButton(w.T("settings.again"), kit.ButtonNormal, s.load).Icon(kit.IconAgain).Kind(kit.Default)
	hold(s.form, kit.NewPanel(kit.NewEmpty(kit.IconFailed, kit.Bad, w.T("settings.unreadable"), w.T("settings.unreadable.do"), again)))
}

// draw shows the present page.
func (s *Screen) draw() {
	p, w := s.page(), s.desk.Words
	for i, r := range s.rows {
		r.set(i == s.at, r.icon)
	}
	if s.vals == nil {
		hold(s.form, kit.NewPanel(kit.NewEmpty(kit.IconLoading, kit.Ink3, w.T("settings.loading"), w.T("settings.loading.do"))))
		s.beside.Objects = nil
		s.root.Refresh()
		return
	}
	screen.Only(s.side, s.rights.settings)
	if !s.rights.settings {
		hold(s.form, s.denied())
		s.beside.Objects = nil
		s.root.Refresh()
		return
	}
	title := []fyne.CanvasObject{kit.Stretch(p.title)}
	if p.titleRight != nil {
		title = append(title, p.titleRight)
	}
	parts := []fyne.CanvasObject{
		kit.Pad(12, kit.PadPanel, 0, kit.PadPanel, kit.Sized(0, 44, kit.Across(kit.GapDense, title...))),
		kit.Stretch(p.scroll),
		s.noteBox,
	}
	if !p.plain {
		foot := kit.Across(kit.GapDense, p.footLeft, kit.Spacer(), s.discard, s.save)
		parts = append(parts, newFoot(kit.Pad(12, kit.PadPanel, 13, kit.PadPanel, foot)))
	}
	s.panel = kit.Down(0, parts...)
	hold(s.form, kit.NewPanel(s.panel))
	s.beside.Objects = nil
	if p.side != nil {
		s.beside.Objects = []fyne.CanvasObject{p.side}
	}
	s.updateFoot()
	s.root.Refresh()
}

// updateFoot switches the two buttons on while there is something to save.
func (s *Screen) updateFoot() {
	dirty := s.vals != nil && s.vals.dirty(s.page().keys()...) && !s.page().locked
	s.discard.SetEnabled(dirty && !s.saving)
	s.save.SetEnabled(dirty && !s.saving)
}

// Act does what a key or a menu asks for.
func (s *Screen) Act(a screen.Action) bool {
	if kit.Modal(s.desk.Window.Canvas()) || s.vals == nil || !s.rights.settings {
		return false
	}
	dirty := s.vals.dirty(s.page().keys()...)
	switch {
	case a == screen.ActDefault && s.page() == s.scans.page:
		return s.scans.entered()
	case a == screen.ActSave:
		s.savePage(nil)
		return true
	case a == screen.ActCancel && dirty:
		s.discardPage()
		return true
	}
	return false
}

// TypedRune has no use for characters, which belong to fields. Only the
// scanner's page looks how fast they come.
func (s *Screen) TypedRune(r rune) bool {
	if s.page() != s.scans.page {
		return false
	}
	s.scans.typed(r)
	return true
}

// TypedKey goes from page to page.
func (s *Screen) TypedKey(key fyne.KeyName) bool {
	if !s.rights.settings {
		return false
	}
	switch key {
	case fyne.KeyUp:
		s.turn(s.at - 1)
	case fyne.KeyDown:
		s.turn(s.at + 1)
	default:
		return false
	}
	return true
}

// Scanned keeps scans to itself while the scanner page is in sight, and on a
// channel's page while a trial waits for one.
func (s *Screen) Scanned(scan screen.Scan) bool {
	if s.page() == s.scans.page {
		s.scans.scanned(scan)
		return true
	}
	c := s.channelOf(s.page())
	return c != nil && c.doctor.trial.scanned(scan)
}

// Close stops listening to the till. The screen is not used afterwards.
func (s *Screen) Close() {
	for _, c := range s.channels {
		c.doctor.trial.end()
	}
}

// Tried shows what the detector made of a burst of keys.
func (s *Screen) Tried(t scanner.Trial) {
	if s.page() == s.scans.page {
		s.scans.tried(t)
	}
}

// PrintsChanged reads the stuck papers anew.
func (s *Screen) PrintsChanged() {
	if s.visible && s.page() == s.prints.page {
		s.prints.readStuck()
	}
}

// Tick takes an old note away.
func (s *Screen) Tick() {
	if s.noted > 0 {
		if s.noted--; s.noted == 0 {
			s.say("")
		}
	}
}

// say shows a sentence above the foot; an empty one takes it away.
func (s *Screen) say(sentence string) { s.tell(kit.NoIcon, kit.Ink2, sentence, 0) }

const noteTicks = 8

func (s *Screen) tell(icon kit.Icon, ink kit.Token, sentence string, ticks int) {
	s.noted = ticks
	s.note.Set(icon, ink, sentence, ink)
	setVisible(s.noteBox, sentence != "")
	if s.panel != nil {
		s.panel.Refresh()
	}
}

// screenLayout places the list of pages, the form, and what stands beside it.
type screenLayout struct{ s *Screen }

const besideWidth float32 = 372

func (*screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1024, 560) }

func (l *screenLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := size.Height - 2*kit.Gap
	screen.Place(o[0], kit.Gap, kit.Gap, sideWidth, h)
	left, right := 2*kit.Gap+sideWidth, size.Width-kit.Gap
	if !l.s.side.Visible() {
		left = kit.Gap
	}
	if len(l.s.beside.Objects) > 0 {
		right -= besideWidth + kit.Gap
		screen.Place(o[2], right+kit.Gap, kit.Gap, besideWidth, h)
	}
	screen.Place(o[1], left, kit.Gap, right-left, h)
}
