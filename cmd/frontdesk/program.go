package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"

	"frontdesk/app"
	"frontdesk/assets/fonts"
	"frontdesk/assets/lang"
	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/hardware/paper"
	"frontdesk/hardware/printer"
	"frontdesk/hardware/scanner"
	"frontdesk/payment/paysim"
	"frontdesk/ui"
	"frontdesk/ui/kit"
	"frontdesk/ui/sales"
	"frontdesk/ui/screen"
	"frontdesk/ui/settings"
	"frontdesk/ui/summary"
)

// program is one run of the window.
type program struct {
	options options
	shop    *shop.Shop
	sim     *paysim.Sim // nil outside of practice mode
	owner   string      // who owns the till when this window may only look; else empty

	app    *toolkit
	main   fyne.Window
	window *ui.Window
	desk   *screen.Desk
	wedge  *wedge // nil where the keys cannot be hooked
	stop   chan struct{}
	live   bool // 正式使用 was asked for: open the real till after this one
}

// openBeside begins to open the shop and returns at once; opened waits for it.
func openBeside(o options) (opened func() (*program, error)) {
	var p *program
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		p, err = open(o)
	}()
	return func() (*program, error) {
		<-done
		return p, err
	}
}

// open opens the shop, and the simulator in practice mode. When another
// program owns the till, the shop is opened to look at.
func open(o options) (*program, error) {
	p := &program{options: o, stop: make(chan struct{})}
	so := shopOptions(o)
	so.Printed = p.printed
	var err error
	p.shop, err = shop.Open(context.Background(), so)
	var locked *data.LockedError
	if errors.As(err, &locked) {
		so.ReadOnly, so.LogName = true, "reader"
		if p.shop, err = shop.Open(context.Background(), so); err == nil {
			p.owner = lockedSentence(p.words(), locked)
		}
	}
	if err != nil {
		return nil, err
	}
	if o.practice && p.owner == "" {
		if err := p.practise(); err != nil {
			p.close()
			return nil, err
		}
	}
	p.shop.Log.Info("started", "version", version, "revision", revision, "os", runtime.GOOS, "practice", o.practice)
	return p, nil
}

// shopOptions say how the shop of this window is opened.
func shopOptions(o options) shop.Options {
	so := shop.Options{Dir: o.dir, Practice: o.practice, Keychain: !o.practice, LogName: "frontdesk"}
	if o.practice { // nothing there is worth guarding, and nothing may stay behind elsewhere
		so.KeyDir = filepath.Join(o.dir, "keys")
	}
	return so
}

// practise starts the simulator and connects the shop.
func (p *program) practise() (err error) {
	if p.sim, err = paysim.New(paysim.Options{Dir: p.shop.Paths.Sim, CloudUnionPay: true, Log: p.shop.Log}); err != nil {
		return fmt.Errorf("payment simulator: %w", err)
	}
	if err = p.listen(); err != nil {
		return fmt.Errorf("payment simulator: %w", err)
	}
	return p.shop.Practise(context.Background(), p.sim)
}

// listen has the simulator take the port that it had last time, so that no
// setting has to be changed; another one when somebody else has it now.
func (p *program) listen() error {
	if last, err := url.Parse(p.text("alipay.gateway")); err == nil && last.Port() != "" {
		if p.sim.Start(net.JoinHostPort("127.0.0.1", last.Port())) == nil {
			return nil
		}
	}
	return p.sim.Start("127.0.0.1:0")
}

// close ends what runs in the background. The sale on the screen needs no
// care: it is in the ledger at all times.
func (p *program) close() {
	if p.shop != nil {
		p.shop.Log.Info("closed")
		if err := p.shop.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "frontdesk:", err)
		}
	}
	if p.sim != nil {
		_ = p.sim.Close()
	}
	if p.live {
		startAgain(p.options)
	}
}

// text is one setting; its default when it cannot be read.
func (p *program) text(key string) string {
	value, err := p.shop.Settings.Get(context.Background(), key)
	if err != nil {
		p.shop.Log.Warn("setting cannot be read", "key", key, "err", err)
	}
	return value
}

// words are the sentences in the language of the command line, else of the settings.
func (p *program) words() *lang.Words {
	if p.options.language != "" {
		return lang.Load(p.options.language)
	}
	if l, ok := lang.Parse(p.text("ui.language")); ok {
		return lang.Load(l)
	}
	return lang.Load(lang.Chinese)
}

func (p *program) keys() screen.Keymap {
	keys, err := screen.ParseKeymap(p.text("ui.keys"))
	if err != nil {
		p.shop.Log.Warn("keys do not work; the usual ones hold", "err", err)
		return screen.DefaultKeys()
	}
	return keys
}

// mode is what the shop takes, which decides about the tabs.
func (p *program) mode() app.ShopMode {
	return app.ParseShopMode(p.text("shop.mode"), p.options.practice)
}

func (p *program) rules() scanner.Rules {
	rules := scanner.DefaultRules()
	v := p.shop.Settings.Values(context.Background())
	rules.Prefix, rules.MinLength, rules.MaxGap = v.Text("scanner.prefix"), v.Int("scanner.min_length"), v.Duration("scanner.max_gap")
	if err := errors.Join(v.Err(), rules.Check()); err != nil {
		p.shop.Log.Warn("scanner rules do not work; the usual ones hold", "err", err)
		return scanner.DefaultRules()
	}
	return rules
}

// runWindow shows the window until it is closed.
func (p *program) runWindow(t *toolkit) {
	words := p.words()
	p.app, p.main = t, t.newWindow(p.title(words), p.text("ui.theme"), p.text("ui.scale"))
	p.desk = p.makeDesk(words)
	p.window = ui.New(ui.Options{
		Desk:     p.desk,
		Sales:    func(d *screen.Desk) screen.Screen { return sales.New(d) },
		Summary:  p.summary,
		Settings: func(d *screen.Desk) screen.Screen { return settings.New(d, p.settingsOptions()) },
		Owner:    p.owner,
		Phone:    p.phone(),
		GoLive:   p.goLive(),
	})
	p.main.SetPadded(false)
	p.main.SetContent(p.window.Content())
	p.main.Resize(fyne.NewSize(1280, 800))
	p.main.SetMaster()
	p.app.Lifecycle().SetOnStarted(p.started)
	p.main.ShowAndRun()
	close(p.stop)
	p.window.Close()
}

// summary makes the tab of sums, which shows as much as the person at the till
// may see.
func (p *program) summary(d *screen.Desk) screen.Screen {
	s := summary.New(d)
	s.Allowed, s.Blind = p.window.SummaryLimits, d.Blind
	return s
}

// started runs once the window stands: now the keys can be hooked, and what
// the last run left open is taken up.
func (p *program) started() {
	p.window.Start()
	w, ok := installWedge(p.main, p.rules(), p.scanned, p.window.Tried)
	if ok {
		p.wedge = w
		go w.beat(p.stop)
	} else {
		p.shop.Log.Warn("keys cannot be hooked; scans are found in the fields")
		p.window.ScanThroughFields(p.rules())
	}
	p.ready()
	if p.owner != "" {
		return
	}
	go func() {
		open, err := p.shop.Start(context.Background())
		if err != nil {
			p.shop.Log.Error("what the last run left open cannot be read", "err", err)
			return
		}
		p.shop.Log.Info("background work began", "open", open)
		p.checkFile()
	}()
}

// checkFile reads the whole ledger in the background and says so when the file
// is damaged: what is sold on such a disk may be lost.
func (p *program) checkFile() {
	err := p.shop.Ledger.CheckFile(context.Background())
	if err == nil || errors.Is(err, data.ErrInterrupted) {
		return
	}
	p.shop.Log.Error("the ledger's file", "err", err)
	fyne.Do(func() {
		words := p.desk.Words
		text := kit.NewParagraph(troubleSentence(words, err), kit.Row, kit.Ink)
		kit.NewDialog(words.T("trouble.damaged"), text, words.T("trouble.close"), "").Show(p.main.Canvas())
	})
}

// ready tells whoever measures the start that the window can be used.
func (p *program) ready() {
	p.app.ready()
	if file := os.Getenv("FRONTDESK_READY"); file != "" {
		_ = os.WriteFile(file, []byte(time.Now().Format(time.RFC3339Nano)), 0o600)
	}
}

func (p *program) scanned(s scanner.Scan) {
	p.window.Scanned(screen.Scan{Text: s.Code, Duration: s.Duration, Sure: !s.Late})
}

// printed comes from the print queue's goroutine, perhaps before there is a window.
func (p *program) printed() {
	if w := p.window; w != nil {
		w.PrintsChanged()
	}
}

func (p *program) makeDesk(words *lang.Words) *screen.Desk {
	d := &screen.Desk{
		Words: words, Keys: p.keys(), Till: p.shop.Till, Books: p.shop.Books, Settings: p.shop.Settings,
		People: p.shop.People, Shifts: p.shop.Shifts, Bills: p.shop.Bills,
		Log: p.shop.Log, Now: time.Now, Practice: p.options.practice, Mode: p.mode(), Post: fyne.Do, Window: p.main,
		SettingsChanged: p.settingsChanged,
	}
	d.WakePrinter = func() {
		if p.shop.Queue != nil {
			p.shop.Queue.Wake()
		}
	}
	return d
}

// settingsChanged takes changed settings over, from any goroutine.
func (p *program) settingsChanged(ctx context.Context) error {
	err := p.shop.Reconfigure(ctx)
	words, keys, rules, theme, mode := p.words(), p.keys(), p.rules(), p.text("ui.theme"), p.mode()
	fyne.Do(func() {
		p.app.Settings().SetTheme(kit.NewTheme(themeMode(theme)))
		if p.wedge != nil {
			if err := p.wedge.setRules(rules); err != nil {
				p.shop.Log.Warn("scanner rules", "err", err)
			}
		}
		if words.Language() != p.desk.Words.Language() || keys.String() != p.desk.Keys.String() || mode != p.desk.Mode {
			p.desk.Mode = mode
			p.main.SetTitle(p.title(words))
			p.window.Rebuild(words, keys)
		}
	})
	return err
}

func (p *program) title(words *lang.Words) string {
	if p.options.practice {
		return words.T("app.name") + " - " + words.T("practice.title")
	}
	return words.T("app.name")
}

// phone is the customer's phone of practice mode, on the simulator.
func (p *program) phone() *ui.Phone {
	if p.sim == nil {
		return nil
	}
	phone := &ui.Phone{Wallet: p.sim, Wallets: paysim.Wallets, Scenarios: scenarios()}
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return phone
	}
	wide, scale := monitor.GetVideoMode().Width, p.main.Canvas().Scale()
	if float32(wide)/scale >= ui.WideScreen {
		phone.NewWindow = func(title string, content fyne.CanvasObject, size fyne.Size) fyne.Window {
			w := p.app.NewWindow(title)
			w.SetPadded(false)
			w.SetContent(content)
			w.Resize(size)
			w.SetFixedSize(true)
			if d, ok := w.(desktop.Window); ok { // at the right edge, beside the main window
				d.RequestPosition(wide-int(size.Width*scale), 0)
			}
			w.Show()
			p.main.RequestFocus()
			return w
		}
	}
	return phone
}

// goLive leaves practice mode for the real till.
func (p *program) goLive() func() {
	if !p.options.practice {
		return nil
	}
	return func() {
		p.live = true
		p.app.Quit()
	}
}

// startAgain opens the program anew, without practice.
func startAgain(o options) {
	program, err := os.Executable()
	if err != nil {
		return
	}
	var args []string
	if o.language != "" {
		args = append(args, "--lang", string(o.language))
	}
	_ = exec.Command(program, args...).Start()
}

// painter draws receipts for the previews.
func (p *program) painter() *paper.Painter {
	painter, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		p.shop.Log.Error("receipts cannot be drawn", "err", err)
		return nil
	}
	return painter
}

func (p *program) settingsOptions() settings.Options {
	return settings.Options{
		Doctors:    doctors(p.shop),
		Printers:   printer.Spoolers,
		Painter:    p.painter(),
		About:      p.about(),
		OpenFolder: openFolder,
	}
}

// openFolder shows a folder in the system's file manager.
func openFolder(path string) error {
	command := map[string]string{"windows": "explorer", "darwin": "open"}[runtime.GOOS]
	if command == "" {
		command = "xdg-open"
	}
	cmd := exec.Command(command, path)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// lockedSentence says who owns the till.
func lockedSentence(words *lang.Words, e *data.LockedError) string {
	return words.T("data.error.locked", data.Values(e)...)
}
