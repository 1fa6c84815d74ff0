package settings

import (
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"frontdesk/ui/kit"
)

// secretInput stands for a setting that is never shown: whether it is there,
// its fingerprint, and a way to replace it. What is pasted stays in sight until
// it is saved or taken back, and is then gone from the screen.
type secretInput struct {
	widget.BaseWidget
	p        *page
	key      string
	optional bool

	open  bool // the field to paste into is shown
	off   bool // can only be looked at
	body  *fyne.Container
	field *kit.Field
	err   string
}

var _ kit.Flowing = (*secretInput)(nil)

const pasteHeight float32 = 116

// secret adds one to the form.
func (p *page) secret(key string, optional bool) *secretInput {
	s := &secretInput{p: p, key: key, optional: optional, body: holder()}
	s.ExtendBaseWidget(s)
	s.field = kit.NewTextArea("", pasteHeight).Mono().Placeholder(p.word("secret.paste"))
	s.field.Entry.OnChanged = func(typed string) { s.typed(typed) }
	p.add(&input{key: key, object: s, show: func(*values) { s.close() }, complain: s.complain, focus: s.focus}, s)
	return s
}

// HeightFor is the height in a column of that width.
func (s *secretInput) HeightFor(width float32) float32 { return kit.HeightFor(s.body, width) }

func (s *secretInput) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.body) }

// close shows the state only, and forgets what was pasted.
func (s *secretInput) close() {
	s.open, s.err = false, ""
	s.field.SetText("")
	s.field.SetError("")
	s.draw()
}

func (s *secretInput) typed(typed string) {
	if !s.open || s.p.s.showing {
		return
	}
	if typed = clean(typed); typed == "" {
		s.p.s.vals.keep(s.key)
		s.p.changed()
		return
	}
	s.p.typed(s.key, typed)
}

func (s *secretInput) complain(sentence string) {
	s.err = sentence
	if s.open {
		s.field.SetError(sentence)
	} else {
		s.draw()
	}
}

// focus opens the field when something is wrong with what is in it.
func (s *secretInput) focus() {
	if !s.open {
		s.replace()
		s.field.SetError(s.err)
		s.p.flow()
	}
	s.field.Focus()
}

// draw makes the row: one line with the state, or the field to paste into.
func (s *secretInput) draw() {
	if s.open {
		hold(s.body, s.opened())
		return
	}
	line := s.closed()
	if s.err != "" {
		line = kit.Down(4, line, kit.NewHint(kit.IconFailed, kit.Bad, s.err, kit.Body, kit.Bad))
	}
	hold(s.body, line)
}

func (s *secretInput) closed() *fyne.Container {
	w, v := s.p.s.desk.Words, s.p.s.vals
	icon, ink, word, print := kit.NoIcon, kit.Ink3, "secret.unset", ""
	act := "secret.enter"
	if s.optional {
		word = "secret.unused"
	}
	if v != nil {
		switch _, changed := v.changed[s.key]; {
		case changed && v.isSet(s.key):
			icon, ink, word, act = kit.IconInfo, kit.AccentInk, "secret.new", "secret.replace"
		case changed:
			icon, ink, word = kit.IconClosed, kit.Mute, "secret.removed"
		case v.secrets[s.key].set:
			icon, ink, word, act = kit.IconPaid, kit.Ok, "secret.saved", "secret.replace"
			print = w.T("settings.secret.fingerprint", "fingerprint", v.secrets[s.key].fingerprint)
		}
	}
	state := kit.NewText(w.T("settings."+word), kit.Body, ink)
	parts := []fyne.CanvasObject{}
	if icon != kit.NoIcon {
		state = kit.NewBold(w.T("settings."+word), kit.Body, kit.Ink)
		parts = append(parts, kit.NewIcon(icon, 22, ink))
	}
	parts = append(parts, state)
	if print != "" {
		parts = append(parts, kit.NewText(print, kit.Body, kit.Ink).Mono())
	}
	parts = append(parts, kit.Spacer())
	if v != nil && !s.off && s.optional && v.isSet(s.key) {
		parts = append(parts, kit.NewButton(w.T("settings.secret.remove"), kit.ButtonSmall, s.remove).Kind(kit.Destructive))
	}
	if !s.off {
		parts = append(parts, kit.NewButton(w.T("settings."+act), kit.ButtonSmall, s.replace))
	}
	return kit.Down(0, kit.NewInset(kit.Pad(3, 3, 3, kit.Gap, kit.Sized(0, kit.ButtonSmall, kit.Across(10, parts...)))))
}

func (s *secretInput) opened() *fyne.Container {
	w := s.p.s.desk.Words
	return kit.Down(8, s.field, kit.Across(8,
		kit.NewButton(w.T("settings.secret.file"), kit.ButtonSmall, s.pick).Icon(kit.IconFile), kit.Spacer(),
		kit.NewButton(w.T("settings.secret.keep"), kit.ButtonSmall, s.keep)))
}

// SetEnabled lets the secret be replaced, or only be looked at.
func (s *secretInput) SetEnabled(on bool) {
	s.off = !on
	s.close()
}

// replace opens the field.
func (s *secretInput) replace() {
	if s.p.s.vals == nil || s.off {
		return
	}
	s.open = true
	s.draw()
	s.p.flow()
	s.p.reveal(s.key)
	s.field.Focus()
}

// keep closes the field and leaves the secret as it was.
func (s *secretInput) keep() {
	s.p.s.vals.keep(s.key)
	s.close()
	s.p.changed()
	s.p.flow()
}

// remove takes the secret away with the next save.
func (s *secretInput) remove() {
	s.p.s.vals.set(s.key, "")
	s.close()
	s.p.changed()
	s.p.flow()
}

// pick reads the secret from a file.
func (s *secretInput) pick() {
	pick := s.p.s.opts.PickFile
	if pick == nil {
		pick = func(_ fyne.Window, then func(io.ReadCloser)) { newPicker(s.p.s.desk, then).show() }
	}
	pick(s.p.s.desk.Window, func(f io.ReadCloser) {
		defer f.Close()
		text, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
		if err != nil || len(text) > maxSecretFile || len(text) == 0 {
			s.field.SetError(s.p.word("secret.unreadable"))
			s.p.flow()
			return
		}
		s.field.SetText(clean(string(text)))
	})
}

// maxSecretFile is far more than any key or certificate file has.
const maxSecretFile = 64 << 10
