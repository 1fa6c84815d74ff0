package settings

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// world is a shop with a real ledger and the screen in a window of Fyne's test
// driver.
type world struct {
	tb      testing.TB
	ledger  *data.Ledger
	vault   *vault
	doctor  *fakeDoctor
	posts   *screentest.Queue
	desk    *screen.Desk
	opts    Options
	win     fyne.Window
	s       *Screen
	now     time.Time
	applied atomic.Int32 // how often the program took the settings over
	apply   error        // what it answers
	woken   atomic.Int32 // how often the printer was woken
}

var noon = time.Date(2026, 11, 21, 14, 26, 0, 0, payment.Beijing)

func newWorld(tb testing.TB, language lang.Language, mode kit.Mode) *world {
	tb.Helper()
	w := &world{tb: tb, vault: &vault{kept: map[string]string{}}, doctor: &fakeDoctor{probe: Probe{Kind: "good", Dated: true, Took: 1800 * time.Millisecond}},
		posts: &screentest.Queue{}, now: noon}
	var err error
	w.ledger, err = data.Open(filepath.Join(tb.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Till: 1})
	check(tb, err)
	till := app.NewTill(app.Options{Ledger: w.ledger})
	tb.Cleanup(func() {
		till.Close()
		w.ledger.Close()
	})
	w.win = screentest.NewWindow(tb, mode)
	w.desk = &screen.Desk{
		Words: lang.Load(language), Keys: screen.DefaultKeys(), Till: till, Books: app.NewBooks(w.ledger),
		Settings: app.NewSettings(w.ledger, w.vault), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return w.now },
		Post: w.posts.Post, Window: w.win, Go: func(screen.Tab, int64) {}, Refund: func(int64) {},
		WakePrinter:     func() { w.woken.Add(1) },
		SettingsChanged: func(context.Context) error { w.applied.Add(1); return w.apply },
	}
	w.opts = Options{
		Doctors:    map[payment.ChannelName]ChannelDoctor{payment.Alipay: w.doctor, payment.WeChat: w.doctor, payment.CloudPay: w.doctor},
		Printers:   func(context.Context) ([]string, error) { return []string{"POS-80", "HP LaserJet"}, nil },
		OpenFolder: func(string) error { return nil },
		About: About{
			Version: "0.1.0 (1a2b3c4)", Go: "1.26.8", Fyne: "2.8.1", SQLite: "3.51.0", Schema: 1, Till: 1,
			DataDir: "/home/shop/.local/share/frontdesk", Ledger: "/home/shop/.local/share/frontdesk/ledger.db",
			LogDir: "/home/shop/.local/share/frontdesk/logs", BackupDir: "/home/shop/.local/share/frontdesk/backups", JournalHead: w.ledger.Head,
		},
	}
	return w
}

// set stores a setting before the screen is opened.
func (w *world) set(pairs ...string) *world {
	w.tb.Helper()
	for i := 0; i < len(pairs); i += 2 {
		check(w.tb, w.desk.Settings.Set(context.Background(), pairs[i], pairs[i+1]))
	}
	return w
}

// get is what is stored.
func (w *world) get(key string) string {
	w.tb.Helper()
	value, err := w.desk.Settings.Get(context.Background(), key)
	check(w.tb, err)
	return value
}

// open shows one page in a window of that size, below a stand-in for the head.
func (w *world) open(page string, width, height float32) *world {
	w.tb.Helper()
	w.s = New(w.desk, w.opts)
	screentest.Show(w.win, 2, w.s.Object(), width, height)
	w.s.Show()
	w.until("the settings are read", func() bool { return w.s.vals != nil })
	w.turn(page)
	return w
}

// turn shows another page.
func (w *world) turn(page string) {
	w.tb.Helper()
	w.s.turn(w.place(page))
	w.settle()
	w.texts() // what was never drawn cannot have the focus
}

// place is where a page stands in the list.
func (w *world) place(name string) int {
	w.tb.Helper()
	i := slices.IndexFunc(w.s.pages, func(p *page) bool { return p.name == name })
	if i < 0 {
		w.tb.Fatalf("no page %s", name)
	}
	return i
}

// save saves the page and waits for the end of it.
func (w *world) save() {
	w.tb.Helper()
	w.s.savePage(nil)
	w.settle()
}

// settle runs what was posted until nothing is going on.
func (w *world) settle() {
	w.tb.Helper()
	w.until("all is quiet", func() bool {
		s := w.s
		looking := slices.ContainsFunc(s.channels, func(c *channelPage) bool { return c.doctor.looking })
		return w.posts.Empty() && !s.saving && !s.loading && !s.preview.drawing && !looking && !s.prints.listing
	})
}

// account is the page of a channel.
func (w *world) account(channel payment.ChannelName) *channelPage {
	for _, c := range w.s.channels {
		if c.channel == channel {
			return c
		}
	}
	w.tb.Fatalf("no page of %s", channel)
	return nil
}

// until runs what was posted until cond holds.
func (w *world) until(what string, cond func() bool) {
	w.tb.Helper()
	w.posts.Until(w.tb, what, cond)
}

// texts is every word that is on the window.
func (w *world) texts() string { return screentest.Texts(w.win) }

func (w *world) shows(t *testing.T, words ...string) {
	t.Helper()
	texts := w.texts()
	for _, s := range words {
		if !strings.Contains(texts, s) {
			t.Errorf("%q is not shown", s)
		}
	}
}

// field is the text field of a setting on the present page.
func (w *world) field(key string) *kit.Field {
	w.tb.Helper()
	for _, in := range w.s.page().inputs {
		if f, ok := in.object.(*kit.Field); ok && in.key == key {
			return f
		}
	}
	w.tb.Fatalf("no field for %s", key)
	return nil
}

// secret is the part of a secret on the present page.
func (w *world) secret(key string) *secretInput {
	w.tb.Helper()
	for _, in := range w.s.page().inputs {
		if f, ok := in.object.(*secretInput); ok && in.key == key {
			return f
		}
	}
	w.tb.Fatalf("no secret %s", key)
	return nil
}

func check(tb testing.TB, err error) {
	tb.Helper()
	screentest.Check(tb, err)
}

// vault keeps secrets in memory.
type vault struct {
	mu   sync.Mutex
	kept map[string]string
	err  error
}

func (v *vault) Get(name string) (string, bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.kept[name]
	return s, ok, v.err
}

func (v *vault) Set(name, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.kept[name] = value
	return v.err
}

func (v *vault) Delete(name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.kept, name)
	return v.err
}

// fakeDoctor answers what the test says and keeps what it was asked with.
type fakeDoctor struct {
	mu     sync.Mutex
	faults []ConfigFault
	probe  Probe
	asked  []map[string]string
	probes int
}

func (d *fakeDoctor) CheckConfig(_ context.Context, changes map[string]string) ([]ConfigFault, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, changes)
	return d.faults, nil
}

func (d *fakeDoctor) Check(context.Context, map[string]string) (Probe, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.probes++
	return d.probe, nil
}

func (d *fakeDoctor) answer(p Probe, faults ...ConfigFault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.probe, d.faults = p, faults
}
