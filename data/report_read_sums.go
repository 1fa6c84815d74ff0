package data

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/payment"
)

// reportSums are the figures of a report by all that it is cut by.
type reportSums struct {
	channels map[channelWallet]*Figures
	methods  map[payment.Method]*Figures
	people   map[int64]*Figures
	shifts   map[int64]*Figures
	days     map[Day]*Figures
	hours    [24]Figures
}

type channelWallet struct {
	channel payment.ChannelName
	wallet  payment.Wallet
}

// plus adds f to all sums of a report.
func (b *reportBuilder) plus(k figureKey, f Figures) {
	b.r.Total.add(f)
	addTo(b.sums.channels, channelWallet{k.channel, k.wallet}, f)
	addTo(b.sums.methods, k.method, f)
	addTo(b.sums.people, k.staffID, f)
	addTo(b.sums.shifts, k.shiftID, f)
	addTo(b.sums.days, k.day, f)
	b.sums.hours[k.hour].add(f)
}

func addTo[K comparable](m map[K]*Figures, key K, f Figures) {
	sum, ok := m[key]
	if !ok {
		sum = &Figures{}
		m[key] = sum
	}
	sum.add(f)
}

func (f *Figures) add(g Figures) {
	f.Sales += g.Sales
	f.Payments += g.Payments
	f.Trade += g.Trade
	f.Discount += g.Discount
	f.Settled += g.Settled
	f.Refunds += g.Refunds
	f.Refunded += g.Refunded
	f.RefundsSettled += g.RefundsSettled
	f.RefundSettled += g.RefundSettled
	f.Net += g.Net
	f.Fee += g.Fee
	f.FeeOpen += g.FeeOpen
}

// figures is f, of a channel, as reports say it. Refunds under way are added
// apart.
func (f figure) figures(channel payment.ChannelName) Figures {
	open := 0
	if billed(channel) {
		open = int(f.payments + f.refunds - f.billed)
	}
	return Figures{Fee: f.fee, FeeOpen: open,
		Sales: int(f.sales), Payments: int(f.payments), Trade: f.paid, Discount: f.discount, Settled: f.paid - f.discount,
		Refunds: int(f.refunds), Refunded: f.refunded, RefundsSettled: int(f.refunds), RefundSettled: f.refunded - f.refundDiscount,
		Net: f.paid - f.discount - f.refunded + f.refundDiscount}
}

// figures adds up what is done. Several days are read from their sums without
// hours, which are far fewer.
func (b *reportBuilder) figures() error {
	b.sums = reportSums{channels: map[channelWallet]*Figures{}, methods: map[payment.Method]*Figures{}, people: map[int64]*Figures{},
		shifts: map[int64]*Figures{}, days: map[Day]*Figures{}}
	query := "SELECT " + figureColumns + " FROM figures f"
	if b.r.Kind == ReportRange {
		query = "SELECT " + strings.Replace(figureColumns, "hour", "0", 1) + " FROM figure_days f"
	}
	where, args := b.cut.where("f")
	return each(b.s, func(v *values) error {
		k, f := scanFigure(v)
		if k.hour < 0 || k.hour > 23 {
			v.fail("hour %d", k.hour)
			return v.err
		}
		b.plus(k, f.figures(k.channel))
		b.cash.add(k, f)
		return nil
	}, query+" WHERE "+where, args...)
}

// slices lays the sums out in the order in which they are read.
func (b *reportBuilder) slices() error {
	b.r.Channels, b.r.Methods, b.r.People, b.r.Shifts = []Slice{}, []Slice{}, []Slice{}, []Slice{}
	for k, f := range b.sums.channels {
		b.r.Channels = append(b.r.Channels, Slice{Channel: k.channel, Wallet: k.wallet, Hour: -1, Figures: *f})
	}
	slices.SortFunc(b.r.Channels, func(x, y Slice) int {
		return cmp.Or(cmp.Compare(y.Trade, x.Trade), cmp.Compare(x.Channel, y.Channel), cmp.Compare(x.Wallet, y.Wallet))
	})
	for _, m := range sortedKeys(b.sums.methods) {
		b.r.Methods = append(b.r.Methods, Slice{Method: m, Hour: -1, Figures: *b.sums.methods[m]})
	}
	switch b.r.Kind {
	case ReportRange:
		b.r.Days = b.daySlices()
	default:
		b.r.Hours = b.hourSlices()
	}
	if err := b.peopleSlices(); err != nil {
		return err
	}
	return b.shiftSlices()
}

// daySlices are all days of the range.
func (b *reportBuilder) daySlices() []Slice {
	list := make([]Slice, 0, b.days())
	for d := b.r.From; d <= b.r.To; d = d.Plus(1) {
		slice := Slice{Day: d, Hour: -1}
		if f, ok := b.sums.days[d]; ok {
			slice.Figures = *f
		}
		list = append(list, slice)
	}
	return list
}

// hourSlices are the 24 hours from that of the cut-over on.
func (b *reportBuilder) hourSlices() []Slice {
	list := make([]Slice, 0, len(b.sums.hours))
	for i := range len(b.sums.hours) {
		h := (int(b.cutover.Hours()) + i) % len(b.sums.hours)
		list = append(list, Slice{Hour: h, Figures: b.sums.hours[h]})
	}
	return list
}

// peopleSlices have the names as they are now.
func (b *reportBuilder) peopleSlices() error {
	names := map[int64]Staff{}
	err := each(b.s, func(v *values) error {
		p := scanStaff(v)
		names[p.ID] = p
		return nil
	}, "SELECT id, name, role FROM staff")
	for _, id := range sortedKeys(b.sums.people) {
		p := names[id]
		p.ID = id
		b.r.People = append(b.r.People, Slice{Staff: p, Hour: -1, Figures: *b.sums.people[id]})
	}
	return err
}

// shiftSlices are the shifts with figures and those that began on one of the
// days, also without money.
func (b *reportBuilder) shiftSlices() error {
	ids, args := idList(sortedKeys(b.sums.shifts)), []any{b.cut.ShiftID}
	query := "s.id = ?"
	if b.cut.ShiftID == 0 {
		query, args = "s.day BETWEEN ? AND ?", []any{string(b.cut.From), string(b.cut.To)}
	}
	if f, ok := b.sums.shifts[0]; ok {
		b.r.Shifts = append(b.r.Shifts, Slice{Hour: -1, Figures: *f})
	}
	return each(b.s, func(v *values) error {
		slice := Slice{Shift: ShiftName{ID: v.int(), Name: v.text(), Open: v.text() == string(ShiftOpen), Staff: scanStaff(v)}, Hour: -1}
		if f, ok := b.sums.shifts[slice.Shift.ID]; ok {
			slice.Figures = *f
		}
		b.r.Shifts = append(b.r.Shifts, slice)
		return nil
	}, `SELECT s.id, s.name, s.state, p.id, p.name, p.role FROM shifts s CROSS JOIN staff p ON p.id = s.staff_id
		WHERE s.id IN (SELECT value FROM json_each(?)) OR `+query+` ORDER BY s.id`, append([]any{ids}, args...)...)
}
