package summary

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
)

// note is what there is to say about a paper or a file: it stands in place of the
// buttons, so nothing else moves and the till goes on.
type note struct {
	s        *Screen
	root     *fyne.Container
	progress *kit.Progress
	left     int  // seconds until it goes by itself; 0 for never
	open     bool // it says something
}

func newNote(s *Screen) *note {
	return &note{s: s, root: &fyne.Container{Layout: stackLayout{fyne.NewSize(200, kit.ButtonFilter)}}, progress: kit.NewProgress(kit.Accent)}
}

// noteSeconds is how long a note stands that needs no answer.
const noteSeconds = 8

func (n *note) visible() bool { return n.open }

// set shows content until it is dismissed.
func (n *note) set(content fyne.CanvasObject) {
	n.root.Objects = []fyne.CanvasObject{content}
	n.open, n.left = true, 0
	n.s.bar.show()
}

// say shows a sentence for a while.
func (n *note) say(icon kit.Icon, ink kit.Token, text string) {
	n.set(kit.Across(kit.GapKeys, middle(kit.NewHint(icon, ink, text, kit.Body, kit.Ink)), n.closer()))
	n.left = noteSeconds
}

// fail shows why something did not work, until it is dismissed.
func (n *note) fail(text string) {
	n.set(kit.Across(kit.GapKeys, middle(kit.NewHint(kit.IconFailed, kit.Bad, text, kit.Caption, kit.Ink)), n.closer()))
}

// working shows how far a file is.
func (n *note) working(text string, cancel func()) {
	n.progress.Set(0)
	stop := slim(kit.NewButton(n.s.desk.Words.T("summary.export.cancel"), kit.ButtonSmall, cancel))
	n.set(kit.Across(kit.GapDense, middle(kit.Down(6, kit.NewText(text, kit.Caption, kit.Ink).Ellipsis(), n.progress)), stop))
}

// saved says where a file is.
func (n *note) saved(folder, name string, open, saveAs func()) {
	w := n.s.desk.Words
	lines := kit.Down(0,
		kit.NewText(name, kit.Caption, kit.Ink).Ellipsis(),
		kit.NewText(w.T("summary.export.saved", "folder", folder), kit.Caption, kit.Ink2).Ellipsis())
	n.set(kit.Across(kit.GapKeys, kit.NewIcon(kit.IconPaid, 24, kit.Ok), middle(lines),
		slim(kit.NewButton(w.T("summary.export.open"), kit.ButtonSmall, open)),
		slim(kit.NewButton(w.T("summary.export.save_as"), kit.ButtonSmall, saveAs)), n.closer()))
}

func (n *note) closer() fyne.CanvasObject {
	return slim(kit.NewButton("", kit.ButtonSmall, n.clear).Icon(kit.IconCross))
}

// slim puts a low button into the middle of the bar's height.
func slim(b *kit.Button) fyne.CanvasObject {
	const space = (kit.ButtonFilter - kit.ButtonSmall) / 2
	return kit.Pad(space, 0, space, 0, b)
}

// clear gives the buttons their place back.
func (n *note) clear() {
	if n.open {
		n.open, n.left = false, 0
		n.root.Objects = nil
		n.s.bar.show()
	}
}

// dismiss is Esc: it takes away what was said, and stops nothing.
func (n *note) dismiss() bool {
	if !n.open || n.s.export != nil {
		return false
	}
	n.clear()
	return true
}

// tick is called once a second.
func (n *note) tick() {
	if e := n.s.export; e != nil {
		n.progress.Set(e.part())
	}
	if n.left > 0 {
		if n.left--; n.left == 0 {
			n.clear()
		}
	}
}

// middle puts an object into the middle of the height, as wide as the place.
func middle(o fyne.CanvasObject) *fyne.Container {
	return kit.Stretch(&fyne.Container{Layout: middleLayout{}, Objects: []fyne.CanvasObject{o}})
}

type middleLayout struct{}

func (middleLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, o[0].MinSize().Height)
}

func (middleLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := kit.HeightFor(o[0], s.Width)
	o[0].Move(fyne.NewPos(0, whole((s.Height-h)/2)))
	o[0].Resize(fyne.NewSize(s.Width, h))
}
