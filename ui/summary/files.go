package summary

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"frontdesk/data"
)

// fileName is a telling name, without its ending: 汇总 2026-11-20.
func (s *Screen) fileName() string {
	w, p := s.desk.Words, s.period
	what := string(p.from)
	switch p.unit {
	case unitMonth:
		what = string(p.from[:7])
	case unitYear:
		what = string(p.from[:4])
	case unitRange:
		what = w.T("sales.period.range", "from", string(p.from), "to", string(p.to))
	case unitShift:
		if x := s.last.report.Shift; x != nil && x.ID == p.shiftID {
			what = string(x.Day) + " " + shiftTitle(s.desk, data.Shift{ID: x.ID, Name: x.Name, Staff: x.Staff})
		}
	}
	key := "summary.file.name"
	if s.desk.Practice {
		key += ".practice"
	}
	return cleanName(w.T(key, "what", what))
}

// cleanName drops what some system does not allow in the name of a file.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// newFile is the path of a file that does not exist yet, in a folder, or in that
// for the program's files where folder is empty. Another one of that name is left
// alone: 汇总 2026-11-20 (2).
func newFile(folder, name, ending string) (string, error) {
	if folder == "" {
		var err error
		if folder, err = filesFolder(); err != nil {
			return "", err
		}
	}
	for n := 1; n < 10_000; n++ {
		file := filepath.Join(folder, name+"."+ending)
		if n > 1 {
			file = filepath.Join(folder, fmt.Sprintf("%s (%d).%s", name, n, ending))
		}
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return file, nil
		} else if err != nil {
			return "", fmt.Errorf("summary: look for a free name: %w", err)
		}
	}
	return "", fmt.Errorf("summary: too many files named %s in %s", name, folder)
}

// filesFolder is Frontdesk in the person's documents, or at home where there is
// no folder of documents. It is made when it is missing.
func filesFolder() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("summary: find the home folder: %w", err)
	}
	folder := homeFolder(home, "DOCUMENTS", "Documents")
	if folder == "" {
		folder = home
	}
	folder = filepath.Join(folder, "Frontdesk")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("summary: make the folder for files: %w", err)
	}
	return folder, nil
}

// shortFolder names a folder by its last two parts, or with the word for home
// where it lies right there.
func shortFolder(homeWord, folder string) string {
	parent := filepath.Base(filepath.Dir(folder))
	if home, err := os.UserHomeDir(); err == nil && filepath.Dir(folder) == filepath.Clean(home) {
		parent = homeWord
	}
	return parent + "/" + filepath.Base(folder)
}
