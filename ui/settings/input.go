package settings

import (
	"fyne.io/fyne/v2"

	"frontdesk/ui/kit"
)

// input is a part of a page that stands for one setting.
type input struct {
	key      string
	show     func(v *values)        // writes the value into the part
	fault    func(v *values) string // a sentence, before saving; nil when anything goes
	complain func(sentence string)  // at the part; nil where nothing can be wrong
	focus    func()                 // nil where a fault cannot be put right by typing
	object   fyne.CanvasObject      // the part
	row      *formRow               // the line that it stands in; nil outside of the form
}

// convert turns what is stored into what people read, and back. A person who
// types what cannot be gets it stored as typed, and fault says what is wrong.
type convert struct {
	show  func(stored string) string
	store func(typed string) string
}

var asIs = convert{show: func(s string) string { return s }, store: func(s string) string { return s }}

// text adds a line of text.
func (p *page) text(key string, c convert, fault func(string) string) *kit.Field {
	return p.field(key, kit.NewField(""), c, fault)
}

// area adds several lines of text.
func (p *page) area(key string, height float32, fault func(string) string) *kit.Field {
	return p.field(key, kit.NewTextArea("", height), asIs, fault)
}

func (p *page) field(key string, f *kit.Field, c convert, fault func(string) string) *kit.Field {
	f.Entry.OnChanged = func(typed string) { p.typed(key, c.store(typed)) }
	p.add(&input{
		key:      key,
		show:     func(v *values) { f.SetText(c.show(v.get(key))) },
		complain: f.SetError,
		focus:    f.Focus,
		object:   f,
		fault: func(v *values) string {
			if fault == nil {
				return ""
			}
			return fault(v.get(key))
		},
	}, f)
	return f
}

// segment adds a row of words of which one is the value.
func (p *page) segment(key string, stored, words []string) *kit.Segment {
	s := kit.NewSegment(words, 0, func(i int) { p.typed(key, stored[i]) })
	p.add(&input{key: key, object: s, show: func(v *values) {
		for i, value := range stored {
			if value == v.get(key) {
				s.SetIndex(i)
			}
		}
	}}, s)
	return s
}

// toggle adds a switch for "true" and "false".
func (p *page) toggle(key, word string) *kit.Toggle {
	t := p.loose(key, word)
	p.row(key, t)
	return t
}

// loose makes a switch that stands elsewhere than in the form.
func (p *page) loose(key, word string) *kit.Toggle {
	t := kit.NewToggle(word, false, func(on bool) {
		if on {
			p.typed(key, "true")
		} else {
			p.typed(key, "false")
		}
	})
	p.inputs = append(p.inputs, &input{key: key, object: t, show: func(v *values) { t.SetOn(v.get(key) == "true") }})
	return t
}
