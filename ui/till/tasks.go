package till

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"frontdesk/assets/lang"
	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// taskBox is the checklist of practice mode, below the list.
type taskBox struct {
	words *lang.Words
	root  *kit.Panel
	title *kit.Parts
	lines []*kit.Hint
	shown []task
}

const (
	taskTitle float32 = 44
	taskLine  float32 = 35
)

func newTaskBox(w *lang.Words) *taskBox {
	b := &taskBox{words: w, title: kit.NewParts(20)}
	objects := []fyne.CanvasObject{b.title}
	for range (checklist{}).tasks() {
		h := kit.NewHint(kit.IconDot, kit.Ink2, "", kit.Body, kit.Ink2)
		b.lines = append(b.lines, h)
		objects = append(objects, h)
	}
	inside := &fyne.Container{Objects: objects}
	inside.Layout = screen.Free{Min: fyne.NewSize(120, 120), Place: func(size fyne.Size) {
		screen.Place(b.title, 16, 8, size.Width-32, 36)
		columns := taskColumns(size.Width)
		w := (size.Width - 32) / float32(columns)
		for i, h := range b.lines {
			screen.Place(h, 16+float32(i%columns)*w, taskTitle+4+float32(i/columns)*taskLine, w, taskLine)
		}
	}}
	b.root = kit.NewInset(inside)
	return b
}

func taskColumns(width float32) int {
	if width < 360 {
		return 1
	}
	return 2
}

// height is what the box needs in that width.
func (b *taskBox) height(width float32) float32 {
	columns := taskColumns(width)
	rows := (len(b.lines) + columns - 1) / columns
	return taskTitle + float32(rows)*taskLine + 8
}

func (b *taskBox) draw(tasks []task, done int) {
	if slices.Equal(tasks, b.shown) {
		return
	}
	b.shown = tasks
	b.title.Set(
		kit.Part{Text: b.words.T("practice.list"), Size: kit.Row, Bold: true, Color: kit.Ink},
		kit.Part{Text: strconv.Itoa(done) + "/" + strconv.Itoa(len(tasks)), Size: kit.Row, Bold: true, Color: kit.Ink})
	for i, t := range tasks {
		if t.done {
			b.lines[i].Set(kit.IconPaid, kit.Ok, b.words.T(t.key), kit.Ink)
		} else {
			b.lines[i].Set(kit.IconDot, kit.Ink2, b.words.T(t.key), kit.Ink2)
		}
	}
}

// grouped is a count for people: 12,345.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
