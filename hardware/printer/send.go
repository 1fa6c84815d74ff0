package printer

import (
	"context"
	"errors"
	"io"
	"syscall"
	"time"
)

// chunk is how much is written at once. Receipt printers take a few kilobytes
// and then as fast as they print, so a deadline for each chunk tells a slow
// printer from a dead one.
const chunk = 2048

var errStalled = errors.New("the printer takes no more data")

// step is one write that came back.
type step struct {
	n    int
	err  error
	done bool // all is written
}

// send writes all of data. It gives up when ctx ends and when the device takes
// nothing for stall. touched reports whether any byte may have reached it, and
// is also true while a write is still under way.
//
// The writing happens in a goroutine of its own because some devices block in
// a write that knows no deadline. The caller closes w after an error, which
// ends the goroutine too, on such a device as soon as its write returns.
func send(ctx context.Context, w io.Writer, data []byte, stall time.Duration) (touched bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	steps := make(chan step)
	quit := make(chan struct{})
	defer close(quit)
	go write(w, data, steps, quit)

	timer := time.NewTimer(stall)
	defer timer.Stop()
	for {
		select {
		case s := <-steps:
			touched = touched || s.n > 0
			if s.err != nil && ctx.Err() != nil { // the caller closed w at the end of ctx
				return touched, ctx.Err()
			}
			if s.err != nil || s.done {
				return touched, s.err
			}
			if s.n > 0 {
				timer.Reset(stall)
			}
		case <-timer.C:
			return true, errStalled
		case <-ctx.Done():
			return true, ctx.Err()
		}
	}
}

// write writes data in chunks until the end, an error, or quit.
func write(w io.Writer, data []byte, steps chan<- step, quit <-chan struct{}) {
	report := func(s step) bool {
		select {
		case steps <- s:
			return s.err == nil && !s.done
		case <-quit:
			return false
		}
	}
	for len(data) > 0 {
		n, err := w.Write(data[:min(chunk, len(data))])
		data = data[n:]
		if errors.Is(err, syscall.EAGAIN) { // a device that the poller cannot wait for
			err = nil
			time.Sleep(10 * time.Millisecond)
		}
		if !report(step{n: n, err: err}) {
			return
		}
	}
	report(step{done: true})
}
