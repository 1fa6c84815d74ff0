package data

import (
	"cmp"
	"slices"

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

// figuresKey is where figures belong.
type figuresKey struct {
	day     Day
	hour    int // 0 where it is not asked for
	shiftID int64
	staffID int64
	channelWallet
	method payment.Method
}

// plus adds f to all sums of a report.
func (b *reportBuilder) plus(k figuresKey, f Figures) {
	b.r.Total.add(f)
	addTo(b.sums.channels, k.channelWallet, f)
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
}

const figuresColumns = "sales, payments, paid, discount, refunds, refunded, refund_discount"

func scanFigures(v *values) Figures {
	f := Figures{Sales: int(v.int()), Payments: int(v.int()), Trade: payment.Amount(v.int()), Discount: payment.Amount(v.int()),
		RefundsSettled: int(v.int()), Refunded: payment.Amount(v.int())}
	f.Refunds, f.RefundSettled = f.RefundsSettled, f.Refunded-payment.Amount(v.int())
	f.Settled = f.Trade - f.Discount
	f.Net = f.Settled - f.RefundSettled
	return f
}

// figures adds up what is done. Several days are read from their sums without
// hours, which are far fewer.
func (b *reportBuilder) figures() error {
	b.sums = reportSums{channels: map[channelWallet]*Figures{}, methods: map[payment.Method]*Figures{}, people: map[int64]*Figures{},
		shifts: map[int64]*Figures{}, days: map[Day]*Figures{}}
	from := "hour, " + figuresColumns + " FROM figures f"
	if b.r.Kind == ReportRange {
		from = "0, " + figuresColumns + " FROM figure_days f"
	}
	where, args := b.cut.where("f")
	return each(b.s, func(v *values) error {
		k := figuresKey{day: Day(v.text()), shiftID: v.int(), staffID: v.int()}
		k.channel, k.method, k.wallet = payment.ChannelName(v.text()), payment.Method(v.text()), payment.Wallet(v.text())
		if k.hour = int(v.int()); k.hour < 0 || k.hour > 23 {
			v.fail("hour %d", k.hour)
			return v.err
		}
		f := scanFigures(v)
		b.plus(k, f)
		b.cash.figures(k, f)
		return nil
	}, "SELECT day, shift_id, staff_id, channel, method, wallet, "+from+" WHERE "+where, args...)
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
	for d := b.r.From; d <= b.r.To; d = d.next() {
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
	staff, err := staffNames(b.s)
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(b.sums.people) {
		b.r.People = append(b.r.People, Slice{Staff: nameOf(staff, id), Hour: -1, Figures: *b.sums.people[id]})
	}
	return nil
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
