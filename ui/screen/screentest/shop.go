package screentest

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// Shop is a till on a real ledger, with people, shifts and a window of Fyne's test
// driver. It takes cash only. The test moves its clock.
type Shop struct {
	testing.TB
	Ledger *data.Ledger
	Vault  *Vault
	Crew   *Crew
	Till   *app.Till
	Desk   *screen.Desk
	Win    fyne.Window
	Posts  Queue

	mu    sync.Mutex
	clock time.Time
	sold  int
	woken int
}

// NewShop opens one at noon, with nobody signed in: the owner is at the till.
func NewShop(tb testing.TB, language lang.Language, mode kit.Mode) *Shop {
	tb.Helper()
	s := &Shop{TB: tb, Vault: &Vault{}, clock: time.Date(2026, 11, 21, 12, 0, 0, 0, payment.Beijing)}
	var err error
	s.Ledger, err = data.Open(filepath.Join(tb.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Now: s.Now, Till: 1})
	Check(tb, err)
	s.Crew = NewCrew(tb, s.Ledger, s.Vault, s.Now)
	s.Till = app.NewTill(app.Options{Ledger: s.Ledger, People: s.Crew.People})
	tb.Cleanup(func() {
		s.Till.Close()
		s.Ledger.Close()
	})
	s.Win = NewWindow(tb, mode)
	settings := app.NewSettings(s.Ledger, s.Vault)
	s.Desk = &screen.Desk{
		Words: lang.Load(language), Keys: screen.DefaultKeys(), Till: s.Till, Books: app.NewBooks(s.Ledger), Settings: settings,
		People: s.Crew.People, Shifts: app.NewShifts(s.Ledger, s.Till, settings), Log: slog.New(slog.DiscardHandler), Now: s.Now,
		Post: s.Posts.Post, Window: s.Win, Go: func(screen.Tab, int64) {}, Refund: func(int64) {},
		WakePrinter: func() { s.woken++ }, SettingsChanged: func(context.Context) error { return nil },
	}
	return s
}

// Now is the shop's clock.
func (s *Shop) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock
}

// Later moves the clock on.
func (s *Shop) Later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = s.clock.Add(d)
}

// Woken is how often the printer was woken.
func (s *Shop) Woken() int { return s.woken }

// Set stores settings.
func (s *Shop) Set(pairs ...string) {
	s.Helper()
	for i := 0; i < len(pairs); i += 2 {
		Check(s, s.Desk.Settings.Set(context.Background(), pairs[i], pairs[i+1]))
	}
}

// SignIn puts somebody at the till.
func (s *Shop) SignIn(p data.Person, pin string) {
	s.Helper()
	_, err := s.Till.SignIn(context.Background(), p.ID, pin)
	Check(s, err)
}

// OpenShift opens one for whoever is at the till.
func (s *Shop) OpenShift(name string, float payment.Amount) data.Shift {
	s.Helper()
	shift, err := s.Desk.Shifts.Open(context.Background(), app.OpenOrder{Draft: "open " + name, Name: name, Float: float})
	Check(s, err)
	return shift
}

// Sell takes cash for a sale.
func (s *Shop) Sell(amount payment.Amount) app.Payment {
	s.Helper()
	s.sold++
	p, err := s.Till.TakeCash(context.Background(), app.Charge{Draft: fmt.Sprint("sale ", s.sold), Amount: amount}, amount)
	Check(s, err)
	return p
}

// T is a sentence in the shop's language.
func (s *Shop) T(key string, pairs ...any) string { return s.Desk.Words.T(key, pairs...) }

// Show puts content into the window, below a stand-in for the head.
func (s *Shop) Show(o fyne.CanvasObject, width, height float32) {
	Show(s.Win, -1, o, width, height)
}

// Until runs what was posted until cond holds.
func (s *Shop) Until(what string, cond func() bool) {
	s.Helper()
	s.Posts.Until(s, what+"\n"+Text(s.Win), cond)
}

// Shows waits until a text stands on the window.
func (s *Shop) Shows(text string) {
	s.Helper()
	for limit := time.Now().Add(10 * time.Second); !s.Has(text); {
		if !s.Posts.Run() {
			time.Sleep(time.Millisecond)
		}
		if time.Now().After(limit) {
			s.Fatalf("never on the window: %q\n%s", text, Text(s.Win))
		}
	}
}

// Has reports whether a text can be read.
func (s *Shop) Has(text string) bool { return Has(s.Win, text) }

// Settle runs what is posted until nothing more comes for a moment.
func (s *Shop) Settle() {
	for quiet := 0; quiet < 8; {
		if s.Posts.Run() {
			quiet = 0
		} else {
			quiet++
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// Tap puts a finger on a text, and lets what follows happen.
func (s *Shop) Tap(text string) {
	s.Helper()
	Tap(s, s.Win, text)
	s.Settle()
}

// Press sends keys to what has the focus, or to the window.
func (s *Shop) Press(names ...fyne.KeyName) {
	for _, name := range names {
		ev := &fyne.KeyEvent{Name: name}
		c := s.Win.Canvas()
		if f := c.Focused(); f != nil {
			f.TypedKey(ev)
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

// Type types characters into what has the focus, or into the window.
func (s *Shop) Type(text string) {
	for _, r := range text {
		c := s.Win.Canvas()
		if f := c.Focused(); f != nil {
			f.TypedRune(r)
		} else if c.OnTypedRune() != nil {
			c.OnTypedRune()(r)
		}
	}
}

// Rendered draws the window once: what was never drawn cannot have the focus.
func (s *Shop) Rendered() { test.RenderToMarkup(s.Win.Canvas()) }

// Modal reports whether a dialog or menu lies over the window.
func (s *Shop) Modal() bool { return kit.Modal(s.Win.Canvas()) }

// Faults fails the test for each word that is missing, cut off or covered.
func (s *Shop) Faults() {
	s.Helper()
	for _, fault := range Faults(s.Win) {
		s.Error(fault)
	}
}
