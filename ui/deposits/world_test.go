package deposits

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

// world is a reception: a till on a real ledger with a bank that answers what
// the test says, and the screen in a window of Fyne's test driver.
type world struct {
	tb     testing.TB
	ledger *data.Ledger
	till   *app.Till
	bank   *bank // Alipay
	second *bank // takes WeChat; nil unless options say so
	clock  *clock
	posts  *screentest.Queue
	desk   *screen.Desk
	win    fyne.Window
	s      *Screen
	vault  screentest.Vault
	people *app.People

	drafts int
	brief  bool
	tab    screen.Tab // what was asked for on another tab
	sale   int64
}

// setup of a world: what differs from the usual.
type options struct {
	language      lang.Language
	mode          kit.Mode
	width, height float32
	readOnly      bool
	wechat        payment.ChannelName // which channel takes WeChat; empty for none
	brief         bool                // a small house will do
}

func newWorld(tb testing.TB, o options) *world {
	tb.Helper()
	if o.language == "" {
		o.language = lang.Chinese
	}
	if o.width == 0 {
		o.width, o.height = 1280, 800
	}
	w := &world{tb: tb, clock: &clock{}, bank: newBank(payment.Alipay), brief: o.brief, posts: &screentest.Queue{}}
	var err error
	w.ledger, err = data.Open(filepath.Join(tb.TempDir(), "ledger.db"), data.Options{Key: make([]byte, data.KeySize), Now: w.clock.now, Till: 1})
	check(tb, err)
	w.people = app.NewPeople(w.ledger, &w.vault, nil)
	channels, ways := []payment.Channel{w.bank}, map[payment.Wallet]payment.ChannelName{payment.WalletAlipay: payment.Alipay}
	if o.wechat != "" {
		w.second = newBank(o.wechat)
		channels, ways[payment.WalletWeChat] = append(channels, w.second), o.wechat
	}
	w.till = app.NewTill(app.Options{Ledger: w.ledger, People: w.people, Channels: channels, Wallets: ways, RefundPauses: []time.Duration{time.Millisecond}})
	tb.Cleanup(func() {
		close(w.bank.stop)
		if w.second != nil {
			close(w.second.stop)
		}
		w.till.Close()
		w.ledger.Close()
	})
	w.win = screentest.NewWindow(tb, o.mode)
	w.desk = &screen.Desk{
		Words: lang.Load(o.language), Keys: screen.DefaultKeys(), Till: w.till, Books: app.NewBooks(w.ledger),
		Settings: app.NewSettings(w.ledger, noSecrets{}), Log: slog.New(slog.DiscardHandler), Now: w.clock.now, Mode: app.ModeBoth,
		Post: w.posts.Post, Window: w.win, Refund: func(int64) {}, WakePrinter: func() {},
		Go:              func(tab screen.Tab, id int64) { w.tab, w.sale = tab, id },
		TakeDeposit:     func(payment.Amount) {},
		SettingsChanged: func(context.Context) error { return nil },
	}
	if o.readOnly {
		w.desk.Till = nil
	}
	check(tb, w.desk.Settings.Set(tb.Context(), "till.quick", `[{"name":"延时退房","price":10000},{"name":"早餐","price":3800},{"name":"两瓶水","price":500,"quantity":2}]`))
	w.show(o.width, o.height)
	return w
}

// show puts a new screen into the window, below a stand-in for its head.
func (w *world) show(width, height float32) {
	w.tb.Helper()
	w.s = New(w.desk)
	w.tb.Cleanup(w.s.Close)
	t := w.desk.Words.T
	head := kit.NewHead(t("head.till"), t("head.deposits"), t("head.sales"), t("head.settings"))
	head.SetTab(1)
	content := container.NewWithoutLayout(head, w.s.Object())
	content.Layout = screen.Free{Place: func(s fyne.Size) {
		screen.Place(head, 0, 0, s.Width, kit.HeadHeight)
		screen.Place(w.s.Object(), 0, kit.HeadHeight, s.Width, s.Height-kit.HeadHeight)
	}}
	w.win.SetContent(content)
	w.win.Resize(fyne.NewSize(width, height))
	w.win.Canvas().SetOnTypedRune(func(r rune) { w.s.TypedRune(r) })
	w.win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if a, ok := w.desk.Keys.Action(ev.Name, 0); ok {
			w.s.Act(a)
			return
		}
		w.s.TypedKey(ev.Name)
	})
	w.s.Show()
	w.settle()
}

func (w *world) t(key string, pairs ...any) string { return w.desk.Words.T(key, pairs...) }

// until runs what was posted until cond holds.
func (w *world) until(what string, cond func() bool) {
	w.tb.Helper()
	w.posts.Until(w.tb, what, cond)
	w.settle()
}

// settle runs what was posted until everything is read.
func (w *world) settle() {
	w.tb.Helper()
	w.posts.Until(w.tb, "list and deposit are read", func() bool {
		return w.posts.Empty() && w.s.setup.known && !w.s.list.reading && (w.s.open == nil || !w.s.open.reading && !w.s.open.busy) && !w.s.taking.Busy()
	})
}

// shows waits until a text stands on the screen.
func (w *world) shows(text string) {
	w.tb.Helper()
	w.until("the screen shows "+text, func() bool { return screentest.Has(w.win, text) })
}

// has fails unless a text stands on the screen.
func (w *world) has(texts ...string) {
	w.tb.Helper()
	for _, text := range texts {
		if !screentest.Has(w.win, text) {
			w.tb.Errorf("%q does not stand on the screen:\n%s", text, screentest.Text(w.win))
		}
	}
}

// hasNot fails when a text stands on the screen.
func (w *world) hasNot(texts ...string) {
	w.tb.Helper()
	for _, text := range texts {
		if screentest.Has(w.win, text) {
			w.tb.Errorf("%q stands on the screen", text)
		}
	}
}

// press is a key, with the focus where it is.
func (w *world) press(names ...fyne.KeyName) {
	for _, name := range names {
		ev := &fyne.KeyEvent{Name: name}
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedKey(ev)
		} else {
			w.win.Canvas().OnTypedKey()(ev)
		}
	}
	w.settle()
}

// types is typing, with the focus where it is.
func (w *world) types(text string) {
	for _, r := range text {
		if f := w.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			w.win.Canvas().OnTypedRune()(r)
		}
	}
	w.settle()
}

// tap puts a finger on a text.
func (w *world) tap(text string) {
	w.tb.Helper()
	screentest.Tap(w.tb, w.win, text)
	w.settle()
}

func (w *world) scan(text string) {
	w.s.Scanned(screen.Scan{Text: text, Sure: true})
	w.settle()
}

// payCode is a pay code of Alipay's form.
func payCode(ending int) string { return fmt.Sprintf("2876130925184644%02d", ending) }

// wechatCode is one of WeChat's.
func wechatCode(ending int) string { return fmt.Sprintf("1376130925184644%02d", ending) }

// later moves the clock on, and ticks.
func (w *world) later(d time.Duration) {
	w.clock.shift(d)
	w.s.Tick()
	w.settle()
}

// ago moves the clock that many days back.
func (w *world) ago(days int) *world {
	w.clock.back()
	w.clock.shift(-time.Duration(days) * 24 * time.Hour)
	return w
}

// back moves the clock to the present.
func (w *world) back() {
	w.clock.back()
	w.s.list.reload()
	w.settle()
}

// order is a deposit of a room.
func (w *world) order(room, guest, phone string, amount payment.Amount, nights int) app.HoldOrder {
	w.drafts++
	return app.HoldOrder{Draft: fmt.Sprintf("draft-%d", w.drafts), Amount: amount, Room: room, Guest: guest, Phone: phone, Nights: nights}
}

// take takes a deposit by code, without the screen.
func (w *world) take(room, guest string, amount payment.Amount) data.Deposit {
	w.tb.Helper()
	d, err := w.till.HoldByCode(w.tb.Context(), w.order(room, guest, "13800006021", amount, 3), payCode(w.drafts%80))
	check(w.tb, err)
	ctx, cancel := context.WithTimeout(w.tb.Context(), time.Minute)
	defer cancel()
	d, err = w.till.WaitDeposit(ctx, d.ID)
	check(w.tb, err)
	return d.Deposit
}

// takeCash takes a deposit in cash, without the screen.
func (w *world) takeCash(room, guest string, amount payment.Amount) data.Deposit {
	w.tb.Helper()
	d, err := w.till.HoldCash(w.tb.Context(), w.order(room, guest, "13800006021", amount, 0), amount)
	check(w.tb, err)
	return d.Deposit
}

// deposit is a deposit as the ledger has it.
func (w *world) deposit(id int64) data.DepositDetail {
	w.tb.Helper()
	d, err := w.desk.Books.Deposit(w.tb.Context(), id)
	check(w.tb, err)
	return d
}

// only fails unless there is one deposit, in that state.
func (w *world) only(state data.DepositState) data.DepositDetail {
	w.tb.Helper()
	list, _, err := w.desk.Books.Deposits(w.tb.Context(), data.DepositFilter{})
	check(w.tb, err)
	if len(list) != 1 || list[0].State != state {
		w.tb.Fatalf("want one deposit that is %s; there are %d: %+v", state, len(list), list)
	}
	return w.deposit(list[0].ID)
}

// rows are the rooms in the list, from the top.
func (w *world) rows() (list []string) {
	for i := range w.s.list.book.Length() {
		r, _ := w.s.list.book.At(i)
		list = append(list, r.room)
	}
	return list
}

// A clock that the test moves away from the real one.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) shift(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

func (c *clock) back() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = 0
}

// noSecrets is a vault with nothing in it.
type noSecrets struct{}

func (noSecrets) Get(string) (string, bool, error) { return "", false, nil }
func (noSecrets) Set(string, string) error         { return nil }
func (noSecrets) Delete(string) error              { return nil }

func check(tb testing.TB, err error) {
	tb.Helper()
	screentest.Check(tb, err)
}
