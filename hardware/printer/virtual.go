package printer

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/hardware/paper"
)

// OutOfPaper is the name of a file that takes the virtual printer's paper away
// while it lies in its folder, to see what the program does then.
const OutOfPaper = "out-of-paper"

// virtualPrinter keeps each document as a picture in a folder.
type virtualPrinter struct {
	device
	dir  string
	keep int

	mu   sync.Mutex
	last time.Time // of the last picture: names must grow
}

func openVirtual(d device, dir string) (Printer, error) {
	if dir == "" {
		dir = d.options.VirtualDir
	}
	if dir == "" {
		return nil, d.fail(Setup, errors.New("the virtual printer has no folder"))
	}
	if d.options.Painter == nil {
		return nil, d.fail(Setup, errors.New("the virtual printer has no typefaces"))
	}
	keep := d.options.VirtualKeep
	if keep <= 0 {
		keep = 50
	}
	return &virtualPrinter{device: d, dir: dir, keep: keep}, nil
}

// Print draws the document. A document without anything to see (the pulse for
// the drawer) leaves no picture; raw bytes are kept beside the pictures.
func (p *virtualPrinter) Print(ctx context.Context, job Job) error {
	if err := ctx.Err(); err != nil {
		return p.fail(Unreachable, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return p.fail(Storage, err)
	}
	if _, err := os.Stat(filepath.Join(p.dir, OutOfPaper)); err == nil {
		return p.fail(NoPaper, fmt.Errorf("file %s", OutOfPaper))
	}
	if job.Raw != nil {
		return p.keepFile(p.name(job, ".bin"), func(f *os.File) error {
			_, err := f.Write(job.Raw)
			return err
		})
	}
	lines := paper.Layout(job.Document, p.options.Profile.Width)
	if !slices.ContainsFunc(lines, visible) {
		return nil
	}
	picture := p.options.Painter.Picture(lines, p.options.Profile.Width)
	return p.keepFile(p.name(job, ".png"), func(f *os.File) error { return png.Encode(f, picture) })
}

func visible(l paper.Line) bool {
	switch l.Kind {
	case paper.KindText, paper.KindRule, paper.KindBarcode, paper.KindQR:
		return true
	}
	return false
}

// name is the file for a job: names in order of time, so that the newest is the
// last of the folder.
func (p *virtualPrinter) name(job Job, ext string) string {
	now := time.Now().UTC()
	if !now.After(p.last) {
		now = p.last.Add(time.Microsecond)
	}
	p.last = now.Truncate(time.Microsecond)
	id := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' {
			return r
		}
		return -1
	}, job.ID)
	return p.last.Format("20060102-150405.000000") + "-" + id[:min(len(id), 40)] + ext
}

// keepFile writes a file whole or not at all, and drops the oldest ones.
func (p *virtualPrinter) keepFile(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(p.dir, "new-*.tmp")
	if err != nil {
		return p.fail(Storage, err)
	}
	err = write(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(p.dir, name))
	}
	if err != nil {
		os.Remove(f.Name())
		return p.fail(Storage, err)
	}
	printed, err := Pictures(p.dir)
	if err != nil {
		return p.fail(Storage, err)
	}
	for _, old := range printed[min(p.keep, len(printed)):] {
		os.Remove(old) // one picture too many is no reason to fail
	}
	return nil
}

// Pictures lists what a virtual printer has kept in dir, the newest first. A
// folder that does not exist holds none.
func Pictures(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var pictures []string
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".png" || ext == ".bin" {
			pictures = append(pictures, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(pictures)
	slices.Reverse(pictures)
	return pictures, nil
}
