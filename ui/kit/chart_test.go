package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
)

// hours are bars of hours with these values.
func hours(values ...int64) kit.ChartView {
	v := kit.ChartView{Title: "每小时", Unit: 1, Scale: func(value int64) string { return fmt.Sprint(value) }}
	for i, value := range values {
		v.Bars = append(v.Bars, kit.Bar{Label: fmt.Sprint(i + 7), Value: value, Figure: fmt.Sprintf("%d.00", value),
			Words: fmt.Sprintf("%d 点 %d.00", i+7, value), Off: value == 0})
	}
	return v
}

// rectangles are the visible filled shapes below o of a colour.
func rectangles(o fyne.CanvasObject, token kit.Token) []*canvas.Rectangle {
	var out []*canvas.Rectangle
	for _, child := range test.WidgetRenderer(o.(fyne.Widget)).Objects() {
		if r, ok := child.(*canvas.Rectangle); ok && r.Visible() && r.FillColor == kit.Color(token) {
			out = append(out, r)
		}
	}
	return out
}

func TestBarsAreAsHighAsTheirValues(t *testing.T) {
	c := kit.NewChart(nil)
	show(t, 800, 240, c)
	c.Set(hours(500, 0, 1000, 250))
	bars := rectangles(c, kit.Accent)
	equal(t, "bars", len(bars), 3)
	for i, part := range []float32{0.5, 1, 0.25} {
		if got, want := bars[i].Size().Height, bars[1].Size().Height*part; got-want > 1.5 || want-got > 1.5 {
			t.Errorf("bar %d is %v high, want %v", i, got, want)
		}
		equal(t, "foot", bars[i].Position().Y+bars[i].Size().Height, bars[1].Position().Y+bars[1].Size().Height)
		equal(t, "width", bars[i].Size().Width, 72)
	}
	find(t, c, "1000.00") // only the highest says how much
	for _, l := range lines(c) {
		if l.text == "500.00" || l.text == "250.00" {
			t.Errorf("%s has its figure", l.text)
		}
	}
}

func TestTheLinesOfAChartAreRound(t *testing.T) {
	for _, c := range []struct {
		highest int64
		height  float32
		want    []string
	}{
		{2148, 220, []string{"0", "1000", "2000"}},
		{2148, 320, []string{"0", "500", "1000", "1500", "2000"}},
		{999, 220, []string{"0", "500"}},
		{7, 220, []string{"0", "5"}},
		{1, 220, []string{"0", "1"}},
		{40_000_000_00, 220, []string{"0", "2000000000", "4000000000"}},
	} {
		chart := kit.NewChart(nil)
		show(t, 800, c.height, chart)
		v := hours(c.highest)
		v.Bars[0].Label = ""
		v.Bars[0].Figure = ""
		chart.Set(v)
		equal(t, fmt.Sprint(c.highest, " in ", c.height), texts(chart), c.want)
	}
}

func TestNothingOfAChartIsCutOrCovered(t *testing.T) {
	for _, n := range []int{1, 8, 12, 16, 24, 31, 62} {
		for _, width := range []float32{792, 1400} {
			t.Run(fmt.Sprintf("%d in %v", n, width), func(t *testing.T) {
				values := make([]int64, n)
				for i := range values {
					values[i] = int64(100 + 7*i)
				}
				c := kit.NewChart(nil)
				s := show(t, width, 200, c)
				for _, highest := range []int{0, n / 2, n - 1} {
					values[highest] += 5000
					c.Set(hours(values...))
					values[highest] -= 5000
					inside(t, c, width)
					apart(t, c)
					for _, looked := range []int{0, n / 2, n - 1} {
						s.win.Canvas().Focus(c)
						s.press(fyne.KeyHome)
						for range looked {
							s.press(fyne.KeyRight)
						}
						inside(t, c, width)
						find(t, c, fmt.Sprintf("%d 点 %d.00", looked+7, c0(values, highest, looked)))
						s.win.Canvas().Unfocus()
					}
					for _, change := range screens.Restless(c) {
						t.Error(change)
					}
				}
			})
		}
	}
}

// c0 is the value of a bar where one was raised.
func c0(values []int64, raised, i int) int64 {
	if i == raised {
		return values[i] + 5000
	}
	return values[i]
}

// apart fails when two texts below o cover each other.
func apart(t *testing.T, o fyne.CanvasObject) {
	t.Helper()
	list := lines(o)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.x+1 < b.x+b.w && b.x+1 < a.x+a.w && a.y+a.h*0.3 < b.y+b.h*0.7 && b.y+b.h*0.3 < a.y+a.h*0.7 {
				t.Errorf("%q and %q cover each other", a.text, b.text)
			}
		}
	}
}

func TestABarIsOpenedByFingerAndByKeys(t *testing.T) {
	var opened []int
	c := kit.NewChart(func(i int) { opened = append(opened, i) })
	s := show(t, 800, 240, c)
	c.Set(hours(500, 0, 1000, 250))
	column := func(i int) fyne.Position {
		bars := rectangles(c, kit.Accent) // of 0, 2 and 3
		at := map[int]int{0: 0, 2: 1, 3: 2}[i]
		return bars[at].Position().AddXY(bars[at].Size().Width/2, -20)
	}
	for _, i := range []int{2, 0} {
		c.Tapped(&fyne.PointEvent{Position: column(i)})
	}
	equal(t, "opened by a tap above the bar, and on nothing", opened, []int{2, 0})
	between := column(0)
	between.X = (column(0).X + column(2).X) / 2 // the hour without money
	c.Tapped(&fyne.PointEvent{Position: between})
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(3, 100)}) // the figures of the lines
	equal(t, "opened", opened, []int{2, 0})

	opened = nil
	s.win.Canvas().Focus(c) // the highest is chosen at first
	s.press(fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace, fyne.KeyRight, fyne.KeyEnter, fyne.KeyHome, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn)
	equal(t, "opened by keys", opened, []int{2, 3, 3, 0})
	s.press(fyne.KeyF3, fyne.KeyUp)
	equal(t, "keys that go on", s.keys, []fyne.KeyName{fyne.KeyF3, fyne.KeyUp})
}

func TestTheBarUnderThePointerSaysAll(t *testing.T) {
	c := kit.NewChart(nil)
	show(t, 800, 240, c)
	c.Set(hours(500, 0, 1000, 250))
	bars := rectangles(c, kit.Accent)
	c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: bars[0].Position().AddXY(3, 3)}})
	find(t, c, "7 点 500.00")
	find(t, c, "1000.00")
	equal(t, "label", c.AccessibilityLabel(), "每小时  7 点 500.00")
	c.MouseOut()
	for _, l := range texts(c) {
		if l == "7 点 500.00" {
			t.Error("it says so without the pointer")
		}
	}
	equal(t, "label", c.AccessibilityLabel(), "每小时  9 点 1000.00")
}

func TestAnEmptyChartShowsNothing(t *testing.T) {
	c := kit.NewChart(nil)
	s := show(t, 800, 240, c)
	s.win.Canvas().Focus(c)
	s.press(fyne.KeyRight, fyne.KeyReturn)
	c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(400, 100)})
	equal(t, "texts", len(texts(c)), 0)
	c.Set(hours(0, 0, 0))
	equal(t, "bars", len(rectangles(c, kit.Accent)), 0)
	equal(t, "label", c.AccessibilityLabel(), "每小时  7 点 0.00")
}
