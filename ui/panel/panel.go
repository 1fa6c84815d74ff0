package panel

import (
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment"
	"frontdesk/ui/kit"
)

// Panel is what the right side shows in place of the list, in ready strings.
// What is empty is not drawn.
type Panel struct {
	Head kit.ResultHead

	QR     string // what the QR holds
	Choice Choice // above the QR

	Clock  Clock
	Figure Figure

	Lead  string   // the sentence that matters, bold
	Text  string   // what to do
	Rules []string // what to keep to: the first with a warning sign

	Timeline []kit.Event
	Facts    []kit.Fact

	Main    []Button // 72 high, side by side
	Second  []Button // below
	Caption string   // at the very bottom
}

// Choice is a row of words of which one holds. Without words it is not drawn.
type Choice struct {
	Words string // separated by line breaks, so that panels can be compared
	Index int
	Off   bool // it cannot be changed now
}

// Clock is a time that runs, with its bar.
type Clock struct {
	Label, Value string
	Large        bool    // the value is what to look at
	Done         float64 // part of the bar that is filled, 0 to 1
	Bar          kit.Token
	Left, Right  string // below the bar
}

// Figure is a large amount with its name: the change, what goes to the guest.
type Figure struct{ Name, Amount string }

// Button is something that the cashier can do about what the panel tells.
type Button struct {
	Word, Key string
	Icon      kit.Icon
	Kind      kit.ActionKind
	Do        Intent
	Off       bool
	Apart     bool // stands away from the others, at the right end
	Far       bool // and that far away: it undoes something
}

// Intent names what a button asks for. Each screen has its own.
type Intent int

// What the buttons of panels ask for. A screen's own intents begin with Own.
const (
	Cancel        Intent = iota + 1 // ask the channel to cancel
	AskCancel                       // the first of the two steps to cancel what is unknown
	KeepIt                          // back from the first step
	Park                            // put it aside; it goes on
	QueryNow                        // ask the channel at once
	SwitchToScan                    // cancel the QR and scan a pay code instead
	Back                            // to the list
	Dismiss                         // it was seen
	KeepLate                        // keep money that came late, or accept that it was taken back
	AskReturnLate                   // the first of the two steps to give late money back
	ReturnLate
	Own
)

// Span is a duration in words: "18 秒", "4 分 12 秒".
func Span(w *lang.Words, d time.Duration) string {
	s := int(d / time.Second)
	if s < 100 {
		return w.T("till.seconds", "s", s)
	}
	return w.T("till.minutes", "m", s/60, "s", s%60)
}

// Limit is a limit in words: "45 秒", "2 分钟".
func Limit(w *lang.Words, d time.Duration) string {
	if s := int(d / time.Second); s < 60 || s%60 != 0 {
		return w.T("till.seconds", "s", s)
	}
	return w.T("till.limit.minutes", "m", int(d/time.Minute))
}

// ClockTime is a moment of today.
func ClockTime(t time.Time) string { return t.In(payment.Beijing).Format("15:04:05") }

// Middle shortens a long number in its middle; its ends are what people compare.
func Middle(s string) string {
	const head, tail = 10, 4
	if len(s) <= head+tail+2 {
		return s
	}
	return s[:head] + "…" + s[len(s)-tail:]
}
