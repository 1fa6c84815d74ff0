package app

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"frontdesk/data"
	"frontdesk/payment"
)

// Bills reads the channels' bills and keeps them in the ledger, which then knows
// where it agrees with the channels (Books.Reconciliation) and what they took for
// their work. It does so by itself each morning, and for a till that was off at
// its next start.
type Bills struct {
	ledger   *data.Ledger
	channels func() []payment.Channel
	auto     func() bool
	log      *slog.Logger
	now      func() time.Time

	reading sync.Mutex // one at a time: a channel counts how often it is asked
	read    watchers[BillsRead]
}

// BillOptions is what a Bills is made of. Ledger, Channels and Automatic must
// be set.
type BillOptions struct {
	Ledger    *data.Ledger
	Channels  func() []payment.Channel // asked each time; those without a bill are left out
	Automatic func() bool              // whether the shop wants them read each morning; asked each time
	Log       *slog.Logger
	Now       func() time.Time
}

// BillsRead is what came of reading bills.
type BillsRead struct {
	Kept   []data.BillDay // read and kept
	Later  []data.BillDay // the channel has not made them yet
	Failed []BillFailure
}

// BillFailure is a bill that could not be read.
type BillFailure struct {
	data.BillDay
	Err error // for the log
}

// Empty reports whether there was nothing to read.
func (r BillsRead) Empty() bool { return len(r.Kept)+len(r.Later)+len(r.Failed) == 0 }

// NewBills makes it. It does nothing until Run.
func NewBills(o BillOptions) *Bills {
	b := &Bills{ledger: o.Ledger, channels: o.Channels, auto: o.Automatic, log: o.Log, now: o.Now}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	return b
}

const (
	billPause   = 20 * time.Minute // between two looks for bills that are there by now
	billStart   = 20 * time.Second // after the start, which has better things to do
	billTimeout = 2 * time.Minute  // for one bill
	billDays    = 31               // channels give bills of about three months; what is older stays as it is
)

// billReady is when, on the next morning in Beijing, the channels' bills are
// usually made (Alipay and WeChat: about 9 o'clock).
const billReady = 9 * time.Hour

// Run reads what is there to be read and goes on until ctx ends.
func (b *Bills) Run(ctx context.Context) {
	for wait := billStart; pause(ctx, wait); wait = billPause {
		if !b.auto() {
			continue
		}
		if _, err := b.CatchUp(ctx); err != nil && ctx.Err() == nil {
			b.log.Error("bills could not be kept", "err", err)
		}
	}
}

// Watch calls f, from other goroutines, whenever bills were read, until stop is
// called. f must not block.
func (b *Bills) Watch(f func(BillsRead)) (stop func()) { return b.read.add(f) }

// CatchUp reads each bill of the last month that money moved on and that is not
// kept yet. An error is one of the ledger; what a channel did not give is told in
// the result.
func (b *Bills) CatchUp(ctx context.Context) (BillsRead, error) {
	last := b.lastDay()
	return b.readAll(ctx, func(of []payment.ChannelName) ([]data.BillDay, error) {
		return b.ledger.BillsWanted(ctx, of, last.Plus(1-billDays), last)
	})
}

// ReadDay reads the bills that a business day is compared with, also those that
// are kept: a person asks for it, and a channel may have mended its bill.
func (b *Bills) ReadDay(ctx context.Context, day data.Day) (BillsRead, error) {
	return b.readAll(ctx, func(of []payment.ChannelName) ([]data.BillDay, error) {
		r, err := b.ledger.Reconciliation(ctx, day)
		if err != nil {
			return nil, err
		}
		calendar := []data.Day{day}
		if next := day.Plus(1); b.ledger.Cutover() > 0 && next <= b.today() { // it goes on after midnight
			calendar = append(calendar, next)
		}
		var wanted []data.BillDay
		for _, d := range calendar {
			for _, c := range r.Channels {
				if slices.Contains(of, c.Channel) {
					wanted = append(wanted, data.BillDay{Channel: c.Channel, Day: d})
				}
			}
		}
		return wanted, nil
	})
}

// today is the present day of the calendar in Beijing.
func (b *Bills) today() data.Day { return data.DayOf(b.now(), 0) }

// lastDay is the last day in Beijing whose bills are usually made by now.
func (b *Bills) lastDay() data.Day { return data.DayOf(b.now(), billReady).Plus(-1) }

// readAll reads the bills of the days that days names. One that fails does not
// keep the others back.
func (b *Bills) readAll(ctx context.Context, days func(of []payment.ChannelName) ([]data.BillDay, error)) (BillsRead, error) {
	b.reading.Lock()
	defer b.reading.Unlock()
	billers, names := b.billers()
	wanted, err := days(names)
	if err != nil {
		return BillsRead{}, ledgerProblem(err)
	}
	var done BillsRead
	for _, day := range wanted {
		lines, err := b.ask(ctx, billers[day.Channel], day.Day)
		switch {
		case ctx.Err() != nil:
			return done, ctx.Err()
		case errors.Is(err, payment.ErrBillLater):
			done.Later = append(done.Later, day)
			continue
		case err != nil:
			b.log.Warn("bill not read", "channel", day.Channel, "day", day.Day, "err", err)
			done.Failed = append(done.Failed, BillFailure{day, err})
			continue
		}
		kept, err := b.ledger.KeepBill(ctx, day.Channel, day.Day, lines, 0)
		if err != nil {
			return done, ledgerProblem(err)
		}
		b.log.Info("bill kept", "channel", day.Channel, "day", day.Day, "lines", kept.Lines)
		done.Kept = append(done.Kept, day)
	}
	if !done.Empty() {
		b.read.tell(done)
	}
	return done, nil
}

// billers are the channels that tell their bills.
func (b *Bills) billers() (map[payment.ChannelName]payment.Biller, []payment.ChannelName) {
	billers := map[payment.ChannelName]payment.Biller{}
	var names []payment.ChannelName
	for _, c := range b.channels() {
		if biller, ok := c.(payment.Biller); ok && billers[c.Name()] == nil {
			billers[c.Name()] = biller
			names = append(names, c.Name())
		}
	}
	slices.Sort(names)
	return billers, names
}

// ask reads one bill, for a limited time.
func (b *Bills) ask(ctx context.Context, from payment.Biller, day data.Day) ([]payment.BillLine, error) {
	at, err := time.ParseInLocation(time.DateOnly, string(day), payment.Beijing)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, billTimeout)
	defer cancel()
	return from.Bill(ctx, at)
}
