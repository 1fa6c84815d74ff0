package data

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"frontdesk/payment"
)

// daysLeft are the days without a Z report.
func (s *shop) daysLeft() []Day {
	s.tb.Helper()
	days, err := s.DaysWithoutZ(ctx)
	if err != nil {
		s.tb.Fatal(err)
	}
	return days
}

// endDay makes the Z report of a day, which must succeed.
func (s *shop) endDay(day Day) Z {
	s.tb.Helper()
	z, err := s.MakeDayZ(ctx, day, 0, true)
	if err != nil {
		s.tb.Fatalf("Z report of %s: %v", day, err)
	}
	return z
}

func TestTheZReportOfADay(t *testing.T) {
	s := newShop(t)
	_, tender := s.paid(1000)
	s.refund(tender.ID, 100)
	if _, err := s.MakeDayZ(ctx, "2026-11-21", 0, false); !errors.Is(err, ErrDayNotOver) {
		t.Fatalf("a day that goes on: %v", err)
	}
	if left := s.daysLeft(); len(left) != 0 {
		t.Fatalf("%v", left)
	}
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	if left := s.daysLeft(); !slices.Equal(left, []Day{"2026-11-21"}) {
		t.Fatalf("%v", left)
	}
	seq, hash, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	z := s.endDay("2026-11-21")
	if z.Kind != ReportDay || z.Number != 1 || z.Staff.ID != 0 || z.Report.HeadSeq != seq || z.Report.HeadHash != hash || z.Report.Total.Trade != 1000 || !z.MadeAt.Equal(s.clock.at) {
		t.Fatalf("%+v", z)
	}
	// Made once, read for ever: by its id, its day, in a list, and after a restart.
	s.reopen()
	again, err := s.MakeDayZ(ctx, "2026-11-21", OwnerID, true)
	if err != nil || !reflect.DeepEqual(again, z) {
		t.Fatalf("%+v %v", again, err)
	}
	one, err := s.Z(ctx, z.ID)
	ofDay, ok, err2 := s.ZOfDay(ctx, "2026-11-21")
	list, err3 := s.Zs(ctx, "2026-11-21", "2026-11-22")
	if errors.Join(err, err2, err3) != nil || !ok || !reflect.DeepEqual(one, z) || !reflect.DeepEqual(ofDay, z) || len(list) != 1 || !reflect.DeepEqual(list[0], z) {
		t.Fatalf("%+v %+v %+v, %v %v %v", one, ofDay, list, err, err2, err3)
	}
	if _, ok, err := s.ZOfDay(ctx, "2026-11-22"); ok || err != nil {
		t.Fatalf("%v %v", ok, err)
	}
	if _, ok, err := s.ZOfShift(ctx, 1); ok || err != nil {
		t.Fatalf("the Z report of an open shift: %v %v", ok, err)
	}
	if _, err := s.Z(ctx, 9); !errors.Is(err, ErrNotFound) {
		t.Fatalf("no such report: %v", err)
	}
	s.mustVerify()
}

// Numbers follow the days: none is left out, and none is put in between.
func TestZReportsFollowTheDays(t *testing.T) {
	s := newShop(t)
	day := func(n int) Day { return Day("2026-11-21").Plus(n) }
	s.paid(100)
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	s.paid(100) // nothing happened on the day between
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	_, open := s.start(s.scan(100)) // a day that knows nothing yet
	s.clock.at = s.clock.at.Add(48 * time.Hour)
	if left := s.daysLeft(); !slices.Equal(left, []Day{day(0), day(2), day(3)}) {
		t.Fatalf("%v", left)
	}
	var earlier *EarlierDayError
	if _, err := s.MakeDayZ(ctx, day(2), 0, false); !errors.As(err, &earlier) || earlier.Day != day(0) {
		t.Fatalf("the first day left out: %v", err)
	}
	if z := s.endDay(day(0)); z.Number != 1 {
		t.Fatalf("%+v", z)
	}
	if z := s.endDay(day(1)); z.Number != 2 || z.Report.Total != (Figures{}) { // who wants one may have it
		t.Fatalf("%+v", z)
	}
	if z := s.endDay(day(2)); z.Number != 3 {
		t.Fatalf("%+v", z)
	}
	if z := s.endDay(day(3)); z.Number != 4 || z.Report.Open.Payments != 1 {
		t.Fatalf("%+v", z)
	}
	// What is settled now counts on its day, and makes no day new.
	s.move(open.ID, Move{To: payment.StatePaid})
	if left := s.daysLeft(); len(left) != 0 {
		t.Fatalf("%v", left)
	}
	s.paid(100)
	s.clock.at = s.clock.at.Add(72 * time.Hour)
	s.endDay(day(5))
	var later *LaterDayError
	if _, err := s.MakeDayZ(ctx, day(4), 0, false); !errors.As(err, &later) || later.Day != day(5) {
		t.Fatalf("a day in between: %v", err)
	}
	for name, bad := range map[string]Day{"before the ledger": day(-1), "no day": "2026-13-01", "nothing": ""} {
		if _, err := s.MakeDayZ(ctx, bad, 0, false); !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrLaterDay) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.MakeDayZ(ctx, day(6), 99, false); !errors.Is(err, ErrNotFound) {
		t.Errorf("made by nobody: %v", err)
	}
	s.mustVerify()
}

// A clock that ran a year ahead for a night closed a day that has not come. The
// days of the right clock are closed all the same, and that one stays as it is.
func TestADayOfTheFutureHoldsNoOtherUp(t *testing.T) {
	s := newShop(t)
	right := s.clock.at
	s.paid(100)
	s.clock.at = right.AddDate(1, 0, 0)
	s.paid(200)
	s.clock.at = s.clock.at.AddDate(0, 0, 1)
	if left := s.daysLeft(); !slices.Equal(left, []Day{"2026-11-21", "2027-11-21"}) {
		t.Fatalf("%v", left)
	}
	s.endDay("2026-11-21")
	s.endDay("2027-11-21")

	s.clock.at = right.AddDate(0, 0, 1)
	s.paid(300)
	s.clock.at = right.AddDate(0, 0, 2)
	if left := s.daysLeft(); !slices.Equal(left, []Day{"2026-11-22"}) {
		t.Fatalf("back at the right time: %v", left)
	}
	if z := s.endDay("2026-11-22"); z.Number != 3 || z.Report.Total.Trade != 300 {
		t.Fatalf("%+v", z)
	}
	s.mustVerify()

	s.clock.at = right.AddDate(1, 0, 1) // the day that was closed has come and gone
	if left := s.daysLeft(); len(left) != 0 {
		t.Fatalf("a year later: %v", left)
	}
	if z := s.endDay("2027-11-21"); z.Number != 2 {
		t.Fatalf("closed again: %+v", z)
	}
	s.paid(400)
	s.clock.at = right.AddDate(1, 0, 2)
	if z := s.endDay("2027-11-22"); z.Number != 4 {
		t.Fatalf("%+v", z)
	}
	s.mustVerify()
}

// Each way in which a day can have been a business day is enough.
func TestDaysOnWhichSomethingHappened(t *testing.T) {
	for name, act := range map[string]func(s *shop){
		"a sale without money":       func(s *shop) { _, a := s.start(s.scan(100)); s.move(a.ID, Move{To: payment.StateFailed}) },
		"a deposit":                  func(s *shop) { s.take(s.byCode(100)) },
		"cash":                       func(s *shop) { s.cash(100, 0) },
		"a shift that was opened":    func(s *shop) { s.openShift(Person{Staff: Staff{ID: OwnerID}}, 0) },
		"a refund that is under way": func(s *shop) { s.refund(1, 100) },
		"a step that is under way":   func(s *shop) { s.begin(s.release(Deposit{ID: 51000001}, 100)) },
		"a shift that was closed":    func(s *shop) { s.closeShift(CloseShift{ShiftID: 1}) },
		"a try that is under way": func(s *shop) {
			n := s.scan(100)
			n.SaleID = 1000002
			s.start(n)
		},
	} {
		s := newShop(t)
		s.paid(1000)
		s.held(1000)
		part := s.scan(1000)
		part.Amount = 500
		_, half := s.start(part)
		s.move(half.ID, Move{To: payment.StateFailed})
		if name == "a shift that was opened" {
			s.closeShift(CloseShift{ShiftID: 1})
		}
		s.clock.at = s.clock.at.Add(24 * time.Hour)
		s.endDay("2026-11-21")
		act(s)
		s.clock.at = s.clock.at.Add(24 * time.Hour)
		if left := s.daysLeft(); !slices.Equal(left, []Day{"2026-11-22"}) {
			t.Errorf("%s: %v", name, left)
		}
	}
}

// Z reports are asked for from the day on which the ledger became one that has
// them.
func TestNoZReportsOfOldDays(t *testing.T) {
	s := openGolden(t, goldenV2)
	if left := s.daysLeft(); len(left) != 0 {
		t.Fatalf("%v", left)
	}
	s.clock.at = s.clock.at.Add(72 * time.Hour)
	today := s.Today()
	for _, day := range s.daysLeft() {
		if day < "2026-11-21" {
			t.Fatalf("%s", day)
		}
	}
	s.paid(100)
	s.clock.at = s.clock.at.Add(24 * time.Hour)
	for _, day := range s.daysLeft() {
		s.endDay(day)
	}
	if z, ok, err := s.ZOfDay(ctx, today); err != nil || !ok || z.Report.Total.Trade != 100 {
		t.Fatalf("%+v %v %v", z, ok, err)
	}
	s.mustVerify()
}

func TestReportsOnPaper(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	s.noPaper()
	r := s.report(Cut{ShiftID: 1})
	if _, err := s.AddXPrint(ctx, r); err != nil {
		t.Fatal(err)
	}
	s.paid(100) // the printer was asleep: it prints what was asked for
	s.noPaper(PrintX)
	x := s.nextPaper()
	if x.Kind != PrintX || x.Report == nil || !reflect.DeepEqual(*x.Report, r) || x.Copy || x.ZID != 0 {
		t.Fatalf("%+v", x)
	}
	_, z, _ := s.closeShift(CloseShift{ShiftID: 1, Print: true})
	own := s.nextPaper()
	if own.Kind != PrintZ || own.ZID != z.ID || own.Copy || own.Report != nil || own.Drawer {
		t.Fatalf("%+v", own)
	}
	for range 2 {
		if p, err := s.AddZPrint(ctx, z.ID); err != nil || p.ZID != z.ID || !p.Copy {
			t.Fatalf("%+v %v", p, err)
		}
		if copy := s.nextPaper(); copy.ZID != z.ID || !copy.Copy {
			t.Fatalf("%+v", copy)
		}
	}
	if _, err := s.AddZPrint(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Fatalf("no such report: %v", err)
	}
	for _, kind := range []PrintKind{PrintX, PrintZ} {
		if _, err := s.AddPrint(ctx, kind, 0, 0, false); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s of nothing: %v", kind, err)
		}
	}
	s.mustVerify()
}

// nextPaper prints the next job.
func (s *shop) nextPaper() PrintJob {
	s.tb.Helper()
	p, ok, err := s.NextPrint(ctx, s.clock.at)
	if err != nil || !ok {
		s.tb.Fatalf("no paper: %v", err)
	}
	if err := s.EndPrint(ctx, p.ID, PrintDone, "", time.Time{}); err != nil {
		s.tb.Fatal(err)
	}
	return p
}

// noPaper prints what waits before the first job of a kind.
func (s *shop) noPaper(until ...PrintKind) {
	s.tb.Helper()
	err := s.change(ctx, func(x *tx) error {
		kind := "none"
		if len(until) > 0 {
			kind = string(until[0])
		}
		return second(x.exec("UPDATE print_jobs SET state = 'done' WHERE kind <> ?", kind))
	})
	if err != nil {
		s.tb.Fatal(err)
	}
}

// What no fault of the program may write, the tables refuse by themselves.
func TestTheTablesOfShiftsRefuse(t *testing.T) {
	s := newShop(t)
	s.cash(100, 0)
	s.closeShift(CloseShift{ShiftID: 1, HandTo: OwnerID})
	for _, statement := range []string{
		"DELETE FROM shifts", "UPDATE shifts SET counted = 5 WHERE id = 1", "UPDATE shifts SET state = 'open' WHERE id = 1", "UPDATE shifts SET float = 5 WHERE id = 2",
		"UPDATE shifts SET staff_id = 1 WHERE id = 2", "UPDATE shifts SET taken = 1 WHERE id = 2",
		"INSERT INTO shifts SELECT 3, '', name, staff_id, day, opened_at, float, notes, auto, 'open', 0, 0, 0, 0, 0, '', 0, '' FROM shifts WHERE id = 2",
		"DELETE FROM cash_moves", "UPDATE cash_moves SET amount = 1", "INSERT INTO cash_moves SELECT 9, 'i', 'in', 2, day, 1, 1, 0, -5, 'x' FROM cash_moves WHERE id = 1",
		"INSERT INTO cash_moves SELECT 9, 'i', 'out', 2, day, 1, 1, 0, 5, 'x' FROM cash_moves WHERE id = 1",
		"DELETE FROM z_reports", "UPDATE z_reports SET content = 'x'",
		"INSERT INTO z_reports SELECT 9, kind, 3, day, 2, 1, 1, 1, head_hash, 'x' FROM z_reports WHERE id = 1",
		"INSERT INTO z_reports SELECT 9, 'day', 1, day, 2, 1, 1, 1, head_hash, 'x' FROM z_reports WHERE id = 1",
		"UPDATE tenders SET shift_id = 9", "UPDATE refunds SET shift_id = 9", "UPDATE deposits SET shift_id = 9", "UPDATE steps SET shift_id = 9",
		"INSERT INTO print_jobs (kind, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content) VALUES ('z', 0, 'queued', 0, 0, 0, 0, 0, '', '')",
		"INSERT INTO print_jobs (kind, copy, state, tries, drawer, created_at, not_before, ended_at, last_error, content) VALUES ('x', 0, 'queued', 0, 0, 0, 0, 0, '', '')",
	} {
		err := s.change(ctx, func(x *tx) error {
			r, err := x.exec(statement)
			if err != nil {
				return err
			}
			if n, _ := r.RowsAffected(); n == 0 {
				return ErrInvalid // nothing to change it in
			}
			return errors.New("it fits")
		})
		if KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", statement, err)
		}
	}
	s.mustVerify()
}
