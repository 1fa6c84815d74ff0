package printer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// filePrinter writes to a device, or appends to a plain file.
type filePrinter struct {
	device
	path string
}

// Print writes the job. A plain file is made when it is missing, readable by
// its owner only, and is on the disk when Print returns.
func (p *filePrinter) Print(ctx context.Context, job Job) error {
	data, err := p.bytes(job)
	if err != nil {
		return err
	}
	info, err := os.Stat(p.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && isDevicePath(p.path):
		return p.fail(Unreachable, err) // an unplugged printer is no place for a new file
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode().IsRegular():
		return p.appendTo(ctx, data)
	case err == nil && info.IsDir():
		return p.fail(Storage, errors.New("is a folder"))
	}
	return p.writeTo(ctx, data) // devices of Windows cannot be looked at
}

func (p *filePrinter) appendTo(ctx context.Context, data []byte) error {
	f, err := os.OpenFile(p.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return p.fail(Storage, err)
	}
	return p.write(ctx, f, data, f.Sync, Storage)
}

func (p *filePrinter) writeTo(ctx context.Context, data []byte) error {
	f, err := os.OpenFile(p.path, os.O_WRONLY|openFlag, 0)
	if err != nil {
		return p.fail(openKind(err), err)
	}
	return p.write(ctx, f, data, func() error { return nil }, Unreachable)
}

// write writes, syncs and closes f. kind is what an error means as long as no
// byte was taken.
func (p *filePrinter) write(ctx context.Context, f *os.File, data []byte, sync func() error, kind Kind) error {
	touched, err := send(ctx, f, data, p.options.Timeouts.Stall)
	if err == nil {
		err = sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	switch {
	case err == nil:
		return nil
	case touched:
		return p.broke(err)
	}
	return p.fail(kind, err)
}

// openKind says why a device cannot be opened.
func openKind(err error) Kind {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Refused
	case errors.Is(err, syscall.EBUSY):
		return NotReady
	}
	return Unreachable
}
