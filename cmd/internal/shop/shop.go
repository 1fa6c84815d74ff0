package shop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/data/vault"
	"frontdesk/payment"
)

// till is the number of this till; a shop has one so far.
const till = 1

// Options say which shop to open and how.
type Options struct {
	Dir      string // data folder; made when missing, unless ReadOnly
	ReadOnly bool   // look only: no lock, no till
	Blind    bool   // with ReadOnly: leave the vault shut. Secrets count as not set, and the journal cannot be proved
	Practice bool   // marks every paper as practice; nothing is set up until Practise
	Keychain bool   // a new vault puts its key into the system's keychain where that works
	KeyDir   string // folder for the keys of vaults without a keychain; "" for the usual one, tests give their own
	LogName  string // name of the log file, such as "frontdesk"
	Printed  func() // called after each print job, from another goroutine; may be nil

	// Progress is told how far the upgrade of an earlier version's ledger is; may
	// be nil. See data.Options.
	Progress func(done, total int)

	// For tests that kill the process at a step and do not wait long for a refund
	// or for a request that got lost; see app.Options.
	AtStep       func(app.Step)
	RefundPauses []time.Duration
	LostAfter    time.Duration

	// Around goes around each channel that is set up, so that tests can hurry one
	// whose settings do not let them; nil for none.
	Around func(payment.Channel) payment.Channel
}

// Shop is everything one till runs on.
type Shop struct {
	Paths    Paths
	Ledger   *data.Ledger
	Settings *app.Settings
	Books    *app.Books
	People   *app.People
	Till     *app.Till       // nil when read-only
	Shifts   *app.Shifts     // nil when read-only
	Queue    *app.PrintQueue // nil when read-only
	DayEnd   *app.DayEnd     // nil when read-only
	Bills    *app.Bills      // nil when read-only
	Log      *slog.Logger

	options Options
	lock    *data.Lock
	logFile io.Closer
	running sync.WaitGroup
	stop    context.CancelFunc

	mu       sync.Mutex
	channels []payment.Channel
	setup    app.PrintSetup
	dayEnd   app.DayEndSetup
	bills    bool // read them each morning
	broken   map[payment.ChannelName]error
}

// Open opens the shop in o.Dir. The errors that a person can do something about
// are those of data.LockFolder, data.Open and vault.Open; data.ErrMissing means
// that there is no ledger to look at.
func Open(ctx context.Context, o Options) (*Shop, error) {
	s := &Shop{Paths: PathsOf(o.Dir), Log: slog.New(slog.DiscardHandler), options: o, broken: map[payment.ChannelName]error{}}
	if err := s.open(ctx); err != nil {
		s.Close() // the first error is the one that tells
		return nil, err
	}
	return s, nil
}

func (s *Shop) open(ctx context.Context) error {
	o := s.options
	if err := s.enter(); err != nil {
		return err
	}
	secrets, key, err := s.openVault()
	if err != nil {
		return err
	}
	if s.Ledger, err = data.Open(s.Paths.Ledger, data.Options{Key: key, ReadOnly: o.ReadOnly, Till: till, Progress: o.Progress}); err != nil {
		return err
	}
	s.Settings = app.NewSettings(s.Ledger, secrets)
	s.Books = app.NewBooks(s.Ledger)
	s.People = app.NewPeople(s.Ledger, secrets, nil)
	if o.ReadOnly {
		return nil
	}
	s.Till = app.NewTill(app.Options{Ledger: s.Ledger, People: s.People, Log: s.Log, AtStep: o.AtStep})
	s.Shifts = app.NewShifts(s.Ledger, s.Till, s.Settings)
	s.Queue = app.NewPrintQueue(s.Ledger, s.printSetup, o.Printed, s.Log)
	s.DayEnd = app.NewDayEnd(s.Ledger, s.dayEndSetup, s.Queue.Wake, s.Log, nil)
	s.Bills = app.NewBills(app.BillOptions{Ledger: s.Ledger, Channels: s.openChannels, Automatic: s.readsBills, Log: s.Log})
	s.wakePrinter()
	if err := s.Till.Return(ctx); err != nil {
		return err
	}
	if o.Practice { // Practise connects everything, and once is enough
		return nil
	}
	if err := s.Reconfigure(ctx); err != nil {
		s.Log.Warn("some settings do not work", "err", err)
	}
	return nil
}

// enter takes the folder: with its lock, or with a look that leaves no trace
// where there is no shop.
func (s *Shop) enter() (err error) {
	if s.options.ReadOnly {
		if _, err := os.Stat(s.Paths.Ledger); err != nil {
			return fmt.Errorf("%w: %w", data.ErrMissing, err)
		}
		// Somebody who may only read the folder cannot write a log there.
		if log, file, err := OpenLog(s.Paths.Logs, s.options.LogName); err == nil {
			s.Log, s.logFile = log, file
		}
		return nil
	}
	if err := os.MkdirAll(s.options.Dir, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if s.lock, err = data.LockFolder(s.options.Dir); err != nil {
		return err
	}
	s.Log, s.logFile, err = OpenLog(s.Paths.Logs, s.options.LogName)
	return err
}

// openVault is the vault and the journal's key in it.
func (s *Shop) openVault() (app.SecretStore, []byte, error) {
	if s.options.ReadOnly && s.options.Blind {
		return noSecrets{}, nil, nil
	}
	if s.options.ReadOnly { // vault.Open would make a new one
		if _, err := os.Stat(filepath.Join(s.Paths.Dir, vault.FileName)); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", vault.ErrKeyLost, err)
		}
	}
	return OpenVault(s.options)
}

// OpenVault opens the vault of the folder alone and gives the journal's key,
// for whoever has to work on a ledger that is not open.
func OpenVault(o Options) (*vault.Vault, []byte, error) {
	secrets, err := vault.Open(o.Dir, vault.Options{Keychain: o.Keychain, KeyDir: o.KeyDir})
	if err != nil {
		return nil, nil, err
	}
	key, err := secrets.JournalKey()
	return secrets, key, err
}

// noSecrets stands for a vault that was left shut.
type noSecrets struct{}

var errShut = errors.New("the vault was not opened")

func (noSecrets) Get(string) (string, bool, error) { return "", false, nil }
func (noSecrets) Set(string, string) error         { return errShut }
func (noSecrets) Delete(string) error              { return errShut }

// wakePrinter has the queue look for work as soon as money has moved: the
// receipt comes out while the customer still stands there.
func (s *Shop) wakePrinter() {
	s.Till.Watch(func(p app.Payment) { s.wakeWhen(p.Phase.Final()) })
	s.Till.WatchRefunds(func(r app.Refund) { s.wakeWhen(r.State.Final()) })
	s.Till.WatchDeposits(func(d app.Deposit) { s.wakeWhen(d.Phase.Final()) })
	s.Till.WatchSteps(func(d app.DepositStep) { s.wakeWhen(d.State.Final()) })
}

func (s *Shop) wakeWhen(ended bool) {
	if ended {
		s.Queue.Wake()
	}
}

// Reconfigure takes the settings over: channels, printer, words and limits. A
// channel or printer that cannot be set up is left out, and its error is part
// of the returned one; everything else works.
func (s *Shop) Reconfigure(ctx context.Context) error {
	v := s.Settings.Values(ctx)
	words, _ := lang.Parse(v.Text("ui.language"))
	if err := v.Err(); err != nil {
		return err
	}
	channels, channelErr := s.makeChannels(ctx)
	printer, printerErr := s.makePrinter(ctx)
	style := app.ReceiptStyle{
		ShopName: v.Text("shop.name"), Head: v.Text("shop.head"), Foot: v.Text("shop.foot"),
		QR: v.Text("shop.qr"), QRText: v.Text("shop.qr_text"), Practice: s.options.Practice, Words: lang.Load(words),
	}
	setup := app.PrintSetup{Style: style, Printer: printer, Drawer: v.Bool("printer.drawer"), Automatic: v.Bool("printer.auto")}
	options := app.Options{
		Channels: channels, Wallets: wallets(v, channels), Subject: style.ShopName, Limit: v.Amount("till.limit"),
		PrintAge: v.Duration("printer.max_age"), RefundPauses: s.options.RefundPauses, LostAfter: s.options.LostAfter,
	}
	dayEnd := app.DayEndSetup{Automatic: v.Bool("day.auto"), Print: v.Bool("day.print"), Backup: v.Bool("day.backup"),
		Dir: s.Paths.Backups, Keep: v.Int("day.keep")}
	bills := v.Bool("day.bills")
	s.Ledger.SetCutover(v.Clock("day.cutover"))
	if err := v.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	old := s.channels
	s.channels, s.setup, s.dayEnd, s.bills = channels, setup, dayEnd, bills
	s.mu.Unlock()
	s.Till.Configure(options)
	s.Books.SetStyle(style)
	closeChannels(old)
	s.Queue.Wake()
	return errors.Join(channelErr, printerErr)
}

// Start settles what the last run left open and prints what is queued, in the
// background until Close. It returns how many payments and refunds were open.
func (s *Shop) Start(ctx context.Context) (open int, err error) {
	if open, err = s.Till.Start(ctx); err != nil {
		return 0, err
	}
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.running.Go(func() { s.Queue.Run(ctx) })
	s.running.Go(func() { s.DayEnd.Run(ctx) })
	s.running.Go(func() { s.Bills.Run(ctx) })
	return open, nil
}

// Close ends the background work and gives the folder back.
func (s *Shop) Close() error {
	if s.Till != nil {
		s.Till.Close()
	}
	if s.stop != nil {
		s.stop()
		s.running.Wait()
	}
	closeChannels(s.channels)
	var errs []error
	if s.Ledger != nil {
		errs = append(errs, s.Ledger.Close())
	}
	if s.logFile != nil {
		errs = append(errs, s.logFile.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	return errors.Join(errs...)
}

// FinishPrinting prints what is queued until nothing is due any more, or until
// limit is over. It is for a program that does not stay and so has not called
// Start; what the printer did not take stays queued.
func (s *Shop) FinishPrinting(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := s.Ledger.RecoverPrints(ctx, app.PrintMaxAge); err != nil {
		s.Log.Error("print queue cannot be recovered", "err", err)
		return
	}
	s.Queue.Drain(ctx)
}

func (s *Shop) printSetup() app.PrintSetup {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setup
}

func (s *Shop) dayEndSetup() app.DayEndSetup {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dayEnd
}

func (s *Shop) openChannels() []payment.Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels
}

func (s *Shop) readsBills() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bills
}

func closeChannels(channels []payment.Channel) {
	for _, c := range channels {
		if closer, ok := c.(interface{ Close() }); ok {
			closer.Close()
		}
	}
}
