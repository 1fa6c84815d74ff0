package shop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/data/vault"
	"frontdesk/payment"
)

// Options say which shop to open and how.
type Options struct {
	Dir      string // data folder; made when missing
	ReadOnly bool   // look only: no lock, no till
	Practice bool   // marks every paper as practice
	Keychain bool   // keep secrets in the system's keychain where it works
	LogName  string // name of the log file, such as "frontdesk"
	Printed  func() // called after each print job, from another goroutine; may be nil

	AtStep func(app.Step) // see app.Options; for tests that kill the process
}

// Shop is everything one till runs on.
type Shop struct {
	Paths    Paths
	Ledger   *data.Ledger
	Settings *app.Settings
	Books    *app.Books
	Till     *app.Till       // nil when read-only
	Queue    *app.PrintQueue // nil when read-only
	Log      *slog.Logger

	options Options
	lock    *data.Lock
	logFile io.Closer
	running sync.WaitGroup
	stop    context.CancelFunc

	mu       sync.Mutex
	channels []payment.Channel
	setup    app.PrintSetup
	broken   map[payment.ChannelName]error
}

// Open opens the shop in o.Dir. The errors that a person can do something
// about are data.ErrLocked, data.ErrDamaged, data.ErrNewerSchema and
// data.ErrDiskFull.
func Open(ctx context.Context, o Options) (s *Shop, err error) {
	s = &Shop{Paths: PathsOf(o.Dir), options: o, broken: map[payment.ChannelName]error{}}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if !o.ReadOnly {
		if s.lock, err = data.LockFolder(o.Dir); err != nil {
			return nil, err
		}
	}
	if s.Log, s.logFile, err = OpenLog(s.Paths.Logs, o.LogName); err != nil {
		return nil, err
	}
	secrets, err := vault.Open(o.Dir, vault.Options{Keychain: o.Keychain})
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	key, err := secrets.JournalKey()
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	if s.Ledger, err = data.Open(s.Paths.Ledger, data.Options{Key: key, ReadOnly: o.ReadOnly, Till: 1}); err != nil {
		return nil, err
	}
	s.Settings = app.NewSettings(s.Ledger, secrets)
	s.Books = app.NewBooks(s.Ledger)
	if o.ReadOnly {
		return s, nil
	}
	s.Till = app.NewTill(app.Options{Ledger: s.Ledger, Log: s.Log, AtStep: o.AtStep})
	s.Queue = app.NewPrintQueue(s.Ledger, s.printSetup, o.Printed, s.Log)
	if err := s.Reconfigure(ctx); err != nil {
		s.Log.Warn("some settings do not work", "err", err)
	}
	return s, nil
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
	owner, err := s.Ledger.Owner(ctx)
	if err != nil {
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
		Channels: channels, Subject: style.ShopName, Limit: v.Amount("till.limit"),
		PrintAge: v.Duration("printer.max_age"), StaffID: owner.ID,
	}
	if err := v.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	old := s.channels
	s.channels, s.setup = channels, setup
	s.mu.Unlock()
	s.Till.Configure(options)
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

// FinishPrinting waits until nothing is queued any more, or until limit is
// over: the command line prints a receipt before it ends.
func (s *Shop) FinishPrinting(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s.Queue.Drain(ctx)
}

func (s *Shop) printSetup() app.PrintSetup {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setup
}

func closeChannels(channels []payment.Channel) {
	for _, c := range channels {
		if closer, ok := c.(interface{ Close() }); ok {
			closer.Close()
		}
	}
}
