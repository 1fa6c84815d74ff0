//go:build e2e

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"frontdesk/cmd/internal/shop"
	"frontdesk/data"
	"frontdesk/payment"
	"frontdesk/payment/paysim"
)

// The real window, real keys and a real socket at both ends: the payment
// simulator on one, a printer on the other.

// printerPort is a network printer that keeps what it receives.
type printerPort struct {
	listener net.Listener
	mu       sync.Mutex
	received bytes.Buffer
}

func newPrinterPort(t *testing.T) *printerPort {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { l.Close() })
	p := &printerPort{listener: l}
	go func() {
		for {
			c, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err == nil {
				go p.receive(c)
			}
		}
	}()
	return p
}

func (p *printerPort) receive(c net.Conn) {
	defer c.Close()
	buffer := make([]byte, 4096)
	for {
		n, err := c.Read(buffer)
		p.mu.Lock()
		p.received.Write(buffer[:n])
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// text is everything received, read as GB18030; the commands stay as noise.
func (p *printerPort) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, _ := io.ReadAll(simplifiedchinese.GB18030.NewDecoder().Reader(bytes.NewReader(p.received.Bytes())))
	return string(s)
}

// desk is a running window with everything around it.
type desk struct {
	t       *testing.T
	dir     string
	sim     *paysim.Sim
	printer *printerPort
	window  *exec.Cmd
	id      string // of the X window
	done    chan error
}

// startDesk prepares a data folder and opens the window on it.
func startDesk(t *testing.T) *desk {
	t.Helper()
	bin, display := os.Getenv("FRONTDESK_BIN"), os.Getenv("DISPLAY")
	if bin == "" || display == "" {
		t.Fatal("FRONTDESK_BIN and DISPLAY are set by scripts/e2e.sh: run make test")
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir()) // the vault's key file must not land in a person's folder
	d := &desk{t: t, dir: t.TempDir(), printer: newPrinterPort(t)}
	var err error
	d.sim, err = paysim.New(paysim.Options{})
	check(t, err)
	check(t, d.sim.Start("127.0.0.1:0"))
	t.Cleanup(func() { d.sim.Close() })
	d.prepare()
	d.open(filepath.Join(bin, "frontdesk"))
	return d
}

// prepare writes the settings as a set-up would.
func (d *desk) prepare() {
	d.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Dir: d.dir, LogName: "prepare"})
	check(d.t, err)
	defer s.Close()
	check(d.t, s.Settings.Set(ctx, "printer.receipt", "tcp://"+d.printer.listener.Addr().String()))
	check(d.t, s.Settings.Set(ctx, "shop.name", "晨光便利店"))
	check(d.t, s.Settings.Set(ctx, "shop.mode", "both"))
	check(d.t, s.Practise(ctx, d.sim))
}

func (d *desk) open(program string) {
	d.t.Helper()
	d.window = exec.Command(program, "--data", d.dir, "--lang", "zh")
	d.window.Stdout, d.window.Stderr = os.Stderr, os.Stderr
	check(d.t, d.window.Start())
	d.done = make(chan error, 1)
	go func() { d.done <- d.window.Wait() }()
	d.t.Cleanup(d.close)
	d.until("the window", 3*time.Minute, func() bool {
		out, err := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(d.window.Process.Pid)).Output()
		ids := strings.Fields(string(out))
		if err != nil || len(ids) == 0 {
			return false
		}
		d.id = ids[len(ids)-1]
		return true
	})
	d.xdo("windowmove", d.id, "0", "0")
	d.xdo("windowfocus", d.id)
	d.settled() // the first frame
}

func (d *desk) close() {
	if d.window.ProcessState != nil {
		return
	}
	for range 5 { // a signal in the first moments of a program can get lost
		_ = d.window.Process.Signal(os.Interrupt)
		select {
		case <-d.done:
			return
		case <-time.After(3 * time.Second):
		}
	}
	d.t.Error("the window did not close in 15 s")
	_ = d.window.Process.Kill()
}

func (d *desk) xdo(args ...string) {
	d.t.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// typeKeys types like a person.
func (d *desk) typeKeys(text string) {
	d.t.Helper()
	d.seen(func() { d.xdo("type", "--delay", "110", text) })
}

// scan types like a scanner: 3 ms a character, then Enter.
func (d *desk) scan(code string) {
	d.t.Helper()
	d.xdo("type", "--args", "1", "--delay", "3", code, "key", "--delay", "3", "Return")
}

func (d *desk) key(name string) {
	d.t.Helper()
	d.seen(func() { d.xdo("key", name) })
}

func (d *desk) click(x, y int) {
	d.t.Helper()
	d.seen(func() { d.xdo("mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "1") })
}

// seen does something and waits until the window has drawn what came of it, as a
// person does before the next key. What changes nothing costs a while.
func (d *desk) seen(do func()) {
	d.t.Helper()
	before := d.look()
	do()
	for end := time.Now().Add(3 * time.Second); d.look() == before && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	d.settled()
}

// settled waits until the window draws nothing new for a moment. Some of its
// screens count seconds, so it does not wait for ever.
func (d *desk) settled() {
	d.t.Helper()
	now := d.look()
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); {
		time.Sleep(150 * time.Millisecond)
		before := now
		if now = d.look(); now == before {
			return
		}
	}
}

// look is what the screen shows, as a hash.
func (d *desk) look() [sha256.Size]byte {
	d.t.Helper()
	out, err := exec.Command("import", "-window", "root", "-depth", "8", "rgb:-").Output()
	check(d.t, err)
	return sha256.Sum256(out)
}

// shot keeps a picture of the screen among the build's artefacts.
func (d *desk) shot(name string) {
	d.t.Helper()
	file := filepath.Join(os.Getenv("FRONTDESK_ARTIFACTS"), name+".png")
	if out, err := exec.Command("import", "-window", "root", file).CombinedOutput(); err != nil {
		d.t.Errorf("screenshot: %v: %s", err, out)
	}
}

func (d *desk) until(what string, limit time.Duration, happened func() bool) {
	d.t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if happened() {
			return
		}
	}
	d.shot("failed-" + strings.ReplaceAll(d.t.Name(), "/", "-"))
	d.t.Fatalf("%s did not come in %s", what, limit)
}

// sales reads the ledger beside the running window.
func (d *desk) sales() []data.SaleDetail {
	d.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Dir: d.dir, ReadOnly: true, LogName: "reader"})
	check(d.t, err)
	defer s.Close()
	rows, _, err := s.Books.Page(ctx, data.Filter{Limit: 100})
	check(d.t, err)
	var all []data.SaleDetail
	for _, r := range rows {
		detail, err := s.Books.Sale(ctx, r.ID)
		check(d.t, err)
		all = append(all, detail)
	}
	return all
}

// paid waits until n sales are paid and returns the newest.
func (d *desk) paid(n int) data.SaleDetail {
	d.t.Helper()
	var sales []data.SaleDetail
	d.until("the payment", time.Minute, func() bool {
		sales = d.sales()
		count := 0
		for _, s := range sales {
			if s.State == data.SalePaid {
				count++
			}
		}
		return count == n
	})
	return sales[0]
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Where things stand in a window of 1280 x 800.
const (
	remarkX, remarkY = 250, 656
	plainX, plainY   = 1000, 640 // the list: nothing to focus
)

func TestTheFirstSale(t *testing.T) {
	d := startDesk(t)
	d.shot("00-start")

	for i, c := range []struct {
		name   string
		focus  func()
		keys   string
		amount payment.Amount
		remark string
	}{
		{"with nothing focused", func() {}, "128.5", 12850, ""},
		{"with the focus in the remark", func() { d.click(remarkX, remarkY); d.typeKeys("abc") }, "35", 3500, "abc"},
		{"with a button focused", func() { d.key("Tab"); d.key("Tab"); d.key("Tab") }, "8", 800, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.t = t
			d.typeKeys(c.keys)
			c.focus()
			code := d.sim.FreshCode(1)
			d.shot("0" + strconv.Itoa(i+1) + "a-typed")
			d.scan(code)
			sale := d.paid(i + 1)
			if sale.Amount != c.amount || sale.Remark != c.remark || len(sale.Tenders) != 1 {
				t.Errorf("amount %s, remark %q, %d tenders", sale.Amount, sale.Remark, len(sale.Tenders))
			}
			d.until("the receipt", time.Minute, func() bool { return strings.Contains(d.printer.text(), sale.Tenders[0].OutTradeNo) })
			d.settled()
			d.shot("0" + strconv.Itoa(i+1) + "b-paid")
			if leaked(d.dir, code) {
				t.Error("the whole pay code stands in a log")
			}
		})
	}
	d.t = t
	truth := d.sim.Truth()
	if truth.Net() != 12850+3500+800 {
		t.Errorf("the simulator holds %s", truth.Net())
	}
	d.close()
	d.verify()
}

// A window that is killed while nobody knows about the money settles it when it
// is opened again, and never charges twice.
func TestAKilledWindowSettlesWhenItIsOpenedAgain(t *testing.T) {
	d := startDesk(t)
	d.typeKeys("99")
	d.sim.SetFault(func(method string, n int) paysim.Fault {
		if method == "alipay.trade.pay" { // charged, and the answer never comes
			return paysim.Fault{Kind: paysim.ResetAfter}
		}
		return paysim.Fault{Kind: paysim.BadGateway} // and no query is answered
	})
	d.scan(d.sim.FreshCode(1))
	d.until("the unknown payment", time.Minute, func() bool {
		sales := d.sales()
		return len(sales) == 1 && sales[0].State == data.SaleUnknown
	})
	d.settled()
	d.shot("10-unknown")
	_ = d.window.Process.Kill()
	<-d.done

	d.open(filepath.Join(os.Getenv("FRONTDESK_BIN"), "frontdesk"))
	d.shot("11-opened-again")
	d.sim.SetFault(nil)
	sale := d.paid(1)
	d.settled()
	d.shot("12-settled")
	if len(sale.Tenders) != 1 || d.sim.Truth().Net() != 9900 {
		t.Errorf("%d tenders, the simulator holds %s", len(sale.Tenders), d.sim.Truth().Net())
	}

	d.secondWindow()
	d.close()
	d.verify()
}

// secondWindow opens another window on the same folder: it says who owns the
// till and charges nothing.
func (d *desk) secondWindow() {
	d.t.Helper()
	second := exec.Command(filepath.Join(os.Getenv("FRONTDESK_BIN"), "frontdesk"), "--data", d.dir)
	check(d.t, second.Start())
	d.until("the second window", 30*time.Second, func() bool {
		out, err := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(second.Process.Pid)).Output()
		return err == nil && len(bytes.TrimSpace(out)) > 0
	})
	d.settled()
	d.shot("13-second-window")
	check(d.t, second.Process.Signal(os.Interrupt))
	if err := second.Wait(); err != nil {
		d.t.Errorf("the second window: %v", err)
	}
	if n := len(d.sales()); n != 1 {
		d.t.Errorf("%d sales after the second window", n)
	}
}

// A guest's deposit: held by scan, found again by its slip after the program
// was closed, charged in part, and the rest given back.
func TestTheReception(t *testing.T) {
	d := startDesk(t)
	d.key("F6")
	d.typeKeys("500")
	d.shot("20-deposit-typed")
	d.scan(d.sim.FreshCode(1))
	var held data.Deposit
	d.until("the deposit", time.Minute, func() bool {
		list := d.deposits()
		if len(list) == 1 {
			held = list[0]
		}
		return held.State == data.DepositHeld
	})
	d.until("the deposit slip", time.Minute, func() bool { return strings.Contains(d.printer.text(), held.ReceiptNo) })
	d.settled()
	d.shot("21-held")
	d.close()

	d.open(filepath.Join(os.Getenv("FRONTDESK_BIN"), "frontdesk"))
	d.scan(held.ReceiptNo)
	d.settled()
	d.typeKeys("138")
	d.shot("22-check-out")
	d.key("Return")
	d.until("the capture", time.Minute, func() bool {
		list := d.deposits()
		return len(list) == 1 && list[0].Captured == 13800 && list[0].Released == 36200 && list[0].State == data.DepositCaptured
	})
	d.until("the check-out slip", time.Minute, func() bool { return strings.Contains(d.printer.text(), "362.00") })
	d.settled()
	d.shot("23-checked-out")
	truth := d.sim.Truth()
	if truth.Net() != 13800 || truth.Rest() != 0 || truth.Released != 36200 {
		t.Errorf("the simulator: net %s, rest %s, released %s", truth.Net(), truth.Rest(), truth.Released)
	}
	d.close()
	d.verify()
}

// deposits reads the ledger beside the running window.
func (d *desk) deposits() []data.Deposit {
	d.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Dir: d.dir, ReadOnly: true, LogName: "reader"})
	check(d.t, err)
	defer s.Close()
	list, _, err := s.Ledger.Deposits(ctx, data.DepositFilter{Limit: 10})
	check(d.t, err)
	return list
}

// verify proves the books after the window has closed.
func (d *desk) verify() {
	d.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Dir: d.dir, ReadOnly: true, LogName: "verify"})
	check(d.t, err)
	defer s.Close()
	report, err := s.Ledger.Verify(ctx, nil)
	check(d.t, err)
	if len(report.Problems) > 0 {
		d.t.Errorf("the ledger does not verify: %v", report.Problems)
	}
}

// leaked looks for a pay code in everything that the program wrote as text.
func leaked(dir, code string) bool {
	found := false
	_ = filepath.WalkDir(filepath.Join(dir, "logs"), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			b, _ := os.ReadFile(path)
			found = found || bytes.Contains(b, []byte(code))
		}
		return nil
	})
	return found
}
