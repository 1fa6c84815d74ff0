package summary

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"frontdesk/data/atomicfile"
	"frontdesk/ui/kit"
)

// askPlace lets a person copy a file to a stick or another folder, under another
// name. What is there already is left alone.
func (s *Screen) askPlace(file string) {
	s.desk.Background(func(context.Context) func() {
		list := places(mounts()) // a disk may take its time
		return func() { s.showPlaces(file, list) }
	})
}

func (s *Screen) showPlaces(file string, list []place) {
	if s.busy() || len(list) == 0 {
		return
	}
	w := s.desk.Words
	ending := filepath.Ext(file)
	var choices []kit.Choice
	for _, p := range list {
		choices = append(choices, kit.Choice{Word: strings.TrimSpace(w.T("summary.place."+p.key) + " " + p.name), Second: p.folder})
	}
	rows := kit.NewChoices(choices, kit.ChoiceTall, 0, nil)
	name := kit.NewField(w.T("summary.place.name"))
	name.SetText(strings.TrimSuffix(filepath.Base(file), ending))
	dialog := kit.NewDialog(w.T("summary.place.title"), kit.Down(kit.GapKeys, append(rows.Objects(), name)...),
		w.T("sales.period.cancel"), w.T("summary.place.save"))
	dialog.First = rows.Rows[0]
	name.Entry.OnChanged = func(text string) { dialog.SetAct(w.T("summary.place.save"), cleanName(text) != "") }
	dialog.OnAct = func() {
		dialog.Close()
		s.copyTo(file, list[rows.Index()].folder, cleanName(name.Text()), ending)
	}
	dialog.Show(s.desk.Window.Canvas())
}

// copyTo copies a file into a folder and says where it is then.
func (s *Screen) copyTo(file, folder, name, ending string) {
	s.desk.Background(func(context.Context) func() {
		to, err := newFile(folder, name, strings.TrimPrefix(ending, "."))
		if err == nil {
			err = copyFile(file, to)
		}
		return func() { s.wrote(to, err, false) }
	})
}

// copyFile makes a whole copy, or none.
func copyFile(file, to string) error {
	from, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("summary: copy: %w", err)
	}
	defer from.Close()
	err = atomicfile.CreateBy(to, func(w io.Writer) error {
		_, err := io.Copy(w, from)
		return err
	})
	if err != nil {
		return fmt.Errorf("summary: copy: %w", err)
	}
	return nil
}
