package panel

import (
	"slices"

	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
	"frontdesk/ui/screen"
)

// View draws a Panel.
type View struct {
	// OnChoice is called with the word that a person chooses of Panel.Choice.
	OnChoice func(index int)

	do    func(Intent)
	root  *kit.ResultPanel
	body  *body
	foot  *fyne.Container
	main  []Button // what the foot shows at the moment
	below []Button
	hint  *kit.Text
}

// NewView makes an empty panel; do gets the intent of each button.
func NewView(do func(Intent)) *View {
	v := &View{do: do}
	v.body = newBody(func(i int) {
		if v.OnChoice != nil {
			v.OnChoice(i)
		}
	})
	v.hint = kit.NewText("", kit.Caption, kit.Ink3).Centered().Fit(14)
	v.foot = kit.Down(kit.GapDense)
	v.root = kit.NewResult(kit.ResultHead{}, v.body.root, v.foot)
	return v
}

// Object is what belongs on the right side.
func (v *View) Object() fyne.CanvasObject { return v.root }

// Draw shows a panel. Where there is little room, its head is the low one.
func (v *View) Draw(p Panel) {
	if h := v.root.Size().Height; h > 0 && h < lowPanel {
		p.Head.Compact = true
	}
	v.root.SetHead(p.Head)
	v.body.draw(p)
	v.hint.SetText(p.Caption)
	if slices.Equal(p.Main, v.main) && slices.Equal(p.Second, v.below) && v.hint.Visible() == (p.Caption != "") {
		return
	}
	v.main, v.below = p.Main, p.Second
	screen.Only(v.hint, p.Caption != "")
	v.foot.Objects = nil
	if len(p.Main) > 0 {
		v.foot.Add(v.row(p.Main, kit.ButtonLarge))
	}
	if len(p.Second) > 0 {
		v.foot.Add(v.row(p.Second, kit.ButtonNormal))
	}
	v.foot.Add(v.hint)
	v.root.Refresh()
}

// lowPanel is the height below which the head gives room to what stands under
// it.
const lowPanel float32 = 600

// row puts buttons side by side. One that stands apart goes to the right end,
// far from the others when it undoes something.
func (v *View) row(list []Button, height float32) fyne.CanvasObject {
	far := list[len(list)-1].Far
	var objects []fyne.CanvasObject
	for i, b := range list {
		o := v.button(b, height)
		switch {
		case far && i < len(list)-1:
			objects = append(objects, kit.Sized(farFirst, 0, o))
		case far:
			objects = append(objects, kit.Spacer(), o)
		case b.Apart:
			objects = append(objects, o)
		default:
			objects = append(objects, kit.Stretch(o))
		}
	}
	return kit.Across(kit.GapDense, objects...)
}

// farFirst is the width of a button that another one keeps away from.
const farFirst float32 = 280

func (v *View) button(b Button, height float32) *kit.Button {
	o := kit.NewButton(b.Word, height, func() { v.do(b.Do) }).Key(b.Key).Icon(b.Icon).Kind(b.Kind)
	o.SetEnabled(!b.Off)
	return o
}
