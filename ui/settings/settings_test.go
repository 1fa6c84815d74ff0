package settings

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
	"frontdesk/ui/screen/screentest"
)

func TestSaveStoresAndAppliesWhatChanged(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	if !w.s.save.Disabled() {
		t.Error("there is something to save before anything was changed")
	}
	w.field("shop.name").Entry.SetText("小站咖啡")
	w.field("till.limit").Entry.SetText("2000")
	if w.s.save.Disabled() {
		t.Fatal("changes cannot be saved")
	}
	if !w.s.Act(screen.ActSave) {
		t.Fatal("Ctrl+S does nothing")
	}
	w.settle()
	if w.get("shop.name") != "小站咖啡" || w.get("till.limit") != "2000" || w.applied.Load() != 1 {
		t.Errorf("stored %q and %q, applied %d times", w.get("shop.name"), w.get("till.limit"), w.applied.Load())
	}
	if !w.s.save.Disabled() {
		t.Error("it can be saved again")
	}
	w.shows(t, "已保存")
	for range noteTicks {
		w.s.Tick()
	}
	if strings.Contains(w.texts(), "已保存") {
		t.Error("the note stays for ever")
	}
}

func TestDiscardTakesBack(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	w.field("shop.name").Entry.SetText("别的店")
	if !w.s.Act(screen.ActCancel) {
		t.Fatal("Esc does nothing")
	}
	if got := w.field("shop.name").Text(); got != "晨光便利店" || w.get("shop.name") != "晨光便利店" || w.s.vals.dirty() {
		t.Errorf("the field holds %q", got)
	}
	if w.s.Act(screen.ActCancel) {
		t.Error("a second Esc was taken")
	}
}

func TestWhatCannotBeIsNamedAtItsField(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	for _, c := range []struct{ page, key, typed, sentence string }{
		{"shop", "till.limit", "0", "请填大于 0 的金额"},
		{"shop", "till.limit", "1.234", "请填大于 0 的金额"},
		{"shop", "shop.head", "1\n2\n3\n4\n5", "最多 4 行"},
		{"scanner", "scanner.min_length", "3", "请填 6 到 30 的整数"},
		{"scanner", "scanner.max_gap", "abc", "请填 20 到 100 的整数"},
		{"printer", "printer.max_age", "0", "请填 1 到 3600 的整数"},
		{"deposit", "deposit.amounts", "200 x", "最多 8 个金额"},
		{"deposit", "deposit.days", "1000", "请填 1 到 999 的整数"},
		{"alipay", "alipay.hold_timeout", "0", "请填 1 到 21600 的整数"},
		{"alipay", "alipay.gateway", "ftp://x", "这不是网址"},
		{"alipay", "alipay.pay_timeout", "5", "请填 10 到 900 的整数"},
	} {
		w.turn(c.page)
		before := w.get(c.key)
		w.field(c.key).Entry.SetText(c.typed)
		w.save()
		if w.get(c.key) != before || w.applied.Load() != 0 {
			t.Errorf("%s: %q was stored", c.key, c.typed)
		}
		w.shows(t, c.sentence, "还没有保存")
		w.field(c.key).Entry.SetText("")
		if strings.Contains(w.texts(), c.sentence) {
			t.Errorf("%s: the sentence stays after it was put right", c.key)
		}
		w.s.discardPage()
	}
}

func TestOneWrongFieldKeepsAllBack(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	w.field("shop.name").Entry.SetText("小站咖啡")
	w.field("till.limit").Entry.SetText("x")
	w.save()
	if w.get("shop.name") != "晨光便利店" {
		t.Error("a part of the page was saved")
	}
}

func TestUnitsOfTime(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().set("alipay.query_interval", "4s", "scanner.max_gap", "35ms").open("scanner", 1280, 800)
	if got := w.field("scanner.max_gap").Text(); got != "35" {
		t.Errorf("35ms is shown as %q", got)
	}
	w.field("scanner.max_gap").Entry.SetText(" 60 ")
	w.save()
	if got := w.get("scanner.max_gap"); got != "60ms" {
		t.Errorf("60 is stored as %q", got)
	}
	w.turn("alipay")
	if got := w.field("alipay.query_interval").Text(); got != "4" {
		t.Errorf("4s is shown as %q", got)
	}
	if got := w.field("alipay.pay_timeout").Text(); got != "60" {
		t.Errorf("the default is shown as %q", got)
	}
}

func TestLeavingAsksAboutChanges(t *testing.T) {
	act := func(w *world, word string) {
		test.Tap(screentest.Button(w.win.Canvas().Overlays().Top(), word))
		w.settle()
	}
	for _, c := range []struct {
		name, word, stored string
		left               bool
	}{
		{"stay", "留在这里", "晨光便利店", false},
		{"discard", "放弃改动", "晨光便利店", true},
		{"save", "保存", "小站咖啡", true},
	} {
		w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
		left := false
		w.s.Leave(func() { left = true })
		if !left {
			t.Fatal("nothing was changed, and leaving asks")
		}
		left = false
		w.field("shop.name").Entry.SetText("小站咖啡")
		w.s.Leave(func() { left = true })
		if left {
			t.Fatal("left without asking")
		}
		act(w, c.word)
		if left != c.left || w.get("shop.name") != c.stored {
			t.Errorf("%s: left %v, stored %q", c.name, left, w.get("shop.name"))
		}
	}
	// A value that cannot be saved keeps the person where it is.
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	w.field("till.limit").Entry.SetText("x")
	left := false
	w.s.Leave(func() { left = true })
	act(w, "保存")
	if left || w.s.page().name != "shop" {
		t.Error("left with a value that was not saved")
	}
	w.s.turn(w.place("scanner"))
	act(w, "放弃改动")
	if w.s.page().name != "scanner" {
		t.Error("the other page is not shown")
	}
}

func TestAFaultOfTheProgramIsSaid(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("shop", 1280, 800)
	w.apply = &app.Problem{Kind: app.ProblemSetting, Pairs: []any{"key", "printer.receipt"}}
	w.field("shop.name").Entry.SetText("小站咖啡")
	w.save()
	w.shows(t, "已保存，但还没有生效")
	if w.get("shop.name") != "小站咖啡" {
		t.Error("it was not saved")
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready()
	w.vault.err = errors.New("the keychain is locked")
	w.s = New(w.desk, w.opts)
	w.win.SetContent(w.s.Object())
	w.win.Resize(fyne.NewSize(1280, 736))
	w.s.Show()
	w.until("the fault is shown", func() bool { return strings.Contains(w.texts(), "设置读不出来") })
	w.vault.err = nil
	test.Tap(screentest.Button(w.s.Object(), "再试一次"))
	w.until("the settings are there", func() bool { return w.s.vals != nil })
	w.settle()
	w.shows(t, "晨光便利店")
}

// secrets of the test's shop; none of them may ever be seen.
var hidden = []string{"MIIEvQIBADANBgkqhkiG9w0B", "MIIBIjANBgkqhkiG9w0B", "PASTED-PRIVATE", "TOKEN-OF-THE-MERCHANT"}

func TestSecretsAreNeverShown(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().set("alipay.app_auth_token", hidden[3]).open("alipay", 1280, 800)
	w.shows(t, "已保存", "指纹 "+fingerprint(hidden[0]))
	s := w.secret("alipay.private_key")
	s.replace()
	s.field.SetText(" " + hidden[2] + "\n MORE \n")
	w.save()
	if got := w.get("alipay.private_key"); got != hidden[2]+"MORE" {
		t.Errorf("stored %q", got)
	}
	if s.open || s.field.Text() != "" {
		t.Error("what was pasted is still in the field")
	}
	w.shows(t, "指纹 "+fingerprint(hidden[2]+"MORE"))
	for _, p := range w.s.pages {
		w.turn(p.name)
		w.account(payment.Alipay).turnTo(p.name == "alipay")
		for _, secret := range hidden {
			if strings.Contains(w.texts(), secret) {
				t.Errorf("%q is shown on page %s", secret, p.name)
			}
			for key, value := range w.s.vals.saved {
				if strings.Contains(value, secret) {
					t.Errorf("%q is kept as %s", secret, key)
				}
			}
			if slices.Contains(slices.Collect(maps.Values(w.s.vals.changed)), secret) {
				t.Errorf("%q is kept as a change", secret)
			}
		}
	}
}

func TestASecretIsKeptReplacedAndRemoved(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().set("alipay.app_auth_token", "old").open("alipay", 1280, 800)
	s := w.secret("alipay.app_auth_token")
	s.replace()
	s.field.SetText("new")
	s.keep()
	if w.s.vals.dirty() {
		t.Error("kept, and something is to be saved")
	}
	s.remove()
	w.shows(t, "将删除")
	w.save()
	if _, ok := w.vault.kept["alipay.app_auth_token"]; ok {
		t.Error("it was not removed")
	}
	w.shows(t, "未使用")
}

func TestPastedKeysLoseWhatCameAlong(t *testing.T) {
	for in, want := range map[string]string{
		" MIIB IjAN\r\nBgkq\t": "MIIBIjANBgkq",
		"\uFEFFMIIB\n":         "MIIB",
		"-----BEGIN RSA PRIVATE KEY-----\r\n  MIIB\r\n  IjAN\r\n-----END RSA PRIVATE KEY-----\r\n": "-----BEGIN RSA PRIVATE KEY-----\nMIIB\nIjAN\n-----END RSA PRIVATE KEY-----",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if a, b := fingerprint("MIIBIjAN"), fingerprint("-----BEGIN RSA PRIVATE KEY-----\nMIIB\nIjAN\n-----END RSA PRIVATE KEY-----"); a != b || len(a) != 9 {
		t.Errorf("one key has the fingerprints %q and %q", a, b)
	}
	if fingerprint(" \n") != "" {
		t.Error("nothing has a fingerprint")
	}
}

func TestAWrongKeyIsNamedBeforeItIsSaved(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	w.doctor.answer(Probe{}, ConfigFault{"alipay.public_key", "own_public_key"})
	s := w.secret("alipay.public_key")
	s.replace()
	s.field.SetText("OWNKEY")
	w.save()
	w.shows(t, "这是应用公钥")
	if w.get("alipay.public_key") != hidden[1] {
		t.Error("a wrong key was saved")
	}
	if asked := w.doctor.asked[len(w.doctor.asked)-1]; asked["alipay.public_key"] != "OWNKEY" {
		t.Errorf("the doctor was asked with %v", asked)
	}
	w.doctor.answer(Probe{Kind: "good"})
	w.save()
	if w.get("alipay.public_key") != "OWNKEY" {
		t.Error("a right key was not saved")
	}
	if w.doctor.probes != 1 {
		t.Errorf("Alipay was asked %d times after saving", w.doctor.probes)
	}
}

func TestAFaultInTheAdvancedPartIsBroughtIntoSight(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	w.doctor.answer(Probe{}, ConfigFault{"alipay.seller_id", "partner_form"})
	w.field("alipay.app_id").Entry.SetText("2021004128657732")
	w.save()
	if !w.account(payment.Alipay).more {
		t.Fatal("the advanced part is not shown")
	}
	w.shows(t, "账号是 2088 开头的 16 位数字")
}

func TestAnAccountThatIsOffMayBeIncomplete(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).open("alipay", 1280, 800)
	w.doctor.answer(Probe{}, ConfigFault{"alipay.private_key", "missing"})
	w.field("alipay.app_id").Entry.SetText("2021004128657731")
	w.save()
	if w.get("alipay.app_id") != "2021004128657731" {
		t.Error("it was not saved")
	}
	if w.doctor.probes != 0 {
		t.Error("Alipay was asked though it is off")
	}
}

func TestCertificatesAndPublicKeyExcludeEachOther(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	mode := w.account(payment.Alipay).groups[0]
	mode.segment.SetIndex(byCert)
	mode.chose(byCert)
	for _, key := range alipayCerts {
		s := w.secret(key)
		s.replace()
		s.field.SetText("CERT")
	}
	w.save()
	if w.get("alipay.public_key") != "" || w.get("alipay.root_cert") != "CERT" {
		t.Error("the public key is still there beside the certificates")
	}
	w.s.Hide()
	w.s.Show()
	w.settle()
	if mode.segment.Index() != byCert {
		t.Error("the mode is forgotten")
	}
}

func TestTheDoctorReadsAProbe(t *testing.T) {
	words := lang.Load(lang.Chinese)
	for _, c := range []struct {
		kind  string
		want  []kit.Token // one for each line
		alarm string
	}{
		{"good", []kit.Token{kit.Ok, kit.Ok, kit.Ok, kit.Ink2}, ""},
		{"network", []kit.Token{kit.Bad}, "连不上支付宝。"},
		{"tls", []kit.Token{kit.Bad}, "这个地址的证书不是支付宝的。"},
		{"app_unknown", []kit.Token{kit.Ok, kit.Ok, kit.Bad}, "支付宝在这个环境里找不到这个 APPID。"},
		{"wrong_alipay_key", []kit.Token{kit.Ok, kit.Ok, kit.Bad}, "支付宝有应答，但用这里的支付宝公钥验签不过。"},
		{"permission", []kit.Token{kit.Ok, kit.Ok, kit.Ok, kit.Bad}, "应用没有当面付的权限，或签约没有生效。"},
		{"clock", []kit.Token{kit.Ok, kit.Bad}, "这台电脑的时间不对。"},
		{"busy", []kit.Token{kit.Ok, kit.Warn}, "支付宝正忙。"},
	} {
		list := findings(words, payment.Alipay, Probe{Kind: c.kind, Dated: true})
		if len(list) != len(c.want) {
			t.Errorf("%s has %d lines, want %d", c.kind, len(list), len(c.want))
			continue
		}
		for i, f := range list {
			if f.token != c.want[i] {
				t.Errorf("%s, line %d: %s, want %s", c.kind, i+1, f.token, c.want[i])
			}
			if f.token == kit.Bad && f.title != c.alarm {
				t.Errorf("%s says %q", c.kind, f.title)
			}
			if strings.Contains(f.title+f.text, "⟨") {
				t.Errorf("%s lacks a sentence: %s %s", c.kind, f.title, f.text)
			}
		}
	}
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("alipay", 1280, 800)
	w.doctor.answer(Probe{Kind: "good", Dated: true, Skew: -3 * 60e9, Took: 1850e6})
	w.account(payment.Alipay).doctor.look()
	w.settle()
	w.shows(t, "14:26，用时 1.8 秒", "电脑时间不准", "180 秒", "密钥正确")
	if w.s.rows[w.place("alipay")].icon != kit.IconAlert {
		t.Error("the list does not mark the page")
	}
}

func TestPrinterTargets(t *testing.T) {
	for stored, want := range map[string][2]string{
		"": {targetNone, ""}, "tcp://192.168.1.50:9100": {targetTCP, "192.168.1.50:9100"}, "spool:POS-80": {targetSpool, "POS-80"},
		"file:///dev/usb/lp0": {targetFile, "/dev/usb/lp0"}, "virtual:": {targetVirtual, ""},
	} {
		kind, rest := splitTarget(stored)
		if kind != want[0] || rest != want[1] {
			t.Errorf("%q is %s %q", stored, kind, rest)
		}
		if got := joinTarget(kind, rest); got != stored {
			t.Errorf("%q becomes %q", stored, got)
		}
	}
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("printer", 1280, 800)
	o := w.s.prints
	o.kind.SetIndex(1) // the system's
	o.choseKind()
	w.save()
	w.shows(t, "请选一台打印机")
	o.spool.SetIndex(0)
	o.typedTarget()
	w.save()
	if got := w.get("printer.receipt"); got != "spool:POS-80" {
		t.Errorf("stored %q", got)
	}
	w.s.prints.printTest()
	w.until("a test page is queued", func() bool { return w.woken.Load() == 1 })
	o.kind.SetIndex(0)
	o.choseKind()
	o.target[targetTCP].field.Entry.SetText("192.168.1.50")
	w.save()
	w.shows(t, "请填地址和端口")
	o.kind.SetIndex(3) // none
	o.choseKind()
	w.save()
	if got := w.get("printer.receipt"); got != "" {
		t.Errorf("stored %q", got)
	}
}

func TestWhatTheShopTakes(t *testing.T) {
	for _, practice := range []bool{false, true} {
		w := newWorld(t, lang.Chinese, kit.Light)
		w.desk.Practice = practice
		w.open("shop", 1280, 800)
		if w.s.vals.dirty() {
			t.Error("showing what holds by itself is a change")
		}
		var mode *kit.Segment
		for _, in := range w.s.page().inputs {
			if in.key == "shop.mode" {
				mode = in.object.(*kit.Segment)
			}
		}
		if want := map[bool]int{false: 0, true: 2}[practice]; mode.Index() != want {
			t.Errorf("practice %v: mode %d is shown, want %d", practice, mode.Index(), want)
		}
		mode.OnChanged(1)
		w.save()
		if w.get("shop.mode") != "deposits" || mode.Index() != 1 {
			t.Errorf("stored %q", w.get("shop.mode"))
		}
	}
}

func TestAddresses(t *testing.T) {
	for s, want := range map[string]bool{
		"192.168.1.50:9100": true, "printer.local:9100": true, "[fe80::1]:9100": true,
		"192.168.1.50": false, ":9100": false, "192.168.1.50:": false, "192.168.1.50:x": false, "192.168.1.50:0": false, "192.168.1.50:70000": false,
		"fe80::1:9100": false, "[fe80::1:9100": false, "192.168.1.50 :9100": false, "tcp://192.168.1.50:9100": false,
	} {
		if got := isHostPort(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestStuckPapersAreDecided(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready()
	w.stickPaper()
	w.open("printer", 1280, 800)
	w.until("the paper is listed", func() bool { return len(w.s.prints.jobs) == 1 })
	w.shows(t, "打印机缺纸")
	job := w.s.prints.jobs[0].ID
	test.Tap(screentest.Button(w.s.Object(), "重打"))
	w.until("it is queued again", func() bool { return len(w.s.prints.jobs) == 0 && w.woken.Load() == 1 })
	next, ok, err := w.ledger.NextPrint(context.Background(), noon.AddDate(1, 0, 0))
	check(t, err)
	if !ok || next.ID != job {
		t.Error("the paper is not in the queue")
	}
}

func TestTheSampleFollowsTheChanges(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("printer", 1280, 800)
	before := w.s.preview.drawn
	if before == 0 {
		t.Fatal("no sample")
	}
	w.s.page().typed("printer.width", "58")
	w.settle()
	if w.s.preview.drawn == before {
		t.Error("the sample is that of the other paper")
	}
}

func TestLanguageIsAppliedAtOnce(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light).ready().open("look", 1280, 800)
	w.s.page().typed("ui.language", "en")
	w.s.page().typed("ui.keypad", "123")
	w.save()
	if w.get("ui.language") != "en" || w.get("ui.keypad") != "123" || w.applied.Load() != 1 {
		t.Error("it was not stored and applied")
	}
	if again := New(w.desk, w.opts); again.page().name != "look" {
		t.Errorf("made anew, page %s is shown", again.page().name)
	}
}
