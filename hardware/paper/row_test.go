package paper_test

import (
	"strings"
	"testing"

	"frontdesk/hardware/paper"
)

// A manager reads down a column of figures, so its last digits stand below each
// other, on the narrow paper as well.
func TestATableKeepsItsColumns(t *testing.T) {
	table := paper.Document{Elements: []paper.Element{
		paper.Row("方式", "笔数", "结算", "退款", "净额"),
		paper.Row("支付宝", "104", "9,090.40", "-56.50", "9,033.90"),
		paper.Row("合计", "213", "18,294.20", "-96.50", "18,197.70"),
		paper.Row("早班 王敏", "8,204.10"),
	}}
	want := map[paper.Width]string{
		paper.Width80: `
方式        笔数      结算       退款       净额
支付宝       104  9,090.40     -56.50   9,033.90
合计         213 18,294.20     -96.50  18,197.70
早班 王敏                               8,204.10
`,
		paper.Width58: `
方式 笔数
                  结算 退款 净额
支付宝 104
        9,090.40 -56.50 9,033.90
合计 213
      18,294.20 -96.50 18,197.70
早班 王敏               8,204.10
`,
	}
	for width, expected := range want {
		got := "\n" + paper.Plain(paper.Layout(table, width), width)
		if got != expected {
			t.Errorf("%d mm: got\n%s\nwant\n%s", width, got, expected)
		}
		for line := range strings.Lines(got) {
			if n := paper.Columns(strings.TrimRight(line, "\n")); n > width.Columns() {
				t.Errorf("%d mm: %d columns: %q", width, n, line)
			}
		}
	}
}

func TestARowOfFewCellsIsStillReadable(t *testing.T) {
	for _, cells := range [][]string{nil, {"alone"}, {"", "7"}, {strings.Repeat("长", 30), "1", "2.00"}} {
		lines := paper.Layout(paper.Document{Elements: []paper.Element{paper.Row(cells...)}}, paper.Width58)
		text := paper.Plain(lines, paper.Width58)
		for _, c := range cells {
			if !strings.Contains(strings.ReplaceAll(text, "\n", ""), c) {
				t.Errorf("%q is not in %q", c, text)
			}
		}
	}
}
