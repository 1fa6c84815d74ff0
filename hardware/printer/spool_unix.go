//go:build !windows

package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// spool runs CUPS' lp.
func spool(ctx context.Context, name, title string, data []byte) (Kind, error) {
	said, err := run(ctx, data, "lp", "-d", name, "-o", "raw", "-t", title)
	switch {
	case err == nil:
		return "", nil
	case errors.Is(err, exec.ErrNotFound):
		return NoSpooler, err
	case ctx.Err() != nil: // it may have queued the job already
		return Interrupted, ctx.Err()
	}
	return spoolKind(said), fmt.Errorf("%w: %s", err, said)
}

// spoolKind reads what lp complains about in the C locale.
func spoolKind(said string) Kind {
	said = strings.ToLower(said)
	for _, c := range []struct {
		says string
		kind Kind
	}{
		{"does not exist", UnknownName},      // "The printer or class does not exist."
		{"unknown destination", UnknownName}, //
		{"forbidden", Refused},               //
		{"not authorized", Refused},          //
		{"not accepting", NotReady},          // "Destination is not accepting jobs."
		{"scheduler", NoSpooler},             // "Scheduler is not running."
		{"unable to connect", NoSpooler},     //
		{"no such file", NoSpooler},          // the service's socket is missing
		{"bad file descriptor", NoSpooler},   // the same in some versions
		{"connection refused", NoSpooler},    //
	} {
		if strings.Contains(said, c.says) {
			return c.kind
		}
	}
	return Refused
}

func spoolers(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, Timeouts{}.withDefaults().Spool)
	defer cancel()
	said, err := run(ctx, nil, "lpstat", "-e")
	switch {
	case err == nil:
		return strings.Fields(said), nil
	case errors.Is(err, exec.ErrNotFound), ctx.Err() == nil && spoolKind(said) == NoSpooler,
		strings.Contains(strings.ToLower(said), "no destinations"):
		return nil, nil
	}
	return nil, fmt.Errorf("printer: lpstat: %w: %s", err, said)
}

// run runs one command of CUPS and returns the first kilobyte of what it said.
func run(ctx context.Context, input []byte, name string, args ...string) (said string, err error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C") // spoolKind reads English
	cmd.Stdin = bytes.NewReader(input)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		out = out[:min(len(out), 1024)]
	}
	return strings.TrimSpace(string(out)), err
}
