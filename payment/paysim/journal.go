package paysim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// journal is the book's file: a heading, then one line for each change with
// the whole order as it became. The last line of an order counts. A line is on
// the disk before the answer goes out, so whatever a till was told, the
// simulator still knows after any restart.
type journal struct {
	f    *os.File
	size int64 // up to here the file holds whole lines
	torn bool  // a write failed: behind size there may be a part of a line
}

const journalHeading = `{"paysim_book":1}` + "\n"

// openJournal reads the orders and leaves the file open for more. A line that
// was cut off at the very end (the program ended while writing it, so nobody
// was answered) is dropped; any other damage is an error.
func openJournal(path string) (*journal, []order, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, fmt.Errorf("paysim: %w", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("paysim: %w", err)
	}
	whole := raw[:bytes.LastIndexByte(raw, '\n')+1]
	if len(whole) == 0 {
		whole = []byte(journalHeading)
	}
	orders, lines, err := readJournal(whole)
	if err != nil {
		return nil, nil, fmt.Errorf("paysim: %s: %w", path, err)
	}
	if lines > 2*len(orders)+1000 { // mostly history: start the file afresh
		var b bytes.Buffer
		b.WriteString(journalHeading)
		if err := writeLines(&b, orders); err != nil {
			return nil, nil, fmt.Errorf("paysim: %w", err)
		}
		whole = b.Bytes()
	}
	if !bytes.Equal(whole, raw) {
		if err := writeFile(path, whole); err != nil {
			return nil, nil, fmt.Errorf("paysim: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("paysim: %w", err)
	}
	return &journal{f: f, size: int64(len(whole))}, orders, nil
}

// readJournal reads whole lines and returns the last version of each order.
func readJournal(whole []byte) (orders []order, lines int, err error) {
	if !bytes.HasPrefix(whole, []byte(journalHeading)) {
		return nil, 0, errors.New("is not a simulator's book of this version")
	}
	last := map[string]order{}
	for line := range bytes.Lines(whole[len(journalHeading):]) {
		lines++
		var o order
		if err := json.Unmarshal(line, &o); err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", lines+1, err)
		}
		if err := o.check(); err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", lines+1, err)
		}
		last[o.No] = o
	}
	for _, no := range slices.Sorted(maps.Keys(last)) {
		orders = append(orders, last[no])
	}
	return orders, lines, nil
}

func writeLines(b *bytes.Buffer, orders []order) error {
	for _, o := range orders {
		line, err := json.Marshal(o)
		if err != nil {
			return err
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return nil
}

// append writes the orders down. When it fails, they do not count: the next
// call first cuts off what may have been written of them.
func (j *journal) append(orders []order) error {
	var b bytes.Buffer
	if err := writeLines(&b, orders); err != nil {
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
