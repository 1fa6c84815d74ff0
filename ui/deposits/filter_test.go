package deposits

import (
	"testing"

	"frontdesk/data"
)

func TestADayInTheSearchField(t *testing.T) {
	const today = data.Day("2026-11-21")
	for text, want := range map[string]data.Day{
		"2026-11-19": "2026-11-19",
		" 11-19 ":    "2026-11-19",
		"11-21":      "2026-11-21",
		"12-30":      "2025-12-30", // not yet this year: the last one
	} {
		if q := (filter{text: text}).query(today); q.From != want || q.To != want || q.Text != "" {
			t.Errorf("%q: from %q to %q, text %q", text, q.From, q.To, q.Text)
		}
	}
	for _, text := range []string{"306", "13-40", "51000001", "张伟", "0571-8600", ""} {
		if q := (filter{text: text}).query(today); q.From != "" || q.Text != text {
			t.Errorf("%q was taken for the day %q", text, q.From)
		}
	}
}
