package main

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/app"
	"frontdesk/data"
	"frontdesk/payment"
)

// shiftJSON is a shift. expected, counted, difference and taken are 0 while it
// is open.
type shiftJSON struct {
	Number      int64           `json:"number"`
	Name        string          `json:"name"`
	Person      string          `json:"person"`
	BusinessDay data.Day        `json:"business_day"` // on which it was opened
	OpenedAt    time.Time       `json:"opened_at"`
	Float       payment.Amount  `json:"float"`
	Auto        bool            `json:"auto"` // the first act of money opened it
	State       data.ShiftState `json:"state"`
	ClosedAt    *time.Time      `json:"closed_at"` // null while it is open
	ClosedBy    string          `json:"closed_by"`
	HandedTo    string          `json:"handed_to"` // empty for nobody
	Expected    payment.Amount  `json:"expected"`
	Counted     payment.Amount  `json:"counted"`
	Difference  payment.Amount  `json:"difference"`
	Taken       payment.Amount  `json:"taken"`
	Reason      string          `json:"reason"`
	Report      *reportJSON     `json:"report,omitempty"` // shift show: as it stands; of a closed one, of its Z report
}

func shiftOf(s data.Shift) shiftJSON {
	j := shiftJSON{
		Number: s.ID, Name: s.Name, Person: s.Staff.Name, BusinessDay: s.Day, OpenedAt: s.OpenedAt, Float: s.Float, Auto: s.Auto, State: s.State,
		ClosedBy: s.ClosedBy.Name, HandedTo: s.HandedTo.Name, Expected: s.Expected, Counted: s.Counted, Taken: s.Taken, Reason: s.Reason,
	}
	if s.State == data.ShiftClosed {
		j.ClosedAt, j.Difference = &s.ClosedAt, s.Difference()
	}
	return j
}

// shiftShow shows the open shift, or the one with a number.
func (c *call) shiftShow() error {
	s, err := c.chosenShift()
	if err != nil {
		return err
	}
	report, err := c.reportOf(data.Cut{ShiftID: s.ID})
	if err != nil {
		return err
	}
	result := shiftOf(s)
	result.Report = &report
	return c.tell(result, func() {
		c.printShift(result)
		c.println("")
		c.printReport(report.Report, report.CashHidden)
	})
}

func (c *call) chosenShift() (data.Shift, error) {
	if text := c.flags["number"]; text != "" {
		n, _ := strconv.ParseInt(text, 10, 64) // checked with the line
		s, err := c.shop.Ledger.Shift(c.ctx, n)
		return s, err
	}
	s, open, err := c.shop.Ledger.CurrentShift(c.ctx)
	if err == nil && !open {
		err = &app.Problem{Kind: app.ProblemNoShift}
	}
	return s, err
}

func (c *call) printShift(s shiftJSON) {
	lines := [][2]string{
		{c.t("report.shift"), strings.TrimSpace(fmt.Sprintf("%d %s %s", s.Number, s.Name, s.Person))},
		{c.t("report.day"), string(s.BusinessDay)},
		{c.t("ctl.shift.opened"), moment(s.OpenedAt)},
		{c.t("report.float"), s.Float.Grouped()},
	}
	if s.ClosedAt != nil {
		lines = append(lines, [][2]string{
			{c.t("ctl.shift.closed"), moment(*s.ClosedAt) + " " + s.ClosedBy},
			{c.t("report.expected"), s.Expected.Grouped()},
			{c.t("report.counted"), s.Counted.Grouped()},
			{c.t("report.difference"), s.Difference.Signed()},
			{c.t("report.cash_out"), s.Taken.Grouped()},
			{c.t("report.reason"), s.Reason},
			{c.t("ctl.shift.handed_to"), s.HandedTo},
		}...)
	}
	c.pairs(lines)
}

// shiftOpen opens a shift for whoever is at the till.
func (c *call) shiftOpen() error {
	s, err := c.shop.Shifts.Open(c.ctx, app.OpenOrder{Draft: rand.Text(), Name: c.flags["name"], Float: c.amount("float")})
	if err != nil {
		return err
	}
	return c.tell(shiftOf(s), func() { c.printShift(shiftOf(s)) })
}

// shiftClose closes the open shift.
func (c *call) shiftClose() error {
	s, err := c.chosenShift()
	if err != nil {
		return err
	}
	o := app.CloseOrder{ShiftID: s.ID, Uncount: c.flags["count"] == "", Taken: c.amount("taken"), Reason: c.flags["reason"], NextName: c.flags["name"]}
	if !o.Uncount {
		o.Counts, _ = parseCounts(c.flags["count"]) // checked with the line
		if _, err := c.shop.Shifts.Count(c.ctx, o.Counts); err != nil {
			return err
		}
	}
	if name := c.flags["hand-to"]; name != "" {
		p, err := c.person(name)
		if err != nil {
			return err
		}
		o.HandTo = p.ID
		if has, err := c.shop.People.HasPIN(p.ID); err != nil || has && p.ID != c.shop.Till.Person().ID {
			if err == nil {
				o.PIN, err = c.secret("FRONTDESK_NEXT_PIN", c.t("ctl.pin", "name", p.Name)+" ")
			}
			if err != nil {
				return err
			}
		}
	}
	closed, err := c.shop.Shifts.Close(c.ctx, o)
	if err != nil {
		return err
	}
	result := struct {
		Shift shiftJSON  `json:"shift"`
		Z     int64      `json:"z"`    // number of its Z report
		Next  *shiftJSON `json:"next"` // null when nobody takes over
	}{Shift: shiftOf(closed.Shift), Z: closed.Z.Number}
	if closed.Next.ID != 0 {
		next := shiftOf(closed.Next)
		result.Next = &next
	}
	err = c.tell(result, func() {
		c.printShift(result.Shift)
		c.println(c.t("ctl.shift.z", "number", result.Z))
	})
	c.print()
	return err
}

// shiftCash puts cash into the drawer, or takes it out.
func (c *call) shiftCash(kind data.CashMoveKind) error {
	m, err := c.shop.Shifts.MoveCash(c.ctx, app.CashOrder{Draft: rand.Text(), Kind: kind, Amount: c.amount("amount"), Reason: c.flags["reason"]})
	if err != nil {
		return err
	}
	result := struct {
		Kind   data.CashMoveKind `json:"kind"`
		Amount payment.Amount    `json:"amount"` // what it did to the drawer: below 0 for what went out
		Reason string            `json:"reason"`
		Person string            `json:"person"`
		Shift  int64             `json:"shift"`
	}{m.Kind, m.Amount, m.Reason, m.Staff.Name, m.ShiftID}
	err = c.tell(result, func() { c.println(m.Amount.Signed() + "  " + m.Reason) })
	c.print()
	return err
}

func (c *call) shiftIn() error  { return c.shiftCash(data.CashIn) }
func (c *call) shiftOut() error { return c.shiftCash(data.CashOut) }

// parseCounts reads "100x6 50x5 0.5x7": how many notes and coins of which value
// in yuan.
func parseCounts(s string) ([]data.Count, bool) {
	list := []data.Count{}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		value, number, ok := strings.Cut(strings.ReplaceAll(word, "×", "x"), "x")
		v, err1 := payment.ParseAmount(value)
		n, err2 := strconv.ParseInt(number, 10, 64)
		if !ok || err1 != nil || err2 != nil || v <= 0 || n < 0 {
			return nil, false
		}
		list = append(list, data.Count{Value: v, Number: n})
	}
	return list, len(list) > 0
}

// checkShift checks the values of shift commands.
func checkShift(l line) error {
	if text := l.flags["number"]; text != "" {
		if n, err := strconv.ParseInt(text, 10, 64); err != nil || n < 1 {
			return usage("ctl.usage.number", "value", shown(text))
		}
	}
	if text := l.flags["count"]; text != "" {
		if _, ok := parseCounts(text); !ok {
			return usage("ctl.usage.count", "value", shown(text))
		}
	}
	for _, flag := range []string{"float", "taken"} {
		if text := l.flags[flag]; text != "" {
			if a, err := payment.ParseAmount(text); err != nil || a > payment.MaxAmount {
				return usage("ctl.usage.amount_or_none", "flag", "--"+flag, "value", shown(text))
			}
		}
	}
	return nil
}
