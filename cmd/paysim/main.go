// Command paysim runs the payment simulator as a program of its own: a till on
// this machine can sell, refund and fail against it without an account and
// without real money.
//
//	paysim --listen 127.0.0.1:8900 --dir FOLDER [--slow 8s] [--lang zh|en]
//
// It prints the till's configuration for every channel, ready to paste, the
// table of test codes with fresh ones of each wallet, and the calls that control
// it. Each request is logged on standard error as one line. Keys and truth stay
// in the folder, so it can be stopped and started again; Ctrl+C or SIGTERM
// stops it. It exits 0 when it was stopped, 1 when it cannot start, 2 on wrong
// flags.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"frontdesk/assets/lang"
	"frontdesk/payment/paysim"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

const (
	exitOK    = 0
	exitStart = 1 // cannot start
	exitUsage = 2 // wrong flags
)

// flags are what the command line says.
type flags struct {
	listen string
	dir    string
	slow   time.Duration
	words  *lang.Words
}

// run is the program; it returns its exit code once ctx ends.
func run(ctx context.Context, args []string, out, log io.Writer) int {
	f, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(out, f.words.T("sim.cmd.usage"))
		return exitOK
	}
	if err != nil {
		fmt.Fprintln(log, err)
		return exitUsage
	}
	sim, err := paysim.New(paysim.Options{Dir: f.dir, Slow: f.slow, CloudUnionPay: true, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err == nil {
		defer sim.Close()
		err = sim.Start(f.listen)
	}
	if err != nil {
		fmt.Fprintln(log, f.words.T("sim.cmd.cannot_start", "why", err))
		return exitStart
	}
	if err := guide(out, sim, f.dir, f.words); err != nil {
		fmt.Fprintln(log, f.words.T("sim.cmd.cannot_start", "why", err))
		return exitStart
	}
	<-ctx.Done()
	if err := sim.Close(); err != nil {
		fmt.Fprintln(log, err)
		return exitStart
	}
	fmt.Fprintln(out, f.words.T("sim.cmd.stopped"))
	return exitOK
}

// parse reads the flags. Its error is the one sentence to show.
func parse(args []string) (flags, error) {
	f := flags{words: lang.Load(language(args))}
	set := flag.NewFlagSet("paysim", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.listen, "listen", "127.0.0.1:8900", "")
	set.StringVar(&f.dir, "dir", "", "")
	set.DurationVar(&f.slow, "slow", 8*time.Second, "")
	l := set.String("lang", string(lang.Chinese), "")
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return f, err
	}
	if _, known := lang.Parse(*l); err == nil && !known {
		err = fmt.Errorf("--lang %s", *l)
	}
	if err == nil && set.NArg() > 0 {
		err = errors.New(set.Arg(0))
	}
	if err == nil && f.slow <= 0 {
		err = fmt.Errorf("--slow %s", f.slow)
	}
	if err != nil {
		return f, errors.New(f.words.T("sim.cmd.bad_flag", "why", err))
	}
	if !loopback(f.listen) {
		return f, errors.New(f.words.T("sim.cmd.bad_listen"))
	}
	if f.dir == "" {
		return f, errors.New(f.words.T("sim.cmd.need_dir"))
	}
	if f.dir, err = filepath.Abs(f.dir); err != nil {
		return f, err
	}
	return f, nil
}

// language finds the language before anything else is read, so that a mistake
// in another flag is told in it too.
func language(args []string) lang.Language {
	for i, a := range args {
		name, value, inOne := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if name != "lang" || !strings.HasPrefix(a, "-") {
			continue
		}
		if !inOne && i+1 < len(args) {
			value = args[i+1]
		}
		if l, ok := lang.Parse(value); ok {
			return l
		}
	}
	return lang.Chinese
}

// loopback reports an address that the simulator will take; it checks again
// where it really ended up.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || (ip != nil && ip.IsLoopback()))
}
