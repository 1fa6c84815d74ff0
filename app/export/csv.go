package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"frontdesk/data"
)

// CSV writes every sale of the report as a line, with a line of heads. It begins
// with a byte order mark, without which the spreadsheet programs of Chinese
// Windows read it in another encoding.
func CSV(ctx context.Context, w io.Writer, j Job) error {
	buffered := bufio.NewWriter(w)
	if _, err := buffered.WriteString("\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(buffered)
	out.UseCRLF = true // RFC 4180, section 2
	heads := make([]string, len(saleColumns))
	for i, key := range saleColumns {
		heads[i] = j.Words.T(key)
	}
	if err := out.Write(heads); err != nil {
		return err
	}
	err := j.eachSale(ctx, func(s data.SaleRow) error {
		cells := j.saleCells(s)
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = harmless(c)
		}
		return out.Write(line)
	})
	if err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// harmless keeps a spreadsheet from taking a remark for a formula (OWASP, CSV
// injection), and a long number for an amount with its last digits rounded away.
func harmless(c cell) string {
	if c.money || c.text == "" {
		return c.plain()
	}
	if strings.ContainsRune("=+-@\t\r", rune(c.text[0])) {
		return "'" + c.text
	}
	if _, err := strconv.ParseUint(c.text, 10, 64); (err == nil || len(c.text) > 15) && strings.Trim(c.text, "0123456789") == "" {
		return "\t" + c.text
	}
	return c.text
}

func number(n int) string { return strconv.Itoa(n) }
