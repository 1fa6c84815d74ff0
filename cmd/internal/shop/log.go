package shop

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// logLimit is the size at which a log file is put aside; one older file is kept.
const logLimit = 4 << 20

// OpenLog opens the log file NAME.log in folder and returns a logger for it.
// The window has no terminal on Windows, so a file is the only place that
// always exists.
func OpenLog(folder, name string) (*slog.Logger, io.Closer, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, nil, fmt.Errorf("log folder: %w", err)
	}
	w := &rotating{path: filepath.Join(folder, name+".log")}
	if err := w.open(); err != nil {
		return nil, nil, fmt.Errorf("log file: %w", err)
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo})), w, nil
}

// rotating is a file that starts anew when it has grown too large.
type rotating struct {
	path string
	mu   sync.Mutex
	file *os.File
	size int64
}

func (r *rotating) open() error {
	f, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	r.file, r.size = f, info.Size()
	return nil
}

func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size+int64(len(p)) > logLimit {
		r.rotate()
	}
	n, err := r.file.Write(p)
	r.size += int64(n)
	return n, err
}

// rotate keeps the present file as the older one. When that fails the log goes
// on in the file it has: a log must not stop a till.
func (r *rotating) rotate() {
	r.file.Close() // Windows does not rename open files
	os.Rename(r.path, r.path+".1")
	if err := r.open(); err != nil {
		r.file, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	}
	r.size = 0
}

func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.file.Close()
}
