package shop_test

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/data/vault"
	"frontdesk/hardware/printer"
	"frontdesk/payment"
	"frontdesk/payment/alipay"
	"frontdesk/payment/paysim"
)

// folder says where a test's shop lies.
func folder(t *testing.T) shop.Options {
	t.Helper()
	root := t.TempDir()
	return shop.Options{Dir: filepath.Join(root, "shop"), KeyDir: filepath.Join(root, "keys"), LogName: "test"}
}

// open opens a shop that the end of the test closes.
func open(t *testing.T, o shop.Options) *shop.Shop {
	t.Helper()
	s, err := shop.Open(t.Context(), o)
	check(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// set stores settings, given as pairs of key and value, and takes them over.
func set(t *testing.T, s *shop.Shop, pairs ...string) error {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		check(t, s.Settings.Set(t.Context(), pairs[i], pairs[i+1]))
	}
	return s.Reconfigure(t.Context())
}

func takeCash(t *testing.T, s *shop.Shop, amount payment.Amount) app.Payment {
	t.Helper()
	p, err := s.Till.TakeCash(t.Context(), app.Charge{Draft: rand.Text(), Amount: amount}, amount)
	check(t, err)
	return p
}

func startSim(t *testing.T) *paysim.Sim {
	t.Helper()
	sim, err := paysim.New(paysim.Options{})
	check(t, err)
	t.Cleanup(func() { sim.Close() })
	check(t, sim.Start("127.0.0.1:0"))
	return sim
}

func waitFor(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if happened() {
			return
		}
	}
	t.Fatal(what + " did not happen")
}

func TestANewShopSellsAndIsPrivate(t *testing.T) {
	o := folder(t)
	s := open(t, o)
	takeCash(t, s, 1250)
	check(t, s.Close())
	if runtime.GOOS != "windows" {
		err := filepath.WalkDir(o.Dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if info, err := d.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has the mode %s, %v", path, info.Mode(), err)
			}
			return nil
		})
		check(t, err)
	}
	again := open(t, o)
	if totals, err := again.Books.DayTotals(t.Context(), again.Books.Today()); err != nil || totals.Paid != 1250 {
		t.Errorf("the next run finds %s, %v", totals.Paid, err)
	}
}

func TestOneProgramOwnsTheTillAndOthersMayLook(t *testing.T) {
	o := folder(t)
	owner := open(t, o)
	check(t, owner.Settings.Set(t.Context(), "alipay.private_key", "secret"))
	takeCash(t, owner, 800)

	var locked *data.LockedError
	if _, err := shop.Open(t.Context(), o); !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
		t.Fatalf("a second owner: %v", err)
	}
	o.ReadOnly = true
	for _, blind := range []bool{false, true} {
		o.Blind = blind
		reader := open(t, o)
		totals, err := reader.Books.DayTotals(t.Context(), reader.Books.Today())
		if err != nil || totals.Paid != 800 || reader.Till != nil || reader.Queue != nil {
			t.Errorf("blind %v: the reader finds %s and a till %v, %v", blind, totals.Paid, reader.Till, err)
		}
		if secret, err := reader.Settings.Get(t.Context(), "alipay.private_key"); err != nil || (secret == "") != blind {
			t.Errorf("blind %v: the secret is %q, %v", blind, secret, err)
		}
		if err := reader.Settings.Set(t.Context(), "shop.name", "x"); err == nil {
			t.Errorf("blind %v: a reader has changed a setting", blind)
		}
		if report, err := reader.Ledger.Verify(t.Context(), nil); err != nil || !report.Good() || (report.Unproved > 0) != blind {
			t.Errorf("blind %v: %+v, %v", blind, report, err)
		}
	}
	check(t, owner.Close())
	open(t, shop.Options{Dir: o.Dir, KeyDir: o.KeyDir, LogName: "test"}) // the lock is free again
}

func TestLookingLeavesNoTrace(t *testing.T) {
	o := folder(t)
	o.ReadOnly = true
	if _, err := shop.Open(t.Context(), o); !errors.Is(err, data.ErrMissing) {
		t.Errorf("no shop: %v", err)
	}
	if _, err := os.Stat(o.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking has made the folder: %v", err)
	}
	if _, err := os.Stat(o.KeyDir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking has made a key: %v", err)
	}

	// A vault that is gone is not made anew by a reader.
	o.ReadOnly = false
	check(t, open(t, o).Close())
	check(t, os.Remove(filepath.Join(o.Dir, vault.FileName)))
	o.ReadOnly = true
	if _, err := shop.Open(t.Context(), o); !errors.Is(err, vault.ErrKeyLost) {
		t.Errorf("without its vault: %v", err)
	}
	if _, err := os.Stat(filepath.Join(o.Dir, vault.FileName)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a reader has made a new vault")
	}
	o.Blind = true
	open(t, o)
}

func TestAChannelIsThereOnceItsSettingsAreRight(t *testing.T) {
	sim := startSim(t)
	s := open(t, folder(t))
	if _, ok := shop.ChannelOf[*alipay.Channel](s); ok || s.Broken(payment.Alipay) != nil {
		t.Error("Alipay is there before it is switched on")
	}

	err := set(t, s, "alipay.enabled", "true", "alipay.app_id", sim.AppID, "alipay.gateway", sim.URL())
	var problem *alipay.ConfigError
	if !errors.As(err, &problem) || problem.Field != alipay.FieldPrivateKey || !errors.As(s.Broken(payment.Alipay), &problem) {
		t.Fatalf("without keys: %v, %v", err, s.Broken(payment.Alipay))
	}
	takeCash(t, s, 100) // everything else works

	check(t, set(t, s, "alipay.private_key", sim.MerchantPrivateKey, "alipay.public_key", sim.AlipayPublicKey, "alipay.query_interval", "4ms"))
	channel, ok := shop.ChannelOf[*alipay.Channel](s)
	if !ok || s.Broken(payment.Alipay) != nil {
		t.Fatalf("with keys: %v, %v", ok, s.Broken(payment.Alipay))
	}
	if found := channel.Probe(t.Context()); found.Kind != alipay.ProbeGood {
		t.Errorf("the probe finds %s, %v", found.Kind, found.Detail)
	}
	p, err := s.Till.PayByCode(t.Context(), app.Charge{Draft: rand.Text(), Amount: 990}, sim.FreshCode(1))
	check(t, err)
	if p, err = s.Till.Wait(t.Context(), p.Tender.ID); err != nil || p.Phase != app.PhasePaid {
		t.Errorf("ended %s, %v", p.Phase, err)
	}

	check(t, set(t, s, "alipay.enabled", "false"))
	if _, ok := shop.ChannelOf[*alipay.Channel](s); ok || len(s.Till.Channels()) != 0 {
		t.Error("Alipay is there after it was switched off")
	}
}

func TestTheNextRunSettlesAndPrints(t *testing.T) {
	sim := startSim(t)
	o := folder(t)
	s := open(t, o)
	check(t, set(t, s, "alipay.enabled", "true", "alipay.app_id", sim.AppID, "alipay.gateway", sim.URL(), "printer.receipt", "virtual:",
		"alipay.private_key", sim.MerchantPrivateKey, "alipay.public_key", sim.AlipayPublicKey, "alipay.query_interval", "4ms"))
	p, err := s.Till.PayByCode(t.Context(), app.Charge{Draft: rand.Text(), Amount: 990}, sim.FreshCode(3))
	check(t, err)
	waitFor(t, "the waiting", func() bool { p, _ := s.Till.Payment(t.Context(), p.Tender.ID); return p.Phase == app.PhaseWaiting })
	check(t, s.Close())

	// Meanwhile the payer has got nowhere; the next run cancels after the time limit.
	printed := make(chan struct{}, 10)
	o.Printed = func() { printed <- struct{}{} }
	next := open(t, o)
	check(t, set(t, next, "alipay.pay_timeout", "20ms"))
	left, err := next.Start(t.Context())
	if err != nil || left != 1 {
		t.Fatalf("%d left open, %v", left, err)
	}
	if p, err = next.Till.Wait(t.Context(), p.Tender.ID); err != nil || p.Tender.State != payment.StateClosed {
		t.Errorf("ended %s, %v", p.Tender.State, err)
	}
	takeCash(t, next, 100)
	next.Queue.Wake()
	<-printed
	pictures, err := printer.Pictures(next.Paths.Prints)
	if err != nil || len(pictures) != 1 {
		t.Errorf("printed %v, %v", pictures, err)
	}
}

func TestPrintersAndTheirTrouble(t *testing.T) {
	s := open(t, folder(t))
	paperFile := filepath.Join(t.TempDir(), "paper")
	check(t, set(t, s, "printer.receipt", "file://"+filepath.ToSlash(paperFile), "printer.width", "58", "printer.encoding", "gbk", "printer.drawer", "true", "shop.name", "早餐店"))
	takeCash(t, s, 1250)
	s.FinishPrinting(t.Context(), 5*time.Second)
	raw, err := os.ReadFile(paperFile)
	if err != nil || !strings.Contains(string(raw), "01000001") || !strings.Contains(string(raw), "\x1bp") {
		t.Errorf("on paper: %q, %v", raw, err)
	}

	// Nothing came out: the job waits for its next try, and the trouble has a name.
	check(t, set(t, s, "printer.receipt", "virtual:"))
	check(t, os.MkdirAll(s.Paths.Prints, 0o700))
	check(t, os.WriteFile(filepath.Join(s.Paths.Prints, printer.OutOfPaper), nil, 0o600))
	p := takeCash(t, s, 1250)
	s.FinishPrinting(t.Context(), 5*time.Second)
	detail, err := s.Books.Sale(t.Context(), p.Sale.ID)
	check(t, err)
	if s.Queue.Trouble() != string(printer.NoPaper) || detail.Prints[0].State != data.PrintQueued {
		t.Errorf("trouble %q, the job is %s", s.Queue.Trouble(), detail.Prints[0].State)
	}

	// A printer that cannot be: everything else works.
	if err := set(t, s, "printer.receipt", "tcp://:0"); err == nil {
		t.Error("a printer without an address was opened")
	}
	takeCash(t, s, 100)
}

func TestPracticeNeedsNoAccount(t *testing.T) {
	o := folder(t)
	o.Practice = true
	sim := startSim(t)
	s := open(t, o)
	check(t, s.Practise(t.Context(), sim))
	p, err := s.Till.PayByCode(t.Context(), app.Charge{Draft: rand.Text(), Amount: 990}, sim.FreshCode(1))
	check(t, err)
	if p, err = s.Till.Wait(t.Context(), p.Tender.ID); err != nil || p.Phase != app.PhasePaid {
		t.Fatalf("ended %s, %v", p.Phase, err)
	}
	s.FinishPrinting(t.Context(), 5*time.Second)
	if pictures, err := printer.Pictures(s.Paths.Prints); err != nil || len(pictures) != 1 {
		t.Errorf("printed %v, %v", pictures, err)
	}
	// The next practice has a simulator at another port, and keeps the printer that was chosen.
	check(t, set(t, s, "printer.receipt", "file:///dev/null"))
	check(t, s.Practise(t.Context(), startSim(t)))
	if target, err := s.Settings.Get(t.Context(), "printer.receipt"); err != nil || target != "file:///dev/null" {
		t.Errorf("the printer is %q, %v", target, err)
	}
}

func TestABackupTakesThePlaceOfTheLedger(t *testing.T) {
	o := folder(t)
	s := open(t, o)
	takeCash(t, s, 100)
	file := filepath.Join(t.TempDir(), "backup.db")
	check(t, s.Ledger.Backup(t.Context(), file))
	takeCash(t, s, 200)
	if _, err := shop.Restore(t.Context(), o, file, false); !errors.Is(err, data.ErrLocked) {
		t.Fatalf("restored under an open ledger: %v", err)
	}
	check(t, s.Close())
	replaced, err := shop.Restore(t.Context(), o, file, false)
	check(t, err)
	if _, err := os.Stat(replaced); err != nil || filepath.Dir(replaced) != o.Dir {
		t.Errorf("the old ledger is not at %q: %v", replaced, err)
	}
	again := open(t, o)
	if totals, err := again.Books.DayTotals(t.Context(), again.Books.Today()); err != nil || totals.Paid != 100 {
		t.Errorf("restored %s, %v", totals.Paid, err)
	}

	// Another computer has another key: only somebody who says so goes on.
	other := folder(t)
	if _, err := shop.Restore(t.Context(), other, file, false); !errors.Is(err, data.ErrKey) {
		t.Fatalf("on another computer: %v", err)
	}
	if replaced, err := shop.Restore(t.Context(), other, file, true); err != nil || replaced != "" {
		t.Fatalf("on another computer, adopted: %q, %v", replaced, err)
	}
	adopted := open(t, other)
	takeCash(t, adopted, 300)
	if report, err := adopted.Ledger.Verify(t.Context(), nil); err != nil || !report.Good() || report.Unproved == 0 {
		t.Errorf("adopted: %+v, %v", report, err)
	}
}

func TestTheLogStartsAnewWhenItIsLong(t *testing.T) {
	dir := t.TempDir()
	log, file, err := shop.OpenLog(dir, "test")
	check(t, err)
	line := strings.Repeat("x", 64<<10)
	for range 100 {
		log.Info(line)
	}
	check(t, file.Close())
	for _, name := range []string{"test.log", "test.log.1"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Size() == 0 || info.Size() > 5<<20 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestPracticeAndRealMoneyNeverShareAFolder(t *testing.T) {
	real, err := shop.DefaultDir(false)
	check(t, err)
	practice, err := shop.DefaultDir(true)
	check(t, err)
	if real == practice || !filepath.IsAbs(real) || filepath.Dir(real) != filepath.Dir(practice) {
		t.Errorf("real %s, practice %s", real, practice)
	}
}
