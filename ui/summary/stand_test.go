package summary

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// stand is Books whose answers the test writes.
type stand struct {
	mu      sync.Mutex
	today   data.Day
	reports map[data.Cut]data.Report
	compare app.Comparison
	match   data.Reconciliation
	shifts  []data.Shift
	z       map[data.Cut]data.Z
	backup  time.Time
	trouble string        // with the backup
	err     error         // of every read
	gate    chan struct{} // while it is there, reads wait for it
	reads   int
	printed []data.Cut
	export  func(ctx context.Context, file string, progress func(done, total int)) error
}

// at is a time of the test's day in Beijing.
func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-20 "+clock, payment.Beijing)
	if err != nil {
		panic(err)
	}
	return t
}

var (
	wang = data.Staff{ID: 2, Name: "王敏", Role: data.RoleClerk}
	chen = data.Staff{ID: 3, Name: "陈静", Role: data.RoleClerk}
)

const friday data.Day = "2026-11-20"

func figures(payments int, trade payment.Amount) data.Figures {
	return data.Figures{Sales: payments, Payments: payments, Trade: trade, Settled: trade, Net: trade}
}

// sampleShifts are the two shifts of the sample day.
func sampleShifts() []data.Shift {
	return []data.Shift{
		{ID: 41, Name: "早班", Staff: wang, Day: friday, OpenedAt: at("07:02"), ClosedAt: at("14:58"), State: data.ShiftClosed},
		{ID: 42, Name: "晚班", Staff: chen, Day: friday, OpenedAt: at("14:58"), ClosedAt: at("22:40"), State: data.ShiftClosed},
	}
}

// sampleDay is a shop's Friday.
func sampleDay() data.Report {
	r := data.Report{Kind: data.ReportDay, From: friday, To: friday, FeeKnown: true, Fee: 62_25}
	r.Total = data.Figures{Sales: 208, Payments: 213, Trade: 18346_20, Discount: 52_00, Settled: 18294_20,
		Refunds: 3, Refunded: 96_50, RefundsSettled: 3, RefundSettled: 96_50, Net: 18197_70}
	trade := map[int]payment.Amount{7: 412_00, 8: 986_50, 9: 748_80, 10: 612_30, 11: 1284_00, 12: 1866_40, 13: 1121_50, 14: 803_20, 15: 757_00,
		16: 921_60, 17: 1655_30, 18: 2148_60, 19: 1932_80, 20: 1405_90, 21: 1088_30, 22: 602_00}
	for i := range 24 {
		hour := (i + 4) % 24
		r.Hours = append(r.Hours, data.Slice{Hour: hour, Figures: figures(int(trade[hour]/80_00), trade[hour])})
	}
	r.Channels = []data.Slice{
		{Channel: payment.Alipay, Wallet: payment.WalletAlipay, Hour: -1, Figures: figures(104, 9120_40)},
		{Channel: payment.WeChat, Wallet: payment.WalletWeChat, Hour: -1, Figures: figures(83, 7312_30)},
		{Channel: payment.Cash, Hour: -1, Figures: figures(26, 1913_50)},
	}
	for i, s := range sampleShifts() {
		f := []data.Figures{figures(96, 8204_10), figures(117, 10142_10)}[i]
		r.Shifts = append(r.Shifts, data.Slice{Hour: -1, Figures: f, Shift: data.ShiftName{ID: s.ID, Name: s.Name, Staff: s.Staff}})
		r.People = append(r.People, data.Slice{Hour: -1, Figures: f, Staff: s.Staff})
	}
	r.Drawer = data.Drawer{Float: 500_00, Paid: 1913_50, Refunded: 20_00, Out: 1500_00, Expected: 893_50, IsCounted: true, Counted: 893_50}
	return r
}

// sampleMatch is the sample day beside the channels' bills: nothing is amiss.
func sampleMatch() data.Reconciliation {
	return data.Reconciliation{Day: friday, Same: 187, Channels: []data.ReconciledChannel{
		{Channel: payment.Alipay, Same: 104, ReadAt: at("09:21").AddDate(0, 0, 1)},
		{Channel: payment.WeChat, Same: 83, ReadAt: at("09:21").AddDate(0, 0, 1)},
	}}
}

// sampleMonth is the month around it.
func sampleMonth() data.Report {
	r := sampleDay()
	r.Kind, r.From, r.To, r.Hours, r.FeeKnown = data.ReportRange, "2026-11-01", "2026-11-30", nil, false
	r.Total = data.Figures{}
	for d := range 30 {
		s := data.Slice{Day: dayAt(2026, 11, d+1), Hour: -1}
		if d < 21 && d%7 != 1 {
			s.Figures = figures(150+d*3, payment.Amount(1350000+(d*7919)%13*61700))
		}
		r.Days = append(r.Days, s)
		r.Total.Sales += s.Sales
		r.Total.Payments += s.Payments
		r.Total.Trade += s.Trade
		r.Total.Settled += s.Trade
		r.Total.Net += s.Trade
	}
	return r
}

// sampleYear is the year around it.
func sampleYear() data.Report {
	r := sampleMonth()
	r.From, r.To, r.Days = "2026-01-01", "2026-12-31", nil
	for d := r.From; d <= r.To; d = dayAfter(d) {
		s := data.Slice{Day: d, Hour: -1}
		if d <= "2026-11-21" && d > "2026-02-14" {
			s.Figures = figures(180, payment.Amount(1800000+int64(d[6]-'0')*120000))
		}
		r.Days = append(r.Days, s)
	}
	return r
}

func dayAt(year, month, day int) data.Day {
	return data.Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

func dayAfter(d data.Day) data.Day {
	t, _ := time.Parse(time.DateOnly, string(d))
	return data.Day(t.AddDate(0, 0, 1).Format(time.DateOnly))
}

// newStand knows the sample day, its shifts, its month and its year; it is
// Saturday.
func newStand() *stand {
	day := sampleDay()
	first := sampleDay()
	first.Kind, first.Shift, first.Total = data.ReportShift, &sampleShifts()[0], figures(96, 8204_10)
	first.People = first.People[:1]
	first.Drawer = data.Drawer{Float: 500_00, Paid: 900_00, Out: 0, Expected: 1400_00, IsCounted: true, Counted: 1393_50, Difference: -6_50}
	return &stand{
		today: today,
		reports: map[data.Cut]data.Report{
			{From: friday, To: friday}:             day,
			{From: today, To: today}:               {Kind: data.ReportDay, From: today, To: today, Hours: make([]data.Slice, 24)},
			{ShiftID: 41}:                          first,
			{From: "2026-11-01", To: "2026-11-30"}: sampleMonth(),
			{From: "2026-01-01", To: "2026-12-31"}: sampleYear(),
			{From: "2026-11-03", To: "2026-11-09"}: sampleWeek(),
		},
		compare: app.Comparison{DayBefore: data.Figures{Net: 17135_30}, WeekBefore: data.Figures{Net: 18531_26}, HasDayBefore: true, HasWeekBefore: true},
		match:   sampleMatch(),
		shifts:  sampleShifts(),
		z:       map[data.Cut]data.Z{{From: friday, To: friday}: {ID: 9, Number: 142, Report: day}, {ShiftID: 41}: {ID: 7, Number: 41, Report: first}},
		backup:  time.Date(2026, 11, 21, 4, 0, 12, 0, payment.Beijing),
	}
}

func sampleWeek() data.Report {
	r := sampleMonth()
	r.From, r.To, r.Days = "2026-11-03", "2026-11-09", r.Days[2:9]
	return r
}

// wait counts a read and holds it while the gate is there.
func (b *stand) wait(ctx context.Context) error {
	b.mu.Lock()
	b.reads++
	gate := b.gate
	b.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

func (b *stand) Today() data.Day {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.today
}

func (b *stand) Report(ctx context.Context, c data.Cut) (data.Report, error) {
	if err := b.wait(ctx); err != nil {
		return data.Report{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	r, ok := b.reports[c]
	if !ok {
		r = data.Report{Kind: data.ReportRange, From: c.From, To: c.To}
	}
	return r, nil
}

func (b *stand) Reconciliation(context.Context, data.Day) (data.Reconciliation, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.match, nil
}

func (b *stand) Compare(context.Context, data.Day) (app.Comparison, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.compare, nil
}

func (b *stand) Shifts(_ context.Context, from, to data.Day) (list []data.Shift, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.shifts {
		if from <= s.Day && s.Day <= to {
			list = append(list, s)
		}
	}
	return list, b.err
}

func (b *stand) ZOfDay(_ context.Context, day data.Day) (data.Z, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	z, ok := b.z[data.Cut{From: day, To: day}]
	return z, ok, nil
}

func (b *stand) ZOfShift(_ context.Context, id int64) (data.Z, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	z, ok := b.z[data.Cut{ShiftID: id}]
	return z, ok, nil
}

func (b *stand) PrintReport(_ context.Context, c data.Cut) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.printed = append(b.printed, c)
	return b.err
}

func (b *stand) LastBackup(context.Context) (time.Time, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.backup, !b.backup.IsZero(), nil
}

func (b *stand) BackupTrouble(context.Context) (string, error) { return b.trouble, nil }

func (b *stand) Export(ctx context.Context, _ data.Cut, _ app.ExportFormat, file string, progress func(done, total int)) error {
	if b.export != nil {
		return b.export(ctx, file, progress)
	}
	if _, err := os.Stat(file); err == nil {
		return errors.New("it exists")
	}
	progress(213, 213)
	return os.WriteFile(file, []byte("figures"), 0o600)
}

// readings is how often something was read.
func (b *stand) readings() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reads
}

// papers are what was printed.
func (b *stand) papers() []data.Cut {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.printed)
}
