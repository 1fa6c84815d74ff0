package kit

import "fyne.io/fyne/v2/canvas"

// layoutWords places the words of a row and its figure between left and right.
// Where they do not fit they become smaller, first the words; then the name is
// cut, and then the word. Counts and figures are never cut.
func (r *CardRow) layoutWords(word, name, count, value *canvas.Text, left, right, height float32) {
	l := r.line
	word.Text, name.Text, count.Text, value.Text = l.Word, l.Name, l.Count, l.Value
	words := []*canvas.Text{word, name, count}
	over := func() float32 { return wordsWidth(append(words, value)) - (right - left) }
	for _, sizes := range [][2]float32{{Body, Row}, {Caption, Row}, {Caption, Body}, {Caption, Caption}} {
		for _, t := range words {
			t.TextSize = sizes[0]
		}
		value.TextSize = sizes[1]
		if over() <= 0 {
			break
		}
	}
	for _, t := range []*canvas.Text{name, word} {
		if o := over(); o > 0 && t.Text != "" {
			t.Text = shorten(t.Text, t.MinSize().Width-o, t.TextSize, t.TextStyle)
		}
		if t == name && over() > 0 {
			name.Text = "" // not even one character of it fits
		}
	}
	x := left
	for _, t := range words {
		putMiddle(t, x, 0, height)
		if t.Text != "" {
			x += t.MinSize().Width + cardRowGap
		}
	}
	putRight(value, right, 0, height)
}

// wordsWidth is the width of words with a gap between them.
func wordsWidth(words []*canvas.Text) float32 {
	w := -cardRowGap
	for _, t := range words {
		if t.Text != "" {
			w += t.MinSize().Width + cardRowGap
		}
	}
	return max(0, w)
}
