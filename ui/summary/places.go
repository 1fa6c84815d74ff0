package summary

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// place is a folder that a file can be copied to.
type place struct {
	key    string // its word: desktop, documents, downloads, disk
	name   string // of a disk; empty otherwise
	folder string
}

// mostPlaces is how many the dialog has room for.
const mostPlaces = 5

// places are the folders that exist on this machine, sticks and other disks
// first: a file is seldom copied to where it is already.
func places(mounts []string) (list []place) {
	for _, m := range mounts {
		list = append(list, place{key: "disk", name: diskName(m), folder: m})
	}
	if home, err := os.UserHomeDir(); err == nil {
		for _, p := range []struct{ key, system, usual string }{
			{"desktop", "DESKTOP", "Desktop"}, {"documents", "DOCUMENTS", "Documents"}, {"downloads", "DOWNLOAD", "Downloads"},
		} {
			if folder := homeFolder(home, p.system, p.usual); folder != "" {
				list = append(list, place{key: p.key, folder: folder})
			}
		}
		if len(list) == 0 {
			list = append(list, place{key: "home", folder: home})
		}
	}
	return list[:min(len(list), mostPlaces)]
}

// mounts are the disks that were plugged in.
func mounts() (list []string) {
	switch runtime.GOOS {
	case "windows":
		for letter := 'D'; letter <= 'Z'; letter++ {
			if root := string(letter) + `:\`; isFolder(root) {
				list = append(list, root)
			}
		}
		return list
	case "darwin":
		list, _ = filepath.Glob("/Volumes/*")
	default:
		user := filepath.Base(os.Getenv("HOME"))
		for _, pattern := range []string{"/media/" + user + "/*", "/run/media/" + user + "/*"} {
			found, _ := filepath.Glob(pattern) // only a bad pattern is an error
			list = append(list, found...)
		}
	}
	return list
}

// diskName is what a disk is called: its folder's name, or its letter.
func diskName(folder string) string {
	if name := filepath.VolumeName(folder); name != "" {
		return name
	}
	return filepath.Base(folder)
}

// homeFolder is one of the usual folders of a person, under the name that the
// system gives it (文档), or else under its usual one; empty where there is none.
func homeFolder(home, system, usual string) string {
	for _, folder := range []string{systemFolder(home, system), filepath.Join(home, usual)} {
		if folder != "" && isFolder(folder) {
			return folder
		}
	}
	return ""
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// systemFolder is such a folder as a Linux desktop names it; empty where nothing
// names it, or where it is the home folder itself.
func systemFolder(home, system string) string {
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	f, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		value, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "XDG_"+system+"_DIR=")
		if !ok {
			continue
		}
		value = strings.Trim(value, `"`)
		if rest, below := strings.CutPrefix(value, "$HOME"); below {
			value = filepath.Join(home, rest)
		}
		if filepath.IsAbs(value) && filepath.Clean(value) != filepath.Clean(home) {
			return filepath.Clean(value)
		}
	}
	return ""
}
