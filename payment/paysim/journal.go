package paysim

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"frontdesk/payment"
)

// journal is the book's file: a heading, then one line for each change with
// all that it touched, whole, as it became. The last line of an order or hold
// counts. A line is on the disk before the answer goes out, so whatever a till
// was told, the simulator still knows after any restart.
type journal struct {
	f    *os.File
	size int64 // up to here the file holds whole lines
	torn bool  // a write failed: behind size there may be a part of a line
}

const journalHeading = `{"paysim_book":1}` + "\n"

// entry is one line: what one change made of the book. It is one line even
// where a capture touches an order and a hold, so that a line which was cut off
// never leaves half of a change. A single order is written by itself, the way
// books were written before there were holds.
type entry struct {
	Orders []order `json:"orders,omitempty"`
	Holds  []hold  `json:"holds,omitempty"`
}

func (e entry) empty() bool { return len(e.Orders) == 0 && len(e.Holds) == 0 }

// openJournal reads the book and leaves the file open for more. A line that
// was cut off at the very end (the program ended while writing it, so nobody
// was answered) is dropped; any other damage is an error.
func openJournal(path string) (j *journal, all entry, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, entry{}, fmt.Errorf("paysim: %w", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, entry{}, fmt.Errorf("paysim: %w", err)
	}
	whole := raw[:bytes.LastIndexByte(raw, '\n')+1]
	if len(whole) == 0 {
		whole = []byte(journalHeading)
	}
	all, lines, err := readJournal(whole)
	if err != nil {
		return nil, entry{}, fmt.Errorf("paysim: %s: %w", path, err)
	}
	if lines > 2*(len(all.Orders)+len(all.Holds))+1000 { // mostly history: start the file afresh
		var b bytes.Buffer
		b.WriteString(journalHeading)
		err := writeLines(&b, all.Orders)
		for _, h := range all.Holds {
			err = errors.Join(err, entry{Holds: []hold{h}}.write(&b))
		}
		if err != nil {
			return nil, entry{}, fmt.Errorf("paysim: %w", err)
		}
		whole = b.Bytes()
	}
	if !bytes.Equal(whole, raw) {
		if err := writeFile(path, whole); err != nil {
			return nil, entry{}, fmt.Errorf("paysim: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, entry{}, fmt.Errorf("paysim: %w", err)
	}
	return &journal{f: f, size: int64(len(whole))}, all, nil
}

// readJournal reads whole lines and returns the last version of everything.
func readJournal(whole []byte) (all entry, lines int, err error) {
	if !bytes.HasPrefix(whole, []byte(journalHeading)) {
		return entry{}, 0, errors.New("is not a simulator's book of this version")
	}
	last, lastHold := map[string]order{}, map[string]hold{}
	for line := range bytes.Lines(whole[len(journalHeading):]) {
		lines++
		e, err := readLine(line)
		if err != nil {
			return entry{}, 0, fmt.Errorf("line %d: %w", lines+1, err)
		}
		for _, o := range e.Orders {
			last[o.No] = o
		}
		for _, h := range e.Holds {
			lastHold[h.No] = h
		}
	}
	for _, no := range slices.Sorted(maps.Keys(last)) {
		all.Orders = append(all.Orders, last[no])
	}
	for _, no := range slices.Sorted(maps.Keys(lastHold)) {
		all.Holds = append(all.Holds, lastHold[no])
	}
	return all, lines, nil
}

func readLine(line []byte) (entry, error) {
	var l struct {
		order
		entry
	}
	if err := json.Unmarshal(line, &l); err != nil {
		return entry{}, err
	}
	e := l.entry
	if e.empty() {
		e.Orders = []order{l.order}
	}
	for i, o := range e.Orders {
		e.Orders[i].Wallet = walletAsWritten(o.Wallet)
		if err := o.check(); err != nil {
			return entry{}, err
		}
	}
	for i, h := range e.Holds {
		e.Holds[i].Wallet = walletAsWritten(h.Wallet)
		if err := h.check(); err != nil {
			return entry{}, err
		}
	}
	return e, nil
}

// walletAsWritten knows that books had no wallets while there was only one.
func walletAsWritten(w payment.Wallet) payment.Wallet { return cmp.Or(w, payment.WalletAlipay) }

func (e entry) write(b *bytes.Buffer) error {
	if len(e.Orders) == 1 && len(e.Holds) == 0 {
		return writeLine(b, e.Orders[0])
	}
	return writeLine(b, e)
}

func writeLines(b *bytes.Buffer, orders []order) error {
	for _, o := range orders {
		if err := writeLine(b, o); err != nil {
			return err
		}
	}
	return nil
}

func writeLine(b *bytes.Buffer, v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	b.Write(line)
	b.WriteByte('\n')
	return nil
}

// append writes one change down. When it fails, it does not count: the next
// call first cuts off what may have been written of it.
func (j *journal) append(e entry) error {
	var b bytes.Buffer
	if err := e.write(&b); err != nil {
		return err
	}
	if j.torn {
		if err := j.f.Truncate(j.size); err != nil {
			return err
		}
	}
	j.torn = true
	if _, err := j.f.WriteAt(b.Bytes(), j.size); err != nil {
		return err
	}
	if err := j.f.Sync(); err != nil {
		return err
	}
	j.torn = false
	j.size += int64(b.Len())
	return nil
}

func (j *journal) close() error {
	if err := j.f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("paysim: %w", err)
	}
	return nil
}
