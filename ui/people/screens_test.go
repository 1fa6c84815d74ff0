package people

import (
	"context"
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen/screentest"
)

// hire takes many people on.
func hire(s *screentest.Shop) {
	s.Helper()
	for _, name := range []string{"欧阳晓兰", "赵磊", "孙丽", "周杰", "吴芳", "郑强", "冯雪", "褚健", "卫东"} {
		_, err := s.Crew.Add(context.Background(), data.NewPerson{Name: name, Role: data.RoleClerk}, s.Crew.Owner)
		screentest.Check(s, err)
	}
}

var scenes = []struct {
	name   string
	height float32
	play   func(s *screentest.Shop)
}{
	{"switch", 800, func(s *screentest.Shop) { switching(s, func(data.Person) {}); s.Type("50") }},
	{"switch-many", 728, func(s *screentest.Shop) { hire(s); switching(s, func(data.Person) {}); s.Tap("陈静") }},
	{"switch-wrong", 800, func(s *screentest.Shop) {
		switching(s, func(data.Person) {})
		s.Tap("陈静")
		for range 3 {
			s.Type("135791")
			s.Press("Return")
			s.Settle()
		}
	}},
	{"alone", 800, func(s *screentest.Shop) { alone(s.Desk, func() {}) }},
	{"locked", 800, func(s *screentest.Shop) { lockedWindow(s) }},
	{"locked-728", 728, func(s *screentest.Shop) { lockedWindow(s); s.Type("8042") }},
	{"ask", 800, func(s *screentest.Shop) { asking(s); s.Type("77") }},
	{"ask-wrong", 800, func(s *screentest.Shop) { asking(s); s.Type("1357"); s.Press("Return"); s.Settle() }},
	{"ask-nobody", 800, func(s *screentest.Shop) {
		screentest.Check(s, s.Crew.SetPIN(context.Background(), s.Crew.Manager.ID, "", s.Crew.Owner))
		asking(s)
	}},
}

func lockedWindow(s *screentest.Shop) {
	l := NewLocked(s.Desk, func(data.Person) {})
	s.Win.SetContent(l.Object())
	l.Show()
	s.Settle()
	s.Rendered()
	l.Focus()
}

func asking(s *screentest.Shop) {
	Ask(s.Desk, Question{Act: ActDrawer, Title: s.T("head.menu.drawer"), Text: s.T("cash.drawer.text"), Word: s.T("cash.drawer.act"), Kind: kit.Default,
		Do: func(context.Context, *app.Approval) error { return nil }})
	s.Until("it is asked", s.Modal)
	s.Rendered()
}

// TestScreens draws every state when FRONTDESK_SCREENS names a folder; otherwise it
// goes through each once, in one of the languages. Nothing may be cut off, covered
// or without words, and everything comes to rest.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	for i, sc := range scenes {
		for k, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, look := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if dir == "" && (mode == kit.Dark || k != i%2) || mode == kit.Dark && language == lang.English {
					continue
				}
				name := fmt.Sprintf("people-%s-%s-%s", sc.name, language, look)
				t.Run(name, func(t *testing.T) {
					s := screentest.NewShop(t, language, mode)
					s.Show(container.NewStack(), 1280, sc.height)
					s.SignIn(s.Crew.Clerk, screentest.ClerkPIN)
					sc.play(s)
					s.Settle()
					if dir != "" {
						screentest.Keep(t, s.Win, dir, name)
					}
					s.Faults()
					for _, o := range append(s.Win.Canvas().Overlays().List(), s.Win.Content()) {
						screens.Restless(o) // what was never in sight is measured for the first time
						for _, change := range screens.Restless(o) {
							t.Error(change)
						}
					}
				})
			}
		}
	}
}
