package main

import (
	"encoding/json"
	"strings"
	"testing"

	"frontdesk/hardware/paper"
)

// readQR reads a drawn QR back into its modules. drawn says what a block stands
// for: the dark modules where there are colours, the light ones elsewhere.
func readQR(t *testing.T, drawing string, colours bool) [][]bool {
	t.Helper()
	var grid [][]bool
	for _, line := range strings.Split(strings.TrimSuffix(drawing, "\n"), "\n") {
		if colours {
			var ok bool
			if line, ok = strings.CutPrefix(line, "\x1b[30;107m"); !ok || !strings.HasSuffix(line, "\x1b[0m") {
				t.Fatalf("line without its colours: %q", line)
			}
			line = strings.TrimSuffix(line, "\x1b[0m")
		}
		var upper, lower []bool
		for _, r := range line {
			upper = append(upper, (r == '█' || r == '▀') == colours)
			lower = append(lower, (r == '█' || r == '▄') == colours)
		}
		grid = append(grid, upper, lower)
	}
	return grid
}

func TestTheDrawnQRHoldsItsText(t *testing.T) {
	const text = "https://qr.alipay.com/bax03431ljhokirwl38f00a7"
	modules, err := paper.Modules(text)
	check(t, err)
	for _, colours := range []bool{false, true} {
		drawing, err := drawQR(text, colours)
		check(t, err)
		grid := readQR(t, drawing, colours)
		for y := range len(modules) + 2*quietZone {
			for x := range len(modules) + 2*quietZone {
				inside := y >= quietZone && y < quietZone+len(modules) && x >= quietZone && x < quietZone+len(modules)
				if dark := inside && modules[y-quietZone][x-quietZone]; grid[y][x] != dark {
					t.Fatalf("colours %v: module %d, %d is dark %v, want %v", colours, x, y, grid[y][x], dark)
				}
			}
		}
	}
}

func TestAQRIsShownPaidAndTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)

	// Without --wait it ends at once; settle finds out.
	r := w.must(exitGood, "--json", "qr", "--amount", "35")
	shown := decode[qrJSON](t, r.out)
	if shown.Sale.State != "pending" || shown.Sale.Amount != 3500 || r.errors != "" {
		t.Errorf("shown %+v, %s", shown, r.errors)
	}
	check(t, w.sim.ScanQR(shown.QR, 1))
	w.must(exitGood, "settle")
	if sale := w.sale(w.must(exitGood, "--json", "sale", "01000001")); sale.State != "paid" || sale.Tenders[0].Method != "qr" {
		t.Errorf("the sale is %+v", sale)
	}

	// With --wait and --json there are two values, and the first one comes before the payer has paid.
	out := &console{}
	done := make(chan result, 1)
	go func() {
		done <- w.runWith(func(m *Main) { m.Stdout = out }, "", "--json", "qr", "--amount", "35", "--wait", "--remark", "晚餐")
	}()
	out.wait(t, "\n")
	d := json.NewDecoder(strings.NewReader(out.String()))
	d.DisallowUnknownFields()
	check(t, d.Decode(&shown))
	check(t, w.sim.ScanQR(shown.QR, 2))
	if r := <-done; r.code != exitGood || r.errors != "" {
		t.Fatalf("exit %d, %s", r.code, r.errors)
	}
	_, last, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	if sale := decode[saleJSON](t, last); sale.State != "paid" || sale.ReceiptNo != shown.Sale.ReceiptNo {
		t.Errorf("told %s", out)
	}
	w.audit()
}

func TestAQRForPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "alipay.qr_timeout", "500ms", "ui.language", "en")
	r := w.must(exitRefused, "qr", "--amount", "1,035", "--wait")
	lines := strings.Split(r.out, "\n")
	at := 0
	for !strings.HasPrefix(lines[at], "https://qr.alipay.com/") {
		at++
	}
	picture, err := drawQR(lines[at], false)
	check(t, err)
	if strings.Join(lines[:at], "\n")+"\n" != picture {
		t.Errorf("the picture does not hold %s:\n%s", lines[at], r.out)
	}
	if lines[at+1] != "Scan to pay 1,035.00, receipt 01000001" || !strings.HasPrefix(lines[at+2], "Closed  1,035.00") {
		t.Errorf("told\n%s", r.out)
	}
	if !strings.Contains(r.errors, "Waiting for the customer to scan.") || !strings.Contains(r.errors, "Not paid in time and closed") {
		t.Errorf("told on the way:\n%s", r.errors)
	}
	r = w.must(exitGood, "qr", "--amount", "1", "--timeout", "5s")
	if !strings.Contains(r.errors, "Run frontdeskctl settle") {
		t.Errorf("it does not say how to go on:\n%s", r.errors)
	}
	w.must(exitGood, "settle")
	w.audit()
}

// When nobody knows whether there is a QR, nothing is shown, and the order is
// taken back before anything else.
func TestAQRWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	check(t, w.sim.Offline(true))
	r := w.must(exitUnknown, "--json", "qr", "--amount", "5", "--timeout", "150ms")
	if sale := w.sale(r); sale.State != "unknown" || !strings.Contains(r.errors, `"kind":"unknown"`) {
		t.Errorf("told %s%s", r.out, r.errors)
	}
	check(t, w.sim.Offline(false))
	w.must(exitGood, "settle")
	w.audit()
}
