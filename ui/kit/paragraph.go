package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Flowing is a part whose height depends on the width it is given. Down asks
// for it; MinSize can only answer for the width of the last layout.
type Flowing interface {
	HeightFor(width float32) float32
}

// Paragraph is text that breaks into lines, by the rules of Chinese
// typesetting: anywhere between Han characters, never before a closing mark,
// never inside a word or a figure.
type Paragraph struct {
	widget.BaseWidget
	text     string
	size     float32
	style    fyne.TextStyle
	token    Token
	centered bool
}

var _ Flowing = (*Paragraph)(nil)

// NewParagraph makes a regular paragraph. Line breaks in text are kept.
func NewParagraph(text string, size float32, token Token) *Paragraph {
	p := &Paragraph{text: text, size: size, token: token}
	p.ExtendBaseWidget(p)
	return p
}

// Bold sets the paragraph bold.
func (p *Paragraph) Bold() *Paragraph { p.style.Bold = true; return p }

// Mono sets the paragraph in the monospaced font.
func (p *Paragraph) Mono() *Paragraph { p.style = fyne.TextStyle{Monospace: true}; return p }

// Centered centres every line.
func (p *Paragraph) Centered() *Paragraph { p.centered = true; return p }

// Text is the present text.
func (p *Paragraph) Text() string { return p.text }

// SetText changes the words.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// SetColor changes the colour.
func (p *Paragraph) SetColor(token Token) {
	if p.token != token {
		p.token = token
		p.Refresh()
	}
}

// HeightFor is the height of the paragraph in a column of that width.
func (p *Paragraph) HeightFor(width float32) float32 {
	return float32(len(wrap(p.text, width, p.size, p.style))) * pitch(p.size)
}

// pitch is the distance from line to line.
func pitch(size float32) float32 {
	if size >= Row {
		return LineHeight(size) + 1
	}
	return LineHeight(size)
}

func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &paragraphRenderer{p: p}
	r.flow(p.Size().Width)
	return r
}

// paragraphRenderer has as many lines as the width asks for.
type paragraphRenderer struct {
	p     *Paragraph
	lines []fyne.CanvasObject
}

func (r *paragraphRenderer) flow(width float32) {
	texts := wrap(r.p.text, width, r.p.size, r.p.style)
	for len(r.lines) < len(texts) {
		r.lines = append(r.lines, canvas.NewText("", nil))
	}
	r.lines = r.lines[:len(texts)]
	for i, text := range texts {
		line := r.lines[i].(*canvas.Text)
		line.Text, line.TextSize, line.TextStyle = text, r.p.size, r.p.style
		line.Color = Color(r.p.token)
		x := float32(0)
		if r.p.centered {
			x = floor((width - line.MinSize().Width) / 2)
		}
		putLine(line, x, float32(i)*pitch(r.p.size))
	}
}

func (r *paragraphRenderer) Destroy()                     {}
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *paragraphRenderer) Layout(s fyne.Size)           { r.flow(s.Width) }

// MinSize is one character wide, so that a paragraph never pushes its column.
func (r *paragraphRenderer) MinSize() fyne.Size {
	width := r.p.Size().Width
	if width == 0 {
		width = fyne.MeasureText(r.p.text, r.p.size, r.p.style).Width
	}
	return fyne.NewSize(r.p.size, r.p.HeightFor(width))
}

func (r *paragraphRenderer) Refresh() {
	r.flow(r.p.Size().Width)
	canvas.Refresh(r.p)
}

// wrap breaks text into lines at most width wide. Without a width it breaks
// at line breaks only. A word that is wider than a whole line is broken inside.
func wrap(text string, width, size float32, style fyne.TextStyle) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		if width <= 0 || fyne.MeasureText(paragraph, size, style).Width <= width {
			lines = append(lines, paragraph)
			continue
		}
		line := ""
		for _, piece := range pieces(paragraph) {
			if line != "" && fyne.MeasureText(strings.TrimRight(line+piece, " "), size, style).Width > width {
				lines = append(lines, strings.TrimRight(line, " "))
				line, piece = "", strings.TrimLeft(piece, " ")
			}
			for fyne.MeasureText(strings.TrimRight(piece, " "), size, style).Width > width {
				head := fitting(piece, width, size, style)
				lines = append(lines, head)
				piece = piece[len(head):]
			}
			line += piece
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// fitting is the longest beginning of piece, at least one character, that is
// at most width wide.
func fitting(piece string, width, size float32, style fyne.TextStyle) string {
	end := 0
	for i, r := range piece {
		next := i + len(string(r))
		if end > 0 && fyne.MeasureText(piece[:next], size, style).Width > width {
			break
		}
		end = next
	}
	return piece[:end]
}

// pieces cuts text where a line may break.
func pieces(text string) []string {
	var out []string
	start := 0
	runes := []rune(text)
	for i := 1; i < len(runes); i++ {
		if breakable(runes[i-1], runes[i]) {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	return append(out, string(runes[start:]))
}

// breakable reports whether a line may end between a and b.
func breakable(a, b rune) bool {
	const closing = "，。、；：！？）》」』”’】…%％·,.;:!?)"
	const opening = "（《「『“‘【¥￥("
	switch {
	case b == ' ', strings.ContainsRune(closing, b), strings.ContainsRune(opening, a):
		return false
	case a == ' ':
		return true
	}
	return wide(a) || wide(b)
}

// wide reports whether r is set like a Han character.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || (r >= 0x3000 && r <= 0x303F) || (r >= 0xFF00 && r <= 0xFFEF) || r == '“' || r == '”'
}
