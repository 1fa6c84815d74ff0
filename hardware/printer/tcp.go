package printer

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// tcpPrinter is a network printer at its raw port, usually 9100.
type tcpPrinter struct {
	device
	address string

	mu     sync.Mutex
	silent time.Time // when it last left a status question without an answer
}

// silence is how long a printer that did not answer is not asked again.
const silence = 10 * time.Minute

// sendBuffer keeps the system from swallowing a whole receipt for a printer
// that takes nothing: what is not taken shows as a stalled write.
const sendBuffer = 4096

// Print connects, asks for the status where wanted, sends, and waits until the
// printer has everything.
func (p *tcpPrinter) Print(ctx context.Context, job Job) error {
	data, err := p.bytes(job)
	if err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: p.options.Timeouts.Connect}
	c, err := dialer.DialContext(ctx, "tcp", p.address)
	if err != nil {
		return p.fail(Unreachable, err)
	}
	conn := c.(*net.TCPConn) // "tcp" has no other kind
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	_ = conn.SetWriteBuffer(sendBuffer) // a wish; the default works too

	if p.options.AskStatus {
		if err := p.ready(conn); err != nil {
			return err
		}
	}
	if touched, err := send(ctx, conn, data, p.options.Timeouts.Stall); err != nil {
		if !touched {
			return p.fail(Unreachable, err)
		}
		return p.broke(err)
	}
	if err := p.finish(ctx, conn); err != nil {
		return p.broke(err)
	}
	return nil
}

// finish ends the connection so that every byte arrives: it says that no more
// will come, and reads what the printer still says. A connection closed with
// unread answers would be reset, and a reset throws away what is on its way.
func (p *tcpPrinter) finish(ctx context.Context, conn *net.TCPConn) error {
	if err := conn.CloseWrite(); err != nil {
		return err
	}
	if err := conn.SetReadDeadline(time.Now().Add(p.options.Timeouts.Close)); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, conn)
	switch {
	case err == nil: // the printer ended it, too
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.Is(err, os.ErrDeadlineExceeded): // a reset: what it took is anyone's guess
		return err
	case unsent(conn) > 0:
		return errStalled
	}
	return nil // many printers keep the connection open
}

// Status questions of ESC/POS, answered at once and never printed.
var (
	askPaper = []byte{0x10, 0x04, 4} // DLE EOT 4: roll paper sensor
	askCause = []byte{0x10, 0x04, 2} // DLE EOT 2: why it is off-line
)

// Bits of the answers.
const (
	paperEnd  = 0x60 // to askPaper: no paper under the sensor
	coverOpen = 0x04 // to askCause
	paperStop = 0x20 // to askCause: stopped because the paper ended
	fault     = 0x40 // to askCause
)

// ready asks for paper and cover. A printer that does not answer counts as
// ready: many have no way back.
func (p *tcpPrinter) ready(conn *net.TCPConn) error {
	p.mu.Lock()
	skip := !p.silent.IsZero() && time.Since(p.silent) < silence
	p.mu.Unlock()
	if skip {
		return nil
	}
	paper, ok := p.ask(conn, askPaper)
	if !ok {
		p.mu.Lock()
		p.silent = time.Now()
		p.mu.Unlock()
		return nil
	}
	if paper&paperEnd != 0 {
		return p.fail(NoPaper, errors.New("paper sensor"))
	}
	switch cause, _ := p.ask(conn, askCause); {
	case cause&paperStop != 0:
		return p.fail(NoPaper, errors.New("stopped at the end of the paper"))
	case cause&coverOpen != 0:
		return p.fail(NotReady, errors.New("cover open"))
	case cause&fault != 0:
		return p.fail(NotReady, errors.New("printer reports a fault"))
	}
	return nil
}

// ask sends one question; ok is false when no answer came in time.
func (p *tcpPrinter) ask(conn *net.TCPConn, question []byte) (answer byte, ok bool) {
	deadline := time.Now().Add(p.options.Timeouts.Status)
	if conn.SetDeadline(deadline) != nil {
		return 0, false
	}
	defer conn.SetDeadline(time.Time{})
	if _, err := conn.Write(question); err != nil {
		return 0, false
	}
	one := make([]byte, 1)
	for {
		if _, err := conn.Read(one); err != nil {
			return 0, false
		}
		if one[0]&0x93 == 0x12 { // fixed bits of an answer; other bytes are reports that nobody asked for
			return one[0], true
		}
	}
}
