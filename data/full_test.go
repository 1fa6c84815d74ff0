package data

import (
	"errors"
	"testing"

	"frontdesk/payment"
)

// sellUntil sells until the disk is full, and returns how often it could.
func (s *shop) sellUntilFull() (sold int) {
	s.tb.Helper()
	for range 20000 {
		_, tender, _, err := s.StartTender(ctx, s.scan(100))
		if err == nil {
			_, _, _, err = s.MoveTender(ctx, tender.ID, Move{To: payment.StatePaid, TradeNo: "T"})
		}
		if errors.Is(err, ErrDiskFull) {
			return sold
		}
		if err != nil {
			s.tb.Fatalf("after %d sales: %v (%s)", sold, err, KindOf(err))
		}
		sold++
	}
	s.tb.Fatal("the disk does not get full")
	return 0
}

// A full disk refuses a write and spoils nothing; with space freed, the same
// ledger goes on.
func TestAFullDisk(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	if err := s.write.script("PRAGMA max_page_count = 60"); err != nil {
		t.Fatal(err)
	}
	sold := s.sellUntilFull()
	s.mustVerify()
	for range 3 {
		s.sellUntilFull()
	}
	if err := s.write.script("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	s.paid(200)
	s.mustVerify()
	open, err := s.OpenTenders(ctx)
	if err != nil || len(open) > 4 {
		t.Fatalf("%d open tenders after %d sales, %v", len(open), sold, err)
	}
	for _, tender := range open { // those whose answer could not be written
		s.move(tender.ID, Move{To: payment.StateClosed})
	}
	s.reopen()
	s.mustVerify()
}

func TestFreeSpace(t *testing.T) {
	if free, err := FreeSpace(t.TempDir()); err != nil || free == 0 {
		t.Fatalf("%d %v", free, err)
	}
	if _, err := FreeSpace(t.TempDir() + "/none"); err == nil {
		t.Fatal("free space of a folder that is not there")
	}
}
