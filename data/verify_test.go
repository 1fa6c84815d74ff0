package data

import "testing"

func TestVerifyFindsNothingInASoundLedger(t *testing.T) {
	s := newShop(t)
	for range 3 {
		s.paid(1250)
	}
	s.start(s.notes(800, 1000))
	r, err := s.Verify(ctx, nil)
	if err != nil || !r.Good() {
		t.Fatalf("%+v %v", r, err)
	}
	t.Logf("%+v", r)
}
