package data

import (
	"testing"
	"time"
)

// The settings of SQLite are promises to the shop: this is where they are kept.
func TestHowSQLiteIsSetUp(t *testing.T) {
	s := newShop(t)
	for pragma, want := range map[string]int64{
		"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "fullfsync": 1, "checkpoint_fullfsync": 1, "busy_timeout": 5000,
		"trusted_schema": 0, "cell_size_check": 1, "wal_autocheckpoint": 4000,
	} {
		if got, err := one(s.write.source(), scanInt, "PRAGMA "+pragma); err != nil || got != want {
			t.Errorf("%s is %d, want %d, %v", pragma, got, want, err)
		}
	}
	if mode, err := one(s.write.source(), scanText, "PRAGMA journal_mode"); err != nil || mode != "wal" {
		t.Errorf("journal mode %s, %v", mode, err)
	}
	err := s.look(ctx, func(v snapshot) error {
		if got, err := one(v, scanInt, "PRAGMA query_only"); err != nil || got != 1 {
			t.Errorf("a reader may write: %d, %v", got, err)
		}
		_, err := v.tx.ExecContext(ctx, "DELETE FROM figures")
		return err
	})
	if KindOf(err) != KindReadOnly {
		t.Errorf("a reader writes: %v", err)
	}
}

// Nobody else writes while the folder is locked. Should it happen all the same,
// the first write after it is refused, and the next one goes on from the row
// that the other has written.
func TestSomebodyElseWrote(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	other, err := Open(s.path, Options{Key: testKey, Now: s.clock.now, HeadFile: s.path + ".head-other"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.RecordAct(ctx, "drawer", "", 0, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.RecordAct(ctx, "drawer", "", 0, 0); KindOf(err) != KindInvalid {
		t.Fatalf("the first write: %v", err)
	}
	if err := s.RecordAct(ctx, "drawer", "", 0, 0); err != nil {
		t.Fatalf("the second write: %v", err)
	}
	s.mustVerify()
}

func TestAPanicLeavesNothing(t *testing.T) {
	s := newShop(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is gone")
			}
		}()
		s.change(ctx, func(x *tx) error {
			storeSetting(x, "a", "1")
			panic("a fault of the program")
		})
	}()
	if _, ok, err := s.Setting(ctx, "a"); ok || err != nil {
		t.Fatalf("half a transaction is there: %v %v", ok, err)
	}
	s.paid(100)
	s.mustVerify()
}

func TestUseAfterClose(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, _, err := s.StartTender(ctx, s.scan(100)); err == nil {
		t.Error("a closed ledger sells")
	}
	if _, err := s.DayTotals(ctx, s.Today()); err == nil {
		t.Error("a closed ledger is read")
	}
}

// What the keeper writes does not wait for Close for ever.
func TestTheNoteFollowsTheJournal(t *testing.T) {
	s := newShop(t)
	s.paid(100)
	s.keep.note()
	n, err := readHeadNote(s.path + ".head")
	if err != nil || n.Seq != 2 || !n.sealed(testKey) {
		t.Fatalf("%+v %v", n, err)
	}
	s.clock.at = s.clock.at.Add(time.Minute)
	s.paid(100)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err = readHeadNote(s.path + ".head"); err != nil || n.Seq != 3 {
		t.Fatalf("%+v %v", n, err)
	}
	s.open()
}
