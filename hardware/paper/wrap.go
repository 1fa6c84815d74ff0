package paper

import "strings"

// wrap breaks clean text without line breaks into lines of at most limit
// columns (2 or more). It breaks at spaces, which it drops there, and between
// Chinese characters, but not before a closing punctuation mark. A word that
// would leave more than half of a line empty is broken itself. Wide characters
// are never split. There is always at least one line.
func wrap(text string, limit int) []string {
	var lines []string
	rest := []rune(strings.TrimRight(text, " "))
	for {
		n := fitting(rest, limit)
		if n == len(rest) {
			return append(lines, string(rest))
		}
		n = breakBefore(rest, n, limit)
		lines = append(lines, strings.TrimRight(string(rest[:n]), " "))
		for n < len(rest) && rest[n] == ' ' {
			n++
		}
		rest = rest[n:]
	}
}

// fitting is how many runes of text fit into limit columns.
func fitting(text []rune, limit int) int {
	used := 0
	for i, r := range text {
		used += runeColumns(r)
		if used > limit {
			return i
		}
	}
	return len(text)
}

// breakBefore finds the best place to break at or before n, where the line is
// full.
func breakBefore(text []rune, n, limit int) int {
	used := Columns(string(text[:n]))
	for i := n; i > 0 && used*2 > limit; i-- {
		if mayBreak(text[i-1], text[i]) {
			return i
		}
		used -= runeColumns(text[i-1])
	}
	return n
}

// mayBreak reports whether a line may end with before and the next start with
// after.
func mayBreak(before, after rune) bool {
	switch {
	case before == ' ' || after == ' ':
		return true
	case strings.ContainsRune("，。、；：！？）》」』】〉…～％,.;:!?)]}%", after):
		return false
	case strings.ContainsRune("（《「『【〈￥([{", before):
		return false
	}
	return before >= 0x80 || after >= 0x80
}

// wrapEven wraps a value that is to stand at the right. One long number comes
// out in pieces of the same length, because a short last piece at the right
// edge reads as a number of its own.
func wrapEven(value string, limit int) []string {
	width := Columns(value)
	if width <= limit || strings.Contains(value, " ") {
		return wrap(value, limit)
	}
	pieces := (width + limit - 1) / limit
	even := (width + pieces - 1) / pieces
	return wrap(value, max(even, 2))
}
