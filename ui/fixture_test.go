package ui_test

import (
	"context"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui"
	"frontdesk/ui/kit"
	"frontdesk/ui/phone"
	"frontdesk/ui/screen"
)

// bank is a channel that does what the test says at that moment.
type bank struct {
	name    payment.ChannelName
	mu      sync.Mutex
	policy  payment.Policy
	pay     func(payment.PayRequest) payment.Outcome
	qr      payment.Outcome
	query   func(n int) payment.Outcome
	cancel  func(n int) payment.Outcome
	queries int
	cancels int
	pays    []payment.PayRequest
	shown   []payment.QRRequest
	stop    chan struct{}
}

func newBank(name payment.ChannelName) *bank {
	b := &bank{name: name, stop: make(chan struct{})}
	b.ordinary()
	return b
}

// ordinary is a bank on a good day.
func (b *bank) ordinary() {
	b.policy = payment.Policy{QueryEvery: time.Millisecond, PayTimeout: time.Minute, QRTimeout: 2 * time.Minute, CancelEvery: time.Millisecond}
	switch b.name {
	case payment.WeChat:
		b.policy.PayTimeout = 45 * time.Second
	case payment.CloudPay:
		b.policy.PayTimeout, b.policy.NoCancel = 2*time.Minute, true
	}
	b.pay = paidBy("138****6021")
	b.qr = payment.Outcome{Result: payment.Waiting}
	b.query = func(int) payment.Outcome { return payment.Outcome{Result: payment.Paid, TradeNo: tradeNo} }
	b.cancel = func(int) payment.Outcome { return payment.Outcome{Result: payment.Closed} }
}

const tradeNo = "2026112122001400000000015313"

func paidBy(payer string) func(payment.PayRequest) payment.Outcome {
	return func(payment.PayRequest) payment.Outcome {
		return payment.Outcome{Result: payment.Paid, TradeNo: tradeNo, Payer: payer}
	}
}

func failing(reason payment.Reason, code string) func(payment.PayRequest) payment.Outcome {
	return func(payment.PayRequest) payment.Outcome {
		return payment.Outcome{Result: payment.Failed, Reason: reason, Code: code}
	}
}

func answering(o payment.Outcome) func(payment.PayRequest) payment.Outcome {
	return func(payment.PayRequest) payment.Outcome { return o }
}

func (b *bank) Name() payment.ChannelName { return b.name }

func (b *bank) Policy() payment.Policy {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.policy
}

func (b *bank) Pay(_ context.Context, r payment.PayRequest) payment.Outcome {
	b.mu.Lock()
	b.pays = append(b.pays, r)
	pay := b.pay
	b.mu.Unlock()
	return pay(r)
}

func (b *bank) ShowQR(_ context.Context, r payment.QRRequest) (string, payment.Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown = append(b.shown, r)
	if r.Wallet == payment.WalletWeChat {
		return "weixin://wxpay/bizpayurl?pr=" + r.OutTradeNo, b.qr
	}
	return "https://qr.alipay.com/bax" + r.OutTradeNo, b.qr
}

func (b *bank) Query(ctx context.Context, _ payment.Order) payment.Outcome {
	b.mu.Lock()
	b.queries++
	n, query, stop := b.queries, b.query, b.stop
	b.mu.Unlock()
	o := query(n)
	if o == hang {
		select {
		case <-ctx.Done():
		case <-stop:
		}
		return payment.Outcome{Result: payment.Unknown}
	}
	return o
}

// answerAgain lets go of answers that hang.
func (b *bank) answerAgain() {
	close(b.stop)
	b.stop = make(chan struct{})
}

// hang is an answer that does not come before the test is over.
var hang = payment.Outcome{Result: "hang"}

func (b *bank) Cancel(context.Context, payment.Order) payment.Outcome {
	b.mu.Lock()
	b.cancels++
	n, cancel := b.cancels, b.cancel
	b.mu.Unlock()
	return cancel(n)
}

func (b *bank) Refund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundDone}
}

func (b *bank) QueryRefund(context.Context, payment.RefundRequest) payment.RefundOutcome {
	return payment.RefundOutcome{State: payment.RefundDone, Found: true}
}

// set changes the bank's answers.
func (b *bank) set(change func(*bank)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queries, b.cancels = 0, 0
	change(b)
}

func (b *bank) payCalls() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.pays)
}

func (b *bank) qrCalls() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.shown)
}

func (b *bank) cancelCalls() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cancels
}

// shop is a whole program but its process: a ledger, a till and a window, with
// a clock and a UI goroutine that the test moves.
type shop struct {
	t      testing.TB
	bank   *bank // Alipay
	second *bank // takes WeChat, and UnionPay where it is Cloud Pay; nil unless setup says so
	ledger *data.Ledger
	till   *app.Till
	books  *app.Books
	desk   *screen.Desk
	app    fyne.App
	win    fyne.Window
	window *ui.Window

	mu    sync.Mutex
	queue []func()

	clock struct {
		sync.Mutex
		ledger, screen time.Duration // ahead of the real clock
	}
	sale, refund int64 // what the till asked the window to show on another tab
	tab          screen.Tab
	wallet       *fakeWallet
	goneLive     bool
	brief        bool
	keys         *keyCanvas
	frozen       bool // the picture is taken before the UI goes on
}

// setup says what differs from an ordinary shop.
type setup struct {
	lang          lang.Language
	mode          kit.Mode
	width, height float32
	practice      bool
	phoneWindow   bool
	readOnly      bool
	quick         string
	noAlipay      bool
	wechat        payment.ChannelName // which channel takes WeChat; empty for none
	broken        bool                // Cloud Pay is switched on and does not work
	printer       string
	brief         bool // a short list will do
	leftOpen      int  // payments that an earlier run left without a result
	takes         app.ShopMode
}

const quickThree = `[{"name":"矿泉水","price":200},{"name":"早餐套餐","price":800},{"name":"购物袋","price":30}]`

const quickMany = `[{"name":"矿泉水","price":200},{"name":"早餐套餐","price":800},{"name":"购物袋","price":30},
	{"name":"豆浆","price":300},{"name":"茶叶蛋","price":150,"quantity":2},{"name":"饭团","price":600},{"name":"打火机","price":200},
	{"name":"口罩","price":100,"quantity":5},{"name":"电池","price":990},{"name":"雨伞","price":2500},{"name":"纸巾","price":350}]`

func newShop(t testing.TB, o setup) *shop {
	t.Helper()
	if o.lang == "" {
		o.lang = lang.Chinese
	}
	if o.width == 0 {
		o.width, o.height = 1280, 800
	}
	s := &shop{t: t, bank: newBank(payment.Alipay), wallet: &fakeWallet{}, brief: o.brief}
	s.app = test.NewTempApp(t)
	s.app.Settings().SetTheme(kit.NewTheme(o.mode))
	ledger, err := data.Open(filepath.Join(t.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Now: s.ledgerNow})
	must(t, err)
	s.ledger, s.books = ledger, app.NewBooks(ledger)
	channels := []payment.Channel{s.bank}
	if o.noAlipay {
		channels = nil
	}
	ways := map[payment.Wallet]payment.ChannelName{payment.WalletAlipay: payment.Alipay, payment.WalletWeChat: o.wechat}
	if o.wechat != "" {
		s.second = newBank(o.wechat)
		channels = append(channels, s.second)
	}
	if o.wechat == payment.CloudPay {
		ways[payment.WalletUnionPay] = payment.CloudPay
	}
	s.leaveOpen(o.leftOpen)
	if !o.readOnly {
		s.till = app.NewTill(app.Options{Ledger: ledger, Channels: channels, Wallets: ways, Subject: "test"})
	}
	settings := app.NewSettings(ledger, noSecrets{})
	must(t, settings.Set(t.Context(), "till.quick", o.quick))
	must(t, settings.Set(t.Context(), "printer.receipt", o.printer))
	if o.broken {
		must(t, settings.Set(t.Context(), "cloudpay.enabled", "true"))
	}
	s.win = s.app.NewWindow("till")
	s.win.SetPadded(false)
	s.keys = &keyCanvas{s.win.Canvas(), map[string]func(fyne.Shortcut){}}
	s.desk = &screen.Desk{
		Words: lang.Load(o.lang), Keys: screen.DefaultKeys(), Till: s.till, Books: s.books, Settings: settings,
		Log: slog.New(slog.DiscardHandler), Now: s.screenNow, Practice: o.practice, Mode: o.takes,
		Post: s.post, Window: keyWindow{s.win, s.keys}, WakePrinter: func() {},
		SettingsChanged: func(context.Context) error { return nil },
	}
	options := ui.Options{
		Desk: s.desk, Owner: o.owner(),
		Sales:    func(*screen.Desk) screen.Screen { return &otherTab{shop: s, tab: screen.TabSales} },
		Settings: func(*screen.Desk) screen.Screen { return &otherTab{shop: s, tab: screen.TabSettings} },
	}
	if o.practice {
		options.Phone = &ui.Phone{Wallet: s.wallet, Wallets: []payment.Wallet{payment.WalletAlipay, payment.WalletWeChat, payment.WalletUnionPay}, Scenarios: scenarios()}
		options.GoLive = func() { s.goneLive = true }
		if o.phoneWindow {
			options.Phone.NewWindow = s.newPhoneWindow
		}
	}
	s.window = ui.New(options)
	s.win.SetContent(s.window.Content())
	s.win.Resize(fyne.NewSize(o.width, o.height))
	s.window.Start()
	t.Cleanup(s.close)
	if s.till != nil {
		_, err = s.till.Start(t.Context())
		must(t, err)
	}
	s.settle()
	return s
}

// leaveOpen is an earlier run that ended before the bank had answered.
func (s *shop) leaveOpen(n int) {
	if n == 0 {
		return
	}
	unknown := payment.Outcome{Result: payment.Unknown}
	s.bank.set(func(b *bank) {
		b.pay = answering(unknown)
		b.query = func(int) payment.Outcome { return hang }
	})
	earlier := app.NewTill(app.Options{Ledger: s.ledger, Channels: []payment.Channel{s.bank}})
	for i := range n {
		_, err := earlier.PayByCode(s.t.Context(), app.Charge{Draft: fmt.Sprint(i), Amount: 99_00}, payCode(20+i))
		must(s.t, err)
	}
	for len(earlier.OpenPayments()) < n || earlier.OpenPayments()[n-1].Phase != app.PhaseUnknown {
		time.Sleep(time.Millisecond)
	}
	earlier.Close()
}

func (o setup) owner() string {
	if o.readOnly {
		return "收银台 1 从 08:02 起正在收款。"
	}
	return ""
}

func (s *shop) close() {
	s.window.Close()
	close(s.bank.stop)
	if s.second != nil {
		close(s.second.stop)
	}
	if s.till != nil {
		s.till.Close()
	}
	s.ledger.Close()
}

func (s *shop) newPhoneWindow(title string, content fyne.CanvasObject, size fyne.Size) fyne.Window {
	w := s.app.NewWindow(title)
	w.SetPadded(false)
	w.SetContent(content)
	w.Resize(size)
	w.Show()
	return w
}

func (s *shop) ledgerNow() time.Time {
	s.clock.Lock()
	defer s.clock.Unlock()
	return time.Now().Add(s.clock.ledger)
}

func (s *shop) screenNow() time.Time {
	s.clock.Lock()
	defer s.clock.Unlock()
	return time.Now().Add(s.clock.screen)
}

// later moves the screen's clock on, and ticks.
func (s *shop) later(d time.Duration) {
	s.clock.Lock()
	s.clock.screen += d
	s.clock.Unlock()
	s.window.Tick()
	s.settle()
}

// at writes what follows into the ledger as of some time ago.
func (s *shop) at(ago time.Duration) {
	s.clock.Lock()
	defer s.clock.Unlock()
	s.clock.ledger = -ago
}

func (s *shop) post(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, f)
}

// drain runs what waits for the UI goroutine, which is the test's.
func (s *shop) drain() (ran bool) {
	for {
		s.mu.Lock()
		if len(s.queue) == 0 {
			s.mu.Unlock()
			return ran
		}
		f := s.queue[0]
		s.queue = s.queue[1:]
		s.mu.Unlock()
		f()
		ran = true
	}
}

// settle waits until nothing more comes for a moment.
func (s *shop) settle() {
	quiet := 0
	for deadline := time.Now().Add(time.Minute); quiet < 9 && time.Now().Before(deadline); {
		if s.drain() {
			quiet = 0
		} else {
			quiet++
		}
		time.Sleep(time.Millisecond)
	}
}

// until runs the UI until something holds.
func (s *shop) until(what string, holds func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		s.drain()
		if holds() {
			s.settle()
			return
		}
	}
	s.t.Fatalf("waited in vain for: %s\n%s", what, s.text())
}

// shows waits until a text stands on the screen.
func (s *shop) shows(text string) {
	s.t.Helper()
	s.until("the screen shows "+text, func() bool { return s.has(text) })
}

// press is a key, with the focus where it is.
func (s *shop) press(names ...fyne.KeyName) {
	for _, name := range names {
		ev := &fyne.KeyEvent{Name: name}
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedKey(ev)
		} else {
			s.win.Canvas().OnTypedKey()(ev)
		}
	}
}

// types is typing, with the focus where it is.
func (s *shop) types(text string) {
	for _, r := range text {
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			s.win.Canvas().OnTypedRune()(r)
		}
	}
}

func (s *shop) scan(code string) { s.window.Scanned(screen.Scan{Text: code, Sure: true}) }

// wechatCode and unionCode are pay codes of the other wallets.
func wechatCode(ending int) string { return fmt.Sprintf("1356130925184644%02d", ending) }

func unionCode(ending int) string { return fmt.Sprintf("62861309125184644%02d", ending) }

// payCode is a pay code of Alipay's form.
func payCode(ending int) string { return fmt.Sprintf("2876130925184644%02d", ending) }

// shot draws the window to a file when a folder is given.
func (s *shop) shot(dir, name string) {
	s.t.Helper()
	if dir == "" {
		return
	}
	img := s.win.Canvas().Capture()
	f, err := os.Create(filepath.Join(dir, name+".png"))
	must(s.t, err)
	defer f.Close()
	must(s.t, png.Encode(f, img))
}

// keyWindow and keyCanvas keep shortcuts, which Fyne's test canvas forgets.
type keyWindow struct {
	fyne.Window
	keys *keyCanvas
}

func (w keyWindow) Canvas() fyne.Canvas { return w.keys }

type keyCanvas struct {
	fyne.Canvas
	shortcuts map[string]func(fyne.Shortcut)
}

func (c *keyCanvas) AddShortcut(s fyne.Shortcut, f func(fyne.Shortcut)) {
	c.shortcuts[s.ShortcutName()] = f
}

func (c *keyCanvas) RemoveShortcut(s fyne.Shortcut) { delete(c.shortcuts, s.ShortcutName()) }

// ctrl is a key pressed together with Ctrl.
func (s *shop) ctrl(key fyne.KeyName) {
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	if f := s.keys.shortcuts[shortcut.ShortcutName()]; f != nil {
		f(shortcut)
	}
	s.settle()
}

// otherTab stands in for the tabs that are made elsewhere.
type otherTab struct {
	shop *shop
	tab  screen.Tab
	root *fyne.Container
}

func (o *otherTab) Object() fyne.CanvasObject {
	if o.root == nil {
		o.root = container.NewStack()
	}
	return o.root
}
func (o *otherTab) Show()                      { o.shop.tab = o.tab }
func (o *otherTab) Hide()                      { o.shop.tab = screen.TabTill }
func (o *otherTab) TypedRune(rune) bool        { return false }
func (o *otherTab) TypedKey(fyne.KeyName) bool { return false }
func (o *otherTab) Act(screen.Action) bool     { return false }
func (o *otherTab) Scanned(screen.Scan) bool   { return false }
func (o *otherTab) Open(id int64, then screen.Action) {
	o.shop.sale = id
	if then == screen.ActRefund {
		o.shop.refund = id
	}
}

// fakeWallet makes pay codes that count up.
type fakeWallet struct {
	mu   sync.Mutex
	made int
	paid []string
}

func (f *fakeWallet) FreshCodeOf(w payment.Wallet, n int) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made++
	switch w {
	case payment.WalletWeChat:
		return fmt.Sprintf("13561309%08d%02d", 25184644+f.made, n)
	case payment.WalletUnionPay:
		return fmt.Sprintf("628613091%08d%02d", 25184644+f.made, n)
	}
	return fmt.Sprintf("28761309%08d%02d", 25184644+f.made, n)
}

func (f *fakeWallet) ScanQR(text string, _ int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.paid = append(f.paid, text)
	return nil
}

func scenarios() []phone.Scenario {
	var list []phone.Scenario
	for n := 1; n <= 14; n++ {
		list = append(list, phone.Scenario{Number: n, Key: fmt.Sprintf("sim.scenario.%02d", n), QR: n < 4})
	}
	return list
}

type noSecrets struct{}

func (noSecrets) Get(string) (string, bool, error) { return "", false, nil }
func (noSecrets) Set(string, string) error         { return nil }
func (noSecrets) Delete(string) error              { return nil }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
