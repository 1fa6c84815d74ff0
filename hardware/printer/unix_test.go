//go:build !windows

package printer_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"frontdesk/hardware/escpos"
	"frontdesk/hardware/paper"
	"frontdesk/hardware/printer"
)

// A named pipe stands for a device file: it can be absent at the other end,
// and it can stop taking bytes.
func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lp0")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDeviceFile(t *testing.T) {
	path := pipe(t)
	p := open(t, "file://"+path, printer.Options{Timeouts: quick})

	mustFail(t, p.Print(t.Context(), receipt()), printer.Unreachable) // nobody at the other end

	device, err := os.OpenFile(path, os.O_RDWR, 0) // for writing too, so that it never reads an end before the job came
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	if err := p.Print(t.Context(), receipt()); err != nil {
		t.Fatal(err)
	}
	wanted := want(t, escpos.Standard(paper.Width58))
	got := make([]byte, len(wanted))
	if _, err := io.ReadFull(device, got); err != nil || !bytes.Equal(got, wanted) {
		t.Errorf("%v, got % x", err, got)
	}
}

func TestDeviceThatStopsTaking(t *testing.T) {
	path := pipe(t)
	device, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	p := open(t, "file://"+path, printer.Options{Timeouts: quick})
	began := time.Now()
	mustFail(t, p.Print(t.Context(), printer.Job{Raw: make([]byte, 1<<20)}), printer.Interrupted)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestUnpluggedDeviceIsNoNewFile(t *testing.T) {
	mustFail(t, open(t, "file:///dev/no-such-printer", printer.Options{}).Print(t.Context(), receipt()), printer.Unreachable)
	if err := open(t, "file:///dev/null", printer.Options{}).Print(t.Context(), receipt()); err != nil {
		t.Errorf("/dev/null: %v", err)
	}
}

// cups puts a program in place of each of CUPS' commands.
func cups(t *testing.T, scripts map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\ncd "+dir+"\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	return dir
}

func TestSpoolerGetsRawBytes(t *testing.T) {
	dir := cups(t, map[string]string{"lp": `printf '%s|' "$@" >args; cat >job; echo "request id is Receipt-1"`})
	job := receipt()
	job.ID = "12; rm"
	if err := open(t, "spool:Receipt", printer.Options{}).Print(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "job")); !bytes.Equal(b, want(t, escpos.Standard(paper.Width58))) {
		t.Errorf("got % x", b)
	}
	if args, _ := os.ReadFile(filepath.Join(dir, "args")); string(args) != "-d|Receipt|-o|raw|-t|receipt 12rm|" {
		t.Errorf("lp was called with %s", args)
	}
}

func TestSpoolerTrouble(t *testing.T) {
	for _, c := range []struct {
		name, says string
		want       printer.Kind
	}{
		{"unknown name", "lp: The printer or class does not exist.", printer.UnknownName},
		{"no scheduler", "lp: Error - scheduler not responding.", printer.NoSpooler},
		{"no socket", "lp: No such file or directory", printer.NoSpooler},
		{"rejecting", "lp: Destination \"Receipt\" is not accepting jobs.", printer.NotReady},
		{"not allowed", "lp: Forbidden", printer.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			cups(t, map[string]string{"lp": "cat >/dev/null; echo '" + c.says + "' >&2; exit 1"})
			err := open(t, "spool:Receipt", printer.Options{}).Print(t.Context(), receipt())
			mustFail(t, err, c.want)
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not hold what lp said", err)
			}
		})
	}
	t.Run("not installed", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		mustFail(t, open(t, "spool:Receipt", printer.Options{}).Print(t.Context(), receipt()), printer.NoSpooler)
	})
	t.Run("hangs", func(t *testing.T) {
		cups(t, map[string]string{"lp": "exec sleep 60"})
		p := open(t, "spool:Receipt", printer.Options{Timeouts: printer.Timeouts{Spool: 100 * time.Millisecond}})
		mustFail(t, p.Print(t.Context(), receipt()), printer.Interrupted)
	})
}

func TestSpoolers(t *testing.T) {
	cups(t, map[string]string{"lpstat": `test "$1" = -e && printf 'Kitchen\nReceipt\n'`})
	if names, err := printer.Spoolers(t.Context()); err != nil || !slices.Equal(names, []string{"Kitchen", "Receipt"}) {
		t.Errorf("got %v, %v", names, err)
	}
	cups(t, map[string]string{"lpstat": `echo 'lpstat: No destinations added.' >&2; exit 1`})
	if names, err := printer.Spoolers(t.Context()); err != nil || len(names) != 0 {
		t.Errorf("none added: %v, %v", names, err)
	}
	t.Setenv("PATH", t.TempDir())
	if names, err := printer.Spoolers(t.Context()); err != nil || len(names) != 0 {
		t.Errorf("no CUPS: %v, %v", names, err)
	}
}
