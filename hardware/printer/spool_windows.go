package printer

import (
	"context"
	"errors"
	"strings"

	"github.com/alexbrainman/printer"
	"golang.org/x/sys/windows"
)

// spool hands raw bytes to the Windows spooler. It runs in a goroutine because
// a spooler on another machine may not answer for minutes.
func spool(ctx context.Context, name, title string, data []byte) (Kind, error) {
	type answer struct {
		kind Kind
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		kind, err := writeRaw(name, title, data)
		done <- answer{kind, err}
	}()
	select {
	case a := <-done:
		return a.kind, a.err
	case <-ctx.Done():
		return Interrupted, ctx.Err()
	}
}

func writeRaw(name, title string, data []byte) (Kind, error) {
	p, err := printer.Open(name)
	if err != nil {
		return spoolKind(err), err
	}
	defer p.Close()
	if err := p.StartRawDocument(title); err != nil {
		return spoolKind(err), err
	}
	if err := p.StartPage(); err != nil {
		return spoolKind(err), err
	}
	for len(data) > 0 {
		n, err := p.Write(data)
		if err == nil && n == 0 {
			err = errStalled
		}
		if err != nil {
			return Interrupted, err
		}
		data = data[n:]
	}
	if err := p.EndPage(); err != nil {
		return Interrupted, err
	}
	if err := p.EndDocument(); err != nil {
		return Interrupted, err
	}
	return "", nil
}

// Errors of the spooler's service.
const (
	rpcServerUnavailable windows.Errno = 1722
	errorSpoolNotRunning windows.Errno = 1068 // the service cannot be started
)

func spoolKind(err error) Kind {
	switch {
	case errors.Is(err, windows.ERROR_INVALID_PRINTER_NAME):
		return UnknownName
	case errors.Is(err, windows.ERROR_ACCESS_DENIED):
		return Refused
	case errors.Is(err, rpcServerUnavailable), errors.Is(err, errorSpoolNotRunning):
		return NoSpooler
	}
	return Unreachable
}

func spoolers(ctx context.Context) ([]string, error) {
	type answer struct {
		names []string
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		names, err := printer.ReadNames()
		done <- answer{names, err}
	}()
	select {
	case a := <-done:
		if a.err != nil && spoolKind(a.err) == NoSpooler {
			return nil, nil
		}
		for i := range a.names {
			a.names[i] = strings.TrimSpace(a.names[i])
		}
		return a.names, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
