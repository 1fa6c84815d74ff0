package sales

import (
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

func TestFilterForTheLedger(t *testing.T) {
	base := period{periodChosen, "2026-11-03", "2026-11-09"}
	for _, c := range []struct {
		name           string
		f              filter
		want           data.Filter
		badMin, badMax bool
	}{
		{"days only", filter{period: base}, data.Filter{From: "2026-11-03", To: "2026-11-09"}, false, false},
		{"today moves", filter{period: period{kind: periodToday, from: "2020-01-01", to: "2020-01-01"}}, data.Filter{From: today, To: today}, false, false},
		{"amounts", filter{period: base, min: "5", max: "12.5"}, data.Filter{From: base.from, To: base.to, Min: 5_00, Max: 12_50}, false, false},
		{"amounts that cross", filter{period: base, min: "20", max: "5"}, data.Filter{From: base.from, To: base.to, Min: 20_00, Max: 5_00}, false, true},
		{"no amount", filter{period: base, min: "."}, data.Filter{From: base.from, To: base.to}, true, false},
		{"state and words", filter{period: base, state: data.SalePaid, text: " 袋子 "}, data.Filter{From: base.from, To: base.to, State: data.SalePaid, Text: "袋子"}, false, false},
		{"part of a number", filter{period: base, text: "6119"}, data.Filter{From: base.from, To: base.to, Text: "6119"}, false, false},
		{"receipt number: nothing else counts", filter{period: base, state: data.SaleFailed, min: "5", text: "01006119"}, data.Filter{Text: "01006119"}, false, false},
		{"trade number", filter{period: base, text: "2026112122001458860515315313"}, data.Filter{Text: "2026112122001458860515315313"}, false, false},
	} {
		got, badMin, badMax := c.f.query(today)
		if got != c.want || badMin != c.badMin || badMax != c.badMax {
			t.Errorf("%s: %+v %v %v, want %+v %v %v", c.name, got, badMin, badMax, c.want, c.badMin, c.badMax)
		}
	}
}

func TestTheBarFindsSales(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.at("10:00").cash("20.00")          // 1
	w.at("10:01").scan("64.90", pays)    // 2
	w.at("10:02").scan("12.00", expired) // 3
	c := w.charge("86.00")
	c.Remark = "不要袋子"
	fourth := w.at("10:03").again(c, pays) // 4
	w.giveBack(fourth, "30")
	w.at("10:04").scan("99.00", lost) // 5
	w.open(1280, 800)
	b := w.s.bar
	all := []string{"01000005", "01000004", "01000003", "01000002", "01000001"}
	for _, c := range []struct {
		name string
		do   func()
		want []string
	}{
		{"at first all of today", func() {}, all},
		{"unknown ones", func() { b.pickedState(2) }, all[:1]},
		{"failed ones", func() { b.pickedState(7) }, all[2:3]},
		{"part refunds", func() { b.pickedState(5) }, all[1:2]},
		{"any state again", func() { b.pickedState(0) }, all},
		{"Alipay", func() { b.pickedWay(1) }, all[:4]},
		{"WeChat", func() { b.pickedWay(2) }, nil},
		{"cash", func() { b.pickedWay(3) }, all[4:]},
		{"any method again", func() { b.pickedWay(0) }, all},
		{"from an amount", func() { w.typeInto(b.amounts.ends[0], "64.9") }, []string{all[0], all[1], all[3]}},
		{"to an amount", func() { w.typeInto(b.amounts.ends[1], "86") }, []string{all[1], all[3]}},
		{"cleared", func() { b.clear() }, all},
		{"a note", func() { b.search.SetText("袋子") }, all[1:2]},
		{"a part of a number", func() { b.search.SetText("00003") }, all[2:3]},
		{"nothing like it", func() { b.search.SetText("zzz") }, nil},
		{"cleared by Esc", func() { w.s.Act(screen.ActCancel) }, all},
		{"yesterday", func() { b.step(-1) }, nil},
		{"today again", func() { b.step(1) }, all},
		{"nothing is after today", func() { b.step(1) }, all},
		{"seven days", func() { b.setPeriod(named(periodWeek, today)) }, all},
	} {
		c.do()
		w.settle()
		if got := w.rows(); !equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAWholeNumberOpensItsSaleWhateverTheDay(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.clock.set(noon.AddDate(0, 0, -20))
	old := w.scan("35.00", pays)
	w.clock.set(noon)
	w.cash("8.00")
	w.open(1280, 800)
	number := w.sale(old).Tenders[0].OutTradeNo
	for _, text := range []string{"01000001", number, w.sale(old).Tenders[0].TradeNo} {
		w.s.bar.clear()
		w.settle()
		w.s.bar.search.SetText(text)
		w.settle()
		if got := w.rows(); !equal(got, []string{"01000001"}) || w.s.detail.sale.ID != old {
			t.Errorf("%s: list %v, open %d", text, got, w.s.detail.sale.ID)
		}
	}
}

func TestScans(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.clock.set(noon.AddDate(0, 0, -3))
	old := w.cash("8.00")
	w.clock.set(noon)
	w.open(1280, 800)
	if w.s.Scanned(screen.Scan{Text: code(pays), Sure: true}) {
		t.Error("a pay code was taken away from the till")
	}
	if !w.s.Scanned(screen.Scan{Text: "01000001", Sure: true}) {
		t.Fatal("a receipt was not taken")
	}
	w.settle()
	if w.s.detail.sale.ID != old {
		t.Errorf("open is %d, want %d", w.s.detail.sale.ID, old)
	}
	w.openRefund(old)
	if !w.s.Scanned(screen.Scan{Text: code(pays), Sure: true}) {
		t.Error("a pay code went to the till under a dialog")
	}
}

func TestTypingWithoutFocusSearches(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.cash("8.00")
	w.open(1280, 800)
	for _, r := range "01000001" {
		if !w.s.TypedRune(r) {
			t.Fatal("a digit was not taken")
		}
	}
	w.settle()
	if got := w.s.bar.search.Text(); got != "01000001" {
		t.Errorf("the search holds %q", got)
	}
	if w.s.detail.sale.ReceiptNo != "01000001" {
		t.Error("the sale is not open")
	}
}

// typeInto types characters into an end of the amounts.
func (w *world) typeInto(e *rangeEnd, text string) {
	for _, r := range text {
		e.TypedRune(r)
	}
}

func TestAmountEndsTakeOnlyMoney(t *testing.T) {
	w := newWorld(t, lang.Chinese, kit.Light)
	w.open(1280, 800)
	for typed, want := range map[string]string{
		"12.5": "12.5", "1２.５０9": "12.50", "1..2": "1.2", "abc7": "7", "-5": "5", ".5": ".5", "999999999": "99999999",
	} {
		e := w.s.bar.amounts.ends[0]
		e.text = ""
		w.typeInto(e, typed)
		if e.text != want {
			t.Errorf("%q leaves %q, want %q", typed, e.text, want)
		}
	}
	e := w.s.bar.amounts.ends[0]
	e.text = "12.5"
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if e.text != "12." {
		t.Errorf("Backspace leaves %q", e.text)
	}
	if _, badMin, _ := w.s.bar.filter.query(today); badMin {
		t.Error("an amount that is being typed counts as wrong")
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
