package shift

import (
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/data"
	"frontdesk/ui/kit"
	"frontdesk/ui/kit/screens"
	"frontdesk/ui/screen/screentest"
)

// counting is the picture's count, with one kind still missing.
func counting(w *world) { w.count("6", "5", "12", "8", "9", "23", "7") }

// short is a count with 8 yuan too little.
func short(w *world) {
	w.count("6", "5", "12", "8", "9", "15", "7")
	w.submit()
}

func handing(w *world) {
	w.exact()
	w.Type("741.50")
	w.next()
}

// ended hands the shift over to somebody.
func ended(w *world) {
	handing(w)
	w.Tap("陈静")
	w.Type(screentest.OtherPIN)
	w.Press(fyne.KeyReturn)
	w.Until("it is over", func() bool { return w.s.at == stageDone })
}

func moving(w *world) {
	MoveCash(w.Desk, func() {})
	w.Shows(w.T("cash.move.title"))
	w.Rendered()
	w.Type("300")
	w.Tap(w.T("cash.out.bank"))
}

var scenes = []struct {
	name          string
	width, height float32
	begin         bool // the hand-over is in the window
	play          func(w *world)
}{
	{"14-count", 1280, 800, true, counting},
	{"14-count-728", 1280, 728, true, counting},
	{"14-count-practice-728", 1280, 676, true, counting},
	{"14-count-1920", 1920, 1080, true, counting},
	{"14-count-sure", 1280, 800, false, func(w *world) { w.trusted().begin(1280, 800); counting(w); w.Tap(w.T("shift.uncount")) }},
	{"14-count-leave", 1280, 800, true, func(w *world) { counting(w); w.Press(fyne.KeyEscape) }},
	{"14-check-right", 1280, 800, true, func(w *world) { w.exact() }},
	{"14-check-short", 1280, 800, true, short},
	{"14-check-short-728", 1280, 728, true, short},
	{"14-check-short-practice-728", 1280, 676, true, func(w *world) { short(w); w.s.goOn() }},
	{"14-check-over", 1280, 800, true, func(w *world) { w.count("6", "5", "12", "8", "9", "26", "7"); w.submit(); w.Type("2000") }},
	{"14-hand", 1280, 800, true, func(w *world) { handing(w); w.Tap("陈静"); w.Type("505") }},
	{"14-hand-728", 1280, 728, true, func(w *world) { handing(w); w.Tap(w.T("shift.nobody")) }},
	{"14-hand-1920", 1920, 1080, true, handing},
	{"14-hand-uncounted", 1280, 800, false, func(w *world) {
		w.trusted().begin(1280, 800)
		w.Tap(w.T("shift.uncount"))
		w.Press(fyne.KeyReturn)
		w.Settle()
	}},
	{"14-done", 1280, 800, true, ended},
	{"14-open-dialog", 1280, 800, false, func(w *world) { Open(w.Desk, func() {}); w.Shows(w.T("shift.open.title")); w.Rendered(); w.Type("500") }},
	{"14-open-counted-728", 1280, 728, false, func(w *world) {
		Open(w.Desk, func() {})
		w.Shows(w.T("shift.open.title"))
		w.Rendered()
		find(w, func(*kit.Segment) bool { return true }).TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		w.Rendered()
		w.Type("3")
	}},
	{"14-cash", 1280, 800, false, moving},
	{"14-cash-other-728", 1280, 728, false, func(w *world) { moving(w); w.Tap(w.T("cash.out.other")); w.Type("修空调") }},
	{"14-count-others", 1280, 800, false, func(w *world) { w.SignIn(w.Crew.Other, screentest.OtherPIN); w.begin(1280, 800) }},
	{"14-count-refused-728", 1280, 728, false, func(w *world) {
		w.Crew.Change(w, w.Crew.Manager, data.PersonChange{Active: new(bool)})
		w.SignIn(w.Crew.Other, screentest.OtherPIN)
		w.begin(1280, 728)
	}},
	{"14-none", 1280, 800, true, nil},
}

// TestScreens draws every state when FRONTDESK_SCREENS names a folder; otherwise it
// goes through each once, in one of the languages. Nothing may be cut off, covered
// or without words, and everything comes to rest.
func TestScreens(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	for i, sc := range scenes {
		for k, language := range []lang.Language{lang.Chinese, lang.English} {
			for mode, look := range map[kit.Mode]string{kit.Light: "light", kit.Dark: "dark"} {
				if dir == "" && (mode == kit.Dark || k != i%2) || mode == kit.Dark && language == lang.English {
					continue
				}
				name := fmt.Sprintf("shift-%s-%s-%s", sc.name, language, look)
				t.Run(name, func(t *testing.T) {
					w := newWorld(t, language, mode)
					switch {
					case sc.play == nil:
						w.SignIn(w.Crew.Clerk, screentest.ClerkPIN)
					case sc.name == "14-open-dialog" || sc.name == "14-open-counted-728":
						w.SignIn(w.Crew.Clerk, screentest.ClerkPIN)
					default:
						w.morning().leaveOpen(99_00)
					}
					w.Win.Resize(fyne.NewSize(sc.width, sc.height))
					if sc.begin {
						w.begin(sc.width, sc.height)
					}
					if sc.play != nil {
						sc.play(w)
					}
					w.Settle()
					if dir != "" {
						screentest.Keep(t, w.Win, dir, name)
					}
					w.Faults()
					for _, o := range append(w.Win.Canvas().Overlays().List(), w.Win.Content()) {
						screens.Restless(o) // what was never in sight is measured for the first time
						for _, change := range screens.Restless(o) {
							t.Error(change)
						}
					}
				})
			}
		}
	}
}

// The same in the hands of a manager, who may look before the count, and of
// somebody whose shift it is not.
func TestScreensOfOthers(t *testing.T) {
	dir := os.Getenv("FRONTDESK_SCREENS")
	for name, who := range map[string]func(w *world){
		"14-peek":         func(w *world) { w.SignIn(w.Crew.Manager, screentest.ManagerPIN) },
		"14-someone-else": func(w *world) { w.SignIn(w.Crew.Other, screentest.OtherPIN) },
	} {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			t.Run(name+"-"+string(language), func(t *testing.T) {
				w := newWorld(t, language, kit.Light).morning()
				who(w)
				w.begin(1280, 728)
				if name == "14-someone-else" {
					w.exact().next()
					w.Tap(w.T("shift.self"))
				}
				w.Settle()
				if dir != "" {
					screentest.Keep(t, w.Win, dir, "shift-"+name+"-"+string(language))
				}
				w.Faults()
			})
		}
	}
}
