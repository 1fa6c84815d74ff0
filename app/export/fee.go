package export

import (
	"frontdesk/assets/lang"
	"frontdesk/data"
)

// FeeWords are the channels' fees for a person: the sum, the sum of those that are
// known and how many are not, or that none is known yet.
func FeeWords(w *lang.Words, r data.Report) string {
	switch {
	case r.FeeKnown:
		return r.Fee.Grouped()
	case r.Fee != 0:
		return w.T("report.fee.part", "fee", r.Fee.Grouped(), "n", r.FeeOpen)
	}
	return w.T("report.fee.later")
}
