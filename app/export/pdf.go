package export

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/signintech/gopdf"

	"frontdesk/assets/fonts"
)

// PDF writes the report as A4 pages: a day, or a shift, is one page.
func PDF(ctx context.Context, w io.Writer, j Job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var doc gopdf.GoPdf
	doc.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	doc.SetInfo(gopdf.PdfInfo{Title: j.title() + " " + j.period(), Creator: j.Words.T("app.name"), CreationDate: j.Report.At})
	for _, f := range []struct {
		name string
		data []byte
	}{{"regular", fonts.Regular}, {"bold", fonts.Bold}} {
		if err := doc.AddTTFFontData(f.name, f.data); err != nil {
			return fmt.Errorf("typeface %s: %w", f.name, err)
		}
	}
	pages := compose(j)
	for n, p := range pages {
		doc.AddPage()
		for _, i := range append(p.items, foot(j, n+1, len(pages))...) {
			if err := draw(&doc, i); err != nil {
				return fmt.Errorf("page %d: %w", n+1, err)
			}
		}
	}
	// gopdf does not look whether what it writes arrives, so it writes to memory: a
	// few pages are small.
	var whole bytes.Buffer
	if _, err := doc.WriteTo(&whole); err != nil {
		return err
	}
	_, err := whole.WriteTo(w)
	return err
}

// colours are those of the light theme, a little darker for paper.
var colours = map[tone][3]uint8{
	ink: {0x16, 0x1E, 0x28}, faint: {0x5C, 0x68, 0x75}, accent: {0x1A, 0x5A, 0xC0}, ground: {0xE8, 0xEC, 0xF0},
}

func draw(doc *gopdf.GoPdf, i item) error {
	c := colours[i.tone]
	if i.text == "" {
		doc.SetFillColor(c[0], c[1], c[2])
		doc.RectFromUpperLeftWithStyle(i.x, i.y, i.w, i.h, "F")
		return nil
	}
	name := "regular"
	if i.bold {
		name = "bold"
	}
	text, wide, err := fit(doc, name, i)
	if err != nil {
		return err
	}
	doc.SetTextColor(c[0], c[1], c[2])
	x := i.x
	if i.toLeft {
		x -= wide
	}
	doc.SetXY(x, i.y)
	return doc.Text(text)
}

// smallest is the part of its size to which a text is set smaller before it is cut
// off. No amount of a real till is as long as that.
const smallest = 0.6

// fit chooses the typeface so that a text is not wider than it may be, and cuts off
// what is far too long.
func fit(doc *gopdf.GoPdf, name string, i item) (text string, wide float64, err error) {
	measure := func(text string, size float64) float64 {
		if err == nil {
			err = doc.SetFont(name, "", size)
		}
		if err == nil {
			wide, err = doc.MeasureTextWidth(text)
		}
		return wide
	}
	text = i.text
	if measure(text, i.size); i.most == 0 || wide <= i.most || err != nil {
		return text, wide, err
	}
	size := max(i.size*i.most/wide, i.size*smallest)
	runes := []rune(text)
	for n := len(runes) - 1; measure(text, size) > i.most+0.5 && n > 0 && err == nil; n-- {
		text = string(runes[:n]) + "…"
	}
	return text, wide, err
}
