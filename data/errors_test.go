package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"frontdesk/assets/lang"
)

func TestEveryErrorHasItsSentence(t *testing.T) {
	samples := map[Kind]error{
		KindOpenTender: &OpenTenderError{Tender: Tender{ReceiptNo: "01000001"}}, KindTooMuch: &TooMuchError{Left: 1250},
		KindRefund: &RefundTooMuchError{Left: 1250}, KindHold: &HoldTooMuchError{Left: 1250}, KindOpenStep: &OpenStepError{Step: Step{ReceiptNo: "51000001"}},
		KindProblems:    &ProblemsError{Report: VerifyReport{Problems: make([]Problem, 3)}},
		KindDrawerShort: &DrawerShortError{Left: 1250}, KindEarlierDay: &EarlierDayError{Day: "2026-11-20"}, KindLaterDay: &LaterDayError{Day: "2026-11-20"},
		KindLocked: &LockedError{Holder: Holder{PID: 7, Host: "counter", Since: time.Now()}},
	}
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		words := lang.Load(language)
		for _, kind := range Kinds {
			key := "data.error." + string(kind)
			if !words.Has(key) {
				t.Errorf("%s: no sentence for %s", language, kind)
				continue
			}
			if text := words.T(key, Values(fmt.Errorf("somewhere: %w", samples[kind]))...); strings.ContainsAny(text, "{}") {
				t.Errorf("%s: %s is left with a blank: %s", language, kind, text)
			}
		}
		for _, kind := range ProblemKinds {
			if !words.Has("data.problem." + string(kind)) {
				t.Errorf("%s: no words for the problem %s", language, kind)
			}
		}
	}
	for kind, err := range samples {
		if KindOf(fmt.Errorf("somewhere: %w", err)) != kind {
			t.Errorf("%v is of kind %s, want %s", err, KindOf(err), kind)
		}
	}
}

func TestKindOf(t *testing.T) {
	for want, err := range map[Kind]error{
		"": nil, KindInternal: errors.New("elsewhere"), KindInterrupted: fmt.Errorf("x: %w", context.Canceled),
		KindDamaged: fmt.Errorf("x: %w", ErrDamaged.because("y")),
	} {
		if got := KindOf(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
	if errors.Is(ErrDamaged.because("x"), ErrDiskFull) || !errors.Is(ErrDamaged.because("x"), ErrDamaged) {
		t.Error("errors of different kinds are equal, or equal ones are not")
	}
	cause := &fs.PathError{Op: "open", Path: "x", Err: os.ErrPermission}
	if err := explain(cause, ""); !errors.Is(err, ErrMissing) || !errors.Is(err, os.ErrPermission) {
		t.Errorf("%v", err)
	}
}
