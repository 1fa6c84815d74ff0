package people

import (
	"context"

	"fyne.io/fyne/v2"

	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// crew is who may come to the till.
type crew struct {
	people     []data.Person // those who work here
	hasPIN     map[int64]bool
	now        data.Person // who is, or was, at the till
	phoneOrder bool        // 1-2-3 on top
}

// readCrew reads it, off the UI goroutine.
func readCrew(ctx context.Context, d *screen.Desk) (c crew, err error) {
	c.hasPIN = map[int64]bool{}
	if c.now, err = d.Person(ctx); err != nil {
		return c, err
	}
	all, err := d.People.List(ctx)
	if err != nil {
		return c, err
	}
	for _, p := range all {
		if !p.Active {
			continue
		}
		c.people = append(c.people, p)
		if c.hasPIN[p.ID], err = d.People.HasPIN(p.ID); err != nil {
			return c, err
		}
	}
	keypad, err := d.Settings.Get(ctx, "ui.keypad")
	c.phoneOrder = keypad == "123"
	return c, err
}

// place is where somebody stands in the list; 0 when they do not.
func (c crew) place(id int64) int {
	for i, p := range c.people {
		if p.ID == id {
			return i
		}
	}
	return 0
}

// signIn are the people as large keys, and beside them the PIN of the chosen one
// with a keypad.
type signIn struct {
	desk *screen.Desk
	crew crew
	root *fyne.Container
	list *screen.Scroll
	keys []*kit.QuickButton
	pin  *PINBox
	at   int // the chosen one

	busy    bool
	changed func()            // Ready may have changed; may be nil
	done    func(data.Person) // somebody is at the till now
}

const (
	personKey  float32 = 68
	listHeight float32 = 5*personKey + 4*kit.GapKeys
	listRight  float32 = 12 // room for the bar of the list
)

func newSignIn(d *screen.Desk, c crew, at int, done func(data.Person)) *signIn {
	s := &signIn{desk: d, crew: c, done: done}
	s.pin = NewPINBox(d, s.tell)
	var keys []fyne.CanvasObject
	for i, p := range c.people {
		key := kit.NewQuick(s.line(p), d.PersonName(p.Staff), func() { s.tapped(i) })
		s.keys, keys = append(s.keys, key), append(keys, key)
	}
	grid := &fyne.Container{Layout: keyRows{}, Objects: keys}
	s.list = screen.NewScroll(kit.Pad(0, listRight, 0, 0, grid))
	pad := kit.NewKeypad(kit.NumberKeypad, c.phoneOrder, s.pin.Field.TypeKey)
	s.root = kit.Across(24, kit.Stretch(kit.Sized(0, listHeight, s.list)),
		kit.Sized(padWidth, listHeight, kit.Down(kit.GapKeys, kit.Sized(0, captionHeight, s.pin.Line), s.pin.Field, kit.Stretch(pad))))
	s.choose(at)
	return s
}

// line is what stands above a name: the role, and who needs no PIN.
func (s *signIn) line(p data.Person) string {
	if s.crew.hasPIN[p.ID] {
		return s.desk.Role(p.Role)
	}
	return s.desk.Role(p.Role) + s.desk.Words.T("signin.no_pin")
}

// tapped chooses somebody. One without a PIN has nothing more to say.
func (s *signIn) tapped(i int) {
	s.choose(i)
	if !s.crew.hasPIN[s.crew.people[i].ID] {
		s.enter()
		return
	}
	s.pin.Field.Focus()
}

func (s *signIn) choose(i int) {
	if len(s.crew.people) == 0 {
		return
	}
	s.at = i
	for k, key := range s.keys {
		key.SetChosen(k == i)
	}
	p := s.crew.people[i]
	words := "signin.pin"
	if !s.crew.hasPIN[p.ID] {
		words = "signin.none"
	}
	s.pin.For(s.desk.Words.T(words, "name", s.desk.PersonName(p.Staff)))
	s.tell()
}

func (s *signIn) tell() {
	if s.changed != nil {
		s.changed()
	}
}

// move chooses with the arrows; it reports whether the key was one.
func (s *signIn) move(key fyne.KeyName) bool {
	to := s.at
	switch key {
	case fyne.KeyUp:
		to -= 2
	case fyne.KeyDown:
		to += 2
	case fyne.KeyLeft:
		to--
	case fyne.KeyRight:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(s.keys) {
		s.choose(to)
		s.list.Reveal(s.keys[to])
	}
	return true
}

// ready reports that the chosen one can be proved.
func (s *signIn) ready() bool {
	if len(s.crew.people) == 0 || s.busy {
		return false
	}
	return s.pin.Ready() || !s.crew.hasPIN[s.crew.people[s.at].ID] && !s.pin.wait.waiting()
}

// enter proves it and puts them at the till.
func (s *signIn) enter() {
	if !s.ready() {
		return
	}
	s.busy = true
	s.tell()
	id, pin := s.crew.people[s.at].ID, s.pin.Field.Text()
	if !s.crew.hasPIN[id] {
		pin = ""
	}
	s.desk.Background(func(ctx context.Context) func() {
		p, err := s.desk.Till.SignIn(ctx, id, pin)
		return func() { s.answered(p, err) }
	})
}

func (s *signIn) answered(p data.Person, err error) {
	s.busy = false
	if err == nil {
		s.pin.Close()
		s.done(p)
		return
	}
	if !s.pin.Refused(err) {
		s.pin.Line.Set(kit.IconFailed, kit.Bad, s.desk.Sentence(err), kit.Bad)
	}
	s.tell()
}

// keyRows has two keys a row, all of one height, and as many rows as there are.
type keyRows struct{}

func (keyRows) MinSize(o []fyne.CanvasObject) fyne.Size {
	rows := float32((len(o) + 1) / 2)
	return fyne.NewSize(300, rows*personKey+max(0, rows-1)*kit.GapKeys)
}

func (keyRows) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := float32(int((size.Width - kit.GapKeys) / 2))
	for i, key := range o {
		screen.Place(key, float32(i%2)*(w+kit.GapKeys), float32(i/2)*(personKey+kit.GapKeys), w, personKey)
	}
}
