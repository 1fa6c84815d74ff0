package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"frontdesk/hardware/paper"
)

// complain prints a failure on standard error.
func (c *call) complain(f *failure) {
	if !c.json {
		fmt.Fprintln(c.Stderr, f.text)
		return
	}
	var e struct {
		Error struct {
			Kind    string `json:"kind"`
			Message string `json:"message"`
		} `json:"error"`
	}
	e.Error.Kind, e.Error.Message = f.kind, f.text
	writeJSON(c.Stderr, e)
}

// note tells a person on standard error how it goes. Programs get results only.
func (c *call) note(key string, pairs ...any) {
	if !c.json {
		fmt.Fprintln(c.Stderr, c.t(key, pairs...))
	}
}

// tell prints v on standard output for programs, or what text makes of it for
// people.
func (c *call) tell(v any, text func()) error {
	if !c.json {
		text()
		return nil
	}
	return writeJSON(c.Stdout, v)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (c *call) println(text string) { fmt.Fprintln(c.Stdout, text) }

// pairs prints labels and values in two columns. Pairs without a value are left
// out.
func (c *call) pairs(lines [][2]string) {
	width := 0
	for _, l := range lines {
		if l[1] != "" {
			width = max(width, paper.Columns(l[0]))
		}
	}
	for _, l := range lines {
		if l[1] != "" {
			c.println(pad(l[0], width) + "  " + l[1])
		}
	}
}

// table prints rows in columns as wide as their widest cell. right says which
// columns are pushed to the right, as amounts are.
func (c *call) table(rows [][]string, right ...int) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], paper.Columns(cell))
		}
	}
	toRight := map[int]bool{}
	for _, i := range right {
		toRight[i] = true
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			if toRight[i] {
				b.WriteString(strings.Repeat(" ", widths[i]-paper.Columns(cell)) + cell)
			} else {
				b.WriteString(pad(cell, widths[i]))
			}
		}
		c.println(strings.TrimRight(b.String(), " "))
	}
}

// pad fills s up to width columns; a Chinese character takes two.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-paper.Columns(s)))
}
