package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/app"
	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// desk has words and nothing else.
func desk(language lang.Language) *screen.Desk {
	return &screen.Desk{Words: lang.Load(language), Mode: app.ModeSales}
}

// readingOf is the sample day as it is read on the day after.
func readingOf(p period, r data.Report) reading {
	return reading{period: p, today: today, now: saturday, report: r}
}

// line is a row as it is read: words and figure.
func (r row) String() string {
	return strings.Join(strings.Fields(strings.Join([]string{r.Word, r.Name, r.Count, r.Value}, " ")), " ")
}

func (b box) lines() (list []string) {
	for _, r := range b.rows {
		list = append(list, r.String())
	}
	if b.foot != nil {
		list = append(list, "= "+b.foot.String())
	}
	return list
}

func TestEachFigureOfADay(t *testing.T) {
	r := readingOf(dayPeriod(friday), sampleDay())
	r.compared, r.compare = true, newStand().compare
	v := newView(desk(lang.Chinese), r)
	day := data.Filter{From: friday, To: friday, ByMoney: true}
	back := day
	back.Refunds = true
	for i, want := range []struct {
		label, figure, under string
		word                 bool
		to                   target
	}{
		{"实收净额", "18,197.70", "比前一日 +6.2%|比上周五 -1.8%", false, salesOf(day)},
		{"交易金额", "18,346.20", "213 笔", false, salesOf(day)},
		{"优惠", "-52.00", "结算金额 18,294.20", false, target{}},
		{"退款", "-96.50", "3 笔，已全部到账", false, salesOf(back)},
		{"手续费", "62.25", "取自渠道账单", false, target{}},
		{"客单价", "88.20", "208 单", false, salesOf(day)},
	} {
		got := v.cards[i]
		if got.Label != want.label || got.Figure != want.figure || strings.Join(got.Under, "|") != want.under || got.Word != want.word || got.to != want.to {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestFiguresThatAreNotKnownAreWords(t *testing.T) {
	report := sampleDay()
	report.Total, report.Fee, report.FeeKnown = data.Figures{}, 0, false
	v := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), report))
	fee, average, refund := v.cards[figureFee], v.cards[figureAverage], v.cards[figureRefund]
	if !fee.Word || fee.Figure != "未知" || fee.Under[0] != "次日对账后补记" {
		t.Errorf("a fee that is not known is %+v", fee)
	}
	if !average.Word || average.Figure != "没有" {
		t.Errorf("the average of nothing is %+v", average)
	}
	if refund.Figure != "0.00" || refund.Under[0] != "没有退款" || refund.to.kind != toNothing {
		t.Errorf("no refunds are %+v", refund)
	}
}

func TestRefundsUnderWayAreCounted(t *testing.T) {
	report := sampleDay()
	report.Total.RefundsSettled = 2
	got := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), report)).cards[figureRefund].Under
	if want := []string{"3 笔", "1 笔处理中"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatTheNetAmountIsHeldAgainst(t *testing.T) {
	open, closed := *sampleDayShift(data.ShiftOpen), *sampleDayShift(data.ShiftClosed)
	night := closed
	night.ClosedAt = at("22:40").Add(5 * time.Hour)
	for _, c := range []struct {
		name   string
		p      period
		change func(r *reading)
		label  string
		want   []string
	}{
		{"nothing the day before", dayPeriod(friday), func(r *reading) { r.compare.HasDayBefore = false }, "实收净额", []string{"前一日 - 没有收款", "比上周五 -1.8%"}},
		{"more went out the week before", dayPeriod(friday), func(r *reading) { r.compare.WeekBefore.Net = -5 }, "实收净额", []string{"比前一日 +6.2%", "上周五 - 无可比"}},
		{"a day that goes on", dayPeriod(friday), func(r *reading) { r.today = friday }, "实收净额，至今", []string{"前一日的 106%", "上周五的 98.2%"}},
		{"an open shift", shiftPeriod(friday, 41), func(r *reading) { r.report.Shift = &open }, "实收净额，至今", []string{"王敏", "07:02 起"}},
		{"a closed shift", shiftPeriod(friday, 41), func(r *reading) { r.report.Shift = &closed }, "实收净额", []string{"王敏", "07:02 至 14:58"}},
		{"a shift into the night", shiftPeriod(friday, 41), func(r *reading) { r.report.Shift = &night }, "实收净额", []string{"王敏", "07:02 至 11-21 03:40"}},
		{"a month", monthPeriod(friday), func(r *reading) { r.report = sampleMonth(); r.today = "2026-12-03" }, "实收净额", []string{"18 天有收款", "日均 17,339.11"}},
		{"a month without sales", monthPeriod(friday), func(r *reading) { r.report = data.Report{} }, "实收净额，至今", []string{"没有收款"}},
	} {
		r := readingOf(c.p, sampleDay())
		r.compared, r.compare = true, newStand().compare
		c.change(&r)
		got := newView(desk(lang.Chinese), r).cards[figureNet]
		if got.Label != c.label || !slices.Equal(got.Under, c.want) {
			t.Errorf("%s: %s %v, want %s %v", c.name, got.Label, got.Under, c.label, c.want)
		}
	}
}

func sampleDayShift(state data.ShiftState) *data.Shift {
	s := sampleShifts()[0]
	s.State = state
	return &s
}

func TestTheChartOfADay(t *testing.T) {
	c := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), sampleDay())).chart
	if len(c.Bars) != 16 || c.Bars[0].Label != "7" || c.Bars[15].Label != "22" {
		t.Fatalf("%d bars", len(c.Bars))
	}
	six := c.Bars[11]
	if six.Value != 2148_60 || six.Figure != "2,148.60" || six.Words != "18 点　26 笔　2,148.60" || six.Off {
		t.Errorf("the bar at six is %+v", six)
	}
	f := c.to[11].filter
	if c.to[11].kind != toSales || f.From != friday || f.To != friday || !f.ByMoney || f.Hour == nil || *f.Hour != 18 {
		t.Errorf("it opens %+v", c.to[11])
	}
	if c.Title != "每小时交易金额" || c.empty != "" {
		t.Errorf("%q %q", c.Title, c.empty)
	}
}

func TestBusyHours(t *testing.T) {
	for _, c := range []struct {
		name  string
		busy  []int // hours of the clock with money
		first int
		n     int
	}{
		{"a whole day", []int{8, 12, 20}, 8, 13},
		{"one hour at noon has hours on both sides", []int{12}, 9, 8},
		{"the first hour of the business day", []int{4}, 4, 8},
		{"the last one", []int{3}, 20, 8},
		{"round midnight", []int{23, 1}, 20, 8},
		{"all hours", []int{4, 3}, 4, 24},
		{"nothing", nil, -1, 0},
	} {
		var hours []data.Slice
		for i := range 24 {
			s := data.Slice{Hour: (i + 4) % 24}
			if slices.Contains(c.busy, s.Hour) {
				s.Figures = figures(1, 5_00)
			}
			hours = append(hours, s)
		}
		got := busyHours(hours)
		if len(got) != c.n || (c.n > 0 && got[0].Hour != c.first) {
			t.Errorf("%s: %v", c.name, got)
		}
		for _, hour := range c.busy {
			if !slices.ContainsFunc(got, func(s data.Slice) bool { return s.Hour == hour }) {
				t.Errorf("%s: %d o'clock is missing", c.name, hour)
			}
		}
	}
}

func TestTheChartOfAMonthKeepsDaysThatHaveNotCome(t *testing.T) {
	c := newView(desk(lang.Chinese), readingOf(monthPeriod(friday), sampleMonth())).chart
	if len(c.Bars) != 30 || c.Bars[29].Label != "30" || !c.Bars[29].Off || c.to[29].kind != toNothing {
		t.Fatalf("%d bars, the last is %+v", len(c.Bars), c.Bars[len(c.Bars)-1])
	}
	if want := "11-07 周六　168 笔　20,904.00"; c.Bars[6].Words != want {
		t.Errorf("%q, want %q", c.Bars[6].Words, want)
	}
	if c.to[6] != periodOf(dayPeriod("2026-11-07")) {
		t.Errorf("a day opens %+v", c.to[6])
	}
}

func TestTheChartOfAYearSumsMonths(t *testing.T) {
	c := newView(desk(lang.English), readingOf(yearPeriod(friday), sampleYear())).chart
	if len(c.Bars) != 12 || c.Bars[8].Label != "Sep" || c.Bars[0].Words != "2026-01  no sales" {
		t.Fatalf("%+v", c.Bars)
	}
	sum := int64(0)
	for _, s := range sampleYear().Days {
		if s.Day[:7] == "2026-09" {
			sum += int64(s.Trade)
		}
	}
	if c.Bars[8].Value != sum || c.to[8] != periodOf(monthPeriod("2026-09-01")) {
		t.Errorf("September is %+v that opens %+v, want %d", c.Bars[8], c.to[8], sum)
	}
}

func TestLongRunsOfDaysAreShownByMonth(t *testing.T) {
	for days, want := range map[int]string{7: "每天交易金额", mostDays: "每天交易金额", mostDays + 1: "每月交易金额"} {
		p := rangePeriod("2026-01-15", screen.PlusDays("2026-01-15", days-1))
		if got := newView(desk(lang.Chinese), readingOf(p, data.Report{})).chart.Title; got != want {
			t.Errorf("%d days: %s", days, got)
		}
	}
}

func TestWhatIsSaidWhereNothingCameIn(t *testing.T) {
	for _, c := range []struct {
		p    period
		want string
	}{
		{dayPeriod(friday), "这一天没有收款"}, {dayPeriod(today), "还没有收款"}, {monthPeriod("2026-09-01"), "这个月没有收款"},
		{yearPeriod("2025-01-01"), "这一年没有收款"}, {rangePeriod("2026-11-03", "2026-11-09"), "这些天没有收款"},
	} {
		if got := newView(desk(lang.Chinese), readingOf(c.p, data.Report{})).chart.empty; got != c.want {
			t.Errorf("%v: %q, want %q", c.p, got, c.want)
		}
	}
}

func TestTheFiguresOfTheLines(t *testing.T) {
	for _, c := range []struct {
		fen    int64
		zh, en string
	}{
		{0, "0", "0"}, {1000_00, "1,000", "1,000"}, {500_000_00, "500,000", "500,000"},
		{2_000_000_00, "200 万", "2M"}, {50_000_000_00, "5,000 万", "50M"}, {1_000_000_000_00, "10 亿", "1,000M"},
	} {
		if zh, en := scale(lang.Load(lang.Chinese), c.fen), scale(lang.Load(lang.English), c.fen); zh != c.zh || en != c.en {
			t.Errorf("%d: %q %q, want %q %q", c.fen, zh, en, c.zh, c.en)
		}
	}
}

func TestWaysOfPayment(t *testing.T) {
	report := sampleDay()
	report.Channels = append(report.Channels, data.Slice{Channel: payment.CloudPay, Wallet: payment.WalletWeChat, Hour: -1, Figures: figures(0, 0)})
	list := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), report)).shares
	day := data.Filter{From: friday, To: friday, ByMoney: true}
	for i, want := range []struct {
		words   string
		part    float32
		channel payment.ChannelName
		wallet  payment.Wallet
	}{
		{"支付宝 104 笔 9,120.40 49.7%", 0.497, payment.Alipay, payment.WalletAlipay},
		{"微信 83 笔 7,312.30 39.9%", 0.399, payment.WeChat, payment.WalletWeChat},
		{"现金 26 笔 1,913.50 10.4%", 0.104, payment.Cash, data.NoWallet},
		{"云支付·微信 0 笔 0.00 0.0%", 0, payment.CloudPay, payment.WalletWeChat},
	} {
		s := list[i]
		f := day
		f.Channel, f.Wallet = want.channel, want.wallet
		if words := fmt.Sprint(s.Word, " ", s.Count, " ", s.Amount, " ", s.Share.Share); words != want.words || s.Part != want.part || s.to != salesOf(f) {
			t.Errorf("%s %v opens %+v, want %+v", words, s.Part, s.to, want)
		}
	}
}

func TestTheDrawer(t *testing.T) {
	for _, c := range []struct {
		name string
		d    data.Drawer
		want []string
		icon kit.Icon
	}{
		{"counted right", data.Drawer{Float: 500_00, Paid: 1913_50, Refunded: 20_00, Out: 1500_00, Expected: 893_50, IsCounted: true, Counted: 893_50},
			[]string{"备用金 500.00", "现金净收 1,893.50", "取出 -1,500.00", "= 应有 = 清点，无差异 893.50"}, kit.NoIcon},
		{"too much", data.Drawer{Float: 100_00, Deposits: 300_00, In: 50_00, Expected: 450_00, IsCounted: true, Counted: 456_50, Difference: 6_50},
			[]string{"备用金 100.00", "现金净收 0.00", "现金押金 300.00", "存入 50.00", "应有 450.00", "清点 456.50", "= 多出 +6.50"}, kit.IconAlert},
		{"missing", data.Drawer{Float: 100_00, Expected: 100_00, IsCounted: true, Counted: 80_00, Difference: -20_00},
			[]string{"备用金 100.00", "现金净收 0.00", "应有 100.00", "清点 80.00", "= 少了 -20.00"}, kit.IconFailed},
		{"not counted", data.Drawer{Float: 100_00, Paid: 5_00, Expected: 105_00}, []string{"备用金 100.00", "现金净收 5.00", "= 应有 未清点 105.00"}, kit.NoIcon},
	} {
		report := sampleDay()
		report.Drawer = c.d
		b := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), report)).drawer
		if got := b.lines(); !slices.Equal(got, c.want) || b.foot.Icon != c.icon {
			t.Errorf("%s: %q %s, want %q %s", c.name, got, b.foot.Icon, c.want, c.icon)
		}
	}
}

func TestWhoCountsTheDrawerDoesNotSeeWhatToFind(t *testing.T) {
	r := readingOf(shiftPeriod(friday, 41), sampleDay())
	r.blind = true
	if got, want := newView(desk(lang.Chinese), r).drawer.lines(), []string{"备用金 500.00", "交班清点后才显示"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestShiftsAndPeople(t *testing.T) {
	report := sampleDay()
	report.Shifts[1].Shift.Open = true
	report.Shifts = append(report.Shifts, data.Slice{Shift: data.ShiftName{ID: 43, Staff: wang}, Figures: figures(0, 0)}, data.Slice{Figures: figures(0, 0)})
	v := newView(desk(lang.Chinese), readingOf(dayPeriod(friday), report))
	if got, want := v.middle.lines(), []string{"早班 王敏 96 笔 8,204.10", "晚班（当班） 陈静 117 笔 10,142.10", "班次 43 王敏 0 笔 0.00", "未分班次 0 笔 0.00",
		"= 合计 213 笔 18,346.20"}; !slices.Equal(got, want) {
		t.Errorf("shifts %q, want %q", got, want)
	}
	if v.middle.rows[0].to != periodOf(shiftPeriod(friday, 41)) || v.middle.rows[3].to.kind != toNothing {
		t.Errorf("shifts open %+v and %+v", v.middle.rows[0].to, v.middle.rows[3].to)
	}
	report.People = append(report.People, data.Slice{Figures: figures(0, 0)})
	v = newView(desk(lang.Chinese), readingOf(monthPeriod(friday), report))
	if got, want := v.middle.lines(), []string{"王敏 96 笔 8,204.10", "陈静 117 笔 10,142.10", "未记名 0 笔 0.00", "= 合计 213 笔 18,346.20"}; !slices.Equal(got, want) {
		t.Errorf("people %q, want %q", got, want)
	}
	f := monthPeriod(friday).filter()
	f.StaffID = chen.ID
	if v.middle.rows[1].to != salesOf(f) {
		t.Errorf("a person opens %+v", v.middle.rows[1].to)
	}
}

func TestDeposits(t *testing.T) {
	r := readingOf(dayPeriod(friday), sampleDay())
	if v := newView(desk(lang.Chinese), r); v.deposit.title != "" {
		t.Error("a shop without deposits shows them")
	}
	r.deposits = true
	r.report.Deposits = data.DepositTotals{OpeningHeld: 2500_00, Takes: 8, Taken: 4000_00, Captures: 5, Captured: 1380_00, Releases: 6, Released: 1620_00, ClosingHeld: 3500_00}
	b := newView(desk(lang.Chinese), r).deposit
	if got, want := b.lines(), []string{"期初在押 2,500.00", "收押金 8 笔 4,000.00", "转消费 5 笔 -1,380.00", "解冻 6 笔 -1,620.00", "= 期末在押 3,500.00"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if b.foot.to.kind != toDeposits {
		t.Errorf("they open %+v", b.foot.to)
	}
}

func TestTheListOfClosing(t *testing.T) {
	day, shift, month := dayPeriod(friday), shiftPeriod(friday, 41), monthPeriod(friday)
	z := data.Z{Number: 142, Report: sampleDay()}
	unknown := day.filter()
	unknown.State = data.SaleUnknown
	refunds := day.filter()
	refunds.Refunds = true
	bills := target{kind: toBills}
	matches := func(same, open int, differences ...data.Difference) func(*reading) {
		return func(r *reading) { r.match = data.Reconciliation{Same: same, Open: open, Differences: differences} }
	}
	for _, c := range []struct {
		name   string
		p      period
		change func(r *reading)
		row    int
		want   string
		icon   kit.Icon
		to     target
	}{
		{"all is known", day, func(*reading) {}, 0, "待确认 0 笔", kit.IconPaid, target{}},
		{"payments are open", day, func(r *reading) { r.report.Open = data.OpenSums{Payments: 2, Paid: 134_00, Refunds: 1} }, 0, "待确认 3 笔 134.00", kit.IconUnknown, salesOf(unknown)},
		{"a refund is open", day, func(r *reading) { r.report.Open = data.OpenSums{Refunds: 1, Refunded: 20_00} }, 0, "待确认 1 笔 -20.00", kit.IconUnknown, salesOf(refunds)},
		{"a hold is open", day, func(r *reading) { r.report.Open = data.OpenSums{Holds: 1} }, 0, "待确认 1 笔", kit.IconUnknown, target{kind: toDeposits}},
		{"the bills agree", day, matches(187, 0), 1, "已对账，187 笔与渠道一致", kit.IconPaid, bills},
		{"the bills are not there yet", day, matches(0, 187), 1, "未对账，次日上午取账单", kit.IconDot, bills},
		{"the bills should be there", day, func(r *reading) { matches(104, 83)(r); r.now = r.now.AddDate(0, 0, 2) }, 1, "未对账，83 笔没有账单", kit.IconAlert, bills},
		{"a bill differs", day, matches(187, 3, data.Difference{}, data.Difference{}), 1, "2 笔与渠道不符", kit.IconFailed, bills},
		{"only cash", day, matches(0, 0), 1, "没有需要对账的收款", kit.IconDot, target{}},
		{"closed", day, func(r *reading) { r.z, r.hasZ = z, true }, 2, "已日结，Z 0142", kit.IconPaid, target{kind: toPaper}},
		{"the fees came since", day, func(r *reading) { r.z, r.hasZ = z, true; r.report.Total.Fee = 62_25 }, 2, "已日结，Z 0142", kit.IconPaid, target{kind: toPaper}},
		{"changed since", day, func(r *reading) { r.z, r.hasZ = z, true; r.report.Total.Payments++ }, 2, "Z 0142 之后有变动", kit.IconAlert, target{kind: toPaper}},
		{"not closed", day, func(*reading) {}, 2, "未日结", kit.IconAlert, target{}},
		{"still going on", day, func(r *reading) { r.today = friday }, 2, "营业中，未日结", kit.IconDot, target{}},
		{"shift closed", shift, func(r *reading) { r.z, r.hasZ = z, true }, 1, "已交班，Z 0142", kit.IconPaid, target{kind: toPaper}},
		{"shift open", shift, func(r *reading) { r.report.Shift = sampleDayShift(data.ShiftOpen) }, 1, "当班中，未交班", kit.IconDot, target{}},
		{"a month has no Z", month, func(r *reading) { r.hasBack, r.backup = true, saturday }, 1, "已备份 09:30", kit.IconPaid, target{}},
		{"saved today", day, func(r *reading) { r.hasBack, r.backup = true, saturday.Add(-5*time.Hour-30*time.Minute) }, 3, "已备份 04:00", kit.IconPaid, target{}},
		{"saved yesterday", day, func(r *reading) { r.hasBack, r.backup = true, saturday.AddDate(0, 0, -1) }, 3, "已备份 11-20 09:30", kit.IconPaid, target{}},
		{"the disk is full", day, func(r *reading) { r.hasBack, r.backup, r.noBackup = true, saturday, "disk_full" }, 3, "磁盘已满，没有备份", kit.IconAlert, target{}},
		{"not saved", day, func(r *reading) { r.noBackup = "internal" }, 3, "备份没有写成", kit.IconAlert, target{}},
		{"saved long ago", day, func(r *reading) { r.hasBack, r.backup = true, saturday.AddDate(-1, 0, 0) }, 3, "已备份 2025-11-21 09:30", kit.IconAlert, target{}},
		{"never saved", day, func(*reading) {}, 3, "未备份", kit.IconAlert, target{}},
	} {
		r := readingOf(c.p, sampleDay())
		r.matched = c.p.unit == unitDay
		c.change(&r)
		rows := newView(desk(lang.Chinese), r).closing.rows
		if len(rows) <= c.row {
			t.Errorf("%s: %d rows", c.name, len(rows))
			continue
		}
		if got := rows[c.row]; got.String() != c.want || got.Icon != c.icon || got.to != c.to {
			t.Errorf("%s: %q %s opens %+v, want %q %s %+v", c.name, got, got.Icon, got.to, c.want, c.icon, c.to)
		}
	}
}

func TestBeforeAnythingIsReadNoFigureIsClaimed(t *testing.T) {
	d := desk(lang.Chinese)
	d.Mode = app.ModeBoth
	v := newFrame(d, dayPeriod(today))
	for _, c := range v.cards {
		if c.Figure != "-" || c.Under != nil || c.to.kind != toNothing {
			t.Errorf("%+v", c)
		}
	}
	for _, b := range []box{v.drawer, v.middle, v.deposit, v.closing} {
		if len(b.lines()) > 0 || b.title == "" {
			t.Errorf("%s says %q", b.title, b.lines())
		}
	}
	if v.chart.empty != "" || len(v.shares) > 0 {
		t.Errorf("%q, %d shares", v.chart.empty, len(v.shares))
	}
}

func TestMeansAreRoundedToTheNearestFen(t *testing.T) {
	for _, c := range []struct {
		sum  payment.Amount
		n    int
		want payment.Amount
	}{{100, 3, 33}, {200, 3, 67}, {1, 2, 1}, {-100, 3, -33}, {-200, 3, -67}, {0, 5, 0}} {
		if got := mean(c.sum, c.n); got != c.want {
			t.Errorf("%d / %d is %d, want %d", c.sum, c.n, got, c.want)
		}
	}
}
