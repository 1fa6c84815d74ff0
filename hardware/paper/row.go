package paper

import "strings"

// rowLines sets the cells of a table's line, on two lines where one is too
// narrow.
func rowLines(e Element, columns int, like Line) []Line {
	cells := make([]string, len(e.Cells))
	for i, c := range e.Cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(Clean(c), "\n", " "))
	}
	if len(cells) < 2 {
		return textLines(strings.Join(cells, ""), columns, like)
	}
	if text, ok := inColumns(cells, columns); ok && (len(cells) < 4 || columns >= tableColumns) {
		like.Text = text
		return []Line{like}
	}
	if len(cells) == 2 {
		return pairLines(Element{Text: cells[0], Value: cells[1]}, columns, like)
	}
	lines := textLines(cells[0]+" "+cells[1], columns, like)
	rest := Element{Value: strings.Join(cells[2:], " ")}
	return append(lines, pairLines(rest, columns, like)...)
}

// tableColumns is from which width on a table of four cells and more stands on
// one line each: heads are shorter than figures, and both should break alike.
const tableColumns = 40

// inColumns sets the cells on one line; ok is false where they do not fit. The
// second cell, a number of pieces, ends at a third of the line, and the amounts
// after it share the rest.
func inColumns(cells []string, columns int) (string, bool) {
	edges := make([]int, len(cells))
	first := columns / 3
	edges[1] = first
	for i := 2; i < len(cells); i++ {
		edges[i] = first + (columns-first)*(i-1)/(len(cells)-2)
	}
	if len(cells) == 2 {
		edges[1] = columns
	}
	text := cells[0]
	for i, c := range cells[1:] {
		gap := edges[i+1] - Columns(text) - Columns(c)
		if gap < 1 {
			return "", false
		}
		text += strings.Repeat(" ", gap) + c
	}
	return strings.TrimRight(text, " "), true
}
