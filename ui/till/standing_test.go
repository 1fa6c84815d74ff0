package till

import (
	"errors"
	"testing"

	"frontdesk/app"
)

func typed(keys string) func(*app.Entry) {
	return func(e *app.Entry) {
		for _, r := range keys {
			e.Type(r)
		}
	}
}

func TestOneAmountIsOneDraft(t *testing.T) {
	var s standing
	s.Edit(typed("12"))
	first := s.charge(0, "note")
	if again := s.charge(5, "other"); again.Draft != first.Draft || again.Remark != "note" {
		t.Errorf("the same amount was charged as %+v and %+v", first, again)
	}

	s.Begun(errors.New("refused")) // nothing came of it: the amount may still be corrected
	s.Edit(typed(".5"))
	corrected := s.charge(0, "")
	if corrected.Draft != first.Draft || corrected.Amount != 12_50 {
		t.Errorf("a refused amount became %+v", corrected)
	}

	s.tried = true // a sale came of it
	s.Begun(errors.New("refused"))
	if kept := s.charge(0, ""); kept.Draft != first.Draft || kept.Amount != 12_50 {
		t.Errorf("a refusal changed a sale: %+v", kept)
	}
	s.Edit(func(*app.Entry) {}) // no change
	if same := s.charge(0, ""); same.Draft != first.Draft {
		t.Error("an edit without effect began a new sale")
	}
	s.Edit(typed("+1"))
	if other := s.charge(0, ""); other.Draft == first.Draft || other.Amount != 13_50 {
		t.Errorf("another amount belongs to the old sale: %+v", other)
	}

	s.tried, s.left = true, 3_50
	if s.Edit(typed("9")); s.Due() != 3_50 || s.entry.Amount() != 13_50 {
		t.Error("an amount that is paid in part could be changed")
	}
	s.clear()
	s.Edit(typed("12"))
	if next := s.charge(0, ""); next.Draft == first.Draft {
		t.Error("the next customer got the last one's draft")
	}
}
