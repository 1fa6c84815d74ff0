package settings

import (
	"strconv"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/hardware/scanner"
	"frontdesk/payment"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// reading is one burst of keys as the test page shows it: ready strings, the
// code masked. The whole code is not kept.
type reading struct {
	time   string // "14:33:26"
	text   string // what was read; pay codes as 28…4471; empty for typing, which may be a PIN
	length string // "18 个字符"
	speed  string // "3.1 毫秒/字符"
	taken  string // as what it was taken
	second string // what that means at the till
	icon   kit.Icon
	token  kit.Token
}

// maxReadings is how many the page keeps.
const maxReadings = 10

// ofScan says what the till makes of a scan.
func ofScan(w *lang.Words, s screen.Scan, at time.Time) reading {
	n := len([]rune(s.Text))
	r := measured(w, masked(s.Text), n, perChar(s.Duration, n), at)
	r.take(w, kindOf(s.Text))
	if !s.Sure {
		r.doubt(w)
	}
	return r
}

// ofTrial says what the detector made of a burst, typing included.
func ofTrial(w *lang.Words, t scanner.Trial, at time.Time) reading {
	r := measured(w, t.Shown, t.Length, t.PerChar, at)
	switch t.Taken {
	case scanner.TakenPayCode:
		r.take(w, "pay."+string(t.Wallet))
	case scanner.TakenTyping:
		r.taken, r.second = w.T("scanner.taken.typing"), w.T("scanner.why."+string(t.Why))
		r.icon, r.token = kit.IconAlert, kit.Warn
		return r
	default:
		r.text = masked(t.Shown) // a long number may be a pay code that is too new for this program
		r.take(w, kindOf(t.Shown))
	}
	if t.Late {
		r.doubt(w)
	}
	return r
}

func measured(w *lang.Words, text string, length int, each time.Duration, at time.Time) reading {
	return reading{
		time: at.In(payment.Beijing).Format("15:04:05"), text: text,
		length: w.T("scanner.length", "count", length), speed: speed(w, each),
	}
}

// take words what the till would do.
func (r *reading) take(w *lang.Words, kind string) {
	r.taken, r.second = w.T("scanner.taken."+kind), w.T("scanner.taken."+kind+".do")
	r.icon, r.token = kit.IconPaid, kit.Ok
	if kind == "other" {
		r.icon, r.token = kit.IconUnknown, kit.Warn
	}
}

// doubt says that the speed of this scan proves little.
func (r *reading) doubt(w *lang.Words) {
	r.second, r.icon, r.token = w.T("scanner.unsure"), kit.IconAlert, kit.Warn
}

// kindOf names what the till takes a text for, for the words under
// "scanner.taken.".
func kindOf(text string) string {
	if _, wallet := payment.Recognise(text); wallet != payment.WalletNone {
		return "pay." + string(wallet)
	}
	switch {
	case payment.IsReceiptNo(text):
		return "receipt"
	case payment.IsOrderNo(text):
		return "order"
	}
	return "other"
}

// masked hides what could be spent. Any other long number is hidden too.
func masked(text string) string {
	code, wallet := payment.Recognise(text)
	if wallet != payment.WalletNone || (len(text) >= longNumber && !payment.IsOrderNo(text)) {
		return code.String()
	}
	return text
}

const longNumber = 16

func perChar(d time.Duration, n int) time.Duration {
	if n < 2 {
		return 0
	}
	return d / time.Duration(n-1)
}

// speed is the time for each character, in ms.
func speed(w *lang.Words, each time.Duration) string {
	tenths := each.Microseconds() / 100
	text := strconv.FormatInt(tenths/10, 10)
	if tenths < 100 {
		text += "." + strconv.FormatInt(tenths%10, 10)
	}
	return w.T("scanner.speed", "ms", text)
}

// scanLog holds the last readings, the newest first.
type scanLog struct {
	list  []reading
	tried string // the last trial that was a scan: the scan itself follows it
}

func (l *scanLog) add(r reading) {
	l.list = append([]reading{r}, l.list...)
	if len(l.list) > maxReadings {
		l.list = l.list[:maxReadings]
	}
}

// typing gathers characters that come one by one, too slowly for the detector
// to see a burst in them. Only their number and their times are kept: they may
// be a PIN.
type typing struct {
	count       int
	first, last time.Time
}

// pause ends a run of characters: no scanner sends one so slowly.
const pause = 2 * time.Second

func (t *typing) add(at time.Time) {
	if t.count == 0 || at.Sub(t.last) > pause {
		*t = typing{first: at}
	}
	t.count, t.last = t.count+1, at
}

// end is the run as a trial, once Enter was pressed; ok is false when it is too
// short to be a code.
func (t *typing) end() (trial scanner.Trial, ok bool) {
	run := *t
	*t = typing{}
	took := run.last.Sub(run.first)
	return scanner.Trial{Length: run.count, Duration: took, PerChar: perChar(took, run.count), Taken: scanner.TakenTyping, Why: scanner.WhySlow},
		run.count >= shortestRun
}

const shortestRun = 6

// addTrial takes a trial of the detector.
func (l *scanLog) addTrial(w *lang.Words, t scanner.Trial, at time.Time) {
	if l.tried = ""; t.Taken != scanner.TakenTyping {
		l.tried = masked(t.Shown)
	}
	l.add(ofTrial(w, t, at))
}

// addScan takes a scan. One whose trial came just before is in the list
// already; scans of the practice phone have no trial.
func (l *scanLog) addScan(w *lang.Words, s screen.Scan, at time.Time) {
	known := l.tried != "" && l.tried == masked(s.Text)
	l.tried = ""
	if !known {
		l.add(ofScan(w, s, at))
	}
}
