package settings

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// picker lets a person choose a file: a list of what is in a folder, beginning
// where downloads lie. Hidden files are left out.
type picker struct {
	desk   *screen.Desk
	then   func(io.ReadCloser)
	dialog *kit.Dialog
	table  *kit.ListTable
	dir    string
	list   []entry
}

// entry is a line of the list.
type entry struct {
	name   string
	folder bool
}

const pickerHeight float32 = 416

func newPicker(d *screen.Desk, then func(io.ReadCloser)) *picker {
	p := &picker{desk: d, then: then, dir: startFolder()}
	p.table = kit.NewListTable(func(float32) []kit.Column {
		return []kit.Column{{Cell: func(row int) kit.Cell {
			icon := kit.IconFile
			if p.list[row].folder {
				icon = kit.IconFolder
			}
			return kit.Cell{Text: p.list[row].name, Icon: icon}
		}}}
	}).Framed().NoHead().Foot(d.Words.T("settings.pick.back"), d.Words.T("settings.pick.next"))
	p.table.OnOpened = p.open
	p.dialog = kit.NewDialog(d.Words.T("settings.pick.title"), kit.Sized(0, pickerHeight, p.table), d.Words.T("settings.pick.cancel"), "")
	p.dialog.Width = 720
	p.dialog.First = p.table
	return p
}

// startFolder is where a key or certificate that was just fetched lies.
func startFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	if downloads := filepath.Join(home, "Downloads"); isFolder(downloads) {
		return downloads
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (p *picker) show() {
	p.enter(p.dir)
	p.dialog.Show(p.desk.Window.Canvas())
}

// enter reads a folder off the UI goroutine: it may be on a slow disk.
func (p *picker) enter(dir string) {
	p.desk.Background(func(context.Context) func() {
		list, err := entries(dir)
		return func() {
			if err != nil {
				p.desk.Log.Info("folder cannot be read", "err", err)
			}
			p.dir, p.list = dir, list
			p.dialog.SetFacts(dir, "")
			p.table.SetLength(len(list))
			p.table.ScrollTop()
			p.table.Select(-1)
		}
	})
}

// entries are what a folder holds, folders first, with the way up on top.
func entries(dir string) ([]entry, error) {
	var list []entry
	if filepath.Dir(dir) != dir {
		list = append(list, entry{"..", true})
	}
	found, err := os.ReadDir(dir)
	if err != nil {
		return list, err
	}
	up := len(list)
	for _, f := range found {
		if strings.HasPrefix(f.Name(), ".") {
			continue
		}
		folder := f.IsDir() || (f.Type()&os.ModeSymlink != 0 && isFolder(filepath.Join(dir, f.Name())))
		list = append(list, entry{f.Name(), folder})
	}
	slices.SortStableFunc(list[up:], func(a, b entry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return list, nil
}

// open goes into a folder, or takes the file.
func (p *picker) open(row int) {
	if row < 0 || row >= len(p.list) {
		return
	}
	path := filepath.Join(p.dir, p.list[row].name)
	if p.list[row].folder {
		p.enter(path)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		p.desk.Log.Info("file cannot be opened", "err", err)
		p.dialog.SetFacts(p.desk.Words.T("settings.secret.unreadable"), "")
		return
	}
	p.dialog.Close()
	p.then(f)
}
