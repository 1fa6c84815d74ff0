package data

import (
	"errors"
	"maps"
	"testing"
)

func TestSettings(t *testing.T) {
	s := newShop(t)
	if value, ok, err := s.Setting(ctx, "shop.name"); ok || value != "" || err != nil {
		t.Fatalf("%q %v %v", value, ok, err)
	}
	for _, value := range []string{"小店", "小店", "", "大店"} {
		if err := s.SetSetting(ctx, "shop.name", value); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := s.Setting(ctx, "shop.name"); !ok || got != value || err != nil {
			t.Fatalf("%q %v %v", got, ok, err)
		}
	}
	if err := s.SetSetting(ctx, "till.limit", "50000"); err != nil {
		t.Fatal(err)
	}
	list, err := s.Settings(ctx)
	if err != nil || !maps.Equal(list, map[string]string{"shop.name": "大店", "till.limit": "50000"}) {
		t.Fatalf("%v %v", list, err)
	}
	// Four changes, and the journal tells which keys, not which values.
	if r := s.mustVerify(); r.Rows != 4 {
		t.Fatalf("%d journal rows", r.Rows)
	}
	if rows := s.journalRows(); rows[0].kind != journalSetting || rows[0].detail != "shop.name" {
		t.Fatalf("%+v", rows[0])
	}
	if err := s.SetSetting(ctx, "", "x"); !errors.Is(err, ErrInvalid) {
		t.Fatalf("no key: %v", err)
	}
}

func TestTheOwner(t *testing.T) {
	s := newShop(t)
	if p, err := s.Owner(ctx); err != nil || p != (Staff{ID: OwnerID, Name: "店主", Role: "owner"}) {
		t.Fatalf("%+v %v", p, err)
	}
	name := "王"
	if p, err := s.ChangePerson(ctx, OwnerID, PersonChange{Name: &name}, OwnerID); err != nil || p.Name != name {
		t.Fatalf("%+v %v", p, err)
	}
	if sale, _ := s.paid(100); sale.Staff.Name != name {
		t.Fatalf("%+v", sale.Staff)
	}
	s.mustVerify()
}

func TestActs(t *testing.T) {
	s := newShop(t)
	if seq, hash, err := s.Head(ctx); seq != 0 || hash != "" || err != nil {
		t.Fatalf("%d %q %v", seq, hash, err)
	}
	if err := s.RecordAct(ctx, "drawer", "no sale", 0, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.RecordAct(ctx, "cash_in", "float", 20000, OwnerID); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"", journalPaid, journalRestored} {
		if err := s.RecordAct(ctx, kind, "", 0, 0); !errors.Is(err, ErrInvalid) {
			t.Errorf("kind %q: %v", kind, err)
		}
	}
	r := s.mustVerify()
	seq, hash, err := s.Head(ctx)
	if err != nil || seq != 2 || r.Seq != 2 || hash != r.Hash || len(hash) != 64 {
		t.Fatalf("%d %q %v %+v", seq, hash, err, r)
	}
	// No money moved.
	if totals, err := s.DayTotals(ctx, s.Today()); err != nil || totals != (Totals{}) {
		t.Fatalf("%+v %v", totals, err)
	}
}
