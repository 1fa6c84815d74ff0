package screen

import (
	"strings"

	"frontdesk/assets/lang"
)

// usualReasons are those of a shop that set none of its own.
var usualReasons = []string{"goods", "price", "twice"}

// maxReasons bounds the shop's own list: a dialog has room for these, and
// "other" comes after them.
const maxReasons = 5

// RefundReasons are the words to choose from when money is given back, from the
// setting "till.refund_reasons". The last one is "other", behind which a person
// writes.
func RefundReasons(w *lang.Words, setting string) []string {
	var list []string
	for line := range strings.Lines(setting) {
		if line = strings.TrimSpace(line); line != "" && len(list) < maxReasons {
			list = append(list, line)
		}
	}
	if len(list) == 0 {
		for _, key := range usualReasons {
			list = append(list, w.T("refund.reason."+key))
		}
	}
	return append(list, w.T("refund.reason.other"))
}
