package data

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

// passes is the filter as a person would apply it.
func (f DepositFilter) passes(d DepositDetail) bool {
	return (f.State == "" || d.State == f.State) && (!f.Held || d.Left() > 0) && (f.Channel == "" || d.Channel == f.Channel) &&
		(f.From == "" || d.Day >= f.From) && (f.To == "" || d.Day <= f.To) && (f.Room == "" || d.Room == f.Room) && (f.Text == "" || f.finds(d))
}

func (f DepositFilter) finds(d DepositDetail) bool {
	part := strings.ToLower(f.Text)
	in := func(texts ...string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), part) })
	}
	plain := strings.NewReplacer(" ", "", "-", "").Replace
	phone := plain(part) != "" && !strings.ContainsFunc(plain(part), func(r rune) bool { return !strings.ContainsRune("+0123456789", r) })
	if in(d.Room, d.Guest, d.Remark) || strings.HasSuffix(d.ReceiptNo, part) || (phone && strings.Contains(plain(d.Phone), plain(part))) {
		return true
	}
	if len([]rune(part)) < 6 {
		return false
	}
	return in(d.OutOrderNo, d.AuthNo) || slices.ContainsFunc(d.Steps, func(s Step) bool { return in(s.Number, s.TradeNo) })
}

func sumsOf(list []DepositDetail) (s DepositSums) {
	for _, d := range list {
		s.Rows++
		s.Open += int(number(d.Left() > 0))
		s.Unknown += int(number(d.State == DepositUnknown))
		s.Held, s.Captured, s.Released, s.Refunded, s.Left = s.Held+d.Held, s.Captured+d.Captured, s.Released+d.Released, s.Refunded+d.Refunded, s.Left+d.Left()
	}
	return s
}

func TestEveryDepositFilter(t *testing.T) {
	r := newReceptionist(newShop(t), 42)
	for range 900 {
		r.act()
	}
	var everything []DepositDetail // oldest first
	for _, id := range r.ids {
		everything = append(everything, r.depositDetail(id))
	}
	slices.SortFunc(everything, func(a, b DepositDetail) int {
		if n := strings.Compare(string(a.Day), string(b.Day)); n != 0 {
			return n
		}
		return int(a.ID - b.ID)
	})
	some, late := everything[len(everything)/3], everything[len(everything)/2]
	for name, f := range map[string]DepositFilter{
		"all":                    {},
		"held":                   {Held: true},
		"held, oldest first":     {Held: true, OldestFirst: true},
		"a day":                  {From: some.Day, To: some.Day},
		"from a day":             {From: some.Day, OldestFirst: true},
		"to a day":               {To: some.Day},
		"held of days":           {Held: true, From: some.Day, To: late.Day},
		"pending":                {State: DepositPending},
		"unknown":                {State: DepositUnknown},
		"state held":             {State: DepositHeld},
		"captured":               {State: DepositCaptured},
		"released":               {State: DepositReleased},
		"failed of days":         {State: DepositFailed, From: some.Day},
		"cash":                   {Channel: payment.Cash},
		"held cash":              {Channel: payment.Cash, Held: true},
		"a room":                 {Room: some.Room},
		"a held room":            {Room: some.Room, Held: true},
		"part of a room":         {Room: some.Room[:2]},
		"a room as text":         {Text: some.Room},
		"a guest":                {Text: "王"},
		"a held guest":           {Text: "王", Held: true},
		"a guest in lower case":  {Text: "o'neil"},
		"a per cent sign":        {Text: "100%"},
		"an underscore":          {Text: "l_1"},
		"a phone":                {Text: "13912340066"},
		"a phone with gaps":      {Text: "139-1234", Held: true},
		"a gap":                  {Text: "-"},
		"a sign before a number": {Text: "-311"},
		"one digit":              {Text: "7"},
		"all digits of a number": {Text: "51000009", Held: true},
		"a remark":               {Text: "高层"},
		"the end of a receipt":   {Text: some.ReceiptNo[5:]},
		"a receipt":              {Text: some.ReceiptNo},
		"an order":               {Text: some.OutOrderNo},
		"part of an order":       {Text: strings.ToLower(some.OutOrderNo[10:20])},
		"part of one, of a held": {Text: late.OutOrderNo[10:20], Held: true},
		"too little of an order": {Text: some.OutOrderNo[:4]},
		"channel numbers":        {Text: "a51000"},
		"steps":                  {Text: some.OutOrderNo[10:] + "U00"},
		"nothing has it":         {Text: "does not exist"},
		"all at once":            {Held: true, State: DepositHeld, Channel: payment.Alipay, From: some.Day, Room: some.Room, Text: "0", OldestFirst: true},
	} {
		want := slices.DeleteFunc(slices.Clone(everything), func(d DepositDetail) bool { return !f.passes(d) })
		if !f.OldestFirst {
			slices.Reverse(want)
		}
		f.Limit = len(everything)
		rows, sums, err := r.Deposits(ctx, f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.EqualFunc(rows, want, func(a Deposit, b DepositDetail) bool { return a == b.Deposit }) {
			t.Errorf("%s: %d rows, want %d", name, len(rows), len(want))
		}
		if sum := sumsOf(want); sums != sum {
			t.Errorf("%s: sums %+v, want %+v", name, sums, sum)
		}
		// The same, page by page.
		var pages []Deposit
		f.Limit = 7
		for f.Offset = 0; f.Offset < len(want); f.Offset += 7 {
			page, _, err := r.Deposits(ctx, f)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			pages = append(pages, page...)
		}
		if !slices.Equal(pages, rows) {
			t.Errorf("%s: pages of 7 hold %d rows, want %d", name, len(pages), len(rows))
		}
	}
}

func TestFindDeposit(t *testing.T) {
	s := newShop(t)
	sale, _ := s.paid(100)
	d := s.held(1000)
	other := s.held(2000)
	_, capture := s.done(s.capture(d, 100, false))
	_, release := s.done(s.release(d, 100))
	back := s.begin(s.giveBack(capture, 50))
	for name, text := range map[string]string{
		"receipt": d.ReceiptNo, "order": d.OutOrderNo, "request": d.RequestNo, "the channel's": d.AuthNo, "the hold's": d.HoldID,
		"capture": capture.Number, "trade": capture.TradeNo, "release": release.Number, "refund": back.Number,
	} {
		found, err := s.FindDeposit(ctx, text)
		if err != nil || found.Deposit != s.depositDetail(d.ID).Deposit || len(found.Steps) != 3 {
			t.Errorf("by %s: %+v %v", name, found.Deposit, err)
		}
	}
	for name, text := range map[string]string{"nothing": "", "a sale": sale.ReceiptNo, "no such receipt": "51000009", "half a number": d.OutOrderNo[:20], "a guest": d.Guest} {
		if found, err := s.FindDeposit(ctx, text); !errors.Is(err, ErrNotFound) {
			t.Errorf("by %s: %+v %v", name, found.Deposit, err)
		}
	}
	for _, number := range []string{sale.ReceiptNo, "5100000", "x", "51000009"} {
		if _, err := s.Deposit(ctx, number); !errors.Is(err, ErrNotFound) {
			t.Errorf("deposit %s: %v", number, err)
		}
	}
	if got, err := s.Deposit(ctx, other.ReceiptNo); err != nil || got.Deposit != other {
		t.Errorf("%+v %v", got.Deposit, err)
	}
	// And sales are not found by what belongs to deposits.
	if _, err := s.FindSale(ctx, d.ReceiptNo); !errors.Is(err, ErrNotFound) {
		t.Errorf("a sale by the receipt of a deposit: %v", err)
	}
}

func TestDepositsOfARoom(t *testing.T) {
	s := newShop(t)
	first := s.held(1000)
	cash := s.inNotes(200, 200)
	cash.Room = first.Room
	second := s.take(cash)
	s.take(s.byCode(500)) // not held yet
	gone := s.held(300)
	s.done(s.release(gone, 300))
	other := s.byCode(100)
	other.Room = first.Room + "1"
	s.moveHeld(s.take(other).ID, HoldMove{To: payment.StatePaid})
	list, err := s.DepositsOfRoom(ctx, first.Room)
	if err != nil || !slices.Equal(list, []Deposit{first, second}) {
		t.Fatalf("%+v %v", list, err)
	}
	if list, err := s.DepositsOfRoom(ctx, "999"); err != nil || len(list) != 0 {
		t.Fatalf("%+v %v", list, err)
	}
}

func TestEndedHolds(t *testing.T) {
	s := newShop(t)
	for _, to := range []payment.State{payment.StateFailed, payment.StateClosed, payment.StateReversed, payment.StatePaid, payment.StatePending} {
		d := s.take(s.byCode(100))
		s.moveHeld(d.ID, HoldMove{To: to})
		s.clock.at = s.clock.at.Add(time.Minute)
	}
	s.take(s.inNotes(100, 100))
	numbers := func(after, before time.Duration) (list []string) {
		ended, err := s.EndedHolds(ctx, noon.Add(after), noon.Add(before))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ended {
			list = append(list, string(d.Hold))
		}
		return list
	}
	if got := fmt.Sprint(numbers(0, time.Hour)); got != "[failed closed]" {
		t.Errorf("in the hour: %s", got)
	}
	if got := fmt.Sprint(numbers(30*time.Second, time.Hour)); got != "[closed]" {
		t.Errorf("later in the hour: %s", got)
	}
	if got := numbers(-time.Hour, -time.Minute); len(got) != 0 {
		t.Errorf("before: %s", got)
	}
}
