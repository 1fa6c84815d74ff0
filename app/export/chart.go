package export

import (
	"fmt"

	"frontdesk/data"
	"frontdesk/payment"
)

// bar is one bar of the chart.
type bar struct {
	label string
	value payment.Amount
}

const (
	chartHeight = 72.0
	barsMost    = 40 // more than that would be hairs: a year is shown by month
)

// chart is the trade amount by hour, by day, or by month of a long range.
func (c *composer) chart() {
	key, bars := "report.chart.hour", hourBars(c.r.Hours)
	if c.r.Kind == data.ReportRange {
		key, bars = "report.chart.day", dayBars(c.r.Days)
		if len(bars) > barsMost {
			key, bars = "report.chart.month", monthBars(c.r.Days)
		}
	}
	var most payment.Amount
	for _, b := range bars {
		most = max(most, b.value)
	}
	if most <= 0 || len(bars) > barsMost {
		return
	}
	c.heading(key, 0)
	c.room(chartHeight + 30)
	base := c.y + chartHeight
	c.put(item{x: margin, y: base, w: width, h: 0.6, tone: faint})
	step := width / float64(len(bars))
	shown := false
	for i, b := range bars {
		x := margin + step*float64(i)
		high := (chartHeight - 14) * float64(max(b.value, 0)) / float64(most)
		if high > 0 {
			c.put(item{x: x + step*0.15, y: base - high, w: step * 0.7, h: high, tone: accent})
		}
		if b.value == most && !shown { // only the highest has its figure
			shown = true
			c.put(item{x: min(max(x+step/2+22, margin+5*float64(len(b.value.Grouped()))), right), y: base - high - 4, text: b.value.Grouped(), size: smallSize, bold: true, toLeft: true, tone: ink})
		}
		c.put(item{x: x + step/2 + 2.2*float64(len(b.label)), y: base + 12, text: b.label, size: smallSize, toLeft: true, tone: faint})
	}
	c.y = base + 22
}

// hourBars are the hours from the first to the last with money.
func hourBars(hours []data.Slice) []bar {
	first, last := -1, -1
	for i, h := range hours {
		if h.Trade != 0 {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	var bars []bar
	for i := first; i >= 0 && i <= last; i++ {
		bars = append(bars, bar{fmt.Sprint(hours[i].Hour), hours[i].Trade})
	}
	return bars
}

func dayBars(days []data.Slice) []bar {
	var bars []bar
	for _, d := range days {
		bars = append(bars, bar{string(d.Day[8:]), d.Trade})
	}
	return bars
}

func monthBars(days []data.Slice) []bar {
	var bars []bar
	month := ""
	for _, d := range days {
		if m := string(d.Day[:7]); m != month {
			month = m
			bars = append(bars, bar{label: m[2:]})
		}
		bars[len(bars)-1].value += d.Trade
	}
	return bars
}
