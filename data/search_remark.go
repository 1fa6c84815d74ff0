package data

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// How remarks are searched. The index (remark_search) has a word for every pair
// of neighbouring characters of a remark, in their order, and behind them a word
// for every single character. A part of a remark is then a phrase of pairs, or
// one character's word: any part is found, not only whole words, and Chinese,
// which has no words to see, like everything else.
//
// A word is written in the characters' numbers, so that signs and spaces are
// found too and nothing of the index's own syntax can be typed.

// halfWidth makes full-width letters, digits and signs into the usual ones, and
// one spelling of what has several.
func halfWidth(text string) string { return norm.NFKC.String(text) }

// remarkForm is a remark, or a part of one, as it is compared.
func remarkForm(text string) string { return strings.ToLower(halfWidth(text)) }

// remarkWords are all words of a remark.
func remarkWords(remark string) string {
	chars := []rune(remarkForm(remark))
	words := pairWords(chars)
	seen := map[rune]bool{}
	for _, c := range chars {
		if !seen[c] {
			seen[c] = true
			words = append(words, charWord(c))
		}
	}
	return strings.Join(words, " ")
}

// remarkPhrase finds the remarks with this part, in the index's syntax.
func remarkPhrase(part string) string {
	chars := []rune(remarkForm(part))
	if len(chars) == 1 {
		return `"` + charWord(chars[0]) + `"`
	}
	return `"` + strings.Join(pairWords(chars), " ") + `"`
}

func pairWords(chars []rune) []string {
	var words []string
	for i := 1; i < len(chars); i++ {
		words = append(words, charWord(chars[i-1])+"x"+charWord(chars[i]))
	}
	return words
}

func charWord(c rune) string { return strconv.FormatInt(int64(c), 16) }

// indexRemark lets the remark of a new sale be found.
func indexRemark(x *tx, id int64, remark string) error {
	if remark == "" {
		return nil
	}
	if _, err := x.exec("INSERT INTO remark_search (rowid, pairs) VALUES (?, ?)", id, remarkWords(remark)); err != nil {
		return fmt.Errorf("index remark: %w", err)
	}
	return nil
}

// searchRemarks finds sales by a part of their remarks, newest first and at most
// one more than SearchMax.
func searchRemarks(v snapshot, part string, in span) ([]int64, error) {
	return all(v, scanInt, "SELECT rowid FROM remark_search WHERE remark_search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
		remarkPhrase(part), in.first, in.last, SearchMax+1)
}
