package frontdesk_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The screens and the command line need neither a C compiler nor OpenGL on any
// system, whatever they import by way of others; the command line no Fyne.
func TestWhatStaysLean(t *testing.T) {
	for _, system := range []string{"linux", "windows", "darwin"} {
		t.Run(system, func(t *testing.T) {
			packages := listWithoutCgo(t, system)
			for _, root := range packages {
				dir, ours := strings.CutPrefix(root.ImportPath, module+"/")
				if !ours || below(dir, "cmd/frontdesk") {
					continue
				}
				if because := weight(root, packages, area(dir) == "ui"); because != "" {
					t.Errorf("%s depends on %s", root.ImportPath, because)
				}
			}
		})
	}
}

// weight names the first dependency of p that a lean package does not have; it
// is empty where there is none.
func weight(p listed, packages map[string]listed, window bool) string {
	for _, dependency := range p.Deps {
		switch {
		case below(dependency, "github.com/go-gl"), dependency == "fyne.io/fyne/v2/app":
			return dependency
		case below(dependency, "fyne.io") && !window:
			return dependency + ", and has no window"
		case packages[dependency].Error != nil:
			return dependency + ", which does not build without cgo: " + packages[dependency].Error.Err
		}
	}
	return ""
}

// listed is what the go command tells of a package.
type listed struct {
	ImportPath string
	Deps       []string // all, not only the direct ones
	Error      *struct{ Err string }
}

func listWithoutCgo(t *testing.T, system string) map[string]listed {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Deps,Error", "./...")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
	var stderr bytes.Buffer
	list.Stderr = &stderr
	output, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	packages := map[string]listed{}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages[p.ImportPath] = p
	}
}

// Paths of one machine and hosts of package registries work for nobody else.
// The words are put together here so that this file does not hold them.
var foreign = regexp.MustCompile(`(^|[\s"'` + "`" + `(=:,])/wor` + `k/|(prox` + `y|su` + `m)\.golang\.org|de` + `b\.debian\.org|archiv` + `e\.ubuntu\.com|registr` + `y\.npmjs\.org|pyp` + `i\.org`)

func TestFilesSuitEveryMachine(t *testing.T) {
	for _, name := range repository(t) {
		content := read(t, name)
		if bytes.IndexByte(content[:min(len(content), 8000)], 0) >= 0 {
			continue // not text
		}
		for i, line := range bytes.Split(content, []byte("\n")) {
			if found := foreign.Find(line); found != nil {
				t.Errorf("%s:%d holds %q", name, i+1, found)
			}
		}
	}
}

// repository lists the files of the project, by walking it: so a clone, an
// unpacked archive and work not yet committed are all held to the rules. What
// .gitignore names is left out.
func repository(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (slices.Contains([]string{".git", ".cache", "build"}, name) || strings.HasSuffix(name, "testdata/failed")) {
			return fs.SkipDir
		}
		if entry.Type().IsRegular() {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
