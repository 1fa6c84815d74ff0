package export_test

import (
	"bytes"
	"compress/zlib"
	"flag"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/app/export"
	"frontdesk/assets/lang"
	"frontdesk/data"
)

var update = flag.Bool("update", false, "write the golden files anew")

// pdfText reads a PDF as a person would copy it: the characters behind the
// glyphs of every page, one line for each piece of text.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	var pages []string
	var maps []map[string]string
	for _, m := range regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`).FindAllSubmatch(pdf, -1) {
		content := m[1]
		if r, err := zlib.NewReader(bytes.NewReader(content)); err == nil {
			if plain, err := io.ReadAll(r); err == nil {
				content = plain
			}
		}
		switch text := string(content); {
		case strings.Contains(text, "beginbfchar") || strings.Contains(text, "beginbfrange"):
			maps = append(maps, charMap(text))
		case strings.Contains(text, " Tf"):
			pages = append(pages, text)
		}
	}
	if len(maps) != 2 {
		t.Fatalf("%d typefaces can be read back, want 2", len(maps))
	}
	var lines []string
	for _, page := range pages {
		font := 0
		for _, m := range regexp.MustCompile(`/F(\d+) [0-9.]+ Tf|\[?<([0-9A-Fa-f]+)>[^\n]*T[jJ]`).FindAllStringSubmatch(page, -1) {
			if m[1] != "" {
				n, _ := strconv.Atoi(m[1])
				font = n - 1
				continue
			}
			line := ""
			for _, hex := range regexp.MustCompile(`<([0-9A-Fa-f]+)>`).FindAllStringSubmatch(m[0], -1) {
				for i := 0; i+4 <= len(hex[1]); i += 4 {
					line += maps[font][strings.ToUpper(hex[1][i:i+4])]
				}
			}
			lines = append(lines, line)
		}
		lines = append(lines, "----")
	}
	return strings.Join(lines, "\n") + "\n"
}

// charMap reads which character each glyph stands for.
func charMap(text string) map[string]string {
	m := map[string]string{}
	for _, pair := range regexp.MustCompile(`(?m)^\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:<([0-9A-Fa-f]{4})>)?\s*$`).FindAllStringSubmatch(text, -1) {
		to := pair[2]
		if pair[3] != "" {
			to = pair[3]
		}
		n, _ := strconv.ParseUint(to, 16, 32)
		m[strings.ToUpper(pair[1])] = string(rune(n))
	}
	return m
}

func TestADayOnPaperIsOnePage(t *testing.T) {
	english := job()
	english.Words, english.Practice, english.Z = lang.Load(lang.English), true, nil
	shift := job()
	shift.Report.Kind = data.ReportShift
	shift.Report.Shift = &data.Shift{ID: 310, Name: "早班", Staff: wang, Day: "2026-11-20", State: data.ShiftClosed, Reason: "找零时少收 3 元"}
	shift.Z = &data.Z{Kind: data.ReportShift, Number: 310, Staff: wang}
	month := job()
	month.Report, month.Z = monthReport(), nil
	for name, c := range map[string]struct {
		job   export.Job
		pages int
	}{"day_zh": {job(), 1}, "day_en": {english, 1}, "shift_zh": {shift, 1}, "month_zh": {month, 2}} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := export.PDF(t.Context(), &out, c.job); err != nil {
				t.Fatal(err)
			}
			if keep := os.Getenv("FRONTDESK_SCREENS"); keep != "" {
				if err := os.WriteFile(keep+"/report_"+name+".pdf", out.Bytes(), 0o600); err != nil {
					t.Error(err)
				}
			}
			got := pdfText(t, out.Bytes())
			if n := strings.Count(got, "----"); n != c.pages {
				t.Errorf("%d pages, want %d", n, c.pages)
			}
			if out.Len() > 200_000 {
				t.Errorf("%d bytes are too many to send", out.Len())
			}
			golden := "testdata/" + name + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the text of the pages is another; look, then run with -update. Got:\n%s", got)
			}
		})
	}
}

// monthReport is a month with money on most of its days.
func monthReport() data.Report {
	r := day()
	r.Kind, r.From, r.To = data.ReportRange, "2026-11-01", "2026-11-30"
	r.Hours, r.Moves = nil, nil
	for d := range 30 {
		s := data.Slice{Day: data.Day(time.Date(2026, 11, 1+d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), Hour: -1}
		if d%7 != 6 {
			s.Figures = figures(100+d, 8000_00+20_01*100, 0, 0)
		}
		r.Days = append(r.Days, s)
	}
	return r
}
