package escpos

import (
	"slices"
	"strings"

	"frontdesk/hardware/paper"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// text writes one line and its line feed.
func (w *writer) text(i int, text string) {
	text = strings.ReplaceAll(paper.Clean(text), "\n", " ") // lines made by hand are no reason to trust them
	encoded, missing := encode(text, w.profile.Encoding)
	if len(missing) > 0 {
		w.notes = append(w.notes, Note{Line: i, Text: text, Missing: missing})
	}
	w.out.Write(encoded)
	w.out.WriteByte('\n')
}

// fullWidthQuestion stands for what an encoding lacks. It takes two columns as
// every character does that is not ASCII.
const fullWidthQuestion = "\xA3\xBF"

// encode turns clean text into the printer's bytes. Each byte of a character
// that is not ASCII has a value of 0x30 or more, so none is a command.
func encode(text string, to Encoding) (encoded []byte, missing []rune) {
	encoder := simplifiedchinese.GB18030.NewEncoder()
	if to == GBK {
		encoder = simplifiedchinese.GBK.NewEncoder()
	}
	for _, r := range text {
		if r < 0x80 {
			encoded = append(encoded, byte(r))
			continue
		}
		code, err := encoder.String(string(r))
		if err != nil || len(code) < 2 { // GBK's one-byte code for € is Windows' own, no printer has it
			encoded = append(encoded, fullWidthQuestion...)
			if !slices.Contains(missing, r) {
				missing = append(missing, r)
			}
			continue
		}
		encoded = append(encoded, code...)
	}
	return encoded, missing
}
