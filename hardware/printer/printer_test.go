package printer_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/assets/fonts"
	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
	"frontdesk/hardware/printer"
)

// receipt is a job whose bytes want gives.
func receipt() printer.Job {
	return printer.Job{ID: "7", Document: paper.Document{Elements: []paper.Element{
		paper.Title("晨光便利店"), paper.Total("实收", "¥128.50"), paper.Barcode("01006128"), paper.Cut()}}}
}

func want(t *testing.T, p escpos.Profile) []byte {
	t.Helper()
	b, _, err := escpos.Encoder{Profile: p}.Encode(paper.Layout(receipt().Document, p.Width))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func painter(t *testing.T) *paper.Painter {
	t.Helper()
	p, err := paper.NewPainter(fonts.Mono, fonts.Bold)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func open(t *testing.T, target string, o printer.Options) printer.Printer {
	t.Helper()
	p, err := printer.Open(target, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mustFail checks kind and the promise about paper.
func mustFail(t *testing.T, err error, kind printer.Kind) {
	t.Helper()
	var e *printer.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an error of kind %s", err, kind)
	}
	if e.Kind != kind || e.TroubleKind() != string(kind) || e.MaybePrinted() != (kind == printer.Interrupted) {
		t.Fatalf("got kind %s (maybe printed: %v), want %s: %v", e.Kind, e.MaybePrinted(), kind, err)
	}
}

// server is a printer in the network: it takes connections one after the other
// and hands each to handle.
func server(t *testing.T, handle func(*net.TCPConn)) (target string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			handle(c.(*net.TCPConn))
			c.Close()
		}
	})
	t.Cleanup(func() { l.Close(); running.Wait() })
	return "tcp://" + l.Addr().String()
}

// quick are time limits for tests that wait for them.
var quick = printer.Timeouts{Stall: 100 * time.Millisecond, Status: 100 * time.Millisecond, Close: 100 * time.Millisecond}

func TestNetworkPrinterGetsEveryByte(t *testing.T) {
	got := make(chan []byte, 1)
	target := server(t, func(c *net.TCPConn) {
		b, _ := io.ReadAll(c)
		got <- b
	})
	var notes []escpos.Note
	p := open(t, target, printer.Options{Profile: escpos.Standard(paper.Width80), Notes: func(_ string, n []escpos.Note) { notes = n }})
	if err := p.Print(t.Context(), receipt()); err != nil {
		t.Fatal(err)
	}
	if b := <-got; !bytes.Equal(b, want(t, escpos.Standard(paper.Width80))) {
		t.Errorf("got % x", b)
	}
	if err := p.Print(t.Context(), printer.Job{Raw: []byte("raw")}); err != nil {
		t.Fatal(err)
	}
	if b := <-got; string(b) != "raw" {
		t.Errorf("raw bytes came as %q", b)
	}
	if notes != nil {
		t.Errorf("notes %v for a receipt that the printer can show", notes)
	}
}

// A printer that keeps talking (paper near its end, say) must not cost the
// receipt: a connection closed with unread bytes is reset, and takes what is on
// its way with it.
func TestChattyPrinterGetsEveryByte(t *testing.T) {
	got := make(chan []byte, 1)
	target := server(t, func(c *net.TCPConn) {
		var b []byte
		buf := make([]byte, 64)
		for {
			c.Write([]byte{0x14, 0, 0, 0x0F})
			n, err := c.Read(buf)
			b = append(b, buf[:n]...)
			if err != nil {
				got <- b
				return
			}
		}
	})
	big := bytes.Repeat([]byte("receipt\n"), 20000)
	if err := open(t, target, printer.Options{}).Print(t.Context(), printer.Job{Raw: big}); err != nil {
		t.Fatal(err)
	}
	if b := <-got; !bytes.Equal(b, big) {
		t.Errorf("%d of %d bytes arrived", len(b), len(big))
	}
}

func TestPrinterThatKeepsTheConnectionOpen(t *testing.T) {
	got := make(chan []byte, 1)
	release := make(chan struct{})
	target := server(t, func(c *net.TCPConn) {
		b, _ := io.ReadAll(c)
		got <- b
		<-release
	})
	defer close(release)
	if err := open(t, target, printer.Options{Timeouts: quick}).Print(t.Context(), receipt()); err != nil {
		t.Fatal(err)
	}
	if b := <-got; !bytes.Equal(b, want(t, escpos.Standard(paper.Width58))) {
		t.Errorf("got % x", b)
	}
}

func TestNetworkTrouble(t *testing.T) {
	big := printer.Job{Raw: make([]byte, 16<<20)}
	t.Run("switched off", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		mustFail(t, open(t, "tcp://"+l.Addr().String(), printer.Options{}).Print(t.Context(), receipt()), printer.Unreachable)
	})
	t.Run("takes a part and then nothing", func(t *testing.T) {
		release := make(chan struct{})
		target := server(t, func(c *net.TCPConn) {
			io.ReadFull(c, make([]byte, 1000))
			<-release
		})
		defer close(release)
		mustFail(t, open(t, target, printer.Options{Timeouts: quick}).Print(t.Context(), big), printer.Interrupted)
	})
	t.Run("breaks off in the middle", func(t *testing.T) {
		target := server(t, func(c *net.TCPConn) {
			io.ReadFull(c, make([]byte, 1000))
			c.SetLinger(0)
		})
		mustFail(t, open(t, target, printer.Options{}).Print(t.Context(), big), printer.Interrupted)
	})
	t.Run("breaks off after the last byte", func(t *testing.T) {
		target := server(t, func(c *net.TCPConn) {
			io.ReadFull(c, make([]byte, 10))
			c.SetLinger(0)
		})
		mustFail(t, open(t, target, printer.Options{}).Print(t.Context(), printer.Job{Raw: make([]byte, 1000)}), printer.Interrupted)
	})
	t.Run("the caller gives up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		target := server(t, func(c *net.TCPConn) {
			io.ReadFull(c, make([]byte, 1000))
			cancel()
			<-release
		})
		defer close(release)
		err := open(t, target, printer.Options{}).Print(ctx, big)
		mustFail(t, err, printer.Interrupted)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v does not say that it was cancelled", err)
		}
	})
	t.Run("given up before it began", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		target := server(t, func(*net.TCPConn) {})
		mustFail(t, open(t, target, printer.Options{}).Print(ctx, receipt()), printer.Unreachable)
	})
}

// talker answers status questions and collects the rest.
func talker(t *testing.T, paperAnswer, causeAnswer byte) (target string, got chan []byte) {
	got = make(chan []byte, 1)
	return server(t, func(c *net.TCPConn) {
		var b []byte
		one := make([]byte, 1)
		for {
			if _, err := c.Read(one); err != nil {
				got <- b
				return
			}
			b = append(b, one[0])
			if rest, ok := bytes.CutSuffix(b, []byte{0x10, 0x04, 4}); ok {
				b = rest
				c.Write([]byte{0x10, 0x00, paperAnswer}) // a report first that nobody asked for
			} else if rest, ok := bytes.CutSuffix(b, []byte{0x10, 0x04, 2}); ok {
				b = rest
				c.Write([]byte{causeAnswer})
			}
		}
	}), got
}

func TestStatusQuestions(t *testing.T) {
	for _, c := range []struct {
		name         string
		paper, cause byte
		want         printer.Kind
	}{
		{"in order", 0x12, 0x12, ""},
		{"paper near its end still prints", 0x1E, 0x12, ""},
		{"no paper", 0x7E, 0x12, printer.NoPaper},
		{"stopped at the end of the paper", 0x12, 0x32, printer.NoPaper},
		{"cover open", 0x12, 0x16, printer.NotReady},
		{"fault of the cutter", 0x12, 0x52, printer.NotReady},
	} {
		t.Run(c.name, func(t *testing.T) {
			target, got := talker(t, c.paper, c.cause)
			err := open(t, target, printer.Options{AskStatus: true}).Print(t.Context(), receipt())
			b := <-got
			if c.want != "" {
				mustFail(t, err, c.want)
				if len(b) > 0 {
					t.Errorf("%d bytes were printed all the same", len(b))
				}
				return
			}
			if err != nil || !bytes.Equal(b, want(t, escpos.Standard(paper.Width58))) {
				t.Errorf("%v, got % x", err, b)
			}
		})
	}
}

// A printer that does not answer is asked once and prints.
func TestSilentPrinterIsNotAskedAgain(t *testing.T) {
	got := make(chan []byte, 1)
	target := server(t, func(c *net.TCPConn) {
		b, _ := io.ReadAll(c)
		got <- b
	})
	p := open(t, target, printer.Options{AskStatus: true, Timeouts: quick})
	receiptBytes := want(t, escpos.Standard(paper.Width58))
	for _, want := range [][]byte{append([]byte{0x10, 0x04, 4}, receiptBytes...), receiptBytes} {
		if err := p.Print(t.Context(), receipt()); err != nil {
			t.Fatal(err)
		}
		if b := <-got; !bytes.Equal(b, want) {
			t.Errorf("got % x, want % x", b, want)
		}
	}
}

func TestPlainFileIsAppendedTo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "receipts.bin")
	p := open(t, "file://"+filepath.ToSlash(path), printer.Options{})
	for range 2 {
		if err := p.Print(t.Context(), receipt()); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	one := want(t, escpos.Standard(paper.Width58))
	if !bytes.Equal(b, slices.Concat(one, one)) {
		t.Errorf("got % x", b)
	}
}

func TestFileTrouble(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	mustFail(t, open(t, "file://"+dir, printer.Options{}).Print(t.Context(), receipt()), printer.Storage)
	mustFail(t, open(t, "file://"+dir+"/missing/x", printer.Options{}).Print(t.Context(), receipt()), printer.Storage)
}

func TestVirtualPrinterKeepsTheLastPictures(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "paper")
	p := open(t, "virtual:", printer.Options{VirtualDir: dir, VirtualKeep: 2, Painter: painter(t)})
	if kept, err := printer.Pictures(dir); err != nil || len(kept) != 0 {
		t.Fatalf("before the first: %v, %v", kept, err)
	}
	for _, id := range []string{"1", "2", "../../3"} {
		job := receipt()
		job.ID = id
		if err := p.Print(t.Context(), job); err != nil {
			t.Fatal(err)
		}
	}
	drawer := printer.Job{ID: "4", Document: paper.Document{Elements: []paper.Element{paper.Drawer(0, 0, 0)}}}
	if err := p.Print(t.Context(), drawer); err != nil {
		t.Fatal(err)
	}
	kept, err := printer.Pictures(dir)
	if err != nil || len(kept) != 2 || !strings.HasSuffix(kept[0], "-3.png") || !strings.HasSuffix(kept[1], "-2.png") {
		t.Fatalf("kept %v, %v; want the pictures of 3 and 2", kept, err)
	}
	f, err := os.Open(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil || picture.Bounds().Dx() != 384+2*paper.Margin {
		t.Errorf("picture %v, %v", picture.Bounds(), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("folder holds %v", entries)
	}
}

func TestVirtualPrinterOutOfPaper(t *testing.T) {
	dir := t.TempDir()
	p := open(t, "virtual:"+dir, printer.Options{Painter: painter(t)})
	switchFile := filepath.Join(dir, printer.OutOfPaper)
	if err := os.WriteFile(switchFile, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	mustFail(t, p.Print(t.Context(), receipt()), printer.NoPaper)
	if err := os.Remove(switchFile); err != nil {
		t.Fatal(err)
	}
	if err := p.Print(t.Context(), receipt()); err != nil {
		t.Error(err)
	}
	if err := p.Print(t.Context(), printer.Job{ID: "raw", Raw: []byte{0x1B, '@'}}); err != nil {
		t.Error(err)
	}
	if kept, _ := printer.Pictures(dir); len(kept) != 2 || !strings.HasSuffix(kept[0], "-raw.bin") {
		t.Errorf("kept %v", kept)
	}
}

func TestOpenNamesWhatIsWrong(t *testing.T) {
	raster := escpos.Standard(paper.Width58)
	raster.Encoding = escpos.Raster
	for _, c := range []struct {
		name, target string
		options      printer.Options
		want         printer.Kind
	}{
		{"no scheme", "192.168.1.50:9100", printer.Options{}, printer.BadTarget},
		{"nothing", "", printer.Options{}, printer.BadTarget},
		{"virtual without a folder", "virtual:", printer.Options{Painter: painter(t)}, printer.Setup},
		{"virtual without typefaces", "virtual:x", printer.Options{}, printer.Setup},
		{"raster without typefaces", "spool:x", printer.Options{Profile: raster}, printer.Setup},
		{"a profile that no printer has", "spool:x", printer.Options{Profile: escpos.Profile{Width: 57}}, printer.Setup},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := printer.Open(c.target, c.options)
			if p != nil {
				t.Error("a printer besides the error")
			}
			mustFail(t, err, c.want)
		})
	}
}

func TestNotesReachTheCaller(t *testing.T) {
	profile := escpos.Standard(paper.Width58)
	profile.Encoding = escpos.GBK
	var said []string
	p := open(t, "file://"+filepath.ToSlash(filepath.Join(t.TempDir(), "x")), printer.Options{Profile: profile,
		Notes: func(id string, notes []escpos.Note) {
			for _, n := range notes {
				said = append(said, id+" "+string(n.Missing))
			}
		}})
	job := printer.Job{ID: "9", Document: paper.Document{Elements: []paper.Element{paper.Text("谢谢😀")}}}
	if err := p.Print(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(said, []string{"9 😀"}) {
		t.Errorf("notes %q", said)
	}
}
