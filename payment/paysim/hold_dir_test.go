package paysim

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/payment"
)

func TestHoldsSurviveARestart(t *testing.T) {
	c := newClock()
	o := Options{Dir: t.TempDir(), Clock: c.now, Password: 8 * time.Second}
	l := startTill(t, o)
	held, auth := l.heldOrder("10.00")
	waiting, shown, password := l.orderNo(), l.orderNo(), l.orderNo()
	spent := l.FreshCode(13)
	want(t, "waiting", l.freezeWith(waiting, "5.00", spent).String(), "10003")
	want(t, "first cancel", l.cancelHoldNo(waiting).String(), "20000 aop.unknow-error")
	text := l.showHoldQR(shown, "7.00").text("code_value")
	want(t, "release", l.unfreeze(auth, "2.50", "U1").String(), "10000")
	want(t, "release that fails", l.unfreeze(auth, "1.04", "U4").String(), "40004 SYSTEM_ERROR")
	want(t, "capture", l.captureKeeping(auth, "FD1", "3.00").String(), "10000")
	want(t, "capture that fails", l.captureKeeping(auth, "FD4", "1.04").String(), "40004 ACQ.SYSTEM_ERROR")
	want(t, "capture that waits", l.captureKeeping(auth, "FD5", "1.05").String(), "10003")
	l.queryNo("FD5")
	l.freezeWith(password, "6.00", l.FreshCode(2))
	l.holdStatus(password)
	before := asJSON(t, l.Truth())
	check(t, l.Close())
	want(t, "after the end", asJSON(t, l.Truth()), before)

	l = startTill(t, o)
	l.n = 100
	want(t, "truth", asJSON(t, l.Truth()), before)
	want(t, "held", l.holdStatus(held), "AUTHORIZED SUCCESS 4.50")
	want(t, "the hold again", l.freezeWith(held, "10.00", l.FreshCode(1)).String(), "40004 FREEZE_ALREADY_SUCCESS")
	want(t, "the release again", l.unfreeze(auth, "2.50", "U1").String(), "10000")
	want(t, "its number elsewhere", l.ask("alipay.fund.auth.order.freeze", but(freezeBiz(l.orderNo(), "1.00", l.FreshCode(1)), fields{"out_request_no": "U1"})).String(), "40004 UNIQUE_VIOLATION")
	want(t, "the capture again", l.captureKeeping(auth, "FD1", "3.00").String(), "40004 ACQ.TRADE_HAS_SUCCESS")
	want(t, "second try of the release", l.unfreeze(auth, "1.04", "U4").String(), "10000")
	want(t, "second try of the capture", l.captureKeeping(auth, "FD4", "1.04").String(), "10000")
	want(t, "second query of the one that waits", l.queryNo("FD5").text("trade_status"), "WAIT_BUYER_PAY")
	want(t, "second cancel", l.cancelHoldNo(waiting).String(), "40004 SYSTEM_ERROR")
	want(t, "third cancel", l.cancelHoldNo(waiting).text("action"), "close")
	want(t, "a spent code", l.freezeWith(l.orderNo(), "5.00", spent).String(), "40004 PAYMENT_AUTH_CODE_INVALID")
	check(t, l.ScanQR(text, 1))
	want(t, "second query", l.holdStatus(password), "INIT INIT 0.00")
	check(t, l.Close())
	c.pass(8 * time.Second) // while it is down

	l = startTill(t, o)
	l.wantHold(held, Held, 1000, 509, 354)
	l.wantHold(password, Held, 600, 0, 0)
	l.wantHold(shown, Held, 700, 0, 0)
	l.wantHold(waiting, Closed, 0, 0, 0)
	l.wantTruth("FD5", Paid, 105, 0)
	raw, err := os.ReadFile(filepath.Join(o.Dir, "book.jsonl"))
	check(t, err)
	if bytes.Contains(raw, []byte(spent)) {
		t.Error("a pay code is written down")
	}
}

// A book as it was written before there were holds: one order a line.
const oldBook = journalHeading +
	`{"out_trade_no":"A","channel":"alipay","method":"code","trade_no":"2026112022000000000000000001","amount":500,"subject":"咖啡","state":"paid","scenario":1,` +
	`"payer":{"logon_id":"138****6021","user_id":"2088102000006021"},"code_hash":"00","created":"2026-11-20T14:30:00+08:00","expires":"2026-11-20T17:30:00+08:00",` +
	`"paid_at":"2026-11-20T14:30:00+08:00","charged":500,"refunds":[{"request_no":"R1","amount":200,"done":true,"at":"2026-11-20T15:00:00+08:00"}]}` + "\n" +
	`{"out_trade_no":"B","channel":"alipay","method":"qr","amount":700,"subject":"茶","state":"offered","qr":"https://qr.alipay.com/baxold","created":"2026-11-21T14:29:00+08:00",` +
	`"qr_expires":"2026-11-21T16:29:00+08:00","expires":"2026-11-21T17:29:00+08:00","charged":0}` + "\n"

func TestAnOldBookIsReadAndStaysAsItIsUntilSomethingHappens(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "book.jsonl")
	check(t, os.WriteFile(path, []byte(oldBook), 0o600))
	l := startTill(t, Options{Dir: dir})
	l.wantTruth("A", Paid, 500, 200)
	l.wantTruth("B", Offered, 0, 0)
	want(t, "no holds", len(l.Truth().Holds), 0)
	after, err := os.ReadFile(path)
	check(t, err)
	want(t, "file", string(after), oldBook)

	check(t, l.ScanQR("https://qr.alipay.com/baxold", 1))
	no, _ := l.heldOrder("5.00")
	after, err = os.ReadFile(path)
	check(t, err)
	lines := strings.Split(strings.TrimPrefix(string(after), oldBook), "\n")
	want(t, "two lines more", len(lines), 3)
	if !strings.HasPrefix(lines[0], `{"out_trade_no":"B"`) || !strings.HasPrefix(lines[1], `{"holds":[{"out_order_no":"`+no) {
		t.Errorf("written: %s", lines)
	}
}

func someHold(no string) hold {
	now := time.Now()
	return hold{
		No: no, RequestNo: no, Channel: payment.Alipay, AuthNo: "1" + no, OperationID: "2" + no, Amount: 1000, State: Waiting,
		Created: now, Expires: now.Add(time.Hour),
	}.heldSince(now)
}

// A capture touches an order and a hold. Wherever the line is cut off, both
// halves are there or none.
func TestACutOffCaptureNeverLeavesHalfOfIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.jsonl")
	b, err := openTestBook(t, path)
	check(t, err)
	check(t, b.change(func(p *page) { p.saveHold(someHold("H")) }))
	check(t, b.change(func(p *page) {
		h, _ := p.findHold("H")
		h.Steps = append(h.Steps, step{Kind: capture, No: "A", OperationID: "3", Amount: 300, Complete: true})
		p.saveHold(h)
		o := someOrder("A")
		o.Amount, o.Hold = 300, "H"
		p.save(o.paid(p.now))
	}))
	check(t, b.close())
	whole, err := os.ReadFile(path)
	check(t, err)
	last := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	cuts := []int{len(whole) - 1, len(whole)}
	for cut := last; cut < len(whole); cut += 31 {
		cuts = append(cuts, cut)
	}
	for _, cut := range cuts {
		check(t, os.WriteFile(path, whole[:cut], 0o600))
		b, err := openTestBook(t, path)
		check(t, err)
		truth := b.truth()
		want(t, "charged", truth.Charged, truth.Captured)
		want(t, "held", truth.Held, 1000)
		want(t, "captured", truth.Captured > 0, cut == len(whole))
		want(t, "released", truth.Released > 0, cut == len(whole))
		check(t, b.close())
	}

	for name, broken := range map[string]string{
		"an order without its hold":       strings.Replace(string(whole), `"hold_no":"H"`, `"hold_no":"G"`, 1),
		"a capture without its order":     string(whole[:last]) + `{"holds"` + strings.SplitN(string(whole[last:]), `,"holds"`, 2)[1],
		"more given out than was held":    strings.Replace(string(whole), `"amount":700`, `"amount":701`, 1),
		"used up in the wrong state":      strings.Replace(string(whole), `"state":"finished"`, `"state":"held"`, 1),
		"captured and yet released":       strings.Replace(string(whole), `"state":"finished"`, `"state":"released"`, 1),
		"held in part":                    strings.Replace(string(whole), `"held":1000`, `"held":999`, 2),
		"a hold without a request number": strings.Replace(string(whole), `"request_no":"H"`, `"request_no":""`, 1),
		"a line that is nothing":          string(whole) + "{}\n",
	} {
		check(t, os.WriteFile(path, []byte(broken), 0o600))
		if broken == string(whole) {
			t.Errorf("%s: not broken", name)
		}
		if _, err := openTestBook(t, path); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestABookOfHoldsIsWrittenAfresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.jsonl")
	var raw bytes.Buffer
	raw.WriteString(journalHeading)
	check(t, writeLines(&raw, []order{someOrder("A")}))
	h := someHold("H")
	for h.Queries = range 1500 {
		check(t, entry{Holds: []hold{h}}.write(&raw))
	}
	check(t, os.WriteFile(path, raw.Bytes(), 0o600))
	b, err := openTestBook(t, path)
	check(t, err)
	want(t, "the last one counts", b.holds["H"].Queries, 1499)
	check(t, b.close())
	after, err := os.ReadFile(path)
	check(t, err)
	want(t, "lines", bytes.Count(after, []byte("\n")), 3)
	b, err = openTestBook(t, path)
	check(t, err)
	want(t, "still there", b.holds["H"].Queries, 1499)
	check(t, b.close())
}

func TestAHoldThatCannotBeWrittenDidNotHappen(t *testing.T) {
	l := startTill(t, Options{Dir: t.TempDir()})
	held, auth := l.heldOrder("10.00")
	check(t, l.book.file.f.Close()) // the disk is gone
	no := l.orderNo()
	const unavailable = "20000 isp.unknow-error"
	want(t, "hold", l.freezeWith(no, "1.00", l.FreshCode(1)).String(), unavailable)
	want(t, "capture", l.captureAndRelease(auth, "FD1", "1.00").String(), unavailable)
	want(t, "release", l.unfreeze(auth, "1.00", "U1").String(), unavailable)
	want(t, "cancel", l.cancelHoldNo(held).String(), unavailable)
	l.wantHold(no, "", 0, 0, 0)
	l.wantHold(held, Held, 1000, 0, 0)
	l.wantTruth("FD1", "", 0, 0)
}
