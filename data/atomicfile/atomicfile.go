// Package atomicfile writes small files so that after a crash or a power cut
// there is the old content or the new one, never a part of it.
//
// Replace takes the place of a file, Create makes one that must not exist yet.
// Both write under another name in the same folder, push the content to the
// disk, and then give it its name. The package keeps no copies and knows no
// formats.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace puts content in the place of file, readable for this user only.
func Replace(file string, content []byte) error {
	part, err := write(file, whole(content))
	if err != nil {
		return err
	}
	defer os.Remove(part)
	if err := os.Rename(part, file); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(file))
}

// Create makes file with content. When it exists already, also when another
// process has just made it, the error is fs.ErrExist and that file stays.
func Create(file string, content []byte) error {
	return CreateBy(file, whole(content))
}

// CreateBy is Create for content that fill writes bit by bit. When fill fails
// there is no file, and the error is its own.
func CreateBy(file string, fill func(io.Writer) error) error {
	part, err := write(file, fill)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	return Place(part, file)
}

// Place gives a finished file its name without overwriting (fs.ErrExist). A
// hard link cannot overwrite; where the file system has none, as on USB sticks,
// a look and a rename must do.
func Place(part, file string) error {
	err := os.Link(part, file)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err != nil {
		if _, e := os.Lstat(file); e == nil {
			return &fs.PathError{Op: "create", Path: file, Err: fs.ErrExist}
		}
		if err := os.Rename(part, file); err != nil {
			return err
		}
	}
	return SyncFolder(filepath.Dir(file))
}

// whole writes content at once.
func whole(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}

// write makes a file beside the one that is meant. os.CreateTemp gives it mode
// 0600.
func write(file string, fill func(io.Writer) error) (name string, err error) {
	part, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return "", err
	}
	err = fill(part)
	if err == nil {
		err = part.Sync()
	}
	if e := part.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(part.Name())
		return "", err
	}
	return part.Name(), nil
}
