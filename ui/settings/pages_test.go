package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/hardware/scanner"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func TestAsWhatAScanIsTaken(t *testing.T) {
	w := lang.Load(lang.Chinese)
	const alipay, wechat, unionpay = "281234567890123456", "131234567890123456", "6212345678901234567"
	for _, c := range []struct {
		scan               screen.Scan
		text, taken, speed string
		icon               kit.Icon
	}{
		{screen.Scan{Text: alipay, Duration: 54 * time.Millisecond, Sure: true}, "28…3456", "支付宝付款码", "3.1 毫秒/字符", kit.IconPaid},
		{screen.Scan{Text: wechat, Duration: 51 * time.Millisecond, Sure: true}, "13…3456", "微信付款码", "3.0 毫秒/字符", kit.IconPaid},
		{screen.Scan{Text: unionpay, Duration: 180 * time.Millisecond, Sure: true}, "62…4567", "云闪付付款码", "10 毫秒/字符", kit.IconPaid},
		{screen.Scan{Text: "01006119", Duration: 28 * time.Millisecond, Sure: true}, "01006119", "小票号", "4.0 毫秒/字符", kit.IconPaid},
		{screen.Scan{Text: "FD01261121143302006128001", Duration: 48 * time.Millisecond, Sure: true}, "FD01261121143302006128001", "商户订单号", "2.0 毫秒/字符", kit.IconPaid},
		{screen.Scan{Text: "6901234567892", Duration: 48 * time.Millisecond, Sure: true}, "6901234567892", "认不出的码", "4.0 毫秒/字符", kit.IconUnknown},
		{screen.Scan{Text: "9912345678901234567", Duration: 36 * time.Millisecond, Sure: true}, "99…4567", "认不出的码", "2.0 毫秒/字符", kit.IconUnknown},
		{screen.Scan{Text: alipay, Duration: 17 * time.Millisecond}, "28…3456", "支付宝付款码", "1.0 毫秒/字符", kit.IconAlert},
	} {
		r := ofScan(w, c.scan, noon)
		if r.text != c.text || r.taken != c.taken || r.speed != c.speed || r.icon != c.icon {
			t.Errorf("%s: %q %q %q %s", c.scan.Text, r.text, r.taken, r.speed, r.icon)
		}
	}
	for _, why := range []scanner.Why{scanner.WhyShort, scanner.WhyLong, scanner.WhyNoEnd, scanner.WhySlow, scanner.WhyRepeat, scanner.WhyLate, scanner.WhyNoPrefix, scanner.WhyOtherKey} {
		r := ofTrial(w, scanner.Trial{Length: 9, Taken: scanner.TakenTyping, Why: why}, noon)
		if r.text != "" || strings.Contains(r.taken+r.second, "⟨") {
			t.Errorf("%s: %+v", why, r)
		}
	}
}

func TestTheScannerPageKeepsScansFromTheTill(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("scanner", 1280, 800)
	const code = "281234567890123456"
	w.s.Tried(scanner.Trial{Shown: payment.PayCode(code).String(), Length: 18, PerChar: 3 * time.Millisecond, Taken: scanner.TakenPayCode, Wallet: payment.WalletAlipay})
	if !w.s.Scanned(screen.Scan{Text: code, Duration: 51 * time.Millisecond, Sure: true}) {
		t.Error("the scan went on to the till")
	}
	if n := len(w.s.scans.log.list); n != 1 {
		t.Errorf("one scan gives %d readings", n)
	}
	w.shows(t, "支付宝付款码", "28…3456", "18 个字符", "3.0 毫秒/字符", "14:26:00")
	if strings.Contains(w.texts(), code) {
		t.Error("the whole pay code is shown")
	}
	for range 20 {
		w.s.Scanned(screen.Scan{Text: "01006119", Duration: 28 * time.Millisecond, Sure: true})
	}
	if n := len(w.s.scans.log.list); n != maxReadings {
		t.Errorf("%d readings are kept", n)
	}
	w.turn("look")
	if w.s.Scanned(screen.Scan{Text: code, Sure: true}) {
		t.Error("another page took a scan")
	}
}

func TestWhatComesTooSlowlyIsSaid(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("scanner", 1280, 800)
	slow := func(text string, each time.Duration) {
		for _, r := range text {
			w.s.TypedRune(r)
			w.now = w.now.Add(each)
		}
		w.s.Act(screen.ActDefault)
	}
	slow("123", 120*time.Millisecond)
	if len(w.s.scans.log.list) != 0 {
		t.Error("three keys are a reading")
	}
	slow("281234567890124471", 120*time.Millisecond)
	w.shows(t, "当成打字", "18 个字符", "120 毫秒/字符", "太慢")
	if strings.Contains(w.texts(), "4471") {
		t.Error("what was typed is shown")
	}
	// The detector saw a burst in it: its own word counts, and once.
	for range 8 {
		w.s.TypedRune('7')
	}
	w.s.Tried(scanner.Trial{Length: 8, PerChar: time.Millisecond, Taken: scanner.TakenTyping, Why: scanner.WhyNoEnd})
	w.s.Act(screen.ActDefault)
	if n := len(w.s.scans.log.list); n != 2 {
		t.Errorf("%d readings, want 2", n)
	}
}

func TestQuickAmounts(t *testing.T) {
	const limit payment.Amount = 50_000_00
	for _, c := range []struct {
		row   quickRow
		fault string
	}{
		{quickRow{"矿泉水", "2", "1"}, ""}, {quickRow{"矿泉水", "2.00", ""}, ""}, {quickRow{" ", "2", "1"}, "need_name"},
		{quickRow{"水", "0", "1"}, "bad_price"}, {quickRow{"水", "1.234", "1"}, "bad_price"}, {quickRow{"水", "", "1"}, "bad_price"},
		{quickRow{"水", "1", "0"}, "bad_quantity"}, {quickRow{"水", "1", "x"}, "bad_quantity"}, {quickRow{"水", "50000", "2"}, "too_much"},
	} {
		if _, fault := c.row.amount(limit); fault != c.fault {
			t.Errorf("%+v: %q, want %q", c.row, fault, c.fault)
		}
	}

	w := newWorld(t, lang.Chinese, kit.Light).ready().open("quick", 1280, 800)
	q := w.s.quick
	q.append()
	if w.win.Canvas().Focused() != fyne.Focusable(q.fields[3].name.Entry) {
		t.Error("the new row has not the focus")
	}
	w.save()
	w.shows(t, "请写名称")
	q.fields[3].name.Entry.SetText("雨伞")
	for _, digit := range "15.5" {
		q.fields[3].price.TypedRune(digit)
	}
	q.move(3, -1)
	q.remove(0)
	w.save()
	list, err := app.ParseQuickAmounts(w.get("till.quick"))
	check(t, err)
	var got []string
	for _, a := range list {
		got = append(got, a.Name+" "+a.Price.String())
	}
	if strings.Join(got, ", ") != "早餐套餐 8.00, 雨伞 15.50, 购物袋 0.30" {
		t.Errorf("stored %v", got)
	}
	for range 3 {
		q.remove(0)
	}
	w.save()
	if w.get("till.quick") != "" {
		t.Errorf("stored %q", w.get("till.quick"))
	}
	w.shows(t, "还没有快捷金额")
}

func TestKeysAndTheirConflicts(t *testing.T) {
	usual := screen.DefaultKeys()
	for _, c := range []struct {
		key   screen.Key
		fault keyFault
		other screen.Action
	}{
		{"F9", keyFine, ""}, {"Ctrl+K", keyFine, ""}, {"F3", keyTaken, screen.ActScan}, {"Ctrl+P", keyTaken, screen.ActReprint},
		{"A", keyUnfit, ""}, {"Space", keyUnfit, ""}, {"Ctrl+C", keyUnfit, ""}, {"Ctrl+Left", keyUnfit, ""},
	} {
		next, fault, other := rekey(usual, screen.ActCash, c.key)
		if fault != c.fault || other != c.other {
			t.Errorf("%s: %q %q, want %q %q", c.key, fault, other, c.fault, c.other)
		}
		if (fault == keyFine) != (next[screen.ActCash] == c.key) {
			t.Errorf("%s: the keymap has %s", c.key, next[screen.ActCash])
		}
	}
	if usual[screen.ActCash] != "F5" {
		t.Error("the keymap that was asked about has changed")
	}

	w := newWorld(t, lang.Chinese, kit.Light).ready().open("keys", 1280, 800)
	c := w.s.keys.rows[screen.ActCash]
	c.Tapped(nil)
	w.shows(t, "请按新的键")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF3})
	w.shows(t, "F3 已经是“扫码收款”")
	if w.s.vals.dirty() {
		t.Error("a key that is taken was accepted")
	}
	c.Tapped(nil)
	c.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	w.shows(t, "Ctrl+K", "原来是 F5")
	c.Tapped(nil)
	c.TypedShortcut(&fyne.ShortcutCopy{})
	w.shows(t, "Ctrl+C 不能用")
	w.save()
	if got := w.get("ui.keys"); got != "cash=Ctrl+K" {
		t.Errorf("stored %q", got)
	}
	w.s.keys.reset()
	w.save()
	if got := w.get("ui.keys"); got != "" {
		t.Errorf("after the reset %q is stored", got)
	}
}

func TestAboutHasWhatSupportAsksFor(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).open("about", 1280, 800)
	w.shows(t, "0.1.0 (1a2b3c4)", "Go 1.26.8 Fyne 2.8.1 SQLite 3.51.0", "ledger.db", "MIT", "SIL OFL 1.1")
	w.until("the journal's end is read", func() bool { return strings.Contains(w.texts(), "第 ") })
	opened := ""
	w.s.opts.OpenFolder = func(path string) error { opened = path; return nil }
	screentest.Button(w.s.Object(), "打开日志文件夹").OnTapped()
	if opened != w.opts.About.LogDir {
		t.Errorf("opened %q", opened)
	}
	screentest.Button(w.s.Object(), "复制全部").OnTapped()
	copied := fyne.CurrentApp().Clipboard().Content()
	for _, want := range []string{"0.1.0", w.opts.About.Ledger, "Fyne 2.8.1"} {
		if !strings.Contains(copied, want) {
			t.Errorf("%q is not copied", want)
		}
	}
}

func TestAKeyIsReadFromAFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key.txt")
	check(t, os.WriteFile(file, []byte("MIIE\nvQIB\n"), 0o600))
	check(t, os.Mkdir(filepath.Join(dir, "sub"), 0o700))
	check(t, os.WriteFile(filepath.Join(dir, ".hidden"), nil, 0o600))
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	t.Setenv("HOME", dir)
	s := w.secret("alipay.private_key")
	s.replace()
	p := newPicker(w.desk, nil)
	if p.dir != dir {
		t.Fatalf("it begins in %s", p.dir)
	}
	list, err := entries(dir)
	check(t, err)
	if len(list) != 3 || list[0].name != ".." || list[1] != (entry{"sub", true}) || list[2] != (entry{"key.txt", false}) {
		t.Fatalf("the folder holds %v", list)
	}
	s.pick()
	w.until("the files are listed", func() bool { return w.win.Canvas().Overlays().Top() != nil && strings.Contains(w.texts(), "key.txt") })
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.settle()
	w.save()
	if got := w.get("alipay.private_key"); got != "MIIEvQIB" {
		t.Errorf("stored %q", got)
	}
}

func TestNothingMovesByItself(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready()
	w.stickPaper()
	w.open("shop", 1280, 800)
	for _, p := range w.s.pages {
		w.turn(p.name)
		screens.Restless(w.win.Content()) // parts that were never in sight are measured for the first time
		for _, change := range screens.Restless(w.win.Content()) {
			t.Errorf("%s: %s", p.name, change)
		}
	}
}
